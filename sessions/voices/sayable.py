"""What of a text can be said. Emoji and ornaments are for the eye: engines read their names aloud.

Letters that only look otherwise become plain ones (`sessions.script.letters`), and `[[...]]`, which
Piper and espeak read as phonemes, becomes the words in it. Captions and transcript show the text as
it was written; only what a voice gets is so.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from sessions.script.letters import plain_letters

if TYPE_CHECKING:
    from collections.abc import Mapping

SAID: Final = frozenset("°℃℉№")
"""Signs of the kind of emoji that are read as the words they stand for."""
ORNAMENTS: Final = frozenset("•‣◦·∙*|~^`_\\")
"""Bullets, and what is left of Markdown where it is not understood."""
ARROWS: Final = range(0x2190, 0x2200)
SELECTORS: Final = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""They choose the look of the character before them."""
REPLACED: Final[Mapping[str, str]] = {
    "So": " ",  # emoji, stars, hearts, ornaments
    "Sk": " ",  # skin tones
    "Co": " ",  # of a font of somebody's own
    "Cn": " ",  # emoji that this Python does not know yet
    "Me": "",  # the frame of a keycap
    "Cf": "",  # soft hyphens, joiners, directions: within words
}
"""By Unicode category, what stands for a character that is not said."""

_BEFORE_POINT = re.compile(r"\s+(?=[.,;:!?…])")
_PHONEMES = re.compile(r"\[{2,}|\]{2,}")


def sayable(text: str) -> str:
    """Return a text in NFC without what cannot be said; one that has nothing of it is unchanged."""
    composed = unicodedata.normalize("NFC", text)
    plain = unicodedata.normalize("NFC", plain_letters(composed))
    said = _PHONEMES.sub(" ", "".join(map(_said, plain)))
    return composed if said == composed else _BEFORE_POINT.sub("", " ".join(said.split()))


def _said(character: str) -> str:
    code = ord(character)
    if (code < 0x80 and character not in ORNAMENTS) or character in SAID:
        return character
    if character in ORNAMENTS or code in ARROWS:
        return " "
    if any(code in selectors for selectors in SELECTORS):
        return ""
    return REPLACED.get(unicodedata.category(character), character)
