"""Words that espeak-ng says otherwise than people do: a table that anybody can add to.

`nl.tsv` has a row for a word: the word in lower case, how it is said, and why. What stands between
slashes are sounds, in the IPA as espeak-ng writes it; anything else is another spelling, which
espeak-ng reads. A person's own `pronounce:` comes first, as it changes the text itself.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from sessions.script.model import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLES: Final[Mapping[Language, str]] = {Language.DUTCH: "nl.tsv"}


def table(language: Language) -> str:
    """Return the text of a language's table; empty where it has none."""
    name = TABLES.get(language)
    return files(__package__).joinpath(name).read_text(encoding="utf-8") if name else ""


@cache
def lexicon(language: Language) -> Mapping[str, str]:
    """Return how words are said: sounds between slashes, or another spelling."""
    rows = (line.split("\t") for line in table(language).splitlines() if line and line[0] != "#")
    return {word: said for word, said, *_why in rows}


def sounds_of(word: str, language: Language) -> str:
    """Return the sounds that the table has for a word; empty where espeak-ng is to say it."""
    said = lexicon(language).get(word.casefold(), "")
    return said.strip("/") if said.startswith("/") else ""


def spelling_of(word: str, language: Language) -> str:
    """Return a word as espeak-ng is to read it."""
    said = lexicon(language).get(word.casefold(), word)
    return word if said.startswith("/") else said
