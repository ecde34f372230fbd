"""Read SSML (W3C Speech Synthesis Markup Language 1.1), the part of it that people use.

The parser is expat, by events, so nothing is ever built or expanded; a document type, and with it
any entity of its own, is refused at its first character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from sessions.errors import ScriptError
from sessions.script.importing.intake import Imported, Intake
from sessions.script.model import Language, Manner
from sessions.script.page import Misread
from sessions.script.phrases import language
from sessions.script.phrases.quantities import duration, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sessions.script.model import Style

MAX_DEPTH: Final = 100
STRENGTH_SECONDS: Final = {
    "none": 0.0, "x-weak": 0.25, "weak": 0.5, "medium": 1.0, "strong": 2.0, "x-strong": 4.0,
}  # fmt: skip
"""SSML leaves these to the voice; ours are a calm reader's."""
SLOW: Final = {"slow", "x-slow"}
SOFT: Final = {"soft", "x-soft", "silent"}
BLOCKS: Final = {"p", "paragraph"}
SENTENCES: Final = {"s", "sentence"}
TURNS: Final = SENTENCES | {"voice"}
"""Elements that nothing runs on into, or out of."""
SILENT: Final = {"audio", "desc", "media", "metadata", "meta", "lexicon", "mark"}


def read(text: str, path: str, spoken_in: Language | None) -> Imported:
    """Return the script of an SSML document.

    Raises
    ------
    ScriptError
        It is not well-formed, has a document type or entities, or holds nothing to speak.
    """
    intake = Intake.of(text, path, spoken_in)
    reader = _Reader(intake, intake.page.text.encode(errors="replace"), spoken_in)
    reader.parse()
    return intake.finished(spoken_in=spoken_in or reader.main_language)


@dataclass(slots=True)
class _Reader:
    """A document half read: the styles and texts of the elements that are open."""

    intake: Intake
    data: bytes
    spoken_in: Language | None
    styles: list[Style] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)
    covered_from: int = 0
    muted: int = 0
    main_language: Language | None = None
    parser: expat.XMLParserType = field(init=False)
    done: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.doctype

    def parse(self) -> None:
        try:
            self.parser.Parse(self.data, True)  # noqa: FBT003 - expat takes it by place
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            offset = self.offset_of(self.parser.ErrorByteIndex)
            problem = self.intake.page.problem(
                offset, offset + 1, f"this is not well-formed XML: {reason}", "correct it"
            )
            raise ScriptError.of([problem]) from error

    def offset(self) -> int:
        """Return the offset in the page of what expat has just come to."""
        return self.offset_of(self.parser.CurrentByteIndex)

    def offset_of(self, index: int) -> int:
        byte, characters = self.done if self.done[0] <= index else (0, 0)
        characters += len(self.data[byte:index].decode(errors="ignore"))
        self.done = index, characters
        return min(characters, max(0, len(self.intake.page.text) - 1))

    def fail(self, message: str, remedy: str) -> None:
        offset = self.offset()
        raise ScriptError.of([self.intake.page.problem(offset, offset + 1, message, remedy)])

    def doctype(self, *_: object) -> None:
        self.fail(
            "a document type or entities in SSML", "delete everything from `<!DOCTYPE` to `>`"
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.styles) >= MAX_DEPTH:
            self.fail(f"elements are nested more than {MAX_DEPTH} deep", "make it simpler")
        self.styles.append(self.intake.style)
        self.aliases.append("")
        given = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        local = name if name == "amazon:effect" else name.rpartition(":")[2]
        if self.muted or local in SILENT:
            self.muted += 1
        known = _STARTS.get(local)
        if known:
            known(self, given)
        elif local not in BLOCKS | SENTENCES:
            self.note(f"'{shown(name)}' is not understood; its text is spoken")
        if local in BLOCKS:
            self.intake.end_paragraph(self.offset())
        elif local in TURNS:
            self.intake.flush()

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        self.uncover(self.aliases.pop())
        if self.muted:
            self.muted -= 1
        if local in BLOCKS:
            self.intake.end_paragraph(self.offset())
        elif local in TURNS:
            self.intake.flush()
        before = self.styles.pop()
        if before != self.intake.style:
            self.intake.restyle(before)

    def text(self, text: str) -> None:
        if self.muted:
            return
        offset = self.offset()
        if any(self.aliases):
            self.covered_from = self.covered_from if self.covered else offset
            self.covered.append(text)
        else:
            self.intake.say(text, offset)

    def uncover(self, alias: str) -> None:
        """Say the words of an element that is read otherwise, all at once: they come in pieces."""
        words = " ".join("".join(self.covered).split())
        if alias and words and not any(self.aliases):
            spoken = " ".join(words.replace(" ", "")) if alias == _LETTERS else alias
            self.intake.say(words, self.covered_from, spoken)
            self.covered = []

    def note(self, message: str) -> None:
        offset = self.offset()
        stop = self.intake.page.text.find(">", offset) + 1
        self.intake.note(offset, max(stop, offset + 1), message)

    def restyle(self, **changes: object) -> None:
        style: Style = replace(self.intake.style, **changes)  # type: ignore[arg-type]
        if style != self.intake.style:
            self.intake.restyle(style)


