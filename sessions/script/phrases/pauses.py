"""Read how long a pause is: in figures, in words, by its size, or by breaths.

What is guessed of a length is part of it, for whoever hears it should be told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeAlias

from sessions.script.page import Misread
from sessions.script.phrases.called import WORDS
from sessions.script.phrases.numerals import NUMBER_WORDS, UNITS
from sessions.script.phrases.quantities import (
    MAX_PAUSE_SECONDS,
    MAX_SESSION_SECONDS,
    digits,
    duration,
    span,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sessions.script.model import Language
    from sessions.script.phrases.called import Words


PAUSE_SECONDS: Final = 5.0
"""A pause without a length; longer than an ellipsis, because somebody wrote the word."""
STRENGTH_SECONDS: Final[Mapping[str, float]] = {
    "none": 0.0, "x-weak": 0.25, "weak": 0.5, "medium": 1.0, "strong": 2.0, "x-strong": 4.0,
}  # fmt: skip
"""SSML leaves the strengths of a break to the voice; ours are a calm reader's."""
FEW_SECONDS: Final[Mapping[float, float]] = {0.001: 0.3, 1.0: 5.0, 60.0: 180.0, 3600.0: 3600.0}
"""A few of a unit, by the seconds of that unit; of breaths and beats it is `FEW`."""
FEW: Final = 3
LONG_SECONDS: Final = 120.0
"""A longer pause is told: whoever did not mean it would find the session over."""
JOINING: Final = frozenset(("-", "..", "…", "to", "tot", "and", "en", "&", "à"))
"""What stands between the figures of a length."""
ARTICLES: Final = frozenset(("a", "an", "een"))
"""Numbers that are hardly ever meant as such."""
_EITHER = "(?:-|or|of|to|tot)"
"""What stands between two numbers of which either will do."""
Length: TypeAlias = "tuple[float, float, str]"
"""The shortest and longest seconds of a pause, and what was guessed."""


def without(match: re.Match[str]) -> str:
    """Return a text without what was found in it."""
    return f"{match.string[: match.start()]} {match.string[match.end() :]}"


def number_of(token: str) -> int:
    """Return the number that a word is, 0 where it is none."""
    return int(token[:6]) if token.isdecimal() else NUMBER_WORDS.get(token, 0)


def lasting(length: Length, count: int) -> tuple[str, str]:
    """Return the directive for a pause so many times as long, and what was guessed."""
    low, high, guess = length
    if count > 1:
        guess = f"{guess or f'{digits(low)} s'}, {count} times in one pause"
    low, high = (min(round(side * count, 3), MAX_PAUSE_SECONDS) for side in (low, high))
    if low <= 0:
        return "", guess
    if high > LONG_SECONDS and not guess:
        minutes, seconds = divmod(high, 60)
        rest = f" and {digits(seconds)} seconds" if seconds else ""
        guess = f"a pause of {minutes:.0f} minutes{rest}"
    short = low == high < 0.5 and low * 1000 == round(low * 1000)
    least = f"{low * 1000:.0f}ms" if short else f"{digits(low)}s"
    return f"pause {least}" + (f"..{digits(high)}s" if high > low else ""), guess


def lengths(text: str, language: Language | None) -> Iterator[tuple[Length, Sequence[str], bool]]:
    """Yield the lengths that a text may have, each with the words beside it.

    And whether it is a pause without any word for one.
    """
    for rule in _GUESSED[language]:
        match = rule.pattern.search(text)
        if match:
            seconds, guess = rule.read(match, WORDS[language])
            yield (seconds, seconds, guess), without(match).split(), rule.alone
    others, length = _parted(text.split())
    measured = _measured(" ".join(length)) if length else None
    if measured:
        yield measured, others, not UNITS.keys().isdisjoint(length)
    guess = f"a length of {PAUSE_SECONDS:g} s, for none is given"
    yield (PAUSE_SECONDS, PAUSE_SECONDS, guess), text.split(), False


def _parted(tokens: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the words beside a length in figures, and those of the length; none of two."""
    others, lengths = list[str](), list[list[str]]()
    for of_length, group in groupby(tokens, lambda token: _figures(token) or token in JOINING):
        run = list(group)
        figures = [index for index, token in enumerate(run) if _figures(token)]
        if of_length and any(token[0].isdecimal() for token in run):
            others += [*run[: figures[0]], *run[figures[-1] + 1 :]]
            lengths.append(run[figures[0] : figures[-1] + 1])
        else:
            others += run
    return others, lengths[0] if len(lengths) == 1 else []


def _figures(token: str) -> bool:
    return token[0].isdecimal() or token in UNITS


def _measured(length: str) -> Length | None:
    """Return a length in figures; what is longer than a pause can be is as long as one can."""
    try:
        return *span(length, what="a pause", example="pause 5s"), ""
    except Misread:
        try:
            duration(length, what="a pause", example="pause 5s", most_seconds=MAX_SESSION_SECONDS)
        except Misread:
            return None
    return MAX_PAUSE_SECONDS, MAX_PAUSE_SECONDS, f"an hour, the longest pause, for '{length}'"


@dataclass(frozen=True, slots=True)
class _Guess:
    """A length without figures; `alone` if it is a pause though no word says so."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Words], tuple[float, str]]
    alone: bool


def _strength(match: re.Match[str], _: Words) -> tuple[float, str]:
    seconds = STRENGTH_SECONDS[match[1]]
    return seconds, f"a length of {seconds:g} s for '{match[1]}'"


def _few(match: re.Match[str], known: Words) -> tuple[float, str]:
    unit = match[1]
    lasting = {**known.vague, **known.measures}
    seconds = FEW_SECONDS[UNITS[unit]] if unit in UNITS else FEW * lasting[unit]
    return seconds, f"a length of {seconds:g} s for '{match[0]}'"


def _counted(match: re.Match[str], known: Words) -> tuple[float, str]:
    seconds = known.measures[match[2]]
    return seconds * (
        number_of(match[1]) if match[1] else 1
    ), f"{seconds:g} s for each of '{match[0]}'"


def _sized(match: re.Match[str], known: Words) -> tuple[float, str]:
    seconds = {**known.vague, **known.sizes}[match[1]]
    return seconds, f"a length of {seconds:g} s for '{match[1]}'"


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _guesses(known: Words) -> tuple[_Guess, ...]:
    several, measures = _any(known.few), _any(known.measures)
    sizes, taken, articles = _any(known.sizes), _any(known.taken), _any(ARTICLES)
    number = rf"[0-9]{{1,3}}|{_any(NUMBER_WORDS.keys() - ARTICLES)}"
    rows = (
        (rf"strength ({_any(STRENGTH_SECONDS)})", _strength, False),
        (
            rf"(?:{several}) (?:(?:of|more) )?({_any([*UNITS, *known.measures, *known.vague])})",
            _few,
            True,
        ),
        (rf"(?:(?:{number}) {_EITHER} )?({number}) (?:(?:{sizes}) )?({measures})", _counted, True),
        (rf"()({measures})", _counted, False),
        (rf"(?:(?:{taken}) (?:(?:{articles}) )?)?({_any(known.vague)})", _sized, True),
        (rf"({sizes})", _sized, False),
    )
    return tuple(
        _Guess(re.compile(rf"(?<![^\s]){pattern}(?![^\s])"), read, alone)
        for pattern, read, alone in rows
    )


_GUESSED: Final = {language: _guesses(known) for language, known in WORDS.items()}
