"""Every word of a source is spoken, is a title, or is told with its line (issue 13, item 1)."""

from __future__ import annotations

import re

import pytest

from tests.script.practice.seen import (
    DOORS,
    accounted,
    case,
    each_door,
    imported_well,
    read,
    read_case,
    silent,
    spoken,
    spoken_or_told,
    taken,
    told_among,
    words_of,
)

# Fences

FENCES = {
    "three backticks": ("Ga zitten.\n\n```\nSluit nu je ogen.\n```\n\nGoed.\n", 3, 5),
    "tildes": ("Sit down.\n\n~~~\nClose your eyes now.\n~~~\n\nGood.\n", 3, 5),
    "a language": ("Sit down.\n\n```text\nLook around you.\n```\nGood.\n", 3, 5),
    "tildes with a word": ("Ga zitten.\n\n~~~ stilte\nKijk maar rond.\n~~~\n\nGoed.\n", 3, 5),
    "four around three": (
        "Ga zitten.\n\n````\n```\nLuister naar buiten.\n```\n````\n\nGoed.\n", 3, 7,
    ),
    "in a list": ("- Sit down.\n\n  ```\n  Lift one hand.\n  ```\n\n- Good.\n", 3, 5),
    "several paragraphs": (
        "Sit down.\n\n```\nLook up.\n\nLook left.\n\nLook right.\n```\n\nGood.\n", 3, 9,
    ),
    "at the end": ("Ga zitten.\n\n```\nSlaap lekker straks.\n```", 3, 5),
    "right under words": ("Ga zitten.\n```\nLeg je handen neer.\n```\nGoed.\n", 2, 4),
    "directives inside": ("Sit down.\n\n```\nBreathe slowly. [pause 4s]\n```\n\nGood.\n", 3, 5),
}  # fmt: skip


@pytest.mark.parametrize("name", FENCES)
def test_words_in_a_fence_of_a_script_are_warned_of(name: str) -> None:
    text, first, last = FENCES[name]
    seen = read(text)
    assert seen.code == 0
    told_among(seen, first, last)


@pytest.mark.parametrize("name", FENCES)
@pytest.mark.parametrize("suffix", ["md", "txt"])
def test_words_in_a_fence_are_not_lost_on_import(name: str, suffix: str) -> None:
    text, first, last = FENCES[name]
    seen = taken(text, f"scan.{suffix}")
    imported_well(seen)
    inside = text.split("\n")[first : last - 1]
    if not words_of(*inside) - {"pause", "4s"} <= seen.words():
        told_among(seen, first, last)


def test_two_fences_are_each_warned_of() -> None:
    seen = read("Rust.\n\n```\nKijk omhoog.\n```\n\nGoed.\n\n~~~\nKijk omlaag.\n~~~\n\nKlaar.\n")
    told_among(seen, 3, 5)
    told_among(seen, 9, 11)
    silent(seen, "omhoog", "omlaag")
    spoken(seen, "Rust Goed Klaar")


def test_the_fence_case_is_a_warning() -> None:
    seen = read_case("06a-fence.md")
    assert seen.code == 0
    told_among(seen, 3, 5)
    assert seen.said == ["Sit down.", "Good."]


OPEN = {
    "the case": (case("06b-fence-left-open.md"), 3),
    "tildes": ("Ga zitten.\n\n~~~\nSluit je ogen.\n", 3),
    "a language": ("Ga zitten.\n```text\nSluit je ogen.\n", 2),
    "closed by fewer": ("Sit down.\n\n````\nClose your eyes.\n```\n\nGood.\n", 3),
    "closed by others": ("Sit down.\n\n```\nClose your eyes.\n~~~\n\nGood.\n", 3),
    "the second of two": ("Rust.\n\n```\nKijk.\n```\n\nGoed.\n\n```\nEn luister.\n", 9),
    "on the last line": ("Sit down. Look around.\n\n```", 3),
    "a closing with a word": ("Sit down.\n\n```\nClose your eyes.\n``` done\n\nGood.\n", 3),
}


@pytest.mark.parametrize("name", OPEN)
def test_a_fence_that_is_never_closed_is_an_error_at_its_line(name: str) -> None:
    text, line = OPEN[name]
    seen = read(text)
    assert seen.code == 65
    assert "error" in seen.severities(line), seen.told


