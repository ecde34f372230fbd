"""Read SSML (W3C Speech Synthesis Markup Language 1.1), the part of it that people use."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sessions.script.directives import MAX_SAID_CHARACTERS
from sessions.script.importing.extract import Extract, Sheet, failed
from sessions.script.importing.textfile import decoded
from sessions.script.importing.xmlevents import Events
from sessions.script.page import Misread
from sessions.script.phrases import language
from sessions.script.phrases.quantities import duration, shown
from sessions.script.texts import has_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sessions.errors import ScriptError

STRENGTH_SECONDS: Final = {
    "none": 0.0, "x-weak": 0.25, "weak": 0.5, "medium": 1.0, "strong": 2.0, "x-strong": 4.0,
}  # fmt: skip
"""SSML leaves these to the voice; ours are a calm reader's."""
SLOW: Final = {"slow", "x-slow"}
SOFT: Final = {"soft", "x-soft", "silent"}
USUAL: Final = {"", "medium", "default"}
SLOW_BELOW: Final = 0.95
"""Of the usual rate; what is nearer to it nobody hears."""
FAST_ABOVE: Final = 1.05
BLOCKS: Final = {"p", "paragraph"}
TURNS: Final = {"s", "sentence", "voice", "speak", "media"}
"""Elements that nothing runs on into, or out of."""
SILENT: Final = {"audio", "desc", "metadata", "meta", "lexicon", "mark"}

_ROOT: Final = "<speak>"
_DECLARATION = re.compile(r"<\?xml[^<>]{0,200}\?>")
_RATE = re.compile(r"([+-]?)([0-9]{1,9}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})(%?)")


def extract(data: bytes, path: str) -> Extract:
    """Return the words of an SSML document, with its breaks and ways to speak.

    Raises
    ------
    ScriptError
        It is not well-formed, or has a document type or entities.
    """
    text, notes = decoded(data, path, declares=True)
    reader = _Reader(Sheet(path, text, notes=[*notes]), text)
    reader.events.read()
    return reader.sheet.extract()


def _rooted(text: str) -> str:
    """Return a text in one root: people keep pieces of SSML, or several documents in one file.

    What declares XML becomes spaces, for it may not stand inside. A document type may not either,
    and is refused as one where it stands.
    """
    if "<!DOCTYPE" in text:
        return f"{' ' * len(_ROOT)}{text}"
    bare = _DECLARATION.sub(lambda match: " " * len(match[0]), text)
    return f"{_ROOT}{bare}</speak>"


@dataclass(slots=True)
class _Element:
    """An element that is open: how many styles it began, and what is said for its words."""

    styles: int = 0
    alias: str = ""
    spelled: bool = False


@dataclass(slots=True)
class _Reader:
    """A document half read."""

    sheet: Sheet
    original: str
    opened: list[_Element] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)
    covered_from: int = 0
    aliases: int = 0
    muted: int = 0
    muted_from: int = 0
    muted_words: bool = False
    events: Events = field(init=False)
    done: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        self.events = Events(self, _rooted(self.original).encode())

    def offset(self) -> int:
        """Return the offset in the original of what is read now."""
        return self.offset_of(self.events.byte)

    def offset_of(self, index: int) -> int:
        byte, characters = self.done if self.done[0] <= index else (0, 0)
        characters += len(self.events.data[byte:index].decode(errors="ignore"))
        self.done = index, characters
        return max(0, characters - len(_ROOT))

    def failure(self, byte: int, message: str, remedy: str) -> ScriptError:
        offset = self.offset_of(byte)
        if "&" in self.original[max(0, offset - 1) : offset + 1]:
            remedy = "write `&amp;` for `&`"
        return failed(self.sheet.path, self.original, offset, message, remedy)

    def start(self, name: str, given: Mapping[str, str]) -> None:
        self.opened.append(_Element())
        local = name if name == "amazon:effect" else name.rpartition(":")[2]
        if self.muted or local in SILENT:
            self.muted_from = self.muted_from if self.muted else self.offset()
            self.muted += 1
        plain = {key.rpartition(":")[2]: value for key, value in given.items()}
        known = _STARTS.get(local)
        if known:
            known(self, plain)
        elif local not in BLOCKS | TURNS | SILENT:
            self.note(f"'{shown(name)}' is not understood; its text is spoken")
        self.part(local)

    def end(self, name: str) -> None:
        element = self.opened.pop()
        if element.alias or element.spelled:
            self.uncover(element)
        if self.muted:
            self.muted -= 1
            if not self.muted and self.muted_words:
                message = f"the words of `{shown(name)}`, not spoken"
                self.sheet.note(self.muted_from, self.offset(), message)
                self.muted_words = False
        for _ in range(element.styles):
            self.sheet.close(self.offset())
        self.part(name.rpartition(":")[2])

    def part(self, local: str) -> None:
        """End a paragraph, or a line, where an element begins or ends that is one."""
        if local in BLOCKS:
            self.sheet.block()
        elif local in TURNS:
            self.sheet.line()

    def text(self, text: str) -> None:
        if text.isspace() and not self.aliases:
            self.sheet.words(" ")
        elif self.muted:
            self.muted_words = self.muted_words or has_words(text)
        elif self.aliases:
            self.covered_from = self.covered_from if self.covered else self.offset()
            self.covered.append(text)
        else:
            self.sheet.words(text, self.offset())

    def uncover(self, element: _Element) -> None:
        """Say the words of an element that is read otherwise, all at once: they come in pieces."""
        self.aliases -= 1
        words = "".join(self.covered)
        if self.aliases or not words.strip():
            return
        self.covered = []
        spoken = " ".join("".join(words.split())) if element.spelled else element.alias
        if max(len(spoken), len(words)) > MAX_SAID_CHARACTERS:
            self.sheet.note(self.covered_from, self.offset(), "too long to be said otherwise")
            self.sheet.words(words, self.covered_from)
        else:
            self.sheet.say_as(spoken, words, self.covered_from)
        self.sheet.words(" " if words[-1].isspace() else "")

    def cover(self, *, alias: str = "", spelled: bool = False) -> None:
        """Take the words of the element that begins, to be said otherwise."""
        element = self.opened[-1]
        element.alias, element.spelled = " ".join(alias.split()), spelled
        self.aliases += bool(element.alias or spelled)

    def style(self, content: str) -> None:
        """Speak the words of the element that begins in another way."""
        self.opened[-1].styles += 1
        self.sheet.open(content, self.offset())

    def note(self, message: str) -> None:
        offset = self.offset()
        stop = self.original.find(">", offset) + 1
        self.sheet.note(offset, stop, message)


