"""Know the headers of a script and the notes for its maker: a key, a colon and what follows."""

from __future__ import annotations

import re
from typing import Final

from sessions.script.phrases.makers import MAKERS
from sessions.script.phrases.speakers import speaker

SENTENCE_WORDS: Final = 5
"""Words from which on what ends with a stop is a sentence, and no value of a header."""


def _any(field: str) -> str:
    return "|".join(getattr(row, field) for row in MAKERS.values())


_QUALIFIED = rf"(?:(?:{_any('qualified')})\s+)?"
_HEADER = re.compile(
    rf"[*_]{{0,3}}(?:(?P<certain>{_QUALIFIED}(?:{_any('certain')}))"
    rf"|{_QUALIFIED}(?:(?P<sure>{_any('keys')})|(?:{_any('likely')})))"
    r"[*_]{0,3}\s*[:=]\s*[*_]{0,3}\s*(?P<value>[^\s*_].*)"
    r"|[*_]{0,3}copyright\s+(?:©|\(c\)|[0-9]{4}).*",
    re.IGNORECASE,
)
ADDRESS: Final = re.compile(rf"(?<![\w'])(?:{_any('address')})(?![\w'])", re.IGNORECASE)
"""Finds a word by which a sentence is known that a listener is told."""
_NOTE = re.compile(
    rf"[*_(\[]{{0,3}}(?:{_any('notes')}|(?P<likely>{_any('likely_notes')}))\s*:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)


def is_header(body: str) -> bool:
    """Tell whether a line is a header, and no sentence and nothing that a speaker says."""
    header = _HEADER.fullmatch(body)
    if header is None:
        return False
    value = header["value"] or ""
    if header["certain"] or not value:
        return True
    if header["sure"]:
        return not _is_sentence(value)
    spoken = speaker(body, 0, frozenset()) and value.rstrip("*_ ")[-1:] in ".!?"
    return not spoken and not ADDRESS.search(value)


def is_note(body: str) -> bool:
    """Tell whether a line says to the studio what to do."""
    note = _NOTE.fullmatch(body)
    return note is not None and not (note["likely"] and _is_sentence(note["value"]))


def _is_sentence(value: str) -> bool:
    """Tell whether what follows a key is said to a listener."""
    stopped = value.rstrip("*_ )")[-1:] in {".", "!", "?"}
    return stopped and (len(value.split()) >= SENTENCE_WORDS or bool(ADDRESS.search(value)))
