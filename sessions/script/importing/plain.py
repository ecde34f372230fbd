"""Read plain text as people paste it: headings, `...`, `(pause 5 seconds)`, stage directions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.script.importing.intake import Imported, Intake
from sessions.script.model import Boundary, Break, OneShot
from sessions.script.page import Misread
from sessions.script.phrases.quantities import duration, shown

if TYPE_CHECKING:
    from sessions.script.model import Language

ELLIPSIS_SECONDS: Final = 3.0
NAMED_SECONDS: Final = {
    "short": 3.0, "brief": 3.0, "kort": 3.0, "korte": 3.0,
    "long": 10.0, "lang": 10.0, "lange": 10.0,
}  # fmt: skip
PAUSE_SECONDS: Final = 5.0
"""A pause without a length; longer than an ellipsis, because somebody wrote the word."""
LONGEST_HEADING: Final = 60

_PAUSING = re.compile(
    r"\b(?:pauses?|pausing|pauzes?|pauzeer|silence|stilte|wait|wacht|break|rest)\b", re.IGNORECASE
)
_LENGTH = re.compile(
    r"[0-9]+(?:[.,:][0-9]+)?(?:\s*(?:-|–|to|tot)\s*[0-9]+)?[\s-]*"  # noqa: RUF001 - a dash
    r"(?:ms|s|sec|secs|seconds?|seconden?|seconde|tellen|tel|m|min|mins|minutes?|minuut|minuten)?\b",
    re.IGNORECASE,
)
_BELL = re.compile(r"\b(?:bell|gong|chime|bel|belletje|klankschaal|singing bowl)\b", re.IGNORECASE)
_STAGE = re.compile(
    r"\b(?:music|muziek|sounds?|geluid(?:en)?|fades?|volume|whisper\w*|fluister\w*|softly|zachtjes"
    r"|voice|stem|slowly|langzaam|slower|trager|repeat|herhaal|inhale|exhale|inademen|uitademen"
    r"|breathe (?:in|out)|adem (?:in|uit)|cue|speaker|spreker|narrator|verteller|optional|optioneel"
    r"|note|opmerking|noot|x ?[0-9]|[0-9] ?x)\b", re.IGNORECASE
)  # fmt: skip
_TOKEN = re.compile(r"\[([^\[\]\n]{0,300})\]|\(([^()\n]{0,300})\)|\.{3,}|…|\*{1,3}|_{2,}")
_RULE = re.compile(r"[ \t]*(?:[-*_=~#]\s*){3,}$")
_MARK = re.compile(r"[ \t]*(?:#{1,6}\s+|[-*•]\s+|>\s*)?")


def read(text: str, path: str, spoken_in: Language | None) -> Imported:
    """Return the script of a plain text.

    Raises
    ------
    ScriptError
        Nothing in it can be spoken.
    """
    intake = Intake.of(text, path, spoken_in)
    lines = intake.page.text.split("\n")
    offset, first = 0, ""
    for number, line in enumerate(lines):
        alone = _blank(lines, number - 1) or _blank(lines, number + 1)
        title = _heading(line) if alone else ""
        if not line.strip():
            intake.end_paragraph(offset)
        elif _RULE.match(line):
            intake.end_paragraph(offset)
            intake.add(Break(Boundary.SECTION, intake.page.source(offset)), offset)
        elif title:
            intake.chapter(title, offset)
            first = first or title
        else:
            _line(intake, line, offset)
        offset += len(line) + 1
    return intake.finished(first)


def _blank(lines: list[str], number: int) -> bool:
    return not 0 <= number < len(lines) or not lines[number].strip()


def _heading(line: str) -> str:
    """Return the title that a line is, in capitals or with a colon at its end, else ''."""
    words = line.strip().strip("#*_ ").strip()
    if not 0 < len(words) <= LONGEST_HEADING or not re.search(r"[^\W\d_]", words):
        return ""
    if line.lstrip().startswith("#"):
        return words
    if words.endswith(":") and len(words.split()) <= 8:
        return words[:-1].strip()
    capitals = words == words.upper() and words != words.lower() and len(words) > 2
    if capitals and words[-1] not in ".!?,;…":
        return words.capitalize()
    return ""


def _line(intake: Intake, line: str, offset: int) -> None:
    """Say a line, with what stands between brackets done or noted."""
    mark = _MARK.match(line)
    position = mark.end() if mark else 0
    for token in _TOKEN.finditer(line, position):
        intake.say(line[position : token.start()], offset + position)
        position = token.end()
        here = offset + token.start()
        inside = token[1] if token[1] is not None else token[2]
        if inside is not None:
            _bracket(intake, token, inside.strip(), here)
        elif token[0][0] in ".…":
            intake.say(".", here)
            intake.pause(ELLIPSIS_SECONDS, here)
    intake.say(line[position:] + " ", offset + position)


def _bracket(intake: Intake, token: re.Match[str], inside: str, offset: int) -> None:
    stop = offset + len(token[0])
    if _PAUSING.search(inside):
        seconds = _seconds(inside)
        intake.pause(seconds, offset)
    elif _BELL.search(inside):
        intake.add(OneShot("bell", intake.page.source(offset, stop)), offset)
    elif token[1] is not None or _STAGE.search(inside):
        message = f"a stage direction, not spoken: '{shown(inside)}'"
        intake.note(offset, stop, message, "write what should be heard, if anything")
    else:
        intake.say(token[0], offset)


def _seconds(inside: str) -> float:
    """Return how long a pause is that somebody describes; of a range the shortest."""
    length = _LENGTH.search(inside)
    if length:
        first = re.split(r"\s*(?:-|–|to\b|tot\b)\s*", length[0].strip(" -"))  # noqa: RUF001
        unit = re.search(r"[^\W\d_]+$", length[0])
        words = first[0] + (unit[0] if unit and first[0][-1:].isdigit() else "")
        try:
            return duration(words, what="a pause", example="5s")
        except Misread:
            return PAUSE_SECONDS
    named = (NAMED_SECONDS[word] for word in inside.lower().split() if word in NAMED_SECONDS)
    return next(named, PAUSE_SECONDS)
