"""Find and mend text in UTF-8 that a program once read as something else: `KnieÃ«n`. Pure.

A character of more than one byte then stands as two or more, each of which is the look of a byte in
an older encoding. Where such a row is valid UTF-8 again, and gives a letter or sign that people
write, it is no accident. This may have happened twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ENCODINGS: Final = ("cp1252", "mac_roman", "cp850", "cp437")
"""What UTF-8 is taken for: by Windows and the web, by old Macs, and by consoles."""
MOST_TIMES: Final = 3
_WRITTEN: Final = re.compile(
    "[\u00a0-\u017f\u0219\u021b\u2010-\u203a\u20ac\u2122\u2190-\u21ff\u2600-\u27bf\ufe0f\ufeff\ufffd"
    "\U0001f000-\U0001faff]+"
)
"""Letters of European languages, signs and emoji; others count only from three in a row on."""
_CUT_SHORT: Final = (
    (re.compile("â€(?=[ \t\n.,;:!?)]|$)"), "”"),  # its last byte has no look
    (re.compile("Ã(?=[ \t\n.,;:!?)]|$)"), "à"),  # its last byte looks like a space
)
_QUOTE_BEHIND: Final = re.compile("[ÄÅ][“”‘’„‚›»«]")  # noqa: RUF001 - a capital, and a mark of speech
_LEADS: Final = (*range(0xC2, 0xC6), 0xC8, *range(0xCE, 0xDA), 0xE2, 0xE3, 0xEF, 0xF0)
_LOST: Final = "\ufffd"


@dataclass(frozen=True, slots=True)
class Damage:
    """A word at the characters `start` to `stop`, and what it was; '' where that is lost."""

    start: int
    stop: int
    right: str


def damages(text: str) -> Iterator[Damage]:
    """Find the damaged words of a text."""
    suspect = _suspect()
    if suspect.search(text):
        for word in re.finditer(r"[^ \t\n]+", text):
            if suspect.search(word[0]):
                right = mended(word[0])
                if _LOST in word[0] or right != word[0]:
                    yield Damage(word.start(), word.end(), "" if _LOST in right else right)


@lru_cache(4096)
def mended(text: str) -> str:
    """Return a text as it was before it was read wrongly, or itself."""
    for _ in range(MOST_TIMES):
        # The right encoding makes one character of two or three most often.
        best = min((_reread(text, encoding) for encoding in ENCODINGS), key=len)
        if len(best) == len(text):
            break
        text = best
    for pattern, right in _CUT_SHORT:
        text = pattern.sub(right, text)
    return text.replace("\ufeff", "")


def _reread(text: str, encoding: str) -> str:
    return _rows(encoding).sub(lambda row: _read(row, encoding), text)


@cache
def _suspect() -> re.Pattern[str]:
    """Return what finds the first byte of characters that people write, however it looks."""
    leads = "".join({bytes([byte]).decode(of) for byte in _LEADS for of in ENCODINGS})
    return re.compile(f"[{re.escape(leads)}{_LOST}]")


@cache
def _looks(encoding: str) -> dict[str, int]:
    """Return the bytes from 0x80 on, by the characters that they look like."""
    looks = {chr(code): code for code in range(0x80, 0xA0)} if encoding == "cp1252" else {}
    for code in range(0x80, 0x100):
        character = bytes([code]).decode(encoding, "ignore")
        if character:
            looks[character] = code
    return looks


@cache
def _rows(encoding: str) -> re.Pattern[str]:
    """Return what finds the looks of one or more characters in UTF-8 (RFC 3629, section 4)."""
    looks = _looks(encoding)

    def those(first: int, last: int) -> str:
        return "".join(re.escape(one) for one, code in looks.items() if first <= code <= last)

    more = f"[{those(0x80, 0xBF)}]"
    return re.compile(
        f"(?:[{those(0xC2, 0xDF)}]{more}|[{those(0xE0, 0xEF)}]{more}{{2}}"
        f"|[{those(0xF0, 0xF4)}]{more}{{3}})+"
    )


def _read(row: re.Match[str], encoding: str) -> str:
    """Return a row of looks as the characters that they were, or as it is."""
    looks = _looks(encoding)
    try:
        found = bytes(looks[character] for character in row[0]).decode()
    except UnicodeDecodeError:
        return row[0]
    if not _WRITTEN.fullmatch(found) and len(found) < 3:
        return row[0]
    after = row.string[row.end() : row.end() + 1]
    quoted = _QUOTE_BEHIND.fullmatch(row[0]) and not after.isalpha()
    return row[0] if quoted else found
