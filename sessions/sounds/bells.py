"""A bell that does not startle: a bowl struck with felt."""

from __future__ import annotations

import numpy as np

from sessions.units import SAMPLE_RATE_HZ, Audio, samples

RING_SECONDS = 9.0
ATTACK_SECONDS = 0.02
"""A felt mallet's: a hard strike starts in under a millisecond and startles."""

PARTIALS = (
    # ratio to the fundamental, level, decay to a thousandth in seconds, beating in Hz
    (1.0, 1.0, 9.0, 0.6),
    (2.71, 0.42, 6.0, 0.9),
    (5.15, 0.14, 3.2, 1.3),
    (8.2, 0.04, 1.6, 1.7),
)
"""The modes of a thick bowl: after Inacio, Henrique and Antunes, 'The Dynamics of Tibetan
Singing Bowls' (Acta Acustica 92, 2006), rounded. Each is a pair that beats slowly."""
FUNDAMENTAL_HZ = 208.0
PEAK = 0.25


def bell() -> Audio:
    """Return one strike, shape (samples, 2); the pair of each mode leans left and right."""
    time = np.arange(samples(RING_SECONDS)) / SAMPLE_RATE_HZ
    channels = np.zeros((len(time), 2))
    for ratio, level, decay, beat in PARTIALS:
        envelope = level * 10.0 ** (-3.0 * time / decay)
        lower = np.sin(2 * np.pi * (ratio * FUNDAMENTAL_HZ - beat / 2) * time)
        upper = np.sin(2 * np.pi * (ratio * FUNDAMENTAL_HZ + beat / 2) * time)
        channels[:, 0] += envelope * (0.6 * lower + 0.4 * upper)
        channels[:, 1] += envelope * (0.4 * lower + 0.6 * upper)
    channels *= edge(time)[:, np.newaxis]
    return np.asarray(channels * (PEAK / np.abs(channels).max()), np.float32)


def edge(time: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Audio:
    """Return a soft strike and, over the last two seconds, a fade to nothing."""
    attack = np.clip(time / ATTACK_SECONDS, 0.0, 1.0)
    release = np.clip((RING_SECONDS - time) / 2.0, 0.0, 1.0)
    smooth = attack * attack * (3 - 2 * attack) * release * release * (3 - 2 * release)
    return smooth.astype(np.float32)
