"""Say what to write in the language of the script: `[adem in 4 uit 6]` and not `[breathe ...]`.

Remedies are written with English directives; in a Dutch script their words are replaced by this
table, inside of backticks and brackets only. Both work everywhere, but what stands in an error is
what people paste.
"""

from __future__ import annotations

import re
from typing import Final

from sessions.script.model import Language

DUTCH: Final = {
    "pause": "pauze", "until": "tot", "breathe": "adem", "hold": "vast", "out": "uit",
    "rest": "rust", "times": "keer", "count aloud": "tel mee", "bell": "bel", "sound": "klank",
    "background": "achtergrond", "level": "niveau", "slot": "vak", "voice": "stem",
    "repeat": "herhaal", "end": "einde", "soft": "zacht", "whisper": "fluister", "slow": "traag",
    "lang": "taal", "say as": "zeg als", "these words": "deze woorden",
    "eighteen degrees": "achttien graden", "letting-go": "loslaten",
}  # fmt: skip
"""The words of examples, English and Dutch."""

_EXAMPLE = re.compile(r"`\[[^`]*\]`")
_WORD = re.compile(rf"\b(?:{'|'.join(sorted(DUTCH, key=len, reverse=True))})\b")


def spelled(directive: str, language: Language) -> str:
    """Return a directive of ours, without names that people gave, in the words of a language."""
    if language is not Language.DUTCH:
        return directive
    return _WORD.sub(lambda word: DUTCH[word[0]], directive)


def worded(remedy: str, language: Language) -> str:
    """Return a remedy whose examples of directives are in a language."""
    return _EXAMPLE.sub(lambda found: spelled(found[0], language), remedy)
