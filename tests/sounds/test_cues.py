"""Breaths and bells."""

from __future__ import annotations

import numpy as np
import pytest

from sessions.sounds.bells import bell
from sessions.sounds.breath import breath_in, breath_out
from sessions.units import SAMPLE_RATE_HZ, Audio

FOUR_SECONDS = 4 * SAMPLE_RATE_HZ


def level_db(sound: Audio) -> float:
    return float(10 * np.log10(np.mean(sound.astype(np.float64) ** 2)))


def centroid_hz(sound: Audio) -> float:
    power = np.abs(np.fft.rfft(sound[:, 0])) ** 2
    hz = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE_HZ)
    return float((hz * power).sum() / power.sum())


def thirds(sound: Audio) -> tuple[Audio, Audio, Audio]:
    third = len(sound) // 3
    return sound[:third], sound[third : 2 * third], sound[2 * third :]


def test_a_breath_has_the_asked_length_and_silent_edges() -> None:
    for breath in (breath_in(FOUR_SECONDS), breath_out(FOUR_SECONDS)):
        assert breath.shape == (FOUR_SECONDS, 2)
        assert np.abs(breath[:20]).max() < 0.002
        assert np.abs(breath[-20:]).max() < 0.002


def test_in_rises_and_out_falls_in_level_and_brightness() -> None:
    first, _, last = thirds(breath_in(FOUR_SECONDS))
    assert level_db(last) - level_db(first) > 3
    assert centroid_hz(last) > 1.3 * centroid_hz(first)
    first, _, last = thirds(breath_out(FOUR_SECONDS))
    assert level_db(first) - level_db(last) > 6
    assert centroid_hz(first) > 1.2 * centroid_hz(last)


def test_breaths_of_a_length_are_all_alike() -> None:
    before = breath_in(100_000)
    breath_in.cache_clear()
    assert np.array_equal(breath_in(100_000), before)


def test_a_breath_is_made_once_and_nobody_can_change_it() -> None:
    for breath in (breath_in, breath_out):
        assert breath(1000) is breath(1000)
        with pytest.raises(ValueError, match="read-only"):
            breath(1000)[0] = 1.0


def test_a_bell_rises_softly_and_rings_to_nothing() -> None:
    sound = bell()
    strike = np.abs(sound[: SAMPLE_RATE_HZ // 2]).max()
    assert np.abs(sound[:44]).max() < 0.05 * strike  # nothing in the first millisecond
    assert level_db(sound[:SAMPLE_RATE_HZ]) - level_db(sound[-SAMPLE_RATE_HZ:]) > 40
    assert np.abs(sound).max() <= 0.25
