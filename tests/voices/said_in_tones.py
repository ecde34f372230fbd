"""A listener that needs no model: in its recordings each thing that is said is a tone of its own.

So what is heard is known, and when, and a test is quick; all else is as with real speech.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.hearing.listener import RATE_HZ as HEARD_HZ
from sessions.hearing.timed import TimedWord

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sessions.script.model import Language
    from sessions.units import Audio

FIRST_HZ, STEP_HZ = 300, 100
FRAME: Final = HEARD_HZ // 50
LETTERS_PER_SECOND: Final = 12


@dataclass(frozen=True, slots=True)
class Said:
    """Something that is said after some silence, and what is heard of it where that differs."""

    text: str
    before_seconds: float = 1.0
    heard: str | None = None

    @property
    def seconds(self) -> float:
        """How long it takes to say."""
        return max(0.4, len(self.text) / LETTERS_PER_SECOND)


def recording_of(said: Sequence[Said], rate_hz: int = 16_000, first: int = 0) -> Audio:
    """Return what is said as tones, in a room; what is first has that number among all tones."""
    pieces: list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = []
    for number, one in enumerate(said):
        time = np.arange(round(one.seconds * rate_hz)) / rate_hz
        tone = 0.2 * np.sin(2 * np.pi * (FIRST_HZ + STEP_HZ * (first + number)) * time)
        pieces += [np.zeros(round(one.before_seconds * rate_hz)), tone]
    pieces.append(np.zeros(rate_hz))
    whole = np.concatenate(pieces)
    noise = 1e-4 * np.random.default_rng(3).standard_normal(len(whole))
    return np.asarray(whole + noise, np.float32)


def places_of(said: Sequence[Said]) -> list[tuple[float, float]]:
    """Return where each of the things said begins and ends, in seconds."""
    found, time = [], 0.0
    for one in said:
        time += one.before_seconds
        found.append((time, time + one.seconds))
        time += one.seconds
    return found


@dataclass(frozen=True, slots=True)
class ToneListener:
    """Hears of each tone what was said."""

    said: Sequence[Said]

    def hear_words(self, audio: Audio, language: Language) -> tuple[TimedWord, ...]:  # noqa: ARG002
        """Return the words of all tones, spread evenly over each."""
        return tuple(self._words(audio))

    def _words(self, audio: Audio) -> Iterator[TimedWord]:
        frames = audio[: len(audio) // FRAME * FRAME].reshape(-1, FRAME)
        loud = np.sqrt(np.square(frames).mean(axis=1)) > 0.02
        peaks = np.abs(np.fft.rfft(frames, axis=1)).argmax(axis=1) * HEARD_HZ / FRAME
        numbers = np.where(loud, np.rint((peaks - FIRST_HZ) / STEP_HZ).astype(int), -1)
        edges = [0, *(np.flatnonzero(np.diff(numbers)) + 1), len(numbers)]
        for start, stop in pairwise(edges):
            number = int(numbers[start]) if stop > start + 2 else -1
            if not 0 <= number < len(self.said):
                continue
            one = self.said[number]
            words = (one.text if one.heard is None else one.heard).split()
            times = np.linspace(start, stop, len(words) + 1) * FRAME / HEARD_HZ
            for word, (begin, end) in zip(words, pairwise(times), strict=True):
                yield TimedWord(word, float(begin), float(end), 0.9)
