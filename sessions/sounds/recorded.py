"""Recordings as beds: found by name, looped without a seam.

A file is decoded once to a temporary file of float32 samples, so memory stays flat for a bed of
hours, and any place can be read. The loop is as long as the whole number of periods that the
recording covers; a shorter recording is laid round the period several times. Every joint is a
cross-fade of equal power.
"""

from __future__ import annotations

import math
import tempfile
import threading
import unicodedata
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sessions.errors import RecordingError
from sessions.metering.meter import Meter, refuse_silent
from sessions.sounds.base import BED_LUFS, PERIOD_SAMPLES
from sessions.storage.files import write_error
from sessions.storage.recordings import SUFFIXES, Limits, recording
from sessions.units import SAMPLE_RATE_HZ, Audio, gain, samples, seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

BED_LIMITS = Limits(12 * 3600.0, "use a shorter recording")
ONCE_LIMITS = Limits(120.0, "use it as a background, or cut it shorter")
SHORTEST_SECONDS = 2.0
ONCE_LUFS = -21.0
"""Momentary loudness of a one-shot at its loudest, where speech is at -20."""
DIED_AWAY_DB = -60.0
"""Below its peak, a sound is over."""
CROSSFADE_SECONDS = 4.0
BLOCK_SAMPLES = 1 << 16
BYTES_PER_SAMPLE = 2 * 4


def find(name: str, folders: Sequence[Path]) -> Path | None:
    """Return the recording of a name: with its suffix or without, whatever the case of it is.

    The name of a file directly in one of the folders; the first folder counts, then the first
    suffix. A name cannot leave its folder, neither by its path nor by a link.
    """
    wanted = folded(name)
    for folder in folders:
        found = [
            path for path in recordings(folder) if wanted in (folded(path.name), folded(path.stem))
        ]
        if found:
            return min(found, key=lambda path: SUFFIXES.index(path.suffix.lower()))
    return None


def recordings(folder: Path) -> list[Path]:
    """Return the files of a folder that may be beds, without links that lead out of it."""
    root = folder.resolve()
    try:
        inside = sorted(root.iterdir())
    except OSError:  # a folder that is not there, or closed, has no recordings for us
        return []
    files = (path for path in inside if path.suffix.lower() in SUFFIXES)
    return [path for path in files if is_inside(path, root)]


def is_inside(path: Path, root: Path) -> bool:
    """Return whether a path is a file that is really in a folder."""
    try:
        return path.resolve(strict=True).is_relative_to(root) and path.is_file()
    except (OSError, RuntimeError):  # a link to nowhere, or to itself
        return False


def folded(name: str) -> str:
    """Return a name without the differences that people and file systems make."""
    return unicodedata.normalize("NFC", name).casefold()


def names(folders: Sequence[Path]) -> list[str]:
    """Return the names of the recordings in some folders."""
    return sorted({path.stem for folder in folders for path in recordings(folder)})


