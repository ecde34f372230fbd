"""Piper: neural voices that work offline, each a file of some 63 MB; the extra `piper`.

A voice of Piper rolls dice while it speaks, which is what makes it sound alive. ONNX Runtime
seeds them when a model is loaded and never again, so it is loaded anew for every line: the same
line then always sounds the same, whatever was spoken before. Without the runtime's rewriting of
the model that takes 0.1 s instead of 0.4, and the voice speaks no slower.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from sessions.errors import ConfigurationError, InputMissingError, UnavailableError
from sessions.script.model import Language, Manner
from sessions.storage.files import opened
from sessions.voices.base import Installer, Kind, Utterance, likely, version_of
from sessions.voices.piper.files import FILES, config_of
from sessions.voices.piper.install import install

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from piper import PiperVoice

    from sessions.script.model import Style
    from sessions.units import Audio
    from sessions.voices.base import Choice, Line, Search

CALM, SLOW = 1.15, 1.4
"""Factors of the voice's own length: what it was trained on was read at a brisk pace."""
MANNERS: Mapping[Manner, float] = {Manner.NORMAL: 1.0, Manner.SOFT: 1.06, Manner.WHISPER: 1.1}
SENTENCE_GAP_SECONDS = 0.3
"""Between two sentences of one line; Piper speaks each for itself."""
SEED = 1
ESPEAK_VOICES: Mapping[str, str] = {Language.DUTCH: "nl", Language.ENGLISH: "en-gb-x-rp"}
SUGGESTED: Mapping[Language, str] = {
    Language.DUTCH: "nl_BE-nathalie-medium",
    Language.ENGLISH: "en_GB-cori-medium",
}
HOW_TO_GET = "pip install 'guided-sessions[piper]'"
AGAIN = "install the voice again"
ENGINES = ("piper-tts", "onnxruntime")


@dataclass(frozen=True, slots=True)
class Piper:
    """The voice of one `.onnx` file with its `.onnx.json` beside it."""

    name: str
    model: Path
    sends_to: str = ""

    def identity(self, style: Style) -> dict[str, str | int | float]:
        """Return the libraries' versions, the hash of the voice, and its pace."""
        return {
            "engine": ", ".join(f"{name} {version_of(name)}" for name in ENGINES),
            "model": digest_of(self.model),
            "config": digest_of(config_of(self.model)),
            "seed": SEED,
            "language": style.language,
            "pace": pace(style),
            "gap_seconds": SENTENCE_GAP_SECONDS,
        }

    @contextmanager
    def open(self) -> Iterator[PiperSpeaker]:
        """See that the library is there; the model is loaded for every line."""
        if missing():
            raise UnavailableError(missing(), HOW_TO_GET)
        yield PiperSpeaker(self.model)


@dataclass(frozen=True, slots=True)
class PiperSpeaker:
    """Speaks with a model that is loaded afresh each time."""

    model: Path

    def speak(self, line: Line) -> Utterance:
        """Speak a line, sentence by sentence, without Piper's levelling of each."""
        from piper import SynthesisConfig  # noqa: PLC0415

        voice = loaded(self.model)
        config = voice.config
        if not same_language(config.espeak_voice, line.style.language):
            # The same speaker, with the sounds of the other language as far as it has them.
            other = ESPEAK_VOICES[line.style.language]
            voice = replace(voice, config=replace(config, espeak_voice=other))
        asked = SynthesisConfig(
            length_scale=config.length_scale * pace(line.style), normalize_audio=False
        )
        gap = np.zeros(round(SENTENCE_GAP_SECONDS * config.sample_rate), np.float32)
        pieces: list[Audio] = []
        for chunk in voice.synthesize(line.normalized, asked):
            pieces += [np.asarray(chunk.audio_float_array, np.float32).reshape(-1), gap]
        return Utterance(
            np.concatenate([np.zeros(0, np.float32), *pieces[:-1]]), config.sample_rate
        )


