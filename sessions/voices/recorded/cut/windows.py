"""What is heard at once: stretches that sound, close together in windows of half a minute. Pure.

A listener takes as long for a word as for half a minute, and gets lost in long silences. So these
are shortened, and each word that it hears is put back to where it was said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sessions.voices.recorded.cut.quiet import quietest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sessions.hearing.timed import TimedWord
    from sessions.units import Audio
    from sessions.voices.recorded.cut.quiet import Island

MOST_SECONDS: Final = 28.0
AROUND_SECONDS: Final = 0.35
"""Of the room before and after each stretch, as far as there is quiet."""
EARLIEST_SHARE: Final = 0.5
"""A window ends at the longest silence in its last half: seldom within a line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the recording with the quiet around it, and where it stands in its window."""

    island: int
    start_seconds: float
    stop_seconds: float
    at_seconds: float


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces of a recording that are heard at once, one right after the other."""

    tape: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A word that was heard: in which stretch of the recording, and from when to when in it."""

    text: str
    island: int
    start_seconds: float
    stop_seconds: float
    sure: float = 1.0


def short_enough(found: Sequence[Island], levels: Audio) -> tuple[Island, ...]:
    """Return stretches of which none is longer than a window: cut where they are quietest."""
    parts: list[Island] = []
    for island in found:
        start = island.start_seconds
        while island.stop_seconds - start > MOST_SECONDS - 2 * AROUND_SECONDS:
            place = quietest(levels, start + MOST_SECONDS / 2, start + MOST_SECONDS - 2)
            parts.append(replace(island, start_seconds=start, stop_seconds=place))
            start = place
        parts.append(replace(island, start_seconds=start))
    return tuple(parts)


def windows(found: Sequence[Island], ends_seconds: Sequence[float]) -> Iterator[Window]:
    """Give the windows of all stretches, in order; none has two recordings.

    `ends_seconds` is where each recording ends.
    """
    bounds = [around(found, index, ends_seconds) for index in range(len(found))]
    first = 0
    while first < len(found):
        last, length = first, 0.0
        while last < len(found) and found[last].tape == found[first].tape:
            length += bounds[last][1] - bounds[last][0]
            if last > first and length > MOST_SECONDS:
                last = best_end(found, first, last)
                break
            last += 1
        yield Window(found[first].tape, tuple(placed(bounds, first, last)))
        first = last


def best_end(found: Sequence[Island], first: int, last: int) -> int:
    """Return where a window is to end: after the longest silence of its last half."""
    earliest = first + max(1, round(EARLIEST_SHARE * (last - first)))
    return max(
        range(earliest, last + 1),
        key=lambda end: found[end].start_seconds - found[end - 1].stop_seconds,
    )


def alone(
    found: Sequence[Island], first: int, last: int, ends_seconds: Sequence[float]
) -> Window | None:
    """Return the window of a few stretches [first, last) alone; None where it would be too long."""
    bounds = {index: around(found, index, ends_seconds) for index in range(first, last)}
    length = sum(stop - start for start, stop in bounds.values())
    if length > MOST_SECONDS:
        return None
    return Window(found[first].tape, tuple(placed(bounds, first, last)))


def around(
    found: Sequence[Island], index: int, ends_seconds: Sequence[float]
) -> tuple[float, float]:
    """Return a stretch with the quiet around it that is its own."""
    one = found[index]
    before, after = quiet_around(found, index, index + 1, ends_seconds)
    return (
        max(one.start_seconds - AROUND_SECONDS, (before + one.start_seconds) / 2),
        min(one.stop_seconds + AROUND_SECONDS, (one.stop_seconds + after) / 2),
    )


def quiet_around(
    found: Sequence[Island], first: int, last: int, ends_seconds: Sequence[float]
) -> tuple[float, float]:
    """Return from where it is quiet before some stretches [first, last), and up to where after."""
    tape = found[first].tape
    alike = first > 0 and found[first - 1].tape == tape
    before = found[first - 1].stop_seconds if alike else 0.0
    alike = last < len(found) and found[last].tape == tape
    return before, found[last].start_seconds if alike else ends_seconds[tape]


def placed(
    bounds: Sequence[tuple[float, float]] | Mapping[int, tuple[float, float]], first: int, last: int
) -> Iterator[Piece]:
    """Give some pieces of a window, one right after the other."""
    at = 0.0
    for index in range(first, last):
        start, stop = bounds[index]
        yield Piece(index, start, stop, at)
        at += stop - start


def put_back(
    words: Sequence[TimedWord], window: Window, found: Sequence[Island]
) -> Iterator[Heard]:
    """Give the words of a window where they were said: in the stretch that they lie in most."""
    earliest = 0
    for word in words:
        piece = max(
            window.pieces[earliest:],
            key=lambda one: (_shared(word, one, found[one.island]), -_apart(word, one)),
        )
        earliest = window.pieces.index(piece)  # words stay in order
        moved = piece.start_seconds - piece.at_seconds
        start = max(piece.start_seconds, word.start_seconds + moved)
        stop = min(piece.stop_seconds, word.stop_seconds + moved)
        yield Heard(word.text, piece.island, min(start, stop), max(start, stop), word.sure)


def _shared(word: TimedWord, piece: Piece, island: Island) -> float:
    """Return how much of a word lies where a piece sounds."""
    moved = piece.at_seconds - piece.start_seconds
    start = max(word.start_seconds, island.start_seconds + moved)
    return max(0.0, min(word.stop_seconds, island.stop_seconds + moved) - start)


def _apart(word: TimedWord, piece: Piece) -> float:
    middle = (word.start_seconds + word.stop_seconds) / 2
    start, stop = piece.at_seconds, piece.at_seconds + piece.stop_seconds - piece.start_seconds
    return max(0.0, start - middle, middle - stop)
