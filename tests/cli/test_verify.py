"""`sessions verify` on what `sessions render` writes, and on what others do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from sessions.cli import run

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = "# Eerst\nGa liggen. [pauze 6s] Adem uit.\n\n# Dan\n[bel] Klaar. [pauze 4s]\n"


@pytest.fixture
def folder(in_folder: Path) -> Path:
    (in_folder / "sessions.toml").write_text('voice = "tone"\n')
    (in_folder / "eigen.md").write_text(SCRIPT)
    return in_folder


def test_a_render_is_judged_by_what_it_was_made_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["render", "eigen.md", "--quiet"]) == 0
    run(["verify", "output/eigen.mp3", "--json"])
    (found,) = json.loads(capsys.readouterr().out)
    report = json.loads((folder / "output/eigen.json").read_text(encoding="utf-8"))
    measured = found["measurements"]
    outcomes = {line["name"]: line["outcome"] for line in found["lines"]}
    assert found["profile"] == "bedtime"
    assert measured["length_samples"] == report["length_samples"]
    assert measured["integrated_lufs"] == pytest.approx(report["loudness_lufs"], abs=0.1)
    assert measured["true_peak_dbtp"] == pytest.approx(report["true_peak_dbtp"], abs=0.5)
    assert [c["title"] for c in measured["chapters"]] == ["Eerst", "Dan"]
    speech = [cue for cue in report["cues"] if cue["kind"] == "speech"]
    length = sum(cue["stop_samples"] - cue["start_samples"] for cue in speech)
    assert measured["speech_share"] == pytest.approx(length / report["length_samples"], abs=1e-3)
    assert measured["longest_pause_seconds"] == pytest.approx(6.0, abs=1e-3)
    assert measured["faults"] == []
    for name in ("true peak", "digital silence", "last 0.4 s", "chapters in order"):
        assert outcomes[name] == "pass"


@pytest.mark.usefixtures("folder")
def test_the_exit_code_says_whether_all_lines_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", "eigen.md", "--quiet"]) == 0
    assert run(["verify", "output/eigen.mp3", "--profile", "insight-timer"]) == 0
    assert "all 5 lines pass" in capsys.readouterr().out
    assert run(["verify", "output/eigen.mp3", "--profile", "podcast-spotify"]) == 1
    text = capsys.readouterr().out
    assert "fail  loudness" in text
    assert "= help: render with --loudness -14" in text


@pytest.mark.usefixtures("in_folder")
def test_several_files_are_all_judged_and_a_bad_one_stops_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    soundfile.write(tmp_path / "loud.wav", np.ones((44_100, 2)) * 0.9, 44_100)
    (tmp_path / "text.mp3").write_text("no audio")
    assert run(["verify", "loud.wav"]) == 1
    assert run(["verify", "text.mp3"]) == 65
    assert run(["verify", "gone.mp3"]) == 66
    capsys.readouterr()
    assert run(["verify", "text.mp3", "loud.wav"]) == 3
    told = capsys.readouterr()
    assert "text.mp3 is no audio that can be read" in told.err
    assert "loud.wav: podcast-apple" in told.out


def test_names_that_steer_a_terminal_are_made_harmless(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a\x1b[31m.wav"
    soundfile.write(str(path), np.zeros((44_100, 2)), 44_100)
    run(["verify", str(path)])
    assert "\x1b" not in capsys.readouterr().out
