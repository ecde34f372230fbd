"""Read a page of HTML: what a reader of it would see, with its headings, lists and tables."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sessions.script.importing.extract import Extract, Sheet, failed
from sessions.script.importing.tags import Comment, Tag, Words, tokens
from sessions.script.importing.textfile import decoded
from sessions.script.phrases import language
from sessions.script.phrases.quantities import shown
from sessions.script.texts import has_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MAX_DEPTH: Final = 500
"""Elements inside of each other; as browsers have it."""

VOID: Final = _words("area base br col embed hr img input link meta param source track wbr")
UNSPOKEN: Final[Mapping[str, str]] = {
    "script": "a script", "style": "a style sheet", "template": "a template",
    "noscript": "what stands for a script", "nav": "navigation", "footer": "the foot of the page",
    "aside": "an aside", "form": "a form", "button": "a button", "select": "a choice",
    "textarea": "a field", "svg": "a drawing", "iframe": "another page", "object": "an object",
    "video": "a video", "audio": "a sound", "canvas": "a drawing", "del": "deleted words",
    "rt": "a gloss", "head": "the head of the page", "dialog": "a dialogue", "menu": "a menu",
    "title": "the title of the page", "s": "struck words", "strike": "struck words",
    "figcaption": "what stands under a picture",
}  # fmt: skip
"""Elements that nobody reads on, each with what a note calls it."""
BLOCKS: Final = _words(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure header hgroup html legend li main ol p pre section summary ul"
)
CLOSED_BY: Final[Mapping[str, frozenset[str]]] = {
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "tr": frozenset(("td", "th", "tr")),
    "td": frozenset(("td", "th")),
    "th": frozenset(("td", "th")),
    "option": frozenset(("option",)),
}
"""Elements that need no end, and what of them a next one ends, when it is the innermost."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
CLASSES: Final[Mapping[str, str]] = {
    "properties": "properties of the page", "entry-meta": "about the page",
    "post-meta": "about the page", "sharedaddy": "what shares the page",
    "social-share": "what shares the page", "breadcrumb": "navigation",
    "breadcrumbs": "navigation", "sr-only": "hidden words",
    "screen-reader-text": "hidden words", "visually-hidden": "hidden words",
}  # fmt: skip
"""Classes by which the usual programs mark what nobody reads on, as `UNSPOKEN`."""
_TITLES: Final = frozenset(("title", "MsoTitle", "page-title"))
"""Classes of a paragraph that is the title of all, as Google and Word have them."""
_TO_NOTE = re.compile(
    r"(?:[^#\s]*)#_?(?:cmnt|ftnt|ftn|edn|msocom|sd(?:foot|end)note|fn|footnote|endnote|cite)[\w:-]*",
    re.IGNORECASE,
)
_FROM_NOTE = re.compile(r"ref|anc\b|anc[0-9]", re.IGNORECASE)
"""Where a link of a note leads to: the place in the text that it belongs to."""
_AROUND_NOTES: Final = _words("p li div td")
_PASTED: Final = frozenset(("<!--StartFragment-->", "<!--EndFragment-->"))
"""Where a clipboard's piece of a page begins and ends."""


def extract(data: bytes, path: str) -> Extract:
    """Return the words of a page.

    Raises
    ------
    ScriptError
        Its elements are nested too deep.
    """
    text, notes = decoded(data, path, declares=True)
    reader = _Reader(Sheet(path, text, notes=[*notes]), text)
    for token in tokens(text):
        match token:
            case Words():
                reader.words(token)
            case Comment():
                if has_words(token.text) and token.text not in _PASTED:
                    stop = token.start + len(token.text)
                    message = f"a comment, not spoken: '{shown(token.text[4:-3])}'"
                    reader.sheet.note(token.start, stop, message)
            case Tag() if token.ends:
                reader.end(token)
            case Tag():
                reader.start(token)
    return reader.finished()


@dataclass(slots=True)
class _Open:
    """An element that is open; `number` is that of the next item, for a list with numbers."""

    name: str
    number: int | None = None
    heading: bool = True


