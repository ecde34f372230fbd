"""What listeners' players make of spliced files: exact lengths, and places that are found."""

from __future__ import annotations

import io
import os
import subprocess
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from sessions.mp3 import Mp3Format, write_mp3
from sessions.mp3.plan import Copied, steps_for
from tests.chromium import needs_chromium
from tests.mp3.browser import decoded_by_chromium, played_by_chromium
from tests.mp3.conftest import Session, pink

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sessions.units import Audio

SEEKS = int(os.environ.get("SEEKS", "8"))
"""How often each player seeks in each file; CONTRIBUTING.md says when more is wanted."""
FORMATS = [Mp3Format(64, 1), Mp3Format(64, 2, 48_000), Mp3Format(128, 2), Mp3Format(320, 2)]
SEEK_FORMATS = [Mp3Format(128, 2), Mp3Format(64, 1, 48_000)]
CHROMIUM_FORMATS = [
    Mp3Format(64, 1),
    Mp3Format(64, 2, 48_000),
    Mp3Format(128, 2),
    Mp3Format(320, 2),
]
UNHEARD_SAMPLES = 6144
"""After a jump a decoder lacks the reservoir: at 64 kbit/s its first four frames may be faulty."""
FRAME_SECONDS = 0.027


@pytest.fixture(scope="module")
def long_session() -> Session:
    """Two minutes in which each tenth of a second can be told from all others near it.

    The bed is of noise that comes again after 10 s, and is copied between bursts of other noise.
    As a session does, it fades out.
    """
    edges = [30.0, 32.5, 60.2, 61.0, 75.0, 90.3]
    places = [round(edge * 44_100) for edge in edges]
    bursts = tuple(zip(places[::2], places[1::2], strict=True))
    voice, bed = 5 * pink(400, seed=2), 5 * pink(383, seed=1)
    return Session(120 * 44_100 + 77, bursts, voice, bed, fade=6 * 44_100)


def written(session: Session, fmt: Mp3Format) -> bytes:
    out = io.BytesIO()
    write_mp3(out, session.read, session.length, fmt, repeats=session.repeats, jobs=2)
    return out.getvalue()


@needs_chromium
def test_chromium_decodes_the_planned_samples(
    session: Session, libsndfile: Callable[[bytes], Audio], tmp_path: Path
) -> None:
    files = [(written(session, fmt), fmt.channels, fmt.sample_rate_hz) for fmt in FORMATS]
    for (data, _, _), audio in zip(files, decoded_by_chromium(files, tmp_path), strict=True):
        assert len(audio) == session.length
        assert np.abs(audio - libsndfile(data)).max() < 1e-5


def test_most_places_that_are_sought_are_copies(long_session: Session) -> None:
    steps = steps_for(long_session.length, long_session.repeats)
    copied = sum(step.stop - step.start for step in steps if isinstance(step, Copied))
    assert copied * 1152 > 0.75 * long_session.length


def missed_by_s(session: Session, fmt: Mp3Format, second: float, heard: Audio) -> float:
    """Return how far from `second` it is that what is heard stands in the session."""
    from scipy.signal import correlate

    heard = heard[UNHEARD_SAMPLES:]
    at = round(second * fmt.sample_rate_hz) + UNHEARD_SAMPLES
    reach = 3 * fmt.sample_rate_hz
    start, stop = max(0, at - reach), min(session.length, at + reach)
    source = session.read(start, stop).mean(axis=1)
    likeness = correlate(source, heard, "valid")
    place = int(np.argmax(likeness))
    same = source[place : place + len(heard)]
    assert likeness[place] > 0.8 * np.sqrt(np.square(same).sum() * np.square(heard).sum())
    return (start + place - at) / fmt.sample_rate_hz


def places(session: Session, fmt: Mp3Format) -> list[float]:
    last = (session.length - session.fade / 2) / fmt.sample_rate_hz
    return [float(place) for place in np.random.default_rng(4).uniform(0, last, SEEKS)]


@pytest.mark.parametrize("fmt", SEEK_FORMATS, ids=str)
def test_ffmpeg_lands_within_50_ms(
    fmt: Mp3Format, long_session: Session, ffmpeg: Callable[..., Audio]
) -> None:
    data = written(long_session, fmt)
    for second in places(long_session, fmt):
        heard = ffmpeg(data, fmt.channels, ss=second).mean(axis=1)
        assert abs(missed_by_s(long_session, fmt, second, heard)) < 0.05


@pytest.mark.parametrize("fmt", SEEK_FORMATS, ids=str)
def test_mpg123_lands_within_50_ms(
    fmt: Mp3Format, long_session: Session, mpg123: Callable[..., Audio]
) -> None:
    data = written(long_session, fmt)
    for second in places(long_session, fmt):
        frame = round(second * fmt.sample_rate_hz / 1152)
        heard = mpg123(data, skip=frame).mean(axis=1)
        assert abs(missed_by_s(long_session, fmt, second, heard)) < 0.05


def by_lame(session: Session, fmt: Mp3Format, folder: Path) -> bytes:
    """Return LAME's own file of a session."""
    wav, mp3 = folder / "session.wav", folder / "lame.mp3"
    audio = session.read(0, session.length)
    soundfile.write(wav, audio if fmt.channels == 2 else audio.mean(axis=1), fmt.sample_rate_hz)
    mode = "j" if fmt.channels == 2 else "m"
    rate = ("--cbr", "-b", str(fmt.bitrate_kbps), "-m", mode)
    # By itself it takes a lower sample rate at low bit rates.
    same = ("--resample", str(fmt.sample_rate_hz / 1000))
    subprocess.run(["lame", "--quiet", *rate, *same, str(wav), str(mp3)], check=True, timeout=60)
    return mp3.read_bytes()


@needs_chromium
@pytest.mark.players
@pytest.mark.parametrize("fmt", CHROMIUM_FORMATS, ids=str)
def test_chromium_lands_where_it_does_in_lames_own_file(
    fmt: Mp3Format, long_session: Session, tmp_path: Path
) -> None:
    seconds = places(long_session, fmt)
    missed = []
    for data in (written(long_session, fmt), by_lame(long_session, fmt, tmp_path)):
        duration, played = played_by_chromium(data, seconds, fmt.sample_rate_hz, tmp_path)
        assert duration == pytest.approx(long_session.length / fmt.sample_rate_hz, abs=1e-4)
        missed.append(
            [
                missed_by_s(long_session, fmt, second, heard)
                for second, heard in zip(seconds, played, strict=True)
            ]
        )
    ours, lames = np.array(missed)
    assert (ours - lames).max() < FRAME_SECONDS
    assert np.abs(ours).max() < 0.125
