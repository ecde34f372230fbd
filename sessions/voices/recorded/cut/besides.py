"""What sounds in recordings besides the lines that are kept. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sessions.voices.recorded.cut.findings import Besides
from sessions.voices.recorded.cut.letters import sounds
from sessions.voices.recorded.cut.takes import costs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sessions.voices.recorded.cut.ear import Ear
    from sessions.voices.recorded.cut.findings import Cut
    from sessions.voices.recorded.cut.places import Place
    from sessions.voices.recorded.cut.quiet import Island
    from sessions.voices.recorded.cut.windows import Heard

NEAR_SECONDS: Final = 0.6
"""What is said besides is told as one where it is no further apart."""

BEGUN_LETTERS: Final = 3
BEGUN_COST: Final = 0.3
"""For each letter, where a line was begun and broken off before one that is kept."""
SURE: Final = 0.4
"""What a listener is less sure of was a sound, most often, and no words."""


def besides(
    ear: Ear, words: Sequence[Heard], numbers: dict[int, int], cuts: Collection[Cut]
) -> Iterator[Besides]:
    """Give what sounds and is in no line that is kept, what is close together as one.

    `numbers` are those of the lines that words were taken for.
    """
    inside: dict[int, list[int]] = {}
    for index, word in enumerate(words):
        inside.setdefault(word.island, []).append(index)
    last: Besides | None = None
    for index, island in enumerate(ear.found):
        if any(_covers(one.place, island) for one in cuts):
            continue
        heard = inside.get(index, [])
        text = " ".join(words[word].text for word in heard) if _sure(words, heard) else ""
        tried = {numbers.get(word, 0) for word in heard} - {0}
        whose = numbers.get(heard[0], 0) if text and len(tried) == 1 else 0
        number = whose or _begun(text, _next(island, cuts), ear.language)
        one = Besides(island.tape, island.start_seconds, island.stop_seconds, text, number)
        near = last and last.tape == one.tape and one.number == last.number
        if last and near and one.start_seconds - last.stop_seconds < NEAR_SECONDS:
            one = Besides(
                *(last.tape, last.start_seconds, one.stop_seconds),
                *(f"{last.heard} {text}".strip(), number),
            )
        elif last:
            yield last
        last = one
    if last:
        yield last


def _next(island: Island, cuts: Collection[Cut]) -> Cut | None:
    """Return the line that is kept next after a stretch."""
    later = [
        one
        for one in cuts
        if one.place.tape == island.tape and one.place.start_seconds >= island.start_seconds
    ]
    return min(later, key=lambda one: one.place.start_seconds, default=None)


def _begun(heard: str, line: Cut | None, language: str) -> int:
    """Return the number of a line where what was heard is its beginning, else 0."""
    letters = sounds(heard, language)
    if line is None or len(letters) < BEGUN_LETTERS:
        return 0
    begins = sounds(line.text, language)[: len(letters)]
    alike = len(begins) == len(letters) and costs(letters, begins).mean() <= BEGUN_COST
    return line.number if alike else 0


def _sure(words: Sequence[Heard], heard: Sequence[int]) -> bool:
    """Return whether words were heard, and not made up of a cough."""
    return bool(heard) and sum(words[one].sure for one in heard) / len(heard) >= SURE


def _covers(place: Place, island: Island) -> bool:
    """Return whether most of a stretch is in a line."""
    start = max(place.words_start_seconds, island.start_seconds)
    stop = min(place.words_stop_seconds, island.stop_seconds)
    return place.tape == island.tape and stop - start > island.seconds / 2
