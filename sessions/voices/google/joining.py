"""Join the parts that a long line was fetched in, with the pause that its punctuation asks for.

Each reply of the service has some 0.2 s of silence before the words and up to a second behind them;
laid end to end they made a hole in the midst of a sentence. So the silence is taken off, and what a
reader would leave at that mark is put there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.units import gain
from sessions.voices.finish import EDGE_DB

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sessions.units import Audio

JOINING: Final = 2
"""Grows with each change of how the parts of a line are cut and joined."""
PAUSE_SECONDS: Final[Mapping[str, float]] = {
    **dict.fromkeys(",-–—", 0.15),  # noqa: RUF001 - dashes of two lengths
    **dict.fromkeys(";:", 0.18),
    **dict.fromkeys(".!?…", 0.2),
}
"""By the last mark of a part; what fades away before and behind it makes it a little longer."""
BETWEEN_WORDS_SECONDS: Final = 0.02
CLOSERS: Final = "\"'”’»)]"  # noqa: RUF001 - typographic quotes are meant
EDGE_SECONDS: Final = 0.004
"""Of the fade at each side of a join, and of what is kept around the words for it."""


def joined(sounds: Sequence[Audio], texts: Sequence[str], rate_hz: int) -> Audio:
    """Return the sound of a line: its parts, each with its words, in one."""
    if len(sounds) < 2:
        return np.concatenate([np.zeros(0, np.float32), *sounds])
    pieces: list[Audio] = []
    for number, sound in enumerate(sounds):
        last = number == len(sounds) - 1
        pieces.append(_trimmed(sound, rate_hz, front=number > 0, back=not last))
        if not last:
            pieces.append(np.zeros(round(pause_seconds(texts[number]) * rate_hz), np.float32))
    return np.concatenate(pieces)


def pause_seconds(text: str) -> float:
    """Return how long it is silent behind a part."""
    return PAUSE_SECONDS.get(text.rstrip(f"{CLOSERS} ")[-1:], BETWEEN_WORDS_SECONDS)


def _trimmed(sound: Audio, rate_hz: int, *, front: bool, back: bool) -> Audio:
    """Return a part without its silence, click-free, at the sides where it is joined."""
    level = np.abs(sound)
    heard = np.flatnonzero(level > float(level.max()) * gain(EDGE_DB))
    edge = round(EDGE_SECONDS * rate_hz)
    start = max(0, int(heard[0]) - edge) if front else 0
    stop = min(len(sound), int(heard[-1]) + 1 + edge) if back else len(sound)
    result = sound[start:stop].copy()
    ramp = (0.5 - 0.5 * np.cos(np.pi * (np.arange(edge) + 0.5) / edge)).astype(np.float32)
    if front:
        result[:edge] *= ramp[: len(result)]
    if back:
        result[-edge:] *= ramp[::-1][-len(result) :]
    return result
