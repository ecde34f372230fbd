"""Gain curves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.mix.envelope import Curve, ducking, fade_in, fade_out, held, product
from sessions.mix.levels import MOST_MOVE_DB
from sessions.units import GRID_SAMPLES, SAMPLE_RATE_HZ, Audio, decibels, samples

SECOND = SAMPLE_RATE_HZ


def values(curve: Curve, start: int, stop: int) -> Audio:
    """Return every sample's gain, also where the curve gives one number for all."""
    return np.array(np.broadcast_to(curve.read(start, stop), (stop - start, 1))[:, 0])


def test_the_bed_is_down_before_the_word_and_up_after_it() -> None:
    curve = ducking([(10 * SECOND, 12 * SECOND)], 4.0)
    level = [decibels(float(value)) for value in values(curve, 0, 20 * SECOND)]
    assert level[samples(9.8)] == 0.0
    assert abs(level[10 * SECOND] + 4.0) < 0.01
    assert abs(level[12 * SECOND - 1] + 4.0) < 0.01
    assert level[samples(13.4)] < 0.0
    assert level[samples(13.51)] == 0.0


def test_the_bed_stays_down_through_a_short_gap() -> None:
    runs = [(10 * SECOND, 12 * SECOND), (samples(13.6), 14 * SECOND), (16 * SECOND, 17 * SECOND)]
    assert held(runs) == [(10 * SECOND, 14 * SECOND), (16 * SECOND, 17 * SECOND)]
    gains = values(ducking(runs, 4.0), 0, 17 * SECOND)
    assert np.ptp(gains[12 * SECOND : samples(13.6)]) == 0.0
    assert gains[14 * SECOND : 16 * SECOND].max() == 1.0


def test_the_deepest_duck_is_no_click_and_is_left_by_6_db_a_second() -> None:
    curve = ducking([(i * 4 * SECOND, (i * 4 + 2) * SECOND) for i in range(1, 7)], MOST_MOVE_DB)
    gains = 20 * np.log10(values(curve, 0, 30 * SECOND))
    assert (gains[441:] - gains[:-441]).min() > -0.7  # in 10 ms
    assert (gains[4410:] - gains[:-4410]).max() == pytest.approx(0.6, abs=0.01)  # in 100 ms
    assert np.ptp(gains) == pytest.approx(6.0, abs=0.01)


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
    one = ducking([(10 * SECOND, 12 * SECOND)], 4.0)
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
    curve = ducking([(100_001, 200_003), (300_000, 333_333), (700_000, 800_000)], 5.0)
    whole = values(curve, 0, 1_000_000)
    assert np.array_equal(values(curve, start, start + count), whole[start : start + count])


def test_a_curve_without_points_is_one() -> None:
    assert ducking([], 4.0).read(5, 10 * GRID_SAMPLES) == 1.0
