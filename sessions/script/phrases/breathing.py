"""Read what people write for breaths: `in 4 hold 7 out 8 times 5`, `4 7 8 times 5`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.script.model import Breath, Language, Style
from sessions.script.page import Misread
from sessions.script.phrases.numerals import NUMBER_WORDS, UNITS, in_digits
from sessions.script.phrases.quantities import DASHES, number, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sessions.errors import Source

MAX_PHASE_SECONDS: Final = 30.0
MAX_BREATHS: Final = 1000
TIMES: Final = "times"

PHASES: Final = {
    word: phase
    for phase, words in (
        ("in", "in inhale inademen"),
        ("hold", "hold houd hou vast"),
        ("out", "out exhale uit uitademen"),
        ("rest", "rest rust wait wacht"),
        (TIMES, "times time cycles rounds breaths keer maal rondes x ×"),  # noqa: RUF001 - a multiplication sign is meant
    )
    for word in words.split()
}
"""What people call the phases of a breath, and how often it comes."""

SHORT: Final = {2: ("in", "out"), 3: ("in", "hold", "out"), 4: ("in", "hold", "out", "rest")}
"""Which phases some numbers without names are."""

_HOLDS: Final = frozenset(["hold", "holding", "houd", "hou", "vast", "vasthouden", "inhouden"])
_BESIDE_HOLDS: Final = frozenset(
    (
        *("breath", "the", "your", "it", "for", "a", "an", "of", "count", "counts", "beat"),
        *("beats", "je", "de", "adem", "even", "nu", "voor", "van", "een", "in", "gedurende"),
        *("and", "en", "keep", ":", "-", ".", ",", "="),
    )
)
LONGEST_HOLD_SECONDS: Final = 12.0
"""Longer holds make dizzy and afraid."""
HOLD_REMEDY: Final[Mapping[Language, str]] = {
    Language.ENGLISH: "write `[breathe in 4 hold 7 out 8]`, or less: long holds harm",
    Language.DUTCH: "schrijf `[adem in 4 vast 7 uit 8]`, of korter: lang inhouden schaadt",
}


def held_seconds(words: str) -> float:
    """Return how long words ask to hold, if they ask for nothing else; 0 if they do not."""
    tokens = _HOLD_TOKEN.findall(in_digits(words.lower()))
    numbers = [float(one) for one in tokens if one.isdigit()]
    others = set(tokens) - _HOLDS - _BESIDE_HOLDS - UNITS.keys() - {str(int(n)) for n in numbers}
    if others or len(numbers) != 1 or _HOLDS.isdisjoint(tokens):
        return 0.0
    return numbers[0] * next((UNITS[one] for one in tokens if one in UNITS), 1.0)


COUNTED: Final[Mapping[Language, Mapping[str, str]]] = {
    Language.DUTCH: {"in": "in", "hold": "vast", "out": "uit", "rest": "rust"},
    Language.ENGLISH: {"in": "in", "hold": "hold", "out": "out", "rest": "rest"},
}
"""What is said in the first second of a phase, where its seconds are counted aloud."""

REMEDY: Final = "write `[breathe in 4 hold 0 out 6 rest 0 times 10]`"
_ALOUD = re.compile(r"\b(?:count(?:ing|ed)? aloud|tel(?:len)? mee|hardop(?: tellen)?)\b[ ,;]*")
_QUIETLY = re.compile(
    r"\b(?:(?:cue )?sounds? only|only sounds?|alleen (?:het )?geluid(?:en)?)\b[ ,;]*"
)
_HOLD_TOKEN = re.compile(r"[^\W\d_]+|[0-9]+|\S")
_JOINED = re.compile(r"(?<=[0-9])\s*[-/]\s*(?=[0-9])")
_WORD = re.compile(r"[^\W\d_]+|×|[+-]?[0-9]+(?:[.,][0-9]+)?|\S")  # noqa: RUF001 - as above
_FILLERS = frozenset(
    (
        *(",", ";", ":", "=", ".", "-", "/", "s", "sec", "tel", "tellen", "second", "seconds"),
        *("seconde", "seconden", "a", "count", "counts", "for", "and", "then", "of", "with"),
        *("en", "dan", "voor", "van", "met", "gedurende", "breathe", "breath", "adem", "repeat"),
        *("herhaal", "herhalen", "your", "je", "it"),
    )
)


def breath(words: str, source: Source) -> Breath:
    """Return the breaths that some words ask for; their style of counting is yet to be set.

    Raises
    ------
    Misread
        A phase is missing, twice, too long or not a number.
    """
    plain = " ".join(words.lower().translate(DASHES).split())
    quiet, silenced = _QUIETLY.subn(" ", plain)
    rest, counted = _ALOUD.subn(" ", quiet)
    if counted and silenced:
        raise Misread("'count aloud' and 'sounds only' exclude each other", "keep one of them")
    amounts = _phases(_JOINED.sub(" ", rest))
    for phase in ("in", "out"):
        if amounts.get(phase, 0.0) <= 0:
            raise Misread(f"a breath needs an '{phase}' longer than 0", REMEDY)
    for phase in ("in", "hold", "out", "rest"):
        if amounts.get(phase, 0.0) > MAX_PHASE_SECONDS:
            limit = f"at most {MAX_PHASE_SECONDS:.0f} seconds"
            raise Misread(f"the '{phase}' of a breath can be {limit}", REMEDY)
    count = amounts.get(TIMES, 1.0)
    if not (1 <= count <= MAX_BREATHS and count == int(count)):
        raise Misread(f"breaths are counted from 1 to {MAX_BREATHS}, whole", REMEDY)
    hold, pause = amounts.get("hold", 0.0), amounts.get("rest", 0.0)
    counting = Style(Language.DUTCH) if counted else None
    return Breath(amounts["in"], hold, amounts["out"], pause, int(count), source, counting)


def _phases(words: str) -> dict[str, float]:
    """Return the amounts of a breath by phase; a number may stand before `times` (`10x`)."""
    amounts: dict[str, float] = {}
    loose: list[float] = []
    phase: str | None = None
    for token in _tokens(words):
        if isinstance(token, float):
            if phase is None:
                loose.append(token)
            else:
                _put(amounts, phase, token)
                phase = None
        elif token == TIMES and loose and (len(loose) not in SHORT or TIMES in amounts):
            _put(amounts, token, loose.pop())
        elif phase in {None, token}:
            phase = token
        else:
            raise Misread(f"'{phase}' of the breath has no number", REMEDY)
    if phase == TIMES and TIMES not in amounts and loose:
        phase = None
        _put(amounts, TIMES, loose.pop())
    if phase is not None:
        raise Misread(f"'{phase}' of the breath has no number", REMEDY)
    return _named(amounts, loose)


def _named(amounts: dict[str, float], loose: Sequence[float]) -> dict[str, float]:
    """Give the numbers without names the phases that they are."""
    if not loose:
        return amounts
    if len(loose) not in SHORT or amounts.keys() - {TIMES}:
        raise Misread("a number of the breath has no name", REMEDY)
    return amounts | dict(zip(SHORT[len(loose)], loose, strict=True))


def _tokens(words: str) -> Iterator[str | float]:
    """Yield the phases and numbers of a breath in order, without units and commas."""
    for token in _WORD.findall(words):
        if token in PHASES:
            yield PHASES[token]
        elif token.startswith("-") and len(token) > 1:
            raise Misread("a breath cannot have a negative length", REMEDY)
        elif token[-1].isdigit() and token.isascii():
            yield number(token.removeprefix("+"))
        elif token in NUMBER_WORDS and token not in {"a", "an"}:  # `a count of four`
            yield float(NUMBER_WORDS[token])
        elif token not in _FILLERS:
            raise Misread(f"'{shown(token)}' does not belong in a breath", REMEDY)


def _put(amounts: dict[str, float], phase: str, amount: float) -> None:
    if phase in amounts:
        raise Misread(f"the breath says '{phase}' twice", REMEDY)
    amounts[phase] = amount
