"""Spell Latin letters with those of ASCII: for the names of files, and for plain consoles.

Unicode takes most letters apart into one of ASCII and its accents. Those with a stroke or a hook,
and ligatures, stay whole; but the name of each says which letters it is made of, and what a name
does not say is in a table here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_MADE_OF: Final = re.compile(
    r"LATIN (?:SMALL |CAPITAL )?(?:LETTER |LIGATURE )?(?:SMALL )?"
    r"(?:(?:MIDDLE-WELSH|DOTLESS|REVERSED|TURNED|LONG|OPEN|INSULAR|SIDEWAYS|CLOSED|BARRED) )*"
    r"(?P<letters>[A-Z]{1,2})(?: (?:DIGRAPH|ROTUNDA))?(?: WITH .*)?"
)
_CALLED: Final[Mapping[str, str]] = {
    "SHARP S": "ss", "THORN": "th", "ETH": "d", "AFRICAN D": "d", "ENG": "ng", "SCHWA": "e",
    "KRA": "k", "ESH": "sh", "EZH": "zh", "YOGH": "gh", "WYNN": "w", "HWAIR": "hv", "OI": "oi",
    "IOTA": "i", "UPSILON": "u", "ALPHA": "a", "GAMMA": "g", "YR": "r", "BETA": "b",
    "DELTA": "d", "LAMBDA": "l", "U BAR": "u", "CHI": "ch", "PHI": "f",
}  # fmt: skip
"""Letters by their names in Unicode, where these are no letters of ASCII."""
_KNOWN_BY: Final = re.compile(
    r"LATIN (?:SMALL |CAPITAL )?LETTER (?:REVERSED |TURNED )?"
    rf"(?P<name>{'|'.join(_CALLED)})(?: REVERSED)?(?: WITH .*)?"
)


def in_ascii(text: str) -> str:
    """Return a text with its Latin letters as those of ASCII; all else stays as it is."""
    return "".join(map(_spelled, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=4096)
def _spelled(mark: str) -> str:
    """Return a character in ASCII, if it is made of Latin letters or signs, or as it is."""
    if mark.isascii():
        return mark
    parts = unicodedata.normalize("NFKD", mark)
    spelled = "".join(_letters(part) for part in parts if not unicodedata.combining(part))
    if unicodedata.name(mark, "").startswith("LATIN"):
        spelled = spelled.encode("ascii", "ignore").decode() or mark
    return spelled if spelled.isascii() else mark


def _letters(mark: str) -> str:
    """Return the letters that the name of a character speaks of, or the character."""
    name = "" if mark.isascii() else unicodedata.name(mark, "")
    if called := _KNOWN_BY.fullmatch(name):
        letters = _CALLED[called["name"]]
    elif made_of := _MADE_OF.fullmatch(name):
        letters = made_of["letters"].lower()
    else:
        return mark
    return letters if mark.islower() else letters.capitalize()
