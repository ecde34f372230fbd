"""Values: `{naam}` in a text, `{naam?, {naam}}` for words that go when there is none.

In a parsed script a reference is written with control characters, which no script can hold:
`OPEN naam CLOSE`, or `OPEN naam IF words CLOSE`. So braces that are meant as braces stay braces,
and the text of a value is never read as anything but text.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final

from sessions.script.page import FORBIDDEN, Misread
from sessions.script.phrases.quantities import shown
from sessions.script.sentences import MASK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OPEN, IF, CLOSE = "\x01", "\x02", "\x03"
NAME: Final = r"[^\W\d_][\w-]*"
MAX_VALUE_CHARACTERS: Final = 300
MAX_FILLED_CHARACTERS: Final = 3000
"""Of one line with its values: some values in a line that is long already."""

REFERENCE = re.compile(rf"\{{[ \t]*({NAME})[ \t]*(\}}|\?)")
"""What a brace must be followed by to mean a value."""
_WRITTEN = re.compile(rf"\\.|{REFERENCE.pattern}")
_PLAIN_TOKEN = re.compile(rf"\\([{{}}])|{REFERENCE.pattern}|(\}})")
_ESCAPED_TOKEN = re.compile(rf"\\(.)|{REFERENCE.pattern}|(\}})")
_TOKEN = re.compile(rf"{OPEN}({NAME})([{IF}{CLOSE}])|({CLOSE})|([^{OPEN}{IF}{CLOSE}]+)")
_MARK = re.compile(f"[{OPEN}{IF}{CLOSE}]")


class Unfilled(Misread):
    """A reference to a value that is not there, or to none in the end."""

    def __init__(self, name: str, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.name = name


def encoded(text: str, *, escapes: bool = False) -> str:
    """Return a plain text with its references as the parser writes them.

    A backslash before a brace makes it one; with `escapes`, one before any mark.

    Raises
    ------
    Misread
        Optional words are never closed.
    """
    pieces: list[str] = []
    opened, position = 0, 0
    for match in (_ESCAPED_TOKEN if escapes else _PLAIN_TOKEN).finditer(text):
        pieces.append(text[position : match.start()])
        position = match.end()
        escaped, name, kind, _ = match.groups()
        if escaped:
            pieces.append(escaped)
        elif name:
            pieces.append(f"{OPEN}{name}{IF if kind == '?' else CLOSE}")
            opened += kind == "?"
        else:
            pieces.append(CLOSE if opened else "}")
            opened -= opened > 0
    if opened:
        raise Misread("a `{` that is never closed", "write `{naam}`, or `{naam?, {naam}}`")
    return "".join(pieces) + text[position:]


def plain(text: str) -> str:
    """Return a text with its references in braces again, other braces escaped."""
    escaped = re.sub(r"[{}]", r"\\\g<0>", text)
    return escaped.replace(OPEN, "{").replace(IF, "?").replace(CLOSE, "}")


def shown_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the names of the values that a text shows, as it is written, and where they stand."""
    for match in _WRITTEN.finditer(text):
        if match[2] == "}":
            yield match[1], match.start(), match.end()


def referenced(text: str) -> Iterator[str]:
    """Yield the names that a parsed text refers to."""
    return (match[1] for match in _TOKEN.finditer(text) if match[1])


def masked(text: str) -> str:
    """Return a parsed text of the same length in which no sentence can end inside a reference."""
    if OPEN not in text:
        return text
    marks, depth, position = [], 0, 0
    for mark in _MARK.finditer(text):
        before = text[position : mark.start()]
        marks.append(MASK * len(before) if depth else before)
        marks.append(MASK)
        depth += (mark[0] == OPEN) - (mark[0] == CLOSE)
        position = mark.end()
    return "".join(marks) + text[position:]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a parsed text with its values.

    Raises
    ------
    Unfilled
        A name that is shown has no value, or an empty one; or the line would get too long.
    """
    if OPEN not in text:
        return text
    pieces: list[str] = []
    shows = [True]
    length = 0
    for match in _TOKEN.finditer(text):
        name, kind, close, words = match.groups()
        if close:
            del shows[max(1, len(shows) - 1) :]
            continue
        if name and kind == IF:
            shows.append(shows[-1] and bool(values.get(name)))
            continue
        if not shows[-1]:
            continue
        piece = _value(name, values) if name else words
        length += len(piece)
        if length > MAX_FILLED_CHARACTERS:
            message = f"with its values this line has more than {MAX_FILLED_CHARACTERS} characters"
            raise Unfilled(name or "", message, "write shorter lines, or use shorter values")
        pieces.append(piece)
    return " ".join("".join(pieces).split())


def _value(name: str, values: Mapping[str, str]) -> str:
    if values.get(name):
        return values[name]
    known = {key.casefold(): key for key in values if key != name}
    close = difflib.get_close_matches(name[:60].casefold(), known, n=1)
    if close and name not in values:
        remedy = f"did you mean `{{{known[close[0]]}}}`?"
    else:
        optional = f"`{{{name}?...}}` around words that may go"
        remedy = f"give it with `--set {name}=...` or under `values:`, or write {optional}"
    kind = "is empty here" if name in values else "has no text"
    raise Unfilled(name, f"the value '{shown(name)}' {kind}", remedy)


def checked(name: str, text: str) -> tuple[str, str]:
    """Return a value that somebody gives, as one line.

    Raises
    ------
    Misread
        The name or the text cannot be used.
    """
    if not re.fullmatch(NAME, name):
        raise Misread(f"'{shown(name)}' cannot be the name of a value", "use letters: `naam`")
    if FORBIDDEN.search(text.replace("\n", " ").replace("\r", " ")):
        raise Misread(f"the value '{shown(name)}' holds a control character", "leave it out")
    line = " ".join(text.split())
    if len(line) > MAX_VALUE_CHARACTERS:
        message = f"the value '{shown(name)}' has more than {MAX_VALUE_CHARACTERS} characters"
        raise Misread(message, "write the rest in the script")
    return name, line
