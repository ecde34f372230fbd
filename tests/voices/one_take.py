"""One long recording of a script, as somebody makes it at home, and the truth about it.

A voice speaks the lines in a room with its hiss and hum, slips, begins again, says lines twice,
leaves some out, coughs, and a phone rings. Where each line begins and ends is known to the sample.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import soxr

from sessions.script.model import Style
from sessions.voices.base import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sessions.script.model import Language
    from sessions.units import Audio
    from sessions.voices.base import Speaker

RATE_HZ: Final = 48_000
ASIDES: Final = {
    "nl": ("Sorry.", "O wacht.", "Nee, nog een keer.", "Even opnieuw."),
    "en": ("Sorry.", "Oh wait.", "No, once more.", "Let me do that again."),
}
WRONG: Final = {"nl": "keukentafel", "en": "kitchen table"}
LEVEL: Final = 0.07
ROOM: Final = 0.0006
UNDER_PEAK: Final = 0.012
"""Where a voice that stands alone is heard, as a part of its loudest 10 ms."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Something that is heard; `text` is of a line where it is a whole one, else empty."""

    samples: Audio
    before_seconds: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Truth:
    """A whole line in the recording: where its sound begins and ends, in seconds."""

    text: str
    start_seconds: float
    stop_seconds: float


@dataclass(frozen=True, slots=True)
class OneTake:
    """A recording, mono at 48 kHz, every whole saying of a line in order, and what is not said."""

    samples: Audio
    said: tuple[Truth, ...]
    left_out: tuple[str, ...]

    def last(self) -> dict[str, Truth]:
        """Return where each line is said for the last time."""
        return {one.text: one for one in self.said}


@dataclass(frozen=True, slots=True)
class Studio:
    """Speaks texts, at 48 kHz and one level, without silence around; `kept` has what was said."""

    speaker: Speaker
    language: Language
    kept: Path | None = None

    def say(self, text: str) -> Audio:
        """Return the sound of a text."""
        name = hashlib.sha256(text.encode()).hexdigest()[:24]
        path = self.kept / f"{name}.npy" if self.kept else None
        if path and path.exists():
            raw = np.load(path)
        else:
            spoken = self.speaker.speak(Line(text, Style(self.language)))
            raw = np.asarray(soxr.resample(spoken.samples, spoken.rate_hz, RATE_HZ), np.float32)
            if path:
                np.save(path, raw)
        return trimmed(raw)


