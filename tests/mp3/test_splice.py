from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.mp3 import Mp3Format, write_plain_mp3
from sessions.mp3.crc import crc16
from sessions.mp3.encoder import encode_run
from sessions.mp3.format import (
    BITRATES_KBPS,
    SAMPLE_RATES_HZ,
    frame_header,
    frames_for,
    padding_for,
)
from sessions.mp3.frames import Strip, take_apart, walk
from sessions.mp3.info import Info, info_bytes, info_frame
from sessions.mp3.plan import Run
from sessions.mp3.splice import (
    FILTER_FRAMES,
    SEAM_FRAMES,
    WARM_UP_FRAMES,
    NoRoomError,
    Piece,
    Splicer,
)
from tests.conftest import few

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sessions.mp3 import Read
    from sessions.units import Audio
    from tests.mp3.conftest import Session

FRAME = 1152
FORMATS = [
    Mp3Format(64, 1),
    Mp3Format(64, 2),
    Mp3Format(128, 2),
    Mp3Format(192, 2, 48_000),
    Mp3Format(320, 2),
]
formats = st.builds(
    Mp3Format,
    st.sampled_from([rate for rate in BITRATES_KBPS if rate >= 64]),
    st.sampled_from([1, 2]),
    st.sampled_from(SAMPLE_RATES_HZ),
)


def spliced(read: Read, frames: int, seams: Sequence[int], fmt: Mp3Format) -> bytes:
    """Return the MP3 of so many frames of input, from a new encoder at each seam."""
    length = frames * FRAME
    splicer = Splicer(fmt)
    data = b""
    total = frames_for(length)

    def piece(start: int, stop: int, warm_up: int) -> Piece:
        first = max(0, start - warm_up)
        last = min(stop + SEAM_FRAMES, total)
        begin, end = first * FRAME, (last + 1) * FRAME
        spans = ((begin, min(end, length)),)
        run = Run(spans, end - max(begin, min(end, length)), last - first)
        return Piece(take_apart(encode_run(read, run, fmt)), start, start - first)

    for start, stop in zip([0, *seams], [*seams, total], strict=True):
        try:
            data += splicer.add(piece(start, stop, WARM_UP_FRAMES))
        except NoRoomError:
            data += splicer.add(piece(start, stop, FILTER_FRAMES))
    data += splicer.advance(total) + splicer.finish()
    assert len(walk(data)) == total
    # Legal: all main data that a frame asks for is there.
    take_apart(data)
    size = info_bytes(fmt) + len(data)
    return info_frame(fmt, Info(total, size, padding_for(length), crc16(data))) + data


def plain(read: Read, length: int, fmt: Mp3Format) -> bytes:
    out = io.BytesIO()
    write_plain_mp3(out, read, length, fmt)
    return out.getvalue()


def heard(session: Session, length: int, fmt: Mp3Format) -> Audio:
    audio = session.read(0, length)
    return audio if fmt.channels == 2 else audio.mean(axis=1, keepdims=True)


def by_frame(seams: Sequence[int], error: Audio) -> Audio:
    """Return the power of an error in frames two before to 20 after a seam, of all seams.

    A decoder is 1105 samples late before the delay is cut.
    """
    starts = [(seam - 2) * FRAME - 1105 for seam in seams]
    frames = [error[start : start + 22 * FRAME].reshape(22, -1) for start in starts]
    power: Audio = np.square(frames).sum(axis=(0, 2))
    return power


@pytest.mark.parametrize("fmt", FORMATS, ids=str)
def test_no_frame_around_seams_is_coded_1_db_worse_than_in_the_plain_path(
    fmt: Mp3Format, session: Session, libsndfile: Callable[[bytes], Audio]
) -> None:
    frames, seams = 400, range(23, 378, 23)
    source = heard(session, frames * FRAME, fmt)
    joined = libsndfile(spliced(session.read, frames, seams, fmt))
    whole = libsndfile(plain(session.read, frames * FRAME, fmt))
    assert len(joined) == len(whole) == len(source)
    coding = by_frame(seams, whole - source)
    rise_db = 10 * np.log10(by_frame(seams, joined - source) / coding)
    assert rise_db.max() < 1.0
    assert rise_db.mean() < 0.5
    # No step is to be heard: what the seam changes is less than what coding changes anyway.
    assert np.all(by_frame(seams, joined - whole) < coding)


