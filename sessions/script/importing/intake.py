"""Take in what an importer reads, and note what cannot be taken over."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from sessions.errors import MAX_PROBLEMS
from sessions.script.model import Draft, Meta, Pause, Speech, Style
from sessions.script.page import FORBIDDEN, Findings, Page
from sessions.script.phrases import language
from sessions.script.phrases.quantities import MAX_PAUSE_SECONDS
from sessions.script.scribe import Scribe
from sessions.script.texts import Piece, joined

if TYPE_CHECKING:
    from sessions.errors import Problem
    from sessions.script.model import Language, Part


@dataclass(frozen=True, slots=True)
class Imported:
    """A script that was taken over, and what could not be, with places in the original.

    Of a great many notes only the first are kept; `more` is how many there are besides.
    """

    script: Draft
    notes: tuple[Problem, ...]
    more: int = 0


@dataclass(slots=True)
class Intake:
    """What was written so far, and the words that follow it; offsets are those of the page."""

    scribe: Scribe
    notes: list[Problem] = field(default_factory=list)
    more: int = 0
    pieces: list[Piece] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, path: str, spoken_in: Language | None) -> Intake:
        """Begin with a text whose control characters are left out."""
        page = Page.of(path, FORBIDDEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")))
        found = spoken_in or language.of_path(path) or language.of_text(page.text)
        return cls(Scribe(Findings(page), Style(found or language.DEFAULT)))

    @property
    def page(self) -> Page:
        """The page that is read."""
        return self.scribe.page

    @property
    def style(self) -> Style:
        """How the words that follow are spoken."""
        return self.scribe.style

    def say(self, text: str, offset: int, spoken: str = "") -> None:
        """Add words; `spoken` is what is said for them if that differs."""
        if text:
            self.pieces.append(Piece(text, offset, spoken))

    def add(self, part: Part, offset: int) -> None:
        """Add a part after the words so far; a pause replaces that of a sentence's end."""
        self.flush()
        self.scribe.add(part, offset)

    def pause(self, seconds: float, offset: int) -> None:
        """Add a pause, at most as long as pauses may be; none of no length."""
        length = min(seconds, MAX_PAUSE_SECONDS)
        if length > 0:
            self.add(Pause(length, length, self.page.source(offset)), offset)

    def restyle(self, style: Style) -> None:
        """Speak what follows in another style."""
        self.flush()
        self.scribe.style = style

    def end_paragraph(self, offset: int) -> None:
        """End a paragraph, if anything was said in it."""
        self.flush()
        self.scribe.end_paragraph(offset)

    def chapter(self, title: str, offset: int) -> None:
        """Begin a chapter."""
        self.end_paragraph(offset)
        self.scribe.chapter(" ".join(title.split()), offset)

    def note(self, start: int, stop: int, message: str, remedy: str = "") -> None:
        """Note something that could not be taken over.

        A note holds its line, so many notes in a long line would fill the memory.
        """
        if len(self.notes) < MAX_PROBLEMS:
            self.notes.append(self.page.problem(start, stop, message, remedy))
        else:
            self.more += 1

    def flush(self) -> None:
        """Cut the words so far into lines."""
        text = joined(self.pieces)
        self.pieces = []
        self.scribe.say(text)

    def finished(self, title: str = "", spoken_in: Language | None = None) -> Imported:
        """Return all of it.

        Raises
        ------
        ScriptError
            Nothing is left to speak.
        """
        self.end_paragraph(len(self.page.text))
        self.scribe.require((Speech,), "give a text with at least one line to speak")
        self.scribe.findings.settle()
        name = title or PurePath(self.page.path).stem.replace("-", " ").replace("_", " ")
        meta = Meta(" ".join(name.split()), spoken_in or self.style.language)
        script = Draft(self.page.path, meta, tuple(self.scribe.parts), text=self.page.text)
        return Imported(script, tuple(self.notes), self.more)
