"""What a listener heard is kept, as long as it is the same listener."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sessions.hearing.timed import Remembering, TimedWord, timed_identity
from sessions.hearing.weights import WEIGHTS
from sessions.script.model import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from sessions.storage.caches import Caches
    from sessions.units import Audio


@dataclass
class Counting:
    """Hears a word, and counts how often it was asked."""

    heard: list[Language] = field(default_factory=list)

    def hear_words(self, audio: Audio, language: Language) -> tuple[TimedWord, ...]:
        self.heard.append(language)
        return (TimedWord("rust", 0.0, len(audio) / 16_000, 0.5),)


def test_the_same_is_heard_once_by_the_same_listener(
    fresh_cache: Callable[[str], Caches],
) -> None:
    listener, kept = Counting(), fresh_cache("hearings").hearings
    sound = np.zeros(16_000, np.float32)
    for identity, language, times in (
        ("one", Language.DUTCH, 1),
        ("one", Language.DUTCH, 1),
        ("one", Language.ENGLISH, 2),
        ("other", Language.DUTCH, 3),
    ):
        words = Remembering(listener, kept, identity).hear_words(sound, language)
        assert words == (TimedWord("rust", 0.0, 1.0, 0.5),)
        assert len(listener.heard) == times


@pytest.mark.listen
def test_a_listener_is_known_by_its_weights_and_by_who_computes() -> None:
    found = timed_identity()
    assert WEIGHTS["model.bin"].sha256 in found
    assert "faster-whisper " in found
    assert "ctranslate2 " in found
