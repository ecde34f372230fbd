"""`sessions voices try`: what is heard of voices, and what is told of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from sessions.cli import run
from sessions.settings import voices_folder
from tests.voices.tiny_piper import make_voice

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.units import Audio


def test_a_voice_is_tried_in_a_language_that_it_has(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert in_folder
    assert run(["voices", "try", "hibari"]) == 0
    assert "voice-hibari.wav" in capsys.readouterr().out
    assert run(["voices", "try", "hibari", "--language", "nl"]) == 78
    assert "does not speak Dutch" in capsys.readouterr().err


def test_try_writes_a_wav_that_can_be_heard(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["voices", "try", "espeak", "tone", "--language", "en"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert [row.partition(":")[0] for row in rows] == [
        "output/voice-espeak.wav",
        "output/voice-tone.wav",
    ]
    words = r": [0-9.]+ s, [0-9]+ words a minute, spoken at [0-9]+ times real time, -2[0-9.]+ LUFS"
    assert all(re.search(words + "$", row) for row in rows)
    for path in ("output/voice-espeak.wav", "output/voice-tone.wav"):
        sound, rate_hz = soundfile.read(in_folder / path)
        assert rate_hz == 44_100
        assert 1.0 < len(sound) / rate_hz < 20
        assert abs(sound).max() > 0.05


@pytest.mark.usefixtures("in_folder")
def test_try_tells_what_is_understood_where_somebody_listens(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class HalfDeaf:
        def hear(self, audio: Audio, language: str) -> str:
            assert audio.dtype == np.dtype("float32")
            assert language == "en"
            assert 0.5 < len(audio) / 16_000 < 5
            return "Lift your feet"

    monkeypatch.setattr("sessions.hearing.weights.at_hand", lambda: True)
    monkeypatch.setattr("sessions.hearing.listener.whisper", lambda *_: HalfDeaf())
    asked = ["--language", "en", "--text", "Lift your left arm."]
    assert run(["voices", "try", "espeak", *asked]) == 0
    assert capsys.readouterr().out.endswith(", 50 % of the words understood\n")


def test_try_without_the_network_says_what_it_could_not(
    in_folder: Path,  # noqa: ARG001
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["voices", "try", "google", "--offline", "--text", "Iets dat nooit klonk."]) == 69
    assert "--offline" in capsys.readouterr().err
    assert run(["voices", "try", "tone", "gogle", "--offline"]) == 3
    told = capsys.readouterr().err
    assert "unknown voice 'gogle'" in told
    assert "did you mean 'google'?" in told


@pytest.mark.usefixtures("without_natural")
def test_try_finds_the_best_voice_and_lets_recordings_be_heard(
    in_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(in_folder / "data"))
    assert run(["voices", "try", "auto", "--offline"]) == 0
    (in_folder / "stem").mkdir()
    assert run(["voices", "try", "recorded:stem"]) == 66
    (in_folder / "stem" / "lines.txt").write_text("001  Ga liggen.\n", encoding="utf-8")
    tone = np.sin(np.arange(44_100) / 20)
    soundfile.write(in_folder / "stem" / "1.wav", 0.2 * tone, 44_100)
    assert run(["voices", "try", "recorded:stem"]) == 0
    assert re.findall(r"^output/\S+(?=: )", capsys.readouterr().out, re.MULTILINE) == [
        "output/voice-espeak.wav",
        "output/voice-recorded.wav",
    ]


@pytest.mark.usefixtures("without_natural")
def test_without_names_all_voices_that_are_there_are_tried(
    in_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(in_folder / "data"))
    make_voice(voices_folder())
    assert run(["voices", "try", "--offline"]) == 0
    assert re.findall(r"^output/\S+(?=: )", capsys.readouterr().out, re.MULTILINE) == [
        "output/voice-piper-nl_NL-tiny-medium.wav",
        "output/voice-espeak.wav",
    ]
