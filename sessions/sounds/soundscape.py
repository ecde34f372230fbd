"""A soundscape: the sum of a script's layers, as one bed; and what is struck once."""

from __future__ import annotations

import math
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sessions.errors import InputMissingError, RecordingError, ScriptError, SessionsError
from sessions.metering.loudness import LEAD_SAMPLES, STEP_SAMPLES, step_powers
from sessions.sounds import BEDS, ONE_SHOTS
from sessions.sounds.recorded import RecordedBed, find, heard_seconds, once
from sessions.sounds.store import computed
from sessions.units import Audio, gain, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sessions.script.model import Layer, Script
    from sessions.sounds.base import Bed
    from sessions.storage.kept import Kept


RECORDINGS_HELD = 2
"""Recordings whose samples a process keeps in temporary files."""


@dataclass(frozen=True, slots=True)
class Soundscape:
    """Some beds, each with its gain. Its period is their common one."""

    beds: tuple[tuple[Bed, float], ...]

    @property
    def period_samples(self) -> int:
        """The least common multiple of the layers' periods."""
        return math.lcm(*(bed.period_samples for bed, _ in self.beds))

    def read(self, start: int, stop: int) -> Audio:
        """Return samples [start, stop), shape (stop - start, 2)."""
        total = np.zeros((stop - start, 2), np.float32)
        for bed, gain_db in self.beds:
            total += bed.read(start, stop) * np.float32(gain(gain_db))
        return total

    def filtered(self, sections: NDArray[np.float64]) -> Soundscape:
        """Return the sum of the filtered layers."""
        return Soundscape(tuple((bed.filtered(sections), level) for bed, level in self.beds))


@dataclass(frozen=True, slots=True)
class Widened:
    """A bed of another width, as loud as it was: 0 puts it in the middle, 1 changes nothing."""

    bed: Bed
    width: float
    gain: float

    @classmethod
    def of(cls, bed: Bed, width: float) -> Widened:
        """Make a bed of another width, measured over its first period."""
        changed = cls(bed, width, 1.0)
        was, became = (sample_power(one) for one in (bed, changed))
        return cls(bed, width, math.sqrt(was / became) if became else 1.0)

    @property
    def period_samples(self) -> int:
        """The bed's period."""
        return self.bed.period_samples

    def read(self, start: int, stop: int) -> Audio:
        """Return samples [start, stop), shape (stop - start, 2)."""
        sides = self.bed.read(start, stop)
        middle = (sides[:, :1] + sides[:, 1:]) * np.float32(0.5)
        wide = middle + (sides - middle) * np.float32(self.width)
        return np.asarray(wide * np.float32(self.gain))

    def filtered(self, sections: NDArray[np.float64]) -> Widened:
        """Return the filtered bed in the same width."""
        return Widened(self.bed.filtered(sections), self.width, self.gain)


def sample_power(bed: Bed) -> float:
    """Return the K-weighted power of ten seconds of a bed, summed over channels."""
    return float(step_powers(bed.read(0, LEAD_SAMPLES + 1000 * STEP_SAMPLES)).mean())


def soundscape(
    script: Script, layers: Sequence[Layer], folders: Sequence[Path], kept: Kept
) -> Soundscape | None:
    """Return the bed of some layers of a script, all of them known; no layers, no bed.

    Parameters
    ----------
    folders
        Where recordings may be, the first match counts.
    kept
        Where computed beds are kept.

    Raises
    ------
    SessionsError
        A recording cannot be used; where the script names it, it is a `ScriptError` there.
    """
    if not layers:
        return None
    beds: list[tuple[Bed, float]] = []
    for layer in layers:
        with pointed_at(script, layer):
            beds.append((bed_of(layer, folders, kept), layer.gain_db))
    return Soundscape(tuple(beds))


def one_shot(script: Script, layer: Layer, folders: Sequence[Path]) -> Audio:
    """Return a sound that is struck once: a computed one, or a recording, as loud as the bell.

    Raises
    ------
    SessionsError
        A recording cannot be used; where the script names it, it is a `ScriptError` there.
    """
    if layer.sound in ONE_SHOTS:
        return ONE_SHOTS[layer.sound]()
    path = find(layer.sound, folders)
    if path is None:
        raise InputMissingError(f"the recording '{layer.sound}' has gone")
    with pointed_at(script, layer):
        return once(path)


def rings_seconds(sound: str, folders: Sequence[Path]) -> float | None:
    """Return how long a sound that is struck once is heard; None where that cannot be told."""
    if sound in ONE_SHOTS:
        return made_seconds(sound)
    path = find(sound, folders)
    if path is None:
        return None
    status = path.stat()
    return recorded_seconds(path, (status.st_size, status.st_mtime_ns))


@cache
def made_seconds(sound: str) -> float:
    """Return how long a computed sound rings."""
    return seconds(len(ONE_SHOTS[sound]()))


@lru_cache
def recorded_seconds(path: Path, _stamp: tuple[int, int]) -> float | None:
    """Return how long a recording is heard, as long as its file is the same; None where unread."""
    try:
        return heard_seconds(path)
    except SessionsError:
        return None


@contextmanager
def pointed_at(script: Script, layer: Layer) -> Iterator[None]:
    """Give what is wrong with a recording the place in the script that names it, if one does."""
    try:
        yield
    except RecordingError as error:
        if layer.source is None:
            raise
        problem = script.problem(layer.source, error.message, error.remedy)
        raise ScriptError.of([problem]) from error


def bed_of(layer: Layer, folders: Sequence[Path], kept: Kept) -> Bed:
    """Return the bed of one layer."""
    if layer.sound in BEDS:
        return computed(layer.sound, kept)
    path = find(layer.sound, folders)
    if path is None:
        raise InputMissingError(f"the recording '{layer.sound}' has gone")
    status = path.stat()
    return recorded(path, (status.st_size, status.st_mtime_ns))


@lru_cache(RECORDINGS_HELD)
def recorded(path: Path, _stamp: tuple[int, int]) -> RecordedBed:
    """Return a recording as a bed, the same for each session of a process while its file is."""
    return RecordedBed.of_file(path)
