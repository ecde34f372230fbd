"""Know the `[directives]`: their names in each language, how they are read, how they are used.

To add one:

1. Write a function from the words after its name, and its `Source`, to a part, and give it a row in
   `DIRECTIVES`. What opens there can be ended by each of its names, and what holds words is read
   with them in it: `[soft: words]`.
2. Give its first names to `sessions.script.phrases.wording`, which puts remedies in Dutch, and all
   of them to `editors/guided-sessions.tmLanguage.json`.
3. Give it a section with an example in docs/script-format.md.

A new part needs a place in `sessions.script.model`, in `sessions.script.writer` and in
`sessions.plan.layout`; in `sessions.script.estimate` if it takes time; in `sessions.script.expand`
if values may stand in it; in `sessions.plan.slots` if it reaches beyond the slot it would be in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias

from sessions.script import values
from sessions.script.model import (
    BedChange,
    Boundary,
    Break,
    End,
    Include,
    Language,
    Manner,
    OneShot,
    Part,
    Pause,
    Repeat,
    Slot,
    Style,
    Until,
)
from sessions.script.page import Misread
from sessions.script.phrases import beds, breathing
from sessions.script.phrases import language as languages
from sessions.script.phrases.levels import level_change
from sessions.script.phrases.marks import BELL_NAMES, PAUSE_NAMES
from sessions.script.phrases.quantities import level, moment, shown, span, times, weighted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sessions.errors import Source

MAX_REPEATS: Final = 1000
MAX_SAID_CHARACTERS: Final = 1000


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of lines in another style; what is None stays as it was."""

    manner: Manner | None = None
    slow: bool | None = None
    language: Language | None = None
    voice: str | None = None
    source: Source | None = None

    def of(self, style: Style) -> Style:
        """Return a style with this change."""
        return replace(
            style,
            manner=style.manner if self.manner is None else self.manner,
            slow=style.slow if self.slow is None else self.slow,
            language=style.language if self.language is None else self.language,
            voice=style.voice if self.voice is None else self.voice,
            named=style.named if self.voice is None else self.source,
        )


@dataclass(frozen=True, slots=True)
class Said:
    """Words that are shown, and how the voice says them."""

    spoken: str
    shown: str


Meaning: TypeAlias = Part | Opening | Said


class Opens(Enum):
    """What a directive opens, up to its `[end]`, and whether words can stand in it instead."""

    NOTHING = 0
    PARTS = 1
    WORDS = 2
    """`[soft: words]`"""
    NAMED_WORDS = 3
    """`[voice NAME: words]`"""


@dataclass(frozen=True, slots=True)
class Directive:
    """A row of the table.

    `names` are lower case, the usual one first; `read` raises `Misread`; `usage` is a grammar
    line; `examples` can be pasted into a script as they are.
    """

    names: Mapping[Language, tuple[str, ...]]
    read: Callable[[str, Source], Meaning]
    usage: str
    examples: Mapping[Language, str]
    opened: Opens = Opens.NOTHING

    @property
    def name(self) -> str:
        """Its first name in English."""
        return self.names[Language.ENGLISH][0]

    @property
    def opens(self) -> bool:
        """Whether it has an `[end]`."""
        return self.opened is not Opens.NOTHING


def _row(
    english: str,
    dutch: str,
    read: Callable[[str, Source], Meaning],
    usage: str,
    *examples: str,
    opens: Opens = Opens.NOTHING,
) -> Directive:
    names = {
        Language.ENGLISH: tuple(english.split(", ")),
        Language.DUTCH: tuple(dutch.split(", ")),
    }
    given = dict(zip((Language.ENGLISH, Language.DUTCH), examples, strict=True))
    return Directive(names, read, usage, given, opens)


def _pause(words: str, source: Source) -> Part:
    if not words:
        return Break(Boundary.SENTENCE, source)
    bare = _DRESSED.sub("", words, count=1).rstrip(" \"')")
    length, weight = weighted(bare, example="[pause 8s..30s x2]")
    low, high = span(length, what="a pause", example="[pause 4s]")
    if low <= 0:
        raise Misread("a pause must be longer than 0", "write `[pause 4s]`, or leave it out")
    if weight != 1 and low == high:
        raise Misread("only an elastic pause has a weight", "write `[pause 8s..30s x2]`")
    return Pause(low, high, source, weight)


def _until(words: str, source: Source) -> Until:
    return Until(moment(words, example="[until 10:00]"), source)


