"""Recordings that a script names, through the public command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from sessions.cli import run
from tests.conftest import run_tool

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.units import Audio

RATE_HZ = 44_100


@pytest.fixture
def folder(in_folder: Path) -> Path:
    (in_folder / "sessions.toml").write_text(
        'voice = "tone"\nformat = "wav"\nlead_in_seconds = 1\nfade_out_seconds = 2\n'
    )
    return in_folder


def hum(hz: float, seconds: float) -> Audio:
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return np.asarray(0.2 * np.sin(2 * np.pi * hz * time), np.float32)


def from_phone(folder: Path, name: str, sound: Audio) -> None:
    """Save a sound as a phone does."""
    soundfile.write(folder / "in.wav", sound, RATE_HZ)
    run_tool("ffmpeg", "-v", "error", "-i", folder / "in.wav", folder / name)
    (folder / "in.wav").unlink()


def loudest_hz(sound: Audio) -> float:
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return float(np.fft.rfftfreq(len(sound), 1 / RATE_HZ)[spectrum.argmax()])


@pytest.mark.parametrize("name", ["beek.m4a", "beek.webm"])
def test_a_phones_recording_is_a_bed_and_is_struck(folder: Path, name: str) -> None:
    from_phone(folder, name, hum(330.0, 6.0))
    from_phone(folder, "gong.m4a", hum(1320.0, 1.0))
    text = "---\nachtergrond: [beek]\n---\nRust.\n\n[pauze 6s]\n\n[klank gong]\n\n[pauze 2s]\n"
    (folder / "dag.md").write_text(text, encoding="utf-8")
    assert run(["render", "dag.md"]) == 0
    sound, rate_hz = soundfile.read(folder / "output" / "dag.wav", dtype="float32")
    assert rate_hz == RATE_HZ
    report = json.loads((folder / "output" / "dag.json").read_text(encoding="utf-8"))
    cues = {cue["kind"]: cue for cue in report["cues"]}
    pause = next(cue for cue in report["cues"] if cue["kind"] == "pause")
    start = pause["start_samples"] + RATE_HZ
    assert loudest_hz(sound[start : start + 4 * RATE_HZ, 0]) == pytest.approx(330.0, abs=1.0)
    struck = cues["sound"]["start_samples"]
    assert loudest_hz(sound[struck : struck + RATE_HZ, 0]) == pytest.approx(1320.0, abs=2.0)


@pytest.mark.parametrize(
    ("name", "level"), [("stil.wav", 0.0), ("stil.flac", 1e-5), ("stil.m4a", 0.0)]
)
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\nachtergrond: [sea, stil]\n---\nRust.", "2:20"),
        ("Rust.\n\n[achtergrond stil]\n\nSlaap.", "3:1"),
        ("Rust.\n\n[klank stil]\n\nSlaap.", "3:1"),
    ],
)
def test_a_silent_recording_is_pointed_at(
    folder: Path,
    name: str,
    level: float,
    text: str,
    place: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sound = (level * hum(330.0, 4.0)).astype(np.float32)
    if name.endswith("m4a"):
        from_phone(folder, name, sound)
    else:
        soundfile.write(folder / name, sound, RATE_HZ, subtype="PCM_24")
    (folder / "dag.md").write_text(text, encoding="utf-8")
    assert run(["render", "dag.md"]) == 65
    told = capsys.readouterr().err
    assert f"error: {name} is silent, or nearly" in told
    assert f"--> dag.md:{place}\n" in told
    assert "= help: record it louder" in told
    assert not list(folder.glob("output/*.wav"))


def test_a_silent_recording_of_the_settings_has_no_place_in_the_script(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    soundfile.write(folder / "stil.wav", np.zeros(3 * RATE_HZ), RATE_HZ)
    (folder / "dag.md").write_text("Rust.", encoding="utf-8")
    assert run(["render", "dag.md", "--background", "stil"]) == 65
    told = capsys.readouterr().err
    assert told.startswith("error: stil.wav is silent, or nearly")
    assert "-->" not in told
