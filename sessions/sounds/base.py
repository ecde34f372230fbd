"""What a bed is: a sound without beginning or end.

Every bed is exactly periodic, and every period is a whole number of `PERIOD_SAMPLES`, itself a
whole number of MP3 frames. So the sum of beds is periodic too, any place of it is known without
what came before, and encoded frames of it may be repeated.

To add a bed that is computed: write a function that returns one period, float32 of shape
(k * PERIOD_SAMPLES, 2), whose end flows into its beginning, through `levelled`; build it from a
seed of its own by inverse FFT (`periodic_noise`) or from whole numbers of cycles; add it to `BEDS`.
A recording needs no code: a file in audio_assets/ or beside the script is a bed by its name.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

import numpy as np

from sessions.metering.loudness import periodic_loudness_lufs, periodic_response
from sessions.units import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, Audio

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

PERIOD_FRAMES = 2352
PERIOD_SAMPLES = PERIOD_FRAMES * SAMPLES_PER_FRAME
"""61.4 s: nobody hears noise return after a minute. 2**11 * 3**3 * 7**2 samples, which an FFT takes
in stride, and a multiple of 49 frames: at 44 100 Hz and 128 kbit/s a period is whole bytes."""
BED_LUFS = -23.0
"""The loudness at which every bed is made, so that beds can be exchanged (EBU R 128)."""


class Bed(Protocol):
    """A periodic sound. `read` is a pure function of position; what is measured of it is kept."""

    def __hash__(self) -> int:
        """Return a hash; beds that are equal sound the same."""
        ...

    @property
    def period_samples(self) -> int:
        """The period, a whole number of `PERIOD_SAMPLES`."""
        ...

    def read(self, start: int, stop: int) -> Audio:
        """Return samples [start, stop), shape (stop - start, 2)."""
        ...

    def filtered(self, sections: NDArray[np.float64]) -> Bed:
        """Return the bed through a filter given as second-order sections, as periodic as it is."""
        ...


class PeriodicBed:
    """A bed held in memory as one period, shape (period, 2)."""

    def __init__(self, period: Audio) -> None:
        self._period = period

    @property
    def period_samples(self) -> int:
        """The period in samples."""
        return len(self._period)

    def read(self, start: int, stop: int) -> Audio:
        """Return samples [start, stop)."""
        first = start % len(self._period)
        if first + stop - start <= len(self._period):
            return self._period[first : first + stop - start]
        return np.take(self._period, np.arange(first, first + stop - start), axis=0, mode="wrap")

    def filtered(self, sections: NDArray[np.float64]) -> PeriodicBed:
        """Return the bed through a filter that has been running for ever."""
        count = len(self._period)
        response = periodic_response(sections, count).astype(np.complex64)
        spectra = np.fft.rfft(self._period, axis=0)
        filtered = np.fft.irfft(spectra * response[:, np.newaxis], count, axis=0)
        return PeriodicBed(np.asarray(filtered, np.float32))


def periodic_noise(
    seed: int, power: Callable[[NDArray[np.float64]], NDArray[np.float64]], common: float = 0.25
) -> Audio:
    """Return one period of stereo noise with a given power spectrum.

    Parameters
    ----------
    seed
        The same seed gives the same noise on every machine.
    power
        Power density for frequencies in Hz (all above zero), to any scale.
    common
        Share of the power that both channels have in common, from 0 to 1: independent channels
        alone seem to come from outside the head and leave a hole in the middle on headphones.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    frequencies = np.asarray(np.fft.rfftfreq(PERIOD_SAMPLES, 1 / SAMPLE_RATE_HZ), np.float64)
    amplitude = np.zeros(len(frequencies), np.float32)
    amplitude[1:-1] = np.sqrt(power(frequencies[1:-1]))
    waves = [
        np.fft.irfft(amplitude * random_phases(rng, len(amplitude)), PERIOD_SAMPLES)
        for _ in ("common", "left", "right")
    ]
    shared, own = math.sqrt(common), math.sqrt(1 - common)
    return np.stack([shared * waves[0] + own * side for side in waves[1:]], axis=1)


def random_phases(rng: np.random.Generator, count: int) -> NDArray[np.complex64]:
    """Return complex normal numbers: random phase and the level of real noise."""
    return rng.standard_normal(2 * count, np.float32).view(np.complex64)


def levelled(period: Audio, lufs: float = BED_LUFS) -> Audio:
    """Return one period of a bed at a loudness (BS.1770-5, ungated)."""
    factor = 10.0 ** ((lufs - periodic_loudness_lufs(period)) / 20.0)
    return (period * np.float32(factor)).astype(np.float32)
