"""Constant means constant: every frame is of one bit rate, so that all agree on the length."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import sessions
from sessions.mp3 import Mp3Format, Repeat, write_mp3
from sessions.mp3.format import BITRATES_KBPS
from tests.made import rendered
from tests.mp3.lengths import assert_agreed, assert_constant, tag_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.mp3.conftest import Session

PLAYERS = pytest.mark.players
RATES = [rate for rate in BITRATES_KBPS if rate >= 64]


def tailed(session: Session, seconds: float) -> tuple[Session, list[Repeat]]:
    """Return the session with its bed going on to a length, and its repeats."""
    shown = replace(session, length=round(seconds * 44_100))
    return shown, list(shown.repeats)


@pytest.mark.parametrize("rate_hz", [44_100, pytest.param(48_000, marks=PLAYERS)])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("bitrate_kbps", RATES)
def test_every_frame_has_the_bit_rate_of_the_file(
    bitrate_kbps: int, channels: int, rate_hz: int, session: Session
) -> None:
    fmt = Mp3Format(bitrate_kbps, channels, rate_hz)
    shown, repeats = tailed(session, 90)
    out = io.BytesIO()
    write_mp3(out, shown.read, shown.length, fmt, repeats=repeats)
    assert_constant(out.getvalue(), fmt)


@PLAYERS
@pytest.mark.parametrize("seconds", [28.3, 300.0], ids=["ends", "tail"])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("bitrate_kbps", [64, 96, 128, 192, 320])
def test_all_tell_the_same_length(
    bitrate_kbps: int, channels: int, seconds: float, session: Session, tmp_path: Path
) -> None:
    shown, repeats = tailed(session, seconds)
    path = tmp_path / "session.mp3"
    with path.open("w+b") as out:
        fmt = Mp3Format(bitrate_kbps, channels)
        write_mp3(out, shown.read, shown.length, fmt, tag=tag_of(seconds), repeats=repeats)
    assert_agreed(path, tmp_path, seconds)


@PLAYERS
@pytest.mark.parametrize("fmt", [Mp3Format(64, 1), Mp3Format(), Mp3Format(320, 2, 48_000)], ids=str)
def test_all_tell_the_same_length_of_twenty_minutes(
    fmt: Mp3Format, session: Session, tmp_path: Path
) -> None:
    shown, repeats = tailed(session, 1200.5)
    seconds = shown.length / fmt.sample_rate_hz
    path = tmp_path / "session.mp3"
    with path.open("w+b") as out:
        write_mp3(out, shown.read, shown.length, fmt, tag=tag_of(seconds), repeats=repeats)
    assert_agreed(path, tmp_path, seconds)


@PLAYERS
@pytest.mark.parametrize(
    "choices",
    [
        {"bitrate_kbps": 96},
        {"bitrate_kbps": 64, "mono": True, "total_seconds": 900.0},
    ],
    ids=["96 kbit/s", "64 kbit/s, mono, with a tail"],
)
def test_all_tell_the_same_length_of_a_render(choices: dict[str, float], tmp_path: Path) -> None:
    script = sessions.load("belly-breathing")
    written = rendered(script, tmp_path, voice="tone", **choices)
    assert_agreed(written.audio, tmp_path, written.report.outline.length_seconds)
