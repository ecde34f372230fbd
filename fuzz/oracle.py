"""What must hold for any bytes that are read: by a fuzzer with coverage, or at random.

No exception but a `ScriptError`; what is made reads back as it was written, and can be checked; and
no word is lost. That is judged from outside, by the letters of the source and of the script that
came of it, so that a fault in `sessions.script.account` cannot hide itself.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from sessions.check.reading import Reading
from sessions.check.rules import lint
from sessions.errors import ScriptError
from sessions.script import frontmatter
from sessions.script.directives import BY_NAME
from sessions.script.expand import expand, write_out
from sessions.script.importing import extracted, taking
from sessions.script.importing.edits import Places
from sessions.script.pacing import paced
from sessions.script.page import Misread, Page
from sessions.script.parser import parse, read_through
from sessions.script.phrases.breathing import PHASES
from sessions.script.phrases.called import WORDS
from sessions.script.phrases.language import NAMES
from sessions.script.phrases.numerals import NUMBER_WORDS, UNITS
from sessions.script.writer import write
from tests.script.importing.made import docx, odt
from tests.script.reading import without_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sessions.errors import Problem
    from sessions.script.importing.extract import Extract
    from sessions.script.model import Draft

KINDS: Final[Mapping[bytes, str]] = {
    b"t": ".txt", b"M": ".md", b"x": ".ssml", b"s": ".srt", b"v": ".vtt", b"h": ".html",
    b"j": ".json", b"r": ".rtf", b"p": ".smd", b"w": ".docx", b"o": ".odt",
}  # fmt: skip
"""What a first byte chooses: the suffix of a file that is taken over; any other is a script."""
PACKED: Final[Mapping[str, Callable[..., bytes]]] = {
    ".docx": docx,
    ".odt": odt,
}
"""Of these the body is given, for hardly any change of a packed file can be unpacked."""

_WORD: Final = re.compile(r"[^\W_]+")
_NO_WORDS: Final = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|(?<=\])(?:\((?:[^()\n]|\n(?!\s*\n))*\)|\[[^\[\]\n]*\])"
    r"|<[^<>]*(?:<[^<>]*>[^<>]*)?>|&#?\w{1,32};"
    r"|^[ \t>]*(?:[0-9]{1,9}[.)]|\[[^\]\n]*\]:[ \t]*\S*|[`~]{3,}[^\n]*)"
    r"|^(?:language|taal):[^\n]*|^[\w .-]{1,40}:|^[\w.-]+\s*="
    r"|^[ \t]*#{1,6}[^\n]*?(?:sub:\"[^\"\n]*\"|(?:say as|zeg als):?[^|\n]*\|)",
    re.DOTALL | re.MULTILINE,
)
"""Comments, targets of links, tags, entities, numbers of lists, labels, keys and their language,
and how a title would be said."""
_REMARK: Final = re.compile(r"(?:^|(?<=\s))#.*")
"""A comment in front matter."""


def _of_marks() -> frozenset[str]:
    """Return the words of which directives and marks are made; these are done, not said."""
    words = {
        *BY_NAME,
        *NUMBER_WORDS,
        *UNITS,
        *NAMES,
        *PHASES,
        "true",
        "false",
        "x",
        "count",
        "aloud",
        "tel",
        "mee",
        "half",
        "halve",
        "anderhalve",
    }
    for row in WORDS.values():
        for field in row.__slots__:
            words.update(getattr(row, field))
    return frozenset(part for word in words for part in _WORD.findall(word))


OF_MARKS: Final = _of_marks()


def nothing(_name: str, _draft: Draft) -> Draft:
    """Include nothing."""
    raise Misread("no script", "none")


def one(data: bytes) -> None:
    """Try one input: its first byte chooses what reads the rest."""
    suffix = KINDS.get(data[:1])
    try:
        if suffix is None:
            text = data[1:].decode(errors="surrogateescape")
            write_out(read_through(text, path="nl/a.md")[0], {}, nothing)
            draft = _read(text)
        else:
            draft = _taken(data[1:], suffix)
    except ScriptError as error:
        for problem in error.problems:
            assert problem.source.line >= 1  # noqa: S101 - a fuzzer's finding is an assertion
        return
    again = parse(write(draft), path="nl/a.md")
    assert without_places(again) == without_places(draft)  # noqa: S101 - as above
    with suppress(ScriptError):  # such as more values without a text than a run reports
        script, _ = write_out(again, {}, nothing)
        lint(Reading(draft, script))
        paced(expand(draft, {"naam": "Bo"}, nothing), 0.94)


def _read(text: str) -> Draft:
    draft = parse(text, path="nl/a.md")
    told = [draft.problem(*left) for left in draft.left]
    _account(draft.text, range(len(draft.text)), draft.text, write(draft), told)
    return draft


def _taken(data: bytes, suffix: str) -> Draft:
    path = f"nl/a{suffix}"
    if suffix in PACKED:
        data = PACKED[suffix](data.decode(errors="ignore"))
    extract = extracted(data, path)
    imported = taking.take(extract, path)
    if imported.origin:
        _account_for(extract, imported.text, imported.problems)
    else:
        told = [imported.script.problem(*left) for left in imported.script.left]
        _account(extract.text, range(len(extract.text)), extract.text, imported.text, told)
    return imported.script


def _account_for(extract: Extract, made: str, told: Iterable[Problem]) -> None:
    places = Places(extract.indexes, extract.origins)
    origins = [places.at(offset) for offset in range(len(extract.text))]
    _account(extract.text, origins, extract.original, made, told)


def _account(
    text: str, origins: Sequence[int], original: str, made: str, told: Iterable[Problem]
) -> None:
    """Find a word of a text that is neither in what was made of it nor in a line that is told."""
    page = Page.of("", original)
    places = [problem.source for problem in told]
    lines = {place.line + more for place in places for more in range(place.lines)}
    letters = "".join(_WORD.findall(made)).casefold()
    front = frontmatter.lines(text)
    rows = text.split("\n")
    rows[:front] = [_REMARK.sub(_blank, row) for row in rows[:front]]
    blank = _NO_WORDS.sub(_blank, "\n".join(rows))
    for match in _WORD.finditer(blank):
        word = match[0].casefold()
        measured = any(map(str.isdecimal, word))  # a length is written in its own way
        if measured or word in letters or _is_mark(word):
            continue
        line = page.source(origins[match.start()]).line
        assert line in lines, f"lost in line {line}: {match[0]!r}"  # noqa: S101 - as above


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _is_mark(word: str) -> bool:
    """Tell whether a word is one of a directive or mark, or is made of two: `halveminuut`."""
    cuts = ((word[:at], word[at:]) for at in range(len(word)))
    return any({*pair} - {""} <= OF_MARKS for pair in cuts)
