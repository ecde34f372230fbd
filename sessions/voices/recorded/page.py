"""The page to read lines from: one at a time on a screen, all of them on paper. Pure.

One file that asks for nothing else: its style and its script stand in it, and a policy in its head
(Content Security Policy, level 3) forbids all others, so that nothing in a text of a script can run
or fetch. Without JavaScript it is the list of all lines. Its parts lie beside this module.
"""

from __future__ import annotations

import base64
import hashlib
import os
from functools import cache
from html import escape
from pathlib import Path as File
from string import Template
from typing import TYPE_CHECKING, Final

from sessions.script.model import Language, Manner
from sessions.voices.recorded.lines import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sessions.voices.base import Sheet, ToRead

PAGE_NAME: Final = "lines.html"
LONG: Final = 110
"""Characters of a line that is set smaller, so that it fits a screen with its hints."""
SAID: Final[Mapping[Language, Mapping[str, str]]] = {
    Language.DUTCH: {
        "how": "Neem elke zin op in een eigen bestand, met zijn nummer als naam: 001, 002 … "
        "Laat ervoor en erna een seconde stilte.",
        "of": "{n} van {all}",
        "all": "Alle zinnen",
        "one": "Zin voor zin",
        "turning": "Bladeren",
        "back": "Terug",
        "next": "Verder",
        "keys": "Spatie of → verder, ← terug, Home en End naar het begin en het einde.",
        "soft": "zacht",
        "whisper": "fluisterend",
        "slow": "langzaam",
        "pause": "daarna blijft het {seconds} stil",
        "spans": "{least} tot {most}",
        "seconds": "{0} s",
        "recorded": "opgenomen: {names}",
    },
    Language.ENGLISH: {
        "how": "Record each line into a file of its own, with its number as the name: 001, 002 … "
        "Leave a second of silence before and after it.",
        "of": "{n} of {all}",
        "all": "All lines",
        "one": "Line by line",
        "turning": "Turning pages",
        "back": "Back",
        "next": "Next",
        "keys": "Space or → goes on, ← goes back, Home and End lead to the first and last line.",
        "soft": "soft",
        "whisper": "whispered",
        "slow": "slow",
        "pause": "then it is quiet for {seconds}",
        "spans": "{least} to {most}",
        "seconds": "{0} s",
        "recorded": "recorded: {names}",
    },
}
"""All words of the page that are not the script's."""


@cache
def _part(name: str) -> str:
    return File(__file__).with_name(name).read_text(encoding="utf-8")


def page(sheet: Sheet, numbers: Mapping[str, int], recorded: Mapping[int, Sequence[Path]]) -> str:
    """Return the page of a script's lines, as HTML: each once, where it comes first.

    Parameters
    ----------
    numbers
        The number of each line, by its text.
    recorded
        The recordings that are there already, by the number of their line.
    """
    words = SAID[sheet.language]
    first: dict[str, ToRead] = {}
    for row in sheet.lines:
        first.setdefault(plain(row.line.normalized), row)
    rows, chapter = [], ""
    for text, row in first.items():
        done = recorded.get(numbers[text], ())
        rows.append(_row(text, row, numbers[text], done, sheet.language, row.chapter == chapter))
        chapter = row.chapter
    style, script = _part("page.css"), _part("page.js")
    return Template(_part("page.html")).substitute(
        {name: escape(text) for name, text in words.items()},
        language=sheet.language,
        title=escape(sheet.title),
        rows="\n".join(rows),
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'",
    )


def _hash(text: str) -> str:
    """Return the source of a policy that allows this text and no other (CSP 3, 2.3.1)."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _row(
    text: str,
    row: ToRead,
    number: int,
    recorded: Sequence[Path],
    language: Language,
    again: bool,  # noqa: FBT001 -- the chapter is that of the row before
) -> str:
    words, own = SAID[language], row.line.style.language
    lang = "" if own == language else f' lang="{own}"'
    names = ", ".join(_in_utf8(path.name) for path in recorded)
    parts = (
        ("chapter again" if again else "chapter", row.chapter, ""),
        ("manner", ", ".join(_manner(row, language)), ""),
        ("text long" if len(text) > LONG else "text", text, lang),
        ("hints", _silence(row, language), ""),
        ("recorded", names and f"✓ {words['recorded'].format(names=names)}", ""),
    )
    told = "".join(
        f'<p class="{kind}"{more}>{escape(said)}</p>' for kind, said, more in parts if said
    )
    return (
        f'<li id="line-{number:03}"{" class=done" if recorded else ""}>'
        f'<p class="number">{number:03}</p><div>{told}</div></li>'
    )


def _in_utf8(name: str) -> str:
    r"""Return the name of a file; bytes of it that are no UTF-8 as `\xe9`."""
    return os.fsencode(name).decode(errors="backslashreplace")


def _manner(row: ToRead, language: Language) -> Iterator[str]:
    """Give how a line is to be read."""
    words, style = SAID[language], row.line.style
    if style.manner is not Manner.NORMAL:
        yield words[style.manner]
    if style.slow:
        yield words["slow"]


def _silence(row: ToRead, language: Language) -> str:
    """Return how long it is quiet after a line; empty where nobody wrote a pause."""
    if not row.pause_seconds:
        return ""
    words = SAID[language]
    least, most = (_figure(one, language) for one in row.pause_seconds)
    spans = least if most == least else words["spans"].format(least=least, most=most)
    return words["pause"].format(seconds=words["seconds"].format(spans))


def _figure(seconds: float, language: Language) -> str:
    """Return a number of seconds as people write it."""
    text = f"{seconds:.3g}" if seconds < 100 else f"{seconds:.0f}"
    return text.replace(".", ",") if language is Language.DUTCH else text
