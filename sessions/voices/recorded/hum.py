"""The hum of the mains in a recording: its lines, and the recording without them.

Each line is found by least squares over a second or two, in which soft blocks count for more than
loud ones: so it is heard where the voice is not, follows the mains as it wanders, and is subtracted
under the voice too. A notch would take the voice with it where that has the same pitch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sessions.units import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sessions.units import Audio

    Floats = NDArray[np.float64]
    Waves = NDArray[np.complex128]

SLOWER: Final = 16
RATE_HZ: Final = SAMPLE_RATE_HZ / SLOWER
"""Lines of a hum are slow: a sixteenth of the samples tells of them."""
BLOCK: Final = 22
"""8 ms of these."""
MAINS_HZ: Final = (50.0, 60.0)
MAINS_OFF_HZ: Final = 0.5
STEP_HZ: Final = 0.02
MOST_HZ: Final = 1_000.0
BESIDE_HZ: Final = (8.0, 25.0)
OUT_DB: Final = 10.0
"""What a line stands over the noise beside it."""
LEAST_LINES: Final = 2
"""That it takes to be a hum: one may be a tone of the house,"""
ALONE_DB, ALONE = 20.0, 3
"""unless it is one of the first three and stands out as far as this."""
MOST_SECONDS: Final = 4.0
"""Of a part without words: meanwhile the mains stays where it is."""
LEAST_SECONDS: Final = 0.4
"""Of noise without a break, to tell lines that are 50 Hz apart from noise."""
OFF, OFF_STEP = 1e-3, 4e-5
"""How far its frequency may be from where it was found, as a share: 0.05 Hz of 50, by 0.002."""
NEAR_BLOCKS: Final = 9
"""How loud it is about a block: within one, a hum has no whole period, and a word may begin."""
STEADY_BLOCKS: Final = 125
"""A second, over which a hum is steady."""
MARGIN: Final = 64
"""Samples around a sound, in which the filters of a resampler come and go."""


@dataclass(frozen=True, slots=True)
class Hum:
    """The hum of the mains: its frequency, which multiples of it are heard, its mean square."""

    mains_hz: float
    lines_hz: tuple[float, ...]
    power: float


def hum_of(part: Audio) -> Hum | None:
    """Return the hum in a part of a sound at 44.1 kHz without words; None where there is none."""
    if len(part) < LEAST_SECONDS * SAMPLE_RATE_HZ:
        return None
    part = part[: round(MOST_SECONDS * SAMPLE_RATE_HZ)]
    best = max(
        (lines_of(part, mains_hz) for mains_hz in MAINS_HZ), key=lambda one: len(one.lines_hz)
    )
    return best if best.lines_hz else None


def lines_of(part: Audio, mains_hz: float) -> Hum:
    """Return the multiples of the mains that stand out of some noise, from where the mains is."""
    from scipy.fft import rfft  # noqa: PLC0415
    from scipy.signal import resample_poly  # noqa: PLC0415

    slow = resample_poly(part.astype(np.float64), 1, SLOWER)
    count = round(RATE_HZ / STEP_HZ)
    window = np.hanning(len(slow))
    power = np.square(np.abs(rfft(slow * window, count))) + 1e-30
    numbers = np.arange(1, int(MOST_HZ / (mains_hz + MAINS_OFF_HZ)) + 1)
    around = np.array([around_line(power, number * mains_hz) for number in numbers])
    tried_hz = mains_hz + np.arange(-MAINS_OFF_HZ, MAINS_OFF_HZ + STEP_HZ / 2, STEP_HZ)
    places = np.rint(np.outer(tried_hz, numbers) / STEP_HZ).astype(int)
    best = int(np.argmax((power[places] / around).sum(axis=1)))
    lines = power[places[best]]
    out_db = 10.0 * np.log10(lines / around)
    heard = out_db > OUT_DB
    if heard.sum() < LEAST_LINES:
        heard &= (out_db > ALONE_DB) & (numbers <= ALONE)
    return Hum(
        mains_hz,
        tuple(round(float(number * tried_hz[best]), 3) for number in numbers[heard]),
        float(2.0 * lines[heard].sum() / np.square(window.sum())),  # of a sine under a window
    )


def around_line(power: Floats, hz: float) -> float:
    """Return the power of the noise beside a frequency, where no line of the mains is."""
    near, far = (round(off / STEP_HZ) for off in BESIDE_HZ)
    at = round(hz / STEP_HZ)
    beside = np.concatenate([power[at - far : at - near], power[at + near : at + far]])
    return float(np.median(beside))


def without_hum(sound: Audio, lines_hz: Sequence[float]) -> Audio:
    """Return a sound at 44.1 kHz without some lines of a hum."""
    from scipy.ndimage import maximum_filter1d  # noqa: PLC0415
    from scipy.signal import resample_poly  # noqa: PLC0415

    slow = resample_poly(sound.astype(np.float64), 1, SLOWER)
    count = -(-len(slow) // BLOCK)
    blocks = np.pad(slow, (0, count * BLOCK - len(slow)), mode="edge").reshape(count, BLOCK)
    power = maximum_filter1d(np.square(blocks).mean(axis=1), NEAR_BLOCKS)
    weights = 1.0 / np.square(power + 1e-12)
    times = np.arange(count * BLOCK).reshape(count, BLOCK) / RATE_HZ
    lines = [(blocks * np.exp(-2j * np.pi * hz * times)).mean(axis=1) for hz in lines_hz]
    middles = times.mean(axis=1)
    true_hz = np.asarray(lines_hz) * (1.0 + drift(lines, lines_hz, weights, middles))
    every = np.arange(-MARGIN, len(slow) + MARGIN) / RATE_HZ
    hum = np.zeros(len(every))
    for line, hz, found_hz in zip(lines, true_hz, lines_hz, strict=True):
        steady = line * np.exp(-2j * np.pi * (hz - found_hz) * middles)
        heard = smooth(steady * weights) / smooth(weights)
        strength = np.interp(every, middles, heard.real) + 1j * np.interp(
            every, middles, heard.imag
        )
        hum += 2.0 * (strength * np.exp(2j * np.pi * hz * every)).real
    first = MARGIN * SLOWER
    wave = resample_poly(hum, SLOWER, 1)[first : first + len(sound)]
    return np.asarray(sound - wave, np.float32)


def drift(
    lines: Sequence[Waves], lines_hz: Sequence[float], weights: Floats, times: Floats
) -> float:
    """Return by what share of their frequency the lines of a hum are off."""
    tried = np.arange(-OFF, OFF + OFF_STEP / 2, OFF_STEP)
    power = np.zeros(len(tried))
    for hz, line in zip(lines_hz, lines, strict=True):
        turning = np.exp(-2j * np.pi * hz * np.outer(tried, times))
        power += np.square(np.abs(turning @ (line * weights)))
    return float(tried[int(np.argmax(power))])


def smooth(curve: NDArray[Any]) -> NDArray[Any]:
    """Return a curve of blocks as it goes over a second or two."""
    from scipy.ndimage import gaussian_filter1d  # noqa: PLC0415

    return np.asarray(gaussian_filter1d(curve, STEADY_BLOCKS, mode="constant", truncate=3.0))
