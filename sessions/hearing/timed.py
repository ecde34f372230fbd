"""A listener that tells when it heard each word, to a fifth of a second or so.

The sound is encoded once, written down greedily, and each word is then placed by where the model
looked while it wrote it (its cross-attention, warped in time: Whisper's own word times).
"""

from __future__ import annotations

import hashlib
import json
import math
from contextlib import suppress
from dataclasses import astuple, dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from sessions.errors import SessionsError
from sessions.hearing.listener import (
    LEAST_TOKENS,
    MOST_TOKENS,
    RATE_HZ,
    TOKENS_PER_SECOND,
    loaded_model,
)
from sessions.hearing.weights import ENGINE, WEIGHTS, refuse_without

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sessions.script.model import Language
    from sessions.storage.kept import Kept
    from sessions.units import Audio

WINDOW_SECONDS: Final = 30.0
"""What the model hears at once."""
FRAMES_PER_SECOND: Final = 100
NUMBERS: Final = "int8"


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word that was heard, from and to so many seconds from where the sound begins.

    `sure` is how sure the listener is of it, from 0 to 1.
    """

    text: str
    start_seconds: float
    stop_seconds: float
    sure: float = 1.0


class TimedListener(Protocol):
    """Something that writes down what it hears, and when."""

    def hear_words(self, audio: Audio, language: Language) -> tuple[TimedWord, ...]:
        """Return the words in at most 30 s of sound: mono float32 at 16 kHz."""


@dataclass(frozen=True, slots=True)
class TimedWhisper:
    """The model, loaded."""

    model: Any

    def hear_words(self, audio: Audio, language: Language) -> tuple[TimedWord, ...]:
        """Return the words in at most 30 s of sound, in order."""
        if not len(audio):
            return ()
        from faster_whisper.audio import pad_or_trim  # noqa: PLC0415
        from faster_whisper.tokenizer import Tokenizer  # noqa: PLC0415

        seconds = min(len(audio) / RATE_HZ, WINDOW_SECONDS)
        tokenizer = Tokenizer(
            self.model.hf_tokenizer, multilingual=True, task="transcribe", language=str(language)
        )
        frames = round(seconds * FRAMES_PER_SECOND)
        encoded = self.model.encode(pad_or_trim(self.model.feature_extractor(audio)[:, :frames]))
        most = min(MOST_TOKENS, LEAST_TOKENS + math.ceil(seconds * TOKENS_PER_SECOND))
        (found,) = self.model.model.generate(
            encoded,
            [self.model.get_prompt(tokenizer, [], without_timestamps=True)],
            beam_size=1,
            max_length=most + 8,
            suppress_blank=True,
            suppress_tokens=[-1],
        )
        tokens = [token for token in found.sequences_ids[0] if token < tokenizer.eot]
        (words,) = self.model.find_alignment(tokenizer, [tokens], encoded, frames) or [[]]
        return tuple(timed(words, seconds))


@dataclass(frozen=True, slots=True)
class Remembering:
    """A listener that keeps what it heard: whoever cuts the same recording again need not wait.

    `identity` is all besides the sound and its language that what is heard depends on.
    """

    listener: TimedListener
    kept: Kept
    identity: str

    def hear_words(self, audio: Audio, language: Language) -> tuple[TimedWord, ...]:
        """Return the words in some sound, heard once."""
        digest = hashlib.sha256(f"{self.identity} {language} ".encode())
        digest.update(np.asarray(audio, np.float32).tobytes())
        key = digest.hexdigest()
        if (found := self.kept.get(key)) is not None:
            return tuple(TimedWord(*row) for row in json.loads(bytes(found)))
        words = self.listener.hear_words(audio, language)
        with suppress(SessionsError):  # where nothing can be kept, it is heard again
            self.kept.put(key, json.dumps([astuple(word) for word in words]).encode())
        return words


def timed_identity() -> str:
    """Return what tells this listener from others: its weights, and who computes with them.

    Raises
    ------
    UnavailableError
        A package is not there.
    """
    refuse_without(ENGINE)
    weights = (piece.sha256 for piece in WEIGHTS.values())
    versions = (f"{name} {version(name)}" for name in ("faster-whisper", "ctranslate2"))
    return " ".join(("timed", NUMBERS, *versions, *weights))


def timed(words: list[dict[str, Any]], seconds: float) -> Iterator[TimedWord]:
    """Give the words that have letters or digits."""
    for word in words:
        text = word["word"].strip()
        if any(sign.isalnum() for sign in text):
            start, stop = float(word["start"]), min(seconds, float(word["end"]))
            yield TimedWord(text, min(start, stop), stop, float(word["probability"]))


def timed_whisper(weights: Path, threads: int = 2) -> TimedWhisper:
    """Load the listener of the extra `listen`, with the folder in which its weights are joined.

    It computes in whole numbers of 8 bits: half the time, and what is misheard by it is aligned.

    Raises
    ------
    UnavailableError
        A package is not there, or cannot be used.
    """
    return TimedWhisper(loaded_model(weights, threads, NUMBERS))
