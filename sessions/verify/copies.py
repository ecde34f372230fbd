"""Tell what of a file of ours sounds like an earlier part of it, so that it is measured once.

Where only the bed sounds, the encoder copies frames, and the bed's period is a whole number of the
steps in which power is measured. So of all places with the same phase one is read.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from sessions.metering.loudness import STEP_SAMPLES
from sessions.units import SAMPLES_PER_FRAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from sessions.mp3.plan import Repeat
    from sessions.verify.stream import Again, Stream

    Copy = tuple[int, int, int]
    """Steps [first, last) measure what as many from another, earlier step on measure."""
    Span = tuple[int, int]

EDGE_STEPS = 12
"""At a repeat's ends a few frames are encoded for their place; these are five."""
TO_THE_END = 1 << 62
MARGIN_FRAMES = 16
"""More than a decoder's memory, and than the delay by which frames are off their samples."""
LEAST_STEPS = 100
"""What is shorter is read: to leave it out costs as much."""


def copies(repeats: Sequence[Repeat]) -> list[Copy]:
    """Return the steps of a file that need no reading, in the order in which to fill them."""
    families: defaultdict[tuple[str, int, int], list[Repeat]] = defaultdict(list)
    for repeat in repeats:
        if repeat.period_samples % STEP_SAMPLES == 0:
            families[repeat.key, repeat.period_samples, repeat.phase_samples].append(repeat)
    found: list[Copy] = []
    for (_, period_samples, _), family in families.items():
        latest = np.full(period_samples // STEP_SAMPLES, -1, np.int64)
        for repeat in sorted(family, key=lambda one: one.start):
            first = -(-repeat.start // STEP_SAMPLES) + EDGE_STEPS
            last = repeat.stop // STEP_SAMPLES - EDGE_STEPS
            for start in range(first, last, len(latest)):
                found += _known(latest, start, min(start + len(latest), last))
    return sorted(found)


def _known(latest: NDArray[np.int64], first: int, last: int) -> Iterator[Copy]:
    """Give what of some steps, at most a period of them, was heard before; note that it is now."""
    steps = np.arange(first, last)
    phases = steps % len(latest)
    sources = latest[phases]
    breaks = np.flatnonzero((np.diff(sources) != 1) | (sources[:-1] < 0)) + 1
    for start, stop in pairwise([0, *breaks.tolist(), len(steps)]):
        if sources[start] >= 0 and stop - start >= LEAST_STEPS:
            yield first + start, first + stop, int(sources[start])
    latest[phases] = steps


def spans_to_read(known: Sequence[Copy]) -> list[Span]:
    """Return the samples [start, stop) of a file that the copies leave to be read."""
    edges = [0]
    for first, last, _ in known:
        edges += [first * STEP_SAMPLES, last * STEP_SAMPLES]
    spans = zip(edges[::2], [*edges[1::2], TO_THE_END], strict=True)
    return [(start, stop) for start, stop in spans if start < stop]


def to_leave_out(spans: Sequence[Span], stream: Stream | None) -> list[Again]:
    """Return what of a stream is not read and repeats the bytes before it: long nights.

    Without it the stream goes on as it did with it, so a decoder hears no seam.
    """
    if stream is None or stream.faults or not stream.counted:
        return []
    unread = [(one[1], other[0]) for one, other in pairwise(spans)]
    return [
        again
        for again in stream.repeats
        if any(
            start <= (again.frame - MARGIN_FRAMES) * SAMPLES_PER_FRAME
            and (again.frame + again.frames + MARGIN_FRAMES) * SAMPLES_PER_FRAME <= stop
            for start, stop in unread
        )
    ]


def fill(steps: NDArray[np.float32], known: Sequence[Copy]) -> None:
    """Give the steps that were not read the power of those that they sound like, in place."""
    for first, last, source in known:
        count = len(steps[first:last])
        steps[first:last] = steps[source : source + count]
