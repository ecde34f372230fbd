"""The paces: what a text has of pauses and speed of itself, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.script.model import Boundary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sessions.script.model import Break

BEAT_SECONDS: Final = 1.0
"""From one counted number to the next."""
LEAST_BEAT_SECONDS: Final = 0.25
"""Between counted numbers, one of which takes nearly a second to say, or longer."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The pauses that a text has of itself, in seconds; `rate` is the voice's speed, 1 as usual.

    Between numbers that are counted, each begins a second after the one before, at any pace.
    """

    sentence: float
    ellipsis: float
    paragraph: float
    chapter: float
    section: float
    rate: float = 1.0

    def between(self, breaks: Sequence[Break], said_seconds: float = 0.0) -> float:
        """Return the pause that some breaks in a row make: the longest, ellipses taken together."""
        dotted = 0.0
        longest = 0.0
        for one in breaks:
            length = self.after(one.boundary, said_seconds) * one.stretch
            dotted += length if one.boundary is Boundary.ELLIPSIS else 0.0
            longest = max(longest, length, dotted)
        return longest

    def after(self, boundary: Boundary, said_seconds: float = 0.0) -> float:
        """Return the pause at a boundary, behind words that take so long."""
        return {
            Boundary.SENTENCE: self.sentence,
            Boundary.ELLIPSIS: self.ellipsis,
            Boundary.COUNT: max(LEAST_BEAT_SECONDS, BEAT_SECONDS - said_seconds),
            Boundary.CLAUSE: self.sentence,
            Boundary.PARAGRAPH: self.paragraph,
            Boundary.CHAPTER: self.chapter,
            Boundary.SECTION: self.section,
        }[boundary]


PACES: Mapping[str, Pace] = {
    "slow": Pace(sentence=1.3, ellipsis=2.6, paragraph=3.0, chapter=5.0, section=7.0, rate=0.94),
    "calm": Pace(sentence=0.9, ellipsis=1.8, paragraph=2.0, chapter=3.5, section=5.0),
    "plain": Pace(sentence=0.5, ellipsis=1.0, paragraph=1.0, chapter=2.0, section=3.0, rate=1.1),
}
