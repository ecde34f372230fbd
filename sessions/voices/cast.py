"""Who speaks: one voice for the whole session, and others only where a script asked for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
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
from sessions.voices import VOICES, kind_of
from sessions.voices.auto import best_voice
from sessions.voices.base import Choice, Origin, Partial, Search, covers
from sessions.voices.cache import clip_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sessions.errors import Problem, Source
    from sessions.script.model import Language, Script
    from sessions.voices.base import Line, Voice
    from sessions.voices.cache import ClipCache


@dataclass(frozen=True, slots=True)
class Cast:
    """The voice of a session, those that single lines name, and who fills in what they lack.

    `asked` is what the person, or `auto`, called the voice, and `by_auto` whether it was that;
    `others` are by the names that the script has for them. `foreign` speak for a voice, by its
    name in the script, the lines in a language that it has not. `origin` is that of all speech.
    """

    voice: Voice
    others: Mapping[str, Voice] = field(default_factory=dict)
    fill: Voice | None = None
    asked: str = ""
    by_auto: bool = False
    foreign: Mapping[tuple[str, Language], Voice] = field(default_factory=dict)
    origin: Origin = Origin.NEURAL

    def of(self, line: Line) -> Voice:
        """Return who speaks a line."""
        name = line.style.voice
        voice = self.others[name] if name else self.voice
        voice = self.foreign.get((name, line.style.language), voice)
        return self.fill if self.fill is not None and not covers(voice, line) else voice


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked for of who speaks: the voice, who fills in, and under what conditions.

    `home` is where installed voices are kept. `polish` is part of what names a clip, and so tells
    whether it is kept. `auto` means none of the kinds in `without`, which have failed.
    """

    voice: str
    fill: str
    polish: str
    offline: bool
    home: Path
    without: frozenset[str] = frozenset()


def cast_for(
    script: Script,
    wanted: Wanted,
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
    language, home = script.meta.language, wanted.home
    others = dict.fromkeys(line.style.voice for line in lines if line.style.voice)
    chosen = wanted.voice
    mute = chosen != "auto" and not speaks(chosen, language)
    if mute:
        notice(f"the voice '{chosen}' does not speak {language.name.capitalize()}")
    by_auto = mute or chosen == "auto"
    if by_auto:
        chosen = automatic(script, wanted, lines, cache, notice)
    by_script = chosen == script.meta.choice("voice")
    cast = Cast(
        voice_by(script, chosen, home) if by_script else voice_of(chosen, language, home),
        {name: voice_by(script, name, home) for name in others},
        voice_of(wanted.fill, language, home) if wanted.fill else None,
        *(chosen, by_auto and not by_script),
    )
    foreign = foreign_to(chosen, wanted, lines, notice)
    voices = {asked: voice_of(name, asked[1], home) for asked, name in foreign.items()}
    cast = replace(cast, foreign=voices)
    cast = replace(cast, origin=origin_of(cast, wanted, foreign, lines))
    if cast.fill is None:
        for name, voice in {chosen: cast.voice, **cast.others}.items():
            spoken = [line for line in lines if cast.of(line) is voice]
            error = voice.lacking(name, spoken) if isinstance(voice, Partial) else None
            if error is not None:
                raise error
    return cast


def speaks(name: str, language: Language) -> bool:
    """Return whether a voice has a language; of a name that is none, its place is told later."""
    try:
        return language in kind_of(name).languages
    except ConfigurationError:
        return True


def foreign_to(
    chosen: str, wanted: Wanted, lines: Sequence[Line], notice: Callable[[str], None]
) -> dict[tuple[str, Language], str]:
    """Return who speaks lines in a language that their own voice has not: the best one at hand.

    The keys are the voice of the lines, as the script has it, and their language.
    """
    asked = Counter((line.style.voice, line.style.language) for line in lines)
    found: dict[tuple[str, Language], str] = {}
    for (name, language), count in asked.items():
        if not speaks(name or chosen, language):
            search = Search(language, wanted.home, wanted.offline, never_kept, wanted.without)
            other = best_voice(search, notice)
            lines_are = "1 line is" if count == 1 else f"{count} lines are"
            tongue = language.name.capitalize()
            notice(f"{lines_are} in {tongue}, not spoken by '{name or chosen}' but by '{other}'")
            found[name, language] = other
    return found


def kind_name(voice: str) -> str:
    """Return the kind of a voice, by the name that a person gave."""
    return voice.strip().partition(":")[0]


def origin_of(
    cast: Cast,
    wanted: Wanted,
    foreign: Mapping[tuple[str, Language], str],
    lines: Sequence[Line],
) -> Origin:
    """Return where the speech of a session comes from, by who speaks its lines."""
    found: set[Origin] = set()
    for line in lines:
        spoken_by = cast.of(line)
        name = line.style.voice or cast.asked
        if spoken_by is cast.fill:
            name = wanted.fill
        elif (line.style.voice, line.style.language) in foreign:
            name = foreign[line.style.voice, line.style.language]
        found.add(kind_of(name).origin)
    return Origin.of_all(found)


def never_kept(_name: str) -> bool:
    """Return that nothing was spoken before."""
    return False


def voice_of(
    name: str,
    language: Language,
    home: Path,
    folder: Path = Path(),
    *,
    by_script: bool = False,
) -> Voice:
    """Return the voice that a name with its detail means.

    Paths in it start from `folder`; installed voices are in `home`.
    """
    kind, _, detail = name.strip().partition(":")
    return kind_of(kind).make(Choice(detail, language, folder, home, by_script))


def check_voices(script: Script, home: Path) -> None:
    """See that the voices that a script names can be had, before anything takes time.

    What this machine lacks for them is not the script's fault. Installed voices are in `home`.

    Raises
    ------
    ScriptError
        One of them is unknown, or its detail is wrong.
    """
    problems: list[Problem] = []
    for name in named_voices(script):
        try:
            voice_by(script, name, home)
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


def voice_by(script: Script, name: str, home: Path) -> Voice:
    """Return a voice that a script names; what is wrong with it is wrong where it is named first.

    Raises
    ------
    ScriptError
        The name or its detail is wrong.
    """
    try:
        return voice_of(name, script.meta.language, home, script.folder, by_script=True)
    except (ConfigurationError, InputMissingError) as error:
        where = named_voices(script)[name]
        if where is None:
            problem = script.problem_of("voice", error.message, error.remedy)
        else:
            problem = script.problem(where, error.message, error.remedy)
        raise ScriptError.of([problem]) from error


def found_voice(
    name: str, language: Language, home: Path, notice: Callable[[str], None], *, offline: bool
) -> Voice:
    """Return the voice of a name for a sentence of its own, which no script has."""
    if name == "auto":
        name = best_voice(Search(language, home, offline, never_kept), notice)
    return voice_of(name, language, home)


def automatic(
    script: Script,
    wanted: Wanted,
    lines: Sequence[Line],
    cache: ClipCache,
    notice: Callable[[str], None],
) -> str:
    """Return the name of the voice that `auto` means to a script."""
    asked: str = script.meta.choice("voice") or ""
    named = VOICES.get(asked.partition(":")[0])
    if named is not None and named.by_script:
        return asked
    language = script.meta.language

    def kept(name: str) -> bool:
        voice = voice_of(name, language, wanted.home)
        keys = (clip_key(voice, line, wanted.polish) for line in dict.fromkeys(lines))
        return all(cache.info(key) is not None for key in keys)

    search = Search(language, wanted.home, wanted.offline, kept, wanted.without)
    return best_voice(search, notice)
