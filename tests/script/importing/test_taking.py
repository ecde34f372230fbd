"""A text from elsewhere becomes a script, and all that is not taken over is told in its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.errors import ScriptError
from sessions.script.importing.taking import read
from sessions.script.model import Break, Chapter, OneShot, Pause, Speech
from sessions.script.parser import parse
from sessions.script.scribe import MAX_PARTS
from sessions.script.writer import write
from tests.conftest import few
from tests.script.reading import without_places

if TYPE_CHECKING:
    from sessions.script.importing.taking import Imported

SCRIPTS = sorted((Path(__file__).parents[3] / "scripts").glob("*/*.md"))
PASTED = """\
BODY SCAN

Welcome to this practice... Take your time. (pause 5 seconds)
Notice your feet [60 second pause] and your (lovely) toes.

Breathing:

[soft music fades in] Breathe in. (voice slower) [bell] Breathe out.
***
- One last thing (long pause)
"""


def taken(text: str, path: str = "scan.txt") -> Imported:
    return read(text.encode(), path)


def outline(imported: Imported) -> list[str]:
    words = []
    for part in imported.script.parts:
        match part:
            case Speech():
                words.append(part.text)
            case Pause():
                words.append(f"[{part.seconds:g}]")
            case Chapter():
                words.append(f"# {part.title}")
            case OneShot():
                words.append("[bell]")
            case Break():
                words.append("-")
    return [word for word in words if word != "-"]


def test_a_pasted_text_becomes_a_script() -> None:
    imported = taken(PASTED)
    assert imported.script.meta.title == "Body scan"
    assert outline(imported) == [
        "Welcome to this practice...", "Take your time.", "[5]",
        "Notice your feet", "[60]", "and your (lovely) toes.",
        "# Breathing", "Breathe in.", "[bell]", "Breathe out.", "One last thing", "[10]",
    ]  # fmt: skip
    assert [(note.lines, note.message) for note in imported.notes] == [
        ((1, 6), "taken as a title, not spoken: 'BODY SCAN', 'Breathing:'"),
        ((8,), "a sound, not heard: '[soft music fades in]'"),
        ((8,), "how to say it, not done: '(voice slower)'"),
        ((10,), "a length of 10 s for 'long': '(long pause)'"),
    ]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_of_ours_comes_back_as_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    imported = read(text.encode(), f"{path.parent.name}/{path.name}")
    assert (imported.text, imported.notes) == (text, ())
    assert imported.script == parse(text, path=f"{path.parent.name}/{path.name}")


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("(pause 5 seconds)", 5), ("[60 second pause]", 60), ("(Pauze: 2 minuten)", 120),
        ("[PAUSE 10]", 10), ("(pauze van 10 tellen)", 10), ("(5-10 second pause)", 5),
        ("(1 to 2 minute silence)", 60), ("[short pause]", 3), ("(lange stilte)", 10),
        ("(pause)", 5), ("(30-second pause)", 30), ("(pauze 1,5 min)", 90),
        ("(pauze 999 min)", 3600),
    ],
)  # fmt: skip
def test_a_pause_is_understood_as_people_describe_it(words: str, seconds: float) -> None:
    assert outline(taken(f"One {words} two.")) == ["One", f"[{seconds:g}]", "two."]


def test_a_bell_in_a_paragraph_of_its_own_keeps_it() -> None:
    assert taken("One.\n\n[bell]\n\nTwo.").text.endswith("One.\n\n[bell]\n\nTwo.\n")


def test_too_long_a_text_is_refused_where_it_gets_too_long() -> None:
    with pytest.raises(ScriptError, match=f"more than {MAX_PARTS} parts") as caught:
        taken("One.\n\n" * MAX_PARTS)
    (problem,) = caught.value.problems
    assert (problem.source.line, problem.text) == (MAX_PARTS + 1, "One.")


def test_a_text_without_words_is_refused() -> None:
    with pytest.raises(ScriptError, match="nothing to speak"):
        taken("[music]\n...")


def test_many_notes_in_a_long_line_are_one_that_counts_them() -> None:
    (note, *_) = taken("Ja.\n\n" + "[zucht] " * 50_000 + "ja").notes
    assert note.message == "a stage direction, not spoken: '[zucht]'"
    assert (note.lines, note.count) == ((3,), 50_000)


def test_a_note_names_every_line_of_what_it_is_about() -> None:
    (note,) = taken("Ja.\n\nNee [zij zucht\nen lacht\nzacht] en ja.").notes
    assert note.lines == (3, 4, 5)


def test_what_cannot_be_read_in_front_matter_takes_nothing_else_with_it() -> None:
    front = "# mine\n \"\ntitle: Zee\nsummary: 'half\nauthor: {Anna\n  of: b\nmood: ok\n"
    imported = taken(f"---\n{front}---\nDag.", "zee.md")
    meta = imported.script.meta
    assert (meta.title, meta.summary, meta.author) == ("Zee", "'half", "{Anna")
    assert {line for note in imported.notes for line in note.lines} == {2, 3, 7, 8}


def test_a_comment_in_front_matter_is_told_and_keeps_the_script_ours() -> None:
    imported = taken("---\ntitle: Zee\n# for Anna\n---\nDag. [soft]\nJa.\n[end]", "zee.md")
    (note,) = imported.notes
    assert (note.lines, note.message) == ((3,), "a comment, not spoken: '# for Anna'")
    assert "[soft: Ja.]" in imported.text


def test_a_value_of_another_program_is_no_value_of_ours() -> None:
    imported = taken("Hello {name}, and {their words}. Sit down. {iemand} too.")
    assert [name for name, _ in imported.script.named] == ["name"]
    assert [note.message for note in imported.notes] == ["a name to be filled in: '{name}'"]


PIECES = (
    *"()[]<>/&;.-#*:\"' \n",
    *("pause 5s", "Ja. ", "KOP\n\n", "...", "<s>", "</s>", "<p>", "</p>", "<speak>", "</speak>"),
    *("<break time='2s'/>", "<sub alias='b'>", "</sub>", "&amp;", "é日", "<!DOCTYPE x>", "\x00"),
    *("{naam}", "<prosody rate='slow'>", "</prosody>", "[zacht]", "[einde]", "[0:20]", "---\n"),
    *("title: x\n", "| a | b |\n", "| --- | --- |\n", "```\n", "<!--", "-->", "1. ", "3. ", "• "),
)


@few(200)
@given(
    st.sampled_from([".txt", ".md", ".ssml", ".html", ".json", ".srt", ".vtt", ".rtf"]),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30).map("".join),
)
def test_any_text_becomes_a_script_that_is_written_as_it_is_or_an_error(
    suffix: str, text: str
) -> None:
    try:
        imported = read(text.encode(errors="replace"), f"a{suffix}")
    except ScriptError:
        return
    again = parse(write(imported.script), path="a.md")
    assert without_places(again) == without_places(imported.script), write(imported.script)
