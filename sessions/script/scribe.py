"""Write down what is read as the parts of a script: lines, the pauses they imply, what is between.

Offsets are those of the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sessions.script import sentences
from sessions.script.counting import begins_count, is_count
from sessions.script.model import (
    Boundary,
    Break,
    Breath,
    Chapter,
    OneShot,
    Pause,
    Speech,
    Until,
)
from sessions.script.texts import has_words

if TYPE_CHECKING:
    from sessions.script.model import Part, Style
    from sessions.script.page import Findings, Page
    from sessions.script.texts import Text

MAX_PARTS: Final = 20_000
MOST_ELLIPSES: Final = 6
"""Dots in a row that still make a pause longer; a line of a hundred is a line."""
DOTS: Final = 3
"""Of an ellipsis; more of them, however they are spaced, are more ellipses."""
_DOTS: Final = re.compile(r"[.…]+[\W_]*$")


@dataclass(slots=True)
class Scribe:
    """The parts so far, and the style of the lines to come.

    `implied` is the pause of the sentence before, as long as nothing follows it; `sounding` is
    whether anything of the paragraph is heard; `dots` are those since the last word.
    """

    findings: Findings
    style: Style
    parts: list[Part] = field(default_factory=list)
    implied: Break | None = None
    sounding: bool = False
    dots: int = 0

    @property
    def page(self) -> Page:
        """The page that is read."""
        return self.findings.page

    def say(self, text: Text) -> None:
        """Write the sentences of a text as lines, but for those without a word."""
        last = self.parts[-1] if self.parts else None
        before = last.text if isinstance(last, Speech) else ""
        for sentence in sentences.split(text.whole(), before):
            words = text.text[sentence.start : sentence.stop]
            start, stop = text.origin(sentence.start), text.end(sentence.stop)
            if not has_words(words):
                self.linger(_dots(words), stop - 1)
                continue
            spoken = text.spoken(sentence.start, sentence.stop)
            line = Speech(words, self.style, self.page.source(start, stop), spoken)
            self.add(line, start)
            self.findings.account.know_all(text.stretches(sentence.start, sentence.stop))
            if sentence.complete:
                self.implied = Break(Boundary.SENTENCE, self.page.source(stop - 1))
                self.linger(_dots_at_end(words), stop - 1)

    def linger(self, dots: int, offset: int) -> None:
        """Let dots be a pause, longer with each ellipsis, from the last words on."""
        self.dots += dots
        if self.dots >= DOTS:
            stretch = float(min(self.dots // DOTS, MOST_ELLIPSES))
            self.implied = Break(Boundary.ELLIPSIS, self.page.source(offset), stretch)

    def add(self, part: Part, offset: int) -> None:
        """Add a part, after the pause that is implied; a written pause stands in its place.

        So does the end of a paragraph in that of a sentence, but not in that of dots.
        """
        implied = self.implied
        if implied and not isinstance(part, Pause | Until):
            if isinstance(part, Speech) and self._counting(implied, part):
                implied = Break(Boundary.COUNT, implied.source)
            if not isinstance(part, Break) or implied.boundary is Boundary.ELLIPSIS:
                self._put(implied, offset)
        self.implied, self.dots = None, 0
        self._put(part, offset)
        self.sounding = self.sounding or isinstance(part, Speech | Breath | OneShot)

    def _counting(self, implied: Break, part: Speech) -> bool:
        last = self.parts[-1] if self.parts else None
        dotted = implied.boundary is Boundary.ELLIPSIS and implied.stretch == 1
        if not (dotted and isinstance(last, Speech) and is_count(part.text)):
            return False
        return is_count(last.text.rpartition(" ")[2]) or begins_count(last.text)

    def chapter(self, title: str, offset: int) -> None:
        """Begin a chapter."""
        source = self.page.source(offset)
        self.add(Break(Boundary.CHAPTER, source), offset)
        self.add(Chapter(title, source), offset)

    def begin_paragraph(self) -> None:
        """Begin a paragraph, of which nothing is heard yet."""
        self.sounding = False

    def end_paragraph(self, offset: int) -> None:
        """End a paragraph, with a pause if anything of it is heard.

        Of one that is nothing but dots the pause is still to come, with those of the next.
        """
        if self.sounding:
            last = self.parts[-1]
            runs_on = isinstance(last, Speech) and last.text.endswith(",")
            boundary = Boundary.CLAUSE if runs_on else Boundary.PARAGRAPH
            self.add(Break(boundary, self.page.source(offset)), offset)
        self.begin_paragraph()

    def end_line(self, offset: int) -> None:
        """End a line that is one by itself, with the pause of a sentence."""
        if self.implied is None and self.parts and isinstance(self.parts[-1], Speech):
            self.implied = Break(Boundary.SENTENCE, self.page.source(offset))

    def require(self, kinds: tuple[type[Part], ...], remedy: str) -> None:
        """Find that nothing is to be spoken, where no part is of some kinds; not beside faults."""
        if not self.findings.problems and not any(isinstance(one, kinds) for one in self.parts):
            self.findings.add(0, 1, "there is nothing to speak", remedy)

    def _put(self, part: Part, offset: int) -> None:
        if len(self.parts) >= MAX_PARTS:
            message = f"the script has more than {MAX_PARTS} parts"
            self.findings.add(offset, offset + 1, message, "split it into several scripts")
            self.findings.settle()
        self.parts.append(part)


def ellipses_at_end(words: str) -> int:
    """Return how many ellipses words end with: `......` and `……` are two."""
    return _dots_at_end(words) // DOTS


def _dots_at_end(words: str) -> int:
    match = _DOTS.search(words)
    return _dots(match[0]) if match else 0


def _dots(words: str) -> int:
    return words.count(".") + DOTS * words.count("…")
