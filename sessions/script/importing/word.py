"""Read Word documents (.docx: Office Open XML, ECMA-376 part 1)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from sessions.script.importing import archive
from sessions.script.importing.document import Reader
from sessions.script.importing.extract import Extract, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DOCUMENT: Final = re.compile(r"word/document\d*\.xml")
_BESIDE = re.compile(
    r"word/(?:styles|numbering|footnotes|endnotes|comments|header\d*|footer\d*)\.xml"
)
_PREFIXES: Final = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
_OFF: Final = frozenset(("0", "false", "off"))
_TEXT: Final = frozenset(("w:t", "w:delText", "m:t"))
_UNTOLD: Final = frozenset((
    "w:pPrChange", "w:rPrChange", "w:tblPrChange", "w:trPrChange", "w:tcPrChange",
    "w:sectPrChange", "mc:Fallback", "w:moveFrom",
))  # fmt: skip
"""What was before a change of form, what is there a second time, and what moved elsewhere."""
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_LEVEL = re.compile(r"%([1-9])")
_MAX_LEVELS: Final = 9


def extract(data: bytes, path: str) -> Extract:
    """Return the words of a Word document.

    Raises
    ------
    ScriptError
        It is damaged, has a password, or is made to cost time.
    """
    names = sorted(archive.names(data))
    document = next((name for name in names if DOCUMENT.fullmatch(name)), "word/document.xml")
    wanted = [name for name in names if _BESIDE.fullmatch(name)]
    found = archive.parts(data, document, wanted, path)
    sheet = Sheet(path)
    styles, numbering = _Styles(sheet, _PREFIXES, "styles"), _Numbering(sheet, _PREFIXES, "numbers")
    notes = _Notes(sheet, _PREFIXES, "notes")
    for name in wanted:
        kind = name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
        reader = {"styles": styles, "numbering": numbering}.get(kind, notes)
        reader.part, notes.kind = name, kind
        reader.read(found[name])
    _Body(sheet, _PREFIXES, document, styles.whole(), numbering, notes.words).read(found[document])
    for kind, what in (("header", "the head of each page"), ("footer", "the foot of each page")):
        sheet.unspoken(what, " ".join(notes.words.get((kind, ""), ())))
    return sheet.extract()


def _on(given: Mapping[str, str]) -> bool:
    return given.get("w:val", "true") not in _OFF


def _number(text: str, default: int = 0) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else default


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style makes of a paragraph or of words; a `level` of 0 is no heading."""

    name: str = ""
    base: str = ""
    level: int = 0
    hidden: bool = False
    numbered: str = ""
    depth: int = 0


@dataclass(slots=True)
class _Styles(Reader):
    """The styles by their identifiers."""

    found: dict[str, _Style] = field(default_factory=dict)
    current: str = ""

    def began(self, name: str, given: Mapping[str, str]) -> None:
        value = given.get("w:val", "")
        style = self.found.get(self.current, _Style())
        if name == "w:style":
            self.current = given.get("w:styleId", "")
            style = _Style()
        elif name == "w:name":
            heading = _HEADING.fullmatch(value)
            style = replace(style, name=value.lower(), level=int(heading[1]) if heading else 0)
        elif name == "w:basedOn":
            style = replace(style, base=value)
        elif name == "w:outlineLvl" and not style.level:
            level = _number(value, _MAX_LEVELS) + 1
            style = replace(style, level=level if level <= _MAX_LEVELS else 0)
        elif name == "w:vanish":
            style = replace(style, hidden=_on(given))
        elif name == "w:numId":
            style = replace(style, numbered=value)
        elif name == "w:ilvl":
            style = replace(style, depth=_number(value))
        else:
            return
        if self.current:
            self.found[self.current] = style

    def ended(self, name: str) -> None:
        if name == "w:style":
            self.current = ""

    def text(self, text: str) -> None:
        """Pass over what is no text of the document."""

    def whole(self) -> dict[str, _Style]:
        """Return the styles with what they have from those that they are based on."""
        return {name: self._based(style) for name, style in self.found.items()}

    def _based(self, style: _Style) -> _Style:
        base, seen = style.base, set[str]()
        while base in self.found and base not in seen and len(seen) < _MAX_LEVELS:
            seen.add(base)
            below = self.found[base]
            style = replace(
                style,
                level=style.level or below.level,
                hidden=style.hidden or below.hidden,
                numbered=style.numbered or below.numbered,
            )
            base = below.base
        return style


