"""Read an audio file in blocks, on several threads, and keep what can be told of every block.

What is found in a block depends on nothing but the samples around it, so memory stays flat at any
length and the work can be shared. libsndfile seeks to the exact sample in MP3 too, but the first
samples after a seek may differ from those of one pass by a few millionths of full scale, as the
decoder has not seen all that came before: far below what any figure shows.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from sessions.errors import SessionsError
from sessions.metering.loudness import lead_size, weighted
from sessions.metering.meter import Peaks
from sessions.units import SAMPLES_PER_FRAME
from sessions.verify.runs import Runs, joined, runs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sessions.units import Audio
    from sessions.verify.stream import Again

    Span = tuple[int, int]

STEPS_PER_SECOND = 100
"""Power is kept per 10 ms; at rates where that is no whole number of samples, to the nearest."""
BLOCK_STEPS = 256
"""What is measured at once: four blocks to weight. Of smaller ones the system's part costs more."""
QUIET = 2.0**-16
"""Half a step of 16 bits: what is below it on all channels is digital silence."""
CLIPPED = 0.9999
LEAST_SILENT_SAMPLES = 64
LEAST_CLIPPED_SAMPLES = 3
"""A waveform may touch full scale; that it stays there for three samples is clipping."""
LOWEST_RATE_HZ = 8000


class UndecodableError(SessionsError):
    """A file that is no audio, or of a kind that cannot be measured."""

    exit_code = 65


