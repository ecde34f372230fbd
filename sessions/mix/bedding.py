"""The bed as the mix needs it: whole, without its treble, and its speech band; and their power.

Ducking in the speech band only, and treble that goes slowly, are sums of such versions with slowly
moving gains. The versions are periodic like the bed, so the sums are too where gains rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sessions.loudness import STEP_SAMPLES, step_products
from sessions.units import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sessions.sounds.base import Bed
    from sessions.units import Audio

DARK_HZ = 500.0
"""Where the treble of a settled bed begins to go, by 6 dB an octave."""
SPEECH_BAND_HZ = (300.0, 3500.0)
"""Where consonants and formants are: the band of the telephone, which is understood."""
BLOCK_STEPS = 100
LEAD_STEPS = 10


@dataclass(frozen=True)
class Bedding:
    """Some versions of one bed, in an order that the mix knows.

    `length` bounds what of the period is ever heard.
    """

    versions: tuple[Bed, ...]
    length: int

    @property
    def period_samples(self) -> int:
        """The period that all versions share."""
        return self.versions[0].period_samples

    def read(self, start: int, stop: int, gains: tuple[Audio | np.float32, ...]) -> Audio:
        """Return samples [start, stop) of the sum, each version times its gain."""
        total = self.versions[0].read(start, stop) * gains[0]
        for version, gain in zip(self.versions[1:], gains[1:], strict=True):
            total += version.read(start, stop) * gain
        return total

    def powers(self, gains: NDArray[np.float64], first_step: int = 0) -> NDArray[np.float64]:
        """Return K-weighted power per step of 10 ms of the sum.

        Parameters
        ----------
        gains
            Shape (versions, steps).
        first_step
            The place in the session of the first of the steps.
        """
        steps = (first_step + np.arange(gains.shape[1])) % self._products.shape[2]
        total = np.zeros(gains.shape[1])
        for one, gain in enumerate(gains):
            for other, more in enumerate(gains):
                total += gain * more * self._products[one, other, steps]
        return np.maximum(total, 0.0)

    @cached_property
    def _products(self) -> NDArray[np.float64]:
        """Mean products of each two versions, per step of one period: powers of any sum."""
        heard = min(self.length, self.period_samples)
        period_steps = self.period_samples // STEP_SAMPLES
        count = min(-(-heard // STEP_SAMPLES) + LEAD_STEPS, period_steps)
        parts = []
        for first in range(0, count, BLOCK_STEPS):
            last = min(first + BLOCK_STEPS, count)
            start = self.period_samples + (first - LEAD_STEPS) * STEP_SAMPLES
            stop = self.period_samples + last * STEP_SAMPLES
            waves = [version.read(start, stop) for version in self.versions]
            parts.append(step_products(waves, LEAD_STEPS * STEP_SAMPLES))
        return np.concatenate(parts, axis=2)


def bedding(bed: Bed, length: int, *, dark: bool, band: bool) -> Bedding:
    """Return a bed with the versions that a mix asks for: whole, dark, band, dark band."""
    versions = [bed]
    if dark:
        versions.append(bed.filtered(low_pass()))
    if band:
        versions += [version.filtered(band_pass()) for version in versions]
    return Bedding(tuple(versions), length)


def low_pass() -> NDArray[np.float64]:
    """Return a first-order low-pass at `DARK_HZ`, as second-order sections."""
    from scipy.signal import butter  # noqa: PLC0415 -- 0.7 s, only for who asks for it

    return np.asarray(butter(1, DARK_HZ, fs=SAMPLE_RATE_HZ, output="sos"))


def band_pass() -> NDArray[np.float64]:
    """Return a band-pass of the speech band, in phase in its middle, as sections."""
    from scipy.signal import butter  # noqa: PLC0415 -- as above

    return np.asarray(butter(1, SPEECH_BAND_HZ, "bandpass", fs=SAMPLE_RATE_HZ, output="sos"))
