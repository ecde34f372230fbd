"""A voice of plain tones, one per vowel group: for tests, and for whoever writes a voice.

It is quick, has no engine, and every syllable is easy to find again in a mix: a sine of a pitch
that depends on its vowel, with soft edges.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sessions.units import SAMPLE_RATE_HZ, Audio, samples
from sessions.voices.base import Kind, Origin, Utterance, Word, refuse_detail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.script.model import Style
    from sessions.voices.base import Choice, Line

SYLLABLE_SECONDS = 0.16
CONSONANT_SECONDS = 0.04
WORD_GAP_SECONDS = 0.09
EDGE_SECONDS = 0.003
PITCHES_HZ = {"a": 220.0, "e": 247.0, "i": 294.0, "o": 196.0, "u": 175.0, "y": 262.0}
SLOW = 1.3

_UNITS = re.compile(r"[aeiouy]+|.")


@dataclass(frozen=True, slots=True)
class Tone:
    """The tone voice; it is its own speaker."""

    name: str = "tone"
    sends_to: str = ""

    def identity(self, style: Style) -> dict[str, str | int | float]:
        """Return its version and the pace of the style."""
        return {"engine": "tone 1", "pace": pace_of(style)}

    @contextmanager
    def open(self) -> Iterator[Tone]:
        """Nothing has to start."""
        yield self

    def speak(self, line: Line) -> Utterance:
        """Return a tone per vowel group, a short gap per consonant, a longer one per word."""
        pace = pace_of(line.style)
        pieces: list[Audio] = []
        words: list[Word] = []
        position = 0
        for word in line.normalized.split():
            sound = spoken(word, pace)
            if not sound.any():
                continue
            words.append(Word(word, position))
            gap = np.zeros(samples(WORD_GAP_SECONDS * pace), np.float32)
            pieces += [sound, gap]
            position += len(sound) + len(gap)
        joined = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
        return Utterance(joined, SAMPLE_RATE_HZ, tuple(words))


def pace_of(style: Style) -> float:
    """Return how many times as long as usual everything lasts."""
    return (SLOW if style.slow else 1.0) / style.rate


def spoken(word: str, pace: float) -> Audio:
    """Return the tones of one word; a word without vowels is one low tone."""
    units = _UNITS.findall(unaccented(word))
    if units and not any(unit[0] in PITCHES_HZ for unit in units):
        return tone(PITCHES_HZ["u"], pace)
    gap = np.zeros(samples(CONSONANT_SECONDS * pace), np.float32)
    sounds = [tone(PITCHES_HZ[unit[0]], pace) if unit[0] in PITCHES_HZ else gap for unit in units]
    return np.concatenate([np.zeros(0, np.float32), *sounds])


def unaccented(word: str) -> str:
    """Return a word in lower case without its accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if c.isalnum())


def tone(pitch_hz: float, pace: float) -> Audio:
    """Return one syllable: a sine with raised-cosine edges."""
    count, edge = samples(SYLLABLE_SECONDS * pace), samples(EDGE_SECONDS)
    wave = 0.25 * np.sin(2 * np.pi * pitch_hz / SAMPLE_RATE_HZ * np.arange(count))
    ramp = 0.5 - 0.5 * np.cos(np.pi * np.arange(edge) / edge)
    wave[:edge] *= ramp
    wave[-edge:] *= ramp[::-1]
    return np.asarray(wave, np.float32)


def make(choice: Choice) -> Tone:
    """Return the voice; there is but one."""
    refuse_detail(choice, "tone")
    return Tone()


KIND = Kind(
    make,
    what="a tone per syllable, no words: for tests, and for trying out pacing",
    licence="GPL-3.0-or-later",
    origin=Origin.COMPUTED,
)
