"""Divide a script's body into headings, paragraphs and rules, as Markdown has them.

Marks that are not spoken (`#`, `>`, `-`; see `unspoken`) are overwritten with `HIDDEN` or
spaces, so a character's index in a block is still its distance from the block's offset.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from sessions.script.directives import known
from sessions.script.page import HIDDEN
from sessions.script.verse import STOPPED, joined

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

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

_PREFIX = re.compile(rf"[ \t{HIDDEN}]*(?:>[ \t{HIDDEN}]*)*")
BULLETS = "•‣◦▪●○·"
"""Marks of items as word processors have them."""
_ITEM = re.compile(
    rf"(?:[-*+{BULLETS}]|(?P<number>[0-9]{{1,9}})[.)])(?:[ \t]+|$)(?:\[[ xX]\][ \t]+)?"
)
_HEADING = re.compile(rf"(#{{1,6}})(?:[ \t{HIDDEN}]+|$)")
_DEFINITION = re.compile(
    r"\[(?P<label>[^\]\n]+)\]:[ \t]*"
    r"(?:<[^<>\n]*>|(?:\.{0,2}/|#|mailto:)\S+|\S+/\S*|[\w-]+(?:\.[\w-]+)+)"
    r"(?:[ \t]+(?P<title>[\"'(][^\n]*))?[ \t]*$",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\[(?P<label>\^[^\]\n]+)\]:")
_CELL = re.compile(r"[^|]+")
_LONGEST_SETEXT = 80
_BLANK = " \t" + HIDDEN
_ADDRESSED = re.compile(r"\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")
_COUNTED = re.compile(rf"[ \t{HIDDEN}>]*(?P<number>[0-9]{{1,3}})[.)](?P<rest>(?:[ \t].*)?)$")
_ONLY_NUMBERS = re.compile(r"(?:[\s0-9.,)…]|\[[^\[\]]*\])*")


def labels(masked: str) -> frozenset[str]:
    """Return the labels, in lower case, that links elsewhere in the text may refer to."""
    found = (_definition(line[_prefix(line) :]) for line in masked.split("\n"))
    return frozenset(label for label in found if label)


def blocks(masked: str, findings: Findings) -> Iterator[Block]:
    """Yield the blocks of a text that `mask` made, in order; none of them is blank."""
    lines = masked.split("\n")
    counted = _counted(lines)
    paragraph = _Open(findings=findings, widest=max(map(len, lines)))
    offset = 0
    for number, line in enumerate(lines):
        yield from _line(paragraph, offset, line, counts=number in counted)
        offset += len(line) + 1
    yield from paragraph.close()


def _counted(lines: Sequence[str]) -> Container[int]:
    """Return the lines that begin with a number which is said: in a countdown, or in a row of them.

    Those of other lists are no more than marks.
    """
    found: set[int] = set()
    numbers: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        match = _COUNTED.match(line)
        if match:
            numbers.append((index, int(match["number"])))
            if _ONLY_NUMBERS.fullmatch(match["rest"].strip(_BLANK)):
                found.add(index)
    rising = {at for (_, one), (at, other) in pairwise(numbers) if other == one + 1}
    rising |= {at for (at, one), (_, other) in pairwise(numbers) if other == one + 1}
    found -= {at for at in found & rising if "[" in lines[at]}
    for (first, one), (second, other) in pairwise(numbers):
        if other == one - 1 and first not in rising:
            found |= {first, second}
    return found


@dataclass(slots=True)
class _Open:
    """The paragraph that is being read, line by line."""

    findings: Findings
    widest: int
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
            yield Paragraph(self.offset, joined(lines, self.widest))


def _line(  # noqa: C901 - one case per kind of line
    paragraph: _Open, offset: int, line: str, *, counts: bool
) -> Iterator[Block]:
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
        _leave_definition(body, offset + start, paragraph.findings)
    else:
        item = _ITEM.match(body)
        if item and (item["number"] in {None, "1"} or paragraph.item or paragraph.lines is None):
            if not (counts and _ONLY_NUMBERS.fullmatch(body)):
                yield from paragraph.close()
                paragraph.item = True
            mark = 0 if counts else item.end()
            paragraph.findings.account.know(offset + start, offset + start + mark)
            start += mark
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
    title = _ADDRESSED.sub("", paragraph.lines[0].strip(_BLANK))
    said = STOPPED.search(title) or title.endswith((",", ";", "]"))
    if len(title) > _LONGEST_SETEXT or said:
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
    note = _FOOTNOTE.match(body)
    if note:
        return note["label"].lower()
    match = _DEFINITION.match(body) if body.startswith("[") else None
    if match is None or known(match["label"]):
        return ""
    return " ".join(match["label"].lower().split())


def is_definition(line: str) -> bool:
    """Tell whether a line is no text, but says where a link leads or what a footnote says."""
    return bool(_definition(line[_prefix(line) :].rstrip(_BLANK)))


def _leave_definition(body: str, offset: int, findings: Findings) -> None:
    note = _FOOTNOTE.match(body)
    match = note or _DEFINITION.match(body)
    if match is None:
        return
    start = match.end() if note else match.start("title")
    if note or start >= 0:
        why = "in a footnote" if note else "in the title of a link"
        findings.account.leave(offset + start, offset + len(body), why, "write it in the text")
    findings.account.know(offset, offset + len(body))


def _cells(offset: int, row: str) -> Iterator[Paragraph]:
    for cell in _CELL.finditer(row):
        if cell[0].strip(_BLANK + "-:"):
            yield Paragraph(offset + cell.start(), cell[0])
