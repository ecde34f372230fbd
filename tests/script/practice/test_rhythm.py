"""Ellipses, counts and line ends: one rule for scripts and importers (issue 13, item 3)."""

# ruff: noqa: RUF001 -- ellipses and dashes as people write them

from __future__ import annotations

import re
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, Final

import pytest

from tests.script.practice.seen import (
    DOORS,
    SILENCE,
    Seen,
    case,
    each_door,
    imported_well,
    lines_in_order,
    read,
    read_case,
    taken,
    taken_case,
    told_among,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


# Ellipses


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (case("09-ellipsis-beside-a-pause.txt"), 4),
        ("Breathe in… [pause 6s] …and let it out.", 6),
        ("Breathe in... [pause 5s] Then let it out.", 5),
        ("Breathe in. [pause 5s] ...and let it out.", 5),
        ("Breathe in... (pause 7 seconds) ...let it out.", 7),
        ("Breathe in ... [pause 4s] ... let it out.", 4),
        ("Breathe in...\n\n[pause 8s]\n\n...and let it out.", 8),
        ("Breathe in ... ... [pause 9s] let it out.", 9),
        ("Breathe in... [pause 2s] ... [pause 3s] let it out.", 5),
        ("Breathe in…[pause 4s]…let it out.", 4),
        ("Breathe in...\n[pause 10s]\n...let it out.", 10),
        ("Breathe in . . . [pause 4s] let it out.", 4),
        ("Breathe in… [stilte 6s] … let it out.", 6),
        ("Breathe in... [pauze van 3 tellen] en let it out...", 3),
    ],
)
@each_door
def test_beside_a_written_pause_an_ellipsis_adds_nothing(
    door: str, text: str, seconds: float
) -> None:
    seen = DOORS[door](text + "\n")
    assert seen.between("Breathe in", "let it out") == seconds, seen.heard


@pytest.mark.parametrize(
    ("text", "spots"),
    [
        (case("12a-ellipsis-small-letter.md"), ["Let it go", "and rest", "and stay"]),
        ("Laat los… en kijk… en luister.\n", ["Laat los", "en kijk", "en luister"]),
        ("Adem in... en uit.\n", ["Adem in", "en uit"]),
        ("You sink... deeper... and deeper.\n", ["You sink", "deeper", "and deeper"]),
        ("Je voeten ... je knieën ... je heupen.\n", ["Je voeten", "je knieën", "je heupen"]),
        ("There is time ...plenty of it.\n", ["There is time", "plenty of it"]),
        ("Rust maar … dat mag.\n", ["Rust maar", "dat mag"]),
        ("Let the jaw soften...and the eyes.\n", ["Let the jaw soften", "and the eyes"]),
        ("Warm... zwaar... stil...\n", ["Warm", "zwaar", "stil"]),
        ("Kijk om je heen... ik blijf hier.\n", ["Kijk om je heen", "ik blijf hier"]),
        ("Slowly... slowly now.\n", ["Slowly", "slowly now"]),
    ],
)  # fmt: skip
@each_door
def test_before_a_small_letter_an_ellipsis_is_a_pause(
    door: str, text: str, spots: Sequence[str]
) -> None:
    seen = DOORS[door](text)
    if door == "script" and 1 in seen.told_lines:
        return
    lines_in_order(seen, *spots)


GROUPS: Final = [
    "... ... ...",
    "… … …",
    "... ...",
    "…… ……",
    "... … ...",
    "......... ",
    "...\n...\n...",
    "...\n\n...\n\n...",
    "………",
    ". . . . . . . . .",
    "... ... ... ... ...",
]


def test_the_group_of_the_case_is_longer_than_one_and_as_long_as_on_import() -> None:
    one = read("Laat los... Kijk om je heen.\n").between("Laat los", "Kijk")
    group = read_case("12b-ellipsis-group.md").between("Laat los", "Kijk")
    assert group >= 1.5 * one
    for suffix in ("txt", "md"):
        seen = taken(case("12b-ellipsis-group.md"), f"scan.{suffix}")
        assert seen.between("Laat los", "Kijk") == group


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_of_ellipses_is_longer_than_one_and_the_same_in_all_readers(group: str) -> None:
    lengths = set()
    for reader in DOORS.values():
        one = reader("Let go... Look around.\n").between("Let go", "Look around")
        seen = reader(f"Let go. {group} Look around.\n")
        lengths.add(seen.between("Let go", "Look around"))
        assert seen.between("Let go", "Look around") > one, seen.heard
    assert len(lengths) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Ga zitten... Kijk om je heen.",
        "Sit down… and look.",
        "Ga zitten...\n\nKijk om je heen.",
        "Let go ... ... look.",
        "Eerst... dan... en klaar.",
        "One... two... three... four.",
        "Adem in... [pauze 4s] ...en uit.",
        "... Welkom.",
        "Slaap zacht...",
        "Kijk... (korte pauze) ...en luister.",
        "Let go, … and rest, … and stay.",
        "3... 2... 1... Rust.",
    ],
)
def test_scripts_and_importers_have_one_rule(text: str) -> None:
    script, *imports = (reader(text + "\n") for reader in DOORS.values())
    if 1 in script.told_lines:
        return
    for seen in imports:
        assert seen.pauses == script.pauses
        assert len(seen.said) == len(script.said)


