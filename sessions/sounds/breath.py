"""An audible breath, to breathe along with: air, rising for in, falling for out.

The ear should know without a word which of the two it is. So they differ in three ways: the in-
breath grows louder and brighter to its end, the out-breath is darker, loudest early, and fades.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from sessions.units import SAMPLE_RATE_HZ, Audio

EDGE_SECONDS = 0.12
LEVEL = 0.05
"""RMS at the loudest; the mix sets breaths against the voice from here."""
BREATHS_HELD = 4
"""Breaths of each kind that a process keeps: sessions often have the same ones."""


@lru_cache(BREATHS_HELD)
def breath_in(count: int) -> Audio:
    """Return an in-breath of `count` samples, shape (count, 2)."""
    place = np.linspace(0.0, 1.0, count)
    return airy(21, 650.0 * 2.0 ** (1.1 * place), 0.25 + 0.75 * place**1.3)


@lru_cache(BREATHS_HELD)
def breath_out(count: int) -> Audio:
    """Return an out-breath of `count` samples, shape (count, 2)."""
    place = np.linspace(0.0, 1.0, count)
    return airy(22, 700.0 * 2.0 ** (-0.9 * place), (1.0 - place) ** 0.8 * (1 - 0.5 * place))


def airy(
    seed: int,
    centre_hz: np.ndarray[tuple[int], np.dtype[np.float64]],
    level: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> Audio:
    """Return noise around a moving centre frequency.

    Slowly moving noise of 350 Hz either side is carried up to the centre by a complex oscillator,
    one per channel: a moving band-pass without a filter whose coefficients jump.
    """
    count = len(level)
    rng = np.random.Generator(np.random.PCG64(seed))
    phase = 2 * np.pi * np.cumsum(centre_hz) / SAMPLE_RATE_HZ
    edge = np.clip(np.minimum(np.arange(count), np.arange(count)[::-1]) / SAMPLE_RATE_HZ, 0, None)
    soft = np.clip(edge / EDGE_SECONDS, 0.0, 1.0)
    shape = level * soft * soft * (3 - 2 * soft)
    middle = low_noise(rng, count)
    sides = [0.8 * middle + 0.6 * low_noise(rng, count) for _ in ("left", "right")]
    waves = np.stack([np.real(side * np.exp(1j * phase)) * shape for side in sides], axis=1)
    sound: Audio = (waves * LEVEL).astype(np.float32)
    sound.setflags(write=False)
    return sound


def low_noise(
    rng: np.random.Generator, count: int
) -> np.ndarray[tuple[int], np.dtype[np.complex128]]:
    """Return complex noise below about 350 Hz either side of zero, of unit power."""
    size = 1 << max(1, count - 1).bit_length()
    hz = np.fft.fftfreq(size, 1 / SAMPLE_RATE_HZ)
    shape = 1.0 / (1.0 + (hz / 350.0) ** 4)
    noise = rng.standard_normal(2 * size).view(np.complex128)
    wave: np.ndarray[tuple[int], np.dtype[np.complex128]] = np.fft.ifft(noise * shape)[:count]
    wave /= np.sqrt(np.mean(np.abs(wave) ** 2) / 2)
    return wave
