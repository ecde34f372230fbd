"""Words that look like marks, numbers, tags or titles are not lost (issue 13, item 1)."""

# ruff: noqa: RUF001 -- letters and quotes as people write them

from __future__ import annotations

import re

import pytest

from tests.script.practice.seen import (
    DOORS,
    Seen,
    case,
    each_door,
    imported_well,
    read_case,
    spoken,
    spoken_or_told,
    taken,
    taken_case,
    told_at,
    unpaused,
)

# Numbers that count


def numbers(seen: Seen) -> list[str]:
    """Return the lines that are nothing but a number, without their marks."""
    return [line.strip(" .…,;)!") for line in seen.said if re.fullmatch(r"\d+[ .…,;)!]*", line)]


@pytest.mark.parametrize(
    ("name", "row"), [("03a-countdown-row.md", "54321"), ("03b-countdown-column.md", "321")]
)
def test_a_countdown_of_the_cases_is_said_number_by_number(name: str, row: str) -> None:
    for seen in (read_case(name), taken_case(name)):
        assert numbers(seen) == [*row]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Tel mee.\n\n10. 9. 8. 7.\n\nRust.\n", "10 9 8 7"),
        ("Count down.\n\n5.\n4.\n3.\n2.\n1.\n\nRest.\n", "5 4 3 2 1"),
        ("Count up.\n\n1.\n2.\n3.\n\nRest.\n", "1 2 3"),
        ("Tel mee.\n\n1. 2. 3. 4.\n\nRust.\n", "1 2 3 4"),
        ("Tel mee.\n\n3.\n\n2.\n\n1.\n\nRust.\n", "3 2 1"),
        ("Count.\n\n5\n\n4\n\n3\n\nRest.\n", "5 4 3"),
        ("Count with me.\n\n3... 2... 1...\n\nRest.\n", "3 2 1"),
        ("Tel mee.\n\n5…\n4…\n3…\n\nRust.\n", "5 4 3"),
        ("Count.\n\n3)\n2)\n1)\n\nRest.\n", "3 2 1"),
        ("Tel.\n\n3. [pauze 2s] 2. [pauze 2s] 1. [pauze 2s]\n\nRust.\n", "3 2 1"),
        ("Tel.\n\n- 3.\n- 2.\n- 1.\n\nRust.\n", "3 2 1"),
    ],
)
@each_door
def test_a_countdown_is_said_number_by_number(door: str, text: str, row: str) -> None:
    seen = DOORS[door](text)
    assert numbers(seen) == row.split(), seen.heard


# Tags, letters, lines that look like titles

TAGS = [
    "<pause 3s>",
    "<silence/>",
    '<wait time="3s"/>',
    "<breath>",
    "<pauze>",
    "<rust>",
    "<sound: rain>",
    "<long pause>",
    "<emotion calm>",
    "<#2.5#>",
]


def test_the_unknown_tags_of_the_case_are_told() -> None:
    seen = read_case("07-unknown-tags.md")
    told_at(seen, 1, words="<pause 3s>")
    told_at(seen, 1, words="<silence/>")


@pytest.mark.parametrize("tag", TAGS)
@each_door
def test_an_unknown_tag_is_told_and_never_spoken(door: str, tag: str) -> None:
    seen = DOORS[door](f"Ga zitten.\n\nLuister nu. {tag} Kijk om je heen.\n")
    spoken(seen, "Luister nu", "Kijk om je heen")
    if not (door != "script" and seen.between("Luister nu", "Kijk om je heen") > 1):
        told_at(seen, 3)  # else an import took it as the pause that it was


@pytest.mark.parametrize(
    "text",
    [
        "<emotion>Rust maar uit</emotion>",
        "<whisper>Close your eyes</whisper>",
        '<speaker name="anna">Look around</speaker>',
        "<zacht>Laat maar los</zacht>",
        "<ga nu liggen>",
        "<Close your eyes>",
    ],
)
@each_door
def test_words_in_unknown_tags_are_not_lost(door: str, text: str) -> None:
    seen = DOORS[door](f"Dag.\n\nEn dan. {text} Tot straks.\n")
    told_at(seen, 3)
    spoken(seen, "Dag", "En dan", "Tot straks")
    inside = re.sub(r"</?\w+(?: name=\"anna\")?>", "", text)
    if "<" not in inside:
        spoken(seen, inside)


