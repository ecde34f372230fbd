"""Gains that follow from the plan alone: levels of chapters, turns of beds, room for words."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from sessions.metering.loudness import HOP_SAMPLES
from sessions.mix.envelope import Curve, held, transition
from sessions.mix.levels import (
    BED_CHANGE_SECONDS,
    LEVEL_CHANGE_SECONDS,
    LEVEL_UP_DB,
    MOST_MOVE_DB,
)
from sessions.plan import Kind
from sessions.units import decibels, samples

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sessions.plan import Cue, Timeline

LONG_SILENCE_SECONDS = 15.0
SOFT_START_DB = 1.5
SOFT_START_SECONDS = 0.5
"""So much that the ear is led in, so short that a line of one word is within 1 LU of the others."""
BED_CHANGE_STEPS = 32
SLOPE_STEPS = 64
STEEPEST = 1.5
"""Of a smoothstep, against a straight line."""


def spoken_runs(timeline: Timeline, *, in_slots: bool) -> list[tuple[int, int]]:
    """Return what the bed makes room for, in order: samples [start, stop) each.

    Where a slot is so near a line that the bed would stay down between the line and a word at the
    slot's edge, it does whatever is in the slot: else the bed would be another outside of it.
    """
    lines = list(timeline.of_kind(Kind.SPEECH))
    fixed = [(cue.start, cue.stop) for cue in lines if not cue.in_slot]
    inside = [(cue.start, cue.stop) for cue in lines if cue.in_slot and in_slots]
    edges = {edge for cue in timeline.cues if cue.in_slot for edge in (cue.start, cue.stop)}
    inner = {cue.start for before, cue in pairwise(timeline.cues) if before.in_slot and cue.in_slot}
    starts = [start for start, _ in fixed]
    around = (
        run
        for run in held(sorted([*fixed, *((edge, edge) for edge in edges - inner)]))
        if bisect_left(starts, run[0]) < bisect_left(starts, run[1])  # some line is in it
    )
    return sorted([*around, *inside])


def first_words(timeline: Timeline) -> Curve:
    """Return the gain of the voice: the first words after a long silence begin more softly."""
    points: list[tuple[int, float]] = []
    before = 0
    for cue in occupied(timeline):
        long = cue.start - before >= samples(LONG_SILENCE_SECONDS) or not before
        if long and cue.kind is Kind.SPEECH:
            points += [(cue.start - HOP_SAMPLES, 1.0)]
            points += transition(
                cue.start, cue.start + samples(SOFT_START_SECONDS), -SOFT_START_DB, 0.0
            )
        before = cue.stop
    return Curve.through(points)


def occupied(timeline: Timeline) -> Iterable[Cue]:
    """Return the lines, and all that is in slots, where there may be some or not."""
    return (cue for cue in timeline.cues if cue.kind is Kind.SPEECH or cue.in_slot)


def chapter_levels(timeline: Timeline) -> Curve:
    """Return the gain of the bed that the chapters ask for.

    A change that comes while another is under way goes on from where the bed is: where one chapter
    after another has a level, there are two in the same place, as a heading ends what was before.
    """
    points: list[tuple[int, float]] = []
    before_db, stop = 0.0, 0
    for mark in timeline.levels:
        if mark.start < stop:
            before_db = decibels(float(Curve.through(points).at(np.array([float(mark.start)]))[0]))
            points = [point for point in points if point[0] < mark.start]
        up_db = mark.bed_db - before_db
        slow = STEEPEST * max(up_db / LEVEL_UP_DB, -up_db / MOST_MOVE_DB)
        stop = mark.start + samples(max(LEVEL_CHANGE_SECONDS, slow))
        points += transition(mark.start, stop, before_db, mark.bed_db)
        before_db = mark.bed_db
    return Curve.through(points)


def turn(start: int, stop: int, length: int) -> Curve:
    """Return the gain of a bed that sounds from one place to another: cross-faded, equal power."""
    fade = samples(BED_CHANGE_SECONDS)
    points: list[tuple[int, float]] = []
    places = [step / BED_CHANGE_STEPS for step in range(BED_CHANGE_STEPS + 1)]
    if start > 0:
        points += [(round(start + fade * x), float(np.sin(np.pi / 2 * x))) for x in places]
    if stop < length:
        stop = max(stop, start + fade if start > 0 else 0)
        points += [(round(stop + fade * x), float(np.cos(np.pi / 2 * x))) for x in places]
    return Curve.through(points)


def ramp(start: int, stop: int, height: float) -> Curve:
    """Return a gain that rises from nothing by straight steps of its own size."""
    return Curve.through(
        (round(start + (stop - start) * step / SLOPE_STEPS), height * step / SLOPE_STEPS)
        for step in range(SLOPE_STEPS + 1)
    )


def complement(curve: Curve) -> Curve:
    """Return one minus a curve; a curve without points is one, and leaves nothing."""
    if not len(curve.positions):
        return Curve.through([(0, 0.0)])
    return Curve(curve.positions, 1.0 - curve.gains)


def negative(curve: Curve) -> Curve:
    """Return minus a curve that has points."""
    return Curve(curve.positions, -curve.gains)
