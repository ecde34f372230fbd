"""Clean lines, and what goes wrong at a kitchen table: noise, hum, clipping, rooms, haste."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import soxr

from sessions.script.model import Manner, Style
from sessions.settings import voices_folder
from sessions.units import gain
from sessions.voices.base import Line
from sessions.voices.cast import voice_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    from sessions.script.model import Language
    from sessions.units import Audio

ROOM_DB: Final = -75.0
"""What a quiet room and a phone leave in a clean recording."""


def spoken(
    voice: str, language: Language, texts: Iterable[str], manner: Manner = Manner.NORMAL
) -> list[tuple[Audio, int]]:
    """Return lines of a voice as a person records them: with 0.6 s of a quiet room around each."""
    found = []
    with voice_of(voice, language, voices_folder()).open() as speaker:
        for number, text in enumerate(texts):
            said = speaker.speak(Line(text, Style(language, manner)))
            quiet = np.zeros(round(0.6 * said.rate_hz), np.float32)
            whole = np.concatenate([quiet, np.asarray(said.samples, np.float32), quiet])
            found.append((hiss(whole, said.rate_hz, ROOM_DB, seed=number), said.rate_hz))
    return found


def hiss(sound: Audio, rate_hz: int, level_db: float = -50.0, seed: int = 1) -> Audio:  # noqa: ARG001
    noise = np.random.default_rng(seed).standard_normal(len(sound))
    return np.asarray(sound + gain(level_db) * noise, np.float32)


def hum(sound: Audio, rate_hz: int, hz: float = 50.0, level_db: float = -50.0) -> Audio:
    phase = 2 * np.pi * hz / rate_hz * np.arange(len(sound))
    tones = np.sum([np.sin(n * phase + n) / n for n in range(1, 9)], axis=0)
    tones *= gain(level_db) / np.sqrt(np.mean(np.square(tones)))
    return np.asarray(sound + tones, np.float32)


def clipped(sound: Audio, rate_hz: int, over_db: float = 8.0) -> Audio:  # noqa: ARG001
    return np.asarray(np.clip(sound * (gain(over_db) / np.abs(sound).max()), -1.0, 1.0), np.float32)


def full(sound: Audio, rate_hz: int) -> Audio:
    """Bring a recording to full scale, and no further: nothing is wrong with it."""
    return clipped(sound, rate_hz, 0.0)


def room(
    sound: Audio, rate_hz: int, t60_seconds: float = 0.8, direct_db: float = 0.0, seed: int = 2
) -> Audio:
    """Put a voice into a room: exponentially decaying noise (Moorer 1979), as loud as the voice."""
    from scipy.signal import fftconvolve

    times = np.arange(round(1.2 * t60_seconds * rate_hz)) / rate_hz
    tail: NDArray[np.float64] = np.random.default_rng(seed).standard_normal(len(times))
    tail *= 10.0 ** (-3.0 * times / t60_seconds) * (times > 0.002)
    tail *= gain(-direct_db) / np.sqrt(np.square(tail).sum())
    tail[0] = 1.0
    return np.asarray(fftconvolve(sound, tail)[: len(sound)], np.float32)


def hasty(sound: Audio, rate_hz: int, times: float = 1.8) -> Audio:
    return np.asarray(soxr.resample(sound, rate_hz, rate_hz / times), np.float32)


def gapped(sound: Audio, rate_hz: int, seconds: float = 3.0) -> Audio:
    """Put a silence into the middle, where it is quietest."""
    hop = rate_hz // 50
    middle = sound[len(sound) // 3 : 2 * len(sound) // 3]
    powers = np.square(middle[: len(middle) // hop * hop].reshape(-1, hop)).mean(axis=1)
    at = len(sound) // 3 + hop * int(powers.argmin())
    quiet = hiss(np.zeros(round(seconds * rate_hz), np.float32), rate_hz, ROOM_DB)
    return np.concatenate([sound[:at], quiet, sound[at:]])


def soft(sound: Audio, rate_hz: int) -> Audio:  # noqa: ARG001
    return sound * np.float32(gain(-26.0))


def cut_before(sound: Audio, rate_hz: int) -> Audio:
    return sound[_loudest(sound[: len(sound) // 2], rate_hz) :]


def cut_after(sound: Audio, rate_hz: int) -> Audio:
    half = len(sound) // 2
    return sound[: half + _loudest(sound[half:], rate_hz)]


def _loudest(sound: Audio, rate_hz: int) -> int:
    hop = rate_hz // 50
    powers = np.square(sound[: len(sound) // hop * hop].reshape(-1, hop)).mean(axis=1)
    return hop * int(powers.argmax()) + hop // 2


def music(seconds: float, rate_hz: int) -> Audio:
    """Return chords that go over into one another."""
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    chords = [(220.0, 277.2, 329.6), (196.0, 246.9, 293.7), (174.6, 220.0, 261.6)]
    tones = [
        np.sin(2 * np.pi * hz * times) * (0.6 + 0.4 * np.cos(2 * np.pi * (times / 4 - n / 3)))
        for n, chord in enumerate(chords)
        for hz in chord
    ]
    return np.asarray(0.05 * np.sum(tones, axis=0), np.float32)


SPOILT: Final[Mapping[str, tuple[str, Callable[[Audio, int], Audio]]]] = {
    "hiss at -50 dBFS": ("hiss", hiss),
    "hum of 50 Hz at -50 dBFS": ("hum", hum),
    "hum of 60 Hz at -50 dBFS": ("hum", lambda sound, rate_hz: hum(sound, rate_hz, 60.0)),
    "clipped by 8 dB": ("clipped", clipped),
    "a room of 0.8 s": ("echo", room),
    "a room of 0.8 s, 6 dB nearer": ("echo", lambda sound, rate_hz: room(sound, rate_hz, 0.8, 6.0)),
    "1.8 times as fast": ("fast", hasty),
    "3 s of silence within": ("gap", gapped),
    "26 dB softer": ("soft", soft),
    "begun inside a word": ("begins", cut_before),
    "ended inside a word": ("ends", cut_after),
}
"""What goes wrong, and the rule that is to tell."""
GOOD: Final[Mapping[str, Callable[[Audio, int], Audio]]] = {
    "clean": lambda sound, _rate_hz: sound,
    "brought to full scale": full,
    "a room of 0.3 s": lambda sound, rate_hz: room(sound, rate_hz, 0.3),
}
"""What nothing is to be told of."""
