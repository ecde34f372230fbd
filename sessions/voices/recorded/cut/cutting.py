"""From recordings and the lines of a script to where each line is, and what was said besides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from sessions.voices.recorded.cut.aligning import aligned
from sessions.voices.recorded.cut.ear import letters_in, usual_letters
from sessions.voices.recorded.cut.letters import sounds
from sessions.voices.recorded.cut.places import place_of
from sessions.voices.recorded.cut.takes import FEW_WORDS, SLOW_SHARE, beside, kept, take_of, trimmed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sessions.units import Audio
    from sessions.voices.recorded.cut.ear import Ear
    from sessions.voices.recorded.cut.places import Place
    from sessions.voices.recorded.cut.quiet import Island
    from sessions.voices.recorded.cut.takes import Take
    from sessions.voices.recorded.cut.windows import Heard

NEAR_SECONDS: Final = 0.6
"""What is said besides is told as one where it is no further apart."""

SURE: Final = 0.4
"""What a listener is less sure of was a sound, most often, and no words."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line of the script: its number, and its text."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A line that was found: where, and what was heard of it."""

    number: int
    text: str
    place: Place
    heard: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Besides:
    """What sounds and is no line that is kept; `number` is of the line that was tried, else 0."""

    tape: int
    start_seconds: float
    stop_seconds: float
    heard: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Cutting:
    """Where the lines of a script are in recordings, by their numbers, and what is not."""

    cuts: dict[int, Cut]
    unsaid: tuple[Wanted, ...]
    besides: tuple[Besides, ...]


def cutting(
    ear: Ear,
    script: Sequence[Wanted],
    told: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
) -> Cutting:
    """Find the lines of a script in recordings.

    Parameters
    ----------
    script
        Every line in the order of the script; one that is said several times may come again.
    told
        How far it is: the stage, how much of it is done, and of how much.
    """
    words = ear.heard(partial(told, "listen"))
    language = ear.language
    letters = [sounds(one.text, language) for one in script]
    spoken = [index for index, one in enumerate(letters) if one]
    visits = aligned(
        [sounds(one.text, language) for one in words],
        [not i or words[i - 1].island != one.island for i, one in enumerate(words)],
        [letters[index] for index in spoken],
    )
    takes = beside([take_of(one, words, letters[spoken[one.line]], language) for one in visits])
    tries: dict[int, list[Take]] = {}
    for take in takes:
        tries.setdefault(script[spoken[take.line]].number, []).append(take)
    sparse = _sparse(ear, words)
    chosen: dict[int, Take | None] = {}
    for done, (number, each) in enumerate(tries.items()):
        told("check", done, len(tries))
        chosen[number] = kept(
            each,
            lambda one: trimmed(one, letters[spoken[one.line]], ear.alone, language, sparse),
        )
    levels = [tape.levels for tape in ear.tapes]
    texts = {one.number: one.text for one in script}
    cuts = {
        number: Cut(
            number, texts[number], _placed(take, ear, words, levels), take.text, take.doubtful
        )
        for number, take in chosen.items()
        if take
    }
    unsaid = {one.number: one for one in script if one.number not in cuts}
    numbers = {
        index: script[spoken[take.line]].number
        for take in takes
        for index in range(take.start, take.stop)
    }
    return Cutting(
        dict(sorted(cuts.items())),
        tuple(unsaid.values()),
        tuple(besides(ear.found, words, numbers, [one.place for one in cuts.values()])),
    )


def _sparse(ear: Ear, words: Sequence[Heard]) -> Callable[[int], bool]:
    """Return what tells whether few words were heard in a stretch."""
    usual = usual_letters(ear.found, words, ear.language)
    inside: dict[int, list[Heard]] = {}
    for one in words:
        inside.setdefault(one.island, []).append(one)

    def sparse(island: int) -> bool:
        has = inside.get(island, [])
        few = SLOW_SHARE * usual * ear.found[island].seconds
        return len(has) <= FEW_WORDS or letters_in(has, ear.language) < few

    return sparse


def _placed(take: Take, ear: Ear, words: Sequence[Heard], levels: Sequence[Audio]) -> Place:
    """Return where a try is; where another word stands in its stretch, it ends between both."""
    tape = ear.found[take.first].tape
    before = words[take.start - 1] if take.start else None
    after = words[take.stop] if take.stop < len(words) else None
    return place_of(
        ear.found,
        (take.first, take.last),
        ear.ends_seconds,
        levels[tape],
        (before, words[take.start])
        if before and before.island == take.first == words[take.start].island
        else None,
        (words[take.stop - 1], after)
        if after and after.island == take.last - 1 == words[take.stop - 1].island
        else None,
    )


def besides(
    found: Sequence[Island],
    words: Sequence[Heard],
    numbers: dict[int, int],
    places: Sequence[Place],
) -> Iterator[Besides]:
    """Give what sounds and is in no line that is kept, what is close together as one.

    `numbers` are those of the lines that words were taken for.
    """
    inside: dict[int, list[int]] = {}
    for index, word in enumerate(words):
        inside.setdefault(word.island, []).append(index)
    last: Besides | None = None
    for index, island in enumerate(found):
        if any(_covers(one, island) for one in places):
            continue
        heard = inside.get(index, [])
        tried = {numbers.get(word, 0) for word in heard}
        number = max(tried, default=0) if tried and 0 not in tried else 0
        text = " ".join(words[word].text for word in heard) if _sure(words, heard) else ""
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


def _sure(words: Sequence[Heard], heard: Sequence[int]) -> bool:
    """Return whether words were heard, and not made up of a cough."""
    return bool(heard) and sum(words[one].sure for one in heard) / len(heard) >= SURE


def _covers(place: Place, island: Island) -> bool:
    """Return whether most of a stretch is in a line."""
    start = max(place.words_start_seconds, island.start_seconds)
    stop = min(place.words_stop_seconds, island.stop_seconds)
    return place.tape == island.tape and stop - start > island.seconds / 2
