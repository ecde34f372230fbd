"""Look at a script before it is spoken: all that is wrong with it, and what could be better."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sessions.errors import ScriptError, refuse_all
from sessions.plan import check, slots

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sessions.check.reading import Stretch, Strike
    from sessions.check.rules import Warned
    from sessions.errors import Problem, Source
    from sessions.library.scripts import Drafted
    from sessions.plan import Cue, Timeline
    from sessions.script.model import Script
    from sessions.script.phrases.choices import Settings


@dataclass(frozen=True, slots=True)
class Examined:
    """A script, what is wrong with it, its warnings, and what its slots need that are too short.

    Where something is wrong, `warned` are those warnings that do not need the whole script.
    """

    script: Script
    wrong: tuple[Problem, ...]
    warned: list[Warned]
    needed_seconds: Mapping[Source, float]


def examined(drafted: Drafted, values: Mapping[str, str], files: Mapping[str, Any]) -> Examined:
    """Look at a script that was read: what is wrong with it, and its style warnings.

    The parameters and errors are those of `faults`.
    """
    from sessions.check.reading import Reading  # noqa: PLC0415
    from sessions.check.rules import lint  # noqa: PLC0415

    script, settings, wrong = faults(drafted, values, files)
    if wrong:
        found = lint(Reading(drafted.draft, script, settings=settings), whole=False)
        return Examined(script, wrong, found, {})
    guess, crowded, struck = guessed(script, settings)
    found = lint(Reading(drafted.draft, script, drafted.phases, guess, crowded, struck, settings))
    needed = {one.source: one.needed_seconds for one in crowded if isinstance(one, slots.TooShort)}
    return Examined(script, (), found, needed)


def faults(
    drafted: Drafted, values: Mapping[str, str], files: Mapping[str, Any]
) -> tuple[Script, Settings, tuple[Problem, ...]]:
    """Return a script written out, its settings, and all that is wrong with it.

    Parameters
    ----------
    drafted
        What was read.
    values
        What is filled in; over those of its front matter.
    files
        What the settings files say.

    Raises
    ------
    SessionsError
        As much is wrong as one run reports, or something that has no place in the script.
    """
    from sessions.render import edges_of, lengths_of  # noqa: PLC0415
    from sessions.settings import resolve, voices_folder  # noqa: PLC0415
    from sessions.sounds.named import check_sounds  # noqa: PLC0415
    from sessions.voices.cast import check_voices  # noqa: PLC0415

    script, wrong = drafted.written_out(values)
    settings = resolve({}, script.meta, files)
    try:
        refuse_all(
            partial(refuse, [*wrong, *unknown_codes(script)]),
            partial(check_sounds, script, settings.background or ()),
            partial(check_voices, script, voices_folder()),
            partial(check, script, lengths_of(settings), edges_of(settings)),
        )
    except ScriptError as error:
        if not error.problems:
            raise
        return script, settings, error.problems
    return script, settings, ()


def refuse(problems: list[Problem]) -> None:
    """Refuse a script with problems."""
    if problems:
        raise ScriptError.of(problems)


def unknown_codes(script: Script) -> Iterator[Problem]:
    """Find what a script allows that no warning is."""
    from sessions.check.rules import RULES  # noqa: PLC0415

    known = [rule.code for rule in RULES]
    for code in script.meta.allow:
        if code not in known:
            remedy = (
                f"there are {known[0]} to {known[-1]}; `sessions check --explain W01` says more"
            )
            yield script.problem_of("allow", f"there is no warning '{code}'", remedy)


def guessed(
    script: Script, settings: Settings
) -> tuple[tuple[Stretch, ...], tuple[Problem, ...], tuple[Strike, ...]]:
    """Return how a session goes, before it is spoken: its chapters, what has no room, what rings.

    It has the length that the script asks for, or its shortest where that cannot be reached by
    the guess. A guess is never an error: one that cannot be laid out is none.
    """
    from sessions.render import estimated  # noqa: PLC0415

    crowded: list[Problem] = []
    for fitted in (True, False):
        try:
            timeline = estimated(script, settings, fitted=fitted)
            return stretches(timeline), tuple(crowded), strikes(script, timeline)
        except ScriptError as error:
            crowded = [*error.problems]
    return (), tuple(crowded), ()


def beginning(cue: Cue) -> Source:
    """Return where a cue begins in the script; of a line, no more than that."""
    from sessions.plan import Kind  # noqa: PLC0415

    return replace(cue.source, length=1) if cue.kind is Kind.SPEECH else cue.source


def strikes(script: Script, timeline: Timeline) -> tuple[Strike, ...]:
    """Return what is struck once in a session; a recording that cannot be read is left out."""
    from sessions.check.reading import Strike  # noqa: PLC0415
    from sessions.plan import Kind  # noqa: PLC0415
    from sessions.sounds.named import asset_folders  # noqa: PLC0415
    from sessions.sounds.soundscape import rings_seconds  # noqa: PLC0415
    from sessions.units import seconds  # noqa: PLC0415

    cues = list(timeline.of_kind(Kind.ONE_SHOT))
    folders = asset_folders(script)
    rings = {sound: rings_seconds(sound, folders) for sound in {cue.sound for cue in cues}}
    return tuple(
        Strike(cue.source, cue.sound, ringing, seconds(timeline.length - cue.start))
        for cue in cues
        for ringing in [rings[cue.sound]]
        if ringing is not None
    )


def stretches(timeline: Timeline) -> tuple[Stretch, ...]:
    """Return what of each chapter is said and what is silent; what has no cue is left out."""
    from sessions.check.reading import Stretch  # noqa: PLC0415
    from sessions.plan import Kind  # noqa: PLC0415
    from sessions.units import seconds  # noqa: PLC0415

    starts = [mark.start for mark in timeline.chapters]
    return tuple(
        Stretch(
            beginning(cues[0]),
            seconds(sum(cue.length for cue in cues)),
            seconds(sum(cue.length for cue in cues if cue.kind is Kind.PAUSE)),
            " ".join(cue.text for cue in cues),
        )
        for _, group in groupby(timeline.cues, lambda cue: bisect_right(starts, cue.start))
        for cues in [list(group)]
    )
