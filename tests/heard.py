"""What a listener hears of a session, measured on its samples: how loud, how even, how sudden.

A session's plan says where its lines are, and what `deepen` took from each, which is given back.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from sessions.metering.loudness import (
    HOP_SAMPLES,
    MOMENTARY_HOPS,
    RISE_HOPS,
    STARTLE_FLOOR_LUFS,
)
from sessions.metering.meter import Loudness, Meter
from sessions.plan import Kind
from sessions.units import SAMPLE_RATE_HZ, gain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sessions.plan import Cue, Timeline
    from sessions.units import Audio

    Bools = NDArray[np.bool_]
    Series = NDArray[np.float32]
    """Momentary loudness every 100 ms, as a meter gives it."""

START_SAMPLES = MOMENTARY_HOPS * HOP_SAMPLES
AWAY_SAMPLES = 3 * SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True)
class Voice:
    """The plain lines of a session, with what softened them given back."""

    lufs: float
    """Of all, laid end to end."""
    spread_lu: float
    """Between the loudest and the softest line of the chapter where it is most."""
    start_lu: float
    """How far lines of over a second begin under their rest: the median."""


def voice_of(sounds: Sequence[Audio], timeline: Timeline, descend_db: float = 0.0) -> Voice:
    """Measure the plain lines of a session, given the sound where each of them is."""
    raised = given_back(sounds, timeline, descend_db)
    found = zip(plain(timeline), map(line_lufs, raised), strict=True)
    chapters = [
        [lufs for _, lufs in inside]
        for _, inside in groupby(found, lambda one: chapter_of(one[0], timeline))
    ]
    starts = [start_lu(sound) for sound in raised if len(sound) > SAMPLE_RATE_HZ]
    return Voice(
        metered(*raised).integrated_lufs,
        max(max(levels) - min(levels) for levels in chapters),
        float(np.median(starts)) if starts else 0.0,
    )


def plain(timeline: Timeline) -> list[Cue]:
    """Return the lines that are as loud as the voice is."""
    return [cue for cue in timeline.of_kind(Kind.SPEECH) if cue.plain]


def given_back(sounds: Sequence[Audio], timeline: Timeline, descend_db: float) -> list[Audio]:
    """Return the sound of plain lines without what softened them on the way."""
    return [
        sound * np.float32(gain(-softened_db(cue, timeline, descend_db)))
        for cue, sound in zip(plain(timeline), sounds, strict=True)
    ]


def softened_db(cue: Cue, timeline: Timeline, descend_db: float) -> float:
    """Return what `deepen` and `descend` add to a line: nothing, or less than nothing."""
    way = (cue.start + cue.stop) / 2 - timeline.lead_in
    return cue.gain_db - descend_db * way / (timeline.words_stop - timeline.lead_in)


def chapter_of(cue: Cue, timeline: Timeline) -> int:
    """Return how many chapters have begun at a line."""
    return sum(mark.start <= cue.start for mark in timeline.chapters)


def metered(*sounds: Audio) -> Loudness:
    """Return what a meter says of stereo sounds laid end to end; its peaks are those of samples."""
    meter = Meter(2, true_peak=False)
    for sound in sounds:
        meter.add(np.ascontiguousarray(sound))
    return meter.finish()


def line_lufs(sound: Audio) -> float:
    """Return the loudness of one line, in stereo."""
    return metered(sound).integrated_lufs


def start_lu(sound: Audio) -> float:
    """Return how far the first 400 ms of a line are under its rest."""
    return line_lufs(sound[START_SAMPLES:]) - line_lufs(sound[:START_SAMPLES])


@dataclass(frozen=True, slots=True)
class Rises:
    """The largest rises over the three seconds before, in LU: as lines sound, and where none do."""

    lines_lu: float
    others_lu: float


def rises_of(momentary_lufs: Series, timeline: Timeline) -> Rises:
    """Measure the rises of a session; 400 ms that touch a line are of a line."""
    # Value i begins 100 ms after the one before and lasts for 400: what is over by then counts.
    padded = np.pad(momentary_lufs, (RISE_HOPS, 0), constant_values=STARTLE_FLOOR_LUFS)
    past = sliding_window_view(padded, RISE_HOPS - MOMENTARY_HOPS + 1)[: len(momentary_lufs)]
    rises = momentary_lufs - past.max(axis=1).clip(STARTLE_FLOOR_LUFS)
    touching: Bools = np.any(in_each(near_lines(timeline)), axis=1)[: len(rises)]
    return Rises(float(rises[touching].max(initial=0.0)), float(rises[~touching].max(initial=0.0)))


def swing_lu(momentary_lufs: Series, timeline: Timeline) -> float:
    """Return how far a bed, of which these are the levels, is lower under words than away.

    Of medians, where it is up: over three seconds from any word, and not at an edge.
    """
    under: Bools = np.all(in_each(near_lines(timeline)), axis=1)[: len(momentary_lufs)]
    near: Bools = np.any(in_each(near_lines(timeline, AWAY_SAMPLES)), axis=1)[: len(momentary_lufs)]
    away = ~near
    away[: max(timeline.lead_in, timeline.fade_in) // HOP_SAMPLES + 1] = False
    away[timeline.words_stop // HOP_SAMPLES - MOMENTARY_HOPS :] = False
    return float(np.median(momentary_lufs[away]) - np.median(momentary_lufs[under]))


def near_lines(timeline: Timeline, within: int = 0) -> Bools:
    """Return which hops of 100 ms have a line in them, or within some samples of them."""
    hops = np.zeros(timeline.length // HOP_SAMPLES + 1, bool)
    for cue in timeline.of_kind(Kind.SPEECH):
        first = max(0, cue.start - within) // HOP_SAMPLES
        hops[first : (cue.stop + within) // HOP_SAMPLES + 1] = True
    return hops


def in_each(hops: Bools) -> Bools:
    """Return the four hops of each 400 ms, a row for each."""
    return np.asarray(sliding_window_view(hops, MOMENTARY_HOPS))
