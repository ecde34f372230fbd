"""Read Speech Markdown (speechmarkdown.org): `(words)[whisper]`, `[500ms]`, `++words++`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.script.importing.extract import Extract, Sheet
from sessions.script.importing.ssml import (
    FAST_ABOVE,
    SLOW,
    SLOW_BELOW,
    SOFT,
    STRENGTH_SECONDS,
    rate,
)
from sessions.script.importing.textfile import decoded
from sessions.script.page import Misread
from sessions.script.phrases import language
from sessions.script.phrases.quantities import duration, shown
from sessions.script.texts import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEYS = (
    "address|cardinal|number|characters|chars|date|defaults|disappointed|dj|emphasis|excited|"
    "expletive|bleep|fraction|interjection|ipa|lang|newscaster|ordinal|phone|telephone|pitch|rate|"
    "sub|time|unit|vol|volume|voice|whisper"
)
_PAIR = rf"(?:{_KEYS})(?:\s*:\s*(?:\"[^\"\n]{{0,300}}\"|'[^'\n]{{0,300}}'))?"
_LIST = rf"(?:{_PAIR})(?:\s*;\s*{_PAIR}){{0,20}}"
_TOKEN = re.compile(
    rf"\((?P<words>[^()\n]{{1,2000}})\)\[(?P<keys>{_LIST})\]"
    rf"|#\[(?P<section>{_LIST})\]"
    r"|\[(?:break\s*:\s*[\"'])?(?P<break>[0-9]{1,6}(?:\.[0-9]{1,3})?\s*m?s|none|x-weak|weak|medium"
    r"|strong|x-strong)[\"']?\]"
    r"|!\[(?P<sound>[\"'][^\"'\n]{0,500}[\"'])\]|!(?P<caption>\([^()\n]{0,500}\))?\[[\"'][^\"'\n]{0,500}[\"']\]"
    r"|\[mark\s*:\s*[\"'](?P<mark>[^\"'\n]{0,300})[\"']\]"
    r"|(?P<plus>\+{1,2})(?P<strong>[^\s+](?:[^+\n]{0,500}[^\s+])?)(?P=plus)",
    re.IGNORECASE,
)
_CERTAIN = re.compile(
    rf"\)\[(?:{_KEYS})\s*:\s*[\"']"
    rf"|#\[(?:{_KEYS})(?:\s*:\s*[\"']|\])|\[break\s*:\s*[\"']|!\[[\"'][a-z]",
    re.IGNORECASE,
)
"""What nothing else is written like."""
_KEY = re.compile(r"([a-z]+)(?:\s*:\s*[\"']([^\"']*)[\"'])?", re.IGNORECASE)
_SOFT: Final = frozenset(
    (*((key, value) for key in ("vol", "volume") for value in SOFT), ("emphasis", "reduced"))
)


def begins(text: str) -> bool:
    """Tell whether a text has marks that only Speech Markdown has."""
    ours = re.search(r"\[(?:end|einde?)\b", text, re.IGNORECASE)
    return _CERTAIN.search(text) is not None or (")[whisper]" in text and not ours)


def extract(data: bytes, path: str) -> Extract:
    """Return the words of Speech Markdown, with its breaks and ways to speak.

    Raises
    ------
    ScriptError
        It is too long, or no text.
    """
    text, notes = decoded(data, path)
    reader = _Reader(Sheet(path, text, notes=[*notes]))
    position = 0
    for token in _TOKEN.finditer(text):
        reader.sheet.lines(text[position : token.start()], position)
        reader.token(token)
        position = token.end()
    reader.sheet.lines(text[position:], position)
    reader.section([], len(text))
    return reader.sheet.extract()


class _Reader:
    """A text half read, and how many styles its section began."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.styles = 0

    def token(self, token: re.Match[str]) -> None:
        """Write what a mark asks for."""
        start, stop = token.span()
        if token["words"] is not None:
            self.words(token)
        elif token["section"]:
            if not self.sheet.length:  # what a text begins in is its language
                told = dict(_pairs(token["section"])).get("lang", "")
                self.sheet.language = language.named(told)
            contents = [*self.contents(token["section"], start, stop)]
            self.section(contents, start)
        elif token["break"]:
            self.pause(token["break"].lower(), start, stop)
        elif token["strong"]:
            self.sheet.lines(token["strong"], token.start("strong"))
        elif token["mark"] is not None:
            self.sheet.note(start, stop, f"a mark, left out: '{shown(token['mark'])}'")
        else:
            words = token["caption"] or token["sound"] or ""
            message = f"a sound, left out; use `[sound NAME]`: '{shown(words)}'"
            self.sheet.note(start, stop, message)

    def words(self, token: re.Match[str]) -> None:
        """Write words that are spoken in some way."""
        text, offset = token["words"], token.start("words")
        given = dict(_pairs(token["keys"]))
        if has_words(given.get("sub", "")):
            self.sheet.say_as(given["sub"], text, offset)
            return
        if not {"characters", "chars"}.isdisjoint(given):
            self.sheet.say_as(" ".join("".join(text.split())), text, offset)
            return
        contents = [*self.contents(token["keys"], *token.span())]
        for content in contents:
            self.sheet.open(content, offset)
        self.sheet.lines(text, offset)
        for _ in contents:
            self.sheet.close(token.end())

    def section(self, contents: list[str], offset: int) -> None:
        """End the styles of the section before, and begin those of the next."""
        for _ in range(self.styles):
            self.sheet.close(offset)
        for content in contents:
            self.sheet.open(content, offset)
        self.styles = len(contents)

    def pause(self, length: str, start: int, stop: int) -> None:
        try:
            seconds = (
                STRENGTH_SECONDS[length]
                if length in STRENGTH_SECONDS
                else duration(length, what="a break", example="2s")
            )
        except Misread as misread:
            self.sheet.note(start, stop, misread.message, misread.remedy)
            return
        self.sheet.pause(seconds, start)

    def contents(self, keys: str, start: int, stop: int) -> Iterator[str]:
        """Yield the directives that some keys ask for; what there is none for is noted."""
        for key, value in _pairs(keys):
            factor = rate(value) if key == "rate" else None
            found = language.named(value) if key == "lang" else None
            if key == "whisper":
                yield "whisper"
            elif key == "lang" and found:
                if found is not self.sheet.language:
                    yield f"lang {found}"
            elif key == "rate" and (value in SLOW or (factor is not None and factor < SLOW_BELOW)):
                yield "slow"
            elif (key, value) in _SOFT:
                yield "soft"
            elif key != "defaults" and not _is_usual(key, value, factor):
                told = f"{key} '{shown(value)}'" if value else key
                self.sheet.note(start, stop, f"{told}; spoken as usual")


def _is_usual(key: str, value: str, factor: float | None) -> bool:
    if key == "rate" and factor is not None:
        return factor <= FAST_ABOVE
    return key in {"rate", "vol", "volume", "pitch"} and value in {"", "medium", "default"}


def _pairs(keys: str) -> Iterator[tuple[str, str]]:
    for match in _KEY.finditer(keys):
        yield match[1].lower(), match[2] or ""
