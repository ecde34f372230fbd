"""Find what looks as if something were to be done, or is for the maker, and will be said. Pure."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sessions.errors import Source
from sessions.script.model import lines_of
from sessions.script.phrases.marks import What
from sessions.script.phrases.production import Out, columns, outs, section
from sessions.script.phrases.quantities import shown
from sessions.script.phrases.speakers import speakers
from sessions.script.phrases.wording import worded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sessions.check.reading import Finding, Reading
    from sessions.script.model import Language

_MARK: Final = re.compile(r"\((?P<inside>[^()]{1,60})\)?|\{[\w-]*|[\]}]")
_LIKE_PAUSE: Final = re.compile(
    r"\s*(?:(?:pauzes?|pauses?|stilte|silence)\b|(?:wacht|wait|break)\s+[0-9])"
    r"|.*\b(?:pauze|pause|stilte|silence)\s*$",
    re.IGNORECASE,
)
_PAUSES: Final = ("pauze", "pause", "stilte", "silence")
_WORD: Final = re.compile(r"[^\W_]+")
_HEADING: Final = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_UNDER_HEADING_ROW: Final = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|?)+")
_FARTHEST_ROWS: Final = 40
"""Rows in which the words of a line are looked for, from where it begins."""
_LEAVE_OUT: Final = "leave it out, or put it into a comment, `<!-- ... -->`"


def spoken_marks(reading: Reading) -> Iterator[Finding]:
    """Find what looks as if it were to be done, and will be said."""
    rows = lines_of(reading.draft.text)
    told = list(_told(reading))
    for source, out in told:
        if _done(out) and out.mark:
            row = rows[source.line - 1]
            words = shown(row[out.start : out.stop])
            yield source, f"'{words}' is spoken as it stands", f"write `[{out.mark.written}]`"
    places = [(source.line, out.start, out.stop) for source, out in told]
    for line in reading.lines:
        row, start = rows[line.source.line - 1], line.source.column - 1
        for match in _MARK.finditer(line.text):
            if match["inside"] and not _like_pause(match["inside"]):
                continue
            at = row.find(match[0][0], start)
            if at > 0 and row[at - 1] == "\\":
                continue
            column = line.source.column if at < 0 else at + 1
            place = replace(line.source, column=column, length=len(match[0]))
            start = max(start, at + 1)
            if not any(one == place.line and a < column <= b for one, a, b in places):
                yield place, f"'{shown(match[0])}' is spoken as it stands"


def for_the_maker(reading: Reading) -> Iterator[Finding]:
    """Find what is for the one who makes the recording, and will be said."""
    rows = lines_of(reading.draft.text)
    for source, out in _told(reading):
        if not _done(out):
            words = shown(rows[source.line - 1][out.start : out.stop])
            remedy = _remedy(out, reading.draft.meta.language)
            yield source, f"'{words}' is for the maker, and spoken: {out.reason}", remedy


def _done(out: Out) -> bool:
    """Tell whether something of ours does what a mark asks for, and it begins no words."""
    return (
        out.mark is not None and out.mark.what in {What.PAUSE, What.BELL} and bool(out.mark.written)
    )


def _remedy(out: Out, language: Language) -> str:
    if out.remedy:
        return f"leave it out, or {out.remedy}"
    if out.mark is None or not out.mark.written:
        return _LEAVE_OUT
    with_words = ": these words" if out.mark.what is What.MANNER else ""
    return worded(f"leave it out, or write `[{out.mark.written}{with_words}]`", language)


def _told(reading: Reading) -> Iterator[tuple[Source, Out]]:
    """Yield what of the spoken lines is not for the listener, of a section and a table once."""
    rows = lines_of(reading.draft.text)
    spoken = _spoken(reading, rows)
    language = reading.draft.meta.language
    names = speakers([rows[number - 1] for number in spoken])
    closed, in_table = 0, False
    for number, row in enumerate(rows, start=1):
        heading = None if number in spoken else _HEADING.fullmatch(row)
        in_table = in_table and "|" in row
        found: Sequence[Out] = ()
        if heading:
            level = len(heading[1])
            if not closed or level <= closed:
                reason = section(heading[2], language)
                closed = level if reason else 0
                if reason and _speaks(rows, spoken, number, level):
                    found = [Out(row.index("#"), len(row.rstrip()), f"below it are {reason}")]
        elif number in spoken and not closed and not in_table:
            found = _table(rows, number, language)
            in_table = bool(found)
            found = found or [
                out for out in outs(row, language, names) if _heard(out, row, spoken[number])
            ]
        for out in found:
            yield Source(reading.draft.path, number, out.start + 1, out.stop - out.start), out


def _heard(out: Out, row: str, starts: Sequence[int]) -> bool:
    """Tell whether a word of it is spoken; a sign without words is, as the rest of its row."""
    if not _WORD.search(row, out.start, out.stop):
        return True
    first = bisect_left(starts, out.start)
    return first < len(starts) and starts[first] < out.stop


def _speaks(
    rows: Sequence[str], spoken: Mapping[int, Sequence[int]], number: int, level: int
) -> bool:
    """Tell whether anything is said below a heading, up to the next that is no deeper."""
    for later, row in enumerate(rows[number:], start=number + 1):
        if later in spoken:
            return True
        heading = _HEADING.fullmatch(row)
        if heading and len(heading[1]) <= level:
            return False
    return False


def _table(rows: Sequence[str], number: int, language: Language) -> Sequence[Out]:
    """Return the heading row of a table that has columns for the maker."""
    row = rows[number - 1]
    if "|" not in row or not _UNDER_HEADING_ROW.fullmatch("".join(rows[number : number + 1])):
        return ()
    cells = row.strip().strip("|").split("|")
    silent = [
        cell.strip() for cell, why in zip(cells, columns(cells, language), strict=False) if why
    ]
    start, stop = len(row) - len(row.lstrip()), len(row.rstrip())
    names = ", ".join(filter(None, silent))
    return [Out(start, stop, f"the columns {shown(names)}")] if names else ()


def _spoken(reading: Reading, rows: Sequence[str]) -> dict[int, list[int]]:
    """Return by the number of a row where in it the words begin that are spoken."""
    spoken: dict[int, list[int]] = {}
    for line in reading.lines:
        number, at = line.source.line, line.source.column - 1
        last = min(len(rows), number + _FARTHEST_ROWS)
        for word in _WORD.findall(line.text):
            row, start = number, rows[number - 1].find(word, at)
            while start < 0 and row < last:
                row += 1
                start = rows[row - 1].find(word)
            if start >= 0:  # a value is written otherwise than it is spoken
                number, at = row, start + len(word)
                spoken.setdefault(number, []).append(start)
    return spoken


def _like_pause(inside: str) -> bool:
    if _LIKE_PAUSE.match(inside):
        return True
    first, *others = inside.lower().split() or [""]
    timed = any(word[0].isdigit() for word in others)
    return timed and bool(difflib.get_close_matches(first, _PAUSES, n=1, cutoff=0.75))
