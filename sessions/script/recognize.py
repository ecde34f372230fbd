"""Recognize what words between brackets ask for, however they are spelled, or what was meant.

What there is stands in `sessions.script.directives`.
"""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sessions.errors import Source
from sessions.script.directives import (
    BREATHE,
    BY_NAME,
    DIRECTIVES,
    NAME,
    PAUSE,
    SAY,
    Opens,
    any_of,
)
from sessions.script.model import Language, Pause
from sessions.script.page import HIDDEN, Misread
from sessions.script.phrases import breathing
from sessions.script.phrases.marks import What, understood
from sessions.script.phrases.names import VALUE, is_name
from sessions.script.phrases.quantities import shown
from sessions.script.phrases.wording import worded

if TYPE_CHECKING:
    from sessions.script.directives import Directive, Meaning
    from sessions.script.phrases.marks import Mark


class Misdirected(Misread):
    """A directive that cannot be read, with the row of the table that was meant, if any was.

    Where nobody wrote its name it is `guessed`.
    """

    def __init__(
        self, message: str, remedy: str, meant: Directive | None, *, guessed: bool = False
    ) -> None:
        super().__init__(message, remedy)
        self.meant = meant
        self.guessed = guessed


_OPENING: Final = {
    opened: any_of(*(row for row in DIRECTIVES if row.opened is opened)) for opened in Opens
}
_END_OF = re.compile(
    rf"\s*(?:/|(?:end|einde?)\s+)({any_of(*DIRECTIVES)})(?![^\W\d_])", re.IGNORECASE
)
_SAY = re.compile(rf"\s*(?:{any_of(SAY)})(?![^\W\d_])", re.IGNORECASE)
_LINE_FORM = re.compile(
    rf"\s*(?:(?P<manner>{_OPENING[Opens.WORDS]})(?:\s*:\s*(?=[^\s\]])|\s+(?=[^\s:\]]))"
    rf"|(?P<other>(?:{_OPENING[Opens.NAMED_WORDS]})\s*[:=]?\s*[^\s:\[\]]+(?::[^\s:\[\]]+)*)"
    r"\s*:\s+(?=\S))",
    re.IGNORECASE,
)
_TURNED = re.compile(
    rf"\s*([0-9][^\[\]]*?)[\s-]*(?:\b(?:of|van)\s+)?(?:{any_of(PAUSE)})\s*", re.IGNORECASE
)
"""`[5 second pause]`, `[10 tellen stilte]`: the length comes first."""
_UNMARKED = rf"[^()\[\]{{}}<>\\`*_~&{HIDDEN}]"
ASIDE: Final = re.compile(
    rf"\(\s*((?:{any_of(PAUSE)})(?![^\W\d_]){_UNMARKED}{{1,40}}"
    rf"|[0-9]{_UNMARKED}{{1,40}}(?:{any_of(PAUSE)}))\s*\)",
    re.IGNORECASE,
)
"""What looks like a pause in round brackets, `(pause 5 seconds)`, in words without any marks."""
_UNDONE: Final = {
    What.SOUND: "delete it; a bed stands under all of it, as in `[background sea]`",
    What.DIRECTION: "delete it: no voice can do that; `[soft: WORDS]` says some words softly",
    What.END: "delete it: the session ends by itself",
}
"""What to do about marks that nothing of ours means."""
_LOOKED_AT = 40
"""Characters of an unknown directive in which its meaning is looked for."""
_NOWHERE = Source("", 1, 1)
_FIRST_WORD = re.compile(r"\s*([^\s:=]*)[\s:=]*")


def read(content: str, source: Source, language: Language = Language.ENGLISH) -> Meaning:
    """Return what the words between two brackets ask for.

    `language` is that of the script; a remedy is in the language of the name, if it has one.

    Raises
    ------
    Misdirected
        Where no directive has that name, or what follows the name cannot be read.
    """
    match = NAME.match(content)
    turned = None if match else _TURNED.fullmatch(content)
    if match is None and turned is None:
        raise _unknown(content.strip(), source, language)
    name = " ".join(match[1].lower().split()) if match else ""
    row, named_in = BY_NAME[name or PAUSE.names[language][0]]
    words = turned[1].replace("-", " ") if turned else content[match.end() if match else 0 :]
    try:
        return row.read(words.strip(), source)
    except Misread as misread:
        shared = all(name in names for names in row.names.values())
        spoken = language if shared or turned else named_in
        # With a colon it has its words in it, and no end.
        meant = None if row.opens and ":" in words else row
        mark = understood(content, spoken, square=True)
        other = mark is not None and mark.what not in {What.MANNER, What.DIRECTION}
        remedy = help_for(mark) if mark and other else worded(misread.remedy, spoken)
        raise Misdirected(misread.message, remedy, meant) from misread


