"""Where marks stand in a row."""

from __future__ import annotations

import numpy as np
import pytest

from sessions.voices.runs import runs


@pytest.mark.parametrize(
    ("marks", "found"),
    [("", []), ("...", []), ("###", [(0, 3)]), ("#..##.#", [(0, 1), (3, 5), (6, 7)])],
)
def test_runs_are_told_from_their_first_mark_to_the_one_after_their_last(
    marks: str, found: list[tuple[int, int]]
) -> None:
    assert runs(np.array([mark == "#" for mark in marks], np.bool_)) == found
