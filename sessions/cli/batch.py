"""Render personal versions of a script, a row of a table each, on all processors.

Each processor has a process of its own, which keeps its bed, and what it heard last: of the next
version only what is other has to be made, and heard.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from sessions.cli.options import loaded, settings_for
from sessions.cli.progress import notice
from sessions.cli.rows import RowsError, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sessions.cli.rows import Row
    from sessions.output import Written
    from sessions.script.model import Script
    from sessions.verify.alike import Memory


@dataclass(frozen=True, slots=True)
class Version:
    """A script with the values of a row, and how it is to be rendered."""

    name: str
    language: str | None
    row: Row
    flags: Mapping[str, Any]
    force: bool
    quiet: bool


def versions_of(
    name: str, language: str | None, path: Path, flags: Mapping[str, Any]
) -> list[Version]:
    """Return a version of a script for each row of a table, whose columns its text must say.

    Raises
    ------
    SessionsError
        The table or the script cannot be used.
    """
    from sessions.script.expand import meant  # noqa: PLC0415

    rows = read_rows(path)
    script = scripted(name, language, flags, rows[0])
    for column in dict.fromkeys(name for row in rows for name in row.values):
        if column not in script.uses:
            message = f"{path}: column '{column}': the script says no such value"
            raise RowsError(message, meant(column, script.uses))
    return [Version(name, language, row, flags, force=False, quiet=False) for row in rows]


def scripted(name: str, language: str | None, flags: Mapping[str, Any], row: Row) -> Script:
    """Return the script of a row, its values and those of `--set` filled in."""
    values = [f"{key}={text}" for key, text in row.values.items()]
    return loaded(name, language, [*flags["values"], *values])


def versions_rendered(
    versions: Sequence[Version], jobs: int
) -> Iterator[tuple[Version, Callable[[], Written]]]:
    """Render versions; give each, in order, with a function that returns it or raises its error.

    The first is made here, on all processors, and the others find what they share with it.
    """
    alone = len(versions) if jobs < 2 else 1
    for version in versions[:alone]:
        yield version, partial(render_version, version)
    versions = versions[alone:]
    if not versions:
        return
    # A fork would inherit the threads of this process, and what they hold.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(versions)), context) as pool:
        try:
            futures = [pool.submit(render_version, version, threads=1) for version in versions]
            for version, future in zip(versions, futures, strict=True):
                yield version, future.result
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def render_version(version: Version, threads: int | None = None) -> Written:
    """Render one version, with so many threads; None for as many as were asked for."""
    from sessions.output import write  # noqa: PLC0415
    from sessions.render import prepared  # noqa: PLC0415

    script = scripted(version.name, version.language, version.flags, version.row)
    flags = {name: value for name, value in version.flags.items() if name != "values"}
    flags["jobs"] = flags["jobs"] if threads is None else threads
    settings = settings_for(script, flags)
    told = notice(quiet=version.quiet)
    with prepared(script, settings, notice=told, variant=version.row.name) as episode:
        return write(episode, force=version.force, memory=memory())


@cache
def memory() -> Memory:
    """Return what this process heard last."""
    from sessions.verify.alike import Memory  # noqa: PLC0415

    return Memory()
