"""Where marks stand in a row: the hops of a sound in which a voice is heard, or none is. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def runs(marks: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return where marks stand in a row, as [start, stop), from the first to the last."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marks, [False])).astype(np.int8)))
    return [(int(start), int(stop)) for start, stop in edges.reshape(-1, 2)]
