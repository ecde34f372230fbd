"""Letters that are drawn otherwise, as people paste them from social media, and the plain ones.

Unicode has whole alphabets for a look: bold, script, full-width, in circles and squares. A voice
says nothing for them, or their names. Which are letters is told by the kind of decomposition
(UAX #44, table 14) and, where Unicode gives none, by the name: NFKC for all would read `½` as `1/2`
and `m²` as `m2`. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

DRAWN: Final = frozenset(("<font>", "<circle>", "<square>", "<wide>"))
"""Kinds of decomposition that are a look and no other meaning."""
RAISED: Final = frozenset(("<super>", "<sub>"))
"""A look for a letter, but a power, an ordinal or a mark for anything else."""
_NAMED: Final = re.compile(
    r"(?:NEGATIVE |CROSSED NEGATIVE )?(?:CIRCLED|SQUARED) LATIN (?P<case>CAPITAL|SMALL)"
    r" LETTER (?P<letter>[A-Z])"
    r"|LATIN LETTER SMALL CAPITAL (?P<small>[A-Z])"
)
_FRAMED_NUMBER: Final = re.compile(r"\bCIRCLED\b.*\b(?:DIGIT|NUMBER)\b")
_LINES: Final = frozenset("\u0305\u0332\u0333\u033f\u0347\u035f")
"""Combining lines over and under a letter; those through it have the combining class 1."""
_OWN: Final = re.compile(r"[\x00-\u0131\u0134-\u017e\u2010-\u2026]*")
"""Characters that are no look of another: nearly every text is made of them."""


def plain_letters(text: str) -> str:
    """Return a text with plain letters and digits for those that only look otherwise."""
    return text if _OWN.fullmatch(text) else "".join(map(_plain, text))


@lru_cache(4096)
def _plain(character: str) -> str:
    """Return the letters that a character is a look of, or itself."""
    if character in _LINES or unicodedata.combining(character) == 1:
        return ""
    kind, *codes = unicodedata.decomposition(character).split() or [""]
    if not kind.startswith("<"):
        return _by_name(character)
    parts = "".join(_plain(chr(int(code, 16))) for code in codes)
    if kind == "<wide>" or (kind in DRAWN and all(map(_is_drawn, parts))):
        return parts
    return _said(character, kind, parts)


def _said(character: str, kind: str, parts: str) -> str:
    """Return the parts of a character where they are its letters or its number, else itself."""
    word = parts.strip("().")
    category = unicodedata.category(character)
    if not (word.isalnum() and all(map(_is_latin, word))):
        return character
    if kind in RAISED and category == "Lm" and word.isascii():
        return word
    if kind == "<compat>" and unicodedata.name(character, "").startswith("PARENTHESIZED"):
        return word
    return parts if kind == "<compat>" and category[0] in "LN" else character


def _by_name(character: str) -> str:
    name = unicodedata.name(character, "")
    match = _NAMED.fullmatch(name)
    if match:
        capital = match["case"] == "CAPITAL"
        return match["letter"] if capital else (match["letter"] or match["small"]).lower()
    number = unicodedata.numeric(character, 0.5)
    framed = number.is_integer() and _FRAMED_NUMBER.search(name)
    return str(int(number)) if framed else character


def _is_drawn(character: str) -> bool:
    """Tell whether a character is of an alphabet that has looks, or is no letter at all."""
    greek = unicodedata.name(character, "").startswith("GREEK ")
    return not character.isalpha() or greek or _is_latin(character)


def _is_latin(character: str) -> bool:
    return character.isdecimal() or unicodedata.name(character, "").startswith("LATIN ")
