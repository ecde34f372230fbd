"""Make the frames of a file by its plan: encode on threads, join in order, copy what repeats."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Protocol, TypeAlias

from sessions.mp3.encoder import QUALITY, Read, encode_run
from sessions.mp3.format import Mp3Error, Mp3Format, frame_bytes, frames_for
from sessions.mp3.frames import Strip, take_apart
from sessions.mp3.plan import Copied, Fresh, Repeat, Ring, Run, Step, steps_for
from sessions.mp3.splice import NoRoomError, Piece, Splicer

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterator, Sequence

_BLOCK_BYTES = 8_000_000
"""What a block of frames that is written again and again may take in memory."""
_RUNS_AHEAD = 2
"""Encoded runs that wait to be joined, per thread."""
_CODE = "1"
"""To be raised when the same run would give other bytes than before."""

Chunk: TypeAlias = tuple[bytes, int]
"""Bytes of the stream, and how many times they stand there."""
SegmentKey: TypeAlias = Callable[[int, int], str]
"""Name all that decides what sounds in samples [start, stop)."""


class SegmentStore(Protocol):
    """Where encoded segments are kept between renders; called from several threads."""

    def get(self, key: str) -> bytes | None:
        """Return what was put under a key, unharmed, or None."""

    def put(self, key: str, data: bytes) -> None:
        """Keep some bytes under a key."""


@dataclass(frozen=True, slots=True)
class Reuse:
    """How encoded segments are found again: what names them, and where they are.

    `alone` are samples [start, stop) that may be others in another file of the same kind.
    """

    store: SegmentStore
    segment_key: SegmentKey
    alone: Sequence[tuple[int, int]] = ()


@cache
def _encoder_name() -> str:
    """Return which encoder this is, with all that changes its bytes."""
    return f"{_CODE} lameenc {version('lameenc')} quality {QUALITY}"


def _store_key(run: Run, fmt: Mp3Format, segment_key: SegmentKey) -> str:
    """Return what a run's bytes depend on, as one name."""
    parts = [_encoder_name(), repr(fmt), str(run.zeros)]
    parts += [f"{stop - start}:{segment_key(start, stop)}" for start, stop in run.spans]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _usable(data: bytes, run: Run) -> Strip | None:
    """Return the frames of a run, or None if they are not all there."""
    try:
        strip = take_apart(data)
    except Mp3Error:
        return None
    return strip if len(strip) >= run.frames else None


def _encode(run: Run, read: Read, fmt: Mp3Format, reuse: Reuse | None) -> Strip:
    """Return the frames of a run, from the store if it has them."""
    if reuse is None:
        return take_apart(encode_run(read, run, fmt))
    key = _store_key(run, fmt, reuse.segment_key)
    kept = reuse.store.get(key)
    strip = None if kept is None else _usable(kept, run)
    if strip is None:
        data = encode_run(read, run, fmt)
        strip = take_apart(data)
        reuse.store.put(key, data)
    return strip


def _first_uses(steps: Sequence[Step]) -> Iterator[Run]:
    """Give all runs in the order in which they are first needed."""
    seen: set[Run] = set()
    for step in steps:
        if isinstance(step, Fresh):
            yield step.run
            continue
        for part in step.ring.parts(step.start, step.frame):
            if part.start >= min(step.stop, step.start + step.ring.period):
                break
            if part.run not in seen:
                seen.add(part.run)
                yield part.run


