"""Text in UTF-8 that was read as something else."""

# ruff: noqa: RUF001 -- looks of bytes are what this is about

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.errors import ScriptError
from sessions.script.mojibake import damages, mended
from sessions.script.parser import parse

TEXTS = (
    "“Ga zitten” zeg je.", "Knieën los.", "Café op de hoek.", "’s Avonds", "Eén, twee — drie…",
    "crème brûlée", "naïef, reünie, coöperatie", "€ 5", "½ minuut", "20 °C", "voilà", "señor",
    "Łódź", "œuvre", "São Paulo", "Göteborg", "Rust 😊 maar ♥", "‘Rust’", "Ångström", "Über",
    "niño", "façade", "Zoë’s moeder", "rust–adem", "Дыши спокойно",
)  # fmt: skip


def garbled(text: str, encoding: str) -> str:
    """Return a text in UTF-8 as a program shows it that takes it for another encoding."""
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman", "cp850", "cp437"])
@pytest.mark.parametrize("text", TEXTS)
def test_what_was_read_wrongly_is_mended(text: str, encoding: str) -> None:
    wrong = garbled(text, encoding)
    assert mended(wrong) == text
    assert list(damages(wrong))


@pytest.mark.parametrize("text", TEXTS)
def test_so_is_what_was_read_wrongly_twice(text: str) -> None:
    assert mended(garbled(garbled(text, "cp1252"), "cp1252")) == text


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert mended(text) == text
    assert not list(damages(text))


@pytest.mark.parametrize(
    "text",
    [
        "“CAFÉ”", "‘IDEEËN’", "5 Å”", "«CAFÉ»", "Â la carte", "château", "Zoë", "hâte", "√2 ≈ 1,4",
        "¬ p", "ÄÖÜ", "MÜLLER’S", "„Ä“", "Ôte-toi", "NIÑO’S", "É…", "À™", "π × Γ", "├── map",
        "│ └── a", "ïe", "SÃO PAULO", "d’Âge", "Ð en ð", "5×½", "“Ä”",
    ],
)  # fmt: skip
def test_letters_with_marks_beside_signs_are_left_alone(text: str) -> None:
    assert not list(damages(text))


def test_a_sign_whose_last_byte_was_lost_is_mended_too() -> None:
    assert mended("â€œGa zittenâ€ zeg je. KnieÃ«n los. CafÃ© op de hoek.") == (
        "“Ga zitten” zeg je. Knieën los. Café op de hoek."
    )
    assert mended("voilÃ ") == "voilà "


def test_a_letter_that_is_lost_is_told_and_cannot_be_mended() -> None:
    (found,) = damages("Kom, knie\ufffdn los.")
    assert (found.start, found.stop, found.right) == (5, 11, "")
    (found,) = damages("knieï¿½n")
    assert found.right == ""


def test_quotes_that_were_taken_for_latin_1_are_an_error_that_says_so() -> None:
    with pytest.raises(ScriptError) as caught:
        parse(garbled("Dag.\n\n“Ga zitten.", "latin-1"), path="a.md")
    problem = caught.value.problems[0]
    assert (problem.source.line, problem.source.column) == (3, 2)
    assert "wrong encoding" in problem.remedy


def test_places_are_those_of_the_words() -> None:
    text = "Voel je knieÃ«n,\nen je\tCafÃ©."
    assert [(text[one.start : one.stop], one.right) for one in damages(text)] == [
        ("knieÃ«n,", "knieën,"), ("CafÃ©.", "Café."),
    ]  # fmt: skip


@given(st.text(alphabet=st.characters(max_codepoint=0x24F, exclude_categories=["Cc"])))
def test_plain_ascii_never_changes_and_nothing_fails(text: str) -> None:
    mended(text)
    assert (
        mended(text.encode("ascii", "ignore").decode()) == text.encode("ascii", "ignore").decode()
    )
