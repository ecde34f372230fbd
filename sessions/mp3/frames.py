"""Take MPEG-1 Layer III frames apart into heads and main data, and give heads new sizes.

All clauses are of ISO/IEC 11172-3. A frame is a header (2.4.1.3), side information (2.4.1.7) and
an area for main data. The main data that a frame needs begins `main_data_begin` bytes before its
own area, in the areas of earlier frames (2.4.2.7): the bit reservoir. Frames that are to be moved
are therefore taken apart here, and packed into new areas in `reservoir.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from sessions.mp3.format import (
    BITRATES_KBPS,
    CRC_BYTES,
    HEADER_BYTES,
    SAMPLE_RATES_HZ,
    SIDE_BYTES,
    Mp3Error,
    frame_bytes,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SYNC_AND_LAYER = 0xFA
"""The second byte: the end of the sync word, ID 1 (MPEG-1), layer '01' (III); bit 0 is free."""
_GRANULE_BITS = 59
"""Side information of one granule of one channel."""
_SCFSI_BITS = 4
_WINDOW_SWITCHING_BIT = 33
"""After part2_3_length 12, big_values 9, global_gain 8 and scalefac_compress 4."""
_BEFORE_SCFSI_BITS = {1: 14, 2: 12}
"""main_data_begin 9, and private bits: 5 in mono, 3 in stereo."""


def _size(rates: int) -> int:
    """Return the length of a frame by the third byte of its header, 0 where it has no meaning."""
    bitrate, sampling, padding = rates >> 4, rates >> 2 & 3, rates >> 1 & 1
    if bitrate in {0, 15} or sampling == 3:
        return 0
    rate_hz = SAMPLE_RATES_HZ[sampling]
    return frame_bytes(BITRATES_KBPS[bitrate - 1], rate_hz, padding=bool(padding))


_RATE_BITS = {rate: number << 4 for number, rate in enumerate(BITRATES_KBPS, start=1)}
_SIZES = tuple(_size(rates) for rates in range(256))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a frame is in its stream: all of it, and the area for main data at its end."""

    start: int
    area: int
    stop: int


@dataclass(frozen=True, slots=True)
class Strip:
    """Consecutive frames of one encoder run, taken apart.

    Parameters
    ----------
    heads
        Header and side information of each frame, without CRC.
    main
        The main data of all frames, back to back.
    lengths
        Bytes of main data of each frame.
    starts
        Where each frame's main data begins in `main`.
    opens, closes
        Per frame, which channels (bits) overlap by a short window with the frame before, and
        with the frame after. Overlapping halves of different shape do not cancel their
        aliasing (2.4.3.4.10.3), so frames from two runs fit only where these agree.
    """

    heads: tuple[bytes, ...]
    main: bytes
    lengths: tuple[int, ...]
    starts: tuple[int, ...]
    opens: tuple[int, ...]
    closes: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.heads)

    def data(self, index: int) -> bytes:
        """Return the main data of a frame."""
        start = self.starts[index]
        return self.main[start : start + self.lengths[index]]


def channels_of(header: bytes) -> int:
    """Return the number of channels that a header tells: mode '11' is mono (2.4.2.3)."""
    return 1 if header[3] >> 6 == 3 else 2


def walk(data: bytes) -> tuple[Place, ...]:
    """Find the frames of a stream that holds nothing else and is all of one kind.

    Raises
    ------
    Mp3Error
        At the first place that is no frame, or one of another sample rate or channel count,
        or one that is cut short.
    """
    places = []
    start, size = 0, len(data)
    kind = data[2:3] and (data[2] >> 2 & 3, data[3:4] and data[3] >> 6 == 3)
    while start < size:
        header = data[start : start + HEADER_BYTES]
        if len(header) < HEADER_BYTES or header[0] != 0xFF or header[1] & 0xFE != _SYNC_AND_LAYER:
            raise Mp3Error(f"byte {start} of the MP3 stream is not the start of a Layer III frame")
        length = _SIZES[header[2]]
        if not length:
            raise Mp3Error(f"the frame at byte {start} has no legal bit rate or sample rate")
        if (header[2] >> 2 & 3, header[3] >> 6 == 3) != kind:
            raise Mp3Error(f"the frame at byte {start} is not of the kind of those before it")
        protected = 0 if header[1] & 1 else CRC_BYTES
        area = start + HEADER_BYTES + protected + SIDE_BYTES[channels_of(header)]
        if start + length > size:
            raise Mp3Error(f"the frame at byte {start} is cut short")
        places.append(Place(start, area, start + length))
        start += length
    return tuple(places)


