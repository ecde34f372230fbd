"""Signals, and the decoders and judges that listeners' players are built on."""

from __future__ import annotations

import io
import subprocess
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sessions.units import Audio

FULL_SCALE = np.float32(32_768)


def _tool(*command: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, input=data, capture_output=True, check=True, timeout=60)


@pytest.fixture(scope="session")
def noise() -> Audio:
    """Ten seconds of stereo noise, a different one in each channel, with energy in the bass."""
    random = np.random.default_rng(20)
    white = random.standard_normal((441_000, 2))
    mellow = np.apply_along_axis(np.convolve, 0, white, np.hanning(24), "same")
    level: Audio = (mellow * (0.1 / mellow.std())).astype(np.float32)
    return level


@pytest.fixture(scope="session")
def id3() -> bytes:
    """A small ID3v2.3 tag with a title, and 10 bytes of padding."""
    frame = b"TIT2" + (6).to_bytes(4, "big") + b"\0\0" + b"\0title"
    return b"ID3\3\0\0" + bytes((0, 0, 0, len(frame) + 10)) + frame + bytes(10)


@pytest.fixture
def ffmpeg(tmp_path: Path) -> Callable[..., Audio]:
    """Decode with ffmpeg, which must find nothing to warn of; `ss` is where it seeks first."""

    def decode(data: bytes, channels: int = 2, ss: float | None = None) -> Audio:
        path = tmp_path / "ffmpeg.mp3"
        path.write_bytes(data)
        seek = [] if ss is None else ["-ss", f"{ss:.6f}"]
        run = _tool("ffmpeg", "-v", "warning", *seek, "-i", str(path), "-f", "f32le", "-")
        assert run.stderr == b""
        return np.frombuffer(run.stdout, "<f4").reshape(-1, channels)

    return decode


@pytest.fixture
def mpg123(tmp_path: Path) -> Callable[[bytes], Audio]:
    """Decode with mpg123, which must find nothing to warn of."""

    def decode(data: bytes) -> Audio:
        path, wav = tmp_path / "mpg123.mp3", tmp_path / "mpg123.wav"
        path.write_bytes(data)
        run = _tool("mpg123", "-q", "-e", "f32", "-w", str(wav), str(path))
        assert run.stderr == b""
        samples: Audio = soundfile.read(wav, dtype="float32", always_2d=True)[0]
        return samples

    return decode


@pytest.fixture(scope="session")
def libsndfile() -> Callable[[bytes], Audio]:
    """Decode with libsndfile."""

    def decode(data: bytes) -> Audio:
        samples: Audio = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)[0]
        return samples

    return decode


@pytest.fixture
def mp3val(tmp_path: Path) -> Callable[[bytes], list[str]]:
    """Return what mp3val complains of."""

    def judge(data: bytes) -> list[str]:
        path = tmp_path / "mp3val.mp3"
        path.write_bytes(data)
        lines = _tool("mp3val", str(path)).stdout.decode().splitlines()
        return [line for line in lines if not line.startswith(("INFO", "Analyzing", "Done"))]

    return judge
