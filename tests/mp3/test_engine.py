from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.mp3 import Info, Mp3Format, Read, Repeat, Reuse, write_mp3, write_plain_mp3
from sessions.mp3.engine import encode_spliced
from sessions.mp3.format import BITRATES_KBPS, frames_for
from sessions.mp3.frames import take_apart
from sessions.mp3.info import info_bytes
from sessions.mp3.plan import Copied, steps_for
from sessions.mp3.splice import NoRoomError, Piece, Splicer
from tests.conftest import few
from tests.mp3.lengths import assert_constant

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sessions.units import Audio
    from tests.mp3.conftest import Session

FORMATS = [
    Mp3Format(64, 1),
    Mp3Format(64, 2, 48_000),
    Mp3Format(128, 2),
    Mp3Format(320, 2),
]


class Shelf(dict[str, bytes]):
    """A store in memory."""

    def put(self, key: str, data: bytes) -> None:
        self[key] = data


class Counting:
    """Count the samples that are asked for."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self.samples = 0

    def __call__(self, start: int, stop: int) -> Audio:
        self.samples += stop - start
        return self._read(start, stop)


def spliced(
    read: Read,
    length: int,
    fmt: Mp3Format,
    repeats: Sequence[Repeat],
    *,
    jobs: int = 1,
    reuse: Reuse | None = None,
    tag: bytes = b"",
) -> bytes:
    out = io.BytesIO()
    write_mp3(out, read, length, fmt, jobs=jobs, repeats=repeats, reuse=reuse, tag=tag)
    return out.getvalue()


def plain(read: Read, length: int, fmt: Mp3Format) -> bytes:
    out = io.BytesIO()
    write_plain_mp3(out, read, length, fmt)
    return out.getvalue()


@pytest.fixture(scope="module")
def session_mp3(session: Session, id3: bytes) -> bytes:
    return spliced(session.read, session.length, Mp3Format(), session.repeats, tag=id3)


@pytest.mark.parametrize("fmt", FORMATS, ids=str)
def test_no_decoder_has_anything_to_say_and_all_give_the_planned_length(
    fmt: Mp3Format,
    session: Session,
    id3: bytes,
    ffmpeg: Callable[..., Audio],
    mpg123: Callable[[bytes], Audio],
    libsndfile: Callable[[bytes], Audio],
    mp3val: Callable[[bytes], list[str]],
) -> None:
    data = spliced(session.read, session.length, fmt, session.repeats, jobs=2, tag=id3)
    assert mp3val(data) == []
    decoded = [ffmpeg(data, fmt.channels), mpg123(data), libsndfile(data)]
    assert [len(samples) for samples in decoded] == [session.length] * 3
    for samples in decoded[1:]:
        assert np.abs(samples - decoded[0]).max() < 1e-4


@pytest.mark.parametrize("fmt", FORMATS, ids=str)
def test_audio_is_as_good_as_the_plain_paths_and_the_file_as_large(
    fmt: Mp3Format, session: Session, libsndfile: Callable[[bytes], Audio]
) -> None:
    source = session.read(0, session.length)
    if fmt.channels == 1:
        source = source.mean(axis=1, keepdims=True)
    one = spliced(session.read, session.length, fmt, session.repeats)
    other = plain(session.read, session.length, fmt)
    joined, whole = libsndfile(one), libsndfile(other)
    coding = np.square(whole - source).sum()
    assert np.square(joined - source).sum() < 10**0.05 * coding
    assert np.square(joined - whole).sum() < coding
    assert abs(len(one) - len(other)) <= 1


@pytest.mark.parametrize("jobs", [2, 3])
def test_number_of_jobs_changes_no_byte(
    jobs: int, session: Session, session_mp3: bytes, id3: bytes
) -> None:
    data = spliced(session.read, session.length, Mp3Format(), session.repeats, jobs=jobs, tag=id3)
    assert data == session_mp3


def test_only_what_is_unique_is_read(session: Session) -> None:
    hours = 3 * 3600 * 44_100
    count = Counting(session.read)
    total = session.length + hours
    *others, last = session.repeats
    tail = Repeat(last.start, total, last.period_samples, last.phase_samples, last.key)
    chunks = list(encode_spliced(count, total, Mp3Format(), repeats=[*others, tail]))
    assert count.samples < 1.1 * session.length
    size = sum(len(data) * times for data, times in chunks)
    assert size == pytest.approx(frames_for(total) * 1152 / 44_100 * 16_000, abs=1)
    # Most of the tail is one block, written again and again.
    assert max(len(data) * times for data, times in chunks) > 0.8 * size
    assert max(len(data) for data, _ in chunks) < 9_000_000


def test_a_long_tail_sounds_like_its_bed_to_the_end(
    session: Session, libsndfile: Callable[[bytes], Audio]
) -> None:
    total = 120 * 44_100
    start = session.bursts[-1][1]
    period = len(session.bed)
    tail = Repeat(start, total, period, session.repeats[0].phase_samples, "bed")
    data = spliced(session.read, total, Mp3Format(), [tail])
    decoded = libsndfile(data)
    assert len(decoded) == total
    last = start + (total - start) // 44_100 * 44_100
    bed = session.read(start, last)
    error, power = (
        np.square(sound).reshape(-1, 44_100 * 2).sum(axis=1)
        for sound in (decoded[start:last] - bed, bed)
    )
    assert error.max() < 1.6 * np.median(error)
    assert error.max() < 0.2 * power.min()


@few(8)
@given(
    fmt=st.builds(
        Mp3Format,
        st.sampled_from([rate for rate in BITRATES_KBPS if rate >= 64]),
        st.sampled_from([1, 2]),
        st.sampled_from([44_100, 48_000]),
    ),
    frames=st.sampled_from([1, 5, 16, 39]),
    steps=st.lists(st.integers(500, 110_000), max_size=8),
    # Longer than the bed's frames that are encoded for it, so that some are copied.
    long_pause=st.integers(530_000, 700_000),
    jobs=st.integers(2, 3),
)
def test_any_timeline_gives_the_plain_paths_audio(
    fmt: Mp3Format,
    frames: int,
    steps: list[int],
    long_pause: int,
    jobs: int,
    session: Session,
    noise: Audio,
    libsndfile: Callable[[bytes], Audio],
) -> None:
    edges = np.cumsum([*steps[: len(steps) // 2 * 2], long_pause, 30_000]).tolist()
    bursts = tuple(zip(edges[::2], edges[1::2], strict=True))
    shown = type(session)(edges[-1], bursts, noise, session.bed[: frames * 1152])
    assert any(isinstance(step, Copied) for step in steps_for(shown.length, shown.repeats))
    source = shown.read(0, shown.length)
    if fmt.channels == 1:
        source = source.mean(axis=1, keepdims=True)
    spliced_mp3 = spliced(shown.read, shown.length, fmt, shown.repeats, jobs=jobs)
    assert_constant(spliced_mp3, fmt)
    joined = libsndfile(spliced_mp3)
    whole = libsndfile(plain(shown.read, shown.length, fmt))
    assert joined.shape == source.shape
    coding = np.square(whole - source).sum()
    assert np.square(joined - whole).sum() < 0.6 * coding
    assert np.square(joined - source).sum() < 10**0.05 * coding
    assert spliced(shown.read, shown.length, fmt, shown.repeats) == spliced_mp3


def test_segments_are_found_again_and_give_the_same_bytes(session: Session) -> None:
    shelf = Shelf()
    reuse = Reuse(shelf, lambda start, stop: f"{start}-{stop}")
    first, second = Counting(session.read), Counting(session.read)
    one = spliced(first, session.length, Mp3Format(), session.repeats, reuse=reuse)
    other = spliced(second, session.length, Mp3Format(), session.repeats, reuse=reuse, jobs=2)
    assert one == other
    assert first.samples > 0
    assert second.samples == 0
    other_format = Counting(session.read)
    spliced(other_format, session.length, Mp3Format(96), session.repeats, reuse=reuse)
    assert other_format.samples == first.samples


def test_a_change_in_one_slot_encodes_that_slot_alone(session: Session) -> None:
    shelf = Shelf()
    slot = session.bursts[2]

    def variant(name: str) -> tuple[bytes, int]:
        def key(start: int, stop: int) -> str:
            inside = start < slot[1] and slot[0] < stop
            return f"{start}-{stop} {name if inside else ''}"

        def read(start: int, stop: int) -> Audio:
            audio = session.read(start, stop)
            if name == "Anna":
                audio[max(0, slot[0] - start) : max(0, slot[1] - start)] *= 0.5
            return audio

        count = Counting(read)
        reuse = Reuse(shelf, key)
        data = spliced(count, session.length, Mp3Format(), session.repeats, reuse=reuse)
        assert data == spliced(read, session.length, Mp3Format(), session.repeats)
        return data, count.samples

    whole, all_samples = variant("Els")
    changed, samples = variant("Anna")
    assert changed != whole
    assert samples < slot[1] - slot[0] + 60 * 1152
    assert samples < all_samples / 2


def test_a_damaged_segment_is_made_again(session: Session) -> None:
    shelf = Shelf()
    reuse = Reuse(shelf, lambda start, stop: f"{start}-{stop}")
    whole = spliced(session.read, session.length, Mp3Format(), session.repeats, reuse=reuse)
    sound = dict(shelf)
    for number, key in enumerate(sorted(shelf)):
        shelf[key] = (b"", shelf[key][:-1], shelf[key][417:], b"\0" * 900)[number % 4]
    again = spliced(session.read, session.length, Mp3Format(), session.repeats, reuse=reuse)
    assert again == whole
    assert shelf == sound


def test_an_error_of_the_mix_comes_through_and_ends_the_threads(session: Session) -> None:
    def read(start: int, stop: int) -> Audio:
        if stop > 800_000:
            raise OSError("the disk is gone")
        return session.read(start, stop)

    with pytest.raises(OSError, match="the disk is gone"):
        spliced(read, session.length, Mp3Format(), session.repeats, jobs=2)


def refuse(seams: Callable[[int], bool], patch: pytest.MonkeyPatch) -> list[int]:
    """Let no strip fit at some frames; return those at which one was tried."""
    tried, add = [], Splicer.add

    def picky(self: Splicer, piece: Piece) -> bytes:
        if piece.start and seams(piece.start):
            tried.append(piece.start)
            raise NoRoomError(piece.start)
        return add(self, piece)

    patch.setattr(Splicer, "add", picky)
    return tried


def test_where_no_seam_can_be_all_is_encoded_in_one_go(
    session: Session, monkeypatch: pytest.MonkeyPatch, id3: bytes
) -> None:
    refuse(lambda _: True, monkeypatch)
    out = io.BytesIO(b"x" * 10)
    out.seek(10)
    info: Info = write_mp3(
        out, session.read, session.length, Mp3Format(), tag=id3, repeats=session.repeats
    )
    stream = out.getvalue()[10 + len(id3) :]
    assert info.stream_bytes == len(stream)
    own = info_bytes(Mp3Format())
    one, other = (
        take_apart(data[own:])
        for data in (stream, plain(session.read, session.length, Mp3Format()))
    )
    assert one.main == other.main
    assert np.array_equal(one.lengths, other.lengths)


def test_where_one_seam_cannot_be_the_runs_about_it_alone_are_others(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf()
    reuse = Reuse(shelf, lambda start, stop: f"{start}-{stop}")
    kept = spliced(session.read, session.length, Mp3Format(), session.repeats, reuse=reuse)
    seams = [step.start for step in steps_for(session.length, session.repeats)][1:]
    place = seams[len(seams) // 2]
    count = Counting(session.read)
    tried = refuse(lambda seam: seam == place, monkeypatch)
    data = spliced(count, session.length, Mp3Format(), session.repeats, reuse=reuse)
    # A settled encoder, one that begins there, and then a run across.
    assert tried == [place, place]
    assert len(data) == len(kept)
    assert count.samples < 4 * 384 * 1152
    again = spliced(session.read, session.length, Mp3Format(), session.repeats, jobs=2)
    assert again == data