@few(20)
@given(
    fmt=formats,
    frames=st.integers(60, 150),
    cuts=st.lists(st.integers(5, 140), unique=True, max_size=8),
    offset=st.integers(0, 500_000),
)
# Encoders that had not settled: 10 dB more error in one frame, 1.5 times the coding error in all.
@example(fmt=Mp3Format(80, 1, 32_000), frames=60, cuts=[24, 39], offset=498_000)
def test_any_segmentation_gives_the_plain_paths_audio(
    fmt: Mp3Format,
    frames: int,
    cuts: list[int],
    offset: int,
    session: Session,
    libsndfile: Callable[[bytes], Audio],
) -> None:
    seams = sorted(cut for cut in cuts if cut < frames - 5)
    length = frames * FRAME

    def read(start: int, stop: int) -> Audio:
        return session.read(offset + start, offset + stop)

    data = spliced(read, frames, seams, fmt)
    joined, whole = libsndfile(data), libsndfile(plain(read, length, fmt))
    source = read(0, length)
    if fmt.channels == 1:
        source = source.mean(axis=1, keepdims=True)
    assert joined.shape == whole.shape == source.shape
    assert np.square(joined - whole).sum() < np.square(whole - source).sum()
    ideal = len(plain(read, length, fmt))
    assert abs(len(data) / ideal - 1) < 0.02


def test_one_strip_alone_keeps_every_bit_of_the_encoders_audio(
    session: Session, libsndfile: Callable[[bytes], Audio]
) -> None:
    joined = libsndfile(spliced(session.read, 300, [], Mp3Format()))
    assert np.array_equal(joined, libsndfile(plain(session.read, 300 * FRAME, Mp3Format())))


def by_hand(fill: int, length: int, opens: Sequence[int], closes: Sequence[int]) -> Strip:
    """Return a strip of which each frame has so many bytes of one value."""
    count = len(opens)
    side = 8 * length << 256 - 20 - 12
    head = frame_header(Mp3Format(), 128) + side.to_bytes(32, "big")
    lengths, starts = np.full(count, length), np.arange(count + 1) * length
    main = bytes([fill]) * length * count
    heads = np.array([[*head]] * count, np.uint8)
    return Strip(heads, main, lengths, starts, np.array(opens), np.array(closes))


def seam_of(old: Strip, new: Strip) -> int:
    """Return the first frame that is taken from the new strip, at frame 6 or later."""
    splicer = Splicer(Mp3Format())
    data = splicer.add(Piece(old, 0, 0)) + splicer.add(Piece(new, 6, 2))
    joined = take_apart(data + splicer.advance(12) + splicer.finish())
    return [joined.data(index, index + 1)[:1] for index in range(12)].index(b"\2")


@pytest.mark.parametrize(
    ("closes", "opens", "seam"),
    [
        ((0, 0, 0, 0, 0, 0, 0, 0), (0,) * 10, 6),
        ((0, 0, 0, 0, 0, 1, 0, 0), (0,) * 10, 7),
        ((0, 0, 0, 0, 0, 2, 2, 0), (0,) * 10, 8),
        ((0, 0, 0, 0, 0, 3, 0, 0), (0, 0, 3, 0, 0, 0, 0, 0, 0, 0), 6),
        # Nowhere do they fit: the first place must do.
        ((1,) * 8, (0,) * 10, 6),
    ],
)
def test_seam_is_where_both_runs_use_the_same_window(
    closes: tuple[int, ...], opens: tuple[int, ...], seam: int
) -> None:
    old = by_hand(1, 300, (0,) * 8, closes)
    new = by_hand(2, 300, opens, (0,) * 10)
    assert seam_of(old, new) == seam


def test_seam_waits_for_a_reservoir_that_holds_what_the_next_run_needs() -> None:
    old = by_hand(1, 350, (0,) * 8, (0,) * 8)
    # After six frames 192 bytes are saved, of 32 each; so much less is there for each of eight.
    assert seam_of(old, by_hand(2, 402, (0,) * 10, (0,) * 10)) == 6
    assert seam_of(old, by_hand(2, 407, (0,) * 10, (0,) * 10)) == 7
