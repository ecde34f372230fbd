"""Pack frames into a new stream: a slot for each, and main data as early as the reservoir lets it.

Frames keep their bits; only where their main data lies is decided anew. So a frame from another
encoder run needs no room made for it in front, as long as the reservoir that this stream has
saved is at least what the frame's own run had saved. Where it is not, the frame gets a larger
slot (a higher bit rate in its header, which every decoder reads), and later frames that can spare
it get smaller ones until the stream is back at its constant bit rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sessions.mp3.format import BITRATES_KBPS, Mp3Format, frame_bytes
from sessions.mp3.frames import rehead

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sessions.mp3.frames import Strip

MOST_BACK_BYTES = 511
"""What the 9 bits of `main_data_begin` can say (ISO/IEC 11172-3, 2.4.2.7)."""
_DECODER_BUFFER_BYTES = 1920
"""A frame and its reservoir together, as LAME bounds them (`MDB_MAXIMUM`: 15,360 bits)."""
_KEPT_BYTES = 128
"""Reservoir that is not given away to make up for larger slots: the next seam needs some."""
_FRAMES_EARLY = 1.27
"""By how many frames FFmpeg's demuxer lands early, on average, where a frame needs no reservoir."""
_UNPADDED_BYTES = 40
"""What frames that save bytes lack against the mean, on which `needs` reckons: they are not padded,
so that each of the next ones, of which an end has 38, may have a byte less."""

Rate = tuple[int, int]
"""A bit rate in kbit/s and the length of its unpadded frame in bytes."""


class NoRoomError(Exception):
    """A frame does not fit, and there is no higher bit rate: only ever at 320 kbit/s."""


@dataclass(frozen=True, slots=True)
class PackerState:
    """All that decides how the next frames are packed.

    `debt` is what the stream is longer than its bit rate and its lead would make it, in bytes times
    its sample rate: a whole number.
    """

    leads: bool
    spare: int
    debt: int
    heads: tuple[tuple[bytes, int], ...]
    main: bytes


def lead_slot(fmt: Mp3Format) -> Rate:
    """Return the slot of the first frame, which puts all others further back in the file.

    A player that jumps to a share of the bytes can play only what has its reservoir: at low bit
    rates the first frames after a jump have not, and what is heard is from later than was asked
    (measured in Chromium, mean of 40 places: 1.4 frames at 64 kbit/s, 0.6 at 96, none at 128).
    So the first frame, in which nothing is heard yet, is that much larger.
    """
    area_bytes = 144_000 * fmt.bitrate_kbps / fmt.sample_rate_hz - fmt.head_bytes
    late_frames = MOST_BACK_BYTES / area_bytes - _FRAMES_EARLY
    own = frame_bytes(fmt.bitrate_kbps, fmt.sample_rate_hz)
    slots = [(rate, frame_bytes(rate, fmt.sample_rate_hz)) for rate in BITRATES_KBPS]
    larger = [slot for slot in slots if own <= slot[1] <= _DECODER_BUFFER_BYTES]
    return min(larger, key=lambda slot: abs(slot[1] - own - late_frames * own))


def needs(lengths: Sequence[int], area_bytes: float) -> tuple[float, ...]:
    """Return the reservoir that frames need: before each of them, for it and all that follow.

    One number more than there are frames; the last is 0.

    Parameters
    ----------
    lengths
        Bytes of main data of each frame.
    area_bytes
        Room for main data in a frame at constant bit rate, on average.
    """
    # Backwards it is a walk that is held at zero: its sum less the lowest that the sum has been.
    sums = np.cumsum(np.asarray(lengths[::-1], float) - area_bytes)
    held = sums - np.minimum(np.minimum.accumulate(sums), 0.0)
    return (*held[::-1].tolist(), 0.0)


