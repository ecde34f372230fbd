"""Slots: words between `[slot 5s]` and `[end]`, and as much pause as makes them so long.

Whatever is said in a slot, what comes after it keeps its place; so a personal session is the same
as all others of its kind but in its slots, and only these have to be made anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sessions.errors import FitError, Problem, ScriptError
from sessions.plan.layout import Block, Wait, pause_cue
from sessions.script.model import BedChange, Chapter, LevelChange, Slot, SlotEnd, Until
from sessions.script.phrases.wording import worded
from sessions.units import samples, seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sessions.errors import Source
    from sessions.plan.layout import Change, SlotEdge
    from sessions.script.model import Script


MOVERS = {
    Slot: "a slot",
    Until: "`[until]`",
    BedChange: "`[background]`",
    LevelChange: "`[level]`",
    Chapter: "a heading",
}
"""What reaches beyond the slot that it would stand in, or moves what comes after it."""


def refuse_movers(script: Script) -> None:
    """Refuse what changes more than the slot that it stands in, also where it was included.

    Raises
    ------
    ScriptError
    """
    problems = []
    inside = False
    for part in script.parts:
        if inside and type(part) in MOVERS:
            message, remedy = (
                worded(words, script.meta.language)
                for words in (
                    f"{MOVERS[type(part)]} cannot be in a slot",
                    "end the slot before it with `[end]`",
                )
            )
            problems.append(script.problem(part.source, message, remedy))
        inside = isinstance(part, Slot) or (inside and not isinstance(part, SlotEnd))
    if problems:
        raise ScriptError.of(problems)


def filled(
    script: Script, blocks: Iterable[Block | Wait | Change | SlotEdge]
) -> Iterator[Block | Wait | Change]:
    """Return blocks in which every slot has its length; nothing in it stretches.

    Raises
    ------
    FitError
        The words of a slot last longer than it does; of one that comes again the longest are told.
    """
    slot: Slot | None = None
    used = 0
    short: dict[Source, TooShort] = {}
    for block in blocks:
        match block:
            case Slot():
                slot, used = block, 0
            case SlotEnd():
                if slot is not None and used > samples(slot.seconds):
                    found = too_short(script, slot, used)
                    other = short.setdefault(slot.source, found)
                    short[slot.source] = max(found, other, key=lambda one: one.needed_seconds)
                elif slot is not None:
                    rest = samples(slot.seconds) - used
                    yield Block(pause_cue(slot.source, in_slot=True), rest)
                slot = None
            case Block() if slot is not None:
                used += block.length
                yield replace(block, room=0, cue=replace(block.cue, in_slot=True))
            case _:
                yield block
    if short:
        raise FitError.of(short.values())


@dataclass(frozen=True, slots=True)
class TooShort(Problem):
    """A slot that is too short for its words, which need so many seconds."""

    needed_seconds: float = 0.0


def too_short(script: Script, slot: Slot, used: int) -> TooShort:
    """Return the problem of a slot in which more samples are used than it has."""
    message = f"what is said in this slot of {slot.seconds:g} s lasts {seconds(used):.2f} s"
    remedy = f"make it longer: `[slot {seconds(used) + 0.5:.1f}s]`, or say less"
    found = script.problem(slot.source, message, worded(remedy, script.meta.language))
    return TooShort(
        found.source, found.message, found.remedy, found.text, found.length, seconds(used)
    )
