"""Write down what an importer reads, as the parts of a script."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath

from sessions.errors import MAX_PROBLEMS, Problem, ScriptError
from sessions.script import sentences
from sessions.script.model import (
    Boundary,
    Break,
    Chapter,
    Draft,
    Language,
    Meta,
    Part,
    Pause,
    Speech,
    Style,
)
from sessions.script.page import FORBIDDEN, Page
from sessions.script.parser import MAX_PARTS
from sessions.script.phrases import language
from sessions.script.phrases.quantities import MAX_PAUSE_SECONDS
from sessions.script.texts import Piece, joined


@dataclass(frozen=True, slots=True)
class Imported:
    """A script that was taken over, and what could not be, with places in the original.

    Of a great many notes only the first are kept; `more` is how many there are besides.
    """

    script: Draft
    notes: tuple[Problem, ...]
    more: int = 0


@dataclass(slots=True)
class Scribe:
    """The parts so far; offsets are those of the page."""

    page: Page
    style: Style
    parts: list[Part] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    more: int = 0
    pieces: list[Piece] = field(default_factory=list)
    implied: Break | None = None
    sounding: bool = False

    @classmethod
    def of(cls, text: str, path: str, spoken_in: Language | None) -> Scribe:
        """Begin with a text whose control characters are left out."""
        page = Page.of(path, FORBIDDEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")))
        found = spoken_in or language.of_path(path) or language.of_text(page.text)
        return cls(page, Style(found or language.DEFAULT))

    def say(self, text: str, offset: int, spoken: str = "") -> None:
        """Add words; `spoken` is what is said for them if that differs."""
        if text:
            self.pieces.append(Piece(text, offset, spoken))

    def add(self, part: Part) -> None:
        """Add a part after the words so far; a pause replaces that of a sentence's end."""
        self.flush()
        if self.implied and not isinstance(part, Pause):
            self._put(self.implied)
        self.implied = None
        self._put(part)

    def pause(self, seconds: float, offset: int) -> None:
        """Add a pause, at most as long as pauses may be; none of no length."""
        length = min(seconds, MAX_PAUSE_SECONDS)
        if length > 0:
            self.add(Pause(length, length, self.page.source(offset)))

    def restyle(self, style: Style) -> None:
        """Speak what follows in another style."""
        self.flush()
        self.style = style

    def end_paragraph(self, offset: int) -> None:
        """End a paragraph, if anything was said in it."""
        self.flush()
        if self.sounding:
            self._put(Break(Boundary.PARAGRAPH, self.page.source(offset)))
        self.sounding, self.implied = False, None

    def chapter(self, title: str, offset: int) -> None:
        """Begin a chapter."""
        self.end_paragraph(offset)
        source = self.page.source(offset)
        self._put(Break(Boundary.CHAPTER, source))
        self._put(Chapter(" ".join(title.split()), source))

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
        for sentence in sentences.split(text.whole()):
            words = text.text[sentence.start : sentence.stop]
            if not re.search(r"[^\W_]", words):
                continue
            if self.implied:
                self._put(self.implied)
            source = self.page.source(text.origin(sentence.start))
            spoken = text.spoken(sentence.start, sentence.stop)
            self._put(Speech(words, self.style, source, spoken))
            self.sounding = True
            self.implied = Break(Boundary.SENTENCE, source) if sentence.complete else None

    def finished(self, title: str = "", spoken_in: Language | None = None) -> Imported:
        """Return all of it.

        Raises
        ------
        ScriptError
            Nothing is left to speak.
        """
        self.end_paragraph(len(self.page.text))
        if not any(isinstance(part, Speech) for part in self.parts):
            remedy = "give a text with at least one line to speak"
            raise ScriptError.of([self.page.problem(0, 1, "there is nothing to speak", remedy)])
        name = title or PurePath(self.page.path).stem.replace("-", " ").replace("_", " ")
        meta = Meta(" ".join(name.split()), spoken_in or self.style.language)
        script = Draft(self.page.path, meta, tuple(self.parts), text=self.page.text)
        return Imported(script, tuple(self.notes), self.more)

    def _put(self, part: Part) -> None:
        if len(self.parts) >= MAX_PARTS:
            message = f"the text has more than {MAX_PARTS} parts"
            remedy = "split it into several"
            raise ScriptError.of([Problem(part.source, message, remedy)])
        self.parts.append(part)
