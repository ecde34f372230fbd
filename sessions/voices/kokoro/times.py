"""When each word of a piece begins: an estimate, as the model tells no durations.

A word gets as much of the time as it has of the sounds that are said; all else is as for any voice
(`sessions.voices.timing`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sessions.voices.timing import FRAME_SECONDS, begins, heard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sessions.units import Audio
    from sessions.voices.kokoro.phonemes import Word

STRESSES: Final = "ˈˌ "
GAP: Final = 0.5
"""What a word takes besides its sounds, in sounds."""


def starts_of(words: Sequence[Word], sound: Audio, rate_hz: int) -> list[int]:
    """Return the sample at which each word of a trimmed piece begins."""
    frame = round(FRAME_SECONDS * rate_hz)
    sounding = heard(sound, frame)
    if not sounding.any():
        return [0] * len(words)
    weights = [sum(sign not in STRESSES for sign in word.sounds) + GAP for word in words]
    last = max(0, len(sound) - 1)
    found = begins(weights, [bool(word.end) for word in words], sounding)
    return [min(last, round(at * frame)) for at in found]
