"""Slow gain curves: fades, ducking. Pure functions of position, cheap to evaluate.

A curve is a gain at some positions and straight lines between them, evaluated every 64 samples
and joined by straight lines again. It is exactly constant between two equal points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sessions.units import GRID_SAMPLES, Audio, gain, samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

STEPS = 16
"""Points of a smooth transition; straight lines between 16 of them are within 0.1 dB of it."""
_RAMP = (np.arange(GRID_SAMPLES) / GRID_SAMPLES).astype(np.float32)

DUCK_BEFORE_SECONDS = 0.15
"""The bed makes room before the word, not on it."""
DUCK_AFTER_SECONDS = 0.75
DUCK_HOLD_SECONDS = DUCK_BEFORE_SECONDS + DUCK_AFTER_SECONDS
"""A gap shorter than this would only make the bed pump; the bed stays down."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Gains at rising positions, both of the same length; constant before and after them."""

    positions: np.ndarray[tuple[int], np.dtype[np.float64]]
    gains: np.ndarray[tuple[int], np.dtype[np.float64]]

    @classmethod
    def through(cls, points: Iterable[tuple[int, float]]) -> Curve:
        """Make a curve of (position, gain) points; positions are moved to the grid."""
        kept: dict[int, float] = {}
        for position, value in points:
            kept[round(position / GRID_SAMPLES) * GRID_SAMPLES] = value
        places = sorted(kept)
        return cls(np.array(places, float), np.array([kept[place] for place in places]))

    def read(self, start: int, stop: int) -> Audio | np.float32:
        """Return the gain at [start, stop): one number where it is constant, else (n, 1)."""
        if not len(self.positions):
            return np.float32(1.0)
        first, last = start // GRID_SAMPLES, -(-stop // GRID_SAMPLES)
        grid = np.arange(first, last + 1) * GRID_SAMPLES
        at = np.interp(grid, self.positions, self.gains).astype(np.float32)
        if (at == at[0]).all():
            return np.float32(at[0])
        lines = at[:-1, np.newaxis] + np.diff(at)[:, np.newaxis] * _RAMP
        offset = start - first * GRID_SAMPLES
        values: Audio = lines.reshape(-1, 1)[offset : offset + stop - start]
        return values


def transition(
    start: int, stop: int, before_db: float, after_db: float
) -> Iterator[tuple[int, float]]:
    """Return points from one level to another: a smoothstep in dB, as the ear hears it."""
    for step in range(STEPS + 1):
        x = step / STEPS
        level = before_db + (after_db - before_db) * x * x * (3 - 2 * x)
        yield round(start + (stop - start) * x), gain(level)


def fade_points(start: int, stop: int, *, rising: bool) -> Iterator[tuple[int, float]]:
    """Return points of a fade to or from silence: a quarter of a sine, squared."""
    for step in range(4 * STEPS + 1):
        x = step / (4 * STEPS)
        level = np.sin(np.pi / 2 * (x if rising else 1 - x)) ** 2
        yield round(start + (stop - start) * x), float(level)


def ducking(runs: Sequence[tuple[int, int]], depth_db: float) -> Curve:
    """Return the gain of a bed that makes room for speech.

    Parameters
    ----------
    runs
        Where speech sounds: [start, stop) in samples, in order.
    depth_db
        How far the bed goes down under speech, as a positive number.
    """
    before, after = samples(DUCK_BEFORE_SECONDS), samples(DUCK_AFTER_SECONDS)
    points: list[tuple[int, float]] = []
    for start, stop in held(runs):
        points += transition(start - before, start, 0.0, -depth_db)
        points += transition(stop, stop + after, -depth_db, 0.0)
    return Curve.through(points)


def held(runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join runs of speech whose gap is too short for the bed to come back."""
    joined: list[tuple[int, int]] = []
    hold = samples(DUCK_HOLD_SECONDS) + 2 * GRID_SAMPLES
    for start, stop in runs:
        if joined and start - joined[-1][1] < hold:
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    return joined
