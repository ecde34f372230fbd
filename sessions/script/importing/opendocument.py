"""Read OpenDocument texts (.odt: ISO/IEC 26300, OpenDocument 1.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sessions.script.importing import archive
from sessions.script.importing.document import Reader
from sessions.script.importing.extract import Extract, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MIMETYPE: Final = "application/vnd.oasis.opendocument.text"
_PREFIXES: Final = {
    f"{name}:1.0": name
    for name in ("office", "text", "style", "table", "drawing", "svg-compatible")
} | {"http://purl.org/dc/elements/1.1/": "dc"}
_UNSPOKEN: Final[Mapping[str, str]] = {
    "text:note": "a note",
    "office:annotation": "a comment",
    "text:tracked-changes": "deleted words",
    "text:table-of-content": "a table of contents",
    "text:alphabetical-index": "an index",
    "text:bibliography": "a list of books",
    "text:hidden-text": "hidden words",
    "svg-compatible:desc": "what stands for a picture",
    "svg-compatible:title": "what stands for a picture",
    "text:ruby-text": "a gloss",
}
_STRUCK: Final = "style:text-line-through-style"
_UNTOLD: Final = frozenset(
    ("text:note-citation", "text:number", "dc:creator", "dc:date", "office:change-info",
     "text:index-title-template", "office:forms", "text:sequence-decls", "text:variable-decls")
)  # fmt: skip


def extract(data: bytes, path: str) -> Extract:
    """Return the words of an OpenDocument text.

    Raises
    ------
    ScriptError
        It is damaged, has a password, or is made to cost time.
    """
    found = archive.parts(data, "content.xml", ("styles.xml",), path)
    sheet = Sheet(path)
    styles = _Styles(sheet, _PREFIXES, "styles.xml")
    for name in ("styles.xml", "content.xml"):
        styles.part = name
        if name in found:
            styles.read(found[name])
    _Body(sheet, _PREFIXES, "content.xml", styles).read(found["content.xml"])
    sheet.unspoken("the head and foot of each page", " ".join(styles.margins))
    return sheet.extract()


@dataclass(slots=True)
class _Styles(Reader):
    """What styles make of words, and the heads and feet of pages, which stand among them."""

    bases: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    struck: set[str] = field(default_factory=set)
    numbered: dict[tuple[str, int], int] = field(default_factory=dict)
    margins: list[str] = field(default_factory=list)
    current: str = ""
    in_margin: int = 0

    def began(self, name: str, given: Mapping[str, str]) -> None:
        match name:
            case "style:style" | "text:list-style":
                self.current = given.get("style:name", "")
                self.bases[self.current] = given.get("style:parent-style-name", "")
            case "style:text-properties" if given.get("text:display") == "none":
                self.hidden.add(self.current)
            case "style:text-properties" if given.get(_STRUCK, "none") != "none":
                self.struck.add(self.current)
            case "style:section-properties" if given.get("text:display") == "none":
                self.hidden.add(self.current)
            case "text:list-level-style-number" if given.get("style:num-format"):
                level = _count(given.get("text:level", ""), 1)
                self.numbered[self.current, level] = _count(given.get("text:start-value", ""), 1)
            case "office:master-styles":
                self.in_margin = self.depth

    def ended(self, name: str) -> None:
        if name == "office:master-styles":
            self.in_margin = 0

    def text(self, text: str) -> None:
        if self.in_margin:
            self.margins.append(text)

    def unspoken(self, style: str) -> str:
        """Return what a note calls words in a style that nobody reads on, else ''."""
        names = self.line_of(style) if style and (self.hidden or self.struck) else []
        if any(name in self.hidden for name in names):
            return "hidden words"
        return "struck words" if any(name in self.struck for name in names) else ""

    def line_of(self, style: str) -> list[str]:
        """Return a style and those that it is based on."""
        found = list[str]()
        while style and style not in found and len(found) < 10:
            found.append(style)
            style = self.bases.get(style, "")
        return found


def _count(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else default


@dataclass(slots=True)
class _List:
    """A list that is open, with its style and the number of its next item."""

    style: str
    number: int | None


@dataclass(slots=True)
class _Body(Reader):
    """The text itself."""

    styles: _Styles
    lists: list[_List] = field(default_factory=list)
    last: list[int] = field(default_factory=lambda: [1] * 11)
    item: tuple[int | None] | None = None
    paragraphs: int = 0
    heading_rows: int = 0

    def began(self, name: str, given: Mapping[str, str]) -> None:
        style = given.get("text:style-name", "")
        if name in _UNTOLD:
            self.aside("")
        elif name in _UNSPOKEN:
            self.aside(_UNSPOKEN[name])
        elif given.get("text:display") == "none":
            self.aside("hidden words")
        elif what := self.styles.unspoken(style):
            self.aside(what)
        if known := _STARTS.get(name):
            known(self, given)

    def ended(self, name: str) -> None:
        match name:
            case "text:p" | "text:h":
                self.paragraphs -= 1
                if self.asides:
                    self.say(" ")
                else:
                    self.sheet.block()
            case "text:list" if self.lists:
                ended = self.lists.pop()
                self.last[min(len(self.lists), 10)] = ended.number or 1
            case "text:list-item" | "text:list-header":
                self.item = None
            case "table:table-header-rows":
                self.heading_rows -= 1
            case "table:table-row":
                self.sheet.row(heading=self.heading_rows > 0)
            case "table:table":
                self.sheet.end_table()

    def text(self, text: str) -> None:
        if self.paragraphs or self.asides:
            self.say(text)


def _paragraph(body: _Body, given: Mapping[str, str]) -> None:
    body.paragraphs += 1
    if body.asides:
        return
    body.sheet.block()
    names = body.styles.line_of(given.get("text:style-name", ""))
    first = not body.sheet.length and not body.sheet.title
    if "Title" in names and first:
        body.aside("", title=True)
    elif "Title" in names:
        body.sheet.heading(1)
    elif body.item:
        body.sheet.item(body.item[0])
        body.item = None


def _heading(body: _Body, given: Mapping[str, str]) -> None:
    body.paragraphs += 1
    if not body.asides:
        body.sheet.heading(_count(given.get("text:outline-level", ""), 1))


def _list(body: _Body, given: Mapping[str, str]) -> None:
    around = body.lists[-1].style if body.lists else ""
    style = given.get("text:style-name", "") or around
    number = body.styles.numbered.get((style, len(body.lists) + 1))
    if number is not None and (
        given.get("text:continue-numbering") == "true" or "text:continue-list" in given
    ):
        number = body.last[min(len(body.lists), 10)]
    body.lists.append(_List(style, number))


def _item(body: _Body, given: Mapping[str, str]) -> None:
    if not body.lists:
        return
    innermost = body.lists[-1]
    if innermost.number is not None:
        innermost.number = _count(given.get("text:start-value", ""), innermost.number)
    body.item = (innermost.number,)
    if innermost.number is not None:
        innermost.number += 1


def _spaces(body: _Body, _given: Mapping[str, str]) -> None:
    body.say(" ")


def _heading_rows(body: _Body, _given: Mapping[str, str]) -> None:
    body.heading_rows += 1


_STARTS: Final[Mapping[str, Callable[[_Body, Mapping[str, str]], None]]] = {
    "text:p": _paragraph,
    "text:h": _heading,
    "text:list": _list,
    "text:list-item": _item,
    "text:s": _spaces,
    "text:tab": _spaces,
    "text:line-break": lambda body, _given: body.line(),
    "table:table": lambda body, _given: body.sheet.table(),
    "table:table-cell": lambda body, _given: body.sheet.cell(),
    "table:covered-table-cell": lambda body, _given: body.sheet.cell(),
    "table:table-header-rows": _heading_rows,
}
