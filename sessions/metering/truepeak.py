"""Find true peaks: the highest point of the waveform, between its samples too.

The waveform is interpolated to eight points per sample (ITU-R BS.1770-5, Annex 2, asks for at
least four: eight leave at most 0.04 dB unseen at a quarter of the sample rate) with a windowed
sinc that is flat within 0.03 dB up to 18 kHz. Two bounds that hold for every waveform tell which
blocks need it; on music and speech few do.

Everything is computed element by element in one fixed order, so a block's figure is the same to
the bit whatever stands around it in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sessions.units import Audio

HALF_TAPS = 12
"""Samples that an interpolated point looks at on either side of it."""
PHASES = 8
"""Points per sample, the sample itself included."""
KAISER_BETA = 5.0
BATCH_BLOCKS = 128
"""Blocks that are interpolated at a time: their sums stay in a core's cache."""
ROUNDING = 1.0 + 1e-5
"""Room for float32 rounding in the two bounds."""


def _taps() -> NDArray[np.float64]:
    """Return the kernel, shape (PHASES - 1, 2 * HALF_TAPS): rows are points 1/8 ... 7/8."""
    offset = np.arange(1 - HALF_TAPS, HALF_TAPS + 1) - np.arange(1, PHASES)[:, None] / PHASES
    window = np.i0(KAISER_BETA * np.sqrt(1.0 - (offset / HALF_TAPS) ** 2))
    kernel = np.sinc(offset) * window
    # Unity gain at 0 Hz makes the bound by differences exact.
    return np.asarray(kernel / kernel.sum(axis=1, keepdims=True))


def _difference_bound(kernel: NDArray[np.float64]) -> float:
    """Return the most that a point can leave its nearest sample, per unit of steepest step.

    Summation by parts: `y - x[n] = -sum(G[k] * (x[k + 1] - x[k]))`, with G the running sum of the
    kernel less one at n.
    """
    worst = 0.0
    for row in kernel:
        bounds = []
        for nearest in (HALF_TAPS - 1, HALF_TAPS):
            rest = row.copy()
            rest[nearest] -= 1.0
            bounds.append(float(np.abs(np.cumsum(rest)[:-1]).sum()))
        worst = max(worst, min(bounds))
    return worst


_KERNEL = _taps()
BOUND = float(np.abs(_KERNEL).sum(axis=1).max()) * ROUNDING
"""True peak <= BOUND * sample peak, always (about 2.36)."""
STEP_BOUND = _difference_bound(_KERNEL) * ROUNDING
"""True peak <= sample peak + STEP_BOUND * largest step between neighbours (about 1.18)."""

# The point at t and its mirror at 1 - t share sums: with s = x[n-j] + x[n+1+j] and
# d = x[n-j] - x[n+1+j] they are E + O and E - O, so the larger of the two is |E| + |O|.
_LEFT = _KERNEL[:, HALF_TAPS - 1 :: -1]
_RIGHT = _KERNEL[:, HALF_TAPS:]
_EVEN = ((_LEFT + _RIGHT) / 2.0)[: PHASES // 2].tolist()
_ODD = ((_LEFT - _RIGHT) / 2.0)[: PHASES // 2 - 1].tolist()


def sample_peak(samples: Audio) -> float:
    """Return the largest magnitude of any sample, 0 for none."""
    return max(float(samples.max()), -float(samples.min())) if samples.size else 0.0


def block_peaks(samples: Audio, block_samples: int, above: float) -> NDArray[np.float32]:
    """Return the true peak of each block, exact wherever it may exceed a level.

    Parameters
    ----------
    samples
        Shape (samples, channels): some whole blocks, with one more block at either end that is
        looked at but not measured.
    block_samples
        Length of a block, not less than `HALF_TAPS`.
    above
        Only peaks above this amplitude matter: a block that cannot exceed it is given its sample
        peak.

    Returns
    -------
    Shape (blocks,): the largest magnitude over the channels in [start, start + block_samples).
    """
    blocks = samples.reshape(-1, block_samples * samples.shape[1])
    peaks = np.maximum(blocks.max(axis=1), -blocks.min(axis=1))
    around = np.maximum(np.maximum(peaks[:-2], peaks[1:-1]), peaks[2:])
    found: NDArray[np.float32] = peaks[1:-1].copy()
    suspects = np.flatnonzero(around * BOUND > above)
    for start in range(0, len(suspects), BATCH_BLOCKS):
        some = suspects[start : start + BATCH_BLOCKS]
        windows = _windows(samples, some, block_samples)
        step = np.abs(windows[1:] - windows[:-1]).max(axis=(0, 1))
        close = around[some] + STEP_BOUND * step > above
        some, windows = some[close], np.ascontiguousarray(windows[:, :, close])
        if len(some):
            found[some] = np.maximum(found[some], _between(windows))
    return found


def _windows(samples: Audio, blocks: NDArray[np.intp], block_samples: int) -> Audio:
    """Gather blocks with `HALF_TAPS` samples around them: shape (samples, channels, blocks)."""
    first = (blocks + 1) * block_samples - HALF_TAPS
    span = np.arange(block_samples + 2 * HALF_TAPS)
    # Blocks last: every shifted view below is one contiguous run of memory.
    return np.ascontiguousarray(samples[span[:, None] + first].transpose(0, 2, 1))


def _between(windows: Audio) -> NDArray[np.float32]:
    """Return the highest interpolated magnitude per block, of what `_windows` gathered."""
    length = windows.shape[0] - 2 * HALF_TAPS
    shape = (length, *windows.shape[1:])
    even = [np.zeros(shape, np.float32) for _ in _EVEN]
    odd = [np.zeros(shape, np.float32) for _ in _ODD]
    both, product = np.empty(shape, np.float32), np.empty(shape, np.float32)
    for j in range(HALF_TAPS):
        before = windows[HALF_TAPS - j : HALF_TAPS - j + length]
        after = windows[HALF_TAPS + 1 + j : HALF_TAPS + 1 + j + length]
        for combine, sums, taps in ((np.add, even, _EVEN), (np.subtract, odd, _ODD)):
            combine(before, after, out=both)
            for total, tap in zip(sums, taps, strict=True):
                np.multiply(both, np.float32(tap[j]), out=product)
                np.add(total, product, out=total)
    highest = np.abs(even[-1])
    for total, lean in zip(even, odd, strict=False):
        np.maximum(highest, np.abs(total) + np.abs(lean), out=highest)
    return np.asarray(highest.max(axis=(0, 1)))
