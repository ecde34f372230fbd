"""Make an MPEG stream that a decoder reads to its end, of one that it may misjudge.

Without an Info frame libsndfile guesses the length from the first frame's bit rate, and reads no
further than its guess; at bytes that are no frame it gives up. So such a file is copied, its frames
only, behind an Info frame that counts them.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sessions.mp3.format import HEADER_BYTES
from sessions.verify.stream import info_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.verify.stream import Stream

_CHUNK_BYTES = 1 << 20


@contextmanager
def decodable(path: Path, stream: Stream | None) -> Iterator[Path]:
    """Give the path of a file that decodes to all that is in this one, for as long as needed."""
    if stream is None or (stream.counted and not stream.faults):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="sessions-") as folder:
        copy = Path(folder) / "copy.mp3"
        with path.open("rb") as source, copy.open("wb") as file:
            if stream.layer == 3:
                source.seek(stream.pieces[0][0])
                file.write(info_frame(source.read(HEADER_BYTES), 0, stream.frames))
            for start, stop in stream.pieces:
                source.seek(start)
                for place in range(start, stop, _CHUNK_BYTES):
                    file.write(source.read(min(_CHUNK_BYTES, stop - place)))
        yield copy
