"""The voice that is always there: espeak-ng from a wheel, offline, the same samples every time.

Settings were chosen by measurement for calm: a voice file of our own per language, a slow rate, a
low and narrow pitch, a gap between words, a part of the buzz made into breath, and less treble.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sessions.script.model import Manner
from sessions.voices.base import Kind, Origin, Utterance, Word, refuse_detail, version_of
from sessions.voices.breath import breathy
from sessions.voices.espeak.process import VOICE_FILES, Worker, working

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sessions.script.model import Style
    from sessions.units import Audio
    from sessions.voices.base import Choice, Line

CALM = {"rate": 118, "pitch": 34, "range": 32, "word_gap": 2, "volume": 85}
SLOW_RATE = 98


@dataclass(frozen=True, slots=True)
class Timbre:
    """How a manner sounds: a factor of the rate, the share of breath, and less treble.

    `breath` is the part of the power that is breath instead of buzz, above `breath_from_hz`; above
    `treble_hz` a first-order roll-off takes the edge off what is left of the buzz.
    """

    rate: float
    breath: float
    breath_from_hz: float
    treble_hz: float


MANNERS: Mapping[Manner, Timbre] = {
    Manner.NORMAL: Timbre(1.0, 0.10, 0.0, 2800.0),
    Manner.SOFT: Timbre(0.92, 0.22, 0.0, 1800.0),
    Manner.WHISPER: Timbre(0.86, 1.0, 350.0, 3500.0),
}


@dataclass(frozen=True, slots=True)
class Espeak:
    """espeak-ng, each opened speaker in a worker process of its own."""

    name: str = "espeak"
    sends_to: str = ""

    def identity(self, style: Style) -> dict[str, str | int | float]:
        """Return engine version, parameters and filter: all that shapes the sound."""
        return {
            "engine": f"espeakng-loader {version_of('espeakng-loader')}",
            "voice_file": hashlib.sha256(voice_file(style).read_bytes()).hexdigest(),
            "timbre": repr(MANNERS[style.manner]),
            **parameters(style),
        }

    @contextmanager
    def open(self) -> Iterator[EspeakSpeaker]:
        """Start a worker; it ends with the context, or with this process."""
        with working() as worker:
            yield EspeakSpeaker(worker)


@dataclass(frozen=True, slots=True)
class EspeakSpeaker:
    """Speaks through a worker of its own."""

    worker: Worker

    def speak(self, line: Line) -> Utterance:
        """Speak one line; a worker that hangs is ended after 30 s."""
        text = line.normalized
        request = {"text": text, "voice_file": voice_file(line.style).name}
        header, pcm = self.worker.ask({**request, **parameters(line.style)}, text)
        words = tuple(Word(text[at : at + n], sample) for at, n, sample in header["words"])
        sound = np.frombuffer(pcm, np.int16).astype(np.float32) / 32768.0
        rate_hz, timbre = header["rate_hz"], MANNERS[line.style.manner]
        sound = breathy(sound, rate_hz, timbre.breath, timbre.breath_from_hz)
        return Utterance(softened(sound, rate_hz, timbre.treble_hz), rate_hz, words)


def parameters(style: Style) -> dict[str, str | int | float]:
    """Return espeak's parameters for a style."""
    rate = SLOW_RATE if style.slow else CALM["rate"]
    return {**CALM, "rate": round(rate * style.rate * MANNERS[style.manner].rate)}


def voice_file(style: Style) -> Path:
    """Return the file of the voice that speaks a style's language."""
    return VOICE_FILES / style.language


def softened(sound: Audio, rate_hz: int, corner_hz: float) -> Audio:
    """Return the sound through a first-order low-pass."""
    from scipy.signal import butter, sosfilt  # noqa: PLC0415 -- 0.7 s that a warm cache saves

    sections = butter(1, corner_hz, fs=rate_hz, output="sos")
    filtered: Audio = sosfilt(sections, sound).astype(np.float32)
    return filtered


def make(choice: Choice) -> Espeak:
    """Return the voice; there is but one."""
    refuse_detail(choice, "espeak")
    return Espeak()


KIND = Kind(
    make,
    what="always there, private, and audibly a machine",
    licence="GPL-3.0-or-later (espeak-ng)",
    origin=Origin.COMPUTED,
    size="20 MB",
    robotic=True,
    at_hand=lambda _search: "espeak",
)
