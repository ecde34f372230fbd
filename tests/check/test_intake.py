"""A text from elsewhere becomes a script in which a check finds no error, and no word is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.check.examine import faults
from sessions.check.intake import taken_in
from sessions.cli.new import with_notes
from sessions.errors import ScriptError
from sessions.library.scripts import Drafted, Shelf
from sessions.script.model import BedChange, Include, OneShot, Pause, Speech, Until
from sessions.script.parser import parse
from tests.conftest import few
from tests.script.reading import without_places

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.script.importing.taking import Imported

FILES = {"voice": "tone"}


@pytest.fixture
def take(tmp_path: Path) -> Take:
    return Take(tmp_path)


class Take:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, text: str, name: str = "scan.md") -> Imported:
        return taken_in(text.encode(errors="replace"), name, None, self.folder, FILES)


def said(imported: Imported) -> list[str]:
    return [part.text for part in imported.script.parts if isinstance(part, Speech)]


def told(imported: Imported) -> list[tuple[tuple[int, ...], str]]:
    return [(note.lines, note.message) for note in imported.notes]


def test_what_is_not_here_is_left_out_and_the_words_around_it_stay(take: Take) -> None:
    found = take("Sit down.\n[breathe 4 7 8] [sound gong][include x]\n[background nowhere] Rest.\n")
    assert said(found) == ["Sit down.", "Rest."]
    assert not [p for p in found.script.parts if isinstance(p, OneShot | Include | BedChange)]
    assert told(found) == [
        ((2,), "unknown sound 'gong'; left out"),
        ((2,), "there is no script 'x' to include; left out"),
        ((3,), "unknown sound 'nowhere'; left out"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A\nlanguage: nl\n---\nAdem. [stem piet: Dag lieve Anna.] Uit.",
        "---\ntitle: A\nlanguage: nl\n---\nAdem.\n[stem piet] Dag lieve Anna. [einde] Uit.",
        "Adem.\n\n[stem piet: Dag lieve Anna.]\n\nUit.",
    ],
)
def test_a_voice_that_is_not_here_takes_no_words_with_it(take: Take, text: str) -> None:
    found = take(text)
    assert said(found) == ["Adem.", "Dag lieve Anna.", "Uit."]
    assert [message for _, message in told(found)] == ["unknown voice 'piet'; another one speaks"]


def test_the_front_matter_of_others_is_mended_and_what_is_for_the_maker_goes(take: Take) -> None:
    found = take(
        "---\ntitle: Body scan\nauthor: Ann\nvoice: Joanna\nlayout: post\n---\nDuration: 20 min\n\n"
        "Narrator: Lie down. (pause 10 sec)\n\n## Recording notes\nUse a soft voice.\n"
    )
    assert said(found) == ["Lie down."]
    assert (found.script.meta.title, found.script.meta.author) == ("Body scan", "Ann")
    assert {line for lines, _ in told(found) for line in lines} == {4, 5, 7, 9, 11, 12}


def test_a_name_to_be_filled_in_is_a_value_that_may_be_empty(take: Take) -> None:
    found = take("Hello [NAME], sit down for the night. Good night to you, {name}.\n")
    assert "Hello{name? {name}}, sit down for the night.\n" in found.text
    assert "Good night to you{name?, {name}}.\n" in found.text
    assert found.script.meta.values == (("name", ""),)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Sit.\n\n<!-- remember to smile\n\nClose your eyes.", {3}),
        ("Say `<!--` aloud.\n\nClose your eyes.", set()),
        ("Sit.\n\n```\nx <!-- y\n```\n\nClose your eyes.", {4}),
        ("<<<<<<< HEAD\nSit now.\n=======\nStand now.\n>>>>>>> other\nClose your eyes.", {1, 3, 5}),
    ],
)
def test_what_is_never_closed_swallows_nothing(take: Take, text: str, lines: set[int]) -> None:
    found = take(text)
    assert said(found)[-1] == "Close your eyes."
    assert {line for numbers, _ in told(found) for line in numbers} == lines


def test_captions_keep_the_times_that_their_words_can_keep(take: Take) -> None:
    cues = (
        "1\n00:00:01,000 --> 00:00:02,000\nGa zitten en kijk eens rustig om je heen.\n\n"
        "2\n00:00:03,000 --> 00:00:05,000\nEn adem in.\n\n"
        "3\n00:00:30,000 --> 00:00:33,000\nEn uit.\n"
    )
    found = take(cues, "scan.srt")
    assert [part.seconds for part in found.script.parts if isinstance(part, Until)] == [30.0]
    assert len(told(found)) == 1
    assert "cannot be kept" in told(found)[0][1]


def test_a_table_in_tabs_is_a_table(take: Take) -> None:
    rows = "Tijd\tTekst\tGeluid\n0:00\tGa zitten.\tgolven\n0:40\tKijk rond.\tstil\n"
    found = take(rows, "scan.txt")
    assert said(found) == ["Ga zitten.", "Kijk rond."]
    assert {line for lines, _ in told(found) for line in lines} == {1, 2, 3}


def test_a_short_hold_is_as_long_as_it_says_and_a_long_one_is_told(take: Take) -> None:
    found = take("Make a fist (hold 5 seconds) and go.\n\nBreathe in. [hold 20 seconds] Out.\n")
    assert [part.seconds for part in found.script.parts if isinstance(part, Pause)] == [5.0]
    assert [(note.lines, "[breathe" in note.remedy) for note in found.notes] == [
        ((1,), False), ((3,), True),
    ]  # fmt: skip


def test_a_breath_in_whatever_words_is_breathed(take: Take) -> None:
    found = take(
        "[Breathe in for 4, hold for 7, breathe out for 8]\n\n"
        "[adem in 4 tellen, uit 6 tellen, 5 keer herhalen]\n"
    )
    assert "[breathe in 4 hold 7 out 8 times 1]\n\n[breathe in 4 out 6 times 5]" in found.text
    assert found.notes == ()


PIECES = (
    *("Ja. ", "Sit down. ", "\n\n", "\n", "[stem piet: hallo]", "[voice piet]", "[einde]", "[end]"),
    *("[include x]", "[sound gong]", "[bel]", "[background zee]", "{naam}", "{naam?, {naam}}", "["),
    *("[0:05] ", "[2:00] ", "[1:00] ", "[tot 0:03]", "[vak 1s]", "[herhaal 3]", "[pauze 50m] "),
    *("---\n", "title: x {y}\n", "voice: piet\n", "minutes: 900\n", "background: [zee]\n"),
    *("allow: [W99]\n", "values: {a: b}\n", "# Kop [bel]\n", "[pause 4s..8s x2]", "<!-- a", "-->"),
)


@few(150)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_whatever_comes_in_has_no_error_and_reads_back_below_its_notes(text: str) -> None:
    from pathlib import Path

    try:
        found = taken_in(text.encode(), "scan.md", None, Path("nowhere"), FILES)
    except ScriptError as error:
        known = ("nothing to speak", "too many", "cannot be")
        if not any(words in str(error) for words in known):
            raise
        return
    again = parse(with_notes(found, "scan.md"), path="script.md")
    drafted = Drafted(again, (), Shelf.at(None), values_known=True)
    assert faults(drafted, {}, FILES)[2] == (), found.text
    assert without_places(again)[1] == without_places(found.script)[1], found.text
