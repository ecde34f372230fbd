"""Slow gain curves: fades, ducking. Pure functions of position, cheap to evaluate.

A curve is a gain at some positions and straight lines between them, evaluated every 64 samples
and joined by straight lines again. It is exactly constant between two equal points.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from sessions.units import GRID_SAMPLES, Audio, gain, samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    Gains = NDArray[np.float64]

STEPS = 16
"""Points of a smooth transition; straight lines between 16 of them are within 0.1 dB of it."""
SILENT = b""
"""The recipe of a gain of nothing."""
FADE_STEPS = 64
FADE_IN_DB = 40.0
LEAST_FADE_IN_SECONDS = 2.0
"""Shorter, and the bed itself would be what startles."""
FADE_IN_LEFT = 0.02
"""What of a fade-in is left, at the most, when the first words come: they need a bed."""
_RAMP = (np.arange(GRID_SAMPLES) / GRID_SAMPLES).astype(np.float32)[:, np.newaxis]

SLOPE_STEP_SECONDS = 10.0
"""Straight lines of this length are as good as a slope of a few dB an hour."""
SWAY_SECONDS = 48.0

DUCK_BEFORE_SECONDS = 0.15
"""The bed makes room before the word, not on it."""
DUCK_AFTER_SECONDS = 1.5
"""A bed that went down by 4 dB comes up by 4 dB a second at the steepest, and by 6 from 6 dB."""
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

    def at(self, positions: Gains) -> Gains:
        """Return the gains at some positions, on the straight lines between the points."""
        if not len(self.positions):
            return np.ones(len(positions))
        return np.interp(positions, self.positions, self.gains)

    def constant_spans(self, length: int) -> Iterator[tuple[int, int, float]]:
        """Return where [0, length) has one gain: (start, stop, gain), in order."""
        edges = [0, *self.positions.astype(int).tolist(), length]
        gains = [*self.gains[:1].tolist(), *self.gains.tolist(), *self.gains[-1:].tolist()]
        if not len(self.positions):
            edges, gains = [0, length], [1.0, 1.0]
        begin = None
        for (start, stop), (first, last) in zip(pairwise(edges), pairwise(gains), strict=True):
            if first == last and start < stop:
                begin = start if begin is None else begin
                end, level = stop, first
            elif begin is not None and start < stop:
                yield max(begin, 0), min(end, length), level
                begin = None
        if begin is not None:
            yield max(begin, 0), min(end, length), level

    def recipe(self, start: int, stop: int) -> bytes:
        """Return what decides the gains at [start, stop), with places counted from `start`.

        Where a line comes from or goes to counts too, unless it is level: it then makes no
        difference.
        """
        first = int(np.searchsorted(self.positions, start, "right")) - 1
        last = int(np.searchsorted(self.positions, stop, "left")) + 1
        places = self.positions[max(0, first) : last] - start
        gains = self.gains[max(0, first) : last]
        if not len(self.gains):
            places, gains = np.zeros(1), np.ones(1)
        if (gains == gains[0]).all():
            return SILENT if not gains[0] else gains[:1].tobytes()
        places = np.clip(places, 0.0 if gains[0] == gains[1] else None, None)
        places = np.clip(places, None, stop - start if gains[-2] == gains[-1] else None)
        return places.tobytes() + gains.tobytes()

    def read(self, start: int, stop: int) -> Audio | np.float32:
        """Return the gain at [start, stop): one number where it is constant, else (n, 1)."""
        if not len(self.positions):
            return np.float32(1.0)
        first, last = start // GRID_SAMPLES, -(-stop // GRID_SAMPLES)
        grid = np.arange(first, last + 1) * GRID_SAMPLES
        at = np.interp(grid, self.positions, self.gains).astype(np.float32)
        if (at == at[0]).all():
            return np.float32(at[0])
        return between_grid(at[:, np.newaxis], start - first * GRID_SAMPLES, stop - start)


def transition(
    start: int, stop: int, before_db: float, after_db: float
) -> Iterator[tuple[int, float]]:
    """Return points from one level to another: a smoothstep in dB, as the ear hears it."""
    for step in range(STEPS + 1):
        x = step / STEPS
        level = before_db + (after_db - before_db) * x * x * (3 - 2 * x)
        yield round(start + (stop - start) * x), gain(level)


def swaying(start: int, stop: int, depth: float) -> Audio:
    """Return the gains of both channels, shape (n, 2), of a sound that moves slowly to and fro.

    Equal power: it is as loud everywhere. `depth` 1 goes from one side to the other.
    """
    first, last = start // GRID_SAMPLES, -(-stop // GRID_SAMPLES)
    turn = 2 * np.pi / samples(SWAY_SECONDS)
    angle = np.pi / 4 * (1 + depth * np.sin(turn * GRID_SAMPLES * np.arange(first, last + 1)))
    sides = np.sqrt(2) * np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)
    return between_grid(sides, start - first * GRID_SAMPLES, stop - start)


def between_grid(at: Audio, offset: int, count: int) -> Audio:
    """Return `count` samples from `offset` on, on straight lines between grid points (n, k)."""
    lines = at[:-1, np.newaxis] + np.diff(at, axis=0)[:, np.newaxis] * _RAMP
    return lines.reshape(-1, at.shape[1])[offset : offset + count]


def fade_in(length: int, words_from: int) -> Curve:
    """Return a rise from silence over the first `length` samples.

    It starts `FADE_IN_DB` down, which is nothing, and rises in dB, faster at first: so no tenth of
    a second is far above the one before. Where words come before it is done it rises sooner, so
    that they have a bed to stand on, within 1 dB of where it will be.
    """
    length = max(length, samples(LEAST_FADE_IN_SECONDS))
    power = 2.0
    if words_from < length:
        left = 1 - max(words_from, samples(LEAST_FADE_IN_SECONDS)) / length
        power = max(power, float(np.log(FADE_IN_LEFT) / np.log(left))) if left > 0 else power
    places = [(step / FADE_STEPS) ** 2 for step in range(1, FADE_STEPS + 1)]  # it begins steeply
    rise = ((round(length * x), gain(-FADE_IN_DB * (1 - x) ** power)) for x in places)
    return Curve.through([*rise, (0, 0.0)])


def fade_out(start: int, stop: int) -> Curve:
    """Return a fall to silence: a quarter of a sine, squared, gone before one has noticed."""
    return fade(start, stop, lambda x: np.sin(np.pi / 2 * (1 - x)) ** 2)


def fade(start: int, stop: int, shape: Callable[[float], float]) -> Curve:
    """Return a curve of a shape over [0, 1]; one of no length changes nothing."""
    if stop - start < GRID_SAMPLES:
        return Curve.through([])
    places = [step / FADE_STEPS for step in range(FADE_STEPS + 1)]
    return Curve.through((round(start + (stop - start) * x), float(shape(x))) for x in places)


def product(*curves: Curve) -> Curve:
    """Return the product of curves, with straight lines between all of their points."""
    places = np.unique(np.concatenate([curve.positions for curve in curves]))
    gains = np.ones(len(places))
    for curve in curves:
        gains *= curve.at(places)
    return Curve(places, gains)


def slope(start: int, stop: int, depth_db: float) -> Curve:
    """Return a gain that goes down by `depth_db`, evenly in dB, from one place to another."""
    if not depth_db:
        return Curve.through([])
    count = max(1, round((stop - start) / samples(SLOPE_STEP_SECONDS)))
    return Curve.through(
        (round(start + (stop - start) * step / count), gain(-depth_db * step / count))
        for step in range(count + 1)
    )


def ducking(runs: Iterable[tuple[int, int]], depth_db: float) -> Curve:
    """Return the gain of a bed that makes room for speech.

    Parameters
    ----------
    runs
        Where speech sounds: [start, stop) in samples, in order.
    depth_db
        How far the bed goes down under each of them, as a positive number.
    """
    if not depth_db:
        return Curve.through([])
    before, after = samples(DUCK_BEFORE_SECONDS), samples(DUCK_AFTER_SECONDS)
    points: list[tuple[int, float]] = []
    for start, stop in held(runs):
        points += transition(start - before, start, 0.0, -depth_db)
        points += transition(stop, stop + after, -depth_db, 0.0)
    return Curve.through(points)


def held(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join runs of speech whose gap is too short for the bed to come back."""
    joined: list[tuple[int, int]] = []
    hold = samples(DUCK_HOLD_SECONDS) + 2 * GRID_SAMPLES
    for start, stop in runs:
        if joined and start - joined[-1][1] < hold:
            joined[-1] = (joined[-1][0], max(joined[-1][1], stop))
        else:
            joined.append((start, stop))
    return joined
