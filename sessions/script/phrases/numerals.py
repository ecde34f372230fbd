"""Write with digits what people write in words: `one and a half minutes`, `een kwartier`.

Only where a unit of time follows, or nothing does: `one` of `one by one` stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

UNITS: Final = {
    unit: seconds
    for seconds, units in (
        (0.001, "ms milliseconde milliseconden millisecond milliseconds"),
        (
            1.0,
            "s sec secs seconde seconden seconds second tel tellen telletjes",
        ),
        (60.0, "m min mins minuut minuten minute minutes minuutje minuutjes"),
        (3600.0, "h hr hrs u uur uren uurtje hour hours"),
    )
    for unit in units.split()
}
"""Seconds per unit of time, by its Dutch and English names."""

_TENS: Final = {
    20: "twenty twintig", 30: "thirty dertig", 40: "forty veertig fourty", 50: "fifty vijftig",
    60: "sixty zestig", 70: "seventy zeventig", 80: "eighty tachtig", 90: "ninety negentig",
}  # fmt: skip
_ONES: Final = {
    1: "one een één", 2: "two twee", 3: "three drie", 4: "four vier", 5: "five vijf",
    6: "six zes", 7: "seven zeven", 8: "eight acht", 9: "nine negen",
}  # fmt: skip
_OTHERS: Final = {
    0: "zero nul", 1: "a an", 10: "ten tien", 11: "eleven elf", 12: "twelve twaalf",
    13: "thirteen dertien", 14: "fourteen veertien", 15: "fifteen vijftien",
    16: "sixteen zestien", 17: "seventeen zeventien", 18: "eighteen achttien",
    19: "nineteen negentien", 100: "hundred honderd",
}  # fmt: skip


def _number_words() -> Iterator[tuple[str, int]]:
    for table in (_OTHERS, _ONES, _TENS):
        for number, words in table.items():
            yield from ((word, number) for word in words.split())
    for ten, tens in _TENS.items():
        english, dutch, *_ = tens.split()
        for one, ones in _ONES.items():
            first, second, *_ = ones.split()
            yield from ((f"{english}{gap}{first}", ten + one) for gap in "- ")
            joint = "ën" if second.endswith("e") else "en"
            yield from ((f"{second}{part}{dutch}", ten + one) for part in (joint, "en", " en "))


NUMBER_WORDS: Final = dict(_number_words())
"""The numbers that people write out where they mean a time, in both languages."""

_FRACTIONS: Final = {"½": "5", "¼": "25", "¾": "75"}
_NUMBER: Final = "|".join(sorted(map(re.escape, NUMBER_WORDS), key=len, reverse=True))
_UNIT: Final = "|".join(sorted(UNITS, key=len, reverse=True))
_AMOUNT: Final = rf"(?:[0-9]+|{_NUMBER})"
_WORD = re.compile(
    rf"(?<![^\W_])({_NUMBER})(?![^\W_])"
    rf"(?=[\s-]+(?:{_UNIT}|to|tot|à|and|en|times|keer|maal|x)\b|\s*(?:$|\.\.|…|-))"
)
_JOINED = re.compile(rf"(?<=[0-9])-(?=(?:{_UNIT})\b)")
"""`5-second`"""
_RULES: Final = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"(?<![^\W_])([0-9]*)\s?([½¼¾])", lambda m: f"{m[1] or 0}.{_FRACTIONS[m[2]]}"),
        (
            rf"(?<![^\W_])({_AMOUNT}|a|an)\s+({_UNIT})\s+(?:and|en)\s+(?:a|een)\s+half\b",
            lambda m: f"{_digits(m[1])}.5 {m[2]}",
        ),
        (
            rf"(?<![^\W_])({_AMOUNT})[\s-]+(?:and|en)[\s-]+(?:a|een)[\s-]+hal(?:f|ve)\b",
            lambda m: f"{_digits(m[1])}.5",
        ),
        (r"(?<![^\W_])(twee|drie)[eë]+n?halve?\b", lambda m: f"{_digits(m[1])}.5"),
        (r"(?<![^\W_])(vier|vijf|zes)enhalve?\b", lambda m: f"{_digits(m[1])}.5"),
        (r"(?<![^\W_])anderhal(?:f|ve)\b", lambda _: "1.5"),
        (
            rf"(?<![^\W_])(?:(?:een|a|an|one)\s+)?hal(?:f|ve)[\s-]*(?:an?\s+)?(?=(?:{_UNIT})\b)",
            lambda _: "0.5 ",
        ),
        (
            rf"(?<![^\W_])({_AMOUNT}|a)?\s*(?:quarters?[\s-]+(?:of\s+)?an?\s+hour|quarter[\s-]hours?)\b",
            lambda m: f"{15 * int(_digits(m[1] or 'a'))} min",
        ),
        (
            rf"(?<![^\W_])(?:({_AMOUNT})\s+)?kwartier(?:tje)?\b",
            lambda m: f"{15 * int(_digits(m[1] or 'a'))} min",
        ),
    )
)
_PART = re.compile(r"[½¼¾]|hal[fv]|kwart|quarter")
_LETTERS = re.compile(r"[^\W_]+")
"""Most lengths have figures, and need no rules; these cost twenty times as much."""


def _digits(words: str) -> str:
    return words if words.isdigit() else str(NUMBER_WORDS[words])


def in_digits(text: str) -> str:
    """Return a length of time, in small letters, with digits for its words."""
    if _PART.search(text) or not NUMBER_WORDS.keys().isdisjoint(_LETTERS.findall(text)):
        for pattern, written in _RULES:
            text = pattern.sub(written, text)
        text = _WORD.sub(lambda match: str(NUMBER_WORDS[match[1]]), text)
    return _JOINED.sub(" ", text)
