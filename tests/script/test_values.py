from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.script.page import Misread
from sessions.script.values import (
    MAX_FILLED_CHARACTERS,
    MAX_VALUE_CHARACTERS,
    Unfilled,
    checked,
    encoded,
    filled,
    masked,
    plain,
    referenced,
)


@pytest.mark.parametrize(
    ("text", "naam", "result"),
    [
        ("Dag {naam}.", "Anna", "Dag Anna."),
        ("Dag{naam?, {naam}}.", "Anna", "Dag, Anna."),
        ("Dag{naam?, {naam}}.", "", "Dag."),
        ("{naam?{plek?Dag {naam} in {plek}. }}Ja.", "Anna", "Dag Anna in Gent. Ja."),
        ("{ naam }", "{plek} [pauze 4s] *x*", "{plek} [pauze 4s] *x*"),
        ("{ } {1} \\{naam\\} }", "Anna", "{ } {1} {naam} }"),
    ],
)
def test_values_are_filled_in_as_they_are(text: str, naam: str, result: str) -> None:
    assert result == filled(encoded(text), {"naam": naam, "plek": "Gent"})


@pytest.mark.parametrize(
    ("values", "message", "remedy"),
    [
        ({}, "has no text", "--set naam=..."),
        ({"naam": ""}, "is empty here", "{naam?...}"),
        ({"Naam": "Anna"}, "has no text", "did you mean `{Naam}`?"),
    ],
)
def test_a_value_that_is_not_there_is_refused(
    values: dict[str, str], message: str, remedy: str
) -> None:
    with pytest.raises(Unfilled) as caught:
        filled(encoded("Dag {naam}."), values)
    assert message in caught.value.message
    assert remedy in caught.value.remedy


def test_a_missing_value_in_words_that_go_is_not_missed() -> None:
    assert filled(encoded("Ja{naam?, {ander}}."), {}) == "Ja."


def test_a_line_cannot_be_filled_beyond_its_limit() -> None:
    text = encoded("{naam}" * 11)
    with pytest.raises(Unfilled, match=f"more than {MAX_FILLED_CHARACTERS}"):
        filled(text, {"naam": "x" * MAX_VALUE_CHARACTERS})


@pytest.mark.parametrize(
    ("name", "text"), [("", "x"), ("a b", "x"), ("1", "x"), ("naam", "\x1b[2J"), ("n", "x" * 301)]
)
def test_a_value_that_cannot_be_used_is_refused(name: str, text: str) -> None:
    with pytest.raises(Misread):
        checked(name, text)


def test_no_sentence_ends_inside_a_reference() -> None:
    text = encoded("Dag {naam? Hoi. {naam}! Ja}. Nee")
    assert len(masked(text)) == len(text)
    assert masked(text).count(".") == 1
    assert list(referenced(text)) == ["naam", "naam"]


@given(st.text(alphabet="{}?\\ abn", max_size=40))
def test_a_reference_survives_writing(text: str) -> None:
    try:
        parsed = encoded(text)
    except Misread:
        return
    assert encoded(plain(parsed)) == parsed
