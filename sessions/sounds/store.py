"""Keep computed beds between renders: to make one takes half a second, to read it a tenth of it."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sessions.errors import SessionsError
from sessions.sounds import BEDS
from sessions.sounds.base import PeriodicBed
from sessions.storage.digests import sound_digest

if TYPE_CHECKING:
    from sessions.storage.kept import Kept


BEDS_HELD = 2
"""Computed beds that a process keeps, of 22 MB each."""


@lru_cache(BEDS_HELD)
def computed(name: str, kept: Kept) -> PeriodicBed:
    """Return a computed bed as it was kept, else made and kept; where nothing can be, made."""
    key = hashlib.sha256(f"{name} {sound_digest()} {np.__version__}".encode()).hexdigest()
    data = kept.get(key)
    if data is not None:
        return PeriodicBed(np.frombuffer(data, np.float32).reshape(-1, 2).copy())
    period = BEDS[name]()
    with suppress(SessionsError):
        kept.put(key, period.tobytes())
        kept.tend({key})
    return PeriodicBed(period)
