"""Decide in which language a script is written."""

from __future__ import annotations

import re
from typing import Final

from sessions.script.model import Language

DEFAULT: Final = Language.DUTCH

NAMES: Final = {
    "nl": Language.DUTCH,
    "dutch": Language.DUTCH,
    "nederlands": Language.DUTCH,
    "vlaams": Language.DUTCH,
    "en": Language.ENGLISH,
    "english": Language.ENGLISH,
    "engels": Language.ENGLISH,
}
"""What people call a language; a region may follow a code (`nl-BE`)."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMMON_WORDS: Final = {
    Language.DUTCH: _words(
        "de het een en van je jij jouw ik mijn dat deze niet voor op aan te er maar om ook als "
        "naar bij nu nog wel hoe waar uit zijn wordt mag kan hoeft iets zoals geen twee drie vier "
        "vijf zes zeven acht negen tien ga zitten kijk luister voel laat adem"
    ),
    Language.ENGLISH: _words(
        "the a an and you your i my that this not with for on to it but if are be these your as at "
        "from by now how where out can may let may there into what when they have has two three "
        "four five six seven eight nine ten one sit down look listen feel breathe good up"
    ),
}
"""Frequent words, found in only one of the two languages (not `in`, `is`, `was`, `rest`)."""

_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_VOTING_CHARACTERS = 20_000


def named(text: str) -> Language | None:
    """Return the language that a word such as `nl`, `en-GB` or `Nederlands` names."""
    return NAMES.get(re.split(r"[-_\s(]", text.strip().lower(), maxsplit=1)[0])


def of_path(path: str) -> Language | None:
    """Return the language of the nearest folder that is called `nl` or `en`."""
    folders = path.replace("\\", "/").lower().split("/")[:-1]
    codes = {str(language): language for language in Language}
    return next((codes[name] for name in reversed(folders) if name in codes), None)


def of_text(text: str) -> Language | None:
    """Return the language with the most function words in a text; None where none leads."""
    votes = dict.fromkeys(Language, 0)
    for word in _WORD.findall(text[:_VOTING_CHARACTERS].lower()):
        for language, common in COMMON_WORDS.items():
            votes[language] += word in common
    ranked = sorted(votes, key=lambda language: -votes[language])
    return None if votes[ranked[0]] == votes[ranked[1]] else ranked[0]
