"""Read the report that a render left next to its audio, as far as it can be trusted."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MOST_BYTES = 64 << 20
_RELEASE_SECONDS = 1.5
_ATTACK_SECONDS = 0.3
"""What a bed needs to come up after a word, and to make room before one: not its own level."""
_ONSET_SECONDS = 0.25
"""A bed that fades in from silence is at first too soft for 16 bits."""
_STILL = ("pause", "rest", "hold")


@dataclass(frozen=True, slots=True)
class Planned:
    """What a report says of a session, in seconds.

    `pauses` are where the bed is alone and at rest. `asked_lufs` is the loudness that was asked
    for, `has_bed` whether there is one at any time; None where the report does not say.
    `without_bed` is where there is none in a session that has one elsewhere.
    """

    speech_seconds: float
    longest_pause_seconds: float
    pauses: tuple[tuple[float, float], ...]
    asked_lufs: float | None
    has_bed: bool | None
    without_bed: tuple[tuple[float, float], ...] = ()


def report_beside(path: Path) -> dict[str, Any] | None:
    """Return the report next to an audio file, None if there is none or it tells of another file.

    It tells of this one if it names it and has its size.
    """
    beside = path.with_suffix(".json")
    try:
        if beside.stat().st_size > MOST_BYTES:
            return None
        report: Any = json.loads(beside.read_text(encoding="utf-8"))
        size = path.stat().st_size
    except (OSError, ValueError, RecursionError):
        return None
    audio = report.get("audio") if isinstance(report, dict) else None
    if not isinstance(audio, dict) or (audio.get("file"), audio.get("bytes")) != (path.name, size):
        return None
    return report if isinstance(report, dict) else None


def planned(report: Mapping[str, Any]) -> Planned:
    """Return what a report tells that bears on a measurement; what is ill-formed is left out."""
    cues = [cue for cue in _list(report, "cues") if _is_cue(cue)]
    speech = sum(_length(cue) for cue in cues if cue["kind"] == "speech")
    stills = _still(cues)
    asked: Any = report.get("target_lufs")
    beds = _beds(report)
    has_bed = None if beds is None else any(sounds for _, sounds in beds)
    return Planned(
        speech_seconds=speech,
        longest_pause_seconds=max((stop - start for start, stop in stills), default=0.0),
        pauses=tuple(
            (start + _RELEASE_SECONDS, stop - _ATTACK_SECONDS)
            for start, stop in stills
            if stop - start >= _RELEASE_SECONDS + _ATTACK_SECONDS + 1.0
        ),
        asked_lufs=float(asked) if _is_number(asked) else None,
        has_bed=has_bed,
        without_bed=_without(beds) if beds and has_bed else (),
    )


def _beds(report: Mapping[str, Any]) -> list[tuple[float, bool]] | None:
    """Return from when on there is a bed, or none, in order; None where the report is silent."""
    first = report.get("background")
    if not isinstance(first, list):
        return None
    changes = [
        (float(change["start_seconds"]), bool(change["background"]))
        for change in _list(report, "background_changes")
        if isinstance(change, dict)
        and _is_number(change.get("start_seconds"))
        and isinstance(change.get("background"), list)
    ]
    return [(0.0, bool(first)), *sorted(changes)]


def _without(beds: Sequence[tuple[float, bool]]) -> tuple[tuple[float, float], ...]:
    """Return where no bed is planned, up to where the next can be heard."""
    stops = [*(start + _ONSET_SECONDS for start, _ in beds[1:]), math.inf]
    return tuple(
        (start, stop) for (start, sounds), stop in zip(beds, stops, strict=True) if not sounds
    )


def _list(report: Mapping[str, Any], name: str) -> list[Any]:
    found = report.get(name)
    return found if isinstance(found, list) else []


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_cue(cue: object) -> bool:
    return (
        isinstance(cue, dict)
        and isinstance(cue.get("kind"), str)
        and _is_number(cue.get("start_seconds"))
        and _is_number(cue.get("stop_seconds"))
        and 0 <= cue["start_seconds"] <= cue["stop_seconds"]
    )


def _length(cue: Mapping[str, Any]) -> float:
    return float(cue["stop_seconds"] - cue["start_seconds"])


def _still(cues: list[dict[str, Any]]) -> list[tuple[float, float]]:
    """Return where nobody speaks, breathes or rings: cues that follow each other are one."""
    found: list[tuple[float, float]] = []
    goes_on = False
    for cue in cues:
        still = cue["kind"] in _STILL
        start, stop = float(cue["start_seconds"]), float(cue["stop_seconds"])
        if still and goes_on and abs(found[-1][1] - start) < 1e-3:
            found[-1] = (found[-1][0], stop)
        elif still:
            found.append((start, stop))
        goes_on = still
    return found
