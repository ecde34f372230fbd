"""One long recording, cut into lines: which words are which line, and where."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from sessions.script.model import Language
from sessions.voices.recorded.cut.aligning import aligned
from sessions.voices.recorded.cut.cutting import cutting
from sessions.voices.recorded.cut.ear import Ear
from sessions.voices.recorded.cut.findings import Wanted
from sessions.voices.recorded.cut.letters import sounds
from sessions.voices.recorded.cut.places import Place
from sessions.voices.recorded.cut.quiet import islands
from sessions.voices.recorded.cut.reading import taped
from sessions.voices.recorded.cut.takes import costs
from sessions.voices.recorded.cut.writing import write_cut
from tests.voices.said_in_tones import Said, ToneListener, places_of, recording_of

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.hearing.timed import TimedListener, TimedWord
    from sessions.units import Audio
    from sessions.voices.recorded.cut.findings import Cutting

LINES = (
    "Ga rustig liggen, en laat het bed je dragen.",
    "Adem rustig in.",
    "Laat je schouders zakken.",
    "Voel de warmte van je handen.",
    "Er hoeft nu even niets.",
    "Slaap zacht.",
)


@dataclass(frozen=True)
class Muddled:
    """Gives, of much at once, the words of one thing to the one before it, whose words it drops."""

    said: list[Said]
    muddled: int

    def hear_words(self, audio: Audio, language: Language) -> tuple[TimedWord, ...]:
        said = list(self.said)
        if len(audio) > 6 * 16_000:
            said[self.muddled] = replace(said[self.muddled], heard=said[self.muddled + 1].text)
            said[self.muddled + 1] = replace(said[self.muddled + 1], heard="")
        return ToneListener(said).hear_words(audio, language)


def test_words_that_were_given_to_another_stretch_are_heard_again(tmp_path: Path) -> None:
    lines = (*LINES[:5], "Slaap zacht, nu.")
    said = [Said(text) for text in lines]
    found = found_in(tmp_path, said, lines=lines, listener=Muddled(said, 4))
    assert_is(found, said, {number: number - 1 for number in range(1, 7)})


def found_in(
    folder: Path,
    *recordings: list[Said],
    lines: tuple[str, ...] = LINES,
    listener: TimedListener | None = None,
) -> Cutting:
    every = [one for each in recordings for one in each]
    numbers = {text: number for number, text in enumerate(dict.fromkeys(lines), start=1)}
    with ExitStack() as stack:
        tapes, first = [], 0
        for number, said in enumerate(recordings):
            path = folder / f"take{number}.wav"
            soundfile.write(path, recording_of(said, first=first), 16_000)
            first += len(said)
            tapes.append(stack.enter_context(taped(path)))
        ear = Ear.of(tapes, listener or ToneListener(every), Language.DUTCH)
        return cutting(ear, [Wanted(numbers[text], text) for text in lines])


def assert_is(found: Cutting, said: list[Said], which: dict[int, int]) -> None:
    """See that lines are found where they are said: by their numbers, the indices in `said`."""
    places = places_of(said)
    assert found.cuts.keys() == which.keys()
    for number, index in which.items():
        place = found.cuts[number].place
        assert place.words_start_seconds == pytest.approx(places[index][0], abs=0.03), number
        assert place.words_stop_seconds == pytest.approx(places[index][1], abs=0.03), number


def all_but(index: int, *instead: Said) -> tuple[list[Said], dict[int, int]]:
    """Return what is said with something in place of one line, and where the others are."""
    said = [Said(text) for text in LINES]
    whole = [*said[:index], *instead, *said[index + 1 :]]
    others = [number for number in range(len(LINES)) if number != index]
    return whole, {
        number + 1: number if number < index else number + len(instead) - 1 for number in others
    }


def test_each_line_is_found_where_it_is_said(tmp_path: Path) -> None:
    said = [Said(text) for text in LINES]
    found = found_in(tmp_path, said)
    assert_is(found, said, {number: number - 1 for number in range(1, 7)})
    assert not found.besides
    assert not any(one.doubtful for one in found.cuts.values())


@pytest.mark.parametrize(
    "tries",
    [
        (Said("Adem in"), Said("Adem rustig in.", 0.4)),
        (Said("Adem"), Said("Adem rustig in.", 0.3)),
        (Said("Adem in"), Said("sorry", 0.3), Said("Adem rustig in.", 0.4)),
        (Said("Adem rustig in."), Said("Adem rustig in.")),
        (Said("Adem rustig uit"), Said("o wacht"), Said("Adem rustig in.")),
        (Said("Adem rustig"), Said("Adem rustig"), Said("nee"), Said("Adem rustig in.")),
    ],
)
def test_of_several_tries_the_last_whole_one_is_kept(
    tmp_path: Path, tries: tuple[Said, ...]
) -> None:
    said, others = all_but(1, *tries)
    assert_is(found_in(tmp_path, said), said, others | {2: len(tries)})


@pytest.mark.parametrize(
    "spoiled",
    [
        (Said("Laat je"),),
        (Said("Laat je schou"), Said("sorry")),
        (Said("Laat je schouders"), Said("keukentafel", 0.0)),
    ],
)
def test_a_try_that_is_not_whole_takes_no_place_of_one_that_is(
    tmp_path: Path, spoiled: tuple[Said, ...]
) -> None:
    said, others = all_but(2, Said(LINES[2]), *spoiled)
    found = found_in(tmp_path, said)
    assert_is(found, said, others | {3: 2})
    assert found.besides


def test_a_line_said_in_one_breath_with_its_slip_is_cut_between_the_words(tmp_path: Path) -> None:
    said, others = all_but(1, Said("Adem in sorry"), Said("Adem rustig in.", 0.0))
    found = found_in(tmp_path, said)
    assert found.cuts.keys() == {*others, 2}
    assert found.cuts[2].place.words_start_seconds == pytest.approx(places_of(said)[2][0], abs=0.3)


def test_lines_that_are_not_said_are_named(tmp_path: Path) -> None:
    said = [Said(text) for text in LINES if text not in {LINES[1], LINES[4]}]
    found = found_in(tmp_path, said)
    assert [one.number for one in found.unsaid] == [2, 5]
    assert_is(found, said, {1: 0, 3: 1, 4: 2, 6: 3})


def test_what_is_said_besides_is_listed_with_its_times(tmp_path: Path) -> None:
    said, others = all_but(
        3, Said("de telefoon gaat alweer"), Said(LINES[3]), Said("kuch", heard="")
    )
    found = found_in(tmp_path, said)
    assert_is(found, said, others | {4: 4})
    places = places_of(said)
    assert [(one.heard, one.number) for one in found.besides] == [
        ("de telefoon gaat alweer", 0),
        ("", 0),
    ]
    for one, index in zip(found.besides, (3, 5), strict=True):
        assert one.start_seconds == pytest.approx(places[index][0], abs=0.03)
        assert one.stop_seconds == pytest.approx(places[index][1], abs=0.03)


def test_words_that_are_misheard_are_still_those_of_the_line(tmp_path: Path) -> None:
    heard = (
        "Gaar rustig lichten en lad het bet je draagt",
        "Aten ruistig hin",
        "laat je schaude zaken",
        "wul de warmte fan je hanten",
        "er hoef nu effen iets",
        "slaapzacht",
    )
    said = [Said(text, heard=other) for text, other in zip(LINES, heard, strict=True)]
    assert_is(found_in(tmp_path, said), said, {number: number - 1 for number in range(1, 7)})


def test_lines_may_be_said_in_another_order_and_in_several_recordings(tmp_path: Path) -> None:
    first = [Said(LINES[index]) for index in (0, 3, 4, 1, 2)]
    second = [Said(LINES[5]), Said(LINES[3])]
    found = found_in(tmp_path, first, second)
    where = {1: (0, 0), 2: (0, 3), 3: (0, 4), 4: (1, 1), 5: (0, 2), 6: (1, 0)}
    for number, (tape, index) in where.items():
        place = found.cuts[number].place
        assert place.tape == tape
        start, _ = places_of((first, second)[tape])[index]
        assert place.words_start_seconds == pytest.approx(start, abs=0.03)


def test_a_line_that_the_script_says_twice_may_be_read_once_or_twice(tmp_path: Path) -> None:
    lines = (LINES[0], LINES[4], LINES[1], LINES[4], LINES[5])
    for order in ((0, 4, 1, 4, 5), (0, 4, 1, 5)):
        said = [Said(LINES[index]) for index in order]
        found = found_in(tmp_path, said, lines=lines)
        last = max(place for place, index in enumerate(order) if index == 4)
        assert_is(found, said, {1: 0, 2: last, 3: 2, 4: len(order) - 1})


def test_quiet_is_kept_around_the_words_at_most_half_the_way(tmp_path: Path) -> None:
    said = [Said(text, before) for text, before in zip(LINES, (2, 2, 0.3, 2, 0.5, 2), strict=True)]
    found = found_in(tmp_path, said)
    places = places_of(said)
    for number, one in found.cuts.items():
        start, stop = places[number - 1]
        before = min(0.3, said[number - 1].before_seconds / 2) if number > 1 else 0.3
        after = min(0.3, said[number].before_seconds / 2) if number < 6 else 0.3
        assert start - one.place.start_seconds == pytest.approx(before, abs=0.03)
        assert one.place.stop_seconds - stop == pytest.approx(after, abs=0.03)


def test_no_file_stays_open_while_others_are_written(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    bounds = resource.getrlimit(resource.RLIMIT_NOFILE)
    soundfile.write(tmp_path / "lang.wav", np.zeros(16_000), 16_000)
    every = [(tmp_path / f"{n}.flac", Place(0, n / 400, n / 400 + 0.01, 0, 0)) for n in range(300)]
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (120, bounds[1]))
        write_cut(tmp_path / "lang.wav", every)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, bounds)
    assert {soundfile.info(path).frames for path, _ in every} == {160}


@pytest.mark.parametrize("room", [0.0, 1e-5, 1e-3, 4e-3])
def test_what_sounds_is_told_from_the_room(room: float) -> None:
    levels = np.abs(room * (1 + 0.1 * np.random.default_rng(1).standard_normal(3000)))
    levels[1000:1100] += 0.1
    levels[1500:1506] += 0.1
    found = islands(levels.astype(np.float32))
    assert [(one.start_seconds, one.stop_seconds) for one in found] == [(10, 11), (15, 15.06)]


def test_a_room_that_grows_louder_is_still_the_room() -> None:
    levels = np.where(np.arange(12_000) < 6000, 1e-4, 2e-3).astype(np.float32)
    levels[3000:3100] = levels[9000:9100] = 0.05
    found = [one for one in islands(levels) if one.seconds < 1.5]
    assert [round(one.start_seconds) for one in found] == [30, 90]


@given(st.lists(st.integers(0, len(LINES) - 1), min_size=1, max_size=12))
def test_whatever_order_whole_lines_are_said_in_each_is_found(order: list[int]) -> None:
    words = [(sounds(word, "nl"), place) for place, index in enumerate(order)
             for word in LINES[index].split()]  # fmt: skip
    quiet = [not n or words[n - 1][1] != place for n, (_, place) in enumerate(words)]
    lines = [sounds(text, "nl") for text in LINES]
    visits = aligned([word for word, _ in words], quiet, lines)
    assert [one.line for one in visits if one.letters == len(lines[one.line])] == order


@given(st.text("abcde", max_size=12), st.text("abcde", min_size=1, max_size=12))
def test_what_each_letter_costs_adds_up(heard: str, line: str) -> None:
    each = costs(heard, line)
    assert len(each) == len(line)
    assert (each >= 0).all()
    assert costs(line, line).sum() == 0
    assert each.sum() <= 0.8 * (len(heard) + len(line)) + 1e-9


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("2", "twee", "nl"), ("Two", "2", "en"), ("klein", "klijn", "nl"), ("hé", "He", "nl"),
        ("knee", "nee", "en"), ("één", "een", "nl"), ("rusten", "rústen!", "nl"),
    ],
)  # fmt: skip
def test_what_sounds_alike_has_the_same_letters(one: str, other: str, language: str) -> None:
    assert sounds(one, language) == sounds(other, language)
