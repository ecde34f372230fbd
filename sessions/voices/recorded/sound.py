"""A recording as samples: decoded, how loud it is, and where its words are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sessions.errors import RecordingError
from sessions.metering.meter import Meter
from sessions.storage.recordings import Limits, recording
from sessions.units import SAMPLE_RATE_HZ, gain

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.metering.meter import Loudness
    from sessions.units import Audio

LIMITS = Limits(600.0, "record one line per file")
"""Of one line; more is not a line but a session."""
STEP_SECONDS = 0.01
FLOOR_SHARE = 0.1
"""The tenth part of a recording that is quietest is taken for its room."""
OVER_FLOOR_DB = 8.0
UNDER_PEAK_DB = -45.0
BEFORE_SECONDS, AFTER_SECONDS = 0.04, 0.15
"""Room tone that stays around the words: a voice that ends in nothing sounds cut off."""


def decoded(path: Path) -> tuple[Audio, int]:
    """Return a recording as mono samples, and their rate in hertz.

    Raises
    ------
    RecordingError
        There is nothing in it.
    SessionsError
        As `recording` does.
    """
    with recording(path, str(path), LIMITS) as found:
        blocks = [block.mean(axis=1, dtype=np.float32) for block in found.blocks]
    if not blocks:
        raise RecordingError(f"{path} holds no sound", "record it again")
    return np.concatenate(blocks), found.rate_hz


def measured(sound: Audio, rate_hz: int) -> Loudness:
    """Return how loud a recording is where it is heard, which is on both channels."""
    import soxr  # noqa: PLC0415 -- only recordings need it

    meter = Meter(2, true_peak=False)
    heard = soxr.resample(sound, rate_hz, SAMPLE_RATE_HZ)
    meter.add(np.repeat(heard[:, np.newaxis], 2, axis=1))
    return meter.finish()


def words_of(sound: Audio, rate_hz: int) -> tuple[int, int]:
    """Return the samples [start, stop) of a recording, not a silent one, that hold its words.

    Words are what is over the room's own level, or near enough to the peak; a recording with a
    loud room is not all words.
    """
    step = max(1, round(STEP_SECONDS * rate_hz))
    whole = np.pad(sound.astype(np.float64), (0, -len(sound) % step))
    levels = np.sqrt(np.square(whole.reshape(-1, step)).mean(axis=1))
    floor = float(np.quantile(levels, FLOOR_SHARE))
    loudest = float(levels.max())
    threshold = max(floor * gain(OVER_FLOOR_DB), loudest * gain(UNDER_PEAK_DB))
    heard = np.flatnonzero(levels > min(threshold, loudest / 2))
    start = int(heard[0]) * step - round(BEFORE_SECONDS * rate_hz)
    stop = (int(heard[-1]) + 1) * step + round(AFTER_SECONDS * rate_hz)
    return max(0, start), min(len(sound), stop)