class RecordedBed:
    """A recording as a bed. Its temporary file goes when it does.

    Parameters
    ----------
    blocks
        The recording, stereo at 44 100 Hz, at least two seconds in all.
    level
        The gain it is played with; None brings it to the loudness of all beds.
    name
        What to call it in errors.

    Raises
    ------
    RecordingError
        The recording is too short, or silent.
    """

    def __init__(
        self, blocks: Iterable[Audio], level: np.float32 | None = None, name: str = "the recording"
    ) -> None:
        self._lock = threading.Lock()
        self._raw = tempfile.TemporaryFile(prefix="sessions-")  # noqa: SIM115 -- lives as we do
        weakref.finalize(self, self._raw.close)
        meter = Meter(2, true_peak=False)
        for block in blocks:
            if level is None:
                meter.add(block)
            self._keep(block)
        self._length = self._raw.tell() // BYTES_PER_SAMPLE
        if self._length < samples(SHORTEST_SECONDS):
            raise RecordingError(
                f"{name} is too short to be a bed", "use at least two seconds of sound"
            )
        self._gain = loudness_gain(meter, name) if level is None else level
        self._fade = min(samples(CROSSFADE_SECONDS), self._length // 4)
        usable = self._length - self._fade
        self.period_samples = max(1, usable // PERIOD_SAMPLES) * PERIOD_SAMPLES
        copies = math.ceil(self.period_samples / usable)
        self._starts = [round(i * self.period_samples / copies) for i in range(copies + 1)]

    @classmethod
    def of_file(cls, path: Path) -> RecordedBed:
        """Decode a file.

        Raises
        ------
        RecordingError
            It is too short, or silent.
        SessionsError
            As `recording` does.
        """
        return cls(decoded(path), name=path.name)

    def _keep(self, block: Audio) -> None:
        try:
            self._raw.write(np.ascontiguousarray(block, np.float32).tobytes())
        except OSError as error:
            folder = Path(tempfile.gettempdir())
            raise write_error(folder, error, "set TMPDIR to another folder") from error

    def filtered(self, sections: NDArray[np.float64]) -> RecordedBed:
        """Return the recording through a filter; its loop is where it was."""
        return RecordedBed(self._filtered(sections), self._gain)

    def _filtered(self, sections: NDArray[np.float64]) -> Iterator[Audio]:
        from scipy.signal import sosfilt  # noqa: PLC0415 -- only for who asks for it

        state = np.zeros((len(sections), 2, 2))
        for start in range(0, self._length, BLOCK_SAMPLES):
            block = self._source(start, min(BLOCK_SAMPLES, self._length - start))
            changed, state = sosfilt(sections, block.T.astype(np.float64), zi=state)
            yield np.asarray(changed.T, np.float32)

    def read(self, start: int, stop: int) -> Audio:
        """Return samples [start, stop), shape (stop - start, 2)."""
        result = np.empty((stop - start, 2), np.float32)
        position = start
        while position < stop:
            place = position % self.period_samples
            copy = int(np.searchsorted(self._starts, place, side="right")) - 1
            inside = place - self._starts[copy]
            end = self._starts[copy + 1] - self._starts[copy]
            end = self._fade if inside < self._fade else end
            count = min(end - inside, stop - position)
            block = self._source(inside, count)
            if inside < self._fade:
                previous = self._starts[copy] - self._starts[copy - 1] if copy else self._last()
                block = self._crossfaded(block, self._source(previous + inside, count), inside)
            result[position - start : position - start + count] = block * self._gain
            position += count
        return result

    def _last(self) -> int:
        return self._starts[-1] - self._starts[-2]

    def _crossfaded(self, coming: Audio, going: Audio, inside: int) -> Audio:
        angle = (np.arange(inside, inside + len(coming)) + 0.5) * (math.pi / 2 / self._fade)
        rise = np.sin(angle).astype(np.float32)[:, np.newaxis]
        fall = np.cos(angle).astype(np.float32)[:, np.newaxis]
        return np.asarray(coming * rise + going * fall)

    def _source(self, first: int, count: int) -> Audio:
        with self._lock:
            self._raw.seek(first * BYTES_PER_SAMPLE)
            data = self._raw.read(count * BYTES_PER_SAMPLE)
        return np.frombuffer(data, np.float32).reshape(-1, 2)


def once(path: Path) -> Audio:
    """Return a recording that is heard once, shape (samples, 2), at the level of a bell.

    Raises
    ------
    RecordingError
        It is silent.
    SessionsError
        As `recording` does; it may be two minutes long.
    """
    sound = np.concatenate([np.zeros((0, 2), np.float32), *decoded(path, ONCE_LIMITS)])
    meter = Meter(2, true_peak=False)
    meter.add(sound)
    found = meter.finish()
    refuse_silent(found, path.name)
    return sound * np.float32(gain(ONCE_LUFS - found.momentary_max_lufs))


def heard_seconds(path: Path) -> float:
    """Return how long a recording that is struck once is heard, without a silence at its end.

    Raises
    ------
    SessionsError
        As `recording` does; it may be two minutes long.
    """
    sound = np.concatenate([np.zeros((1, 2), np.float32), *decoded(path, ONCE_LIMITS)])
    level = np.abs(sound).max(axis=1)
    heard = np.flatnonzero(level >= level.max() * gain(DIED_AWAY_DB))
    return seconds(int(heard[-1]))


def loudness_gain(meter: Meter, name: str) -> np.float32:
    """Return the gain that brings a measured recording to the loudness of all beds."""
    found = meter.finish()
    refuse_silent(found, name, ", or write `background: none`")
    return np.float32(gain(BED_LUFS - found.integrated_lufs))


def decoded(path: Path, limits: Limits = BED_LIMITS) -> Iterator[Audio]:
    """Return a recording in blocks of stereo float32 at 44 100 Hz.

    Raises
    ------
    SessionsError
        As `recording` does.
    """
    import soxr  # noqa: PLC0415 -- only recordings need it

    with recording(path, path.name, limits) as found:
        change = soxr.ResampleStream(found.rate_hz, SAMPLE_RATE_HZ, 2, dtype="float32")
        same = found.rate_hz == SAMPLE_RATE_HZ
        for block in found.blocks:
            stereo = two_channels(block)
            yield stereo if same else change.resample_chunk(stereo)
        if not same:
            yield change.resample_chunk(np.zeros((0, 2), np.float32), last=True)


def two_channels(block: Audio) -> Audio:
    """Return mono on both channels, and the first two of many."""
    return (
        np.repeat(block, 2, axis=1) if block.shape[1] == 1 else np.ascontiguousarray(block[:, :2])
    )