def _bell(words: str, source: Source) -> OneShot:
    gain_db = level(words, example="[bell -6 dB]") if words else 0.0
    return OneShot("bell", source, gain_db)


def _sound(words: str, source: Source) -> OneShot:
    if not words:
        raise Misread("which sound?", "write the name of a recording: `[sound gong]`")
    found = beds.layer(words, source, "[sound gong -6 dB]")
    return OneShot(found.sound, source, found.gain_db)


def _background(words: str, source: Source) -> BedChange:
    if not words:
        raise Misread("which background?", "write `[background sea -6 dB]`, or `none`")
    return BedChange(beds.bed(words, source), source)


def _repeat(words: str, source: Source) -> Repeat:
    return Repeat(times(words, MAX_REPEATS, example="[repeat 3]"), source)


def _slot(words: str, source: Source) -> Slot:
    low, high = span(words, what="a slot", example="[slot 5s]")
    if low <= 0 or low != high:
        raise Misread("a slot has one length, longer than 0", "write `[slot 5s]`")
    return Slot(low, source)


def _end(words: str, source: Source) -> End:
    if words and not known(words):
        raise Misread(f"'{shown(words)}' cannot be ended", "write `[end]`")
    return End(source)


def _include(words: str, source: Source) -> Include:
    name, *rest = _VALUE.split(words)
    name = name.strip().strip("\"'").strip()
    if not name:
        raise Misread("which script?", "write the name of a script: `[include loslaten]`")
    given: dict[str, str] = {}
    for key, text in zip(rest[::2], rest[1::2], strict=True):
        bare = text.strip()
        quoted = len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'"
        _, line = values.checked(key, bare[1:-1] if quoted else bare)
        if key in given:
            raise Misread(f"the value '{shown(key)}' is given twice", "keep one of the two")
        given[key] = values.encoded(line)
    return Include(name, tuple(given.items()), source)


def _style(opening: Opening) -> Callable[[str, Source], Opening]:
    def read(words: str, _source: Source) -> Opening:
        if words:
            message = f"'{shown(words)}' does not belong here"
            raise Misread(message, "write `[soft]` ... `[end]`, or `[soft: these words]`")
        return opening

    return read


def _language(words: str, _source: Source) -> Opening:
    found = languages.named(words)
    if found is None or " " in words:
        message = f"unknown language '{shown(words)}'"
        raise Misread(message, "write `[lang en]` ... `[end]`, or `[lang en: these words]`")
    return Opening(language=found)


def _voice(words: str, source: Source) -> Opening:
    if not _VOICE.fullmatch(words):
        message = f"'{shown(words)}' is not the name of a voice" if words else "which voice?"
        raise Misread(message, "write `[voice espeak]` ... `[end]`")
    return Opening(voice=words, source=source)


def _say(words: str, _source: Source) -> Said:
    plain = (values.encoded(side, escapes=True) for side in _BAR.split(words))
    sides = [" ".join(side.split()) for side in plain]
    if len(sides) != 2 or not all(sides):
        message = "it takes what is said, a `|`, and what is shown"
        raise Misread(message, "write `[say as: eighteen degrees | 18 °C]`")
    if max(map(len, sides)) > MAX_SAID_CHARACTERS:
        message = f"words to say otherwise can have at most {MAX_SAID_CHARACTERS} characters"
        raise Misread(message, "do it for a shorter stretch")
    return Said(*sides)


def with_ends(rows: tuple[Directive, ...]) -> tuple[Directive, ...]:
    """Return rows of which that of `[end]` has a name for each that opens: `[/soft]`."""
    slashed = {
        language: tuple(f"/{name}" for row in rows if row.opens for name in row.names[language])
        for language in Language
    }
    return tuple(
        replace(row, names={one: (*names, *slashed[one]) for one, names in row.names.items()})
        if row.read is _end
        else row
        for row in rows
    )


