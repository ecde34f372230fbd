"""Divide a script's body into headings, paragraphs and rules, as Markdown has them.

Marks that are not spoken (`#`, `>`, `-`, comments, fenced code) are overwritten with `HIDDEN` or
spaces, so a character's index in a block is still its distance from the block's offset.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from sessions.script.counting import is_count
from sessions.script.directives import known
from sessions.script.page import HIDDEN, LINE_END

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

_UNSPOKEN = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^`\n]*$|(?P<comment><!--)|\\.|`[^`\n]*`"
    r"|^(?P<merge><{7}|>{7}|\|{7}|={7})(?:[ \t][^\n]*)?$",
    re.MULTILINE,
)
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[ \t]*$", re.MULTILINE)
_PREFIX = re.compile(rf"[ \t{HIDDEN}]*(?:>[ \t{HIDDEN}]*)*")
_ITEM = re.compile(r"(?:[-*+•‣◦▪●○]|(?P<number>[0-9]{1,9})[.)])(?:[ \t]+|$)(?:\[[ xX]\][ \t]+)?")
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
NARROW = 32
_BLANK = " \t" + HIDDEN
_ADDRESSED = re.compile(r"\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")
_STOPPED = re.compile(r"[.!?…][\"'”’»›)*_~\]]*$")  # noqa: RUF001 - typographic quotes are meant
_RUNS_ON = re.compile(r"[,;:–—-][*_~]*$")  # noqa: RUF001 - a dash
_STOP_WITHIN = re.compile(r"[.!?…][\"'”’»)]*\s+[^\W\d_]")  # noqa: RUF001 - as above
_FIRST = re.compile(r"[\W_]*(\w)")
_NUMBERED = re.compile(r"(?:[0-9]{1,3}[.):]|(?P<count>[^\W_]+)(?:\.{3,}|…|:))(?:\s|$)")
_DIRECTED = re.compile(r"(?:\[[^\[\]]*\]\s*)+")
"""A row of directives alone: it is no line of verse, and the line above it ends by what they do."""
_COUNTED = re.compile(rf"[ \t{HIDDEN}>]*(?P<number>[0-9]{{1,3}})[.)](?P<rest>(?:[ \t].*)?)$")
_ONLY_NUMBERS = re.compile(r"(?:[\s0-9.,)…]|\[[^\[\]]*\])*")


def mask(text: str, begin: int, findings: Findings) -> str:
    """Return the text with all before `begin`, comments and fenced code overwritten.

    Comments leave no trace, not even a line; code leaves empty lines, so it parts paragraphs.
    """
    pieces = [" " * begin]
    position = begin
    findings.account.know(0, begin)
    fences = [(match.start(), match.end(), match[1]) for match in _FENCE.finditer(text, begin)]
    merging = False
    while match := _UNSPOKEN.search(text, position):
        merging = merging or (match["merge"] or "")[:1] == "<"
        merged = merging and match["merge"]
        if not (match["comment"] or match["fence"] or merged):
            pieces.append(text[position : match.end()])
            position = match.end()
            continue
        pieces.append(text[position : match.start()])
        if match["comment"]:
            stop = _comment(text, match, findings)
            pieces.append(HIDDEN * (stop - match.start()))
        else:
            merging = merging and (match["merge"] or "")[:1] != ">"
            stop = _fence(match, fences, findings) if match["fence"] else _merge(match, findings)
            pieces.append(re.sub(r"[^\n]", " ", text[match.start() : stop]))
        position = stop
    pieces.append(text[position:])
    return "".join(pieces)


def _comment(text: str, opened: re.Match[str], findings: Findings) -> int:
    close = text.find("-->", opened.end())
    stop = len(text) if close < 0 else close + 3
    findings.account.know(opened.start(), stop)
    if close < 0:
        message = "a comment that is never closed"
        findings.add(*opened.span(), message, "write `-->` where it ends")
    return stop


def _fence(
    opened: re.Match[str], fences: Sequence[tuple[int, int, str]], findings: Findings
) -> int:
    """Return where a block of code ends; where it never does, that of the mark that opens it."""
    marks = opened["fence"]
    later = bisect_left(fences, (opened.end(),))
    for start, stop, closing in fences[later:]:
        if closing[0] == marks[0] and len(closing) >= len(marks):
            findings.account.leave(opened.end(), max(opened.end(), start - 1), CODE, CODE_REMEDY)
            findings.account.know(opened.start(), stop)
            return stop
    remedy = f"write `{marks[:3]}` where it ends, or delete this mark if the words are to be said"
    findings.add(
        opened.start("fence"), opened.end(), "a block of code that is never closed", remedy
    )
    return opened.end()


def _merge(marked: re.Match[str], findings: Findings) -> int:
    """Find a conflict of versions once, at its first mark; the others may be underlines."""
    if marked["merge"][0] == "<":
        message = "a merge that was never finished: both versions would be spoken"
        findings.add(*marked.span(), message, "keep one of the two, and delete these marks")
    else:
        findings.account.leave(*marked.span(), "the mark of a merge")
    return marked.end()


CODE = "in a block of code"
CODE_REMEDY = "delete the marks around it if the words are to be said"


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
            yield Paragraph(self.offset, _joined(lines, self.widest))


def _joined(lines: Sequence[str], widest: int) -> str:
    """Return the lines of a paragraph as one text, with `LINE_END` where one is a line by itself.

    That is where it ends with a backslash or two spaces, as Markdown has it, or before a number;
    and in verse.
    """
    rows = [line.strip(_BLANK) for line in lines]
    filled = [row for row in rows if row and not _DIRECTED.fullmatch(row)]
    verse, narrow = _is_verse(filled, widest), _is_narrow(filled)
    pieces, depth, counting = list[str](), 0, False
    for at, line in enumerate(lines[:-1]):
        row, following = rows[at], rows[at + 1]
        depth = max(0, depth + sum(map(row.count, "([{")) - sum(map(row.count, ")]}")))
        backslash = row.endswith("\\") and not row.endswith("\\\\")
        hard = backslash or line.endswith("  ")
        counting = counting or _is_numbered(row)
        numbered = counting and _is_numbered(following)
        flows = any(map(_DIRECTED.fullmatch, (row, following)))
        ends = hard or numbered or (verse and not flows and (narrow or not _RUNS_ON.search(row)))
        text = line.rstrip(_BLANK)[:-1] + HIDDEN if backslash else line
        pieces += [text, " " * (len(line) - len(text))]
        pieces.append(LINE_END if ends and row and following and not depth else "\n")
    return "".join([*pieces, lines[-1]])


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
    if _is_narrow(rows):
        return True
    firsts = [match[1] for match in map(_FIRST.match, rows) if match]
    capitals = all(first.isupper() or first.isdigit() for first in firsts)
    opened = [
        (row, following)
        for row, following in pairwise(rows)
        if not (_STOPPED.search(row) or _RUNS_ON.search(row))
        if not (row.endswith("]") or following.startswith("["))
    ]
    if not opened or (len(opened) == 1 and len(rows) > 2 and not capitals):
        return False
    if len(rows) == 2 and _STOPPED.search(rows[-1]) and not capitals:
        return False
    width = widest if capitals else room
    fits = sum(len(row) + 1 + len(following.split()[0]) <= width for row, following in opened)
    return 2 * fits >= len(opened)


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
    said = _STOPPED.search(title) or title.endswith((",", ";", "]"))
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
