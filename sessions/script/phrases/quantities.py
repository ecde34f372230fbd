"""Read what people write for lengths, levels and numbers: `1m30s`, `2,5 s`, `-6 dB`.

Every function takes text and returns a value, or raises `Misread` with what is wrong and what to
write instead. Only the digits 0 to 9 count; a comma is as good as a point.
"""

from __future__ import annotations

import math
import re
from typing import Final

from sessions.script.page import Misread
from sessions.script.phrases.numerals import UNITS, in_digits

MAX_PAUSE_SECONDS: Final = 3600.0
MAX_SESSION_SECONDS: Final = 24 * 3600.0
MIN_WEIGHT: Final = 0.1
MAX_WEIGHT: Final = 100.0
MIN_GAIN_DB: Final = -60.0
MAX_GAIN_DB: Final = 12.0
"""A bed or a bell more than this above its usual level would drown the voice, or startle."""

_NUMBER = r"[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+"
_AMOUNT = re.compile(rf"({_NUMBER})\s*([a-z]*)\.?\s*(?:(?:,|&|and\b|en\b)\s*)?")
_CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-5][0-9](?:[.,][0-9]+)?)")
_TIME = r"(?:[0-9]{1,3}:)?[0-9]{1,3}:[0-5][0-9](?:[.,][0-9]+)?"
_CLOCKS = re.compile(rf"({_TIME})\s*(?:-|to|tot)\s*({_TIME})")
_RANGE = re.compile(r"\s*(?:\.{2,}|…|-|\bto\b|\btot(?: en met)?\b|\bt/m\b|\bà\b)\s*")
_LEVEL = re.compile(rf"([+-]?)\s*({_NUMBER})\s*(?:db)?", re.IGNORECASE)
_TIMES = re.compile(r"(?:x|×)?\s*([0-9]+)\s*(?:x|×|times|time|keer|maal)?")  # noqa: RUF001
_WEIGHT = re.compile(
    rf"[\s,;]+(?:(?:x|×|weight|gewicht)\s*[:=]?\s*({_NUMBER})|({_NUMBER})\s*(?:x|×))$"  # noqa: RUF001
)
_BETWEEN = re.compile(r"^(?:between|tussen) (.+?) (?:and|en) (.+)$")
DASHES = str.maketrans("–—−‒", "----")  # noqa: RUF001 - the dashes that people type are the point
_DASH = re.compile(r"^(?:[–—‒]\s*|-\s+)+|(?:\s+[–—‒-]+)+$")  # noqa: RUF001 - as above
"""What stands before a length, or after it, to set it off: `- 5 s -`. `-5 s` has a minus."""
_MINUTES_MARK = re.compile(r"(?<=[0-9])()['′’]\s*(?=$|[0-9])")  # noqa: RUF001 - as people type it
_SECONDS_MARK = re.compile(r"(?<=[0-9])()(?:[\"″”]|'')\s*$")
"""`1'30"`"""
_SHOWN_CHARACTERS = 40


