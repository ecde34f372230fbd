from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.mp3.crc import crc16
from sessions.mp3.format import BITRATES_KBPS, SAMPLE_RATES_HZ, Mp3Error, Mp3Format
from sessions.mp3.info import Info, info_bytes, info_frame, read_info

if TYPE_CHECKING:
    from pathlib import Path

formats = st.builds(
    Mp3Format,
    st.sampled_from([rate for rate in BITRATES_KBPS if rate >= 64]),
    st.sampled_from([1, 2]),
    st.sampled_from(SAMPLE_RATES_HZ),
)
counts = st.integers(0, 2**32 - 1)
infos = st.builds(
    Info, counts, counts, st.integers(0, 4095), st.integers(0, 65_535), st.integers(0, 4095)
)


@given(formats, infos)
def test_what_is_written_is_read_again(fmt: Mp3Format, info: Info) -> None:
    frame = info_frame(fmt, info)
    assert len(frame) == info_bytes(fmt)
    assert read_info(frame) == info


def test_a_peers_tag_is_understood_and_both_of_its_crcs_agree(tmp_path: Path) -> None:
    path = tmp_path / "peer.mp3"
    tone = ["-f", "lavfi", "-i", "sine=duration=1.3", "-ac", "2", "-b:a", "128k"]
    lame = ["-c:a", "libmp3lame", "-id3v2_version", "0", str(path)]
    subprocess.run(["ffmpeg", "-v", "error", *tone, *lame], check=True, timeout=60)
    data = path.read_bytes()
    info = read_info(data)
    assert info.stream_bytes == len(data)
    assert info.frames * 1152 - info.delay_samples - info.padding_samples == 57_330
    own = info_bytes(Mp3Format())
    assert info.music_crc == crc16(data[own:])


def test_table_of_contents_rises_evenly() -> None:
    frame = info_frame(Mp3Format(), Info(1000, 418_000, 600, 0))
    table = frame[36 + 16 : 36 + 116]
    assert all(abs(entry - 2.56 * percent) <= 1 for percent, entry in enumerate(table))


@given(st.integers(4, 191), st.integers(1, 255))
def test_a_damaged_tag_is_noticed(place: int, change: int) -> None:
    frame = bytearray(info_frame(Mp3Format(), Info(1000, 418_000, 600, 0)))
    frame[place] ^= change
    with pytest.raises(Mp3Error):
        read_info(bytes(frame))


@given(st.binary(max_size=300))
def test_foreign_bytes_are_a_typed_error(data: bytes) -> None:
    with pytest.raises(Mp3Error):
        read_info(data)


def test_crc_of_the_tag_stands_in_its_190th_byte() -> None:
    frame = info_frame(Mp3Format(), Info(7, 3000, 600, 99))
    assert int.from_bytes(frame[190:192], "big") == crc16(frame[:190])
