"""Take in a text from elsewhere as a script in which a check finds no error."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sessions.check.examine import faults
from sessions.errors import ScriptError
from sessions.library.scripts import Drafted, Shelf
from sessions.render import edges_of
from sessions.script.estimate import waits
from sessions.script.importing.taking import read
from sessions.script.model import (
    Boundary,
    Break,
    Breath,
    Chapter,
    Include,
    Meta,
    OneShot,
    Pause,
    Slot,
    SlotEnd,
    Speech,
    Until,
)
from sessions.script.parser import parse
from sessions.script.writer import write
from sessions.settings import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sessions.errors import Problem, Source
    from sessions.script.importing.taking import Imported
    from sessions.script.model import Draft, Language, Part, Style

MOST_ROUNDS: Final = 40
"""Each round leaves out all that one look finds; a look finds twenty at the most."""
SLOWEST: Final = 1.15
"""How much longer than estimated a voice may take for its words."""
_KEPT: Final = (Speech, Breath, Break, Chapter)
"""Parts that no problem leaves out."""
TOO_LATE: Final = "a time that cannot be kept, for the words before it take longer; left out"


def taken_in(
    data: bytes,
    path: str,
    spoken_in: Language | None,
    folder: Path,
    files: Mapping[str, Any],
    *,
    name: str = "",
) -> Imported:
    """Return the script of a file, without what cannot be had or done here, with notes of that.

    Parameters
    ----------
    data
        All of the file.
    path
        Its name, as it is shown.
    spoken_in
        Its language where it is known.
    folder
        Where the new script will stand.
    files
        What the settings files say.
    name
        The title of a text without one, in the form of a file's name; else that of the `path`.

    Raises
    ------
    ScriptError
        As `sessions.script.importing.taking.read` does.
    """
    imported = read(data, path, spoken_in, name=name)
    if imported.origin is None:
        if not _wrong(imported, folder, files)[0]:
            return imported
        imported = read(data, path, spoken_in, name=name, whole=False)
    imported = _timely(imported, files)
    for _ in range(MOST_ROUNDS):
        wrong, draft = _wrong(imported, folder, files)
        less = _without(imported, draft, wrong) if wrong else imported
        if less is imported:
            break
        imported = less
    return imported


def _wrong(
    imported: Imported, folder: Path, files: Mapping[str, Any]
) -> tuple[tuple[Problem, ...], Draft]:
    draft = parse(imported.text, path="script.md", folder=folder)
    drafted = Drafted(draft, (), Shelf.at(None), values_known=True)
    try:
        return faults(drafted, {}, files)[2], draft
    except ScriptError as error:
        return error.problems, draft


def _timely(imported: Imported, files: Mapping[str, Any]) -> Imported:
    """Leave out the times that its words would not be done by."""
    script = imported.script
    lead_in = edges_of(resolve({}, script.meta, files)).lead_in
    parts = list(script.parts)
    dropped: list[Source] = []
    while late := [at for at, left in waits(parts, lead_in, SLOWEST).items() if left <= 0]:
        at = late[0]
        dropped.append(parts[at].source)
        parts[at : at + 1] = _instead(parts[at], parts[at - 1 : at], parts[at + 1 : at + 2])
    return _changed(imported, parts, script.meta, [(one, TOO_LATE, "") for one in dropped])


def _tidied(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield parts without the ends of sentences and paragraphs in which nothing sounds any more."""
    sounding: Part | None = None
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        if not isinstance(part, Break):
            sounding = part if isinstance(part, Speech | Breath | OneShot) else sounding
            yield part
        elif part.boundary in {Boundary.PARAGRAPH, Boundary.CLAUSE}:
            if sounding:
                runs_on = isinstance(sounding, Speech) and sounding.text.endswith(",")
                yield replace(part, boundary=Boundary.CLAUSE if runs_on else Boundary.PARAGRAPH)
            sounding = None
        elif not (part.boundary is Boundary.SENTENCE and isinstance(following, Break)):
            yield part


