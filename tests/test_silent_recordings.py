"""A recording in which nothing is heard is refused by one measure: as bed, as sound, as a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

import sessions
from sessions.cli import run
from sessions.errors import RecordingError, ScriptError
from sessions.metering.meter import QUIETEST_LUFS, Meter, refuse_silent
from tests.conftest import run_tool

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.units import Audio

RATE_HZ = 44_100


def hum(lufs: float, seconds: float = 3.0, rate_hz: int = RATE_HZ, channels: int = 1) -> Audio:
    """A tone of 1 kHz that has so much loudness on both channels."""
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    peak = 10 ** ((lufs + 0.691 - 3.01 - 0.65) / 20) * np.sqrt(2.0)  # K-weighting lifts 1 kHz
    wave = np.asarray(peak * np.sin(2 * np.pi * 1000.0 * time), np.float32)
    return np.repeat(wave[:, np.newaxis], channels, axis=1)


def noise(lufs: float, seconds: float = 3.0) -> Audio:
    sound = np.random.default_rng(4).normal(0, 0.1, (round(seconds * RATE_HZ), 1))
    sound = sound.astype(np.float32)
    meter = Meter(2, true_peak=False)
    meter.add(np.repeat(sound, 2, axis=1))
    return np.asarray(sound * 10 ** ((lufs - meter.finish().integrated_lufs) / 20), np.float32)


def padded(sound: Audio, seconds: float) -> Audio:
    """A sound in the middle of a silence."""
    count = round(seconds * RATE_HZ)
    return np.pad(sound, ((count, count), (0, 0)))


SILENT: dict[str, Audio] = {
    "nothing": np.zeros((3 * RATE_HZ, 1), np.float32),
    "nothing, stereo": np.zeros((3 * RATE_HZ, 2), np.float32),
    "a bias": np.full((3 * RATE_HZ, 1), 0.003, np.float32),
    "the least bit": np.full((3 * RATE_HZ, 1), 2.0**-15, np.float32),
    "hiss": noise(-70.0),
    "nearly": noise(-61.0),
    "a hum": hum(-62.0),
    "a hum, stereo": hum(-62.0, channels=2),
    "a click": padded(hum(-40.0, 0.002), 1.5),
    "words too soft": padded(noise(-63.0, 1.0), 1.0),
    "under the ear": np.sin(
        np.arange(3 * RATE_HZ, dtype=np.float32)[:, np.newaxis]
        * np.float32(2 * np.pi * 3 / RATE_HZ)
    )
    * np.float32(0.05),
    "of a phone": hum(-65.0, rate_hz=8_000),
}
HEARD: dict[str, Audio] = {
    "just": noise(-58.5),
    "a hum": hum(-58.0),
    "a hum, stereo": hum(-58.0, channels=2),
    "a word in a silence": padded(noise(-50.0, 0.5), 4.0),
    "a soft word": padded(noise(-57.0, 0.5), 1.0),
    "a loud click": padded(hum(-20.0, 0.01), 1.5),
    "of a phone": hum(-50.0, rate_hz=8_000),
    "of a studio": hum(-50.0, rate_hz=96_000),
    "loud": noise(-12.0),
}
RATES = {"of a phone": 8_000, "of a studio": 96_000}


@pytest.fixture
def folder(in_folder: Path) -> Path:
    (in_folder / "sessions.toml").write_text('voice = "tone"\nformat = "wav"\n')
    return in_folder


def saved(folder: Path, name: str, sound: Audio, rate_hz: int = RATE_HZ) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    if name.endswith((".m4a", ".mp3")):
        soundfile.write(folder / "in.wav", sound, rate_hz, subtype="FLOAT")
        run_tool("ffmpeg", "-v", "error", "-i", folder / "in.wav", folder / name)
    else:
        subtype = None if name.endswith("ogg") else "PCM_24"
        soundfile.write(folder / name, sound, rate_hz, subtype=subtype)


USES = {
    "bed": ("stil.wav", "---\nbackground: [stil]\n---\nRust nu.\n", "2:14"),
    "layer": ("stil.wav", "---\nbackground: [sea, stil -3 dB]\n---\nRust nu.\n", "2:19"),
    "later bed": ("stil.wav", "Rust nu.\n\n[background stil]\n\nSlaap.\n", "3:1"),
    "sound": ("stil.wav", "Rust nu.\n\n[sound stil]\n\nSlaap.\n", "3:1"),
    "line": ("mij/001.wav", "---\nvoice: recorded:mij\n---\nRust nu.\n", "4:1"),
    "line by another": ("mij/001.wav", "Dag. [voice recorded:mij] Rust nu. [end]\n", "1:27"),
    "counted": (
        "mij/002.wav", "[voice recorded:mij] [breathe in 1 out 1, count aloud] [end]", "1:"
    ),
}  # fmt: skip


def use(folder: Path, how: str, sound: Audio, rate_hz: int = RATE_HZ) -> tuple[str, str]:
    """Write a script that uses a recording; return its name and its place."""
    name, text, place = USES[how]
    if "mij" in name:
        (folder / "mij").mkdir(exist_ok=True)
        rows = "001  Rust nu.\n002  in\n003  uit\n"
        (folder / "mij" / "lines.txt").write_text(rows)
        saved(folder, "mij/003.wav", noise(-30.0, 0.5))
        if not name.endswith("002.wav"):
            saved(folder, "mij/002.wav", noise(-30.0, 0.5))
    saved(folder, name, sound, rate_hz)
    (folder / "dag.md").write_text(text, encoding="utf-8")
    return name.rpartition("/")[2], place


@pytest.mark.parametrize("how", ["bed", "sound", "line"])
@pytest.mark.parametrize("sound", SILENT)
def test_what_cannot_be_heard_is_refused_as_any_of_them(
    folder: Path, capsys: pytest.CaptureFixture[str], how: str, sound: str
) -> None:
    name, place = use(folder, how, SILENT[sound], RATES.get(sound, RATE_HZ))
    assert run(["render", "dag.md"]) == 65
    told = capsys.readouterr().err
    assert f"{name} is silent, or nearly" in told
    assert f"--> dag.md:{place}" in told
    assert "= help: record it louder" in told
    assert not list(folder.glob("output/*.wav"))


@pytest.mark.parametrize("how", ["bed", "sound", "line"])
@pytest.mark.parametrize("sound", HEARD)
def test_what_can_be_heard_is_taken_as_any_of_them(folder: Path, how: str, sound: str) -> None:
    use(folder, how, HEARD[sound], RATES.get(sound, RATE_HZ))
    script = sessions.load("dag.md")
    chosen = sessions.resolve(
        {"format": "wav", **({} if how == "line" else {"voice": "tone"})}, script.meta
    )
    with sessions.prepared(script, chosen) as episode:
        assert episode.timeline.length


@pytest.mark.parametrize("how", USES)
def test_it_is_told_at_its_place_before_a_line_is_spoken(
    folder: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    name, place = use(folder, how, SILENT["hiss"])
    script = sessions.load("dag.md")
    spoken: list[str] = []
    monkeypatch.setattr(
        "sessions.voices.tone.Tone.speak", lambda _self, line: spoken.append(line.text)
    )
    chosen = {} if how in {"line", "counted"} else {"voice": "tone"}
    with (
        pytest.raises(ScriptError, match="is silent, or nearly") as caught,
        sessions.prepared(script, sessions.resolve({**chosen, "fill": "tone"}, script.meta)),
    ):
        pass
    (problem,) = caught.value.problems
    assert str(problem.source).startswith(f"dag.md:{place}")
    assert name in problem.message
    assert not spoken


@pytest.mark.parametrize("suffix", ["flac", "ogg", "mp3", "m4a", "wav"])
def test_every_kind_of_file_is_judged(folder: Path, suffix: str) -> None:
    text = "---\nbackground: [zee]\n---\nRust. [sound tik]\n"
    (folder / "dag.md").write_text(text, encoding="utf-8")
    saved(folder, f"tik.{suffix}", noise(-30.0))
    saved(folder, f"zee.{suffix}", noise(-72.0))
    script = sessions.load("dag.md")
    with (
        pytest.raises(ScriptError, match=rf"dag\.md:2:14: zee\.{suffix} is silent, or nearly"),
        sessions.prepared(script, sessions.resolve({"voice": "tone"}, script.meta)),
    ):
        pass


def test_all_sounds_in_which_nothing_is_heard_are_told_at_once(folder: Path) -> None:
    for name in ("een", "twee", "drie"):
        saved(folder, f"{name}.wav", noise(-70.0))
    text = "---\nbackground: [een]\n---\nRust.\n\n[background twee]\n\nSlaap.\n\n[sound drie]\n"
    (folder / "dag.md").write_text(text, encoding="utf-8")
    script = sessions.load("dag.md")
    with (
        pytest.raises(ScriptError) as caught,
        sessions.prepared(script, sessions.resolve({"voice": "tone"}, script.meta)),
    ):
        pass
    assert [problem.source.line for problem in caught.value.problems] == [2, 6, 10]


def test_all_lines_of_which_nothing_is_heard_are_told_at_once(folder: Path) -> None:
    texts = [f"Dit is zin {word}." for word in ("een", "twee", "drie", "vier")]
    (folder / "mij").mkdir()
    rows = "\n".join(f"{number:03}  {text}" for number, text in enumerate(texts, 1))
    (folder / "mij" / "lines.txt").write_text(rows, encoding="utf-8")
    for number, lufs in enumerate((-30.0, -70.0, -30.0, -90.0), 1):
        saved(folder, f"mij/{number:03}.wav", noise(lufs, 1.0))
    (folder / "dag.md").write_text(
        "---\nvoice: recorded:mij\n---\n" + "\n".join(texts), encoding="utf-8"
    )
    script = sessions.load("dag.md")
    with (
        pytest.raises(ScriptError) as caught,
        sessions.planned(script, sessions.resolve({}, script.meta)),
    ):
        pass
    assert [problem.source.line for problem in caught.value.problems] == [5, 7]


def test_the_bound_is_on_the_loudest_400_ms_and_on_all_of_what_is_shorter() -> None:
    for sound, silent in (
        (noise(-60.5, 0.3), True),
        (noise(-59.5, 0.3), False),
        (padded(noise(-57.5, 0.4), 5.0), False),
        (padded(noise(-62.5, 0.4), 5.0), True),
    ):
        meter = Meter(2, true_peak=False)
        meter.add(np.repeat(sound, 2, axis=1))
        found = meter.finish()
        if silent:
            with pytest.raises(RecordingError, match=r"x\.wav is silent, or nearly"):
                refuse_silent(found, "x.wav")
        else:
            refuse_silent(found, "x.wav")
    assert QUIETEST_LUFS == -60.0
