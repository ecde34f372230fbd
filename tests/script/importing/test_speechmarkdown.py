from __future__ import annotations

import pytest

from sessions.script.importing.speechmarkdown import begins, extract
from sessions.script.model import Language


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("(Lie down)[whisper].", "[whisper]Lie down.[end]"),
        ('(Lie down)[rate:"slow"] now.', "[slow]Lie down[end] now."),
        ('(Lie down)[rate:"x-slow";vol:"soft"]', "[slow][soft]Lie down[end][end]"),
        ('The (WWW)[sub:"World"].', "The [say as: World | WWW]."),
        ('Dat is (rest)[lang:"en-GB"].', "Dat is [lang en]rest.[end]"),
        ("(GGZ)[characters]", "[say as: G G Z | GGZ]"),
        ("Sit. [500ms] Rest. [2s]", "Sit. [pause 0.5s] Rest. [pause 2s]"),
        ('Sit. [break:"1.5s"] [break:"strong"]', "Sit. [pause 1.5s] [pause 2s]"),
        ("It is ++now++ and +then+.", "It is now and then."),
        ('#[rate:"slow"]\nSit.\n\n#[defaults]\nRest.', "[slow]Sit.[end]\n\nRest."),
        ("# Feet\n\n- one\n- two", "# Feet\n\n- one\n- two"),
        ("(just an aside) here", "(just an aside) here"),
    ],
)  # fmt: skip
def test_marks_become_ours(text: str, ours: str) -> None:
    assert extract(text.encode(), "a.smd").text.strip() == ours


@pytest.mark.parametrize(
    "mark",
    ['!["https://a.b/c.mp3"]', '(Hi)[voice:"Kendra"]', '(Hi)[pitch:"high"]', '[mark:"a"]', "#[dj]"],
)
def test_what_has_no_like_is_noted(mark: str) -> None:
    found = extract(f"Sit.\n{mark}\n".encode(), "a.smd")
    (note,) = found.notes
    assert found.original[note.start : note.stop] == mark


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ('(a)[rate:"slow"]', True), ("(a)[whisper]", True), ('#[voice:"Kendra"]', True),
        ("(a)[whisper] b [end]", False), ("[2s]", False), ("[a](b)", False),
        ("(a) [soft: b]", False),
    ],
)  # fmt: skip
def test_only_what_is_certain_is_recognized(text: str, certain: bool) -> None:  # noqa: FBT001
    assert begins(text) is certain


def test_the_language_that_a_text_begins_in_is_its_own() -> None:
    found = extract(b'#[lang:"nl-NL"]\nSit. (Rest.)[lang:"nl"] (Look.)[lang:"en"]', "a.smd")
    assert found.text == "Sit. Rest. [lang en]Look.[end]\n"
    assert found.language is Language.DUTCH
