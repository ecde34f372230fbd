r"""Read Rich Text (.rtf: Microsoft's specification, version 1.9.1), as Word and TextEdit write it.

Not by striprtf: that says hidden words, and loses notes, comments and the heads of pages untold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from sessions.script.importing import richwords
from sessions.script.importing.extract import Extract, Sheet, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_DEPTH: Final = 500
"""Groups inside of each other."""
MAX_BYTES: Final = 32 << 20


_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})"
    r"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_NUMBERED = re.compile(r"([0-9]{1,9})[.):]?")


def extract(data: bytes, path: str) -> Extract:
    """Return the words of a Rich Text file.

    Raises
    ------
    ScriptError
        Its groups are nested too deep, or it is larger than 32 MiB.
    """
    if len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES >> 20} MiB"
        raise refused(path, message, "take the pictures out, or divide it into several files")
    reader = _Reader(Sheet(path, plain=True), data.decode("latin-1"))
    reader.read()
    return reader.sheet.extract()


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds up to the end of a group; `aside` is where its words go that are not spoken."""

    aside: str = ""
    untold: bool = False
    hidden: bool = False
    deleted: bool = False
    skipped: int = 1
    font: int = 0


@dataclass(slots=True)
class _Reader:
    """A file half read."""

    sheet: Sheet
    source: str
    group: _Group = _Group()
    around: list[_Group] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)
    defining: int = -1
    encoding: str = "cp1252"
    to_skip: int = 0
    bytes_read: bytearray = field(default_factory=bytearray)
    units: list[int] = field(default_factory=list)
    aside_words: list[str] = field(default_factory=list)
    told_as: str = ""
    style: int = 0
    level: int = 0
    headings: dict[int, int] = field(default_factory=dict)
    in_table: bool = False
    in_cell: bool = False
    tabled: bool = False
    started: bool = False
    starred: bool = False

    def read(self) -> None:
        position, stop = 0, len(self.source)
        while position < stop:
            token = _TOKEN.match(self.source, position)
            if token is None:  # a backslash at the very end
                break
            position = token.end()
            if token["hex"]:
                self.byte(int(token["hex"], 16))
                continue
            text = token["text"]
            if text is not None:
                self.plain(text)
                continue
            self.settle_bytes()
            if token["brace"]:
                self.brace(token["brace"])
                if not self.around and token["brace"] == "}":
                    break
            elif token["word"]:
                number = token["number"]
                if token["word"] == "bin":
                    position += max(0, int(number or 0))
                self.word(token["word"], None if number is None else int(number))
            elif token["sign"]:
                self.sign(token["sign"])
        self.settle()
        self.tell()
        self.end_table()
        self.sheet.unspoken("what stands behind the end", self.source[position:])

    def brace(self, brace: str) -> None:
        self.to_skip = 0
        if brace == "{":
            if len(self.around) >= MAX_DEPTH:
                message = f"groups are nested more than {MAX_DEPTH} deep"
                raise refused(self.sheet.path, message, "save it anew as .docx or as text")
            self.around.append(self.group)
            self.starred = False
        elif self.around:
            self.settle()
            before, self.group = self.group, self.around.pop()
            if before.aside and (before.aside != self.group.aside or before.aside == _STYLE):
                self.tell()
                self.told_as = self.group.aside

    def byte(self, value: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        elif not self.group.untold:
            self.settle_units()
            self.bytes_read.append(value)

    def plain(self, text: str) -> None:
        self.settle_bytes()
        if self.to_skip:
            skipped = min(self.to_skip, len(text))
            self.to_skip -= skipped
            text = text[skipped:]
        self.say(text)

    def sign(self, sign: str) -> None:
        if self.to_skip:
            self.to_skip -= 1
        elif sign == "*":
            self.starred = True
        elif sign in "\r\n":
            self.end_paragraph()
        else:
            self.say(richwords.SIGNS.get(sign, ""))

    def word(self, word: str, number: int | None) -> None:
        starred, self.starred = self.starred, False
        if word == "u" and number is not None:
            if not self.group.untold:
                self.units.append(number % 0x10000)
            self.to_skip = self.group.skipped
            return
        self.settle_units()
        self.to_skip = 0
        if word in richwords.UNTOLD:
            self.group = replace(self.group, untold=True)
        elif word in richwords.UNSPOKEN:
            self.begin_aside(richwords.UNSPOKEN[word])
        elif word in richwords.LETTERS:
            self.say(richwords.LETTERS[word])
        elif known := _WORDS.get(word):
            known(self, number)
        elif starred:
            self.group = replace(self.group, untold=True)

    def begin_aside(self, what: str) -> None:
        """Keep the words of the group for a note; without `what` there is none."""
        if self.group.aside or self.group.untold:
            return
        self.tell()
        self.group = replace(self.group, aside=what, untold=not what)
        self.told_as = what

    def say(self, text: str) -> None:
        """Write words, or keep them for a note."""
        if not text:
            return
        self.settle_units()
        group = self.group
        if group.untold:
            return
        what = group.aside or ("hidden words" if group.hidden else "")
        what = what or ("deleted words" if group.deleted else "")
        if what != self.told_as:
            self.tell()
            self.told_as = what
        if what:
            self.aside_words.append(text)
            return
        if not text.isspace():
            self.begin_words()
        self.sheet.words(text)

    def tell(self) -> None:
        """Note the words that were kept."""
        words, self.aside_words = "".join(self.aside_words), []
        if self.told_as == _LABEL:
            self.label(words)
        elif self.told_as == _STYLE:
            self.name_style(words)
        elif self.told_as:
            self.sheet.unspoken(self.told_as, words)

    def label(self, words: str) -> None:
        """Begin an item of a list, which has the number or the mark that stands before it."""
        self.place()
        bare = words.strip()
        number = _NUMBERED.fullmatch(bare)
        self.sheet.item(int(number[1]) if number else None)
        self.started = True
        if not number and re.search(r"[^\W\d_]{2}", bare):
            self.sheet.words(f"{bare} ")

    def name_style(self, words: str) -> None:
        """Remember which style is that of a heading; its name is English in every Word."""
        heading = re.fullmatch(r"heading (\d);?", words.strip(), re.IGNORECASE)
        if heading:
            self.headings[self.style] = int(heading[1])

    def begin_words(self) -> None:
        """Begin the cell, or the heading, that the words are in which follow."""
        self.place()
        if not self.started:
            self.started = True
            level = self.level or self.headings.get(self.style, 0)
            if level and not self.in_table:
                self.sheet.heading(level)

    def place(self) -> None:
        """Begin a cell, or end a table, where the words that follow ask for it."""
        if self.in_table and not self.in_cell:
            self.begin_cell()
        elif self.tabled and not self.in_table:
            self.end_table()

    def begin_cell(self) -> None:
        if not self.tabled:
            self.sheet.table()
            self.tabled = True
        self.sheet.cell()
        self.in_cell = True

    def end_cell(self) -> None:
        if not self.in_cell:
            self.begin_cell()
        self.in_cell = self.started = False

    def end_row(self) -> None:
        self.sheet.row()
        self.in_cell = False

    def end_table(self) -> None:
        if self.tabled:
            self.sheet.end_table()
        self.tabled = self.in_cell = False

    def end_paragraph(self) -> None:
        if self.group.untold or self.group.aside:
            self.say(" ")
            return
        self.tell()
        self.told_as = ""
        self.sheet.block()
        self.started = False

    def settle(self) -> None:
        self.settle_bytes()
        self.settle_units()

    def settle_bytes(self) -> None:
        """Say the letters that were written as bytes, in the encoding of their font."""
        if self.bytes_read:
            data, self.bytes_read = bytes(self.bytes_read), bytearray()
            encoding = self.fonts.get(self.group.font, self.encoding)
            self.say(data.decode(encoding, errors="replace"))

    def settle_units(self) -> None:
        """Say the letters that were written by their numbers, some of them in two halves."""
        if self.units:
            units, self.units = self.units, []
            data = b"".join(unit.to_bytes(2, "little") for unit in units)
            self.say(data.decode("utf-16-le", errors="replace"))


_LABEL: Final = "the label of an item"
_STYLE: Final = "the name of a style"


def _paragraph_form(reader: _Reader, _number: int | None) -> None:
    if not reader.group.aside:
        reader.in_table, reader.level, reader.style = False, 0, 0


def _styled(reader: _Reader, number: int | None) -> None:
    if reader.group.aside in {"", _STYLE}:
        reader.style = number or 0


def _level(reader: _Reader, number: int | None) -> None:
    if not reader.group.aside:
        reader.level = number + 1 if number is not None and 0 <= number < 9 else 0


def _in_table(reader: _Reader, _number: int | None) -> None:
    reader.in_table = reader.in_table or not reader.group.aside


def _hidden(reader: _Reader, number: int | None) -> None:
    reader.group = replace(reader.group, hidden=number != 0)


def _deleted(reader: _Reader, number: int | None) -> None:
    reader.group = replace(reader.group, deleted=number != 0)


def _plain(reader: _Reader, _number: int | None) -> None:
    reader.group = replace(reader.group, hidden=False, deleted=False)


def _skipped(reader: _Reader, number: int | None) -> None:
    reader.group = replace(reader.group, skipped=max(0, number or 0))


def _font(reader: _Reader, number: int | None) -> None:
    reader.group = replace(reader.group, font=number or 0)
    reader.defining = number or 0


def _charset(reader: _Reader, number: int | None) -> None:
    if (
        reader.group.untold and number is not None and number in richwords.CHARSETS
    ):  # in the table of fonts
        reader.fonts[reader.defining] = richwords.CHARSETS[number]


def _code_page(reader: _Reader, number: int | None) -> None:
    encoding = "mac_roman" if number == 10000 else f"cp{number}"
    try:
        "".encode(encoding)
    except LookupError:
        return
    reader.encoding = encoding


def _line(reader: _Reader, _number: int | None) -> None:
    if reader.group.untold or reader.group.aside:
        reader.say(" ")
    else:
        reader.sheet.line()


def _cell(reader: _Reader, _number: int | None) -> None:
    if not reader.group.untold and not reader.group.aside:
        reader.tell()
        reader.told_as = ""
        reader.end_cell()


def _row(reader: _Reader, _number: int | None) -> None:
    if not reader.group.untold and not reader.group.aside:
        reader.end_row()


def _shape(reader: _Reader, _number: int | None) -> None:
    """Say the words of a text box, which stands in a group that else has none."""
    if not any(group.aside for group in reader.around):
        reader.group = replace(reader.group, untold=False)


_WORDS: Final[Mapping[str, Callable[[_Reader, int | None], None]]] = {
    "par": lambda reader, _number: reader.end_paragraph(),
    "sect": lambda reader, _number: reader.end_paragraph(),
    "page": lambda reader, _number: reader.end_paragraph(),
    "line": _line,
    "pard": _paragraph_form,
    "s": _styled,
    "outlinelevel": _level,
    "intbl": _in_table,
    "cell": _cell,
    "row": _row,
    "v": _hidden,
    **dict.fromkeys(("deleted", "strike", "striked"), _deleted),
    "plain": _plain,
    "uc": _skipped,
    "f": _font,
    "fcharset": _charset,
    "ansicpg": _code_page,
    "shptxt": _shape,
    "stylesheet": lambda reader, _number: reader.begin_aside(_STYLE),
    "listtext": lambda reader, _number: reader.begin_aside(_LABEL),
    "pntext": lambda reader, _number: reader.begin_aside(_LABEL),
}
