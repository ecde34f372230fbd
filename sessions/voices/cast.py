"""Who speaks: one voice for the whole session, and others only where a script asked for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sessions.errors import (
    MAX_PROBLEMS,
    ConfigurationError,
    InputMissingError,
    ScriptError,
    UnavailableError,
)
from sessions.script.model import Speech
from sessions.settings import voices_folder
from sessions.voices import voice_named
from sessions.voices.auto import best_voice, google_answers
from sessions.voices.base import Choice
from sessions.voices.cache import clip_key
from sessions.voices.recorded import Recorded, missing_error

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sessions.errors import Problem, Source
    from sessions.script.model import Language, Script
    from sessions.script.phrases.choices import Settings
    from sessions.voices.base import Line, Voice
    from sessions.voices.cache import ClipCache


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


def cast_for(
    script: Script,
    settings: Settings,
    lines: Sequence[Line],
    cache: ClipCache,
    notice: Callable[[str], None],
) -> Cast:
    """Return the voices of a session; what `auto` means is decided here, once.

    Raises
    ------
    ConfigurationError
        A name or its detail is wrong.
    InputMissingError
        A line has no recording, and nobody was asked to fill in.
    """
    language = script.meta.language
    others = dict.fromkeys(line.style.voice for line in lines if line.style.voice)
    chosen = settings.voice
    if chosen == "auto":
        chosen = automatic(script, settings, lines, cache, notice)
    by_script = chosen == script.meta.choice("voice")
    cast = Cast(
        voice_by(script, chosen) if by_script else voice_of(chosen, language, Path()),
        {name: voice_by(script, name) for name in others},
        voice_of(settings.fill, language, Path()) if settings.fill else None,
    )
    if cast.fill is None:
        for name, voice in {chosen: cast.voice, **cast.others}.items():
            spoken = [line for line in lines if cast.of(line) is voice]
            error = missing_error(voice, name, spoken) if isinstance(voice, Recorded) else None
            if error is not None:
                raise error
    return cast


def voice_of(name: str, language: Language, folder: Path, *, by_script: bool = False) -> Voice:
    """Return the voice that a name with its detail means; paths in it start from `folder`."""
    kind, _, detail = name.strip().partition(":")
    return voice_named(kind, Choice(detail, language, folder, voices_folder(), by_script))


def check_voices(script: Script) -> None:
    """See that the voices that a script names can be had, before anything takes time.

    What this machine lacks for them is not the script's fault.

    Raises
    ------
    ScriptError
        One of them is unknown, or its detail is wrong.
    """
    problems: list[Problem] = []
    for name in named_voices(script):
        try:
            voice_by(script, name)
        except ScriptError as error:
            problems += error.problems
        except UnavailableError:
            continue
        if len(problems) >= MAX_PROBLEMS:
            break
    if problems:
        raise ScriptError.of(problems)


def named_voices(script: Script) -> dict[str, Source | None]:
    """Return the voices that a script names, and where it does first; None: in its front matter."""
    found: dict[str, Source | None] = {}
    named = script.meta.choice("voice")
    if named not in {None, "", "auto"}:
        found[named] = None
    for part in script.parts:
        style = part.style if isinstance(part, Speech) else getattr(part, "counting", None)
        if style and style.voice:
            found.setdefault(style.voice, style.named or part.source)
    return found


def voice_by(script: Script, name: str) -> Voice:
    """Return a voice that a script names; what is wrong with it is wrong where it is named first.

    Raises
    ------
    ScriptError
        The name or its detail is wrong.
    """
    try:
        return voice_of(name, script.meta.language, script.folder, by_script=True)
    except (ConfigurationError, InputMissingError) as error:
        where = named_voices(script)[name]
        if where is None:
            problem = script.problem_of("voice", error.message, error.remedy)
        else:
            problem = script.problem(where, error.message, error.remedy)
        raise ScriptError.of([problem]) from error


def found_voice(
    name: str, language: Language, notice: Callable[[str], None], *, offline: bool
) -> Voice:
    """Return the voice of a name for a sentence of its own, which no script has."""
    if name == "auto":
        name = best_voice(
            language,
            voices_folder(),
            notice,
            offline=offline,
            kept=lambda _name: False,
            answers=google_answers,
        )
    return voice_of(name, language, Path())


def automatic(
    script: Script,
    settings: Settings,
    lines: Sequence[Line],
    cache: ClipCache,
    notice: Callable[[str], None],
) -> str:
    """Return the name of the voice that `auto` means to a script."""
    named: str = script.meta.choice("voice") or ""
    if named.startswith("recorded:"):
        return named
    language = script.meta.language

    def kept(name: str) -> bool:
        voice = voice_of(name, language, Path())
        keys = (clip_key(voice, line, settings.polish) for line in dict.fromkeys(lines))
        return all(cache.info(key) is not None for key in keys)

    return best_voice(
        language,
        voices_folder(),
        notice,
        offline=settings.offline,
        kept=kept,
        answers=google_answers,
    )
