"""The gains of a session: every fade, slope and soft start, settled before a sample is mixed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sessions.loudness import HOP_SAMPLES
from sessions.mix.bedding import Version
from sessions.mix.envelope import (
    Curve,
    ducking,
    fade_in,
    fade_out,
    lifts,
    product,
    slope,
    transition,
)
from sessions.mix.forecast import Sound, laid, scaled, soft_starts, static_gain_db
from sessions.mix.levels import Duck
from sessions.timeline import Kind
from sessions.units import gain, samples

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sessions.mix.bedding import Bedding, Strand
    from sessions.mix.forecast import Powers
    from sessions.mix.levels import Levels
    from sessions.timeline import Timeline

LONG_SILENCE_SECONDS = 15.0
SOFT_START_DB = 3.0
SOFT_START_SECONDS = 1.5
LEVEL_CHANGE_SECONDS = 4.0
BED_CHANGE_SECONDS = 8.0
BED_CHANGE_STEPS = 32
MOST_UP_DB = 8.0
BISECTIONS = 6
SPEECH_LUFS = -20.0
"""The level of speech for which breaths and bells were made, and from which all levels count."""
ROUNDS = 3
"""Softening moves the loudness a little, and that the bound; three rounds end within 0.01 LU."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """All gains but those of single sounds.

    `bed` has a curve per strand of the bedding; `voice` goes for breaths and bells too.
    `powers` is the forecast per 100 ms, K-weighted, of the whole session.
    """

    bed: tuple[Curve, ...]
    voice: Curve
    powers: Powers


def shaped(
    timeline: Timeline,
    levels: Levels,
    bedding: Bedding | None,
    bed_db: float,
    sounds: Sequence[Sound],
) -> Shape:
    """Settle the gains of a session.

    Parameters
    ----------
    bedding
        The bed's versions, or None.
    bed_db
        The bed's static gain before the session's own.
    sounds
        Everything that is not bed, at its gain before the session's own.
    """
    hops = timeline.length // HOP_SAMPLES
    ends = fade_out(timeline.length - timeline.fade_out, timeline.length)
    down = slope(timeline.lead_in, timeline.words_stop, levels.descend_db)
    voice_curve = product(ends, down, first_words(timeline))
    voice = laid(sounds, hops) * voice_curve.at(centres(hops)) ** 2

    def with_bed(up_db: float) -> tuple[tuple[Curve, ...], Powers]:
        raised = replace(levels, duck_db=levels.duck_db + up_db)
        strands = bedding.strands if bedding else ()
        curves = bed_shape(timeline, raised, strands, product(ends, down), bed_db + up_db)
        return curves, bed_powers(bedding, curves, hops)

    bed_curves, bed = with_bed(0.0)
    most_db = levels.target_lufs + levels.speech_over_lu - SPEECH_LUFS
    if bedding is not None and static_gain_db(bed + voice, levels.target_lufs) > most_db:
        bed_curves, bed = loud_enough(with_bed, voice, levels.target_lufs, most_db)
    soft, gain_db = settled(bed, voice, levels)
    every = Curve.through([(0, gain(gain_db))])
    return Shape(
        tuple(product(curve, every) for curve in bed_curves),
        product(voice_curve, softened(soft), every),
        scaled(bed + soft**2 * voice, gain_db),
    )


def loud_enough(
    with_bed: Callable[[float], tuple[tuple[Curve, ...], Powers]],
    voice: Powers,
    target_lufs: float,
    most_db: float,
) -> tuple[tuple[Curve, ...], Powers]:
    """Return the softest bed with which the session reaches its target at `most_db` of gain."""
    low, high = 0.0, MOST_UP_DB
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        if static_gain_db(with_bed(middle)[1] + voice, target_lufs) > most_db:
            low = middle
        else:
            high = middle
    return with_bed(high)


def settled(bed: Powers, voice: Powers, levels: Levels) -> tuple[Powers, float]:
    """Return the soft starts per hop and the static gain in dB, which depend on each other."""
    soft = np.ones(len(voice))
    gain_db = 0.0
    for _ in range(ROUNDS):
        gain_db = static_gain_db(bed + soft**2 * voice, levels.target_lufs)
        soft = soft_starts(scaled(bed, gain_db), scaled(voice, gain_db), levels.rise_lu)
    return soft, gain_db


def first_words(timeline: Timeline) -> Curve:
    """Return the gain of the voice: the first words after a long silence begin more softly."""
    points: list[tuple[int, float]] = []
    before = 0
    for cue in timeline.of_kind(Kind.SPEECH):
        if cue.start - before >= samples(LONG_SILENCE_SECONDS) or not before:
            points += [(cue.start - HOP_SAMPLES, 1.0)]
            points += transition(
                cue.start, cue.start + samples(SOFT_START_SECONDS), -SOFT_START_DB, 0.0
            )
        before = cue.stop
    return Curve.through(points)


def bed_shape(
    timeline: Timeline,
    levels: Levels,
    strands: Sequence[Strand],
    everywhere: Curve,
    bed_db: float,
) -> tuple[Curve, ...]:
    """Return the curve of every strand of the bed."""
    runs = [(cue.start, cue.stop) for cue in timeline.of_kind(Kind.SPEECH)]
    full = levels.duck_db if levels.duck is Duck.FULL else 0.0
    base = product(
        fade_in(timeline.fade_in, timeline.lead_in),
        ducking(runs, full),
        lifts(runs, levels.lift_db),
        everywhere,
        chapter_levels(timeline),
        Curve.through([(0, gain(bed_db))]),
    )
    shares = {Version.WHOLE: Curve.through([])}
    if levels.settle:
        dark = line(timeline.lead_in, timeline.words_stop, levels.settle)
        shares = {Version.WHOLE: complement(dark), Version.DARK: dark}
    if levels.duck is Duck.GENTLE:
        band = negative(complement(ducking(runs, levels.duck_db)))
        shares[Version.BAND] = product(shares[Version.WHOLE], band)
        if levels.settle:
            shares[Version.DARK_BAND] = product(shares[Version.DARK], band)
    return tuple(
        product(base, shares[strand.version], turn(strand.start, strand.stop, timeline.length))
        for strand in strands
    )


def chapter_levels(timeline: Timeline) -> Curve:
    """Return the gain of the bed that the chapters ask for."""
    points: list[tuple[int, float]] = []
    before_db = 0.0
    for mark in timeline.levels:
        ramp = samples(LEVEL_CHANGE_SECONDS)
        points += transition(mark.start, mark.start + ramp, before_db, mark.bed_db)
        before_db = mark.bed_db
    return Curve.through(points)


def turn(start: int, stop: int, length: int) -> Curve:
    """Return the gain of a bed that sounds from one place to another: cross-faded, equal power."""
    ramp = samples(BED_CHANGE_SECONDS)
    points: list[tuple[int, float]] = []
    places = [step / BED_CHANGE_STEPS for step in range(BED_CHANGE_STEPS + 1)]
    if start > 0:
        points += [(round(start + ramp * x), float(np.sin(np.pi / 2 * x))) for x in places]
    if stop < length:
        stop = max(stop, start + ramp if start > 0 else 0)
        points += [(round(stop + ramp * x), float(np.cos(np.pi / 2 * x))) for x in places]
    return Curve.through(points)


def line(start: int, stop: int, height: float) -> Curve:
    """Return a gain that rises from nothing by straight steps of its own size."""
    count = 64
    return Curve.through(
        (round(start + (stop - start) * step / count), height * step / count)
        for step in range(count + 1)
    )


def complement(curve: Curve) -> Curve:
    """Return one minus a curve."""
    return Curve(curve.positions, 1.0 - curve.gains)


def negative(curve: Curve) -> Curve:
    """Return minus a curve."""
    return Curve(curve.positions, -curve.gains)


def softened(gains: Powers) -> Curve:
    """Return soft starts, given per hop, as a curve."""
    if (gains == 1.0).all():
        return Curve.through([])
    around = np.flatnonzero(
        np.convolve(gains < 1.0, np.ones(3), "same")  # a soft hop, and the ones beside it
    )
    return Curve.through(
        (int(hop) * HOP_SAMPLES + HOP_SAMPLES // 2, float(gains[hop])) for hop in around
    )


def centres(hops: int) -> Powers:
    """Return the middle of every hop, in samples."""
    return np.asarray(np.arange(hops) * float(HOP_SAMPLES) + HOP_SAMPLES / 2, np.float64)


def bed_powers(bedding: Bedding | None, curves: Sequence[Curve], hops: int) -> Powers:
    """Return the bed's power per hop, with its curves as they are in the middle of each."""
    if bedding is None:
        return np.zeros(hops)
    return bedding.powers(np.array([curve.at(centres(hops)) for curve in curves]))
