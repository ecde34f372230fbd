"""Read recordings, whoever made them: voices, beds, and what is struck once.

What libsndfile knows is decoded in process, block by block. The formats of phones and browsers go
to ffmpeg, by pydub, which holds all of a recording in memory. A header may lie about the length,
so decoded samples are counted.

A playlist that is named `.m4a` would make ffmpeg open the files and addresses that are in it. So
ffmpeg gets the bytes through a pipe, is told the one demuxer that may look at them, and the one
decoder too: where pydub is not told that, it asks ffprobe, which takes any format that it sees.
"""

from __future__ import annotations

import io
import re
import shutil
import threading
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sessions.errors import RecordingError, UnavailableError
from sessions.storage.files import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sessions.units import Audio

IN_PROCESS = (".flac", ".wav", ".ogg", ".opus", ".mp3", ".aiff")
"""What libsndfile reads, in order of preference."""
RATES_HZ = (8_000, 384_000)
BLOCK_SAMPLES = 1 << 16
HELD_BYTES = 512 << 20
"""What a recording may be as samples where all of it is held; pydub holds it four times."""
SAVE_ANEW = "save it anew, as FLAC or WAV"

_IMPORTING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Container:
    """A kind of file that ffmpeg takes apart.

    `named` finds where it says what its sound is coded with; `decoders` are those of ffmpeg that
    may fit, by what it says.
    """

    demuxer: str
    named: re.Pattern[bytes]
    decoders: Mapping[bytes, str]

    @classmethod
    def of(cls, demuxer: str, before: bytes, decoders: Mapping[bytes, str]) -> Container:
        """Make a container that says a coding's name right after some bytes."""
        names = b"|".join(map(re.escape, decoders))
        return cls(demuxer, re.compile(before + b"(" + names + b")", re.DOTALL), decoders)

    def fitting(self, data: bytes) -> tuple[str, ...]:
        """Return ffmpeg's decoders for the first sound in a file; none for one not known."""
        found = self.named.search(data)
        return tuple(self.decoders[found[1]].split()) if found else ()


