"""What is asked of recordings, and what is found in them, as values. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sessions.voices.recorded.cut.places import Place


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line of the script: its number, and its text."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A line that was found: where, and what was heard of it."""

    number: int
    text: str
    place: Place
    heard: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Besides:
    """What sounds and is no line that is kept; `number` is of the line that was tried, else 0."""

    tape: int
    start_seconds: float
    stop_seconds: float
    heard: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a recording ends too soon: it is damaged from there on, or something is being said."""

    tape: int
    seconds: float
    damaged: bool


@dataclass(frozen=True, slots=True)
class Cutting:
    """Where the lines of a script are in recordings, by their numbers, and what is not."""

    cuts: dict[int, Cut]
    unsaid: tuple[Wanted, ...]
    besides: tuple[Besides, ...]
    endings: tuple[Ending, ...] = ()
