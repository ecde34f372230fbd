"""Items and verses are lines with a pause each, wrapped prose is not (issue 13, item 3)."""

# ruff: noqa: RUF001 -- ellipses and dashes as people write them

from __future__ import annotations

import re
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, Final

import pytest

from tests.script.practice.seen import (
    DOORS,
    Seen,
    case,
    each_door,
    imported_well,
    lines_in_order,
    read,
    taken,
    taken_case,
    told_among,
    words_of,
)
from tests.script.practice.sounding import SILENCE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


# Line ends


def own_lines(seen: Seen, first: int, *texts: str) -> None:
    """Assert that lines of the source, from `first` on, are each a line, or are told."""
    try:
        lines_in_order(seen, *texts)
    except AssertionError:
        told_among(seen, first, first + 2 * len(texts))


def test_numbered_lines_of_the_case_keep_their_numbers() -> None:
    text = case("11-numbered-lines.txt")
    for seen in (read(text), taken_case("11-numbered-lines.txt"), taken(text, "scan.md")):
        words = ["you sink a little", "a little more", "and you rest"]
        for number, part in enumerate(words, 1):
            assert any(re.match(rf"{number}\W+{part}", line) for line in seen.said), seen.heard
        lines_in_order(seen, *words, "That is all")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1... je zakt een beetje\n2... nog iets dieper\n3... en je rust",
         ["je zakt een beetje", "nog iets dieper", "en je rust"]),
        ("5… de eerste trede\n4… de volgende\n3… nog een trede",
         ["de eerste trede", "de volgende", "nog een trede"]),
        ("10... down you go\n9... slower now\n8... softer still",
         ["down you go", "slower now", "softer still"]),
        ("One... feel your feet\nTwo... feel your hands\nThree... feel your face",
         ["feel your feet", "feel your hands", "feel your face"]),
        ("3: nog even\n2: bijna\n1: je bent er", ["nog even", "bijna", "je bent er"]),
        ("1 – you sit\n2 – you look\n3 – you stay", ["you sit", "you look", "you stay"]),
    ],
)  # fmt: skip
@each_door
def test_a_number_stays_with_the_words_it_stands_before(
    door: str, text: str, lines: Sequence[str]
) -> None:
    seen = DOORS[door](f"Tel maar mee.\n\n{text}\n\nDat was het.\n")
    own_lines(seen, 3, *lines)
    for line, (row, words) in enumerate(zip(text.split("\n"), lines, strict=True), 3):
        number = re.split(r"\W", row)[0]
        near = any(re.match(rf"{number}\W+{words}", line) for line in seen.said)
        assert near or line in seen.told_lines, seen.heard


def test_items_of_the_case_each_have_their_pause() -> None:
    for seen in (
        taken_case("13-lists.txt"),
        read(case("13-lists.txt")),
        taken(case("13-lists.txt"), "scan.md"),
    ):
        items = [
            "sit down", "look up", "breathe", "Lift your hand", "Hold it there", "Put it down",
        ]  # fmt: skip
        lines_in_order(seen, "Do three things", *items)
        assert not [line for line in seen.said if re.search(r"[a-z]\W+\d\W*$", line)], seen.said


LISTED: Final[Mapping[str, tuple[str, Sequence[str]]]] = {
    "dashes": ("- ga zitten\n- kijk rond\n- luister", ["ga zitten", "kijk rond", "luister"]),
    "stars": ("* sit down\n* look up\n* listen", ["sit down", "look up", "listen"]),
    "bullets": ("• je voeten\n• je knieën\n• je heupen", ["je voeten", "je knieën", "je heupen"]),
    "numbers": ("1. Zit recht\n2. Kijk voor je\n3. Blijf", ["Zit recht", "Kijk voor je", "Blijf"]),
    "brackets": ("1) sit\n2) look\n3) stay", ["sit", "look", "stay"]),
    "letters": ("a. zit recht\nb. kijk rond\nc. blijf zo", ["zit recht", "kijk rond", "blijf zo"]),
    "loose": ("- your feet\n\n- your knees\n\n- your hips",
              ["your feet", "your knees", "your hips"]),
    "nested": ("- je hoofd\n  - je kaak\n  - je ogen\n- je buik",
               ["je hoofd", "je kaak", "je ogen", "je buik"]),
    "under words": ("Nu drie dingen\n- zitten\n- kijken\n- blijven",
                    ["Nu drie dingen", "zitten", "kijken", "blijven"]),
    "two lists": ("- sit\n- look\n\n1. Lift a hand\n2. Put it down",
                  ["sit", "look", "Lift a hand", "Put it down"]),
    "verse": ("De avond valt\nde bomen staan\nhet water ligt\nen jij mag gaan",
              ["De avond valt", "de bomen staan", "het water ligt", "en jij mag gaan"]),
    "verse with commas": ("The night is here,\nthe lamp is low,\nthe road is dry,\nlet the day go.",
                          ["The night is here", "the lamp is low", "the road", "let the day go"]),
    "affirmations": ("Ik ben veilig\nIk heb de tijd\nIk mag er zijn\nIk ben genoeg",
                     ["Ik ben veilig", "Ik heb de tijd", "Ik mag er zijn", "Ik ben genoeg"]),
    "small affirmations": ("i am calm\ni am warm\ni am home\ni am here",
                           ["i am calm", "i am warm", "i am home", "i am here"]),
    "hard breaks": ("Voel je voeten  \nvoel je knieën  \nvoel je heupen",
                    ["Voel je voeten", "voel je knieën", "voel je heupen"]),
    "backslashes": ("Feel your feet\\\nfeel your knees\\\nfeel your hips",
                    ["Feel your feet", "feel your knees", "feel your hips"]),
    "tags": ("Feel your feet<br>\nfeel your knees<br/>\nfeel your hips",
             ["Feel your feet", "feel your knees", "feel your hips"]),
    "a metta": ("May I be safe\nMay I be well\nMay I be at ease\nMay I be at peace",
                ["be safe", "be well", "be at ease", "be at peace"]),
    "a quote": ("> stil is het water\n> stil is de lucht\n> stil is de avond",
                ["stil is het water", "stil is de lucht", "stil is de avond"]),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTED)
