"""Words as the letters of their sounds, and how far one sound is from another. Pure.

A recognizer that mishears a word mostly writes another that sounds like it: so what is compared is
not words but sounds, coarsely, as either language spells them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.hearing.words import words_of
from sessions.script.phrases.numerals import NUMBER_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sessions.units import Audio

ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
VOWELS: Final = frozenset("aeiouy")
LIKE: Final = tuple(map(frozenset, ("pb", "td", "kgc", "kgh", "szx", "fv", "vw", "mn", "lr", "jy")))
"""Sounds that are taken for each other."""
SAME_COST, LIKE_COST, VOWEL_COST, OTHER_COST, KIND_COST = 0.0, 0.4, 0.45, 1.0, 1.2
"""One letter for another: itself, one like it, vowels, consonants, a vowel for a consonant."""
_SPELLED: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "nl": (
        ("sch", "sg"), ("ch", "g"), ("ij|ei|ey", "y"), ("ou|auw|au", "w"), ("oe", "u"),
        ("eu", "u"), ("ie", "i"), ("qu", "kw"), ("ck", "k"), ("c(?=[eiy])", "s"), ("c", "k"),
        ("x", "ks"), ("d$", "t"), ("th", "t"), ("ph", "f"),
    ),
    "en": (
        ("igh", "y"), ("kn", "n"), ("wr", "r"), ("wh", "w"), ("ph", "f"), ("ck", "k"),
        ("qu", "kw"), ("c(?=[eiy])", "s"), ("c(?!h)", "k"), ("x", "ks"), ("ee|ea|ie", "i"),
        ("oo|ou|ew", "u"), ("(?<=[^aeiouy])e$", ""),
    ),
}  # fmt: skip
_DOUBLE: Final = re.compile(r"([a-z])\1+")


@lru_cache(maxsize=1 << 16)
def sounds(text: str, language: str) -> str:
    """Return the letters of a text's sounds, without spaces."""
    return "".join(_sounds(word.plain, language) for word in words_of(text, language))


def _sounds(word: str, language: str) -> str:
    if word.isdigit():
        word = _NUMBERS[language].get(int(word), word)
    apart = unicodedata.normalize("NFD", word)
    plain = "".join(sign for sign in apart if sign in ALPHABET)
    for spelled, said in _SPELLED.get(language, ()):
        plain = re.sub(spelled, said, plain)
    return _DOUBLE.sub(r"\1", plain)


_COUNTED: Final = {
    "nl": ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}


def _number_words() -> dict[str, dict[int, str]]:
    """Return how numbers are said."""
    found = {language: dict(enumerate(words)) for language, words in _COUNTED.items()}
    for word, number in NUMBER_WORDS.items():
        for numbers in found.values():
            if number == int(number):
                numbers.setdefault(int(number), word)
    return found


_NUMBERS: Final = _number_words()


def codes(letters: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return letters as their places in the alphabet."""
    return np.asarray([ALPHABET.index(sign) for sign in letters], np.int64)


def _cost(one: str, other: str) -> float:
    if one == other:
        return SAME_COST
    if any(one in kind and other in kind for kind in LIKE):
        return LIKE_COST
    if (one in VOWELS) != (other in VOWELS):
        return KIND_COST
    return VOWEL_COST if one in VOWELS else OTHER_COST


COSTS: Final[Audio] = np.asarray(
    [[_cost(one, other) for other in ALPHABET] for one in ALPHABET], np.float32
)
"""What it costs to hear one letter for another."""
LEFT_OUT: Final = 0.8
"""What it costs not to hear a letter."""
PUT_IN: Final = 0.8
"""What it costs to hear a letter that is none of the line."""
