"""That a voice is synthetic is said in words, and for machines."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import mutagen
import numpy as np
import pytest
import soundfile
from mutagen.id3 import ID3

import sessions
from sessions.publish.disclosure import disclosed
from sessions.script.model import Language
from sessions.voices.base import Origin
from tests.made import rendered

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = "---\ntitle: Rust\nlanguage: en\nsummary: For tonight.\n---\nRest.\n\nLet go.\n"


@pytest.fixture
def script(in_folder: Path) -> sessions.Script:
    (in_folder / "rust.md").write_text(SCRIPT, encoding="utf-8")
    return sessions.load(in_folder / "rust.md")


def recordings(folder: Path, *, whole: bool) -> None:
    texts = ["Rest.", "Let go."]
    folder.mkdir()
    listed = "".join(f"{number:03}  {text}\n" for number, text in enumerate(texts, 1))
    (folder / "lines.txt").write_text(listed, encoding="utf-8")
    tone = 0.2 * np.sin(np.arange(44_100) / 20)
    for number in (1, 2) if whole else (1,):
        soundfile.write(folder / f"{number:03}.wav", tone, 44_100)


@pytest.mark.parametrize(
    ("choices", "term", "words"),
    [
        ({"voice": "tone"}, "algorithmicMedia", "The voice is synthetic: tone."),
        ({"voice": "hibari"}, "trainedAlgorithmicMedia", "The voice is synthetic: hibari."),
        ({"voice": "recorded:mine", "whole": True}, "", ""),
        (
            {"voice": "recorded:mine", "fill": "hibari"},
            "compositeWithTrainedAlgorithmicMedia",
            "Part of the voice is synthetic: hibari.",
        ),
        (
            {"voice": "recorded:mine", "fill": "tone"},
            "compositeSynthetic",
            "Part of the voice is synthetic: tone.",
        ),
    ],
)
def test_a_file_says_whether_its_voice_is_synthetic(
    choices: dict[str, str], term: str, words: str, script: sessions.Script, in_folder: Path
) -> None:
    asked: dict[str, object] = dict(choices)
    recordings(in_folder / "mine", whole=bool(asked.pop("whole", False)))
    written = rendered(script, in_folder / "out", **asked)
    tags = ID3(written.audio)
    assert [str(tag) for tag in tags.getall("TXXX:DigitalSourceType")] == ([term] if term else [])
    assert str(tags.getall("COMM")[0]) == " ".join(filter(None, ["For tonight.", words]))
    report = json.loads(written.audio.with_suffix(".json").read_text(encoding="utf-8"))
    assert report["voice"]["source_type"] == term
    assert report["voice"]["name"] == choices["voice"].split(":")[0]


def test_flac_has_the_words(script: sessions.Script, in_folder: Path) -> None:
    written = rendered(script, in_folder / "out", voice="tone", format="flac")
    assert "The voice is synthetic: tone." in str(
        mutagen.File(io.BytesIO(written.audio.read_bytes()))
    )


def test_it_is_said_in_the_language_of_the_session() -> None:
    said = disclosed(Language.DUTCH, Origin.NEURAL, ["kokoro"])
    assert said == "De stem is synthetisch: kokoro."
    assert disclosed(Language.DUTCH, Origin.RECORDED, []) == ""
