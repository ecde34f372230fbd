"""The gains of a session: every fade, slope and soft start, settled before a sample is mixed."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from sessions.metering.loudness import HOP_SAMPLES, integrated_of_powers, to_lufs
from sessions.mix.bedding import Version
from sessions.mix.envelope import (
    Curve,
    ducking,
    fade_in,
    fade_out,
    held,
    product,
    slope,
    transition,
)
from sessions.mix.forecast import Sound, beginnings, laid, scaled, soft_starts, spread
from sessions.mix.levels import (
    BED_CHANGE_SECONDS,
    LEVEL_CHANGE_SECONDS,
    LEVEL_UP_DB,
    MOST_MOVE_DB,
    Duck,
)
from sessions.plan import Kind
from sessions.sounds.base import BED_LUFS
from sessions.units import decibels, gain, samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sessions.mix.bedding import Bedding
    from sessions.mix.forecast import Bools, Powers
    from sessions.mix.levels import Levels
    from sessions.plan import Cue, Timeline

LONG_SILENCE_SECONDS = 15.0
SOFT_START_DB = 2.0
SOFT_START_SECONDS = 0.6
"""So much that the ear is led in, so short that a line of one word is within 1 LU of the others."""
BED_CHANGE_STEPS = 32
SPEECH_LUFS = -20.0
"""The level of speech for which breaths and bells were made, and from which all levels count."""
STEEPEST = 1.5
"""Of a smoothstep, against a straight line."""
WHOLE_TOLERANCE_LU = 1.0
"""What a publisher allows the loudness of the whole to be off by (Apple)."""
WHOLE_MARGIN_LU = 0.3
"""What of that is kept, as the forecast knows of no soft starts and slots; also what a bed may be
louder by than told, and still have to fall out of the gate."""
LEVELLED_WITHIN_LU = 0.75
"""What lines and beds may be off their levels: within it, a line stands over its bed as asked."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """All gains but those of single sounds.

    `bed` has a curve per strand of the bedding; `voice` goes for breaths and bells too.
    `powers` is the forecast per 100 ms, K-weighted, of the whole session. `line_rise_lu` is how far
    a line may rise; infinite where one has no bed to rise from.
    """

    bed: tuple[Curve, ...]
    voice: Curve
    powers: Powers
    line_rise_lu: float

    @property
    def integrated_lufs(self) -> float:
        """The loudness that the whole session will have."""
        return integrated_of_powers(self.powers)


def shaped(
    timeline: Timeline, levels: Levels, bedding: Bedding | None, sounds: Sequence[Sound]
) -> Shape:
    """Settle the gains of a session.

    Parameters
    ----------
    bedding
        The bed's versions, or None.
    sounds
        Everything that is not bed, where the voice stands at `SPEECH_LUFS`.
    """
    scene = Scene(timeline, levels, bedding, tuple(sounds))
    bed_db = levels.target_lufs - SPEECH_LUFS
    voice_db = bed_db + louder_db(scene, bed_db)
    soft = scene.soft_starts(bed_db, voice_db)
    if (slots := scene.slot_hops()).any():
        soft = np.where(slots, soft, scene.soft_starts(bed_db, voice_db, in_slots=False))
    bed_gain, voice_gain = (Curve.through([(0, gain(db))]) for db in (bed_db, voice_db))
    return Shape(
        tuple(product(curve, bed_gain) for curve in scene.bed_curves()),
        product(scene.voice_curve, softened(soft), voice_gain),
        scaled(scene.bed_powers(), bed_db) + soft**2 * scaled(scene.voice_powers(), voice_db),
        max((*scene.rises_lu(voice_db - bed_db), levels.rise_lu)),
    )


def louder_db(scene: Scene, bed_db: float) -> float:
    """Return how far the voice stands over its target for the whole to be within tolerance.

    The bed stays where it is. What is in slots does not count, nor the room that is made for it:
    sessions that differ there are the same elsewhere.
    """
    levels = scene.levels
    if not levels.louder_lu:
        return 0.0
    bed = scaled(scene.bed_powers(in_slots=False), bed_db + WHOLE_MARGIN_LU)
    voice = scaled(scene.voice_powers(in_slots=False), bed_db)
    least_lufs = levels.target_lufs - WHOLE_TOLERANCE_LU + WHOLE_MARGIN_LU
    steps = [step / 10 for step in range(round(10 * levels.louder_lu) + 1)]
    reached = (up for up in steps if integrated_of_powers(bed + scaled(voice, up)) >= least_lufs)
    return next(reached, steps[-1])


@dataclass(frozen=True, eq=False)
class Scene:
    """A session before its gains are settled, the voice at `SPEECH_LUFS`: what sounds, over what.

    `sounds` are all but the bed.
    """

    timeline: Timeline
    levels: Levels
    bedding: Bedding | None
    sounds: tuple[Sound, ...]

    @property
    def hops(self) -> int:
        """How many hops the session has."""
        return self.timeline.length // HOP_SAMPLES

    @cached_property
    def everywhere(self) -> Curve:
        """The gain that bed and voice have in common."""
        timeline = self.timeline
        return product(
            fade_out(timeline.length - timeline.fade_out, timeline.length),
            slope(timeline.lead_in, timeline.words_stop, self.levels.descend_db),
        )

    @cached_property
    def voice_curve(self) -> Curve:
        """The gain of the voice, of breaths and of bells."""
        return product(self.everywhere, first_words(self.timeline))

    def voice_powers(self, *, in_slots: bool = True) -> Powers:
        """Return the power per hop of all but the bed."""
        heard = [sound for sound in self.sounds if in_slots or not sound.in_slot]
        powers: Powers = laid(heard, self.hops) * self.voice_curve.at(centres(self.hops)) ** 2
        return powers

    def bed_powers(self, *, in_slots: bool = True) -> Powers:
        """Return the bed's power per hop, with its curves as they are in the middle of each."""
        if self.bedding is None:
            return np.zeros(self.hops)
        places = centres(self.hops)
        curves = self.bed_curves(in_slots=in_slots)
        return self.bedding.powers(np.array([curve.at(places) for curve in curves]))

    def bed_curves(self, *, in_slots: bool = True) -> tuple[Curve, ...]:
        """Return the curve of every strand of the bed."""
        timeline = self.timeline
        room = ducking(spoken_runs(timeline, in_slots=in_slots), self.levels.duck_db)
        return self._strands(fade_in(timeline.fade_in, timeline.lead_in), room)

    def soft_starts(self, bed_db: float, voice_db: float, *, in_slots: bool = True) -> Powers:
        """Return the gain per hop of all but the bed, so that nothing rises too far.

        Without what is in slots, it is that of a session with nothing in them: a line after a slot
        begins the same whatever was said there.
        """
        rises_lu = self.rises_lu(voice_db - bed_db)
        heard = [
            (sound, rise_lu)
            for sound, rise_lu in zip(self.sounds, rises_lu, strict=True)
            if in_slots or not sound.in_slot
        ]
        sounds, allowed = [sound for sound, _ in heard], [rise_lu for _, rise_lu in heard]
        return soft_starts(
            scaled(self.bed_powers(in_slots=in_slots), bed_db),
            scaled(self.voice_powers(in_slots=in_slots), voice_db),
            beginnings(sounds, self.hops),
            spread(allowed, sounds, self.hops, self.levels.rise_lu),
        )

    def slot_hops(self) -> Bools:
        """Return which hops are in a slot."""
        slots = np.zeros(self.hops, bool)
        for cue in self.timeline.cues:
            if cue.in_slot:
                slots[cue.start // HOP_SAMPLES : cue.stop // HOP_SAMPLES] = True
        return slots

    def rises_lu(self, louder_db: float) -> tuple[float, ...]:
        """Return how far each sound may rise: a line, by as much as it stands over its bed.

        That bed is one that has come up, at the mean of its period.
        """
        usual = self.levels.rise_lu
        if self.bedding is None:
            return tuple(usual if sound.line_lufs is None else np.inf for sound in self.sounds)
        still = Curve.through([])
        starts = np.array([float(sound.start) for sound in self.sounds])
        gains = np.array([curve.at(starts) for curve in self._strands(still, still)])
        beds = self.bedding.mean_powers(gains)
        down_db = 20.0 * np.log10(self.everywhere.at(starts).clip(gain(-100.0)))
        more = (louder_db - LEVELLED_WITHIN_LU + down_db).tolist()
        return tuple(
            usual if sound.line_lufs is None else max(usual, sound.line_lufs + extra - to_lufs(bed))
            for sound, extra, bed in zip(self.sounds, more, beds.tolist(), strict=True)
        )

    def _strands(self, fade: Curve, room: Curve) -> tuple[Curve, ...]:
        """Return the curves of a bed that begins so, and makes room so."""
        if self.bedding is None:
            return ()
        timeline, levels = self.timeline, self.levels
        bed_db = SPEECH_LUFS + levels.bed_lu - BED_LUFS
        base = product(
            fade,
            room if levels.duck is Duck.FULL else Curve.through([]),
            self.everywhere,
            chapter_levels(timeline),
            Curve.through([(0, gain(bed_db))]),
        )
        shares = {Version.WHOLE: Curve.through([])}
        if levels.settle:
            dark = ramp(timeline.lead_in, timeline.words_stop, levels.settle)
            shares = {Version.WHOLE: complement(dark), Version.DARK: dark}
        if levels.duck is Duck.GENTLE:
            band = negative(complement(room))
            shares[Version.BAND] = product(shares[Version.WHOLE], band)
            if levels.settle:
                shares[Version.DARK_BAND] = product(shares[Version.DARK], band)
        return tuple(
            product(base, shares[strand.version], turn(strand.start, strand.stop, timeline.length))
            for strand in self.bedding.strands
        )


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
    """Return soft starts, given per hop, as a curve that is over none of them within its hop."""
    if (gains == 1.0).all():
        return Curve.through([])
    edges = np.minimum(np.append(gains, 1.0), np.insert(gains, 0, 1.0))
    around = np.flatnonzero(
        np.convolve(edges < 1.0, np.ones(3), "same")  # a soft edge, and the ones beside it
    )
    return Curve.through((int(edge) * HOP_SAMPLES, float(edges[edge])) for edge in around)


def centres(hops: int) -> Powers:
    """Return the middle of every hop, in samples."""
    return np.asarray(np.arange(hops) * float(HOP_SAMPLES) + HOP_SAMPLES / 2, np.float64)
