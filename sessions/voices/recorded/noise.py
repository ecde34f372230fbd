"""What is heard of a room where nobody speaks: how loud, how it is spread, and whether it hums.

All sounds are mono, float32, at 44.1 kHz. Of how noise is spread over frequencies a whole folder
tells, as its recordings are of one room; how loud it is, each recording tells by itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.units import SAMPLE_RATE_HZ, decibels, samples
from sessions.voices.recorded.hum import hum_of, without_hum
from sessions.voices.runs import runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sessions.units import Audio
    from sessions.voices.recorded.hum import Hum

    Flags = NDArray[np.bool_]

WINDOW, HOP = 1408, 352
"""Of the transform: 32 ms, by 8 ms."""
LEAST_HZ: Final = 60.0
"""There is no voice below."""
SPEECH_DB: Final = 8.0
"""What is so far over the quietest tenth is more than the room."""
QUIETEST: Final = 0.1
AROUND_FRAMES: Final = 12
"""A tenth of a second around words, in which they come and die away."""
FEW_FRAMES: Final = 30
"""A quarter of a second: a recording with less of its room tells of it by its quietest frames."""
SURE_FRAMES: Final = 60
"""From so many frames on, a recording knows its noise better than the folder does."""
MEDIAN_OF_POWERS: Final = float(np.log(2.0))
"""Of the powers of noise in a bin, against their mean: a click is not in it."""
UNDER_SPEECH_DB: Final = 20.0
"""Frames that are no further under the loudest are of the words, by which noise is judged."""
LOUDEST_FRAMES: Final = 12
"""A tenth of a second that may be louder than the words, as a click is."""
OF_SQUARES: Final = WINDOW**2 / 4
"""The power of a frame, summed over bins, of a sound whose mean square is 1 (Parseval)."""
MOST_SECONDS: Final = 60.0
"""Of a recording, to tell its noise."""
LEAST_UNDER_DB: Final = 6.0
"""What is no further under the loudest may be a part of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Noise:
    """What is heard of a room in a recording.

    `powers` are those of the bins of the transform, shape (WINDOW // 2 + 1,), known from so many
    `frames`, without the `hum`; `words` is the power of frames with words.
    """

    powers: Audio
    frames: int
    words: float
    hum: Hum | None = None

    @property
    def power(self) -> float:
        """Return its power where a voice can be."""
        return float(self.powers[bins_of_voice()].sum())

    @property
    def under_db(self) -> float:
        """Return how far it is under the words."""
        return -decibels(math.sqrt(self.power / self.words))

    @property
    def hum_under_db(self) -> float:
        """Return how far the hum is under the words."""
        power = self.hum.power * OF_SQUARES if self.hum else 0.0
        return -decibels(math.sqrt(power / self.words))


def powers_of(sound: Audio) -> Audio:
    """Return the power of each frame and bin, shape (frames, WINDOW // 2 + 1)."""
    return np.square(np.abs(spectra(sound)))


def spectra(sound: Audio) -> NDArray[np.complex64]:
    """Return the transform of a sound, frames of which each is centred on a multiple of HOP."""
    from scipy.fft import rfft  # noqa: PLC0415 -- only recordings need it

    padded = np.pad(sound, (WINDOW // 2, WINDOW // 2 + HOP))
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    return np.asarray(rfft(frames * window(), axis=1))


def window() -> Audio:
    """Return the window: the root of a periodic Hann window, before the transform and after it."""
    hann = 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(WINDOW) / WINDOW)
    return np.sqrt(hann).astype(np.float32)


def bins_of_voice() -> slice:
    """Return the bins that a voice can be in."""
    return slice(round(LEAST_HZ * WINDOW / SAMPLE_RATE_HZ) + 1, None)


def quiet(levels_db: Audio) -> Flags:
    """Return which frames hold the room alone: far enough from all that is louder."""
    from scipy.ndimage import binary_dilation  # noqa: PLC0415

    floor_db = float(np.quantile(levels_db, QUIETEST))
    loud = levels_db > floor_db + SPEECH_DB
    apart = ~binary_dilation(loud, iterations=AROUND_FRAMES)
    return np.asarray(apart if apart.sum() >= FEW_FRAMES else levels_db <= floor_db)


def noise_of(sound: Audio) -> Noise:
    """Return what is heard of the room in a recording that is not silent.

    Of one that is nearly the same all through, as a hum is, nobody can tell what is of the room:
    then nothing is known of it, from no frames.
    """
    sound = sound[: samples(MOST_SECONDS)]
    found, alone = noise_in(sound)
    hum = hum_of(longest(sound, alone))
    if hum:
        found, _ = noise_in(without_hum(sound, hum.lines_hz))
    if found.under_db < LEAST_UNDER_DB:
        return Noise(np.zeros_like(found.powers), 0, found.words, hum)
    return replace(found, hum=hum)


def noise_in(sound: Audio) -> tuple[Noise, Flags]:
    """Return what is heard in the quiet frames of a recording, hum and all, and which these are."""
    powers = powers_of(sound)
    totals = powers[:, bins_of_voice()].sum(axis=1) + 1e-30
    levels_db = 10.0 * np.log10(totals)
    alone = quiet(levels_db)
    spread = np.asarray(np.median(powers[alone], axis=0) / MEDIAN_OF_POWERS, np.float32)
    loudest_db = np.sort(levels_db)[-min(LOUDEST_FRAMES, 1 + len(levels_db) // 4)]
    spoken = (levels_db <= loudest_db) & (levels_db > loudest_db - UNDER_SPEECH_DB)
    return Noise(spread, int(alone.sum()), float(totals[spoken].mean() + 1e-20)), alone


def room_of(noises: Sequence[Noise]) -> Noise | None:
    """Return the noise that the recordings of a folder share; None where there is none of them.

    Its level is that of their middle, its spread that of all, each at the level of the middle.
    """
    known = [one for one in noises if one.power > 0.0 and one.frames >= FEW_FRAMES]
    if not known:
        return None
    middle = float(np.median([one.power for one in known]))
    spreads = [one.powers * (middle / one.power) for one in known]
    hums = [one.hum for one in known if one.hum]
    return Noise(
        np.asarray(np.average(spreads, axis=0, weights=[one.frames for one in known]), np.float32),
        sum(one.frames for one in known),
        float(np.median([one.words for one in known])),
        max(hums, key=lambda hum: len(hum.lines_hz)) if 2 * len(hums) >= len(known) else None,
    )


def in_room(own: Noise, room: Noise | None) -> Noise:
    """Return the noise of a recording, as far as it knows it, and else as its room has it."""
    if room is None or room.power <= 0.0 or (own.frames and own.power <= 0.0):
        return own
    sure = own.frames / (own.frames + SURE_FRAMES)
    power = room.power
    if own.frames:  # where they are few, they are the softest of its words: no noise is over them
        known = own.frames >= FEW_FRAMES
        power = own.power if known else min(own.power, own.power**sure * room.power ** (1.0 - sure))
    level = power / room.power
    spread = (1.0 - sure) * level * room.powers
    if own.frames:
        spread = spread + sure * own.powers * (power / own.power)
    return replace(own, powers=np.asarray(spread, np.float32), hum=own.hum or room.hum)


def longest(sound: Audio, alone: Flags) -> Audio:
    """Return the longest stretch of a sound in which nobody speaks."""
    first, last = max(runs(alone), key=lambda run: run[1] - run[0], default=(0, 1))
    return sound[first * HOP : (last - 1) * HOP]