def shown(text: str) -> str:
    """Return words of a script as a message quotes them: on one line, and not long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN_CHARACTERS else flat[: _SHOWN_CHARACTERS - 1] + "…"


def number(text: str) -> float:
    """Return a number of digits with an optional decimal part; infinity if it is absurdly long."""
    if not re.fullmatch(_NUMBER, text):
        raise Misread(f"'{shown(text)}' is not a number", "write it with the digits 0 to 9")
    return math.inf if len(text) > 30 else float(text.replace(",", "."))


def digits(value: float) -> str:
    """Return a number in plain digits that reads back as the same."""
    from decimal import Decimal  # noqa: PLC0415 -- 5 ms, and only the writer needs it

    return format(Decimal(repr(float(value))), "f").removesuffix(".0")


def duration(
    text: str,
    *,
    what: str,
    example: str,
    most_seconds: float = MAX_PAUSE_SECONDS,
    unit_seconds: float = 1.0,
) -> float:
    """Return the seconds of one length of time, 0 to `most_seconds`.

    Parameters
    ----------
    text
        `4`, `4s`, `2,5 sec`, `1m30s`, `1:30`, `4 seconden`, `7h30m`; without a unit it counts
        units of `unit_seconds`.
    what
        The thing that has this length, as the subject of a message: 'a pause'.
    example
        What to write instead, for the remedy.
    """
    found = _amount(_plain(text).removeprefix("+"), unit_seconds, what, example)[0]
    return _bounded(found, what, example, most_seconds)


def span(text: str, *, what: str, example: str) -> tuple[float, float]:
    """Return the shortest and longest seconds of a length such as `8s` or `8s..30s`.

    A side without a unit takes that of the other: `1-2 min` means one to two minutes.
    """
    plain = _BETWEEN.sub(r"\1..\2", _plain(text))
    if plain.startswith("-"):
        raise Misread(f"{what} cannot be negative", f"write `{example}`")
    clocks = _CLOCKS.fullmatch(plain)
    if clocks:  # from one time to another: how long that is
        early, late = (_amount(side, None, what, example)[0] for side in clocks.groups())
        if early < late:
            return (_bounded(late - early, what, example),) * 2
    sides = _RANGE.split(plain, maxsplit=2)
    if len(sides) == 1:
        seconds = _bounded(_amount(plain, 1.0, what, example)[0], what, example)
        return seconds, seconds
    if len(sides) > 2 or not all(sides):
        raise Misread(f"'{shown(text)}' is not a range of two lengths", f"write `{example}`")
    _, late_unit = _amount(sides[1], None, what, example)
    low, early_unit = _amount(sides[0], late_unit, what, example)
    high, _ = _amount(sides[1], early_unit, what, example)
    low, high = _bounded(low, what, example), _bounded(high, what, example)
    if low > high:
        turned = f"{sides[1]}..{sides[0]}"
        raise Misread(f"the range '{shown(text)}' runs backwards", f"shortest first: `{turned}`")
    return low, high


def level(text: str, *, example: str) -> float:
    """Return the decibels of a level such as `-6 dB` or `+3`, within -60 to +12."""
    match = _LEVEL.fullmatch(_plain(text))
    if match is None:
        raise Misread(f"'{shown(text)}' is not a level in dB", f"write `{example}`")
    gain_db = number(match[2]) * (-1.0 if match[1] == "-" else 1.0)
    if not MIN_GAIN_DB <= gain_db <= MAX_GAIN_DB:
        limits = f"between {MIN_GAIN_DB:.0f} and +{MAX_GAIN_DB:.0f} dB"
        raise Misread(f"the level '{shown(text)}' is out of reach", f"choose one {limits}")
    return gain_db


def _plain(text: str) -> str:
    text = _SECONDS_MARK.sub(r"\1s", _MINUTES_MARK.sub(r"\1m", text))
    return in_digits(_DASH.sub("", " ".join(text.split()).lower()).translate(DASHES))


def _bounded(
    seconds: float, what: str, example: str, most_seconds: float = MAX_PAUSE_SECONDS
) -> float:
    if seconds > most_seconds:
        limit = f"{most_seconds / 60:.0f} minutes"
        raise Misread(f"{what} can be at most {limit}", f"write a shorter one, such as `{example}`")
    return seconds


def _amount(
    text: str, unit_seconds: float | None, what: str, example: str
) -> tuple[float, float | None]:
    """Return seconds, and the seconds of the only unit that was written (None without one)."""
    if text.startswith("-"):
        raise Misread(f"{what} cannot be negative", f"write `{example}`")
    clock = _CLOCK.fullmatch(text)
    if clock:
        hours, minutes, rest = clock.groups(default="0")
        return 3600 * int(hours) + 60 * int(minutes) + number(rest), 1.0
    if not text:
        raise Misread(f"{what} needs a length", f"write `{example}`")
    total, position, units = 0.0, 0, list[float]()
    while position < len(text):
        match = _AMOUNT.match(text, position)
        if match is None or (match[2] and match[2] not in UNITS):
            raise _not_a_length(text, what, example)
        position = match.end()
        if match[2]:
            unit = UNITS[match[2]]
            units.append(unit)
        elif position < len(text) or len(units) > 1 or min(units, default=60.0) < 60:
            raise _not_a_length(text, what, example)
        else:  # `1m30` is heard as 1 minute 30, as on a clock
            unit = units[0] / 60 if units else unit_seconds or 1.0
        total += number(match[1]) * unit
    return total, units[0] if len(units) == 1 else (1.0 if units else None)


def _not_a_length(text: str, what: str, example: str) -> Misread:
    digits = any(mark.isdigit() and not mark.isascii() for mark in text)
    remedy = f"use the digits 0 to 9: `{example}`" if digits else f"write `{example}`"
    return Misread(f"'{shown(text)}' is not a length of time for {what}", remedy)


def moment(text: str, *, example: str) -> float:
    """Return the seconds from the start of a session, of a time such as `10:00` or `10 min`."""
    plain = _plain(text)
    what = "a time to wait until"
    if re.fullmatch(_NUMBER, plain):
        raise Misread(f"'{shown(text)}' has no unit", f"write `{example}`, or `10 min`")
    seconds = _amount(plain, None, what, example)[0]
    if not 0 < seconds <= MAX_SESSION_SECONDS:
        limit = f"more than 0 and at most {MAX_SESSION_SECONDS / 3600:.0f} hours"
        raise Misread(f"{what} is {limit} after the start", f"write `{example}`")
    return seconds


def times(text: str, most: int, *, example: str) -> int:
    """Return a whole number from 1 to `most`, as in `3`, `3x` or `3 times`."""
    match = _TIMES.fullmatch(_plain(text))
    count = int(match[1]) if match and len(match[1]) < 10 else 0
    if match and not 1 <= count <= most:
        raise Misread(f"repeats are counted from 1 to {most}", f"write `{example}`")
    if match is None:
        raise Misread(f"'{shown(text)}' is not a number of times", f"write `{example}`")
    return count


def weighted(text: str, *, example: str) -> tuple[str, float]:
    """Return a length without its weight (`8s..30s x2`, `8s..30s weight 2`), and the weight."""
    plain = _plain(text)
    match = _WEIGHT.search(plain)
    if match is None:
        return plain, 1.0
    weight = number(match[1] or match[2])
    if not MIN_WEIGHT <= weight <= MAX_WEIGHT:
        limits = f"from {MIN_WEIGHT:g} to {MAX_WEIGHT:g}"
        raise Misread(f"a weight is a number {limits}", f"write `{example}`")
    return plain[: match.start()], weight
