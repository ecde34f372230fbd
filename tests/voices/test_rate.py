from __future__ import annotations

import pytest

from sessions.script.model import Language, Style
from sessions.voices.base import Line, Voice
from sessions.voices.espeak import Espeak
from sessions.voices.tone import Tone


@pytest.mark.parametrize("voice", [Espeak(), Tone()])
def test_a_rate_makes_speech_as_much_longer(voice: Voice) -> None:
    usual, slow = Style(Language.DUTCH), Style(Language.DUTCH, rate=0.8)
    assert voice.identity(usual) != voice.identity(slow)
    with voice.open() as speaker:
        lengths = [
            len(speaker.speak(Line("Laat je schouders maar zakken.", style)).samples)
            for style in (usual, slow)
        ]
    assert 1.1 < lengths[1] / lengths[0] < 1.35
