from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sessions.mp3 import Mp3Format, Read, read_info, write_mp3
from sessions.mp3.crc import crc16
from sessions.mp3.info import info_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from sessions.units import Audio

FORMATS = [
    Mp3Format(),
    Mp3Format(64, 1),
    Mp3Format(64, 2, 48_000),
    Mp3Format(320, 2, 48_000),
    Mp3Format(96, 1, 32_000),
]
EDGES = [1, 2, 47, 48, 575, 576, 577, 1151, 1152, 1153, 5000, 44_100, 88_201]


@pytest.fixture
def read(noise: Audio) -> Read:
    return lambda start, stop: noise[start:stop]


def written(read: Read, length: int, fmt: Mp3Format, tag: bytes = b"") -> bytes:
    out = io.BytesIO()
    write_mp3(out, read, length, fmt, tag=tag)
    return out.getvalue()


@pytest.mark.parametrize("fmt", FORMATS, ids=str)
def test_every_length_is_exact_in_libsndfile(
    fmt: Mp3Format, read: Read, libsndfile: Callable[[bytes], Audio]
) -> None:
    lengths = [*EDGES, *range(1152, 3 * 1152, 53)]
    found = [len(libsndfile(written(read, length, fmt))) for length in lengths]
    assert found == lengths


@pytest.mark.parametrize("length", [1, 48, 577, 1153, 44_100])
def test_length_is_exact_in_mpg123(
    length: int, read: Read, mpg123: Callable[[bytes], Audio]
) -> None:
    assert len(mpg123(written(read, length, Mp3Format()))) == length


@pytest.mark.parametrize("length", [5000, 11_520, 44_101])
@pytest.mark.parametrize("fmt", FORMATS, ids=str)
def test_length_is_exact_in_ffmpeg(
    fmt: Mp3Format, length: int, read: Read, ffmpeg: Callable[..., Audio], id3: bytes
) -> None:
    assert len(ffmpeg(written(read, length, fmt, id3), fmt.channels)) == length


def test_sample_k_comes_out_at_sample_k_in_every_decoder(
    read: Read,
    ffmpeg: Callable[..., Audio],
    mpg123: Callable[[bytes], Audio],
    libsndfile: Callable[[bytes], Audio],
) -> None:
    length, reach = 40_000, 1500
    data = written(read, length, Mp3Format())
    source = read(0, length)[:, 0]
    for decode in (ffmpeg, mpg123, libsndfile):
        decoded = decode(data)[reach:-reach, 0]
        likeness = np.correlate(source[: 2 * reach + 8000], decoded[:8000], "valid")
        assert int(np.argmax(likeness)) == reach


@pytest.mark.parametrize("fmt", FORMATS, ids=str)
def test_mp3val_has_nothing_to_say(
    fmt: Mp3Format, read: Read, mp3val: Callable[[bytes], list[str]], id3: bytes
) -> None:
    assert mp3val(written(read, 44_100, fmt, id3)) == []


def test_info_frame_tells_the_truth_and_follows_the_tag(read: Read, id3: bytes) -> None:
    out = io.BytesIO()
    out.write(b"before")
    info = write_mp3(out, read, 30_000, Mp3Format(), tag=id3)
    assert out.tell() == len(out.getvalue())
    before, stream = out.getvalue()[: 6 + len(id3)], out.getvalue()[6 + len(id3) :]
    assert before == b"before" + id3
    assert read_info(stream) == info
    assert info.stream_bytes == len(stream)
    assert info.music_crc == crc16(stream[info_bytes(Mp3Format()) :])


def test_no_samples_at_all_is_refused(read: Read) -> None:
    with pytest.raises(ValueError, match="at least one sample"):
        written(read, 0, Mp3Format())
