"""Divide a script's body into headings, paragraphs and rules, as Markdown has them.

Marks that are not spoken (`#`, `>`, `-`, comments, fenced code) are overwritten with `HIDDEN` or
spaces, so a character's index in a block is still its distance from the block's offset.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from sessions.script.directives import known
from sessions.script.page import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.script.page import Findings


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    offset: int
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text that is spoken on: a paragraph, one item of a list, one cell of a table."""

    offset: int
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of `---`, `***` or `___`."""

    offset: int


Block: TypeAlias = Heading | Paragraph | Rule

_UNSPOKEN = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^`\n]*$|(?P<comment><!--)|\\.|`[^`\n]*`", re.MULTILINE
)
_PREFIX = re.compile(rf"[ \t{HIDDEN}]*(?:>[ \t{HIDDEN}]*)*")
_ITEM = re.compile(r"(?:[-*+]|(?P<number>[0-9]{1,9})[.)])(?:[ \t]+|$)(?:\[[ xX]\][ \t]+)?")
_HEADING = re.compile(rf"(#{{1,6}})(?:[ \t{HIDDEN}]+|$)")
_DEFINITION = re.compile(
    r"\[(?P<label>[^\]\n]+)\]:[ \t]+(?P<target>\S+)(?:[ \t]+[\"'(][^\n]*)?[ \t]*$"
)
_CELL = re.compile(r"[^|]+")
_LONGEST_SETEXT = 80
_BLANK = " \t" + HIDDEN


def mask(text: str, begin: int, findings: Findings) -> str:
    """Return the text with all before `begin`, comments and fenced code overwritten.

    Comments leave no trace, not even a line; code leaves empty lines, so it parts paragraphs.
    """
    pieces = [" " * begin]
    position = begin
    while match := _UNSPOKEN.search(text, position):
        if match["comment"] is None and match["fence"] is None:
            pieces.append(text[position : match.end()])
            position = match.end()
            continue
        pieces.append(text[position : match.start()])
        if match["comment"]:
            close = text.find("-->", match.end())
            stop = len(text) if close < 0 else close + 3
            pieces.append(HIDDEN * (stop - match.start()))
            if close < 0:
                message = "a comment that is never closed"
                findings.add(*match.span(), message, "write `-->` where it ends")
        else:
            fence = match["fence"]
            closing = re.compile(rf"^[ \t>]*{fence[0]}{{{len(fence)},}}[ \t]*$", re.MULTILINE)
            close_match = closing.search(text, match.end())
            stop = close_match.end() if close_match else len(text)
            pieces.append(re.sub(r"[^\n]", " ", text[match.start() : stop]))
        position = stop
    pieces.append(text[position:])
    return "".join(pieces)


def labels(masked: str) -> frozenset[str]:
    """Return the labels, in lower case, that links elsewhere in the text may refer to."""
    found = (_definition(line[_prefix(line) :]) for line in masked.split("\n"))
    return frozenset(label for label in found if label)


def blocks(masked: str) -> Iterator[Block]:
    """Yield the blocks of a text that `mask` made, in order; none of them is blank."""
    paragraph = _Open()
    offset = 0
    for line in masked.split("\n"):
        yield from _line(paragraph, offset, line)
        offset += len(line) + 1
    yield from paragraph.close()


@dataclass(slots=True)
class _Open:
    """The paragraph that is being read, line by line."""

    offset: int = 0
    lines: list[str] | None = None
    quoted: bool = False
    item: bool = False

    def add(self, offset: int, line: str) -> None:
        if self.lines is None:
            self.offset, self.lines = offset, []
        self.lines.append(line)

    def close(self) -> Iterator[Paragraph]:
        lines, self.lines, self.item, self.quoted = self.lines, None, False, False
        if lines and "\n".join(lines).strip(_BLANK + "\n"):
            yield Paragraph(self.offset, "\n".join(lines))


def _line(paragraph: _Open, offset: int, line: str) -> Iterator[Block]:  # noqa: C901 - one case per kind of line
    start = _prefix(line)
    body = line[start:].rstrip(_BLANK)
    quoted = ">" in line[:start]
    if not body:
        if HIDDEN not in line:
            yield from paragraph.close()
        elif paragraph.lines is not None:
            paragraph.add(offset, HIDDEN * len(line))
        return
    if quoted and not paragraph.quoted:
        yield from paragraph.close()
    underline = _setext(paragraph, body)
    if underline:
        yield Heading(paragraph.offset, (paragraph.lines or [""])[0], underline)
        paragraph.lines = None
    elif _is_rule(body):
        yield from paragraph.close()
        yield Rule(offset + start)
    elif heading := _HEADING.match(body):
        yield from paragraph.close()
        title = _without_closing_marks(body[heading.end() :])
        yield Heading(offset + start, HIDDEN * heading.end() + title, len(heading[1]))
    elif body.startswith("|"):
        yield from paragraph.close()
        yield from _cells(offset + start, body)
    elif _definition(body):
        yield from paragraph.close()
    else:
        item = _ITEM.match(body)
        if item and (item["number"] in {None, "1"} or paragraph.item or paragraph.lines is None):
            yield from paragraph.close()
            paragraph.item = True
            start += item.end()
        paragraph.quoted = paragraph.quoted or quoted
        paragraph.add(offset, HIDDEN * start + line[start:])


def _prefix(line: str) -> int:
    match = _PREFIX.match(line)
    return match.end() if match else 0


def _setext(paragraph: _Open, body: str) -> int:
    """Return the level of the heading that a line makes of the one before it, else 0.

    Markdown makes a heading of any text above `---`. Who writes a script may mean a long pause
    there, and what is a heading is not spoken: only what looks like a title becomes one.
    """
    if not paragraph.lines or len(paragraph.lines) != 1 or paragraph.item or paragraph.quoted:
        return 0
    title = paragraph.lines[0].strip(_BLANK)
    if len(title) > _LONGEST_SETEXT or title.endswith((".", "!", "…", ",", ";", "]")):
        return 0
    return 1 if not body.strip("=") else 2 if not body.strip("-") else 0


def _is_rule(body: str) -> bool:
    compact = body.replace(" ", "").replace("\t", "").replace(HIDDEN, "")
    return len(compact) >= 3 and compact[0] in "-*_=" and not compact.strip(compact[0])


def _without_closing_marks(title: str) -> str:
    bare = title.rstrip("#")
    return bare.rstrip(_BLANK) if not bare or bare[-1] in _BLANK else title


def _definition(body: str) -> str:
    """Return the label of a link's or footnote's definition in lower case, else ''."""
    match = _DEFINITION.match(body) if body.startswith("[") else None
    if body.startswith("[^") and "]:" in body:
        return body[1 : body.index("]:")].lower()
    if match is None or known(match["label"]) or not re.search(r"[/.#:<]", match["target"]):
        return ""
    return " ".join(match["label"].lower().split())


def _cells(offset: int, row: str) -> Iterator[Paragraph]:
    for cell in _CELL.finditer(row):
        if cell[0].strip(_BLANK + "-:"):
            yield Paragraph(offset + cell.start(), cell[0])
