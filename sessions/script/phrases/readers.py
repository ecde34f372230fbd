"""Read the value of a choice, wherever it is made: front matter, a flag, or a settings file.

Each reader takes what was written, text or a value that is typed already, and returns what it
means; its bounds are data, from which its messages, the help and the tables in the docs follow.
"""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from sessions.script.model import Language, Layer
from sessions.script.page import FORBIDDEN, Misread
from sessions.script.phrases import beds
from sessions.script.phrases.quantities import DASHES, digits, duration, number, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

HOUR_SECONDS: Final = 3600.0


class Reader(Protocol):
    """What a choice may be."""

    @property
    def may_be(self) -> str:
        """What may be written, in words, for the docs."""
        ...

    def read(self, value: Any) -> Any:
        """Return what was meant.

        Raises
        ------
        Misread
            It is out of bounds, or cannot be understood.
        """
        ...

    def written(self, value: Any) -> str:
        """Return a value as front matter has it; `read` gives it back."""
        ...


@dataclass(frozen=True, slots=True)
class Amount:
    """A number from `low` to `high`, with a unit that may be left out."""

    low: float
    high: float
    unit: str = ""
    example: str = ""

    @property
    def may_be(self) -> str:
        """Its bounds."""
        return f"{self.low:g} to {self.high:g} {self.unit}".rstrip()

    def read(self, value: Any) -> float:
        """Return a number, or what a text such as `-12 LU`, `50%` or `0,5` says."""
        found = self._parsed(value) if isinstance(value, str) else plain_number(value)
        if not self.low <= found <= self.high:
            raise Misread(f"it must be from {self.may_be}", f"write `{self._example}`")
        return found

    def written(self, value: float) -> str:
        """Return the number with its unit."""
        return f"{digits(value)} {self.unit}".rstrip()

    def _parsed(self, text: str) -> float:
        bare = re.sub(rf"\s*{self.unit}$", "", text.strip().translate(DASHES), flags=re.IGNORECASE)
        try:
            found = number(bare.removeprefix("+").removeprefix("-"))
        except Misread as misread:
            what = f"a number of {self.unit}" if self.unit else "a number"
            raise Misread(f"'{shown(text)}' is not {what}", f"write `{self._example}`") from misread
        return -found if bare.startswith("-") else found

    @property
    def _example(self) -> str:
        return self.example or self.written(self.high)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `low` to `high`."""

    low: int
    high: int

    @property
    def may_be(self) -> str:
        """Its bounds."""
        return f"{self.low} to {self.high}"

    def read(self, value: Any) -> int:
        """Return a whole number, given as one or as text."""
        found = number(value.strip()) if isinstance(value, str) else plain_number(value)
        if not self.low <= found <= self.high or found != int(found):
            message = f"it must be a whole number from {self.may_be}"
            raise Misread(message, f"write `{self.low}`, or another")
        return int(found)

    def written(self, value: int) -> str:
        """Return the number."""
        return str(value)


@dataclass(frozen=True, slots=True)
class Time:
    """A time from `least_seconds` to `most_seconds`, in units of `unit_seconds`.

    A bare number counts units; `none` is no time at all, where that is allowed.
    """

    most_seconds: float
    example: str
    least_seconds: float = 0.0
    unit_seconds: float = 1.0

    @property
    def may_be(self) -> str:
        """Its bounds, and how it is written."""
        least, most = (
            digits(round(bound / self.unit_seconds, 6))
            for bound in (self.least_seconds, self.most_seconds)
        )
        what = "minutes" if self.unit_seconds == 60 else "seconds"
        return f"{least} to {most} {what}, or a time such as `{self.example}`"

    def read(self, value: Any) -> float:
        """Return a time in its unit: of a number of them, or `7h30m`, `1:30`, `2,5 min`."""
        if not isinstance(value, str):
            total = plain_number(value) * self.unit_seconds
        elif value.strip().lower() in beds.NOTHING:
            total = 0.0
        else:
            total = duration(
                value, what="this", example=self.example, most_seconds=math.inf,
                unit_seconds=self.unit_seconds,
            )  # fmt: skip
        if not self.least_seconds <= total <= self.most_seconds:
            message = f"it must be from {in_words(self.least_seconds)} to "
            message += in_words(self.most_seconds)
            raise Misread(message, f"write `{self.example}`")
        return total / self.unit_seconds

    def written(self, value: float) -> str:
        """Return the time in its unit."""
        return digits(value) + ("" if self.unit_seconds == 60 else "s")


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some words, by the names that people give them; the first names are the usual ones."""

    words: Mapping[str, Any]

    @property
    def names(self) -> tuple[str, ...]:
        """The usual names, one for each."""
        first: dict[Any, str] = {}
        for name, meant in self.words.items():
            first.setdefault(meant, name)
        return tuple(first.values())

    @property
    def may_be(self) -> str:
        """The usual names."""
        return ", ".join(f"`{name}`" for name in self.names)

    def read(self, value: Any) -> Any:
        """Return what a name stands for, whatever the case of its letters."""
        name = value.strip().lower() if isinstance(value, str) else value
        for known, meant in self.words.items():
            if name == known or (type(name) is type(meant) and name == meant):
                return meant
        close = difflib.get_close_matches(str(name)[:40], self.words, n=1)
        remedy = f"did you mean `{close[0]}`?" if close else f"write `{self.names[0]}`"
        raise Misread(f"'{shown(str(value))}' is none of {self.may_be}", remedy)

    def written(self, value: Any) -> str:
        """Return the usual name."""
        return next(name for name, meant in self.words.items() if meant == value)


