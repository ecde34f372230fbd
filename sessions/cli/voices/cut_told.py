"""What is told of recordings that were cut into lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sessions.cli.check import counted
from sessions.cli.problems import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sessions.voices.recorded.cut.findings import Besides, Cut, Cutting, Ending
    from sessions.voices.recorded.cut.job import Job


def told_of(job: Job, found: Cutting, anew: str | None) -> Iterator[str]:
    """Give what is told of recordings that were cut."""
    written, missing = job.written(found), job.missing(found)
    every = "" if missing else f"; all {len(job.numbered_lines)} are there"
    yield f"{job.folder}: {counted(len(written), 'line')} cut{every}"
    if kept := [number for number in found.cuts if number not in written]:
        numbers = ", ".join(f"{number:03}" for number in kept)
        stay = "was there already, and stays" if len(kept) == 1 else "were there already, and stay"
        yield f"{len(kept)} {stay} (--force writes over what is there): {numbers}"
    if replaced := job.replaced(found):
        yield f"{len(replaced)} written over: {', '.join(path.name for path in replaced)}"
    doubtful = [found.cuts[number] for number in written if found.cuts[number].doubtful]
    if doubtful:
        heard = "it was" if len(doubtful) == 1 else "they were"
        yield f"{len(doubtful)} to listen to, for {heard} heard otherwise:"
        yield from (f"  {one_line(job, one)}" for one in doubtful)
    if missing:
        yield f"{len(missing)} not said, or never whole:"
        yield from (f"  {one.number:03}  {one.text}" for one in missing)
    if found.besides:
        yield "besides, not kept:"
        yield from (f"  {besides(job, one)}" for one in found.besides)
    yield from (ending(job, one) for one in found.endings)
    yield f"labels for Audacity: {', '.join(map(str, job.label_files(found)))}"
    if anew:
        yield f"the script with your pauses: {anew}"


def told_of_try(job: Job, found: Cutting, number: int, path: Path) -> Iterator[str]:
    """Give what is told of one line that was cut into a file, and of its other tries."""
    yield f"{path}: {one_line(job, found.cuts[number])}"
    for other in found.besides:
        if other.number == number:
            yield f"  another try: {besides(job, other)}"


def one_line(job: Job, one: Cut) -> str:
    """Return where a line is, and what was heard."""
    from sessions.voices.recorded.cut.labels import short  # noqa: PLC0415

    place = one.place
    where = spanned(job, place.tape, place.words_start_seconds, place.words_stop_seconds)
    heard = f', heard as "{plain_text(short(one.heard))}"' if one.doubtful else ""
    return f'{one.number:03} "{plain_text(one.text)}", {where}{heard}'


def besides(job: Job, one: Besides) -> str:
    """Return what sounds besides, and where."""
    from sessions.voices.recorded.cut.labels import besides_label  # noqa: PLC0415

    where = spanned(job, one.tape, one.start_seconds, one.stop_seconds)
    return f"{where}: {plain_text(besides_label(one))}"


def ending(job: Job, one: Ending) -> str:
    """Return how a recording ends too soon."""
    name, time = job.recordings[one.tape].name, timed(one.seconds)
    if one.damaged:
        return f"{name} is damaged from {time} on, and was read up to there"
    return f"{name} ends at {time}, while something is said"


def spanned(job: Job, tape: int, start_seconds: float, stop_seconds: float) -> str:
    """Return a stretch of a recording in words: `12:03.4 to 12:06.1`."""
    times = f"{timed(start_seconds)} to {timed(stop_seconds)}"
    return times if len(job.recordings) == 1 else f"{job.recordings[tape].name} {times}"


def timed(seconds: float) -> str:
    """Return a place in a recording: `12:03.4`."""
    tenths = round(seconds, 1)
    return f"{int(tenths // 60)}:{tenths % 60:04.1f}"
