"""What a render refuses before a line is spoken: with a service, each is a request."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile

import sessions
from sessions.errors import FitError, ScriptError
from sessions.voices import VOICES, tone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sessions.storage.caches import Caches
    from sessions.voices.base import Line, Utterance

LINES = " ".join(f"Dit is zin {number}." for number in range(20))


class Counting(tone.Tone):
    """The voice of tones, which tells what it was asked to speak."""

    said: list[str]

    def speak(self, line: Line) -> Utterance:
        self.said.append(line.text)
        return super().speak(line)


@pytest.fixture
def said(fresh_cache: Callable[[str], Caches], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the voice was asked to speak; nothing was spoken before."""
    fresh_cache("cache")
    monkeypatch.setattr(Counting, "said", [], raising=False)
    monkeypatch.setitem(VOICES, "tone", replace(tone.KIND, make=lambda _choice: Counting()))
    return Counting.said


def planned(text: str, **choices: Any) -> None:
    script = sessions.loads(text)
    with sessions.planned(script, sessions.resolve({"voice": "tone", **choices}, script.meta)):
        pass


def test_a_session_that_can_be_is_spoken(said: list[str]) -> None:
    planned(LINES, jobs=1)
    assert said == [f"Dit is zin {number}." for number in range(20)]


@pytest.mark.parametrize(
    ("written", "choices", "what"),
    [
        ("[pauze 50m] " * 20, {}, "at least 16:40:26 long; the limit is 12:00:00"),
        ("[adem in 30 uit 30 keer 1000]", {}, "at least 16:40:26 long"),
        ("[pauze 5m]", {"tail_seconds": "12h"}, "at least 12:05:26 long"),
        ("", {"total_seconds": "13h"}, "at least 13:00:00 long"),
        ("[pauze 1s..59m]", {"minutes": 13 * 60}, "at least 13:00:00 long"),
        ("[pauze 5m..6m]", {"minutes": 4}, "all but its words takes 5:26"),
        ("[pauze 5m]", {"total_seconds": "4m"}, "all but its words takes 5:26"),
        ("[pauze 9m]", {"max_hours": 0.1}, "the limit is 6:00"),
    ],
)
def test_a_length_that_cannot_be_is_refused_before_a_line_is_spoken(
    said: list[str], written: str, choices: dict[str, Any], what: str
) -> None:
    with pytest.raises(FitError, match=what):
        planned(f"{LINES} {written}", **choices)
    assert not said


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("[vak 9s] Een. [tot 1:00] [einde]", "cannot be in a slot"),
        ("[klank goong]", "unknown sound 'goong'"),
        ("[stem nergens] Dag. [einde]", "nergens"),
        ("[stem recorded:nergens] Dag. [einde]", "nergens"),
    ],
)
def test_what_is_wrong_with_a_script_is_told_before_a_line_is_spoken(
    said: list[str], written: str, what: str
) -> None:
    with pytest.raises(sessions.ScriptError, match=what):
        planned(f"{LINES} {written}")
    assert not said


@pytest.mark.parametrize(
    "text",
    [
        "---\nachtergrond: [stil]\n---\nDag.\n",
        "Dag.\n[achtergrond stil]\nDag.\n",
        "Dag. [klank stil] Dag.\n",
    ],
)
def test_a_recording_that_is_of_no_use_is_refused_before_a_line_is_spoken(
    said: list[str], in_folder: Path, text: str
) -> None:
    soundfile.write(in_folder / "stil.wav", np.zeros((5 * 44_100, 2)), 44_100)
    script = sessions.loads(text, path="a.md")
    with (
        pytest.raises(ScriptError, match="is silent, or nearly") as caught,
        sessions.prepared(script, sessions.resolve({"voice": "tone"}, script.meta)),
    ):
        pass
    assert caught.value.problems[0].source.path == "a.md"
    assert not said
