"""Tell the lines that are nothing but a mark, without any brackets, from those of a verse.

`PAUSE`, `wait 5 s` and `long pause` are; `a long silence` and `The bell rings` may be said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.script.phrases.marks import What, bare, understood

if TYPE_CHECKING:
    from sessions.script.model import Language
    from sessions.script.phrases.marks import Mark

_DOTTED = re.compile(r"^(?:\.{3,}|…)\s*|\s*(?:\.{3,}|…)$")
"""`...PAUSE...`"""
_SENTENCE = re.compile(r"[.!?…,](?:\s|$)|[\[\](){}<>]")
"""What a line has that is no mark alone."""
_SHORT = re.compile(r"\b(s|secs?|mins?|ca|approx)\.(?=\s)|(?<=\w),(?=\s+[0-9])", re.IGNORECASE)
"""Stops that end no sentence."""
_STOPS: Final = " .!…"
_SIGNS: Final = " *_:-"
"""What may stand around the words of a mark."""
_PICTURED = re.compile(r"[▶►♪♫🎵🎶⏸⏳⌛🔔🛎]\ufe0f?\s*")
_PLAINEST = re.compile(r"(?:(?:long|short|lange|korte) )?pau[sz]e")
"""What is hardly a line of a verse, even in small letters."""


def alone(body: str, language: Language) -> Mark | None:
    """Return the mark that a line without any brackets is."""
    pictured = _PICTURED.match(body)
    words = _DOTTED.sub("", body).rstrip(_STOPS)
    if _SENTENCE.search(_SHORT.sub(r"\1", words)):
        return None
    mark = understood(words, language) if pictured else bare(words, language)
    if pictured and mark:
        return mark
    stopped = body[-1:] in ".!" and not _DOTTED.search(body)
    if not stopped and (mark is None or mark.what is What.DIRECTION):
        return _directed(words, language)
    return _sure(mark, words, stopped)


def _sure(mark: Mark | None, words: str, stopped: bool) -> Mark | None:  # noqa: FBT001
    """Return a mark that a line is, unless it may as well be said."""
    if mark is None:
        return None
    plain, shouted = words.lower(), words.isupper()
    figures = any(sign.isdecimal() for sign in words)
    if stopped and not (figures or shouted or plain == "pauze"):
        return None
    if mark.what in {What.PAUSE, What.BELL}:
        exact = mark.what is What.PAUSE and not mark.guess
        return (
            mark
            if shouted or figures or exact or _PLAINEST.fullmatch(plain.strip(_SIGNS))
            else None
        )
    capitals = mark.what is What.END and shouted
    return mark if capitals or re.match(r"(?:sfx|fx)\b", plain) else None


def _directed(words: str, language: Language) -> Mark | None:
    """Return how a line tells its reader to read: `zeer traag lezen`, `WHISPERING`."""
    mark = understood(words, language)
    if mark is None or mark.what not in {What.MANNER, What.DIRECTION}:
        return None
    reading = _READING.isdisjoint(words.lower().split())
    return mark if words.isupper() or not reading else None


_READING: Final = frozenset(
    ["lezen", "voorlezen", "inspreken", "uitspreken", "read", "reading", "aloud"]
)
"""What a listener does not do."""
