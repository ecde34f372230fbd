"""The gains of a session: every fade, slope and soft start, settled before a sample is mixed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sessions.metering.loudness import (
    HOP_SAMPLES,
    STARTLE_FLOOR_LUFS,
    integrated_of_powers,
    to_lufs,
)
from sessions.mix.bedding import Version
from sessions.mix.envelope import Curve, ducking, fade_in, fade_out, product, slope
from sessions.mix.forecast import Sound, beginnings, laid, scaled, soft_starts, spread
from sessions.mix.gains import (
    chapter_levels,
    complement,
    first_words,
    negative,
    ramp,
    spoken_runs,
    turn,
)
from sessions.mix.levels import WHOLE_TOLERANCE_LU, Duck
from sessions.sounds.base import BED_LUFS
from sessions.units import gain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sessions.mix.bedding import Bedding
    from sessions.mix.forecast import Bools, Powers
    from sessions.mix.levels import Levels
    from sessions.plan import Timeline

SPEECH_LUFS = -20.0
"""The level of speech for which breaths and bells were made, and from which all levels count."""
WHOLE_MARGIN_LU = 0.3
"""What of that is kept, as the forecast knows of no soft starts and slots; also what a bed may be
louder by than told, and still have to fall out of the gate."""
LEVELLED_WITHIN_LU = 0.75
"""What lines and beds may be off their levels: within it, a line stands over its bed as asked."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """All gains but those of single sounds.

    `bed` has a curve per strand of the bedding; `voice` goes for breaths and bells too.
    `powers` is the forecast per 100 ms, K-weighted, of the whole session. `line_rises_lu` is how
    far each line may rise, by its first sample. `missed_lufs` is how loud the whole is, where that
    was to be near the target and cannot be.
    """

    bed: tuple[Curve, ...]
    voice: Curve
    powers: Powers
    line_rises_lu: Mapping[int, float]
    missed_lufs: float | None


def shaped(
    timeline: Timeline, levels: Levels, bedding: Bedding | None, sounds: Sequence[Sound]
) -> Shape:
    """Settle the gains of a session.

    What is in slots changes no gain outside of them but that of the bed around its words.

    Parameters
    ----------
    bedding
        The bed's versions, or None.
    sounds
        Everything that is not bed, where the voice stands at `SPEECH_LUFS`.
    """
    scene = Scene(timeline, levels, bedding, tuple(sounds))
    empty = scene.without_slots()
    bed_db = levels.target_lufs - SPEECH_LUFS
    voice_db = bed_db + louder_db(empty, bed_db)
    soft = scene.soft_starts(voice_db, bed_db)
    if empty is not scene:
        soft = np.where(scene.slot_hops(), soft, empty.soft_starts(voice_db, bed_db))
    powers = scaled(scene.bed, bed_db) + soft**2 * scaled(scene.voice, voice_db)
    whole_lufs = integrated_of_powers(powers)
    off_lu = abs(whole_lufs - levels.target_lufs)
    bed_gain, voice_gain = (Curve.through([(0, gain(db))]) for db in (bed_db, voice_db))
    return Shape(
        tuple(product(curve, bed_gain) for curve in scene.bed_curves),
        product(scene.voice_curve, softened(soft), voice_gain),
        powers,
        {
            sound.start: rise_lu
            for sound, rise_lu in zip(sounds, scene.rises_lu(voice_db, bed_db), strict=True)
            if sound.line_lufs is not None
        },
        whole_lufs if levels.louder_lu and off_lu > WHOLE_TOLERANCE_LU else None,
    )


def louder_db(scene: Scene, bed_db: float) -> float:
    """Return how far the voice stands over its target for the whole to be within tolerance.

    The bed stays where it is. A whole that is well within stays as it is, else it is brought as
    near as can be: where the bed comes into the gate, a tenth of a dB of the voice may be a whole
    one of it all, and the least that seems enough is then neither sure nor right.
    """
    levels = scene.levels
    if not levels.louder_lu:
        return 0.0
    bed = scaled(scene.bed, bed_db)
    voice = scene.soft_starts(bed_db, bed_db) ** 2 * scaled(scene.voice, bed_db)
    least_lufs = levels.target_lufs - WHOLE_TOLERANCE_LU + WHOLE_MARGIN_LU
    if integrated_of_powers(scaled(bed, WHOLE_MARGIN_LU) + voice) >= least_lufs:
        return 0.0
    steps = [step / 10 for step in range(round(10 * levels.louder_lu) + 1)]
    wholes = [integrated_of_powers(bed + scaled(voice, up)) for up in steps]
    off_lu, up = min(
        (abs(lufs - levels.target_lufs), up) for lufs, up in zip(wholes, steps, strict=True)
    )
    return up if off_lu <= WHOLE_TOLERANCE_LU else 0.0  # else the voice is where it was asked for


@dataclass(frozen=True, eq=False)
class Scene:
    """A session before its gains are settled, the voice at `SPEECH_LUFS`: what sounds, over what.

    `sounds` are all but the bed. In some scenes nothing is in slots.
    """

    timeline: Timeline
    levels: Levels
    bedding: Bedding | None
    sounds: tuple[Sound, ...]
    in_slots: bool = True

    def without_slots(self) -> Scene:
        """Return the same session with nothing in its slots; itself, where it has none."""
        if not any(cue.in_slot for cue in self.timeline.cues):
            return self
        outside = tuple(sound for sound in self.sounds if not sound.in_slot)
        return replace(self, sounds=outside, in_slots=False)

    @property
    def hops(self) -> int:
        """How many hops the session has."""
        return self.timeline.length // HOP_SAMPLES

    def slot_hops(self) -> Bools:
        """Return which hops are in a slot."""
        slots = np.zeros(self.hops, bool)
        for cue in self.timeline.cues:
            if cue.in_slot:
                slots[cue.start // HOP_SAMPLES : cue.stop // HOP_SAMPLES] = True
        return slots

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

    @cached_property
    def voice(self) -> Powers:
        """The power per hop of all but the bed."""
        powers: Powers = laid(self.sounds, self.hops) * self.voice_curve.at(centres(self.hops)) ** 2
        return powers

    @cached_property
    def bed(self) -> Powers:
        """The bed's power per hop, with its curves as they are in the middle of each."""
        if self.bedding is None:
            return np.zeros(self.hops)
        places = centres(self.hops)
        return self.bedding.powers(np.array([curve.at(places) for curve in self.bed_curves]))

    @cached_property
    def bed_curves(self) -> tuple[Curve, ...]:
        """The curve of every strand of the bed."""
        timeline = self.timeline
        runs = spoken_runs(timeline, in_slots=self.in_slots)
        room = ducking(runs, self.levels.duck_db)
        return self._strands(fade_in(timeline.fade_in, timeline.lead_in), room)

    def soft_starts(self, voice_db: float, bed_db: float) -> Powers:
        """Return the gain per hop of all but the bed, so that nothing rises too far."""
        rises_lu = self.rises_lu(voice_db, bed_db)
        return soft_starts(
            scaled(self.bed, bed_db),
            scaled(self.voice, voice_db),
            beginnings(self.sounds, self.hops),
            spread(rises_lu, self.sounds, self.hops, self.levels.rise_lu),
        )

    def rises_lu(self, voice_db: float, bed_db: float) -> tuple[float, ...]:
        """Return how far each sound may rise: a line, by as much as it stands over its bed.

        That bed is one that has come up, at the mean of its period; none is nearer to nothing than
        what a rise is told from. The gains are those of the session.
        """
        usual, still = self.levels.rise_lu, Curve.through([])
        starts = np.array([float(sound.start) for sound in self.sounds])
        down_db = 20.0 * np.log10(self.everywhere.at(starts).clip(gain(-100.0)))
        gains = np.array([curve.at(starts) for curve in self._strands(still, still)])
        none = np.zeros(len(starts))
        beds = none if self.bedding is None else self.bedding.mean_powers(gains)
        return tuple(
            usual
            if sound.line_lufs is None
            else max(
                usual,
                sound.line_lufs
                + down
                + voice_db
                - max(to_lufs(bed) + bed_db, STARTLE_FLOOR_LUFS)
                - LEVELLED_WITHIN_LU,
            )
            for sound, down, bed in zip(self.sounds, down_db.tolist(), beds.tolist(), strict=True)
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
