from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.errors import MAX_PROBLEMS, Problem, ScriptError, Source
from sessions.script.expand import write_out
from sessions.script.model import (
    BedChange,
    Breath,
    Draft,
    End,
    Include,
    Language,
    Layer,
    Manner,
    OneShot,
    Pause,
    Repeat,
    Speech,
    Style,
    Until,
)
from sessions.script.page import Misread
from sessions.script.parser import parse, read_through
from sessions.script.values import OPEN
from sessions.script.writer import write
from tests.conftest import few
from tests.script.reading import outline, parts, without_places

HERE = Source("a.md", 1, 1)


def test_a_session_becomes_its_parts_in_order() -> None:
    text = """\
# Aankomen
Ga liggen. Het mag. [pauze 4s]
[adem in 4 uit 6 keer 10]

# Voeten
Voel je voeten. [pauze 8s..30s] Goed zo.

---

[bel]
"""
    assert outline(text) == [
        "<chapter>", "# Aankomen",
        "Ga liggen.", "<sentence>", "Het mag.", "[pause]", "[breath]", "<paragraph>",
        "<chapter>", "# Voeten",
        "Voel je voeten.", "[pause]", "Goed zo.", "<paragraph>",
        "<section>",
        "[oneshot]", "<paragraph>",
    ]  # fmt: skip


def test_a_bell_after_a_sentence_keeps_the_pause_of_that_sentence() -> None:
    assert outline("Klaar. [bel] Nu dan")[:4] == ["Klaar.", "<sentence>", "[oneshot]", "Nu dan"]


def test_a_directive_inside_a_sentence_makes_no_sentence_end() -> None:
    assert outline("Ik ben [pauze 2s] veilig.") == ["Ik ben", "[pause]", "veilig.", "<paragraph>"]


def test_lines_of_a_paragraph_run_on_and_keep_their_places() -> None:
    found = [
        part for part in parts("Een twee\ndrie. Vier\nvijf.\n  Zes.") if isinstance(part, Speech)
    ]
    assert [part.text for part in found] == ["Een twee drie.", "Vier vijf.", "Zes."]
    assert [(p.source.line, p.source.column) for p in found] == [(1, 1), (2, 7), (4, 3)]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_newlines_and_a_byte_order_mark_change_no_place(newline: str, mark: str) -> None:
    text = mark + newline.join(["---", "title: x", "---", "# A", "", "Hallo."])
    script = parse(text, path="a.md")
    assert [str(part.source) for part in script.parts] == [
        "a.md:4:1", "a.md:4:1", "a.md:6:1", "a.md:6:6",
    ]  # fmt: skip


def test_the_language_comes_from_the_argument_then_the_script_then_the_folder() -> None:
    english = "---\nlanguage: en\n---\nHet is de rust van het huis."
    given = parse(english, path="nl/a.md", language=Language.DUTCH)
    assert Language.DUTCH == given.meta.language  # noqa: SIM300 - expected on the left
    assert parse(english, path="nl/a.md").meta.language == Language.ENGLISH
    assert parse(english[19:], path="en/a.md").meta.language == Language.ENGLISH
    assert parse("Let the day go and rest.", path="a.md").meta.language == Language.ENGLISH
    assert parse("Mmm.", path="a.md").meta.language == Language.DUTCH
    speech = parse(english, path="nl/a.md").parts[0]
    assert isinstance(speech, Speech)
    assert speech.style.language == Language.ENGLISH


def test_the_hash_is_of_the_text_as_given() -> None:
    text = "\ufeffHallo é.\r\n"
    assert parse(text, path="a.md").sha256 == hashlib.sha256(text.encode()).hexdigest()


