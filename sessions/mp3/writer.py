"""Write a whole MP3 file: tag, Info frame, audio, and the Info frame again once all is known."""

from __future__ import annotations

from typing import BinaryIO

from sessions.mp3.crc import crc16
from sessions.mp3.encoder import BLOCK_SAMPLES, Read, encode_plain
from sessions.mp3.format import Mp3Format, frames_for, padding_for
from sessions.mp3.info import Info, info_bytes, info_frame


def write_mp3(
    out: BinaryIO,
    read: Read,
    length_samples: int,
    fmt: Mp3Format,
    *,
    tag: bytes = b"",
    block_samples: int = BLOCK_SAMPLES,
) -> Info:
    """Write an MP3 that decodes to exactly the samples [0, length_samples).

    Parameters
    ----------
    out
        A seekable binary file, written from where it stands; left at its end.
    read
        Where the samples come from.
    length_samples
        At least 1.
    fmt
        The shape of the stream.
    tag
        ID3v2 bytes to put in front.
    block_samples
        Samples read at a time; it changes no byte.

    Returns
    -------
    Info
        What the Info frame says.
    """
    if length_samples < 1:
        msg = f"an MP3 has at least one sample, not {length_samples}"
        raise ValueError(msg)
    out.write(tag)
    start = out.tell()
    size = info_bytes(fmt)
    out.write(bytes(size))
    crc, audio_bytes = 0, 0
    for data in encode_plain(read, length_samples, fmt, block_samples=block_samples):
        out.write(data)
        crc = crc16(data, crc)
        audio_bytes += len(data)
    info = Info(frames_for(length_samples), size + audio_bytes, padding_for(length_samples), crc)
    out.seek(start)
    out.write(info_frame(fmt, info))
    out.seek(0, 2)
    return info
