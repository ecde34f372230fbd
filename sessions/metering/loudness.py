"""Measure loudness (ITU-R BS.1770-5, EBU R 128), as a stream or from the powers of clips.

Everything is composed of *hops*: the K-weighted mean square of 100 ms, summed over the channels.
Hops of unrelated sounds add, so the loudness of a mix can be told from its clips and beds before
anything is mixed. Left and right weigh 1.0 each; mono is measured as one channel, so the same
sound on two channels reads 3.01 LU louder.

Quiet is `SILENCE_DB` (-120 LUFS), never minus infinity.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from sessions.units import SAMPLE_RATE_HZ, SILENCE_DB

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

STEPS_PER_HOP = 10
STEP_SAMPLES = HOP_SAMPLES // STEPS_PER_HOP
"""10 ms: momentary maxima are sought this finely (EBU Tech 3341, cases 13 and 14)."""
LEAD_SAMPLES = HOP_SAMPLES
"""What the K-weighting hears first where it begins midway; then its memory is 120 dB down."""


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


@cache
def _k_response(rate_hz: int) -> NDArray[np.complex64]:
    """Return the K-weighting at the lines of an FFT over one block, at a rate in whole hertz."""
    return periodic_response(k_weighting(rate_hz), block_size(rate_hz)).astype(np.complex64)


def block_size(rate_hz: int) -> int:
    """Return the samples that are weighted at once: a power of two, which fits a cache."""
    return 32_768 * -(-rate_hz // SAMPLE_RATE_HZ)


def lead_size(rate_hz: int) -> int:
    """Return the samples of 100 ms, in which the K-weighting forgets what was before by 120 dB."""
    return -(-rate_hz // 10)


def weighted(samples: Audio, rate_hz: int = SAMPLE_RATE_HZ) -> Audio:
    """Return K-weighted samples, shape (channels, samples), without a lead of 100 ms in front.

    By overlap-save: in each block the filter hears the lead first, which is then dropped, and with
    it what wraps around. It is as exact as single precision, 110 dB and more below the signal, and
    keeps `scipy.signal`, which takes half a second and 140 MB to import, out of every render.

    Parameters
    ----------
    samples
        Shape (lead + n, channels); zeros in the lead where the recording has not begun.
    rate_hz
        Their rate.
    """
    response, size, lead = _k_response(rate_hz), block_size(rate_hz), lead_size(rate_hz)
    heard = np.empty((samples.shape[1], max(0, len(samples) - lead)), np.float32)
    for channel, into in zip(samples.T, heard, strict=True):
        # One at a time: of two rows numpy's rfft takes three times as long for each.
        for start in range(0, len(into), size - lead):
            part = channel[start : start + size].astype(np.float32)
            block = np.fft.irfft(np.fft.rfft(part, size) * response, size)
            into[start : start + size - lead] = block[lead : len(part)]
    return heard


def block_powers(samples: Audio) -> NDArray[np.float64]:
    """Return the K-weighted mean square per hop of 100 ms of a mono clip.

    The last hop is filled up with silence, so n samples give ceil(n / 4410) values, and
    `sum(powers) * HOP_SAMPLES` is the clip's whole energy (but for the filter's ring after it).
    Scale by `gain ** 2`; double for a clip that is placed on both channels at full level.
    """
    hops = -(-len(samples) // HOP_SAMPLES)
    padded = np.zeros((LEAD_SAMPLES + hops * HOP_SAMPLES, 1), np.float32)
    padded[LEAD_SAMPLES : LEAD_SAMPLES + len(samples), 0] = samples.reshape(-1)
    heard = weighted(padded).reshape(hops, HOP_SAMPLES)
    return np.asarray(np.square(heard, dtype=np.float64).mean(axis=1))


def to_lufs(power: float) -> float:
    """Return the loudness of a K-weighted mean square summed over channels."""
    return max(SILENCE_DB, OFFSET_LUFS + 10.0 * math.log10(power)) if power > 0.0 else SILENCE_DB


def to_power(lufs: float) -> float:
    """Return the mean square of a loudness: the inverse of `to_lufs`."""
    return 10.0 ** ((lufs - OFFSET_LUFS) / 10.0) if lufs > SILENCE_DB else 0.0


def _all_to_lufs(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    floor = 10.0 ** ((SILENCE_DB - OFFSET_LUFS) / 10.0)
    return np.asarray(OFFSET_LUFS + 10.0 * np.log10(np.maximum(powers, floor)))


def sliding_mean(powers: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Return the mean of every whole window; by shifts, so a loud past leaves no rounding."""
    count = max(0, len(powers) - width + 1)
    total = np.zeros(count)
    for shift in range(width):
        total += powers[shift : shift + count]
    return total / width


