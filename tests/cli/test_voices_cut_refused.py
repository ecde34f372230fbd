"""What `sessions voices cut` refuses, and that nothing is lost or half written then."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from sessions.cli import run
from tests.cli.one_recording import CUT, RATE, SAID, TEXTS, inside
from tests.voices.said_in_tones import Said, recording_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--keep-pauses", "slaap.md", "--force"], 73, "'slaap.md' is what is cut"),
        (["--keep-pauses", "opname.wav", "--force"], 73, "'opname.wav' is what is cut"),
        (["--keep-pauses", "oud.md"], 73, "there is a file 'oud.md' already"),
        (["--keep-pauses", "nergens/nieuw.md"], 73, "cannot create nergens: no such file"),
        (["--keep-pauses", "map", "--force"], 73, "'map' is a folder"),
        (["--keep-pauses", "nieuw.md", "--try", "1"], 2, "leave one out"),
    ],
)
def test_a_new_script_that_cannot_be_is_told_before_anything_is_heard(
    home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    code: int,
    told: str,
) -> None:
    (home / "oud.md").write_text("Oud.")
    (home / "map").mkdir()
    before = inside(home)
    monkeypatch.delattr("sessions.cli.voices.cutting.listening")
    assert run([*CUT, *options]) == code
    assert told in capsys.readouterr().err
    assert inside(home) == before


@pytest.mark.parametrize(
    ("made", "code", "told"),
    [
        (lambda: np.zeros(RATE * 3), 65, "nothing is heard in opname.wav"),
        (lambda: 1e-4 * np.random.default_rng(1).standard_normal(RATE * 9), 65, "opname.wav"),
        (lambda: 0.1 * np.sin(0.05 * np.arange(RATE * 40)), 65, "goes on all the time"),
        (lambda: np.zeros(0), 65, "opname.wav holds no sound"),
        (lambda: np.zeros(1), 65, "opname.wav holds no sound"),
        (lambda: np.full(RATE, np.nan, np.float32), 65, "values that are no sound"),
    ],
)
def test_what_is_no_recording_of_the_script_is_refused_and_nothing_is_written(
    home: Path,
    capsys: pytest.CaptureFixture[str],
    made: Callable[[], np.ndarray[tuple[int, ...], np.dtype[np.float64]]],
    code: int,
    told: str,
) -> None:
    soundfile.write(home / "opname.wav", made(), RATE, subtype="FLOAT")
    before = inside(home)
    assert run(CUT) == code
    assert told in capsys.readouterr().err
    assert inside(home) == before
    assert not (home / "stem").exists()


def test_where_no_missing_line_is_said_those_are_named(
    home: Path, hears: Callable[[list[Said]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    hears(SAID[:5])
    soundfile.write(home / "opname.wav", recording_of(SAID[:5], RATE), RATE)
    assert run(CUT) == 0
    capsys.readouterr()
    assert run(CUT) == 65
    told = capsys.readouterr().err
    assert "5 lines have files and stay; of the 1 missing (006) none was heard whole\n" in told
    assert "--force" in told


def test_a_loop_of_a_listener_is_shown_once(
    home: Path, hears: Callable[[list[Said]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    said = [*SAID[:3], Said("hm", 2.0, heard="en nu je" + " je" * 40), *SAID[3:]]
    hears(said)
    soundfile.write(home / "opname.wav", recording_of(said, RATE), RATE)
    assert run(CUT) == 0
    assert ': "en nu je ..."\n' in capsys.readouterr().out
    assert '- "en nu je ..."\n' in (home / "stem" / "cut opname.txt").read_text(encoding="utf-8")
    hears([Said("iets", 2.0, heard="je je je je je")])
    assert run([*CUT, "--force"]) == 65
    assert 'what was heard is: "je ..."' in capsys.readouterr().err


def test_a_script_that_is_too_long_is_told_before_anything_is_heard(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "slaap.md").write_text("\n\n".join(f"Dit is zin {n}." for n in range(601)))
    assert run(CUT) == 78
    assert "slaap.md has 601 lines, and at most 600" in capsys.readouterr().err


def test_another_script_is_refused_with_what_was_heard(
    home: Path, hears: Callable[[list[Said]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    said = [Said(f"dit is zin {n} van een heel ander verhaal", 2.0) for n in range(8)]
    hears(said)
    soundfile.write(home / "opname.wav", recording_of(said, RATE), RATE)
    assert run(CUT) == 65
    told = capsys.readouterr().err
    assert "only 0 of the 6 lines" in told
    assert "van een heel ander verhaal" in told
    assert "this language (nl)" in told


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["nergens.wav"], 66, "there is no file 'nergens.wav'"),
        (["."], 66, "is a folder"),
        (["opname.wav", "opname.wav"], 78, "the same recording"),
        (["opname.wav", "kopie.wav"], 78, "kopie.wav is the same recording as opname.wav"),
        (["slaap.md"], 65, "cannot be decoded"),
        (["opname.m4a"], 69, "needs ffmpeg"),
    ],
)
def test_recordings_that_cannot_be_are_told(
    home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    code: int,
    told: str,
) -> None:
    (home / "kopie.wav").write_bytes((home / "opname.wav").read_bytes())
    (home / "opname.m4a").write_bytes(b"x")
    monkeypatch.setenv("PATH", "")
    assert run([*CUT[:2], *arguments, *CUT[3:]]) == code
    assert told in capsys.readouterr().err
    assert not (home / "stem").exists()


@pytest.mark.parametrize("voice", ["stem", "espeak", "recorded:"])
def test_a_voice_that_has_no_folder_is_not_understood(home: Path, voice: str) -> None:  # noqa: ARG001
    assert run([*CUT[:-1], voice]) == 2


def test_a_folder_that_may_not_be_written_is_told(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "stem").write_text("no folder")
    assert run(CUT) == 73
    told = capsys.readouterr().err
    assert "'stem' is a file, not a folder" in told
    assert "--voice recorded:FOLDER" in told


def test_without_the_extra_it_says_what_to_install(
    in_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (in_folder / "slaap.md").write_text(TEXTS[0], encoding="utf-8")
    (in_folder / "opname.wav").write_bytes(b"x")
    monkeypatch.setattr("sessions.hearing.weights.importlib.util.find_spec", lambda _name: None)
    assert run(CUT) == 69
    assert "pip install 'guided-sessions[listen]'" in capsys.readouterr().err


@pytest.mark.parametrize("after", [0, 1, 3, 7])
def test_who_interrupts_it_finds_all_as_it_was(
    home: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    own = home / "stem"
    own.mkdir()
    soundfile.write(own / "002 mine.wav", np.zeros(100), RATE)
    before = inside(home)
    from pathlib import Path as Real

    replaced, count = Real.replace, 0

    def interrupted(self: Path, target: Path) -> Path:
        nonlocal count
        near = {self.resolve().parent.parent, target.resolve().parent.parent}
        mine = self.suffix in {".flac", ".wav"} and not self.name.startswith("before")
        if own in near and mine:
            count += 1
            if count == after + 1:
                raise KeyboardInterrupt
        return replaced(self, target)

    monkeypatch.setattr("pathlib.Path.replace", interrupted)
    code = run([*CUT, "--force"])
    assert count > after or after == 7
    if count > after:
        assert code == 130
        assert inside(home) == before


def test_a_disk_that_is_full_is_told_and_nothing_is_left(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    assert run(CUT) == 74
    assert "no room to write stem" in capsys.readouterr().err
    assert not (home / "stem").exists()
