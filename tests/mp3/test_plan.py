from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.seams import seams
from sessions.mp3 import Repeat
from sessions.mp3.format import frames_for
from sessions.mp3.plan import Copied, Fresh, Run, steps_for
from sessions.mp3.splice import FILTER_FRAMES, SEAM_FRAMES, SETTLE_FRAMES, WARM_UP_FRAMES
from tests.conftest import few

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sessions.mp3.plan import Step

FRAME = 1152


def encoded_frames(length: int, repeats: list[Repeat]) -> int:
    """Return how many frames encoders are asked for."""
    runs = {}
    for step in steps_for(length, repeats):
        for run in step.ring.runs if isinstance(step, Copied) else [step.run]:
            runs[id(run)] = run
    return sum(run.frames for run in runs.values())


@st.composite
def timelines(draw: st.DrawFn) -> tuple[int, list[Repeat]]:
    at, repeats = 0, []
    for _ in range(draw(st.integers(0, 8))):
        start = at + draw(st.integers(0, 800_000))
        stop = start + draw(st.integers(1, 2_000_000))
        period = FRAME * draw(st.sampled_from([1, 7, 48, 400, 1000]))
        phase = draw(st.sampled_from([0, 5, 1152 * 77 + 5]))
        repeats.append(Repeat(start, stop, period, phase, draw(st.sampled_from("ab"))))
        at = stop
    return max(1, at + draw(st.integers(-900_000, 400_000))), repeats


@few(60)
@given(timelines())
def test_every_frame_is_made_once_and_in_order(timeline: tuple[int, list[Repeat]]) -> None:
    length, repeats = timeline
    assert_whole(length, steps_for(length, repeats))


@few(60)
@given(timelines(), st.lists(st.integers(0, 10_000), max_size=4))
def test_no_run_begins_where_one_is_to_go_on(
    timeline: tuple[int, list[Repeat]], chosen: list[int]
) -> None:
    length, repeats = timeline
    across: set[int] = set()
    for number in chosen:
        # What is left without those that were chosen before.
        steps = steps_for(length, repeats, across=across)
        begins = seams(steps, length)
        assert not across.intersection(begins)
        assert_whole(length, steps)
        if begins:
            across.add(begins[number % len(begins)])


def assert_whole(length: int, steps: Sequence[Step]) -> None:
    at = 0
    for step in steps:
        assert step.start == at
        if isinstance(step, Copied):
            at = step.stop
            continue
        last = step.start - step.first + step.run.frames
        at = last if last == frames_for(length) else last - SEAM_FRAMES
    assert at == frames_for(length)


@few(60)
@given(timelines())
def test_a_run_is_fed_what_its_frames_stand_for(timeline: tuple[int, list[Repeat]]) -> None:
    length, repeats = timeline
    for step in steps_for(length, repeats):
        if isinstance(step, Fresh):
            ((start, stop),) = step.run.spans or ((length, length),)
            if step.run.spans:
                assert start == (step.start - step.first) * FRAME
                assert step.first == min(step.start, WARM_UP_FRAMES)
            assert stop <= length
            fed = stop - start + step.run.zeros
            assert fed == (step.run.frames + 1) * FRAME


@few(60)
@given(timelines())
def test_a_copied_frame_has_its_whole_reach_inside_its_repeat(
    timeline: tuple[int, list[Repeat]],
) -> None:
    length, repeats = timeline
    for step in steps_for(length, repeats):
        if isinstance(step, Copied):
            start, stop = (step.start - 2) * FRAME, (step.stop + SEAM_FRAMES + 1) * FRAME
            assert stop <= length
            assert any(one.start <= start and stop <= one.stop for one in repeats)


