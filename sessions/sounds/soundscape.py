"""A soundscape: the sum of a script's layers, as one bed."""

from __future__ import annotations

import difflib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sessions.errors import InputMissingError, ScriptError
from sessions.sounds import BEDS
from sessions.sounds.base import Bed, PeriodicBed
from sessions.sounds.recorded import RecordedBed, find, names
from sessions.units import Audio, gain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sessions.script.model import Layer, Script


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


def check_layers(script: Script, layers: Sequence[Layer], folders: Sequence[Path]) -> None:
    """See that every layer is a sound that there is, before anything takes time.

    Raises
    ------
    ScriptError
        No sound and no recording in the folders has the name of a layer.
    """
    known = [*BEDS, *names(folders)]
    problems = []
    for layer in layers:
        if layer.sound in BEDS or find(layer.sound, folders) is not None:
            continue
        close = difflib.get_close_matches(layer.sound, known, 1)
        remedy = f"did you mean '{close[0]}'?" if close else f"choose one of: {', '.join(known)}"
        message = f"unknown sound '{layer.sound}'"
        if layer.source is None:
            raise ScriptError(message, remedy)
        problems.append(script.problem(layer.source, message, remedy, len(layer.sound)))
    if problems:
        raise ScriptError.of(problems)


def soundscape(layers: Sequence[Layer], folders: Sequence[Path]) -> Soundscape | None:
    """Return the bed of some layers that `check_layers` found; no layers, no bed.

    Parameters
    ----------
    folders
        Where recordings may be, the first match counts.
    """
    if not layers:
        return None
    return Soundscape(tuple((bed_of(layer, folders), layer.gain_db) for layer in layers))


def bed_of(layer: Layer, folders: Sequence[Path]) -> Bed:
    """Return the bed of one layer."""
    if layer.sound in BEDS:
        return PeriodicBed(BEDS[layer.sound]())
    path = find(layer.sound, folders)
    if path is None:
        raise InputMissingError(f"the recording '{layer.sound}' has gone")
    return RecordedBed(path, layer.source)
