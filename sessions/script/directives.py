"""Know the `[directives]`: their names in each language, how they are read, how they are used.

To add one: write a function from the words after its name, and its `Source`, to a part; give it a
row in `DIRECTIVES`; give it a section with an example in docs/script-format.md.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.script.model import Breath, Language, OneShot, Part, Pause
from sessions.script.page import Misread
from sessions.script.quantities import DASHES, level, number, shown, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sessions.errors import Source

MAX_PHASE_SECONDS: Final = 30.0
MAX_BREATHS: Final = 1000
TIMES: Final = "times"


@dataclass(frozen=True, slots=True)
class Directive:
    """A row of the table.

    `names` are lower case, the usual one first; `read` raises `Misread`; `usage` is a grammar
    line; `examples` can be pasted into a script as they are.
    """

    names: Mapping[Language, tuple[str, ...]]
    read: Callable[[str, Source], Part]
    usage: str
    examples: Mapping[Language, str]


def _pause(words: str, source: Source) -> Pause:
    low, high = span(_FOR.sub("", words, count=1), what="a pause", example="[pause 4s]")
    if low <= 0:
        raise Misread("a pause must be longer than 0", "write `[pause 4s]`, or leave it out")
    return Pause(low, high, source)


def _breathe(words: str, source: Source) -> Breath:
    amounts = _phases(words)
    for phase in ("in", "out"):
        if amounts.get(phase, 0.0) <= 0:
            raise Misread(f"a breath needs an '{phase}' longer than 0", _BREATHE_REMEDY)
    for phase in ("in", "hold", "out", "rest"):
        if amounts.get(phase, 0.0) > MAX_PHASE_SECONDS:
            limit = f"at most {MAX_PHASE_SECONDS:.0f} seconds"
            raise Misread(f"the '{phase}' of a breath can be {limit}", _BREATHE_REMEDY)
    count = amounts.get(TIMES, 1.0)
    if not (1 <= count <= MAX_BREATHS and count == int(count)):
        raise Misread(f"breaths are counted from 1 to {MAX_BREATHS}, whole", _BREATHE_REMEDY)
    hold, rest = amounts.get("hold", 0.0), amounts.get("rest", 0.0)
    return Breath(amounts["in"], hold, amounts["out"], rest, int(count), source)


def _bell(words: str, source: Source) -> OneShot:
    gain_db = level(words, example="[bell -6 dB]") if words else 0.0
    return OneShot("bell", source, gain_db)


DIRECTIVES: Final = (
    Directive(
        {Language.ENGLISH: ("pause",), Language.DUTCH: ("pauze",)},
        _pause,
        "[pause LENGTH] or [pause SHORTEST..LONGEST]",
        {Language.ENGLISH: "[pause 4s]", Language.DUTCH: "[pauze 4s]"},
    ),
    Directive(
        {Language.ENGLISH: ("breathe", "breath"), Language.DUTCH: ("adem", "ademen")},
        _breathe,
        "[breathe in SECONDS hold SECONDS out SECONDS rest SECONDS times COUNT]",
        {
            Language.ENGLISH: "[breathe in 4 out 6 times 10]",
            Language.DUTCH: "[adem in 4 uit 6 keer 10]",
        },
    ),
    Directive(
        {Language.ENGLISH: ("bell",), Language.DUTCH: ("bel",)},
        _bell,
        "[bell] or [bell -6 dB]",
        {Language.ENGLISH: "[bell]", Language.DUTCH: "[bel]"},
    ),
)
"""Every directive there is."""

PHASES: Final = {
    word: phase
    for phase, words in (
        ("in", "in inhale inademen"),
        ("hold", "hold houd hou vast"),
        ("out", "out exhale uit uitademen"),
        ("rest", "rest rust wait wacht"),
        (TIMES, "times time keer maal x ×"),  # noqa: RUF001 - a multiplication sign is meant
    )
    for word in words.split()
}
"""What people call the phases of a breath, and how often it comes."""

_BREATHE_REMEDY = "write `[breathe in 4 hold 0 out 6 rest 0 times 10]`"
_FOR = re.compile(r"^(?:for|of|van|voor)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+|×|[+-]?[0-9]+(?:[.,][0-9]+)?|\S")  # noqa: RUF001 - as above
_FILLERS = frozenset(
    (*",;:=.-/", "s", "sec", "tel", "tellen", "second", "seconds", "seconde", "seconden")
)
_BY_NAME: Final = {
    name: (directive, language)
    for directive in DIRECTIVES
    for language, names in directive.names.items()
    for name in names
}
_LONGEST_FIRST: Final = sorted(_BY_NAME, key=len, reverse=True)
_FIRST_WORD = re.compile(r"\s*([^\s:=]*)[\s:=]*")


def read(content: str, source: Source) -> Part:
    """Return the part that the words between two brackets ask for.

    Raises
    ------
    Misread
        Where no directive has that name, or what follows the name cannot be read.
    """
    text = content.strip()
    for name in _LONGEST_FIRST:
        after = text[len(name) :]
        if text[: len(name)].lower() == name and not after[:1].isalpha():
            words = after.strip().removeprefix(":").removeprefix("=")
            return _BY_NAME[name][0].read(words.strip(), source)
    raise _unknown(text, source)


def known(content: str) -> bool:
    """Tell whether words between brackets begin with the name of a directive."""
    match = _FIRST_WORD.match(content)
    return match is not None and match[1].lower() in _BY_NAME


def _unknown(text: str, source: Source) -> Misread:
    match = _FIRST_WORD.match(text)
    word = match[1] if match else ""
    message = f"unknown directive '{shown(word)}'" if word else "a directive without a name"
    close = difflib.get_close_matches(word[:40].lower(), _LONGEST_FIRST, n=1)
    if not close:
        names = ", ".join(f"`{row.examples[Language.ENGLISH]}`" for row in DIRECTIVES)
        return Misread(message, f"there are {names}; for a bracket in the text write `\\[`")
    directive, language = _BY_NAME[close[0]]
    words = text[match.end() :].strip() if match else ""
    corrected = f"[{close[0]} {words}]" if words else f"[{close[0]}]"
    try:
        directive.read(words, source)
    except Misread:
        corrected = directive.examples[language]
    return Misread(message, f"did you mean `{shown(corrected)}`?")


def _phases(words: str) -> dict[str, float]:
    """Return the amounts of a breath by phase; a number may stand before `times` (`10x`)."""
    amounts: dict[str, float] = {}
    phase: str | None = None
    loose: float | None = None
    for token in _tokens(words):
        if isinstance(token, str):
            if token == TIMES and loose is not None:
                _put(amounts, token, loose)
                loose = None
            elif phase in {None, token}:
                phase = token
            else:
                raise Misread(f"'{phase}' of the breath has no number", _BREATHE_REMEDY)
        elif phase is not None:
            _put(amounts, phase, token)
            phase = None
        elif loose is None:
            loose = token
        else:
            break
    if phase is not None:
        raise Misread(f"'{phase}' of the breath has no number", _BREATHE_REMEDY)
    if loose is not None:
        raise Misread("a number of the breath has no name", _BREATHE_REMEDY)
    return amounts


def _tokens(words: str) -> Iterator[str | float]:
    """Yield the phases and numbers of a breath in order, without units and commas."""
    for token in _WORD.findall(words.lower().translate(DASHES)):
        if token in PHASES:
            yield PHASES[token]
        elif token.startswith("-") and len(token) > 1:
            raise Misread("a breath cannot have a negative length", _BREATHE_REMEDY)
        elif token[-1].isdigit() and token.isascii():
            yield number(token.removeprefix("+"))
        elif token not in _FILLERS:
            raise Misread(f"'{shown(token)}' does not belong in a breath", _BREATHE_REMEDY)


def _put(amounts: dict[str, float], phase: str, amount: float) -> None:
    if phase in amounts:
        raise Misread(f"the breath says '{phase}' twice", _BREATHE_REMEDY)
    amounts[phase] = amount
