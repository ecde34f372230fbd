from __future__ import annotations

import pytest

from sessions.errors import ScriptError
from sessions.script.importing.ssml import read
from sessions.script.model import Language, Manner, Pause, Speech

DOCUMENT = """<?xml version="1.0"?>
<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-GB">
  <p><s>Lie down &amp; rest.</s> <s>The <sub alias="World Wide Web">WWW</sub> can wait</s></p>
  <break time="2500ms"/><break strength="strong"/>
  <prosody rate="slow" volume="soft" pitch="+2st">No hurry.</prosody>
  <amazon:effect name="whispered">Psst.</amazon:effect>
  <lang xml:lang="nl-NL">Gezellig.</lang>
  <say-as interpret-as="characters">GGZ</say-as>
  <mark name="here"/><phoneme ph="x">word</phoneme> <audio src="a.mp3">never</audio>
  <unknown>said [too].</unknown>
</speak>
"""


def test_the_common_part_of_ssml_is_taken_over_and_the_rest_is_noted() -> None:
    imported = read(DOCUMENT, "a.ssml", None)
    lines = [part for part in imported.script.parts if isinstance(part, Speech)]
    assert imported.script.meta.language == Language.ENGLISH
    assert [(line.text, line.spoken) for line in lines] == [
        ("Lie down & rest.", ""),
        ("The WWW can wait", "The World Wide Web can wait"),
        ("No hurry.", ""), ("Psst.", ""), ("Gezellig.", ""),
        ("GGZ word said [too].", "G G Z word said [too]."),
    ]  # fmt: skip
    assert (lines[2].style.slow, lines[2].style.manner) == (True, Manner.SOFT)
    assert lines[3].style.manner is Manner.WHISPER
    assert lines[4].style.language is Language.DUTCH
    pauses = [part.seconds for part in imported.script.parts if isinstance(part, Pause)]
    assert pauses == [2.5, 2.0]
    assert [(note.source.line, note.source.column) for note in imported.notes] == [
        (5, 3), (9, 3), (9, 22), (9, 53), (10, 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "text", "spoken"),
    [
        ('<sub alias="R and D">R&amp;D\nteam</sub> rests.', "R&D team rests.", "R and D rests."),
        ('<sub alias="x">a <sub alias="y">b</sub> c</sub>.', "a b c.", "x."),
        (
            '<say-as interpret-as="characters">A&amp;B <emphasis>C</emphasis></say-as>!',
            "A&B C!",
            "A & B C!",
        ),
    ],
)
def test_an_alias_is_said_once_however_its_words_are_cut(
    words: str, text: str, spoken: str
) -> None:
    (line, _) = read(f"<speak>{words}</speak>", "a.ssml", None).script.parts
    assert isinstance(line, Speech)
    assert (line.text, line.spoken) == (text, spoken)


def test_nothing_runs_on_into_the_words_of_another_voice() -> None:
    parts = read("<speak>Low.<voice name='A'>Hi.</voice>Yes.</speak>", "a.ssml", None).script.parts
    assert [part.text for part in parts if isinstance(part, Speech)] == ["Low.", "Hi.", "Yes."]


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE speak SYSTEM "http://127.0.0.1/x.dtd">',
        '<!DOCTYPE speak [<!ENTITY a "b">]>',
        '<!DOCTYPE s [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>',
    ],
)
def test_document_types_and_entities_are_refused(prologue: str) -> None:
    with pytest.raises(ScriptError, match="document type") as caught:
        read(f"{prologue}\n<speak>&a;</speak>", "a.xml", None)
    assert caught.value.problems[0].source.line == 1


@pytest.mark.parametrize(
    "text",
    ["<speak>a</p>", "<speak>", "a", "", "<speak>&b;</speak>", "<a>" * 101 + "x" + "</a>" * 101],
)
def test_what_is_no_ssml_is_an_error_with_a_place(text: str) -> None:
    with pytest.raises(ScriptError) as caught:
        read(text, "a.ssml", None)
    assert caught.value.problems[0].source.line == 1
