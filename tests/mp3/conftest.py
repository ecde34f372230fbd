"""Signals, and the decoders and judges that listeners' players are built on."""

from __future__ import annotations

import io
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from sessions.mp3 import Repeat

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sessions.units import Audio

PHASE = 5 * 1152 + 77


@dataclass(frozen=True)
class Session:
    """Bursts like speech, `(start, stop)` in samples, over a bed from 0 to `length`.

    In the last `fade` samples all of it fades out.
    """

    length: int
    bursts: tuple[tuple[int, int], ...]
    voice: Audio
    bed: Audio
    fade: int = 0

    def read(self, start: int, stop: int) -> Audio:
        """Give samples [start, stop)."""
        places = np.arange(start, stop)
        audio = self.bed[(places + PHASE) % len(self.bed)].copy()
        for first, last in self.bursts:
            low, high = max(start, first), min(stop, last)
            if low < high:
                times = np.arange(low - first, high - first)
                loud = np.sin(np.pi * times / 11_000)[:, None].astype(np.float32) ** 2
                audio[low - start : high - start] += self.voice[times % len(self.voice)] * loud
        if self.fade and stop > self.length - self.fade:
            left = np.clip((self.length - places[:, None]) / self.fade, 0, 1)
            audio *= (left**2).astype(np.float32)
        return audio

    @property
    def repeats(self) -> tuple[Repeat, ...]:
        """Where only the bed sounds."""
        edges = [0, *(edge for burst in self.bursts for edge in burst), self.length - self.fade]
        return tuple(
            Repeat(start, stop, len(self.bed), PHASE, "bed")
            for start, stop in zip(edges[::2], edges[1::2], strict=True)
            if start < stop
        )


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
    """Decode with ffmpeg, which must find nothing to warn of.

    Where it is to seek first, `ss` is the second, and it stops half a second after that.
    """

    def decode(data: bytes, channels: int = 2, ss: float | None = None) -> Audio:
        path = tmp_path / "ffmpeg.mp3"
        path.write_bytes(data)
        seek = [] if ss is None else ["-ss", f"{ss:.6f}", "-t", "0.5"]
        run = _tool("ffmpeg", "-v", "warning", *seek, "-i", str(path), "-f", "f32le", "-")
        assert run.stderr == b""
        return np.frombuffer(run.stdout, "<f4").reshape(-1, channels)

    return decode


@pytest.fixture
def mpg123(tmp_path: Path) -> Callable[..., Audio]:
    """Decode with mpg123, which must find nothing to warn of.

    Where it is to seek first, `skip` is the number of frames, and it stops 20 frames after that.
    """

    def decode(data: bytes, skip: int | None = None) -> Audio:
        path, wav = tmp_path / "mpg123.mp3", tmp_path / "mpg123.wav"
        path.write_bytes(data)
        seek = [] if skip is None else ["-k", str(skip), "-n", "20"]
        run = _tool("mpg123", "-q", "-e", "f32", *seek, "-w", str(wav), str(path))
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


def pink(frames: int, seed: int) -> Audio:
    """Return quiet pink noise of so many frames that may be repeated for ever."""
    random = np.random.default_rng(seed)
    period = frames * 1152
    bins = np.arange(period // 2 + 1)
    size = np.where(bins > 20, 1 / np.sqrt(np.maximum(bins, 1)), 0)
    turns = np.exp(2j * np.pi * random.random((2, len(bins))))
    noise = np.fft.irfft(size * turns, period).T
    level: Audio = (noise * (0.02 / noise.std())).astype(np.float32)
    return level


@pytest.fixture(scope="session")
def bed() -> Audio:
    """A periodic bed of 48 frames."""
    return pink(48, seed=7)


@pytest.fixture(scope="session")
def session(noise: Audio, bed: Audio) -> Session:
    """Half a minute: bursts of 1 to 4 s over the bed, with pauses of 1 to 4 s between them."""
    random = np.random.default_rng(3)
    edges = np.cumsum(random.uniform(1, 4, 12) * 44_100).astype(int).tolist()
    bursts = tuple(zip(edges[::2], edges[1::2], strict=True))
    return Session(edges[-1] + 90_001, bursts, noise, bed)
