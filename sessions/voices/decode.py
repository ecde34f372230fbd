"""Read a recording of speech: what libsndfile knows in process, phone formats through ffmpeg.

A header may lie about the length, so decoded samples are counted. ffmpeg gets the bytes through a
pipe with a fixed demuxer, so that a file cannot make it read others.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from typing import TYPE_CHECKING

import numpy as np

from sessions.errors import InputMissingError, ScriptError, UnavailableError
from sessions.units import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.units import Audio

MAX_BYTES = 500 << 20
MAX_SECONDS = 600
"""Of one line; more is not a line but a session."""
BLOCK_SAMPLES = 1 << 18
BY_SOUNDFILE = (".wav", ".flac", ".mp3", ".ogg", ".opus")
BY_FFMPEG = {".m4a": "mov", ".mp4": "mov", ".webm": "matroska", ".mka": "matroska"}
"""Formats of phones and browsers, with the one demuxer that may look at each."""
SUFFIXES = frozenset([*BY_SOUNDFILE, *BY_FFMPEG])


def decoded(path: Path) -> tuple[Audio, int]:
    """Return a recording as mono samples, and their rate in hertz.

    Raises
    ------
    InputMissingError
        It is not there.
    ScriptError
        It is no audio, or too long.
    UnavailableError
        Its format needs ffmpeg, which is not there.
    """
    data = contents(path)
    demuxer = BY_FFMPEG.get(path.suffix.lower())
    sound, rate_hz = by_soundfile(path, data) if demuxer is None else by_ffmpeg(path, data, demuxer)
    if not len(sound):
        raise ScriptError(f"{path} holds no sound", "record it again")
    if not np.isfinite(sound).all():
        raise ScriptError(f"{path} is damaged: not all of it are numbers", "record it again")
    return sound, rate_hz


def contents(path: Path) -> bytes:
    """Return what a recording's file holds.

    Raises
    ------
    InputMissingError
        It cannot be read.
    ScriptError
        It is far too large for a line.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ScriptError(f"{path} is larger than {MAX_BYTES >> 20} MiB")
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputMissingError(f"cannot read {path}: {reason}") from error


def by_soundfile(path: Path, data: bytes) -> tuple[Audio, int]:
    """Decode in process."""
    import soundfile  # noqa: PLC0415

    blocks: list[Audio] = []
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            rate_hz = int(file.samplerate)
            for block in file.blocks(BLOCK_SAMPLES, dtype="float32", always_2d=True):
                blocks.append(block.mean(axis=1, dtype=np.float32))
                refuse_long(path, sum(map(len, blocks)), rate_hz)
    except soundfile.LibsndfileError as error:
        raise ScriptError(
            f"{path} is not audio that can be read", "save it as WAV or FLAC"
        ) from error
    return np.concatenate([np.zeros(0, np.float32), *blocks]), rate_hz


def by_ffmpeg(path: Path, data: bytes, demuxer: str) -> tuple[Audio, int]:
    """Decode with ffmpeg; `cache:` lets it seek in what the pipe brings."""
    program = shutil.which("ffmpeg")
    if program is None:
        raise UnavailableError(
            f"{path.suffix} needs ffmpeg, which is not installed",
            f"install ffmpeg, or save {path.name} as WAV or FLAC",
        )
    command = [
        *(program, "-nostdin", "-v", "error", "-protocol_whitelist", "cache,pipe"),
        *("-f", demuxer, "-i", "cache:pipe:0", "-vn", "-t", str(MAX_SECONDS + 1)),
        *("-ac", "1", "-ar", str(SAMPLE_RATE_HZ), "-f", "f32le", "pipe:1"),
    ]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    if done.returncode != 0:
        raise ScriptError(f"{path} is not audio that can be read", "save it as WAV or FLAC")
    sound = np.frombuffer(done.stdout, np.float32)
    refuse_long(path, len(sound), SAMPLE_RATE_HZ)
    return sound, SAMPLE_RATE_HZ


def refuse_long(path: Path, count: int, rate_hz: int) -> None:
    """Raise for a recording that is too long for a line."""
    if count > MAX_SECONDS * rate_hz:
        raise ScriptError(
            f"{path} is longer than {MAX_SECONDS // 60} minutes", "record one line per file"
        )
