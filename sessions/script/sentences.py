"""Cut running text into sentences, the lines that a voice speaks in one breath."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sessions.script.counting import begins_count, is_count
from sessions.script.stops import (
    ABBREVIATIONS,
    BEFORE_DATES,
    FINAL_ABBREVIATIONS,
    LETTERED,
    MONTHS,
    NUMBERED,
    SHORT_DAYS,
    SHORT_MONTHS,
    STARTERS,
    STREET,
    TWOFOLD_MONTHS,
    UNITS,
)

MAX_CHARACTERS: Final = 300
"""A voice given more than this in one go runs out of breath, and captions out of room."""

_CLOSERS = "\"'”’“‘»«›‹)\\]"  # noqa: RUF001 - typographic quotes are meant
_STOPS = ".!?…．！？"  # noqa: RUF001 - full-width stops, too
_END = re.compile(
    rf"(?<![{_STOPS}])(?:[{_STOPS}]++[{_CLOSERS}]*+(?=\s|$)"
    r"|(?:\.{3,}+|…)[.…]*+(?=[^\W\d_]|[0-9]+(?:\.{3}|…)))"
)
"""Stops at the end of a word, and dots between two."""
_WIDE = str.maketrans("．！？", ".!?")  # noqa: RUF001 - as above
_QUOTES = "\"'“‘„«‹([”’»›"  # noqa: RUF001 - as above
_NEXT = re.compile(
    r"[^\w.!?…'’]*(?:['’][a-z]\s+)?[^\w.!?…]*(?P<word>\w*)(?P<stop>[.…!?]?)"  # noqa: RUF001
)
"""The word behind a stop; `'s Avonds` is as large as its second word."""
_TO_STOP = re.compile(rf"[^{_STOPS},;:]*")
_REACH = 48
"""How many characters before a stop, and behind it, tell whether it ends a sentence."""
_MONTH = "|".join(MONTHS | SHORT_MONTHS)
_DATE = re.compile(
    rf"\s*(?:(?:t/m|tot|en|of|and|or|to)\s+)?[0-9]{{1,2}}\.?\s+(?:{_MONTH})\b",
    re.IGNORECASE,
)
"""A day and its month, behind another day (`3. en 5. maart`) or the day of the week."""
MASK: Final = "\ua7fe"
"""A letter that stands for what must not be cut; it is neither small nor a capital."""
_BREAKS = (";", ":", ",", "")
"""Where a sentence that is too long is cut, best first; nothing stands for any space."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The characters `start` to `stop` of a text; `complete` where a pause may follow."""

    start: int
    stop: int
    complete: bool


def split(text: str, before: str = "") -> list[Sentence]:
    """Return the sentences of a text, in order, without the space between them.

    The last one is complete only if it ends as a sentence does. `before` is the sentence that comes
    just before them, for a number may go on with its counting.
    """
    found: list[Sentence] = []
    start = 0
    counting, beating = _counts(before)
    for match in _END.finditer(text):
        if _ends(text, start, match, counting=counting, beating=beating):
            if _stands_alone(text, match):
                found += _pieces(text, start, match.start(), complete=True)
                start = match.start()
            found += _pieces(text, start, match.end(), complete=True)
            said = text[start : match.start()].strip()
            if any(map(str.isalnum, said)):  # a stop alone is no sentence that a number follows
                counting, beating = _counts(said if len(said) < _REACH else "")
            start = match.end()
    return found + _pieces(text, start, len(text), complete=False)


