"""Keep a script's text with its places: offsets become lines and columns, faults become problems.

Everything after this module works with *offsets*, counted in characters of `Page.text`, in which
every line ends with a line feed. Replacing characters one by one keeps offsets true, so whatever
is not to be read further on (comments, code, marks) is overwritten and never cut out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from sessions.errors import MAX_PROBLEMS, Problem, ScriptError, Source
from sessions.script.account import Account

MAX_SCRIPT_BYTES: Final = 1 << 20
HIDDEN: Final = "\0"
"""Overwrites what is no part of the text; unique because scripts cannot hold it."""
LINE_END: Final = "\v"
"""Stands for a line feed where a line ends that is one by itself, as in verse; as unique."""

FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
"""Control characters but tab and line feed, halves of surrogate pairs, and what XML forbids."""
_NEWLINE = re.compile(r"\r\n?")


class Misread(ValueError):  # noqa: N818 - it becomes a Problem and never leaves this package
    """Words of a script that cannot be read; the caller knows their place."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Page:
    """A script's text and the offset at which each of its lines begins."""

    path: str
    text: str
    starts: tuple[int, ...]
    rows: dict[int, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Lines that problems hold, each once: a line may be long, and its problems many."""

    @classmethod
    def of(cls, path: str, text: str) -> Page:
        """Make the page of a text; a byte order mark counts as no character."""
        clean = _NEWLINE.sub("\n", text.removeprefix("\ufeff"))
        starts = (0, *(match.end() for match in re.finditer("\n", clean)))
        return cls(path, clean, starts)

    def source(self, start: int, stop: int = 0) -> Source:
        """Return the place of the characters `start` to `stop`: how far on their first line."""
        line = bisect_right(self.starts, start)
        end = self.starts[line] - 1 if line < len(self.starts) else len(self.text)
        column = start - self.starts[line - 1] + 1
        last = bisect_right(self.starts, stop - 1) if stop > end else line
        return Source(self.path, line, column, max(1, min(stop, end) - start), last - line + 1)

    def problem(self, start: int, stop: int, message: str, remedy: str) -> Problem:
        """Return the problem of the characters `start` to `stop`; one line of them is marked."""
        source = self.source(start, stop)
        if source.line not in self.rows:
            begin = self.starts[source.line - 1]
            end = self.text.find("\n", begin)
            self.rows[source.line] = self.text[begin:] if end < 0 else self.text[begin:end]
        return Problem(source, message, remedy, self.rows[source.line], source.length)


@dataclass(slots=True)
class Findings:
    """The problems of a page so far, and the account of its words.

    When there are `most` problems, reading ends.
    """

    page: Page
    problems: list[Problem] = field(default_factory=list)
    most: int = MAX_PROBLEMS
    account: Account = field(init=False)

    def __post_init__(self) -> None:
        self.account = Account(self.page.text)

    def add(self, start: int, stop: int, message: str, remedy: str) -> None:
        """Add a problem with the characters `start` to `stop`.

        Raises
        ------
        ScriptError
            With all problems, when this was the last one that a run reports.
        """
        self.problems.append(self.page.problem(start, stop, message, remedy))
        self.account.know(start, stop)
        if len(self.problems) >= self.most:
            self.settle()

    def settle(self) -> None:
        """Raise the `ScriptError` of the problems, if there are any."""
        if self.problems:
            raise ScriptError.of(self.problems)


def check_size(findings: Findings) -> None:
    """Find a script of more than 1 MiB in UTF-8."""
    text = findings.page.text
    size = len(text) if len(text) > MAX_SCRIPT_BYTES else len(text.encode(errors="replace"))
    if size > MAX_SCRIPT_BYTES:
        message = f"the script is larger than {MAX_SCRIPT_BYTES >> 20} MiB"
        findings.add(0, 1, message, "split it into several scripts")
        findings.settle()


def readable(findings: Findings) -> str:
    """Return the page's text with a space for every control character; find each of those."""

    def found(match: re.Match[str]) -> str:
        code = ord(match[0][0])
        remedy = "delete it; a script is plain text in UTF-8"
        if 0x80 <= code < 0xA0:  # of a quote in UTF-8 that was taken for Latin-1
            remedy = "the text was read in a wrong encoding: copy it anew, or save it as UTF-8"
        findings.add(*match.span(), f"a control character (U+{code:04X}) in the text", remedy)
        return " " * len(match[0])

    return FORBIDDEN.sub(found, findings.page.text)