class Packer:
    """Pack frames one after the other; give bytes as soon as they are complete.

    Parameters
    ----------
    fmt
        The stream's format; its bit rate is kept on average.
    leads
        Whether the first frame has the slot of `lead_slot`.
    """

    def __init__(self, fmt: Mp3Format, *, leads: bool = False) -> None:
        self._head_bytes = fmt.head_bytes
        self._rate_hz = fmt.sample_rate_hz
        self._ideal = 144_000 * fmt.bitrate_kbps
        rates = [(rate, frame_bytes(rate, fmt.sample_rate_hz)) for rate in BITRATES_KBPS]
        base = BITRATES_KBPS.index(fmt.bitrate_kbps)
        self._base = rates[base]
        self._higher = rates[base + 1 :]
        self._lower = rates[:base]
        nearest = rates[max(0, base - 1)][1]
        self._least_saving = (self._base[1] - nearest) * self._rate_hz
        self._pads = self._ideal % self._rate_hz != 0
        self._most_back = tuple(
            min(MOST_BACK_BYTES, _DECODER_BUFFER_BYTES - self._base[1] - padded)
            for padded in (False, True)
        )
        self.area_bytes = self._ideal / self._rate_hz - self._head_bytes
        self._lead = lead_slot(fmt) if leads else None
        self._lead_bytes = self._lead[1] - self._base[1] if self._lead else 0
        self._spare = 0
        self._debt = 0
        self._kept = _KEPT_BYTES
        self._heads: list[tuple[bytes, int]] = []
        self._main: list[bytes] = []

    @property
    def spare(self) -> int:
        """Bytes of reservoir: what is free in the slots of frames that were added."""
        return self._spare

    @property
    def can_raise(self) -> bool:
        """Whether a frame can be given a larger slot."""
        return bool(self._higher)

    @property
    def state(self) -> PackerState:
        """What is to be equal for the same frames to give the same bytes."""
        leads = self._lead is not None
        return PackerState(leads, self._spare, self._debt, tuple(self._heads), b"".join(self._main))

    def round_debt(self) -> None:
        """Forget the fraction of a byte, so that a block that is repeated repeats its bytes."""
        self._debt = round(self._debt / self._rate_hz) * self._rate_hz

    def save_at_end(self, surplus_bytes: float) -> None:
        """Give the frames from here on, the last, smaller slots to save so many, and the lead."""
        self._debt += round((surplus_bytes + self._lead_bytes) * self._rate_hz)
        self._kept = 0

    def add(self, strip: Strip, needed: Sequence[float], indices: Iterable[int]) -> bytes:
        """Add frames of a strip; `needed` is what `needs` says of it. Return complete bytes."""
        for index in indices:
            self._place(strip.heads[index], strip.data(index), needed[index + 1])
        return self._complete()

    def finish(self) -> bytes:
        """Fill what is free with zeros and return the rest of the stream."""
        self._main.append(bytes(self._spare))
        self._spare = 0
        return self._complete()

    def _place(self, head: bytes, data: bytes, needed_after: float) -> None:
        length, spare = len(data), self._spare
        bitrate, size = self._base
        padding = self._pads and self._debt < 0
        size += padding
        most = self._most_back[padding]
        begin = min(most, spare)
        # Nearly every frame fits the slot that is its own, with nothing to make up for.
        if begin + size - self._head_bytes < length or self._debt >= self._least_saving:
            bitrate, size, padding = self._slot(length, needed_after)
            begin = min(spare, MOST_BACK_BYTES, _DECODER_BUFFER_BYTES - size)
        if self._lead is not None:
            if size < self._lead[1]:
                bitrate, size, padding = *self._lead, False
            self._debt -= self._lead_bytes * self._rate_hz
            self._lead = None
        if begin < spare:
            self._main.append(bytes(spare - begin))
        area = size - self._head_bytes
        self._heads.append((rehead(head, bitrate, begin, padding=padding), area))
        self._main.append(data)
        self._spare = begin + area - length
        self._debt += size * self._rate_hz - self._ideal

    def _room(self, size: int) -> int:
        """Return the bytes that main data can have where the frame's length is `size`."""
        back = min(self._spare, MOST_BACK_BYTES, _DECODER_BUFFER_BYTES - size)
        return back + size - self._head_bytes

    def _slot(self, length: int, needed_after: float) -> tuple[int, int, bool]:
        """Return bit rate, length and padding of the frame that gets so much main data."""
        bitrate, size = self._base
        if self._debt < 0 and self._pads:
            size += 1
        if self._room(size) < length:
            return self._raised(length)
        keep = length + max(needed_after + _UNPADDED_BYTES, self._kept)
        for lower, smaller in self._lower:
            saved = (size - smaller) * self._rate_hz
            if saved <= self._debt and self._room(smaller) >= keep:
                return lower, smaller, False
        return bitrate, size, size > self._base[1]

    def _raised(self, length: int) -> tuple[int, int, bool]:
        """Return the smallest slot with room for so much main data."""
        for bitrate, size in [self._base, *self._higher]:
            for padding in (False, True):
                if self._room(size + padding) >= length:
                    return bitrate, size + padding, padding
        raise NoRoomError

    def _complete(self) -> bytes:
        """Take the frames out whose area is full."""
        main = b"".join(self._main)
        done: list[bytes] = []
        place, count, size = 0, 0, len(main)
        for head, area in self._heads:
            if place + area > size:
                break
            done += (head, main[place : place + area])
            place += area
            count += 1
        del self._heads[:count]
        self._main = [main[place:]]
        return b"".join(done)
