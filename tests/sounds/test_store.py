"""A computed bed is made once, and what is kept is the same to the bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from sessions.sounds import BEDS, store
from sessions.sounds.store import computed
from sessions.storage.caches import Caches

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sessions.units import Audio


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Give the list of the beds that were made."""
    names: list[str] = []

    def brown() -> Audio:
        names.append("brown")
        return BEDS["brown"]()

    monkeypatch.setattr(store, "BEDS", {"brown": brown})
    computed.cache_clear()
    yield names
    computed.cache_clear()


def period(folder: Path) -> Audio:
    """Return the bed as the next process gets it."""
    computed.cache_clear()
    bed = computed("brown", Caches(folder).beds)
    return bed.read(0, bed.period_samples)


def test_a_bed_is_made_once_and_read_as_it_was_made(made: list[str], tmp_path: Path) -> None:
    assert np.array_equal(period(tmp_path), BEDS["brown"]())
    assert np.array_equal(period(tmp_path), BEDS["brown"]())
    assert made == ["brown"]


def test_damage_is_noticed_and_other_code_asks_for_another_bed(
    made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    period(tmp_path)
    (path,) = tmp_path.glob("beds/*/*.bed")
    data = bytearray(path.read_bytes())
    data[5_000_000] ^= 1
    path.write_bytes(data)
    assert np.array_equal(period(tmp_path), BEDS["brown"]())
    monkeypatch.setattr(store, "sound_digest", lambda: "changed")
    period(tmp_path)
    assert len(made) == 3
    assert Caches(tmp_path).beds.usage().entries == 2


def test_where_nothing_can_be_kept_beds_are_made(made: list[str], tmp_path: Path) -> None:
    (tmp_path / "beds").write_text("no folder")
    assert np.array_equal(period(tmp_path), BEDS["brown"]())
    period(tmp_path)
    assert len(made) == 2
