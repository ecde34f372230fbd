"""What is copied is measured once, and the figures are those of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from sessions.metering.loudness import STEP_SAMPLES
from sessions.mp3.plan import Repeat
from sessions.units import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME
from sessions.verify.copies import EDGE_STEPS, copies, fill, spans_to_read
from sessions.verify.measure import measure

if TYPE_CHECKING:
    from pathlib import Path

PERIOD = 49 * SAMPLES_PER_FRAME
"""128 steps of 10 ms: the least number of frames that is a whole number of them."""
PERIOD_STEPS = PERIOD // STEP_SAMPLES


def test_a_period_is_whole_in_frames_and_in_steps() -> None:
    assert PERIOD_STEPS * STEP_SAMPLES == PERIOD


def test_a_bed_that_is_read_once_measures_as_the_whole(tmp_path: Path) -> None:
    bed = np.random.default_rng(3).normal(size=(PERIOD, 2)) * 0.05
    bed[PERIOD // 4 : PERIOD // 2] *= 4
    night = np.tile(bed, (30, 1)).astype(np.float32)
    night[8 * PERIOD : 9 * PERIOD] *= 0.1
    path = tmp_path / "night.wav"
    soundfile.write(path, night, SAMPLE_RATE_HZ, subtype="FLOAT")
    repeats = [
        Repeat(0, 8 * PERIOD, PERIOD, 0, "bed"),
        Repeat(9 * PERIOD, len(night), PERIOD, 0, "bed"),
    ]
    whole, part = measure(path), measure(path, repeats=repeats)
    for figure in ("integrated_lufs", "range_lu", "momentary_max_lufs", "true_peak_dbtp"):
        assert getattr(part, figure) == pytest.approx(getattr(whole, figure), abs=1e-3), figure
    assert part.rise_lu == pytest.approx(whole.rise_lu, abs=1e-3)
    assert part.rise_seconds == whole.rise_seconds
    read = sum(min(stop, len(night)) - start for start, stop in spans_to_read(copies(repeats)))
    assert read < 5 * PERIOD


spans = st.lists(st.integers(0, 40 * PERIOD), min_size=2, max_size=12, unique=True).map(sorted)


@given(spans, st.sampled_from(["one", "two"]))
def test_every_step_is_read_or_filled_from_its_own_phase(edges: list[int], second: str) -> None:
    keys = ["one", second]
    repeats = [
        Repeat(start, stop, PERIOD, 0, keys[number % 2])
        for number, (start, stop) in enumerate(zip(edges[::2], edges[1::2], strict=False))
    ]
    length = 40 * PERIOD_STEPS
    truth = np.random.default_rng(1).normal(size=length).astype(np.float32)
    bases = {key: truth[place : place + PERIOD_STEPS].copy() for place, key in enumerate(keys)}
    for repeat in repeats:
        inside = np.arange(
            -(-repeat.start // STEP_SAMPLES) + EDGE_STEPS, repeat.stop // STEP_SAMPLES - EDGE_STEPS
        )
        truth[inside] = bases[repeat.key][inside % PERIOD_STEPS]
    known = copies(repeats)
    steps = np.full(length, np.nan, np.float32)
    for start, stop in spans_to_read(known):
        first, last = start // STEP_SAMPLES, min(stop // STEP_SAMPLES, length)
        steps[first:last] = truth[first:last]
    fill(steps, known)
    np.testing.assert_array_equal(truth, steps)


def test_a_file_that_ends_too_early_is_filled_as_far_as_it_goes() -> None:
    known = copies([Repeat(0, 20 * PERIOD, PERIOD, 0, "bed")])
    steps = np.ones(3 * PERIOD_STEPS, np.float32)
    fill(steps, known)
    assert steps.tolist() == [1.0] * len(steps)
