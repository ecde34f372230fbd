"""Measure loudness (ITU-R BS.1770-5, EBU R 128), as a stream or from the powers of clips.

Everything is composed of *hops*: the K-weighted mean square of 100 ms, summed over the channels.
Hops of unrelated sounds add, so the loudness of a mix can be told from its clips and beds before
anything is mixed. Left and right weigh 1.0 each; mono is measured as one channel, so the same
sound on two channels reads 3.01 LU louder.

Quiet is `SILENCE_DB` (-120 LUFS), never minus infinity.
"""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sessions import truepeak
from sessions.units import SAMPLE_RATE_HZ, SILENCE_DB, decibels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sessions.units import Audio

HOP_SAMPLES = SAMPLE_RATE_HZ // 10
"""100 ms: the step of gating blocks (BS.1770-5, Annex 1: 400 ms, overlapping by 75 %)."""
MOMENTARY_HOPS = 4
SHORT_TERM_HOPS = 30
ABSOLUTE_GATE_LUFS = -70.0
RELATIVE_GATE_LU = -10.0
RANGE_GATE_LU = -20.0
OFFSET_LUFS = -0.691
"""BS.1770-5, Annex 1: cancels the K-weighting's gain at 997 Hz."""

STARTLE_FLOOR_LUFS = -50.0
"""Nobody is startled by what is quieter: a rise counts from here at the lowest."""
RISE_HOPS = 30
"""A rise is told from the loudest moment of the 3 s before it."""

_STEPS_PER_HOP = 10
STEP_SAMPLES = HOP_SAMPLES // _STEPS_PER_HOP
"""10 ms: momentary maxima are sought this finely (EBU Tech 3341, cases 13 and 14)."""
_CHUNK_SAMPLES = 10 * HOP_SAMPLES
"""A meter measures whole seconds, however it is fed: the same sums, and they fit the cache."""
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
    sample_peak_dbfs: float
    length_samples: int
    momentary_lufs: NDArray[np.float32]


def k_weighting(rate_hz: float = SAMPLE_RATE_HZ) -> NDArray[np.float64]:
    """Return the K-weighting as two second-order sections, shape (2, 6).

    BS.1770-5, Annex 1, gives coefficients for 48 kHz only. These are its two analogue prototypes
    (shelf of +4 dB, high-pass), recovered from the table and carried to another rate by the
    bilinear transform with pre-warping (Mansbridge et al., AES 132, 2012; libebur128 likewise);
    at 48 kHz they are the standard's to 1e-9.
    """
    k = math.tan(math.pi * 1681.974450955533 / rate_hz)
    q, high = 0.7071752369554196, 10.0 ** (3.999843853973347 / 20.0)
    band = high**0.4996667741545416
    a0 = 1.0 + k / q + k * k
    poles = (1.0, 2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0)
    shelf = (
        (high + band * k / q + k * k) / a0,
        2.0 * (k * k - high) / a0,
        (high - band * k / q + k * k) / a0,
        *poles,
    )
    k, q = math.tan(math.pi * 38.13547087602444 / rate_hz), 0.5003270373238773
    a0 = 1.0 + k / q + k * k
    high_pass = (1.0, -2.0, 1.0, 1.0, 2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0)
    return np.array([shelf, high_pass])


_SECTIONS = k_weighting()


def _weighted(samples: Audio, state: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return K-weighted samples, shape (channels, samples); `state` is carried on in place."""
    # scipy.signal takes 0.7 s to import, and planning a session needs none of it.
    from scipy.signal import sosfilt  # noqa: PLC0415

    # Single precision would save 6 % of the time for an error 64 to 82 dB under the signal.
    weighted, state[:] = sosfilt(_SECTIONS, samples.T.astype(np.float64), zi=state)
    return np.asarray(weighted)


def _fresh_state(channels: int) -> NDArray[np.float64]:
    return np.zeros((len(_SECTIONS), channels, 2))


def block_powers(samples: Audio) -> NDArray[np.float64]:
    """Return the K-weighted mean square per hop of 100 ms of a mono clip.

    The last hop is filled up with silence, so n samples give ceil(n / 4410) values, and
    `sum(powers) * HOP_SAMPLES` is the clip's whole energy (but for the filter's ring after it).
    Scale by `gain ** 2`; double for a clip that is placed on both channels at full level.
    """
    hops = -(-len(samples) // HOP_SAMPLES)
    padded = np.zeros((hops * HOP_SAMPLES, 1), np.float32)
    padded[: len(samples), 0] = samples.reshape(-1)
    weighted = _weighted(padded, _fresh_state(1))
    return np.asarray(np.square(weighted).reshape(hops, HOP_SAMPLES).mean(axis=1))


def to_lufs(power: float) -> float:
    """Return the loudness of a K-weighted mean square summed over channels."""
    return max(SILENCE_DB, OFFSET_LUFS + 10.0 * math.log10(power)) if power > 0.0 else SILENCE_DB


def to_power(lufs: float) -> float:
    """Return the mean square of a loudness: the inverse of `to_lufs`."""
    return 10.0 ** ((lufs - OFFSET_LUFS) / 10.0) if lufs > SILENCE_DB else 0.0


def _all_to_lufs(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    floor = 10.0 ** ((SILENCE_DB - OFFSET_LUFS) / 10.0)
    return np.asarray(OFFSET_LUFS + 10.0 * np.log10(np.maximum(powers, floor)))


def _sliding_mean(powers: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Return the mean of every whole window; by shifts, so a loud past leaves no rounding."""
    count = max(0, len(powers) - width + 1)
    total = np.zeros(count)
    for shift in range(width):
        total += powers[shift : shift + count]
    return total / width


