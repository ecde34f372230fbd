"""Words as they are compared: what sounds alike is alike, however it is written. Pure.

Case, punctuation, emoji, hyphens and the accents that only stress (`één`) go; numbers are digits,
whether they were written or heard as words. Letters that sound otherwise, as in `ideeën`, stay.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.script.phrases.numerals import NUMBER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STRESS: Final = frozenset("\u0300\u0301\u0302")
"""Grave, acute and circumflex, as they stand after their letter when taken apart (NFD)."""
SAME: Final[Mapping[str, str]] = {
    "n": "1",  # 'n
    "okay": "ok",
    "oke": "ok",
    "t": "het",
    "m": "hem",
    "k": "ik",
    "%": "procent",
}
"""What is said alike, as far as it stands alone, in Dutch; some hold for English too."""
ENGLISH: Final[Mapping[str, str]] = {
    "okay": "ok",
    "oke": "ok",
    "%": "percent",
    "alright": "allright",
}
_NUMBERS: Final = {word: number for word, number in NUMBER_WORDS.items() if word not in {"a", "an"}}
_NUMBER = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))})(?!\w)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['\u2019][^\W\d_]+)*|%")
_LOOP_WORDS: Final = 8
_LOOP_TIMES: Final = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word: as it is compared, and as it was written."""

    plain: str
    written: str


def words_of(text: str, language: str) -> tuple[Word, ...]:
    """Return the words of a text."""
    text = unicodedata.normalize("NFC", text)
    flat = unstressed(text)
    return tuple(_words(text if len(text) == len(flat) else flat, flat, language))


def _words(text: str, flat: str, language: str) -> Iterator[Word]:
    """Give the words of a text, which is as long without its stresses."""
    place = 0
    for number in _NUMBER.finditer(flat):
        yield from _plain_words(text[place : number.start()], language)
        plain = number[0].casefold()  # as the search has it: of a long s it makes an s
        yield Word(str(_NUMBERS.get(plain, plain)), text[number.start() : number.end()])
        place = number.end()
    yield from _plain_words(text[place:], language)


def _plain_words(text: str, language: str) -> Iterator[Word]:
    same = ENGLISH if language == "en" else SAME
    for found in _WORD.finditer(text):
        plain = unstressed(found[0].lower()).replace("'", "").replace("\u2019", "")
        yield Word(same.get(plain, plain), found[0])


def unstressed(text: str) -> str:
    """Return a text without the accents that only stress."""
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(one for one in apart if one not in STRESS))


def without_loops(words: tuple[Word, ...]) -> tuple[tuple[Word, ...], bool]:
    """Return words without what comes three times and more on end, and whether there was such.

    A listener that understands little may say the same few words again and again; each such stretch
    is left once.
    """
    plain = [word.plain for word in words]
    kept: list[Word] = []
    place, looped = 0, False
    while place < len(words):
        size = _looping(plain, place)
        if not size:
            kept.append(words[place])
            place += 1
            continue
        looped = True
        kept += words[place : place + size]
        phrase = plain[place : place + size]
        while plain[place : place + size] == phrase:
            place += size
        if plain[place:] == phrase[: len(plain) - place]:  # it was cut within the last time
            place = len(words)
    return tuple(kept), looped


def _looping(plain: list[str], place: int) -> int:
    """Return the length of the phrase that begins here and comes three times; 0 for none."""
    for size in range(1, _LOOP_WORDS + 1):
        phrase = plain[place : place + size]
        if plain[place : place + size * _LOOP_TIMES] == phrase * _LOOP_TIMES:
            return size
    return 0
