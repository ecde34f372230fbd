"""Measure a mix while an encoder reads it, in whatever order, and what it need not read.

Power is taken in steps of 10 ms, at fixed places of the session, so a step has the same value, to
rounding, whichever read it falls in. Where only the bed sounds, an encoder copies what it has
encoded before, and reads nothing; there the steps are those of the bed's period.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sessions.loudness import LEAD_STEPS, STEP_SAMPLES, step_powers
from sessions.meter import Loudness, Peaks, loudness_of_steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from sessions.mix.mixer import Mix, Rest
    from sessions.units import Audio


class MeasuredMix:
    """A mix whose `read` is measured. Safe with many threads.

    Parameters
    ----------
    mix
        What is read.
    progress
        Told how many samples have been seen to, of how many.
    """

    def __init__(self, mix: Mix, progress: Callable[[int, int], None]) -> None:
        self._mix = mix
        self._progress = progress
        self._peaks = Peaks()
        self._steps = np.full(mix.length // STEP_SAMPLES, np.nan, np.float32)

    def read(self, start: int, stop: int) -> Audio:
        """Return samples [start, stop), shape (stop - start, 2), and measure them."""
        first, last = start // STEP_SAMPLES, stop // STEP_SAMPLES
        begin = max(0, first * STEP_SAMPLES - LEAD_STEPS * STEP_SAMPLES)
        wide = self._mix.read(begin, stop)
        lead = first * STEP_SAMPLES - begin
        self._steps[first:last] = step_powers(wide, lead)[: last - first]
        self._peaks.add(wide)
        self._progress(stop, self._mix.length)
        return wide[start - begin :]

    def finish(self) -> Loudness:
        """Return the loudness of the whole session.

        What was not read sounds like the bed alone where that is true, and is read now elsewhere.
        """
        for rest in self._mix.rests():
            self._fill(rest)
        for first, last in spans(np.isnan(self._steps)):
            for start in range(first, last, 100):
                self.read(start * STEP_SAMPLES, min(start + 100, last) * STEP_SAMPLES)
        return loudness_of_steps(self._steps, self._peaks, self._mix.length)

    def _fill(self, rest: Rest) -> None:
        first, last = -(-rest.start // STEP_SAMPLES), rest.stop // STEP_SAMPLES
        missing = first + np.flatnonzero(np.isnan(self._steps[first:last]))
        if len(missing):
            self._steps[missing] = self._mix.rest_powers(rest, first, missing)


def spans(flags: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """Return where flags are set, as [first, last) in order."""
    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
