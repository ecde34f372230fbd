"""Sounds of outside, computed: nothing to licence, nothing to loop audibly."""

from __future__ import annotations

import numpy as np

from sessions.sounds.base import PERIOD_SAMPLES, levelled, periodic_noise
from sessions.sounds.noise import rumble_free
from sessions.units import GRID_SAMPLES, Audio

WAVES_PER_PERIOD = (5, 7, 8)
"""Three trains of waves, of 12.0, 8.6 and 7.5 s, that meet anew once a period."""
WAVE_SHARPNESS = 2.2
SURF_DB = -14.0
"""The sea between two waves, below their crest."""


def sea() -> Audio:
    """Return slow surf: a deep wash that is always there, and waves that rise, break and recede.

    A wave is brighter at its crest: its low and its high noise swell in different shapes.
    """
    wash = periodic_noise(11, lambda hz: rumble_free(hz) / hz**2 / (1 + (hz / 900.0) ** 2))
    surf = periodic_noise(12, lambda hz: rumble_free(hz) / hz / (1 + (250.0 / hz) ** 4))
    wash /= np.float32(np.sqrt(np.mean(wash**2)))
    surf /= np.float32(np.sqrt(np.mean(surf**2)))
    rise = swell()
    floor = 10.0 ** (SURF_DB / 20.0)
    low = (0.45 + 0.55 * rise)[:, np.newaxis]
    high = (floor + (1 - floor) * rise**1.8)[:, np.newaxis]
    return levelled((wash * low + 0.5 * surf * high).astype(np.float32))


def swell() -> Audio:
    """Return how high the sea stands, 0 to 1, periodic: rising slowly, falling more slowly."""
    positions = np.arange(0, PERIOD_SAMPLES, GRID_SAMPLES) / PERIOD_SAMPLES
    height = np.zeros_like(positions)
    for index, count in enumerate(WAVES_PER_PERIOD):
        phase = 2 * np.pi * (count * positions + 0.37 * index)
        skewed = phase + 0.5 * np.sin(phase)
        height += (0.5 - 0.5 * np.cos(skewed)) ** WAVE_SHARPNESS / (1 + 0.5 * index)
    height /= height.max()
    grid = np.append(np.arange(0, PERIOD_SAMPLES, GRID_SAMPLES), PERIOD_SAMPLES)
    full = np.interp(np.arange(PERIOD_SAMPLES), grid, np.append(height, height[0]))
    return np.asarray(full, np.float32)
