"""Join pieces of a block to running text that still knows where each word stood."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.script.letters import plain_letters
from sessions.script.sentences import MASK
from sessions.script.values import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

INVISIBLE: Final = (
    *(0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF),
    *(*range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xE0000, 0xE0080)),
)
"""Hyphenation hints, marks of writing direction and the like: not for a voice or a terminal."""
_UNSEEN = "".join(map(chr, INVISIBLE))
_UNEVEN = re.compile(rf"\s\s|[^\S ]|[{_UNSEEN}]")
_WORD = rf"[^\s{_UNSEEN}]++"
_EVEN = re.compile(rf"{_WORD}(?: {_WORD})*+|\s+|[{_UNSEEN}]+")
"""Words with single spaces between them are one stretch, however many they are."""
_SPOKEN = re.compile(r"[^\W_]")


def has_words(text: str) -> bool:
    """Tell whether there is anything to say in a text: a letter or a digit, or a value's name.

    `ⓡⓔⓢⓣ` has letters, too, in the way that a voice gets it.
    """
    return _SPOKEN.search(text) is not None or _SPOKEN.search(plain_letters(text)) is not None


@dataclass(frozen=True, slots=True)
class Other:
    """The characters `start` to `stop` of a text, what is said for them, and where they end.

    That is the offset of the page behind all that was written for them.
    """

    start: int
    stop: int
    spoken: str
    end: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they are shown, with single spaces between them.

    `origins` tells the offset that each stretch came from, `others` what is said otherwise.
    """

    text: str
    indexes: tuple[int, ...]
    origins: tuple[int, ...]
    others: tuple[Other, ...] = ()

    def origin(self, index: int) -> int:
        """Return the offset in the page of the character at an index of the text."""
        stretch = bisect_right(self.indexes, index) - 1
        return self.origins[stretch] + index - self.indexes[stretch]

    def stretches(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """Yield from where to where in the page the characters `start` to `stop` stood."""
        first = max(0, bisect_right(self.indexes, start) - 1)
        for at in range(first, bisect_left(self.indexes, stop)):
            after = self.indexes[at + 1] if at + 1 < len(self.indexes) else stop
            begin, end = max(start, self.indexes[at]), min(stop, after)
            origin = self.origins[at] - self.indexes[at]
            yield origin + begin, origin + end
        begins = bisect_left(self.others, start, key=lambda other: other.start)
        ends = bisect_left(self.others, stop, key=lambda other: other.start)
        for other in self.others[begins:ends]:
            yield self.origin(other.start), max(other.end, self.origin(other.start))

    def end(self, stop: int) -> int:
        """Return the offset in the page behind the last of the characters before `stop`."""
        last = bisect_left(self.others, stop, key=lambda other: other.start) - 1
        whole = self.others[last].end if last >= 0 and self.others[last].stop >= stop else 0
        return max(whole, self.origin(stop - 1) + 1)

    def spoken(self, start: int, stop: int) -> str:
        """Return what is said for the characters `start` to `stop`; '' if it is what is shown."""
        first = bisect_left(self.others, start, key=lambda other: other.start)
        last = bisect_left(self.others, stop, key=lambda other: other.start)
        pieces, position = list[str](), start
        for other in self.others[first:last]:
            pieces += [self.text[position : other.start], other.spoken]
            position = other.stop
        return "".join([*pieces, self.text[position:stop]]) if pieces else ""

    def whole(self) -> str:
        """Return a text of the same length in which no sentence can end inside `others`.

        Nor can it inside a reference to a value.
        """
        pieces, position = list[str](), 0
        for other in self.others:
            pieces += [self.text[position : other.start], MASK * (other.stop - other.start)]
            position = other.stop
        return masked("".join([*pieces, self.text[position:]]))


@dataclass(slots=True)
class Piece:
    """Some words, the offset they came from, and what is said for them if that differs.

    What is said otherwise has its `end` in the page, for it is written with both.
    """

    text: str
    origin: int
    spoken: str = ""
    end: int = 0


def joined(pieces: Iterable[Piece]) -> Text:
    """Return the text of some pieces, with single spaces between words and none in front."""
    indexes, origins, length = list[int](), list[int](), 0
    words, others = list[str](), list[Other]()
    spaced = True
    for piece in pieces:
        if not piece.text:
            continue
        start = length
        for text, origin in evened(piece, after_space=spaced):
            indexes.append(length)
            origins.append(origin)
            words.append(text)
            spaced = text.endswith(" ")
            length += len(text)
        if piece.spoken and length > start:
            others.append(Other(start, length, piece.spoken, piece.end))
    return Text("".join(words), tuple(indexes), tuple(origins), tuple(others))


def evened(piece: Piece, *, after_space: bool) -> Iterable[tuple[str, int]]:
    """Return a piece's stretches with their offsets: single spaces, and nothing unseen."""
    text = piece.text
    if not _UNEVEN.search(text) and not (after_space and text[0] == " "):
        return ((text, piece.origin),)
    return _stretches(piece, after_space=after_space)


def _stretches(piece: Piece, *, after_space: bool) -> Iterator[tuple[str, int]]:
    for match in _EVEN.finditer(piece.text):
        if match[0].isspace():
            if not after_space:
                yield " ", piece.origin + match.start()
            after_space = True
        elif ord(match[0][0]) not in INVISIBLE:
            yield match[0], piece.origin + match.start()
            after_space = False
