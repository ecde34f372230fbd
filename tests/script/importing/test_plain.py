from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.errors import MAX_PROBLEMS, ScriptError
from sessions.script.importing import READERS
from sessions.script.importing.plain import read
from sessions.script.model import Break, Chapter, OneShot, Pause, Speech
from sessions.script.parser import parse
from sessions.script.scribe import MAX_PARTS
from sessions.script.writer import write
from tests.conftest import few
from tests.script.reading import without_places

if TYPE_CHECKING:
    from sessions.script.importing.intake import Imported

PASTED = """\
BODY SCAN

Welcome to this practice... Take your time. (pause 5 seconds)
Notice your feet [60 second pause] and your (lovely) toes.

Breathing:

[soft music fades in] Breathe in. (voice slower) [bell] Breathe out.
***
- One last thing (long pause)
"""


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
    imported = read(PASTED, "scan.txt", None)
    assert imported.script.meta.title == "Body scan"
    assert outline(imported) == [
        "# Body scan", "Welcome to this practice.", "[3]", "Take your time.", "[5]",
        "Notice your feet", "[60]", "and your (lovely) toes.",
        "# Breathing", "Breathe in.", "[bell]", "Breathe out.", "One last thing", "[10]",
    ]  # fmt: skip
    assert [(note.source.line, note.message.split(": ")[1]) for note in imported.notes] == [
        (8, "'soft music fades in'"), (8, "'voice slower'"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("(pause 5 seconds)", 5), ("[60 second pause]", 60), ("(Pauze: 2 minuten)", 120),
        ("[PAUSE 10]", 10), ("(pauze van 10 tellen)", 10), ("(5-10 second pause)", 5),
        ("(1 to 2 minute silence)", 60), ("[short pause]", 3), ("(lange stilte)", 10),
        ("(pause)", 5), ("(30-second pause)", 30), ("(pauze 1,5 min)", 90), ("(pause 9999 min)", 5),
    ],
)  # fmt: skip
def test_a_pause_is_understood_as_people_describe_it(words: str, seconds: float) -> None:
    assert outline(read(f"One {words} two.", "a.txt", None)) == ["One", f"[{seconds:g}]", "two."]


def test_a_bell_in_a_paragraph_of_its_own_keeps_it() -> None:
    draft = read("One.\n\n[bell]\n\nTwo.", "a.txt", None).script
    assert write(draft).endswith("One.\n\n[bell]\n\nTwo.\n")


def test_too_long_a_text_is_refused_where_it_gets_too_long() -> None:
    with pytest.raises(ScriptError, match=f"more than {MAX_PARTS} parts") as caught:
        read("One.\n\n" * MAX_PARTS, "a.txt", None)
    (problem,) = caught.value.problems
    assert (problem.source.line, problem.text) == (MAX_PARTS + 1, "One.")


def test_a_text_without_words_is_refused() -> None:
    with pytest.raises(ScriptError, match="nothing to speak"):
        read("[music]\n...", "a.txt", None)


def test_of_many_notes_in_a_long_line_the_first_are_kept_and_the_rest_counted() -> None:
    imported = read("Ja.\n\n" + "[einde] " * 50_000 + "ja", "a.txt", None)
    assert (len(imported.notes), imported.more) == (MAX_PROBLEMS, 50_000 - MAX_PROBLEMS)


@few(100)
@given(
    st.sampled_from([".txt", ".md"]),
    st.lists(
        st.sampled_from(
            [
                *"()[]<>/&;.-#*:\"' \n",
                "pause 5s",
                "Ja. ",
                "KOP\n\n",
                "...",
                "<s>",
                "</s>",
                "<p>",
                "</p>",
                "<speak>",
                "</speak>",
                "<break time='2s'/>",
                "<sub alias='b'>",
                "</sub>",
                "&amp;",
                "é日",
                "<!DOCTYPE x>",
                "\x00",
                "{naam}",
                "<prosody rate='slow'>",
                "</prosody>",
            ]
        )
        | st.text(max_size=5),
        max_size=30,
    ).map("".join),
)
def test_any_text_becomes_a_script_that_is_written_as_it_is_or_an_error(
    suffix: str, text: str
) -> None:
    try:
        imported = READERS[suffix](text, f"a{suffix}", None)
    except ScriptError:
        return
    again = parse(write(imported.script), path="a.md")
    assert without_places(again) == without_places(imported.script), write(imported.script)
