"""`auto`: the best voice at hand, chosen once, for the whole session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sessions.errors import UnavailableError
from sessions.voices import VOICES

if TYPE_CHECKING:
    from collections.abc import Callable

    from sessions.voices.base import Search


def best_voice(search: Search, notice: Callable[[str], None]) -> str:
    """Return the name of the voice at hand of the highest rank.

    Where that one is `robotic`, `notice` is told how to get a better one.

    Raises
    ------
    UnavailableError
        None is at hand.
    """
    ranked = [kind for kind in VOICES.values() if kind.rank]
    ranked.sort(key=lambda kind: kind.rank, reverse=True)
    for place, kind in enumerate(ranked):
        name = kind.at_hand(search)
        if name and kind.robotic:
            hints = (better.suggest(search.language) for better in ranked[:place])
            how = next(filter(None, hints), "")
            notice(f"speaking with {name}; for a more natural voice that works offline: {how}")
        if name:
            return name
    raise UnavailableError("no voice is at hand", "see `sessions voices`, and name one")
