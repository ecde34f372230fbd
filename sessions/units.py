"""Convert and round: the one place where seconds, decibels and samples meet.

*Sample* is one value per channel at 44 100 Hz; *frame* means an MP3 frame and nothing else.
Positions are whole samples everywhere; seconds and milliseconds exist only at the edges.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Audio: TypeAlias = NDArray[np.float32]
    """Float32 samples in [-1, 1] nominally: shape (samples, channels), or (samples,) for mono."""
else:
    Audio = "NDArray[np.float32]"

SAMPLE_RATE_HZ = 44_100
SAMPLES_PER_FRAME = 1152
"""Samples per channel of one MPEG-1 Layer III frame (ISO/IEC 11172-3, 2.4.2.1)."""
GRID_SAMPLES = 64
"""Step of slow curves (envelopes, limiter gain); 18 steps are exactly one MP3 frame."""
SILENCE_DB = -120.0
"""What counts as minus infinity: below the least significant bit of 16 and of 20 bits."""


def samples(seconds: float) -> int:
    """Return the sample position nearest to a time in seconds."""
    return round(seconds * SAMPLE_RATE_HZ)


def seconds(samples: int) -> float:
    """Return the time in seconds of a sample position."""
    return samples / SAMPLE_RATE_HZ


def milliseconds(samples: int) -> int:
    """Return the time in whole milliseconds, rounded, of a sample position."""
    return (samples * 1000 + SAMPLE_RATE_HZ // 2) // SAMPLE_RATE_HZ


def gain(db: float) -> float:
    """Return the amplitude factor of a level in dB; at or below `SILENCE_DB` it is zero."""
    return 0.0 if db <= SILENCE_DB else 10.0 ** (db / 20.0)


def decibels(gain: float) -> float:
    """Return the level in dB of an amplitude factor, not below `SILENCE_DB`."""
    return max(SILENCE_DB, 20.0 * math.log10(gain)) if gain > 0 else SILENCE_DB


def clock(samples: int) -> str:
    """Return a position as a person reads it: `4:05`, or `1:02:03` from an hour on."""
    total = round(seconds(samples))
    hours, minutes, rest = total // 3600, total // 60 % 60, total % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
