"""Say which lengths a session can have, where one was asked that it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.errors import FitError
from sessions.script.model import Breath, Pause
from sessions.script.wording import worded
from sessions.units import SAMPLE_RATE_HZ, clock, samples

if TYPE_CHECKING:
    from sessions.script.model import Part, Script


@dataclass(frozen=True, slots=True)
class Lengths:
    """Which length is asked for, in seconds; None leaves it to the script.

    `guided` is that of the session with its words; elastic pauses reach it. `tail` goes on after
    it, or `total` says when it all ends. `most` is the longest session that is allowed.
    """

    guided: float | None = None
    tail: float = 0.0
    total: float | None = None
    most: float = 24 * 3600.0


def check_written(script: Script, lengths: Lengths) -> None:
    """See, before anything is laid out, that pauses and breaths alone are not too long.

    Breaths that are counted aloud have a cue for each second, so what is much too long would fill
    the memory before its length is known.

    Raises
    ------
    FitError
        They last longer than any session may.
    """
    written = sum(map(written_seconds, script.parts))
    if written > lengths.most:
        raise too_long(script, samples(written), samples(lengths.most))


def written_seconds(part: Part) -> float:
    """Return how long a pause or a breath is at least, as it is written; 0 for what is neither."""
    if isinstance(part, Breath):
        return part.count * sum(length for _, length in part.phases)
    return part.seconds if isinstance(part, Pause) else 0.0


def whole_length(script: Script, guided: int, lengths: Lengths) -> int:
    """Return the length of a session with its tail.

    Raises
    ------
    FitError
        The words take longer than that, or it is longer than any session may be.
    """
    length = guided + samples(lengths.tail) if lengths.total is None else samples(lengths.total)
    if length < guided:
        raise FitError(
            f"'{script.meta.title}' cannot be {clock(length)} long in all: its words take "
            f"{clock(guided)}",
            "ask for a longer --total, or fewer --minutes",
        )
    if length > samples(lengths.most):
        raise too_long(script, length, samples(lengths.most))
    return length


def too_long(script: Script, length: int, limit: int) -> FitError:
    """Return the error of a session that is longer than any may be."""
    session = f"'{script.meta.title}' would be at least {clock(length)} long"
    return FitError(
        f"{session}; the limit is {clock(limit)}",
        "make it shorter, or raise max_hours in sessions.toml (24 at most)",
    )


def out_of_reach(script: Script, length: int, shortest: int, longest: int) -> FitError:
    """Return the error that says which lengths can be had."""
    asked = f"'{script.meta.title}' cannot be {clock(length)} long"
    minutes = script.meta.minutes
    written = minutes is not None and samples(minutes * 60) == length
    key = "`minutes:`" if written else "--minutes"
    if shortest == longest:
        message = f"{asked}: it has no elastic pauses and is always {clock(shortest)}"
        remedy = f"leave out {key}, or write some pauses as `[pause 5s..30s]`"
    else:
        message = f"{asked}: from {clock(shortest)} to {clock(longest)} is possible"
        per_minute = 60 * SAMPLE_RATE_HZ
        low, high = -(-shortest * 100 // per_minute) / 100, longest * 100 // per_minute / 100
        ask = f"ask for {key} {low:g} to {high:g}" if low <= high else f"leave out {key}"
        remedy = f"{ask}, or make some pauses more elastic"
    remedy = worded(remedy, script.meta.language)
    if written:
        return FitError.of([script.problem_of("minutes", message, remedy)])
    return FitError(message, remedy)
