from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from sessions.metering import truepeak
from sessions.mix.limiter import REACH_SAMPLES, limit
from sessions.units import GRID_SAMPLES, SAMPLE_RATE_HZ, Audio, decibels, gain
from tests.conftest import few

CEILING_DB = -1.0


def padded(audio: Audio) -> Audio:
    return np.pad(audio, [(REACH_SAMPLES, REACH_SAMPLES)] + [(0, 0)] * (audio.ndim - 1))


def window(audio: Audio, start: int, stop: int, ceiling_db: float = CEILING_DB) -> Audio:
    return limit(padded(audio)[start : stop + 2 * REACH_SAMPLES], start, ceiling_db)


def whole(audio: Audio, ceiling_db: float = CEILING_DB) -> Audio:
    return window(audio, 0, len(audio), ceiling_db)


def true_peak_db(audio: Audio) -> float:
    """Return the true peak by a method of its own: zeros put behind the spectrum, 16 times."""
    # Over a power of two, with silence around: the transform sees a recording without an end.
    length = 1 << (len(audio) + 2000).bit_length()
    spectrum = np.fft.rfft(audio.astype(np.float64), n=length, axis=0)
    wave = 16 * np.fft.irfft(spectrum, n=16 * length, axis=0)
    return decibels(float(np.abs(wave).max()))


def faded(wave: Audio) -> Audio:
    edge = np.minimum(1.0, np.arange(len(wave)) / 400)
    return (wave * np.minimum(edge, edge[::-1])[:, None]).astype(np.float32)


def sine(turns_per_sample: float, turns: float, peak: float) -> Audio:
    at = turns_per_sample * np.arange(12_000) + turns
    return faded((peak * np.sin(2 * np.pi * at))[:, None].repeat(2, axis=1))