# Counts


def told_to_breathe(seen: Seen, mark: str = "") -> bool:
    """Whether a directive of breath is told of, on import or by `check` of what it made."""
    made = (one.text for one in (read(seen.text).all_told if seen.text else ()))
    told = "\n".join([*(one.text for one in seen.all_told), *made])
    return mark in told and ("[breathe" in told or "[adem" in told)


def phase(seen: Seen, begin: str, then: str = "") -> float:
    """Return how long it is from the begin of a line to the end of the last before another."""
    heard = seen.heard
    start = next((n for n, one in enumerate(heard) if one.startswith(begin)), None)
    assert start is not None, (begin, heard)
    stop = next(
        (n for n, one in enumerate(heard) if n > start and then and one.startswith(then)),
        len(heard),
    )
    while SILENCE.match(heard[stop - 1]):
        stop -= 1
    return sum(one.least_seconds for one in seen.sounds[start:stop])


def counts(seen: Seen, begins: Sequence[str], seconds: Sequence[int]) -> None:
    """Assert that counted phases last about as long as they count, or that it is told how to."""
    if told_to_breathe(seen, "count aloud") or told_to_breathe(seen, "tel mee"):
        return
    if any(one.startswith("[breathe") and "count aloud" in one for one in seen.heard):
        return
    for (begin, then), count in zip(pairwise([*begins, ""]), seconds, strict=True):
        length = phase(seen, begin, then)
        assert abs(length - count) <= max(1.0, 0.2 * count), (begin, length, seen.heard)


def test_the_counted_breath_of_the_case_lasts_what_it_counts() -> None:
    seen = taken_case("10-counted-breath.txt")
    imported_well(seen)
    if not told_to_breathe(seen, "[breathe in 4 hold 7 out 8, count aloud]"):
        counts(seen, ["In", "Hold", "Out"], [4, 7, 8])


@pytest.mark.parametrize(
    ("text", "begins", "seconds"),
    [
        ("In... twee... drie... vier.\n\nUit... twee... drie... vier... vijf... zes.",
         ["In", "Uit"], [4, 6]),
        ("In… two… three… four.\n\nHold… two… three… four.\n\nOut… two… three… four.",
         ["In", "Hold", "Out"], [4, 4, 4]),
        ("Adem in... 2... 3... 4...\n\nAdem uit... 2... 3... 4... 5... 6...",
         ["Adem in", "Adem uit"], [4, 6]),
        ("Inhale... 2... 3... 4... 5.\n\nExhale... 2... 3... 4... 5.",
         ["Inhale", "Exhale"], [5, 5]),
        ("Vast... twee... drie... vier... vijf... zes... zeven.\n\nUit... twee... drie... vier.",
         ["Vast", "Uit"], [7, 4]),
        ("Hold... 2... 3... 4... 5... 6... 7...\n\nOut... 2... 3... 4... 5... 6... 7... 8...",
         ["Hold", "Out"], [7, 8]),
        ("In ... two ... three ... four.\n\nOut ... two ... three ... four.",
         ["In", "Out"], [4, 4]),
        ("In...\ntwo...\nthree...\nfour.\n\nOut...\ntwo...\nthree...\nfour.",
         ["In", "Out"], [4, 4]),
        ("In… 2… 3… 4…\nVast… 2… 3… 4…\nUit… 2… 3… 4…", ["In", "Vast", "Uit"], [4, 4, 4]),
        ("Breathe in... two... three.\n\nBreathe out... two... three... four... five.",
         ["Breathe in", "Breathe out"], [3, 5]),
    ],
)  # fmt: skip
@each_door
def test_a_counted_breath_lasts_about_what_it_counts(
    door: str, text: str, begins: Sequence[str], seconds: Sequence[int]
) -> None:
    counts(DOORS[door](text + "\n"), begins, seconds)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1... 2... 3... 4.", 4),
        ("One... two... three... four... five.", 5),
        ("Een... twee... drie... vier.", 4),
        ("Tien… negen… acht… zeven… zes… vijf.", 6),
        ("5... 4... 3... 2... 1.", 5),
        ("Five ... four ... three ... two ... one.", 5),
        ("Eén... twee... drie...", 3),
        ("3… 2… 1…", 3),
        ("Seven... eight... nine... ten.", 4),
        ("1 ... 2 ... 3 ... 4 ... 5 ... 6 ... 7.", 7),
    ],
)
@each_door
def test_from_number_to_number_is_a_second(door: str, text: str, count: int) -> None:
    seen = DOORS[door](f"Welkom.\n\n{text}\n\nRust nu maar uit.\n")
    places = [
        place
        for place, one in enumerate(seen.heard)
        if one.rstrip(" .…") in re.split(r"[ .…]+", text)
    ]
    assert len(places) == count, seen.heard
    for first, then in pairwise(places):
        length = sum(one.least_seconds for one in seen.sounds[first:then])
        assert 0.7 <= length <= 1.4, (length, seen.heard)


