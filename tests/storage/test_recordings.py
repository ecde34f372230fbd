"""Recordings of every kind, and what is none."""

from __future__ import annotations

import http.server
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from sessions.errors import InputMissingError, RecordingError, UnavailableError
from sessions.storage import recordings
from sessions.storage.recordings import BY_FFMPEG, IN_PROCESS, Limits, recording
from tests.conftest import run_tool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sessions.units import Audio

RATE_HZ = 48_000
SECONDS = 3.0
LIMITS = Limits(60.0, "cut it shorter")
CODED = [
    *((suffix, None) for suffix in IN_PROCESS),
    *((".m4a", "aac"), (".m4a", "alac"), (".mp4", "libopus"), (".3gp", "aac")),
    *((".webm", "libopus"), (".webm", "libvorbis")),
    *((".mka", "flac"), (".mka", "aac"), (".mka", "libmp3lame")),
]
"""Suffixes, with the codings that a phone or a browser writes behind them."""


def made(folder: Path, suffix: str, coding: str | None = None, seconds: float = SECONDS) -> Path:
    """Write a tone of 440 Hz, softer on the right, by ffmpeg."""
    wave = 0.2 * np.sin(2 * np.pi * 440 / RATE_HZ * np.arange(round(seconds * RATE_HZ)))
    source, path = folder / "in.wav", folder / f"rain{suffix}"
    soundfile.write(source, np.stack([wave, 0.5 * wave], axis=1), RATE_HZ)
    run_tool("ffmpeg", "-v", "error", "-i", source, *(("-c:a", coding) if coding else ()), path)
    return path


def read(path: Path, limits: Limits = LIMITS) -> tuple[Audio, int]:
    with recording(path, path.name, limits) as found:
        return np.concatenate(list(found.blocks)), found.rate_hz


def test_every_suffix_is_tried() -> None:
    assert {suffix for suffix, _ in CODED} == {*IN_PROCESS, *BY_FFMPEG}


@pytest.mark.parametrize(("suffix", "coding"), CODED)
def test_a_recording_of_every_kind_is_heard(
    tmp_path: Path, suffix: str, coding: str | None
) -> None:
    sound, rate_hz = read(made(tmp_path, suffix, coding))
    assert len(sound) / rate_hz == pytest.approx(SECONDS, abs=0.1)
    middle = sound[rate_hz : 2 * rate_hz]
    assert np.abs(np.fft.rfft(middle[:, 0])).argmax() == 440
    levels = np.sqrt(np.mean(middle**2, axis=0))
    assert levels == pytest.approx([0.2 / np.sqrt(2), 0.1 / np.sqrt(2)], rel=0.1)


@pytest.mark.parametrize("suffix", [".flac", ".m4a"])
def test_what_is_too_long_says_how_long_it_may_be(tmp_path: Path, suffix: str) -> None:
    path = made(tmp_path, suffix, seconds=13.0)
    with pytest.raises(RecordingError, match=rf"rain\{suffix} is longer than 0\.2 minutes") as told:
        read(path, Limits(12.0, "cut it shorter"))
    assert told.value.remedy == "cut it shorter"


def test_what_is_held_in_memory_has_a_limit_of_its_own_and_says_why(tmp_path: Path) -> None:
    path = made(tmp_path, ".m4a", seconds=13.0)
    with pytest.raises(RecordingError, match=r"longer than 0\.2 minutes") as told:
        read(path, Limits(60.0, "cut it shorter", held_seconds=12.0))
    assert "M4A is held in memory as a whole" in told.value.remedy


def test_what_would_be_held_has_a_limit_in_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path, ".m4a", "alac", seconds=13.0)
    assert len(read(path)[0]) == pytest.approx(13 * RATE_HZ, abs=100)
    monkeypatch.setattr(recordings, "HELD_BYTES", 12 * RATE_HZ * 4)
    with pytest.raises(RecordingError, match=r"longer than 0\.2 minutes") as told:
        read(path)
    assert "memory" in told.value.remedy


def test_a_file_that_is_too_large_is_not_decoded(tmp_path: Path) -> None:
    (tmp_path / "rain.m4a").write_bytes(bytes(2 << 20))
    with pytest.raises(RecordingError, match=r"rain\.m4a is larger than 1 MiB"):
        read(tmp_path / "rain.m4a", Limits(60.0, "", size_bytes=1 << 20))


@pytest.mark.parametrize("rate_hz", [4_000, 500_000])
def test_a_rate_that_no_recorder_has_is_refused(tmp_path: Path, rate_hz: int) -> None:
    soundfile.write(tmp_path / "rain.wav", np.full(9000, 0.1), rate_hz)
    with pytest.raises(RecordingError, match=f"sample rate of {rate_hz} Hz"):
        read(tmp_path / "rain.wav")


def test_values_that_are_no_sound_are_refused(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "rain.wav", np.full(9000, np.inf), RATE_HZ, subtype="FLOAT")
    with pytest.raises(RecordingError, match="no sound"):
        read(tmp_path / "rain.wav")


@pytest.mark.parametrize("suffix", [".wav", ".m4a", ".webm"])
def test_what_is_cut_or_no_audio_is_told(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"rain{suffix}"
    path.write_bytes(b"no sound at all" * 100)
    with pytest.raises(RecordingError, match=f"rain{suffix} cannot be decoded"):
        read(path)
    coding = {".wav": None, ".m4a": "aac", ".webm": "libopus"}[suffix]
    path.unlink()
    data = made(tmp_path, suffix, coding).read_bytes()
    path.write_bytes(data[:60])
    with pytest.raises(RecordingError, match=f"rain{suffix}"):
        read(path, LIMITS)


@pytest.mark.parametrize("suffix", [".wav", ".m4a"])
def test_a_recording_that_is_not_there_is_told(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(InputMissingError, match="there is no file"):
        read(tmp_path / f"rain{suffix}")


def test_without_ffmpeg_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path, ".m4a")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnavailableError, match="needs ffmpeg") as told:
        read(path)
    assert told.value.exit_code == 69
    assert "install ffmpeg" in told.value.remedy


class Handler(http.server.BaseHTTPRequestHandler):
    server: Elsewhere

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Keep still."""


class Elsewhere(http.server.ThreadingHTTPServer):
    """A place that nobody may be sent to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with Elsewhere() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("suffix", "looks_like"),
    [(".m4a", b"stsd" + b"x" * 12 + b"mp4a"), (".webm", b"\x86\x86A_OPUS"), (".wav", b"")],
)
def test_a_playlist_makes_nobody_read_other_files_or_addresses(
    tmp_path: Path, elsewhere: Elsewhere, suffix: str, looks_like: bytes
) -> None:
    address = f"http://127.0.0.1:{elsewhere.server_address[1]}/part.ts".encode()
    secret = made(tmp_path, ".mp4", "aac").rename(tmp_path / "secret.mp4")
    for entry in (address, b"file://" + bytes(secret), b"secret.mp4"):
        head = b"#EXTM3U\n# " + looks_like + b"\n#EXT-X-TARGETDURATION:10\n#EXTINF:3.0,\n"
        path = tmp_path / f"list{suffix}"
        path.write_bytes(head + entry + b"\n#EXT-X-ENDLIST\n")
        with pytest.raises(RecordingError, match="cannot be decoded"):
            read(path)
    assert not elsewhere.asked
