"""One polish for every voice: rumble out, hisses down, levels even, a little room.

Each step works on a whole clip before it is placed, so that the mix stays a function of position.
Curves are centred on what they act on: they need no look-ahead and delay nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sessions.metering.loudness import (
    HOP_SAMPLES,
    MOMENTARY_HOPS,
    block_powers,
    clip_loudness_lufs,
    integrated_of_powers,
    sliding_mean,
    to_lufs,
)
from sessions.script.model import MANNER_DB, Manner
from sessions.units import SAMPLE_RATE_HZ, SILENCE_DB, gain, samples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sessions.units import Audio

TARGET_LUFS = -26.0
"""Of a clip by itself; in both channels of the mix it reads 3 dB more, the -23 of EBU R128."""
MOST_GAIN_DB = 24.0
"""More would bring up the noise of a recording that is nearly empty."""
SILENT_LUFS = -80.0
MOST_TURNS = 6
HIGH_PASS_HZ = 70.0
KNEE_DB = 6.0
ESS_HZ = 5000.0
SETTLED_HOPS = 3
MOST_SETTLED_DB = 5.0
SETTLINGS = 2
"""Less of the beginning is less of the whole, against which it is measured: once more, then."""
ROOM_SECONDS = 0.18
ROOM_SEED = 20


@dataclass(frozen=True, slots=True)
class Polish:
    """What is done to a voice, by a name that a person understands.

    `ratio` is that of the compressor, over `threshold_db` below the clip's loudness; `ess_db` the
    most that hisses are taken down; `low_db` and `high_db` shelves at 200 Hz and 5 kHz; `room_db`
    the level of the room under the voice, `SILENCE_DB` for none; `crest_db` what its peaks may
    have over its loudness, of which both channels of the mix take away 3 dB; `settled` whether a
    line may not begin louder than it goes on; `cleans` whether the noise of a recording goes.
    """

    ratio: float = 1.0
    threshold_db: float = 0.0
    ess_db: float = 0.0
    low_db: float = 0.0
    high_db: float = 0.0
    room_db: float = SILENCE_DB
    crest_db: float = 15.0
    settled: bool = True
    cleans: bool = True


POLISHES: Mapping[str, Polish] = {
    "warm": Polish(1.8, -3.0, 6.0, low_db=1.5, high_db=-4.5, room_db=-20.0),
    "close": Polish(2.2, -5.0, 8.0, low_db=2.5, high_db=-0.5),
    "plain": Polish(crest_db=18.0, settled=False, cleans=False),
}
"""`warm`: soft, in a small room. `close`: at your ear. `plain`: only levelled."""


def polished(sound: Audio, polish: Polish, manner: Manner = Manner.NORMAL) -> Audio:
    """Return a clip's sound polished and at its level; mono, longer by the tail of a room.

    Raises
    ------
    ValueError
        There is nothing to hear in it.
    """
    roomy = polish.room_db > SILENCE_DB
    tail = samples(ROOM_SECONDS) if roomy else 0
    result = without_rumble(np.pad(sound.astype(np.float64), (0, tail)))
    found_lufs = loudness_of(result)
    reachable_lufs = min(TARGET_LUFS, found_lufs + MOST_GAIN_DB)
    result *= gain(TARGET_LUFS - found_lufs)
    if polish.ratio > 1.0:
        result *= compression(result, polish)
    if polish.low_db or polish.high_db or polish.ess_db:
        result = toned(result, polish)
    if polish.settled:
        result *= settled(result)
    if roomy:
        result = result + gain(polish.room_db) * in_room(result)
    target_lufs = reachable_lufs + MANNER_DB[manner]
    for _ in range(MOST_TURNS):  # holding the peaks takes a little loudness: give it back
        missing_db = target_lufs - loudness_of(result)
        result = held(result * gain(missing_db), gain(target_lufs + polish.crest_db))
        if abs(missing_db) < 0.1:
            break
    return result.astype(np.float32)


def loudness_of(sound: NDArray[np.float64]) -> float:
    """Return the loudness of a sound that can be heard."""
    loudness = clip_loudness_lufs(sound.astype(np.float32))
    if loudness <= SILENT_LUFS:
        raise ValueError("silent")
    return loudness


def without_rumble(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sound without rumble."""
    from scipy.signal import butter, sosfilt  # noqa: PLC0415 -- 0.7 s that a warm cache saves

    sections = butter(2, HIGH_PASS_HZ, "highpass", fs=SAMPLE_RATE_HZ, output="sos")
    return np.asarray(sosfilt(sections, sound))


def level_db(sound: NDArray[np.float64], seconds: float) -> NDArray[np.float64]:
    """Return the running level of a sound, centred, in dB."""
    from scipy.ndimage import uniform_filter1d  # noqa: PLC0415

    power = uniform_filter1d(np.square(sound), samples(seconds), mode="constant")
    return np.asarray(10.0 * np.log10(np.maximum(power, 1e-12)))


