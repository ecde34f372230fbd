"""How loud the session will be, told from the plan before it is mixed.

Powers of unrelated sounds add. Clips carry theirs, beds have theirs per step of a period, and the
gains are known; so the loudness of every tenth of a second is a sum, several times quicker than
mixing. From it comes the curve that keeps anything from startling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sessions.metering.loudness import (
    HOP_SAMPLES,
    MOMENTARY_HOPS,
    RISE_HOPS,
    STARTLE_FLOOR_LUFS,
    sliding_mean,
    to_power,
)
from sessions.units import gain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Powers = NDArray[np.float64]
    Bools = NDArray[np.bool_]

MARGIN_LU = 0.8
"""What the forecast may be wrong by: clips begin between hops, and gains move between them."""
LEAST_GAIN = 0.05
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Sound:
    """Something that sounds from sample `start` on, with power `powers` per hop of its own.

    Powers are K-weighted mean squares, summed over channels, with all gains in them. What is
    `in_slot` may be something else in another session of the same kind. A line has its loudness as
    `line_lufs`; other sounds have none.
    """

    start: int
    powers: Powers
    in_slot: bool = False
    line_lufs: float | None = None


def laid(sounds: Iterable[Sound], hops: int) -> Powers:
    """Return the power per hop of the session of sounds that begin anywhere in a hop."""
    total = np.zeros(hops + 2)
    for sound in sounds:
        first, rest = divmod(sound.start, HOP_SAMPLES)
        late = rest / HOP_SAMPLES
        last = min(first + len(sound.powers), hops)
        heard = sound.powers[: last - first]
        total[first:last] += heard * (1.0 - late)
        total[first + 1 : last + 1] += heard * late
    return total[:hops]


def beginnings(sounds: Iterable[Sound], hops: int) -> Bools:
    """Return in which hops something begins: those that its first 100 ms lie in.

    Where in these it is loud is not known; a voice that comes up slowly is so at their end.
    """
    begins = np.zeros(hops + 1, bool)
    for sound in sounds:
        first, rest = divmod(sound.start, HOP_SAMPLES)
        begins[first : first + 1 + (rest > 0)] = True
    return begins[:hops]


def spread(rises_lu: Sequence[float], sounds: Sequence[Sound], hops: int, usual: float) -> Powers:
    """Return how far each hop may rise, given how far each sound may; `usual` where there is none.

    A hop with several may rise as the one that may most.
    """
    allowed = np.full(hops, usual)
    for rise_lu, sound in zip(rises_lu, sounds, strict=True):
        if rise_lu > usual:
            first = sound.start // HOP_SAMPLES
            heard = allowed[first : first + len(sound.powers) + 1]
            np.maximum(heard, rise_lu, out=heard)
    return allowed


def soft_starts(bed: Powers, voice: Powers, begins: Bools, rises_lu: Powers) -> Powers:
    """Return a gain per hop for what stands out of the bed, so that nothing rises too far.

    Momentary loudness may exceed the loudest of the three seconds before, or `STARTLE_FLOOR_LUFS`,
    by its bound at most. 400 ms that would rise further are softened as one. They are taken in
    order: what is softened is what later ones are measured against.

    Parameters
    ----------
    bed, voice
        Power per hop at the session's final level.
    begins
        In which hops something begins. How much of it is heard there is not known: nothing is
        measured against that.
    rises_lu
        The bound, per hop; 400 ms have the highest of theirs.
    """
    going_on = np.where(begins, 0.0, voice)
    known = bed + going_on
    gains = np.ones(len(voice))
    windows = sliding_mean(bed + voice, MOMENTARY_HOPS)
    allowed = 10.0 ** ((most_of_each(rises_lu, len(windows)) - MARGIN_LU) / 10.0)
    floor = to_power(STARTLE_FLOOR_LUFS)
    before = all_loudest_before(sliding_mean(known, MOMENTARY_HOPS))
    suspect = windows > allowed * np.maximum(floor, before) * (1.0 - ROUNDING)
    speaks = sliding_mean(voice, MOMENTARY_HOPS) > 0.0
    softened = -2 * RISE_HOPS
    for hop in np.flatnonzero(speaks).tolist():
        # Where nothing before it was softened, it is as the first look found it.
        if not suspect[hop] and hop - softened > RISE_HOPS + MOMENTARY_HOPS:
            continue
        most = allowed[hop] * max(floor, loudest_before(known, hop))
        if windows[hop] > most:
            heard = slice(hop, hop + MOMENTARY_HOPS)
            room = max(most - bed[heard].mean(), LEAST_GAIN**2 * voice[heard].mean())
            soft = min(1.0, float(np.sqrt(room / voice[heard].mean())))
            gains[heard] = np.minimum(gains[heard], soft)
            known[heard] = bed[heard] + gains[heard] ** 2 * going_on[heard]
            softened = hop
    return gains


def most_of_each(values: Powers, count: int) -> Powers:
    """Return the highest of each 400 ms of hops."""
    shifts = [values[shift : shift + count] for shift in range(MOMENTARY_HOPS)]
    return np.asarray(np.maximum.reduce(shifts))


def loudest_before(powers: Powers, hop: int) -> float:
    """Return the power of the loudest 400 ms that those from a hop on are held against."""
    past = powers[max(0, hop - RISE_HOPS) : hop]
    return float(sliding_mean(past, MOMENTARY_HOPS).max(initial=0.0))


def all_loudest_before(windows: Powers) -> Powers:
    """Return `loudest_before` of each 400 ms, given the power of all."""
    loudest = np.zeros(len(windows))
    for back in range(MOMENTARY_HOPS, RISE_HOPS + 1):
        np.maximum(loudest[back:], windows[: max(0, len(windows) - back)], out=loudest[back:])
    return loudest


def scaled(powers: Powers, by_db: float) -> Powers:
    """Return powers after a gain."""
    return powers * gain(by_db) ** 2