# Holds


HOLDS: Final = [
    "Breathe in. Hold. [pause 20s] Breathe out.",
    "Adem in. Houd vast. [pauze 15s] Adem uit.",
    "Breathe in and hold. [pause 5s] [pause 5s] [pause 5s] Let go.",
    "Hold your breath [pause 14s] and let it go.",
    "Hou je adem vast. [pauze 16s] Laat los.",
    "Breathe in... hold... [pause 18s] ...and out.",
    "Adem in, en houd vast.\n\n[pauze 13s]\n\nEn uit.",
    "Inhale. Hold it. [silence 20 seconds] Exhale.",
    "Hold. [pause 13s..30s] And release.",
    "HOLD.\n\n[pause 20s]\n\nBREATHE OUT.",
    "Vasthouden. [stilte 25s] En laat maar gaan.",
    "Adem in. Houd de adem vast. [pauze een halve minuut] Adem uit.",
    "Hold. [pause 10s] ... [pause 10s] Breathe out.",
]


@pytest.mark.parametrize("text", HOLDS)
@each_door
def test_a_hold_of_over_twelve_seconds_is_told_with_the_breath_that_is_meant(
    door: str, text: str
) -> None:
    seen = DOORS[door](f"Welkom hier.\n\n{text}\n")
    assert told_to_breathe(seen), (seen.told, seen.heard)
    if door == "script":
        warned = [one for one in seen.all_told if re.search(r"\[(breathe|adem)", one.text)]
        assert {one.severity for one in warned} == {"warning"}
        first, last = 3, 3 + text.count("\n")
        assert any({*one.lines} & {*range(first, last + 1)} for one in warned), warned


@pytest.mark.parametrize(
    ("text", "hold", "out"),
    [
        (f"Breathe in. Hold. {'... ' * 12}Breathe out.", "Hold", "Breathe out"),
        (f"Adem in. Houd vast. {'… ' * 14}Adem uit.", "Houd vast", "Adem uit"),
        (f"Inhale and hold{'...' * 10} and exhale.", "hold", "and exhale"),
    ],
)
@each_door
def test_a_hold_of_ellipses_is_told_when_it_is_too_long(
    door: str, text: str, hold: str, out: str
) -> None:
    seen = DOORS[door](text + "\n")
    assert seen.between(hold, out) <= 12 or told_to_breathe(seen), seen.heard


@pytest.mark.parametrize(
    "mark",
    [
        "[hold 20 seconds]",
        "(hold for 20 seconds)",
        "[houd 20 seconden vast]",
        "(20 seconden vasthouden)",
        "[HOLD: 20]",
        "(hold breath for twenty seconds)",
    ],
)
@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_a_hold_in_brackets_is_told_with_the_breath_that_is_meant(suffix: str, mark: str) -> None:
    seen = taken(f"Welkom.\n\nAdem in. {mark} Adem uit.\n", f"scan.{suffix}")
    imported_well(seen)
    assert told_to_breathe(seen), (seen.told, seen.heard)


@pytest.mark.parametrize(
    "text",
    [
        "Breathe in. Hold. [pause 4s] Breathe out.",
        "Adem in. Houd vast. [pauze 12s] Adem uit.",
        "Hold. Now let go. [pause 30s] Look around.",
        "The house was on hold for years. It stood by the sea. [pause 20s] Look.",
        "Houd vast. Laat los. [pauze 20s] Kijk om je heen.",
        "[breathe in 4 hold 4 out 6 times 3] Look around.",
        "Breathe in, hold for a moment, and breathe out. [pause 2s] Rest.",
    ],
)
def test_a_short_hold_is_not_told(text: str) -> None:
    seen = read(text + "\n")
    assert not [one for one in seen.all_told if "[breathe" in one.text or "[adem" in one.text]


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
