"""How often `sessions voices check` tells of clean lines, and of lines that were spoilt.

    python -m bench.own_voice [--lines 40] [VOICE:LANGUAGE ...]

Lines of the catalogue are spoken, with half a second of a quiet room (-75 dBFS) around each, and
judged as they are and after each of the mishaps of `tests/voices/spoilt.py`. Of those that were
spoilt it is told how often the rule is heard that is meant, and which others were.
"""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from bench.understood import texts
from sessions.script.model import Language
from sessions.voices.recorded.judge import Take, judged
from sessions.voices.recorded.measure import measured_take, tops_of
from tests.voices.spoilt import GOOD, SPOILT, spoken

if TYPE_CHECKING:
    from sessions.units import Audio

VOICES = ("hibari:en", "espeak:nl", "kokoro:nl")


def rules_of(sound: Audio, rate_hz: int, text: str, language: Language) -> set[str]:
    """Return the rules that tell of a recording, as 16 bits hold it."""
    stored = np.asarray(np.round(sound * 32767) / 32767, np.float32)
    found = measured_take(stored, rate_hz, tops_of(stored, rate_hz))
    return {one.rule for one in judged(Take(found, text, language))}


def main() -> None:
    """Print a row for each voice and mishap."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("voices", nargs="*", default=VOICES, metavar="VOICE:LANGUAGE")
    parser.add_argument("--lines", type=int, default=40)
    asked = parser.parse_args()
    print("| voice | recording | lines | told | others told |\n| --- | --- | ---: | ---: | --- |")
    for name in asked.voices:
        voice, _, tongue = name.partition(":")
        language = Language(tongue)
        all_lines = texts("catalogue", language)
        said = all_lines[:: max(1, len(all_lines) // asked.lines)][: asked.lines]
        sounds = spoken(voice, language, said)
        mishaps = {**{key: ("", one) for key, one in GOOD.items()}, **SPOILT}
        for key, (rule, spoil) in mishaps.items():
            told = [
                rules_of(spoil(sound, rate_hz), rate_hz, text, language)
                for text, (sound, rate_hz) in zip(said, sounds, strict=True)
            ]
            hits = sum(rule in one for one in told) if rule else sum(map(bool, told))
            others = Counter(one for rules in told for one in rules if one != rule)
            more = ", ".join(f"{one} {times}" for one, times in others.most_common())
            print(f"| {voice} | {key} | {len(told)} | {hits} | {more} |", flush=True)


if __name__ == "__main__":
    main()
