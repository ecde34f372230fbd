"""How loud the session will be, told from the plan before it is mixed.

Powers of unrelated sounds add. Clips carry theirs, beds have theirs per step of a period, and the
gains are known; so the loudness of every tenth of a second is a sum, several times quicker than
mixing. From it come the one static gain, and the curve that keeps anything from startling.
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
    integrated_of_powers,
    sliding_mean,
    to_power,
)
from sessions.units import gain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Powers = NDArray[np.float64]

MARGIN_LU = 1.5
"""What the forecast may be wrong by: clips begin between hops, and gains move between them."""
LEAST_GAIN = 0.05
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Sound:
    """Something that sounds from sample `start` on, with power `powers` per hop of its own.

    Powers are K-weighted mean squares, summed over channels, with all gains in them. What is
    `in_slot` may be something else in another session of the same kind.
    """

    start: int
    powers: Powers
    in_slot: bool = False


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


def static_gain_db(powers: Powers, target_lufs: float) -> float:
    """Return the gain that brings a session to its integrated loudness."""
    return target_lufs - integrated_of_powers(powers)


def soft_starts(bed: Powers, voice: Powers, rise_lu: float) -> Powers:
    """Return a gain per hop for what stands out of the bed, so that nothing rises too far.

    Momentary loudness may exceed the loudest of the three seconds before, or `STARTLE_FLOOR_LUFS`,
    by `rise_lu` at most. No hop is let over that, so no window of hops is. They are taken in order,
    since a softened hop is what later ones are measured against; a start becomes a short slope.

    Parameters
    ----------
    bed, voice
        Power per hop at the session's final level.
    rise_lu
        The bound.
    """
    total = bed + voice
    gains = np.ones(len(total))
    allowed = 10.0 ** ((rise_lu - MARGIN_LU) / 10.0)
    floor = to_power(STARTLE_FLOOR_LUFS)
    suspect = total > allowed * np.maximum(floor, all_loudest_before(total)) * (1.0 - ROUNDING)
    softened = -RISE_HOPS
    for hop in np.flatnonzero(voice).tolist():
        # Where nothing before it was softened, a hop is as the first look found it.
        if not suspect[hop] and hop - softened > RISE_HOPS:
            continue
        most = allowed * max(floor, loudest_before(total, hop))
        if total[hop] > most:
            room = max(most - bed[hop], LEAST_GAIN**2 * voice[hop])
            gains[hop] = min(1.0, float(np.sqrt(room / voice[hop])))
            total[hop] = bed[hop] + gains[hop] ** 2 * voice[hop]
            softened = hop
    return gains


def loudest_before(powers: Powers, hop: int) -> float:
    """Return the power of the loudest 400 ms that every 400 ms with this hop is held against."""
    past = powers[max(0, hop - RISE_HOPS) : max(0, hop - MOMENTARY_HOPS + 1)]
    if len(past) < MOMENTARY_HOPS:
        return float(past.max(initial=0.0)) / MOMENTARY_HOPS
    return float(sliding_mean(past, MOMENTARY_HOPS).max())


def all_loudest_before(powers: Powers) -> Powers:
    """Return `loudest_before` of every hop; nothing for the first, before which there is none."""
    windows = sliding_mean(powers, MOMENTARY_HOPS)
    loudest = np.zeros(len(powers))
    for back in range(2 * MOMENTARY_HOPS - 1, RISE_HOPS + 1):
        known = windows[: max(0, len(powers) - back)]
        np.maximum(loudest[back:], known, out=loudest[back:])
    return loudest


def scaled(powers: Powers, by_db: float) -> Powers:
    """Return powers after a gain."""
    return powers * gain(by_db) ** 2
