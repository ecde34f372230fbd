"""`auto`: the best voice at hand, chosen once, for the whole session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sessions.voices import VOICES

if TYPE_CHECKING:
    from collections.abc import Callable

    from sessions.voices.base import Search


def best_voice(search: Search, notice: Callable[[str], None]) -> str:
    """Return the name of the voice at hand of the highest rank.

    The one of the lowest is always there; `notice` is told when it has to speak, and how to get a
    better one.
    """
    *better, last = sorted(
        (kind for kind in VOICES.values() if kind.rank), key=lambda kind: kind.rank, reverse=True
    )
    for kind in better:
        if name := kind.at_hand(search):
            return name
    name = last.at_hand(search)
    how = next(filter(None, (kind.suggest(search.language) for kind in better)), "")
    notice(f"speaking with {name}; for a more natural voice that works offline: {how}")
    return name
