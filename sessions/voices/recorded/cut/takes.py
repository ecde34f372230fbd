"""Tries of lines, as far as they were said, and which of them is to be kept. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.voices.recorded.cut.letters import COSTS, LEFT_OUT, PUT_IN, codes, sounds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sessions.voices.recorded.cut.aligning import Visit
    from sessions.voices.recorded.cut.windows import Heard

    Costs = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

EDGE_LETTERS: Final = 6
"""So many letters at the beginning and at the end of a line tell whether these were said."""
EDGE_COST: Final = 0.55
"""At the most for each of them: misheard, and yet said."""
WHOLE_COST: Final = 0.42
"""At the most for each letter of a whole line; half of the words may be misheard."""
DOUBTFUL_COST: Final = 0.2
"""For each letter: what is more is worth listening to."""
HEAD_LETTERS: Final = 4
HEAD_COST: Final = 1.3
"""What the first letters may cost when a stretch before them is dropped: less than two unsaid."""
FEW_WORDS: Final = 3
SLOW_SHARE: Final = 0.6
"""Of the usual letters a second: a stretch with fewer may hold what is given to another."""


@dataclass(frozen=True, slots=True)
class Take:
    """A try of a line: stretches [first, last) that sound, and which words [start, stop) it has.

    `begins` and `ends` tell whether a silence or another line is right before it and after it;
    `cost` is how much is otherwise than written, for each letter; `head` and `tail` are whether
    the beginning and the end of the line were said.
    """

    line: int
    start: int
    stop: int
    first: int
    last: int
    text: str
    cost: float
    head: bool
    tail: bool
    begins: bool = True
    ends: bool = True

    @property
    def whole(self) -> bool:
        """Whether all of the line was said, and nothing else."""
        return self.begins and self.ends and self.said

    @property
    def said(self) -> bool:
        """Whether the line was said from its beginning to its end, whatever is beside it."""
        return self.head and self.tail and self.cost <= WHOLE_COST

    @property
    def doubtful(self) -> bool:
        """Whether it is worth listening to."""
        return self.cost > DOUBTFUL_COST or not self.whole


def costs(heard: str, line: str) -> Costs:
    """Return what each letter of a line costs, as it was heard, on the cheapest way through both.

    What is heard besides counts for the letter before it; shape (letters,).
    """
    table = np.zeros((len(line) + 1, len(heard) + 1))
    table[1:, 0] = LEFT_OUT * np.arange(1, len(line) + 1)
    table[0, 1:] = PUT_IN * np.arange(1, len(heard) + 1)
    each = COSTS[codes(line)][:, codes(heard)] if line and heard else np.zeros((0, 0))
    for row in range(1, len(line) + 1):
        for column in range(1, len(heard) + 1):
            table[row, column] = min(
                table[row - 1, column - 1] + each[row - 1, column - 1],
                table[row - 1, column] + LEFT_OUT,
                table[row, column - 1] + PUT_IN,
            )
    found = np.zeros(len(line))
    row, column = len(line), len(heard)
    while row or column:
        here = table[row, column]
        if row and column and here == table[row - 1, column - 1] + each[row - 1, column - 1]:
            row, column = row - 1, column - 1
            found[row] += each[row, column]
        elif row and (not column or here == table[row - 1, column] + LEFT_OUT):
            row -= 1
            found[row] += LEFT_OUT
        else:
            column -= 1
            found[max(0, row - 1)] += PUT_IN
    return found


def take_of(visit: Visit, words: Sequence[Heard], line: str, language: str) -> Take:
    """Return the try of a line that a visit is; `line` has the letters of its sounds."""
    heard = words[visit.start : visit.stop]
    first, last = heard[0].island, heard[-1].island + 1
    begins = visit.start == 0 or words[visit.start - 1].island < first
    ends = visit.stop == len(words) or words[visit.stop].island >= last
    untold = Take(
        *(visit.line, visit.start, visit.stop, first, last, " ".join(one.text for one in heard)),
        *(0.0, True, True, begins, ends),
    )
    return judged(untold, "".join(sounds(one.text, language) for one in heard), line)


def judged(take: Take, heard: str, line: str) -> Take:
    """Return a try with what is otherwise in it than it is written."""
    each = costs(heard, line)
    edge = min(EDGE_LETTERS, len(line))
    return replace(
        take,
        cost=float(each.mean()),
        head=float(each[:edge].mean()) <= EDGE_COST,
        tail=float(each[-edge:].mean()) <= EDGE_COST,
    )


def beside(takes: Sequence[Take]) -> list[Take]:
    """Return tries of which those that run on into another line are begun and ended by it."""
    found = list(takes)
    for index in range(1, len(found)):
        before, after = found[index - 1], found[index]
        if before.stop == after.start and before.line != after.line:
            found[index - 1] = replace(before, ends=True)
            found[index] = replace(after, begins=True)
    return found


def trimmed(
    take: Take,
    line: str,
    alone: Callable[[int, int], Sequence[Heard]],
    language: str,
    sparse: Callable[[int], bool],
) -> Take:
    """Return a try without what stands before and after it that is not of the line.

    A listener gives a word to a cough before it, or makes one of a line begun and said again. So a
    try is heard again without its first stretch, and without its last; if the line is whole without
    it, it is none of the line.

    Parameters
    ----------
    alone
        Gives the words of stretches [first, last), heard without those around them.
    sparse
        Whether few words were heard in a stretch.
    """
    if not take.said and take.begins and take.ends:  # its words may have been given to others
        words = alone(take.first, take.last)
        again = replace(take, text=" ".join(one.text for one in words))
        again = judged(again, "".join(sounds(one.text, language) for one in words), line)
        take = again if again.said else take
    suspect = any(map(sparse, range(take.first, take.last)))
    while take.last - take.first > 1:
        shorter = _without(take, (take.first + 1, take.last), alone, line, language)
        if shorter is None:
            break
        take = shorter
    while take.last - take.first > 1 and (suspect or not take.ends or sparse(take.last - 1)):
        shorter = _without(take, (take.first, take.last - 1), alone, line, language)
        if shorter is None:
            break
        take = shorter
    return take


def _without(
    take: Take,
    span: tuple[int, int],
    alone: Callable[[int, int], Sequence[Heard]],
    line: str,
    language: str,
) -> Take | None:
    """Return a try of fewer stretches; None where it is not as whole as it was."""
    words = alone(*span)
    heard = "".join(sounds(one.text, language) for one in words)
    each = costs(heard, line)
    edge = min(HEAD_LETTERS, len(line))
    at_edge = each[:edge] if span[0] > take.first else each[-edge:]
    if not heard or at_edge.sum() > HEAD_COST or each.mean() > max(WHOLE_COST / 2, take.cost + 0.1):
        return None
    shorter = replace(
        take,
        first=span[0],
        last=span[1],
        text=" ".join(one.text for one in words),
        begins=take.begins or span[0] > take.first,
        ends=take.ends or span[1] < take.last,
    )
    return judged(shorter, heard, line)


def kept(tries: Sequence[Take], look: Callable[[Take], Take]) -> Take | None:
    """Return which try of a line is kept: the last whole one, else the last that was said.

    `look` gives a try without what is not of the line; see `trimmed`.
    """
    said: Take | None = None
    for one in reversed(tries):
        found = look(one) if one.cost < 2 * WHOLE_COST else one
        if found.whole:
            return found
        if said is None and found.said:
            said = found
    return said
