"""Show an error to a person: place, what, remedy, with the line and a caret under the fault."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from sessions.cli.console import as_seen
from sessions.errors import InputMissingError, ScriptError

if TYPE_CHECKING:
    from sessions.errors import Problem, SessionsError

MAX_LINE_CELLS: Final = 100
TAB: Final = "    "
_BEFORE_CELLS: Final = 60
"""How much of a long line is shown before the fault; what is wrong is best seen from its left."""
_ELLIPSIS: Final = "…"


def render(error: SessionsError, label: str = "error") -> str:
    """Return an error as plain text; it is safe to send to a terminal."""
    problems = error.problems if isinstance(error, ScriptError) else ()
    if problems:
        return "\n\n".join(_problem(problem, label) for problem in problems)
    lines = [f"error: {plain_text(error.message)}"]
    if isinstance(error, InputMissingError):
        lines += [f"    {plain_text(missing)}" for missing in error.listed]
    if error.remedy:
        lines.append(f"  = help: {plain_text(error.remedy)}")
    return "\n".join(lines)


def _problem(problem: Problem, label: str) -> str:
    number = str(problem.source.line)
    gutter = " " * len(number)
    lines = [
        f"{label}: {plain_text(problem.message)}",
        f"{gutter}--> {plain_text(str(problem.source))}",
    ]
    if problem.text.strip():
        shown, carets = _marked(problem.text, problem.source.column - 1, max(1, problem.length))
        lines += [f"{gutter} |", f"{number} | {shown}", f"{gutter} | {carets}"]
    if problem.remedy:
        lines.append(f"{gutter} = help: {plain_text(problem.remedy)}")
    return "\n".join(lines)


def _marked(text: str, start: int, length: int) -> tuple[str, str]:
    """Return a line, cut to fit if it is long, and the carets that go under it."""
    left, ahead = _window(text, start)
    shown = [plain_text(mark) for mark in text[left : left + 2 * MAX_LINE_CELLS]]
    more = as_seen(_ELLIPSIS)
    head = more if left else ""
    before = cells(head) + sum(map(cells, shown[:ahead]))
    room = MAX_LINE_CELLS - cells(head)
    kept: list[str] = []
    for mark in shown:
        room -= cells(mark)
        if room < 0:
            break
        kept.append(mark)
    tail = more if left + len(kept) < len(text) else ""
    under = sum(map(cells, kept[ahead : ahead + length]))
    return (head + "".join(kept)).rstrip() + tail, " " * before + "^" * max(1, under)


def _window(text: str, start: int) -> tuple[int, int]:
    """Return the first character to show, and how many come before the one at `start`."""
    if len(text) <= MAX_LINE_CELLS and sum(map(cells, map(plain_text, text))) <= MAX_LINE_CELLS:
        return 0, start
    room, left = _BEFORE_CELLS, start
    while left > 0 and start - left < 2 * MAX_LINE_CELLS:
        room -= cells(plain_text(text[left - 1]))
        if room < 0:
            break
        left -= 1
    return left, start - left


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(map(_width, text))


def _width(mark: str) -> int:
    if unicodedata.category(mark) in {"Mn", "Me"} or mark in "\u200c\u200d":
        return 0
    return 2 if unicodedata.east_asian_width(mark) in "WF" else 1


def plain_text(text: str) -> str:
    """Return a text as a console shows it, tabs as spaces, and nothing that steers a terminal."""
    told = "".join(
        TAB
        if mark == "\t"
        else mark
        if unicodedata.category(mark) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        or mark in "\u200c\u200d"
        else "\N{REPLACEMENT CHARACTER}"
        for mark in text
    )
    return as_seen(told)
