"""Words as they are compared."""

from __future__ import annotations

import pytest

from sessions.hearing.words import without_loops, words_of


def plain(text: str, language: str) -> list[str]:
    return [word.plain for word in words_of(text, language)]


@pytest.mark.parametrize(
    ("language", "written", "heard"),
    [
        ("nl", "Eén, twee, drieëntwintig…", "een 2 23"),
        ("nl", "Neem 'n kussen, oké?", "Neem een kussen ok"),
        ("nl", "Neem \u2019n kussen", "neem 'n kussen"),
        ("nl", "Twintig tellen", "20 tellen"),
        ("nl", "vijftig %", "50 procent"),
        ("en", "Twenty-one breaths. Okay.", "21 breaths, OK"),
        ("en", "fifty %", "50 percent"),
        ("en", "Don't hurry", "dont hurry"),
        ("en", "CAFÉ", "cafe"),
    ],
)
def test_what_sounds_alike_is_alike(language: str, written: str, heard: str) -> None:
    assert plain(written, language) == plain(heard, language)


@pytest.mark.parametrize(
    ("language", "written", "heard"),
    [
        ("nl", "ideeën", "ideeen"),
        ("nl", "buik", "boek"),
        ("en", "a breath", "one breath"),
        ("en", "twenty", "21"),
    ],
)
def test_what_sounds_otherwise_is_not(language: str, written: str, heard: str) -> None:
    assert plain(written, language) != plain(heard, language)


def test_a_word_is_known_as_it_was_written() -> None:
    assert [w.written for w in words_of("Eén GGZ, Twenty-One!", "en")] == [
        "Eén",
        "GGZ",
        "Twenty-One",
    ]


def test_letters_that_only_look_like_others_raise_nothing() -> None:
    assert plain("\u017fix n\u0131ne \u0130n one", "en")[-1] == "1"


@pytest.mark.parametrize(
    ("said", "left", "looped"),
    [
        ("rust rust rust rust", "rust", True),
        ("en uit en uit en uit en", "en uit", True),
        ("laat los laat los laat los en rust", "laat los en rust", True),
        ("stil stil", "stil stil", False),
        ("adem in adem uit", "adem in adem uit", False),
        ("", "", False),
    ],
)
def test_a_stretch_that_comes_three_times_is_left_once(said: str, left: str, looped: bool) -> None:  # noqa: FBT001
    found, circle = without_loops(words_of(said, "nl"))
    assert ([word.plain for word in found], circle) == (left.split(), looped)
