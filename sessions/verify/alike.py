"""Hear of a file only what is other than in one that was just heard: of personal versions.

Equal bytes in the same place of two streams decode to equal sound, as far as a decoder's memory
does not reach. So what was found there is taken over, and the rest is decoded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sessions.units import SAMPLES_PER_FRAME
from sessions.verify.decode import LEAST_CLIPPED_SAMPLES, LEAST_SILENT_SAMPLES
from sessions.verify.runs import joined, outside

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sessions.verify.decode import Decoded, Span
    from sessions.verify.stream import Stream

BLOCK_BYTES = 4096
CHUNK_BLOCKS = 4096
MARGIN_FRAMES = 16
"""More than a decoder's memory, and than what bytes are off from the time they tell."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A file that was heard, as it was then."""

    path: Path
    stamp: tuple[int, int]
    stream: Stream
    decoded: Decoded


class Memory:
    """What was heard last; None where it is of no use."""

    def __init__(self) -> None:
        self.last: Heard | None = None

    def keep(self, path: Path, stream: Stream | None, decoded: Decoded) -> None:
        """Remember a file that decoded without a fault."""
        whole = stream is not None and stream.counted and not stream.faults
        if stream is None or not whole or decoded.missing_samples or decoded.not_numbers:
            self.last = None
            return
        self.last = Heard(path, stamp(path), stream, decoded)

    def moved(self, path: Path) -> None:
        """Know that the file that was heard last is at another path now."""
        self.last = self.last and replace(self.last, path=path, stamp=stamp(path))


def stamp(path: Path) -> tuple[int, int]:
    """Return what changes when a file does."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def changed(before: Heard | None, path: Path, stream: Stream | None) -> list[Span] | None:
    """Return the samples in which a file may sound other than the one before; None for all.

    All of it, too, where the highest peak of that one is in them: how high the rest is was not
    sought.
    """
    if before is None or stream is None or stream.faults or not stream.counted:
        return None
    (first, stop), *more = stream.pieces
    (begin, end), *others = before.stream.pieces
    alike = stream.frames == before.stream.frames and stop - first == end - begin
    if more or others or not alike or not before.path.exists():
        return None
    if stamp(before.path) != before.stamp:
        return None
    here = np.memmap(path, np.uint8, "r", first, (stop - first,))
    there = np.memmap(before.path, np.uint8, "r", begin, (end - begin,))
    per_byte = (stream.frames + 1) / len(here)  # the Info frame is one, too
    spans: list[Span] = []
    for low, high in other_bytes(here, there):
        start = int(low * per_byte) - MARGIN_FRAMES
        until = int(high * per_byte) + MARGIN_FRAMES
        if spans and start * SAMPLES_PER_FRAME <= spans[-1][1]:
            start = spans.pop()[0] // SAMPLES_PER_FRAME
        spans.append((max(0, start) * SAMPLES_PER_FRAME, until * SAMPLES_PER_FRAME))
    return None if both(spans, [before.decoded.peaks.at]) else spans


def other_bytes(here: NDArray[np.uint8], there: NDArray[np.uint8]) -> list[Span]:
    """Return the bytes [start, stop), in whole blocks, in which two streams differ."""
    spans: list[Span] = []
    size = BLOCK_BYTES * CHUNK_BLOCKS
    for start in range(0, len(here), size):
        differ = here[start : start + size] != there[start : start + size]
        edges = np.arange(0, len(differ), BLOCK_BYTES)
        for block in np.flatnonzero(np.logical_or.reduceat(differ, edges)).tolist():
            low = start + block * BLOCK_BYTES
            if spans and spans[-1][1] == low:
                low = spans.pop()[0]
            spans.append((low, start + (block + 1) * BLOCK_BYTES))
    return spans


def both(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """Return the overlaps of two lists of spans."""
    cut = [(max(start, low), min(stop, high)) for start, stop in spans for low, high in others]
    return [(start, stop) for start, stop in cut if start < stop]


def completed(decoded: Decoded, before: Decoded, spans: Sequence[Span]) -> Decoded | None:
    """Return what was found in some spans, and in the file before elsewhere; None if unlike.

    Files of the same bytes may still be of lengths that differ by a few samples.
    """
    if (decoded.length_samples, decoded.rate_hz, decoded.channels) != (
        *(before.length_samples, before.rate_hz, before.channels),
    ):
        return None
    steps = np.where(np.isnan(decoded.steps), before.steps, decoded.steps)
    return replace(
        decoded,
        steps=steps,
        silent=joined([decoded.silent, outside(before.silent, spans)], LEAST_SILENT_SAMPLES),
        clipped=tuple(
            joined([one, outside(other, spans)], LEAST_CLIPPED_SAMPLES)
            for one, other in zip(decoded.clipped, before.clipped, strict=True)
        ),
    )
