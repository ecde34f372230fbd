"""Read the text of a block: plain text, Markdown's marks, and `[directives]` between them."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from sessions.errors import Source
from sessions.script import directives, links, recognize, values
from sessions.script.angles import TAG_REMEDY, TAG_WHY, angle
from sessions.script.page import HIDDEN, LINE_END, Misread
from sessions.script.texts import Piece, Text, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sessions.script.model import Language
    from sessions.script.page import Findings


@dataclass(frozen=True, slots=True)
class Bracket:
    """What stands between two brackets, at the offsets `start` to `stop` with them.

    `end` is where all of it ends: that of `[soft: words]`, which stops before the words, is behind
    them. One that is `unclosed` is found to be so already; only its first word is known.
    """

    content: str
    start: int
    stop: int
    end: int
    unclosed: bool = False


@dataclass(frozen=True, slots=True)
class LineEnd:
    """Where a line ends that is one by itself."""

    offset: int


Span: TypeAlias = Text | Bracket | LineEnd

_PLAIN = re.compile(rf"(?:[^\\`*_~\[\]({{}}<&{HIDDEN}{LINE_END}!]+|!(?!\[))+")
_HIDDEN_RUN = re.compile(rf"{HIDDEN}+")
_RUN = re.compile(r"`+|\*+|_+|~+")
_STRUCTURE = re.compile(r"\\.|[\[\]{}]|`+", re.DOTALL)
_FIRST_WORD = re.compile(r"\[[ \t]*[^\s\[]*")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_ESCAPABLE: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_UNHEARD: Final = Piece("", 0)
"""What marks at the edge of a word leave in the text."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def spans(
    text: str, offset: int, labels: frozenset[str], findings: Findings, language: Language
) -> list[Span]:
    """Return the text and brackets of a block, in order.

    Parameters
    ----------
    text
        The block, with `HIDDEN` where characters of it are not to be read.
    offset
        Where it begins in the page.
    labels
        What links by reference may refer to.
    findings
        Where a bracket that is never closed goes, and what is accounted for.
    language
        That of the script, for remedies.
    """
    reader = _Reader(text, offset, labels, findings, language)
    position = 0
    while position < len(text):
        plain = _PLAIN.match(text, position)
        if plain:
            reader.say(plain[0], position)
            position = plain.end()
        else:
            position = _READERS[text[position]](reader, position)
    for start, _ in reader.optional:  # its closing brace is inside of a tag or an address
        reader.found_fault(start, start + 1, _unclosed_brace())
        for piece in reader.pieces:
            if piece.origin == offset + start:
                piece.text = ""  # half a reference could not be read
    reader.flush()
    return reader.found


