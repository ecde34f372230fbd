"""What to try where a word was heard otherwise: text that can be pasted into a script. Pure."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sessions.hearing.compare import Comparison
    from sessions.hearing.words import Word

MOST_WORDS: Final = 3
"""Of more that went wrong, the line is to be said otherwise as a whole."""
_ENDING = re.compile(r"[.!?…]+$")
LEAST_LETTERS: Final = 4
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_STOPS: Final = ",.;:!?\u2026\u2013\u2014([{|\\\"'"
"""What a comma is not to stand beside."""
_PLAIN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_YAML_WORDS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_INITIALS = re.compile(r"[A-Z]{2,6}")
_SPECIAL = re.compile(r"[\\|\[\]{}*_`]")
_LETTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "nl": (
        "aa", "bee", "see", "dee", "ee", "ef", "gee", "haa", "ie", "jee", "kaa", "el", "em",
        "en", "oo", "pee", "kuu", "er", "es", "tee", "uu", "vee", "wee", "iks", "ij", "zet",
    ),
    "en": (
        "ay", "bee", "see", "dee", "ee", "ef", "jee", "aitch", "eye", "jay", "kay", "el", "em",
        "en", "oh", "pee", "cue", "ar", "ess", "tee", "you", "vee", "double you", "ex", "why",
        "zee",
    ),
}  # fmt: skip
"""How letters are called, written as they sound."""


def remedy(text: str, language: str, comparison: Comparison, spoken: str = "") -> str:
    """Return what to paste for a line that was understood otherwise; empty if it was not.

    A row of `pronounce:` for a few words that stand in the text, else the whole line in a `[say
    as: ...]`, as it is `spoken` now. Nobody can tell from what was heard how a word is to be
    spelled. But a voice that takes breath around it says it more clearly, and initials are known
    to be letters: that is a beginning, to be tried by ear.
    """
    wrong = [word.written for one in comparison.mishearings for word in one.written]
    if not comparison.mishearings:
        return ""
    words = tuple(dict.fromkeys(wrong))
    if words and len(words) <= MOST_WORDS and all(_own(word, text) for word in words):
        return f"pronounce: {{{', '.join(_rows(words, language))}}}"
    ending = _ENDING.search(text)
    stops = ending[0] if ending else ""  # outside, or the next sentence would be of this line
    said_now = with_breath(_ENDING.sub("", spoken or text), words)
    sides = (_inside(side) for side in (said_now, _ENDING.sub("", text)))
    return f"[say as: {' | '.join(sides)}]{stops}"


def with_breath(text: str, words: Collection[str]) -> str:
    """Return a text with commas around some of its words, where no stop or bracket is already.

    A word of fewer than four letters leans on its neighbours: breath would break the sentence.
    """
    parts: list[str] = []
    place = 0
    for match in _WORD.finditer(text):
        if match[0] not in words or len(match[0]) < LEAST_LETTERS:
            continue
        before, after = text[place : match.start()], text[match.end() :]
        so_far = ("".join(parts) + before).rstrip()
        opens = before.endswith(" ") and so_far and so_far[-1] not in _STOPS
        parts += [f"{before.rstrip()}, " if opens else before, match[0]]
        if after.startswith(" ") and after.lstrip()[:1] not in _STOPS:
            parts.append(",")
        place = match.end()
    return "".join(parts) + text[place:]


def _own(word: str, text: str) -> bool:
    """Return whether a word of a text is one that can have a sound of its own.

    A short one stands in many lines, which may well be right.
    """
    stands = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
    named = _INITIALS.fullmatch(word) is not None or len(word) >= LEAST_LETTERS
    return stands and named and any(map(str.isalpha, word))


def _rows(words: Sequence[str], language: str) -> Iterator[str]:
    for word in words:
        yield f"{_yaml(word)}: {_yaml(said(word, language))}"


def said(word: str, language: str) -> str:
    """Return how a word may be said: initials as letters, any other with breath around it."""
    if _INITIALS.fullmatch(word):
        return " ".join(_LETTERS[language][ord(letter) - ord("A")] for letter in word)
    return f", {word},"


def _yaml(text: str) -> str:
    """Return words as YAML has them, quoted where they would mean something else there."""
    plain = _PLAIN.fullmatch(text) and text.lower() not in _YAML_WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)


def _inside(text: str) -> str:
    """Return text for inside of a bracket."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def quoted(words: Sequence[Word]) -> str:
    """Return words as they were written, in quotes; or that there are none."""
    return f"'{' '.join(word.written for word in words)}'" if words else "nothing"
