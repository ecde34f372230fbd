"""Fuzz the reading of MP3 bytes with coverage: Info frames, streams taken apart and packed again.

    pip install atheris
    python fuzz/mp3.py -max_total_time=600 fuzz/corpus_mp3

Any exception but an `Mp3Error`, and any stream that has other main data after it was packed anew,
is a finding. The corpus begins with one small file per kind of stream; what the fuzzer adds to it
need not be kept.
"""

from __future__ import annotations

import sys
from contextlib import suppress

import atheris

with atheris.instrument_imports(include=["sessions.mp3"]):
    from sessions.mp3.format import (
        BITRATES_KBPS,
        SAMPLE_RATES_HZ,
        Mp3Error,
        Mp3Format,
        frame_bytes,
        frame_header,
    )
    from sessions.mp3.frames import channels_of, take_apart, walk
    from sessions.mp3.info import read_info
    from sessions.mp3.splice import Piece, Splicer

FRAMED = Mp3Format(64, 1, 48_000)


def kind_of(data: bytes) -> Mp3Format:
    """Return a format of the stream's own kind, at a legal bit rate of ours."""
    rate = BITRATES_KBPS[(data[2] >> 4) - 1]
    return Mp3Format(max(64, rate), channels_of(data), SAMPLE_RATES_HZ[data[2] >> 2 & 3])


def framed(data: bytes) -> bytes:
    """Return frames with sound headers, mono at 64 kbit/s and 48 kHz, of whatever is inside."""
    header, size = frame_header(FRAMED, 64), frame_bytes(64, 48_000)
    inside = size - len(header)
    parts = (data[start : start + inside] for start in range(0, len(data), inside))
    return b"".join(header + part.ljust(inside, b"\0") for part in parts)


def one(data: bytes) -> None:
    """Try one input, as an Info frame and as a stream.

    Its first byte says where a seam is, and whether the headers are taken as they are.
    """
    first, data = data[0] if data else 0, data[1:]
    if first > 0x7F:
        data = framed(data)
    with suppress(Mp3Error):
        read_info(data)
    try:
        strip = take_apart(data)
    except Mp3Error:
        return
    assert len(strip) == len(walk(data))  # noqa: S101 - a fuzzer's finding is an assertion
    if not data:
        return
    seam = min(first & 0x7F, len(strip))
    splicer = Splicer(kind_of(data))
    try:
        packed = splicer.add(Piece(strip, 0, 0)) + splicer.advance(seam)
        packed += splicer.advance(len(strip)) + splicer.finish()
    except ValueError:
        return
    again = take_apart(packed)
    assert again.main == strip.main  # noqa: S101 - as above
    assert again.lengths.tolist() == strip.lengths.tolist()  # noqa: S101 - as above


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
