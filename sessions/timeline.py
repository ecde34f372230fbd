"""The plan: where every sound begins and ends, in whole samples, before any is mixed.

`plan` takes the script and the lengths of its clips, and gives a frozen `Timeline`. Chapters,
captions, transcript, tags, ducking and the length of the file all come from it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sessions.errors import FitError, Source
from sessions.script.model import (
    Boundary,
    Break,
    Breath,
    Chapter,
    OneShot,
    Part,
    Pause,
    Script,
    Speech,
)
from sessions.units import SAMPLE_RATE_HZ, clock, samples
from sessions.voices.base import ClipInfo, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Kind(StrEnum):
    """What a cue is."""

    SPEECH = "speech"
    PAUSE = "pause"
    BREATH_IN = "breath-in"
    HOLD = "hold"
    BREATH_OUT = "breath-out"
    REST = "rest"
    ONE_SHOT = "sound"


@dataclass(frozen=True, slots=True)
class Pace:
    """The pauses that a text has of itself, in seconds."""

    sentence: float
    paragraph: float
    chapter: float
    section: float

    def after(self, boundary: Boundary) -> float:
        """Return the pause at a boundary."""
        return {
            Boundary.SENTENCE: self.sentence,
            Boundary.PARAGRAPH: self.paragraph,
            Boundary.CHAPTER: self.chapter,
            Boundary.SECTION: self.section,
        }[boundary]


PACES: Mapping[str, Pace] = {
    "slow": Pace(sentence=1.3, paragraph=3.0, chapter=5.0, section=7.0),
    "calm": Pace(sentence=0.9, paragraph=2.0, chapter=3.5, section=5.0),
    "plain": Pace(sentence=0.5, paragraph=1.0, chapter=2.0, section=3.0),
}
STRIKE_SECONDS = 3.0
"""Words wait at least this long after a one-shot that no written pause follows."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Something at a place: samples [start, stop) of the session.

    A speech cue has its `line` and `clip`; a breath or one-shot its `sound` and `gain_db`.
    """

    start: int
    stop: int
    kind: Kind
    source: Source
    text: str = ""
    line: Line | None = None
    clip: ClipInfo | None = None
    sound: str = ""
    gain_db: float = 0.0
    elastic: bool = False

    @property
    def length(self) -> int:
        """Length in samples."""
        return self.stop - self.start


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter: samples [start, stop) of the session."""

    start: int
    stop: int
    title: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole plan. `cues` are in order and do not overlap; all positions are samples.

    Before `lead_in` and after `words_stop` only the bed sounds. `shortest` and `longest` are the
    lengths that the elastic pauses allow, `longest` without a tail.
    """

    length: int
    cues: tuple[Cue, ...]
    chapters: tuple[Mark, ...]
    lead_in: int
    words_stop: int
    fade_in: int
    fade_out: int
    shortest: int
    longest: int

    def of_kind(self, *kinds: Kind) -> Iterator[Cue]:
        """Return the cues of some kinds, in order."""
        return (cue for cue in self.cues if cue.kind in kinds)


@dataclass(frozen=True, slots=True)
class Edges:
    """What surrounds the words, in seconds: bed alone before them, after them, and fading."""

    lead_in: float = 6.0
    fade_in: float = 15.0
    fade_out: float = 20.0


@dataclass(frozen=True, slots=True)
class Block:
    """A cue to be, before it has a place. `room` is what stretching may add, weighted."""

    cue: Cue
    length: int
    room: int = 0
    weight: float = 1.0
    chapters: tuple[str, ...] = ()


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


def plan(
    script: Script,
    clips: Mapping[Line, ClipInfo],
    pace: Pace,
    edges: Edges = Edges(),
    lengths: Lengths = Lengths(),
) -> Timeline:
    """Lay out a script. `clips` has the clip of every line of it.

    Raises
    ------
    FitError
        A length cannot be reached, or is not allowed; the message says which can.
    """
    lead_in, fade_out = samples(edges.lead_in), samples(edges.fade_out)
    blocks = list(laid_out(script.parts, clips, pace))
    shortest = lead_in + sum(block.length for block in blocks) + fade_out
    longest = shortest + sum(block.room for block in blocks)
    guided = shortest if lengths.guided is None else samples(lengths.guided)
    if not shortest <= guided <= longest:
        raise out_of_reach(script, guided, shortest, longest)
    length = whole_length(script, guided, lengths)
    cues, marks = placed(stretched(blocks, guided - shortest), lead_in)
    return Timeline(
        length=length,
        cues=cues,
        chapters=closed(marks, length),
        lead_in=lead_in,
        words_stop=guided - fade_out,
        fade_in=min(samples(edges.fade_in), length),
        fade_out=fade_out,
        shortest=shortest,
        longest=longest,
    )


def whole_length(script: Script, guided: int, lengths: Lengths) -> int:
    """Return the length of a session with its tail."""
    length = guided + samples(lengths.tail) if lengths.total is None else samples(lengths.total)
    if length < guided:
        raise FitError(
            f"'{script.meta.title}' cannot be {clock(length)} long in all: its words take "
            f"{clock(guided)}",
            "ask for a longer --total, or fewer --minutes",
        )
    if length > samples(lengths.most):
        raise FitError(
            f"'{script.meta.title}' would be {clock(length)} long; the limit is "
            f"{clock(samples(lengths.most))}",
            "make it shorter, or raise max_hours in sessions.toml (24 at most)",
        )
    return length


def lines(script: Script) -> Iterator[Line]:
    """Return every line that has to be spoken, in order, repeats included."""
    return (line_of(part) for part in script.parts if isinstance(part, Speech))


def line_of(part: Speech) -> Line:
    """Return what the voice gets of a part."""
    return Line(part.spoken or part.text, part.style)


def laid_out(parts: Iterable[Part], clips: Mapping[Line, ClipInfo], pace: Pace) -> Iterator[Block]:
    """Return blocks in order, with implied pauses where no pause was written.

    An implied pause stands between two sounding parts; of several boundaries the longest counts.
    Written pauses always count, also before the first word and after the last. Headings in a row
    make one chapter.
    """
    implied: Block | None = None
    written = False
    sounded = False
    titles: tuple[str, ...] = ()
    for part in parts:
        match part:
            case Chapter():
                titles = (*titles, part.title)
                continue
            case Break():
                block = pause_block(part.source, pace.after(part.boundary))
                if implied is None or block.length > implied.length:
                    implied = block
                continue
            case Pause():
                written = True
                yield replace(elastic_block(part), chapters=titles)
            case _:
                if sounded and not written and implied is not None:
                    yield implied
                first, *others = sounding_blocks(part, clips)
                yield replace(first, chapters=titles)
                yield from others
                sounded, written, implied = True, False, None
                if isinstance(part, OneShot):
                    implied = pause_block(part.source, STRIKE_SECONDS)
        titles = ()


def pause_block(source: Source, length_seconds: float) -> Block:
    """Return an implied pause."""
    return Block(Cue(0, 0, Kind.PAUSE, source), samples(length_seconds))


def elastic_block(part: Pause) -> Block:
    """Return a written pause."""
    length = samples(part.seconds)
    cue = Cue(0, 0, Kind.PAUSE, part.source, elastic=part.elastic)
    return Block(cue, length, samples(part.at_most) - length, part.weight)


def sounding_blocks(part: Part, clips: Mapping[Line, ClipInfo]) -> list[Block]:
    """Return the blocks of a part that sounds."""
    match part:
        case Speech():
            line = line_of(part)
            clip = clips[line]
            cue = Cue(0, 0, Kind.SPEECH, part.source, part.text, line, clip)
            return [Block(cue, clip.length_samples)]
        case Breath():
            phases = (
                (Kind.BREATH_IN, part.inhale),
                (Kind.HOLD, part.hold),
                (Kind.BREATH_OUT, part.exhale),
                (Kind.REST, part.rest),
            )
            cycle = [
                Block(Cue(0, 0, kind, part.source, sound=str(kind)), samples(length))
                for kind, length in phases
                if length > 0
            ]
            return cycle * part.count
        case OneShot():
            cue = Cue(0, 0, Kind.ONE_SHOT, part.source, sound=part.sound, gain_db=part.gain_db)
            return [Block(cue, 0)]
        case _:
            raise TypeError(f"no sound in {part!r}")


def stretched(blocks: list[Block], extra: int) -> list[Block]:
    """Give `extra` samples to the elastic blocks, in proportion to weight and room.

    A block that reaches its most gives what it cannot take to the others; the sum is exact.
    """
    given = [0] * len(blocks)
    open_ = [index for index, block in enumerate(blocks) if block.room > 0]
    while extra > 0 and open_:
        share = extra / sum(blocks[i].weight * blocks[i].room for i in open_)
        full = [i for i in open_ if blocks[i].weight * share >= 1 and given[i] == 0]
        if not full:
            break
        for i in full:
            given[i] = blocks[i].room
            extra -= blocks[i].room
        open_ = [i for i in open_ if given[i] == 0]
    total = sum(blocks[i].weight * blocks[i].room for i in open_)
    weight_so_far, so_far = 0.0, 0
    for i in open_:
        weight_so_far += blocks[i].weight * blocks[i].room
        until = round(extra * weight_so_far / total)
        given[i], so_far = until - so_far, until
    return [
        replace(block, length=block.length + more)
        for block, more in zip(blocks, given, strict=True)
    ]


def placed(blocks: Iterable[Block], position: int) -> tuple[tuple[Cue, ...], list[tuple[int, str]]]:
    """Return the cues of the blocks at their places, and where chapters start."""
    cues: list[Cue] = []
    marks: list[tuple[int, str]] = []
    for block in blocks:
        if block.chapters:
            marks.append((position, " / ".join(block.chapters)))
        stop = position + block.length
        cues.append(replace(block.cue, start=position, stop=stop))
        position = stop
    return tuple(cues), marks


def closed(marks: list[tuple[int, str]], length: int) -> tuple[Mark, ...]:
    """Return chapters that cover the session without gaps; the first begins at its start."""
    if not marks:
        return ()
    starts = [0, *(start for start, _ in marks[1:])]
    stops = [*starts[1:], length]
    return tuple(
        Mark(start, stop, title)
        for start, stop, (_, title) in zip(starts, stops, marks, strict=True)
    )


def out_of_reach(script: Script, length: int, shortest: int, longest: int) -> FitError:
    """Return the error that says which lengths can be had."""
    asked = f"'{script.meta.title}' cannot be {clock(length)} long"
    if shortest == longest:
        return FitError(
            f"{asked}: it has no elastic pauses and is always {clock(shortest)}",
            "leave out --minutes, or write some pauses as `[pause 5s..30s]`",
        )
    per_minute = 60 * SAMPLE_RATE_HZ
    low, high = -(-shortest * 100 // per_minute) / 100, longest * 100 // per_minute / 100
    return FitError(
        f"{asked}: from {clock(shortest)} to {clock(longest)} is possible",
        f"ask for --minutes {low:g} to {high:g}, or make some pauses more elastic",
    )
