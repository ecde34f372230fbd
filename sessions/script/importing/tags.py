"""Divide HTML into tags and text, in time that grows linearly, whatever is left open.

Not by `html.parser`: in Pythons before the end of 2025 it looks for the end of each comment that
is never closed to the end of the file (CVE-2025-6069): 100,000 of them are minutes.
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
_PLAIN = re.compile(r"[^<]++|<")


def tokens(text: str) -> Iterator[Token]:
    """Yield the tags, words and comments of an HTML text, in order."""
    position, no_comment = 0, False
    while position < len(text):
        if text.startswith("<!--", position) and not no_comment:
            stop = text.find("-->", position + 4)
            no_comment = stop < 0
            stop = len(text) if no_comment else stop + 3
            yield Comment(text[position:stop], position)
            position = stop
        elif match := _TAG.match(text, position):
            name = match["name"].lower()
            given = _given(match["given"]) if not match["ends"] and match["given"] else {}
            yield Tag(name, given, *match.span(), ends=bool(match["ends"]))
            position = match.end()
            if name in RAW and not match["ends"]:
                close = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(text, position)
                stop = close.start() if close else len(text)
                yield from _words(text[position:stop], position)
                position = stop
        elif declaration := _DECLARATION.match(text, position):
            position = declaration.end()
        else:
            match = _PLAIN.match(text, position)
            stop = match.end() if match else position + 1
            yield from _words(text[position:stop], position)
            position = stop


def _words(text: str, start: int) -> Iterator[Words]:
    position = 0
    for entity in ENTITY.finditer(text):
        if entity.start() > position:
            yield Words(text[position : entity.start()], start + position)
        yield Words(html.unescape(entity[0]), start + entity.start())
        position = entity.end()
    if position < len(text):
        yield Words(text[position:], start + position)


def _given(text: str) -> dict[str, str]:
    """Return the attributes of a tag; one that is there twice has its first value."""
    found = dict[str, str]()
    for match in _VALUE.finditer(text):
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), html.unescape(value))
    return found