PAUSE: Final = _row(
    ", ".join(PAUSE_NAMES[Language.ENGLISH]), ", ".join(PAUSE_NAMES[Language.DUTCH]), _pause,
    "[pause LENGTH] or [pause SHORTEST..LONGEST] or [pause SHORTEST..LONGEST xWEIGHT]",
    "[pause 4s]", "[pauze 4s]",
)  # fmt: skip
BREATHE: Final = _row(
    "breathe, breath, breathing", "adem, ademen, ademhaling", breathing.breath,
    "[breathe in SECONDS hold SECONDS out SECONDS rest SECONDS times COUNT]",
    "[breathe in 4 out 6 times 10]", "[adem in 4 uit 6 keer 10]",
)  # fmt: skip
SAY: Final = _row(
    "say as", "zeg als", _say, "[say as: SPOKEN | SHOWN]",
    "[say as: eighteen degrees | 18 °C]", "[zeg als: achttien graden | 18 °C]",
)  # fmt: skip
DIRECTIVES: Final = with_ends((
    PAUSE,
    _row("until, wait until, pause until", "tot, wacht tot, pauze tot", _until, "[until TIME]",
         "[until 10:00]", "[tot 10:00]"),
    BREATHE,
    _row(", ".join(BELL_NAMES[Language.ENGLISH]), ", ".join(BELL_NAMES[Language.DUTCH]), _bell,
         "[bell] or [bell -6 dB]",
         "[bell]", "[bel]"),
    _row("sound, play", "klank, geluid", _sound, "[sound NAME] or [sound NAME -6 dB]",
         "[sound gong]", "[klank gong]"),
    _row("background, bed, music", "achtergrond, muziek", _background,
         "[background SOUND -6 dB, SOUND]",
         "[background sea -6 dB]", "[achtergrond sea -6 dB]"),
    _row("level", "niveau", level_change, "[level voice -2 dB bed +3 dB]",
         "[level bed +3 dB]", "[niveau bed +3 dB]"),
    _row("repeat, loop", "herhaal, herhalen", _repeat, "[repeat COUNT] ... [end]",
         "[repeat 3]", "[herhaal 3]", opens=Opens.PARTS),
    _row("slot", "vak", _slot, "[slot LENGTH] ... [end]", "[slot 5s]", "[vak 5s]",
         opens=Opens.PARTS),
    _row("end", "einde, eind", _end, "[end]", "[end]", "[einde]"),
    _row("include", "include, invoegen", _include, "[include NAME] or [include NAME name=TEXT]",
         "[include letting-go]", "[include loslaten]"),
    _row("soft, softly", "zacht", _style(Opening(manner=Manner.SOFT)),
         "[soft] ... [end] or [soft: WORDS]", "[soft]", "[zacht]", opens=Opens.WORDS),
    _row("whisper", "fluister", _style(Opening(manner=Manner.WHISPER)),
         "[whisper] ... [end] or [whisper: WORDS]", "[whisper]", "[fluister]", opens=Opens.WORDS),
    _row("slow, slowly", "traag, langzaam", _style(Opening(slow=True)),
         "[slow] ... [end] or [slow: WORDS]", "[slow]", "[traag]", opens=Opens.WORDS),
    _row("lang, language", "taal", _language, "[lang LANGUAGE] ... [end] or [lang LANGUAGE: WORDS]",
         "[lang nl]", "[taal en]", opens=Opens.NAMED_WORDS),
    _row("voice", "stem", _voice, "[voice NAME] ... [end] or [voice NAME: WORDS]",
         "[voice espeak]", "[stem espeak]", opens=Opens.NAMED_WORDS),
    SAY,
))  # fmt: skip
"""Every directive there is, in the order in which people are told of them."""

_DRESSED = re.compile(
    r"^(?:[\s,;(\"'…]|\.{2,})*(?:(?:for|of|van|voor)\s+|(?:time|dur(?:ation)?|length|duur|tijd)\s*[=:][\s\"']*)?",
    re.IGNORECASE,
)
"""What people write before the length of a pause, as in `[break time="5s"]`."""
_BAR = re.compile(r"(?<!\\)\|")
_VOICE = re.compile(r"[^\s:|\[\]]+(?::[^\s:|\[\]]+)*")
_VALUE = re.compile(rf"\s+({values.NAME})\s*=\s*")
BY_NAME: Final = {
    name: (directive, language)
    for directive in DIRECTIVES
    for language, names in directive.names.items()
    for name in names
}
"""The row of each name, and the language that it is of; a name of both is of the last."""
END: Final = BY_NAME["end"][0]


def any_of(*rows: Directive) -> str:
    """Return a pattern for the names of some directives."""
    found = dict.fromkeys(name for row in rows for names in row.names.values() for name in names)
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(found, key=len)[::-1])


NAME = re.compile(rf"\s*({any_of(*DIRECTIVES)})(?![^\W\d_])\s*[:=]?", re.IGNORECASE)
"""What words between brackets begin with that are a directive."""


def known(content: str) -> bool:
    """Tell whether words between brackets begin with the name of a directive."""
    return NAME.match(content) is not None
