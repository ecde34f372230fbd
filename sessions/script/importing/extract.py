"""Write down what a reader of one kind of file finds, as text in our own script language.

A reader calls a `Sheet` as it meets words and structure, and the sheet remembers where each stretch
stood. Words are written as they are: marks that people type (`[bell]`, `(pause)`, `# Feet`) mean
the same in every kind of file, and one reader of words knows them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sessions.errors import Problem, ScriptError, Source
from sessions.script.page import FORBIDDEN, MAX_SCRIPT_BYTES, Page
from sessions.script.phrases.quantities import MAX_PAUSE_SECONDS, digits
from sessions.script.texts import has_words

if TYPE_CHECKING:
    from sessions.script.model import Language


@dataclass(frozen=True, slots=True)
class Note:
    """What could not be taken over: the characters `start` to `stop` of the original."""

    start: int
    stop: int
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Extract:
    """The words of a file in our script language.

    `indexes` and `origins` tell where stretches of `text` begin, and where they stood in
    `original`, as `sessions.script.texts.Text` does. Of a kind that holds no text to show, the
    original is the text itself. A `plain` text may have titles without a mark, and comments.
    """

    text: str
    original: str
    indexes: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)
    notes: tuple[Note, ...] = ()
    title: str = ""
    language: Language | None = None
    plain: bool = False


MAX_TEXT: Final = MAX_SCRIPT_BYTES
"""Characters; a script cannot have more."""

_RUN = re.compile(r"\S++(?: \S++)*+")
_CLOSING = re.compile(r"[.!?…,;:]+[\"'”’»)]*")  # noqa: RUF001 - quotes
"""What belongs to the words before it, though a style ends there."""
_FOLLOWS = "([:"
"""Behind a bracket these would make a link of it."""


def failed(path: str, original: str, offset: int, message: str, remedy: str) -> ScriptError:
    """Return the error of a file at an offset of its text."""
    place = min(offset, max(0, len(original) - 1))
    page = Page.of(path, original)
    return ScriptError.of([page.problem(place, place + 1, message, remedy)])


def refused(path: str, message: str, remedy: str) -> ScriptError:
    """Return the error of a file as a whole, or of one that holds no text to show."""
    return ScriptError.of([Problem(Source(path, 1, 1), message, remedy)])


@dataclass(slots=True)
class Sheet:
    """A text half written. Without an `original` its places are those in the text itself.

    Gaps, marks in front of words, and the beginning of styles are written with the words that
    follow them, so that what is empty leaves nothing.
    """

    path: str
    original: str | None = None
    plain: bool = False
    title: str = ""
    language: Language | None = None
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    indexes: list[int] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    gap: str = ""
    mark: str = ""
    spaced: bool = False
    directed: bool = False
    opening: list[tuple[str, int]] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    column: int = -1
    tables: int = 0
    rows: int = 0
    filled: bool = False
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def words(self, text: str, origin: int = 0) -> None:
        """Write words, with single spaces between them, whatever the spaces and lines of `text`."""
        for run in _RUN.finditer(FORBIDDEN.sub(_blank, text)):
            self.spaced = self.spaced or run.start() > 0
            self._word(run[0], origin + run.start())
            self.spaced = False
        self.spaced = self.spaced or text[-1:].isspace()

    def lines(self, text: str, origin: int = 0) -> None:
        """Write a text that has our own structure, line by line, as it is."""
        for line in FORBIDDEN.sub(_blank, text).splitlines(keepends=True):
            bare = line.rstrip()
            if bare:
                lead = len(bare) - len(bare.lstrip())
                self.spaced = self.spaced or lead > 0
                self._word(bare[lead:], origin + lead)
                self.spaced = len(line.rstrip("\n")) > len(bare)
            elif line[-1] != "\n":
                self.spaced = True
            if line[-1] == "\n":
                self.gap = "\n\n" if self.gap else "\n"
            origin += len(line)

    def direct(self, content: str, origin: int = 0) -> None:
        """Write a directive, without its brackets."""
        self._open()
        self._bracket(content, origin)

    def pause(self, seconds: float, origin: int = 0) -> None:
        """Write a pause, in whole milliseconds and as long as pauses may be; none of no length."""
        length = min(round(seconds, 3), MAX_PAUSE_SECONDS)
        if length > 0:
            self.direct(f"pause {digits(length)}s", origin)

    def say_as(self, spoken: str, shown: str, origin: int) -> None:
        """Write words that are said otherwise than they are shown."""
        sides = (_BRACKETED.sub(r"\\\g<0>", " ".join(side.split())) for side in (spoken, shown))
        self._open()
        self._put(f"[say as: {' | '.join(sides)}]", origin)
        self.directed = True

    def open(self, content: str, origin: int = 0) -> None:
        """Begin a style, such as `soft`, that `close` ends."""
        self._ends()
        self.opening.append((content, origin))

    def close(self, origin: int = 0) -> None:
        """End the style that was opened last."""
        if self.opening:
            self.opening.pop()
        else:
            self.ends.append(origin)

    def line(self) -> None:
        """End a line of a paragraph, by a hard break."""
        self.gap = self.gap or "  \n"

    def begin(self) -> None:
        """Begin a paragraph, the first in an item if that has no words yet."""
        self.gap = "\n\n"

    def block(self) -> None:
        """End a paragraph, a heading or an item."""
        self.gap, self.mark = "\n\n", ""

    def heading(self, level: int) -> None:
        """Begin a heading of a level from 1 on."""
        self.block()
        self.mark = "#" * max(1, min(level, 6)) + " "

    def item(self, number: int | None) -> None:
        """Begin an item of a list, with its number if it has one."""
        self.block()
        self.mark = "- " if number is None else f"{number % 10**9}. "

    def rule(self, origin: int = 0) -> None:
        """Write a line that stands for a longer pause."""
        self.block()
        self._word("---", origin)
        self.block()

    def table(self) -> None:
        """Begin a table; what is in one of its cells is no table of its own."""
        self.tables += 1
        self.block()
        if self.tables == 1:
            self.column, self.rows = -1, 0

    def cell(self, origin: int = 0) -> None:
        """Begin a cell of a table, and with the first one its row."""
        if self.tables != 1:
            self.block()
            return
        self._ends()
        if self.column < 0:
            self._put((self.gap if self.length else "") + "| ", origin)
        else:
            self._put(" | ", origin)
        self.column += 1
        self.gap = self.mark = ""
        self.spaced = self.filled = False

    def row(self, *, heading: bool = False) -> None:
        """End a row of a table, one of headings if it is said to be one."""
        if self.tables != 1 or self.column < 0:
            return
        self._ends()
        parting = "\n" + "| --- " * (self.column + 1) + "|" if heading and not self.rows else ""
        self._put(f" |{parting}", self.origins[-1])
        self.rows += 1
        self.column, self.gap, self.mark, self.spaced = -1, "\n", "", False

    def end_table(self) -> None:
        """End a table."""
        self.row()
        self.tables = max(0, self.tables - 1)
        self.block()

    def note(self, start: int, stop: int, message: str, remedy: str = "") -> None:
        """Note what is not taken over of the original's characters `start` to `stop`."""
        self.notes.append(Note(start, max(stop, start + 1), message, remedy))

    def remark(self, message: str, remedy: str = "") -> None:
        """Note what is not taken over of a file that has no text to show, at the next words."""
        self.remarks.append((message, remedy))

    def unspoken(self, what: str, words: str) -> None:
        """Remark that some words are not spoken, if they are any; all of them stand in the note."""
        if has_words(words):
            self.remark(f"{what}, not spoken: '{' '.join(words.split())}'")

    def extract(self) -> Extract:
        """Return all that was written."""
        self._ends()
        self._settle(self.length)
        text = "".join(self.pieces) + "\n"
        original = text if self.original is None else self.original
        known = self.original is not None and bool(self.indexes)
        indexes = tuple(self.indexes) if known else (0,)
        origins = tuple(self.origins) if known else (0,)
        notes = tuple(sorted(self.notes, key=lambda note: note.start))
        title = " ".join(self.title.split())
        return Extract(text, original, indexes, origins, notes, title, self.language, self.plain)

    def _word(self, text: str, origin: int) -> None:
        closing = _CLOSING.match(text) if self.ends and not (self.gap or self.spaced) else None
        if closing:
            self._put(closing[0], origin)
            text, origin = text[closing.end() :], origin + closing.end()
        if not text:
            return
        before = self.gap or self.mark or self.opening or self.ends or self.remarks
        if before or self.spaced or not self.filled:
            self._open()
        if self.directed and text[0] in _FOLLOWS:
            self._put(" ", origin)
        self.directed = False
        self._put(text, origin)

    def _open(self) -> None:
        """Write what stands before words: a gap, the mark of a line, the styles that begin."""
        self._ends()
        origin = self.origins[-1] if self.origins else 0
        if self.gap and self.column >= 0 and self.tables:
            below = " |\n" + "| " * (self.column + 1)
            self._put((below if self.gap == "\n\n" else " ") * self.filled, origin)
        elif self.length:
            self._put(self.gap or " " * self.spaced, origin)
        if self.mark and not (self.tables and self.mark[0] in "#-"):
            self._put(self.mark, origin)
        self.gap, self.mark, self.spaced, self.filled = "", "", False, True
        self._settle(self.length)
        opening, self.opening = self.opening, []
        for content, place in opening:
            self._bracket(content, place)

    def _bracket(self, content: str, origin: int) -> None:
        if self.pieces and self.pieces[-1].endswith("\\"):  # else it would be a mere bracket
            self._put(" ", origin)
        self._put(f"[{content}]", origin)
        self.directed = True

    def _ends(self) -> None:
        ends, self.ends = self.ends, []
        for origin in ends:
            self._bracket("end", origin)

    def _settle(self, place: int) -> None:
        for message, remedy in self.remarks:
            self.notes.append(Note(place, place + 1, message, remedy))
        self.remarks = []

    def _put(self, text: str, origin: int) -> None:
        if not text:
            return
        if not self.indexes or origin != self.origins[-1] + self.length - self.indexes[-1]:
            self.indexes.append(self.length)
            self.origins.append(origin)
        self.pieces.append(text)
        self.length += len(text)
        if self.length > MAX_TEXT:
            message = f"there is more than {MAX_TEXT >> 20} MiB of text in it"
            raise refused(self.path, message, "divide it into several files")


_BRACKETED = re.compile(r"[\\\[\]|]")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
