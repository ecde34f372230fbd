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

    `asked` is what the person, or `auto`, called the voice, and `by_auto` the names that were
    chosen so; `others` are by the names that the script has for them. `foreign` speak for a voice,
    by its name in the script, the lines in a language that it has not. `origin` is that of all
    speech, and `synthetic` are the names of those voices in it that are.
    """

    voice: Voice
    others: Mapping[str, Voice] = field(default_factory=dict)
    fill: Voice | None = None
    asked: str = ""
    filled_by: str = ""
    by_auto: frozenset[str] = frozenset()
    foreign: Mapping[tuple[str, Language], tuple[str, Voice]] = field(default_factory=dict)
    origin: Origin = Origin.NEURAL
    synthetic: tuple[str, ...] = ()

    def of(self, line: Line) -> Voice:
        """Return who speaks a line."""
        return self._speaker(line)[1]

    def name_of(self, line: Line) -> str:
        """Return the name of who speaks a line, as somebody asked for it."""
        return self._speaker(line)[0]

    def _speaker(self, line: Line) -> tuple[str, Voice]:
        name = line.style.voice
        own = (name, self.others[name]) if name else (self.asked, self.voice)
        named, voice = self.foreign.get((name, line.style.language), own)
        if self.fill is not None and not covers(voice, line):
            return self.filled_by, self.fill
        return named, voice


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
    if wanted.fill and not speaks(wanted.fill, language):
        message = f"the voice '{wanted.fill}' does not speak {tongue(language)}"
        raise ConfigurationError(message, "choose another one to fill in")
    chosen, by_auto = wanted.voice, wanted.voice == "auto"
    if not by_auto and not speaks(chosen, language):
        wanted, by_auto = as_private_as(chosen, wanted), True
        other = automatic(script, wanted, lines, cache, notice)
        notice(f"the voice '{chosen}' does not speak {tongue(language)}: spoken by '{other}'")
        chosen = other
    elif by_auto:
        chosen = automatic(script, wanted, lines, cache, notice)
    by_script = chosen == script.meta.choice("voice") and (not by_auto or kind_of(chosen).by_script)
    foreign = foreign_to(chosen, wanted, lines, notice)
    cast = Cast(
        voice_by(script, chosen, home) if by_script else voice_of(chosen, language, home),
        {name: voice_by(script, name, home) for name in others},
        voice_of(wanted.fill, language, home) if wanted.fill else None,
        *(chosen, wanted.fill),
        frozenset([*([chosen] if by_auto and not by_script else []), *foreign.values()]),
        {asked: (name, voice_of(name, asked[1], home)) for asked, name in foreign.items()},
    )
    names = dict.fromkeys(map(cast.name_of, lines))
    origins = {name: kind_of(name).origin for name in names}
    cast = replace(
        cast,
        origin=Origin.of_all(origins.values()),
        synthetic=tuple(name for name, origin in origins.items() if origin is not Origin.RECORDED),
    )
    if cast.fill is None:
        for name, voice in {chosen: cast.voice, **cast.others}.items():
            spoken = [line for line in lines if cast.of(line) is voice]
            error = voice.lacking(name, spoken) if isinstance(voice, Partial) else None
            if error is not None:
                raise error
    tell_of_fill(cast, lines, notice)
    return cast


def tell_of_fill(cast: Cast, lines: Sequence[Line], notice: Callable[[str], None]) -> None:
    """Tell how many lines are spoken by who fills in, where there are any."""
    filled = {line for line in lines if cast.fill is not None and cast.of(line) is cast.fill}
    if filled:
        lines_are = "1 line is" if len(filled) == 1 else f"{len(filled)} lines are"
        notice(f"{lines_are} not recorded, and spoken by '{cast.filled_by}'")


def speaks(name: str, language: Language) -> bool:
    """Return whether a voice has a language; of a name that is none, its place is told later."""
    try:
        return language in kind_of(name).languages
    except ConfigurationError:
        return True


def tongue(language: Language) -> str:
    """Return what a language is called."""
    return language.name.capitalize()


def as_private_as(name: str, wanted: Wanted) -> Wanted:
    """Return what is wanted without voices that send text, where the one of a name sends none."""
    sending = frozenset(kind for kind, row in VOICES.items() if row.sends)
    return wanted if kind_of(name).sends else replace(wanted, without=wanted.without | sending)


def foreign_to(
    chosen: str, wanted: Wanted, lines: Sequence[Line], notice: Callable[[str], None]
) -> dict[tuple[str, Language], str]:
    """Return who speaks lines in a language that their own voice has not: the best one at hand.

    The keys are the voice of the lines, as the script has it, and their language. What a voice that
    sends nothing cannot say is sent nowhere, either.
    """
    asked = Counter((line.style.voice, line.style.language) for line in lines)
    found: dict[tuple[str, Language], str] = {}
    for (name, language), count in asked.items():
        own = name or chosen
        if not speaks(own, language):
            without = as_private_as(own, wanted).without
            search = Search(language, wanted.home, wanted.offline, never_kept, without)
            other = best_voice(search, lambda _hint: None)
            lines_are = "1 line is" if count == 1 else f"{count} lines are"
            notice(f"{lines_are} in {tongue(language)}, not spoken by '{own}' but by '{other}'")
            found[name, language] = other
    return found


def kind_name(voice: str) -> str:
    """Return the kind of a voice, by the name that a person gave."""
    return voice.strip().partition(":")[0]


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
    detail = name.strip().partition(":")[2]
    return kind_of(name).make(Choice(detail, language, folder, home, by_script))


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
