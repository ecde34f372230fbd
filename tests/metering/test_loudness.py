from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from sessions.metering import loudness
from sessions.metering.meter import Loudness, Meter
from sessions.units import SAMPLE_RATE_HZ, SILENCE_DB, samples

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sessions.units import Audio


def tone(*steps: tuple[float, float], hz: float = 1000.0) -> Audio:
    """Return a stereo sine, a row of (dBFS of its peak, seconds), phase running on."""
    levels = np.concatenate([np.full(samples(s), 10.0 ** (db / 20.0)) for db, s in steps])
    wave = levels * np.sin(2 * np.pi * hz * np.arange(len(levels)) / SAMPLE_RATE_HZ)
    return np.repeat(wave[:, None], 2, axis=1).astype(np.float32)


def silence(seconds: float, channels: int = 2) -> Audio:
    return np.zeros((samples(seconds), channels), np.float32)


def measure(audio: Audio, block: int = 65_536, *, true_peak: bool = False) -> Loudness:
    meter = Meter(1 if audio.ndim == 1 else audio.shape[1], true_peak=true_peak)
    for start in range(0, len(audio), block):
        meter.add(audio[start : start + block])
    return meter.finish()


def noise(seconds: float, seed: int, exponent: float) -> NDArray[np.float64]:
    """Return stereo noise whose power falls with frequency ** -exponent, peak 1."""
    n = samples(seconds)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal((n, 2)), axis=0)
    hz = np.maximum(np.fft.rfftfreq(n, 1 / SAMPLE_RATE_HZ), 20.0)
    wave = np.fft.irfft(spectrum * hz[:, None] ** (-exponent / 2), n=n, axis=0)
    return np.asarray(wave / np.abs(wave).max())


