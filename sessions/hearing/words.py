"""Compare what was said with what was heard, word by word. Pure.

Case, accents and punctuation are heard by nobody; a number is the same in figures and in words, and
a compound is the same in one word and in two.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.script.model import Language
from sessions.script.phrases.numerals import NUMBER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SAME: Final[Mapping[Language, Mapping[str, str]]] = {
    Language.DUTCH: {
        "n": "een",
        "t": "het",
        "m": "hem",
        "s": "des",
        "oke": "ok",
        "okay": "ok",
        "jou": "jouw",
        "ligt": "licht",
        "hart": "hard",
        "wordt": "word",
        "weidt": "wijd",
    },
    Language.ENGLISH: {
        "okay": "ok",
        "alright": "all right",
        "an": "a",
        "im": "i am",
        "grey": "gray",
        "c": "sea",
        "see": "sea",
        "souls": "soles",
        "wait": "weight",
        "too": "to",
        "two": "to",
        "there": "their",
        "theyre": "their",
        "youre": "your",
        "hear": "here",
        "write": "right",
        "whole": "hole",
        "bye": "by",
        "buy": "by",
        "knead": "need",
        "peace": "piece",
    },
}
"""What is written in two ways and sounds the same: nobody can hear which was meant."""
SPELT: Final[Mapping[Language, tuple[tuple[re.Pattern[str], str], ...]]] = {
    Language.DUTCH: (),
    Language.ENGLISH: (
        (re.compile("our"), "or"),
        (re.compile("is(?=e|ing|ation)"), "iz"),
        (re.compile("tre$"), "ter"),
        (re.compile("ll(?=ed|ing)"), "l"),
    ),
}
"""Spellings of one word, British and American."""
_WORD: Final = re.compile(r"[^\W_]+")
_INSIDE: Final = re.compile(r"(?<=\w)['’-](?=\w)")  # noqa: RUF001 - as people type it
CHANGE, GAP = 4, 3
"""What another word costs, and one that is missing or too many: as NIST's sclite has it."""
LOOP_WORDS: Final = 4
"""So many words more than were said, and twice of them: a recognizer that goes on by itself."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that were said, and those heard in their place; either may be none."""

    said: str
    heard: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A line as it was said and heard: how many words it has, how many of them are wrong.

    In a `loop` a recognizer goes on by itself, which tells nothing of the voice.
    """

    words: int
    wrong: int
    differences: tuple[Difference, ...]
    loop: bool = False


def compared(said: str, heard: str, language: Language) -> Compared:
    """Return what is the same and what differs, by the fewest changes (Levenshtein)."""
    spoken, understood = list(plain(said, language)), list(plain(heard, language))
    loop = len(understood) >= max(2 * len(spoken), len(spoken) + LOOP_WORDS)
    found = tuple(_differences(spoken, understood))
    wrong = sum(max(len(one.said.split()), len(one.heard.split())) for one in found)
    return Compared(len(spoken), min(wrong, len(spoken)), found, loop)


def plain(text: str, language: Language) -> Iterator[str]:
    """Yield the words of a text as they are heard."""
    bare = unicodedata.normalize("NFKD", _INSIDE.sub("", text.lower()))
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    for word in _WORD.findall(letters):
        for part in SAME[language].get(word, word).split():
            spelt = str(_NUMBERS.get(part, part))
            for pattern, other in SPELT[language]:
                spelt = pattern.sub(other, spelt)
            yield spelt


_NUMBERS: Final = {
    "".join(sign for sign in unicodedata.normalize("NFKD", word) if sign.isalnum()): number
    for word, number in NUMBER_WORDS.items()
    if word not in {"a", "an"}
}


def _differences(said: Sequence[str], heard: Sequence[str]) -> Iterator[Difference]:
    """Yield the runs of words that differ, but for those that are the same without their gaps."""
    run: tuple[list[str], list[str]] = [], []
    for one, other in [*_aligned(said, heard), ("", "")]:
        if one != other:
            run[0].extend(filter(None, [one]))
            run[1].extend(filter(None, [other]))
        elif run[0] or run[1]:
            if "".join(run[0]) != "".join(run[1]):
                yield Difference(" ".join(run[0]), " ".join(run[1]))
            run = [], []


def _aligned(said: Sequence[str], heard: Sequence[str]) -> list[tuple[str, str]]:
    """Return the words side by side, '' where one has none.

    Another word costs a little more than one that is missing, so that the same ones stand together.
    """
    cost = np.zeros((len(said) + 1, len(heard) + 1), int)
    cost[:, 0], cost[0] = GAP * np.arange(len(said) + 1), GAP * np.arange(len(heard) + 1)
    for i, word in enumerate(said, 1):
        for j, other in enumerate(heard, 1):
            changed = cost[i - 1, j - 1] + CHANGE * (word != other)
            cost[i, j] = min(changed, cost[i - 1, j] + GAP, cost[i, j - 1] + GAP)
    pairs: list[tuple[str, str]] = []
    i, j = len(said), len(heard)
    while i or j:
        if i and j and cost[i, j] == cost[i - 1, j - 1] + CHANGE * (said[i - 1] != heard[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((said[i], heard[j]))
        elif i and cost[i, j] == cost[i - 1, j] + GAP:
            i -= 1
            pairs.append((said[i], ""))
        else:
            j -= 1
            pairs.append(("", heard[j]))
    return pairs[::-1]
