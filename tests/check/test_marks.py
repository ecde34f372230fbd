"""Warnings of what is spoken though nobody meant it."""

# ruff: noqa: RUF001 -- the signs that people type are the point

from __future__ import annotations

from pathlib import Path

import pytest

from sessions.check.marks import for_the_maker, spoken_marks
from sessions.check.reading import Reading
from sessions.script.expand import expand
from sessions.script.model import Language
from sessions.script.parser import parse
from tests.script.phrases.ordinary import SPOKEN

SCRIPTS = Path(__file__).parents[2] / "scripts"


def told(text: str, language: str = "en") -> list[tuple[str, int, str]]:
    """Return code, line of the text and the characters that are marked, of every warning."""
    draft = parse(text, path="a.md", language=Language(language))
    reading = Reading(draft, expand(draft, {}, lambda _name, _draft: draft))
    found = [
        (code, source.line, text.split("\n")[source.line - 1][source.column - 1 :][: source.length])
        for code, find in (("W12", spoken_marks), ("W19", for_the_maker))
        for source, *_ in find(reading)
    ]
    return sorted(found, key=lambda one: one[1])


def test_pause_words_in_any_dress_are_told_with_what_to_write() -> None:
    text = "Rust. *pauze* Kijk.\n\n_- Pause -_\n\nAdem. — pauze — Klaar.\n\n**PAUSE**\n\nGoed."
    assert told(text, "nl") == [
        ("W12", 1, "*pauze*"), ("W12", 3, "_- Pause -_"), ("W12", 5, "— pauze —"),
        ("W12", 7, "**PAUSE**"),
    ]  # fmt: skip
    draft = parse(text, path="a.md", language=Language.DUTCH)
    reading = Reading(draft, expand(draft, {}, lambda _name, _draft: draft))
    assert {found[2:] for found in spoken_marks(reading)} == {("write `[pauze 5s]`",)}


def test_what_is_for_the_maker_is_told_at_each_place_and_a_section_once() -> None:
    text = (
        "**Length:** about 5 minutes\n**Music:** one long low tone\n\n"
        "**(0:00 - 0:40) Opening**\n*(Sound of rain on a roof)*\nSit down and listen.\n\n"
        "# How to record this\nSpeak slowly and stay close to the microphone.\n(softly) Yes.\n"
    )
    assert told(text) == [
        ("W19", 1, "**Length:** about 5 minutes"), ("W19", 2, "**Music:** one long low tone"),
        ("W19", 4, "**(0:00 - 0:40) Opening**"), ("W19", 5, "*(Sound of rain on a roof)*"),
        ("W19", 8, "# How to record this"),
    ]  # fmt: skip


def test_a_header_that_was_not_opened_is_told() -> None:
    text = "A Lake at Night\nDuration: 12 minutes\nAmbient: rain\n\nYou stand beside a lake.\n"
    assert told(text) == [("W19", 2, "Duration: 12 minutes"), ("W19", 3, "Ambient: rain")]


def test_speaker_keys_are_told() -> None:
    text = "intro-one: Sit down.\n\nintro-two: Look around.\n"
    assert told(text) == [("W19", 1, "intro-one: "), ("W19", 3, "intro-two: ")]


def test_names_that_come_back_are_told() -> None:
    assert told("Anna: Sit down.\n\nBEN: I sit.\n\nAnna: Good.\n\nRAIN: Recognize.") == [
        ("W19", 1, "Anna: "), ("W19", 5, "Anna: "),
    ]  # fmt: skip


