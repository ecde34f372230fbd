"""Measure a finished audio file, ours or anyone's: levels, rises, silence, faults and tags.

Mono is measured as the same sound on two channels, because that is how it is heard: 3.01 LU more
than a meter of one channel shows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sessions.metering.loudness import (
    ABSOLUTE_GATE_LUFS,
    MOMENTARY_HOPS,
    STEPS_PER_HOP,
    largest,
    rises_of,
    to_power,
)
from sessions.metering.meter import loudness_of_steps
from sessions.storage.files import opened
from sessions.verify.alike import both, changed, completed
from sessions.verify.balance import balance_of
from sessions.verify.copies import copies, fill, spans_to_read, to_leave_out
from sessions.verify.decode import decode, not_audio
from sessions.verify.mend import decodable
from sessions.verify.runs import outside
from sessions.verify.stream import OTHER_HEADS, Stream, walk_file
from sessions.verify.tags import Chapter, Tags, read_tags
from sessions.verify.whole import cut_short

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sessions.metering.meter import Peaks
    from sessions.mp3.plan import Repeat
    from sessions.verify.alike import Memory
    from sessions.verify.decode import Decoded, Span
    from sessions.verify.planned import Planned


@dataclass(frozen=True, slots=True)
class Measurements:
    """What a file measures. `_lufs` are levels, `_lu` differences; None is what cannot be told.

    `rise_lu` is the largest difference between the loudness of 400 ms and the loudest 400 ms that
    lie wholly in the 3 s before them, counted from -50 LUFS at the lowest; `rise_seconds` is where
    it begins. Of what touches a line, as far as the report tells of lines, `line_rise_lu` is the
    rise that is nearest to what it may be, `line_may_rise_lu`, or the farthest over it.
    `silence_seconds` is the longest run of digital silence within what can be heard (-70 LUFS and
    more around it, the absolute gate of BS.1770), stretches left out for which the report tells of
    no bed while there is one elsewhere. `opening_lufs` and `closing_lufs` are the first and the
    last 400 ms. `voice_lufs` to `bed_swing_lu` are as in `sessions.verify.balance`. `bitrate_kbps`
    is of MPEG audio only.
    """

    container: str
    rate_hz: int
    channels: int
    bitrate_kbps: float | None
    length_samples: int
    length_seconds: float
    integrated_lufs: float
    range_lu: float
    momentary_max_lufs: float
    short_term_max_lufs: float
    true_peak_dbtp: float
    rise_lu: float
    rise_seconds: float
    line_rise_lu: float | None
    line_may_rise_lu: float
    line_rise_seconds: float
    silence_seconds: float
    silence_at_seconds: float
    clipped_samples: int
    opening_lufs: float
    closing_lufs: float
    voice_lufs: float | None
    bed_lufs: float | None
    bed_under_lufs: float | None
    bed_swing_lu: float | None
    faults: tuple[str, ...]
    title: str
    artist: str
    language: str
    chapters: tuple[Chapter, ...]
    speech_share: float | None
    longest_pause_seconds: float | None
    asked_lufs: float | None
    has_bed: bool | None
    momentary_lufs: NDArray[np.float32] = field(repr=False, compare=False)


def measure(
    path: Path,
    plan: Planned | None = None,
    jobs: int = 1,
    repeats: Sequence[Repeat] = (),
    memory: Memory | None = None,
) -> Measurements:
    """Measure a file of any kind that libsndfile reads.

    Parameters
    ----------
    plan
        What was planned for it, by its render or the report of that.
    jobs
        Threads to read with; they change figures by rounding at the most.
    repeats
        Where its frames are known to be copies of each other: only the first are read.
    memory
        What was heard last, and is to be remembered: where bytes are alike nothing is read again.

    Raises
    ------
    SessionsError
        66 if there is no such file, 65 if it is no audio, 74 if it cannot be read.
    """
    with opened(path) as file:
        stream = walk_file(path)
        if stream is None and file.read(4) not in OTHER_HEADS:
            raise not_audio(str(path))
    known = copies(repeats)
    spans = spans_to_read(known)
    before = memory.last if memory else None
    fresh = changed(before, path, stream)
    decoded = None
    if before is not None and fresh is not None:
        other = heard(path, stream, both(spans, fresh), jobs, before.decoded.peaks)
        decoded = completed(other, before.decoded, fresh)
    if decoded is None:
        decoded = heard(path, stream, spans, jobs)
    fill(decoded.steps, known)
    if memory is not None:
        memory.keep(path, stream, decoded)
    tags = read_tags(path, mpeg=stream is not None)
    faults = _faults(decoded, stream, cut_short(path), tags.fault)
    return _measured(decoded, stream, faults, tags, plan)


def heard(
    path: Path,
    stream: Stream | None,
    spans: Sequence[Span],
    jobs: int,
    known: Peaks | None = None,
) -> Decoded:
    """Decode some spans of a file."""
    without = to_leave_out(spans, stream)
    with decodable(path, stream, without) as source:
        return decode(source, jobs, spans, without, known=known, name=str(path))


def _measured(
    decoded: Decoded,
    stream: Stream | None,
    faults: tuple[str, ...],
    tags: Tags,
    plan: Planned | None,
) -> Measurements:
    """Put together what the samples, the stream, the tags and the report tell."""
    known = ~np.isnan(decoded.steps)
    steps = np.where(known, decoded.steps, np.float32(0))
    loudness = loudness_of_steps(steps, decoded.peaks, decoded.length_samples)
    momentary = loudness.momentary_lufs
    hops = _per_hop(steps)
    known_hops = _per_hop(known.astype(np.float32)) == 1.0
    rises = rises_of(momentary, known_hops)
    may_rise = _may_rise(len(known_hops), plan)
    rise_lu, rise_hop = largest(np.where(may_rise, 0.0, rises))
    line = _nearest_to_bound(rises, may_rise)
    balance = balance_of(decoded.steps, plan)
    silence = _longest_silence(decoded, hops, plan.without_bed if plan else ())
    length_seconds = decoded.length_samples / decoded.rate_hz
    whole = loudness.integrated_lufs
    return Measurements(
        container=f"MP{stream.layer}" if stream else decoded.container,
        rate_hz=decoded.rate_hz,
        channels=decoded.channels,
        bitrate_kbps=stream.bitrate_kbps if stream else None,
        length_samples=decoded.length_samples,
        length_seconds=length_seconds,
        integrated_lufs=whole,
        range_lu=loudness.range_lu,
        momentary_max_lufs=loudness.momentary_max_lufs,
        short_term_max_lufs=loudness.short_term_max_lufs,
        true_peak_dbtp=loudness.true_peak_dbtp,
        rise_lu=rise_lu,
        rise_seconds=rise_hop / 10,
        line_rise_lu=None if line is None else float(rises[line]),
        line_may_rise_lu=0.0 if line is None else float(may_rise[line]),
        line_rise_seconds=(line or 0) / 10,
        silence_seconds=(silence[1] - silence[0]) / decoded.rate_hz,
        silence_at_seconds=silence[0] / decoded.rate_hz,
        clipped_samples=sum(int((runs[:, 1] - runs[:, 0]).sum()) for runs in decoded.clipped),
        opening_lufs=float(momentary[0]) if len(momentary) else whole,
        closing_lufs=float(momentary[-1]) if len(momentary) else whole,
        voice_lufs=balance.voice_lufs,
        bed_lufs=balance.bed_lufs,
        bed_under_lufs=balance.bed_under_lufs,
        bed_swing_lu=balance.swing_lu,
        faults=faults,
        title=tags.title,
        artist=tags.artist,
        language=tags.language,
        chapters=tags.chapters,
        speech_share=plan.speech_seconds / length_seconds if plan else None,
        longest_pause_seconds=plan.longest_pause_seconds if plan else None,
        asked_lufs=plan.asked_lufs if plan else None,
        has_bed=plan.has_bed if plan else None,
        momentary_lufs=momentary,
    )


def _per_hop(steps: NDArray[np.float32]) -> NDArray[np.float64]:
    whole = steps[: len(steps) // STEPS_PER_HOP * STEPS_PER_HOP].astype(np.float64)
    return np.asarray(whole.reshape(-1, STEPS_PER_HOP).mean(axis=1))


def _longest_silence(
    decoded: Decoded, hops: NDArray[np.float64], excused: Sequence[tuple[float, float]]
) -> tuple[int, int]:
    """Return the longest run of digital silence between what can be heard, as samples.

    What lies in the seconds that are `excused` does not count.
    """
    audible = np.flatnonzero(hops > to_power(ABSOLUTE_GATE_LUFS))
    if not len(audible) or not len(decoded.silent):
        return 0, 0
    per_hop = decoded.rate_hz / 10
    first, last = audible[0] * per_hop, (audible[-1] + 1) * per_hop
    within = decoded.silent[(decoded.silent[:, 1] > first) & (decoded.silent[:, 0] < last)]
    within = within[(within[:, 0] > 0) & (within[:, 1] < decoded.length_samples)]
    rate, end = decoded.rate_hz, decoded.length_samples
    spans = [(round(start * rate), round(min(stop * rate, end))) for start, stop in excused]
    within = outside(within, spans)
    if not len(within):
        return 0, 0
    start, stop = within[np.argmax(within[:, 1] - within[:, 0])]
    return int(start), int(stop)


def _may_rise(hops: int, plan: Planned | None) -> NDArray[np.float64]:
    """Return how far each 400 ms, by its first hop, may rise that touches a line; 0 for others.

    Lines of a report that was changed may be anywhere.
    """
    bounds = np.zeros(hops)
    for start, stop, rise_lu in plan.lines if plan else ():
        first, last = min(start * 10, hops), min(stop * 10, hops)
        spoken = bounds[int(first) : math.ceil(last)]
        np.maximum(spoken, rise_lu, out=spoken)
    count = max(0, hops - MOMENTARY_HOPS + 1)
    shifts = [bounds[shift : shift + count] for shift in range(MOMENTARY_HOPS)]
    return np.asarray(np.maximum.reduce(shifts))


def _nearest_to_bound(rises: NDArray[np.float32], may_rise: NDArray[np.float64]) -> int | None:
    """Return where a line rises farthest over what it may, or comes nearest to it."""
    if not may_rise.any():
        return None
    return int(np.argmax(np.where(may_rise, rises - may_rise, -np.inf)))


def _faults(decoded: Decoded, stream: Stream | None, cut: str, tag_fault: str) -> tuple[str, ...]:
    """Return all that a player may trip over, in words."""
    faults = [*(stream.faults if stream else ()), *filter(None, (cut,))]
    exact = stream is None or stream.layer == 3  # of layer II libsndfile guesses the length
    if decoded.missing_samples and exact:
        why = f" ({decoded.reason.rstrip('.').lower()})" if decoded.reason else ""
        faults.append(f"{decoded.missing_samples} samples could not be decoded{why}")
    if decoded.not_numbers:
        faults.append(f"{decoded.not_numbers} samples are not numbers")
    if tag_fault:
        faults.append(tag_fault)
    return tuple(faults)
