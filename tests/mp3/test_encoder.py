from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from sessions.mp3.encoder import encode_plain, lame_input
from sessions.mp3.format import Mp3Format

if TYPE_CHECKING:
    from sessions.units import Audio


def whole_numbers(samples: list[list[float]], channels: int) -> list[int]:
    fmt = Mp3Format(320, channels)  # the rate at which LAME leaves the level as it is
    return list(np.frombuffer(lame_input(np.array(samples, np.float32), fmt), "<i2"))


def test_samples_are_rounded_to_16_bits_and_clipped() -> None:
    step = 1 / 32_768
    samples = [[0.5 * step, 1.5 * step], [1.0, -1.0], [2.0, -2.0], [0.6 * step, -0.6 * step]]
    assert whole_numbers(samples, 2) == [0, 2, 32_767, -32_768, 32_767, -32_768, 1, -1]


def test_mono_is_the_mean_of_both_channels() -> None:
    assert whole_numbers([[0.5, -0.25], [0.25, 0.25]], 1) == [4096, 8192]


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("bitrate_kbps", [64, 80, 96, 112, 128, 160, 192, 224, 256, 320])
def test_the_file_is_as_loud_as_its_samples(bitrate_kbps: int, channels: int) -> None:
    position = np.arange(2 * 44_100)
    tone = (0.3 * np.sin(2 * np.pi * 440 / 44_100 * position)).astype(np.float32)
    fmt = Mp3Format(bitrate_kbps, channels)

    def read(start: int, stop: int) -> Audio:
        return np.stack([tone[start:stop]] * 2, axis=1)

    data = io.BytesIO(b"".join(encode_plain(read, len(tone), fmt)))
    decoded, _ = soundfile.read(data, dtype="float32", always_2d=True)
    middle = slice(20_000, 60_000)
    heard, given = (np.sqrt(np.mean(sound[middle] ** 2)) for sound in (decoded, tone))
    assert 20 * np.log10(heard / given) == pytest.approx(0.0, abs=0.02)


@pytest.mark.parametrize("block", [1, 1000, 1152, 50_000])
def test_block_size_changes_no_byte(noise: Audio, block: int) -> None:
    def read(start: int, stop: int) -> Audio:
        return noise[start:stop]

    def whole(block_samples: int) -> bytes:
        return b"".join(encode_plain(read, 20_000, Mp3Format(), block_samples=block_samples))

    assert whole(7777) == whole(block)
