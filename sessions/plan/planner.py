"""Put blocks in their places: what is laid out, stretched to the length that is asked for.

`plan` takes the script and the lengths of its clips, and gives a frozen `Timeline`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sessions.errors import FitError, refuse_all
from sessions.plan import words
from sessions.plan.layout import Block, Wait, laid_out
from sessions.plan.lengths import Lengths, check_written, out_of_reach, whole_length
from sessions.plan.slots import filled, refuse_movers
from sessions.plan.timeline import BedMark, Cue, Edges, LevelMark, Mark, Timeline
from sessions.script.model import BedChange, LevelChange
from sessions.units import clock, samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sessions.plan.layout import Change
    from sessions.plan.pace import Pace
    from sessions.script.model import Script
    from sessions.voices.base import ClipInfo, Line


def check(script: Script, lengths: Lengths, edges: Edges = Edges()) -> None:
    """Refuse what can be refused before a line is spoken, or anything is laid out.

    Raises
    ------
    ScriptError
        Something cannot be in the slot that it stands in.
    FitError
        What is written is longer than a session may be, or than is asked for.
    """
    refuse_all(
        partial(refuse_movers, script),
        partial(check_written, script, lengths, edges.lead_in, edges.fade_out),
    )


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
    words.refuse_crowded(script, clips)
    in_order = list(filled(script, laid_out(script.parts, clips, pace)))
    items = waited(script, in_order, lead_in)
    blocks = [item for item in items if isinstance(item, Block)]
    shortest = lead_in + sum(block.length for block in blocks) + fade_out
    longest = shortest + sum(block.room for block in blocks)
    guided = shortest if lengths.guided is None else samples(lengths.guided)
    if not shortest <= guided <= longest:
        raise out_of_reach(script, guided, shortest, longest)
    length = whole_length(script, guided, lengths)
    cues, marks, beds, levels = placed(stretched(items, guided - shortest), lead_in)
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
        beds=beds,
        levels=levels,
    )


def waited(
    script: Script, items: Sequence[Block | Wait | Change], position: int
) -> list[Block | Change]:
    """Return blocks in which every wait has its length; pauses before the last do not stretch.

    Raises
    ------
    FitError
        What comes before a wait lasts longer than its time.
    """
    last = max((i for i, item in enumerate(items) if isinstance(item, Wait)), default=-1)
    done: list[Block | Change] = []
    for index, item in enumerate(items):
        match item:
            case Wait():
                if item.until < position:
                    message = f"at {clock(item.until)} the words before this still go on"
                    remedy = f"they end at {clock(position)}: choose a later time, or shorten them"
                    raise FitError.of([script.problem(item.cue.source, message, remedy)])
                done.append(Block(item.cue, item.until - position, chapters=item.chapters))
                position = item.until
            case Block():
                done.append(replace(item, room=item.room if index > last else 0))
                position += item.length
            case _:
                done.append(item)
    return done


def stretched(items: Sequence[Block | Change], extra: int) -> list[Block | Change]:
    """Give `extra` samples to the elastic blocks, in proportion to weight and room."""
    more = iter(shares([item for item in items if isinstance(item, Block)], extra))
    return [
        replace(item, length=item.length + next(more)) if isinstance(item, Block) else item
        for item in items
    ]


def shares(blocks: Sequence[Block], extra: int) -> list[int]:
    """Return what each block gets of `extra` samples, in proportion to weight and room.

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
    return given


def placed(
    items: Iterable[Block | Change], position: int
) -> tuple[tuple[Cue, ...], list[tuple[int, str]], tuple[BedMark, ...], tuple[LevelMark, ...]]:
    """Return the cues of the blocks at their places, and where chapters and beds start."""
    cues: list[Cue] = []
    marks: list[tuple[int, str]] = []
    beds: list[BedMark] = []
    levels: list[LevelMark] = []
    for item in items:
        match item:
            case BedChange():
                beds.append(BedMark(position, item.layers))
            case LevelChange():
                levels.append(LevelMark(position, item.bed_db))
            case Block():
                if item.chapters:
                    marks.append((position, " / ".join(item.chapters)))
                stop = position + item.length
                cues.append(replace(item.cue, start=position, stop=stop))
                position = stop
    return tuple(cues), marks, tuple(beds), tuple(levels)


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
