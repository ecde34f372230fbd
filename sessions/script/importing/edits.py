"""Change a text in places, and still know where each character of it stood. Pure."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Places:
    """Where the characters of a text stood in an older one.

    Stretches begin at `indexes`, and stood at `origins`; one is no longer than the `room` it had.
    """

    indexes: Sequence[int]
    origins: Sequence[int]
    rooms: Sequence[int] = ()

    def at(self, offset: int) -> int:
        """Return where the character at an offset stood."""
        stretch = max(0, bisect_right(self.indexes, offset) - 1)
        along = offset - self.indexes[stretch]
        room = self.rooms[stretch] if self.rooms else along
        return self.origins[stretch] + max(0, min(along, room))

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Return where the characters `start` to `stop` stood."""
        first = self.at(start)
        return first, max(first, self.at(max(start, stop - 1))) + 1


@dataclass(slots=True)
class Edits:
    """Changes of a text, none of which overlap: what comes first, counts."""

    text: str
    _made: list[tuple[int, int, str]] = field(default_factory=list)
    _taken: bytearray = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._taken = bytearray(len(self.text) + 1)

    @property
    def none(self) -> bool:
        """Whether nothing is changed."""
        return not self._made

    def free(self, start: int, stop: int) -> bool:
        """Tell whether none of the characters `start` to `stop` is changed."""
        return not any(self._taken[start:stop])

    def replace(self, start: int, stop: int, words: str = "") -> bool:
        """Write other words for the characters `start` to `stop`, unless some are changed."""
        if not self.free(start, max(stop, start + 1)):
            return False
        self._taken[start:stop] = b"\1" * (stop - start)
        self._made.append((start, stop, words))
        return True

    def applied(self, lead: str = "") -> tuple[str, Places]:
        """Return the text with all changes, behind a `lead`, and where its characters stood."""
        pieces, indexes, origins, rooms = list[str](), list[int](), list[int](), list[int]()
        length = position = 0

        def put(words: str, origin: int, room: int) -> None:
            nonlocal length
            if words:
                pieces.append(words)
                indexes.append(length)
                origins.append(origin)
                rooms.append(room)
                length += len(words)

        put(lead, 0, 0)
        for start, stop, words in sorted(self._made):
            put(self.text[position:start], position, start - position)
            put(words, start, max(0, stop - start - 1))
            position = stop
        put(self.text[position:], position, len(self.text) - position)
        return "".join(pieces), Places(indexes or [0], origins or [0], rooms or [0])