@pytest.mark.parametrize("name", OPEN)
@pytest.mark.parametrize("suffix", ["md", "txt"])
def test_a_fence_that_is_never_closed_is_no_error_on_import(name: str, suffix: str) -> None:
    text, line = OPEN[name]
    seen = taken(text, f"scan.{suffix}")
    imported_well(seen)
    below = "\n".join(text.split("\n")[line:])
    if not words_of(below) <= seen.words() | {"done"}:
        told_among(seen, line, text.count("\n") + 1)


@each_door
def test_code_in_a_line_and_indented_words_are_not_lost(door: str) -> None:
    seen = DOORS[door]("Say `I am here` softly.\n\n    Close both eyes.\n\nGoed zo.\n")
    spoken(seen, "Say I am here softly", "Goed zo")
    spoken_or_told(seen, 3, "Close both eyes")


# Link definitions and footnotes

LABELS = [
    "[anna]: Welkom.",
    "[Stem 1]: Ga rustig liggen.",
    "[narrator]: Close your eyes, if you like.",
    "[THERAPIST]: Well done.",
    "[therapeut]: Wat voel je?",
    "[voice over]: Look around you.",
    "[m]: Hallo.",
    "[note]: Speak softly here.",
    "[tip]: Neem een deken.",
    "[2]: Look down at your hands.",
]


def test_labels_that_hold_a_word_are_errors() -> None:
    seen = read_case("05-label-with-one-word.md")
    assert "error" in seen.severities(1), seen.told
    assert "error" in seen.severities(3), seen.told


@pytest.mark.parametrize("label", LABELS)
@each_door
def test_words_after_a_label_are_not_lost(door: str, label: str) -> None:
    seen = DOORS[door](f"Goedenavond allemaal.\n\n{label}\n\nTot straks.\n")
    spoken(seen, "Goedenavond allemaal", "Tot straks")
    accounted(seen, 3, label.partition(": ")[2])


@pytest.mark.parametrize(
    "text",
    [
        "Read [the page][one] first.\n\n[one]: https://example.org/one\n\nSit down.\n",
        "Lees [de pagina][een] eerst.\n\n[een]: <https://example.org/een>\n\nGa zitten.\n",
        "Lees [een] eerst.\n\n[een]: ./een.html\n\nGa zitten.\n",
    ],
)
def test_a_definition_of_an_address_is_neither_spoken_nor_wrong(text: str) -> None:
    for seen in (read(text), taken(text, "scan.md")):
        assert seen.code == 0, seen.told
        silent(seen, "https example org html")


@each_door
def test_the_title_of_a_definition_is_not_lost(door: str) -> None:
    text = 'Lees [dit][bron].\n\n[bron]: https://example.org "Waar het vandaan komt"\n\nKlaar.\n'
    accounted(DOORS[door](text), 3, "Waar het vandaan komt")


@pytest.mark.parametrize(
    "note",
    [
        "[^1]: Naar een oude oefening.",
        "[^1]: After an old exercise.",
        "[^bron]: Uit een boek over rust.",
        "[^1]: One.",
        "[^1]:\n    From a book of sleep.",
        "[^1]: First part.\n\n    And a second part.",
    ],
)
@each_door
def test_a_footnote_is_not_lost(door: str, note: str) -> None:
    label = note.partition(":")[0]
    seen = DOORS[door](f"Adem rustig uit.{label} Kijk om je heen.\n\n{note}\n")
    spoken(seen, "Adem rustig uit", "Kijk om je heen")
    if not words_of(note.partition(":")[2]) <= seen.words():
        told_among(seen, 1, 3 + note.count("\n"))


# Words above a rule

ABOVE = [
    "Wat hoor je?",
    "Adem uit.",
    "**Adem uit.**",
    "*Rust maar.*",
    "_What do you hear?_",
    "***Let go!***",
    "\u201cWat hoor je?\u201d",
    '"I am safe."',
    "\u2018Ik ben er.\u2019",
    "(Neem de tijd.)",
    "**\u201cLook around.\u201d**",
    "'Stil nu!'",
    "Kijk om je heen.\nEn luister.",
    "Let it all go. Now rest.",
    "\u00abBlijf maar liggen.\u00bb",
    "~~Sta op.~~",
    "[Look here.](https://example.org)",
]


def test_the_words_of_the_case_above_a_rule_are_spoken_or_told() -> None:
    seen = read_case("04-words-above-a-rule.md")
    spoken_or_told(seen, 3, "Wat hoor je")
    spoken_or_told(seen, 7, "Adem uit")
    spoken(seen, "Rust", "Goed zo", "Klaar")


