"""Walk the frames of any MPEG audio stream, and say what players may trip over.

Layers II and III of MPEG-1, 2 and 2.5, at constant or variable bit rate, with whatever tags are
around them (ID3v1, ID3v2, APE, Lyrics3). Clauses are of ISO/IEC 11172-3 and
13818-3; `mp3/frames.py` reads our own streams more strictly.
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sessions.sounds.base import PERIOD_FRAMES

if TYPE_CHECKING:
    from pathlib import Path

    Bytes = bytes | mmap.mmap

_LAYER_3, _LAYER_2 = 1, 2
_KBPS = {
    (True, _LAYER_3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (True, _LAYER_2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (False, _LAYER_3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, _LAYER_2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""By whether it is MPEG-1, and layer: what `bitrate_index` 1 to 14 says (2.4.2.3)."""
_RATES_HZ = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
"""By the two bits of the version: MPEG-1, MPEG-2, MPEG-2.5."""
_MOST_FAULTS = 5
_LONGEST_FRAME = 2881
_LANDMARK_FRAMES = PERIOD_FRAMES
"""The period of our beds; any number of frames would do, this one finds them at once."""
_LANDMARK_BYTES = 64
_LONGEST_BLOCK = 1 << 24
_CERTAIN = 3
"""Frames in a row that make a first sync sure: two header bytes occur in any data."""
_LONGEST_JUNK = 1 << 16
OTHER_HEADS = {b"RIFF", b"RF64", b"fLaC", b"OggS", b"FORM", b"caff", b".snd", b"riff"}
"""What files begin with that are no MPEG stream, though two bytes in them may look like one."""
_ID3V2_HEAD, _ID3V1, _APE_FOOTER = 10, 128, 32


@dataclass(frozen=True, slots=True)
class Kind:
    """What all frames of a stream share, in the second and third byte of their headers."""

    rate_hz: int
    samples_per_frame: int
    layer: int


@dataclass(frozen=True, slots=True)
class Again:
    """Bytes [start, stop) of frames [frame, frame + frames) that repeat the block before them."""

    frame: int
    frames: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Stream:
    """What was found: `faults` in words, empty for a stream that every player reads to its end.

    `pieces` are the bytes [start, stop) that hold frames back to back, without an Info frame that
    may be wrong; `counted` tells whether one says how many frames there are. `layer` is 2 or 3.
    `repeats` are long stretches that are copies of what is in front of them, byte for byte.
    """

    frames: int
    layer: int
    bitrate_kbps: float
    counted: bool
    pieces: tuple[tuple[int, int], ...]
    faults: tuple[str, ...]
    repeats: tuple[Again, ...] = ()


def _frame(second: int, third: int) -> tuple[int, Kind] | None:
    """Return the length and kind of a frame by two bytes of its header, None if it has none."""
    version, layer = second >> 3 & 3, second >> 1 & 3
    index, sampling = third >> 4, third >> 2 & 3
    if second < 0xE0 or version == 1 or layer not in {1, 2} or index in {0, 15} or sampling == 3:
        return None
    rate_hz = _RATES_HZ[version][sampling]
    half = layer == _LAYER_3 and version != 3
    kbps = _KBPS[version == 3, layer][index - 1]
    length = (72_000 if half else 144_000) * kbps // rate_hz + (third >> 1 & 1)
    return length, Kind(rate_hz, 576 if half else 1152, 4 - layer)


_FRAMES = {
    second << 8 | third: frame
    for second in range(0xE0, 0x100)
    for third in range(256)
    if (frame := _frame(second, third))
}


def walk_file(path: Path) -> Stream | None:
    """Walk the frames of a file, None if it holds no MPEG audio; see `walk`."""
    with path.open("rb") as file:
        if not file.seek(0, 2):
            return None
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return walk(data)


