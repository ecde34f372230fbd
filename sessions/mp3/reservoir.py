"""Pack frames into a new stream: a slot for each, and main data as early as the reservoir lets it.

Frames keep their bits; only where their main data lies is decided anew. So a frame from another
encoder run needs no room made for it in front, as long as the reservoir that this stream has
saved is at least what that run needs from there on. Every slot is one of the stream's bit rate:
programs that reckon a length from the bit rate believe what a single frame says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sessions.mp3.format import Mp3Format, frame_bytes
from sessions.mp3.frames import rehead

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    heads: tuple[tuple[bytes, int], ...]
    main: bytes


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
        self._heads: list[tuple[bytes, int]] = []
        self._main: list[bytes] = []

    @property
    def spare(self) -> int:
        """Bytes of reservoir: what is free in the slots of frames that were added."""
        return self._spare

    @property
    def state(self) -> PackerState:
        """What is to be equal for the same frames to give the same bytes."""
        return PackerState(self._spare, self._debt, tuple(self._heads), b"".join(self._main))

    def round_debt(self) -> None:
        """Forget the fraction of a byte, so that a block that is repeated repeats its bytes."""
        self._debt = round(self._debt / self._rate_hz) * self._rate_hz

    def add(self, strip: Strip, indices: Iterable[int]) -> bytes:
        """Add frames of a strip; return complete bytes.

        Raises
        ------
        ValueError
            If the reservoir lacks what one of them needs.
        """
        for index in indices:
            self._place(strip.heads[index], strip.data(index))
        return self._complete()

    def finish(self) -> bytes:
        """Fill what is free with zeros and return the rest of the stream."""
        self._main.append(bytes(self._spare))
        self._spare = 0
        return self._complete()

    def _place(self, head: bytes, data: bytes) -> None:
        padding = self._debt < 0
        size = self._size + padding
        area = size - self._head_bytes
        begin = min(self.most_back, self._spare)
        free = begin + area - len(data)
        if free < 0:
            msg = f"a frame lacks {-free} bytes of reservoir"
            raise ValueError(msg)
        self._main += (bytes(self._spare - begin), data)
        self._heads.append((rehead(head, self._bitrate_kbps, begin, padding=padding), area))
        self._spare = free
        self._debt += size * self._rate_hz - self._ideal

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
