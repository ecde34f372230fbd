"""What was heard beside what is written: which words are which line, and which are none. Pure.

A hidden Markov model, so to speak, by its cheapest path (Viterbi). A reader stands in a line, after
some of its letters, or between two lines. Words move her on through a line at the cost of what
differs; or they are none of the script, at a cost for each letter that is more than that of a line
which is misheard, and less than that of another line. Between lines she goes on to the next one at
no cost, to another one at some: a line that is left out, or said again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.voices.recorded.cut.letters import COSTS, LEFT_OUT, PUT_IN, codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sessions.units import Audio

    Indices = np.ndarray[tuple[int, ...], np.dtype[np.int32]]

ASIDE: Final = 0.5
"""Of a letter that is none of the script; lines misheard by a third cost about 0.2 a letter."""
AGAIN: Final = 1.0
"""To begin the same line again."""
BACK: Final = 2.0
"""To go back further."""
SKIP: Final = 1.5
"""To leave lines out."""
FURTHER: Final = 0.05
"""For each line further, to whatever side."""
FURTHEST: Final = 1.0
"""At the most: a line may stand anywhere."""
BROKEN: Final = 1.5
"""To leave a line before its end."""
UNSAID: Final = 0.02
"""For each letter that is left: who breaks off near the end may as well have said it badly."""
AT_ONCE: Final = 1.5
"""To begin a line without a silence before it."""
_NEVER: Final = 1e9
_APART: Final = 1e6
"""Between lines, where the cheapest is carried on through one: none is carried into the next."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Words [start, stop) that are of a line, and how many of its letters they go through."""

    line: int
    start: int
    stop: int
    letters: int


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines as one row of places: before the first letter of each, and after every letter."""

    before: Indices
    """Of each place the code of the letter before it; 0 at the beginning of a line."""
    first: Indices
    last: Indices
    leaving: Audio
    apart: Audio
    """Falls through each line by what it costs not to hear a letter, and by much between lines."""

    @classmethod
    def of(cls, lines: Sequence[str]) -> _Page:
        lengths = np.asarray([len(line) for line in lines], np.int32)
        last = np.cumsum(lengths + 1, dtype=np.int32) - 1
        first = np.asarray(last - lengths, np.int32)
        letters = [np.concatenate([[0], codes(line)]) for line in lines]
        left = np.concatenate([np.arange(length, -1, -1) for length in lengths])
        number = np.repeat(np.arange(len(lines)), lengths + 1)
        place = np.arange(len(number))
        return cls(
            np.concatenate(letters).astype(np.int32),
            first,
            last,
            np.where(left > 0, BROKEN + UNSAID * left, 0.0),
            LEFT_OUT * place + _APART * number,
        )


@dataclass(slots=True)
class _Path:
    """The cheapest ways so far, and how to find them back.

    `inside` is the cost of each place of a line, `came` the word at which that line was begun;
    `between` the cost of standing after each line, and before all of them.
    """

    page: _Page
    inside: Audio
    came: Indices
    between: Audio
    begun: list[Indices]
    """Of each word, the line after which each line was begun."""
    left: list[tuple[Indices, Indices]]
    """Of each word, by the line that was just left: the word at which it was begun, and where."""

    @classmethod
    def at_start(cls, page: _Page) -> _Path:
        between = np.full(len(page.first) + 1, _NEVER)
        between[0] = 0.0
        places = len(page.before)
        return cls(page, np.full(places, _NEVER), np.zeros(places, np.int32), between, [], [])

    def leave(self) -> None:
        """Let lines end before the next word."""
        cost = self.inside + self.page.leaving
        least = np.minimum.reduceat(cost, self.page.first)
        better = least < self.between[1:]
        where = np.full(len(better) + 1, -1, np.int32)
        came = np.full(len(better) + 1, -1, np.int32)
        for line in np.flatnonzero(better):
            first, last = self.page.first[line], self.page.last[line]
            place = first + int(cost[first : last + 1].argmin())
            where[line + 1], came[line + 1] = place - first, self.came[place]
        self.between[1:] = np.minimum(self.between[1:], least)
        self.left.append((came, where))

    def begin(self, word: int, *, quiet: bool) -> None:
        """Let lines begin with a word."""
        cost, after = jumps(self.between)
        cost = cost + (0.0 if quiet else AT_ONCE)
        first = self.page.first
        better = cost < self.inside[first]
        self.inside[first] = np.where(better, cost, self.inside[first])
        self.came[first] = np.where(better, word, self.came[first])
        self.begun.append(after)

    def hear(self, letters: str) -> None:
        """Go on by the letters of a word, which may be of a line or of none."""
        self.between += ASIDE * len(letters)
        page = self.page
        place = np.arange(len(page.before), dtype=np.int32)
        for code in codes(letters):
            through = np.full(len(place), _NEVER)
            through[1:] = self.inside[:-1] + COSTS[code][page.before[1:]]
            through[page.first] = _NEVER
            stay = self.inside + PUT_IN
            moved = through <= stay
            cost = np.where(moved, through, stay)
            came = np.where(moved, np.roll(self.came, 1), self.came)
            flat = cost - page.apart
            least = np.minimum.accumulate(flat)
            origin = np.maximum.accumulate(np.where(flat <= least, place, 0))
            self.inside, self.came = least + page.apart, came[origin]

    def visits(self) -> list[Visit]:
        """Return the lines of the cheapest way, in order."""
        after, word = int(self.between.argmin()), len(self.left) - 1
        found: list[Visit] = []
        while word >= 0:
            came, where = self.left[word]
            if came[after] < 0:
                word -= 1
                continue
            line, start = after - 1, int(came[after])
            found.append(Visit(line, start, word, int(where[after])))
            word, after = start, int(self.begun[start][line])
        return found[::-1]


def jumps(between: Audio) -> tuple[Audio, Indices]:
    """Return what it costs at the least to begin each line, and after which one.

    `between` is the cost of standing before all lines and after each; shape (lines + 1,).
    """
    count = len(between) - 1
    place = np.arange(count + 1)
    cost = between[:-1].copy()  # on to the next
    after = np.arange(count, dtype=np.int32)
    again = between[1:] + AGAIN
    after = np.where(again < cost, after + 1, after).astype(np.int32)
    cost = np.minimum(cost, again)
    least = int(between.argmin())
    far = np.where(place[:-1] > least, SKIP, BACK) + np.minimum(
        FURTHEST, FURTHER * np.abs(place[:-1] - least)
    )
    options = [(between[least] + far, np.full(count, least, np.int32))]
    for step in range(1, 4):  # a few lines left out, from wherever
        if count > step:
            near = np.full(count, _NEVER)
            near[step:] = between[: count - step] + SKIP + FURTHER * step
            options.append((near, np.maximum(np.arange(count) - step, 0).astype(np.int32)))
    for other, origin in options:
        after = np.where(other < cost, origin, after).astype(np.int32)
        cost = np.minimum(cost, other)
    return cost, after


def aligned(words: Sequence[str], quiet: Sequence[bool], lines: Sequence[str]) -> list[Visit]:
    """Return which words are of which line, as the cheapest way through both has it.

    Parameters
    ----------
    words
        The letters of each word that was heard, as `letters.sounds` gives them.
    quiet
        Whether there is a silence before each.
    lines
        The letters of each line, in order; none is empty.
    """
    if not words or not lines:
        return []
    path = _Path.at_start(_Page.of(lines))
    for index, (word, silence) in enumerate(zip(words, quiet, strict=True)):
        path.leave()
        path.begin(index, quiet=silence)
        path.hear(word)
    path.leave()
    return path.visits()
