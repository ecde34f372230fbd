"""Share what the readers of Word and OpenDocument files have in common.

Both are read by expat and not by libraries. Measured, mammoth takes 3 s for each megabyte of XML,
three times its size in memory, and a recursion that nesting exhausts; it says hidden words, and
tells nothing of deleted ones, headers and comments. What reads .odt is unkept (odfpy) or wants lxml
(odfdo).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sessions.script.importing.extract import Sheet, refused
from sessions.script.importing.xmlevents import Events

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sessions.errors import ScriptError


@dataclass(slots=True)
class Aside:
    """Words that are not spoken: what a note calls them, and how deep they began."""

    what: str
    depth: int
    title: bool = False
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Reader(ABC):
    """A part of a document, read by events."""

    sheet: Sheet
    prefixes: Mapping[str, str]
    part: str
    depth: int = field(default=0, kw_only=True)
    asides: list[Aside] = field(default_factory=list, kw_only=True)

    def read(self, data: bytes) -> None:
        """Read all of the part."""
        Events(self, data, self.prefixes).read()

    def failure(self, _byte: int, message: str, remedy: str) -> ScriptError:
        """Return the error of the file: its parts have no lines that a person could find."""
        return refused(self.sheet.path, f"{message} ({self.part})", f"{remedy}, or save it anew")

    @abstractmethod
    def began(self, name: str, given: Mapping[str, str]) -> None:
        """Write what an element is; `depth` counts it already."""

    @abstractmethod
    def ended(self, name: str) -> None:
        """Write that an element ends; `depth` still counts it."""

    @abstractmethod
    def text(self, text: str) -> None:
        """Write text, if it is any that a person would see."""

    def aside(self, what: str, *, up: int = 0, title: bool = False) -> None:
        """Let the words of an element be unspoken: that which begins, or one some levels `up`.

        Without `what` they are untold, too. Those of a title become that of the sheet.
        """
        self.asides.append(Aside(what, self.depth - up, title))

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """Begin an element."""
        self.depth += 1
        self.began(name, given)

    def end(self, name: str) -> None:
        """End an element, and with it the words that are unspoken."""
        self.ended(name)
        if self.asides and self.asides[-1].depth == self.depth:
            aside = self.asides.pop()
            words = "".join(aside.words)
            if self.asides:
                self.asides[-1].words.append(f" {words} " if aside.what else "")
            elif aside.title:
                self.sheet.title = words
            elif aside.what:
                self.sheet.unspoken(aside.what, words)
        self.depth -= 1

    def say(self, text: str) -> None:
        """Write words, or keep them for the note."""
        if self.asides:
            self.asides[-1].words.append(text)
        else:
            self.sheet.words(text)

    def line(self) -> None:
        """End a line of a paragraph."""
        if self.asides:
            self.say(" ")
        else:
            self.sheet.line()