@pytest.mark.parametrize("rule", ["---", "===", "-", "=========="])
@pytest.mark.parametrize("words", ABOVE)
def test_a_sentence_above_a_rule_is_spoken_or_told(words: str, rule: str) -> None:
    for way in DOORS:
        seen = DOORS[way](f"Rust.\n\n{words}\n{rule}\nGoed zo.\n")
        spoken(seen, "Rust", "Goed zo")
        bare = re.sub(r"\(https.*?\)", "", words)
        if not words_of(bare) <= seen.words():
            told_among(seen, 3, 4 + words.count("\n"))


def test_words_without_a_stop_above_a_rule_are_a_title() -> None:
    for rule in ("---", "==="):
        seen = read(f"Een stille avond\n{rule}\n\nGa zitten.\n\nTweede deel\n{rule}\n\nKijk.\n")
        assert seen.code == 0
        assert words_of("Een stille avond Tweede deel") <= seen.title_words()
        silent(seen, "avond", "deel")


# Merge marks

MERGED = {
    "the case": (case("36-merge-marks.md"), 3),
    "Dutch": (
        "Ga zitten.\n\nKijk.\n\n<<<<<<< mijn\nNaar links.\n=======\nNaar rechts.\n>>>>>>> jouw\n",
        5,
    ),
    "with a base": (
        "Sit.\n\n<<<<<<< HEAD\nLook up.\n||||||| 4f2a\nLook.\n=======\nLook left.\n>>>>>>> b\n", 3,
    ),
    "in one paragraph": (
        "Sit down.\n<<<<<<< HEAD\nLook up.\n=======\nLook left.\n>>>>>>> other\nGood.\n", 2,
    ),
    "at the very top": ("<<<<<<< HEAD\nUp.\n=======\nDown.\n>>>>>>> other\nGood.\n", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", MERGED)
def test_merge_marks_are_an_error_of_a_script(name: str) -> None:
    text, line = MERGED[name]
    seen = read(text)
    assert seen.code == 65
    assert "error" in seen.severities(line), seen.told


@pytest.mark.parametrize("name", MERGED)
@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_merge_marks_are_notes_on_import(name: str, suffix: str) -> None:
    text, line = MERGED[name]
    seen = taken(text, f"scan.{suffix}")
    imported_well(seen)
    last = 1 + next(n for n, row in enumerate(text.split("\n")) if row.startswith(">>>>>>>"))
    told_among(seen, line, last)
    for number, row in enumerate(text.split("\n"), 1):
        if row[:7] in {"<<<<<<<", "|||||||", "=======", ">>>>>>>"}:
            silent(seen, row[7:])
        elif not words_of(row) <= seen.words():
            accounted(seen, line if line < number < last else number, row)


def test_a_title_with_seven_lines_under_it_is_no_merge_mark() -> None:
    seen = read("Slaap zacht\n=======\n\nGa liggen.\n")
    assert seen.code == 0
    assert seen.title == "Slaap zacht"


# Warnings beside errors


@pytest.mark.parametrize(
    ("text", "error", "warning"),
    [
        ("Ga zitten. [paus 4s]\n\nDit (puaze 5s) is goed.\n", 1, 3),
        ("Dit geneest kanker.\n\nKijk nu. [bel\n", 3, 1),
        ("This cures cancer.\n\nSit down. [pause -4s]\n", 3, 1),
        ("---\ntempoo: kalm\n---\nKnieÃ«n los.\n", 2, 4),
        ("Sit down.\n\n```\nClose your eyes.\n```\n\nGood. [pasue 3s]\n", 7, 3),
        ("Knieën los.\n\nCafÃ© op de hoek.\n\n```\nSluit je ogen.\n", 5, 3),
        ("Sit down. Дыши спокойно.\n\nLook up. [include nothing-here]\n", 3, 1),
        ("Rust.\n\n```\nKijk rond.\n```\n\nDag {naam}.\n", 7, 3),
        ("Sit down. (puase 5s)\n\nGood. [sound nothing-here]\n", 3, 1),
        ("Kijk. [bell] [pauze 0s]\n\n[repeat 2]\nDit (puaze 5s) is goed.\n", 1, 4),
    ],
)
def test_one_check_tells_warnings_beside_errors(text: str, error: int, warning: int) -> None:
    seen = read(text)
    assert seen.code == 65
    assert "error" in seen.severities(error), seen.told
    # A fence is told at any of its lines.
    lines = range(warning, warning + (3 if "```" in text.split("\n")[warning - 1] else 1))
    assert any("warning" in seen.severities(line) for line in lines), seen.told