@dataclass(frozen=True, slots=True)
class NameOr:
    """One of some names, or a number, which stays a text."""

    names: tuple[str, ...]
    amount: Amount

    @property
    def may_be(self) -> str:
        """The names, and the bounds of the number."""
        names = ", ".join(f"`{name}`" for name in self.names)
        bounds = f"{self.amount.low:g} to {self.amount.high:g}"
        return f"{names}, or {self.amount.unit} from {bounds}"

    def read(self, value: Any) -> str:
        """Return a name, or a number in as few digits as it has."""
        if isinstance(value, str) and value.strip().lower() in self.names:
            return value.strip().lower()
        try:
            return f"{self.amount.read(value):g}"
        except Misread as misread:
            names = ", ".join(f"`{name}`" for name in self.names)
            remedy = f"write {names}, or {self.amount.unit} such as `{self.amount.example}`"
            raise Misread(misread.message, remedy) from misread

    def written(self, value: str) -> str:
        """Return the name or the number."""
        return value


@dataclass(frozen=True, slots=True)
class Given:
    """What a function reads; `may_be` says what that is, for the docs."""

    may_be: str
    read: Callable[[Any], Any]
    written: Callable[[Any], str] = str


def words(value: Any) -> str:
    """Return a text, without spaces around it."""
    return text_of(value).strip()


def switch(value: Any) -> bool:
    """Return whether something is on."""
    if not isinstance(value, bool):
        raise Misread("it must be true or false", "write `true` or `false`, without quotes")
    return value


def folder(value: Any) -> Path:
    """Return the path of a folder."""
    return value if isinstance(value, Path) else Path(text_of(value))


def address(value: Any) -> str:
    """Return an address that is safe to download from: over TLS, or on this machine."""
    where = words(value)
    if not where.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise Misread("it must begin with https://", "write an `https://` address")
    return where


def bed(value: Any) -> tuple[Layer, ...]:
    """Return the layers of a bed: of text as in front matter, a list of such, or ready-made."""
    parts = [value] if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        raise Misread("it must be text, or a list of texts", "write `sea -3 dB, brown`")
    layers = (
        [part] if isinstance(part, Layer) else map(beds.layer, beds.parted(text_of(part)))
        for part in parts
    )
    return beds.together([layer for found in layers for layer in found])


def bed_written(value: Sequence[Layer]) -> str:
    """Return the layers of a bed in one line."""
    return ", ".join(map(beds.written, value)) or "none"


def sayings(value: Any) -> Mapping[str, Mapping[str, Any]]:
    """Return how words are said: tables by language, and below a language by voice."""
    if not isinstance(value, dict) or not all(key in set(Language) for key in value):
        raise Misread("it must be tables", "write [pronounce.nl] or [pronounce.en]")
    for table in value.values():
        own = table.values() if isinstance(table, dict) else [None]
        texts = [said for one in own for said in (one.values() if isinstance(one, dict) else [one])]
        if not all(isinstance(said, str) and said.strip() for said in texts):
            raise Misread("each word needs a text", "write how it is said")
    return value


VOICE = Given("see [Voices](voices.md)", words)
SWITCH = Given("true or false", switch, lambda value: "true" if value else "false")
FOLDER = Given("a folder", folder, lambda value: value.as_posix())
ADDRESS = Given("an `https://` address", address)
BED = Given("see [Sounds](sounds.md)", bed, bed_written)
SAYINGS = Given(
    "tables `[pronounce.nl]` and `[pronounce.en]` of words and how they are said, and below "
    "them, by voice, such as `[pronounce.nl.espeak]` or `[pronounce.en.piper]`",
    sayings,
)


def text_of(value: Any) -> str:
    """Return a value that is text."""
    if not isinstance(value, str):
        raise Misread("it must be text", "write it in quotes")
    if FORBIDDEN.search(value):
        raise Misread("there is a control character in it", "delete that")
    return value


def plain_number(value: Any) -> float:
    """Return a value that is a number already; text and switches are none."""
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    try:
        found = float(value) if plain else math.nan
    except OverflowError:
        found = math.inf
    if math.isnan(found):
        raise Misread("it must be a number", "write a number")
    return found


def in_words(seconds: float) -> str:
    """Return a bound of a time: `3 s`, `10 minutes`, `24 hours`."""
    if seconds >= 2 * HOUR_SECONDS:
        return f"{seconds / HOUR_SECONDS:g} hours"
    return f"{seconds / 60:g} minutes" if seconds >= 120 else f"{seconds:g} s"
