"""What a measurement wants to know of a session: where it is still, and what was asked for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.mix.envelope import DUCK_AFTER_SECONDS, DUCK_BEFORE_SECONDS
from sessions.mix.levels import BED_CHANGE_SECONDS, PRESETS
from sessions.publish.report_reading import as_number, read_report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sessions.publish.report import CueAt, Outline, Report

    Still = tuple[float, float, float]

MOST_BYTES = 64 << 20
USUAL_RISE_LU = PRESETS["bedtime"].rise_lu
MOST_LOWERED_DB = 60.0
"""More than `deepen` and `descend` can take from a line."""
_RELEASE_SECONDS = DUCK_AFTER_SECONDS
_ATTACK_SECONDS = 2 * DUCK_BEFORE_SECONDS
"""What a bed needs to come up after a word, and to make room before one: not its own level."""
_ONSET_SECONDS = 0.25
"""A bed that fades in from silence is at first too soft for 16 bits."""
_AFTER_SECONDS = 3.0
"""So much silence after a line shows how far the bed comes up."""
_STILL = ("pause", "rest", "hold")


@dataclass(frozen=True, slots=True)
class Planned:
    """What was planned for a session, in seconds.

    `lines` are where somebody speaks, each with how far it may rise; `voice` are those that tell
    how loud the voice is, the plain ones, each with the dB that it is softer on the way down.
    `pauses` are where the bed is alone and at rest, each with the dB that it is lower
    there, `ends` where a line ends before some silence.
    `made_for` is what was asked for by name, `asked_lufs` the loudness of the voice that it means,
    `asked_bed_lu` where the bed is to stand below it, `rise_lu` the bound on rises of all but
    lines; `has_bed` is whether there is one at any time; None where that is not known.
    `without_bed` is where there is none in a session that has one elsewhere.
    """

    lines: tuple[tuple[float, float, float], ...]
    voice: tuple[tuple[float, float, float], ...]
    pauses: tuple[tuple[float, float, float], ...]
    ends: tuple[float, ...]
    longest_pause_seconds: float
    made_for: str
    asked_lufs: float | None
    asked_bed_lu: float | None
    rise_lu: float | None
    has_bed: bool | None
    without_bed: tuple[tuple[float, float], ...] = ()

    @property
    def speech_seconds(self) -> float:
        """How long somebody speaks."""
        return sum(stop - start for start, stop, _ in self.lines)

    @classmethod
    def of(cls, report: Report) -> Planned:
        """Return what a report tells that bears on a measurement."""
        cues = report.outline.cues
        speech = [cue for cue in cues if cue.kind == "speech"]
        beds = _beds(report.outline)
        has_bed = None if beds is None else any(sounds for _, sounds in beds)
        without = _without(beds) if beds and has_bed else ()
        stills = list(_still(cues))
        heard = [still for still in stills if has_bed is False or not _within(still, without)]
        quiet = {round(start, 3) for start, stop, _ in heard if stop - start >= _AFTER_SECONDS}
        made_for = report.settings.get("loudness")
        rise_lu = as_number(report.settings.get("rise_lu"))
        return cls(
            lines=tuple(
                (cue.start_seconds, cue.stop_seconds, cue.rise_lu or rise_lu or USUAL_RISE_LU)
                for cue in speech
            ),
            voice=tuple(
                (cue.start_seconds, cue.stop_seconds, cue.lowered_db)
                for cue in speech
                if cue.plain and abs(cue.lowered_db) <= MOST_LOWERED_DB
            ),
            pauses=tuple(
                (start + _RELEASE_SECONDS, stop - _ATTACK_SECONDS, lowered_db)
                for start, stop, lowered_db in heard
                if stop - start >= _RELEASE_SECONDS + _ATTACK_SECONDS + 1.0
                and abs(lowered_db) <= MOST_LOWERED_DB
            ),
            ends=tuple(cue.stop_seconds for cue in speech if round(cue.stop_seconds, 3) in quiet),
            longest_pause_seconds=max((stop - start for start, stop, _ in stills), default=0.0),
            made_for=made_for if isinstance(made_for, str) else "",
            asked_lufs=report.target_lufs,
            asked_bed_lu=as_number(report.settings.get("bed_lu")),
            rise_lu=rise_lu,
            has_bed=has_bed,
            without_bed=without,
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


def _beds(outline: Outline) -> list[tuple[float, bool]] | None:
    """Return from where on there is a bed, or none; None where that is not known."""
    if outline.background is None:
        return None
    changes = [(one.start_seconds, bool(one.background)) for one in outline.background_changes]
    return [(0.0, bool(outline.background)), *sorted(changes)]


def _without(beds: Sequence[tuple[float, bool]]) -> tuple[tuple[float, float], ...]:
    """Return where no bed is planned, up to where the next can be heard."""
    stops = [*(start + _ONSET_SECONDS for start, _ in beds[1:]), math.inf]
    return tuple(
        (start, stop) for (start, sounds), stop in zip(beds, stops, strict=True) if not sounds
    )


def _within(still: Still, without: Sequence[tuple[float, float]]) -> bool:
    """Tell whether a silence is where there is no bed, or where one comes or goes."""
    return any(start < still[1] and still[0] < stop + BED_CHANGE_SECONDS for start, stop in without)


def _still(cues: Sequence[CueAt]) -> Iterator[Still]:
    """Give where nobody speaks, breathes or rings: cues that follow each other are one.

    How much lower the bed is there is that of the first.
    """
    begun: Still | None = None
    for cue in cues:
        still = cue.kind in _STILL
        if begun and still and abs(begun[1] - cue.start_seconds) < 1e-3:
            begun = (begun[0], cue.stop_seconds, begun[2])
            continue
        if begun:
            yield begun
        begun = (cue.start_seconds, cue.stop_seconds, cue.lowered_db) if still else None
    if begun:
        yield begun
