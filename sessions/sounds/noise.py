"""White, pink and brown noise: the oldest beds, and still the least intrusive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sessions.sounds.base import levelled, periodic_noise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sessions.units import Audio

LOWEST_HZ = 25.0
"""Below this a loudspeaker only moves; the spectrum falls off there by 12 dB an octave."""


def white() -> Audio:
    """Return equal power per hertz: rain on a window, a fan."""
    return levelled(periodic_noise(1, rumble_free))


def pink() -> Audio:
    """Return equal power per octave (-3 dB an octave): a steady waterfall."""
    return levelled(periodic_noise(2, lambda hz: rumble_free(hz) / hz))


def brown() -> Audio:
    """Return -6 dB an octave: a deep, distant rumble."""
    return levelled(periodic_noise(3, lambda hz: rumble_free(hz) / hz**2))


def rumble_free(hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the power response of a second-order high-pass at `LOWEST_HZ`."""
    return 1.0 / (1.0 + (LOWEST_HZ / np.maximum(hz, 1e-9)) ** 4)
