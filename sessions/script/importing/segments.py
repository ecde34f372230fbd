"""Read JSON of segments: what tools for speech, for transcripts and for chats write.

Only strings of known keys are spoken; of all others that have words there is a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from sessions.script.importing import jsontext, keys
from sessions.script.importing.clock import Clock, seconds_of
from sessions.script.importing.extract import Extract, Sheet, failed
from sessions.script.importing.jsontext import Fields, Items, Value, Words
from sessions.script.importing.textfile import decoded
from sessions.script.page import Misread
from sessions.script.phrases import language
from sessions.script.phrases.quantities import duration, shown
from sessions.script.texts import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.script.importing.jsontext import Node


UNSAID_ROLES: Final = frozenset(("user", "human", "system", "tool"))
GUESSED_FROM: Final = 100
"""A pause of so many units, or more, is one of milliseconds: nobody is silent for two minutes."""
SLOWEST_SECONDS: Final = 60
"""Of one word; times that ask for more are milliseconds."""
_KNOWN_KINDS: Final = keys.PAUSES | keys.BELLS | keys.TEXTS | keys.TITLES | keys.SPEECH_MARKS
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
_ASSISTANT = re.compile(r'"role"\s*:\s*"assistant"')


def extract(data: bytes, path: str) -> Extract:
    """Return the words of JSON, with its pauses and times.

    Raises
    ------
    ScriptError
        It is not JSON, is nested too deep, or no text can be told apart in it.
    """
    text, notes = decoded(data, path)
    top = jsontext.read(text, path)
    reader = _Reader(Sheet(path, text, notes=[*notes]), bool(_ASSISTANT.search(text)))
    for node in top.items:
        reader.node("lines", node, 0)
    if not reader.sheet.length:
        remedy = 'write `[{"text": "Sit down.", "pause": 4}]`, or save the words as plain text'
        raise failed(path, text, 0, "no text can be told apart in this JSON", remedy)
    return reader.sheet.extract()


def _strings(node: Node) -> Iterator[Words]:
    """Yield all strings in a value."""
    match node:
        case Words():
            yield node
        case Items():
            for item in node.items:
                yield from _strings(item)
        case Fields():
            for _, value in node.fields:
                yield from _strings(value)


def _said(node: Node, among: frozenset[str]) -> Iterator[str]:
    """Yield the words of the strings that certain keys have, at any depth."""
    match node:
        case Items():
            for item in node.items:
                yield from item.text.split() if isinstance(item, Words) else _said(item, among)
        case Fields():
            for key, value in node.fields:
                if isinstance(value, Words):
                    yield from value.text.split() if keys.bare(key) in among else ()
                else:
                    yield from _said(value, among)


@dataclass(slots=True)
class _Object:
    """An object by what its values are for."""

    texts: list[tuple[str, Node]] = field(default_factory=list)
    parts: list[tuple[str, Node]] = field(default_factory=list)
    titles: list[tuple[str, Words]] = field(default_factory=list)
    before: list[tuple[str, Node]] = field(default_factory=list)
    after: list[tuple[str, Node]] = field(default_factory=list)
    lengths: list[tuple[str, Node]] = field(default_factory=list)
    starts: list[tuple[str, Node]] = field(default_factory=list)
    stops: list[tuple[str, Node]] = field(default_factory=list)
    others: list[tuple[str, Node]] = field(default_factory=list)
    kind: str = ""


@dataclass(slots=True)
class _Reader:
    """Values half read; in a `chat` only what the machine wrote is spoken."""

    sheet: Sheet
    chat: bool
    clock: Clock = field(init=False)
    guessed: bool = False
    planned: float = 0.0

    def __post_init__(self) -> None:
        self.clock = Clock(self.sheet)

    @property
    def original(self) -> str:
        return self.sheet.original or ""

    def node(self, key: str, node: Node, depth: int) -> None:
        """Write what a key has for a value."""
        match node:
            case Words():
                if keys.bare(key) in keys.TEXTS | keys.LISTS:
                    self.sheet.begin()
                    self.say(node)
                else:
                    self.note(key, node)
            case Value():
                digits = self.original[node.start : node.stop]
                if keys.bare(key) in keys.TEXTS and not digits.isalpha():
                    self.sheet.begin()
                    self.sheet.words(f"{digits} ", node.start)
            case Items():
                items = node.items
                depth += len(items) > 1
                if keys.bare(key) == "alternatives":
                    items, rest = items[:1], items[1:]
                    for words in (words for other in rest for words in _strings(other)):
                        self.note("another guess", words)
                for item in items:
                    self.node(key, item, depth)
            case Fields():
                self.fields(node, depth)

    def say(self, words: Words) -> None:
        for text, offset in words.stretches(self.original):
            self.sheet.lines(text, offset)

    def note(self, key: str, words: Words) -> None:
        if has_words(words.text) and not _ADDRESS.fullmatch(words.text):
            message = f"'{shown(key)}', not spoken: '{shown(words.text)}'"
            self.sheet.note(words.start, words.stop, message)

    def fields(self, fields: Fields, depth: int) -> None:
        """Write an object: a segment, or what has some."""
        author = fields.get("author")
        role = fields.get("role") or (author.get("role") if isinstance(author, Fields) else None)
        if self.chat and isinstance(role, Words) and role.text.lower() in UNSAID_ROLES:
            for words in _strings(fields):
                if words is not role:
                    self.note(role.text, words)
            return
        found = self.sorted(fields, said=isinstance(role, Words))
        self.twice(found)
        self.begin(found)
        for key, node in found.before:
            self.pause(key, node)
            self.sheet.words(" ")
        self.write(found, fields.start, depth)
        for key, node in found.after:
            self.pause(key, node)
        for key, node in [*found.others, *self.untimed(found)]:
            if isinstance(node, Words) and len(node.text.split()) == 1:
                self.note(key, node)  # a choice, such as `"lines": "all"`
            else:
                self.node(key, node, depth + 1)

    def untimed(self, found: _Object) -> Iterator[tuple[str, Node]]:
        """Yield the times that nothing was made of."""
        for key, node in (*found.starts, *found.stops, *found.lengths):
            used = found.starts and found.texts and self.first([(key, node)]) is not None
            if not used and (key, node) not in found.after:
                yield key, node

    def write(self, found: _Object, offset: int, depth: int) -> None:
        """Write the words of an object, and what it has in it."""
        for key, words in found.titles:
            self.title(key, words, found, depth)
        for key, node in found.texts:
            self.text(found, key, node, depth)
        for key, node in found.parts:
            if keys.bare(key) in keys.PEOPLE:
                for words in _strings(node):
                    self.note(key, words)
            else:
                self.node(key, node, depth + 1)
        if found.kind in keys.BELLS and not found.texts:
            self.sheet.direct("bell", offset)

    def sorted(self, fields: Fields, *, said: bool) -> _Object:
        """Tell what the values of an object are for."""
        found = _Object()
        for key, node in fields.fields:
            name = keys.bare(key)
            if isinstance(node, Words) and self.about(found, name, node, said=said):
                continue
            if name in {"offsets", "timestamps"} and isinstance(node, Fields):
                unit = "ms" if name == "offsets" else ""
                timed = [(inner + unit, value) for inner, value in node.fields]
                found.starts += [one for one in timed if keys.purpose(*one) == "starts"]
                found.stops += [one for one in timed if keys.purpose(*one) == "stops"]
            else:
                getattr(found, keys.purpose(key, node)).append((key, node))
        if found.kind in keys.SPEECH_MARKS and fields.get("time"):
            found.starts = [("time_ms", node) for key, node in found.starts if key == "time"]
            found.stops = []  # which are places in the text
            if found.kind != "sentence":
                found.others += found.lengths
                found.starts = found.lengths = []
        return self.settled(found)

    def about(self, found: _Object, name: str, words: Words, *, said: bool) -> bool:
        """Take what tells of the object itself, and say whether it was that."""
        if name in keys.LANGUAGES and language.named(words.text):
            self.sheet.language = self.sheet.language or language.named(words.text)
            return True
        if name in keys.KINDS:
            found.kind = words.text.lower()
            return found.kind in _KNOWN_KINDS
        return name == "role" and said

    def settled(self, found: _Object) -> _Object:
        """Decide what depends on what else there is."""
        if not found.texts:  # `voice` may be the name of one
            spoken = [
                (key, node)
                for key, node in found.others
                if keys.bare(key) == "voice"
                and isinstance(node, Words)
                and " " in node.text.strip()
            ]
            found.texts = list(spoken)
            found.others = [one for one in found.others if one not in spoken]
        if not found.texts and found.kind in keys.TEXTS:  # `{"type": "text", "value": "Sit."}`
            valued = [one for one in found.lengths if keys.bare(one[0]) == "value"]
            found.texts = [*valued]
            found.lengths = [one for one in found.lengths if one not in valued]
        alone = not found.texts and not found.parts
        if alone and found.kind in keys.PAUSES:
            found.after += found.lengths or found.starts
        elif alone and not (found.titles or found.others):
            found.after += found.lengths
        if found.texts and not found.parts:
            named = [one for one in found.titles if keys.bare(one[0]) in keys.NAMES]
            found.titles = [one for one in found.titles if one not in named]
            found.others += named
        return found

    def twice(self, found: _Object) -> None:
        """Leave out a text that its parts say again, or parts that only repeat a text."""
        if any(keys.bare(key) == "transcripts" for key, _ in found.parts):
            words = [one for one in found.parts if one[0] == "items"]
            for key, node in words:
                message = f"'{key}', not spoken: the words of the transcript, one by one"
                self.sheet.note(node.start, node.stop, message)
            found.parts = [one for one in found.parts if one not in words]
        whole = [word for _, node in found.texts for word in _plain(node)]
        if not whole:
            return
        again = [one for one in found.parts if _same(_said(one[1], keys.TEXTS), whole)]
        single = [one for one in found.parts if _same(_said(one[1], keys.SINGLE), whole)]
        if again and not single:
            found.texts = []
        # Of sentences and words that say the same, the sentences are kept.
        fewest = min(again, key=lambda one: _count(one[1]), default=None)
        found.parts = [one for one in found.parts if one is fewest or one not in (*single, *again)]

    def begin(self, found: _Object) -> None:
        """Wait until the time at which the words begin."""
        start, length = self.first(found.starts), self.first(found.lengths)
        planned = start is None and found.texts and not found.after
        if planned and length is not None:
            start, self.planned = self.planned, self.planned + length
            found.starts = found.lengths
        if start is None or not found.texts:
            self.sheet.block()
            return
        stop = self.first(found.stops)
        stop = start + length if stop is None and length is not None else stop
        words = sum(1 for _, node in found.texts for _ in _plain(node))
        unit = 1.0
        if stop is not None and stop - start > SLOWEST_SECONDS * max(words, 1):
            unit = 0.001
            self.guess(found.starts[0][1], "these times were taken for milliseconds")
        self.clock.begin(start * unit, found.starts[0][1].start)
        # A length that is planned is longer than its words, and the next ones wait for its end.
        self.clock.end((start if stop is None or planned else stop) * unit)

    def first(self, given: list[tuple[str, Node]]) -> float | None:
        """Return the seconds of the first time that can be read."""
        for key, node in given:
            _, unit = keys.unitless(keys.bare(key))
            if isinstance(node, Words):
                seconds = seconds_of(node.text)
                if seconds is not None:
                    return seconds * (unit or 1.0)
            elif isinstance(node, Value) and node.value is not None and node.value >= 0:
                return node.value * (unit or 1.0)
        return None

    def guess(self, node: Node, message: str) -> None:
        if not self.guessed:
            self.guessed = True
            self.sheet.note(node.start, node.stop, message)

    def title(self, key: str, words: Words, found: _Object, depth: int) -> None:
        """Take a title: that of all, or that of a chapter."""
        if not has_words(words.text):
            return
        if not (self.sheet.title or self.sheet.length or depth):
            self.sheet.title = words.text
        elif found.texts or found.parts:
            self.heading(words, depth)
        else:
            self.note(key, words)

    def heading(self, words: Words, depth: int) -> None:
        self.sheet.heading(max(1, depth))
        for text, offset in words.stretches(self.original):
            self.sheet.words(text, offset)
        self.sheet.block()

    def text(self, found: _Object, key: str, node: Node, depth: int) -> None:
        if isinstance(node, Words) and found.kind in keys.TITLES:
            self.heading(node, depth)
        elif isinstance(node, Words):
            self.say(node)
            self.sheet.words(" ")
        else:
            self.node(key, node, depth + 1)

    def pause(self, key: str, node: Node) -> None:
        """Write a pause; where no unit tells, one of a hundred and more is of milliseconds."""
        _, unit = keys.unitless(keys.bare(key))
        seconds = None
        if isinstance(node, Words):
            try:
                seconds = duration(node.text, what="a pause", example="4s", unit_seconds=unit or 1)
            except Misread as misread:
                self.sheet.note(node.start, node.stop, misread.message, misread.remedy)
        elif isinstance(node, Value) and node.value is not None:
            seconds = node.value * (unit or 1.0)
            if unit is None and seconds >= GUESSED_FROM:
                seconds /= 1000
                self.guess(node, "this pause was taken for one in milliseconds")
        self.sheet.pause(seconds or 0, node.start)


def _same(words: Iterator[str], whole: list[str]) -> bool:
    """Tell whether words are just these; of those that are not, only as many are read."""
    return all(one == other for one, other in zip_longest(words, whole))


def _count(node: Node) -> int:
    return len(node.items) if isinstance(node, Items) else 0


def _plain(node: Node) -> list[str]:
    return node.text.split() if isinstance(node, Words) else [*_said(node, keys.TEXTS | keys.LISTS)]
