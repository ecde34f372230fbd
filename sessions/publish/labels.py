"""Labels for an audio editor: Audacity's label track, which others read too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sessions.units import seconds

if TYPE_CHECKING:
    from sessions.plan import Timeline


def labels(timeline: Timeline) -> str:
    """Return a line per chapter and cue: start and stop in seconds, and text, between tabs."""
    spans = [(mark.start, mark.stop, f"# {mark.title}") for mark in timeline.chapters]
    spans += [
        (cue.start, cue.stop, cue.text or f"[{cue.sound or cue.kind}]") for cue in timeline.cues
    ]
    rows = [
        f"{seconds(start):.6f}\t{seconds(stop):.6f}\t{' '.join(text.split())}"
        for start, stop, text in sorted(spans, key=lambda span: span[0])
    ]
    return "\n".join(rows) + "\n"
