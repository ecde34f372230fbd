"""From what an engine gave to a clip: one rate, polished, trimmed edges, measured loudness."""

from __future__ import annotations

import math

import numpy as np
import soxr

from sessions.metering.loudness import block_powers, clip_loudness_lufs
from sessions.pcm import clip_pcm, of_clip_pcm
from sessions.script.model import Manner
from sessions.units import SAMPLE_RATE_HZ, Audio, gain, samples
from sessions.voices.base import Clip, Utterance, Word
from sessions.voices.polish import POLISHES, Polish, polished

EDGE_DB = -45.0
"""Below the clip's own peak, this is the room and not the voice."""


def finish(
    utterance: Utterance,
    polish: Polish = POLISHES["plain"],
    manner: Manner = Manner.NORMAL,
) -> Clip:
    """Return the clip of an utterance: at 44 100 Hz, polished, trimmed, click-free at both edges.

    Raises
    ------
    ValueError
        There is nothing to hear in it.
    """
    given = utterance.cleaned if polish.cleans else None
    sound = (utterance.samples if given is None else given).astype(np.float32, copy=False)
    if utterance.rate_hz != SAMPLE_RATE_HZ:
        sound = soxr.resample(sound, utterance.rate_hz, SAMPLE_RATE_HZ, quality="HQ")
    # Trimmed before it is levelled, as silence around the words counts in no loudness; and again
    # after, where the room has died away.
    fades = utterance.edge_seconds, utterance.tail_seconds or utterance.edge_seconds
    first, last = edges(sound, *fades)
    sound = polished(sound[first:last], polish, manner)
    start, stop = edges(sound, *fades)
    # Rounded as the cache stores it: a clip is the same whether it comes from there or not.
    sound = of_clip_pcm(clip_pcm(faded(sound[start:stop], *fades)))
    scale = SAMPLE_RATE_HZ / utterance.rate_hz
    words = tuple(
        Word(word.text, max(0, round(word.start_samples * scale) - first - start))
        for word in utterance.words
    )
    powers = tuple(float(power) for power in block_powers(sound))
    return Clip(sound, clip_loudness_lufs(sound), powers, words)


def edges(sound: Audio, before_seconds: float, after_seconds: float) -> tuple[int, int]:
    """Return where the voice begins and ends, with room for the fades of the edges."""
    level = np.abs(sound)
    peak = float(level.max(initial=0.0))
    if not math.isfinite(peak) or peak <= gain(-80.0):
        raise ValueError("silent")
    heard = np.flatnonzero(level > peak * gain(EDGE_DB))
    start, stop = int(heard[0]) - samples(before_seconds), int(heard[-1]) + samples(after_seconds)
    return max(0, start), min(len(sound), stop + 1)


def faded(sound: Audio, before_seconds: float, after_seconds: float) -> Audio:
    """Return the sound with a raised-cosine fade at both edges, neither over more than half."""
    result = sound.copy()
    for part, seconds in ((result, before_seconds), (result[::-1], after_seconds)):
        count = min(samples(seconds), len(sound) // 2)
        ramp = 0.5 - 0.5 * np.cos(np.pi * (np.arange(count) + 0.5) / max(count, 1))
        part[:count] *= ramp.astype(np.float32)
    return result
