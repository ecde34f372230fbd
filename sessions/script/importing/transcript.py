"""Read texts with the time of each stretch of words: transcripts, and labels of Audacity.

A transcript has lines such as `Anna  0:03` (Otter, Rev, Teams), with the words below them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.script.importing.clock import Clock, seconds_of
from sessions.script.importing.extract import Extract, Sheet
from sessions.script.importing.textfile import decoded
from sessions.script.phrases.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABEL = re.compile(
    r"(?P<start>[0-9]{1,9}[.,][0-9]{1,9})\t(?P<stop>[0-9]{1,9}[.,][0-9]{1,9})(?:\t(?P<words>.*))?"
)
_SPECTRUM = re.compile(r"\\\t-?[0-9.,]+\t-?[0-9.,]+")
"""The frequencies of the label above it."""
_CLOCK: Final = r"(?:[0-9]{1,2}:)?[0-9]{1,3}:[0-5][0-9](?:[.,][0-9]{1,3})?"
_CAPITAL: Final = r"[A-Z\u00c0-\u00de][\w.'-]*"
_NAME: Final = rf"{_CAPITAL}(?: (?:{_CAPITAL}|[0-9]{{1,2}}|de|den|der|van|von|ter|la|le)){{0,4}}"
_BETWEEN: Final = r"[ \t]*(?:[|,:–—-][ \t]*|[ \t])"  # noqa: RUF001 - a dash
_TURN = re.compile(
    rf"[ \t]*(?:(?P<name>{_NAME}){_BETWEEN}[(\[]?(?P<clock>{_CLOCK})[)\]]?"
    rf"|[(\[]?(?P<first>{_CLOCK})[)\]]?{_BETWEEN}(?P<then>{_NAME}):?)[ \t]*"
)
"""Who speaks, and from when on: on a line of its own."""
_LEAST_TURNS: Final = 2


def is_labels(text: str) -> bool:
    """Tell whether a text begins as labels that Audacity exports."""
    return _LABEL.fullmatch(text.split("\n", 1)[0].rstrip("\r")) is not None


def is_transcript(text: str) -> bool:
    """Tell whether a text begins with who speaks and when, and goes on so."""
    lines = [line for line in text.splitlines() if line.strip()]
    turns = [line for line in lines if _TURN.fullmatch(line)]
    return len(turns) >= _LEAST_TURNS and lines[0] == turns[0]


def extract_labels(data: bytes, path: str) -> Extract:
    """Return the words of labels, each at its time.

    Raises
    ------
    ScriptError
        It is too long, or no text.
    """
    text, notes = decoded(data, path)
    sheet = Sheet(path, text, notes=[*notes])
    clock = Clock(sheet)
    for line, offset in _lines(text):
        label = _LABEL.fullmatch(line)
        if label:
            clock.begin(seconds_of(label["start"]) or 0, offset)
            if label["words"]:
                sheet.words(label["words"], offset + label.start("words"))
            clock.end(seconds_of(label["stop"]) or 0)
            sheet.block()
        elif not _SPECTRUM.fullmatch(line):
            sheet.words(line, offset)
            sheet.block()
    return sheet.extract()


def extract(data: bytes, path: str) -> Extract:
    """Return the words of a transcript, each stretch at its time; who speaks is noted.

    Raises
    ------
    ScriptError
        It is too long, or no text.
    """
    text, notes = decoded(data, path)
    sheet = Sheet(path, text, notes=[*notes])
    clock = Clock(sheet)
    for line, offset in _lines(text):
        turn = _TURN.fullmatch(line)
        if turn:
            sheet.block()
            name = turn["name"] or turn["then"]
            sheet.note(offset, offset + len(line), f"who speaks, not spoken: '{shown(name)}'")
            clock.begin(seconds_of(turn["clock"] or turn["first"]) or 0, offset)
        else:
            sheet.lines(line + "\n", offset)
    return sheet.extract()


def _lines(text: str) -> Iterator[tuple[str, int]]:
    offset = 0
    for line in text.split("\n"):
        yield line, offset
        offset += len(line) + 1
