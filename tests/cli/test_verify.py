"""`sessions verify` on what `sessions render` writes, and on what others do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
import soundfile

from sessions.cli import run

SCRIPT = "# Eerst\nGa liggen. [pauze 6s] Adem uit.\n\n# Dan\n[bel] Klaar. [pauze 4s]\n"


@pytest.fixture
def folder(tone_folder: Path) -> Path:
    (tone_folder / "eigen.md").write_text(SCRIPT)
    return tone_folder


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


def test_a_render_says_which_of_its_own_lines_fail(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # two words in a long silence: the whole is too soft for a podcast
    (folder / "luid.md").write_text("---\nloudness: podcast\n---\nZin. [pauze 20s] Zin.\n")
    for how in ("rendered", "up to date"):
        assert run(["render", "luid.md"]) == 0
        out, err = capsys.readouterr()
        verified = json.loads((folder / "output/luid.json").read_text())["verified"]
        failing = [line for line in verified["lines"] if line["outcome"] == "fail"]
        assert failing
        assert not verified["passed"]
        assert out.strip() == str(Path("output/luid.mp3"))
        assert err.startswith(f"{how}: ")
        for line in failing:
            assert re.search(
                rf"^warning: {line['name']}: {line['value']:g} {line['unit']}, may be .*"
                rf"{line['high']:g}.*{line['note']}.*\n  = help: {line['remedy']}\n",
                err,
                re.MULTILINE,
            )
        assert re.search(
            rf"^{len(failing)} of \d+ lines fail as podcast-apple; ", err, re.MULTILINE
        )
    assert run(["render", "luid.md", "--json"]) == 0
    assert "warning: " in capsys.readouterr().err
    assert run(["render", "luid.md", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("folder")
def test_a_render_that_passes_warns_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", "eigen.md", "--background", "brown"]) == 0
    assert "warning" not in capsys.readouterr().err


def test_large_numbers_are_shown_with_all_their_digits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    soundfile.write(tmp_path / "full.wav", np.ones((1_000_628, 2)), 44_100)
    run(["verify", str(tmp_path / "full.wav")])
    text = capsys.readouterr().out
    assert "2,001,256  at most 0" in text
    assert "44,100 Hz  at least 44,100" in text


@pytest.mark.usefixtures("in_folder")
def test_a_file_that_was_cut_short_is_judged_and_not_a_mistake_of_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = np.random.default_rng(1).normal(size=(10 * 44_100, 2)) * 0.1
    soundfile.write(tmp_path / "whole.flac", sound, 44_100)
    data = (tmp_path / "whole.flac").read_bytes()
    (tmp_path / "cut.flac").write_bytes(data[: len(data) // 10])
    assert run(["verify", "cut.flac"]) == 1
    assert "fail  decodes without a fault" in capsys.readouterr().out


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


@pytest.mark.usefixtures("folder")
def test_without_a_listener_it_is_said_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions.hearing.listener.ENGINE", "no_such_engine")
    assert run(["render", "eigen.md", "--quiet"]) == 0
    assert run(["verify", "output/eigen.mp3", "--listen"]) == 69
    out, err = capsys.readouterr()
    assert not out
    assert "pip install 'guided-sessions[listen]'" in err


@pytest.mark.usefixtures("folder")
def test_what_a_listener_hears_is_told_and_judged(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Deaf:
        def hear(self, _audio: object, _language: object) -> str:
            return "ga staan"

    monkeypatch.setattr("sessions.hearing.listener.whisper", lambda *_: Deaf())
    assert run(["render", "eigen.md", "--background", "brown", "--quiet"]) == 0
    assert run(["verify", "output/eigen.mp3", "--listen", "--understood", "20%"]) == 0
    text = capsys.readouterr().out
    assert re.search(r"pass  words understood, nl +25 % +at least 20 +\(WER 75 ?\.0 %; ", text)
    assert "eigen.md:2" in text
    assert "'staan' for 'liggen'" in text
    assert '= help: pronounce: {liggen: ", liggen,"}' in text
    assert run(["verify", "output/eigen.mp3", "--listen", "--understood", "30%", "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert found["heard"]["understood_percent"] == {"nl": 25.0}
    first, *_ = found["heard"]["lines"]
    assert (first["line"], first["text"], first["heard"]) == (2, "Ga liggen.", "ga staan")
    assert first["remedy"] == 'pronounce: {liggen: ", liggen,"}'


@pytest.mark.usefixtures("folder")
def test_a_line_is_told_by_the_file_that_it_stands_in(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Deaf:
        def hear(self, _audio: object, _language: object) -> str:
            return "iets anders"

    Path("samen.md").write_text("Ga liggen.\n\n[include deel.md]\n")
    Path("deel.md").write_text("---\nlanguage: nl\n---\nVoel je rug.\n")
    monkeypatch.setattr("sessions.hearing.listener.whisper", lambda *_: Deaf())
    assert run(["render", "samen.md", "--quiet"]) == 0
    report = json.loads(Path("output/samen.json").read_text())
    spoken = [cue for cue in report["cues"] if cue["kind"] == "speech"]
    assert [(cue.get("script"), cue["line"]) for cue in spoken] == [(None, 1), ("deel.md", 4)]
    assert run(["verify", "output/samen.mp3", "--listen", "--understood", "0"]) == 0
    text = capsys.readouterr().out
    assert "samen.md:1" in text
    assert "deel.md:4" in text


@pytest.mark.parametrize("asked", [["--understood", "50%"], ["--listen", "--understood", "much"]])
def test_a_bound_that_cannot_be_meant_is_refused(asked: list[str]) -> None:
    assert run(["verify", "output/eigen.mp3", *asked]) == 2
