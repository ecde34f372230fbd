"""Say openly that speech is synthetic: in words, and by the IPTC's term for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sessions.script.model import Language
from sessions.voices.base import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIELD: Final = "DigitalSourceType"
"""The name of the field with the term, in tags."""
PARTLY: Final = frozenset((Origin.PARTLY_NEURAL, Origin.PARTLY_COMPUTED))
SAID: Final[Mapping[Language, tuple[str, str]]] = {
    Language.DUTCH: (
        "De stem is synthetisch: {voice}.",
        "Een deel van de stem is synthetisch: {voice}.",
    ),
    Language.ENGLISH: (
        "The voice is synthetic: {voice}.",
        "Part of the voice is synthetic: {voice}.",
    ),
}
"""In words: of all that is said, and of a part of it."""


def disclosed(language: Language, origin: Origin, voices: Sequence[str]) -> str:
    """Return what people are told of the voices, in the language of the session; '' of recorded."""
    if origin is Origin.RECORDED:
        return ""
    whole, part = SAID[language]
    return (part if origin in PARTLY else whole).format(voice=", ".join(voices))
