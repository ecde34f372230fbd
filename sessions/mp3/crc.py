"""Compute CRC-16 (polynomial 0x8005, reflected, from 0), as the LAME tag wants it, fast.

A CRC from 0 is linear over GF(2): the CRC of A followed by B is the CRC of A, shifted over the
length of B, xor the CRC of B. The polynomial is (x + 1)(x^15 + x + 1), by which x^32767 leaves 1: a
shift over 32,767 bytes changes nothing, so stretches of that length are first laid onto each other
by xor. Halves of what is left are joined level by level, each level one table look-up in numpy, and
the CRC of a repeated block needs no second look at its bytes.
Reference: W. W. Peterson and D. T. Brown, "Cyclic Codes for Error Detection", Proc. IRE 49 (1961).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

_POLYNOMIAL = 0xA001
_ORDER = 32_767
"""So many bytes of zeros after a message do not change its CRC."""

Words = NDArray[np.uint16]


@cache
def _shift_table(level: int) -> Words:
    """Return, for each CRC, what it becomes when 2**level zero bytes follow."""
    if level:
        half = _shift_table(level - 1)
        return half[half]
    table = np.arange(65_536, dtype=np.uint16)
    one, polynomial = np.uint16(1), np.uint16(_POLYNOMIAL)
    for _ in range(8):
        table = (table >> one) ^ (table & one) * polynomial
    return table


def shift_crc(crc: int, length_bytes: int) -> int:
    """Return the CRC of a message with zero bytes added at its end."""
    length_bytes %= _ORDER
    for level in range(length_bytes.bit_length()):
        if length_bytes >> level & 1:
            crc = int(_shift_table(level)[crc])
    return crc


def crc16(data: bytes | bytearray | memoryview, crc: int = 0) -> int:
    """Return the CRC-16 of some bytes that follow a message whose own CRC is given."""
    size = len(data)
    # Zeros in front do not change a CRC from 0.
    rounds = np.frombuffer(bytes(-size % _ORDER) + bytes(data), np.uint8).reshape(-1, _ORDER)
    words = np.append(np.uint8(0), np.bitwise_xor.reduce(rounds)).view("<u2").astype(np.uint16)
    level = 1
    while len(words) > 1:
        words = _shift_table(level)[words[::2]] ^ words[1::2]
        level += 1
    return shift_crc(crc, size) ^ int(_shift_table(1)[words[0]])


def repeat_crc(crc: int, length_bytes: int, times: int) -> int:
    """Return the CRC of a block of bytes, of which the CRC is given, written `times` times."""
    whole = 0
    for bit in reversed(range(times.bit_length())):
        done = times >> bit + 1
        whole = shift_crc(whole, done * length_bytes) ^ whole
        if times >> bit & 1:
            whole = shift_crc(whole, length_bytes) ^ crc
    return whole