def loaded(model: Path) -> PiperVoice:
    """Return a voice whose dice have not been rolled.

    `PiperVoice.load` lets the runtime rewrite the model for speed at every load, which costs more
    than it saves, and lets each voice take all processors, although there is one for each of them.

    Raises
    ------
    UnavailableError
        It is not a voice, or is damaged.
    """
    import onnxruntime  # noqa: PLC0415
    from onnxruntime.capi import onnxruntime_pybind11_state as failures  # noqa: PLC0415
    from piper import PiperVoice  # noqa: PLC0415
    from piper.config import PiperConfig  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    onnxruntime.set_seed(SEED)  # for all sessions of this process; nobody else makes any
    try:
        config = PiperConfig.from_dict(json.loads(config_of(model).read_text(encoding="utf-8")))
        session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
    except (
        *(OSError, ValueError, KeyError, TypeError, AttributeError),
        *(failures.Fail, failures.InvalidGraph, failures.InvalidProtobuf),
    ) as error:
        raise UnavailableError(f"{model} is not a Piper voice, or is damaged", AGAIN) from error
    return PiperVoice(session, config)


def pace(style: Style) -> float:
    """Return how much longer than by itself the voice speaks."""
    return (SLOW if style.slow else CALM) * MANNERS[style.manner] / style.rate


def same_language(espeak_voice: str, language: Language) -> bool:
    """Return whether a voice such as `en-us` speaks a language."""
    return espeak_voice.partition("-")[0].lower() == language


def missing() -> str:
    """Return why Piper cannot be used here; empty where it can."""
    return "" if importlib.util.find_spec("piper") else "piper-tts is not installed"


def digest_of(path: Path) -> str:
    """Return the hash of a file, read once as long as it stays the same."""
    with opened(path, AGAIN) as file:
        status = os.fstat(file.fileno())
    return _digest(path, status.st_size, status.st_mtime_ns)


@cache
def _digest(path: Path, _size: int, _changed: int) -> str:
    with opened(path, AGAIN) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def installed(home: Path) -> tuple[str, ...]:
    """Return the names of installed voices."""
    return tuple(sorted(p.stem for p in home.glob("*.onnx") if config_of(p).is_file()))


def installed_for(home: Path, language: Language) -> str:
    """Return an installed voice of a language, the first by name; empty where there is none."""
    names = [name for name in installed(home) if name.startswith(f"{language}_")]
    return names[0] if names and not missing() else ""


def at_hand(search: Search) -> str:
    """Return the installed voice of a language."""
    found = installed_for(search.home, search.language)
    return f"piper:{found}" if found else ""


def suggest(language: Language) -> str:
    """Return how to get a voice of a language."""
    first = f"{HOW_TO_GET}, then " if missing() else ""
    return f"{first}sessions voices install {SUGGESTED[language]}"


def make(choice: Choice) -> Piper:
    """Return an installed voice by name, or one that is a file of the person's own."""
    detail = choice.detail
    if not detail:
        detail = installed_for(choice.home, choice.language)
    if not detail:
        names = [name for name in FILES if name.startswith(f"{choice.language}_")]
        raise InputMissingError(
            f"no Piper voice that speaks '{choice.language}' is installed",
            f"try: sessions voices install {names[0]}",
        )
    own = detail.endswith(".onnx")
    if own and choice.by_script:
        raise ConfigurationError(
            f"a script may not name a file as its voice: '{detail}'", "choose it with --voice"
        )
    if not own and ("/" in detail or "\\" in detail):
        raise ConfigurationError(f"'{detail}' is not the name of a Piper voice")
    model = choice.folder / detail if own else choice.home / f"{detail}.onnx"
    if model.is_file() and config_of(model).is_file():
        return Piper(f"piper:{model.stem}", model)
    if own:
        raise InputMissingError(
            f"there is no Piper voice {model}",
            f"a voice is two files, {model.name} and {config_of(model).name}",
        )
    raise InputMissingError(
        f"the Piper voice '{detail}' is not installed",
        f"try: sessions voices install {detail}"
        if detail in FILES
        else likely(detail, list(dict.fromkeys([*installed(choice.home), *FILES]))),
    )


KIND = Kind(
    make,
    what="natural and private, as piper:NAME, or piper:FILE.onnx of your own",
    licence="GPL-3.0-or-later (piper-tts); each voice has its own",
    get=f"{HOW_TO_GET}, then sessions voices install {SUGGESTED[Language.DUTCH]}",
    missing=missing,
    details=installed,
    size="63 MB a voice, 46 MB of the program, and 78 MB of ONNX Runtime",
    at_hand=at_hand,
    suggest=suggest,
    installer=Installer(tuple(FILES), "piper_url", install, HOW_TO_GET),
)
