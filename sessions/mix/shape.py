"""The gains of a session: every fade, slope and soft start, settled before a sample is mixed."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from sessions.metering.loudness import HOP_SAMPLES, to_lufs, to_power
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
from sessions.mix.levels import BED_CHANGE_SECONDS, LEVEL_CHANGE_SECONDS, Duck
from sessions.plan import Cue, Kind
from sessions.units import gain, samples

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sessions.mix.bedding import Bedding
    from sessions.mix.forecast import Powers
    from sessions.mix.levels import Levels
    from sessions.plan import Timeline

LONG_SILENCE_SECONDS = 15.0
SOFT_START_DB = 3.0
SOFT_START_SECONDS = 1.5
BED_CHANGE_STEPS = 32
MOST_UP_DB = 8.0
BISECTIONS = 6
SPEECH_LUFS = -20.0
"""The level of speech for which breaths and bells were made, and from which all levels count."""
SLOT_SHARE = 0.7
"""How much of a slot words usually take."""
STOOD_ON_MARGIN_LU = 0.2
"""What the forecast of a line may be wrong by, as a hop is partly heard and a gain moves in it."""
MOST_ROUNDS = 12
"""Softening moves the loudness, and that the bound; two or three rounds settle most sessions."""


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
    spoken = Scene.of(timeline, sounds, levels, bedding, bed_db)
    plain = Scene.of(*usual(timeline, sounds), levels, bedding, bed_db)
    room = room_for(plain)
    gain_db = settled_gain_db(plain.bed(room), plain.voice, levels)
    return softly(spoken, room_in_slots(spoken, room), gain_db)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A session before its gains are settled: what sounds in it, over which bed.

    `everywhere` is the gain that bed and voice have in common, `voice_curve` all of that of the
    voice, breaths and bells; `voice` is their power per hop with it. The bed has `bed_db`, and what
    the room leaves it.
    """

    timeline: Timeline
    levels: Levels
    bedding: Bedding | None
    bed_db: float
    everywhere: Curve
    voice_curve: Curve
    voice: Powers

    @classmethod
    def of(
        cls,
        timeline: Timeline,
        sounds: Sequence[Sound],
        levels: Levels,
        bedding: Bedding | None,
        bed_db: float,
    ) -> Scene:
        """Make a scene of a session and its sounds, at their gains before the session's own."""
        hops = timeline.length // HOP_SAMPLES
        ends = fade_out(timeline.length - timeline.fade_out, timeline.length)
        down = slope(timeline.lead_in, timeline.words_stop, levels.descend_db)
        curve = product(ends, down, first_words(timeline))
        voice = laid(sounds, hops) * curve.at(centres(hops)) ** 2
        return cls(timeline, levels, bedding, bed_db, product(ends, down), curve, voice)

    @property
    def lines(self) -> list[tuple[int, int]]:
        """Where every line sounds, in samples."""
        return [(cue.start, cue.stop) for cue in self.timeline.of_kind(Kind.SPEECH)]

    def bed(self, room: Room) -> Powers:
        """Return the power of the bed per hop, where it has so much room."""
        return bed_powers(self.bedding, bed_curves(self, room), len(self.voice))


def usual(timeline: Timeline, sounds: Sequence[Sound]) -> tuple[Timeline, list[Sound]]:
    """Return a session with usual words in each of its slots, whatever is said there.

    Gains follow from it: so the same session with other names is the same, to the bit, but for its
    slots, and each comes near the loudness that is asked for.
    """
    cues: list[Cue] = []
    for cue in timeline.cues:
        if cue.in_slot and cues and cues[-1].in_slot:
            cues[-1] = replace(cues[-1], stop=cue.stop)
        elif cue.in_slot:
            cues.append(Cue(cue.start, cue.stop, Kind.SPEECH, cue.source, in_slot=True))
        else:
            cues.append(cue)
    power = to_power(SPEECH_LUFS)
    said = [
        Sound(cue.start, np.full(round(SLOT_SHARE * cue.length / HOP_SAMPLES), power))
        for cue in cues
        if cue.in_slot
    ]
    plain = [sound for sound in sounds if not sound.in_slot]
    return replace(timeline, cues=tuple(cues)), [*plain, *said]


@dataclass(frozen=True, slots=True)
class Room:
    """What the bed gives way to speech, in dB: how deep under lines, and how far up in all.

    `less_db` says, by the first sample of a line, how much less deep it goes there; `more_db` how
    much deeper everywhere, because it is further up.
    """

    depth_db: float
    up_db: float = 0.0
    more_db: float = 0.0
    less_db: Mapping[int, float] = field(default_factory=dict)

    def depths_db(self, runs: Sequence[tuple[int, int]]) -> list[float]:
        """Return how deep the bed goes under each line."""
        least = [max(0.0, self.depth_db - self.less_db.get(start, 0.0)) for start, _ in runs]
        return [depth + self.more_db for depth in least]

    def raised(self, up_db: float) -> Room:
        """Return a bed that is further up between the lines, and under them where it was."""
        return replace(self, up_db=self.up_db + up_db, more_db=self.more_db + up_db)


