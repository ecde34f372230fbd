"""The hum of the mains in the quiet parts of a recording: how loud, and of which frequency. Pure.

A hum is a comb: the mains' frequency and its multiples. Its power is what stands on the teeth over
what stands halfway between them, which tells it from any noise that is smooth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sessions.units import Audio

MAINS_HZ: Final = (50.0, 60.0)
TEETH: Final = 12
LEAST_SECONDS: Final = 0.25
"""Of a quiet stretch: in a shorter one the teeth of both mains melt together."""
MOST_SECONDS: Final = 2.0
WIDTH_BINS: Final = 2.0
"""Half of the main lobe of Hann's window (Harris 1978, table 1), in parts of 1 / length."""


@dataclass(frozen=True, slots=True)
class Hum:
    """A hum: the frequency of its mains, and its mean square."""

    hz: float
    power: float


def hum_of(stretches: Sequence[Audio], rate_hz: int) -> Hum | None:
    """Return the hum in some quiet stretches of a recording; None where none can be told.

    The longest of them decides.
    """
    longest = max(stretches, key=len, default=np.zeros(0, np.float32))
    longest = longest[: round(MOST_SECONDS * rate_hz)]
    if len(longest) < LEAST_SECONDS * rate_hz:
        return None
    window = np.hanning(len(longest))
    spectrum = np.square(np.abs(np.fft.rfft(longest * window)))
    spectrum *= 2.0 / (len(longest) * np.square(window).sum())  # sums to the mean square (Parseval)
    hz = np.arange(len(spectrum)) * rate_hz / len(longest)
    width = WIDTH_BINS * rate_hz / len(longest)
    found = [Hum(mains, _comb(spectrum, hz, mains, width)) for mains in MAINS_HZ]
    loudest = max(found, key=lambda hum: hum.power)
    return loudest if loudest.power > 0 else None


def _comb(
    spectrum: NDArray[np.float64], hz: NDArray[np.float64], mains: float, width: float
) -> float:
    """Return the power on the teeth of a comb, less what is as wide between them."""
    half = min(width, mains / 4)
    away = np.abs(hz - mains * np.round(hz / mains))
    within = (hz > mains / 2) & (hz < mains * (TEETH + 0.5))
    on = spectrum[within & (away <= half)].sum()
    between = spectrum[within & (away >= mains / 2 - half)].sum()
    return max(0.0, float(on - between))