def _speak(reader: _Reader, given: Mapping[str, str]) -> None:
    reader.sheet.language = reader.sheet.language or language.named(given.get("lang", ""))


def _break(reader: _Reader, given: Mapping[str, str]) -> None:
    seconds = STRENGTH_SECONDS.get(given.get("strength", "medium"), STRENGTH_SECONDS["medium"])
    if "time" in given:
        try:
            seconds = duration(given["time"], what="a break", example="2s")
        except Misread as misread:
            reader.note(misread.message)
    if not reader.muted:
        reader.sheet.pause(seconds, reader.offset())


def rate(text: str) -> float | None:
    """Return by how much a rate such as `85%`, `0.85` or `-15%` is that of usual speech."""
    match = _RATE.fullmatch(text.strip())
    if match is None:
        return None
    sign, value, percent = match[1], float(match[2]), match[3]
    value = value / 100 if percent or value >= 10 else value
    return 1 + float(f"{sign}1") * value if sign else value


def _prosody(reader: _Reader, given: Mapping[str, str]) -> None:
    speed, volume = given.get("rate", ""), given.get("volume", "")
    factor = rate(speed)
    if speed in SLOW or (factor is not None and factor < SLOW_BELOW):
        reader.style("slow")
    elif speed not in USUAL and (factor is None or factor > FAST_ABOVE):
        reader.note(f"a rate of '{shown(speed)}'; spoken as usual")
    if volume in SOFT or volume.startswith("-"):
        reader.style("soft")
    elif volume not in USUAL:
        reader.note(f"a volume of '{shown(volume)}'; spoken as usual")
    for name in ("pitch", "range", "contour", "duration"):
        if given.get(name, "medium") not in USUAL:
            reader.note(f"a {name} of '{shown(given[name])}'; spoken as usual")


def _emphasis(reader: _Reader, given: Mapping[str, str]) -> None:
    if given.get("level") == "reduced":
        reader.style("soft")
    elif given.get("level") != "none":
        reader.note("emphasis; spoken as usual")


def _sub(reader: _Reader, given: Mapping[str, str]) -> None:
    reader.cover(alias=given.get("alias", ""))


def _lang(reader: _Reader, given: Mapping[str, str]) -> None:
    found = language.named(given.get("lang", ""))
    if found:
        reader.style(f"lang {found}")
    else:
        reader.note(f"the language '{shown(given.get('lang', ''))}'; spoken as the rest")


def _say_as(reader: _Reader, given: Mapping[str, str]) -> None:
    kind = given.get("interpret-as", "")
    if kind in {"characters", "spell-out", "verbatim"}:
        reader.cover(spelled=True)
    else:
        reader.note(f"text to say as '{shown(kind)}'; read as it is written")


def _effect(reader: _Reader, given: Mapping[str, str]) -> None:
    if given.get("name") == "whispered":
        reader.style("whisper")
    elif given.get("phonation") == "soft":
        reader.style("soft")
    else:
        reader.note("an effect; spoken as usual")


def _noted(what: str, attribute: str = "") -> Callable[[_Reader, Mapping[str, str]], None]:
    def note(reader: _Reader, given: Mapping[str, str]) -> None:
        value = f" '{shown(given.get(attribute, ''))}'" if attribute else ""
        reader.note(f"{what}{value}")

    return note


_STARTS: Final[Mapping[str, Callable[[_Reader, Mapping[str, str]], None]]] = {
    "speak": _speak,
    "break": _break,
    "prosody": _prosody,
    "emphasis": _emphasis,
    "sub": _sub,
    "lang": _lang,
    "say-as": _say_as,
    "amazon:effect": _effect,
    "voice": _noted("another voice; spoken by the session's own:", "name"),
    "phoneme": _noted("a phoneme; use `pronounce:` instead of", "ph"),
    "mark": _noted("a mark, left out:", "name"),
    "audio": _noted("a sound, left out; use `[sound NAME]`:", "src"),
    **dict.fromkeys(("w", "token", "par", "seq", "media"), lambda _reader, _given: None),
}
