"""Leave out of a script from elsewhere what a check of it refuses: an import gives no error."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sessions.check.examine import examined
from sessions.errors import ScriptError
from sessions.library.scripts import Drafted, Shelf
from sessions.script.model import Meta
from sessions.script.parser import parse
from sessions.script.writer import write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sessions.errors import Problem
    from sessions.script.importing.taking import Imported
    from sessions.script.model import Draft

MOST_ROUNDS: Final = 40
"""Each round leaves out all that one look finds; a look finds twenty at the most."""


def sound(imported: Imported, folder: Path, files: Mapping[str, Any]) -> Imported:
    """Return what was taken over without what cannot be had here, such as a voice, with notes.

    Parameters
    ----------
    imported
        What was taken over.
    folder
        Where the new script will stand.
    files
        What the settings files say.
    """
    for _ in range(MOST_ROUNDS):
        wrong, draft = _wrong(imported, folder, files)
        if not wrong:
            return imported
        less = _without(imported, draft, wrong)
        if less is imported:
            return imported
        imported = less
    return imported


def _wrong(
    imported: Imported, folder: Path, files: Mapping[str, Any]
) -> tuple[tuple[Problem, ...], Draft]:
    draft = parse(imported.text, path="script.md", folder=folder)
    drafted = Drafted(draft, (), Shelf.at(None), values_known=True)
    try:
        return examined(drafted, {}, files).wrong, draft
    except ScriptError as error:
        return error.problems, draft


def _without(imported: Imported, read: Draft, wrong: tuple[Problem, ...]) -> Imported:
    """Return what was taken over without the parts and keys at which something is wrong.

    The script reads back as the parts that it was written from, so the places of those are known.
    """
    script = imported.script
    lines = {problem.source.line for problem in wrong}
    keys = {name for name, place in read.meta.places if place.line in lines}
    parts, notes = [], []
    for part, again in zip(script.parts, read.parts, strict=True):
        at = next((one for one in wrong if _at(one, again.source.line, again.source.column)), None)
        if at is None:
            parts.append(part)
        else:
            notes.append((part.source, f"{at.message}; left out", at.remedy))
    meta = script.meta
    for name in keys:
        at = next(one for one in wrong if one.source.line == dict(read.meta.places)[name].line)
        source = dict(meta.places).get(name) or script.place_of(name)
        notes.append((source, f"{at.message}; left out", at.remedy))
        meta = _less(meta, name)
    if not notes:
        return imported
    draft = replace(script, meta=meta, parts=tuple(parts))
    less = replace(imported, script=draft, text=write(draft))
    for note in notes:
        less = less.told(*note)
    return less


def _at(problem: Problem, line: int, column: int) -> bool:
    source = problem.source
    return source.line == line and source.column <= column < source.column + max(1, problem.length)


def _less(meta: Meta, name: str) -> Meta:
    if name in dict(meta.chosen):
        return replace(meta, chosen=tuple(one for one in meta.chosen if one[0] != name))
    return replace(meta, **{name: getattr(Meta("", meta.language), name)})
