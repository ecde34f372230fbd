"""What a voice gets of a text, and what of it is for the eye alone."""

# ruff: noqa: RUF001 -- letters that look like others are what this is about

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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("𝗦𝗶𝘁 𝗱𝗼𝘄𝗻.", "Sit down."),  # mathematical, without serifs, bold
        ("𝘓𝘰𝘰𝘬 𝘶𝘱.", "Look up."),
        ("𝕬𝖉𝖊𝖒 𝖎𝖓.", "Adem in."),
        ("𝓡𝓾𝓼𝓽 𝔀𝓪𝓽.", "Rust wat."),
        ("𝚁𝚞𝚜𝚝 ℝ𝕦𝕤𝕥 ℛ𝓊𝓈𝓉", "Rust Rust Rust"),
        ("Ｂｒｅａｔｈｅ．　Ｒｅｓｔ！", "Breathe. Rest!"),
        ("ⓡⓔⓢⓣ Ⓡⓔⓢⓣ", "rest Rest"),
        ("🅡🅔🅢🅣 🆁🅴🆂🆃 🄰🄳🄴🄼 🅁🅄🅂🅃", "REST REST ADEM RUST"),
        ("⒜⒟⒠⒨ 🄐🄓", "adem AD"),
        ("𝟜 tellen, 𝟏𝟎 keer, ５ sec.", "4 tellen, 10 keer, 5 sec."),
        ("④ en ⓿ en ⑩ en ⒌", "4 en 0 en 10 en 5."),
        ("❶ Ga liggen ➁ Adem ➓", "1 Ga liggen 2 Adem 10"),
        ("ᴀᴅᴇᴍ ɪɴ ᴇɴ ʀᴜsᴛ ꜱʟᴏᴡ", "adem in en rust slow"),
        ("ᵃᵈᵉᵐ ʳᵘˢᵗ", "adem rust"),
        ("ﬁjn en ﬂink, oﬃce", "fijn en flink, office"),
        ("ǆ ĳs en Ĳsland", "dž ijs en IJsland"),
        ("𝐊𝐧𝐢𝐞𝐞̈𝐧", "Knieën"),
        ("R̶u̶s̶t̶ e̲v̲e̲n̲", "Rust even"),
        ("ʀᴇsᴛ 😊 𝗻𝗼𝘄", "rest now"),
        ("Ⅻ keer, ⅷ", "XII keer, viii"),
        ("Merk™ van 5 ㎡, 3 ㎏", "Merk van 5 m², 3 kg"),
    ],
)  # fmt: skip
def test_letters_of_social_media_are_said_as_letters(text: str, said: str) -> None:
    assert sayable(text) == said


@pytest.mark.parametrize(
    "text",
    ["½ minuut", "¼, ¾ en ⅓", "5 m² en 3 m³", "x⁵", "H₂O", "ª of º", "20 ℃", "№ 5",
     "10 µm",  "Knieën", "café", "Å", "ñ", "ß", "æ",
     "œ", "ø", "þ", "ł", "ı", "…", "‰", "′", "″", "‑"],
)  # fmt: skip
def test_signs_that_are_read_as_words_keep_their_form(text: str) -> None:
    assert sayable(text) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Say [[hello]] to the room.", "Say hello to the room."),
        ("[[h@l'oU]]", "h@l'oU"),
        ("Zeg [[ hallo ]].", "Zeg hallo."),
        ("[[[drie]]] en [[twee", "drie en twee"),
        ("twee]] en [een]", "twee en [een]"),
        ("[\u00ad[hallo]\u00ad]", "hallo"),
        ("[😊[hallo]😊]", "[ [hallo] ]"),
        ("［［hallo］］", "hallo"),
        ("[[]] rust", "rust"),
        ("a[[b]]c", "a b c"),
        ("⟦hallo⟧", "⟦hallo⟧"),
        ("[[hallo]].", "hallo."),
    ],
)
def test_double_brackets_are_no_phonemes(text: str, said: str) -> None:
    assert sayable(text) == said


@given(st.text(alphabet="[]a \u00ad😊［］."))
def test_no_voice_ever_gets_double_brackets(text: str) -> None:
    said = sayable(text)
    assert "[[" not in said
    assert "]]" not in said


def test_letters_of_social_media_have_the_clip_of_plain_ones_and_captions_as_written(
    in_folder: Path,
) -> None:
    plain, fancy = (Line(text, DUTCH) for text in ("Rust maar.", "𝗥𝘂𝘀𝘁 𝗺𝗮𝗮𝗿."))
    assert plain.normalized == fancy.normalized
    (in_folder / "mooi.md").write_text("𝗥𝘂𝘀𝘁 ⓜⓐⓐⓡ. ½ minuut.\n", encoding="utf-8")
    script = sessions.load(in_folder / "mooi.md")
    with sessions.planned(script, sessions.resolve({"voice": "tone"}, script.meta)) as plan:
        texts = [cue.text for cue in plan.timeline.cues if cue.clip]
    assert texts == ["𝗥𝘂𝘀𝘁 ⓜⓐⓐⓡ.", "½ minuut."]


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


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.voices if name == "kokoro" else ())
        for name in sorted(VOICES.keys() - {"recorded"})
    ],
)
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
            for text in ("Laat los.", "Laat 😊 los ✨.", "Laat [[los]].", "𝗟𝗮𝗮𝘁 ⓛⓞⓢ.")
        ]
    assert sounds == sounds[:1] * 4


def test_captions_show_what_was_written_and_ornaments_alone_are_a_pause(in_folder: Path) -> None:
    (in_folder / "lief.md").write_text("Laat los 😊.\n\n✨ ✨\n\n...\n\nRust.\n", encoding="utf-8")
    script = sessions.load(in_folder / "lief.md")
    with sessions.planned(script, sessions.resolve({"voice": "tone"}, script.meta)) as plan:
        texts = [cue.text for cue in plan.timeline.cues if cue.clip]
    assert texts == ["Laat los 😊.", "Rust."]
