"""Keep computed beds between renders: to make one takes half a second, to read it a tenth of it."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from sessions.errors import SessionsError
from sessions.kept import Kept
from sessions.settings import cache_folder
from sessions.sounds import BEDS
from sessions.sounds.base import PeriodicBed

FORMAT = 1
"""To be raised when a bed is kept in another form; its samples are in its key by their code."""
LIMIT_BYTES = 256 * 1024**2
BEDS_HELD = 2
"""Computed beds that a process keeps, of 22 MB each."""


def kept_beds(folder: Path) -> Kept:
    """Return the entries of computed beds below a cache folder, not flushed to the disk."""
    return Kept(folder, "bed", FORMAT, durable=False)


@lru_cache(BEDS_HELD)
def computed(name: str) -> PeriodicBed:
    """Return a computed bed as it was kept, else made and kept; where nothing can be, made."""
    kept, key = kept_beds(cache_folder()), hashlib.sha256(name.encode() + code()).hexdigest()
    data = kept.get(key)
    if data is not None:
        return PeriodicBed(np.frombuffer(data, np.float32).reshape(-1, 2).copy())
    period = BEDS[name]()
    with suppress(SessionsError):
        kept.put(key, period.tobytes())
        kept.tend(LIMIT_BYTES, {key})
    return PeriodicBed(period)


@cache
def code() -> bytes:
    """Return the hash of what shapes a bed: the code of the sounds, and that of numpy."""
    digest = hashlib.sha256(np.__version__.encode())
    package = Path(__file__).parent
    for path in (*sorted(package.glob("*.py")), package.parent / "loudness.py"):
        digest.update(path.read_bytes())
    return digest.digest()
