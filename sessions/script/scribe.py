"""Write down what is read as the parts of a script: lines, the pauses they imply, what is between.

The parser and the importers write alike. Offsets are those of the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sessions.script import sentences
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


@dataclass(slots=True)
class Scribe:
    """The parts so far, and the style of the lines to come.

    `implied` is the pause of the sentence before, as long as nothing follows it; `sounding` is
    whether anything of the paragraph is heard.
    """

    findings: Findings
    style: Style
    parts: list[Part] = field(default_factory=list)
    implied: Break | None = None
    sounding: bool = False

    @property
    def page(self) -> Page:
        """The page that is read."""
        return self.findings.page

    def say(self, text: Text) -> None:
        """Write the sentences of a text as lines, but for those without a word."""
        for sentence in sentences.split(text.whole()):
            words = text.text[sentence.start : sentence.stop]
            if not has_words(words):
                continue
            start, stop = text.origin(sentence.start), text.end(sentence.stop)
            spoken = text.spoken(sentence.start, sentence.stop)
            line = Speech(words, self.style, self.page.source(start, stop), spoken)
            self.add(line, start)
            if sentence.complete:
                self.implied = Break(Boundary.SENTENCE, self.page.source(stop - 1))

    def add(self, part: Part, offset: int) -> None:
        """Add a part, after the pause that is implied; a written pause stands in its place."""
        if self.implied and not isinstance(part, Pause | Until | Break):
            self._put(self.implied, offset)
        self.implied = None
        self._put(part, offset)
        self.sounding = self.sounding or isinstance(part, Speech | Breath | OneShot)

    def chapter(self, title: str, offset: int) -> None:
        """Begin a chapter."""
        source = self.page.source(offset)
        self.add(Break(Boundary.CHAPTER, source), offset)
        self.add(Chapter(title, source), offset)

    def begin_paragraph(self) -> None:
        """Begin a paragraph, of which nothing is heard yet."""
        self.sounding, self.implied = False, None

    def end_paragraph(self, offset: int) -> None:
        """End a paragraph, with a pause if anything of it is heard."""
        if self.sounding:
            self.add(Break(Boundary.PARAGRAPH, self.page.source(offset)), offset)
        self.begin_paragraph()

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
