"""Find letters that are damaged, and letters that neither voice can say. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from sessions.errors import Source
from sessions.script.letters import plain_letters
from sessions.script.model import lines_of
from sessions.script.mojibake import damages
from sessions.script.phrases.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sessions.check.reading import Finding, Reading

MOST_MENDED: Final = 5
"""How many words of a line are written out in the remedy."""
ALPHABETS: Final[Mapping[str, str]] = {
    **{name: name.capitalize() for name in (
        "CYRILLIC", "GREEK", "COPTIC", "ARABIC", "HEBREW", "SYRIAC", "THAANA", "ARMENIAN",
        "GEORGIAN", "ETHIOPIC", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL",
        "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "THAI", "LAO", "TIBETAN", "KHMER",
        "MONGOLIAN", "CHEROKEE",
    )},
    "CJK": "Chinese", "BOPOMOFO": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese",
    "HALFWIDTH": "Japanese", "IDEOGRAPHIC": "Japanese", "HANGUL": "Korean", "MYANMAR": "Burmese",
}  # fmt: skip
"""How letters are called, by the first word of their names in Unicode."""
_FOREIGN: Final = re.compile(r"[^\x00-\u024f\u1e00-\u1eff\u2000-\u2bff\ue000-\uf8ff]")
_WORD: Final = re.compile(r"[^\W\d_]+")


def damaged(reading: Reading) -> Iterator[Finding]:
    """Find lines with words that were read in a wrong encoding."""
    for number, row in enumerate(lines_of(reading.draft.text), start=1):
        found = list(damages(row))
        if found:
            first = found[0]
            source = Source(
                reading.draft.path, number, first.start + 1, max(1, first.stop - first.start)
            )
            more = f", and {len(found) - 1} more" if len(found) > 1 else ""
            said = f"'{shown(row[first.start : first.stop])}'{more}: text that was read wrongly"
            right = [one.right for one in found if one.right][:MOST_MENDED]
            lost = "write what was there, or save the text anew as UTF-8"
            remedy = f"write '{shown(' ... '.join(right))}'" if right else lost
            yield source, said, remedy


def other_alphabets(reading: Reading) -> Iterator[Finding]:
    """Find where letters begin that are of no Latin alphabet."""
    lines = [(line, _foreign(line.spoken or line.text)) for line in reading.lines]
    for key, group in groupby(lines, lambda found: found[1] and found[1][0]):
        if key:
            found = list(group)
            line, place = found[0]
            word = place[1] if place else ""
            many = f", and in {len(found) - 1} more from here on" if len(found) > 1 else ""
            what = f"{key} letters in '{shown(word)}'{many}; neither voice says them"
            yield _at(reading, line.source, word), what


def _at(reading: Reading, source: Source, word: str) -> Source:
    row = lines_of(reading.draft.text)[source.line - 1]
    at = row.find(word, source.column - 1)
    return source if at < 0 else replace(source, column=at + 1, length=len(word))


def _foreign(text: str) -> tuple[str, str] | None:
    """Return the first word that has letters of another alphabet, and how those are called."""
    if not _FOREIGN.search(text):
        return None
    for word in _WORD.findall(text):
        plain = plain_letters(word)
        for letter in plain:
            alphabet = _alphabet(letter)
            if alphabet and not (alphabet == "Greek" and len(plain) == 1):
                return alphabet, word  # one alone is read as its name
    return None


@lru_cache(4096)
def _alphabet(letter: str) -> str:
    return ALPHABETS.get(unicodedata.name(letter, "").split(" ")[0].split("-")[0], "")
