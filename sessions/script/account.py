"""Keep account of the words of a page: each is spoken, a title, done, or else it is told. Pure.

What a reader makes use of it says here; what nobody has said anything of, when all is read, is
*left*, and so is what a reader leaves out knowingly. Nothing can vanish because a reader forgot it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORDS: Final = re.compile(r"[^\W_]+")
_BETWEEN: Final = re.compile(r"[^\w\n]*")
UNTOLD: Final = "no part of what is spoken"


@dataclass(frozen=True, slots=True, order=True)
class Left:
    """Words that are not spoken: the characters `start` to `stop`, and why.

    `remedy` is what to write so that they are, or that what they ask for is done.
    """

    start: int
    stop: int
    why: str
    remedy: str = ""


@dataclass(slots=True)
class Account:
    """Which characters of a text are accounted for, and what is left out of it."""

    text: str
    _known: bytearray = field(init=False, repr=False)
    _left: list[Left] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._known = bytearray(len(self.text))

    def know(self, start: int, stop: int) -> None:
        """Account for the characters `start` to `stop`: they are said, done, or told elsewhere."""
        stop = min(stop, len(self._known))
        if start < stop:
            self._known[start:stop] = b"\1" * (stop - start)

    def know_all(self, stretches: Iterable[tuple[int, int]]) -> None:
        """Account for the characters of some stretches, each from its first to its last."""
        for start, stop in stretches:
            self.know(start, stop)

    def leave(self, start: int, stop: int, why: str, remedy: str = "") -> None:
        """Leave out the characters `start` to `stop`, unless there is no word in them."""
        first = _WORDS.search(self.text, start, stop)
        if first:
            begin = start if self.text[start : start + 1].strip() else first.start()
            self._left.append(Left(begin, stop, why, remedy))
        self.know(start, stop)

    def left(self) -> list[Left]:
        """Return all that is left out, in order; words in a row are left out together."""
        found = list(self._left)
        begin = end = -1
        for match in _WORDS.finditer(self.text):
            if self._known[match.start()]:
                continue
            if end >= 0 and _BETWEEN.fullmatch(self.text, end, match.start()):
                end = match.end()
                continue
            if end >= 0:
                found.append(Left(begin, end, UNTOLD))
            begin, end = match.span()
        if end >= 0:
            found.append(Left(begin, end, UNTOLD))
        return sorted(found)
