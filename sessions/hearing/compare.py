"""What was written against what was heard, word by word. Pure.

The alignment with the fewest errors (Levenshtein, on words), in which words that were split or
joined, up to three of them, are right at no cost: `bodyscan` and `body scan` sound alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sessions.hearing.words import Word, without_loops, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    Step = tuple[int, int, int]

MOST_JOINED: Final = 3


@dataclass(frozen=True, slots=True)
class Mishearing:
    """Words that stand together in a line and were heard otherwise; either may be empty."""

    written: tuple[Word, ...]
    heard: tuple[Word, ...]


@dataclass(frozen=True)
class Comparison:
    """A line against what was heard of it.

    `words` is how many it has, `understood` how many of them were heard; `added` how many were
    heard that nobody wrote. `looped` is whether the listener went round in a circle.
    """

    words: int
    understood: int
    added: int
    mishearings: tuple[Mishearing, ...]
    looped: bool = False

    @cached_property
    def errors(self) -> int:
        """Errors as a word error rate counts them: other, left out, put in."""
        return sum(max(len(one.written), len(one.heard)) for one in self.mishearings)


def compared(written: str, heard: str, language: str, spoken: str = "") -> Comparison:
    """Compare a line with what was heard of it.

    Parameters
    ----------
    spoken
        What the voice was given, where that differs from what is written (`pronounce:`, `[say
        as]`): a listener may write down either, so the better of the two counts.
    """
    found = [_compared(text, heard, language) for text in (written, spoken) if text]
    return min(found, key=lambda one: one.errors) if found else _compared("", heard, language)


def _compared(written: str, heard: str, language: str) -> Comparison:
    meant = words_of(written, language)
    got, looped = words_of(heard, language), False
    if not without_loops(meant)[1]:  # who says `rest, rest, rest` may be heard so
        got, looped = without_loops(got)
    mishearings = tuple(_mishearings(meant, got))
    wrong = sum(len(one.written) for one in mishearings)
    added = sum(max(0, len(one.heard) - len(one.written)) for one in mishearings)
    return Comparison(len(meant), len(meant) - wrong, added, mishearings, looped)


def _mishearings(meant: tuple[Word, ...], got: tuple[Word, ...]) -> Iterator[Mishearing]:
    """Give the stretches that differ, in order."""
    written: list[Word] = []
    heard: list[Word] = []
    row = column = 0
    for down, right, cost in _alignment([w.plain for w in meant], [w.plain for w in got]):
        if cost:
            written += meant[row : row + down]
            heard += got[column : column + right]
        elif written or heard:
            yield Mishearing(tuple(written), tuple(heard))
            written, heard = [], []
        row, column = row + down, column + right
    if written or heard:
        yield Mishearing(tuple(written), tuple(heard))


def _alignment(meant: list[str], got: list[str]) -> list[Step]:
    """Return the cheapest way through both: (words of one, words of the other, cost) each."""
    best: dict[tuple[int, int], tuple[int, Step]] = {(0, 0): (0, (0, 0, 0))}
    for row in range(len(meant) + 1):
        for column in range(len(got) + 1):
            if row or column:
                best[row, column] = min(
                    (best[row - step[0], column - step[1]][0] + step[2], step)
                    for step in _steps(meant, got, row, column)
                )
    steps: list[Step] = []
    place = len(meant), len(got)
    while place != (0, 0):
        step = best[place][1]
        steps.append(step)
        place = place[0] - step[0], place[1] - step[1]
    return steps[::-1]


def _steps(meant: list[str], got: list[str], row: int, column: int) -> Iterator[Step]:
    """Give the steps that end at a place."""
    if row:
        yield 1, 0, 1
    if column:
        yield 0, 1, 1
    if row and column:
        yield 1, 1, int(meant[row - 1] != got[column - 1])
    for down in range(1, min(row, MOST_JOINED) + 1):
        for right in range(1, min(column, MOST_JOINED) + 1):
            joined = "".join(meant[row - down : row]) == "".join(got[column - right : column])
            if down != right and joined:
                yield down, right, 0
