"""How many words of each voice are understood, how natural it is, and at what pace it speaks.

    python -m bench.understood [--language nl] [--set dev held catalogue] [--words] [VOICE ...]

`catalogue` are the lines of the scripts of a language. `dev` are Dutch lines to tune a voice to,
and `held` those that nobody looked at meanwhile: every second of 240 lines, parted before the first
of them was spoken. A line is polished and heard by itself, by the listener of `sessions.hearing`
(the extra `listen`); one in which that goes round in a circle is counted, and told apart. DNSMOS
needs speechmos and librosa (pip install speechmos librosa), and is of every fifth line.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soxr

import sessions
from sessions.hearing.compare import compared
from sessions.hearing.listener import RATE_HZ, whisper
from sessions.plan import lines as lines_of
from sessions.script.model import Language, Manner, Style
from sessions.script.phrases.choices import Settings
from sessions.settings import caches_of, voices_folder
from sessions.units import SAMPLE_RATE_HZ
from sessions.voices import VOICES
from sessions.voices.auto import ORDER
from sessions.voices.base import Line
from sessions.voices.cast import voice_of
from sessions.voices.finish import finish
from sessions.voices.polish import POLISHES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sessions.hearing.compare import Comparison
    from sessions.hearing.listener import Listener
    from sessions.hearing.words import Word
    from sessions.units import Audio

ROOT = Path(__file__).resolve().parents[1]
FIFTH, WORST = 5, 40
HEAD = (
    "| voice, lines | lines | words | WER | whole lines | loops | words a minute | DNSMOS (least) |"
)


@dataclass(frozen=True, slots=True)
class Heard:
    """A line, what was understood of it, how long it took to say, and its DNSMOS if known."""

    said: str
    heard: str
    compared: Comparison
    seconds: float
    mos: float | None


def texts(name: str, language: Language) -> list[str]:
    """Return the plain lines of a set."""
    if name != "catalogue":
        return (ROOT / "bench" / "lines" / f"nl_{name}.txt").read_text("utf-8").splitlines()
    found: dict[str, None] = {}
    for path in sorted((ROOT / "scripts" / language).glob("*.md")):
        found |= dict.fromkeys(line.text for line in lines_of(sessions.load(path)))
    return list(found)


def listened(voice: str, said: Sequence[str], style: Style, listener: Listener) -> Iterator[Heard]:
    """Speak lines and hear them."""
    with voice_of(voice, style.language, voices_folder()).open() as speaker:
        for number, text in enumerate(said):
            spoken = speaker.speak(Line(text, style))
            clip = finish(spoken, POLISHES["warm"], style.manner)
            sound = soxr.resample(clip.samples, SAMPLE_RATE_HZ, RATE_HZ)
            heard = listener.hear(sound, style.language)
            rated = natural(sound) if number % FIFTH == 0 else None
            seconds = len(clip.samples) / SAMPLE_RATE_HZ
            yield Heard(text, heard, compared(text, heard, style.language), seconds, rated)


def natural(sound: Audio) -> float | None:
    """Return the DNSMOS of a sound at 16 kHz (overall), None where that is not installed."""
    if not (find_spec("speechmos") and find_spec("librosa")):
        return None
    from speechmos import dnsmos  # noqa: PLC0415

    level = np.asarray(sound / np.abs(sound).max() * 0.7, np.float32)
    return float(dnsmos.run(level, RATE_HZ)["ovrl_mos"])


def row(name: str, results: Sequence[Heard]) -> str:
    """Return the figures of a set of lines."""
    words = sum(one.compared.words for one in results)
    wrong = sum(one.compared.errors for one in results)
    whole = sum(not one.compared.mishearings for one in results)
    loops = sum(one.compared.looped for one in results)
    pace = 60 * sum(len(one.said.split()) for one in results) / sum(one.seconds for one in results)
    rated = [one.mos for one in results if one.mos is not None]
    mos = f"{np.mean(rated):.2f} ({min(rated):.2f})" if rated else "-"
    return (
        f"| {name} | {len(results)} | {words} | {wrong / words:.1%} | {whole / len(results):.0%} "
        f"| {loops} | {pace:.0f} | {mos} |"
    )


def plain(words: Sequence[Word]) -> str:
    """Return words as they sound."""
    return " ".join(word.plain for word in words)


def main() -> None:
    """Print a row for each voice and set, then the words that are misheard most."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("voices", nargs="*", metavar="VOICE")
    parser.add_argument("--language", type=Language, default=Language.DUTCH)
    parser.add_argument("--set", nargs="+", default=["catalogue"])
    parser.add_argument("--manner", type=Manner, default=Manner.NORMAL)
    parser.add_argument("--first", type=int, help="only so many lines of each set")
    parser.add_argument("--words", action="store_true", help="name the words that are misheard")
    asked = parser.parse_args()
    offline = (place.kind for place in ORDER[asked.language] if not VOICES[place.kind].sends)
    voices = asked.voices or [name for name in offline if name != "piper"]
    print(f"{HEAD}\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    misheard: Counter[tuple[str, str]] = Counter()
    style, listener = Style(asked.language, asked.manner), whisper(caches_of(Settings()).listener)
    for voice in voices:
        for name in asked.set:
            results = list(
                listened(voice, texts(name, asked.language)[: asked.first], style, listener)
            )
            print(row(f"{voice}, {name}", results), flush=True)
            for one in results:
                misheard.update(
                    (plain(each.written), plain(each.heard)) for each in one.compared.mishearings
                )
    if asked.words:
        for (word, other), times in misheard.most_common(WORST):
            print(f"{times:4} {word or '(nothing)'} > {other or '(nothing)'}")


if __name__ == "__main__":
    main()
