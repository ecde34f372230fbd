"""Meter a recording: as a stream of blocks, or from steps that were measured in any order.

What is computed stands in `sessions.metering.loudness`; here it becomes one set of figures.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sessions.errors import RecordingError
from sessions.metering import truepeak
from sessions.metering.loudness import (
    HOP_SAMPLES,
    LEAD_SAMPLES,
    MOMENTARY_HOPS,
    STEPS_PER_HOP,
    integrated_of_powers,
    momentary_of_powers,
    per_step,
    range_of_powers,
    short_term_of_powers,
    sliding_mean,
    to_lufs,
    weighted,
)
from sessions.units import decibels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sessions.units import Audio

QUIETEST_LUFS = -60.0
"""A recording that is nowhere louder is mostly the hiss of its recorder."""
_CHUNK_SAMPLES = 6 * HOP_SAMPLES
"""A meter measures whole chunks, however it is fed: the same sums, each one block to weight."""
_PEAK_BLOCK_SAMPLES = 63
_STEPS_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class Loudness:
    """What a meter found; `_lufs` are levels, `range_lu` a difference, peaks are re full scale.

    `momentary_max_lufs` is sought every 10 ms; `momentary_lufs` holds the series every 100 ms,
    float32: value i is measured over [i * 100 ms, i * 100 ms + 400 ms) and known at its end. A
    recording shorter than a measure's window (400 ms, 3 s) is one ungated window; under 400 ms
    the series is empty.
    `true_peak_dbtp` is the sample peak where the meter was told not to look between samples.
    """

    integrated_lufs: float
    range_lu: float
    momentary_max_lufs: float
    short_term_max_lufs: float
    true_peak_dbtp: float
    length_samples: int
    momentary_lufs: NDArray[np.float32]


def refuse_silent(found: Loudness, name: str, otherwise: str = "") -> None:
    """Refuse a recording in which nothing is heard: as a bed, as a sound, or as a line.

    Parameters
    ----------
    found
        What was measured of it, on two channels.
    name
        What to call it.
    otherwise
        What can be done instead of recording it louder.

    Raises
    ------
    RecordingError
        It has no 400 ms over `QUIETEST_LUFS`, or is not over it as a whole where it is shorter.
    """
    if found.momentary_max_lufs <= QUIETEST_LUFS:
        raise RecordingError(f"{name} is silent, or nearly", f"record it louder{otherwise}")


class Peaks:
    """The highest sample and true peak of windows that come in any order, from many threads.

    A window's first and last millisecond and a half are only looked at; windows must overlap.
    `at` is where the window with the highest true peak is: samples [start, stop).
    """

    def __init__(self) -> None:
        self.sample = 0.0
        self.true = 0.0
        self.at = (0, 0)
        self._lock = threading.Lock()

    def add(self, window: Audio, place: int = 0) -> None:
        """Look at a window, shape (samples, channels), that is at a place."""
        sample, true = truepeak.sample_peak(window), 0.0
        if sample * truepeak.BOUND > self.true:
            missing = -len(window) % _PEAK_BLOCK_SAMPLES
            padded = np.pad(window, ((_PEAK_BLOCK_SAMPLES, missing + _PEAK_BLOCK_SAMPLES), (0, 0)))
            peaks = truepeak.block_peaks(padded, _PEAK_BLOCK_SAMPLES, self.true)
            true = float(peaks[1:-2].max(initial=0.0))
        with self._lock:
            self._join(sample, true, (place, place + len(window)))

    def join(self, other: Peaks) -> None:
        """Take over what others found elsewhere."""
        with self._lock:
            self._join(other.sample, other.true, other.at)

    def _join(self, sample: float, true: float, at: tuple[int, int]) -> None:
        self.at = at if true > self.true else self.at
        self.sample, self.true = max(self.sample, sample), max(self.true, true)


def loudness_of_steps(steps: NDArray[np.floating], peaks: Peaks, length_samples: int) -> Loudness:
    """Return the figures of a recording from its step powers."""
    whole = steps[: len(steps) // STEPS_PER_HOP * STEPS_PER_HOP]
    window = MOMENTARY_HOPS * STEPS_PER_HOP
    highest = 0.0
    for first in range(0, len(steps), _STEPS_AT_ONCE):  # a night has millions
        part = steps[first : first + _STEPS_AT_ONCE + window - 1].astype(np.float64)
        highest = max(highest, float(sliding_mean(part, window).max(initial=0.0)))
    return _figures(
        whole.reshape(-1, STEPS_PER_HOP).mean(axis=1, dtype=np.float64),
        float(steps.mean(dtype=np.float64)) if len(steps) else 0.0,
        highest,
        peaks,
        length_samples,
    )


def _figures(
    hops: NDArray[np.float64],
    mean_power: float,
    momentary_max_power: float,
    peaks: Peaks,
    length_samples: int,
) -> Loudness:
    whole = to_lufs(mean_power)
    long_enough = len(hops) >= MOMENTARY_HOPS
    short_term = short_term_of_powers(hops)
    return Loudness(
        integrated_lufs=integrated_of_powers(hops) if long_enough else whole,
        range_lu=range_of_powers(hops),
        momentary_max_lufs=to_lufs(momentary_max_power) if long_enough else whole,
        short_term_max_lufs=float(short_term.max()) if len(short_term) else whole,
        true_peak_dbtp=decibels(max(peaks.sample, peaks.true)),
        length_samples=length_samples,
        momentary_lufs=momentary_of_powers(hops),
    )


class Meter:
    """Measure a recording that arrives in blocks of any size; the result does not depend on it.

    Parameters
    ----------
    channels
        1 or 2.
    true_peak
        Whether to look between the samples.
    """

    def __init__(self, channels: int, *, true_peak: bool = True) -> None:
        if channels not in {1, 2}:
            raise ValueError(f"a meter has 1 or 2 channels, not {channels}")
        self._channels = channels
        self._seeks_true_peak = true_peak
        self._chunk = np.zeros((_CHUNK_SAMPLES, channels), np.float32)
        self._filled = 0
        self._length = 0
        self._lead = np.zeros((LEAD_SAMPLES, channels), np.float32)
        self._recent = np.zeros(0)
        self._hops: list[NDArray[np.float64]] = []
        self._momentary_max = 0.0
        self._power_sum = 0.0
        self._peaks = Peaks()
        self._tail = np.zeros((2 * _PEAK_BLOCK_SAMPLES, channels), np.float32)

    def add(self, block: Audio) -> None:
        """Take the next samples: shape (samples, channels), or (samples,) for mono."""
        samples = block.reshape(len(block), 1) if block.ndim == 1 else block
        if samples.shape[1:] != (self._channels,):
            raise ValueError(f"a block of shape {block.shape} for {self._channels} channel(s)")
        taken = 0
        while taken < len(samples):
            part = samples[taken : taken + _CHUNK_SAMPLES - self._filled]
            self._chunk[self._filled : self._filled + len(part)] = part
            taken += len(part)
            self._filled += len(part)
            if self._filled == _CHUNK_SAMPLES:
                self._measure(self._chunk)
                self._filled = 0

    def finish(self) -> Loudness:
        """Measure what is left and return the figures; a meter is used once.

        A last hop that is not whole counts in no loudness, as the standard has it; peaks count.
        """
        if self._filled:
            self._measure(self._chunk[: self._filled])
            self._filled = 0
        self._seek_peak(np.zeros((2 * _PEAK_BLOCK_SAMPLES, self._channels), np.float32))
        hops = np.concatenate([np.zeros(0), *self._hops])
        mean = self._power_sum / self._length if self._length else 0.0
        return _figures(hops, mean, self._momentary_max, self._peaks, self._length)

    def _measure(self, chunk: Audio) -> None:
        """Take a whole chunk, or the last, shorter one."""
        self._length += len(chunk)
        self._peaks.sample = max(self._peaks.sample, truepeak.sample_peak(chunk))
        heard = weighted(np.concatenate([self._lead, chunk]))
        self._lead = chunk[-LEAD_SAMPLES:].copy()
        self._power_sum += float(np.square(heard, dtype=np.float64).sum())
        powers = per_step(heard, heard)
        hops = len(powers) // STEPS_PER_HOP
        whole_hops = powers[: hops * STEPS_PER_HOP].reshape(hops, STEPS_PER_HOP)
        self._hops.append(whole_hops.mean(axis=1))
        width = MOMENTARY_HOPS * STEPS_PER_HOP
        powers = np.concatenate([self._recent, powers])
        windows = sliding_mean(powers, width)
        self._momentary_max = max(self._momentary_max, float(windows.max(initial=0.0)))
        self._recent = powers[-(width - 1) :]
        self._seek_peak(chunk)

    def _seek_peak(self, chunk: Audio) -> None:
        """Look for a higher true peak in all but the last block, whose future is not known yet."""
        if not self._seeks_true_peak:
            return
        missing = -len(chunk) % _PEAK_BLOCK_SAMPLES
        silence = np.zeros((missing, self._channels), np.float32)
        samples = np.concatenate([self._tail, chunk, silence])
        self._tail = samples[-2 * _PEAK_BLOCK_SAMPLES :]
        if truepeak.sample_peak(samples) * truepeak.BOUND > self._peaks.true:
            peaks = truepeak.block_peaks(samples, _PEAK_BLOCK_SAMPLES, self._peaks.true)
            self._peaks.true = max(self._peaks.true, float(peaks.max()))
