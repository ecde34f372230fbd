"""What tests of commands share: a folder to work in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def tone_folder(in_folder: Path) -> Path:
    """An empty folder in which the voice of tones speaks, unless another is asked for."""
    (in_folder / "sessions.toml").write_text('voice = "tone"\n', encoding="utf-8")
    return in_folder
