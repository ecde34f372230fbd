"""What is measured, against files whose figures are known, and against ffmpeg."""

from __future__ import annotations

import dataclasses
import math
import re
import subprocess
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from sessions.errors import InputMissingError
from sessions.metering.loudness import largest_rise
from sessions.publish.report import Report
from sessions.verify.decode import UndecodableError
from sessions.verify.measure import measure
from sessions.verify.planned import Planned
from sessions.verify.tags import Chapter, chapter_faults
from tests.conftest import run_tool

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.units import Audio

RATE = 44_100


def noise(seconds: float, level: float, seed: int = 1) -> Audio:
    """Return soft stereo noise, of which little is near the upper end of what a file can hold."""
    count = round(seconds * RATE)
    white = np.random.default_rng(seed).normal(size=(count + 8, 2)) * level
    total = np.cumsum(white, axis=0)
    return np.asarray((total[8:] - total[:-8]) / 8, np.float32)


def saved(path: Path, samples: Audio, rate: int = RATE) -> Path:
    soundfile.write(path, samples, rate, subtype="FLOAT" if path.suffix == ".wav" else None)
    return path


def by_ffmpeg(path: Path) -> tuple[float, float]:
    """Return integrated loudness and true peak as ffmpeg measures them, mono as dual mono."""
    done = subprocess.run(
        ["ffmpeg", "-hide_banner", "-nostats", "-i", str(path), "-filter_complex",
         "ebur128=peak=true:dualmono=1", "-f", "null", "-"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    summary = done.stderr.rpartition("Summary:")[2]
    figures = [re.search(rf"{name}: +(-?[\d.]+)", summary) for name in ("I", "Peak")]
    assert all(figures)
    return tuple(float(figure[1]) for figure in figures if figure)  # type: ignore[return-value]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Noise that swells, as a WAV and in every form that other programs make of it."""
    folder = tmp_path_factory.mktemp("files")
    swell = (1.2 + np.sin(np.arange(12 * RATE) / RATE))[:, None] / 2
    source = saved(folder / "source.wav", noise(12, 0.3) * swell.astype(np.float32))
    for name, *options in (
        ("vbr.mp3", "-V4"),
        ("abr.mp3", "--abr", "100"),
        ("cbr-id3v1.mp3", "-b", "96", "--id3v1-only", "--tt", "Een titel"),
        ("no-info.mp3", "-V4", "-t"),
        ("mono24.mp3", "-m", "m", "--resample", "24", "-b", "64"),
    ):
        run_tool("lame", "--quiet", *options, source, folder / name)
    for name in ("source.flac", "source.ogg"):
        run_tool("ffmpeg", "-v", "error", "-i", source, folder / name)
    run_tool("ffmpeg", "-v", "error", "-i", source, "-ar", "48000", "-b:a", "256k",
             "-metadata", "title=Titel", folder / "at48.mp3")  # fmt: skip
    tagged = (folder / "vbr.mp3").read_bytes() + ape_tag()
    (folder / "ape.mp3").write_bytes(tagged)
    return folder


def ape_tag() -> bytes:
    item = (1).to_bytes(4, "little") + bytes(4) + b"Title\0x"
    size = (len(item) + 32).to_bytes(4, "little")
    footer = b"APETAGEX" + (2000).to_bytes(4, "little") + size + (1).to_bytes(4, "little")
    return item + footer + bytes(12)


FOREIGN = (
    "source.wav", "source.flac", "source.ogg", "vbr.mp3", "abr.mp3", "cbr-id3v1.mp3",
    "no-info.mp3", "mono24.mp3", "at48.mp3", "ape.mp3",
)  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_files_of_other_programs_measure_as_in_ffmpeg_and_are_called_sound(
    name: str, folder: Path
) -> None:
    found = measure(folder / name)
    integrated, peak = by_ffmpeg(folder / name)
    assert found.integrated_lufs == pytest.approx(integrated, abs=0.1)
    assert found.true_peak_dbtp == pytest.approx(peak, abs=0.15)
    assert found.faults == ()
    assert found.length_seconds == pytest.approx(12.0, abs=0.08)


def test_tags_and_bit_rate_of_other_programs_are_read(folder: Path) -> None:
    assert measure(folder / "cbr-id3v1.mp3").title == "Een titel"
    assert measure(folder / "at48.mp3").title == "Titel"
    assert measure(folder / "at48.mp3").bitrate_kbps == pytest.approx(256, abs=1)
    assert measure(folder / "source.wav").bitrate_kbps is None


def test_the_number_of_jobs_changes_no_figure_that_is_shown(folder: Path) -> None:
    for name in ("vbr.mp3", "source.flac", "no-info.mp3"):
        one, three = measure(folder / name, jobs=1), measure(folder / name, jobs=3)
        for figure in ("integrated_lufs", "range_lu", "true_peak_dbtp", "rise_lu", "closing_lufs"):
            assert getattr(one, figure) == pytest.approx(getattr(three, figure), abs=1e-3)
        assert np.abs(one.momentary_lufs - three.momentary_lufs).max() < 1e-3


@pytest.mark.parametrize("stop_seconds", [1e308, math.inf])
def test_a_pause_that_goes_on_for_ever_is_one_until_the_end(
    stop_seconds: float, tmp_path: Path
) -> None:
    path = saved(tmp_path / "a.wav", noise(3, 0.01))
    plan = dataclasses.replace(Planned.of(Report()), pauses=((1.0, 3.0, 0.0),))
    longer = dataclasses.replace(
        plan, pauses=((1.0, stop_seconds, 0.0), (1e308, stop_seconds, 0.0))
    )
    assert measure(path, longer).bed_lufs == measure(path, plan).bed_lufs


def test_a_sine_measures_what_it_must(tmp_path: Path) -> None:
    # BS.1770-5: 997 Hz at 0 dB FS on one channel reads -3.01 LUFS
    sine = 0.25 * np.sin(2 * np.pi * 997 * np.arange(6 * RATE) / RATE).astype(np.float32)
    mono = measure(saved(tmp_path / "mono.wav", sine))
    both = measure(saved(tmp_path / "both.wav", np.stack([sine, sine], axis=1)))
    assert both.integrated_lufs == pytest.approx(-12.04, abs=0.02)
    assert mono.integrated_lufs == pytest.approx(both.integrated_lufs, abs=1e-3)
    assert both.true_peak_dbtp == pytest.approx(-12.04, abs=0.02)
    assert both.momentary_max_lufs == pytest.approx(-12.04, abs=0.1)


def test_a_step_is_the_largest_rise_and_told_where(tmp_path: Path) -> None:
    loud = noise(10, 0.05)
    loud[5 * RATE :] *= 10.0
    found = measure(saved(tmp_path / "step.wav", loud))
    assert found.rise_lu == pytest.approx(20.0, abs=0.7)
    assert found.rise_seconds == pytest.approx(5.0, abs=0.2)


def test_a_rise_counts_from_minus_fifty_and_in_the_first_seconds_too() -> None:
    levels = np.full(100, -80.0, np.float32)
    levels[60:] = -45.0
    assert largest_rise(levels) == (5.0, 60)
    levels[:2] = -30.0
    assert largest_rise(levels) == (20.0, 0)
    # what was as loud within the 3 s before, in windows that lie wholly there, frightens nobody
    levels[:] = -50.0
    levels[[40, 68]] = -20.0
    assert largest_rise(levels) == (30.0, 40)
    levels[38:40] = -30.0
    levels[34:36] = -30.0
    assert largest_rise(levels)[0] == 20.0


def test_a_dead_gap_is_found_to_the_sample_and_a_faded_end_is_none(tmp_path: Path) -> None:
    sound = noise(8, 0.1)
    sound[3 * RATE : 4 * RATE + 100] = 0.0
    sound[-RATE:] = 0.0
    found = measure(saved(tmp_path / "gap.flac", sound))
    assert found.silence_seconds == pytest.approx((RATE + 100) / RATE, abs=3 / RATE)
    assert found.silence_at_seconds == pytest.approx(3.0, abs=3 / RATE)
    faded = noise(8, 0.1) * np.linspace(1, 0, 8 * RATE)[:, None] ** 4
    whole = measure(saved(tmp_path / "faded.flac", faded.astype(np.float32)))
    assert whole.silence_seconds < 0.01
    assert whole.closing_lufs < -70


def test_clipping_counts_runs_of_three_and_not_single_peaks(tmp_path: Path) -> None:
    sound = noise(3, 0.1)
    sound[1000:1005, 0] = 1.0
    # on the border of two blocks, where each sees but a part
    sound[2 * RATE - 2 : 2 * RATE + 2, 1] = -1.0
    sound[500, 0] = sound[700, 1] = 1.0
    sound[800:802, 0] = 1.0
    assert measure(saved(tmp_path / "clipped.wav", sound)).clipped_samples == 9


def test_a_cut_mp3_is_called_broken_and_still_measured(folder: Path, tmp_path: Path) -> None:
    data = (folder / "vbr.mp3").read_bytes()
    path = tmp_path / "cut.mp3"
    path.write_bytes(data[: len(data) * 2 // 3])
    found = measure(path)
    assert any("cut short" in fault for fault in found.faults)
    assert any("the Info frame counts" in fault for fault in found.faults)
    assert 7 < found.length_seconds < 9


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.99])
def test_a_cut_flac_is_called_broken_and_measured_as_far_as_it_goes(
    share: float, folder: Path, tmp_path: Path
) -> None:
    data = (folder / "source.flac").read_bytes()
    path = tmp_path / "cut.flac"
    path.write_bytes(data[: max(9000, int(len(data) * share))])
    found = measure(path, jobs=2)
    assert any("could not be decoded" in fault for fault in found.faults)
    assert found.length_seconds == pytest.approx(12.0, abs=0.01)


def rf64(data: bytes) -> bytes:
    """Return a WAV file as RF64, its sizes in a `ds64` chunk (EBU Tech 3306)."""
    at = data.index(b"data")
    sizes = (len(data) + 28).to_bytes(8, "little") + (len(data) - at - 8).to_bytes(8, "little")
    ds64 = b"ds64" + (28).to_bytes(4, "little") + sizes + bytes(12)
    unknown = b"\xff" * 4
    return b"RF64" + unknown + b"WAVE" + ds64 + data[12:at] + b"data" + unknown + data[at + 8 :]


@pytest.mark.parametrize("name", ["source.wav", "source.rf64", "source.ogg"])
def test_a_half_download_is_called_broken(name: str, folder: Path, tmp_path: Path) -> None:
    source = folder / name.replace("rf64", "wav")
    data = rf64(source.read_bytes()) if "rf64" in name else source.read_bytes()
    path = tmp_path / name
    path.write_bytes(data)
    assert measure(path).faults == ()
    last = data.rindex(b"OggS") if b"OggS" in data else len(data) - 1
    for size in (len(data) // 2, last, len(data) - 2):
        path.write_bytes(data[:size])
        found = measure(path)
        assert any("the file is cut short" in fault for fault in found.faults), size


@pytest.mark.parametrize("kind", ["wav", "ogg"])
def test_a_file_that_was_written_into_a_pipe_is_whole(
    kind: str, folder: Path, tmp_path: Path
) -> None:
    piped = run_tool("ffmpeg", "-v", "error", "-i", folder / "source.wav", "-f", kind, "-")
    path = tmp_path / f"piped.{kind}"
    path.write_bytes(piped.stdout)
    assert measure(path).faults == ()


def test_damage_in_the_middle_is_told_with_its_place_and_the_rest_is_read(
    folder: Path, tmp_path: Path
) -> None:
    data = bytearray((folder / "no-info.mp3").read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3000] = np.random.default_rng(3).bytes(3000)
    path = tmp_path / "hole.mp3"
    path.write_bytes(data)
    found = measure(path)
    assert any(re.search(r"no frame, at about 0:0[567]", fault) for fault in found.faults)
    assert found.length_seconds == pytest.approx(12, abs=0.5)


def test_zeros_after_the_last_frame_are_no_fault(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "padded.mp3"
    path.write_bytes((folder / "vbr.mp3").read_bytes() + bytes(3000))
    assert measure(path).faults == ()


@pytest.mark.parametrize("content", [b"", b"hello " * 999, b"ID3\x04\0\0\0\0\0\x05abcde"])
def test_what_is_no_audio_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file.mp3"
    path.write_bytes(content)
    with pytest.raises(UndecodableError) as caught:
        measure(path)
    assert caught.value.exit_code == 65


def test_what_is_not_there_is_missing(tmp_path: Path) -> None:
    for path in (tmp_path / "no.mp3", tmp_path):
        with pytest.raises(InputMissingError):
            measure(path)


def test_chapters_out_of_order_or_length_are_told() -> None:
    good = (Chapter("a", 0, 5), Chapter("b", 5, 10))
    assert chapter_faults(good, 10) == ()
    bad = (Chapter("a", 3, 5), Chapter("", 3, 12))
    assert len(chapter_faults(bad, 10)) == 3
