from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sessions.sounds.base import PERIOD_FRAMES
from sessions.verify.stream import info_frame, walk
from tests.conftest import few

# MPEG-1 Layer III, 44.1 kHz, 128 kbit/s, joint stereo: 417 bytes
FRAME = bytes((0xFF, 0xFB, 0x90, 0x44)) + bytes(413)


def test_frames_are_counted_and_what_is_no_frame_is_told() -> None:
    whole = walk(FRAME * 100)
    assert whole is not None
    assert (whole.frames, whole.layer, whole.counted, whole.faults) == (100, 3, False, ())
    assert whole.bitrate_kbps == 417 * 8 * 44.1 / 1152
    broken = walk(FRAME * 50 + b"junk!" + FRAME * 50)
    assert broken is not None
    assert broken.frames == 100
    assert broken.faults == ("5 bytes that are no frame, at about 0:01",)
    assert broken.pieces == ((0, 417 * 50), (417 * 50 + 5, 417 * 100 + 5))


def test_what_repeats_for_hours_is_counted_as_if_walked() -> None:
    block = b"".join(FRAME[:40] + n.to_bytes(4) + FRAME[44:] for n in range(2 * PERIOD_FRAMES))
    cut = block[: 417 * 1000]
    for data, frames, faults in (
        (block * 5 + cut, 5 * 4704 + 1000, 0),
        (block * 2 + b"junk!" + block * 3, 5 * 4704, 1),
        (block[:-417] + (b"!" + block) * 3, 4703 + 3 * 4704, 3),
        (block * 3 + cut + b"junk!" + block * 2, 5 * 4704 + 1000, 1),
    ):
        found = walk(data)
        assert found is not None
        assert (found.frames, len(found.faults)) == (frames, faults)
        assert sum(stop - start for start, stop in found.pieces) == frames * 417


def test_an_info_frame_is_held_to_what_it_counts() -> None:
    for told, faults in ((20, 0), (21, 0), (19, 1), (200, 1)):
        found = walk(info_frame(FRAME, 0, told) + FRAME * 20)
        assert found is not None
        assert (found.frames, found.counted, len(found.faults)) == (20, True, faults)


def test_tags_at_both_ends_are_none_of_the_stream() -> None:
    id3 = b"ID3\x04\0\0\0\0\x01\x02" + bytes(130)
    ape = b"x" * 40 + b"APETAGEX" + bytes(4) + (72).to_bytes(4, "little") + bytes(16)
    lyrics = b"LYRICSBEGIN" + b"abc" + b"000014LYRICS200"
    found = walk(id3 + FRAME * 10 + ape + lyrics + b"TAG" + bytes(125))
    assert found is not None
    assert (found.frames, found.faults) == (10, ())


@few(300)
@given(st.lists(st.one_of(st.just(FRAME), st.binary(max_size=40), st.just(b"\xff\xfb\x90"))))
def test_no_bytes_make_it_fail_and_pieces_hold_whole_frames(parts: list[bytes]) -> None:
    data = b"".join(parts)
    found = walk(data)
    if found is not None:
        assert all(0 <= start < stop <= len(data) for start, stop in found.pieces)
        assert all(data[start] == 0xFF for start, _ in found.pieces)
