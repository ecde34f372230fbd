"""The lines of a folder of recordings: which number each has, and which file is whose.

`lines.txt` in the folder says which line has which number; a recording is found by the number
that its file name begins with. Numbers never move: a changed script adds new ones at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.errors import ConfigurationError
from sessions.storage.files import opened, read_error
from sessions.storage.recordings import SUFFIXES
from sessions.voices.sayable import sayable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sessions.voices.base import Line

LIST_NAME = "lines.txt"
OTHERS = "# Not in this script, or not any more:"
"""Below it stand the lines of the list that its script has not."""
_NUMBERED = re.compile(r"0*(\d+)(?!\d)")
_ROW = re.compile(r"0*(\d+)\s+(\S.*)")


def plain(text: str) -> str:
    """Return a text with single spaces and without emoji, as the list of lines is compared."""
    return " ".join(sayable(text).split())


def read_list(folder: Path) -> dict[str, int]:
    """Return the numbers of lines by their text, as `lines.txt` has them; none without it."""
    return _numbers(_text(folder))


def read_others(folder: Path) -> set[int]:
    """Return the numbers of lines that the list has, but not the script that it is of."""
    return set(_numbers(_text(folder).partition(OTHERS)[2]).values())


def _text(folder: Path) -> str:
    path = folder / LIST_NAME
    if not path.exists():
        return ""
    with opened(path) as file:
        data = file.read()
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} is not UTF-8", "save it as UTF-8") from error


def _numbers(text: str) -> dict[str, int]:
    rows = (_ROW.fullmatch(row.strip()) for row in text.splitlines())
    numbers: dict[str, int] = {}
    for row in filter(None, rows):
        numbers.setdefault(plain(row[2]), int(row[1]))
    return numbers


def numbered(folder: Path, lines: Iterable[Line]) -> dict[str, int]:
    """Return the numbers of some lines by their text, and of all others of the list.

    Those that have a number keep it; new ones come after the last.
    """
    numbers = read_list(folder)
    for line in lines:
        numbers.setdefault(plain(line.normalized), max(numbers.values(), default=0) + 1)
    return numbers


def list_text(folder: Path, lines: Iterable[Line], title: str) -> str:
    """Return the list of lines to read aloud; those that have a number keep it.

    Lines of the list that are not among them keep theirs too, below: other scripts may have them.
    """
    lines = tuple(lines)
    numbers = numbered(folder, lines)
    wanted = {plain(line.normalized) for line in lines}
    in_order = sorted(numbers.items(), key=lambda item: item[1])
    rows = [f"{number:03}  {text}" for text, number in in_order if text in wanted]
    others = [f"{number:03}  {text}" for text, number in in_order if text not in wanted]
    if others:
        rows += ["", OTHERS, "", *others]
    head = (
        f"# {title}: the lines to read aloud.",
        "# Save the recording of each line in this folder under its number: 001.wav, 002.m4a, ...",
        f"# Formats: {', '.join(sorted(suffix[1:] for suffix in SUFFIXES))}. Leave a second of",
        "# silence before and after the words; it is trimmed.",
    )
    return "\n".join([*head, "", *rows, ""])


@dataclass(frozen=True, slots=True)
class Takes:
    """The recordings in a folder: by the number of their line, and those that have none."""

    by_number: Mapping[int, tuple[Path, ...]]
    unnumbered: tuple[Path, ...]


def takes(folder: Path) -> Takes:
    """Return all recordings of a folder, several of one line too.

    Raises
    ------
    SessionsError
        The folder cannot be read.
    """
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise read_error(folder, error) from error
    found: dict[int, list[Path]] = {}
    unnumbered: list[Path] = []
    for path in inside:
        if path.suffix.lower() not in SUFFIXES or not path.is_file():
            continue
        match = _NUMBERED.match(path.stem)
        if match is None:
            unnumbered.append(path)
        else:
            found.setdefault(int(match[1]), []).append(path)
    by_number = {number: tuple(paths) for number, paths in found.items()}
    return Takes(by_number, tuple(unnumbered))


def recordings(folder: Path) -> dict[int, Path]:
    """Return the recordings of a folder by their number.

    Raises
    ------
    ConfigurationError
        There are two of one line.
    SessionsError
        The folder cannot be read.
    """
    found: dict[int, Path] = {}
    for number, (path, *others) in takes(folder).by_number.items():
        if others:
            raise ConfigurationError(
                f"two recordings of line {number:03}: {path.name} and {others[0].name}",
                f"keep one of them in {folder}",
            )
        found[number] = path
    return found
