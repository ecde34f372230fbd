"""Computed beds as tests share them: each is made once, when a test first asks for it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sessions.sounds import BEDS
from sessions.sounds.base import PeriodicBed

if TYPE_CHECKING:
    from sessions.units import Audio


@cache
def period_of(name: str) -> Audio:
    """Return one period of a computed bed, which no test may change."""
    period = BEDS[name]()
    period.setflags(write=False)
    return period


@cache
def bed_of(name: str) -> PeriodicBed:
    """Return a computed bed."""
    return PeriodicBed(period_of(name))
