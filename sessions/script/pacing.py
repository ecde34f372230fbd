"""Give every line its speed, and let a session deepen. Pure.

How far a session is, at a line, is estimated from the text: the voice's speed must be known before
it has spoken. Speeds are rounded to few steps, so that lines keep their clips.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sessions.script.estimate import seconds_of
from sessions.script.model import Boundary, Break, Breath, Pause, Speech

if TYPE_CHECKING:
    from sessions.script.model import Plain, Script, Style

RATE_STEP: Final = 0.02
"""A change of speed that nobody hears as one."""
VOICE_SHARE: Final = 1 / 3
"""Of the growth of the pauses: at `deepen: 30 %` the voice ends a tenth slower. A voice that
slows as much as its pauses grow sounds drugged."""
SOFTER_DB: Final = 10.0
"""How much softer the voice ends at a growth of 100 %: 3 dB at 30 %."""


def paced(script: Script, rate: float) -> Script:
    """Return a script whose lines have their speeds, and whose pauses grow as it asks for.

    `rate` is the speed that the pace gives, as a factor.
    """
    parts: list[Plain] = []
    spans = seconds_of(script.parts)
    total = sum(spans) or 1.0
    done = 0.0
    for part, length in zip(script.parts, spans, strict=True):
        depth = script.meta.deepen * min(1.0, done / total)
        done += length
        if isinstance(part, Speech):
            softer = round(-SOFTER_DB * depth, 1) or 0.0
            parts.append(replace(part, gain_db=softer, style=_at_rate(part.style, rate, depth)))
        elif isinstance(part, Breath) and part.counting:
            parts.append(replace(part, counting=_at_rate(part.counting, rate, depth)))
        elif depth:
            parts.append(_deeper(part, depth))
        else:
            parts.append(part)
    return replace(script, parts=tuple(parts))


def _deeper(part: Plain, depth: float) -> Plain:
    """Return an implied pause that has grown, or an elastic one whose least has; no exact one."""
    if isinstance(part, Break) and part.boundary is not Boundary.COUNT:
        return replace(part, stretch=part.stretch * (1 + depth))
    if isinstance(part, Pause) and part.elastic:
        return replace(part, seconds=min(part.at_most, part.seconds * (1 + depth)))
    return part


def _at_rate(style: Style, rate: float, depth: float) -> Style:
    slowed = rate * (1 - VOICE_SHARE * depth)
    return replace(style, rate=round(round(slowed / RATE_STEP) * RATE_STEP, 2))
