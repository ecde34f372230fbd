"""Tell numbers that are counted aloud, `In... two... three`, from other words. Pure."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

from sessions.script.phrases.breathing import PHASES, TIMES
from sessions.script.phrases.numerals import NUMBER_WORDS

_COUNT: Final = re.compile(
    r"[^\w]*(?:(?:and|en|then|dan)\s+)?(?P<number>[0-9]{1,3}|[^\W\d_]+(?:[ -][^\W\d_]+)?)[^\w]*",
    re.IGNORECASE,
)
_FIRST: Final = re.compile(r"(?:[^\s]+\s+){0,3}(?P<phase>[^\W\d_]+)[^\w]*")
_ACCENT: Final = re.compile("[\u0300\u0301]")
_NO_NUMBERS: Final = frozenset(("a", "an"))


def is_count(words: str) -> bool:
    """Tell whether words are a number and nothing else, as in counting aloud."""
    match = _COUNT.fullmatch(words) if len(words) < 40 else None
    if match is None:
        return False
    number = " ".join(_ACCENT.sub("", normalize("NFD", match["number"].lower())).split())
    return number.isdigit() or (number in NUMBER_WORDS and number not in _NO_NUMBERS)


def begins_count(words: str) -> bool:
    """Tell whether words end with a phase of the breath, which is counted as its first second."""
    match = _FIRST.fullmatch(words) if len(words) < 60 else None
    return match is not None and PHASES.get(match["phase"].lower(), TIMES) != TIMES
