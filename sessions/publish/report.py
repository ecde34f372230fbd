"""The report of a render: what went in, what came out, and where everything is."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from sessions.units import SAMPLE_RATE_HZ, seconds
from sessions.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sessions.plan import Cue, Mark, Timeline
    from sessions.script.model import Layer, Script


def report_document(
    session: Mapping[str, Any],
    *,
    made: Mapping[str, Any],
    measured: Mapping[str, Any],
    verified: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the report as plain values. Nothing in it depends on the day or the machine.

    Parameters
    ----------
    session
        What `session_document` gives.
    made
        Of the files: their fingerprint and hashes.
    measured, verified
        What the finished audio measures, and how that is judged.
    """
    return {
        "generator": f"guided-sessions {__version__}",
        **made,
        **measured,
        "verified": dict(verified),
        **session,
    }


def session_document(
    script: Script,
    timeline: Timeline,
    *,
    voice: Mapping[str, Any],
    settings: Mapping[str, Any],
    bed: Sequence[Layer],
) -> dict[str, Any]:
    """Return what is known of a session before it is mixed, as plain values."""
    return {
        "title": script.meta.title,
        "language": script.meta.language,
        "inputs": {"script": PurePath(script.path).name, "script_sha256": script.sha256},
        "voice": dict(voice),
        "target_lufs": settings["target_lufs"],
        "settings": {name: value for name, value in settings.items() if name != "target_lufs"},
        **beds_document(timeline, bed),
        **plan_document(timeline),
    }


def beds_document(timeline: Timeline, bed: Sequence[Layer]) -> dict[str, Any]:
    """Return the bed that a session begins with, and what it changes to on the way."""
    return {
        "background": as_written(bed),
        "background_changes": [
            {
                "start_samples": mark.start,
                "start_seconds": seconds(mark.start),
                "background": as_written(mark.layers),
            }
            for mark in timeline.beds
        ],
    }


def as_written(layers: Sequence[Layer]) -> list[dict[str, Any]]:
    """Return the layers of a bed as plain values."""
    return [{"sound": layer.sound, "gain_db": layer.gain_db} for layer in layers]


def plan_document(timeline: Timeline) -> dict[str, Any]:
    """Return the plan as plain values, positions in samples and in seconds."""
    return {
        "sample_rate_hz": SAMPLE_RATE_HZ,
        "length_samples": timeline.length,
        "length_seconds": seconds(timeline.length),
        "shortest_seconds": seconds(timeline.shortest),
        "longest_seconds": seconds(timeline.longest),
        "chapters": [{"title": mark.title, **place(mark)} for mark in timeline.chapters],
        "cues": [
            {
                "kind": cue.kind,
                **place(cue),
                **({"text": cue.text} if cue.text else {}),
                **({"sound": cue.sound} if cue.sound else {}),
                **({"elastic": True} if cue.elastic else {}),
                "line": cue.source.line,
            }
            for cue in timeline.cues
        ],
    }


def place(span: Cue | Mark) -> dict[str, Any]:
    """Return where something is."""
    return {
        "start_samples": span.start,
        "stop_samples": span.stop,
        "start_seconds": seconds(span.start),
        "stop_seconds": seconds(span.stop),
    }
