"""The script as values: what is said, waited and sounded, in order. No I/O.

A `Draft` is what the parser makes of a text; a `Script` is a draft written out. Nothing in them
knows a length in samples: clips are not spoken yet. Every part carries the `Source` it was written
at, so every error can point there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sessions.errors import Problem, Source
from sessions.script.page import Page

if TYPE_CHECKING:
    from collections.abc import Mapping


class Language(StrEnum):
    """A language that scripts are written in (ISO 639-1)."""

    DUTCH = "nl"
    ENGLISH = "en"


class Manner(StrEnum):
    """How a line is spoken."""

    NORMAL = "normal"
    SOFT = "soft"
    WHISPER = "whisper"


MANNER_DB: Final[Mapping[Manner, float]] = {
    Manner.NORMAL: 0.0,
    Manner.SOFT: -2.5,
    Manner.WHISPER: -6.0,
}
"""How much softer than a plain line a manner is: a whisper as loud as speech is a hiss."""


class Boundary(StrEnum):
    """Where one spoken line ends and the next begins; the pace gives each its pause.

    A `CLAUSE` is a paragraph that ends at a comma; at a `COUNT` stand numbers a second apart.
    """

    SENTENCE = "sentence"
    ELLIPSIS = "ellipsis"
    COUNT = "count"
    CLAUSE = "clause"
    PARAGRAPH = "paragraph"
    CHAPTER = "chapter"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is to be spoken. `voice` overrides the session's voice where it is not empty.

    `rate` is the speed as a factor of the voice's own; `slow` comes on top of it. `named` is where
    the voice was.
    """

    language: Language
    manner: Manner = Manner.NORMAL
    slow: bool = False
    voice: str = ""
    rate: float = 1.0
    named: Source | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Layer:
    """One sound of a bed, by name, `gain_db` above (or below) its usual level.

    `source` is None where settings or a flag named it.
    """

    sound: str
    gain_db: float = 0.0
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Speech:
    """A line to speak, one sentence as a rule.

    `text` is what captions and the transcript show; `spoken` is what the voice is given where
    that differs (`[say as: ...]`), else empty. `gain_db` makes it softer than the voice is.
    Before it is expanded, either may hold references to values: see `sessions.script.values`.
    """

    text: str
    style: Style
    source: Source
    spoken: str = ""
    gain_db: float = 0.0


@dataclass(frozen=True, slots=True)
class Break:
    """An implied pause: the end of a sentence or paragraph, dots, a heading, or a rule (`---`).

    It counts only where no `Pause` was written between the two sounding parts around it.
    `stretch` is a factor of the pause that the pace gives; `... ...` is twice `...`.
    """

    boundary: Boundary
    source: Source
    stretch: float = 1.0


@dataclass(frozen=True, slots=True)
class Pause:
    """A written pause: exact where `at_most == seconds`, else elastic between the two.

    `weight` is its share of the room when a session is stretched; `at_most >= seconds >= 0`.
    """

    seconds: float
    at_most: float
    source: Source
    weight: float = 1.0

    @property
    def elastic(self) -> bool:
        """Whether a longer session may stretch it."""
        return self.at_most > self.seconds


@dataclass(frozen=True, slots=True)
class Breath:
    """`count` breath cycles; the four phases in seconds, those of a cycle never vary.

    Where `counting` is a style, the seconds are counted aloud in it instead of breathed.
    """

    inhale: float
    hold: float
    exhale: float
    rest: float
    count: int
    source: Source
    counting: Style | None = None

    @property
    def phases(self) -> tuple[tuple[str, float], ...]:
        """The four phases by name, in seconds, those that last no time among them."""
        lengths = (self.inhale, self.hold, self.exhale, self.rest)
        return tuple(zip(("in", "hold", "out", "rest"), lengths, strict=True))


@dataclass(frozen=True, slots=True)
class Chapter:
    """The start of a chapter (a `#` heading). The title is shown, never spoken."""

    title: str
    source: Source


@dataclass(frozen=True, slots=True)
class OneShot:
    """A sound that is struck once, by name, and rings on under what follows."""

    sound: str
    source: Source
    gain_db: float = 0.0


@dataclass(frozen=True, slots=True)
class Until:
    """A written pause that ends `seconds` after the session began."""

    seconds: float
    source: Source