def _counts(said: str) -> tuple[bool, bool]:
    """Tell whether a sentence is a number in figures, and whether it is of counting aloud."""
    figures = said.strip(f" {_QUOTES}{_STOPS}").isdigit()
    return figures, is_count(said) or begins_count(said)


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Tell whether a match is dots with a space before them: a pause, and no part of the words."""
    dotted = match[0].startswith(("...", "…"))
    return dotted and text[match.start() - 1 : match.start()].isspace()


@dataclass(frozen=True, slots=True)
class _Point:
    """A single point: the word before it, up to three before that, and the word behind it.

    `first` says that the word begins its sentence, `counts` that a number with a stop comes next.
    """

    word: str
    before: tuple[str, ...]
    first: bool
    following: str
    counts: bool
    initial: bool

    @property
    def name(self) -> str:
        return self.word.lower()

    @property
    def lower(self) -> bool:
        return self.following[:1].islower()

    @property
    def numbered(self) -> bool:
        return self.following[:1].isdigit()

    @property
    def starts(self) -> bool:
        """Whether the word behind is one that begins sentences."""
        return self.following[:1].isupper() and self.following.lower() in STARTERS

    @property
    def after_number(self) -> bool:
        return bool(self.before) and self.before[-1][-1:].isdigit()


def _ends(text: str, start: int, match: re.Match[str], *, counting: bool, beating: bool) -> bool:
    """Tell whether stops end a sentence; `counting` and `beating` are of the sentence before."""
    marks = match[0].translate(_WIDE)
    found = _NEXT.match(text, match.end(), match.end() + _REACH)
    following, stop = (found["word"], found["stop"]) if found else ("", "")
    closed = marks[-1] not in ".!?…"
    lower = following[:1].islower()
    if "…" in marks or "..." in marks:
        near = match.start() - start < _REACH
        numbered = near and is_count(text[start : match.start()])
        stays = numbered and not beating and not _counts_on(text, match.end())
        return not (stays or (lower and closed))
    if lower and (closed or ".." in marks):
        return False
    if marks != ".":
        return True
    *before, last = text[max(start, match.start() - _REACH) : match.start()].split()[-4:] or [""]
    word = re.split(f"[{re.escape(_QUOTES)}]", last)[-1]
    point = _Point(
        word,
        tuple(before),
        first=not before and match.start() - start < _REACH,
        following=following,
        counts=following.isdigit() and bool(stop),
        initial=len(following) == 1 and following.isupper() and stop == ".",
    )
    dated = point.name in SHORT_DAYS or (word.isdigit() and not point.first)
    if dated and _DATE.match(text, match.end(), match.end() + _REACH):
        return False
    if word.isdigit():
        return _number_ends(point, counting=counting)
    return not (_abbreviated(point) or _is_letter(point))


def _counts_on(text: str, position: int) -> bool:
    """Tell whether a number is next, or nothing is: else one before it stays with its words."""
    found = _TO_STOP.match(text, position, position + _REACH)
    return found is not None and (not found[0].strip() or is_count(found[0]))


def _number_ends(point: _Point, *, counting: bool) -> bool:
    """Tell whether a number ends a sentence: it may be that of a step, or of a day."""
    if point.first:
        return counting or point.counts  # else the number of a step: `1. Ga liggen.`
    month = point.following.lower()
    if len(point.word) > 2 or month not in MONTHS | SHORT_MONTHS:
        return True
    meant = point.lower or month not in TWOFOLD_MONTHS
    return not (meant or point.before[-1].lower() in BEFORE_DATES)


def _abbreviated(point: _Point) -> bool:
    """Tell whether a word is an abbreviation in the midst of a sentence."""
    name = point.name
    if name in ABBREVIATIONS:
        place = bool(point.before) and point.before[-1][:1].isupper()
        return not (name == STREET and place and point.starts)
    if point.lower:
        after_number = point.after_number and name in UNITS | SHORT_MONTHS
        return after_number or name in FINAL_ABBREVIATIONS
    numbered = point.numbered and not point.after_number
    return (numbered and name in NUMBERED) or (point.numbered and name in SHORT_MONTHS)


def _is_letter(point: _Point) -> bool:
    """Tell whether a word is an initial of a name, or the letter of a step."""
    word, letter = point.word, point.word.split(".")[-1]
    if point.first and len(word) == 1 and word.islower():
        return True  # `a. Ga liggen.`
    if len(letter) != 1 or not letter.isupper() or word == "I":
        return False
    if point.first or point.initial:
        return True
    if word == "U" or (point.lower and "." not in word):
        return word != "U"
    named = point.before[-1].lower() in LETTERED or point.after_number
    return not (named or point.starts)


def _pieces(text: str, start: int, stop: int, *, complete: bool) -> list[Sentence]:
    """Return a sentence as one piece, or as several where it is longer than a voice can speak."""
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    pieces: list[Sentence] = []
    while stop - start > MAX_CHARACTERS:
        cut, pause = _cut(text, start, start + MAX_CHARACTERS)
        pieces.append(Sentence(start, cut, complete=pause))
        start = cut
        while start < stop and text[start].isspace():
            start += 1
    if start < stop:
        pieces.append(Sentence(start, stop, complete))
    return pieces


def _cut(text: str, start: int, limit: int) -> tuple[int, bool]:
    """Return the best place to cut before `limit`, and whether a breath is taken there.

    It is not inside of a word.
    """
    earliest = start + MAX_CHARACTERS // 5
    for mark in _BREAKS:
        cut = text.rfind(f"{mark} ", earliest, limit)
        if cut >= 0:
            return cut + len(mark), True
    return _outside(text, start, limit), False


def _outside(text: str, start: int, limit: int) -> int:
    """Return the place nearest to `limit` that is not inside of what must not be cut."""
    if text[limit - 1] != MASK or text[limit : limit + 1] != MASK:
        return limit
    left = limit
    while left > start and text[left - 1] == MASK:
        left -= 1
    if left > start:
        return left
    while text[limit : limit + 1] == MASK:
        limit += 1
    return limit
