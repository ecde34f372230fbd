"""How long a file is, as listeners' programs and the hosts of podcasts tell it."""

from __future__ import annotations

import io
import json
import subprocess
from typing import TYPE_CHECKING, Any

import mutagen.id3
import mutagen.mp3
import soundfile

from sessions.mp3.format import BITRATES_KBPS, Mp3Format, frame_bytes
from sessions.mp3.frames import walk

if TYPE_CHECKING:
    from pathlib import Path

WITHIN_SECONDS = 0.1


def tool(*command: str) -> str:
    """Run a program and return what it says."""
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return run.stdout + run.stderr


def tag_of(length_seconds: float) -> bytes:
    """Return an ID3v2.3 tag with a title and the length, as `sessions` writes it."""
    tag = mutagen.id3.ID3()
    tag.add(mutagen.id3.TIT2(encoding=3, text="title"))
    tag.add(mutagen.id3.TLEN(encoding=3, text=str(round(1000 * length_seconds))))
    out = io.BytesIO()
    tag.save(out, v2_version=3)
    return out.getvalue()


def told(path: Path, folder: Path) -> dict[str, float]:
    """Return the length of a file in seconds, by who tells it."""
    tracks: list[dict[str, Any]] = json.loads(tool("mediainfo", "--Output=JSON", str(path)))[
        "media"
    ]["track"]
    lengths = {f"MediaInfo {one['@type']}": float(one["Duration"]) for one in tracks[:2]}
    asked = ("-v", "error", "-show_entries", "format=duration:stream=duration", "-of", "json")
    probed = json.loads(tool("ffprobe", *asked, str(path)))
    lengths["ffprobe format"] = float(probed["format"]["duration"])
    lengths["ffprobe stream"] = float(probed["streams"][0]["duration"])
    lengths["soxi"] = float(tool("soxi", "-D", str(path)))
    lengths["sox"] = float(
        tool("sox", str(path), "-n", "stat").split("Length (seconds):")[1].split()[0]
    )
    wav = folder / "decoded.wav"
    tool("mpg123", "-q", "-w", str(wav), str(path))
    lengths["mpg123"] = soundfile.info(wav).duration
    wav.unlink()
    lengths["mutagen"] = mutagen.mp3.MP3(path).info.length
    lengths["TLEN"] = int(str(mutagen.id3.ID3(path)["TLEN"])) / 1000
    return lengths


def assert_agreed(path: Path, folder: Path, length_seconds: float) -> None:
    """Hold all who tell a length to each other and to the planned one."""
    lengths = told(path, folder)
    assert {"MediaInfo General", "MediaInfo Audio"} < set(lengths)
    assert max(lengths.values()) - min(lengths.values()) <= WITHIN_SECONDS, lengths
    assert abs(lengths["mpg123"] - length_seconds) < 1e-4
    assert abs(lengths["TLEN"] - length_seconds) < 1e-3


def assert_constant(stream: bytes, fmt: Mp3Format) -> None:
    """Hold each frame, that of the Info tag too, to the stream's bit rate, padding aside."""
    own = frame_bytes(fmt.bitrate_kbps, fmt.sample_rate_hz)
    padded = 144_000 * fmt.bitrate_kbps % fmt.sample_rate_hz != 0
    number = BITRATES_KBPS.index(fmt.bitrate_kbps) + 1
    excess = 0
    places = walk(stream)
    for start, stop in zip(places.starts.tolist(), places.stops.tolist(), strict=True):
        padding = stream[start + 2] >> 1 & 1
        assert stream[start + 2] >> 4 == number
        assert stop - start == own + padding
        assert padded or not padding
        # At no place is the stream two bytes off its bit rate.
        excess += (own + padding) * fmt.sample_rate_hz - 144_000 * fmt.bitrate_kbps
        assert abs(excess) < 2 * fmt.sample_rate_hz
