"""How long a line will take, from its letters: before any voice has spoken. Pure.

The figures are a least-squares fit to what espeak at its calm speed makes of 382 lines of
the catalogue (a residual of 0.28 s a line); other voices differ by some per cent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sessions.script.model import (
    Boundary,
    Break,
    Breath,
    Language,
    Manner,
    Pause,
    Slot,
    SlotEnd,
    Speech,
    Until,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sessions.script.model import Part, Style

LINE_SECONDS: Final = {Language.DUTCH: -0.13, Language.ENGLISH: 0.09}
CHARACTER_SECONDS: Final = {Language.DUTCH: 0.0963, Language.ENGLISH: 0.0894}
LEAST_SECONDS: Final = 0.3
MANNER_RATES: Final = {Manner.NORMAL: 1.0, Manner.SOFT: 0.9, Manner.WHISPER: 0.85}
SLOW_RATE: Final = 0.83
COUNT_SECONDS: Final = 0.5
BREAK_SECONDS: Final = 1.3
"""An implied pause of the calm pace, as they come; enough to say how far a session is."""


def spoken_seconds(text: str, style: Style) -> float:
    """Return about how long a line takes to say."""
    seconds = LINE_SECONDS[style.language] + CHARACTER_SECONDS[style.language] * len(text)
    rate = style.rate * MANNER_RATES[style.manner] * (SLOW_RATE if style.slow else 1.0)
    return max(LEAST_SECONDS, seconds) / rate


def natural_seconds(part: Part) -> float:
    """Return about how long a part lasts when nothing is stretched."""
    match part:
        case Speech():
            return spoken_seconds(part.spoken or part.text, part.style)
        case Pause():
            return part.seconds
        case Breath():
            return part.count * (part.inhale + part.hold + part.exhale + part.rest)
        case Break():
            counting = part.boundary is Boundary.COUNT
            return COUNT_SECONDS if counting else BREAK_SECONDS * part.stretch
        case Slot():
            return part.seconds
        case _:
            return 0.0


def waits(parts: Sequence[Part], lead_in_seconds: float, slowness: float = 1.0) -> dict[int, float]:
    """Return how long each `Until` waits, by its index; less than 0 where it comes too late.

    `slowness` is how much longer than estimated words may take, as a factor.
    """
    found: dict[int, float] = {}
    now, implied = lead_in_seconds, 0.0
    for index, (part, length) in enumerate(zip(parts, seconds_of(parts), strict=True)):
        if isinstance(part, Break):
            implied += length  # which a written pause replaces
            continue
        if isinstance(part, Until):
            found[index] = part.seconds - now
            now = max(now, part.seconds)
        elif not isinstance(part, Pause):
            now += implied
        now += length * (slowness if isinstance(part, Speech) else 1.0)
        implied = 0.0
    return found


def seconds_of(parts: Iterable[Part]) -> list[float]:
    """Return the `natural_seconds` of all parts of a script; what is in a slot takes none more."""
    found, in_slot = [], False
    for part in parts:
        found.append(0.0 if in_slot else natural_seconds(part))
        in_slot = isinstance(part, Slot) or (in_slot and not isinstance(part, SlotEnd))
    return found
