"""A script with a reader's own pauses, and how long these were. Pure.

It is written out: what it includes, its values and its repeats stand in it, for she may rest
otherwise each time. A pause between two lines that she read one after the other becomes an exact
one; about any other nothing is known, and it stays as it was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sessions.script.model import (
    BedChange,
    Boundary,
    Break,
    Chapter,
    Draft,
    LevelChange,
    Pause,
    Slot,
    SlotEnd,
    Speech,
    Until,
)
from sessions.voices.recorded.sound import AFTER_SECONDS, BEFORE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sessions.script.model import Plain, Script
    from sessions.voices.recorded.cut.findings import Cutting

LEAST_SECONDS: Final = 0.1
_REPLACED: Final = frozenset({Boundary.SENTENCE, Boundary.ELLIPSIS, Boundary.COUNT})
"""What a written pause stands in place of; the others shape the page too."""
_SILENT: Final = (Break, Pause, Until, Chapter, BedChange, LevelChange)


def pause_after(found: Cutting, number: int, following: int) -> float | None:
    """Return how long a reader was silent between two lines; None where it cannot be told.

    That is up to the first try of the second line. What a recording has around its words when it
    is played counts as part of the pause.
    """
    if number not in found.cuts or following not in found.cuts:
        return None
    before, after = found.cuts[number].place, found.cuts[following].place
    start, stop = before.words_stop_seconds, after.words_start_seconds
    between = any(
        start < one.place.words_start_seconds < stop
        for one in found.cuts.values()
        if one.place.tape == before.tape
    )
    if before.tape != after.tape or stop < start or between:
        return None
    tries = [
        one.start_seconds
        for one in found.besides
        if one.tape == before.tape and start < one.start_seconds < stop and one.number == following
    ]
    silent = min([stop, *tries]) - start - BEFORE_SECONDS - AFTER_SECONDS
    return max(LEAST_SECONDS, round(silent, 1))


def with_pauses(
    script: Script, numbers: Sequence[int], pause: Callable[[int, int], float | None]
) -> Draft:
    """Return a script with exact pauses between its lines.

    Parameters
    ----------
    numbers
        Of each part the number of its line; 0 where it is none.
    pause
        Gives how long it is between two lines, by their numbers, in seconds; None leaves it be.
    """
    parts: list[Plain] = []
    middle: list[Plain] = []
    last: Speech | None = None
    before, in_slot = 0, False
    for part, number in zip(script.parts, numbers, strict=True):
        in_slot = isinstance(part, Slot) or (in_slot and not isinstance(part, SlotEnd))
        if isinstance(part, Speech):
            length = pause(before, number) if last and before and number else None
            if last and length is not None and not in_slot:
                middle = [Pause(length, length, last.source), *filter(_stays, middle)]
            parts += [*middle, part]
            last, before, middle = part, number, []
        elif isinstance(part, _SILENT) and not in_slot:
            middle.append(part)
        else:
            parts += [*middle, part]
            last, middle = None, []
    chosen = tuple((name, value) for name, value in script.meta.chosen if name != "minutes")
    meta = replace(script.meta, values=(), deepen=0.0, chosen=chosen)
    return Draft(script.path, meta, (*parts, *middle), folder=script.folder)


def _stays(part: Plain) -> bool:
    """Return whether a part stays beside a written pause."""
    replaced = isinstance(part, Break) and part.boundary in _REPLACED
    return not isinstance(part, Pause | Until) and not replaced
