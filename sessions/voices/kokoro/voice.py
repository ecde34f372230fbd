"""Kokoro: a natural voice that works offline and comes by package alone; the extra `natural`.

Its model was taught English, French, Spanish and others, and no Dutch. It is given the sounds of
Dutch, which espeak-ng tells, in an alphabet that it knows, and says them with an accent.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.errors import UnavailableError
from sessions.script.model import Language, Manner
from sessions.voices.base import Kind, Utterance, Word, refuse_detail, version_of
from sessions.voices.breath import breathy
from sessions.voices.espeak.process import working
from sessions.voices.kokoro.alphabet import ESPEAK, MAPPED
from sessions.voices.kokoro.lexicon import table
from sessions.voices.kokoro.model import HOW_TO_GET, RATE_HZ, SHA256, missing, session, synthesized
from sessions.voices.kokoro.phonemes import worded
from sessions.voices.kokoro.pieces import gap_after, pieces_of, tokens_of, trimmed
from sessions.voices.kokoro.times import starts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sessions.script.model import Style
    from sessions.units import Audio
    from sessions.voices.base import Choice, Line, Search
    from sessions.voices.espeak.process import Worker

SPEED, SLOW_SPEED = 0.8, 0.7
"""As factors of the model's own; the calm of a session is in its pauses."""
SLOWEST, FASTEST = 0.6, 1.2
"""What a rate may make of it: beyond, fewer words are understood."""
REVISION: Final = 3
"""Of this code: a clip is kept under it, so raise it with each change that is heard."""


@dataclass(frozen=True, slots=True)
class Timbre:
    """How a manner sounds: a factor of the speed, and the share of breath, above a frequency."""

    speed: float
    breath: float
    breath_from_hz: float


MANNERS: Final[Mapping[Manner, Timbre]] = {
    Manner.NORMAL: Timbre(1.0, 0.0, 0.0),
    Manner.SOFT: Timbre(0.95, 0.0, 0.0),
    Manner.WHISPER: Timbre(0.9, 1.0, 350.0),
}
STYLES: Final[Mapping[Language, str]] = {
    Language.DUTCH: "style_nl.npy",
    Language.ENGLISH: "style_en.npy",
}
"""The timbre of a session by its own language: one voice speaks all of it."""


@dataclass(frozen=True, slots=True)
class Kokoro:
    """The voice of a session in a language; lines in the other one are said by the same voice."""

    language: Language
    name: str = "kokoro"
    sends_to: str = ""

    def identity(self, style: Style) -> dict[str, str | int | float]:
        """Return the libraries' versions, and the hashes of model, timbre and words."""
        return {
            "engine": ", ".join(
                f"{name} {version_of(name)}" for name in ("onnxruntime", "espeakng-loader")
            ),
            "revision": REVISION,
            "model": SHA256,
            "timbre": digest_of_style(self.language),
            "language": style.language,
            "words": digest(table(style.language) + repr(MAPPED[style.language])),
            "phonemes": ESPEAK[style.language],
            "speed": speed(style),
            "breath": repr(MANNERS[style.manner]),
        }

    @contextmanager
    def open(self) -> Iterator[KokoroSpeaker]:
        """Start the process that tells the sounds, and load the model, which all threads share."""
        if missing():
            raise UnavailableError(missing(), HOW_TO_GET)
        session()
        with working() as worker:
            yield KokoroSpeaker(worker, styles(self.language))


@dataclass(frozen=True, slots=True)
class KokoroSpeaker:
    """Speaks with the shared model; `styles` has a row for each number of tokens, (510, 256)."""

    worker: Worker
    styles: Audio

    def speak(self, line: Line) -> Utterance:
        """Speak a line, in pieces where it is long."""
        style = line.style
        words = worded(line.normalized, style.language, self.worker.phonemes)
        sounds: list[Audio] = [np.zeros(0, np.float32)]
        times: list[Word] = []
        at = 0
        for piece in pieces_of(words):
            tokens = tokens_of(piece)
            said = synthesized(tokens, self.styles[len(tokens) - 1], speed(style))
            sound = trimmed(said)
            starts = starts_of(piece, sound, RATE_HZ)
            times += [Word(w.text, at + start) for w, start in zip(piece, starts, strict=True)]
            sounds += [sound, gap_after(piece)]
            at += len(sound) + len(sounds[-1])
        timbre = MANNERS[style.manner]
        whole = np.concatenate(sounds[:-1]) if words else sounds[0]
        whole = breathy(whole, RATE_HZ, timbre.breath, timbre.breath_from_hz)
        return Utterance(whole, RATE_HZ, tuple(times))


def speed(style: Style) -> float:
    """Return the model's speed for a style, within what stays understandable."""
    base = SLOW_SPEED if style.slow else SPEED
    asked = base * style.rate * MANNERS[style.manner].speed
    return round(min(FASTEST, max(SLOWEST, asked)), 4)


@cache
def styles(language: Language) -> Audio:
    """Return the timbre of a language's voice for each number of tokens, shape (510, 256)."""
    with files(__package__).joinpath(STYLES[language]).open("rb") as file:
        return np.asarray(np.load(file, allow_pickle=False), np.float32)


@cache
def digest_of_style(language: Language) -> str:
    """Return the hash of the file of a timbre."""
    return hashlib.sha256(files(__package__).joinpath(STYLES[language]).read_bytes()).hexdigest()


@cache
def digest(text: str) -> str:
    """Return the hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def at_hand(search: Search) -> str:
    """Return the voice where it is installed, for Dutch; English has better ones."""
    return "kokoro" if search.language is Language.DUTCH and not missing() else ""


def suggest(language: Language) -> str:
    """Return how to get it."""
    return HOW_TO_GET if language is Language.DUTCH and missing() else ""


def make(choice: Choice) -> Kokoro:
    """Return the voice of a session in a language."""
    refuse_detail(choice, "kokoro")
    return Kokoro(choice.language)


KIND = Kind(
    make,
    what="natural and private; Dutch with an accent",
    licence="Apache-2.0 (Kokoro-82M)",
    get=HOW_TO_GET,
    missing=missing,
    accent="foreign, in Dutch",
    size="92 MB, and 78 MB of ONNX Runtime",
    at_hand=at_hand,
    suggest=suggest,
)