@each_door
def test_items_and_lines_are_each_a_line_with_its_pause_or_told(door: str, name: str) -> None:
    text, lines = LISTED[name]
    seen = DOORS[door](f"Welkom hier.\n\n{text}\n\nDat was het.\n")
    own_lines(seen, 3, "Welkom hier", *lines, "Dat was het")
    assert not [line for line in seen.said if re.search(r"\w\W+\d\W*$", line)], seen.said


def test_lines_without_stops_of_the_case_are_clips_or_told() -> None:
    text = case("14-lines-without-stops.txt")
    for seen in (taken_case("14-lines-without-stops.txt"), read(text), taken(text, "scan.md")):
        own_lines(seen, 1, *text.strip().split("\n"))


def test_a_paragraph_after_a_comma_in_the_case_has_a_short_pause() -> None:
    seen = taken_case("37-paragraph-after-comma.txt")
    imported_well(seen)
    assert seen.between("Lig op je rug", "met je armen los") == pytest.approx(0.9, abs=0.2)
    assert seen.between("met je armen los", "Als het kan") == pytest.approx(2, abs=0.2)
    assert seen.between("Als het kan", "de ogen dicht") == pytest.approx(0.9, abs=0.2)


# Long sentences, and prose that is wrapped

LONG: Final = [
    (
        "You look at the water and the water moves over the stones and the stones lie still and "
        "the light comes down through the leaves and the leaves move with the wind and the wind "
        "goes over the hill and the hill lies under the sky and the sky is wide and the evening "
        "comes and the birds go home and the lamps are lit and the road is quiet and you are here."
    ),
    (
        "Je kijkt naar het water en het water gaat over de stenen en de stenen liggen stil en het "
        "licht komt door de bladeren en de bladeren gaan met de wind mee en de wind gaat over de "
        "heuvel en de heuvel ligt onder de lucht en de lucht is wijd en de avond komt en de vogels "
        "gaan naar huis en de lampen gaan aan en de weg is stil en jij bent hier."
    ),
]


@pytest.mark.parametrize("text", LONG)
@each_door
def test_where_a_long_sentence_has_to_be_cut_there_is_a_pause(door: str, text: str) -> None:
    seen = DOORS[door](text + "\n")
    assert words_of(text) == seen.words()
    for first, then in pairwise(seen.heard):
        assert SILENCE.match(first) or SILENCE.match(then), seen.heard
    lengths = [one.least_seconds for one in seen.sounds if SILENCE.match(one.heard)]
    assert lengths, seen.heard
    assert 0.15 <= min(lengths) <= max(lengths) <= 2, lengths


PROSE: Final = [
    ["You may lie down now, wherever you are, and let the floor carry as much of you as it can.",
     "There is nothing that I want from you, and nothing that you have to do for anyone tonight.",
     "If Anna or Peter call from the kitchen, they will find their own way, as they did in May.",
     "Your hands can rest beside you, or on your belly, and I will be quiet while they settle.",
     "Is there a place that feels warm, a place that you would like to stay with for a while?",
     "About 20 breaths from now I will speak again, and until then the sea will be all there is."],
    ["Je mag nu gaan liggen, waar je ook bent, en de vloer zo veel van je laten dragen als kan.",
     "Er is niets dat ik van je wil, en niets wat je vanavond nog voor iemand anders moet doen.",
     "Als Anna of Peter roept vanuit de keuken, dan vinden zij zelf de weg, zoals vorig jaar.",
     "Je handen mogen naast je liggen, of op je buik, en ik ben stil terwijl ze tot rust komen.",
     "Is er een plek die warm voelt, een plek waar je nog wat langer bij zou willen blijven?",
     "Over 20 ademteugen zeg ik weer iets, en tot dan is er alleen de zee, die komt en gaat."],
    ["In the old house by the water Mrs. Holland kept a lamp in every window that faced the sea.",
     "Nobody knew why she did so, though the Fishers on the hill said that it was for her son.",
     "He had gone out on a Monday, when the wind stood in the east, and had never come home.",
     "So the lamps burned, night after night, and the boats that passed took their course by it."],
]  # fmt: skip


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100])
@pytest.mark.parametrize("number", range(len(PROSE)))
@each_door
def test_prose_that_is_wrapped_has_no_pause_inside_of_sentences(
    door: str, number: int, width: int
) -> None:
    sentences = PROSE[number]
    middle = len(sentences) // 2
    paragraphs = (" ".join(sentences[:middle]), " ".join(sentences[middle:]))
    wrapped = ("\n".join(wrap(one, width, break_on_hyphens=False)) for one in paragraphs)
    seen = DOORS[door]("\n\n".join(wrapped) + "\n")
    assert seen.said == sentences
    assert seen.pauses == [*["(0.9)"] * (middle - 1), "(2)", *["(0.9)"] * (middle - 1)]
