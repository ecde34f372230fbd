"""What a recording of a line measures: how loud its words, noise and hum are, how fast it fades.

Pure: samples in, figures out. Levels are those of 20 ms every 10 ms, after the high-pass that every
voice gets, so that a rumble that is taken out anyhow counts for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.units import SAMPLE_RATE_HZ, SILENCE_DB, gain
from sessions.voices.polish import HIGH_PASS_HZ
from sessions.voices.recorded.fading import fading_seconds
from sessions.voices.recorded.hum import hum_of
from sessions.voices.runs import runs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sessions.units import Audio
    from sessions.voices.recorded.hum import Hum

HOP_SECONDS: Final = 0.01
QUIETEST_SHARE: Final = 0.05
LEAST_QUIET_HOPS: Final = 5
"""The quietest twentieth of a recording, 50 ms at least, is what sounds where nobody speaks."""
LOUDEST_HOPS: Final = 10
"""What is louder than a tenth of a second is, all told, is a click, and counts as loud as that."""
CLICK_SECONDS: Final = 0.01
"""Words have more than this within 20 dB of their peak; of a click alone no clipping is told."""
UNDER_LOUDEST_DB: Final = 30.0
OVER_NOISE_DB: Final = 6.0
"""What is nearer to the loudest, and over the noise, is words (as the margins of ITU-T P.56)."""
OUTSIDE_DB: Final = 40.0
"""So far under the words, and not over the noise, nothing of a word is heard."""
EDGE_HOPS: Final = 3
LASTING_HOPS: Final = 4
"""A word that begins so soon, and lasts for so long, is cut off; a click of 10 ms, as of a button,
is in three hops at the most."""
LEAST_GAP_HOPS: Final = 25
"""What is shorter is no silence, but the closure of a stop, or something soft in a noise."""
LEAST_PEAK_DB: Final = -30.0
FLAT_SHARE: Final = 0.985
FLAT_SECONDS: Final = 2 / 44_100
EQUAL: Final = 2e-4
"""Three neighbours that are equal, at the peak, are a flat top; a round wave leaves it faster."""
TOP_SHARE: Final = 0.9
TOP_PEAK_DB: Final = -1.5
"""Lossy coding bends flat tops, but they stay where they were, near full scale."""
LOUD_DB: Final = -20.0


@dataclass(frozen=True, slots=True)
class Tops:
    """How much of a recording's loud samples is at a flat top, and near full scale; in percent."""

    flat_percent: float
    near_percent: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What one recording measures; levels in dB of full scale.

    `words_db` is the level of the words, `noise_db` that of the quiet parts without hum, `hum` what
    is heard of the mains in them. `tops` are those of the worst of its channels.
    `fading_seconds` is what a sound takes to fall by 60 dB; None where that cannot be told, or
    where there is noise. `begins_db` and `ends_db` are the levels at the edges of what lasts longer
    than a click.
    `words_seconds` is the time between the first and the last word, `gaps` the silences within it,
    as (start, length) in seconds.
    """

    seconds: float
    rate_hz: int
    channels: int
    words_db: float
    noise_db: float
    peak_db: float
    hum: Hum | None
    tops: Tops
    fading_seconds: float | None
    begins_db: float
    ends_db: float
    words_seconds: float
    gaps: tuple[tuple[float, float], ...]


def to_db(power: float) -> float:
    """Return the level of a power, not under `SILENCE_DB`."""
    return max(SILENCE_DB, 10.0 * float(np.log10(max(power, 1e-30))))


def powers_of(sound: Audio, rate_hz: int) -> NDArray[np.float64]:
    """Return the mean square of 20 ms, every 10 ms; shape (hops,), one at least."""
    hop = max(1, round(HOP_SECONDS * rate_hz))
    whole = np.pad(sound.astype(np.float64), (0, max(0, 2 * hop - len(sound))))
    halves = np.square(whole[: len(whole) // hop * hop].reshape(-1, hop)).mean(axis=1)
    return np.asarray((halves[:-1] + halves[1:]) / 2)


def tops_of(sound: Audio, rate_hz: int) -> Tops:
    """Return how much of the loud samples of a channel stands at its top.

    A loud vowel is there now and then, clipped speech hundreds of times.
    """
    level = np.abs(sound)
    peak = float(level.max(initial=0.0))
    loud = int(np.count_nonzero(level > peak * gain(LOUD_DB)))
    if peak < gain(LEAST_PEAK_DB) or loud < CLICK_SECONDS * rate_hz:
        return Tops(0.0, 0.0)
    same = (level[1:] >= FLAT_SHARE * peak) & (np.abs(np.diff(sound)) <= EQUAL * peak)
    flat = _in_runs(same, max(1, round(FLAT_SECONDS * rate_hz)))
    near = int(np.count_nonzero(level > TOP_SHARE * min(peak, 1.0)))
    return Tops(100.0 * flat / loud, 100.0 * near / loud if peak >= gain(TOP_PEAK_DB) else 0.0)


def _in_runs(marks: NDArray[np.bool_], least: int) -> int:
    """Return how many marks stand in runs of so many at least."""
    return sum(stop - start for start, stop in runs(marks) if stop - start >= least)


def measured_take(sound: Audio, rate_hz: int, tops: Tops, *, channels: int = 1) -> Measured:
    """Measure a recording: mono samples, in which something is heard.

    Parameters
    ----------
    tops
        What `tops_of` says of the worst of its channels.
    channels
        How many the file has.
    """
    import soxr  # noqa: PLC0415 -- only recordings need it
    from scipy.signal import butter, sosfilt  # noqa: PLC0415

    filtered = np.asarray(
        sosfilt(butter(2, HIGH_PASS_HZ, "highpass", fs=rate_hz, output="sos"), sound)
    )
    powers = powers_of(filtered, rate_hz)
    powers = np.minimum(powers, np.sort(powers)[-min(LOUDEST_HOPS, len(powers))])
    levels = np.asarray(10.0 * np.log10(np.maximum(powers, 1e-12)))
    count = max(LEAST_QUIET_HOPS, round(QUIETEST_SHARE * len(powers)))
    floor = float(np.sort(powers)[:count].mean())
    over = to_db(floor) + OVER_NOISE_DB
    loud = levels > max(over, levels.max() - UNDER_LOUDEST_DB)
    words = float(powers[loud].mean()) if loud.any() else float(powers.max())
    quiet = levels < max(over, to_db(words) - OUTSIDE_DB)
    first, last = _span(~quiet)
    hop = max(1, round(HOP_SECONDS * rate_hz))
    first_quiet, last_quiet = max(runs(quiet), key=lambda run: run[1] - run[0], default=(0, 0))
    alone = filtered[first_quiet * hop : last_quiet * hop]
    hum = hum_of(np.asarray(soxr.resample(alone, rate_hz, SAMPLE_RATE_HZ)))
    hum_power = 0.0 if hum is None else min(hum.power, floor)
    return Measured(
        seconds=len(sound) / rate_hz,
        rate_hz=rate_hz,
        channels=channels,
        words_db=to_db(words),
        noise_db=to_db(floor - hum_power),
        peak_db=to_db(float(np.square(np.abs(sound).max()))),
        hum=hum,
        tops=tops,
        fading_seconds=fading_seconds(levels, to_db(words), to_db(floor), HOP_SECONDS),
        begins_db=_lasting(levels),
        ends_db=_lasting(levels[::-1]),
        words_seconds=(last - first) * HOP_SECONDS,
        gaps=_gaps(quiet, first, last),
    )


def _lasting(levels: NDArray[np.float64]) -> float:
    """Return the level that begins within the first hops and lasts longer than a click."""
    starts = range(min(EDGE_HOPS, len(levels)))
    return max(float(levels[at : at + LASTING_HOPS].min()) for at in starts)


def _gaps(quiet: NDArray[np.bool_], first: int, last: int) -> tuple[tuple[float, float], ...]:
    """Return the silences between the first and the last word, as (start, length) in seconds."""
    return tuple(
        (start * HOP_SECONDS, (stop - start) * HOP_SECONDS)
        for start, stop in runs(quiet)
        if start > first and stop < last and stop - start >= LEAST_GAP_HOPS
    )


def _span(marks: NDArray[np.bool_]) -> tuple[int, int]:
    """Return from the first to the last mark; all of it where there is none."""
    found = np.flatnonzero(marks)
    return (int(found[0]), int(found[-1]) + 1) if len(found) else (0, len(marks))
