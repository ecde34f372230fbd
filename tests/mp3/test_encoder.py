from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from sessions.mp3.encoder import encode_plain, pcm16
from sessions.mp3.format import Mp3Format

if TYPE_CHECKING:
    from sessions.units import Audio


def whole_numbers(samples: list[list[float]], channels: int) -> list[int]:
    return list(np.frombuffer(pcm16(np.array(samples, np.float32), channels), "<i2"))


def test_samples_are_rounded_to_16_bits_and_clipped() -> None:
    step = 1 / 32_768
    samples = [[0.5 * step, 1.5 * step], [1.0, -1.0], [2.0, -2.0], [0.6 * step, -0.6 * step]]
    assert whole_numbers(samples, 2) == [0, 2, 32_767, -32_768, 32_767, -32_768, 1, -1]


def test_mono_is_the_mean_of_both_channels() -> None:
    assert whole_numbers([[0.5, -0.25], [0.25, 0.25]], 1) == [4096, 8192]


@pytest.mark.parametrize("block", [1, 1000, 1152, 50_000])
def test_block_size_changes_no_byte(noise: Audio, block: int) -> None:
    def read(start: int, stop: int) -> Audio:
        return noise[start:stop]

    def whole(block_samples: int) -> bytes:
        return b"".join(encode_plain(read, 20_000, Mp3Format(), block_samples=block_samples))

    assert whole(7777) == whole(block)
