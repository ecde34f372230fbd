"""Read the rows of a batch: a table of values, a personal version of a script for each."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from sessions.errors import Problem, ScriptError, Source
from sessions.letters import in_ascii
from sessions.script.page import Misread
from sessions.script.values import checked
from sessions.storage.files import opened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

MOST_BYTES = 16 << 20
MOST_ROWS = 100_000
MOST_NAME_LETTERS = 40
"""With the script's name and a suffix, a file's name stays under the 255 bytes of file systems."""
SEPARATORS = ",;\t"
"""What may stand between cells where no line says so; of equally many, the first."""
MOST_HEAD_LETTERS = 1 << 16
"""In which the first row is looked for."""
FILE_COLUMN = "file"
"""The column that names a row's files; without it the first value does."""

_NAMED_SEPARATOR = re.compile(
    r'[ ]*"?[ ]*sep[ ]*=[ ]*(?P<one>[^\s\w"]|\t)(?:"|(?P=one)|[ ])*(?=[\r\n]|\Z)', re.IGNORECASE
)
_QUOTED = re.compile(rf'(?:^|(?<=[{SEPARATORS}\r\n]))"(?:[^"]|"")*"')


class RowsError(ScriptError):
    """A table of rows that cannot be used, with all that is wrong in it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its line in the table, the end of its files' names, and its values.

    An empty cell gives no value: that of the front matter stays.
    """

    line: int
    name: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table, under a first one that names their values."""

    path: Path
    lines: Sequence[str]
    head_line: int
    rows: Sequence[Row]

    def problem(self, line: int, message: str, remedy: str, word: str = "") -> Problem:
        """Return what is wrong with a line, or with a word that stands alone in it."""
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        alone = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) if word else None
        start = alone.start() if alone else 0
        source = Source(str(self.path), line, start + 1)
        return Problem(source, message, remedy, text, len(word or text) or 1)

    def refuse_unsaid(self, said: Collection[str]) -> None:
        """Refuse columns whose values no text says.

        Raises
        ------
        RowsError
        """
        from sessions.script.expand import meant  # noqa: PLC0415 -- it needs the parser

        columns = dict.fromkeys(name for row in self.rows for name in row.values)
        message = "the script says no such value as"
        problems = [
            self.problem(self.head_line, f"{message} '{name}'", meant(name, said), name)
            for name in columns
            if name not in said
        ]
        if problems:
            raise RowsError.of(problems)


def read_rows(path: Path) -> Table:
    """Return a table in CSV, with commas or semicolons; its first row names values.

    Raises
    ------
    RowsError
        It is no such table, or two rows would write the same files.
    SessionsError
        As `opened` does.
    """
    text = _text(path)
    cells_of = [(line, cells) for line, cells in _cells(path, text) if any(map(str.strip, cells))]
    if len(cells_of) < 2:
        remedy = "name the values in the first row, as in `naam,plek`, and write theirs below"
        raise RowsError(f"{path} has no rows", remedy)
    (first, head), *below = cells_of
    names = [cell.strip() for cell in head]
    empty = Table(path, _lines(text), first, ())
    if not all(names) or len(set(names)) < len(names):
        message = "a column without a name, or two with one"
        remedy = "name each; a row that ends with a comma has one more"
        raise RowsError.of([empty.problem(first, message, remedy)])
    problems = list(_bad_names(empty, names))
    if problems:
        raise RowsError.of(problems)
    return replace(empty, rows=_rows(empty, names, below))


def _text(path: Path) -> str:
    with opened(path) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise RowsError(f"{path} is larger than {MOST_BYTES >> 20} MiB", "split it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RowsError(f"{path} is not UTF-8", "save it as 'CSV UTF-8'") from error


def _lines(text: str) -> list[str]:
    return re.split(r"\r\n?|\n", text)


def _cells(path: Path, text: str) -> list[tuple[int, list[str]]]:
    """Return the cells of every row, with its last line."""
    named, separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[tuple[int, list[str]]] = []
    try:
        for cells in islice(reader, named, None):
            found.append((reader.line_num, cells))
            if len(found) > MOST_ROWS:
                raise RowsError(f"{path} has more than {MOST_ROWS} rows", "split it")
    except csv.Error as error:
        begun = found[-1][0] + 1 if found else 1
        remedy = 'close the quotes in this row; a quote in a text is written twice: "An ""Bo"" na"'
        table = Table(path, _lines(text), 1, ())
        raise RowsError.of([table.problem(begun, f"not a row of CSV: {error}", remedy)]) from error
    return found


def _separator(text: str) -> tuple[bool, str]:
    """Return whether a first line names what stands between cells, and what it is.

    Without such a line, as programs for tables write it and read it, it is what the first row
    with words in it has most of, outside of quotes.
    """
    named = _NAMED_SEPARATOR.match(text)
    if named:
        return True, named["one"]
    unquoted = _QUOTED.sub("", text[:MOST_HEAD_LETTERS])
    head = next(filter(str.strip, _lines(unquoted)), "")
    return False, max(SEPARATORS, key=head.count)


def _rows(table: Table, names: Sequence[str], below: Iterable[tuple[int, list[str]]]) -> list[Row]:
    """Return the rows if all can be used, and each has a name of its own."""
    rows: dict[str, Row] = {}
    problems: list[Problem] = []
    for line, cells in below:
        try:
            row = _row(line, names, cells)
        except Misread as misread:
            problems.append(table.problem(line, misread.message, misread.remedy))
            continue
        other = rows.setdefault(row.name, row)
        if other is not row:
            message = f"writes the same files ('{row.name}') as line {other.line}"
            remedy = f"add a column `{FILE_COLUMN}` with a name for each row"
            problems.append(table.problem(line, message, remedy))
    if problems:
        raise RowsError.of(problems)
    return list(rows.values())


def _bad_names(table: Table, names: Sequence[str]) -> Iterator[Problem]:
    """Give the columns whose names no value can have."""
    for name in names:
        try:
            checked(name, "")
        except Misread as misread:
            yield table.problem(table.head_line, misread.message, misread.remedy, name)


def _row(line: int, names: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) != len(names):
        message = f"{len(cells)} value{'s' * (len(cells) != 1)} for {len(names)} columns"
        few = "give every row as many values as the first; an empty one is allowed"
        many = 'write a value that has a `,` or `;` in it in quotes: "Anna, Bart"'
        raise Misread(message, few if len(cells) < len(names) else many)
    values = dict(zip(names, (cell.strip() for cell in cells), strict=True))
    name = slug(values.pop(FILE_COLUMN, cells[0]))[:MOST_NAME_LETTERS].strip("-")
    if not name:
        remedy = f"fill in the first column, or add a column `{FILE_COLUMN}`"
        raise Misread("nothing to name its files by", remedy)
    return Row(line, name, dict(checked(key, value) for key, value in values.items() if value))


def slug(text: str) -> str:
    """Return a text as part of a file name: lower-case ASCII letters, digits and hyphens."""
    plain = in_ascii(text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
