"""Read XML by events, so that nothing is built, expanded or followed, however it is made.

The parser is expat. A document type, and with it any entity of its own, is refused at its first
character; so are elements that are nested too deep, and too many of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sessions.errors import ScriptError

MAX_DEPTH: Final = 200
"""Word nests some ten elements for a table, and as many for a text box."""
MAX_ELEMENTS: Final = 500_000
"""A text of 1 MiB has some 300,000 as Word writes it."""


class Taker(Protocol):
    """What events are told to; names are `prefix:local`, with the prefixes that were asked for."""

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """Begin an element."""

    def end(self, name: str) -> None:
        """End an element."""

    def text(self, text: str) -> None:
        """Go on with a stretch of text."""

    def failure(self, byte: int, message: str, remedy: str) -> ScriptError:
        """Return the error of what stands at a byte of the document."""


@dataclass(slots=True)
class Events:
    """A document that is read. With `prefixes` the ends of its namespaces give the prefixes."""

    taker: Taker
    data: bytes
    prefixes: Mapping[str, str] | None = None
    depth: int = 0
    elements: int = 0
    names: dict[str, str] = field(default_factory=dict)
    parser: expat.XMLParserType = field(init=False)

    def __post_init__(self) -> None:
        spaced = self.prefixes is not None
        self.parser = expat.ParserCreate("utf-8" if not spaced else None, " " if spaced else None)
        self.parser.buffer_text = spaced
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.taker.text
        self.parser.StartDoctypeDeclHandler = self.doctype

    @property
    def byte(self) -> int:
        """The index in the document of what expat has just come to."""
        return self.parser.CurrentByteIndex

    def read(self) -> None:
        """Tell the taker all of the document.

        Raises
        ------
        ScriptError
            It is not well-formed, has a document type, or is made to cost time.
        """
        try:
            self.parser.Parse(self.data, True)  # noqa: FBT003 - expat takes it by place
        except expat.ExpatError as error:
            message = f"this is not well-formed XML: {expat.ErrorString(error.code)}"
            raise self.taker.failure(self.parser.ErrorByteIndex, message, "correct it") from error

    def doctype(self, *_: object) -> None:
        """Refuse a document type."""
        message = "a document type or entities in XML"
        remedy = "delete everything from `<!DOCTYPE` to `>`"
        raise self.taker.failure(self.byte, message, remedy)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element, if there may be one more."""
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH:
            message = f"elements are nested more than {MAX_DEPTH} deep"
            raise self.taker.failure(self.byte, message, "make it simpler")
        if self.elements > MAX_ELEMENTS:
            message = f"there are more than {MAX_ELEMENTS} elements in it"
            raise self.taker.failure(self.byte, message, "divide it into several files")
        if self.prefixes is not None:
            attributes = {self.named(key): value for key, value in attributes.items()}
        self.taker.start(self.named(name), attributes)

    def end(self, name: str) -> None:
        """End an element."""
        self.depth -= 1
        self.taker.end(self.named(name))

    def named(self, name: str) -> str:
        """Return a name with the prefix of its namespace: none where that is not known."""
        if self.prefixes is None:
            return name
        known = self.names.get(name)
        if known is None:
            space, _, local = name.rpartition(" ")
            prefix = self.prefixes.get(space.rpartition("xmlns:")[2] or space, "")
            prefix = prefix or self.prefixes.get(space.rpartition("/")[0].rpartition("/")[2], "")
            known = self.names[name] = f"{prefix}:{local}" if prefix else local
        return known
