"""Where a line is cut: in the silence around it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.voices.recorded.cut.quiet import quietest
from sessions.voices.recorded.cut.windows import quiet_around

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sessions.units import Audio
    from sessions.voices.recorded.cut.quiet import Island
    from sessions.voices.recorded.cut.windows import Heard

KEPT_SECONDS: Final = 0.3
"""Of the quiet before and after a line; at most half of the way to what sounds beside it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line in a recording: where it is cut, and where its words sound, in seconds."""

    tape: int
    start_seconds: float
    stop_seconds: float
    words_start_seconds: float
    words_stop_seconds: float


def place_of(
    found: Sequence[Island],
    span: tuple[int, int],
    ends_seconds: Sequence[float],
    levels: Audio,
    before: tuple[Heard, Heard] | None = None,
    after: tuple[Heard, Heard] | None = None,
) -> Place:
    """Return where the stretches [first, last) of a line are cut.

    Parameters
    ----------
    ends_seconds
        Where each recording ends.
    levels
        Of the recording, each 10 ms.
    before
        The word before the line and its first, where there is no silence between them.
    after
        Its last word and the next, likewise.
    """
    first, last = span
    earlier, later = quiet_around(found, first, last, ends_seconds)
    start, stop = found[first].start_seconds, found[last - 1].stop_seconds
    if before:
        start = earlier = _between(*before, levels)
    if after:
        stop = later = _between(*after, levels)
    return Place(
        found[first].tape,
        max(0.0, start - KEPT_SECONDS, (earlier + start) / 2),
        min(ends_seconds[found[first].tape], stop + KEPT_SECONDS, (later + stop) / 2),
        start,
        stop,
    )


def _between(one: Heard, other: Heard, levels: Audio) -> float:
    """Return where it is quietest from within one word to within the next."""
    start = (one.start_seconds + one.stop_seconds) / 2
    stop = (other.start_seconds + other.stop_seconds) / 2
    return quietest(levels, min(start, stop), max(start, stop))
