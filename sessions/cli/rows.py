"""Read the rows of a batch: a table of values, a personal version of a script for each."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.errors import InputMissingError, PermissionDeniedError, SessionsError
from sessions.script.page import Misread
from sessions.script.values import checked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MOST_BYTES = 16 << 20
MOST_ROWS = 100_000
MOST_NAME_LETTERS = 40
"""With the script's name and a suffix, a file's name stays under the 255 bytes of file systems."""
FILE_COLUMN = "file"
"""The column that names a row's files; without it the first value does."""


class RowsError(SessionsError):
    """A table of rows that cannot be used."""

    exit_code = 65


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its line in the table, the end of its files' names, and its values.

    An empty cell gives no value: that of the front matter stays.
    """

    line: int
    name: str
    values: Mapping[str, str]


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a table in CSV, with commas or semicolons; its first row names values.

    Raises
    ------
    RowsError, InputMissingError, PermissionDeniedError
        It is not there, is no such table, or two rows would write the same files.
    """
    table = [(line, cells) for line, cells in _table(path, _text(path)) if any(cells)]
    if len(table) < 2:
        raise RowsError(f"{path} has no rows", "name the values in the first, as in: naam,plek")
    (first, head), *rows = table
    names = [cell.strip() for cell in head]
    if not all(names) or len(set(names)) < len(names):
        raise RowsError(f"{path}:{first}: a column without a name, or two with one", "name each")
    return _named(path, [_row(path, line, names, cells) for line, cells in rows])


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise InputMissingError(f"there is no file {path}", "check the path") from error
    except IsADirectoryError as error:
        raise InputMissingError(f"{path} is a folder", "name the table in it") from error
    except PermissionError as error:
        raise PermissionDeniedError(f"may not read {path}", "change its rights") from error
    if len(data) > MOST_BYTES:
        raise RowsError(f"{path} is larger than {MOST_BYTES >> 20} MiB", "split it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RowsError(f"{path} is not UTF-8", "save it as 'CSV UTF-8'") from error


def _table(path: Path, text: str) -> list[tuple[int, list[str]]]:
    """Return the cells of every row, with its last line."""
    head = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=max(",;\t", key=head.count),
        strict=True,
    )
    found: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            found.append((reader.line_num, cells))
            if len(found) > MOST_ROWS:
                raise RowsError(f"{path} has more than {MOST_ROWS} rows", "split it")
    except csv.Error as error:
        raise RowsError(f"{path}:{reader.line_num}: {error}", "save it as CSV again") from error
    return found


def _row(path: Path, line: int, names: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) != len(names):
        message = f"{path}:{line}: {len(cells)} values for {len(names)} columns"
        few = "give every row as many values as the first; an empty one is allowed"
        many = 'a value with a comma in it stands in quotes: "Anna, Bart"'
        raise RowsError(message, few if len(cells) < len(names) else many)
    values = dict(zip(names, (cell.strip() for cell in cells), strict=True))
    name = slug(values.pop(FILE_COLUMN, cells[0]))
    if not name:
        remedy = f"fill in the first column, or add a column `{FILE_COLUMN}`"
        raise RowsError(f"{path}:{line}: nothing to name its files by", remedy)
    if len(name) > MOST_NAME_LETTERS:
        message = f"{path}:{line}: names its files by {len(name)} letters, of {MOST_NAME_LETTERS}"
        raise RowsError(message, f"add a column `{FILE_COLUMN}` with a short name for each row")
    try:
        return Row(line, name, dict(checked(key, value) for key, value in values.items() if value))
    except Misread as misread:
        raise RowsError(f"{path}:{line}: {misread.message}", misread.remedy) from misread


def slug(text: str) -> str:
    """Return a text as part of a file name: lower-case ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _named(path: Path, rows: list[Row]) -> list[Row]:
    """Return the rows if each has a name of its own."""
    seen: dict[str, int] = {}
    for row in rows:
        other = seen.setdefault(row.name, row.line)
        if other != row.line:
            message = f"{path}:{row.line}: writes the same files ('{row.name}') as line {other}"
            raise RowsError(message, f"add a column `{FILE_COLUMN}` with a name for each row")
    return rows
