"""Read the front matter: what a script says about itself, and what it chooses.

To add a key of what it says: give it a row in `OWN`, a field of the same name in `Meta`, and a
line in the writer. What it chooses stands in `sessions.script.phrases.choices`.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sessions.script import values
from sessions.script.mapping import Items, Pairs, Refused, Scalar, Value, entries
from sessions.script.page import Misread, Page
from sessions.script.phrases import beds
from sessions.script.phrases import language as languages
from sessions.script.phrases.choices import CHOICES
from sessions.script.phrases.quantities import shown
from sessions.script.phrases.readers import Amount

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sessions.errors import Source
    from sessions.script.model import Language, Layer
    from sessions.script.page import Findings
    from sessions.script.phrases.choices import Choice

MAX_FRONT_MATTER_BYTES: Final = 64 << 10
DEEPEN: Final = Amount(0, 100, "%", "30 %")


@dataclass(frozen=True, slots=True)
class Key:
    """A row of the table: the field of `Meta`, what people may call it, and its reader.

    What is `chosen` is a setting by that name in `Meta.chosen`.
    """

    field: str
    names: tuple[str, ...]
    convert: Callable[[Value, Page], object]
    chosen: bool = False


def _text(value: Value, _page: Page) -> str:
    if not isinstance(value, Scalar):
        raise Misread("a text is expected here", "write one text, in quotes if need be")
    return " ".join(value.text.split())


def _language(value: Value, page: Page) -> Language | None:
    found = languages.named(_text(value, page))
    if found is None:
        raise Misread(f"unknown language '{shown(_text(value, page))}'", "write `nl` or `en`")
    return found


def _background(value: Value, page: Page) -> tuple[Layer, ...]:
    if isinstance(value, Pairs):
        raise Misread("a list of sounds is expected here", "write `[sea -6 dB, brown]`")
    scalars = value.items if isinstance(value, Items) else (value,)
    found: list[Layer] = []
    for scalar in scalars:
        position = scalar.start
        for words in beds.parted(scalar.text):
            position = max(position, page.text.find(words.strip(), position, scalar.stop))
            layer = beds.layer(words, None)
            source = page.source(position, position + len(layer.sound))
            found.append(replace(layer, source=source))
    return beds.together(found)


def _words(value: Value, page: Page) -> str:
    return values.encoded(_text(value, page))


def _values(value: Value, _page: Page) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, Pairs):
        raise Misread("names with their texts are expected here", 'write `{naam: ""}`')
    return tuple(values.checked(name.text.strip(), text.text) for name, text in value.pairs)


def _pronounce(value: Value, _page: Page) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, Pairs):
        raise Misread("words and how they are said are expected here", "write `{GGZ: gee gee zet}`")
    return tuple(pronunciation(name.text, text.text) for name, text in value.pairs)


def pronunciation(word: str, said: str) -> tuple[str, str]:
    """Return a word and how it is said, each on one line.

    Raises
    ------
    Misread
        One of them is empty, or too long.
    """
    pair = " ".join(word.split()), " ".join(said.split())
    if not all(pair) or max(map(len, pair)) > values.MAX_VALUE_CHARACTERS:
        limit = f"1 to {values.MAX_VALUE_CHARACTERS} characters"
        message = f"'{shown(word)}' and what is said for it have {limit}"
        raise Misread(message, "write `{GGZ: gee gee zet}`")
    return pair


def _share(value: Value, page: Page) -> float:
    return DEEPEN.read(_text(value, page)) / 100


def _choice(choice: Choice) -> Callable[[Value, Page], object]:
    return lambda value, page: choice.reader.read(_text(value, page))


def _codes(value: Value, _page: Page) -> tuple[str, ...]:
    scalars = value.items if isinstance(value, Items) else (value,)
    found = []
    for scalar in scalars:
        text = scalar.text.strip().upper() if isinstance(scalar, Scalar) else ""
        if not _CODE.fullmatch(text):
            message = f"'{shown(text)}' is not the code of a warning"
            raise Misread(message, "write `[W01]`; `sessions check --explain W01` says more")
        found.append(text)
    return tuple(found)


OWN: Final = (
    Key("title", ("title", "titel"), _words),
    Key("summary", ("summary", "samenvatting"), _words),
    Key("author", ("author", "auteur"), _text),
    Key("language", ("language", "taal"), _language),
    Key("technique", ("technique", "techniek"), _text),
    Key("category", ("category", "categorie"), _text),
    Key("phase", ("phase", "fase"), _text),
    Key("why", ("why", "waarom"), _text),
    Key("values", ("values", "waarden"), _values),
    Key("deepen", ("deepen", "verdiepen"), _share),
    Key("pronounce", ("pronounce", "uitspraak"), _pronounce),
    Key("allow", ("allow", "toestaan"), _codes),
)
"""What a script says about itself."""

WITH_PLACES: Final[Mapping[str, Callable[[Value, Page], object]]] = {"background": _background}
"""Choices of which parts have places of their own."""

KEYS: Final = (
    *OWN,
    *(
        Key(name, choice.keys, WITH_PLACES.get(name, _choice(choice)), chosen=True)
        for name, choice in CHOICES.items()
        if choice.keys
    ),
)
"""Every key there is: English, then Dutch."""

_CODE: Final = re.compile(r"W[0-9]{2}")
_BY_NAME: Final = {name: key for key in KEYS for name in key.names}
_CHOSEN: Final = tuple(key.field for key in KEYS if key.chosen)
_LATE = re.compile(r"\s+(?P<edge>---)[ \t]*\n\s*(?P<key>[^\n:]{1,40}):")
_EDGE = re.compile(r"---[ \t]*(?:\n|$)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


def read(text: str, findings: Findings) -> tuple[dict[str, Any], int]:
    """Return the checked fields for `Meta`, and the offset at which the body begins.

    Parameters
    ----------
    text
        The whole script, without control characters.
    findings
        Where problems go; a field with a problem is left out.
    """
    opening, close = edges(text)
    if opening is None:
        _misplaced(text, findings)
        return {}, 0
    if close is None:
        message = "the front matter is never closed"
        remedy = "write `---` below it; to begin with a long pause, leave the first line empty"
        findings.add(0, 3, message, remedy)
        return {}, len(text)
    if len(text[: close.start()].encode()) > MAX_FRONT_MATTER_BYTES:
        message = f"the front matter is larger than {MAX_FRONT_MATTER_BYTES >> 10} KiB"
        findings.add(0, 3, message, "keep the text of the session below the second `---`")
        return {}, close.end()
    fields: dict[str, Any] = {}
    places: dict[str, Source] = {}
    try:
        for key, value in entries(text[opening.end() : close.start()], opening.end()):
            field = _take(fields, key, value, findings)
            places.setdefault(field, findings.page.source(*_extent(value)))
    except Refused as refused:
        findings.add(refused.start, refused.stop, refused.message, refused.remedy)
    given = {name: value for name, value in fields.items() if value is not None}
    known = tuple((name, place) for name, place in places.items() if name in given)
    chosen = tuple((name, given.pop(name)) for name in _CHOSEN if name in given)
    return {**given, "chosen": chosen, "places": known}, close.end()


def lines(text: str) -> int:
    """Return how many lines of a script are its front matter, all of them if it never ends."""
    clean = Page.of("", text).text
    opening, close = edges(clean)
    if opening is None:
        return 0
    return clean[: close.end() if close else len(clean)].count("\n") + 1


def knows(name: str) -> bool:
    """Tell whether a key means something, whatever its case and signs between its words."""
    return _plain(name) in _BY_NAME


def readable(block: str) -> bool:
    """Tell whether some lines between two `---` are keys with values, of whatever program."""
    try:
        return bool(list(entries(block, 0)))
    except Refused:
        return False


def edges(text: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """Return the lines that open and close the front matter, as far as they are there."""
    opening = _EDGE.match(text)
    return opening, _CLOSE.search(text, opening.end()) if opening else None


def _misplaced(text: str, findings: Findings) -> None:
    """Find front matter below an empty line or behind a space: all of it would be spoken."""
    match = _LATE.match(text)
    if match and _plain(match["key"]) in _BY_NAME:
        message = "the front matter does not begin with the first character of the script"
        remedy = "delete the empty lines and spaces above and before it"
        findings.add(match.start("edge"), match.end("edge"), message, remedy)


def _plain(name: str) -> str:
    """Return the name of a key as the table has it."""
    return re.sub(r"[\s_-]+", " ", name.strip().lower())


def _take(fields: dict[str, Any], name: Scalar, value: Value, findings: Findings) -> str:
    """Check one entry and put it among the fields; return its field, '' where there is none.

    A value that is left empty counts as None.
    """
    plain = _plain(name.text)
    key = _BY_NAME.get(plain)
    if key is None:
        close = difflib.get_close_matches(plain[:40], _BY_NAME, n=1)
        names = ", ".join(row.names[0] for row in KEYS)
        remedy = f"did you mean `{close[0]}`?" if close else f"the keys are: {names}"
        findings.add(name.start, name.stop, f"unknown key '{shown(name.text)}'", remedy)
        return ""
    if key.field in fields:
        message = f"the key '{shown(name.text)}' stands here a second time"
        findings.add(name.start, _extent(value)[1], message, "keep one of the two")
        return ""
    fields[key.field] = None
    if isinstance(value, Scalar) and not value.text.strip():
        return ""
    try:
        fields[key.field] = key.convert(value, findings.page)
    except Misread as misread:
        start, stop = _extent(value)
        findings.add(start, stop, f"{key.names[0]}: {misread.message}", misread.remedy)
    return key.field


def _extent(value: Value) -> tuple[int, int]:
    match value:
        case Scalar():
            return value.start, value.stop
        case Items():
            inner = value.items
        case Pairs():
            inner = tuple(scalar for pair in value.pairs for scalar in pair)
    return (inner[0].start, inner[-1].stop) if inner else (0, 1)
