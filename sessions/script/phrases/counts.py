"""Know how often something is asked for, and how long each part of a breath, without a directive.

`(x3)`, `repeat each 3x`, `Inhale (4), hold (7), exhale (8)`: no voice can say what is meant by it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.script.phrases.breathing import PHASES, TIMES
from sessions.script.phrases.numerals import NUMBER_WORDS, UNITS
from sessions.script.phrases.wording import worded

if TYPE_CHECKING:
    from sessions.script.model import Language

MOST_TIMES: Final = 100
"""What is asked for more often is a year, or a sum."""
_NUMBER = rf"[0-9]{{1,3}}|{'|'.join(sorted(NUMBER_WORDS.keys() - {'a', 'an', 'een'}))}"
_CROSS = r"[x×]"  # noqa: RUF001 - a multiplication sign is meant
SIGNED: Final = rf"(?:{_CROSS} ?[0-9]{{1,2}}|[0-9]{{1,2}} ?{_CROSS})(?![\w×])"  # noqa: RUF001
"""A pattern for `x3` and `3x`."""
_TIMES = re.compile(
    rf"\b(?:for )?(?:{_CROSS} ?(?P<after>[0-9]{{1,2}})|(?P<before>{_NUMBER}) ?(?:{_CROSS}"
    r"|times|keer|maal)|(?P<twice>twice|tweemaal))(?!\w)|× ?(?P<sign>[0-9]{1,2})(?!\w)"  # noqa: RUF001
)
_REPEATING = re.compile(r"\b(?:repeat\w*|herha+l\w*|say|zeg|each|elke?|iedere?)\b")
_LINE = re.compile(rf"(?:(?:repeat|herha+l(?:en)?) ?)?(?P<times>{SIGNED})[.!]?", re.IGNORECASE)
_COUNT = re.compile(
    rf"[(\[]\s*(?P<count>[0-9]{{1,2}})\s*(?:s|counts?|beats?|{'|'.join(UNITS)})?\.?\s*[)\]]",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_PHASES: Final = PHASES | {"vasthouden": "hold", "holding": "hold", "inhaling": "in"}
_NEAR: Final = 40
"""Characters before a count in which the part of the breath is named."""


def times(words: str) -> int:
    """Return how many times words between brackets ask for; 0 where they do not."""
    plain = " ".join(words.lower().split())
    match = _TIMES.search(plain)
    if match is None:
        return 0
    others = plain[: match.start()] + plain[match.end() :]
    if _LETTERS.search(others) and not _REPEATING.search(others):
        return 0
    found = match["after"] or match["before"] or match["sign"] or "2"
    count = int(found) if found.isdecimal() else NUMBER_WORDS[found]
    return count if 1 < count <= MOST_TIMES else 0


def line_times(body: str) -> int:
    """Return how many times a line without brackets asks for, as `Repeat x2.` does; else 0."""
    match = _LINE.fullmatch(body)
    return times(match["times"]) if match else 0


def repeating(count: int, language: Language) -> str:
    """Return the remedy for words that ask for so many times."""
    remedy = f"write `[repeat {count}]` above what is repeated and `[end]` below it"
    return worded(remedy, language)


def breath(line: str, language: Language) -> tuple[list[tuple[int, int]], str]:
    """Return where the counts of a breath stand in a line, and the remedy for them.

    There are none where the line does not both breathe in and breathe out.
    """
    places, parts, begin = list[tuple[int, int]](), dict[str, str](), 0
    for match in _COUNT.finditer(line):
        before = line[max(begin, match.start() - _NEAR) : match.start()].lower()
        named = [_PHASES[word] for word in _LETTERS.findall(before) if word in _PHASES]
        phase = next((one for one in named if one != TIMES), None)
        begin = match.end()
        if phase == "hold" and "out" in parts:
            phase = "rest"
        if phase and phase not in parts:
            parts[phase] = match["count"]
            places.append(match.span())
    if not {"in", "out"} <= parts.keys():
        return [], ""
    wanted = " ".join(f"{phase} {count}" for phase, count in parts.items())
    return places, worded(f"write `[breathe {wanted}]` for the whole breath", language)
