"""The plan: a script and the lengths of its clips become a `Timeline`, before a sound is mixed.

What is named here is what the stages after it know of it; how it is laid out is not their affair.
"""

from __future__ import annotations

from sessions.plan.lengths import Lengths
from sessions.plan.pace import PACES
from sessions.plan.planner import check, plan
from sessions.plan.timeline import (
    BREATH_SOUNDS,
    BedMark,
    Cue,
    Edges,
    Kind,
    LevelMark,
    Mark,
    Timeline,
)
from sessions.plan.words import lines, lines_in, to_read

__all__ = [
    "BREATH_SOUNDS", "PACES", "BedMark", "Cue", "Edges", "Kind", "Lengths", "LevelMark", "Mark",
    "Timeline", "check", "lines", "lines_in", "plan", "to_read",
]  # fmt: skip
