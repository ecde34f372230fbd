"""Runs of samples that share a property, found block by block and joined across blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Runs: TypeAlias = NDArray[np.int64]
    """Shape (runs, 2): samples [start, stop) each, in order."""
else:
    Runs = "NDArray[np.int64]"


def runs(flags: NDArray[np.bool_], offset: int, least: int) -> Runs:
    """Return where flags are set, `offset` added.

    Runs shorter than `least` are left out, unless they touch an end and may go on beyond it.
    """
    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    long = (edges[:, 1] - edges[:, 0] >= least) | (edges[:, 0] == 0) | (edges[:, 1] == len(flags))
    return np.asarray(edges[long] + offset, np.int64)


def outside(found: Runs, spans: Sequence[tuple[int, int]]) -> Runs:
    """Return what of some runs no span [start, stop) covers."""
    for start, stop in spans:
        before = np.stack([found[:, 0], np.minimum(found[:, 1], start)], axis=1)
        after = np.stack([np.maximum(found[:, 0], stop), found[:, 1]], axis=1)
        parts = np.concatenate([before, after])
        found = parts[parts[:, 0] < parts[:, 1]]
    return found


def joined(parts: Sequence[Runs], least: int) -> Runs:
    """Return the runs of all parts as one, those that touch made one, short ones left out."""
    every = np.concatenate([np.zeros((0, 2), np.int64), *parts])
    every = every[np.argsort(every[:, 0], kind="stable")]
    if not len(every):
        return every
    fresh = np.concatenate(([True], every[1:, 0] > every[:-1, 1]))
    first = np.flatnonzero(fresh)
    last = np.concatenate((first[1:] - 1, [len(every) - 1]))
    whole = np.stack([every[first, 0], every[last, 1]], axis=1)
    return np.asarray(whole[whole[:, 1] - whole[:, 0] >= least])
