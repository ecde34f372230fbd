"""What is heard of a script, in order and with its silences, as the plan lays it out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.plan.pace import PACES
from sessions.script.estimate import spoken_seconds
from sessions.script.model import (
    Break,
    Breath,
    Chapter,
    OneShot,
    Pause,
    Slot,
    SlotEnd,
    Speech,
    Until,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sessions.script.model import Plain, Script

CALM: Final = PACES["calm"]
STRIKE_SECONDS: Final = 3.0
"""Words wait so long after a sound that no written pause follows."""
SILENCE: Final = re.compile(r"\((?:[\d.]+|until )[^ ]*\)$")
"""A silence as `heard` shows it; words in round brackets are none."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What is heard at one place: `heard` as shown, with its least and greatest length."""

    heard: str
    least_seconds: float
    most_seconds: float


def sounds_of(script: Script) -> Iterator[Sound]:
    """Give what is heard, as the plan lays it out."""
    before: Plain | None = None
    between: list[Plain] = []
    in_slot = False
    for part in script.parts:
        if not isinstance(part, Slot | SlotEnd | Speech | Breath | OneShot):
            between.append(part)
            continue
        yield from _between(between, before, part)
        yield _sound(part, in_slot=in_slot)
        in_slot = isinstance(part, Slot) or (in_slot and not isinstance(part, SlotEnd))
        before, between = part, []
    yield from _between(between, None, None)


def _between(parts: Sequence[Plain], before: Plain | None, after: Plain | None) -> Iterator[Sound]:
    """Give the silence between two parts that sound, and titles: a written pause wins."""
    least = most = 0.0
    for part in parts:
        if isinstance(part, Chapter):
            yield Sound(f"# {part.title}", 0.0, 0.0)
        elif isinstance(part, Until):
            if most:
                yield _silence(least, most)
            yield Sound(f"(until {part.seconds:g})", 0.0, 0.0)
            least = most = 0.0
        elif isinstance(part, Pause):
            least, most = least + part.seconds, most + part.at_most
    implied = CALM.between(
        [part for part in parts if isinstance(part, Break)], _said_seconds(before)
    )
    if isinstance(before, OneShot):
        implied = max(implied, STRIKE_SECONDS)
    written = any(isinstance(part, Pause | Until) for part in parts)
    edged = isinstance(before, Slot | SlotEnd) or isinstance(after, SlotEnd)
    if most:
        yield _silence(least, most)
    elif before and after and implied and not written and not edged:
        yield _silence(implied, implied)


def _silence(least: float, most: float) -> Sound:
    least, most = round(least, 3), round(most, 3)
    return Sound(f"({least:g}..{most:g})" if most > least else f"({least:g})", least, most)


def _sound(part: Speech | Breath | OneShot | Slot | SlotEnd, *, in_slot: bool) -> Sound:
    """Return what sounds, with about how long it lasts; what is in a slot takes none more."""
    match part:
        case Speech():
            length = 0.0 if in_slot else spoken_seconds(part.spoken or part.text, part.style)
            return Sound(part.text, length, length)
        case Breath():
            phases = " ".join(f"{name} {seconds:g}" for name, seconds in part.phases if seconds)
            times = f" times {part.count}" if part.count > 1 else ""
            aloud = " count aloud" if part.counting else ""
            length = part.count * sum(seconds for _, seconds in part.phases)
            return Sound(f"[breathe {phases}{times}{aloud}]", length, length)
        case OneShot():
            return Sound(f"[{part.sound}]", 0.0, 0.0)
        case Slot():
            return Sound(f"[slot {part.seconds:g}]", part.seconds, part.seconds)
        case SlotEnd():
            return Sound("[end]", 0.0, 0.0)


def _said_seconds(before: Plain | None) -> float:
    return spoken_seconds(before.text, before.style) if isinstance(before, Speech) else 0.0