_LETTERS: Final = "\x01"
"""Stands for text that is spelled; no script can hold it."""


def _speak(reader: _Reader, given: dict[str, str]) -> None:
    found = language.named(given.get("lang", ""))
    if found and reader.main_language is None and reader.spoken_in is None:
        reader.main_language = found
        reader.restyle(language=found)


def _break(reader: _Reader, given: dict[str, str]) -> None:
    seconds = STRENGTH_SECONDS.get(given.get("strength", "medium"), STRENGTH_SECONDS["medium"])
    if "time" in given:
        try:
            seconds = duration(given["time"], what="a break", example="2s")
        except Misread as misread:
            reader.note(misread.message)
    reader.intake.pause(seconds, reader.offset())


def _prosody(reader: _Reader, given: dict[str, str]) -> None:
    rate, volume = given.get("rate", ""), given.get("volume", "")
    percent = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)%", rate)
    if rate in SLOW or (percent and float(percent[1]) < 95) or re.match(r"-[0-9]", rate):
        reader.restyle(slow=True)
    elif rate not in {"", "medium", "default"}:
        reader.note(f"a rate of '{shown(rate)}'; spoken as usual")
    if volume in SOFT or volume.startswith("-"):
        reader.restyle(manner=Manner.SOFT)
    elif volume not in {"", "medium", "default"}:
        reader.note(f"a volume of '{shown(volume)}'; spoken as usual")
    for name in ("pitch", "range", "contour", "duration"):
        if given.get(name, "medium") not in {"medium", "default"}:
            reader.note(f"a {name} of '{shown(given[name])}'; spoken as usual")


def _emphasis(reader: _Reader, given: dict[str, str]) -> None:
    if given.get("level") == "reduced":
        reader.restyle(manner=Manner.SOFT)
    elif given.get("level") != "none":
        reader.note("emphasis; spoken as usual")


def _sub(reader: _Reader, given: dict[str, str]) -> None:
    reader.aliases[-1] = " ".join(given.get("alias", "").split())


def _lang(reader: _Reader, given: dict[str, str]) -> None:
    found = language.named(given.get("lang", ""))
    if found:
        reader.restyle(language=found)
    else:
        reader.note(f"the language '{shown(given.get('lang', ''))}'; spoken as the rest")


def _say_as(reader: _Reader, given: dict[str, str]) -> None:
    kind = given.get("interpret-as", "")
    if kind in {"characters", "spell-out", "verbatim"}:
        reader.aliases[-1] = _LETTERS
    else:
        reader.note(f"text to say as '{shown(kind)}'; read as it is written")


def _effect(reader: _Reader, given: dict[str, str]) -> None:
    if given.get("name") == "whispered":
        reader.restyle(manner=Manner.WHISPER)
    elif given.get("phonation") == "soft":
        reader.restyle(manner=Manner.SOFT)
    else:
        reader.note("an effect; spoken as usual")


def _noted(what: str, attribute: str = "") -> Callable[[_Reader, dict[str, str]], None]:
    def note(reader: _Reader, given: dict[str, str]) -> None:
        value = f" '{shown(given.get(attribute, ''))}'" if attribute else ""
        reader.note(f"{what}{value}")

    return note


_STARTS: Final[Mapping[str, Callable[[_Reader, dict[str, str]], None]]] = {
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
    "w": lambda _reader, _given: None,
    "token": lambda _reader, _given: None,
}