def noise_bursts(seed: int, seconds: float = 1.0) -> Audio:
    """Return stereo noise up to 18 kHz in bursts, most of them far over the ceiling."""
    rng = np.random.default_rng(seed)
    n = int(seconds * SAMPLE_RATE_HZ)
    spectrum = np.fft.rfft(rng.standard_normal((n, 2)), axis=0)
    spectrum[int(18_000 * seconds) :] = 0.0
    levels = np.repeat(rng.choice([0.05, 0.2, 0.6, 1.5], size=-(-n // 700)), 700)[:n]
    levels = np.convolve(levels, np.hanning(200) / np.hanning(200).sum(), mode="same")
    return faded(np.fft.irfft(spectrum, n=n, axis=0) * levels[:, None])


def clicks() -> Audio:
    """Return clicks of all fractions of a sample, low-passed, of either sign, over quiet noise."""
    audio = 0.01 * noise_bursts(9, 0.5)
    for number, start in enumerate(range(1000, 20_000, 1531)):
        at = np.arange(-64, 64) + number / 12
        click = np.sinc(0.8 * at) * np.hanning(130)[1:-1] * (-1) ** number * (1 + number % 3)
        audio[start - 64 : start + 64, number % 2] += click.astype(np.float32)
    return audio


MATERIAL = {
    "quarter rate, 45 degrees": sine(0.25, 0.125, 1.5),
    "quarter rate, on its peaks": sine(0.25, 0.0, 1.5),
    "between": sine(0.37, 0.3, 1.4),
    "low": sine(0.004, 0.1, 2.0),
    "noise bursts": noise_bursts(1),
    "clicks": clicks(),
}


@pytest.mark.parametrize("name", MATERIAL)
def test_true_peak_stays_under_the_ceiling(name: str) -> None:
    audio = MATERIAL[name]
    assert true_peak_db(audio) > CEILING_DB + 1.0
    assert true_peak_db(whole(audio)) <= CEILING_DB + 0.05


@pytest.mark.parametrize("name", ["quarter rate, 45 degrees", "low"])
def test_steady_sound_is_brought_to_the_ceiling_and_no_lower(name: str) -> None:
    assert true_peak_db(whole(MATERIAL[name])) >= CEILING_DB - 0.05


@pytest.mark.parametrize("ceiling_db", [-12.0, -6.0, -0.1])
def test_other_ceilings_hold_too(ceiling_db: float) -> None:
    assert true_peak_db(whole(MATERIAL["noise bursts"], ceiling_db)) <= ceiling_db + 0.05


def test_sound_below_the_ceiling_passes_bit_for_bit() -> None:
    audio = sine(0.25, 0.125, 0.885)  # true peak -1.06 dBTP
    assert_array_equal(whole(audio), audio)


def test_peak_between_samples_is_seen_where_all_samples_are_under_the_ceiling() -> None:
    audio = sine(0.25, 0.125, 1.1)
    assert np.abs(audio).max() < gain(CEILING_DB)
    limited = whole(audio)
    assert np.abs(limited).max() < np.abs(audio).max()


def test_samples_out_of_reach_of_a_peak_pass_bit_for_bit() -> None:
    audio = (0.3 * np.sin(np.arange(30_000) / 20)).astype(np.float32)[:, None]
    loud = audio.copy()
    loud[15_000:15_040] *= 5.0
    limited = whole(loud)
    changed = np.flatnonzero(limited[:, 0] != loud[:, 0])
    assert 15_000 - 450 < changed[0] < 15_000
    assert 15_000 + int(0.05 * SAMPLE_RATE_HZ) < changed[-1]
    assert changed[-1] < 15_040 + int(0.1 * SAMPLE_RATE_HZ)


def test_gain_moves_without_a_click() -> None:
    # A constant shows the gain itself; the peak needs 6 dB.
    audio = np.full((30_000, 1), 0.5, np.float32)
    audio[15_000:15_040] = gain(CEILING_DB + 6.0)
    limited = whole(audio)
    kept = (limited / audio)[:, 0]
    over = gain(-6.0)
    assert kept[15_000:15_040].max() <= over + 1e-3
    assert np.abs(np.diff(kept)).max() < 0.004
    assert np.all(np.diff(kept[16_000:]) >= -1e-6)


def test_both_channels_share_one_gain() -> None:
    audio = noise_bursts(3, 0.4)
    audio[:, 1] = 0.25 * audio[:, 0]
    limited = whole(audio)
    assert np.abs(limited).max() < np.abs(audio).max()
    np.testing.assert_allclose(limited[:, 1], 0.25 * limited[:, 0], rtol=1e-6)


def test_mono_without_a_channel_axis_is_limited_alike() -> None:
    audio = noise_bursts(4, 0.4)[:, :1]
    assert_array_equal(whole(audio[:, 0].copy()), whole(audio)[:, 0])


@pytest.fixture(scope="module")
def loud() -> Audio:
    return noise_bursts(7, 1.2)


@pytest.fixture(scope="module")
def held(loud: Audio) -> Audio:
    return whole(loud)


LOUD_SAMPLES = int(1.2 * SAMPLE_RATE_HZ)


@few(150)
@given(
    start=st.integers(0, LOUD_SAMPLES),
    length=st.integers(0, 3000) | st.integers(0, LOUD_SAMPLES),
)
def test_any_window_is_the_same_part_of_the_whole_to_the_bit(
    loud: Audio, held: Audio, start: int, length: int
) -> None:
    stop = min(len(loud), start + length)
    # A copy of its own also puts the samples at another place in memory.
    assert window(loud, start, stop).tobytes() == held[start:stop].tobytes()


def test_margin_is_as_long_as_the_limiter_looks() -> None:
    # A peak at the far end of the release still counts; nothing may depend on more than the reach.
    audio = np.full((3 * REACH_SAMPLES, 1), 0.5, np.float32)
    audio[:40] = 3.0
    limited = whole(audio)
    last = int(np.flatnonzero(limited[:, 0] != audio[:, 0])[-1])
    assert REACH_SAMPLES - 6 * GRID_SAMPLES < last < REACH_SAMPLES


@few(100)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.9, 0.999]), st.sampled_from([1, 2]))
def test_bounds_on_true_peak_hold_for_any_samples(seed: int, smooth: float, channels: int) -> None:
    rng = np.random.default_rng(seed)
    audio = rng.choice([-1.0, 1.0, 0.3], size=(6 * 64, channels)).astype(np.float32)
    for at in range(1, len(audio)):
        audio[at] = smooth * audio[at - 1] + (1 - smooth) * audio[at]
    exact = truepeak.block_peaks(audio, 64, 0.0)
    peak = truepeak.sample_peak(audio)
    step = float(np.abs(np.diff(audio, axis=0)).max())
    assert exact.max() <= min(peak * truepeak.BOUND, peak + truepeak.STEP_BOUND * step)
    for level in exact:
        # A block is never taken for harmless at a level that it is over.
        found = truepeak.block_peaks(audio, 64, float(level) * 0.999)
        assert np.all((found == exact) | (exact <= level * 0.999))


def test_interpolation_is_flat_up_to_18_khz() -> None:
    for hz in (100.0, 5000.0, 11_025.0, 15_000.0, 18_000.0):
        audio = np.sin(2 * np.pi * hz / SAMPLE_RATE_HZ * np.arange(64 * 200)).astype(np.float32)
        peak = float(truepeak.block_peaks(audio[:, None], 64, 0.0).max())
        assert decibels(peak) == pytest.approx(0.0, abs=0.06)


def test_too_short_a_margin_and_no_ceiling_are_refused() -> None:
    with pytest.raises(ValueError, match="margins"):
        limit(np.zeros((REACH_SAMPLES, 2), np.float32), 0, CEILING_DB)
    with pytest.raises(ValueError, match="ceiling"):
        limit(np.zeros((2 * REACH_SAMPLES + 9, 2), np.float32), 0, -120.0)
