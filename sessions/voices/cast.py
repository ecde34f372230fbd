"""Who speaks: one voice for the whole session, and others only where a script asked for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sessions.settings import voices_folder
from sessions.voices import voice_named
from sessions.voices.base import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sessions.script.model import Script
    from sessions.settings import Settings
    from sessions.voices.base import Line, Voice


@dataclass(frozen=True, slots=True)
class Cast:
    """The voice of a session, and those that single lines name."""

    voice: Voice
    others: Mapping[str, Voice] = field(default_factory=dict)

    def of(self, line: Line) -> Voice:
        """Return who speaks a line."""
        return self.others[line.style.voice] if line.style.voice else self.voice


def cast_for(script: Script, settings: Settings, lines: Iterable[Line]) -> Cast:
    """Return the voices of a session.

    Raises
    ------
    ConfigurationError
        A name or its detail is wrong.
    """
    others = dict.fromkeys(line.style.voice for line in lines if line.style.voice)
    return Cast(
        voice_of(settings.voice, script),
        {name: voice_of(name, script) for name in others},
    )


def voice_of(name: str, script: Script) -> Voice:
    """Return the voice that a name with its detail means to a script."""
    kind, _, detail = name.strip().partition(":")
    if kind == "auto":
        kind, detail = "espeak", ""
    choice = Choice(detail, script.meta.language, Path(script.path).parent, voices_folder())
    return voice_named(kind, choice)