def momentary_of_powers(powers: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return momentary loudness (400 ms): value i covers hops i to i + 3, n - 3 values in all."""
    return _all_to_lufs(_sliding_mean(powers, MOMENTARY_HOPS)).astype(np.float32)


def short_term_of_powers(powers: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return short-term loudness (3 s): value i covers hops i to i + 29, n - 29 values in all."""
    return _all_to_lufs(_sliding_mean(powers, SHORT_TERM_HOPS)).astype(np.float32)


def _gated(blocks: NDArray[np.float64], relative_lu: float) -> NDArray[np.float64]:
    """Return the blocks above -70 LUFS and above their mean plus `relative_lu`."""
    audible = blocks[blocks > to_power(ABSOLUTE_GATE_LUFS)]
    mean = audible.mean() if len(audible) else 0.0
    return np.asarray(audible[audible > mean * 10.0 ** (relative_lu / 10.0)])


def integrated_of_powers(powers: NDArray[np.float64]) -> float:
    """Return gated loudness in LUFS (BS.1770-5, Annex 1) of hops summed over channels.

    Under four hops there is no gating block: all hops count, ungated.
    """
    if len(powers) < MOMENTARY_HOPS:
        return to_lufs(float(powers.mean())) if len(powers) else SILENCE_DB
    heard = _gated(_sliding_mean(powers, MOMENTARY_HOPS), RELATIVE_GATE_LU)
    return to_lufs(float(heard.mean())) if len(heard) else SILENCE_DB


def range_of_powers(powers: NDArray[np.float64]) -> float:
    """Return the loudness range in LU (EBU Tech 3342): 10th to 95th percentile of short-term.

    0 where nothing of 3 s is audible.
    """
    heard = _all_to_lufs(np.sort(_gated(_sliding_mean(powers, SHORT_TERM_HOPS), RANGE_GATE_LU)))
    if not len(heard):
        return 0.0
    low, high = (heard[round((len(heard) - 1) * share)] for share in (0.10, 0.95))
    return float(high - low)


def clip_loudness_lufs(samples: Audio) -> float:
    """Return the loudness of a mono clip: gated over its whole hops from 400 ms on.

    A shorter clip is one ungated block of its own length. Filling it up to 400 ms would read a
    short word quieter than it is, and a level set by that would make the word jump out.
    """
    if len(samples) >= MOMENTARY_HOPS * HOP_SAMPLES:
        return integrated_of_powers(block_powers(samples)[: len(samples) // HOP_SAMPLES])
    if not len(samples):
        return SILENCE_DB
    return to_lufs(float(block_powers(samples).sum()) * HOP_SAMPLES / len(samples))


def periodic_loudness_lufs(period: Audio) -> float:
    """Return the ungated loudness of a sound that repeats for ever, shape (period, channels).

    Exact by Parseval's theorem: the power of each of its lines times the weighting's response.
    """
    count = len(period)
    power = np.square(np.abs(np.fft.rfft(period, axis=0)).astype(np.float64)).sum(axis=1)
    power[1 : (count + 1) // 2] *= 2.0
    weighting = np.square(np.abs(periodic_response(_SECTIONS, count)))
    return to_lufs(float(power @ weighting) / count**2)


def periodic_response(sections: NDArray[np.float64], count: int) -> NDArray[np.complex128]:
    """Return a filter's response at the lines of a real FFT over `count` samples.

    A spectrum times it is the filter's steady state on a periodic sound.
    """
    delay = np.exp(-2j * np.pi * np.arange(count // 2 + 1) / count)
    response = np.ones(len(delay), complex)
    for b0, b1, b2, _, a1, a2 in sections:
        response *= (b0 + (b1 + b2 * delay) * delay) / (1.0 + (a1 + a2 * delay) * delay)
    return response


def step_products(waves: Sequence[Audio], lead_samples: int) -> NDArray[np.float64]:
    """Return the mean K-weighted products of each two signals, shape (signals, signals, steps).

    With them the power of any weighted sum is known; the diagonal is as `step_powers`.
    """
    weighted = [_weighted(wave, _fresh_state(wave.shape[1]))[:, lead_samples:] for wave in waves]
    return np.array([[_per_step(one * other) for other in weighted] for one in weighted])


def step_powers(samples: Audio, lead_samples: int) -> NDArray[np.float64]:
    """Return the K-weighted mean square per step of 10 ms, summed over channels.

    Shape (samples, channels); the first `lead_samples` only set the filter going, and a last step
    that is not whole is left out.
    """
    weighted = _weighted(samples, _fresh_state(samples.shape[1]))[:, lead_samples:]
    return _per_step(np.square(weighted))


def _per_step(squares: NDArray[np.float64]) -> NDArray[np.float64]:
    steps = squares.shape[1] // STEP_SAMPLES
    whole = squares[:, : steps * STEP_SAMPLES].reshape(len(squares), steps, STEP_SAMPLES)
    return np.asarray(whole.mean(axis=2).sum(axis=0))


class Peaks:
    """The highest sample and true peak of windows that come in any order, from many threads.

    A window's first and last millisecond and a half are only looked at; windows must overlap.
    """

    def __init__(self) -> None:
        self.sample = 0.0
        self.true = 0.0
        self._lock = threading.Lock()

    def add(self, window: Audio) -> None:
        """Look at a window, shape (samples, channels)."""
        sample, true = truepeak.sample_peak(window), 0.0
        if sample * truepeak.BOUND > self.true:
            missing = -len(window) % _PEAK_BLOCK_SAMPLES
            padded = np.pad(window, ((_PEAK_BLOCK_SAMPLES, missing + _PEAK_BLOCK_SAMPLES), (0, 0)))
            peaks = truepeak.block_peaks(padded, _PEAK_BLOCK_SAMPLES, self.true)
            true = float(peaks[1:-2].max(initial=0.0))
        with self._lock:
            self.sample = max(self.sample, sample)
            self.true = max(self.true, true)


def loudness_of_steps(steps: NDArray[np.floating], peaks: Peaks, length_samples: int) -> Loudness:
    """Return the figures of a recording from its step powers."""
    whole = steps[: len(steps) // _STEPS_PER_HOP * _STEPS_PER_HOP]
    window = MOMENTARY_HOPS * _STEPS_PER_HOP
    highest = 0.0
    for first in range(0, len(steps), _STEPS_AT_ONCE):  # a night has millions
        part = steps[first : first + _STEPS_AT_ONCE + window - 1].astype(np.float64)
        highest = max(highest, float(_sliding_mean(part, window).max(initial=0.0)))
    return _figures(
        whole.reshape(-1, _STEPS_PER_HOP).mean(axis=1, dtype=np.float64),
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
        sample_peak_dbfs=decibels(peaks.sample),
        length_samples=length_samples,
        momentary_lufs=momentary_of_powers(hops),
    )


def largest_rise(
    momentary_lufs: NDArray[np.float32], known_hops: NDArray[np.bool_] | None = None
) -> tuple[float, int]:
    """Return the largest rise in LU and the hop of 100 ms where it begins.

    Parameters
    ----------
    momentary_lufs
        Value i is measured over hops i to i + 3.
    known_hops
        Which hops were measured; a rise that looks at another is not told.
    """
    count = len(momentary_lufs)
    if not count:
        return 0.0, 0
    before = np.full(count, STARTLE_FLOOR_LUFS, np.float32)
    for back in range(MOMENTARY_HOPS, RISE_HOPS + 1):
        np.maximum(before[back:], momentary_lufs[: max(0, count - back)], out=before[back:])
    rises = momentary_lufs - before
    if known_hops is not None and not known_hops.all():
        unknown = np.concatenate(([0], np.cumsum(~known_hops)))
        index = np.arange(count)
        last = np.minimum(index + MOMENTARY_HOPS, len(known_hops))
        rises[unknown[last] > unknown[np.maximum(0, index - RISE_HOPS)]] = 0.0
    hop = int(np.argmax(rises))
    return max(0.0, float(rises[hop])), hop


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
        self._state = _fresh_state(channels)
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
        squares = np.square(_weighted(chunk, self._state))
        self._power_sum += float(squares.sum())
        powers = _per_step(squares)
        hops = len(powers) // _STEPS_PER_HOP
        whole_hops = powers[: hops * _STEPS_PER_HOP].reshape(hops, _STEPS_PER_HOP)
        self._hops.append(whole_hops.mean(axis=1))
        width = MOMENTARY_HOPS * _STEPS_PER_HOP
        powers = np.concatenate([self._recent, powers])
        windows = _sliding_mean(powers, width)
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
