from __future__ import annotations

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.mp3 import Mp3Format
from sessions.mp3.format import BITRATES_KBPS, SAMPLE_RATES_HZ, frame_bytes, frame_header
from sessions.mp3.frames import Strip, take_apart, walk
from sessions.mp3.reservoir import Packer, needs, spares

formats = st.builds(
    Mp3Format,
    st.sampled_from([rate for rate in BITRATES_KBPS if rate >= 64]),
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
    starts = np.array([*accumulate(lengths, initial=0)])
    none = np.zeros(len(lengths), int)
    heads = np.array([[*head(fmt, length)] for length in lengths], np.uint8)
    return Strip(heads, main, np.array(lengths), starts, none, none)


def packed(fmt: Mp3Format, strip: Strip, batch: int) -> tuple[bytes, Packer]:
    packer = Packer(fmt)
    count = len(strip)
    parts = [
        packer.add(strip, start, min(start + batch, count)) for start in range(0, count, batch)
    ]
    return b"".join(parts) + packer.finish(), packer


def debt_bytes(packer: Packer, fmt: Mp3Format) -> float:
    """Return the bytes that a stream is longer than its bit rate would make it."""
    return packer.state.debt / fmt.sample_rate_hz


def least_spare(fmt: Mp3Format, lengths: list[int]) -> float:
    """Return the least reservoir after any frame, where each has its share of the bit rate."""
    packer = Packer(fmt)
    spare = least = 0.0
    for length in lengths:
        spare = min(packer.most_back, spare) + packer.area_bytes - length
        least = min(least, spare)
    return least


@given(formats, shares, st.integers(1, 50))
@example(Mp3Format(128), [0.9, 0.9, 1.1, 1.3], 50)
@example(Mp3Format(96, 1, 48_000), [0.9] * 20 + [1.5, 1.4, 1.2], 50)
def test_what_is_packed_has_nominal_slots_and_the_same_main_data(
    fmt: Mp3Format, shares: list[float], batch: int
) -> None:
    area = Packer(fmt).area_bytes
    largest = 1000 if fmt.channels == 1 else 1400
    lengths = [min(largest, int(share * area)) for share in shares]
    strip = strip_of(fmt, lengths)
    # Padding comes a whole byte at a time, so that a slot may have one less than its share.
    least = least_spare(fmt, lengths)
    try:
        data, packer = packed(fmt, strip, batch)
    except ValueError:
        assert least < 1
        return
    assert least > -1
    again = take_apart(data)
    assert again.main == strip.main
    assert again.lengths.tolist() == lengths
    own = frame_bytes(fmt.bitrate_kbps, fmt.sample_rate_hz)
    places = walk(data)
    assert {data[start + 2] >> 4 for start in places.starts} == {
        BITRATES_KBPS.index(fmt.bitrate_kbps) + 1
    }
    assert set(places.stops - places.starts - own) <= {0, 1}
    ideal = len(strip) * 144_000 * fmt.bitrate_kbps / fmt.sample_rate_hz
    assert abs(len(data) - ideal) < 1
    assert len(data) == pytest.approx(ideal + debt_bytes(packer, fmt))
    assert packed(fmt, strip, 1)[0] == data


def test_frames_at_constant_bit_rate_differ_by_padding_alone() -> None:
    fmt = Mp3Format()
    data, packer = packed(fmt, strip_of(fmt, [381] * 490), 100)
    places = walk(data)
    assert set(places.stops - places.starts) == {417, 418}
    assert len(data) == 490 * 417 + 490 * 47 // 49
    assert debt_bytes(packer, fmt) == 0


def test_no_frame_reaches_further_back_than_nine_bits_say() -> None:
    fmt = Mp3Format()
    data, _ = packed(fmt, strip_of(fmt, [0] * 10 + [800] + [20] * 10), 7)
    begins = [data[at + 4] << 1 | data[at + 5] >> 7 for at in walk(data).starts]
    assert max(begins) == 511
    assert take_apart(data).lengths[10] == 800


def test_a_frame_that_does_not_fit_is_refused() -> None:
    fmt = Mp3Format(320)
    with pytest.raises(ValueError, match="lacks 1 bytes of reservoir"):
        packed(fmt, strip_of(fmt, [1008, 1010]), 2)


@given(st.lists(st.integers(-900, 400), max_size=60), st.integers(0, 2000), st.integers(0, 511))
def test_of_what_is_spare_no_more_is_kept_than_can_be_reached_back_for(
    gains: list[int], spare: int, most: int
) -> None:
    expected = [spare]
    for gain in gains:
        expected.append(min(most, expected[-1]) + gain)
    assert spares(spare, np.array(gains, int), most).tolist() == expected


@given(st.integers(1, 40), st.lists(st.integers(1, 40), max_size=4))
def test_padding_goes_on_where_the_fraction_of_a_byte_was_forgotten(
    first: int, counts: list[int]
) -> None:
    fmt = Mp3Format(320)
    strip = strip_of(fmt, [900] * 40)
    whole, single = Packer(fmt), Packer(fmt)
    for count in (first, *counts):
        data = whole.add(strip, 0, count)
        assert data == b"".join(single.add(strip, index, index + 1) for index in range(count))
        assert whole.state == single.state
        whole.round_debt()
        single.round_debt()


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

    need = needs(np.array(lengths, int), area)[0]
    assert fits(need)
    assert need == 0 or not fits(need - 1)
