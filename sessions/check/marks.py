"""Find marks that look as if something were to be done, and will be said. Pure."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sessions.script.model import lines_of
from sessions.script.phrases.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.check.reading import Finding, Reading

_MARK: Final = re.compile(r"\((?P<inside>[^()]{1,60})\)?|\{[\w-]*|[\]}]")
_LIKE_PAUSE: Final = re.compile(
    r"\s*(?:(?:pauzes?|pauses?|stilte|silence)\b|(?:wacht|wait|break)\s+[0-9])"
    r"|.*\b(?:pauze|pause|stilte|silence)\s*$",
    re.IGNORECASE,
)
_PAUSES: Final = ("pauze", "pause", "stilte", "silence")


def spoken_marks(reading: Reading) -> Iterator[Finding]:
    """Find what looks as if it were to be done, and will be said."""
    rows = lines_of(reading.draft.text)
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
            yield place, f"'{shown(match[0])}' is spoken as it stands"
            start = max(start, at + 1)


def _like_pause(inside: str) -> bool:
    if _LIKE_PAUSE.match(inside):
        return True
    first, *others = inside.lower().split() or [""]
    named = difflib.get_close_matches(first, _PAUSES, n=1, cutoff=0.75)
    return bool(named) and any(word[0].isdigit() for word in others)