def help_for(mark: Mark) -> str:
    """Return the remedy for a mark that people write elsewhere: that of ours which means it."""
    if not mark.written:
        return _UNDONE.get(mark.what, "delete it; what is to be said stands without brackets")
    if mark.what is What.MANNER:
        return f"write `[{mark.written}: WORDS]` for the words that it is for"
    guess = f": {mark.guess}" if mark.guess else ""
    return f"write `[{mark.written}]`{guess}"


def opens(content: str) -> bool:
    """Tell whether words between brackets begin with the name of what has an `[end]`."""
    match = NAME.match(content)
    return match is not None and BY_NAME[" ".join(match[1].lower().split())][0].opens


def aside(text: str, position: int) -> tuple[str, int] | None:
    """Return the words of a pause in round brackets that begin here, and where these end.

    `(5 seconds pause)` is one; None for what cannot be read as a pause, such as `(wait 5 turns)`.
    """
    match = ASIDE.match(text, position)
    try:
        found = match and read(match[1], _NOWHERE)
    except Misread:
        return None
    return (match[1], match.end()) if match and isinstance(found, Pause) else None


def line_form(text: str, start: int, stop: int) -> tuple[str, int] | None:
    """Return the style that a bracket's words are in, and where in the text they begin.

    `[soft: Good night.]` gives `soft`; None where the bracket is no such form.
    """
    match = _LINE_FORM.match(text, start, stop)
    return (match["manner"] or match["other"], match.end()) if match else None


def ended_by(content: str, opened: str) -> bool:
    """Tell whether `[end ...]` or `[/...]` may end what some other words between brackets opened.

    It may where it names nothing, or the directive that these words are.
    """
    match = _END_OF.match(content)
    name = " ".join(match[1].lower().split()) if match else ""
    begun = NAME.match(opened)
    if not name or begun is None:
        return True
    return BY_NAME[name][0] is BY_NAME[" ".join(begun[1].lower().split())][0]


def says(content: str) -> bool:
    """Tell whether words between brackets are to be said otherwise than they are shown."""
    return _SAY.match(content) is not None


def _unknown(text: str, source: Source, language: Language) -> Misdirected:
    match = _FIRST_WORD.match(text)
    word = match[1] if match else ""
    message = f"unknown directive '{shown(word)}'" if word else "a directive without a name"
    mark = understood(text, language, square=True)
    if mark and not (word in BY_NAME and mark.what is What.MANNER):
        row = BY_NAME[mark.written.split()[0]][0] if mark.written else None
        return Misdirected(message, help_for(mark), None if row and row.opens else row)
    if is_name(text):
        name = VALUE[language]
        remedy = f"write `{{{name}?, {{{name}}}}}` for a name that may be given with `--set`"
        return Misdirected(message, remedy, None)
    meant = _meant(text[:_LOOKED_AT].lower(), language)
    if meant is None:
        remedy = "delete it, or write `\\[` if it is to be said; the format of scripts has a list"
        return Misdirected(message, remedy, None)
    directive, named_in = BY_NAME[meant]
    words = text[match.end() :].strip() if match else ""
    lined = f"{meant}{':' if match and ':' in match[0] else ''} {words}"
    if directive.opens and line_form(lined, 0, len(lined)):
        return Misdirected(message, f"did you mean `[{shown(lined)}]`?", None)
    if directive is SAY:
        words = text.partition(":")[2].strip()
    corrected = f"[{meant}{':' * (directive is SAY)} {words}]" if words else f"[{meant}]"
    try:
        directive.read(words, source)
    except Misread:
        corrected = directive.examples[named_in]
    remedy = f"did you mean `{shown(corrected)}`?"
    return Misdirected(message, remedy, directive, guessed=True)


@lru_cache(maxsize=256)  # what is misspelt once is misspelt throughout
def _meant(text: str, language: Language) -> str | None:
    """Return the name of the directive that some words are about, if one can be told."""
    first, *others = re.findall(r"[^\s:=,]+", text) or [""]
    if breathing.PHASES.get(first) == "rest" and not any(w in breathing.PHASES for w in others):
        return PAUSE.names[language][0]
    if first in breathing.PHASES:
        return BREATHE.names[language][0]
    named = [word for word in others if word in BY_NAME]
    close = difflib.get_close_matches(first, BY_NAME, n=1, cutoff=0.9 if named else 0.6)
    return next(iter((*close, *named)), None)
