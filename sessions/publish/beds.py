"""Where each bed of a session sounds, for the pictures and the reports: names, spans, heights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.mix.levels import BED_CHANGE_SECONDS, LEVEL_CHANGE_SECONDS
from sessions.units import samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sessions.plan import Timeline
    from sessions.script.model import Layer

USUAL, PER_DB, LEAST = 0.7, 0.025, 0.15
"""How high a bed is drawn at its usual level, what a dB adds, and the lowest that can be seen."""


@dataclass(frozen=True, slots=True)
class BedSpan:
    """A bed over samples [start, stop), cross-fades not counted; without layers it is silence."""

    start: int
    stop: int
    layers: tuple[Layer, ...]


def bed_spans(timeline: Timeline, bed: Sequence[Layer]) -> tuple[BedSpan, ...]:
    """Return the beds of a session in their order, without gaps; `bed` is the first."""
    marks = [(0, tuple(bed)), *((mark.start, mark.layers) for mark in timeline.beds)]
    ends = [*(start for start, _ in marks[1:]), timeline.length]
    return tuple(
        BedSpan(start, stop, layers) for (start, layers), stop in zip(marks, ends, strict=True)
    )


def named(layers: Sequence[Layer]) -> str:
    """Return the layers of a bed in words, `none` for none."""
    return (
        ", ".join(
            f"{part.sound} {part.gain_db:+g} dB" if part.gain_db else part.sound for part in layers
        )
        or "none"
    )


def outline(timeline: Timeline, span: BedSpan) -> list[tuple[int, float]]:
    """Return how high a bed is drawn, 0 to 1, as corners (position, height) from left to right.

    It rises and falls with its fades and cross-fades, and stands as high as its level asks for.
    """
    fade, ramp = samples(BED_CHANGE_SECONDS), samples(LEVEL_CHANGE_SECONDS)
    stop = span.stop if span.stop == timeline.length else span.stop + fade
    corners = {
        *(span.start, span.start + fade, timeline.fade_in),
        *(span.stop, stop, timeline.length - timeline.fade_out),
        *(mark.start for mark in timeline.levels),
        *(mark.start + ramp for mark in timeline.levels),
    }
    inside = sorted(corner for corner in corners if span.start <= corner <= stop)
    return [(corner, height(timeline, span, corner)) for corner in inside]


def height(timeline: Timeline, span: BedSpan, position: int) -> float:
    """Return how high a bed is drawn at a position, 0 to 1."""
    fade = samples(BED_CHANGE_SECONDS)
    slopes = [
        between(position, 0, timeline.fade_in),
        between(position, timeline.length, timeline.length - timeline.fade_out),
    ]
    if span.start:
        slopes.append(between(position, span.start, span.start + fade))
    if span.stop < timeline.length:
        slopes.append(between(position, span.stop + fade, span.stop))
    return level_height(timeline, position) * min(slopes)


def level_height(timeline: Timeline, position: int) -> float:
    """Return how high the level that the script asks for at a position is drawn."""
    ramp = samples(LEVEL_CHANGE_SECONDS)
    bed_db = before_db = 0.0
    for mark in timeline.levels:
        done = between(position, mark.start, mark.start + ramp)
        bed_db += (mark.bed_db - before_db) * done
        before_db = mark.bed_db
    return min(1.0, max(LEAST, USUAL + PER_DB * bed_db))


def between(position: int, zero: int, one: int) -> float:
    """Return how far a position is from where it counts 0 to where it counts 1."""
    if zero == one:
        return 1.0
    return min(1.0, max(0.0, (position - zero) / (one - zero)))
