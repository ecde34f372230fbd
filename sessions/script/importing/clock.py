"""Put words at the times that a file gives for them, as `[until ...]`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.script.phrases.quantities import MAX_SESSION_SECONDS

if TYPE_CHECKING:
    from sessions.script.importing.extract import Sheet

JOINED_SECONDS: Final = 0.25
"""Captions leave a few pictures between two cues; words that near belong together."""

_PART = r"(?:[.,][0-9]{1,9})?"
_TIME = re.compile(
    rf"(?:([0-9]{{1,3}}):)?([0-9]{{1,3}}):([0-9]{{1,2}}{_PART})|([0-9]{{1,9}}{_PART})s?"
)


def seconds_of(text: str) -> float | None:
    """Return the seconds of a time such as `0:15`, `00:00:08,250` or `8.25`; None for no time."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    rest = float((match[3] or match[4]).replace(",", "."))
    return int(match[1] or 0) * 3600 + int(match[2] or 0) * 60 + rest


def clock_time(seconds: float) -> str:
    """Return a time as `[until ...]` takes it: `0:08`, `0:08.25`, `1:00:00`."""
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    whole, part = divmod(rest, 1000)
    fraction = f".{part:03d}".rstrip("0") if part else ""
    before = f"{hours}:{minutes:02d}" if hours else str(minutes)
    return f"{before}:{whole:02d}{fraction}"


@dataclass(slots=True)
class Clock:
    """When the words so far are over, in seconds of the original."""

    sheet: Sheet
    over: float = 0.0

    def begin(self, start: float, origin: int = 0) -> None:
        """Let the words that follow wait until `start`, unless they go on from those before."""
        if start <= self.over + JOINED_SECONDS:
            return
        self.sheet.block()
        if start <= MAX_SESSION_SECONDS:
            self.sheet.direct(f"until {clock_time(start)}", origin)
            self.sheet.words(" ")
        self.over = start

    def end(self, stop: float) -> None:
        """Tell when the words are over that were written last."""
        self.over = max(self.over, stop)