def _instead(part: Part, before: Sequence[Part], after: Sequence[Part]) -> list[Part]:
    """Return what stands for a part that is left out: for a pause, the one that it replaced."""
    parted = isinstance(part, Pause | Until) and any(isinstance(one, Speech) for one in before)
    follows = any(not isinstance(one, Break | Pause | Until) for one in after)
    return [Break(Boundary.SENTENCE, part.source)] if parted and follows else []


def _changed(
    imported: Imported,
    parts: list[Part],
    meta: Meta,
    notes: list[tuple[Source, str, str]],
) -> Imported:
    if not notes:
        return imported
    draft = replace(imported.script, meta=meta, parts=tuple(_tidied(parts)))
    changed = replace(imported, script=draft, text=write(draft))
    return changed.told(notes)


def _without(imported: Imported, read_again: Draft, wrong: tuple[Problem, ...]) -> Imported:
    """Return what was taken over without the parts and keys at which something is wrong.

    The script reads back as the parts that it was written from, in their order, so the places of
    those are known. Words stay: of them only the voice may be left out.
    """
    script = imported.script
    notes: list[tuple[Source, str, str]] = []
    parts: list[Part] = []
    open_slots = 0
    after = [*script.parts[1:], None]
    for part, again, following in zip(script.parts, read_again.parts, after, strict=True):
        if isinstance(part, SlotEnd) and open_slots:
            open_slots -= 1
            continue
        voiceless = _voiceless(part, again, wrong)
        if voiceless is not part:
            parts.append(voiceless)
            continue
        at = next((one for one in wrong if _is_at(one, again)), None)
        if at is None:
            parts.append(part)
        else:
            open_slots += isinstance(part, Slot)
            parts += _instead(part, parts[-1:], [following] if following else [])
            notes.append((part.source, f"{at.message}; left out", at.remedy))
    meta = script.meta
    for name, place in read_again.meta.places:
        at = next((one for one in wrong if one.source.line == place.line), None)
        if at is not None:
            notes.append((script.place_of(name), f"{at.message}; left out", at.remedy))
            meta = _less(meta, name)
    notes += _voices(imported, read_again, wrong)
    return _changed(imported, parts, meta, notes)


def _voices(
    imported: Imported, read_again: Draft, wrong: tuple[Problem, ...]
) -> Iterator[tuple[Source, str, str]]:
    """Yield a note for each voice that cannot be had, where it is first asked for."""
    told: set[str] = set()
    for part, again in zip(imported.script.parts, read_again.parts, strict=True):
        style = _style_of(again)
        at = next((one for one in wrong if style and style.named == one.source), None)
        if at and style and style.voice not in told:
            told.add(style.voice)
            named = _style_of(part)
            source = named.named if named and named.named else part.source
            yield source, f"{at.message}; another one speaks", at.remedy


def _style_of(part: Part) -> Style | None:
    match part:
        case Speech():
            return part.style
        case Breath():
            return part.counting
        case Include():
            return part.style
        case _:
            return None


def _voiceless(part: Part, again: Part, wrong: tuple[Problem, ...]) -> Part:
    """Return a part without a voice that cannot be had."""
    style, asked = _style_of(part), _style_of(again)
    if not (style and asked and any(asked.named == one.source for one in wrong)):
        return part
    plain = replace(style, voice="", named=None)
    match part:
        case Speech() | Include():
            return replace(part, style=plain)
        case Breath():
            return replace(part, counting=plain)
        case _:
            return part


def _is_at(problem: Problem, part: Part) -> bool:
    """Tell whether a part, but for words and pauses between them, is what a problem is about."""
    source, place = problem.source, part.source
    within = source.column <= place.column < source.column + max(1, problem.length)
    left_out = not isinstance(part, _KEPT)
    return left_out and source.line == place.line and within


def _less(meta: Meta, name: str) -> Meta:
    if name in dict(meta.chosen):
        return replace(meta, chosen=tuple(one for one in meta.chosen if one[0] != name))
    return replace(meta, **{name: getattr(Meta("", meta.language), name)})