@dataclass(slots=True)
class _Reader:
    """A block half read: what was found, and the words since the last bracket."""

    text: str
    offset: int
    labels: frozenset[str]
    findings: Findings
    language: Language
    found: list[Span] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    openers: dict[str, list[tuple[Piece, int]]] = field(default_factory=lambda: defaultdict(list))
    skips: dict[int, int] = field(default_factory=dict)
    ends: set[int] = field(default_factory=set)
    optional: list[tuple[int, int]] = field(default_factory=list)
    closers: Mapping[int, int] = field(init=False)
    codes: Mapping[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.closers, self.codes = _structure(self.text)

    def say(self, text: str, position: int) -> None:
        self.pieces.append(Piece(text, self.offset + position))

    def know(self, start: int, stop: int) -> None:
        """Account for marks that are no words to say."""
        self.findings.account.know(self.offset + start, self.offset + stop)

    def leave(self, start: int, stop: int, why: str, remedy: str) -> None:
        """Leave out what will not be said."""
        self.findings.account.leave(self.offset + start, self.offset + stop, why, remedy)

    def found_fault(self, start: int, stop: int, fault: Misread) -> None:
        self.findings.add(self.offset + start, self.offset + stop, fault.message, fault.remedy)

    def direct(self, content: str, start: int, stop: int, end: int = 0) -> None:
        """Add a directive, and before it the words so far; it ends at `stop`, if not later."""
        if self.optional:
            remedy = "end the words in braces before it"
            message = "a directive inside of words that may go"
            self.found_fault(start, stop, Misread(message, remedy))
            return  # between two halves of a reference neither could be read
        self.flush()
        self.know(start, stop)
        begin, after, last = (self.offset + place for place in (start, stop, end or stop))
        self.found.append(Bracket(content, begin, after, last))

    def part(self, position: int) -> None:
        """End a line here; words that may go stay in one."""
        if self.optional:
            self.say(" ", position)
            return
        self.flush()
        self.found.append(LineEnd(max(0, self.offset + position - 1)))

    def flush(self) -> None:
        text = joined(self.pieces)
        if text.text.strip():
            self.found.append(text)
        self.pieces = []


def _structure(text: str) -> tuple[dict[int, int], dict[int, int]]:
    """Return where each opening bracket or brace, and each run of code marks, is closed."""
    runs: dict[int, list[int]] = defaultdict(list)
    for run in re.finditer(r"`+", text):
        runs[len(run[0])].append(run.start())
    closers: dict[int, int] = {}
    codes: dict[int, int] = {}
    opened: dict[str, list[int]] = {"]": [], "}": []}
    position = 0
    while match := _STRUCTURE.search(text, position):
        position = match.end()
        mark = match[0][0]
        if mark == "[" or (mark == "{" and values.REFERENCE.match(text, match.start())):
            opened["]" if mark == "[" else "}"].append(match.start())
        elif opened.get(mark):
            closers[opened[mark].pop()] = match.start()
        elif mark == "`":
            same = runs[len(match[0])]
            later = bisect_right(same, match.start())
            if later < len(same):
                codes[match.start()] = same[later]
                position = same[later] + len(match[0])
    return closers, codes


def _backslash(reader: _Reader, position: int) -> int:
    after = reader.text[position + 1 : position + 2]
    if after in _ESCAPABLE and after:
        reader.say(after, position + 1)
        return position + 2
    if after != "\n":
        reader.say("\\", position)
    return position + 1


def _code(reader: _Reader, position: int) -> int:
    match = _RUN.match(reader.text, position)
    stop = match.end() if match else position + 1
    close = reader.codes.get(position)
    if close is None:
        return stop
    reader.say(reader.text[stop:close].replace(HIDDEN, " ").replace(LINE_END, " "), stop)
    return close + stop - position


def _emphasis(reader: _Reader, position: int) -> int:
    """Drop marks that stand at a word's edge; keep `5*3`, `snake_case` and a lone `*`."""
    match = _RUN.match(reader.text, position)
    stop = match.end() if match else position + 1
    mark, length = reader.text[position], stop - position
    before, after = reader.text[position - 1 : position], reader.text[stop : stop + 1]
    opens = after != HIDDEN and bool(after.strip())
    closes = before != HIDDEN and bool(before.strip())
    inside = before.isalnum() and after.isalnum()
    if (not opens and not closes) or (mark == "_" and inside) or (mark == "~" and length != 2):
        reader.say(reader.text[position:stop], position)
        return stop
    openers = reader.openers[mark]
    while closes and length and openers:
        piece, count = openers.pop()
        used = min(count, length)
        length -= used
        piece.text = piece.text[used:]
        if count > used:
            openers.append((piece, count - used))
            break
    if opens and length:
        piece = _UNHEARD
        if inside:
            piece = Piece(mark * length, reader.offset + stop - length)
            reader.pieces.append(piece)
        openers.append((piece, length))
    return stop


def _open_bracket(reader: _Reader, position: int) -> int:
    text, close = reader.text, reader.closers.get(position)
    if close is None:
        word = _FIRST_WORD.match(text, position)
        stop = word.end() if word else position + 1
        reader.findings.add(
            reader.offset + position,
            reader.offset + stop,
            "a `[` that is never closed",
            "close it with `]`; for a bracket in the text write `\\[`",
        )
        start, end = reader.offset + position, reader.offset + stop
        reader.found.append(Bracket(text[position + 1 : stop], start, end, end, unclosed=True))
        return position + 1
    target = links.target(text, position, close, reader.labels)
    if target:
        reader.skips[close] = target
        _know_target(reader, close, target)
        return position + 1
    line_form = recognize.line_form(text, position + 1, min(close, position + links.LONGEST_LABEL))
    if line_form:
        reader.direct(_asked(line_form[0]), position, line_form[1], close + 1)
        reader.ends.add(close)
        return line_form[1]
    content = _asked(text[position + 1 : close])
    if content.startswith("^") and content.lower() in reader.labels:
        reader.know(position, close + 1)
        return close + 1
    if recognize.says(content):
        _said(reader, content, position, close + 1)
    else:
        reader.direct(content, position, close + 1)
    return close + 1


def _asked(content: str) -> str:
    """Return the words between two brackets without the marks of readers before this one."""
    return content.replace(HIDDEN, "").replace(LINE_END, " ")


def _said(reader: _Reader, content: str, start: int, stop: int) -> None:
    """Say words otherwise than they are shown; they stay part of their sentence."""
    try:
        meaning = recognize.read(content, Source("", 1, 1))
    except Misread as misread:
        reader.found_fault(start, stop, misread)
        return
    if isinstance(meaning, directives.Said):
        places = reader.offset + start, reader.offset + stop
        reader.pieces.append(Piece(meaning.shown, places[0], meaning.spoken, places[1]))


def _close_bracket(reader: _Reader, position: int) -> int:
    if position in reader.skips:
        return reader.skips[position]
    if position in reader.ends:
        reader.direct("end", position, position + 1)
        return position + 1
    reader.say("]", position)
    return position + 1


def _know_target(reader: _Reader, close: int, stop: int) -> None:
    """Account for the address or label of a link; the title that it may have is left out."""
    title = links.TITLE.search(reader.text, close, stop)
    if title:
        reader.leave(*title.span(1), "in the title of a link", "write it in the text")
    reader.know(close, stop)


def _open_round(reader: _Reader, position: int) -> int:
    aside = recognize.aside(reader.text, position)
    if aside is None:
        reader.say("(", position)
        return position + 1
    reader.direct(aside[0], position, aside[1])
    return aside[1]


def _open_brace(reader: _Reader, position: int) -> int:
    match = values.REFERENCE.match(reader.text, position)
    if match is None:
        reader.say("{", position)
        return position + 1
    if match[2] == "}":
        reader.say(f"{values.OPEN}{match[1]}{values.CLOSE}", position)
        return match.end()
    close = reader.closers.get(position)
    if close is None:
        reader.found_fault(position, match.end(), _unclosed_brace())
        return match.end()
    reader.say(f"{values.OPEN}{match[1]}{values.IF}", position)
    reader.optional.append((position, close))
    return match.end()


def _unclosed_brace() -> Misread:
    return Misread("a `{` that is never closed", "write `{naam?, {naam}}`")


def _close_brace(reader: _Reader, position: int) -> int:
    meant = bool(reader.optional) and reader.optional[-1][1] == position
    if meant:
        reader.optional.pop()
    reader.say(values.CLOSE if meant else "}", position)
    return position + 1


def _exclamation(reader: _Reader, position: int) -> int:
    """Drop the mark of an image; keep that of `Adem in![pause 4s]`."""
    close = reader.closers.get(position + 1)
    if close is None or not links.target(reader.text, position + 1, close, reader.labels):
        reader.say("!", position)
    return position + 1


def _angle(reader: _Reader, position: int) -> int:
    found = angle(reader.text, position, reader.language)
    if found.says:
        reader.say(found.says, reader.text.index(found.says, position))
    elif found.asks:
        reader.direct(found.asks, position, found.stop)
    elif found.fault:
        reader.found_fault(position, found.stop, found.fault)
    else:
        if found.parts:
            reader.part(position)
        if found.lost:
            reader.leave(position, found.stop, TAG_WHY, TAG_REMEDY)
        else:
            reader.know(position, found.stop)
    return found.stop


def _entity(reader: _Reader, position: int) -> int:
    match = _ENTITY.match(reader.text, position)
    decoded = html.unescape(match[0]) if match else "&"
    reader.say(_CONTROL.sub(" ", decoded), position)
    if match:
        reader.know(position, match.end())
    return match.end() if match else position + 1


def _hidden(reader: _Reader, position: int) -> int:
    match = _HIDDEN_RUN.match(reader.text, position)
    return match.end() if match else position + 1


def _line_end(reader: _Reader, position: int) -> int:
    reader.part(position)
    return position + 1


_READERS: Final[Mapping[str, Callable[[_Reader, int], int]]] = {
    "\\": _backslash,
    "`": _code,
    "*": _emphasis,
    "_": _emphasis,
    "~": _emphasis,
    "[": _open_bracket,
    "]": _close_bracket,
    "(": _open_round,
    "{": _open_brace,
    "}": _close_brace,
    "!": _exclamation,
    "<": _angle,
    "&": _entity,
    HIDDEN: _hidden,
    LINE_END: _line_end,
}