def trimmed(sound: Audio) -> Audio:
    """Return a sound at the usual level from where it begins to where it ends."""
    step = RATE_HZ // 200
    levels = np.sqrt(np.square(sound[: len(sound) // step * step].reshape(-1, step)).mean(axis=1))
    heard = np.flatnonzero(levels > UNDER_PEAK * levels.max())
    kept = sound[heard[0] * step : (heard[-1] + 1) * step]
    rms = np.sqrt(np.mean(np.square(kept)))
    return np.asarray(kept * (LEVEL / rms), np.float32)


def cough(rng: np.random.Generator) -> Audio:
    """Return a cough: two bursts of noise, of the kind that a throat makes."""
    bursts = []
    for seconds in (0.18, 0.12, 0.22):
        count = int(seconds * RATE_HZ)
        noise = np.convolve(rng.standard_normal(count + 60), np.hanning(60) / 20, "same")[:count]
        bursts += [noise * np.exp(-np.linspace(0, 5, count)), np.zeros(int(0.05 * RATE_HZ))]
    sound = np.concatenate(bursts)
    return np.asarray(sound / np.abs(sound).max() * 0.35, np.float32)


def phone(rings: int = 3) -> Audio:
    """Return a phone that rings."""
    time = np.arange(int(0.9 * RATE_HZ)) / RATE_HZ
    warble = np.where((time * 25).astype(int) % 2, 1100.0, 1400.0)
    ring = 0.12 * np.sin(2 * np.pi * np.cumsum(warble) / RATE_HZ)
    silence = np.zeros(int(0.6 * RATE_HZ))
    return np.asarray(np.concatenate([ring, silence] * rings), np.float32)


def slip(studio: Studio, text: str, kind: int) -> Iterator[Sound]:
    """Give what is heard before a line that did not come out well at first."""
    words = text.split()
    half = " ".join(words[: max(1, len(words) // 2)]).strip(",.")
    aside = ASIDES[studio.language][kind % 4]
    match kind % 5:
        case 0:  # begun, and begun again
            yield Sound(studio.say(half + "..."), 1.5)
            yield Sound(np.zeros(0, np.float32), 0.35)
        case 1:  # begun, an excuse, and again
            yield Sound(studio.say(half + "..."), 1.5)
            yield Sound(studio.say(aside), 0.3)
            yield Sound(np.zeros(0, np.float32), 0.4)
        case 2:  # another word at the end
            wrong = " ".join([*words[:-1], WRONG[studio.language] + "."])
            yield Sound(studio.say(wrong), 1.5)
            yield Sound(studio.say(aside), 0.5)
            yield Sound(np.zeros(0, np.float32), 0.6)
        case 3:  # the first word twice
            yield Sound(studio.say(words[0].strip(",.") + "..."), 1.5)
            yield Sound(np.zeros(0, np.float32), 0.25)
        case _:  # broken off within a word
            whole = studio.say(text)
            yield Sound(whole[: int(0.45 * len(whole))], 1.5)
            yield Sound(np.zeros(0, np.float32), 0.45)


def sounds(
    studio: Studio,
    texts: Sequence[str],
    *,
    slips: int,
    repeats: int,
    left_out: int,
    coughs: int,
    seed: int,
) -> tuple[list[Sound], tuple[str, ...]]:
    """Return all that is heard, in order, and the lines that are not said."""
    rng = np.random.default_rng(seed)
    order = [int(one) for one in rng.permutation(np.arange(1, len(texts) - 1))]
    missing, order = set(order[:left_out]), order[left_out:]
    slipped = {line: kind for kind, line in enumerate(order[:slips])}
    twice = set(order[slips : slips + repeats])
    coughing = set(order[slips + repeats - 2 : slips + repeats - 2 + coughs])
    rings = order[-1] if coughs else -1
    found: list[Sound] = []
    for number, text in enumerate(texts):
        if number in coughing:
            found.append(Sound(cough(rng), float(rng.uniform(0.6, 2.0))))
        if number == rings:
            found.append(Sound(phone(), 1.0))
        if number in missing:
            continue
        tries = [*slip(studio, text, slipped[number])] if number in slipped else []
        found += tries
        pause = 0.0 if tries else float(rng.uniform(0.7, 2.0))
        found.append(Sound(studio.say(text), pause, text))
        if number in twice:
            found.append(Sound(studio.say(text), float(rng.uniform(0.6, 2.5)), text))
    return found, tuple(text for number, text in enumerate(texts) if number in missing)


def one_take(
    studio: Studio,
    texts: Sequence[str],
    *,
    slips: int = 10,
    repeats: int = 5,
    left_out: int = 3,
    coughs: int = 6,
    seconds: float = 0.0,
    seed: int = 7,
) -> OneTake:
    """Record lines at home; pauses between them grow until it all lasts so many seconds."""
    heard, missing = sounds(
        *(studio, texts),
        slips=slips,
        repeats=repeats,
        left_out=left_out,
        coughs=coughs,
        seed=seed,
    )
    length = sum(one.before_seconds + len(one.samples) / RATE_HZ for one in heard) + 2.0
    wide = [one.before_seconds >= 0.7 for one in heard]
    more = max(0.0, seconds - length) / max(1, sum(wide))  # by half more or less, for each
    rng = np.random.default_rng(11)
    pieces: list[Audio] = []
    said: list[Truth] = []
    place = 0
    for one, grows in zip(heard, wide, strict=True):
        wait = one.before_seconds + (more * float(rng.uniform(0.4, 1.6)) if grows else 0.0)
        pieces += [np.zeros(round(wait * RATE_HZ), np.float32), one.samples]
        start = place + len(pieces[-2])
        place = start + len(one.samples)
        if one.text:
            said.append(Truth(one.text, start / RATE_HZ, place / RATE_HZ))
    pieces.append(np.zeros(2 * RATE_HZ, np.float32))
    return OneTake(in_room(np.concatenate(pieces)), tuple(said), missing)


def in_room(sound: Audio) -> Audio:
    """Return a sound with the hiss and hum of a room."""
    rng = np.random.default_rng(5)
    hiss = ROOM * rng.standard_normal(len(sound), np.float32)
    hum = 0.0005 * np.sin(2 * np.pi * 50 / RATE_HZ * np.arange(len(sound)))
    return np.asarray(np.clip(sound + hiss + hum, -1, 1), np.float32)
