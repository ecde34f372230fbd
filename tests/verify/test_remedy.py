"""What to paste where a line was understood otherwise: it must be a script of ours."""

from __future__ import annotations

import pytest

import sessions
from sessions.hearing.compare import compared
from sessions.script.model import Speech
from sessions.script.pronouncing import Pronunciation, pronounced
from sessions.verify.remedy import remedy, with_breath


def spoken(text: str) -> list[Speech]:
    script = sessions.loads(text)
    words = Pronunciation({}, script.meta.pronounce)
    script = pronounced(script, lambda line, style: words.said(line, style.language, "espeak"))
    return [part for part in script.parts if isinstance(part, Speech)]


@pytest.mark.parametrize(
    ("text", "heard", "row"),
    [
        ("Voel je buik.", "voel je boek", '{buik: ", buik,"}'),
        ("De GGZ helpt.", "de dieren helpt", "{GGZ: gee gee zet}"),
        ("Zeg d'accord nu.", "zeg dat nu", '{"d\'accord": ", d\'accord,"}'),
        ("Zeg true nu.", "zeg troe nu", '{"true": ", true,"}'),
    ],
)
def test_a_few_words_become_rows(text: str, heard: str, row: str) -> None:
    found = remedy(text, "nl", compared(text, heard, "nl"))
    assert found == f"pronounce: {row}"
    (line,) = spoken(f"---\nlanguage: nl\n{found}\n---\n{text}\n")
    assert line.text == text
    assert ("gee gee zet" in line.spoken) == ("GGZ" in text)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Het is nu heel stil hier.", "wat zeggen zij daar eigenlijk allemaal"),
        ("Nu is het 18 °C in huis.", "nu is het in huis"),
        ("Er is te veel.", "er is de veel"),
        ("Dat is [a|b] en {c} of *d*.", "iets anders dan dat"),
    ],
)
def test_other_lines_are_to_be_said_as_a_whole(text: str, heard: str) -> None:
    found = remedy(text, "nl", compared(text, heard, "nl"))
    line, after = spoken(f"---\nlanguage: nl\n---\n{found} Rust nu.\n")
    assert (line.text, after.text) == (text, "Rust nu.")


def test_a_line_is_given_as_it_is_spoken_now() -> None:
    comparison = compared("Bij 18 °C.", "nee", "nl", "Bij achttien graden.")
    found = remedy("Bij 18 °C.", "nl", comparison, "Bij achttien graden.")
    assert found == "[say as: Bij achttien graden | Bij 18 °C]."


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("Voel je voeten en je rug", ["voeten", "rug"], "Voel je, voeten, en je rug"),
        ("Rust, schouders, nu", ["schouders"], "Rust, schouders, nu"),
        ("Zware benen mogen rusten", ["Zware", "benen"], "Zware, benen, mogen rusten"),
        ("Dat (zachte) bed", ["zachte"], "Dat (zachte) bed"),
    ],
)
def test_breath_is_taken_around_a_word_where_there_is_none(
    text: str, words: list[str], said: str
) -> None:
    assert with_breath(text, words) == said


def test_what_was_understood_needs_none() -> None:
    assert not remedy("Rust nu.", "nl", compared("Rust nu.", "rust nu", "nl"))