def test_a_table_is_told_at_its_heading_row() -> None:
    text = (
        "| Time | Voice | Sound |\n| --- | --- | --- |\n| 0:00 | Look around. | (rain begins) |\n"
    )
    assert told(text) == [("W19", 1, "| Time | Voice | Sound |")]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Sit. (bell rings) Go.", "(bell rings)"), ("Sit.\n\n*Bell*\n\nGo.", "*Bell*"),
        ("Sit. *long pause* Go.", "*long pause*"), ("Sit.\n\nPAUSE\n\nGo.", "PAUSE"),
        ("Sit. (rest for a while) Go.", "(rest for a while)"), ("Sit. (3 breaths) Go.",
        "(3 breaths)"),
        ("Sit. ~ pause ~ Go.", "~ pause ~"), ("Sit. - pause - Go.", "- pause -"),
        ("Sit.\n\n- pause\n\nGo.", "pause"), ("> *silence*\n\nGo.", "*silence*"),
        ("Sit\ndown. *pause* Go.", "*pause*"), ("Sit.\n\n__Pause 5 seconds__\n\nGo.",
        "__Pause 5 seconds__"),
    ],
)  # fmt: skip
def test_marks_are_told_once(text: str, mark: str) -> None:
    assert [(code, words) for code, _, words in told(text)] == [("W12", mark)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sit. (softly) Go.", "(softly)"), ("[soft: Sit. (music fades) Go.]", "(music fades)"),
        ("NARRATOR: Sit.", "NARRATOR: "), ("Sit.\n\nTODO\n\nGo.", "TODO"),
        ("Sit.\n\nPage 3 of 7\n\nGo.", "Page 3 of 7"),
        ("Sit.\n\nwww.example.org\n\nGo.", "www.example.org"), ("0:15 Look up.", "0:15 "),
        ("- Duration: 20 min\n- Sit.", "Duration: 20 min"), ("Sit. *(warm, low tone)* Go.",
        "*(warm, low tone)*"),
        ("Note to narrator: slow down.", "Note to narrator: slow down."),
    ],
)  # fmt: skip
def test_what_is_for_the_maker_is_told_once(text: str, words: str) -> None:
    assert [(code, said) for code, _, said in told(text)] == [("W19", words)]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Sit. /pauze/ Go.", "/pauze/"), ("Sit.\n\n---5 sec---\n\nGo.", "---5 sec---"),
        ("Sit. --pause-- Go.", "--pause--"), ("Sit. ^pauze 5^ Go.", "^pauze 5^"),
        ("Sit. @pauze@ Go.", "@pauze@"), ("Sit. #pauze10 Go.", "#pauze10"),
        ("Sit.\n#10s#\nGo.", "#10s#"), ("Sit. (P) Go.", "(P)"), ("Sit. (kort) Go.", "(kort)"),
        ("Sit.\n\nPAUSE 10 SECONDS\nGo.", "PAUSE 10 SECONDS"),
        ("Sit.\n\nPAUSE.\n\nGo.", "PAUSE."),
        ("Sit.\n\nwacht 5 sec.\n\nGo.", "wacht 5 sec."), ("Sit. *beat* Go.", "*beat*"),
        ("Sit.\n\n⏸️ 10 sec\n\nGo.", "⏸️ 10 sec"), ("Sit. (15’’) Go.", "(15’’)"),
        ("Sit. (silently count to 5) Go.", "(silently count to 5)"),
        ("Sit. (take a moment) Go.", "(take a moment)"), ("Sit. (pause…) Go.", "(pause…)"),
        ("Sit. (give them time) Go.", "(give them time)"), ('Sit. (3") Go.', '(3")'),
        ("Sit. (pause: 3 deep breaths) Go.", "(pause: 3 deep breaths)"),
        ("Sit. (pause for 2 or 3 breaths) Go.", "(pause for 2 or 3 breaths)"),
        ("Sit. (pause and breathe) Go.", "(pause and breathe)"),
        ("Sit. (hold for 5) Go.", "(hold for 5)"), ("Sit. 【pause】 Go.", "【pause】"),
        ("Sit. (anderhalve minuut) Go.", "(anderhalve minuut)"),
    ],
)  # fmt: skip
def test_marks_in_signs_are_told(text: str, mark: str) -> None:
    assert [(code, words) for code, _, words in told(text)] == [("W12", mark)]


@pytest.mark.parametrize("sign", ["*", "$", "||", "^"])
def test_a_sign_left_over_is_told(sign: str) -> None:
    assert told(f"Come to rest. {sign} Breathe in.") == [("W19", 1, sign)]


def test_a_repetition_is_told_with_its_remedy() -> None:
    draft = parse("I am calm. (x3)", path="a.md", language=Language.ENGLISH)
    reading = Reading(draft, expand(draft, {}, lambda _name, _draft: draft))
    remedy = "leave it out, or write `[repeat 3]` above what is repeated and `[end]` below it"
    assert [found[2:] for found in for_the_maker(reading)] == [(remedy,)]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: x\nminutes: 20\nsummary: Duration 20 min\n---\nSit.",
        "<!-- Duration: 20 min -->\nSit.",
        "Sit. [pause 5s] Go.", "Sit. (pause 5 seconds) Go.", "Sit.\n\n```\nMusic: loud\n```\n",
        "# Opening\n\nSit.",
        "# Recording notes\n\n# Sit\n\nSit down.", "Sit. [bell] [pause 9s]",
        "Sit. \\(softly\\) Go.",
    ],
)  # fmt: skip
def test_what_is_not_spoken_is_not_told(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("language", Language)
def test_ordinary_lines_are_not_told(language: Language) -> None:
    assert told("\n\n".join(SPOKEN[language]), str(language)) == []


@pytest.mark.parametrize("path", sorted(SCRIPTS.rglob("*.md")), ids=lambda path: path.stem)
def test_the_catalogue_is_not_told_of(path: Path) -> None:
    assert told(path.read_text(encoding="utf-8"), path.parent.name) == []
