"""A recording as samples: decoded, how loud it is, and where its words are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.errors import RecordingError
from sessions.metering.meter import Meter
from sessions.storage.recordings import Limits, recording
from sessions.units import SAMPLE_RATE_HZ, gain, samples
from sessions.voices.runs import runs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sessions.metering.meter import Loudness
    from sessions.units import Audio

LIMITS: Final = Limits(600.0, "record one line per file")
"""Of one line; more is not a line but a session."""
STEP_SECONDS: Final = 0.01
LOWEST_HZ: Final = 90.0
"""What is below tells of no word: a rumble, a hum of the mains, or a microphone's own offset."""
LOUDEST_STEPS: Final = 10
"""A tenth of a second that may be louder than the words, as a click is."""
UNDER_WORDS_DB: Final = -42.0
"""Under the loudest, nothing softer is of the words. What a room adds was taken further down."""
WORD_STEPS, VOICED_STEPS = 16, 7
"""What is shorter and stands apart is no word, but a click, or lips; with a pitch, the second."""
WORD_DB: Final = -25.0
"""Nor is what is softer than this under the loudest, and stands apart: a breath."""
PITCH_HZ: Final = (70.0, 400.0)
VOICED: Final = 0.5
"""How much a sound with a pitch is like itself a period later, at least."""
JOINED_BEFORE_STEPS, JOINED_AFTER_STEPS = 4, 15
"""So near to a word, it is of the word: after it there may be the t of *rust*."""
BEFORE_SECONDS, AFTER_SECONDS = 0.04, 0.25
"""What stays around the words, and is faded: a voice that ends in nothing sounds cut off."""


def decoded(path: Path) -> Audio:
    """Return a recording, mono at 44.1 kHz.

    Raises
    ------
    RecordingError
        There is nothing in it.
    SessionsError
        As `recording` does.
    """
    import soxr  # noqa: PLC0415 -- only recordings need it

    with recording(path, str(path), LIMITS) as found:
        blocks = [block.mean(axis=1, dtype=np.float32) for block in found.blocks]
    if not blocks:
        raise RecordingError(f"{path} holds no sound", "record it again")
    sound = np.concatenate(blocks)
    if found.rate_hz == SAMPLE_RATE_HZ:
        return sound
    return np.asarray(soxr.resample(sound, found.rate_hz, SAMPLE_RATE_HZ, quality="HQ"), np.float32)


def measured(sound: Audio) -> Loudness:
    """Return how loud a recording is where it is heard, which is on both channels."""
    meter = Meter(2, true_peak=False)
    meter.add(np.repeat(sound[:, np.newaxis], 2, axis=1))
    return meter.finish()


def words_of(sound: Audio) -> tuple[int, int]:
    """Return the samples [start, stop) of a recording, not a silent one, that hold its words.

    `sound` has no noise that is heard. Words are as long and as loud as a word: a click or a breath
    that stands apart from them is none.
    """
    from scipy.signal import butter, sosfilt  # noqa: PLC0415 -- only recordings need it

    step = samples(STEP_SECONDS)
    sections = butter(4, LOWEST_HZ, "highpass", fs=SAMPLE_RATE_HZ, output="sos")
    whole = np.pad(sosfilt(sections, sound), (0, -len(sound) % step))
    levels = np.sqrt(np.square(whole.reshape(-1, step)).mean(axis=1))
    loudest = float(np.sort(levels)[-min(LOUDEST_STEPS, len(levels))])
    heard = runs(levels > loudest * gain(UNDER_WORDS_DB))
    words = [
        number
        for number, (start, stop) in enumerate(heard)
        if levels[start:stop].max() > loudest * gain(WORD_DB)
        and (
            stop - start >= WORD_STEPS
            or (stop - start >= VOICED_STEPS and voiced(whole[start * step : stop * step]))
        )
    ]
    first, last = with_neighbours(heard, words or range(len(heard)))
    start = first * step - samples(BEFORE_SECONDS)
    return max(0, start), min(len(sound), last * step + samples(AFTER_SECONDS))


def voiced(part: NDArray[np.float64]) -> bool:
    """Return whether a part of a sound has a pitch, as lips and clicks have none."""
    spectrum = np.square(np.abs(np.fft.rfft(part, 2 * len(part))))
    alike = np.fft.irfft(spectrum)[: len(part)] / np.arange(len(part), 0, -1)
    first, last = (round(SAMPLE_RATE_HZ / hz) for hz in reversed(PITCH_HZ))
    return bool(alike[first : min(last, 2 * len(part) // 3)].max() > VOICED * alike[0])


def with_neighbours(heard: Sequence[tuple[int, int]], words: Sequence[int]) -> tuple[int, int]:
    """Return the steps [first, last) from the first word to the end of the last.

    `heard` are the steps [start, stop) in which something is, `words` which of them are words;
    what is near enough to these is theirs.
    """
    first, last = words[0], words[-1]
    while first and heard[first][0] - heard[first - 1][1] <= JOINED_BEFORE_STEPS:
        first -= 1
    while last + 1 < len(heard) and heard[last + 1][0] - heard[last][1] <= JOINED_AFTER_STEPS:
        last += 1
    return heard[first][0], heard[last][1]
