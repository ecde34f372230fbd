"""Read how a script wants to sound: keys of the front matter, and `[level voice -2 dB]`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.script.model import LevelChange
from sessions.script.page import Misread
from sessions.script.phrases.quantities import (
    DASHES,
    MAX_SESSION_SECONDS,
    duration,
    level,
    number,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sessions.errors import Source

Value = float | str


@dataclass(frozen=True, slots=True)
class SoundKey:
    """A key: the setting that it makes, its names, its reader, and its unit as it is written."""

    setting: str
    names: tuple[str, ...]
    read: Callable[[str], Value]
    unit: str


def amount(unit: str, low: float, high: float, example: str) -> Callable[[str], float]:
    """Return a reader of a number with a unit that may be left out, between two bounds."""

    def read(text: str) -> float:
        plain = re.sub(rf"\s*{unit}$", "", text.translate(DASHES), flags=re.IGNORECASE)
        value = number(plain.removeprefix("+").removeprefix("-"))
        value = -value if plain.startswith("-") else value
        if not low <= value <= high:
            bounds = f"from {low:g} to {high:g} {unit}".rstrip()
            raise Misread(f"it must be {bounds}", f"write `{example}`")
        return value

    return read


def choice(words: dict[str, str], example: str) -> Callable[[str], str]:
    """Return a reader of one of some words."""

    def read(text: str) -> str:
        if text.lower() not in words:
            listed = ", ".join(f"`{word}`" for word in words)
            raise Misread(f"'{shown(text)}' is none of {listed}", f"write `{example}`")
        return words[text.lower()]

    return read


def time(text: str) -> float:
    """Return a time of any length that a session may have."""
    match = re.fullmatch(r"(?:(\d+)\s*(?:h|u|uur))?\s*(\d.*)?", text.strip().lower(), re.ASCII)
    if match is None or not any(match.groups()):
        raise Misread(f"'{shown(text)}' is not a time", "write `7h30m` or `20m`")
    hours = float(match[1] or 0)
    rest = duration(match[2], what="the rest of it", example="7h30m") if match[2] else 0.0
    if 3600 * hours + rest > MAX_SESSION_SECONDS:
        raise Misread("it can be at most 24 hours", "write a shorter one, such as `7h30m`")
    return 3600 * hours + rest


def loudness(text: str) -> str:
    """Return a loudness: a name, or LUFS."""
    if text.lower() in {"bedtime", "podcast"}:
        return text.lower()
    try:
        return f"{amount('LUFS', -36, -12, 'loudness: -18')(text):g}"
    except Misread as misread:
        words = "write `bedtime`, `podcast`, or LUFS such as `-18`"
        raise Misread(misread.message, words) from misread


POLISHES: Final = {
    "warm": "warm", "close": "close", "plain": "plain",
    "dichtbij": "close", "gewoon": "plain",
}  # fmt: skip
DUCKS: Final = {
    "full": "full", "gentle": "gentle", "none": "none",
    "vol": "full", "zacht": "gentle", "geen": "none",
}  # fmt: skip


def _key(setting: str, names: str, read: Callable[[str], Value], unit: str = "") -> SoundKey:
    return SoundKey(setting, tuple(names.split(", ")), read, unit)


SOUND_KEYS: Final = (
    _key("loudness", "loudness, luidheid", loudness),
    _key("bed_lu", "bed, bedniveau", amount("LU", -40, 6, "bed: -12 LU"), " LU"),
    _key("duck", "duck, wijken", choice(DUCKS, "duck: gentle")),
    _key("descend_db", "descend, dalen", amount("dB", 0, 24, "descend: 6 dB"), " dB"),
    _key("settle_percent", "settle, bezinken", amount("%", 0, 100, "settle: 50 %"), " %"),
    _key("rise_lu", "rise, stijging", amount("LU", 6, 40, "rise: 10 LU"), " LU"),
    _key("width", "width, breedte", amount("", 0, 2, "width: 0.5")),
    _key("sway", "sway, wiegen", amount("", 0, 1, "sway: 0.3")),
    _key("polish", "polish, afwerking", choice(POLISHES, "polish: warm")),
    _key("tail_seconds", "tail, uitloop", time, "s"),
    _key("total_seconds", "total, totaal", time, "s"),
)
"""Every key there is, English first, then Dutch."""

_PART = re.compile(r"(voice|stem|bed)\s+(.+?)(?=\s+(?:voice|stem|bed)\b|$)", re.IGNORECASE)
_EXAMPLE = "[level voice -2 dB bed +3 dB]"


def level_change(words: str, source: Source) -> LevelChange:
    """Return what `[level ...]` asks for.

    Raises
    ------
    Misread
        It names neither voice nor bed, or a level is out of bounds.
    """
    found = _PART.findall(words)
    if not found or _PART.sub("", words).strip(" ,"):
        raise Misread("say how loud the voice or the bed is to be", f"write `{_EXAMPLE}`")
    levels = {("bed" if name.lower() == "bed" else "voice"): text for name, text in found}
    read = {name: level(text.strip(" ,"), example=_EXAMPLE) for name, text in levels.items()}
    return LevelChange(read.get("voice", 0.0), read.get("bed", 0.0), source)
