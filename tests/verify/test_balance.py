"""Voice and bed of a finished file, told apart by the plan; without one, estimated."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sessions.metering.loudness import to_power
from sessions.publish.report import Report
from sessions.verify.balance import balance_of
from sessions.verify.planned import Planned

NOTHING = Planned.of(Report())
VOICE, BED, DUCKED = -20.0, -32.0, -36.0
LINES = tuple((10.0 * number, 10.0 * number + 3.0) for number in range(1, 9))


def steps_of(voice_lufs: float = VOICE, lowered_db: float = 0.0) -> np.ndarray:
    """Return the power per 10 ms of lines over a bed that takes a second and a half to come up."""
    steps = np.full(9000, to_power(BED))
    for number, (start, stop) in enumerate(LINES):
        a, b = round(100 * start), round(100 * stop)
        steps[a:b] = to_power(DUCKED) + to_power(voice_lufs - lowered_db * number / 7)
        steps[b : b + 15] = to_power(DUCKED)
        rising = np.linspace(DUCKED, BED, 135)
        steps[b + 15 : b + 150] = [to_power(level) for level in rising]
    return steps.astype(np.float32)


PLAN = dataclasses.replace(
    NOTHING,
    voice=tuple((start, stop, 0.0) for start, stop in LINES),
    ends=tuple(stop for _, stop in LINES),
    pauses=tuple((stop + 1.5, stop + 6.7, 0.0) for _, stop in LINES),
)


def test_with_a_plan_voice_bed_and_swing_are_what_they_are() -> None:
    found = balance_of(steps_of(), PLAN)
    assert found.voice_lufs == pytest.approx(VOICE + 0.1, abs=0.05)  # with the bed under it
    assert found.bed_lufs == pytest.approx(BED, abs=0.01)
    assert found.bed_under_lufs == pytest.approx(DUCKED, abs=0.01)
    assert found.swing_lu == pytest.approx(4.0, abs=0.01)


def test_what_was_taken_from_the_voice_is_given_back_and_not_to_its_bed() -> None:
    steps = steps_of(lowered_db=10.5)
    lowered = tuple((*line, 1.5 * number) for number, line in enumerate(LINES))
    found = balance_of(steps, dataclasses.replace(PLAN, voice=lowered))
    assert found.voice_lufs == pytest.approx(VOICE + 0.1, abs=0.05)
    assert balance_of(steps, PLAN).voice_lufs < VOICE - 2.0  # type: ignore[operator]


def test_a_bed_that_descends_is_given_back_what_was_taken_too() -> None:
    down = 10.0 ** (-np.arange(9000) / 9000)  # 10 dB
    pauses = tuple((start, stop, (start + stop) / 18.0) for start, stop, _ in PLAN.pauses)
    found = balance_of(
        (steps_of() * down).astype(np.float32), dataclasses.replace(PLAN, pauses=pauses)
    )
    assert found.bed_lufs == pytest.approx(BED, abs=0.05)
    assert found.swing_lu == pytest.approx(4.0, abs=0.3)


def test_only_some_lines_are_the_voice() -> None:
    steps = steps_of()
    steps[1000:1300] *= 10.0
    plan = dataclasses.replace(PLAN, voice=PLAN.voice[1:])
    assert balance_of(steps, plan).voice_lufs == pytest.approx(VOICE + 0.1, abs=0.05)
    assert balance_of(steps, dataclasses.replace(PLAN, voice=())).voice_lufs is None


def test_of_too_few_lines_no_swing_is_told() -> None:
    plan = dataclasses.replace(PLAN, ends=PLAN.ends[:4])
    found = balance_of(steps_of(), plan)
    assert (found.swing_lu, found.bed_under_lufs) == (None, None)
    assert found.bed_lufs is not None


def test_what_was_not_measured_does_not_count() -> None:
    steps = steps_of()
    steps[900:1500] = np.nan
    found, whole = (dataclasses.astuple(balance_of(one, PLAN)) for one in (steps, steps_of()))
    assert found == pytest.approx(whole, abs=0.01)


@pytest.mark.parametrize("bed_lufs", [-32.0, -36.0, -60.0])
def test_without_a_plan_the_loud_parts_are_taken_for_the_voice(bed_lufs: float) -> None:
    rng = np.random.default_rng(2)
    steps = np.full(60_000, to_power(bed_lufs))
    for start in range(500, 60_000, 1500):  # a fifth is speech, its syllables up and down by 4 dB
        steps[start : start + 300] = [to_power(VOICE + level) for level in rng.normal(0, 4, 300)]
    mean = 10 * np.log10(np.mean(10 ** (rng.normal(0, 4, 9999) / 10)))
    found = balance_of(steps.astype(np.float32), None)
    assert found.voice_lufs == pytest.approx(VOICE + mean, abs=1.0)
    assert found.bed_lufs == pytest.approx(bed_lufs, abs=0.5)
    assert found.swing_lu is None


def test_of_silence_and_of_next_to_nothing_nothing_is_told() -> None:
    assert balance_of(np.zeros(500, np.float32), None).voice_lufs is None
    assert balance_of(np.zeros(3, np.float32), None).bed_lufs is None
    assert balance_of(np.zeros(3, np.float32), PLAN).voice_lufs is None


def test_a_session_without_a_bed_has_none_that_is_told() -> None:
    found = balance_of(steps_of(), dataclasses.replace(PLAN, has_bed=False))
    assert found.voice_lufs is not None
    assert (found.bed_lufs, found.bed_under_lufs, found.swing_lu) == (None, None, None)
