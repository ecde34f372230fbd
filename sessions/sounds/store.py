"""Keep computed beds between renders: to make one takes half a second, to read it a tenth of it."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sessions.errors import SessionsError
from sessions.kept import Kept, code_digest
from sessions.settings import cache_folder
from sessions.sounds import BEDS
from sessions.sounds.base import PeriodicBed

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
"""To be raised when a bed is kept in another form; its key names the code that made it."""
LIMIT_BYTES = 256 * 1024**2
"""Some beds of this version, and of those before it."""
BEDS_HELD = 2
"""Computed beds that a process keeps, of 22 MB each."""


def kept_beds(folder: Path) -> Kept:
    """Return the entries of computed beds below a cache folder, not flushed to the disk."""
    return Kept(folder, "bed", FORMAT, durable=False)


@lru_cache(BEDS_HELD)
def computed(name: str) -> PeriodicBed:
    """Return a computed bed as it was kept, else made and kept; where nothing can be, made."""
    kept = kept_beds(cache_folder())
    key = hashlib.sha256(f"{name} {code_digest()} {np.__version__}".encode()).hexdigest()
    data = kept.get(key)
    if data is not None:
        return PeriodicBed(np.frombuffer(data, np.float32).reshape(-1, 2).copy())
    period = BEDS[name]()
    with suppress(SessionsError):
        kept.put(key, period.tobytes())
        kept.tend(LIMIT_BYTES, {key})
    return PeriodicBed(period)
