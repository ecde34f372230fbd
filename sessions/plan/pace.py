"""The paces: what a text has of pauses and speed of itself, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.script.model import Boundary

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Pace:
    """The pauses that a text has of itself, in seconds; `rate` is the voice's speed, 1 as usual."""

    sentence: float
    paragraph: float
    chapter: float
    section: float
    rate: float = 1.0

    def after(self, boundary: Boundary) -> float:
        """Return the pause at a boundary."""
        return {
            Boundary.SENTENCE: self.sentence,
            Boundary.PARAGRAPH: self.paragraph,
            Boundary.CHAPTER: self.chapter,
            Boundary.SECTION: self.section,
        }[boundary]


PACES: Mapping[str, Pace] = {
    "slow": Pace(sentence=1.3, paragraph=3.0, chapter=5.0, section=7.0, rate=0.94),
    "calm": Pace(sentence=0.9, paragraph=2.0, chapter=3.5, section=5.0),
    "plain": Pace(sentence=0.5, paragraph=1.0, chapter=2.0, section=3.0, rate=1.1),
}