@few(60)
@given(timelines())
def test_a_ring_is_fed_its_own_signal_at_the_right_phase(
    timeline: tuple[int, list[Repeat]],
) -> None:
    length, repeats = timeline
    for step in steps_for(length, repeats):
        if not isinstance(step, Copied):
            continue
        inside = next(one for one in repeats if one.start <= step.start * FRAME < one.stop)
        ring = step.ring
        for start, first, run in zip(ring.starts, ring.firsts, ring.runs, strict=True):
            assert run.zeros == 0
            fed = []
            for begin, end in run.spans:
                source = next(one for one in repeats if one.start <= begin < one.stop)
                assert end <= min(source.stop, length)
                assert source.key == inside.key
                shift = source.phase_samples - inside.phase_samples % FRAME
                fed += [(place + shift) // FRAME for place in range(begin, end, FRAME)]
            # An encoder may settle in any part of the signal; from then on all is in its place.
            own = first - FILTER_FRAMES
            period = inside.period_samples // FRAME
            assert own in {0, SETTLE_FRAMES}
            for index, frame in enumerate(fed[own:], start - FILTER_FRAMES):
                assert (frame - index) % period == 0


@few(60)
@given(timelines())
def test_copying_never_encodes_more_than_encoding_all(
    timeline: tuple[int, list[Repeat]],
) -> None:
    length, repeats = timeline
    assert encoded_frames(length, repeats) <= encoded_frames(length, []) + 400


def test_pauses_over_the_same_part_of_a_bed_are_encoded_once() -> None:
    period, pause = 1000 * FRAME, 200 * FRAME
    starts = [period * number for number in range(1, 11)]
    repeats = [Repeat(start, start + pause, period, 0, "bed") for start in starts]
    length = 11 * period
    saved = encoded_frames(length, []) - encoded_frames(length, repeats)
    assert 9 * 170 < saved < 9 * 200


def test_a_pause_is_encoded_where_it_stands_if_nothing_else_has_that_part_of_the_bed() -> None:
    period = 10_000 * FRAME
    repeats = [
        Repeat(start, start + 200 * FRAME, period, 0, "bed")
        for start in range(0, 8_000 * FRAME, 1000 * FRAME)
    ]
    assert not any(isinstance(step, Copied) for step in steps_for(8_000 * FRAME, repeats))


def test_a_tail_of_any_length_adds_nothing_to_encode() -> None:
    period = 2000 * FRAME

    def cost(hours: int) -> int:
        stop = hours * 3600 * 44_100
        return encoded_frames(stop, [Repeat(40 * 44_100, stop, period, 0, "bed")])

    assert abs(cost(12) - cost(1)) < 400


def test_a_boundary_stays_where_it_is_when_the_end_moves() -> None:
    one, other = steps_for(3_000_000), steps_for(9_000_000)
    assert one[:-1] == other[: len(one) - 1]


def test_repeats_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        steps_for(90_000, [Repeat(0, 5000, FRAME, 0, "a"), Repeat(4999, 9000, FRAME, 0, "a")])


@pytest.mark.parametrize("wrong", [(5, 5, FRAME), (-1, 5, FRAME), (0, 5, 1000), (0, 5, 0)])
def test_a_repeat_that_is_none_is_refused(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="samples"):
        Repeat(*wrong, 0, "a")


def test_what_may_be_other_in_another_file_has_runs_of_its_own() -> None:
    alone = [(1_000 * FRAME + 100, 1_100 * FRAME - 7), (2_000 * FRAME, 2_010 * FRAME)]
    length = 4_000 * FRAME
    touched = []
    for step in steps_for(length, alone=alone):
        assert isinstance(step, Fresh)
        ((start, stop),) = step.run.spans
        for first, last in alone:
            if start < last and first < stop:
                touched.append((stop - start) // FRAME)
    assert len(touched) == 2
    assert touched[0] < 100 + 60
    assert touched[1] < 10 + 60
    frames = [step.start for step in steps_for(length, alone=alone)]
    assert frames == sorted(frames)
    assert len(steps_for(length, alone=[(10 * FRAME, 12 * FRAME)])) == len(steps_for(length)) + 1


def test_a_run_that_begins_later_is_fed_the_rest_of_the_same() -> None:
    run = Run(((0, 3 * FRAME), (9 * FRAME, 10 * FRAME + 7)), 2 * FRAME - 7, 5)
    assert run.later(0) == run
    assert run.later(2) == Run(((2 * FRAME, 3 * FRAME), run.spans[1]), run.zeros, 3)
    assert run.later(3) == Run((run.spans[1],), run.zeros, 2)
    assert run.later(5) == Run((), FRAME, 0)
