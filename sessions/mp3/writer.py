"""Write a whole MP3 file: tag, Info frame, audio, and the Info frame again once all is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from sessions.mp3.crc import crc16, repeat_crc, shift_crc
from sessions.mp3.encoder import BLOCK_SAMPLES, Read, encode_plain
from sessions.mp3.engine import Chunk, Reuse, encode_spliced
from sessions.mp3.format import Mp3Format, frames_for, padding_for
from sessions.mp3.info import Info, info_bytes, info_frame
from sessions.mp3.splice import NoRoomError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sessions.mp3.plan import Repeat

_WRITE_BYTES = 1 << 20
"""About what is written at once; Linux (6.18, ext4) takes three times as long for 8 MB at once."""


def write_mp3(
    out: BinaryIO,
    read: Read,
    length_samples: int,
    fmt: Mp3Format,
    *,
    tag: bytes = b"",
    jobs: int = 1,
    repeats: Sequence[Repeat] = (),
    reuse: Reuse | None = None,
) -> Info:
    """Write an MP3 that decodes to exactly the samples [0, length_samples).

    Only what is unique is encoded, on all threads that are given; the rest is copied.

    Parameters
    ----------
    out
        A seekable binary file, written from where it stands to its end.
    read
        Where the samples come from; called from `jobs` threads.
    length_samples
        At least 1.
    fmt
        The shape of the stream.
    tag
        ID3v2 bytes to put in front.
    jobs
        Threads that encode, at least 1; it changes no byte.
    repeats
        Where the input is known to repeat; not overlapping.
    reuse
        Where encoded segments are looked for, and kept for the next time.

    Returns
    -------
    Info
        What the Info frame says.
    """
    start = out.tell()
    across: set[int] = set()
    while True:
        chunks = encode_spliced(
            read, length_samples, fmt, jobs=jobs, repeats=repeats, reuse=reuse, across=across
        )
        try:
            return _write(out, chunks, length_samples, fmt, tag)
        except NoRoomError as lack:
            # Each round takes a seam away, and one encoder from start to end fits itself.
            across.add(lack.seam)
            out.seek(start)
            out.truncate()


def write_plain_mp3(
    out: BinaryIO,
    read: Read,
    length_samples: int,
    fmt: Mp3Format,
    *,
    tag: bytes = b"",
    block_samples: int = BLOCK_SAMPLES,
) -> Info:
    """Write the same file through one encoder: the reference that `write_mp3` is judged by.

    Parameters are those of `write_mp3`; `block_samples` are read at a time and change no byte.
    """
    data = encode_plain(read, length_samples, fmt, block_samples=block_samples)
    return _write(out, ((block, 1) for block in data), length_samples, fmt, tag)


def _write(
    out: BinaryIO, chunks: Iterable[Chunk], length_samples: int, fmt: Mp3Format, tag: bytes
) -> Info:
    """Write tag, Info frame and chunks, and then the Info frame again."""
    if length_samples < 1:
        msg = f"an MP3 has at least one sample, not {length_samples}"
        raise ValueError(msg)
    out.write(tag)
    start = out.tell()
    own = info_bytes(fmt)
    out.write(bytes(own))
    crc, size = 0, own
    for data, times in chunks:
        _write_again(out, data, times)
        length = len(data) * times
        crc = shift_crc(crc, length) ^ repeat_crc(crc16(data), len(data), times)
        size += length
    info = Info(frames_for(length_samples), size, padding_for(length_samples), crc)
    out.seek(start)
    out.write(info_frame(fmt, info))
    out.seek(0, 2)
    return info


def _write_again(out: BinaryIO, data: bytes, times: int) -> None:
    """Write some bytes so many times."""
    many = max(1, min(times, _WRITE_BYTES // max(1, len(data))))
    block = memoryview(data * many)
    parts = [block[at : at + _WRITE_BYTES] for at in range(0, len(block), _WRITE_BYTES)]
    for _ in range(times // many):
        out.writelines(parts)
    out.write(data * (times % many))