def _side_bits(data: bytes, places: tuple[Place, ...], channels: int) -> NDArray[np.int64]:
    """Return the side information of all frames, one bit per column."""
    size = SIDE_BYTES[channels]
    side = b"".join(data[place.area - size : place.area] for place in places)
    bits = np.unpackbits(np.frombuffer(side, np.uint8).reshape(-1, size), axis=1)
    return bits.astype(np.int64)


def _number(bits: NDArray[np.int64], start: int, width: int) -> NDArray[np.int64]:
    """Return the numbers that stand in some columns of bits."""
    weights = np.int64(1) << np.arange(width - 1, -1, -1, dtype=np.int64)
    number: NDArray[np.int64] = bits[:, start : start + width] @ weights
    return number


def _granules(channels: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return where the first and the second granule of each channel start, in bits."""
    first = _BEFORE_SCFSI_BITS[channels] + _SCFSI_BITS * channels
    starts = tuple(first + _GRANULE_BITS * index for index in range(2 * channels))
    return starts[:channels], starts[channels:]


def _block_types(bits: NDArray[np.int64], granule: tuple[int, ...]) -> list[NDArray[np.int64]]:
    """Return the block type of a granule, per channel: 0 normal, 1 start, 2 short, 3 end."""
    types = []
    for start in granule:
        flag = start + _WINDOW_SWITCHING_BIT
        kind = _number(bits, flag + 1, 2)
        if np.any((bits[:, flag] == 1) & (kind == 0)):
            raise Mp3Error("a frame of the MP3 stream has a block type that is reserved")
        types.append(np.where(bits[:, flag] == 1, kind, 0))
    return types


def _mask(channels: list[NDArray[np.bool_]]) -> tuple[int, ...]:
    """Return one bit mask per frame, the first channel in bit 0."""
    return tuple((np.stack(channels, axis=1) @ (1, 2)[: len(channels)]).tolist())


def _locate(
    places: tuple[Place, ...], begins: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return where the main data of each frame begins in the areas, joined.

    Raises
    ------
    Mp3Error
        If it would begin before the stream or in another frame's data, or not end in time.
    """
    ends = np.cumsum([place.stop - place.area for place in places])
    areas = np.concatenate(([0], ends[:-1]))
    starts = areas - begins
    before = np.concatenate(([0], (starts + lengths)[:-1]))
    if np.any(starts < before) or np.any(starts + lengths > ends):
        raise Mp3Error("a frame of the MP3 stream needs main data that is not there")
    return starts


def take_apart(data: bytes) -> Strip:
    """Take a stream of frames apart.

    Parameters
    ----------
    data
        Whole frames, the first of which needs nothing from before it.

    Raises
    ------
    Mp3Error
        If it is no such stream.
    """
    places = walk(data)
    if not places:
        return Strip((), b"", (), (), (), ())
    channels = channels_of(data)
    bits = _side_bits(data, places, channels)
    first, second = _granules(channels)
    needed_bits = np.stack([_number(bits, start, 12) for start in first + second]).sum(axis=0)
    lengths = -(-needed_bits // 8)
    starts = _locate(places, _number(bits, 0, 9), lengths)
    areas = b"".join(data[place.area : place.stop] for place in places)
    sizes = tuple(lengths.tolist())
    opens = [kind >= 2 for kind in _block_types(bits, first)]
    closes = [(kind == 1) | (kind == 2) for kind in _block_types(bits, second)]
    side = SIDE_BYTES[channels]
    return Strip(
        heads=tuple(
            data[place.start : place.start + HEADER_BYTES] + data[place.area - side : place.area]
            for place in places
        ),
        main=b"".join(
            areas[start : start + size] for start, size in zip(starts.tolist(), sizes, strict=True)
        ),
        lengths=sizes,
        starts=tuple(accumulate(sizes, initial=0))[:-1],
        opens=_mask(opens),
        closes=_mask(closes),
    )


def rehead(head: bytes, bitrate_kbps: int, main_data_begin: int, *, padding: bool) -> bytes:
    """Return header and side information of a frame that moves to another area.

    Nothing changes but bit rate, padding, `main_data_begin` and the protection bit, which says
    that no CRC follows (2.4.2.3).
    """
    rates = _RATE_BITS[bitrate_kbps] | head[2] & 0x0D | padding << 1
    begin = main_data_begin >> 1, (main_data_begin & 1) << 7 | head[5] & 0x7F
    return head[:1] + bytes((head[1] | 1, rates, head[3], *begin)) + head[6:]
