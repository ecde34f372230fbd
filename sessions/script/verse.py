"""Tell lines that are lines by themselves from a text that was cut where it was wide enough."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sessions.script.counting import is_count
from sessions.script.page import HIDDEN, LINE_END

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLANK = " \t" + HIDDEN
STOPPED = re.compile(r"[.!?…][\"'”’»›)*_~\]]*$")  # noqa: RUF001 - typographic quotes are meant
_RUNS_ON = re.compile(r"[,;:–—-][*_~]*$")  # noqa: RUF001 - a dash
_STOP_WITHIN = re.compile(r"(?<![.…])[.!?][\"'”’»)]*\s+[^\W\da-z_]")  # noqa: RUF001 - as above
_FIRST = re.compile(r"[\W_]*(\w)")
_NUMBERED = re.compile(
    r"(?:[0-9]{1,3}\\?[.):]|(?P<count>[^\W_]+)(?:\s?(?:\.{3,}|…)|:))(?:\s|$|[0-9])"
)
_DOTTED = re.compile(r"(?:\.{3,}|…)[\"'”’»)*_]*$")  # noqa: RUF001 - as above
NARROW = 32
RUNNING_ON: Final = frozenset(
    (
        *("the", "a", "an", "and", "or", "but", "of", "to", "at", "by", "for", "with", "from"),
        *("your", "my", "our", "his", "her", "their", "its", "be", "that", "which", "who", "if"),
        *("as", "than", "until", "because", "when", "while", "how", "into", "onto", "between", "i"),
        *("de", "het", "een", "en", "maar", "van", "bij", "voor", "met", "naar", "om", "te", "tot"),
        *("mijn", "jouw", "je", "onze", "hun", "wordt", "dat", "die", "wie", "als", "terwijl"),
        *("omdat", "wanneer", "tussen", "hoe", "ik"),
    )
)
"""Words that no line of verse ends with, and rows of a text that goes on often do."""


def joined(lines: Sequence[str], widest: int) -> str:
    """Return the lines of a paragraph as one text, with `LINE_END` where one is a line by itself.

    That is where it ends with a backslash or two spaces, as Markdown has it, or before a number;
    and in verse.
    """
    rows = [line.strip(_BLANK) for line in lines]
    filled = [row for row in rows if row]
    verse, narrow = _is_verse(filled, widest), _is_narrow(filled)
    pieces, depth, counting = list[str](), 0, False
    for at, line in enumerate(lines[:-1]):
        row, following = rows[at], rows[at + 1]
        depth = max(0, depth + sum(map(row.count, "([{")) - sum(map(row.count, ")]}")))
        backslash = row.endswith("\\") and not row.endswith("\\\\")
        hard = backslash or line.endswith("  ")
        counting = counting or _is_numbered(row)
        numbered = counting and _is_numbered(following)
        verse_ends = verse and (narrow or not _RUNS_ON.search(row))
        announces = row.endswith(":") and following[:1].isupper()
        beside = row.endswith("]") or following.startswith("[")  # what a bracket does is its own
        meant = (verse_ends and not _runs_on(row)) or announces or _DOTTED.search(row)
        ends = hard or numbered or (meant and not beside)
        text = line.rstrip(_BLANK)[:-1] + HIDDEN if backslash else line
        pieces += [text, " " * (len(line) - len(text))]
        pieces.append(LINE_END if ends and row and following and not depth else "\n")
    return "".join([*pieces, lines[-1]])


def _runs_on(row: str) -> bool:
    """Tell whether a row ends with a word that another one must follow."""
    return row.rpartition(" ")[2].lower() in RUNNING_ON


def _is_numbered(row: str) -> bool:
    match = _NUMBERED.match(row)
    return match is not None and (match["count"] is None or is_count(match["count"]))


def _is_narrow(rows: Sequence[str]) -> bool:
    """Tell whether rows are narrower than anybody writes a text that goes on."""
    return len(rows) > 2 and max(map(len, rows)) <= NARROW


def _is_verse(rows: Sequence[str], widest: int) -> bool:
    """Tell whether rows are lines, and not a text that was cut where it was wide enough.

    Nobody ends a line where the next word would still have had room, but who means it; and all
    lines of verse begin with a capital, or none ends with a stop.
    """
    if len(rows) < 2 or any(map(_STOP_WITHIN.search, rows)):
        return False
    room = max(map(len, rows))
    if _is_narrow(rows) and 4 * sum(map(_runs_on, rows)) < len(rows):
        return True
    firsts = [match[1] for match in map(_FIRST.match, rows) if match]
    capitals = all(first.isupper() or first.isdigit() for first in firsts)
    opened = [
        (row, following)
        for row, following in pairwise(rows)
        if not (STOPPED.search(row) or _RUNS_ON.search(row))
        if not (row.endswith("]") or following.startswith("["))
    ]
    if not opened or (len(opened) == 1 and len(rows) > 2 and not capitals):
        return False
    if len(rows) == 2 and STOPPED.search(rows[-1]) and not capitals:
        return False
    width = widest if capitals else room
    if 4 * sum(map(_runs_on, (row for row, _ in opened))) >= len(opened):
        return False
    fits = sum(len(row) + 1 + len(following.split(" ", 1)[0]) <= width for row, following in opened)
    return 2 * fits >= len(opened)
