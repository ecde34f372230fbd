"""A long recording, read once in blocks: how loud it is, and what a listener gets of it."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

import numpy as np

from sessions.errors import ConfigurationError, RecordingError, StorageError
from sessions.hearing.listener import RATE_HZ
from sessions.storage.digests import file_sha256
from sessions.storage.recordings import Limits, recording
from sessions.voices.recorded.cut.quiet import STEP_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sessions.units import Audio

HOURS: Final = 3.0
LIMITS: Final = Limits(HOURS * 3600, "part it in two, and give both, in order", size_bytes=8 << 30)
RUMBLE_HZ: Final = 100.0
"""What is lower is the room, and not a voice."""
_STEP: Final = round(STEP_SECONDS * RATE_HZ)
_FULL_SCALE: Final = 32767.0


@dataclass(frozen=True, slots=True)
class Tape:
    """A recording as it is heard: mono at 16 kHz, on the disk, and its levels, each 10 ms.

    Of one that is `damaged` there is what comes before that.
    """

    path: Path
    levels: Audio
    samples: np.memmap[tuple[int, ...], np.dtype[np.int16]]
    damaged: bool = False

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / RATE_HZ

    def sound(self, start_seconds: float, stop_seconds: float) -> Audio:
        """Return a stretch of it: mono float32 at 16 kHz."""
        first, last = round(start_seconds * RATE_HZ), round(stop_seconds * RATE_HZ)
        return np.asarray(self.samples[max(0, first) : last], np.float32) / np.float32(_FULL_SCALE)


def refuse_twice(paths: Iterable[Path]) -> None:
    """Refuse a recording that is given twice.

    Raises
    ------
    SessionsError
        One is, or cannot be opened.
    """
    seen: dict[str, Path] = {}
    for path in paths:
        other = seen.setdefault(file_sha256(path), path)
        if other is not path:
            raise ConfigurationError(
                f"{path} is the same recording as {other}", "give each recording once"
            )


@contextmanager
def taped(path: Path) -> Iterator[Tape]:
    """Give a recording as it is heard.

    Raises
    ------
    RecordingError
        Nothing is in it, or no sound that can be decoded.
    SessionsError
        As `recording` does.
    """
    with tempfile.TemporaryFile(prefix="sessions-") as file:
        levels, damaged = spooled(path, file)
        if not len(levels):
            raise RecordingError(f"{path} holds no sound", "record it again")
        yield Tape(path, levels, np.memmap(file, np.int16, "r"), damaged)


def spooled(path: Path, file: BinaryIO) -> tuple[Audio, bool]:
    """Write a recording into a file as 16-bit samples at 16 kHz; return its levels.

    Also whether it is damaged and was read only as far as it is not.
    """
    import soxr  # noqa: PLC0415
    from scipy.signal import butter, sosfilt  # noqa: PLC0415

    sos = butter(4, RUMBLE_HZ, "highpass", fs=RATE_HZ, output="sos")
    state = np.zeros((len(sos), 2))
    levels: list[Audio] = []
    rest = np.zeros(0, np.float32)
    damage: list[Exception] = []
    with recording(path, str(path), LIMITS) as found:
        stream = soxr.ResampleStream(found.rate_hz, RATE_HZ, 1, dtype="float32")
        for block, last in ended(undamaged(found.blocks, damage.append)):
            mono = np.ascontiguousarray(block.mean(axis=1, dtype=np.float32))
            heard = stream.resample_chunk(mono, last=last)
            try:
                scaled = np.clip(heard * np.float32(_FULL_SCALE), -_FULL_SCALE, _FULL_SCALE)
                file.write(np.rint(scaled).astype(np.int16).tobytes())
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                raise StorageError(
                    f"no room to hear {path}: {reason}", "free some disk space"
                ) from error
            if not len(heard):  # few samples, which the converter still holds
                continue
            clear, state = sosfilt(sos, heard, zi=state)
            rest = np.concatenate([rest, np.asarray(clear, np.float32)])
            whole = len(rest) // _STEP * _STEP
            steps = rest[:whole].reshape(-1, _STEP)
            levels.append(np.sqrt(np.square(steps).mean(axis=1, dtype=np.float32)))
            rest = rest[whole:]
    file.flush()
    return np.concatenate([np.zeros(0, np.float32), *levels]), bool(damage)


def undamaged(
    blocks: Iterator[Audio], told: Callable[[Exception], None] = lambda _error: None
) -> Iterator[Audio]:
    """Give blocks as far as they can be decoded; `told` what is wrong where that is not to the end.

    A recording of which there is no block at all is refused by `recording`.
    """
    import soundfile  # noqa: PLC0415

    begun = False
    try:
        for block in blocks:
            yield block
            begun = True
    except soundfile.LibsndfileError as error:
        if not begun:
            raise
        told(error)


def ended(blocks: Iterator[Audio]) -> Iterator[tuple[Audio, bool]]:
    """Give blocks, each with whether it is the last."""
    before: Audio | None = None
    for block in blocks:
        if before is not None:
            yield before, False
        before = block
    if before is not None:
        yield before, True
