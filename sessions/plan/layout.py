"""What a script becomes before it has places: blocks in order, each with a length of its own.

Speech has the length of its clip, breaths and pauses that which is written. Where no pause was
written between two things that sound, the pace gives one. What has no length, a change of the bed
or an edge of a slot, stays the part that it is. `sessions.plan.planner` puts all in place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from sessions.plan.timeline import BREATH_SOUNDS, PHASES, Cue, Kind
from sessions.plan.words import counted_words, line_of
from sessions.script.model import (
    BedChange,
    Break,
    Breath,
    Chapter,
    LevelChange,
    Manner,
    OneShot,
    Pause,
    Plain,
    Slot,
    SlotEnd,
    Sounding,
    Speech,
    Until,
)
from sessions.units import samples, seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sessions.errors import Source
    from sessions.plan.pace import Pace
    from sessions.voices.base import ClipInfo, Line


STRIKE_SECONDS = 3.0
"""Words wait at least this long after a one-shot that no written pause follows."""


@dataclass(frozen=True, slots=True)
class Block:
    """A cue to be, before it has a place. `room` is what stretching may add, weighted."""

    cue: Cue
    length: int
    room: int = 0
    weight: float = 1.0
    chapters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """A pause that ends at the sample `until`: how long it is, is known when all before it is."""

    cue: Cue
    until: int
    chapters: tuple[str, ...] = ()


Change: TypeAlias = BedChange | LevelChange
"""Where the bed changes, or how loud it is."""
SlotEdge: TypeAlias = Slot | SlotEnd
"""Where a slot begins or ends."""


def laid_out(  # noqa: C901 - one case per kind of part
    parts: Iterable[Plain], clips: Mapping[Line, ClipInfo], pace: Pace
) -> Iterator[Block | Wait | Change | SlotEdge]:
    """Return blocks in order, with implied pauses where no pause was written.

    An implied pause stands between two sounding parts; of several boundaries the longest counts,
    and dots in a row count together.
    Written pauses always count, also before the first word and after the last. Headings in a row
    make one chapter.
    """
    breaks: list[Break] = []
    before: Block | None = None
    written = False
    titles: tuple[str, ...] = ()
    for part, voice_db in with_levels(parts):
        match part:
            case Chapter():
                titles = (*titles, part.title)
                continue
            case Break():
                breaks.append(part)
                continue
            case Pause():
                written = True
                yield replace(elastic_block(part), chapters=titles)
            case Until():
                written = True
                yield Wait(pause_cue(part.source), samples(part.seconds), titles)
            case BedChange() | LevelChange():
                yield part
                continue
            case Slot() | SlotEnd():
                if not written and isinstance(part, Slot):
                    yield from implied(breaks, pace, before)
                yield part
                written, breaks = True, []
                continue
            case Speech() | Breath() | OneShot():
                if not written:
                    yield from implied(breaks, pace, before)
                first, *others = sounding_blocks(part, clips, voice_db)
                yield replace(first, chapters=titles)
                yield from others
                before, written, breaks = [first, *others][-1], False, []
        titles = ()


def with_levels(parts: Iterable[Plain]) -> Iterator[tuple[Plain, float]]:
    """Give every part with the level of its words; a heading ends what `[level]` began."""
    voice_db = bed_db = 0.0
    for part in parts:
        if isinstance(part, LevelChange):
            voice_db, bed_db = part.voice_db, part.bed_db
        elif isinstance(part, Chapter) and (voice_db or bed_db):
            voice_db = bed_db = 0.0
            yield LevelChange(0.0, 0.0, part.source), 0.0
        yield part, voice_db


def pause_cue(source: Source, *, in_slot: bool = False) -> Cue:
    """Return a pause that nobody stretches."""
    return Cue(0, 0, Kind.PAUSE, source, in_slot=in_slot)


def pause_block(source: Source, length_seconds: float) -> Block:
    """Return an implied pause."""
    return Block(pause_cue(source), samples(length_seconds))


def implied(breaks: Sequence[Break], pace: Pace, before: Block | None) -> Iterator[Block]:
    """Yield the pause that nobody wrote, behind what sounds `before`, if there is any."""
    if before is None:
        return
    length = pace.between(breaks, seconds(before.length))
    least = STRIKE_SECONDS if before.cue.kind is Kind.ONE_SHOT else 0.0
    longest = max(breaks, key=lambda one: pace.after(one.boundary) * one.stretch, default=None)
    if longest and length >= least:
        yield pause_block(longest.source, length)
    elif least:
        yield pause_block(before.cue.source, least)


def elastic_block(part: Pause) -> Block:
    """Return a written pause."""
    length = samples(part.seconds)
    cue = Cue(0, 0, Kind.PAUSE, part.source, elastic=part.elastic)
    return Block(cue, length, samples(part.at_most) - length, part.weight)


def sounding_blocks(part: Sounding, clips: Mapping[Line, ClipInfo], voice_db: float) -> list[Block]:
    """Return the blocks of a part that sounds, its words at a level."""
    match part:
        case Speech():
            line = line_of(part)
            clip = clips[line]
            plain = not voice_db and line.style.manner is Manner.NORMAL
            cue = Cue(
                *(0, 0, Kind.SPEECH, part.source, part.text, line, clip),
                gain_db=part.gain_db + voice_db,
                plain=plain,
            )
            return [Block(cue, clip.length_samples)]
        case Breath() if part.counting:
            return counted(part, clips) * part.count
        case Breath():
            cycle = [
                Block(breath_cue(kind, part.source), samples(length))
                for kind, (_, length) in zip(PHASES, part.phases, strict=True)
                if length > 0
            ]
            return cycle * part.count
        case OneShot():
            cue = Cue(0, 0, Kind.ONE_SHOT, part.source, sound=part.sound, gain_db=part.gain_db)
            return [Block(cue, 0)]


def breath_cue(kind: Kind, source: Source) -> Cue:
    """Return a phase of a breath; a hold and a rest make no sound."""
    return Cue(0, 0, kind, source, sound=BREATH_SOUNDS.get(kind, ""))


def counted(part: Breath, clips: Mapping[Line, ClipInfo]) -> list[Block]:
    """Return one cycle of breath with its seconds counted aloud, each number at its second."""
    blocks: list[Block] = []
    for line, length in counted_words(part):
        clip = clips[line]
        plain = line.style.manner is Manner.NORMAL
        cue = Cue(0, 0, Kind.SPEECH, part.source, line.text, line, clip, plain=plain)
        rest = Block(pause_cue(part.source), length - clip.length_samples)
        blocks += [Block(cue, clip.length_samples), rest]
    return blocks
