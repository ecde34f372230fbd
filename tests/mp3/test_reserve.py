"""Seams at which the stream has saved less than a settled encoder's frames need."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sessions.mp3 import Mp3Format, Reuse, write_mp3, write_plain_mp3
from sessions.mp3.encoder import encode_run
from sessions.mp3.frames import Strip, rehead, take_apart
from sessions.mp3.info import info_bytes
from sessions.mp3.plan import Fresh, steps_for
from sessions.mp3.splice import SEAM_FRAMES, NoRoomError, Splicer
from tests.mp3.lengths import assert_constant

if TYPE_CHECKING:
    from collections.abc import Callable

    from sessions.mp3.splice import Piece
    from sessions.units import Audio

FRAME = 1152
LENGTH = 40 * 44_100
ALONE = [(start * FRAME, (start + 4) * FRAME) for start in range(48, 1440, 48)]
"""So that a run begins twice in 48 frames."""
FORMATS = [Mp3Format(64, 2), Mp3Format(80, 2), Mp3Format(96, 2), Mp3Format(128, 1), Mp3Format(192)]


class Shelf(dict[str, bytes]):
    """A store in memory."""

    def put(self, key: str, data: bytes) -> None:
        self[key] = data


@pytest.fixture(scope="module")
def clicks() -> Audio:
    """Sharp noises in silence, which empty any reservoir."""
    random = np.random.default_rng(5)
    audio = random.standard_normal((LENGTH, 2)) * 1e-3
    times = np.arange(2000)
    for place in random.integers(0, LENGTH - 2000, LENGTH // 9000):
        fall = np.exp(-times / random.uniform(20, 600)) * random.uniform(0.05, 0.6)
        audio[place : place + 2000] += random.standard_normal((2000, 2)) * fall[:, None]
    sharp: Audio = audio.clip(-1, 1).astype(np.float32)
    return sharp


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the seams that lack reservoir, as they are met."""
    seams: list[int] = []
    add = Splicer.add

    def watched(self: Splicer, piece: Piece) -> bytes:
        try:
            return add(self, piece)
        except NoRoomError as lack:
            seams.append(lack.seam)
            raise

    monkeypatch.setattr(Splicer, "add", watched)
    return seams


def written(clicks: Audio, fmt: Mp3Format, jobs: int = 1) -> bytes:
    out = io.BytesIO()
    reuse = Reuse(Shelf(), lambda start, stop: f"{start}-{stop}", ALONE)
    write_mp3(out, lambda a, b: clicks[a:b], LENGTH, fmt, jobs=jobs, reuse=reuse)
    return out.getvalue()


def frame_of(strip: Strip, index: int) -> tuple[bytes, bytes]:
    """Return all of a frame that a move does not change."""
    none = np.zeros(1, int)
    head = rehead(strip.heads[index : index + 1], 128, none, none)
    return head.tobytes(), strip.data(index, index + 1)


@pytest.mark.parametrize("fmt", FORMATS, ids=str)
def test_frames_at_seams_that_lack_reservoir_are_those_of_an_encoder_to_the_bit(
    fmt: Mp3Format, clicks: Audio, lacking: list[int]
) -> None:
    data = written(clicks, fmt)
    assert lacking
    assert len(set(lacking)) == len(lacking)  # none of them lacked it twice
    assert_constant(data, fmt)
    stream = take_apart(data[info_bytes(fmt) :])
    steps = [step for step in steps_for(LENGTH, alone=ALONE) if isinstance(step, Fresh)]
    seen = 0
    for before, part, after in zip(steps, steps[1:], steps[2:], strict=False):
        if part.start not in lacking or before.start in lacking:
            continue
        old, new = (
            {
                frame
                for frame in range(first, stop)
                if frame_of(stream, frame) == frame_of(strip, frame - one.start + one.first)
            }
            for one, first, stop in (
                (before, before.start + SEAM_FRAMES, part.start + SEAM_FRAMES),
                (part.unsettled, part.start, after.start),
            )
            for strip in (take_apart(encode_run(lambda a, b: clicks[a:b], one.run, fmt)),)
        )
        # One follows the other at one place.
        assert any(
            old >= set(range(before.start + SEAM_FRAMES, seam))
            and new >= set(range(seam, after.start))
            for seam in range(part.start, part.start + SEAM_FRAMES + 1)
        )
        seen += 1
    assert seen


@pytest.mark.players
@pytest.mark.parametrize("fmt", FORMATS, ids=str)
def test_frames_after_them_are_coded_as_well_as_in_the_plain_path(
    fmt: Mp3Format, clicks: Audio, lacking: list[int], libsndfile: Callable[[bytes], Audio]
) -> None:
    joined = libsndfile(written(clicks, fmt))
    out = io.BytesIO()
    write_plain_mp3(out, lambda a, b: clicks[a:b], LENGTH, fmt)
    source = clicks if fmt.channels == 2 else clicks.mean(axis=1, keepdims=True)
    errors = [np.square(audio - source) for audio in (joined, libsndfile(out.getvalue()))]
    # A decoder is 1105 samples late before the delay is cut.
    places = [slice((seam - 2) * FRAME - 1105, (seam + 20) * FRAME - 1105) for seam in lacking]
    spliced, plain = (sum(float(error[place].sum()) for place in places) for error in errors)
    assert spliced < 10**0.08 * plain


def test_decoders_find_nothing_wrong_and_jobs_change_no_byte(
    clicks: Audio,
    lacking: list[int],
    ffmpeg: Callable[..., Audio],
    mpg123: Callable[..., Audio],
    mp3val: Callable[[bytes], list[str]],
    id3: bytes,
) -> None:
    data = id3 + written(clicks, Mp3Format(96))
    assert lacking
    assert mp3val(data) == []
    assert len(ffmpeg(data)) == len(mpg123(data)) == LENGTH
    assert id3 + written(clicks, Mp3Format(96), jobs=3) == data
