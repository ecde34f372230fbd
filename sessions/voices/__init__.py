"""Voices: from a line of text to a clip of speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sessions.errors import ConfigurationError
from sessions.voices.espeak import Espeak
from sessions.voices.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sessions.voices.base import Voice

VOICES: Mapping[str, Callable[[], Voice]] = {"espeak": Espeak, "tone": Tone}
AUTO = "espeak"
"""What `auto` means while there is one voice that people would listen to."""


def voice_named(name: str) -> Voice:
    """Return a voice by the name that a person gave.

    Raises
    ------
    ConfigurationError
        There is no voice of that name.
    """
    try:
        return VOICES[AUTO if name == "auto" else name]()
    except KeyError:
        names = ", ".join(["auto", *VOICES])
        raise ConfigurationError(f"unknown voice '{name}'", f"choose one of: {names}") from None
