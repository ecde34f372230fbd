"""Make a synthetic voice breathier: some of its buzz becomes breath, its sounds stay the same.

A voice is a source (buzz or breath) that a filter (mouth and throat) shapes. The filter is found
by linear prediction, frame by frame (J. Makhoul, 'Linear prediction: a tutorial review', 1975);
noise through the same filter is the same speech, whispered. The two are mixed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sessions.units import Audio

FRAME_SECONDS = 0.024
ORDER_PER_KHZ = 0.9
"""Poles per kilohertz of rate: two for each formant, and a few for the tilt."""
NOISE_SEED = 30
WHITENING = 1e-5
"""Of the power, added to lag 0: keeps the prediction stable in near silence (-50 dB)."""


def breathy(sound: Audio, rate_hz: int, share: float, cut_hz: float = 0.0) -> Audio:
    """Return a voice of which `share` (0 to 1, in power) is breath instead of buzz.

    Breath below `cut_hz` is left out: there it reads as rumble. Deterministic: the noise is
    always the same.
    """
    if share <= 0.0 or not len(sound):
        return sound
    whisper = whispered(sound, rate_hz, cut_hz)
    mixed = np.sqrt(1.0 - share) * sound + np.sqrt(share) * whisper
    return np.asarray(mixed, np.float32)


def whispered(sound: Audio, rate_hz: int, cut_hz: float) -> NDArray[np.float64]:
    """Return the same speech with noise for its source, at the same level frame by frame."""
    count = 2 * (round(FRAME_SECONDS * rate_hz) // 2)
    hop = count // 2
    window = np.hanning(count + 1)[:-1]
    padded = np.pad(sound.astype(np.float64), (hop, 2 * count))
    noise = np.random.default_rng(NOISE_SEED).standard_normal(len(padded))
    starts = np.arange(0, len(padded) - count, hop)
    at = starts[:, None] + np.arange(count)
    frames = padded[at] * window
    spectrum = np.fft.rfft(noise[at] * np.sqrt(window)) * envelopes(frames, rate_hz)
    spectrum[:, np.fft.rfftfreq(count, 1 / rate_hz) < cut_hz] = 0.0
    shaped = np.fft.irfft(spectrum, count) * np.sqrt(window)
    # At the level of the frame: the noise has a level of its own, by chance.
    power = np.square(frames * np.sqrt(window)).sum(axis=1)
    own = np.square(shaped).sum(axis=1)
    shaped *= np.sqrt(power / np.maximum(own, 1e-12))[:, None]
    result = np.zeros(len(padded))
    for half in (0, 1):  # frames of one parity do not overlap
        np.add.at(result, at[half::2].ravel(), shaped[half::2].ravel())
    return result[hop : hop + len(sound)]


def envelopes(frames: NDArray[np.float64], rate_hz: int) -> NDArray[np.float64]:
    """Return the magnitude of each frame's prediction filter, shape (frames, bins)."""
    order = round(ORDER_PER_KHZ * rate_hz / 1000)
    count = frames.shape[1]
    power = np.square(np.abs(np.fft.rfft(frames, 2 * count)))
    lags = np.fft.irfft(power)[:, : order + 1]
    lags[:, 0] = lags[:, 0] * (1.0 + WHITENING) + 1e-9
    return np.asarray(1.0 / np.abs(np.fft.rfft(predictors(lags), count)))


def predictors(lags: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the whitening filters, shape (frames, order + 1), by Levinson's recursion."""
    order = lags.shape[1] - 1
    filters = np.zeros_like(lags)
    filters[:, 0] = 1.0
    error = lags[:, 0].copy()
    for n in range(1, order + 1):
        reflection = -(filters[:, :n] * lags[:, n:0:-1]).sum(axis=1) / error
        filters[:, 1 : n + 1] += reflection[:, None] * filters[:, n - 1 :: -1][:, :n]
        error *= 1.0 - reflection**2
    return filters
