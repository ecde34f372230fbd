"""Read JSON into values that know where they stood, without recursion.

The module `json` tells no places, and nests as deep as the interpreter's stack.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from sessions.script.importing.extract import failed
from sessions.script.page import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH: Final = 40
"""Lists and objects inside of each other; what people use has some ten."""


@dataclass(frozen=True, slots=True)
class Words:
    """A string that is written from `start` to `stop`, with its quotes."""

    text: str
    start: int
    stop: int

    def stretches(self, original: str) -> Iterator[tuple[str, int]]:
        """Yield its parts with their offsets in the original; each escape is one."""
        for match in _STRETCH.finditer(original, self.start + 1, self.stop - 1):
            plain = match[0][0] != "\\"
            yield (match[0] if plain else json.loads(f'"{match[0]}"')), match.start()


@dataclass(frozen=True, slots=True)
class Value:
    """A number, true, false or null."""

    value: float | None
    start: int
    stop: int


@dataclass(slots=True)
class Items:
    """A list."""

    items: list[Node]
    start: int
    stop: int = 0


@dataclass(slots=True)
class Fields:
    """An object; of a key that is there twice both stand in it."""

    fields: list[tuple[str, Node]]
    start: int
    stop: int = 0

    def get(self, *keys: str) -> Node | None:
        """Return the first value that one of these keys has."""
        return next((node for key, node in self.fields if key in keys), None)


Node: TypeAlias = Words | Value | Items | Fields

_STRETCH = re.compile(
    r"[^\\]+|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\."
)
_BLANK = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"(?:[^"\\\n]++|\\u[0-9a-fA-F]{4}|\\["\\/bfnrt])*+"')
_ATOM = re.compile(
    r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,3})?(?![0-9.])|true|false|null"
)


def read(text: str, path: str) -> Items:
    """Return all values of a text, one of them as a rule, or one on each line.

    Raises
    ------
    ScriptError
        It is not JSON, or is nested too deep.
    """
    top = Items([], 0, len(text))
    reader = _Reader(text, path, [top])
    position = reader.after_blank(0)
    while position < len(text):
        position = reader.after_blank(reader.step(position))
    if len(reader.opened) > 1:
        raise reader.failure(reader.opened[-1].start, "this is never closed in the JSON")
    if not top.items:
        raise reader.failure(0, "there is nothing in this JSON")
    return top


@dataclass(slots=True)
class _Reader:
    """A text half read: what is open, and whether a comma or a key came last."""

    text: str
    path: str
    opened: list[Items | Fields]
    key: str | None = None
    parted: bool = True

    def after_blank(self, position: int) -> int:
        match = _BLANK.match(self.text, position)
        return match.end() if match else position

    def failure(self, offset: int, message: str) -> Exception:
        return failed(self.path, self.text, offset, message, "correct it, or save it as plain text")

    def step(self, position: int) -> int:
        """Read one mark, key or value, and return where it ends."""
        mark, around = self.text[position], self.opened[-1]
        if mark in "]}":
            return self.close(mark, position)
        if mark == ",":
            if self.parted or len(self.opened) == 1:
                raise self.failure(position, "a comma too many in the JSON")
            self.parted = True
            return position + 1
        if not self.parted and len(self.opened) > 1:
            raise self.failure(position, "a comma is missing in the JSON")
        if isinstance(around, Fields) and self.key is None:
            return self.read_key(position)
        if mark in "[{":
            if len(self.opened) > MAX_DEPTH:
                raise self.failure(position, f"the JSON is nested more than {MAX_DEPTH} deep")
            node = Items([], position) if mark == "[" else Fields([], position)
            self.put(node)
            self.opened.append(node)
            self.parted = True
            return position + 1
        return self.atom(position)

    def read_key(self, position: int) -> int:
        match = _STRING.match(self.text, position)
        colon = self.after_blank(match.end()) if match else position
        if match is None or self.text[colon : colon + 1] != ":":
            raise self.failure(position, "a name with a colon is missing in the JSON")
        self.key = self.loaded(match)
        return colon + 1

    def atom(self, position: int) -> int:
        string = _STRING.match(self.text, position)
        if string:
            self.put(Words(self.loaded(string), *string.span()))
            self.parted = False
            return string.end()
        match = _ATOM.match(self.text, position)
        if match is None:
            raise self.failure(position, "this is no value of JSON")
        known = {"true": 1.0, "false": 0.0, "null": None}
        value = known[match[0]] if match[0] in known else float(match[0])
        self.put(Value(value, *match.span()))
        self.parted = False
        return match.end()

    def loaded(self, match: re.Match[str]) -> str:
        bare = match[0][1:-1]
        whole = str(json.loads(match[0], strict=False)) if "\\" in bare else bare
        return FORBIDDEN.sub(" ", whole)

    def put(self, node: Node) -> None:
        around = self.opened[-1]
        if isinstance(around, Items):
            around.items.append(node)
        else:
            around.fields.append((self.key or "", node))
        self.key = None

    def close(self, mark: str, position: int) -> int:
        around = self.opened[-1]
        is_right = isinstance(around, Items if mark == "]" else Fields) and len(self.opened) > 1
        if not is_right or self.key is not None:
            raise self.failure(position, f"a `{mark}` that closes nothing in the JSON")
        around.stop = position + 1
        self.opened.pop()
        self.parted = False
        return position + 1
