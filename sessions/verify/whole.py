"""Tell whether a WAV or an Ogg file is all there: decoders read a part of one without a word.

FLAC and MP3 need no such look: samples that FLAC promises are missed when it is decoded, and
`stream.py` counts the frames of MP3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK_HEAD = 8
_RIFF_HEAD = 12
_UNKNOWN_BYTES = 0xFFFFFFFF
"""Written by who does not know the size yet; RF64 has it in a chunk of its own then."""
_DS64_SIZES = 16
_PAGE_HEAD = 27
_LONGEST_PAGE = _PAGE_HEAD + 255 + 255 * 255
"""RFC 3533, 6: a page has at most 255 segments, each of at most 255 bytes."""
_LAST_PAGE = 4
"""The flag in a page's head: its logical stream ends here."""


def cut_short(path: Path) -> str:
    """Return in words that a file ends before its sound does; empty if it does not, or may not."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(0)
        head = file.read(_RIFF_HEAD)
        if head[:4] in {b"RIFF", b"RF64"}:
            return _wav(file, size)
        return _ogg(file, size) if head[:4] == b"OggS" else ""


def _wav(file: BinaryIO, size: int) -> str:
    """Hold the size that the `data` chunk tells against that of the file (EBU Tech 3306)."""
    long_bytes = 0
    place = _RIFF_HEAD
    while place + _CHUNK_HEAD <= size:
        file.seek(place)
        head = file.read(_CHUNK_HEAD)
        told = int.from_bytes(head[4:], "little")
        if head[:4] == b"ds64":  # the sizes of the file and of `data`, 8 bytes each
            long_bytes = int.from_bytes(file.read(_DS64_SIZES)[8:], "little")
        if head[:4] == b"data":
            told = long_bytes if told == _UNKNOWN_BYTES else told
            missing = place + _CHUNK_HEAD + told - size
            return f"the file is cut short, {missing} bytes of sound are missing" * (missing > 0)
        place += _CHUNK_HEAD + told + told % 2  # chunks begin at even bytes
    return ""


def _ogg(file: BinaryIO, size: int) -> str:
    """Look for the page that ends the stream, whole, as the last one (RFC 3533, 6)."""
    file.seek(max(0, size - _LONGEST_PAGE))
    end = file.read()
    page = end[max(0, end.rfind(b"OggS")) :]
    segments = page[_PAGE_HEAD : _PAGE_HEAD + page[26]] if len(page) >= _PAGE_HEAD else b""
    whole = len(page) >= _PAGE_HEAD + len(segments) + sum(segments)
    if whole and segments and page[5] & _LAST_PAGE:
        return ""
    return "the file is cut short, the last page of the stream is missing"
