"""Take MPEG-1 Layer III frames apart into heads and main data, and give heads new sizes.

All clauses are of ISO/IEC 11172-3. A frame is a header (2.4.1.3), side information (2.4.1.7) and
an area for main data. The main data that a frame needs begins `main_data_begin` bytes before its
own area, in the areas of earlier frames (2.4.2.7): the bit reservoir. Frames that are to be moved
are therefore taken apart here, and packed into new areas in `reservoir.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
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
_SWITCHED = 0b100
"""The flag before the block type: 0 reserved, 1 start, 2 short, 3 end."""
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


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where frames are in their stream: all of each, and the area for main data at its end."""

    starts: NDArray[np.int64]
    areas: NDArray[np.int64]
    stops: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """Consecutive frames of one encoder run, taken apart.

    Parameters
    ----------
    heads
        Header and side information of each frame, without CRC: a row of bytes.
    main
        The main data of all frames, back to back.
    lengths
        Bytes of main data of each frame.
    starts
        Where each frame's main data begins in `main`, and where the last one's ends.
    opens, closes
        Per frame, which channels (bits) overlap by a short window with the frame before, and
        with the frame after. Overlapping halves of different shape do not cancel their
        aliasing (2.4.3.4.10.3), so frames from two runs fit only where these agree.
    """

    heads: NDArray[np.uint8]
    main: bytes
    lengths: NDArray[np.int64]
    starts: NDArray[np.int64]
    opens: NDArray[np.int64]
    closes: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.heads)

    def data(self, first: int, stop: int) -> bytes:
        """Return the main data of frames [first, stop)."""
        return self.main[self.starts[first] : self.starts[stop]]


def channels_of(header: bytes) -> int:
    """Return the number of channels that a header tells: mode '11' is mono (2.4.2.3)."""
    return 1 if header[3] >> 6 == 3 else 2


def walk(data: bytes) -> Places:
    """Find the frames of a stream that holds nothing else and is all of one kind.

    Raises
    ------
    Mp3Error
        At the first place that is no frame, or one of another sample rate or channel count,
        or one that is cut short.
    """
    edges = [0]
    place, last = 0, len(data) - HEADER_BYTES
    while place <= last and (length := _SIZES[data[place + 2]]):
        place += length
        edges.append(place)
    starts, stops = np.array(edges[:-1], np.int64), np.array(edges[1:], np.int64)
    heads = _rows(data, starts, HEADER_BYTES)
    foreign = (heads[:, 0] != 0xFF) | (heads[:, 1] & 0xFE != _SYNC_AND_LAYER)
    kinds = heads[:, 2] & 0x0C | (heads[:, 3] >= 0xC0)
    wrong = np.flatnonzero(foreign | (kinds != kinds[:1]))
    if len(wrong):
        raise _broken(data, edges[wrong[0]])
    if place < len(data):
        raise _broken(data, place)
    if place > len(data):
        raise Mp3Error(f"the frame at byte {edges[-2]} is cut short")
    crcs = np.where(heads[:, 1] & 1, 0, CRC_BYTES)
    before = HEADER_BYTES + SIDE_BYTES[channels_of(data)] if data else 0
    return Places(starts, starts + before + crcs, stops)


def _broken(data: bytes, place: int) -> Mp3Error:
    """Return what is wrong with the frame that is to be at a place."""
    header = data[place : place + HEADER_BYTES]
    if len(header) < HEADER_BYTES or header[0] != 0xFF or header[1] & 0xFE != _SYNC_AND_LAYER:
        return Mp3Error(f"byte {place} of the MP3 stream is not the start of a Layer III frame")
    if not _SIZES[header[2]]:
        return Mp3Error(f"the frame at byte {place} has no legal bit rate or sample rate")
    return Mp3Error(f"the frame at byte {place} is not of the kind of those before it")


