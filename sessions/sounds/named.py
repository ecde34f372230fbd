"""The sounds that a script names: which there are, where recordings may be, and what is unknown."""

from __future__ import annotations

import difflib
from itertools import chain
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from sessions.errors import ScriptError
from sessions.library.catalogue import assets_root
from sessions.script.model import BedChange, Layer, OneShot
from sessions.sounds import BEDS, ONE_SHOTS
from sessions.sounds.recorded import find, names
from sessions.storage.recordings import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sessions.errors import Problem
    from sessions.script.model import Script

UNREAD_SUFFIXES = (".aac", ".amr", ".caf", ".mov", ".wma")
"""Of recordings that people have, and that are not read."""


def check_sounds(script: Script, bed: tuple[Layer, ...]) -> None:
    """See that there is every sound of a script that begins with a bed.

    Raises
    ------
    ScriptError
    """
    folders = asset_folders(script)
    problems = [
        *unknown_sounds(script, (*bed, *chain.from_iterable(changed_beds(script))), folders),
        *unknown_sounds(script, struck(script), folders, ONE_SHOTS.keys()),
    ]
    if problems:
        raise ScriptError.of(problems)


def changed_beds(script: Script) -> tuple[tuple[Layer, ...], ...]:
    """Return all beds that a script changes to, each with its layers."""
    return tuple(part.layers for part in script.parts if isinstance(part, BedChange))


def struck(script: Script) -> tuple[Layer, ...]:
    """Return the recordings that a script strikes once, as layers."""
    shots = [part for part in script.parts if isinstance(part, OneShot)]
    named = [shot for shot in shots if shot.sound not in ONE_SHOTS]
    return tuple(Layer(shot.sound, shot.gain_db, shot.source) for shot in named)


def asset_folders(script: Script) -> tuple[Path, ...]:
    """Return where a script's recordings may be: beside it, in the working folder, shipped."""
    return (script.folder, Path("audio_assets"), assets_root())


def unknown_sounds(
    script: Script,
    layers: Sequence[Layer],
    folders: Sequence[Path],
    made: Collection[str] = BEDS.keys(),
) -> list[Problem]:
    """Return the layers of a script that are no sound that there is.

    Parameters
    ----------
    folders
        Where recordings may be.
    made
        The computed sounds that may be meant: beds, unless `ONE_SHOTS` are.

    Raises
    ------
    ScriptError
        One of them is named by settings or a flag, and has no place in the script.
    """
    known = [*made, *(name for name in names(folders) if name not in made)]
    problems: list[Problem] = []
    for layer in layers:
        if layer.sound in made or find(layer.sound, folders) is not None:
            continue
        message = f"unknown sound '{layer.sound}'"
        remedy = other_sound(layer.sound, known)
        if layer.source is None:
            raise ScriptError(message, remedy)
        problems.append(script.problem(layer.source, message, remedy))
    return problems


def other_sound(name: str, known: Sequence[str]) -> str:
    """Return what to write instead of a sound that there is not."""
    kinds = ", ".join(suffix[1:].upper() for suffix in SUFFIXES)
    if PurePath(name).suffix.lower() in UNREAD_SUFFIXES:
        return f"this kind of file is not read; save it as one of: {kinds}"
    close = difflib.get_close_matches(name, known, 1)
    if close:
        return f"did you mean '{close[0]}'?"
    own = "or put a recording beside the script or in audio_assets"
    return f"choose one of: {', '.join(known)}; {own}"