@dataclass(slots=True)
class _Level:
    """How the items of one level of a list are numbered."""

    form: str = "decimal"
    start: int = 1
    label: str = "%1."


@dataclass(slots=True)
class _Numbering(Reader):
    """The lists, and how far each is counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=lambda: defaultdict(dict))
    lists: dict[str, str] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    abstract: str = ""
    listed: str = ""
    depth_of: int = 0

    def began(self, name: str, given: Mapping[str, str]) -> None:
        value = given.get("w:val", "")
        level = self.levels[self.abstract].get(self.depth_of, _Level())
        match name:
            case "w:abstractNum":
                self.abstract = given.get("w:abstractNumId", "")
            case "w:num":
                self.listed, self.abstract = given.get("w:numId", ""), ""
            case "w:abstractNumId":
                self.lists[self.listed] = value
            case "w:lvl" | "w:lvlOverride":
                self.depth_of = _number(given.get("w:ilvl", ""))
                if name == "w:lvl":
                    self.levels[self.abstract][self.depth_of] = _Level()
            case "w:startOverride":
                self.restarts[self.listed, self.depth_of] = _number(value, 1)
            case "w:numFmt":
                level.form = value
            case "w:start":
                level.start = _number(value, 1)
            case "w:lvlText":
                level.label = value

    def ended(self, name: str) -> None:
        """Pass over the ends; what begins tells all."""

    def text(self, text: str) -> None:
        """Pass over what is no text of the document."""

    def next(self, listed: str, depth: int) -> tuple[int | None, str]:
        """Return the number of a list's next item, None for a bullet, and words before it."""
        abstract = self.lists.get(listed, "")
        level = self.levels[abstract].get(depth, _Level())
        restart = self.restarts.pop((listed, depth), None)
        counts = self.counts[abstract]
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        before = counts.get(depth, level.start - 1)
        counts[depth] = before + 1 if restart is None else restart
        if level.form in {"bullet", "none"}:
            return None, ""
        label = _LEVEL.sub(lambda match: str(counts.get(int(match[1]) - 1, 1)), level.label)
        return counts[depth], label if re.search(r"[^\W\d_]", level.label) else ""


@dataclass(slots=True)
class _Notes(Reader):
    """The words that stand elsewhere: of notes and comments by their numbers."""

    kind: str = ""
    words: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    number: str = ""
    inside: str = ""

    def began(self, name: str, given: Mapping[str, str]) -> None:
        self.inside = name
        if name in {"w:footnote", "w:endnote", "w:comment"}:
            self.number = given.get("w:id", "")

    def ended(self, name: str) -> None:
        self.inside = ""
        if name == "w:p":
            self.words[self.kind, self.number].append(" ")
        elif name in {"w:footnote", "w:endnote", "w:comment"}:
            self.number = ""

    def text(self, text: str) -> None:
        if self.inside in _TEXT:
            self.words[self.kind, self.number].append(text)


_HIDDEN: Final = "hidden words"
_REFERENCES: Final = {
    "w:footnoteReference": ("footnotes", "a footnote"),
    "w:endnoteReference": ("endnotes", "an endnote"),
    "w:commentReference": ("comments", "a comment"),
}


