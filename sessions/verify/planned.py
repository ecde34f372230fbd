"""What a measurement wants to know of a session: where it is still, and what was asked for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.publish.report_reading import as_number, read_report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sessions.publish.report import CueAt, Report

MOST_BYTES = 64 << 20
MOST_LOWERED_DB = 60.0
"""More than `deepen` and `descend` can take from a line."""
_RELEASE_SECONDS = 1.5
_ATTACK_SECONDS = 0.3
"""What a bed needs to come up after a word, and to make room before one: not its own level."""
_ONSET_SECONDS = 0.25
"""A bed that fades in from silence is at first too soft for 16 bits."""
_AFTER_SECONDS = 3.0
"""So much silence after a line shows how far the bed comes up."""
_STILL = ("pause", "rest", "hold")


@dataclass(frozen=True, slots=True)
class Planned:
    """What was planned for a session, in seconds.

    `lines` are where somebody speaks; `plain` are those that are as loud as the voice, each with
    the dB that it is lower on the way down; `ends` are where a line ends before some silence.
    `pauses` are where the bed is alone and at rest. `asked_lufs` is the loudness of the voice that
    was asked for, `asked_bed_lu` where the bed is to stand below it, `rise_lu` and `line_rise_lu`
    the bounds on rises, of lines and of all else; `has_bed` is whether there is one at any time;
    None where that is not known. `without_bed` is where there is none in a session that has one
    elsewhere.
    """

    lines: tuple[tuple[float, float], ...]
    plain: tuple[tuple[float, float, float], ...]
    ends: tuple[float, ...]
    longest_pause_seconds: float
    pauses: tuple[tuple[float, float], ...]
    asked_lufs: float | None
    asked_bed_lu: float | None
    rise_lu: float | None
    line_rise_lu: float | None
    has_bed: bool | None
    without_bed: tuple[tuple[float, float], ...] = ()

    @property
    def speech_seconds(self) -> float:
        """How long somebody speaks."""
        return sum(stop - start for start, stop in self.lines)

    @classmethod
    def of(cls, report: Report) -> Planned:
        """Return what a report tells that bears on a measurement."""
        outline = report.outline
        speech = [cue for cue in outline.cues if cue.kind == "speech"]
        stills = list(_still(outline.cues))
        beds = None
        if outline.background is not None:
            changes = [
                (one.start_seconds, bool(one.background)) for one in outline.background_changes
            ]
            beds = [(0.0, bool(outline.background)), *sorted(changes)]
        has_bed = None if beds is None else any(sounds for _, sounds in beds)
        quiet = {round(start, 3) for start, stop in stills if stop - start >= _AFTER_SECONDS}
        return cls(
            lines=tuple((cue.start_seconds, cue.stop_seconds) for cue in speech),
            plain=tuple(
                (cue.start_seconds, cue.stop_seconds, cue.lowered_db)
                for cue in speech
                if cue.plain and abs(cue.lowered_db) <= MOST_LOWERED_DB
            ),
            ends=tuple(cue.stop_seconds for cue in speech if round(cue.stop_seconds, 3) in quiet),
            longest_pause_seconds=max((stop - start for start, stop in stills), default=0.0),
            pauses=tuple(
                (start + _RELEASE_SECONDS, stop - _ATTACK_SECONDS)
                for start, stop in stills
                if stop - start >= _RELEASE_SECONDS + _ATTACK_SECONDS + 1.0
            ),
            asked_lufs=report.target_lufs,
            asked_bed_lu=as_number(report.settings.get("bed_lu")),
            rise_lu=as_number(report.settings.get("rise_lu")),
            line_rise_lu=report.line_rise_lu,
            has_bed=has_bed,
            without_bed=_without(beds) if beds and has_bed else (),
        )


def report_beside(path: Path) -> Report | None:
    """Return the report next to an audio file, None if there is none or it tells of another file.

    It tells of this one if it names it and has its size.
    """
    beside = path.with_suffix(".json")
    try:
        if beside.stat().st_size > MOST_BYTES:
            return None
        text = beside.read_text(encoding="utf-8")
        size = path.stat().st_size
    except (OSError, ValueError):
        return None
    report = read_report(text)
    if report is None or (report.audio.file, report.audio.bytes) != (path.name, size):
        return None
    return report


def _without(beds: Sequence[tuple[float, bool]]) -> tuple[tuple[float, float], ...]:
    """Return where no bed is planned, up to where the next can be heard."""
    stops = [*(start + _ONSET_SECONDS for start, _ in beds[1:]), math.inf]
    return tuple(
        (start, stop) for (start, sounds), stop in zip(beds, stops, strict=True) if not sounds
    )


def _still(cues: Sequence[CueAt]) -> Iterator[tuple[float, float]]:
    """Give where nobody speaks, breathes or rings: cues that follow each other are one."""
    begun: tuple[float, float] | None = None
    for cue in cues:
        still = cue.kind in _STILL
        if begun and still and abs(begun[1] - cue.start_seconds) < 1e-3:
            begun = (begun[0], cue.stop_seconds)
            continue
        if begun:
            yield begun
        begun = (cue.start_seconds, cue.stop_seconds) if still else None
    if begun:
        yield begun
