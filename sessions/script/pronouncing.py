"""Say words as they are to be said: by language, by voice, and as a script has them.

A word of the script wins over one for a voice by its whole name, that over one for its kind, and
that over one for all voices. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sessions.script.model import Speech

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sessions.script.model import Language, Plain, Script, Style


def pronounced(script: Script, said: Callable[[str, Style], str]) -> Script:
    """Return a script whose lines are said by a function of their words and their style."""
    parts: list[Plain] = []
    for part in script.parts:
        if isinstance(part, Speech):
            spoken = said(part.spoken or part.text, part.style)
            parts.append(replace(part, spoken="" if spoken == part.text else spoken))
        else:
            parts.append(part)
    return replace(script, parts=tuple(parts))


@dataclass(frozen=True)
class Pronunciation:
    """How words are said in a session.

    Parameters
    ----------
    tables
        By language, words and how they are said; a table among them is for a voice, by its kind
        or its whole name.
    own
        The script's own words.
    """

    tables: Mapping[str, Mapping[str, Any]]
    own: tuple[tuple[str, str], ...]

    def said(self, text: str, language: Language, *voices: str) -> str:
        """Return a text as a voice is to say it, given all names that it goes by."""
        key = (language, voices)
        if key not in self._held:
            self._held[key] = _Finder(self._words(language, voices))
        return self._held[key].said(text)

    @cached_property
    def _held(self) -> dict[tuple[str, tuple[str, ...]], _Finder]:
        return {}

    def _words(self, language: Language, voices: tuple[str, ...]) -> dict[str, str]:
        table = self.tables.get(language, {})
        words = {word: said for word, said in table.items() if isinstance(said, str)}
        kinds = (voice.partition(":")[0] for voice in voices)
        for name in dict.fromkeys((*kinds, *voices)):
            of_voice = table.get(name)
            words |= of_voice if isinstance(of_voice, dict) else {}
        return words | dict(self.own)


class _Finder:
    """Words and how they are said: whole words, the longest first, in capitals or not."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = {word.lower(): said for word, said in words.items()}
        either = "|".join(re.escape(word) for word in sorted(self._words, key=len, reverse=True))
        self._finder = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE) if words else None

    def said(self, text: str) -> str:
        """Return a text as it is said."""
        if self._finder is None:
            return text
        return self._finder.sub(lambda match: self._words.get(match[0].lower(), match[0]), text)
