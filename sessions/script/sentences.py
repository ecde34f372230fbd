"""Cut running text into sentences, the lines that a voice speaks in one breath."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

MAX_CHARACTERS: Final = 300
"""A voice given more than this in one go runs out of breath, and captions out of room."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ABBREVIATIONS: Final = _words(
    "dr drs mr mrs ms prof ir ing mevr mw dhr st sint nr bijv bv vb d.w.z o.a m.a.w t.o.v m.b.t "
    "i.p.v i.v.m t.a.v o.l.v n.a.v z.g zgn vgl evt resp blz e.g i.e vs cf ca circa incl excl"
)
"""Dutch and English, without their last point: a name or word follows, never a new sentence."""

FINAL_ABBREVIATIONS: Final = _words(
    "etc enz e.d e.a a.u.b s.v.p a.m p.m jr sr max min no n.v.t n.b p.s u.s u.k"
)
"""These may also end a sentence; a capital after them tells."""

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")  # noqa: RUF001 - typographic quotes are meant
_LAST_WORD = re.compile(r"[^\s\"'“‘«(\[]+$")  # noqa: RUF001 - as above
_NEXT = re.compile(r"[^\w.!?…]*(\w?)")
_LONGEST_ABBREVIATION = 12
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


def split(text: str) -> list[Sentence]:
    """Return the sentences of a text, in order, without the space between them.

    The last one is complete only if it ends as a sentence does.
    """
    found: list[Sentence] = []
    start = 0
    for match in _END.finditer(text):
        if _ends(text, start, match):
            found += _pieces(text, start, match.end(), complete=True)
            start = match.end()
    return found + _pieces(text, start, len(text), complete=False)


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    marks = match[0]
    following = _NEXT.match(text, match.end(), match.end() + 8)
    lower = following is not None and following[1].islower()
    closed = marks[-1] not in ".!?…"
    if lower and (closed or "…" in marks or ".." in marks):
        return False
    if marks != ".":
        return True
    word = _LAST_WORD.search(text, max(start, match.start() - _LONGEST_ABBREVIATION), match.start())
    if word is None:
        return True
    name = word[0].lower()
    if name in ABBREVIATIONS or (lower and name in FINAL_ABBREVIATIONS):
        return False
    if name.isdigit() and not text[start : word.start()].strip():
        return False  # the number of a step: `1. Ga liggen.`
    initial = word[0].split(".")[-1]
    return not (len(initial) == 1 and initial.isupper() and word[0] != "I")


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
    """Return the best place to cut before `limit`, and whether a pause is heard there."""
    earliest = start + MAX_CHARACTERS // 5
    for mark in _BREAKS:
        cut = text.rfind(f"{mark} ", earliest, limit)
        if cut >= 0:
            return cut + len(mark), bool(mark)
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
