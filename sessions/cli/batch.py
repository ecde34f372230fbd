"""Render personal versions of a script, a row of a table each, on all processors.

Each processor has a process of its own, which keeps its bed, and what it heard last: of the next
version only what is other has to be made, and heard.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from sessions.cli.options import loaded, refuse_unused, settings_for
from sessions.cli.progress import notice
from sessions.cli.rows import read_rows
from sessions.errors import SessionsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sessions.cli.rows import Row
    from sessions.output import Written
    from sessions.verify.alike import Memory


MOST_PROCESSES = 61
"""More than that Windows cannot wait for."""


class WorkerDiedError(SessionsError):
    """A process that renders has ended: memory ran out, or somebody ended it."""


@dataclass(frozen=True, slots=True)
class Personal:
    """A script with the values of a row, and how it is to be rendered."""

    name: str
    language: str | None
    row: Row
    flags: Mapping[str, Any]
    force: bool
    quiet: bool


def versions_of(
    name: str,
    language: str | None,
    path: Path,
    flags: Mapping[str, Any],
    *,
    force: bool,
    quiet: bool,
) -> list[Personal]:
    """Return a version of a script for each row of a table, whose columns its text must say.

    Raises
    ------
    SessionsError
        The table or the script cannot be used.
    """
    table = read_rows(path)
    script = loaded(name, language, flags["values"], table.rows[0].values)
    refuse_unused(flags["values"], [script])
    table.refuse_unsaid(script.uses)
    return [  # what there is to notice is the same for all
        Personal(name, language, row, flags, force=force, quiet=quiet or row is not table.rows[0])
        for row in table.rows
    ]


def versions_rendered(
    versions: Sequence[Personal], jobs: int
) -> Iterator[tuple[Personal, Callable[[], Written]]]:
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
    processes = min(jobs, len(versions), MOST_PROCESSES)
    with ProcessPoolExecutor(processes, context) as pool:
        waiting = iter(versions)
        under_way = deque(
            (version, submitted(pool, version)) for version in islice(waiting, processes + 1)
        )
        try:
            while under_way:
                version, future = under_way.popleft()
                yield version, partial(result_of, future)
                under_way.extend((more, submitted(pool, more)) for more in islice(waiting, 1))
        finally:
            for _, future in under_way:
                future.cancel()


def submitted(pool: ProcessPoolExecutor, version: Personal) -> Future[Written]:
    """Have a version rendered by some process; where one has died, the pool takes no more."""
    try:
        return pool.submit(render_version, version, threads=1)
    except BrokenExecutor as error:
        failed: Future[Written] = Future()
        failed.set_exception(error)
        return failed


def result_of(future: Future[Written]) -> Written:
    """Return what a process has rendered.

    Raises
    ------
    SessionsError
    """
    try:
        return future.result()
    except BrokenExecutor as error:
        remedy = "look for what ended it, such as too little memory, or render with --jobs 1"
        raise WorkerDiedError("a process that renders has ended", remedy) from error


def render_version(version: Personal, threads: int | None = None) -> Written:
    """Render one version, with so many threads; None for as many as were asked for."""
    from sessions.output import write  # noqa: PLC0415
    from sessions.render import prepared  # noqa: PLC0415

    values = version.flags["values"]
    script = loaded(version.name, version.language, values, version.row.values)
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
