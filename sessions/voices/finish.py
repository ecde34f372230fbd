"""From what an engine gave to a clip: one rate, trimmed edges, measured loudness."""

from __future__ import annotations

import math

import numpy as np
import soxr

from sessions.limiter import REACH_SAMPLES, limit
from sessions.loudness import block_powers, clip_loudness_lufs
from sessions.units import SAMPLE_RATE_HZ, Audio, gain, samples
from sessions.voices.base import Clip, Utterance, Word, pcm16

EDGE_DB = -45.0
"""Below the clip's own peak, this is the room and not the voice."""
CLIP_LUFS = -23.0
"""Loudness of every clip by itself (mono), far enough down that no peak is clipped."""
CREST_DB = 12.5
"""True peak over mono loudness; a clip stands in both channels, which makes it 9.5 dB there."""
EDGE_FADE_SECONDS = 0.004
"""Long enough to hide a step, short enough that the onset stays within 5 ms of its cue."""


def finish(utterance: Utterance) -> Clip:
    """Return the clip of an utterance: at 44 100 Hz, trimmed, click-free at both edges.

    Raises
    ------
    ValueError
        There is nothing to hear in it.
    """
    sound = utterance.samples.astype(np.float32, copy=False)
    if utterance.rate_hz != SAMPLE_RATE_HZ:
        sound = soxr.resample(sound, utterance.rate_hz, SAMPLE_RATE_HZ, quality="HQ")
    start, stop = edges(sound)
    sound = levelled(tamed(levelled(faded(sound[start:stop]))))
    # Rounded as the cache stores it: a clip is the same whether it comes from there or not.
    sound = pcm16(sound).astype(np.float32) / 32767.0
    scale = SAMPLE_RATE_HZ / utterance.rate_hz
    words = tuple(
        Word(word.text, max(0, round(word.start_samples * scale) - start))
        for word in utterance.words
    )
    powers = tuple(float(power) for power in block_powers(sound))
    return Clip(sound, clip_loudness_lufs(sound), powers, words)


def levelled(sound: Audio) -> Audio:
    """Return the sound at the loudness of all clips, so that no line stands out of its chapter."""
    return sound * np.float32(gain(CLIP_LUFS - clip_loudness_lufs(sound)))


def tamed(sound: Audio) -> Audio:
    """Return the sound with its peaks held at `CREST_DB` over its loudness.

    A sparse session is raised by several dB to reach its target. Peaks that would then stand over
    the ceiling are taken here, in the voice alone, so that the mix's limiter does not move the bed.
    """
    ceiling_db = clip_loudness_lufs(sound) + CREST_DB
    if ceiling_db >= 0.0:
        return sound
    return limit(np.pad(sound, REACH_SAMPLES), 0, ceiling_db)


def edges(sound: Audio) -> tuple[int, int]:
    """Return where the voice begins and ends, with room for the fades of the edges."""
    level = np.abs(sound)
    peak = float(level.max(initial=0.0))
    if not math.isfinite(peak) or peak <= gain(-80.0):
        raise ValueError("silent")
    heard = np.flatnonzero(level > peak * gain(EDGE_DB))
    margin = samples(EDGE_FADE_SECONDS)
    return max(0, int(heard[0]) - margin), min(len(sound), int(heard[-1]) + margin + 1)


def faded(sound: Audio) -> Audio:
    """Return the sound with a short raised-cosine fade at both edges."""
    count = min(samples(EDGE_FADE_SECONDS), len(sound) // 2)
    ramp = (0.5 - 0.5 * np.cos(np.pi * (np.arange(count) + 0.5) / max(count, 1))).astype(np.float32)
    result = sound.copy()
    result[:count] *= ramp
    result[len(result) - count :] *= ramp[::-1]
    return result
