"""Who speaks: one voice for the whole session, and others only where a script asked for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sessions.settings import voices_folder
from sessions.voices import voice_named
from sessions.voices.base import Choice
from sessions.voices.recorded import Recorded, missing_error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sessions.script.model import Language, Script
    from sessions.settings import Settings
    from sessions.voices.base import Line, Voice


@dataclass(frozen=True, slots=True)
class Cast:
    """The voice of a session, those that single lines name, and who fills in what it lacks."""

    voice: Voice
    others: Mapping[str, Voice] = field(default_factory=dict)
    fill: Voice | None = None

    def of(self, line: Line) -> Voice:
        """Return who speaks a line."""
        voice = self.others[line.style.voice] if line.style.voice else self.voice
        lacking = self.fill is not None and isinstance(voice, Recorded) and not voice.covers(line)
        return self.fill if self.fill is not None and lacking else voice


def cast_for(script: Script, settings: Settings, lines: Sequence[Line]) -> Cast:
    """Return the voices of a session.

    Raises
    ------
    ConfigurationError
        A name or its detail is wrong.
    InputMissingError
        A line has no recording, and nobody was asked to fill in.
    """
    language, beside = script.meta.language, Path(script.path).parent
    others = dict.fromkeys(line.style.voice for line in lines if line.style.voice)
    by_script = settings.voice == script.meta.voice
    cast = Cast(
        voice_of(settings.voice, language, beside if by_script else Path(), by_script=by_script),
        {name: voice_of(name, language, beside, by_script=True) for name in others},
        voice_of(settings.fill, language, Path()) if settings.fill else None,
    )
    if cast.fill is None:
        for name, voice in {settings.voice: cast.voice, **cast.others}.items():
            spoken = [line for line in lines if cast.of(line) is voice]
            error = missing_error(voice, name, spoken) if isinstance(voice, Recorded) else None
            if error is not None:
                raise error
    return cast


def voice_of(name: str, language: Language, folder: Path, *, by_script: bool = False) -> Voice:
    """Return the voice that a name with its detail means; paths in it start from `folder`."""
    kind, _, detail = name.strip().partition(":")
    if kind == "auto":
        kind, detail = "espeak", ""
    return voice_named(kind, Choice(detail, language, folder, voices_folder(), by_script))
