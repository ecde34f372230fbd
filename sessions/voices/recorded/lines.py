"""The lines of a folder of recordings: which number each has, and which file is whose.

`lines.txt` in the folder says which line has which number; a recording is found by the number
that its file name begins with. Numbers never move: a changed script adds new ones at the end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sessions.errors import ConfigurationError
from sessions.storage.files import opened, read_error
from sessions.storage.recordings import SUFFIXES
from sessions.voices.sayable import sayable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sessions.voices.base import Line

LIST_NAME = "lines.txt"
_NUMBERED = re.compile(r"0*(\d+)(?!\d)")
_ROW = re.compile(r"0*(\d+)\s+(\S.*)")


def plain(text: str) -> str:
    """Return a text with single spaces and without emoji, as the list of lines is compared."""
    return " ".join(sayable(text).split())


def read_list(folder: Path) -> dict[str, int]:
    """Return the numbers of lines by their text, as `lines.txt` has them; none without it."""
    path = folder / LIST_NAME
    if not path.exists():
        return {}
    with opened(path) as file:
        data = file.read()
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} is not UTF-8", "save it as UTF-8") from error
    rows = (_ROW.fullmatch(row.strip()) for row in text.splitlines())
    numbers: dict[str, int] = {}
    for row in filter(None, rows):
        numbers.setdefault(plain(row[2]), int(row[1]))
    return numbers


def numbered(folder: Path, texts: Iterable[str]) -> dict[str, int]:
    """Return the numbers of a folder's list, and behind them those of plain texts that are new."""
    numbers = read_list(folder)
    for text in texts:
        numbers.setdefault(text, max(numbers.values(), default=0) + 1)
    return numbers


def list_text(folder: Path, lines: Iterable[Line], title: str) -> str:
    """Return the list of lines to read aloud; those that have a number keep it.

    Lines of the list that are not among them keep theirs too, below: other scripts may have them.
    """
    wanted = dict.fromkeys(plain(line.normalized) for line in lines)
    numbers = numbered(folder, wanted)
    in_order = sorted(numbers.items(), key=lambda item: item[1])
    rows = [f"{number:03}  {text}" for text, number in in_order if text in wanted]
    others = [f"{number:03}  {text}" for text, number in in_order if text not in wanted]
    if others:
        rows += ["", "# Not in this script, or not any more:", "", *others]
    head = (
        f"# {title}: the lines to read aloud.",
        "# Save the recording of each line in this folder under its number: 001.wav, 002.m4a, ...",
        f"# Formats: {', '.join(sorted(suffix[1:] for suffix in SUFFIXES))}. Leave a second of",
        "# silence before and after the words; it is trimmed.",
    )
    return "\n".join([*head, "", *rows, ""])


def recordings(folder: Path) -> dict[int, Path]:
    """Return the recordings of a folder by their number."""
    found: dict[int, Path] = {}
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise read_error(folder, error) from error
    for path in inside:
        match = _NUMBERED.match(path.stem)
        if match is None or path.suffix.lower() not in SUFFIXES or not path.is_file():
            continue
        number = int(match[1])
        if number in found:
            raise ConfigurationError(
                f"two recordings of line {number:03}: {found[number].name} and {path.name}",
                f"keep one of them in {folder}",
            )
        found[number] = path
    return found
