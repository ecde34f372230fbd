from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.mp3.crc import crc16, repeat_crc


def bit_by_bit(data: bytes, crc: int = 0) -> int:
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def test_check_value_of_the_catalogue_is_met() -> None:
    # CRC-16/ARC in the CRC RevEng catalogue.
    assert crc16(b"123456789") == 0xBB3D


@given(st.binary(max_size=300), st.integers(0, 0xFFFF))
def test_tree_of_look_ups_equals_the_definition(data: bytes, before: int) -> None:
    assert crc16(data, before) == bit_by_bit(data, before)


@pytest.mark.parametrize("size", [32_766, 32_767, 32_768, 65_534, 70_001])
def test_long_data_is_folded_without_a_change(size: int) -> None:
    data = np.random.default_rng(size).integers(0, 256, size, np.uint8).tobytes()
    assert crc16(data, 0xBEEF) == bit_by_bit(data, 0xBEEF)
    assert crc16(bytearray(data)) == crc16(data[size // 3 :], crc16(data[: size // 3]))


@given(st.binary(max_size=40), st.integers(0, 40))
def test_repeated_block_is_not_looked_at_again(data: bytes, times: int) -> None:
    assert repeat_crc(crc16(data), len(data), times) == bit_by_bit(data * times)