def walk(data: Bytes) -> Stream | None:
    """Walk from frame to frame through a whole stream; None if there is none.

    A place where no frame is where one must be is a fault, and so is a last frame that is cut
    short, and an Info or Xing frame that counts other frames or bytes than there are. Zeros that
    fill a gap, and tags, are not.
    """
    start, stop = _after_tags(data), _before_tags(data)
    faults: list[str] = []
    if data[start : start + 4] in OTHER_HEADS:
        return None
    first = _sync(data, start, min(stop, start + _LONGEST_JUNK), None, _CERTAIN)
    if first is None:
        return None
    if any(data[start:first]):
        faults.append(f"{first - start} bytes before the first frame are none of a stream")
    kind = _FRAMES[data[first + 1] << 8 | data[first + 2]][1]
    frames, pieces, repeats = _march(data, first, stop, kind, faults)
    promise = _promised(data, first)
    if promise:
        frames -= 1
        repeats = [replace(again, frame=again.frame - 1) for again in repeats]
        faults += _broken_promises(promise, frames, pieces[-1][1] - first)
    seconds = max(1, frames + bool(promise)) * kind.samples_per_frame / kind.rate_hz
    size = sum(end - begin for begin, end in pieces)
    counted = promise is not None and promise[0] is not None
    if promise and faults:
        pieces[0] = (first + _FRAMES[data[first + 1] << 8 | data[first + 2]][0], pieces[0][1])
    bitrate_kbps = size * 8 / seconds / 1000
    return Stream(
        frames, kind.layer, bitrate_kbps, counted, tuple(pieces), tuple(faults), tuple(repeats)
    )


def info_frame(data: Bytes, first: int, frames: int) -> bytes:
    """Return an Info frame that counts the frames of a stream that begins at `first`."""
    second, third, fourth = data[first + 1] | 1, data[first + 2] & 0x0C | 0x80, data[first + 3]
    size, _ = _FRAMES[second << 8 | third]
    head = bytes((0xFF, second, third, fourth)) + bytes(_side_bytes(data, first))
    return (head + b"Info" + struct.pack(">2I", 1, frames)).ljust(size, b"\0")


def recounted(info: bytes, frames: int, size: int) -> bytes:
    """Return an Info frame, which has both counts, that counts less; delays stay as they are."""
    place = 4 + _side_bytes(info, 0) + 8
    counts = struct.unpack_from(">2I", info, place)
    fewer = struct.pack(">2I", counts[0] - frames, counts[1] - size)
    return info[:place] + fewer + info[place + 8 :]


def _march(
    data: Bytes, position: int, stop: int, kind: Kind, faults: list[str]
) -> tuple[int, list[tuple[int, int]], list[Again]]:
    """Go from frame to frame; return their number, the bytes where they stand, and repeats."""
    frames = 0
    begin = position
    pieces: list[tuple[int, int]] = []
    landmarks: dict[bytes, tuple[int, int]] = {}
    repeats: list[Again] = []
    lookup = {
        b"\xff" + key.to_bytes(2): length
        for key, (length, other) in _FRAMES.items()
        if other == kind
    }
    while position + 4 <= stop:
        length = lookup.get(data[position : position + 3])
        if length:
            if position + length > stop:
                faults.append(f"the last frame is cut short, {_at(frames, kind)}")
                break
            frames += 1
            position += length
            if frames % _LANDMARK_FRAMES == 0:
                again = _repeated(data, position, stop, frames, landmarks)
                if again.frames:
                    repeats.append(again)
                position, frames = again.stop, frames + again.frames
                _forget(data, position)
            continue
        pieces.append((begin, position))
        landmarks.clear()
        found = _sync(data, position, stop, kind, 2)
        found = _sync(data, position, stop, kind, 1) if found is None else found
        lost = stop - position if found is None else found - position
        is_tag = data[position : position + 3] == b"ID3"
        if not is_tag and any(data[position : position + lost]) and len(faults) < _MOST_FAULTS:
            faults.append(f"{lost} bytes that are no frame, {_at(frames, kind)}")
        position = begin = position + lost
    whole = [piece for piece in [*pieces, (begin, position)] if piece[0] < piece[1]]
    return frames, whole, repeats