@dataclass(slots=True)
class _Reader:
    """A page half read; `mute` is how many elements are open around what is not spoken."""

    sheet: Sheet
    original: str
    opened: list[_Open] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    mute: int = 0
    mute_from: int = 0
    mute_what: str = ""
    mute_words: list[str] = field(default_factory=list)
    title: str = ""
    title_at: tuple[int, int] = (0, 0)
    headline: bool = False

    def start(self, tag: Tag) -> None:
        if tag.name in VOID:
            self.void(tag)
            return
        while self.opened and self.opened[-1].name in CLOSED_BY.get(tag.name, ()):
            self.pop(tag.start)
        self.close_before(tag)
        if len(self.opened) >= MAX_DEPTH:
            message = f"elements are nested more than {MAX_DEPTH} deep"
            raise failed(self.sheet.path, self.original, tag.start, message, "make it simpler")
        self.opened.append(_Open(tag.name))
        self.names[tag.name] += 1
        what = _unspoken(tag)
        if self.mute:
            self.mute_words.append(" ")
            if tag.name == "title":
                self.title_at = tag.stop, tag.stop
        elif what:
            self.mute, self.mute_from, self.mute_what = len(self.opened), tag.start, what
            if tag.name == "a" and _FROM_NOTE.search(tag.given.get("href", "")):
                self.mute, self.mute_what = self.around_note(), "a note beside the text"
        else:
            self.began(tag)

    def close_before(self, tag: Tag) -> None:
        """End a head or a paragraph that was never ended, where something begins that ends it."""
        if self.names["head"] and tag.name not in _OF_HEADS:
            self.pop_to("head", tag.start)
        if self.names["p"] and tag.name in _ENDING_PARAGRAPHS:
            inner = (one.name for one in reversed(self.opened))
            if next((name for name in inner if name in _ENDING_PARAGRAPHS), "") == "p":
                self.pop_to("p", tag.start)

    def pop_to(self, name: str, offset: int) -> None:
        """End the innermost element of a name, and all in it."""
        while self.opened[-1].name != name:
            self.pop(offset)
        self.pop(offset)

    def began(self, tag: Tag) -> None:
        """Write what an element is that is spoken."""
        known = _STARTS.get(tag.name)
        if tag.name in BLOCKS:
            self.sheet.begin()
        if known:
            known(self, tag)

    def around_note(self) -> int:
        """Return how many elements are open up to the innermost that has all of a note."""
        depths = range(len(self.opened), 0, -1)
        blocks = (depth for depth in depths if self.opened[depth - 1].name in _AROUND_NOTES)
        return next(blocks, len(self.opened))

    def void(self, tag: Tag) -> None:
        if self.mute:
            self.mute_words.append(" ")
        elif tag.name == "br":
            self.sheet.line()
        elif tag.name == "hr":
            self.sheet.rule(tag.start)
        words = tag.given.get("alt", "") if tag.name in {"img", "area", "input"} else ""
        if has_words(words):
            message = f"what stands for a picture, not spoken: '{shown(words)}'"
            self.sheet.note(tag.start, tag.stop, message)

    def end(self, tag: Tag) -> None:
        if not self.names[tag.name]:
            if tag.name == "p" and not self.mute:
                self.sheet.block()
            return
        self.pop_to(tag.name, tag.start)

    def pop(self, offset: int) -> None:
        """End the innermost element."""
        if self.mute == len(self.opened):
            self.unmute(offset)
        element = self.opened.pop()
        self.names[element.name] -= 1
        if self.mute:
            return
        if element.name == "table":
            self.sheet.end_table()
        elif element.name == "tr":
            self.sheet.row(heading=element.heading)
        elif element.name in BLOCKS or element.name in _HEADINGS:
            self.sheet.block()

    def unmute(self, offset: int) -> None:
        """Note what was not spoken, if it has words."""
        words = "".join(self.mute_words)
        if has_words(words):
            message = f"{self.mute_what}, not spoken: '{shown(words)}'"
            self.sheet.note(self.mute_from, offset, message)
        self.mute, self.mute_words = 0, []

    def words(self, words: Words) -> None:
        if self.opened and self.opened[-1].name == "title" and not self.names["svg"]:
            self.title += words.text
            self.title_at = self.title_at[0], words.start + len(words.text)
        elif self.mute:
            self.mute_words.append(words.text)
        elif self.names["pre"]:
            self.sheet.lines(words.text, words.start)
        else:
            self.sheet.words(words.text, words.start)

    def finished(self) -> Extract:
        while self.opened:
            self.pop(len(self.original))
        if has_words(self.title):
            if self.headline:
                message = f"the title of the page, not spoken: '{shown(self.title)}'"
                self.sheet.note(*self.title_at, message)
            else:
                self.sheet.title = self.title
        return self.sheet.extract()


def _unspoken(tag: Tag) -> str:
    """Return what a note calls the words of an element that nobody reads on, else ''."""
    given, style = tag.given, tag.given.get("style", "")
    if "hidden" in given or given.get("aria-hidden") == "true" or _HIDDEN.search(style):
        return "hidden words"
    if _STRUCK.search(style):
        return UNSPOKEN["s"]
    if tag.name == "a" and _TO_NOTE.fullmatch(given.get("href", "")):
        return "the mark of a note"
    named = (CLASSES[one] for one in given.get("class", "").split() if one in CLASSES)
    return UNSPOKEN.get(tag.name) or next(named, "")


def _html(reader: _Reader, tag: Tag) -> None:
    reader.sheet.language = reader.sheet.language or language.named(tag.given.get("lang", ""))


def _heading(reader: _Reader, tag: Tag) -> None:
    reader.headline = reader.headline or tag.name == "h1"
    reader.sheet.heading(int(tag.name[1]))


def _paragraph(reader: _Reader, tag: Tag) -> None:
    if _TITLES & set(tag.given.get("class", "").split()) and not reader.headline:
        reader.headline = True
        reader.sheet.heading(1)


def _list(reader: _Reader, tag: Tag) -> None:
    start = tag.given.get("start", "1")
    reader.opened[-1].number = int(start) if re.fullmatch(r"[0-9]{1,9}", start) else 1


def _item(reader: _Reader, tag: Tag) -> None:
    around = reader.opened[-2] if len(reader.opened) > 1 else _Open("")
    value = tag.given.get("value", "")
    if around.number is not None and re.fullmatch(r"[0-9]{1,9}", value):
        around.number = int(value)
    reader.sheet.item(around.number)
    if around.number is not None:
        around.number += 1


def _cell(reader: _Reader, tag: Tag) -> None:
    row = next((one for one in reversed(reader.opened[-4:]) if one.name == "tr"), None)
    if row:
        row.heading = row.heading and tag.name == "th"
    reader.sheet.cell(tag.start)


_HEADINGS: Final = frozenset(f"h{level}" for level in range(1, 7))
_ENDING_PARAGRAPHS: Final = BLOCKS | _HEADINGS | {"table"}
_OF_HEADS: Final = _words("title script style noscript template")
_STARTS: Final[Mapping[str, Callable[[_Reader, Tag], None]]] = {
    "html": _html,
    "body": _html,
    **dict.fromkeys(_HEADINGS, _heading),
    "p": _paragraph,
    "ol": _list,
    "li": _item,
    "table": lambda reader, _tag: reader.sheet.table(),
    "td": _cell,
    "th": _cell,
}
