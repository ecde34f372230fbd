"""Decide which frames are encoded, in which runs, and which are copies: a value, before any work.

Boundaries follow from the timeline alone, so the number of threads changes no byte.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from sessions.mp3.format import frames_for
from sessions.mp3.splice import FILTER_FRAMES, SEAM_FRAMES, SETTLE_FRAMES, WARM_UP_FRAMES
from sessions.units import SAMPLES_PER_FRAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

GRID_FRAMES = 384
"""Longest span of one encoder run, about 10 s: long against its overlap, short against a job."""
_LEAST_FRAMES = 24
"""Between two cuts: about what the second seam costs."""
_SLIVER_FRAMES = 96
"""A span at an edge that is shorter than this is not cut off."""
_LOOK_AHEAD_FRAMES = 1
"""Frame k of LAME looks at samples up to 1152 k + 1376 (its `calcNeeded`), which is in k + 1."""
_REACH_BACK_FRAMES = FILTER_FRAMES
_REACH_AHEAD_FRAMES = _LOOK_AHEAD_FRAMES + 1
_COPY_COSTS_FRAMES = 2 * (WARM_UP_FRAMES + SEAM_FRAMES + 2)
"""What two more seams cost in frames encoded twice; `flush` encodes two that are not used."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A promise: from sample `start` up to `stop` the input is one fixed periodic signal.

    Parameters
    ----------
    start, stop
        Samples of the timeline, `start < stop`.
    period_samples
        A whole number of frames: a multiple of 1152.
    phase_samples
        Sample n of the timeline is sample (n + phase) mod period of the signal.
    key
        Names the signal: it is the same in all repeats with the same key and period.

    Raises
    ------
    ValueError
        If the span is empty or the period is not a whole number of frames.
    """

    start: int
    stop: int
    period_samples: int
    phase_samples: int
    key: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.stop:
            msg = f"a repeat spans some samples from 0 on, not [{self.start}, {self.stop})"
            raise ValueError(msg)
        if self.period_samples < 1 or self.period_samples % SAMPLES_PER_FRAME:
            msg = f"a period is a multiple of 1152 samples, not {self.period_samples}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Run:
    """What one encoder is fed, and how many of the frames that it gives are good.

    Parameters
    ----------
    spans
        Samples of the timeline, one span after the other.
    zeros
        Silence after them, in samples: the file has ended.
    frames
        Frames to use, from the first one on.
    """

    spans: tuple[tuple[int, int], ...]
    zeros: int
    frames: int

    def later(self, frames: int) -> Run:
        """Return what is left of the run if it begins so many frames later."""
        spans, passed = [], frames * SAMPLES_PER_FRAME
        for start, stop in self.spans:
            begin = min(start + passed, stop)
            passed -= begin - start
            if begin < stop:
                spans.append((begin, stop))
        return Run(tuple(spans), self.zeros - passed, self.frames - frames)


@dataclass(frozen=True, slots=True)
class Fresh:
    """Encode: frame `start` of the stream is frame `first` of the run."""

    run: Run
    start: int
    first: int

    @property
    def unsettled(self) -> Fresh:
        """The same with an encoder that begins just before its first frame.

        It has saved next to no reservoir of its own, so that it needs next to none of the stream.
        """
        return Fresh(self.run.later(self.first - FILTER_FRAMES), self.start, FILTER_FRAMES)


@dataclass(frozen=True, slots=True)
class Ring:
    """The frames of a periodic signal, as far as they are needed, in runs.

    Parameters
    ----------
    period
        Frames after which it begins again.
    starts
        The first frame of each run's part, rising; at most one period from first to last.
    firsts
        Which frame of its run that is.
    runs
        The run of each part.
    """

    period: int
    starts: tuple[int, ...]
    firsts: tuple[int, ...]
    runs: tuple[Run, ...]

    def parts(self, start: int, frame: int) -> Iterator[Fresh]:
        """Give runs for ever, for a stream that is at frame `frame` of the ring at `start`."""
        frame %= self.period
        if frame < self.starts[0]:
            frame += self.period
        number = bisect_right(self.starts, frame) - 1
        yield Fresh(self.runs[number], start, self.firsts[number] + frame - self.starts[number])
        origin = start - frame
        while True:
            number += 1
            if number == len(self.starts):
                number, origin = 0, origin + self.period
            yield Fresh(self.runs[number], origin + self.starts[number], self.firsts[number])


@dataclass(frozen=True, slots=True)
class Copied:
    """Copy: frames [start, stop) are those of a ring from its frame `frame` on."""

    ring: Ring
    start: int
    stop: int
    frame: int

    def without(self, start: int, stop: int) -> Iterator[Copied]:
        """Give what is left where frames [start, stop) are not copied, if it is worth a seam."""
        for low, high in ((self.start, min(self.stop, start)), (max(self.start, stop), self.stop)):
            if high - low > _COPY_COSTS_FRAMES:
                yield Copied(self.ring, low, high, self.frame + low - self.start)


Step: TypeAlias = Fresh | Copied


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Frames [start, stop) that only a repeat decides; `shift` leads to the frame of its ring."""

    start: int
    stop: int
    shift: int


