"""From recordings and the lines of a script to where each line is, and what was said besides."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from sessions.voices.recorded.cut.aligning import aligned
from sessions.voices.recorded.cut.besides import besides
from sessions.voices.recorded.cut.ear import letters_in, usual_letters
from sessions.voices.recorded.cut.findings import Cut, Cutting, Ending, Wanted
from sessions.voices.recorded.cut.letters import sounds
from sessions.voices.recorded.cut.places import place_of
from sessions.voices.recorded.cut.takes import FEW_WORDS, SLOW_SHARE, beside, kept, take_of, trimmed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sessions.units import Audio
    from sessions.voices.recorded.cut.ear import Ear
    from sessions.voices.recorded.cut.findings import Besides
    from sessions.voices.recorded.cut.places import Place
    from sessions.voices.recorded.cut.reading import Tape
    from sessions.voices.recorded.cut.takes import Take
    from sessions.voices.recorded.cut.windows import Heard

END_SECONDS: Final = 0.05
"""What sounds so near to the end of a recording is cut off by it."""


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
    aside = tuple(besides(ear, words, numbers, cuts.values()))
    endings = tuple(_endings(ear.tapes, cuts.values(), aside))
    return Cutting(dict(sorted(cuts.items())), tuple(unsaid.values()), aside, endings)


def _endings(
    tapes: Sequence[Tape], cuts: Iterable[Cut], aside: Iterable[Besides]
) -> Iterator[Ending]:
    """Give where recordings end too soon."""
    stops = [(one.place.tape, one.place.words_stop_seconds) for one in cuts]
    stops += [(one.tape, one.stop_seconds) for one in aside if one.heard]
    for number, tape in enumerate(tapes):
        within = (number, tape.seconds - END_SECONDS)
        if tape.damaged or any(one[0] == number and one >= within for one in stops):
            yield Ending(number, tape.seconds, tape.damaged)


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
