"""A computed bed is made once, and what is kept is the same to the bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from sessions.sounds import BEDS, store
from sessions.sounds.store import computed, kept_beds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sessions.units import Audio


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Keep in an empty folder; give the list of the beds that were made."""
    names: list[str] = []

    def brown() -> Audio:
        names.append("brown")
        return BEDS["brown"]()

    monkeypatch.setenv("SESSIONS_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(store, "BEDS", {"brown": brown})
    computed.cache_clear()
    yield names
    computed.cache_clear()


def period() -> Audio:
    """Return the bed as the next process gets it."""
    computed.cache_clear()
    bed = computed("brown")
    return bed.read(0, bed.period_samples)


def test_a_bed_is_made_once_and_read_as_it_was_made(made: list[str]) -> None:
    assert np.array_equal(period(), BEDS["brown"]())
    assert np.array_equal(period(), BEDS["brown"]())
    assert made == ["brown"]


def test_damage_is_noticed_and_other_code_asks_for_another_bed(
    made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    period()
    (path,) = tmp_path.glob("beds/*/*.bed")
    data = bytearray(path.read_bytes())
    data[5_000_000] ^= 1
    path.write_bytes(data)
    assert np.array_equal(period(), BEDS["brown"]())
    monkeypatch.setattr(store, "code_digest", lambda: "changed")
    period()
    assert len(made) == 3
    assert kept_beds(tmp_path).usage().entries == 2


def test_where_nothing_can_be_kept_beds_are_made(made: list[str], tmp_path: Path) -> None:
    (tmp_path / "beds").write_text("no folder")
    assert np.array_equal(period(), BEDS["brown"]())
    period()
    assert len(made) == 2