@dataclass(slots=True)
class Findings:
    """What one thread found: runs of silence and, per channel, of clipping."""

    silent: list[Runs] = field(default_factory=list)
    clipped: list[list[Runs]] = field(default_factory=list)
    missing_samples: int = 0
    not_numbers: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a file holds, and what was found in its samples.

    `steps` are K-weighted mean squares per 10 ms, summed over channels, mono counted on two of
    them; NaN where nothing was read. `silent` and each of `clipped` are runs of samples, shape
    (runs, 2). `missing_samples` were promised by the file and could not be had.
    """

    container: str
    rate_hz: int
    channels: int
    length_samples: int
    steps: NDArray[np.float32]
    peaks: Peaks
    silent: Runs
    clipped: tuple[Runs, ...]
    missing_samples: int
    not_numbers: int
    reason: str


class Reader:
    """Hands the blocks of one stretch after another to the measures."""

    def __init__(
        self,
        path: Path,
        rate_hz: int,
        channels: int,
        steps: NDArray[np.float32],
        without: Sequence[Again],
        known: Peaks | None,
    ) -> None:
        self._path = path
        self._without = [
            (again.frame * SAMPLES_PER_FRAME, again.frames * SAMPLES_PER_FRAME) for again in without
        ]
        self._rate = rate_hz
        self._channels = channels
        self._steps = steps
        self._lead = lead_size(rate_hz)
        self.peaks = Peaks()
        if known is not None:
            self.peaks.join(known)

    def place(self, step: int) -> int:
        """Return the sample at which a step begins."""
        return step * self._rate // STEPS_PER_SECOND

    def left_out(self, sample: int) -> int:
        """Return how many samples before this one the file has been left without."""
        return sum(count for start, count in self._without if start <= sample)

    def read(self, stretches: Sequence[Span]) -> Findings:
        """Measure steps [first, last) of the file, stretch by stretch, in order."""
        import soundfile  # noqa: PLC0415

        found = Findings(clipped=[[] for _ in range(self._channels)])
        with soundfile.SoundFile(self._path) as file:
            for first, last in stretches:
                end = min(file.frames + self.left_out(self.place(last)), self.place(last))
                try:
                    self._read(file, first, end, found)
                except soundfile.LibsndfileError as error:
                    found.missing_samples += max(1, end - self.left_out(end) - file.tell())
                    found.reason = error.error_string
        return found

    def _read(self, file: Any, first: int, end: int, found: Findings) -> None:
        """Measure one stretch, from a step up to a sample."""
        begin = self.place(first)
        lead = np.zeros((self._lead, self._channels), np.float32)
        file.seek(max(0, begin - self._lead) - self.left_out(begin))
        before = file.read(min(begin, self._lead), dtype="float32", always_2d=True)
        lead[self._lead - len(before) :] = before
        for step in count(first, BLOCK_STEPS):
            start, stop = self.place(step), min(end, self.place(step + BLOCK_STEPS))
            if start >= stop:
                return
            block = file.read(stop - start, dtype="float32", always_2d=True)
            lead = self._measure(step, lead, block, found)
            if len(block) < stop - start:
                found.missing_samples += end - start - len(block)
                return

    def _measure(self, step: int, lead: Audio, block: Audio, found: Findings) -> Audio:
        """Measure one block, and return the lead of the next."""
        magnitude = np.abs(block)
        peak = float(magnitude.max(initial=0.0))
        if not np.isfinite(peak):
            wrong = ~np.isfinite(block)
            found.not_numbers += int(wrong.sum())
            block = np.where(wrong, np.float32(0), block)
            magnitude = np.abs(block)
            peak = float(magnitude.max(initial=0.0))
        start = self.place(step)
        loud = magnitude >= QUIET
        heard = loud[:, 0] if loud.shape[1] == 1 else loud.view(np.uint16)[:, 0] != 0
        if not heard.all():
            found.silent.append(runs(~heard, start, LEAST_SILENT_SAMPLES))
        if peak >= CLIPPED:
            for channel, flags in zip(found.clipped, (magnitude >= CLIPPED).T, strict=True):
                channel.append(runs(flags, start, LEAST_CLIPPED_SAMPLES))
        window = np.concatenate([lead, block])
        self._weigh(step, window)
        self.peaks.add(window, start - self._lead)
        return window[-self._lead :]

    def _weigh(self, step: int, window: Audio) -> None:
        """Take the power of each whole step of a window that begins with a lead."""
        heard = weighted(window, self._rate)
        start = self.place(step)
        last = step + BLOCK_STEPS
        while self.place(last) > start + heard.shape[1]:
            last -= 1
        edges = np.array([self.place(number) - start for number in range(step, last + 1)])
        if len(edges) < 2:
            return
        squares = np.square(heard[:, : edges[-1]]).sum(axis=0, dtype=np.float64)
        powers = np.add.reduceat(squares, edges[:-1]) / np.diff(edges)
        self._steps[step:last] = powers * (2 if self._channels == 1 else 1)


def decode(
    path: Path,
    jobs: int = 1,
    spans: Sequence[Span] | None = None,
    without: Sequence[Again] = (),
    *,
    known: Peaks | None = None,
    name: str = "",
) -> Decoded:
    """Read a file and measure its samples.

    Parameters
    ----------
    name
        What to call the file in errors.
    jobs
        Threads to read with.
    spans
        Samples [start, stop) to read; None for all.
    without
        What the file has been left without; positions are those of the whole.
    known
        The highest peaks of what is not read: lower ones need no search.

    Raises
    ------
    UndecodableError
    """
    info = described(path, name)
    rate, channels = info.samplerate, info.channels
    length = info.frames + SAMPLES_PER_FRAME * sum(again.frames for again in without)
    if channels > 2 or rate < LOWEST_RATE_HZ or length == 0:
        raise UndecodableError(
            f"{name} has {channels} channel(s) of {length} samples at {rate} Hz",
            "give a file that is not empty, in mono or stereo, of 8 kHz and more",
        )
    steps = np.full(-(-length * STEPS_PER_SECOND // rate), np.nan, np.float32)
    reader = Reader(path, rate, channels, steps, without, known)
    shares = shared([(0, length)] if spans is None else spans, rate, length, jobs)
    with ThreadPoolExecutor(max(1, jobs)) as pool:
        found = list(pool.map(reader.read, shares))
    whole = length * STEPS_PER_SECOND // rate
    return Decoded(
        container=info.format,
        rate_hz=rate,
        channels=channels,
        length_samples=length,
        steps=steps[:whole],
        peaks=reader.peaks,
        silent=joined([run for one in found for run in one.silent], LEAST_SILENT_SAMPLES),
        clipped=tuple(
            joined([run for one in found for run in one.clipped[channel]], LEAST_CLIPPED_SAMPLES)
            for channel in range(channels)
        ),
        missing_samples=sum(one.missing_samples for one in found),
        not_numbers=sum(one.not_numbers for one in found),
        reason=next((one.reason for one in found if one.reason), ""),
    )


def shared(spans: Sequence[Span], rate_hz: int, length: int, jobs: int) -> list[list[Span]]:
    """Return the steps [first, last) that cover spans of samples, shared out to the jobs.

    A job's share is in order, and one piece of the file where there is one span.
    """
    covers = [
        (start * STEPS_PER_SECOND // rate_hz, -(-min(stop, length) * STEPS_PER_SECOND // rate_hz))
        for start, stop in spans
        if start < min(stop, length)
    ]
    share = -(-sum(last - first for first, last in covers) // max(1, jobs))
    size = max(1, -(-share // BLOCK_STEPS)) * BLOCK_STEPS
    shares: list[list[Span]] = [[]]
    room = size
    for first, last in covers:
        for start in sorted({first, *range(first + room, last, size)}):
            if not room:
                shares.append([])
                room = size
            stop = min(start + room, last)
            shares[-1].append((start, stop))
            room -= stop - start
    return shares


def described(path: Path, name: str) -> Any:
    """Return what libsndfile says of a file that is there.

    Raises
    ------
    UndecodableError
    """
    import soundfile  # noqa: PLC0415

    try:
        return soundfile.info(path)
    except soundfile.LibsndfileError as error:
        raise not_audio(name) from error


def not_audio(name: str) -> UndecodableError:
    """Return the error of a file that is of no kind that is read here."""
    return UndecodableError(
        f"{name} is no audio that can be read",
        "verify reads mp3, wav, flac and ogg; convert other files first",
    )