def _stretch(repeat: Repeat, length_samples: int) -> _Stretch:
    """Return the frames whose whole reach lies inside a repeat."""
    # The stream's own first frames save the reservoir that those from a settled encoder need.
    start = max(-(-repeat.start // SAMPLES_PER_FRAME) + _REACH_BACK_FRAMES, WARM_UP_FRAMES)
    stop = min(repeat.stop, length_samples) // SAMPLES_PER_FRAME - _REACH_AHEAD_FRAMES + 1
    return _Stretch(start, stop, repeat.phase_samples // SAMPLES_PER_FRAME)


def _ring_frames(stretch: _Stretch, period: int) -> NDArray[np.int64]:
    """Return the frames of the ring that a stretch needs."""
    count = min(period, stretch.stop - stretch.start)
    return (stretch.start + stretch.shift + np.arange(count)) % period


def _worth_copying(stretches: Sequence[_Stretch], period: int) -> list[_Stretch]:
    """Return the stretches that are cheaper to copy, given that all the others are, too."""
    users = np.zeros(period, np.int64)
    for stretch in stretches:
        users[_ring_frames(stretch, period)] += 1
    kept = list(stretches)
    while True:
        before = len(kept)
        for stretch in tuple(kept):
            frames = _ring_frames(stretch, period)
            alone = int(np.count_nonzero(users[frames] == 1))
            if stretch.stop - stretch.start <= alone + _COPY_COSTS_FRAMES:
                kept.remove(stretch)
                users[frames] -= 1
        if len(kept) == before:
            return kept


def _sources(repeats: Iterable[Repeat], length_samples: int, period: int) -> NDArray[np.int64]:
    """Return, for each frame of a ring, a frame of the timeline that holds its samples, or -1."""
    sources = np.full(period, -1, np.int64)
    for repeat in repeats:
        first = -(-repeat.start // SAMPLES_PER_FRAME)
        last = min(repeat.stop, length_samples) // SAMPLES_PER_FRAME
        frames = np.arange(first, min(last, first + period))
        places = (frames + repeat.phase_samples // SAMPLES_PER_FRAME) % period
        unknown = sources[places] < 0
        sources[places[unknown]] = frames[unknown]
    return sources


def _cuts(start: int, stop: int) -> list[int]:
    """Return the boundaries of runs in [start, stop), both ends included."""
    first = (start + _SLIVER_FRAMES) // GRID_FRAMES + 1
    inner = range(first * GRID_FRAMES, stop - _SLIVER_FRAMES + 1, GRID_FRAMES)
    return [start, *inner, stop]


def _ring_run(sources: NDArray[np.int64], start: int, stop: int, settle_frames: int) -> Run:
    """Return the run for frames [start, stop) of a ring.

    Where a pause has only just begun, the encoder settles in what comes instead of what was.
    """
    period = len(sources)
    own = np.arange(start - FILTER_FRAMES, stop + SEAM_FRAMES + _LOOK_AHEAD_FRAMES)
    settling = np.arange(-settle_frames, 0) + own[0]
    if np.any(sources[settling % period] < 0):
        settling = np.resize(own, settle_frames)
    frames = sources[np.concatenate((settling, own)) % period]
    breaks = [0, *(np.flatnonzero(np.diff(frames) != 1) + 1).tolist(), len(frames)]
    spans = (
        (int(frames[a]) * SAMPLES_PER_FRAME, (int(frames[b - 1]) + 1) * SAMPLES_PER_FRAME)
        for a, b in pairwise(breaks)
    )
    return Run(tuple(spans), 0, len(frames) - _LOOK_AHEAD_FRAMES)


def _ring(stretches: Iterable[_Stretch], sources: NDArray[np.int64]) -> Ring:
    """Return the ring of all frames that some stretches need, cut in runs.

    A ring that closes begins with an encoder that has not settled. It saves up a reservoir that
    nothing asks for when the ring begins again; so each round saves more than it needs, ends as
    it began, and gives the same bytes. Settled, it might need a little more than its bit rate.
    """
    period = len(sources)
    needed = np.zeros(period, bool)
    for stretch in stretches:
        needed[_ring_frames(stretch, period)] = True
    closed = bool(needed.all())
    if closed:
        bounds = [(0, period)]
    else:
        # Unrolled from a gap on, no interval wraps around.
        origin = int(np.argmin(needed))
        edges = np.flatnonzero(np.diff(np.concatenate(([0], np.roll(needed, -origin), [0]))))
        pairs = (edges + origin).reshape(-1, 2).tolist()
        bounds = [(start, stop - SEAM_FRAMES) for start, stop in pairs]
    cuts = [cut for bound in bounds for cut in pairwise(_cuts(*bound))]
    settle = [SETTLE_FRAMES] * len(cuts)
    if closed:
        settle[0] = 0
    runs = tuple(_ring_run(sources, *cut, frames) for cut, frames in zip(cuts, settle, strict=True))
    firsts = tuple(frames + FILTER_FRAMES for frames in settle)
    return Ring(period, tuple(start for start, _ in cuts), firsts, runs)


def _copies(repeats: Sequence[Repeat], length_samples: int) -> list[Copied]:
    """Return what is to be copied, in the order of the timeline."""
    families: defaultdict[tuple[str, int, int], list[Repeat]] = defaultdict(list)
    for repeat in repeats:
        grid = repeat.phase_samples % SAMPLES_PER_FRAME
        families[repeat.key, repeat.period_samples, grid].append(repeat)
    copies = []
    for (_, period_samples, _), family in families.items():
        period = period_samples // SAMPLES_PER_FRAME
        # A short signal is taken several times, for seams to be rare.
        period *= -(-GRID_FRAMES // period)
        stretches = [_stretch(repeat, length_samples) for repeat in family]
        long = [one for one in stretches if one.stop - one.start > _COPY_COSTS_FRAMES]
        kept = _worth_copying(long, period)
        if kept:
            ring = _ring(kept, _sources(family, length_samples, period))
            copies += [
                Copied(ring, one.start, one.stop - SEAM_FRAMES, one.start + one.shift)
                for one in kept
            ]
    return sorted(copies, key=lambda copy: copy.start)


def _apart(start: int, stop: int, edges: Iterable[int]) -> list[int]:
    """Return the boundaries of [start, stop), both ends included, and the edges well inside."""
    bounds = [start]
    for edge in sorted(edges):
        if bounds[-1] + _LEAST_FRAMES <= edge <= stop - _LEAST_FRAMES:
            bounds.append(edge)
    return [*bounds, stop]


def _fresh(
    start: int, stop: int, length_samples: int, edges: Sequence[int], across: Collection[int]
) -> Iterator[Fresh]:
    """Give the runs that encode frames [start, stop) of the timeline."""
    parts = pairwise(_apart(start, stop, edges))
    cuts = {cut for part in parts for cut in _cuts(*part)}
    for a, b in pairwise(sorted(cuts.difference(across))):
        first = max(0, a - WARM_UP_FRAMES)
        last = min(b + SEAM_FRAMES, frames_for(length_samples))
        begin, end = first * SAMPLES_PER_FRAME, (last + _LOOK_AHEAD_FRAMES) * SAMPLES_PER_FRAME
        heard = min(end, length_samples)
        spans = ((begin, heard),) if begin < heard else ()
        zeros = end - max(begin, heard)
        yield Fresh(Run(spans, zeros, last - first), a, a - first)


def steps_for(
    length_samples: int,
    repeats: Sequence[Repeat] = (),
    *,
    alone: Sequence[tuple[int, int]] = (),
    across: Collection[int] = (),
) -> tuple[Step, ...]:
    """Return the steps that make the frames of a file, in their order.

    Parameters
    ----------
    length_samples
        At least 1.
    repeats
        What is known of the input; in any order, not overlapping.
    alone
        Samples [start, stop) that may be others in another file of the same kind: no run needs
        both those and more of the rest than it must.
    across
        Frames at which no run begins, and about which nothing is copied.

    Raises
    ------
    ValueError
        If two repeats overlap.
    """
    ordered = sorted(repeats, key=lambda repeat: repeat.start)
    for one, other in pairwise(ordered):
        if other.start < one.stop:
            msg = f"repeats [{one.start}, {one.stop}) and [{other.start}, {other.stop}) overlap"
            raise ValueError(msg)
    edges: list[int] = []
    for start, stop in alone:
        edges.append(start // SAMPLES_PER_FRAME - SEAM_FRAMES - _LOOK_AHEAD_FRAMES)
        edges.append(-(-stop // SAMPLES_PER_FRAME) + WARM_UP_FRAMES)
    steps: list[Step] = []
    at = 0
    copies = _copies(ordered, length_samples)
    for frame in across:
        around = frame - GRID_FRAMES // 2, frame + GRID_FRAMES // 2
        copies = [part for copy in copies for part in copy.without(*around)]
    for copy in copies:
        if at < copy.start:
            steps += _fresh(at, copy.start, length_samples, edges, across)
        steps.append(copy)
        at = copy.stop
    return (*steps, *_fresh(at, frames_for(length_samples), length_samples, edges, across))
