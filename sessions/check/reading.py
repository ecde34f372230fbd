"""A script as its checks read it: as written, as expanded, and about how it will go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from sessions.script.model import Draft, Include, Script, Speech
from sessions.script.phrases.choices import Settings

if TYPE_CHECKING:
    from sessions.errors import Problem, Source

Finding: TypeAlias = "tuple[Source, str] | tuple[Source, str, str]"
"""A place, what is the matter, and what to do about it where that can be told."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A chapter in the estimated plan, or all of a session without any.

    It begins at `source`; of its `seconds` so many are `silent`, and in the rest `text` is said.
    """

    source: Source
    seconds: float
    silent: float
    text: str


@dataclass(frozen=True, slots=True)
class Strike:
    """A sound that is struck once: how long it rings, and how long the session still goes on."""

    source: Source
    sound: str
    rings_seconds: float
    left_seconds: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A script as written and as written out, and the phases of what it includes, in order.

    `stretches` are how it goes at its own pace, as far as can be told before it is spoken;
    `crowded` is what then has too little time; `strikes` is what is then struck once, in order.
    `settings` are those of a render without flags.
    """

    draft: Draft
    script: Script
    phases: tuple[tuple[Include, str], ...] = ()
    stretches: tuple[Stretch, ...] = ()
    crowded: tuple[Problem, ...] = ()
    strikes: tuple[Strike, ...] = ()
    settings: Settings = field(default_factory=Settings)

    @property
    def lines(self) -> list[Speech]:
        """The lines of the script's own file, in order."""
        return [part for part in self.draft.parts if isinstance(part, Speech)]

    def about(self, *words: str) -> bool:
        """Tell whether title, category or technique has one of some words in it."""
        meta = self.draft.meta
        text = f"{meta.title} {meta.category} {meta.technique}".lower()
        return any(word in text for word in words)
