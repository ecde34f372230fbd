"""A listener that knows no text: it writes down what it hears of one line. The same each time.

Greedy (one beam), at temperature 0, no line before it in mind, no stamps of time, no second try,
which would be drawn by lot. Each line is heard by itself, so that the others change nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from sessions.errors import UnavailableError
from sessions.hearing.weights import AGAIN, ENGINE, refuse_without, weights_in

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.script.model import Language
    from sessions.units import Audio

RATE_HZ: Final = 16_000
"""What the listener hears at."""
TOKENS_PER_SECOND: Final = 8
"""Twice as many as anybody speaks: more is a loop, which need not be heard to its end."""
LEAST_TOKENS: Final = 24
MOST_TOKENS: Final = 220
"""The model has room for 224 after what begins a line."""


class Listener(Protocol):
    """Something that writes down what it hears."""

    def hear(self, audio: Audio, language: Language) -> str:
        """Return what is said in some sound: mono float32 at 16 kHz, shape (samples,)."""


@dataclass(frozen=True, slots=True)
class Whisper:
    """The model, loaded."""

    model: Any

    def hear(self, audio: Audio, language: Language) -> str:
        """Return what is said in some sound; empty where there is none."""
        if not len(audio):
            return ""
        most = LEAST_TOKENS + math.ceil(len(audio) / RATE_HZ * TOKENS_PER_SECOND)
        segments, _ = self.model.transcribe(
            audio,
            language=str(language),
            beam_size=1,
            temperature=0.0,
            condition_on_previous_text=False,
            without_timestamps=True,
            vad_filter=False,
            compression_ratio_threshold=None,
            log_prob_threshold=None,
            no_speech_threshold=None,
            max_new_tokens=min(most, MOST_TOKENS),
        )
        return " ".join(segment.text.strip() for segment in segments).strip()


def whisper(weights: Path, threads: int = 1) -> Whisper:
    """Load the listener of the extra `listen`, with the folder in which its weights are joined.

    Raises
    ------
    UnavailableError
        A package is not there, or cannot be used.
    """
    return Whisper(loaded_model(weights, threads, "float32"))


def loaded_model(weights: Path, threads: int, numbers: str) -> Any:
    """Return the model, which computes in numbers of a kind, as ctranslate2 calls it.

    Raises
    ------
    UnavailableError
        A package is not there, or cannot be used.
    """
    refuse_without(ENGINE)
    folder = weights_in(weights)
    try:
        from faster_whisper import WhisperModel  # noqa: PLC0415

        return WhisperModel(
            str(folder),  # a folder that is there: a name would be looked for elsewhere
            device="cpu",
            compute_type=numbers,
            cpu_threads=threads,
            num_workers=1,
            local_files_only=True,
        )
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        raise UnavailableError(f"the listener cannot be used: {error}", AGAIN) from error
