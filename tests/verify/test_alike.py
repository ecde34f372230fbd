"""Of a version only what is other is heard, and its figures are those of the whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sessions.mp3 import Mp3Format, write_mp3
from sessions.units import SAMPLE_RATE_HZ
from sessions.verify.alike import Memory, both, changed, completed, other_bytes
from sessions.verify.measure import measure
from sessions.verify.stream import walk_file

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.units import Audio

SECOND = SAMPLE_RATE_HZ
FIGURES = (
    *("integrated_lufs", "range_lu", "momentary_max_lufs", "true_peak_dbtp", "rise_lu"),
    *("silence_seconds", "clipped_samples", "opening_lufs", "closing_lufs", "length_samples"),
)


def sound(seconds: int = 30) -> Audio:
    white = np.random.default_rng(4).normal(size=(seconds * SECOND + 16, 2)).cumsum(axis=0)
    audio = (white[16:] - white[:-16]) * 0.01  # dull, so that frames have bytes to spare
    audio[10 * SECOND : 11 * SECOND] *= 5
    return np.asarray(audio, np.float32)


def written(path: Path, audio: Audio, tag: bytes = b"") -> Path:
    with path.open("w+b") as file:
        write_mp3(file, lambda start, stop: audio[start:stop], len(audio), Mp3Format(), tag=tag)
    return path


def other(audio: Audio, start: float, stop: float, factor: float) -> Audio:
    changed = audio.copy()
    changed[int(start * SECOND) : int(stop * SECOND)] *= factor
    return changed


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("first") / "a.mp3", sound(), b"ID3" + bytes(7))


@pytest.mark.parametrize(
    ("start", "stop", "factor"),
    [
        (15, 18, 0.0), (0, 1, 0.0), (28, 30, 3.0), (15, 16, 30.0), (10, 11, 0.1),
        (5, 5, 1.0),
    ],
)  # fmt: skip
def test_a_version_measures_as_if_it_were_heard_whole(
    tmp_path: Path, first: Path, start: float, stop: float, factor: float
) -> None:
    second = written(tmp_path / "b.mp3", other(sound(), start, stop, factor))
    memory = Memory()
    measure(first, memory=memory)
    found, whole = measure(second, memory=memory), measure(second)
    for figure in FIGURES:
        expected = pytest.approx(getattr(whole, figure), abs=2e-3)
        assert getattr(found, figure) == expected, figure
    np.testing.assert_allclose(found.momentary_lufs, whole.momentary_lufs, atol=0.02)


@pytest.mark.parametrize("start", [15.0, 15.23])
def test_a_peak_that_is_gone_is_not_told_of_the_next(tmp_path: Path, start: float) -> None:
    first = written(tmp_path / "a.mp3", other(sound(), start, start + 0.01, 60.0))
    second = written(tmp_path / "b.mp3", sound())
    memory = Memory()
    loud = measure(first, memory=memory)
    found = measure(second, memory=memory)
    assert loud.true_peak_dbtp > found.true_peak_dbtp + 1
    assert found.true_peak_dbtp == pytest.approx(measure(second).true_peak_dbtp, abs=2e-3)


def test_files_of_other_lengths_are_not_put_together(first: Path) -> None:
    memory = Memory()
    measure(first, memory=memory)
    assert memory.last is not None
    decoded = memory.last.decoded
    longer = replace(decoded, length_samples=decoded.length_samples + 9)
    assert completed(longer, decoded, []) is None


def test_only_what_changed_is_read(tmp_path: Path) -> None:
    first = written(tmp_path / "a.mp3", sound())
    second = written(tmp_path / "b.mp3", other(sound(), 15, 16, 2.0))
    memory = Memory()
    measure(first, memory=memory)
    spans = changed(memory.last, second, walk_file(second))
    assert spans is not None
    assert sum(stop - start for start, stop in spans) < 8 * SECOND
    assert any(start < 15 * SECOND and stop > 16 * SECOND for start, stop in spans)


def test_a_file_that_is_not_as_it_was_heard_tells_nothing(tmp_path: Path) -> None:
    first = written(tmp_path / "a.mp3", sound())
    second = written(tmp_path / "b.mp3", other(sound(), 15, 16, 2.0))
    memory = Memory()
    measure(first, memory=memory)
    written(first, other(sound(), 15, 16, 2.0))
    assert changed(memory.last, second, walk_file(second)) is None
    measure(second, memory=memory)
    second.unlink()
    third = written(tmp_path / "c.mp3", sound())
    assert changed(memory.last, third, walk_file(third)) is None
    longer = written(tmp_path / "d.mp3", sound(31))
    measure(third, memory=memory)
    assert changed(memory.last, longer, walk_file(longer)) is None
    broken = tmp_path / "e.mp3"
    broken.write_bytes(third.read_bytes()[:250_000])
    measure(broken, memory=memory)
    assert memory.last is None


def test_bytes_that_differ_are_found_in_blocks() -> None:
    here = np.zeros(20_000_000, np.uint8)
    there = here.copy()
    there[[5000, 16_777_215, 16_777_216, 19_999_999]] = 1
    assert other_bytes(here, there) == [
        (4096, 8192), (16_773_120, 16_781_312), (19_996_672, 20_000_768)
    ]  # fmt: skip
    assert both([(0, 10), (20, 30)], [(5, 25), (29, 40)]) == [(5, 10), (20, 25), (29, 30)]
