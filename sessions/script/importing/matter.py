"""Make front matter of other programs readable as ours."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from sessions.script import frontmatter
from sessions.script.importing.job import lines_of

if TYPE_CHECKING:
    from sessions.script.importing.job import Job, Line

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
            job.ours = job.edits.none and any(map(_TOP.match, (row.text for row in rows)))
            return close.end()
    job.edits.replace(0, opening.end())
    return opening.end()


def _rows(job: Job, rows: list[Line]) -> None:
    """Keep the keys that mean something here, in a form that can be read, and no others."""
    known = True
    for row in rows:
        key = _TOP.match(row.text)
        if key:
            known = frontmatter.knows(key["name"])
        continues = key or row.blank or row.text[0] in " \t-#]}"
        if not (known and continues) and not row.blank:
            job.drop(row.start, row.stop, A_ROW)
        elif key and key["value"] and not frontmatter.readable(row.text):
            start = row.start + key.start("value")
            job.edits.replace(start, row.stop, json.dumps(key["value"], ensure_ascii=False))


def _toml(job: Job) -> int:
    """Write front matter of another kind, `key = value` between two `+++`, as ours."""
    match = _TOML.match(job.text)
    if match is None:
        return 0
    job.edits.replace(0, 3, "---")
    job.edits.replace(match.end() - 3, match.end(), "---")
    for row in lines_of(job.text[: match.end() - 4], 4):
        key = _PAIR.match(row.text)
        if key and frontmatter.knows(key["name"]):
            job.edits.replace(row.start + key.start("equals"), row.start + key.end(), ": ")
        elif not row.blank:
            job.drop(row.start, row.stop, A_ROW)
    return match.end()
