"""A recording made at home without its hiss, hum and rumble; one that is clean stays as it is.

Noise goes by the log-spectral amplitude estimator (Ephraim, Malah, IEEE Trans. ASSP 33, 1985), with
the probability that there is speech in a bin (Cohen, Berdugo, Signal Processing 81, 2001): where
there is none, all bins go down alike, so that what is left stays noise and does not tinkle. Beside
the words it goes down by no more than what is masked; between them, what is left goes down further,
slowly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.units import SAMPLE_RATE_HZ, gain
from sessions.voices.recorded.hum import without_hum
from sessions.voices.recorded.noise import (
    HOP,
    WINDOW,
    bins_of_voice,
    in_room,
    noise_of,
    spectra,
    window,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sessions.units import Audio
    from sessions.voices.recorded.noise import Noise

CLEAN_DB: Final = 45.0
"""Noise that is so far under the words is not heard over a bed: nothing is done about it."""
BESIDE_DB: Final = 50.0
"""How far under the words what is left of the noise is to be beside them."""
LEAST_FLOOR_DB: Final = -20.0
"""What is done to noise there, at most: more would be heard as a hole."""
RUMBLE_HZ: Final = 45.0
REST_DB: Final = 68.0
"""How far under the words what is left of the noise is to be between them."""
SMOOTHING: Final = 0.96
"""Of the a-priori SNR from frame to frame: less, and the noise tinkles; more, and onsets blur."""
LEAST_SNR: Final = 10.0**-2.5
SPEECH_DB, NO_SPEECH_DB = 5.0, -5.0
"""A-priori SNR around a bin from which on there is speech in it, and below which there is none."""
NEAR_BINS, FAR_BINS, NEAR_FRAMES = 3, 31, 5
MOST_ABSENT: Final = 0.98
OVER_REST_DB: Final = 12.0
"""A frame that is no more than this over what is left of the noise, is between words."""
SLOW_FRAMES: Final = 12
"""A tenth of a second, in which what is between words goes down, and comes up before them."""
PIECE_SAMPLES, BESIDE_SAMPLES = 3_750 * HOP, 250 * HOP
"""What is done at once, half a minute, and what is heard meanwhile of its neighbours: two seconds,
in which all that was before is forgotten. Both are whole frames."""


def cleaned(sound: Audio, room: Noise | None) -> Audio:
    """Return a recording without its noise; the same one where it has none that is heard.

    `sound` is mono, float32, at 44.1 kHz, and not silent; `room` is what its folder knows.
    """
    if len(sound) < WINDOW:
        return sound
    own = in_room(noise_of(sound), room)
    if min(own.under_db, own.hum_under_db) >= CLEAN_DB:
        return sound
    result = without_rumble(sound)
    if own.hum:
        result = without_hum(result, own.hum.lines_hz)
        own = in_room(noise_of(result), room)
    pieces = [
        without_noise(
            result[max(0, start - BESIDE_SAMPLES) : start + PIECE_SAMPLES + BESIDE_SAMPLES], own
        )[min(start, BESIDE_SAMPLES) :][:PIECE_SAMPLES]
        for start in range(0, len(result), PIECE_SAMPLES)
    ]
    return np.concatenate(pieces)


def without_rumble(sound: Audio) -> Audio:
    """Return a sound without what is below a voice; a voice of 90 Hz loses nothing of it."""
    from scipy.signal import butter, sosfiltfilt  # noqa: PLC0415

    sections = butter(4, RUMBLE_HZ, "highpass", fs=SAMPLE_RATE_HZ, output="sos")
    return np.asarray(sosfiltfilt(sections, sound), np.float32)


def without_noise(sound: Audio, noise: Noise) -> Audio:
    """Return a sound with its noise taken down."""
    frames = spectra(sound)
    powers = np.square(np.abs(frames))
    floor_db = max(LEAST_FLOOR_DB, min(0.0, noise.under_db - BESIDE_DB))
    gains = gains_of(powers, noise.powers, gain(floor_db))
    gains *= between_words(powers * np.square(gains), noise, floor_db)[:, None]
    return overlapped(frames * gains, len(sound))


def gains_of(powers: Audio, noise: Audio, floor: float) -> Audio:
    """Return the gain of each frame and bin, none below a floor, shape (frames, bins)."""
    from scipy.special import exp1  # noqa: PLC0415

    posterior = np.minimum(powers / np.maximum(noise, np.float32(1e-30)), np.float32(1e6))
    prior = priors(posterior)
    upper = np.clip(posterior * prior / (1.0 + prior), 1e-6, 500.0)
    speech = prior / (1.0 + prior) * np.exp(0.5 * exp1(upper))
    absent = absence(prior)
    present = 1.0 / (1.0 + absent / (1.0 - absent) * (1.0 + prior) * np.exp(-upper))
    result = np.maximum(speech, floor) ** present * floor ** (1.0 - present)
    return np.asarray(np.minimum(result, 1.0))


def priors(posterior: Audio) -> Audio:
    """Return the SNR that is to be expected in each bin, by the frame before it and its own."""
    result = np.empty_like(posterior)
    before = np.maximum(posterior[0] - 1.0, 0.0)
    for number, now in enumerate(posterior):
        expected = SMOOTHING * before + (1.0 - SMOOTHING) * np.maximum(now - 1.0, 0.0)
        prior = result[number] = np.maximum(expected, LEAST_SNR)
        before = np.square(prior / (1.0 + prior)) * now
    return result


def absence(prior: Audio) -> Audio:
    """Return how likely there is no speech in each bin, by what is expected around it."""
    from scipy.ndimage import uniform_filter1d  # noqa: PLC0415

    steady = uniform_filter1d(prior, NEAR_FRAMES, axis=0, mode="nearest")
    whole = steady[:, bins_of_voice()].mean(axis=1, keepdims=True)
    speech = (
        likely(uniform_filter1d(steady, NEAR_BINS, axis=1, mode="nearest"))
        * likely(uniform_filter1d(steady, FAR_BINS, axis=1, mode="nearest"))
        * likely(whole)
    )
    return np.asarray(np.minimum(1.0 - speech, MOST_ABSENT))


def likely(prior: Audio) -> Audio:
    """Return how likely there is speech by an a-priori SNR."""
    level_db = 10.0 * np.log10(prior)
    share = (level_db - NO_SPEECH_DB) / (SPEECH_DB - NO_SPEECH_DB)
    return np.asarray(np.clip(share, 0.0, 1.0))


def between_words(powers: Audio, noise: Noise, floor_db: float) -> Audio:
    """Return the gain of each frame that takes what is left between words to where it is unheard.

    `powers` are those that are left, after the noise went down to `floor_db`.
    """
    from scipy.ndimage import maximum_filter1d, uniform_filter1d  # noqa: PLC0415

    voice = bins_of_voice()
    rest_db = 10.0 * np.log10(noise.power) + floor_db
    over_db = 10.0 * np.log10(powers[:, voice].sum(axis=1) + 1e-30) - rest_db
    least_db = min(0.0, noise.under_db - floor_db - REST_DB)
    share = np.clip(1.0 - over_db / OVER_REST_DB, 0.0, 1.0)
    share = 1.0 - maximum_filter1d(1.0 - share, SLOW_FRAMES)
    return np.asarray(10.0 ** (uniform_filter1d(share, SLOW_FRAMES) * least_db / 20.0), np.float32)


def overlapped(frames: NDArray[np.complex64], length: int) -> Audio:
    """Return the sound of which these are the transforms, shape (length,)."""
    from scipy.fft import irfft  # noqa: PLC0415

    parts = irfft(frames, WINDOW, axis=1) * window() * np.float32(2.0 * HOP / WINDOW)
    result = np.zeros(len(frames) * HOP + WINDOW, np.float32)
    for number, part in enumerate(parts):
        result[number * HOP : number * HOP + WINDOW] += part
    return result[WINDOW // 2 : WINDOW // 2 + length]
