from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.mp3 import Mp3Error, Mp3Format
from sessions.mp3.encoder import encode_plain
from sessions.mp3.format import frame_header, frames_for
from sessions.mp3.frames import channels_of, rehead, take_apart, walk

if TYPE_CHECKING:
    from sessions.units import Audio

FORMATS = [Mp3Format(), Mp3Format(64, 1), Mp3Format(320, 2, 48_000), Mp3Format(96, 1, 32_000)]


@pytest.fixture(scope="module")
def stream(noise: Audio) -> bytes:
    return encoded(noise, Mp3Format(), 6000)


def encoded(noise: Audio, fmt: Mp3Format, length: int) -> bytes:
    return b"".join(encode_plain(lambda start, stop: noise[start:stop], length, fmt))


@pytest.mark.parametrize("fmt", FORMATS, ids=str)
def test_walk_finds_every_frame_and_leaves_no_byte(noise: Audio, fmt: Mp3Format) -> None:
    data = encoded(noise, fmt, 40_000)
    places = walk(data)
    assert len(places) == frames_for(40_000)
    assert places.stops.tolist() == [*places.starts[1:], len(data)]
    assert {channels_of(data[start:]) for start in places.starts} == {fmt.channels}


@pytest.mark.parametrize("fmt", FORMATS, ids=str)
def test_main_data_of_all_frames_fills_the_areas_but_for_stuffing(
    noise: Audio, fmt: Mp3Format
) -> None:
    data = encoded(noise, fmt, 200_000)
    places, strip = walk(data), take_apart(data)
    areas = sum(places.stops - places.areas)
    assert len(strip.main) == sum(strip.lengths)
    # Noise leaves the encoder little to stuff, but for what the reservoir holds at the end.
    assert 0.95 * areas < len(strip.main) <= areas


def test_a_silent_frame_needs_no_main_data() -> None:
    silent = frame_header(Mp3Format(), 128) + bytes(413)
    strip = take_apart(silent * 3)
    assert strip.lengths.tolist() == [0, 0, 0]
    assert strip.opens.tolist() == strip.closes.tolist() == [0, 0, 0]


def test_crc_of_a_protected_frame_is_not_taken_for_side_information() -> None:
    header = bytearray(frame_header(Mp3Format(), 128))
    header[1] &= 0xFE
    strip = take_apart(bytes(header) + b"\xff\xff" + bytes(411))
    assert strip.lengths.tolist() == [0]
    assert strip.heads.tobytes() == bytes(header) + bytes(32)


def test_short_window_is_seen_in_the_granule_and_channel_that_has_it() -> None:
    frame = bytearray(frame_header(Mp3Format(), 128) + bytes(413))

    def set_bits(start: int, width: int, value: int) -> None:
        side = int.from_bytes(frame[4:36], "big") | value << 256 - start - width
        frame[4:36] = side.to_bytes(32, "big")

    second_granule_right = 20 + 3 * 59
    set_bits(second_granule_right + 33, 3, 0b101)  # window switching, block type 1: start
    strip = take_apart(bytes(frame))
    assert strip.opens.tolist() == [0]
    assert strip.closes.tolist() == [0b10]


def test_new_head_differs_in_size_and_begin_alone(stream: bytes) -> None:
    heads = take_apart(stream).heads
    begins = heads[:, 4].astype(int) << 1 | heads[:, 5] >> 7
    moved = rehead(heads, 160, np.full(len(heads), 257), np.ones(len(heads), int))
    assert set(moved[:, 2]) == {0xA2}
    assert set(moved[:, 4].astype(int) << 1 | moved[:, 5] >> 7) == {257}
    assert np.array_equal(rehead(moved, 128, begins, heads[:, 2] >> 1 & 1), heads)


def test_main_data_that_would_lie_before_the_stream_is_refused(stream: bytes) -> None:
    second = walk(stream).starts[1]
    with pytest.raises(Mp3Error, match="not there"):
        take_apart(stream[second:])


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda data: data[:-1], "cut short"),
        (lambda data: data + b"TAG", "not the start"),
        (lambda data: b"ID3" + data, "not the start"),
        (lambda data: data[:2] + b"\xf0" + data[3:], "no legal"),
        (lambda data: data + frame_header(Mp3Format(128, 1), 128) + bytes(413), "kind"),
    ],
)
def test_damage_is_named_with_its_place(stream: bytes, damage: object, message: str) -> None:
    assert callable(damage)
    with pytest.raises(Mp3Error, match=message) as caught:
        take_apart(damage(stream))
    assert caught.value.exit_code == 65


@pytest.mark.parametrize(
    "header",
    [
        b"\xff\xf3\x84\x64",  # MPEG-2, layer III
        b"\xff\xe3\x84\x64",  # MPEG-2.5
        b"\xff\xfd\x84\x04",  # layer II
        b"\xff\xff\x84\x04",  # layer I
        b"\xff\xf9\x84\x04",  # a reserved layer, as in AAC's ADTS
        b"\xff\xfb\x04\x64",  # free format
        b"\xff\xfb\x9c\x64",  # a reserved sample rate
        b"RIFF",
        b"OggS",
        b"fLaC",
    ],
)
def test_streams_of_other_kinds_are_refused(header: bytes) -> None:
    with pytest.raises(Mp3Error, match="byte 0"):
        take_apart((header + bytes(413)) * 3)


@given(st.binary(max_size=2000))
def test_foreign_bytes_give_a_typed_error_or_nothing(data: bytes) -> None:
    try:
        strip = take_apart(data)
    except Mp3Error:
        return
    assert len(strip) == len(walk(data))


@given(data=st.data())
def test_damaged_frames_give_a_typed_error_or_frames_that_hold_together(
    stream: bytes, data: st.DataObject
) -> None:
    damaged = bytearray(stream)
    places = st.integers(0, len(stream) - 1)
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=8)):
        damaged[place] = value
    cut = damaged[: data.draw(st.sampled_from([len(stream), len(stream) // 2, 417]))]
    try:
        strip = take_apart(bytes(cut))
    except Mp3Error:
        return
    each = [len(strip.data(index, index + 1)) for index in range(len(strip))]
    assert each == strip.lengths.tolist()
