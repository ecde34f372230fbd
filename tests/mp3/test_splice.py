from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.mp3 import Mp3Format, write_plain_mp3
from sessions.mp3.crc import crc16
from sessions.mp3.encoder import encode_run
from sessions.mp3.format import BITRATES_KBPS, SAMPLE_RATES_HZ, frames_for, padding_for
from sessions.mp3.frames import take_apart, walk
from sessions.mp3.info import Info, info_bytes, info_frame
from sessions.mp3.plan import Run
from sessions.mp3.splice import SEAM_FRAMES, WARM_UP_FRAMES, Piece, Splicer

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
    for start, stop in zip([0, *seams], [*seams, total], strict=True):
        first = max(0, start - WARM_UP_FRAMES)
        last = min(stop + SEAM_FRAMES, total)
        begin, end = first * FRAME, (last + 1) * FRAME
        spans = ((begin, min(end, length)),)
        run = Run(spans, end - max(begin, min(end, length)), last - first)
        strip = take_apart(encode_run(read, run, fmt))
        data += splicer.add(Piece(strip, start, start - first))
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


def near(seams: Sequence[int], error: Audio) -> float:
    """Return the power of an error within two frames of the seams.

    A decoder is 1105 samples late before the delay is cut.
    """
    starts = [(seam - 2) * FRAME - 1105 for seam in seams]
    return float(sum(np.square(error[start : start + 4 * FRAME]).sum() for start in starts))


@pytest.mark.parametrize("fmt", FORMATS, ids=str)
def test_coding_error_at_seams_is_within_1_db_of_the_plain_path(
    fmt: Mp3Format, session: Session, libsndfile: Callable[[bytes], Audio]
) -> None:
    frames, seams = 760, range(23, 750, 23)
    source = heard(session, frames * FRAME, fmt)
    joined = libsndfile(spliced(session.read, frames, seams, fmt))
    whole = libsndfile(plain(session.read, frames * FRAME, fmt))
    assert len(joined) == len(whole) == len(source)
    rise_db = 10 * np.log10(near(seams, joined - source) / near(seams, whole - source))
    assert rise_db < 1.0
    assert near(seams, joined - whole) < near(seams, whole - source)


@settings(max_examples=20, deadline=None)
@given(
    fmt=formats,
    frames=st.integers(60, 150),
    cuts=st.lists(st.integers(5, 140), unique=True, max_size=8),
    offset=st.integers(0, 500_000),
)
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


def test_seam_moves_to_where_both_runs_use_the_same_window(
    libsndfile: Callable[[bytes], Audio],
) -> None:
    clicks = np.zeros((100 * FRAME, 2), np.float32)
    random = np.random.default_rng(5)
    for place in range(3000, len(clicks) - 3000, 2500):
        clicks[place : place + 300] = random.uniform(-0.7, 0.7, (300, 2))

    def read(start: int, stop: int) -> Audio:
        return clicks[start:stop]

    seams = range(5, 96, 6)
    joined = libsndfile(spliced(read, 100, seams, Mp3Format()))
    whole = libsndfile(plain(read, 100 * FRAME, Mp3Format()))
    rise_db = 10 * np.log10(near(seams, joined - clicks) / near(seams, whole - clicks))
    assert rise_db < 1.0
