"""A speed that the script asks for, as `pace` and `deepen` do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sessions.script.model import Language, Style
from sessions.voices.base import Line, Voice
from sessions.voices.espeak.voice import Espeak
from sessions.voices.piper.voice import Piper
from sessions.voices.tone import Tone
from tests.voices.tiny_piper import make_voice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    "make",
    [
        lambda _folder: Espeak(),
        lambda _folder: Tone(),
        lambda folder: Piper("piper:x", make_voice(folder)),
    ],
)
def test_a_rate_makes_speech_as_much_longer(make: Callable[[Path], Voice], tmp_path: Path) -> None:
    voice = make(tmp_path)
    usual, slow = Style(Language.DUTCH), Style(Language.DUTCH, rate=0.8)
    assert voice.identity(usual) != voice.identity(slow)
    with voice.open() as speaker:
        lengths = [
            len(speaker.speak(Line("Laat je schouders maar zakken.", style)).samples)
            for style in (usual, slow)
        ]
    assert 1.1 < lengths[1] / lengths[0] < 1.35
