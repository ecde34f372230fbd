"""Name what an MP3 file of ours is: bit rate, channels, sample rate, and the sizes that follow.

All clauses are of ISO/IEC 11172-3 (MPEG-1 audio), Layer III.
"""

from __future__ import annotations

from dataclasses import dataclass

from sessions.errors import SessionsError
from sessions.units import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME

BITRATES_KBPS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
"""What `bitrate_index` 1 to 14 says (2.4.2.3, table of Layer III)."""
SAMPLE_RATES_HZ = (44_100, 48_000, 32_000)
"""What `sampling_frequency` 0 to 2 says (2.4.2.3)."""
LOWEST_BITRATE_KBPS = 64
HEADER_BYTES = 4
CRC_BYTES = 2
SIDE_BYTES = {1: 17, 2: 32}
"""Length of the side information by number of channels (2.4.1.7)."""

ENCODER_DELAY_SAMPLES = 576
"""Samples that LAME puts before the first one of its input (`ENCDELAY`)."""
LEAST_PADDING_SAMPLES = 576
"""What LAME keeps after the last sample, so that no decoder misses its last granule."""


class Mp3Error(SessionsError):
    """Bytes that are not the MPEG-1 Layer III stream that they were taken for.

    The exit code is that of wrong data (65), not of a failed read (74): the bytes did arrive.
    """

    exit_code = 65


@dataclass(frozen=True, slots=True)
class Mp3Format:
    """The shape of an MP3 stream: constant bit rate, mono or joint stereo.

    Raises
    ------
    ValueError
        If a figure is not one that MPEG-1 Layer III has, or the bit rate is below 64 kbit/s.
    """

    bitrate_kbps: int = 128
    channels: int = 2
    sample_rate_hz: int = SAMPLE_RATE_HZ

    def __post_init__(self) -> None:
        if self.bitrate_kbps not in BITRATES_KBPS or self.bitrate_kbps < LOWEST_BITRATE_KBPS:
            legal = ", ".join(str(rate) for rate in BITRATES_KBPS if rate >= LOWEST_BITRATE_KBPS)
            msg = f"an MP3 bit rate is one of {legal} kbit/s, not {self.bitrate_kbps}"
            raise ValueError(msg)
        if self.channels not in SIDE_BYTES:
            msg = f"an MP3 has 1 or 2 channels, not {self.channels}"
            raise ValueError(msg)
        if self.sample_rate_hz not in SAMPLE_RATES_HZ:
            msg = f"an MP3 sample rate is one of {SAMPLE_RATES_HZ} Hz, not {self.sample_rate_hz}"
            raise ValueError(msg)

    @property
    def head_bytes(self) -> int:
        """Length of a frame's header and side information, without CRC."""
        return HEADER_BYTES + SIDE_BYTES[self.channels]


def frame_bytes(bitrate_kbps: int, sample_rate_hz: int, *, padding: bool = False) -> int:
    """Return the length of a frame: 144 x bit rate / sample rate, rounded down (2.4.3.1)."""
    return 144_000 * bitrate_kbps // sample_rate_hz + padding


def frame_header(fmt: Mp3Format, bitrate_kbps: int) -> bytes:
    """Return the header of an unpadded, unprotected frame (2.4.1.3).

    The mode is joint stereo or mono and the `original` bit is set, as LAME does.
    """
    rates = BITRATES_KBPS.index(bitrate_kbps) + 1 << 4
    rates |= SAMPLE_RATES_HZ.index(fmt.sample_rate_hz) << 2
    return bytes((0xFF, 0xFB, rates, 0x44 if fmt.channels == 2 else 0xC4))


def frames_for(length_samples: int) -> int:
    """Return how many frames LAME makes of a number of samples, and a decoder needs for them."""
    wanted = ENCODER_DELAY_SAMPLES + length_samples + LEAST_PADDING_SAMPLES
    return -(-wanted // SAMPLES_PER_FRAME)


def padding_for(length_samples: int) -> int:
    """Return the samples after the last one of the input, as the LAME tag counts them."""
    return frames_for(length_samples) * SAMPLES_PER_FRAME - ENCODER_DELAY_SAMPLES - length_samples
