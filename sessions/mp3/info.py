"""Write and read the Info frame: the silent first frame that tells players what follows.

Without it players misjudge length, seek badly and play the encoder's delay. Layout: "Xing"
specification (Xing Technologies, VBR header SDK) and "Mp3 info Tag rev 1" (G. Bouvigne, LAME);
checked against what LAME 3.100 writes (VbrTag.c).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from sessions.mp3.crc import crc16
from sessions.mp3.format import (
    ENCODER_DELAY_SAMPLES,
    HEADER_BYTES,
    Mp3Error,
    Mp3Format,
    frame_bytes,
    frame_header,
)

_ENCODER = b"LAME3.100"
"""Who encoded, in 9 bytes; decoders trust the delays only of names that they know."""
_HAS_ALL_FIELDS = 0x0F
_CBR = 1
_XING = struct.Struct(">4sIII100sI")
_LAME = struct.Struct(">9sBB4x2x2xBB3sBBHIH")
_TAG_BYTES = _XING.size + _LAME.size + 2
"""With the longest head, of stereo, 192: the shortest frame of ours, 64 kbit/s at 48 kHz."""
_QUALITY = 55
"""LAME's quality indicator for its default settings: 100 - 10 x 4 - 5."""
_SOURCE_RATE = {32_000: 0, 44_100: 1, 48_000: 2}
_STEREO_MODE = {1: 0, 2: 3}


@dataclass(frozen=True, slots=True)
class Info:
    """What the Info frame says of the stream that it opens.

    Parameters
    ----------
    frames
        Frames of audio, the Info frame not counted.
    stream_bytes
        Length of the Info frame and all frames after it.
    delay_samples, padding_samples
        What a decoder is to drop at both ends, its own delay of 529 samples not counted:
        0 to 4095.
    music_crc
        CRC-16 of all bytes after the Info frame.
    """

    frames: int
    stream_bytes: int
    padding_samples: int
    music_crc: int
    delay_samples: int = ENCODER_DELAY_SAMPLES


def info_bytes(fmt: Mp3Format) -> int:
    """Return the length of the Info frame: that of any other, 192 bytes or more."""
    return frame_bytes(fmt.bitrate_kbps, fmt.sample_rate_hz)


def _seek_table(info: Info, own_bytes: int) -> bytes:
    """Return where each hundredth of the time begins, in 256ths of the bytes.

    It is linear, as the bit rate is constant.
    """
    audio = info.stream_bytes - own_bytes
    places = (own_bytes + audio * percent // 100 for percent in range(100))
    return bytes(min(255, 256 * place // max(1, info.stream_bytes)) for place in places)


def info_frame(fmt: Mp3Format, info: Info) -> bytes:
    """Return the Info frame of a stream."""
    size = info_bytes(fmt)
    xing = _XING.pack(
        b"Info",
        _HAS_ALL_FIELDS,
        info.frames,
        info.stream_bytes,
        _seek_table(info, size),
        _QUALITY,
    )
    delays = (info.delay_samples << 12 | info.padding_samples).to_bytes(3, "big")
    lame = _LAME.pack(
        _ENCODER,
        _CBR,
        0,  # low-pass: not known
        0,  # encoding flags and ATH type: none to tell
        min(255, fmt.bitrate_kbps),
        delays,
        _SOURCE_RATE[fmt.sample_rate_hz] << 6 | _STEREO_MODE[fmt.channels] << 2,
        0,  # gain: unchanged
        0,  # preset: none
        info.stream_bytes,
        info.music_crc,
    )
    head = frame_header(fmt, fmt.bitrate_kbps) + bytes(fmt.head_bytes - HEADER_BYTES)
    frame = head + xing + lame
    return (frame + crc16(frame).to_bytes(2, "big")).ljust(size, b"\0")


def read_info(frame: bytes) -> Info:
    """Return what an Info frame says; the frame begins at the first byte given.

    Raises
    ------
    Mp3Error
        If there is no Info frame with a LAME tag, or the tag's own CRC does not match.
    """
    start = HEADER_BYTES + (17 if len(frame) > 3 and frame[3] >> 6 == 3 else 32)
    end = start + _TAG_BYTES
    if len(frame) < end or frame[start : start + 4] not in {b"Info", b"Xing"}:
        raise Mp3Error("there is no Info frame at the start of the MP3 stream")
    crc = int.from_bytes(frame[end - 2 : end], "big")
    if crc16(frame[: end - 2]) != crc:
        raise Mp3Error("the Info frame of the MP3 stream is damaged: its CRC does not match")
    _, _, frames, stream_bytes, _, _ = _XING.unpack_from(frame, start)
    fields = _LAME.unpack_from(frame, start + _XING.size)
    delays = int.from_bytes(fields[5], "big")
    return Info(frames, stream_bytes, delays & 0xFFF, fields[10], delays >> 12)
