"""Hold true peaks under a ceiling: a look-ahead limiter that is a pure function of position.

For each aligned block of 64 samples the true peak says how much must go. Each *reduction*
(1 - gain) is held for a block, let go over 75 ms, begun a little early, and smoothed; between the
grid points the gain is a straight line. Every step is a maximum or a sum over a few neighbours in
a fixed order, so a sample's gain depends on `REACH_SAMPLES` around it and on nothing else: any
window gives the same bits as the whole. Where nothing is over the ceiling the reduction is exactly
zero and the samples pass unchanged.

Why the ceiling holds: the smoothing averages look-ahead maxima of which each covers the block, so
the gain at either end of a block is not above what the block needs, nor is the line between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sessions.metering import truepeak
from sessions.units import GRID_SAMPLES, gain

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sessions.units import Audio

_SMOOTHING = (0.125, 0.375, 0.375, 0.125)
"""Weights of the four grid points up to now: an attack of 256 samples (5.8 ms) without a corner."""
_LOOK_AHEAD_BLOCKS = len(_SMOOTHING) - 1
_RELEASE_BLOCKS = 52
"""Release of 52 * 64 samples, 75 ms: a half cosine, with no corner at either end."""
_RELEASE = (
    1.0,
    *(0.5 + 0.5 * np.cos(np.pi * np.arange(_RELEASE_BLOCKS) / _RELEASE_BLOCKS)).tolist(),
)
"""What is left of a reduction 0, 1, 2 ... blocks later: one block whole (the hold), then less."""

_BEFORE_BLOCKS = _LOOK_AHEAD_BLOCKS + _RELEASE_BLOCKS
_AFTER_BLOCKS = _LOOK_AHEAD_BLOCKS + 1
REACH_SAMPLES = (_BEFORE_BLOCKS + 2) * GRID_SAMPLES
"""How far around a sample the limiter looks (83 ms): the blocks of the release and the look-ahead,
one for interpolation, and one because a window may begin anywhere in a block."""
_RAMP = (np.arange(GRID_SAMPLES) / GRID_SAMPLES).astype(np.float32)[:, None]


def limit(samples_with_margin: Audio, first: int, ceiling_db: float) -> Audio:
    """Return limited samples, true peak at most the ceiling.

    Parameters
    ----------
    samples_with_margin
        Shape (REACH_SAMPLES + n + REACH_SAMPLES, channels), or without the last axis for mono;
        zeros where the recording has not begun or has ended. Channels share one gain, so that the
        image does not move.
    first
        Position of the first sample wanted, the one at index `REACH_SAMPLES`.
    ceiling_db
        Highest true peak in dBTP.

    Returns
    -------
    The n samples from `first` on, the same bits whatever n is. It is a view of the input where
    nothing in reach is over the ceiling.
    """
    if len(samples_with_margin) < 2 * REACH_SAMPLES:
        raise ValueError(f"{len(samples_with_margin)} samples are less than the limiter's margins")
    ceiling = gain(ceiling_db)
    if ceiling == 0.0:
        raise ValueError(f"a ceiling of {ceiling_db} dB leaves no sound")
    wanted = samples_with_margin[REACH_SAMPLES : len(samples_with_margin) - REACH_SAMPLES]
    if not len(wanted) or truepeak.sample_peak(samples_with_margin) * truepeak.BOUND <= ceiling:
        return wanted
    lead = first % GRID_SAMPLES
    blocks = -(-(lead + len(wanted)) // GRID_SAMPLES)
    begin = REACH_SAMPLES - lead - (_BEFORE_BLOCKS + 1) * GRID_SAMPLES
    end = begin + (_BEFORE_BLOCKS + blocks + _AFTER_BLOCKS + 2) * GRID_SAMPLES
    seen = samples_with_margin[begin:end].reshape(end - begin, -1)
    peaks = truepeak.block_peaks(seen, GRID_SAMPLES, ceiling)
    if peaks.max() <= ceiling:
        return wanted
    over = 1.0 - ceiling / np.maximum(peaks.astype(np.float64), ceiling)
    kept = _between_grid_points(_reductions(over))[lead : lead + len(wanted)]
    return np.asarray(wanted * kept.reshape(len(wanted), *(1,) * (wanted.ndim - 1)))


def _reductions(over: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the reduction at each block's start and the last one's end, from what blocks need.

    `over` has `_BEFORE_BLOCKS` more values in front and `_AFTER_BLOCKS` more behind.
    """
    count = len(over) - _RELEASE_BLOCKS
    held = over[_RELEASE_BLOCKS:].copy()
    for age, left in enumerate(_RELEASE[1:], start=1):
        start = _RELEASE_BLOCKS - age
        np.maximum(held, over[start : start + count] * left, out=held)
    count -= _LOOK_AHEAD_BLOCKS
    ahead = held[:count]
    for shift in range(1, _LOOK_AHEAD_BLOCKS + 1):
        ahead = np.maximum(ahead, held[shift : shift + count])
    count -= _LOOK_AHEAD_BLOCKS
    smooth = np.zeros(count)
    for shift, weight in enumerate(_SMOOTHING):
        smooth += ahead[shift : shift + count] * weight
    return smooth.astype(np.float32)


def _between_grid_points(reductions: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the gain of every sample: straight lines from grid point to grid point."""
    starts, steps = reductions[:-1], np.diff(reductions)
    lines = np.float32(1.0) - (starts + steps * _RAMP)
    return np.ascontiguousarray(lines.T).reshape(-1)
