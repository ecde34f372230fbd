"""The axes that the pictures of a session share: ticks of time, and loudness thinned to a width."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from sessions.metering.loudness import HOP_SAMPLES, MOMENTARY_HOPS
from sessions.units import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from numpy.typing import NDArray

TICK_SECONDS = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800)
HOP_SECONDS = HOP_SAMPLES / SAMPLE_RATE_HZ
WINDOW_SECONDS = MOMENTARY_HOPS * HOP_SECONDS
LOWEST_LUFS, HIGHEST_LUFS = -60, -10


def ticks(length_samples: int, most: int) -> list[int]:
    """Return positions in samples for at most `most` ticks after the first, at round times."""
    total = length_samples / SAMPLE_RATE_HZ
    step = next((step for step in TICK_SECONDS if total / step <= most), TICK_SECONDS[-1])
    return [second * SAMPLE_RATE_HZ for second in range(0, int(total) + 1, step)]


def thinned(
    momentary_lufs: NDArray[np.float32], length_samples: int, columns: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the quietest and the loudest moment per column of a picture.

    A moment stands at the middle of its 400 ms. Columns too narrow to hold one take the nearest.
    """
    total = length_samples / SAMPLE_RATE_HZ
    low, high = np.empty(columns, np.float32), np.empty(columns, np.float32)
    edges = np.arange(columns + 1) * total / columns - WINDOW_SECONDS / 2
    places = np.clip(np.round(edges / HOP_SECONDS), 0, len(momentary_lufs) - 1).astype(int)
    for column, (first, last) in enumerate(pairwise(places.tolist())):
        some = momentary_lufs[first : max(first + 1, last + 1)]
        low[column], high[column] = some.min(), some.max()
    return low, high
