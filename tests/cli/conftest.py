"""What tests of commands share: a folder to work in, and one with a recording in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import soundfile

from tests.cli.one_recording import RATE, SAID, TEXTS
from tests.voices.said_in_tones import Said, ToneListener, recording_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def tone_folder(in_folder: Path) -> Path:
    """An empty folder in which the voice of tones speaks, unless another is asked for."""
    (in_folder / "sessions.toml").write_text('voice = "tone"\n', encoding="utf-8")
    return in_folder


@pytest.fixture
def hears(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[Said]], None]:
    """Let what is said in a recording be heard, which it is not by a model."""

    def heard(said: list[Said]) -> None:
        listener = ToneListener(said)
        monkeypatch.setattr("sessions.cli.voices.cutting.listening", lambda: listener)

    heard(SAID)
    return heard


@pytest.fixture
def home(in_folder: Path, hears: Callable[[list[Said]], None]) -> Path:
    """A script, and one recording of it."""
    hears(SAID)
    (in_folder / "slaap.md").write_text("\n\n".join(TEXTS) + "\n", encoding="utf-8")
    soundfile.write(in_folder / "opname.wav", recording_of(SAID, RATE), RATE, subtype="PCM_16")
    return in_folder
