"""What a voice gets of a text, and what of it is for the eye alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sessions
from sessions.script.model import Language, Style
from sessions.script.texts import has_words
from sessions.voices import VOICES
from sessions.voices.base import Choice, Line
from sessions.voices.sayable import sayable

if TYPE_CHECKING:
    from pathlib import Path

DUTCH = Style(Language.DUTCH)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Adem rustig in 😊.", "Adem rustig in."),
        ("Adem in😊 en uit", "Adem in en uit"),
        ("Rust 👩‍👩‍👧‍👦 thuis 👍🏽!", "Rust thuis!"),
        ("♥ Lief ♥️, hier", "Lief, hier"),
        ("1️⃣ Ga liggen", "1 Ga liggen"),
        ("adem in → houd vast → adem uit", "adem in houd vast adem uit"),
        ("• voeten · knieën", "voeten knieën"),
        ("Ont\u00adspan", "Ontspan"),
        ("*rust*", "rust"),
        ("🇳🇱 Nederland \ue000", "Nederland"),
        ("\U0001fadf rust", "rust"),  # a splatter, of Unicode 16
    ],
)
def test_what_is_for_the_eye_is_not_said(text: str, said: str) -> None:
    assert sayable(text) == said


@pytest.mark.parametrize(
    "text",
    ["18 °C", "Eén, twee … drie?", "“Ik ben veilig” — ja", "3 + 4 = 7", "R&B", "€ 5, 50 %", "½"],
)
def test_what_can_be_said_stays_as_it_is(text: str) -> None:
    assert sayable(text) == text


@given(st.text())
def test_what_was_made_sayable_is_sayable(text: str) -> None:
    once = sayable(text)
    assert sayable(once) == once
    assert sum(map(str.isalnum, once)) >= sum(c.isalnum() and c.isascii() for c in text)


@given(st.text())
def test_what_cannot_be_said_is_no_word(text: str) -> None:
    assert has_words(sayable(text)) == has_words(text)


def test_a_line_of_ornaments_has_no_words() -> None:
    texts = ("✨", "...", "", "_*_", "8", "é")
    assert [has_words(text) for text in texts] == [False, False, False, False, True, True]


@pytest.mark.parametrize("name", sorted(VOICES.keys() - {"recorded"}))
def test_every_voice_says_the_words_alone(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    from tests.voices.tiny_piper import make_voice

    if name == "google":
        request.getfixturevalue("service")
    make_voice(tmp_path)
    voice = VOICES[name].make(Choice("", Language.DUTCH, tmp_path, tmp_path))
    with voice.open() as speaker:
        sounds = [
            speaker.speak(Line(text, DUTCH)).samples.tobytes()
            for text in ("Laat los.", "Laat 😊 los ✨.")
        ]
    assert sounds[0] == sounds[1]


def test_captions_show_what_was_written_and_ornaments_alone_are_a_pause(in_folder: Path) -> None:
    (in_folder / "lief.md").write_text("Laat los 😊.\n\n✨ ✨\n\n...\n\nRust.\n", encoding="utf-8")
    script = sessions.load(in_folder / "lief.md")
    with sessions.planned(script, sessions.resolve({"voice": "tone"}, script.meta)) as plan:
        texts = [cue.text for cue in plan.timeline.cues if cue.clip]
    assert texts == ["Laat los 😊.", "Rust."]
