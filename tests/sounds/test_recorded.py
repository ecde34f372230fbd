"""Recordings as beds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from sessions.errors import RecordingError, ScriptError, Source
from sessions.library.scripts import loads
from sessions.mix.bedding import low_pass
from sessions.script.model import Layer, OneShot
from sessions.sounds.base import PERIOD_SAMPLES
from sessions.sounds.named import unknown_sounds
from sessions.sounds.recorded import RecordedBed, decoded, find
from sessions.sounds.soundscape import one_shot, soundscape
from sessions.storage.caches import Caches
from sessions.storage.recordings import Limits
from sessions.units import SAMPLE_RATE_HZ, Audio

if TYPE_CHECKING:
    from pathlib import Path


def noise(seconds: float, rate_hz: int = SAMPLE_RATE_HZ, channels: int = 2) -> Audio:
    rng = np.random.default_rng(3)
    return (0.1 * rng.standard_normal((round(seconds * rate_hz), channels))).astype(np.float32)


def saved(
    folder: Path, sound: Audio, rate_hz: int = SAMPLE_RATE_HZ, name: str = "rain.wav"
) -> Path:
    soundfile.write(
        folder / name, sound, rate_hz, subtype="FLOAT" if name.endswith("wav") else None
    )
    return folder / name


@pytest.mark.parametrize("length_seconds", [5.0, 45.0, 70.0, 130.0])
def test_a_loop_is_whole_periods_and_has_no_seam(tmp_path: Path, length_seconds: float) -> None:
    bed = RecordedBed.of_file(saved(tmp_path, noise(length_seconds)))
    assert bed.period_samples % PERIOD_SAMPLES == 0
    whole = bed.read(0, bed.period_samples + SAMPLE_RATE_HZ)
    assert np.array_equal(whole[:SAMPLE_RATE_HZ], whole[bed.period_samples :])
    # At equal power the level stays where it is, through every joint.
    blocks = whole[: len(whole) // 4410 * 4410].reshape(-1, 4410, 2)
    levels = 10 * np.log10(np.mean(blocks**2, axis=(1, 2)))
    assert levels.max() - levels.min() < 1.0


def test_windows_of_any_size_are_the_same(tmp_path: Path) -> None:
    bed = RecordedBed.of_file(saved(tmp_path, noise(7.3)))
    whole = bed.read(0, 400_000)
    assert np.array_equal(whole[123_456:150_001], bed.read(123_456, 150_001))
    pieces = [bed.read(start, start + 999) for start in range(0, 399_600, 999)]
    assert np.array_equal(whole[:399_600], np.concatenate(pieces))


def test_another_rate_keeps_pitch_and_length(tmp_path: Path) -> None:
    time = np.arange(8 * 22_050) / 22_050
    tone = np.repeat(0.1 * np.sin(2 * np.pi * 440 * time)[:, np.newaxis], 2, axis=1)
    bed = RecordedBed.of_file(saved(tmp_path, tone.astype(np.float32), 22_050))
    sound = bed.read(5 * SAMPLE_RATE_HZ, 6 * SAMPLE_RATE_HZ)[:, 0]
    assert np.abs(np.fft.rfft(sound)).argmax() == 440


def test_mono_stands_in_both_channels(tmp_path: Path) -> None:
    bed = RecordedBed.of_file(saved(tmp_path, noise(3.0, channels=1)))
    left, right = bed.read(0, 10_000).T
    assert np.array_equal(left, right)


@pytest.mark.parametrize("name", ["../rain", "/etc/passwd", "sub/../../rain", "link"])
def test_a_name_cannot_leave_its_folder(tmp_path: Path, name: str) -> None:
    saved(tmp_path, noise(3.0))
    inside = tmp_path / "assets"
    (inside / "sub").mkdir(parents=True)
    (inside / "link.wav").symlink_to(tmp_path / "rain.wav")
    assert find(name, [inside]) is None


def test_the_first_folder_wins_and_a_suffix_may_be_left_out(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        saved(tmp_path / folder, noise(2.0))
    assert find("rain", [tmp_path / "b", tmp_path / "a"]) == (tmp_path / "b/rain.wav").resolve()


@pytest.mark.parametrize("length_seconds", [7.0, 70.0])
def test_a_filtered_recording_keeps_its_loop_and_loses_its_treble(
    tmp_path: Path, length_seconds: float
) -> None:
    bed = RecordedBed.of_file(saved(tmp_path, noise(length_seconds)))
    dark = bed.filtered(low_pass())
    assert dark.period_samples == bed.period_samples
    spectra = [np.abs(np.fft.rfft(b.read(50_000, 250_000)[:, 0])) ** 2 for b in (bed, dark)]
    hz = np.fft.rfftfreq(200_000, 1 / SAMPLE_RATE_HZ)
    drop = [
        10 * np.log10(spectra[1][band].sum() / spectra[0][band].sum())
        for band in ((hz > 20) & (hz < 100), (hz > 4500) & (hz < 5500))
    ]
    assert drop == pytest.approx([0.0, -20.0], abs=0.5)


def test_no_audio_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "rain.wav").write_bytes(b"this is no sound" * 100)
    with pytest.raises(RecordingError, match=r"rain\.wav cannot be decoded"):
        RecordedBed.of_file(tmp_path / "rain.wav")


def test_a_recording_that_is_of_no_use_points_to_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "motor.wav").write_bytes(b"this is no sound" * 100)
    script = loads("---\nbackground: [sea, motor]\n---\nRust. [klank motor]\n", path="a.md")
    with pytest.raises(ScriptError) as caught:
        soundscape(script, script.meta.choice("background"), [tmp_path], Caches(tmp_path).beds)
    (problem,) = caught.value.problems
    assert (problem.source, problem.length) == (Source("a.md", 2, 19), 5)
    assert problem.text == "background: [sea, motor]"
    (shot,) = (part for part in script.parts if isinstance(part, OneShot))
    with pytest.raises(ScriptError) as caught:
        one_shot(script, Layer("motor", 0.0, shot.source), [tmp_path])
    (problem,) = caught.value.problems
    assert (problem.source, problem.length) == (Source("a.md", 4, 7), 13)
    with pytest.raises(RecordingError, match=r"^motor\.wav cannot be decoded"):
        soundscape(script, [Layer("motor")], [tmp_path], Caches(tmp_path).beds)


def test_too_short_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"rain\.wav is too short to be a bed"):
        RecordedBed.of_file(saved(tmp_path, noise(0.5)))


def test_decoded_length_is_counted_not_believed(tmp_path: Path) -> None:
    path = saved(tmp_path, noise(5.0), name="rain.flac")
    with pytest.raises(RecordingError, match=r"rain\.flac is longer than 0\.05 minutes") as caught:
        list(decoded(path, Limits(3.0, "cut it")))
    assert caught.value.remedy == "cut it"


def test_an_unknown_sound_points_to_its_place_and_offers_another(tmp_path: Path) -> None:
    script = loads("---\nbackground: [sea, browm]\n---\nRust.\n", path="a.md")
    (problem,) = unknown_sounds(script, script.meta.choice("background"), [tmp_path])
    assert (problem.source, problem.length) == (Source("a.md", 2, 19), 5)
    assert problem.text == "background: [sea, browm]"
    assert problem.remedy == "did you mean 'brown'?"


def test_a_soundscape_is_the_sum_of_its_layers(tmp_path: Path) -> None:
    saved(tmp_path, noise(5.0))
    script = loads("Rust.")
    both = soundscape(
        script, [Layer("rain", -6.0), Layer("brown")], [tmp_path], Caches(tmp_path).beds
    )
    rain = soundscape(script, [Layer("rain", -6.0)], [tmp_path], Caches(tmp_path).beds)
    brown = soundscape(script, [Layer("brown")], [tmp_path], Caches(tmp_path).beds)
    assert both is not None
    assert rain is not None
    assert brown is not None
    assert np.allclose(both.read(5, 5000), rain.read(5, 5000) + brown.read(5, 5000), atol=1e-7)
    assert both.period_samples % PERIOD_SAMPLES == 0
