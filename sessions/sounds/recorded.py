"""Recordings as beds: found by name, decoded block by block, looped without a seam.

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

from sessions.errors import InputMissingError, ScriptError, StorageError
from sessions.metering.meter import Meter
from sessions.sounds.base import BED_LUFS, PERIOD_SAMPLES
from sessions.storage.files import write_error
from sessions.units import SAMPLE_RATE_HZ, Audio, gain, samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

SUFFIXES = (".flac", ".wav", ".ogg", ".mp3", ".aiff")
"""What libsndfile reads in process, in order of preference."""
ASSET_LIMIT_BYTES = 500 * 2**20
ASSET_LIMIT_SECONDS = 12 * 3600
SHORTEST_SECONDS = 2.0
QUIETEST_LUFS = -60.0
"""A softer recording is mostly the hiss of its recorder, and would be raised by 37 dB and more."""
RATES_HZ = (8_000, 384_000)
ONCE_SECONDS = 120.0
ONCE_LUFS = -21.0
"""Momentary loudness of a one-shot at its loudest, where speech is at -20."""
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

    Raises
    ------
    ValueError
        The recording is too short, or silent; the message says what and, after a colon, a remedy.
    """

    def __init__(self, blocks: Iterable[Audio], level: np.float32 | None = None) -> None:
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
            raise ValueError("is too short to be a bed: use at least two seconds of sound")
        self._gain = loudness_gain(meter) if level is None else level
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
        InputMissingError, ScriptError, StorageError
            The file is not there, no recording, too long or too short, or cannot be decoded.
        """
        try:
            return cls(decoded(path))
        except ValueError as error:
            what, remedy = str(error).split(": ")
            raise ScriptError(f"{path.name} {what}", remedy) from error

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
    ScriptError
        It is longer than two minutes, silent, or cannot be decoded.
    """
    blocks: list[Audio] = []
    for block in decoded(path):
        blocks.append(block)
        if sum(map(len, blocks)) > samples(ONCE_SECONDS):
            raise ScriptError(
                f"{path.name} is longer than two minutes",
                "use it as a background, or cut it shorter",
            )
    sound = np.concatenate([np.zeros((0, 2), np.float32), *blocks])
    meter = Meter(2, true_peak=False)
    meter.add(sound)
    loudest = meter.finish().momentary_max_lufs
    if loudest < QUIETEST_LUFS:
        raise ScriptError(f"{path.name} is silent, or nearly", "record it louder")
    return sound * np.float32(gain(ONCE_LUFS - loudest))


def loudness_gain(meter: Meter) -> np.float32:
    """Return the gain that brings a measured recording to the loudness of all beds."""
    loudness = meter.finish().integrated_lufs
    if loudness < QUIETEST_LUFS:
        raise ValueError("is silent, or nearly: record it louder, or write `background: none`")
    return np.float32(gain(BED_LUFS - loudness))


def decoded(path: Path) -> Iterator[Audio]:
    """Return a recording in blocks of stereo float32 at 44 100 Hz, counting what comes out."""
    import soundfile  # noqa: PLC0415 -- only recordings need it
    import soxr  # noqa: PLC0415

    check_size(path)
    count = 0
    try:
        with soundfile.SoundFile(path) as file:
            check_rate(file.samplerate, path)
            change = soxr.ResampleStream(file.samplerate, SAMPLE_RATE_HZ, 2, dtype="float32")
            same = file.samplerate == SAMPLE_RATE_HZ
            blocks: Iterator[Audio] = file.blocks(BLOCK_SAMPLES, dtype="float32", always_2d=True)
            for block in blocks:
                count += len(block)
                if count > ASSET_LIMIT_SECONDS * file.samplerate:
                    raise ScriptError(
                        f"{path.name} is longer than 12 hours", "use a shorter recording"
                    )
                if not np.isfinite(block).all():
                    raise ScriptError(
                        f"{path.name} holds values that are no sound",
                        "save it anew, as 24-bit FLAC or WAV",
                    )
                stereo = two_channels(block)
                yield stereo if same else change.resample_chunk(stereo)
            if not same:
                yield change.resample_chunk(np.zeros((0, 2), np.float32), last=True)
    except soundfile.LibsndfileError as error:
        raise ScriptError(
            f"{path.name} cannot be decoded: {error.error_string}",
            "save it anew, as FLAC or WAV",
        ) from error


def check_rate(rate_hz: int, path: Path) -> None:
    """Refuse a sample rate that no recorder has: it would grow without bound when converted."""
    low, high = RATES_HZ
    if not low <= rate_hz <= high:
        raise ScriptError(
            f"{path.name} has a sample rate of {rate_hz} Hz", "save it anew at 44 100 Hz"
        )


def check_size(path: Path) -> None:
    """Refuse a file that is not there or too large."""
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise InputMissingError(f"no recording {path}") from error
    except OSError as error:
        raise StorageError(f"cannot read {path}: {error.strerror}") from error
    if size > ASSET_LIMIT_BYTES:
        raise ScriptError(f"{path.name} is larger than 500 MiB", "use a shorter recording")


def two_channels(block: Audio) -> Audio:
    """Return mono on both channels, and the first two of many."""
    return (
        np.repeat(block, 2, axis=1) if block.shape[1] == 1 else np.ascontiguousarray(block[:, :2])
    )
