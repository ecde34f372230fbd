"""Say which lengths a session can have, where one was asked that it cannot."""

from __future__ import annotations

from dataclasses import dataclass

from sessions.errors import FitError
from sessions.script.estimate import seconds_of
from sessions.script.model import Breath, Pause, Script, Slot, SlotEnd, Until
from sessions.script.phrases.choices import CHOICES
from sessions.script.phrases.quantities import MAX_SESSION_SECONDS
from sessions.script.phrases.wording import worded
from sessions.units import SAMPLE_RATE_HZ, clock, samples, seconds


@dataclass(frozen=True, slots=True)
class Lengths:
    """Which length is asked for, in seconds; None leaves it to the script.

    `guided` is that of the session with its words; elastic pauses reach it. `tail` goes on after
    it, or `total` says when it all ends. `most` is the longest session that is allowed.
    """

    guided: float | None = None
    tail: float = 0.0
    total: float | None = None
    most: float = MAX_SESSION_SECONDS


def check_written(script: Script, lengths: Lengths, before: float, after: float) -> None:
    """See, from the text alone, that it is not longer than it may be.

    Breaths that are counted aloud have a cue for each second, so what is much too long would fill
    the memory before its length is known.

    Parameters
    ----------
    before, after
        The seconds before the first word and after the last.

    Raises
    ------
    FitError
        It lasts longer than any session may, or than the one that is asked for.
    """
    written = samples(written_seconds(script, before) + after)
    asked = 0 if lengths.guided is None else samples(lengths.guided)
    guided = max(written, asked)
    whole = guided + samples(lengths.tail) if lengths.total is None else samples(lengths.total)
    longest = max(guided, whole)
    if longest > samples(lengths.most):
        raise too_long(script, longest, samples(lengths.most), lengths)
    alone = f"all but its words takes {clock(written)}"
    about = clock(samples(before + sum(seconds_of(script.parts)) + after))
    longer = f"ask for a longer {{}}: with its words it takes about {about}"
    if lengths.guided is not None and asked < written:
        raise fit_error(
            *(script, "minutes", lengths.guided / 60),
            f"cannot be {clock(asked)} long: {alone}",
            longer,
        )
    if whole < guided:
        raise fit_error(
            *(script, "total_seconds", lengths.total),
            f"cannot be {clock(whole)} long in all: {alone}",
            longer,
        )


def written_seconds(script: Script, before: float) -> float:
    """Return when a script can end at the earliest, its words not counted.

    It begins `before` seconds into the session; an `[until]` counts from the very beginning.
    """
    total = before
    in_slot = False
    for part in script.parts:
        match part:
            case Slot():
                in_slot = True
                total += part.seconds
            case SlotEnd():
                in_slot = False
            case Breath() if not in_slot:
                total += part.count * sum(length for _, length in part.phases)
            case Pause() if not in_slot:
                total += part.seconds
            case Until():
                total = max(total, part.seconds)
            case _:
                pass
    return total


def whole_length(script: Script, guided: int, lengths: Lengths) -> int:
    """Return the length of a session with its tail.

    Raises
    ------
    FitError
        The words take longer than that, or it is longer than any session may be.
    """
    length = guided + samples(lengths.tail) if lengths.total is None else samples(lengths.total)
    if length < guided:
        message = f"cannot be {clock(length)} long in all: its words take {clock(guided)}"
        remedy = "ask for a longer {}, or fewer minutes"
        raise fit_error(script, "total_seconds", lengths.total, message, remedy)
    if length > samples(lengths.most):
        raise too_long(script, length, samples(lengths.most), lengths)
    return length


def too_long(script: Script, length: int, limit: int, lengths: Lengths) -> FitError:
    """Return the error of a session that is longer than any may be."""
    message = f"would be at least {clock(length)} long; the limit is {clock(limit)}"
    remedy = "make it shorter, or raise max_hours in sessions.toml (24 at most)"
    if lengths.total is not None:
        return fit_error(script, "total_seconds", lengths.total, message, remedy)
    return fit_error(script, "tail_seconds", lengths.tail, message, remedy)


def out_of_reach(script: Script, length: int, shortest: int, longest: int) -> FitError:
    """Return the error that says which lengths can be had."""
    asked = script.meta.choice("minutes")
    told = asked if asked is not None and samples(asked * 60) == length else None
    if shortest == longest:
        message = f"it has no elastic pauses and is always {clock(shortest)}"
        remedy = "leave out {}, or write some pauses as `[pause 5s..30s]`"
    else:
        message = f"from {clock(shortest)} to {clock(longest)} is possible"
        per_minute = 60 * SAMPLE_RATE_HZ
        low, high = -(-shortest * 100 // per_minute) / 100, longest * 100 // per_minute / 100
        ask = f"ask for {{}} {low:g} to {high:g}" if low <= high else "leave out {}"
        remedy = f"{ask}, or make some pauses more elastic"
    exact = clock(length)
    if exact in {clock(shortest), clock(longest)}:  # seconds alone would not tell them apart
        exact += f" ({seconds(length) / 60:.3f} minutes)"
    return fit_error(script, "minutes", told, f"cannot be {exact} long: {message}", remedy)


def fit_error(script: Script, key: str, asked: float | None, message: str, remedy: str) -> FitError:
    """Return an error of a length that was asked for by the front matter, or else by a flag.

    `remedy` has braces where it names the one or the other.
    """
    message = f"'{script.meta.title}' {message}"
    choice = CHOICES[key]
    if asked and script.meta.choice(key) == asked:
        told = worded(remedy.format(f"`{choice.keys[0]}:`"), script.meta.language)
        return FitError.of([script.problem_of(key, message, told)])
    return FitError(message, worded(remedy.format(choice.flag), script.meta.language))
