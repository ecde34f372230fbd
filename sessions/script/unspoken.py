"""Find what of a script is not spoken: comments, blocks of code, and what a merge left behind."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from sessions.script.page import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sessions.script.page import Findings

_UNSPOKEN = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^`\n]*$|(?P<comment><!--)|\\.|`[^`\n]*`"
    r"|^(?P<merge><{7}|>{7}|\|{7}|={7})(?:[ \t][^\n]*)?$",
    re.MULTILINE,
)
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[ \t]*$", re.MULTILINE)
CODE = "in a block of code"
CODE_REMEDY = "delete the marks around it if the words are to be said"


class Kind(Enum):
    """What a stretch is that is not spoken."""

    COMMENT = auto()
    CODE = auto()
    MERGE = auto()


@dataclass(frozen=True, slots=True)
class Silent:
    """A stretch of a text that is not spoken; one that is `opened` and never closed is its mark."""

    kind: Kind
    start: int
    stop: int
    opened: bool = False


def silent(text: str, begin: int) -> Iterator[Silent]:
    """Yield the comments and blocks of code of a text, and the marks of merges, in order."""
    fences = [(match.start(), match.end(), match[1]) for match in _FENCE.finditer(text, begin)]
    position = begin
    merging = False
    while match := _UNSPOKEN.search(text, position):
        position = match.end()
        mark = (match["merge"] or "")[:1]
        merging = merging or mark == "<"
        if match["comment"]:
            close = text.find("-->", match.end())
            position = match.end() if close < 0 else close + 3
            yield Silent(Kind.COMMENT, match.start(), position, opened=close < 0)
        elif match["fence"]:
            close = _closing(match, fences)
            position = close or match.end()
            yield Silent(Kind.CODE, match.start(), position, opened=not close)
        elif mark and merging:
            merging = mark != ">"
            yield Silent(Kind.MERGE, *match.span(), opened=mark == "<")


def _closing(opened: re.Match[str], fences: Sequence[tuple[int, int, str]]) -> int:
    """Return where a block of code ends, 0 if it never does."""
    marks = opened["fence"]
    later = bisect_left(fences, (opened.end(),))
    for _, stop, closing in fences[later:]:
        if closing[0] == marks[0] and len(closing) >= len(marks):
            return stop
    return 0


def mask(text: str, begin: int, findings: Findings) -> str:
    """Return the text with all before `begin`, comments and fenced code overwritten.

    Comments leave no trace, not even a line; code leaves empty lines, so it parts paragraphs.
    """
    pieces = [" " * begin]
    position = begin
    findings.account.know(0, begin)
    for one in silent(text, begin):
        pieces.append(text[position : one.start])
        inside = text[one.start : one.stop]
        hidden = one.kind is Kind.COMMENT
        pieces.append(HIDDEN * len(inside) if hidden else _NOT_LINE.sub(" ", inside))
        position = one.stop
        if one.opened:
            findings.add(one.start, one.stop, *OPENED[one.kind])
        elif one.kind is Kind.CODE:
            first, last = inside.find("\n"), inside.rfind("\n")
            findings.account.leave(one.start + first, one.start + last, CODE, CODE_REMEDY)
        elif one.kind is Kind.MERGE:
            findings.account.leave(one.start, one.stop, "a mark of a merge", "delete it")
        findings.account.know(one.start, one.stop)
    pieces.append(text[position:])
    return "".join(pieces)


OPENED: Final = {
    Kind.COMMENT: ("a comment that is never closed", "write `-->` where it ends"),
    Kind.CODE: (
        "a block of code that is never closed",
        "write another such line where it ends, or delete this one if the words are to be said",
    ),
    Kind.MERGE: (
        "a merge that was never finished: both versions would be spoken",
        "keep one of the two, and delete these marks",
    ),
}
"""What is wrong with a stretch that is opened only, and what helps."""
_NOT_LINE = re.compile(r"[^\n]")
