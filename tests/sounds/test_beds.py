"""Beds: periodic, of the right colour, as loud as each other."""

from __future__ import annotations

import numpy as np
import pytest

from sessions.metering.meter import Meter
from sessions.sounds import BEDS
from sessions.sounds.base import BED_LUFS, PERIOD_SAMPLES
from sessions.units import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, Audio
from tests.sounds.made import bed_of, period_of


def octave_levels_db(period: Audio) -> list[float]:
    """Return the level per octave from 125 Hz to 8 kHz."""
    power = np.abs(np.fft.rfft(period[:, 0].astype(np.float64))) ** 2
    hz = np.fft.rfftfreq(len(period), 1 / SAMPLE_RATE_HZ)
    centres = [125 * 2**octave for octave in range(7)]
    return [
        float(10 * np.log10(power[(hz > c / 2**0.5) & (hz < c * 2**0.5)].sum())) for c in centres
    ]


@pytest.mark.parametrize("name", sorted(BEDS))
def test_a_period_is_whole_frames_and_stereo(name: str) -> None:
    period = period_of(name)
    assert period.shape == (PERIOD_SAMPLES, 2)
    assert period.dtype == np.float32
    assert PERIOD_SAMPLES % SAMPLES_PER_FRAME == 0


@pytest.mark.parametrize("name", sorted(BEDS))
def test_the_end_flows_into_the_beginning(name: str) -> None:
    period = period_of(name)
    steps = np.abs(np.diff(np.concatenate([period[-2000:], period[:2000]]), axis=0))
    assert steps[1999].max() <= np.abs(np.diff(period, axis=0)).max()
    usual = np.sqrt(np.mean(np.diff(period, 2, axis=0) ** 2))
    joint = np.diff(np.concatenate([period[-2:], period[:2]]), 2, axis=0)
    assert np.abs(joint).max() < 6 * usual


@pytest.mark.parametrize("name", sorted(BEDS))
def test_the_level_is_no_other_across_the_seam(name: str) -> None:
    """What swells may do so at the seam, too, but not more than it does elsewhere."""
    tenth = SAMPLE_RATE_HZ // 10
    whole = period_of(name)[: PERIOD_SAMPLES // tenth * tenth]
    levels = 10 * np.log10((whole**2).mean(axis=1).reshape(-1, tenth).mean(axis=1))
    ends = [whole[-tenth:], whole[:tenth]]
    last, first = (10 * np.log10((end**2).mean()) for end in ends)
    assert abs(first - last) <= np.abs(np.diff(levels)).max()


@pytest.mark.parametrize("name", sorted(BEDS))
def test_all_beds_are_equally_loud(name: str) -> None:
    meter = Meter(2, true_peak=False)
    meter.add(np.concatenate([period_of(name), period_of(name)[: SAMPLE_RATE_HZ * 5]]))
    # Gating lifts a bed that swells a little; steady ones are exact.
    swells = np.ptp(meter.finish().momentary_lufs) > 3
    assert meter.finish().integrated_lufs == pytest.approx(BED_LUFS, abs=1.0 if swells else 0.1)


@pytest.mark.parametrize(("name", "slope_db"), [("white", 3.01), ("pink", 0.0), ("brown", -3.01)])
def test_a_colour_has_its_slope_per_octave(name: str, slope_db: float) -> None:
    levels = octave_levels_db(period_of(name))
    assert np.diff(levels) == pytest.approx([slope_db] * 6, abs=0.35)


@pytest.mark.parametrize("name", sorted(BEDS))
def test_channels_differ_but_share_a_middle(name: str) -> None:
    left, right = period_of(name).T
    assert 0.1 < np.corrcoef(left, right)[0, 1] < 0.7


def test_the_sea_swells_within_bounds() -> None:
    meter = Meter(2, true_peak=False)
    meter.add(period_of("sea"))
    momentary = meter.finish().momentary_lufs
    assert 5 < momentary.max() - momentary.min() < 14
    rises = momentary[30:] - np.array(
        [momentary[i : i + 30].max() for i in range(len(momentary) - 30)]
    )
    assert rises.max() < 3  # LU over the loudest of the 3 s before: nothing breaks suddenly


def test_any_window_is_the_same_as_the_whole() -> None:
    bed = bed_of("pink")
    whole = np.concatenate([period_of("pink")] * 3)
    for start, stop in [
        (0, 10),
        (PERIOD_SAMPLES - 5, PERIOD_SAMPLES + 5),
        (100, 2 * PERIOD_SAMPLES + 7),
    ]:
        assert np.array_equal(bed.read(start, stop), whole[start:stop])


@pytest.mark.parametrize("name", sorted(BEDS))
def test_beds_are_the_same_every_time(name: str) -> None:
    assert np.array_equal(BEDS[name](), period_of(name))
