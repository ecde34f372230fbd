from __future__ import annotations

import pytest

from sessions.script.model import Language, Style
from sessions.voices import voice_named
from sessions.voices.base import Line


@pytest.mark.parametrize("name", ["espeak", "tone"])
def test_a_rate_makes_speech_as_much_longer(name: str) -> None:
    voice = voice_named(name)
    usual, slow = Style(Language.DUTCH), Style(Language.DUTCH, rate=0.8)
    assert voice.identity(usual) != voice.identity(slow)
    with voice.open() as speaker:
        lengths = [
            len(speaker.speak(Line("Laat je schouders maar zakken.", style)).samples)
            for style in (usual, slow)
        ]
    assert 1.1 < lengths[1] / lengths[0] < 1.35
