"""Make an MPEG stream that a decoder reads to its end, of one that it may misjudge.

Without an Info frame libsndfile guesses the length from the first frame's bit rate, and reads no
further than its guess; at bytes that are no frame it gives up. So such a file is copied, its frames
only, behind an Info frame that counts them. To reach the end of a night it looks at every frame
before; so hours that are not to be read are left out of a copy.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sessions.mp3.format import HEADER_BYTES
from sessions.verify.stream import info_frame, recounted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sessions.verify.stream import Again, Stream

_CHUNK_BYTES = 1 << 20
INFO_BYTES = 64
"""Enough to hold the counts of an Info frame."""


@contextmanager
def decodable(path: Path, stream: Stream | None, without: Sequence[Again] = ()) -> Iterator[Path]:
    """Give the path of a file that decodes to all that is in this one, for as long as needed.

    `without` are stretches of a stream without faults to leave out, in order.
    """
    if stream is None or (stream.counted and not stream.faults and not without):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="sessions-") as folder:
        copy = Path(folder) / "copy.mp3"
        with path.open("rb") as source, copy.open("wb") as file:
            source.seek(stream.pieces[0][0])
            pieces = list(stream.pieces)
            if without:
                frames = sum(again.frames for again in without)
                size = sum(again.stop - again.start for again in without)
                file.write(recounted(source.read(INFO_BYTES), frames, size))
                pieces = between(pieces[0][0] + INFO_BYTES, pieces[0][1], without)
            elif stream.layer == 3:
                file.write(info_frame(source.read(HEADER_BYTES), 0, stream.frames))
            for start, stop in pieces:
                source.seek(start)
                for place in range(start, stop, _CHUNK_BYTES):
                    file.write(source.read(min(_CHUNK_BYTES, stop - place)))
        yield copy


def between(start: int, stop: int, without: Sequence[Again]) -> list[tuple[int, int]]:
    """Return what of the bytes [start, stop) is left without some stretches."""
    edges = [start, *(edge for again in without for edge in (again.start, again.stop)), stop]
    return list(zip(edges[::2], edges[1::2], strict=True))
