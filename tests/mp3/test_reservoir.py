from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.mp3 import Mp3Format
from sessions.mp3.format import BITRATES_KBPS, SAMPLE_RATES_HZ, frame_bytes, frame_header
from sessions.mp3.frames import Strip, take_apart, walk
from sessions.mp3.reservoir import NoRoomError, Packer, needs

formats = st.builds(
    Mp3Format,
    st.sampled_from([rate for rate in BITRATES_KBPS if 64 <= rate < 320]),
    st.sampled_from([1, 2]),
    st.sampled_from(SAMPLE_RATES_HZ),
)
# Shares of a frame's own area; mostly below 1, as an encoder that keeps its bit rate has them.
shares = st.lists(st.one_of(st.floats(0.2, 1.0), st.floats(0, 1.5)), min_size=1, max_size=120)


def head(fmt: Mp3Format, length: int) -> bytes:
    """Return a head whose part2_3_length fields ask for so many bytes of main data."""
    granules = 2 * fmt.channels
    first = (14 if fmt.channels == 1 else 12) + 4 * fmt.channels
    size = fmt.head_bytes - 4
    side, left = 0, 8 * length
    for granule in range(granules):
        bits = min(left, 4088)
        side |= bits << 8 * size - (first + 59 * granule) - 12
        left -= bits
    return frame_header(fmt, fmt.bitrate_kbps) + side.to_bytes(size, "big")


def strip_of(fmt: Mp3Format, lengths: list[int]) -> Strip:
    main = bytes(index % 251 + 1 for index in range(sum(lengths)))
    starts = tuple(accumulate(lengths, initial=0))[:-1]
    none = (0,) * len(lengths)
    heads = tuple(head(fmt, length) for length in lengths)
    return Strip(heads, main, tuple(lengths), starts, none, none)


def packed(fmt: Mp3Format, strip: Strip, batch: int) -> tuple[bytes, Packer]:
    packer = Packer(fmt)
    needed = needs(strip.lengths, packer.area_bytes)
    count = len(strip)
    parts = [
        packer.add(strip, needed, range(start, min(start + batch, count)))
        for start in range(0, count, batch)
    ]
    return b"".join(parts) + packer.finish(), packer


def debt_bytes(packer: Packer, fmt: Mp3Format) -> float:
    """Return the bytes that a stream is longer than its bit rate would make it."""
    return packer.state.debt / fmt.sample_rate_hz


@given(formats, shares, st.integers(1, 50))
def test_what_is_packed_is_a_legal_stream_with_the_same_main_data(
    fmt: Mp3Format, shares: list[float], batch: int
) -> None:
    area = Packer(fmt).area_bytes
    largest = 1000 if fmt.channels == 1 else 1400
    strip = strip_of(fmt, [min(largest, int(share * area)) for share in shares])
    try:
        data, packer = packed(fmt, strip, batch)
    except NoRoomError:
        # Asked for more than 320 kbit/s: no stream could hold it.
        assert max(needs(strip.lengths, 144_000 * 320 / fmt.sample_rate_hz - 36)) > 0
        return
    again = take_apart(data)
    assert again.main == strip.main
    assert again.lengths == strip.lengths
    assert len(data) == pytest.approx(
        len(strip) * 144_000 * fmt.bitrate_kbps / fmt.sample_rate_hz + debt_bytes(packer, fmt)
    )
    assert packed(fmt, strip, 1)[0] == data


@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_stream_is_back_at_its_bit_rate_after_a_frame_that_was_too_large(rate: int) -> None:
    fmt = Mp3Format(128, 2, rate)
    strip = strip_of(fmt, [320] * 20 + [900, 900] + [320] * 60)
    data, packer = packed(fmt, strip, 10)
    sizes = [place.stop - place.start for place in walk(data)]
    assert max(sizes[20:22]) > 418
    assert min(sizes[22:]) < 384
    assert abs(debt_bytes(packer, fmt)) <= 16
    assert take_apart(data).main == strip.main


@pytest.mark.parametrize(
    ("fmt", "bitrate"),
    [
        (Mp3Format(64, 1), 160),
        (Mp3Format(80, 2), 160),
        (Mp3Format(128), 128),
        (Mp3Format(320), 320),
    ],
)
def test_the_first_frame_puts_back_what_a_player_that_jumps_could_not_play(
    fmt: Mp3Format, bitrate: int
) -> None:
    packer = Packer(fmt, leads=True)
    strip = strip_of(fmt, [150] * 200)
    data = packer.add(strip, needs(strip.lengths, packer.area_bytes), range(200)) + packer.finish()
    assert take_apart(data).main == strip.main
    sizes = [place.stop - place.start for place in walk(data)]
    assert sizes[0] == frame_bytes(bitrate, fmt.sample_rate_hz)
    assert {size - frame_bytes(fmt.bitrate_kbps, fmt.sample_rate_hz) for size in sizes[1:]} == {
        0,
        1,
    }
    assert abs(debt_bytes(packer, fmt)) < 1


def test_frames_at_constant_bit_rate_differ_by_padding_alone() -> None:
    fmt = Mp3Format()
    data, packer = packed(fmt, strip_of(fmt, [381] * 490), 100)
    assert {place.stop - place.start for place in walk(data)} == {417, 418}
    assert len(data) == 490 * 417 + 490 * 47 // 49
    assert debt_bytes(packer, fmt) == 0


def test_no_frame_reaches_further_back_than_nine_bits_say() -> None:
    fmt = Mp3Format()
    data, _ = packed(fmt, strip_of(fmt, [0] * 10 + [800] + [20] * 10), 7)
    begins = [data[p.start + 4] << 1 | data[p.start + 5] >> 7 for p in walk(data)]
    assert max(begins) == 511
    assert take_apart(data).lengths[10] == 800


def test_at_the_highest_bit_rate_a_frame_that_does_not_fit_is_refused() -> None:
    fmt = Mp3Format(320)
    with pytest.raises(NoRoomError):
        packed(fmt, strip_of(fmt, [1008, 1010]), 2)


@given(st.lists(st.integers(0, 900), max_size=60), st.floats(300, 500))
def test_need_is_the_least_reservoir_with_which_all_frames_fit(
    lengths: list[int], area: float
) -> None:
    def fits(spare: float) -> bool:
        for length in lengths:
            spare += area - length
            if spare < -1e-6:
                return False
        return True

    need = needs(lengths, area)[0]
    assert fits(need)
    assert need == 0 or not fits(need - 1)