def _encoded(runs: Iterator[Run], encode: Callable[[Run], Strip], jobs: int) -> Generator[Strip]:
    """Encode runs on threads, some ahead; give them in order."""
    waiting: deque[Future[Strip]] = deque()
    with ThreadPoolExecutor(jobs, "mp3") as pool:
        try:
            for run in runs:
                waiting.append(pool.submit(encode, run))
                if len(waiting) > _RUNS_AHEAD * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _block_frames(ring: Ring, fmt: Mp3Format) -> int:
    """Return some periods of a ring that are nearly a whole number of bytes at constant rate.

    Of those that fit in memory it is the best; with ten to choose from, the file is off by less
    than a tenth of a byte per block.
    """
    rate = fmt.sample_rate_hz
    period_bytes = ring.period * frame_bytes(fmt.bitrate_kbps, rate)
    excess = ring.period * 144_000 * fmt.bitrate_kbps

    def off(periods: int) -> int:
        return min(periods * excess % rate, -periods * excess % rate)

    return ring.period * min(range(1, max(1, _BLOCK_BYTES // period_bytes) + 1), key=off)


class _Joiner:
    """Join parts in the order of the stream; `strips` are those of `_first_uses`.

    Where the reservoir lacks what a settled encoder needs, one that begins there takes its place.
    """

    def __init__(
        self, splicer: Splicer, strips: Iterator[Strip], encode: Callable[[Run], Strip]
    ) -> None:
        self.splicer = splicer
        self._strips = strips
        self._encode = encode
        self._kept: dict[Run, Strip] = {}

    def once(self, part: Fresh) -> bytes:
        """Add a part whose run is used nowhere else; return complete bytes."""
        return self._add(part, next(self._strips))

    def again(self, part: Fresh) -> bytes:
        """Add a part of a ring; return complete bytes."""
        if part.run not in self._kept:
            self._kept[part.run] = next(self._strips)
        return self._add(part, self._kept[part.run])

    def _add(self, part: Fresh, strip: Strip) -> bytes:
        try:
            return self.splicer.add(Piece(strip, part.start, part.first))
        except NoRoomError:
            part = part.unsettled
            if part.run not in self._kept:
                self._kept[part.run] = self._encode(part.run)
            strip = self._kept[part.run]
            return self.splicer.add(Piece(strip, part.start, part.first))


class _Copier:
    """Take frames from a ring for as long as a step lasts."""

    def __init__(self, step: Copied, joiner: _Joiner) -> None:
        self._step = step
        self._joiner = joiner
        self._splicer = joiner.splicer
        self._parts = step.ring.parts(step.start, step.frame)
        self._next = next(self._parts)
        self._skipped = 0

    def chunks(self, block: int) -> Iterator[Chunk]:
        """Give the bytes of the step; `block` is a number of frames that may repeat bytes."""
        at, stop = self._step.start, self._step.stop
        while stop - at >= 2 * block:
            self._splicer.round_debt()
            before = self._splicer.state
            data, at = self._reach(at + block), at + block
            self._splicer.round_debt()
            # From the same state, the same frames give the same bytes.
            copies = (stop - at) // block if self._splicer.state == before else 0
            yield data, 1 + copies
            self._splicer.skip(copies * block)
            self._skipped += copies * block
            at += copies * block
        yield self._reach(stop), 1

    def _reach(self, frame: int) -> bytes:
        """Go on up to a frame of the stream."""
        data = []
        while self._next.start + self._skipped < frame:
            part = self._next
            data.append(self._joiner.again(replace(part, start=part.start + self._skipped)))
            self._next = next(self._parts)
        return b"".join(data) + self._splicer.advance(frame)


def encode_spliced(
    read: Read,
    length_samples: int,
    fmt: Mp3Format,
    *,
    jobs: int = 1,
    repeats: Sequence[Repeat] = (),
    reuse: Reuse | None = None,
    across: Collection[int] = (),
) -> Iterator[Chunk]:
    """Give the frames of samples [0, length_samples), encoding only what is unique.

    Parameters
    ----------
    read
        Where the samples come from; called from `jobs` threads.
    length_samples
        At least 1.
    fmt
        The shape of the stream.
    jobs
        Threads that encode; it changes no byte.
    repeats
        Where the input is known to repeat.
    reuse
        Where encoded segments are looked for first.
    across
        Frames at which no seam may be.

    Raises
    ------
    NoRoomError
        If there is no room for a seam, even to an encoder that begins there; it is to be `across`.
    """
    alone = reuse.alone if reuse is not None else ()
    steps = steps_for(length_samples, repeats, alone=alone, across=across)
    encode = partial(_encode, read=read, fmt=fmt, reuse=reuse)
    with closing(_encoded(_first_uses(steps), encode, jobs)) as strips:
        splicer = Splicer(fmt)
        joiner = _Joiner(splicer, strips, encode)
        for step in steps:
            if isinstance(step, Fresh):
                yield joiner.once(step), 1
            else:
                yield from _Copier(step, joiner).chunks(_block_frames(step.ring, fmt))
        yield splicer.advance(frames_for(length_samples)) + splicer.finish(), 1
