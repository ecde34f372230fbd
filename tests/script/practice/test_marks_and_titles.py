"""Marks are marks in whatever dress, and only then come titles (issue 13, item 2)."""

from __future__ import annotations

import pytest

from tests.script.practice.seen import (
    case,
    imported_well,
    only,
    read_case,
    spoken,
    taken,
    taken_case,
    told_at,
    unpaused,
    words_of,
    written,
)

suffix = pytest.mark.parametrize("suffix", ["txt", "md"])


# A line that is nothing but marks is never a title


def test_marks_in_capitals_are_no_titles_in_the_case() -> None:
    seen = taken_case("01-caps-marks-alone.txt")
    only(
        seen, "Sit down.", "Look around.", "Hear the room.", "Stay a while.", "That is all.",
    )  # fmt: skip
    assert seen.between("Sit down", "Look around") == 6
    of_no_length = seen.between("Look around", "Hear the room")
    assert of_no_length > 0
    assert seen.between("Hear the room", "Stay a while") > of_no_length
    assert seen.bells == 1
    assert words_of(seen.title) == words_of("01 caps marks alone")


@pytest.mark.parametrize(
    "mark",
    [
        "[SILENCE: 8]",
        "[PAUSE 8 SECONDS]",
        "(PAUSE - 8 SECONDS)",
        "**[Pause 8 seconds]**",
        "*(8 second pause)*",
        "# [pauze 8 seconden]",
        "## (8 seconden stilte)",
        "### **PAUSE: 8 SECONDS**",
        "[STILTE 8 SEC]",
        "(8 SECONDEN STILTE)",
        "_[rest 8 s]_",
        "**(Wait: 8 seconds)**",
        "[8 SECOND SILENCE]",
        "- [pause 8s]",
        "> [Pause for 8 seconds]",
        "[Pauze: acht tellen]",
    ],
)
@suffix
def test_a_line_of_a_pause_is_that_pause_and_no_title(suffix: str, mark: str) -> None:
    seen = taken(f"Ga zitten, waar je wilt.\n\n{mark}\n\nKijk om je heen.\n", f"avond.{suffix}")
    only(seen, "Ga zitten, waar je wilt.", "Kijk om je heen.")
    assert seen.between("Ga zitten", "Kijk") == 8
    assert words_of(seen.title) == {"avond"}


@pytest.mark.parametrize(
    "mark",
    [
        "[PAUSE]", "PAUSE", "(LONG PAUSE)", "**PAUZE**", "# PAUZE", "*pauze*", "[STILTE]",
        "## Stilte", "(Lange stilte)", "[rest]", "*(korte pauze)*", "— pause —", "...PAUSE...",
        "_SILENCE_", "SILENCE", "[ Pause ]", "((pause))", "PAUZE:", "Pause:", "[SHORT PAUSE]",
    ],
)  # fmt: skip
@suffix
def test_a_line_of_a_pause_without_a_length_is_no_title(suffix: str, mark: str) -> None:
    seen = taken(f"Sit down where you like.\n\n{mark}\n\nLook around.\n", f"rest.{suffix}")
    only(seen, "Sit down where you like.", "Look around.")
    assert seen.between("Sit down", "Look around") > 0
    assert len(written(seen)) == 1, seen.heard


@pytest.mark.parametrize(
    "mark",
    [
        "[BELL]", "[bell]", "(bell)", "BELL", "**[Bell]**", "# BELL", "[BEL]", "(bel)", "[gong]",
        "(GONG)", "*gong*", "[chime]", "(Chimes)", "[singing bowl]", "(SINGING BOWL)", "[bowl]",
        "(bell rings)", "[Bell rings.]", "*(the bell rings)*", "[ring bell]", "(sound of a bell)",
        "[klankschaal]", "**(Klankschaal)**", "(de bel klinkt)", "[gong klinkt]", "KLANKSCHAAL",
        "[Tibetan bowl]", "(geluid van een klankschaal)", "## [BELL SOUND]", "[bel luidt]",
    ],
)  # fmt: skip
@suffix
def test_a_bell_is_known_by_all_its_names(suffix: str, mark: str) -> None:
    seen = taken(f"Ga zitten, als je wilt.\n\n{mark}\n\nKijk om je heen.\n", f"avond.{suffix}")
    only(seen, "Ga zitten, als je wilt.", "Kijk om je heen.")
    assert seen.bells == 1, seen.heard


