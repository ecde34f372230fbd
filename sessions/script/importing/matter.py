"""Make front matter of other programs readable as ours."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from sessions.script import frontmatter
from sessions.script.importing.job import A_COMMENT, Line, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sessions.script.importing.job import Job

A_ROW: Final = "a row of its front matter, left out"
_TOML: Final = re.compile(r"\+\+\+[ \t]*\n(?:.*\n)*?\+\+\+(?=[ \t]*(?:\n|$))")
_PAIR: Final = re.compile(r"(?P<name>[\w.-]+)(?P<equals>\s*=\s*)")
_TOP: Final = re.compile(r"(?P<name>[\w][\w .-]{0,40}):(?:$|[ \t]+(?P<value>.*\S)?)")
_KEY: Final = re.compile(r"(?:[\w][\w .-]{0,40}:|[ \t]+\S|-|#|[\]}])")


def take_front(job: Job) -> int:
    """Return where the words begin; what only looks like front matter is a line above them."""
    if job.text.startswith("+++"):
        return _toml(job)
    opening, close = frontmatter.edges(job.text)
    if opening is None:
        return 0
    if close is not None:
        block = job.text[opening.end() : close.start()]
        rows = [*lines_of(job.text[: close.start()], opening.end())]
        if frontmatter.readable(block) or all(one.blank or _KEY.match(one.text) for one in rows):
            _rows(job, rows)
            job.fronted = True
            job.ours = job.edits.none and any(map(_TOP.match, (row.text for row in rows)))
            for row in rows:
                if row.text.startswith("#"):
                    job.drop(row.start, row.stop, A_COMMENT)
            return close.end()
    job.edits.replace(0, opening.end())
    return opening.end()


def _rows(job: Job, rows: list[Line]) -> None:
    """Keep the keys that mean something here, in a form that can be read, and no others."""
    entry = list[Line]()
    for row in rows:
        if row.blank or row.text[0] == "#":
            continue
        key = _TOP.match(row.text)
        if key and frontmatter.knows(key["name"]):
            _entry(job, entry)
            entry = [row]
        elif entry and not key and row.text[0] in " \t-]}":
            entry.append(row)
        else:
            _entry(job, entry)
            entry = []
            job.drop(row.start, row.stop, A_ROW)
    _entry(job, entry)


def _entry(job: Job, rows: list[Line]) -> None:
    """Keep what the rows of a key say; where they cannot be read, its first one as a text."""
    if not rows or _is_entry(row.text for row in rows):
        return
    first, *more = rows
    key = _TOP.match(first.text)
    if not _is_entry([first.text]):
        if key and key["value"]:
            _quote(job, first, key.end("name"), key["value"])
        else:
            job.drop(first.start, first.stop, A_ROW)
    for row in more:
        job.drop(row.start, row.stop, A_ROW)


def _is_entry(rows: Iterable[str]) -> bool:
    """Tell whether some rows can be read as a key and its value, with others below them."""
    return frontmatter.readable("\n".join([*rows, "below: it"]))


def _quote(job: Job, row: Line, start: int, value: str) -> None:
    """Write a value between quotes, for all that stands on a row from `start` on."""
    job.edits.replace(row.start + start, row.stop, f": {json.dumps(value, ensure_ascii=False)}")


def _toml(job: Job) -> int:
    """Write front matter of another kind, `key = value` between two `+++`, as ours."""
    match = _TOML.match(job.text)
    if match is None:
        return 0
    job.fronted = True
    job.edits.replace(0, 3, "---")
    job.edits.replace(match.end() - 3, match.end(), "---")
    for row in lines_of(job.text[: match.end() - 4], 4):
        key = _PAIR.match(row.text)
        if key and frontmatter.knows(key["name"]):
            value = row.text[key.end() :].strip()
            if value and not _is_entry([f"key: {value}"]):
                _quote(job, row, key.start("equals"), value)
            else:
                job.edits.replace(row.start + key.start("equals"), row.start + key.end(), ": ")
        elif not row.blank:
            job.drop(row.start, row.stop, A_ROW)
    return match.end()
