"""Many things at once, their results in order."""

from __future__ import annotations

import threading
import time

import pytest

from sessions.voices.crew import each


def test_results_come_in_the_order_of_the_items() -> None:
    def slow_first(number: int) -> int:
        time.sleep(0.02 if number == 0 else 0.0)
        return 10 * number

    assert list(each(slow_first, range(20), 4, "test")) == [10 * number for number in range(20)]


def test_so_many_are_at_work_at_once() -> None:
    together = threading.Barrier(3, timeout=5)
    assert len(list(each(lambda _number: together.wait(), range(6), 3, "test"))) == 6
    assert list(each(str, [], 3, "test")) == []


def test_after_a_failure_nothing_is_begun_and_what_was_begun_is_waited_for() -> None:
    done: list[int] = []

    def work(number: int) -> None:
        if number == 1:
            raise ValueError("no")
        time.sleep(0.05)
        done.append(number)

    with pytest.raises(ValueError, match="no"):
        list(each(work, range(50), 2, "test"))
    assert 1 <= len(done) < 5
    before = len(done)
    time.sleep(0.1)
    assert len(done) == before


def test_an_interruption_waits_for_nobody() -> None:
    release = threading.Event()
    work = each(lambda number: release.wait(5) if number else None, range(3), 2, "test")
    next(work)
    started = time.monotonic()
    work.close()
    assert time.monotonic() - started < 1
    release.set()