def _repeated(
    data: Bytes, position: int, stop: int, frames: int, landmarks: dict[bytes, tuple[int, int]]
) -> Again:
    """Return what from here on repeats the block since a place that looked alike; maybe nothing.

    Hours of a bed are one block again and again; to compare them is quicker than to walk them.
    """
    key = data[position : position + _LANDMARK_BYTES]
    begin, earlier = landmarks.get(key, (position, frames))
    landmarks[key] = position, frames
    size = position - begin
    if not 0 < size <= _LONGEST_BLOCK:
        return Again(frames, 0, position, position)
    block, end = data[begin:position], position
    while end + size <= stop and data[end : end + size] == block:
        end += size
        _forget(data, end)
    return Again(frames, (end - position) // size * (frames - earlier), position, end)


def _forget(data: Bytes, position: int) -> None:
    """Let the system take back what has been walked, so that memory stays flat (POSIX only)."""
    if isinstance(data, mmap.mmap) and hasattr(data, "madvise"):
        data.madvise(mmap.MADV_DONTNEED, 0, position // mmap.PAGESIZE * mmap.PAGESIZE)


def _at(frames: int, kind: Kind) -> str:
    total = frames * kind.samples_per_frame // kind.rate_hz
    return f"at about {total // 60}:{total % 60:02}"


def _sync(data: Bytes, start: int, stop: int, kind: Kind | None, in_a_row: int) -> int | None:
    """Return the next place with some frames in a row, of a kind or of any one kind."""
    position = data.find(b"\xff", start, stop)
    while position >= 0:
        if _row(data, position, stop, kind) >= in_a_row:
            return position
        position = data.find(b"\xff", position + 1, stop)
    return None


def _row(data: Bytes, position: int, stop: int, kind: Kind | None) -> int:
    """Return how many frames in a row begin at a place, at most `_CERTAIN`."""
    for count in range(_CERTAIN):
        if position == stop and count:
            return _CERTAIN
        if position + 4 > stop or data[position] != 0xFF:
            return count
        frame = _FRAMES.get(data[position + 1] << 8 | data[position + 2])
        if frame is None or (kind is not None and frame[1] != kind):
            return count
        kind = frame[1]
        position += frame[0]
        if position > stop:
            return count
    return _CERTAIN


def _promised(data: Bytes, first: int) -> tuple[int | None, int | None] | None:
    """Return the frames and bytes that an Info or Xing frame counts; None without such a frame."""
    place = first + 4 + _side_bytes(data, first)
    if data[place : place + 4] not in {b"Xing", b"Info"} or place + 16 > len(data):
        return None
    (flags,) = struct.unpack(">I", data[place + 4 : place + 8])
    numbers = struct.unpack(">2I", data[place + 8 : place + 16])
    frames = numbers[0] if flags & 1 else None
    size = numbers[flags & 1] if flags & 2 else None
    return frames, size


def _side_bytes(data: Bytes, first: int) -> int:
    """Return the length of a frame's side information (2.4.1.7)."""
    mpeg1, mono = data[first + 1] >> 3 & 3 == 3, data[first + 3] >> 6 == 3
    return (17 if mono else 32) if mpeg1 else (9 if mono else 17)


def _broken_promises(promise: tuple[int | None, int | None], frames: int, size: int) -> list[str]:
    """Compare what the Info frame counts with what there is; some encoders count it too."""
    told, told_size = promise
    if told is not None and told not in {frames, frames + 1}:
        return [f"the Info frame counts {told} frames, but there are {frames}"]
    if told_size is not None and abs(told_size - size) > _LONGEST_FRAME:
        return [f"the Info frame counts {told_size} bytes, but there are {size}"]
    return []


def _after_tags(data: Bytes) -> int:
    """Return where the tags in front end: ID3v2 (2.4, 3.1), and APE with its header in front."""
    position = 0
    while True:
        head = data[position : position + _APE_FOOTER]
        if head[:3] == b"ID3" and len(head) >= _ID3V2_HEAD:
            size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
            position += _ID3V2_HEAD + size + (_ID3V2_HEAD if head[5] & 0x10 else 0)
        elif head[:8] == b"APETAGEX" and len(head) == _APE_FOOTER:
            position += _APE_FOOTER + int.from_bytes(head[12:16], "little")
        else:
            return min(position, len(data))


def _before_tags(data: Bytes) -> int:
    """Return where the tags at the end begin: ID3v1, APE, Lyrics3, in any order."""
    stop = len(data)
    while True:
        size = _tag_before(data, stop)
        if not 0 < size <= stop:
            return stop
        stop -= size


def _tag_before(data: Bytes, stop: int) -> int:
    """Return the length of the tag that ends at a place, 0 if none does."""
    if data[max(0, stop - _ID3V1) : stop][:3] == b"TAG":
        return _ID3V1
    footer = data[max(0, stop - _APE_FOOTER) : stop]
    if footer[:8] == b"APETAGEX" and len(footer) == _APE_FOOTER:
        header = _APE_FOOTER if footer[23] & 0x80 else 0
        return int.from_bytes(footer[12:16], "little") + header
    if data[max(0, stop - 9) : stop] == b"LYRICS200" and data[stop - 15 : stop - 9].isdigit():
        return int(data[stop - 15 : stop - 9]) + 15
    return 0