MARKDOWN = st.lists(
    st.sampled_from(
        [*"[]()*_~`<>!&;#-=|\\\"'.:?/ \n\t\r1", "pause 4s", "[bell]", "a", "Bé", "<!--", "-->",
         "---\n", "```\n", "&amp;", "[a](b)", "\n\n", "title: x", "日", "🙂", "\u0301", "\x00",
         "\ufeff", "\u2028", "- ", "1. ", "[zacht]", "[soft: ", "[end]", "[repeat 2]", "{naam}",
         "{naam?", "}", "[say as: b | c]", "[include x]", "[tot 1:00]", "[lang en: "]
    ),
    max_size=80,
).map("".join)  # fmt: skip


def check_problems(found: tuple[Problem, ...], lines: list[str]) -> None:
    assert 1 <= len(found) <= MAX_PROBLEMS
    for problem in found:
        assert problem.text == lines[problem.source.line - 1]
        assert 1 <= problem.source.column <= len(problem.text) + 1
        assert problem.remedy


@few(400)
@given(st.one_of(st.text(max_size=200), MARKDOWN))
@example("---\n---")
@example("[]" * 30)
@example("![a](b)![")
def test_any_text_gives_a_script_or_a_script_error_with_true_places(text: str) -> None:
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    try:
        script = parse(text, path="a.md")
    except ScriptError as error:
        check_problems(error.problems, lines)
        return
    sources = [part.source for part in script.parts]
    assert sources == sorted(sources)
    for part in script.parts:
        line = lines[part.source.line - 1]
        assert 1 <= part.source.column <= len(line)
        if isinstance(part, Pause | OneShot | Breath | Include | Until):
            assert line[part.source.column - 1] in {"[", "(", "<"}
        if isinstance(part, Speech):
            assert any(mark.isalnum() or mark == OPEN for mark in part.text)
            assert part.text == " ".join(part.text.split())
            first = line[part.source.column - 1]
            assert first in {part.text[0], "&", "{", "["}


@few(400)
@given(st.lists(st.sampled_from((
    "Ja. ", "{naam} ", "[paus 2s]", "[vak nul]", "[vak 5s]", "[herhaal 2]", "[herhaal x]",
    "[zacht]", "[einde]", "[einde x]", "[stem a b: ", "]", "[", "\n\n", "\n# Kop ", "[include x]",
    "(pauze 2s)",
)), max_size=12).map("".join))  # fmt: skip
def test_what_cannot_be_read_is_left_out_of_a_script_that_can(text: str) -> None:
    draft, found = read_through(text, path="nl/a.md")
    assert found or draft == parse(text, path="nl/a.md")
    if any(isinstance(part, Speech | Include) for part in draft.parts):
        again = parse(write(draft), path="nl/a.md")
        assert without_places(again) == without_places(draft)
    full, _ = write_out(draft, {}, unavailable)
    assert not any(isinstance(part, Repeat | End | Include) for part in full.parts)


def unavailable(_name: str, _draft: Draft) -> Draft:
    raise Misread("no such script", "write another")


def styles(text: str) -> list[tuple[str, Style]]:
    return [(part.text, part.style) for part in parts(text) if isinstance(part, Speech)]


def test_styles_hold_from_their_name_to_their_end_and_inside_of_each_other() -> None:
    plain = Style(Language.DUTCH)
    soft = replace(plain, manner=Manner.SOFT)
    assert styles("Een. [zacht] Twee.\n\n[traag: drie] vier [einde] vijf [lang en: six] zes.") == [
        ("Een.", plain), ("Twee.", soft), ("drie", replace(soft, slow=True)), ("vier", soft),
        ("vijf", plain), ("six", replace(plain, language=Language.ENGLISH)), ("zes.", plain),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("[whisper: ja]", Style(Language.DUTCH, Manner.WHISPER)),
        ("[fluister ja]", Style(Language.DUTCH, Manner.WHISPER)),
        ("[soft] ja [/soft]", Style(Language.DUTCH, Manner.SOFT)),
        ("[stem piper:nathalie: ja]", Style(Language.DUTCH, voice="piper:nathalie")),
        ("[voice: tone] ja [end voice]", Style(Language.DUTCH, voice="tone")),
        ("[taal: en] ja [einde]", Style(Language.ENGLISH)),
    ],
)
def test_a_style_has_a_form_for_words_and_one_for_pages(text: str, style: Style) -> None:
    assert [("ja", style)] == styles(f"---\ntaal: nl\n---\n{text}")


