"""What counts as understood, word by word."""

from __future__ import annotations

import pytest

from sessions.hearing.words import Difference, compared
from sessions.script.model import Language

NL, EN = Language.DUTCH, Language.ENGLISH


@pytest.mark.parametrize(
    ("language", "said", "heard"),
    [
        (NL, "Leg één hand op je buik.", "leg een hand op je buik"),
        (NL, "Tel tot vierentwintig.", "Tel tot 24."),
        (NL, "Voel je onderrug, zo'n beetje.", "Voel je onder rug zo'n beetje"),
        (NL, "Laat 't los.", "Laat het los!"),
        (EN, "I'm here; don't hurry.", "I am hear. Dont hurry"),
        (EN, "The colour of the sea, realised.", "the color of the C realized"),
        (EN, "Hold for twenty-one, then two.", "Hold for 21, then to."),
        (EN, "Your fingertips and tonight", "your finger tips and to night"),
    ],
)
def test_what_nobody_can_hear_is_no_difference(language: Language, said: str, heard: str) -> None:
    found = compared(said, heard, language)
    assert found.differences == ()
    assert found.wrong == 0
    assert found.words > 2


@pytest.mark.parametrize(
    ("said", "heard", "differences", "wrong"),
    [
        ("Voel je buik.", "Voel je boek.", [("buik", "boek")], 1),
        ("Voel je buik.", "Voel buik.", [("je", "")], 1),
        ("Voel je buik.", "Voel je dikke buik.", [("", "dikke")], 1),
        ("Voel je buik nu.", "Voor hun buik nu.", [("voel je", "voor hun")], 2),
        ("Ja en nee.", "", [("ja en nee", "")], 3),
        ("Uit.", "Ooit wel eens", [("uit", "ooit wel eens")], 1),
    ],
)
def test_what_differs_is_named_and_counted(
    said: str, heard: str, differences: list[tuple[str, str]], wrong: int
) -> None:
    found = compared(said, heard, NL)
    assert [(one.said, one.heard) for one in found.differences] == differences
    assert found.wrong == wrong
    assert not found.loop


def test_a_listener_that_goes_on_by_itself_is_told_from_a_voice_that_is_not_clear() -> None:
    found = compared("Laat los.", "Laat los. Laat los. Laat los. Laat los.", NL)
    assert found.loop
    assert not compared("Laat los.", "Laat het nu los.", NL).loop


def test_a_line_without_words_has_nothing_to_understand() -> None:
    found = compared("…", "", NL)
    assert (found.words, found.wrong, found.differences) == (0, 0, ())
    assert Difference("", "") not in found.differences
