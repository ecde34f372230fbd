"""The bed as the mix needs it: whole, without its treble, and its speech band; and their power.

Ducking in the speech band only, and treble that goes slowly, are sums of such versions with slowly
moving gains. The versions are periodic like the bed, so the sums are too where gains rest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sessions.metering.loudness import LEAD_SAMPLES, STEP_SAMPLES, STEPS_PER_HOP, step_products
from sessions.mix.levels import Duck
from sessions.units import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sessions.mix.levels import Levels
    from sessions.sounds.base import Bed
    from sessions.units import Audio

DARK_HZ = 500.0
"""Where the treble of a settled bed begins to go, by 6 dB an octave."""
SPEECH_BAND_HZ = (300.0, 3500.0)
"""Where consonants and formants are: the band of the telephone, which is understood."""
PRODUCTS_HELD = 4
BLOCK_STEPS = 64
"""What is weighted at once, with its lead."""


class Version(StrEnum):
    """What a mix asks for of a bed."""

    WHOLE = "whole"
    DARK = "dark"
    BAND = "band"
    DARK_BAND = "dark band"


@dataclass(frozen=True, slots=True)
class Strand:
    """One version of one bed, heard from sample `start` to `stop` of the session.

    `coded_power` is what a codec makes of its power: it leaves treble out, and adds noise.
    """

    bed: Bed
    version: Version
    start: int
    stop: int
    coded_power: float


@dataclass(frozen=True)
class Bedding:
    """The strands of a session's beds, in an order that the mix knows.

    `length` is the session's: it bounds what of a period is ever heard.
    """

    strands: tuple[Strand, ...]
    length: int

    def read(self, start: int, stop: int, gains: Sequence[Audio | np.float32]) -> Audio:
        """Return samples [start, stop) of the sum, each strand times its gain."""
        total = np.zeros((stop - start, 2), np.float32)
        for strand, gain in zip(self.strands, gains, strict=True):
            if gain.ndim or gain:
                total += strand.bed.read(start, stop) * gain
        return total

    def powers(self, gains: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return K-weighted power per hop of 100 ms of the sum; gains: shape (strands, hops)."""
        total = np.zeros(gains.shape[1])
        for one, gain in enumerate(gains):
            for other, more in enumerate(gains):
                total += gain * more * self._per_hop(one, other, len(total))
        return np.maximum(total, 0.0)

    def mean_powers(self, gains: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the K-weighted power of the sum over a whole period, per column of gains."""
        means = self._products.mean(axis=2)
        return np.asarray(np.einsum("ih,ij,jh->h", gains, means, gains).clip(0.0))

    def _per_hop(self, one: int, other: int, hops: int) -> NDArray[np.float64]:
        """Return the mean product of two strands per hop; a period need not be whole in hops."""
        steps = self._products[one, other]
        sums = np.concatenate([[0.0], np.cumsum(np.concatenate([steps, steps[:STEPS_PER_HOP]]))])
        first = np.arange(hops) * STEPS_PER_HOP % len(steps)
        return np.asarray((sums[first + STEPS_PER_HOP] - sums[first]) / STEPS_PER_HOP)

    @cached_property
    def _products(self) -> NDArray[np.float64]:
        coded = tuple(strand.coded_power for strand in self.strands)
        return products(tuple(strand.bed for strand in self.strands), coded, self.length)


@lru_cache(PRODUCTS_HELD)
def products(
    beds: tuple[Bed, ...], coded_powers: tuple[float, ...], length: int
) -> NDArray[np.float64]:
    """Return the mean products of each two beds, per step of one period: powers of any sum.

    Kept, since sessions of one process often have the same beds.
    """
    period_samples = math.lcm(*(bed.period_samples for bed in beds))
    heard_steps = -(-min(length, period_samples) // STEP_SAMPLES)
    parts = []
    for first in range(0, heard_steps, BLOCK_STEPS):
        last = min(first + BLOCK_STEPS, heard_steps)
        start = period_samples + first * STEP_SAMPLES - LEAD_SAMPLES
        stop = period_samples + last * STEP_SAMPLES
        parts.append(step_products([bed.read(start, stop) for bed in beds]))
    coded = np.sqrt(coded_powers)
    return np.asarray(np.concatenate(parts, axis=2) * np.outer(coded, coded)[:, :, np.newaxis])


def bedding(
    beds: Sequence[tuple[int, Bed | None]],
    length: int,
    levels: Levels,
    coded_power: Callable[[Bed], float],
) -> Bedding | None:
    """Return the strands that a mix asks for; None where nothing sounds at all."""
    dark, band = levels.settle > 0, levels.duck is Duck.GENTLE
    strands = []
    stops = [*(start for start, _ in beds[1:]), length]
    for (start, bed), stop in zip(beds, stops, strict=True):
        if bed is None:
            continue
        versions = {Version.WHOLE: bed}
        if dark:
            versions[Version.DARK] = bed.filtered(low_pass())
        if band:
            versions[Version.BAND] = bed.filtered(band_pass())
        if dark and band:
            versions[Version.DARK_BAND] = versions[Version.DARK].filtered(band_pass())
        coded = coded_power(bed)
        strands += [Strand(one, version, start, stop, coded) for version, one in versions.items()]
    return Bedding(tuple(strands), length) if strands else None


def low_pass() -> NDArray[np.float64]:
    """Return a first-order low-pass at `DARK_HZ`, as second-order sections."""
    from scipy.signal import butter  # noqa: PLC0415 -- 0.7 s, only for who asks for it

    return np.asarray(butter(1, DARK_HZ, fs=SAMPLE_RATE_HZ, output="sos"))


def band_pass() -> NDArray[np.float64]:
    """Return a band-pass of the speech band, in phase in its middle, as sections."""
    from scipy.signal import butter  # noqa: PLC0415 -- as above

    return np.asarray(butter(1, SPEECH_BAND_HZ, "bandpass", fs=SAMPLE_RATE_HZ, output="sos"))
