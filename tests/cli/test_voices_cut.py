"""`sessions voices cut` as a person uses it; what is said is told by tones instead of a model."""

from __future__ import annotations

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
from tests.cli.one_recording import CUT, RATE, SAID, TEXTS, inside
from tests.conftest import run_tool
from tests.voices.said_in_tones import Said, places_of, recording_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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
