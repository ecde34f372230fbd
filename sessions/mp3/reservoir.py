"""Pack frames into a new stream: a slot for each, and main data as early as the reservoir lets it.

Frames keep their bits; only where their main data lies is decided anew. So a frame from another
encoder run needs no room made for it in front, as long as the reservoir that this stream has
saved is at least what that run needs from there on. Every slot is one of the stream's bit rate:
programs that reckon a length from the bit rate believe what a single frame says.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from sessions.mp3.format import Mp3Format, frame_bytes
from sessions.mp3.frames import rehead

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sessions.mp3.frames import Strip

MOST_BACK_BYTES = 511
"""What the 9 bits of `main_data_begin` can say (ISO/IEC 11172-3, 2.4.2.7)."""
_DECODER_BUFFER_BYTES = 1920
"""A frame and its reservoir together, as LAME bounds them (`MDB_MAXIMUM`: 15,360 bits)."""


@dataclass(frozen=True, slots=True)
class PackerState:
    """All that decides how the next frames are packed.

    `debt` is what the stream is longer than its bit rate would make it, in bytes times its sample
    rate: a whole number.
    """

    spare: int
    debt: int
    heads: bytes
    areas: tuple[int, ...]
    main: bytes


def needs(lengths: NDArray[np.int64], area_bytes: float) -> NDArray[np.float64]:
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
    sums = np.cumsum(lengths[::-1] - area_bytes)
    held = sums - np.minimum(np.minimum.accumulate(sums), 0.0)
    return np.append(held[::-1], 0.0)


def spares(spare: float, gains: NDArray[Any], most_back: int) -> NDArray[Any]:
    """Return the reservoir before each frame and after the last, of which `most_back` is kept.

    Parameters
    ----------
    gains
        What each frame has room for and does not need, in bytes.
    """
    # Like `needs`, a walk that is held: its sum and the least that it was ever held down to.
    sums = np.cumsum(np.append(0, gains))
    held = np.minimum(min(spare, most_back), most_back - np.maximum.accumulate(sums))
    return np.append(spare, held[:-1] + sums[1:])


class Packer:
    """Pack frames one after the other; give bytes as soon as they are complete.

    Frames differ in length by their padding alone (2.4.3.1), a byte wherever the stream would be
    shorter than its bit rate.
    """

    def __init__(self, fmt: Mp3Format) -> None:
        self._bitrate_kbps = fmt.bitrate_kbps
        self._head_bytes = fmt.head_bytes
        self._rate_hz = fmt.sample_rate_hz
        self._ideal = 144_000 * fmt.bitrate_kbps
        self._size = frame_bytes(fmt.bitrate_kbps, fmt.sample_rate_hz)
        self.area_bytes = self._ideal / self._rate_hz - self._head_bytes
        self.most_back = min(MOST_BACK_BYTES, _DECODER_BUFFER_BYTES - self._size)
        self._spare = 0
        self._debt = 0
        self._heads = b""
        self._areas: list[int] = []
        self._main = b""

    @property
    def spare(self) -> int:
        """Bytes of reservoir: what is free in the slots of frames that were added."""
        return self._spare

    @property
    def state(self) -> PackerState:
        """What is to be equal for the same frames to give the same bytes."""
        return PackerState(self._spare, self._debt, self._heads, tuple(self._areas), self._main)

    def round_debt(self) -> None:
        """Forget the fraction of a byte, so that a block that is repeated repeats its bytes."""
        self._debt = round(self._debt / self._rate_hz) * self._rate_hz

    def add(self, strip: Strip, first: int, stop: int) -> bytes:
        """Add frames [first, stop) of a strip; return complete bytes.

        Raises
        ------
        ValueError
            If the reservoir lacks what one of them needs.
        """
        padding = self._padding(stop - first)
        areas = self._size - self._head_bytes + padding
        free = spares(self._spare, areas - strip.lengths[first:stop], self.most_back)
        if free.min() < 0:
            msg = f"a frame lacks {-free.min()} bytes of reservoir"
            raise ValueError(msg)
        begins = np.minimum(free[:-1], self.most_back)
        self._heads += rehead(
            strip.heads[first:stop], self._bitrate_kbps, begins, padding
        ).tobytes()
        self._areas += areas.tolist()
        stuffing = free[:-1] - begins
        parts, at = [self._main], first
        for index in np.flatnonzero(stuffing).tolist():
            parts += (strip.data(at, first + index), bytes(int(stuffing[index])))
            at = first + index
        self._main = b"".join((*parts, strip.data(at, stop)))
        self._spare = int(free[-1])
        return self._complete()

    def finish(self) -> bytes:
        """Fill what is free with zeros and return the rest of the stream."""
        self._main += bytes(self._spare)
        self._spare = 0
        return self._complete()

    def _padding(self, frames: int) -> NDArray[np.int64]:
        """Return which of the next frames are padded, and count them in the debt."""
        lag = self._ideal - self._size * self._rate_hz
        before = self._debt - lag * np.arange(frames)
        padding = np.diff(np.maximum(0, -(before // self._rate_hz)), prepend=0)
        self._debt += int(padding.sum()) * self._rate_hz - frames * lag
        return padding

    def _complete(self) -> bytes:
        """Take the frames out whose area is full."""
        ends = list(accumulate(self._areas))
        count = bisect_right(ends, len(self._main))
        heads, main, size = self._heads, self._main, self._head_bytes
        places = pairwise((0, *ends[:count]))
        done = [
            part
            for head, (area, end) in zip(range(0, count * size, size), places, strict=True)
            for part in (heads[head : head + size], main[area:end])
        ]
        self._heads, self._areas = heads[count * size :], self._areas[count:]
        self._main = main[ends[count - 1] if count else 0 :]
        return b"".join(done)