def momentary_of_powers(powers: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return momentary loudness (400 ms): value i covers hops i to i + 3, n - 3 values in all."""
    return _all_to_lufs(sliding_mean(powers, MOMENTARY_HOPS)).astype(np.float32)


def short_term_of_powers(powers: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return short-term loudness (3 s): value i covers hops i to i + 29, n - 29 values in all."""
    return _all_to_lufs(sliding_mean(powers, SHORT_TERM_HOPS)).astype(np.float32)


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
    heard = _gated(sliding_mean(powers, MOMENTARY_HOPS), RELATIVE_GATE_LU)
    return to_lufs(float(heard.mean())) if len(heard) else SILENCE_DB


def range_of_powers(powers: NDArray[np.float64]) -> float:
    """Return the loudness range in LU (EBU Tech 3342): 10th to 95th percentile of short-term.

    0 where nothing of 3 s is audible.
    """
    heard = _all_to_lufs(np.sort(_gated(sliding_mean(powers, SHORT_TERM_HOPS), RANGE_GATE_LU)))
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
    """Return the ungated loudness of a sound that repeats for ever, shape (period, channels)."""
    heard = weighted(np.concatenate([period[-LEAD_SAMPLES:], period]))
    return to_lufs(float(np.square(heard).mean(axis=1, dtype=np.float64).sum()))


def periodic_response(sections: NDArray[np.float64], count: int) -> NDArray[np.complex128]:
    """Return a filter's response at the lines of a real FFT over `count` samples.

    A spectrum times it is the filter's steady state on a periodic sound.
    """
    delay = np.exp(-2j * np.pi * np.arange(count // 2 + 1) / count)
    response = np.ones(len(delay), complex)
    for b0, b1, b2, _, a1, a2 in sections:
        response *= (b0 + (b1 + b2 * delay) * delay) / (1.0 + (a1 + a2 * delay) * delay)
    return response


def step_products(waves: Sequence[Audio]) -> NDArray[np.float64]:
    """Return the mean K-weighted products of each two signals, shape (signals, signals, steps).

    With them the power of any weighted sum is known; the diagonal is as `step_powers`.
    """
    heard = [weighted(wave) for wave in waves]
    return np.array([[per_step(one, other) for other in heard] for one in heard])


def step_powers(samples: Audio) -> NDArray[np.float64]:
    """Return the K-weighted mean square per step of 10 ms, summed over channels.

    Shape (samples, channels), at 44 100 Hz; the first `LEAD_SAMPLES` only set the filter going, and
    a last step that is not whole is left out.
    """
    heard = weighted(samples)
    return per_step(heard, heard)


def per_step(one: Audio, other: Audio) -> NDArray[np.float64]:
    """Return the mean product per step of 10 ms, summed over channels (channels, samples)."""
    steps = one.shape[1] // STEP_SAMPLES
    shape = (len(one), steps, STEP_SAMPLES)
    parts = (wave[:, : steps * STEP_SAMPLES].reshape(shape) for wave in (one, other))
    return np.asarray(np.einsum("csi,csi->s", *parts) / STEP_SAMPLES, np.float64)


def rises_of(
    momentary_lufs: NDArray[np.float32], known_hops: NDArray[np.bool_] | None = None
) -> NDArray[np.float32]:
    """Return how far each 400 ms rise over the loudest that lie wholly in the 3 s before, in LU.

    Parameters
    ----------
    momentary_lufs
        Value i is measured over hops i to i + 3.
    known_hops
        Which hops were measured; a rise that looks at another is 0.
    """
    count = len(momentary_lufs)
    before = np.full(count, STARTLE_FLOOR_LUFS, np.float32)
    for back in range(MOMENTARY_HOPS, RISE_HOPS + 1):
        np.maximum(before[back:], momentary_lufs[: max(0, count - back)], out=before[back:])
    rises = np.asarray(momentary_lufs - before, np.float32)
    if known_hops is not None and not known_hops.all():
        unknown = np.concatenate(([0], np.cumsum(~known_hops)))
        index = np.arange(count)
        last = np.minimum(index + MOMENTARY_HOPS, len(known_hops))
        rises[unknown[last] > unknown[np.maximum(0, index - RISE_HOPS)]] = 0.0
    return rises


def largest_rise(momentary_lufs: NDArray[np.float32]) -> tuple[float, int]:
    """Return the largest rise in LU and the hop of 100 ms where it begins."""
    return largest(rises_of(momentary_lufs))


def largest(rises: NDArray[np.floating]) -> tuple[float, int]:
    """Return the largest of some rises, 0 where there is none, and where it is."""
    if not len(rises):
        return 0.0, 0
    hop = int(np.argmax(rises))
    return max(0.0, float(rises[hop])), hop