@pytest.mark.parametrize(
    "letters",
    [
        "ⒷⓡⓔⓐⓣⓗⒺ.",
        "Ⓡⓤⓢⓣ",
        "ⓛⓔⓣ ⓖⓞ",
        "🅁🄴🅂🅃",
        "⒭⒠⒮⒯",
        "① ② ③",
        "𝗥𝘂𝘀𝘁 𝗺𝗮𝗮𝗿.",
        "Ｒｕｓｔ",
        "🅡🅤🅢🅣.",
        "ᴿᵘˢᵗ",
    ],
)
@each_door
def test_letters_that_are_drawn_otherwise_are_words(door: str, letters: str) -> None:
    seen = DOORS[door](f"Ga zitten.\n\n{letters}\n\nKijk rond.\n")
    assert any(letters.strip(".") in line for line in seen.said) or 3 in seen.told_lines, seen.heard


def test_lines_in_capitals_and_with_colons_of_the_case_are_spoken_or_told() -> None:
    seen = taken_case("02-caps-and-colon-lines.txt")
    imported_well(seen)
    for line, words in enumerate(case("02-caps-and-colon-lines.txt").split("\n"), 1):
        spoken_or_told(seen, line, words)


@pytest.mark.parametrize(
    "line",
    [
        "ADEM IN",
        "INHALE",
        "LET GO",
        "LAAT LOS",
        "Zeg tegen jezelf:",
        "And now:",
        "Herhaal in stilte:",
        "Ask yourself:",
        "RELAX YOUR FACE",
        "JE BENT VEILIG",
        "Breathe in:",
        "EN UIT:",
    ],
)
@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_a_line_in_capitals_or_with_a_colon_is_spoken_or_told(line: str, suffix: str) -> None:
    seen = taken(
        f"Ga zitten, waar je wilt.\n\n{line}\n\nAlles is goed zoals het is.\n", f"scan.{suffix}"
    )
    imported_well(seen)
    spoken_or_told(seen, 3, line)
    spoken(seen, "Alles is goed zoals het is")


# Asides


def test_the_asides_of_the_case_are_spoken() -> None:
    seen = taken_case("08-asides.txt")
    text = case("08-asides.txt").split("\n")
    spoken(seen, *text[:4], "Good", "Go on")
    spoken_or_told(seen, 5, text[4])
    assert seen.bells == 0
    unpaused(seen)


@pytest.mark.parametrize(
    "text",
    [
        "Ga liggen (rust je handen op je buik) en kijk.",
        "Take a seat (rest against the wall, if you like) and look.",
        "Er is tijd (je hoeft nergens op te wachten) voor dit.",
        "Stay (wait until you feel ready) and listen.",
        "Luister (de bel van een kerk, heel ver weg) en blijf.",
        "You may hear things (a bell, a train, the rest of the house) and stay.",
        "Doe dit zoals je wilt (stop de opname gerust, een pauze mag altijd).",
        "Let it be (silence is not needed for this) as it is.",
        "De rest (ook de stilte buiten) komt vanzelf.",
        "Call somebody (ring the bell next door) when it is too much.",
        "Wacht (of wacht niet, net wat je wilt) en kijk.",
        "One hand (the one that has to rest a moment longer) stays.",
    ],
)
@each_door
def test_an_aside_with_a_word_of_marks_is_spoken(door: str, text: str) -> None:
    seen = DOORS[door](f"Welkom hier.\n\n{text}\n\nGoed zo.\n")
    assert seen.code == 0, seen.told
    spoken(seen, "Welkom hier", text, "Goed zo")
    assert seen.bells == 0
    unpaused(seen)


@pytest.mark.parametrize(
    "text",
    [
        "[Laat je handen rusten op je knieën.]",
        "[Wait here as long as you like, there is no hurry.]",
        "[Let the sound of the bell fade into the room.]",
        "[Neem de rust van deze kamer in je op.]",
    ],
)
def test_a_sentence_in_square_brackets_is_no_mark_on_import(text: str) -> None:
    seen = taken(f"Welkom hier.\n\nKijk. {text} En verder.\n")
    imported_well(seen)
    spoken_or_told(seen, 3, text)
    assert seen.bells == 0
    unpaused(seen)
