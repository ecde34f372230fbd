"""Compare the MP3 engine with one encoder from start to end, on one machine in one run.

Run it from the root of the project as `python -m bench.mp3_engine`. The session is synthetic:
bursts like speech of 3 to 8 s, pauses of 2 to 10 s, over a bed of a minute; its samples cost next
to nothing to make, so the figures are those of the encoder. The 8-hour plain file is reckoned
from the speed of the 20-minute one. It takes about half a minute.
"""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sessions.mp3 import Mp3Format, Repeat, write_mp3, write_plain_mp3
from sessions.mp3.plan import Copied, steps_for
from sessions.units import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, Audio, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

PERIOD = 2303 * SAMPLES_PER_FRAME
"""A minute, and a multiple of 49 frames: a whole number of bytes at 44.1 kHz."""
FORMAT = Mp3Format()


@dataclass(frozen=True, slots=True)
class Session:
    """Bursts `(start, stop)` over a bed."""

    bursts: tuple[tuple[int, int], ...]
    length: int
    bed: Audio
    voice: Audio

    def read(self, start: int, stop: int) -> Audio:
        """Give samples [start, stop)."""
        first = start % PERIOD
        reach = first + stop - start
        audio = np.concatenate([self.bed[first:reach], self.bed[: max(0, reach - PERIOD)]])
        for low, high in self.bursts:
            begin, end = max(start, low), min(stop, high)
            if begin < end:
                audio[begin - start : end - start] += self.voice[begin - low : end - low]
        return audio

    @property
    def repeats(self) -> tuple[Repeat, ...]:
        """Where only the bed sounds."""
        edges = [0, *(edge for burst in self.bursts for edge in burst), self.length]
        spans = zip(edges[::2], edges[1::2], strict=True)
        return tuple(Repeat(start, stop, PERIOD, 0, "bed") for start, stop in spans if start < stop)


def make_session(guided_seconds: float, length_seconds: float) -> Session:
    """Return a session that speaks for some time and whose bed goes on to its length."""
    random = np.random.default_rng(11)
    edges = [2 * SAMPLE_RATE_HZ]
    while edges[-1] < guided_seconds * SAMPLE_RATE_HZ:
        edges.append(edges[-1] + int(random.uniform(3, 8) * SAMPLE_RATE_HZ))
        edges.append(edges[-1] + int(random.uniform(2, 10) * SAMPLE_RATE_HZ))
    bursts = tuple(zip(edges[:-1:2], edges[1::2], strict=True))
    bed = (random.standard_normal((PERIOD, 2)) * 0.01).astype(np.float32)
    times = np.arange(8 * SAMPLE_RATE_HZ)[:, None]
    voiced = 0.2 * np.sin(times * 0.02) ** 9 * np.sin(times / 9000) ** 2
    voice = np.broadcast_to(voiced, (len(times), 2)).astype(np.float32)
    return Session(bursts, max(edges[-1], int(length_seconds * SAMPLE_RATE_HZ)), bed, voice)


def timed(write: Callable[[Path], object]) -> float:
    """Return the seconds that it takes to write a file, which is then removed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "session.mp3"
        start = time.perf_counter()
        write(path)
        return time.perf_counter() - start


def engine(session: Session, jobs: int) -> float:
    """Return the seconds that the engine takes."""

    def write(path: Path) -> None:
        with path.open("w+b") as out:
            write_mp3(out, session.read, session.length, FORMAT, jobs=jobs, repeats=session.repeats)

    return timed(write)


def plain(session: Session) -> float:
    """Return the seconds that one encoder takes."""

    def write(path: Path) -> None:
        with path.open("w+b") as out:
            write_plain_mp3(out, session.read, session.length, FORMAT)

    return timed(write)


def encoded_share(session: Session) -> float:
    """Return the share of the frames that encoders are asked for, overlap included."""
    runs = {}
    for step in steps_for(session.length, session.repeats):
        for run in step.ring.runs if isinstance(step, Copied) else (step.run,):
            runs[id(run)] = run
    frames = sum(run.frames + 2 for run in runs.values())
    return frames * SAMPLES_PER_FRAME / session.length


def main() -> None:
    """Print times and ratios."""
    cores = os.cpu_count() or 1
    guided = make_session(20 * 60, 0)
    whole = plain(guided)
    speed = seconds(guided.length) / whole
    share = encoded_share(guided)
    print(f"20 min, plain:            {whole:6.2f} s, {speed:.0f}x real time")
    for jobs in sorted({1, cores}):
        took = engine(guided, jobs)
        bound = whole * share / jobs
        print(
            f"20 min, engine, {jobs} jobs:   {took:6.2f} s, {whole / took:.1f}x plain; "
            f"{share:.0%} encoded, the limit is {bound:.2f} s"
        )
    for hours in (8, 12):
        night = make_session(30 * 60, hours * 3600)
        reckoned = hours * 3600 / speed
        took = engine(night, cores)
        print(
            f"{hours:2} h, engine, {cores} jobs:     {took:6.2f} s, "
            f"{reckoned / took:.0f}x plain (reckoned {reckoned:.0f} s)"
        )
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
