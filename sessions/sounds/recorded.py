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
import weakref
from typing import TYPE_CHECKING

import numpy as np

from sessions.errors import InputMissingError, ScriptError, Source, StorageError
from sessions.loudness import Meter
from sessions.sounds.base import BED_LUFS, PERIOD_SAMPLES
from sessions.units import SAMPLE_RATE_HZ, Audio, gain, samples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SUFFIXES = (".flac", ".wav", ".ogg", ".mp3", ".aiff")
"""What libsndfile reads in process, in order of preference."""
ASSET_LIMIT_BYTES = 500 * 2**20
ASSET_LIMIT_SECONDS = 12 * 3600
SHORTEST_SECONDS = 2.0
CROSSFADE_SECONDS = 4.0
BLOCK_SAMPLES = 1 << 16
BYTES_PER_SAMPLE = 2 * 4


def find(name: str, folders: Sequence[Path]) -> Path | None:
    """Return the recording of a name: `name`, or `name` with a known suffix, in some folder.

    A name cannot leave its folder: neither by `..`, nor by an absolute path, nor by a link.
    """
    for folder in folders:
        root = folder.resolve()
        for candidate in (name, *(name + suffix for suffix in SUFFIXES)):
            path = (root / candidate).resolve()
            if path.suffix.lower() in SUFFIXES and path.is_relative_to(root) and path.is_file():
                return path
    return None


def names(folders: Sequence[Path]) -> list[str]:
    """Return the names of the recordings in some folders."""
    return sorted({p.stem for f in folders for p in f.glob("*") if p.suffix.lower() in SUFFIXES})


class RecordedBed:
    """A recording as a bed. Its temporary file goes when it does.

    Raises
    ------
    InputMissingError, ScriptError, StorageError
        The file is not there, no recording, too long or too short, or cannot be decoded.
    """

    def __init__(self, path: Path, source: Source | None = None) -> None:
        place = f"{source}: " if source else ""
        self._lock = threading.Lock()
        self._raw = tempfile.TemporaryFile(prefix="sessions-")  # noqa: SIM115 -- lives as we do
        weakref.finalize(self, self._raw.close)
        meter = Meter(2, true_peak=False)
        length = 0
        for block in decoded(path, place):
            meter.add(block)
            self._raw.write(block.tobytes())
            length += len(block)
        self._raw.flush()
        if length < samples(SHORTEST_SECONDS):
            raise ScriptError(
                f"{place}{path.name} is too short to be a bed", "use at least two seconds of sound"
            )
        self._gain = np.float32(gain(BED_LUFS - meter.finish().integrated_lufs))
        self._fade = min(samples(CROSSFADE_SECONDS), length // 4)
        usable = length - self._fade
        self.period_samples = max(1, usable // PERIOD_SAMPLES) * PERIOD_SAMPLES
        copies = math.ceil(self.period_samples / usable)
        self._starts = [round(i * self.period_samples / copies) for i in range(copies + 1)]

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


def decoded(path: Path, place: str = "") -> Iterator[Audio]:
    """Return a recording in blocks of stereo float32 at 44 100 Hz, counting what comes out."""
    import soundfile  # noqa: PLC0415 -- only recordings need it
    import soxr  # noqa: PLC0415

    check_size(path, place)
    count = 0
    try:
        with soundfile.SoundFile(path) as file:
            change = soxr.ResampleStream(file.samplerate, SAMPLE_RATE_HZ, 2, dtype="float32")
            same = file.samplerate == SAMPLE_RATE_HZ
            blocks: Iterator[Audio] = file.blocks(BLOCK_SAMPLES, dtype="float32", always_2d=True)
            for block in blocks:
                count += len(block)
                if count > ASSET_LIMIT_SECONDS * file.samplerate:
                    raise ScriptError(
                        f"{place}{path.name} is longer than 12 hours", "use a shorter recording"
                    )
                stereo = two_channels(block)
                yield stereo if same else change.resample_chunk(stereo)
            if not same:
                yield change.resample_chunk(np.zeros((0, 2), np.float32), last=True)
    except soundfile.LibsndfileError as error:
        raise ScriptError(
            f"{place}{path.name} cannot be decoded: {error.error_string}",
            "convert it to FLAC or WAV",
        ) from error


def check_size(path: Path, place: str) -> None:
    """Refuse a file that is not there or too large."""
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise InputMissingError(f"{place}no recording {path}") from error
    except OSError as error:
        raise StorageError(f"{place}cannot read {path}: {error.strerror}") from error
    if size > ASSET_LIMIT_BYTES:
        raise ScriptError(f"{place}{path.name} is larger than 500 MiB", "use a shorter recording")


def two_channels(block: Audio) -> Audio:
    """Return mono on both channels, and the first two of many."""
    return (
        np.repeat(block, 2, axis=1) if block.shape[1] == 1 else np.ascontiguousarray(block[:, :2])
    )