def room_for(scene: Scene) -> Room:
    """Return the room in which no line stands too far over its bed, nor has to shout.

    The bed goes down less under the lines that need it; what is then missing it comes up. Where the
    session is softer than its target, with speech as loud as it may be, it comes up too.
    """
    levels, room = scene.levels, Room(scene.levels.duck_db)
    if scene.bedding is None:
        return room
    room = replace(room, less_db=less_under(scene, room))
    if room.less_db:
        missing = max(over_bed(scene, room)) - most_over_bed_lu(levels)
        room = replace(room, up_db=min(MOST_UP_DB, max(0.0, missing)))
    most_db = levels.target_lufs + levels.speech_over_lu - SPEECH_LUFS

    def shouts(room: Room) -> bool:
        return static_gain_db(scene.bed(room) + scene.voice, levels.target_lufs) > most_db

    if not shouts(room):
        return room
    low, high = 0.0, MOST_UP_DB
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if shouts(room.raised(middle)) else (low, middle)
    return room.raised(high)


def room_in_slots(scene: Scene, room: Room) -> Room:
    """Return the room of a usual session with what is really said in slots given its own."""
    if scene.bedding is None:
        return room
    own = less_under(scene, room)
    slots = {cue.start for cue in scene.timeline.cues if cue.in_slot}
    others = {start: db for start, db in room.less_db.items() if start not in slots}
    return replace(room, less_db=others | {start: own[start] for start in slots & own.keys()})


def softly(scene: Scene, room: Room, gain_db: float) -> Shape:
    """Return the shape of a scene, at the session's gain, in which nothing starts too loud."""
    curves = bed_curves(scene, room)
    bed, voice = bed_powers(scene.bedding, curves, len(scene.voice)), scene.voice
    soft = soft_starts(scaled(bed, gain_db), scaled(voice, gain_db), scene.levels.rise_lu)
    every = Curve.through([(0, gain(gain_db))])
    return Shape(
        tuple(product(curve, every) for curve in curves),
        product(scene.voice_curve, softened(soft), every),
        scaled(bed + soft**2 * voice, gain_db),
    )


def most_over_bed_lu(levels: Levels) -> float:
    """Return how far the forecast may say that a line stands over its bed."""
    return levels.speech_over_bed_lu - STOOD_ON_MARGIN_LU


def less_under(scene: Scene, room: Room) -> dict[int, float]:
    """Return, by their first samples, how many LU too far lines stand over their bed."""
    most_lu = most_over_bed_lu(scene.levels)
    return {
        start: over - most_lu
        for (start, _), over in zip(scene.lines, over_bed(scene, room), strict=True)
        if over > most_lu
    }


def over_bed(scene: Scene, room: Room) -> list[float]:
    """Return how many LU each line stands over the bed under it, by the mean of its hops."""
    bed, found = scene.bed(room), []
    for start, stop in scene.lines:
        span = slice(start // HOP_SAMPLES, -(-stop // HOP_SAMPLES))
        hops = max(1, len(scene.voice[span]))
        line = float(scene.voice[span].sum()) * HOP_SAMPLES / max(1, stop - start)
        found.append(to_lufs(line) - to_lufs(float(bed[span].sum()) / hops))
    return found


def settled_gain_db(bed: Powers, voice: Powers, levels: Levels) -> float:
    """Return the static gain, which depends on the soft starts as they do on it.

    It is in whole tenths of a dB: a word more or less leaves it as it was, and with it all that has
    been encoded.
    """
    soft = np.ones(len(voice))
    before_db = math.nan
    for _ in range(MOST_ROUNDS):
        gain_db = round(static_gain_db(bed + soft**2 * voice, levels.target_lufs), 1)
        if gain_db == before_db:
            break
        soft = soft_starts(scaled(bed, gain_db), scaled(voice, gain_db), levels.rise_lu)
        before_db = gain_db
    return gain_db


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


def occupied(timeline: Timeline) -> list[Cue]:
    """Return the lines, and all that is in slots, where there may be some or not."""
    return [cue for cue in timeline.cues if cue.kind is Kind.SPEECH or cue.in_slot]


def bed_curves(scene: Scene, room: Room) -> tuple[Curve, ...]:
    """Return the curve of every strand of the bed."""
    if scene.bedding is None:
        return ()
    timeline, levels, runs = scene.timeline, scene.levels, scene.lines
    depths, none = room.depths_db(runs), [0.0] * len(runs)
    base = product(
        fade_in(timeline.fade_in, timeline.lead_in),
        ducking(runs, depths if levels.duck is Duck.FULL else none),
        lifts([(cue.start, cue.stop) for cue in occupied(timeline)], levels.lift_db),
        scene.everywhere,
        chapter_levels(timeline),
        Curve.through([(0, gain(scene.bed_db + room.up_db))]),
    )
    shares = {Version.WHOLE: Curve.through([])}
    if levels.settle:
        dark = ramp(timeline.lead_in, timeline.words_stop, levels.settle)
        shares = {Version.WHOLE: complement(dark), Version.DARK: dark}
    if levels.duck is Duck.GENTLE:
        band = negative(complement(ducking(runs, depths)))
        shares[Version.BAND] = product(shares[Version.WHOLE], band)
        if levels.settle:
            shares[Version.DARK_BAND] = product(shares[Version.DARK], band)
    return tuple(
        product(base, shares[strand.version], turn(strand.start, strand.stop, timeline.length))
        for strand in scene.bedding.strands
    )


def chapter_levels(timeline: Timeline) -> Curve:
    """Return the gain of the bed that the chapters ask for."""
    points: list[tuple[int, float]] = []
    before_db = 0.0
    for mark in timeline.levels:
        stop = mark.start + samples(LEVEL_CHANGE_SECONDS)
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


def bed_powers(bedding: Bedding | None, curves: Sequence[Curve], hops: int) -> Powers:
    """Return the bed's power per hop, with its curves as they are in the middle of each."""
    if bedding is None:
        return np.zeros(hops)
    return bedding.powers(np.array([curve.at(centres(hops)) for curve in curves]))
