"""Know the names before a colon of those who speak, in scripts of several voices.

What a reader of scripts is called is known in any line; `ANNA: Sit down.` may as well be `RAIN:
Recognize.`, so a name is one only if it comes back.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from sessions.script.phrases.breathing import PHASES
from sessions.script.phrases.makers import MAKERS
from sessions.script.phrases.numerals import NUMBER_WORDS
from sessions.script.phrases.pauses import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_NAMES: Final = 4
"""Where more words come back before a colon, they are the parts of an exercise."""
PREFIX: Final = re.compile(r"[ \t>]*(?:(?:[-*+•]|[0-9]{1,3}[.)])[ \t]+)?(?:#{1,6}[ \t]+)?")
"""What a quotation, a list and a heading put before the words of a line; it may be nothing."""


def _any(*names: str) -> str:
    return "|".join(getattr(row, name) for row in MAKERS.values() for name in names)


_CAPTION = r"(?:[-–—]\s?)?"  # noqa: RUF001 - the dashes that people type
"""Captions have a dash before each who speaks."""
_ROLE = rf"(?:{_any('speakers')})(?:[ _-]?[0-9]{{1,2}})?"
_COLON = r"(?:\s*\([^()]{1,30}\))?[*_]{0,3}\s*:[*_]{0,3}"
_ROLED = re.compile(
    rf"{_CAPTION}(?:[*_]{{0,3}}{_ROLE}{_COLON}|\[{_ROLE}\]:?)\s+(?=\S)", re.IGNORECASE
)
_SLUG = re.compile(
    rf"[a-z]+(?:[-_][a-z]+)*(?:[-_]?[0-9]+|[-_](?:{'|'.join(NUMBER_WORDS.keys() - ARTICLES)}))"
    r":\s+(?=[^\Wa-z\d_])"
)
"""`intro-one: Sit down.`, before words that begin a sentence."""
_PART = r"[^\W\d_](?:[^\W\d_]|['-]){0,23}\.?"
_NAMED = re.compile(rf"{_CAPTION}[*_]{{0,3}}(?P<name>{_PART}(?: {_PART})?){_COLON}\s+(?=\S)")
_LETTER = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['-])*")
_PROSE = re.compile(
    rf"(?:{_any('exclaimed')}|{'|'.join(PHASES)})(?: .*)?"
    rf"|{_any('certain', 'keys', 'likely', 'notes', 'likely_notes')}",
    re.IGNORECASE,
)


def speakers(lines: Sequence[str]) -> frozenset[str]:
    """Return the names of those who speak in a text, as they are written before a colon.

    A name comes back, is of one or two words with capitals, stands before sentences, and is no
    word of the text besides. There are four at most.
    """
    found = Counter[str]()
    for line in lines:
        named = _NAMED.match(line, _begin(line))
        first = named and _LETTER.search(line, named.end())
        if named and first and not first[0].islower() and _is_name(named["name"]):
            found[named["name"]] += 1
    names = {name for name, count in found.items() if count > 1}
    if names:
        words = {word for line in lines for word in _WORD.findall(line)}
        names = {name for name in names if len(name) == 1 or name.lower() not in words}
    return frozenset(names) if len(names) <= MOST_NAMES else frozenset()


def speaker(line: str, start: int, names: frozenset[str]) -> re.Match[str] | None:
    """Find at `start` who speaks the words behind it: a role, a slug, or one of some names."""
    roled = _ROLED.match(line, start) or _SLUG.match(line, start)
    named = None if roled or not names else _NAMED.match(line, start)
    return named if named and named["name"] in names else roled


def _begin(line: str) -> int:
    prefix = PREFIX.match(line)
    return prefix.end() if prefix else 0


def _is_name(words: str) -> bool:
    return all(word[0].isupper() for word in words.split()) and not _PROSE.fullmatch(words)