def test_a_sentence_keeps_its_pause_before_words_in_a_style() -> None:
    assert outline("Een. [zacht: Twee.] Drie.") == [
        "Een.", "<sentence>", "Twee.", "<sentence>", "Drie.", "<paragraph>",
    ]  # fmt: skip


def test_words_said_otherwise_stay_in_their_sentence() -> None:
    (speech, _) = parts("Het is [zeg als: achttien graden | 18. C] in de *kamer*.")
    assert isinstance(speech, Speech)
    assert speech.text == "Het is 18. C in de kamer."
    assert speech.spoken == "Het is achttien graden in de kamer."


def test_words_said_otherwise_are_said_once_whatever_unseen_marks_cut_them() -> None:
    (speech, _) = parts("Het is [zeg als: achttien | 1\u00ad8] graden.")
    assert isinstance(speech, Speech)
    assert (speech.text, speech.spoken) == ("Het is 18 graden.", "Het is achttien graden.")


def test_a_pause_without_a_length_is_that_after_a_sentence() -> None:
    assert outline("Een [pauze] twee. [pauze 2s] Drie.")[:3] == ["Een", "<sentence>", "twee."]


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("(pauze 4s)", 4), ("(pause 5 seconds)", 5), ("( 5 second pause )", 5),
        ("(stilte van vijf seconden)", 5), ("(10 tellen stilte)", 10), ("(PAUSE: 2)", 2),
    ],
)  # fmt: skip
def test_a_pause_in_round_brackets_is_one(words: str, seconds: float) -> None:
    first, pause, last, _ = parse(f"Een. {words} Twee.").parts
    assert isinstance(pause, Pause)
    assert (pause.seconds, pause.source.column) == (seconds, 6)
    assert [part.text for part in (first, last) if isinstance(part, Speech)] == ["Een.", "Twee."]


@pytest.mark.parametrize(
    "words", ["(pauze)", "(wacht 5 beurten)", "(rust)", "(4s)", "(pauze 4s", "(pauze {hoe} 4s)"]
)
def test_other_words_in_round_brackets_are_words(words: str) -> None:
    parts = parse(f"Een {words} twee.").parts
    assert not any(isinstance(part, Pause) for part in parts)
    assert len([part for part in parts if isinstance(part, Speech)]) == 1


def test_the_break_of_ssml_is_a_pause_in_markdown_too() -> None:
    assert outline('Een. <break time="2s"/> Twee <break/> drie. </break>') == [
        "Een.", "[pause]", "Twee", "<sentence>", "drie.", "<paragraph>",
    ]  # fmt: skip


def test_the_other_directives_become_parts() -> None:
    found = parts(
        "---\ntaal: nl\n---\nA. [tot 1:30] [klank mijn gong -3 dB] [achtergrond zee -6 dB, drone]"
        " [achtergrond geen] [pauze 8..30 x2] [adem 4 6 keer 2 tel mee] "
        "[zacht][include x n=1][einde]"
    )[1:-1]
    there = found[2].source
    assert [replace(part, source=HERE) for part in found] == [
        Until(90.0, HERE), OneShot("mijn gong", HERE, -3.0),
        BedChange((Layer("zee", -6.0, there), Layer("drone", 0.0, there)), HERE),
        BedChange((), HERE), Pause(8.0, 30.0, HERE, 2.0),
        Breath(4, 0, 6, 0, 2, HERE, Style(Language.DUTCH)),
        Include("x", (("n", "1"),), HERE, Style(Language.DUTCH, Manner.SOFT)),
    ]  # fmt: skip
