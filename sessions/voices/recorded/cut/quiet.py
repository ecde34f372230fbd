"""Where something sounds in a recording, and where it is quiet, by its levels. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.units import gain
from sessions.voices.runs import runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sessions.units import Audio

STEP_SECONDS: Final = 0.01
"""Of one level."""
NEAR_SECONDS: Final = 15.0
"""The room is as loud as what is quietest this near: it may change, as when a fridge starts."""
QUIET_SHARE: Final = 0.1
BEGUN_DB: Final = 12.0
"""Over the room, where something begins to sound."""
ENDED_DB: Final = 5.0
"""Over the room: what is louder, beside something that sounds, belongs to it."""
UNDER_LOUD_DB: Final = -50.0
"""Under the loudest twentieth nothing sounds, however quiet a gate makes the room."""
JOINED_SECONDS: Final = 0.18
"""Such a gap is the stop within a word, and not a silence."""
LEAST_SECONDS: Final = 0.04


@dataclass(frozen=True, slots=True)
class Island:
    """A stretch that sounds, between silences, in seconds from the beginning of its recording."""

    start_seconds: float
    stop_seconds: float
    tape: int = 0
    """Which of several recordings it is in."""

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.stop_seconds - self.start_seconds


def islands(levels: Audio, tape: int = 0) -> tuple[Island, ...]:
    """Return where something sounds.

    `levels` are root mean squares, one each 10 ms; shape (steps,).
    """
    if not len(levels):
        return ()
    floor = np.maximum(room(levels), np.quantile(levels, 0.95) * gain(UNDER_LOUD_DB))
    sounding = levels > floor * gain(ENDED_DB)
    begun = levels > floor * gain(BEGUN_DB)
    heard = [(start, stop) for start, stop in runs(sounding) if begun[start:stop].any()]
    found = [Island(a * STEP_SECONDS, b * STEP_SECONDS, tape) for a, b in joined(heard)]
    return tuple(one for one in found if one.seconds >= LEAST_SECONDS)


def room(levels: Audio) -> Audio:
    """Return how loud the room is at each step: by seconds, what is quietest around each."""
    second = round(1 / STEP_SECONDS)
    padded = np.pad(levels, (0, -len(levels) % second), mode="edge").reshape(-1, second)
    quiet = np.quantile(padded, QUIET_SHARE, axis=1)
    near = round(NEAR_SECONDS)
    around = np.lib.stride_tricks.sliding_window_view(
        np.pad(quiet, near, mode="reflect" if len(quiet) > near else "edge"), 2 * near + 1
    )
    return np.repeat(np.quantile(around, QUIET_SHARE, axis=1), second)[: len(levels)]


def joined(heard: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return runs of steps, those joined that nearly touch."""
    found: list[tuple[int, int]] = []
    for start, stop in heard:
        if found and (start - found[-1][1]) * STEP_SECONDS < JOINED_SECONDS:
            found[-1] = found[-1][0], stop
        else:
            found.append((start, stop))
    return found


def quietest(levels: Audio, start_seconds: float, stop_seconds: float) -> float:
    """Return the middle of the quietest step of a stretch, in seconds."""
    first, last = round(start_seconds / STEP_SECONDS), round(stop_seconds / STEP_SECONDS)
    stretch = levels[max(0, first) : max(first + 1, last)]
    if not len(stretch):
        return start_seconds
    smooth = np.convolve(stretch, np.ones(3) / 3, "same") if len(stretch) > 4 else stretch
    return (max(0, first) + int(smooth.argmin()) + 0.5) * STEP_SECONDS