def compression(sound: NDArray[np.float64], polish: Polish) -> NDArray[np.float64]:
    """Return the gain of a compressor with a soft knee, over 20 ms, let go over 80 ms."""
    from scipy.ndimage import uniform_filter1d  # noqa: PLC0415

    over = level_db(sound, 0.02) - (TARGET_LUFS + polish.threshold_db)
    inside = np.clip(over + KNEE_DB / 2, 0.0, KNEE_DB)
    bent = np.where(over > KNEE_DB / 2, over, inside**2 / (2 * KNEE_DB))
    reduction = uniform_filter1d(bent * (1 - 1 / polish.ratio), samples(0.08), mode="nearest")
    return np.asarray(10.0 ** (-reduction / 20.0))


def settled(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the gain that takes from the beginning of a line what it is louder than the whole.

    Speech begins high and falls; a line out of a silence should not. It is measured in 400 ms, of
    which the loudest that begin in the first 200 ms tell; it is full for 0.3 s and gone after 0.8.
    """
    powers = block_powers(sound.astype(np.float32))[: len(sound) // HOP_SAMPLES]
    curve, taken_db = np.ones(len(sound)), 0.0
    for _ in range(SETTLINGS if len(powers) > MOMENTARY_HOPS + SETTLED_HOPS else 0):
        left = powers * np.square(curve[HOP_SAMPLES // 2 :: HOP_SAMPLES][: len(powers)])
        first = float(sliding_mean(left, MOMENTARY_HOPS)[:SETTLED_HOPS].max())
        taken_db += to_lufs(first) - integrated_of_powers(left)
        taken_db = min(max(taken_db, 0.0), MOST_SETTLED_DB)
        curve = settling(len(sound), gain(-taken_db))
    return curve


def settling(length: int, low: float) -> NDArray[np.float64]:
    """Return a gain that is `low` for 0.3 s, comes up until 0.8 s, and stays."""
    time = np.arange(length) / SAMPLE_RATE_HZ
    up = np.clip((time - 0.3) / 0.5, 0.0, 1.0)
    return np.asarray(low + (1.0 - low) * (0.5 - 0.5 * np.cos(np.pi * up)))


def toned(sound: NDArray[np.float64], polish: Polish) -> NDArray[np.float64]:
    """Return the sound with its shelves, and hisses down by how far they stand out."""
    from scipy.ndimage import uniform_filter1d  # noqa: PLC0415
    from scipy.signal import butter, sosfilt  # noqa: PLC0415

    low = sosfilt(butter(1, 200.0, fs=SAMPLE_RATE_HZ, output="sos"), sound)
    high = sosfilt(butter(2, ESS_HZ, "highpass", fs=SAMPLE_RATE_HZ, output="sos"), sound)
    # A hiss is where the highs are nearly as strong as all the rest.
    out = np.clip(level_db(high, 0.01) - level_db(sound, 0.05) + 9.0, 0.0, 9.0) / 9.0
    down = uniform_filter1d(out * polish.ess_db, samples(0.015), mode="nearest") - polish.high_db
    return np.asarray(sound + (gain(polish.low_db) - 1) * low + (10 ** (-down / 20) - 1) * high)


def in_room(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what a small room gives back of a sound: dense, dull, gone after a fifth of a second.

    Its energy is that of the sound; the first reflections come after 6 ms, which keeps the onset.
    """
    from scipy.signal import butter, oaconvolve, sosfilt  # noqa: PLC0415

    count, first = samples(ROOM_SECONDS), samples(0.006)
    time = np.arange(count) / count
    noise = np.random.default_rng(ROOM_SEED).standard_normal(count) * 10.0 ** (-2.5 * time)
    noise[:first] = 0.0
    dull = sosfilt(butter(1, [150.0, 3500.0], "bandpass", fs=SAMPLE_RATE_HZ, output="sos"), noise)
    response = dull / np.sqrt(np.square(dull).sum())
    return np.asarray(oaconvolve(sound, response)[: len(sound)])


def held(sound: NDArray[np.float64], ceiling: float) -> NDArray[np.float64]:
    """Return the sound with its peaks under a ceiling, by a gain that moves over some 10 ms.

    The gain is the smallest needed nearby, averaged over no more than that nearness, so that it
    is small enough at every peak.
    """
    from scipy.ndimage import minimum_filter1d, uniform_filter1d  # noqa: PLC0415

    needed = np.minimum(1.0, ceiling / np.maximum(np.abs(sound), 1e-9))
    if needed.min() >= 1.0:
        return sound
    width = samples(0.005) | 1
    smooth = minimum_filter1d(needed, 2 * width - 1, mode="nearest")
    for _ in range(2):
        smooth = uniform_filter1d(smooth, width, mode="nearest")
    return np.asarray(sound * smooth)
