"""`auto`: the best voice at hand, chosen once, for the whole session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.errors import UnavailableError
from sessions.script.model import Language
from sessions.voices import VOICES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sessions.voices.base import Search


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of a language: a kind of voice, and why it stands there."""

    kind: str
    why: str


ORDER: Mapping[Language, tuple[Place, ...]] = {
    Language.ENGLISH: (
        Place("piper", "a native neural voice that the person has installed, and so wants"),
        Place("hibari", "natural, on this machine, nothing is sent, the same tomorrow"),
        Place("google", "natural, but each line leaves the machine, and it may be out of reach"),
        Place("espeak", "always there, and audibly a machine"),
    ),
    Language.DUTCH: (
        Place("piper", "a native neural voice that the person has installed, and so wants"),
        Place("google", "a native voice, and where it answers the only one without an accent"),
        Place("kokoro", "natural, on this machine, nothing is sent; with an accent"),
        Place("espeak", "always there, and audibly a machine"),
    ),
}
"""Which voice `auto` takes, best first. Recordings that a script names come before all."""


def best_voice(search: Search, notice: Callable[[str], None]) -> str:
    """Return the name of the first voice at hand in the order of a language.

    Where that one is `robotic`, `notice` is told how to get a better one, the nearest first.

    Raises
    ------
    UnavailableError
        None is at hand.
    """
    better: list[str] = []
    for place in ORDER[search.language]:
        kind = VOICES[place.kind]
        name = "" if place.kind in search.without else kind.at_hand(search)
        if name and kind.robotic:
            how = next(filter(None, reversed(better)), "")
            notice(f"speaking with {name}; for a more natural voice that works offline: {how}")
        if name:
            return name
        better.append(kind.suggest(search.language))
    raise UnavailableError("no voice is at hand", "see `sessions voices`, and name one")
