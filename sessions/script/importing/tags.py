"""Divide HTML into tags and text, in time that grows linearly, whatever is left open.

Not by `html.parser`: in Pythons without the fix of CVE-2025-6069, such as 3.11.7, it looks for the
end of each comment that is never closed to the end of the file: 100,000 of them are minutes.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag at the offsets `start` to `stop`; `ends` tells `</p>` from `<p>`."""

    name: str
    given: Mapping[str, str]
    start: int
    stop: int
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Text without its entities, which began at `start`."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Comment:
    """What nobody is meant to see, with its marks."""

    text: str
    start: int


Token: TypeAlias = Tag | Words | Comment

RAW: Final = frozenset(("script", "style", "textarea", "title", "xmp", "noscript", "iframe"))
"""Elements whose text has no tags."""
ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});?", re.IGNORECASE)

_TAG = re.compile(
    r"<(?P<ends>/?)(?P<name>[a-z][^\s/<>]{0,60})"
    r"(?P<given>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+'){0,100}+)>",
    re.IGNORECASE,
)
"""With a hundred values at most, so that one that is never closed costs no squared time."""
_VALUE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'=<>`]+)))?")
_DECLARATION = re.compile(r"<[!?][^<>]{0,1000}>")
_MARK = re.compile(r"<(?=[a-z/!?])", re.IGNORECASE)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tags, words and comments of an HTML text, in order."""
    position = plain = 0
    while mark := _MARK.search(text, position):
        found = _token(text, mark.start())
        if found is None:
            position = mark.start() + 1
            continue
        token, position = found
        yield from _words(text, plain, mark.start())
        plain = position
        if token:
            yield token
        if isinstance(token, Tag) and token.name in RAW and not token.ends:
            close = re.compile(rf"</{token.name}[\s/>]", re.IGNORECASE).search(text, position)
            position = close.start() if close else len(text)
    yield from _words(text, plain, len(text))


def _token(text: str, start: int) -> tuple[Tag | Comment | None, int] | None:
    """Return what a `<` begins, and where it ends; a declaration is nothing that is told."""
    if text.startswith("<!--", start):
        close = text.find("-->", start + 4)
        stop = len(text) if close < 0 else close + 3
        return Comment(text[start:stop], start), stop
    if match := _TAG.match(text, start):
        given = _given(match["given"]) if not match["ends"] and match["given"] else {}
        tag = Tag(match["name"].lower(), given, *match.span(), ends=bool(match["ends"]))
        return tag, match.end()
    declaration = _DECLARATION.match(text, start)
    return (None, declaration.end()) if declaration else None


def _words(text: str, start: int, stop: int) -> Iterator[Words]:
    position = start
    for entity in ENTITY.finditer(text, start, stop):
        if entity.start() > position:
            yield Words(text[position : entity.start()], position)
        yield Words(html.unescape(entity[0]), entity.start())
        position = entity.end()
    if position < stop:
        yield Words(text[position:stop], position)


def _given(text: str) -> dict[str, str]:
    """Return the attributes of a tag; one that is there twice has its first value."""
    found = dict[str, str]()
    for match in _VALUE.finditer(text):
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), html.unescape(value))
    return found
