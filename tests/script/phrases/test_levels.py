from __future__ import annotations

import pytest

from sessions.errors import ScriptError
from sessions.script.model import LevelChange
from sessions.script.parser import parse


@pytest.mark.parametrize(
    ("text", "voice_db", "bed_db"),
    [
        ("[level voice -2 dB bed +3 dB]", -2.0, 3.0),
        ("[niveau stem -2 bed +3]", -2.0, 3.0),
        ("[level bed +3 dB]", 0.0, 3.0),
        ("[LEVEL bed -1,5 dB, voice +1 dB]", 1.0, -1.5),
    ],
)
def test_a_level_is_read(text: str, voice_db: float, bed_db: float) -> None:
    changes = [part for part in parse(f"{text}\nRust.").parts if isinstance(part, LevelChange)]
    assert [(change.voice_db, change.bed_db) for change in changes] == [(voice_db, bed_db)]


@pytest.mark.parametrize(
    "text",
    [
        "[level]",
        "[level -3 dB]",
        "[level voice loud]",
        "[level bed +90 dB]",
        "[level voice -2 dB stem +1 dB]",
    ],
)
def test_a_level_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(ScriptError):
        parse(f"{text}\nRust.")