@dataclass(slots=True)
class _Body(Reader):
    """The document itself."""

    styles: Mapping[str, _Style]
    numbering: _Numbering
    notes: Mapping[tuple[str, str], list[str]]
    inside: str = ""
    paragraph: _Style = _Style()
    properties: bool = False
    hidden: str = ""
    unseen: list[str] = field(default_factory=list)
    unseen_as: str = ""
    header: bool = False

    def began(self, name: str, given: Mapping[str, str]) -> None:
        self.inside = name
        self.properties = self.properties or name == "w:pPr"
        if name in _UNTOLD:
            self.aside("")
        elif name in _REFERENCES:
            kind, what = _REFERENCES[name]
            self.sheet.unspoken(what, "".join(self.notes.get((kind, given.get("w:id", "")), ())))
        elif known := _STARTS.get(name):
            known(self, given)

    def ended(self, name: str) -> None:
        self.inside = ""
        match name:
            case "w:pPr":
                self.properties = False
                self.form()
            case "w:p":
                self.tell_unseen()
                self.sheet.block()
            case "w:r":
                self.hidden = ""
            case "w:tr":
                self.sheet.row(heading=self.header)
            case "w:tbl":
                self.sheet.end_table()

    def text(self, text: str) -> None:
        if self.inside not in _TEXT:
            return
        if self.hidden and not self.asides:
            if self.hidden != self.unseen_as:
                self.tell_unseen()
            self.unseen_as = self.hidden
            self.unseen.append(text)
            return
        self.tell_unseen()
        self.say(text)

    def tell_unseen(self) -> None:
        """Remark the hidden or struck words so far: Word cuts them where it likes."""
        if self.unseen:
            words, self.unseen = "".join(self.unseen), []
            self.sheet.unspoken(self.unseen_as, words)

    def form(self) -> None:
        """Begin a heading, an item or a title, as the paragraph's properties say."""
        style = self.paragraph
        first = not self.sheet.length and not self.sheet.title
        if self.asides:
            return
        if style.name.startswith("toc "):
            self.aside("a table of contents", up=1)
        elif style.name == "title" and first:
            self.aside("", up=1, title=True)
        elif style.level or style.name == "title":
            self.sheet.heading(style.level or 1)
        elif style.numbered not in {"", "0"}:
            number, label = self.numbering.next(style.numbered, style.depth)
            self.sheet.item(None if label else number)
            self.say(f"{label} " if label else "")


def _paragraph(body: _Body, _given: Mapping[str, str]) -> None:
    body.sheet.block()
    body.paragraph = _Style()


def _styled(body: _Body, given: Mapping[str, str]) -> None:
    if not body.asides:
        body.paragraph = body.styles.get(given.get("w:val", ""), _Style())


def _run(body: _Body, _given: Mapping[str, str]) -> None:
    body.hidden = _HIDDEN if body.paragraph.hidden else ""


def _run_styled(body: _Body, given: Mapping[str, str]) -> None:
    if not body.properties:
        hidden = body.styles.get(given.get("w:val", ""), _Style()).hidden
        body.hidden = _HIDDEN if hidden else body.hidden


def _unseen(what: str) -> Callable[[_Body, Mapping[str, str]], None]:
    def change(body: _Body, given: Mapping[str, str]) -> None:
        if not body.properties and not body.asides and (_on(given) or body.hidden == what):
            body.hidden = what if _on(given) else ""

    return change


def _changed(
    change_to: Callable[[_Style, str], _Style],
) -> Callable[[_Body, Mapping[str, str]], None]:
    def change(body: _Body, given: Mapping[str, str]) -> None:
        if not body.asides and body.properties:
            body.paragraph = change_to(body.paragraph, given.get("w:val", ""))

    return change


def _outlined(style: _Style, value: str) -> _Style:
    return replace(style, level=(_number(value, _MAX_LEVELS) + 1) % (_MAX_LEVELS + 1))


def _row(body: _Body, _given: Mapping[str, str]) -> None:
    body.header = False


def _heading_row(body: _Body, given: Mapping[str, str]) -> None:
    body.header = _on(given)


def _picture(body: _Body, given: Mapping[str, str]) -> None:
    body.sheet.unspoken("what stands for a picture", given.get("descr", ""))


_STARTS: Final[Mapping[str, Callable[[_Body, Mapping[str, str]], None]]] = {
    "w:p": _paragraph,
    "w:pStyle": _styled,
    "w:outlineLvl": _changed(_outlined),
    "w:numId": _changed(lambda style, value: replace(style, numbered=value)),
    "w:ilvl": _changed(lambda style, value: replace(style, depth=_number(value))),
    "w:r": _run,
    "w:rStyle": _run_styled,
    "w:vanish": _unseen(_HIDDEN),
    **dict.fromkeys(("w:strike", "w:dstrike"), _unseen("struck words")),
    "w:del": lambda body, _given: body.aside("deleted words"),
    "w:showingPlcHdr": lambda body, _given: body.aside("what is to be filled in", up=2),
    **dict.fromkeys(("w:tab", "w:ptab"), lambda body, _given: body.say(" ")),
    **dict.fromkeys(("w:br", "w:cr"), lambda body, _given: body.line()),
    "w:noBreakHyphen": lambda body, _given: body.say("-"),
    "w:tbl": lambda body, _given: body.sheet.table(),
    "w:tr": _row,
    "w:tc": lambda body, _given: body.sheet.cell(),
    "w:tblHeader": _heading_row,
    "wp:docPr": _picture,
}
