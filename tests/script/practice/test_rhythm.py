"""Ellipses, counts and line ends: one rule for scripts and importers (issue 13, item 3)."""

from __future__ import annotations

import re
from itertools import pairwise
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
    read_case,
    taken,
    taken_case,
)
from tests.script.practice.sounding import SILENCE

if TYPE_CHECKING:
    from collections.abc import Sequence


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
