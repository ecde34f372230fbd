"""Gain curves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.mix.envelope import Curve, ducking, fade_in, fade_out, held, product
from sessions.units import GRID_SAMPLES, SAMPLE_RATE_HZ, Audio, decibels, samples

SECOND = SAMPLE_RATE_HZ


def values(curve: Curve, start: int, stop: int) -> Audio:
    """Return every sample's gain, also where the curve gives one number for all."""
    return np.array(np.broadcast_to(curve.read(start, stop), (stop - start, 1))[:, 0])


def test_the_bed_is_down_before_the_word_and_up_after_it() -> None:
    curve = ducking([(10 * SECOND, 12 * SECOND)], [4.0])
    level = [decibels(float(value)) for value in values(curve, 0, 20 * SECOND)]
    assert level[samples(9.8)] == 0.0
    assert abs(level[10 * SECOND] + 4.0) < 0.01
    assert abs(level[12 * SECOND - 1] + 4.0) < 0.01
    assert level[samples(12.8)] == 0.0


def test_the_bed_stays_down_through_a_short_gap() -> None:
    runs = [(10 * SECOND, 12 * SECOND), (samples(12.85), 14 * SECOND), (16 * SECOND, 17 * SECOND)]
    least = [(10 * SECOND, 14 * SECOND, 3.0), (16 * SECOND, 17 * SECOND, 4.0)]
    assert held(runs, [4.0, 3.0, 4.0]) == least
    curve = ducking(runs, [4.0] * len(runs))
    gap = values(curve, 12 * SECOND, samples(12.85))
    assert np.ptp(gap) == 0.0


def test_no_gain_moves_faster_than_the_ear_forgives() -> None:
    curve = ducking([(i * 3 * SECOND, i * 3 * SECOND + 2 * SECOND) for i in range(1, 9)], [6.0] * 8)
    gains = values(curve, 0, 30 * SECOND)
    rise = 20 * np.log10(gains[441:] / gains[:-441])  # in 10 ms
    assert np.abs(rise).max() < 0.7


@pytest.mark.parametrize("words_from", [6 * SECOND, 20 * SECOND])
def test_a_fade_begins_in_silence_and_never_turns_back(words_from: int) -> None:
    curve = fade_in(15 * SECOND, words_from)
    gains = values(curve, 0, 16 * SECOND)
    assert gains[0] == 0.0
    assert gains[15 * SECOND + GRID_SAMPLES] == 1.0
    assert (np.diff(gains) >= -1e-7).all()


@pytest.mark.parametrize("fade_seconds", [15, 120, 600])
def test_a_bed_is_there_when_the_first_words_come(fade_seconds: int) -> None:
    gains = values(fade_in(fade_seconds * SECOND, 6 * SECOND), 0, 7 * SECOND)
    assert 20 * np.log10(gains[6 * SECOND]) > -3.0
    hops = np.maximum(20 * np.log10(np.maximum(gains[:: SECOND // 10], 1e-9)), -22.0)
    assert (hops[4:] - hops[:-4]).max() < 12.0


def test_the_shortest_fade_in_takes_two_seconds_and_a_fade_out_of_no_length_changes_nothing() -> (
    None
):
    gains = values(fade_in(0, 0), 0, 3 * SECOND)
    assert gains[0] == 0.0
    assert gains[SECOND] < 0.5
    assert gains[2 * SECOND + GRID_SAMPLES] == 1.0
    assert fade_out(50_000, 50_000).read(0, 60_000) == 1.0


def test_a_fade_out_ends_in_silence() -> None:
    gains = values(fade_out(10 * SECOND, 20 * SECOND), 9 * SECOND, 20 * SECOND)
    assert gains[0] == 1.0
    assert gains[-1] < 1e-5


def test_a_product_is_the_product_and_keeps_what_is_constant() -> None:
    one = ducking([(10 * SECOND, 12 * SECOND)], [4.0])
    both = product(one, fade_out(30 * SECOND, 40 * SECOND), Curve.through([(0, 0.5)]))
    places = np.arange(0, 40 * SECOND, 9973.0)
    expected = 0.5 * one.at(places) * fade_out(30 * SECOND, 40 * SECOND).at(places)
    assert np.abs(both.at(places) - expected).max() < 1e-3
    spans = list(both.constant_spans(40 * SECOND))
    assert [gain for _, _, gain in spans] == pytest.approx([0.5, 0.5 * 10**-0.2, 0.5, 0.0])
    for start, stop, gain in spans:
        assert set(values(both, start, stop).tolist()) == {np.float32(gain)}


@given(start=st.integers(0, 900_000), count=st.integers(1, 3000))
def test_any_window_of_a_curve_is_the_same_to_the_bit(start: int, count: int) -> None:
    curve = ducking([(100_001, 200_003), (300_000, 333_333), (700_000, 800_000)], [5.0] * 3)
    whole = values(curve, 0, 1_000_000)
    assert np.array_equal(values(curve, start, start + count), whole[start : start + count])


def test_a_curve_without_points_is_one() -> None:
    assert ducking([], []).read(5, 10 * GRID_SAMPLES) == 1.0