_MP4 = Container.of(
    "mov",
    rb"stsd.{12}",  # ISO/IEC 14496-12, 8.5.2: version, count, and the size of the first entry
    {
        b"mp4a": "aac mp3",  # ISO/IEC 14496-14, 5.6: which of the two stands deeper
        b".mp3": "mp3",
        b"alac": "alac",
        b"Opus": "opus",
        b"fLaC": "flac",
        b"samr": "amrnb",
        b"sawb": "amrwb",
        b"sowt": "pcm_s16le",
        b"twos": "pcm_s16be",
    },
)
_MATROSKA = Container.of(
    "matroska",
    rb"\x86.",  # RFC 9559, 5.1.4.1.21: the element CodecID, and the length of it
    {
        b"A_OPUS": "opus",
        b"A_VORBIS": "vorbis",
        b"A_AAC": "aac",
        b"A_FLAC": "flac",
        b"A_MPEG/L3": "mp3",
    },
)
BY_FFMPEG: Mapping[str, Container] = {
    ".m4a": _MP4,
    ".mp4": _MP4,
    ".3gp": _MP4,
    ".webm": _MATROSKA,
    ".mka": _MATROSKA,
}
"""The one container that each suffix stands for."""
SUFFIXES = (*IN_PROCESS, *BY_FFMPEG)
"""Of all recordings, in order of preference."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a recording is read, and what to do with one that is larger.

    `held_seconds` is for a recording that is held in memory as a whole.
    """

    seconds: float
    remedy: str
    held_seconds: float = 1800.0
    size_bytes: int = 500 << 20


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording that is being read: its rate, and float32 blocks of shape (samples, channels)."""

    rate_hz: int
    blocks: Iterator[Audio]


@contextmanager
def recording(path: Path, name: str, limits: Limits) -> Iterator[Recording]:
    """Open a recording to read.

    Parameters
    ----------
    name
        What to call it in errors.
    limits
        How much of it may be read.

    Raises
    ------
    RecordingError
        It is no sound that can be decoded, or too much of it.
    UnavailableError
        Its format needs ffmpeg, which is not there.
    SessionsError
        As `opened` does.
    """
    import soundfile  # noqa: PLC0415 -- only recordings need it

    container = BY_FFMPEG.get(path.suffix.lower())
    with opened(path) as file:
        if file.seek(0, io.SEEK_END) > limits.size_bytes:
            size = f"{limits.size_bytes >> 20} MiB"
            raise RecordingError(f"{name} is larger than {size}", limits.remedy)
        file.seek(0)
        data = b"" if container is None else file.read()
    if container is not None:
        yield whole(data, container, path, name, limits)
        return
    try:
        with soundfile.SoundFile(path) as sound:
            rate_hz = checked_rate(sound.samplerate, name)
            blocks = sound.blocks(BLOCK_SAMPLES, dtype="float32", always_2d=True)
            yield Recording(rate_hz, checked(blocks, name, rate_hz, limits.seconds, limits.remedy))
    except UnicodeEncodeError as error:  # libsndfile is given names in UTF-8
        told = f"the name of {name} is not written in UTF-8"
        raise RecordingError(told, "rename it, with plain letters and digits") from error
    except soundfile.LibsndfileError as error:
        raise RecordingError(
            f"{name} cannot be decoded: {error.error_string}", SAVE_ANEW
        ) from error


def whole(data: bytes, container: Container, path: Path, name: str, limits: Limits) -> Recording:
    """Return a recording in a format of phones and browsers, decoded as a whole."""
    if shutil.which("ffmpeg") is None:
        raise UnavailableError(
            f"{name} needs ffmpeg, which is not installed",
            f"install ffmpeg, or save {path.stem} as FLAC or WAV",
        )
    if not container.fitting(data):
        told = f"{name} cannot be decoded: it is damaged, or coded in a way that is not read"
        raise RecordingError(told, SAVE_ANEW)
    first = decoded(data, container, 0.0)
    if first is None:
        raise RecordingError(f"{name} cannot be decoded", SAVE_ANEW)
    rate_hz = checked_rate(first.frame_rate, name)
    held_seconds = min(limits.held_seconds, HELD_BYTES / (rate_hz * first.frame_width))
    most_seconds = min(limits.seconds, held_seconds)
    segment = decoded(data, container, most_seconds)
    if segment is None:
        raise RecordingError(f"{name} cannot be decoded", SAVE_ANEW)
    remedy = limits.remedy
    if held_seconds < limits.seconds:
        kind = path.suffix[1:].upper()
        remedy = f"{kind} is held in memory as a whole; save it as FLAC, which may be longer"
    return Recording(rate_hz, checked(blocks_of(segment), name, rate_hz, most_seconds, remedy))


def blocks_of(segment: Any) -> Iterator[Audio]:
    """Give the samples of a pydub `AudioSegment` in blocks."""
    full_scale = float(1 << (8 * segment.sample_width - 1))
    samples = np.asarray(segment.get_array_of_samples()).reshape(-1, segment.channels)
    for start in range(0, len(samples), BLOCK_SAMPLES):
        yield np.asarray(samples[start : start + BLOCK_SAMPLES] / full_scale, np.float32)


def decoded(data: bytes, container: Container, most_seconds: float) -> Any:
    """Return a pydub `AudioSegment` of a little more than so long; None where it is no sound."""
    segment = audio_segment()
    from pydub.exceptions import PydubException  # noqa: PLC0415

    for decoder in container.fitting(data):
        try:
            return segment.from_file(
                io.BytesIO(data),
                format=container.demuxer,
                codec=decoder,
                duration=int(most_seconds) + 1,
            )
        except (PydubException, OSError, ValueError, LookupError):
            continue
    return None


def checked(
    blocks: Iterator[Audio], name: str, rate_hz: int, most_seconds: float, remedy: str
) -> Iterator[Audio]:
    """Give blocks on as long as they are sound, and not too much of it."""
    count = 0
    for block in blocks:
        count += len(block)
        if count > most_seconds * rate_hz:
            raise RecordingError(f"{name} is longer than {in_words(most_seconds)}", remedy)
        if not np.isfinite(block).all():
            raise RecordingError(f"{name} holds values that are no sound", SAVE_ANEW)
        yield block


def checked_rate(rate_hz: int, name: str) -> int:
    """Refuse a sample rate that no recorder has: it would grow without bound when converted."""
    low, high = RATES_HZ
    if not low <= rate_hz <= high:
        raise RecordingError(
            f"{name} has a sample rate of {rate_hz} Hz", "save it anew at 44 100 Hz"
        )
    return int(rate_hz)


def in_words(seconds: float) -> str:
    """Return a bound of a length as people say it."""
    return f"{seconds / 3600:.3g} hours" if seconds >= 7200 else f"{seconds / 60:.3g} minutes"


def audio_segment() -> Any:
    """Return pydub's `AudioSegment`, without what its import warns of.

    Those warnings are of its own source, and of an ffmpeg that is not there, which is told where
    it is needed.
    """
    with _IMPORTING, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment  # noqa: PLC0415
    return AudioSegment