def bursts() -> Audio:
    """Return pink noise of 0.7 s with pauses of 0.9 s, each burst at another level."""
    wave = noise(16.0, 1, 1.0)
    at = np.arange(len(wave)) / SAMPLE_RATE_HZ
    levels = 10.0 ** (-((at // 1.6) * 7 % 30) / 20.0) * (at % 1.6 < 0.7)
    return (wave * levels[:, None] * 0.8).astype(np.float32)


def speechlike() -> Audio:
    """Return a pulse train through two formants, in syllables, with pauses of sentence length."""
    from scipy.signal import lfilter

    n = samples(20.0)
    at = np.arange(n) / SAMPLE_RATE_HZ
    phase = np.cumsum(110.0 + 15.0 * np.sin(2 * np.pi * 0.4 * at)) / SAMPLE_RATE_HZ
    wave = np.diff(np.floor(phase), prepend=0.0) + 0.01 * noise(20.0, 3, 0.0)[:, 0]
    for hz, width in ((600.0, 80.0), (1400.0, 120.0)):
        radius = np.exp(-np.pi * width / SAMPLE_RATE_HZ)
        turn = 2 * np.pi * hz / SAMPLE_RATE_HZ
        wave = lfilter([1.0], [1.0, -2 * radius * np.cos(turn), radius**2], wave)
    wave *= np.maximum(0.0, np.sin(2 * np.pi * 2.2 * at)) * (at % 5.0 < 3.2)
    wave *= 0.9 / np.abs(wave).max()
    return np.stack([wave, 0.5 * wave], axis=1).astype(np.float32)


def ffmpeg_ebur128(audio: Audio) -> dict[str, float]:
    channels = audio.shape[1]
    command = ["ffmpeg", "-hide_banner", "-nostats", "-f", "f32le", "-ar", str(SAMPLE_RATE_HZ)]
    command += ["-ac", str(channels), "-i", "-", "-af", "ebur128=peak=true", "-f", "null", "-"]
    run = subprocess.run(command, input=audio.tobytes(), capture_output=True, check=True)
    summary = run.stderr.decode().rpartition("Summary:")[2]
    found = {}
    for name in ("I", "LRA", "Peak"):
        match = re.search(rf"\b{name}:\s+(-?[\d.]+)", summary)
        assert match, summary
        found[name] = float(match[1])
    return found


def test_importing_the_meter_does_not_import_scipy() -> None:
    code = "import sys, sessions.metering.loudness; sys.exit('scipy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_k_weighting_at_48_khz_is_the_standards_table() -> None:
    # ITU-R BS.1770-5, Annex 1, tables 1 and 2.
    expected = [
        [
            1.53512485958697,
            -2.69169618940638,
            1.19839281085285,
            1.0,
            -1.69065929318241,
            0.73248077421585,
        ],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
    assert_allclose(loudness.k_weighting(48_000.0), expected, atol=1e-9)


def test_full_scale_sine_of_997_hz_on_one_channel_reads_minus_3_01_lufs() -> None:
    audio = tone((0.0, 2.0), hz=997.0)[:, 0]
    assert measure(audio).integrated_lufs == pytest.approx(-3.01, abs=0.02)
    assert loudness.clip_loudness_lufs(audio) == pytest.approx(-3.01, abs=0.02)


# EBU Tech 3341, table 1. Cases 6 (5.0) and 7, 8 (their own recordings) do not apply here.
INTEGRATED = {
    1: ([(-23.0, 20.0)], -23.0),
    2: ([(-33.0, 20.0)], -33.0),
    3: ([(-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0)], -23.0),
    4: ([(-72.0, 10.0), (-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0), (-72.0, 10.0)], -23.0),
    5: ([(-26.0, 20.0), (-20.0, 20.1), (-26.0, 20.0)], -23.0),
}


@pytest.mark.parametrize("case", INTEGRATED)
def test_integrated_loudness_of_tech_3341(case: int) -> None:
    steps, expected = INTEGRATED[case]
    assert measure(tone(*steps)).integrated_lufs == pytest.approx(expected, abs=0.1)


def test_tech_3341_case_1_reads_the_same_momentary_short_term_and_integrated() -> None:
    found = measure(tone((-23.0, 20.0)))
    assert found.momentary_max_lufs == pytest.approx(-23.0, abs=0.1)
    assert found.short_term_max_lufs == pytest.approx(-23.0, abs=0.1)
    assert len(found.momentary_lufs) == 197
    assert_allclose(found.momentary_lufs, -23.0, atol=0.1)


def test_tech_3341_case_9_short_term_stays_level_over_alternating_tones() -> None:
    audio = tone(*[(-20.0, 1.34), (-30.0, 1.66)] * 3)
    hops = 2 * loudness.block_powers(audio[:, 0])
    assert_allclose(loudness.short_term_of_powers(hops), -23.0, atol=0.1)


@pytest.mark.parametrize("step", [0, 1, 7, 13, 19])
def test_tech_3341_case_10_short_term_maximum_wherever_the_tone_begins(step: int) -> None:
    audio = np.concatenate([silence(step * 0.15), tone((-23.0, 3.0)), silence(1.0)])
    assert measure(audio).short_term_max_lufs == pytest.approx(-23.0, abs=0.1)


def test_tech_3341_case_12_momentary_stays_level_over_alternating_tones() -> None:
    audio = tone(*[(-20.0, 0.18), (-30.0, 0.22)] * 25)
    assert_allclose(measure(audio).momentary_lufs, -23.0, atol=0.1)


@pytest.mark.parametrize("step", range(20))
def test_tech_3341_case_13_momentary_maximum_wherever_the_tone_begins(step: int) -> None:
    audio = np.concatenate([silence(step * 0.02), tone((-23.0, 0.4)), silence(1.0)])
    assert measure(audio).momentary_max_lufs == pytest.approx(-23.0, abs=0.1)


# EBU Tech 3341, true-peak cases from 15 on: fractions of the rate, sampled off their peaks.
# Its tolerance is +0.2 and -0.4 dB.
@pytest.mark.parametrize(
    ("divisor", "phase_degrees", "dbtp"),
    [(4, 0.0, -6.0), (4, 45.0, -6.0), (6, 60.0, -6.0), (8, 67.5, -6.0), (4, 45.0, 3.0)],
)
def test_tech_3341_true_peak_of_sines_sampled_off_their_peaks(
    divisor: int, phase_degrees: float, dbtp: float
) -> None:
    turns = np.arange(samples(0.5)) / divisor + phase_degrees / 360.0
    ramp = np.minimum(1.0, np.minimum(np.arange(len(turns)), np.arange(len(turns))[::-1]) / 500)
    audio = (10.0 ** (dbtp / 20.0) * ramp * np.sin(2 * np.pi * turns)).astype(np.float32)
    found = measure(audio, true_peak=True)
    assert dbtp - 0.4 <= found.true_peak_dbtp <= dbtp + 0.2
    assert found.true_peak_dbtp == pytest.approx(dbtp, abs=0.05)


@pytest.mark.parametrize("offset", range(4))
def test_tech_3341_true_peak_of_one_loud_period_wherever_it_falls(offset: int) -> None:
    # Made at four times the rate, low-passed and decimated from another offset each.
    from scipy.signal import decimate

    turns = np.arange(4 * samples(0.3)) / 16.0
    wave = 0.5 * np.sin(2 * np.pi * turns)
    wave[8000:8016] *= 2.0
    audio = decimate(np.roll(wave, offset), 4, ftype="fir")
    reference = ffmpeg_ebur128(audio[:, None].astype(np.float32))
    found = measure(audio.astype(np.float32), true_peak=True)
    assert -0.4 <= found.true_peak_dbtp - reference["Peak"] <= 0.2


# EBU Tech 3342, table 1, cases 1 to 4: tones of 20 s each.
@pytest.mark.parametrize(
    ("levels", "range_lu"),
    [
        ((-20.0, -30.0), 10.0),
        ((-20.0, -15.0), 5.0),
        ((-40.0, -20.0), 20.0),
        ((-50.0, -35.0, -20.0, -35.0, -50.0), 15.0),
    ],
)
def test_loudness_range_of_tech_3342(levels: tuple[float, ...], range_lu: float) -> None:
    found = measure(tone(*[(level, 20.0) for level in levels]))
    assert found.range_lu == pytest.approx(range_lu, abs=1.0)


@pytest.mark.parametrize("make", [bursts, speechlike])
def test_meter_agrees_with_its_peers(make: object) -> None:
    import pyloudnorm

    audio: Audio = bursts() if make is bursts else speechlike()
    found = measure(audio, true_peak=True)
    peer = ffmpeg_ebur128(audio)
    assert found.integrated_lufs == pytest.approx(peer["I"], abs=0.1)
    # Tech 3342 allows 1 LU; a percentile of the few values in 20 s is coarse.
    assert found.range_lu == pytest.approx(peer["LRA"], abs=1.0)
    assert found.true_peak_dbtp == pytest.approx(peer["Peak"], abs=0.15)
    other = pyloudnorm.Meter(SAMPLE_RATE_HZ, filter_class="DeMan").integrated_loudness(audio)
    assert found.integrated_lufs == pytest.approx(other, abs=0.1)


def test_mono_is_measured_as_one_channel() -> None:
    audio = speechlike()[:, 0]
    found = measure(audio)
    assert found.integrated_lufs == pytest.approx(
        ffmpeg_ebur128(audio[:, None].copy())["I"], abs=0.1
    )
    both = measure(np.repeat(audio[:, None], 2, axis=1))
    assert both.integrated_lufs - found.integrated_lufs == pytest.approx(3.0103, abs=1e-3)


@pytest.mark.parametrize("block", [997, 4410, 44_101])
def test_block_size_does_not_change_a_bit(block: int) -> None:
    audio = speechlike()[: samples(7.77)]
    found, expected = measure(audio, block, true_peak=True), measure(audio, 10**9, true_peak=True)
    assert_array_equal(found.momentary_lufs, expected.momentary_lufs)
    for name in Loudness.__slots__[:-1]:
        assert getattr(found, name) == getattr(expected, name)


def test_true_peak_on_the_seam_of_two_measured_seconds_is_found() -> None:
    audio = np.zeros(2 * SAMPLE_RATE_HZ, np.float32)
    audio[SAMPLE_RATE_HZ - 1 : SAMPLE_RATE_HZ + 1] = 0.5
    # Two equal samples: the sinc between them reaches 4 / pi of their height.
    found = measure(audio, true_peak=True)
    assert found.true_peak_dbtp == pytest.approx(20 * np.log10(2 / np.pi), abs=0.2)


def test_true_peak_of_the_very_last_sample_is_found() -> None:
    audio = np.zeros(SAMPLE_RATE_HZ + 1, np.float32)
    audio[-2:] = 0.5
    assert measure(audio, true_peak=True).true_peak_dbtp > -4.2


@pytest.mark.parametrize("seconds", [0.0, 0.2, 1.0, 5.0])
def test_silence_reads_the_floor(seconds: float) -> None:
    found = measure(silence(seconds), true_peak=True)
    assert found.integrated_lufs == SILENCE_DB
    assert found.momentary_max_lufs == SILENCE_DB
    assert found.short_term_max_lufs == SILENCE_DB
    assert found.true_peak_dbtp == SILENCE_DB
    assert found.range_lu == 0.0
    assert found.length_samples == samples(seconds)
    assert all(found.momentary_lufs == SILENCE_DB)


def test_powers_of_clip_and_bed_add_up_to_the_mix() -> None:
    clip = np.concatenate([silence(2.0, 1)[:, 0], speechlike()[: samples(5.0), 0]])
    bed = (0.05 * noise(7.0, 8, 1.0)[:, 0]).astype(np.float32)
    predicted = loudness.block_powers(clip) + loudness.block_powers(bed)
    mixed = measure(clip + bed)
    assert loudness.integrated_of_powers(predicted) == pytest.approx(mixed.integrated_lufs, abs=0.1)
    assert_allclose(loudness.momentary_of_powers(predicted), mixed.momentary_lufs, atol=0.5)


def test_meter_and_powers_are_one_implementation() -> None:
    audio = speechlike()[: samples(10.0), 0]
    powers, found = loudness.block_powers(audio), measure(audio)
    assert loudness.integrated_of_powers(powers) == pytest.approx(found.integrated_lufs, abs=1e-6)
    assert loudness.range_of_powers(powers) == pytest.approx(found.range_lu, abs=1e-6)


def test_short_clip_is_as_loud_as_the_same_sound_held_longer() -> None:
    held = loudness.clip_loudness_lufs(tone((-20.0, 2.0))[:, 0])
    for seconds in (0.12, 0.3, 0.399, 0.4, 0.55):
        short = loudness.clip_loudness_lufs(tone((-20.0, seconds))[:, 0])
        assert short == pytest.approx(held, abs=0.2)
    assert loudness.clip_loudness_lufs(np.zeros(0, np.float32)) == SILENCE_DB


def test_last_part_of_a_hop_keeps_its_energy() -> None:
    audio = tone((-20.0, 0.25))[:, 0]
    powers = loudness.block_powers(audio)
    assert len(powers) == 3
    assert powers[2] == pytest.approx(powers[1] / 2, rel=0.01)


def test_meter_refuses_other_shapes() -> None:
    with pytest.raises(ValueError, match="1 or 2 channels"):
        Meter(3)
    with pytest.raises(ValueError, match="shape"):
        Meter(2).add(np.zeros(10, np.float32))
