"""Tell what the lines of a text are: comments, titles, tables, and sections that are for others."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from sessions.script.importing.job import A_COMMENT, DRESS, HEADING, Line, is_blank
from sessions.script.phrases import production
from sessions.script.phrases.breathing import PHASES, TIMES
from sessions.script.phrases.marks import understood

if TYPE_CHECKING:
    from sessions.script.importing.job import Job

LONGEST_TITLE: Final = 60
MOST_COLON_WORDS: Final = 3
MOST_BRACKETED_WORDS: Final = 4
A_TITLE: Final = "taken as a title, not spoken"
_SAYING: Final = frozenset(
    (
        *("say", "repeat", "think", "remember", "listen", "notice", "imagine", "ask", "tell"),
        *("whisper", "breathe", "breath", "inhale", "exhale", "hold", "zeg", "herhaal", "denk"),
        *("onthoud", "luister", "vraag", "vertel", "fluister", "adem", "ademen", "inademen"),
        *("uitademen", "houd", "hou", "vast"),
    )
)
"""Words of a line that is no title, though it is in capitals or ends with a colon."""
_NO_TITLE: Final = _SAYING | PHASES.keys() - {TIMES}
_HASHES: Final = re.compile(r"[ \t]*(?P<marks>#+)(?P<words>.*)")
_LISTED: Final = re.compile(r"[ \t]*(?:[-*+•·>]|[0-9]{1,3}[.)])[ \t]")
_STOPPED: Final = re.compile(r"[.!?…][\"'”’»)*_]*$")  # noqa: RUF001 - typographic quotes are meant
_CELL: Final = re.compile(r"[^|\n]+")
_ROW: Final = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_PARTING: Final = re.compile(r"[ \t]*\|?[ \t:|-]*-[ \t:|-]*\|?[ \t]*$")
_BRACKETED: Final = re.compile(r"\[(?P<title>[^\[\]:]{3,40})\]")
_SMALL: Final = frozenset(
    (
        *("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to"),
        *("with", "de", "den", "der", "een", "en", "het", "met", "naar", "op", "te", "van", "voor"),
    )
)
"""Words of a title that have no capital."""


def leave_comments(job: Job, lines: list[Line]) -> None:
    """Leave out runs of lines with `#`, as in lists of lines; other ones are titles."""
    if not job.plain:
        return
    for hashed, group in groupby(lines, lambda line: _HASHES.fullmatch(line.text) is not None):
        run = list(group)
        rows = [match for match in (_HASHES.fullmatch(one.text) for one in run) if match]
        words = [match["words"].strip() for match in rows]
        small = any(not word or word[0].islower() for word in words)
        alike = len(run) > 1 and len({match["marks"] for match in rows}) == 1
        if hashed and (small or alike):
            for one in run:
                job.drop(one.start, one.stop, A_COMMENT)


def leave_sections(job: Job, lines: list[Line]) -> None:
    """Leave out what stands below a heading of what is not for the listener."""
    level, why = 0, ""
    for at, line in enumerate(lines):
        heading = HEADING.fullmatch(line.text)
        title = heading["title"] if heading else _alone(lines, at)
        if title:
            depth = len(heading["marks"]) if heading else 7
            if why and depth <= level:
                why = ""
            if not why:
                why = production.section(title.strip(DRESS + ":"), job.language)
                level = depth
        if why and not line.blank:
            job.drop(line.start, line.stop, f"{why}, not spoken")


def _alone(lines: list[Line], at: int) -> str:
    """Return the words of a line below a blank one that could be a heading, else ''."""
    row = lines[at].text.strip()
    if not 0 < len(row) <= LONGEST_TITLE or not is_blank(lines, at - 1):
        return ""
    dressed = row[0] in "*_" or row.endswith(":") or row.isupper()
    return row if dressed else ""


def take_tables(job: Job, lines: list[Line]) -> None:
    """Leave out the heading row of a table, and its columns that are for the maker."""
    for piped, group in groupby(lines, lambda line: _ROW.fullmatch(line.text) is not None):
        run = list(group)
        if piped:
            heads = len(run) > 1 and _PARTING.fullmatch(run[1].text) is not None
            rows = [(line, [cell.span() for cell in _CELL.finditer(line.text)]) for line in run]
            _table(job, rows, heads=heads)
    for tabs, group in groupby(lines, lambda line: line.text.strip("\t").count("\t")):
        run = [line for line in group if not line.blank]
        if tabs and len(run) > 1:
            _table(job, [(line, _between_tabs(line.text)) for line in run], heads=False, tabs=True)


def _between_tabs(row: str) -> list[tuple[int, int]]:
    spans, start = list[tuple[int, int]](), 0
    for cell in row.split("\t"):
        spans.append((start, start + len(cell)))
        start += len(cell) + 1
    return spans


def _table(
    job: Job,
    rows: list[tuple[Line, list[tuple[int, int]]]],
    *,
    heads: bool,
    tabs: bool = False,
) -> None:
    """Leave out what of a table is for the maker; its cells stand at these places of their lines.

    One that is parted by tabs gets bars for them, if its first row says that it is a table.
    """
    first, spans = rows[0]
    why = production.columns([first.text[a:b].strip(DRESS) for a, b in spans], job.language)
    if why or heads:
        words = next((a for a, b in spans if first.text[a:b].strip()), 0)
        begin = words + len(first.text[words:]) - len(first.text[words:].lstrip())
        job.edits.replace(first.start, first.stop)
        job.note(first.start + begin, first.stop, "the heads of a table, not spoken")
    if tabs and not why:
        return
    for line, places in rows[1 if why or heads else 0 :]:
        for (start, stop), reason in zip(places, why, strict=False):
            if reason and not _PARTING.fullmatch(line.text[start:stop]):
                job.drop(line.start + start, line.start + stop, f"{reason}, not spoken")
        for start, _ in places if tabs else ():
            place = line.start + start
            job.edits.replace(place - (start > 0), place, " | " if start else "| ")


def take_title(job: Job, lines: list[Line], at: int, *, first: bool) -> None:
    """Make a heading of a line that is plainly one: in capitals, with a colon, above a header."""
    line = lines[at]
    words = line.text.strip().strip(DRESS).strip()
    if _LISTED.match(line.text) or not 0 < len(words) <= LONGEST_TITLE:
        return
    uneven = any(words.count(one) != words.count(other) for one, other in ("[]", "()", "<>"))
    if uneven or not re.search(r"[^\W\d_]", words):
        return
    headed = first and at + 1 < len(lines) and _is_header(job, lines[at + 1])
    if first and (headed or _is_called(lines, at, words)):
        if job.edits.replace(line.start, line.stop, f"# {_cased(words)}\n") and not headed:
            job.note(line.start, line.stop, A_TITLE)
        return
    title = _titled(job, lines, at, words) if job.plain else ""
    if title and job.edits.replace(line.start, line.stop, f"\n{'#' if first else '##'} {title}\n"):
        job.note(line.start, line.stop, A_TITLE)


def _is_header(job: Job, line: Line) -> bool:
    outs = production.outs(line.text, job.language)
    return any(out.reason == production.HEADER for out in outs)


def _is_called(lines: list[Line], at: int, words: str) -> bool:
    """Tell whether the first line is a name: alone, with capitals as in a title, or emphasized."""
    row = lines[at].text.strip()
    if not is_blank(lines, at + 1) or _STOPPED.search(row) or row.endswith((",", ":", "]", ")")):
        return False
    dressed = row[:1] in "*_" and row[:1] == row[-1:]
    large = [word for word in re.findall(r"[^\W\d_]+", words) if word.lower() not in _SMALL]
    return dressed or (len(large) > 1 and all(word[0].isupper() for word in large))


def _titled(job: Job, lines: list[Line], at: int, words: str) -> str:
    """Return the title that a line of a plain text is, else ''."""
    above = lines[at - 1].text.strip() if at else ""
    bare = is_blank(lines, at - 1) or is_blank(lines, at + 1) or _STOPPED.search(above)
    below = next((place for place in range(at + 1, len(lines)) if not lines[place].blank), None)
    known = {word.lower() for word in re.findall(r"[^\W\d_]+", words)}
    if not bare or below is None or not known.isdisjoint(_NO_TITLE):
        return ""
    following = lines[below].text.strip()
    if re.search(r"[.!?…]\s", words):
        return ""
    if words.endswith(":"):
        return _cased(words[:-1].strip()) if len(words.split()) <= MOST_COLON_WORDS else ""
    bracketed = _BRACKETED.fullmatch(words)
    if bracketed and understood(words, job.language) is None:
        words = bracketed["title"].strip()
        named = words.isupper() and len(words.split()) <= MOST_BRACKETED_WORDS
        return _cased(words) if named else ""
    if words[:1] == "[":
        return ""
    capital = words.isupper() and len(words) > 2 and words[-1] not in ".!?,;…"
    return _cased(words) if capital and not following.isupper() else ""


def _cased(words: str) -> str:
    return words.capitalize() if words.isupper() else words