def _rows(data: bytes, starts: NDArray[np.int64], width: int) -> NDArray[np.uint8]:
    """Return so many bytes from each place on, a row each."""
    windows: NDArray[np.uint8] = np.ndarray(
        (max(0, len(data) - width + 1), width), np.uint8, data, strides=(1, 1)
    )
    return windows[starts]


def _numbers(side: NDArray[np.uint8], channels: int) -> NDArray[np.int64]:
    """Return what is read of each frame's side information, a column for each number.

    They are `main_data_begin`, and of each channel in the first and then the second granule the
    `part2_3_length`; and then of each of these the window: the switching flag and block type.
    """
    first = _BEFORE_SCFSI_BITS[channels] + _SCFSI_BITS * channels
    granules = first + _GRANULE_BITS * np.arange(2 * channels)
    starts = np.concatenate(([0], granules, granules + _WINDOW_SWITCHING_BIT))
    widths = np.repeat((9, 12, 3), (1, 2 * channels, 2 * channels))
    at, wide = starts // 8, side.astype(np.int64)
    words = wide[:, at] << 16 | wide[:, at + 1] << 8 | wide[:, at + 2]
    numbers: NDArray[np.int64] = words >> 24 - starts % 8 - widths & (1 << widths) - 1
    return numbers


def _mask(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return one bit mask per frame, the first channel in bit 0."""
    mask: NDArray[np.int64] = flags @ (1, 2)[: flags.shape[1]]
    return mask


def _locate(
    places: Places, begins: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return where the main data of each frame begins in the areas, joined.

    Raises
    ------
    Mp3Error
        If it would begin before the stream or in another frame's data, or not end in time.
    """
    ends = np.cumsum(places.stops - places.areas)
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
    if not len(places):
        none = np.zeros(0, np.int64)
        return Strip(np.zeros((0, 0), np.uint8), b"", none, np.zeros(1, np.int64), none, none)
    channels = channels_of(data)
    side = _rows(data, places.areas - SIDE_BYTES[channels], SIDE_BYTES[channels])
    numbers = _numbers(side, channels)
    (back,), needed_bits, first, second = np.split(
        numbers.T, (1, 1 + 2 * channels, 1 + 3 * channels)
    )
    lengths = -(-needed_bits.sum(axis=0) // 8)
    starts = _locate(places, back, lengths)
    if (numbers[:, 1 + 2 * channels :] == _SWITCHED).any():
        raise Mp3Error("a frame of the MP3 stream has a block type that is reserved")
    pairs = zip(places.areas.tolist(), places.stops.tolist(), strict=True)
    areas = b"".join([data[area:stop] for area, stop in pairs])
    # Between stuffed bytes the main data of many frames lies back to back.
    stuffed = np.flatnonzero(starts[1:] != (starts + lengths)[:-1])
    begins = starts[[0, *stuffed + 1]].tolist()
    ends = (starts + lengths)[[*stuffed, -1]].tolist()
    return Strip(
        heads=np.hstack((_rows(data, places.starts, HEADER_BYTES), side)),
        main=b"".join(areas[begin:end] for begin, end in zip(begins, ends, strict=True)),
        lengths=lengths,
        starts=np.concatenate(([0], np.cumsum(lengths))),
        opens=_mask(first.T >= _SWITCHED + 2),
        closes=_mask((second.T == _SWITCHED + 1) | (second.T == _SWITCHED + 2)),
    )


def rehead(
    heads: NDArray[np.uint8],
    bitrate_kbps: int,
    begins: NDArray[np.int64],
    padding: NDArray[np.int64],
) -> NDArray[np.uint8]:
    """Return header and side information of frames that move to other areas.

    Nothing changes but bit rate, padding, `main_data_begin` and the protection bit, which says
    that no CRC follows (2.4.2.3).
    """
    moved = heads.copy()
    moved[:, 1] |= 1
    moved[:, 2] = _RATE_BITS[bitrate_kbps] | heads[:, 2] & 0x0D | padding << 1
    moved[:, 4] = begins >> 1
    moved[:, 5] = (begins & 1) << 7 | heads[:, 5] & 0x7F
    return moved
