"""What was written against what was heard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.hearing.compare import compared

WORDS = st.lists(st.sampled_from(["rust", "adem", "buik", "schouder"]), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("written", "heard", "understood", "errors"),
    [
        ("Laat je buik zacht worden.", "laat je boek zacht worden", 4, 1),
        ("Laat je buik zacht worden.", "laat je zacht worden", 4, 1),
        ("Laat je buik zacht worden.", "laat je je buik zacht worden", 5, 1),
        ("Begin de bodyscan nu", "begin de body scan nu", 4, 0),
        ("Begin de body-scan nu", "begin de bodyscan nu", 5, 0),
        ("Adem in.", "", 0, 2),
        ("Adem in.", "iets heel anders dan dat", 0, 5),
    ],
)
def test_words_are_counted(written: str, heard: str, understood: int, errors: int) -> None:
    found = compared(written, heard, "nl")
    assert (found.understood, found.errors) == (understood, errors)


def test_words_that_differ_are_told_together() -> None:
    (one,) = compared("Voel nu je buik en rust", "voel u boek en rust", "nl").mishearings
    assert [word.written for word in one.written] == ["nu", "je", "buik"]
    assert [word.written for word in one.heard] == ["u", "boek"]


def test_a_loop_is_told_and_costs_no_words() -> None:
    found = compared(
        "Rust nu maar uit.", "rust nu maar uit rust nu maar uit rust nu maar uit", "nl"
    )
    assert found.looped
    assert (found.understood, found.errors) == (4, 0)


def test_who_repeats_is_heard_to_repeat() -> None:
    found = compared("Rust, rust, rust.", "rust rust rust", "nl")
    assert not found.looped
    assert found.understood == 3


def test_what_the_voice_was_given_is_right_too() -> None:
    assert compared("De GGZ helpt", "de gee gee zet helpt", "nl").errors
    assert not compared("De GGZ helpt", "de gee gee zet helpt", "nl", "De gee gee zet helpt").errors
    assert not compared("De GGZ helpt", "de GGZ helpt", "nl", "De gee gee zet helpt").errors


@given(WORDS)
def test_a_line_that_is_heard_as_it_is_has_no_errors(line: str) -> None:
    found = compared(line, line, "nl")
    assert (found.errors, found.understood, found.mishearings) == (0, found.words, ())


@given(WORDS, WORDS)
def test_errors_are_within_their_bounds(line: str, heard: str) -> None:
    found = compared(line, heard, "nl")
    assert 0 <= found.understood <= found.words
    assert found.words - found.understood <= found.errors
    assert found.errors <= max(found.words, len(heard.split()))
