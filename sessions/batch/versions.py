"""Render personal versions of a script, a row of a table each, on all processors.

Each processor has a process of its own, which keeps its bed, and what it heard last: of the next
version only what is other has to be made, and heard. The script is read and parsed once for all.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING

from sessions.errors import SessionsError, WorkerDiedError
from sessions.script.expand import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sessions.batch.rows import Row
    from sessions.library.scripts import Shelf
    from sessions.output import Written
    from sessions.render import Notice
    from sessions.script.model import Draft, Script
    from sessions.script.phrases.choices import Settings
    from sessions.verify.alike import Memory


MOST_PROCESSES = 61
"""More than that Windows cannot wait for."""


@dataclass(frozen=True, slots=True)
class Work:
    """What all versions of a batch share: a script as it is written, and how it is rendered.

    `values` are given to every row; what a row says wins over them.
    """

    draft: Draft
    shelf: Shelf
    values: Mapping[str, str]
    settings: Settings
    force: bool = False

    def script(self, row: Row) -> Script:
        """Return the script with the values of a row.

        Raises
        ------
        SessionsError
            As `expand` does.
        """
        return expand(self.draft, {**self.values, **row.values}, self.shelf.included)


@dataclass(frozen=True, slots=True)
class Version:
    """The version of a row."""

    work: Work
    row: Row


def rendered(
    work: Work, rows: Sequence[Row], notice: Notice
) -> Iterator[tuple[Row, Callable[[], Written]]]:
    """Render the version of each row; give it with a function that returns it or raises its error.

    They come in order. The first is made here, on all processors, and the others find what they
    share with it; `notice` is told what a person should know of it, which is the same for all. What
    `auto` means is decided once, so that all have one voice: a row that it fails can be made later.
    """
    work = with_one_voice(work, rows, notice)
    versions = [Version(work, row) for row in rows]
    jobs = work.settings.threads
    alone = len(versions) if jobs < 2 else 1
    for version in versions[:alone]:
        told = notice if version is versions[0] else silent
        yield version.row, partial(render_version, version, jobs, told)
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
                yield version.row, partial(result_of, future)
                under_way.extend((more, submitted(pool, more)) for more in islice(waiting, 1))
        finally:
            for _, future in under_way:
                future.cancel()


def with_one_voice(work: Work, rows: Sequence[Row], notice: Notice) -> Work:
    """Return what all versions share, with the voice that `auto` means to the first that is right.

    Where none is, each row tells for itself what is wrong with it.
    """
    from sessions.render import voice_for  # noqa: PLC0415

    if work.settings.voice == "auto":
        for row in rows:
            with suppress(SessionsError):
                voice = voice_for(work.script(row), work.settings, notice)
                return replace(work, settings=replace(work.settings, voice=voice))
    return work


def submitted(pool: ProcessPoolExecutor, version: Version) -> Future[Written]:
    """Have a version rendered by some process; where one has died, the pool takes no more."""
    try:
        return pool.submit(render_version, version, 1)
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


def silent(_text: str) -> None:
    """Tell nobody."""


def render_version(version: Version, threads: int, notice: Notice = silent) -> Written:
    """Render one version, with so many threads."""
    from sessions.output import reserve, write  # noqa: PLC0415
    from sessions.render import prepared  # noqa: PLC0415

    work = version.work
    settings = replace(work.settings, jobs=threads)
    reserve(settings)
    with prepared(work.script(version.row), settings, notice=notice) as episode:
        return write(episode, force=work.force, variant=version.row.name, memory=memory())


@cache
def memory() -> Memory:
    """Return what this process heard last."""
    from sessions.verify.alike import Memory  # noqa: PLC0415

    return Memory()