@dataclass(frozen=True, slots=True)
class BedChange:
    """Another bed from here on; no layers, no bed."""

    layers: tuple[Layer, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class LevelChange:
    """Voice and bed louder or softer than usual, until the next heading."""

    voice_db: float
    bed_db: float
    source: Source


@dataclass(frozen=True, slots=True)
class Repeat:
    """What follows, up to the `End` that belongs to it, `count` times."""

    count: int
    source: Source


@dataclass(frozen=True, slots=True)
class End:
    """The end of a `Repeat`."""

    source: Source


@dataclass(frozen=True, slots=True)
class Slot:
    """What follows, up to the next `SlotEnd`, lasts `seconds`, whatever is said in it."""

    seconds: float
    source: Source


@dataclass(frozen=True, slots=True)
class SlotEnd:
    """The end of a `Slot`, and in it the pause that fills it up."""

    source: Source


@dataclass(frozen=True, slots=True)
class Include:
    """The parts of another script, by name, with values for it; `style` colours its lines."""

    name: str
    values: tuple[tuple[str, str], ...]
    source: Source
    style: Style | None = None


Sounding: TypeAlias = Speech | Breath | OneShot
Plain: TypeAlias = (
    Sounding | Break | Pause | Until | Chapter | BedChange | LevelChange | Slot | SlotEnd
)
"""What is left when a script is expanded."""
Part: TypeAlias = Plain | Repeat | End | Include


@dataclass(frozen=True, slots=True)
class Meta:
    """The front matter, checked, with what was not given left at its default.

    `chosen` are the choices that the script makes, by their names as settings: see
    `sessions.script.phrases.choices`. `values` are pairs of a name and its text, `pronounce` of a
    text and how it is said. `deepen` is the share by which pauses have grown at the end. `allow`
    are the codes of style warnings that are meant. `places` tells of each field
    that was given where its value stands.
    """

    title: str
    language: Language
    summary: str = ""
    author: str = ""
    technique: str = ""
    category: str = ""
    phase: str = ""
    why: str = ""
    chosen: tuple[tuple[str, Any], ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    deepen: float = 0.0
    pronounce: tuple[tuple[str, str], ...] = ()
    allow: tuple[str, ...] = ()
    places: tuple[tuple[str, Source], ...] = field(default=(), compare=False, repr=False)

    def choice(self, setting: str) -> Any:
        """Return what the script chooses for a setting; None where it leaves it open."""
        return dict(self.chosen).get(setting)


@lru_cache(maxsize=16)
def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a script's text, as places count them; kept, for many may be asked."""
    return tuple(Page.of("", text).text.split("\n"))


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text that problems point into.

    `path` is where it was read from, as shown to people; `folder` is where it really is, and what
    it names beside it: the working folder where no file holds it. `text` is all of it, as it was
    read; `included` are path and text of the scripts whose parts it took in.
    """

    path: str
    meta: Meta
    text: str = field(default="", repr=False, kw_only=True)
    included: tuple[tuple[str, str], ...] = field(default=(), repr=False, kw_only=True)
    folder: Path = field(default=Path(), repr=False, compare=False, kw_only=True)

    @property
    def sha256(self) -> str:
        """Hash of the text in UTF-8, and of what it includes."""
        texts = (self.text, *(text for _, text in self.included))
        return hashlib.sha256("\0".join(texts).encode()).hexdigest()

    def problem(self, source: Source, message: str, remedy: str) -> Problem:
        """Return a problem at a place of this script, with the line that it is in."""
        rows = lines_of(dict(self.included).get(source.path, self.text))
        row = rows[source.line - 1] if source.line <= len(rows) else ""
        return Problem(source, message, remedy, row, source.length)

    def place_of(self, key: str) -> Source:
        """Return where the front matter says something, by the name of its field in `Meta`."""
        return dict(self.meta.places).get(key, Source(self.path, 1, 1))

    def problem_of(self, key: str, message: str, remedy: str) -> Problem:
        """Return a problem with what the front matter says, by the name of its field in `Meta`."""
        return self.problem(self.place_of(key), message, remedy)


@dataclass(frozen=True, slots=True)
class Draft(Manuscript):
    """A session script as it is written: with repeats, includes, and values to fill in.

    `named` are the names of the values that its text shows, each with its place, in order. `left`
    is what is not spoken of it though nobody said so: where, what and why, and what helps.
    """

    parts: tuple[Part, ...]
    named: tuple[tuple[str, Source], ...] = field(
        default=(), repr=False, compare=False, kw_only=True
    )
    left: tuple[tuple[Source, str, str], ...] = field(
        default=(), repr=False, compare=False, kw_only=True
    )

    def place_of_value(self, name: str, source: Source) -> Source:
        """Return where what begins at `source` names a value; all of it where it names none."""
        return next((at for key, at in self.named if key == name and at >= source), source)


@dataclass(frozen=True, slots=True)
class Script(Manuscript):
    """A session script written out: every part is plain, every value is filled in.

    `uses` are the names of the values that it takes from outside.
    """

    parts: tuple[Plain, ...]
    uses: frozenset[str] = frozenset()
