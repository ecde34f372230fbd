from __future__ import annotations

import pytest

from sessions.errors import ScriptError
from sessions.script.importing.ssml import extract
from sessions.script.model import Language

DOCUMENT = """<?xml version="1.0"?>
<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-GB">
  <p><s>Lie down &amp; rest.</s> <s>The <sub alias="World Wide Web">WWW</sub> can wait</s></p>
  <break time="2500ms"/><break strength="strong"/>
  <prosody rate="slow" volume="soft" pitch="+2st">No hurry</prosody>.
  <amazon:effect name="whispered">Psst.</amazon:effect>
  <lang xml:lang="nl-NL">Gezellig.</lang>
  <say-as interpret-as="characters">GGZ</say-as>
  <mark name="here"/><phoneme ph="x">word</phoneme> <audio src="a.mp3">never</audio>
  <unknown>said [too].</unknown>
</speak>
"""


def _text(words: str) -> str:
    return extract(f"<speak>{words}</speak>".encode(), "a.ssml").text


def _notes(words: str) -> list[str]:
    return [note.message for note in extract(f"<speak>{words}</speak>".encode(), "a.ssml").notes]


def test_the_common_part_of_ssml_is_taken_over_and_the_rest_is_noted() -> None:
    found = extract(DOCUMENT.encode(), "a.ssml")
    assert found.language == Language.ENGLISH
    assert found.text == (
        "Lie down & rest.  \nThe [say as: World Wide Web | WWW] can wait\n\n"
        "[pause 2.5s][pause 2s] [slow][soft]No hurry.[end][end] [whisper]Psst.[end] "
        "[lang nl]Gezellig.[end] [say as: G G Z | GGZ] word said [too].\n"
    )
    lines = [found.original.count("\n", 0, note.start) + 1 for note in found.notes]
    assert lines == [5, 9, 9, 9, 9, 10]


def test_every_stretch_knows_where_it_stood() -> None:
    found = extract(DOCUMENT.encode(), "a.ssml")
    for word in ("Lie", "down", "rest", "wait", "hurry", "Psst", "too"):
        index = found.text.index(word)
        stretch = max(one for one, start in enumerate(found.indexes) if start <= index)
        origin = found.origins[stretch] + index - found.indexes[stretch]
        assert found.original[origin : origin + len(word)] == word


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ('<sub alias="R and D">R&amp;D\nteam</sub> rests.', "[say as: R and D | R&D team] rests."),
        ('<sub alias="x">a <sub alias="y">b</sub> c</sub>.', "[say as: x | a b c]."),
        ('<sub alias="a|b]">c[d</sub>.', "[say as: a\\|b\\] | c\\[d]."),
        (
            '<say-as interpret-as="characters">A&amp;B <emphasis>C</emphasis></say-as>!',
            "[say as: A & B C | A&B C]!",
        ),
    ],
)
def test_an_alias_is_said_once_however_its_words_are_cut(words: str, text: str) -> None:
    assert _text(words) == f"{text}\n"


def test_nothing_runs_on_into_the_words_of_another_voice() -> None:
    assert _text("Low.<voice name='A'>Hi.</voice>Yes.") == "Low.  \nHi.  \nYes.\n"


@pytest.mark.parametrize("rate", ["0.85", "85%", "-10%", "slow", "x-slow", ".5", "50"])
def test_a_rate_below_the_usual_is_slow(rate: str) -> None:
    assert _text(f'<prosody rate="{rate}">Rest.</prosody>') == "[slow]Rest.[end]\n"


@pytest.mark.parametrize("rate", ["1.0", "100%", "medium", "default", "+0%", "98%", "1.03"])
def test_the_usual_rate_is_no_style_and_no_note(rate: str) -> None:
    words = f'<prosody rate="{rate}">Rest.</prosody>'
    assert (_text(words), _notes(words)) == ("Rest.\n", [])


@pytest.mark.parametrize("rate", ["1.3", "120%", "+20%", "fast", "x-fast", "brisk"])
def test_a_faster_rate_is_noted(rate: str) -> None:
    words = f'<prosody rate="{rate}">Rest.</prosody>'
    assert _text(words) == "Rest.\n"
    assert _notes(words) == [f"a rate of '{rate}'; spoken as usual"]


def test_a_break_has_whole_milliseconds() -> None:
    assert _text('A.<break time="700ms"/>B.') == "A.[pause 0.7s]B.\n"


def test_words_of_what_is_silent_stand_in_a_note_with_their_place() -> None:
    found = extract(b"<speak>A.<audio src='x'>a low <b>bell</b></audio></speak>", "a.ssml")
    assert found.text == "A.\n"
    spoken = [found.original[note.start : note.stop] for note in found.notes]
    assert any("a low <b>bell</b>" in words for words in spoken)


def test_an_encoding_that_is_declared_is_read() -> None:
    data = '<?xml version="1.0" encoding="ISO-8859-1"?><speak>Eén.</speak>'.encode("latin-1")
    found = extract(data, "a.ssml")
    assert (found.text, found.notes) == ("Eén.\n", ())


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
        extract(f"{prologue}\n<speak>&a;</speak>".encode(), "a.xml")
    assert caught.value.problems[0].source.line == 1


@pytest.mark.parametrize(
    "text",
    [
        "<speak>a</p>",
        "<speak>",
        "a</speak>",
        "<speak>&b;</speak>",
        "<a>" * 201 + "x" + "</a>" * 201,
    ],
)
def test_what_is_no_ssml_is_an_error_with_a_place(text: str) -> None:
    with pytest.raises(ScriptError) as caught:
        extract(text.encode(), "a.ssml")
    assert caught.value.problems[0].source.line == 1


@pytest.mark.parametrize(
    "text",
    [
        'Sit.<break time="2s"/> Rest.',
        '<speak>Sit.<break time="2s"/></speak>\n<speak>Rest.</speak>',
        '<?xml version="1.0"?>\n<speak>Sit.<break time="2s"/>Rest.</speak>',
    ],
)
def test_pieces_and_several_documents_are_read(text: str) -> None:
    found = extract(text.encode(), "a.ssml")
    assert [one.strip() for one in found.text.split("[pause 2s]")] == ["Sit.", "Rest."]
    assert found.original == text


def test_words_in_media_are_spoken_and_sounds_are_not() -> None:
    inner = '<media><speak>Sit.</speak></media><media><audio src="a.mp3">rain</audio></media>'
    found = extract(f"<speak><par>{inner}</par></speak>".encode(), "a.ssml")
    assert found.text == "Sit.\n"
    assert "the words of `audio`, not spoken" in [note.message for note in found.notes]


def test_the_help_for_a_bare_ampersand_is_how_it_is_written() -> None:
    with pytest.raises(ScriptError) as caught:
        extract(b"<speak>Sit & rest.</speak>", "a.ssml")
    assert caught.value.problems[0].remedy == "write `&amp;` for `&`"