@pytest.mark.parametrize("mark", ["[bell]", "(gong)", "(Bell rings)", "[KLANKSCHAAL]"])
@suffix
def test_a_bell_inside_of_words_is_struck_there(suffix: str, mark: str) -> None:
    seen = taken(f"Ga zitten. {mark} Kijk om je heen.\n", f"avond.{suffix}")
    only(seen, "Ga zitten.", "Kijk om je heen.")
    assert seen.bells == 1, seen.heard


@suffix
def test_a_word_of_marks_in_a_title_leaves_it_a_title(suffix: str) -> None:
    text = "# The bell tower\n\nSit down.\n\n# A rest by the sea\n\nLook around.\n"
    seen = taken(text, f"scan.{suffix}")
    assert seen.bells == 0
    unpaused(seen)
    kept = seen.words() | seen.title_words()
    assert words_of("The bell tower A rest by the sea") <= kept | words_of(*seen.told.values())


def test_pause_words_of_the_case_are_pauses_or_warned_of() -> None:
    seen = read_case("19-pause-words.md")
    warned = [one for one in seen.all_told if one.code == "W12"]
    assert len(written(seen)) == 4 or len(warned) == 4, (seen.heard, seen.told)


# Brackets that are not pauses


@pytest.mark.parametrize(
    "text",
    [
        "Ga zitten (neem even pauze als je wilt) en kijk.",
        "Sit (pause the recording whenever you want) and look.",
        "Kijk rond (de stilte van de nacht, vijf minuten van hier) en blijf.",
        "Breathe (in 4, or 5 seconds, as you like it) and look.",
        "Neem tien minuten (of langer) voor dit.",
        "After ten seconds (maybe less) you may look up.",
        "Blijf (wacht niet op iets dat komt) en kijk.",
        "The rest (of your body) may follow.",
        "Rest (on your back, for ten minutes or so, under a blanket) and look.",
        "It takes a minute (or sixty seconds of patience) to settle.",
        "Een stilte (hoe kort ook) is genoeg.",
        "Hear the bell (or imagine it) and stay.",
    ],
)
@suffix
def test_a_bracket_with_other_words_is_spoken_and_no_pause(suffix: str, text: str) -> None:
    seen = taken(f"Welkom hier.\n\n{text}\n\nGoed zo.\n", f"scan.{suffix}")
    imported_well(seen)
    spoken(seen, text)
    unpaused(seen)
    assert seen.bells == 0


# Comments


def test_comments_after_hashes_in_the_case_are_noted_once() -> None:
    seen = taken_case("39-hash-comments.txt")
    only(seen, "I am here.", "I have time.")
    told_at(seen, 1)
    assert len([one for one in seen.all_told if {*one.lines} & {1, 2, 4}]) == 1
    assert case("39-hash-comments.txt").startswith("#")


@pytest.mark.parametrize(
    "comments",
    [
        "# mijn regels\n# een per lijn\n# - kort",
        "#\n# notes for myself\n# read this slowly\n#",
        "# versie 2\n# niet delen\n#\n# bron: een boek",
        "## lines of the evening\n## one on each line\n## short",
    ],
)
def test_a_block_of_comments_is_silent_and_makes_no_chapters(comments: str) -> None:
    seen = taken(f"{comments}\n\nIk ben hier. Ik heb de tijd.\n")
    only(seen, "Ik ben hier.", "Ik heb de tijd.")
    assert seen.told_lines
