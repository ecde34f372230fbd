"""Voices: from a line of text to a clip of speech."""

from __future__ import annotations

import importlib.metadata
from typing import TYPE_CHECKING

from sessions.errors import ConfigurationError, InputMissingError
from sessions.voices.base import Kind, likely
from sessions.voices.espeak.voice import KIND as ESPEAK
from sessions.voices.google.voice import KIND as GOOGLE
from sessions.voices.hibari.voice import KIND as HIBARI
from sessions.voices.kokoro.voice import KIND as KOKORO
from sessions.voices.piper.voice import KIND as PIPER
from sessions.voices.recorded.voice import KIND as RECORDED
from sessions.voices.tone import KIND as TONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sessions.voices.base import Installer

VOICES: Mapping[str, Kind] = {
    "hibari": HIBARI,
    "piper": PIPER,
    "google": GOOGLE,
    "kokoro": KOKORO,
    "espeak": ESPEAK,
    "recorded": RECORDED,
    "tone": TONE,
}
"""The voices of this package, by name, in the order in which they are shown."""
ENTRY_POINTS = "sessions.voices"
"""The group in which other packages name a `Kind`. A name of ours stays ours."""


def kind_of(name: str) -> Kind:
    """Return the kind of a voice by the name that a person gave, with its detail or without.

    Raises
    ------
    ConfigurationError
        There is no voice of that name, or it is broken.
    """
    known = name.strip().partition(":")[0]
    if known in VOICES:
        return VOICES[known]
    for entry in plug_ins():
        if entry.name == known:
            return loaded(entry)
    names = ["auto", *VOICES, *(entry.name for entry in plug_ins())]
    raise ConfigurationError(f"unknown voice '{known}'", likely(known, names))


def plug_ins() -> Iterator[importlib.metadata.EntryPoint]:
    """Give the voices that other packages add, without importing them."""
    found = importlib.metadata.entry_points(group=ENTRY_POINTS)
    return (entry for entry in found if entry.name not in VOICES)


def loaded(entry: importlib.metadata.EntryPoint) -> Kind:
    """Import the voice of another package.

    Raises
    ------
    ConfigurationError
        It cannot be imported, or is not a `Kind`.
    """
    package = entry.dist.name if entry.dist else entry.module
    try:
        kind = entry.load()
    except Exception as error:  # code of others, which may fail in any way
        why = str(error) or type(error).__name__
        raise ConfigurationError(
            f"the voice '{entry.name}' of the package {package} cannot be loaded: {why}",
            f"update or remove {package}",
        ) from error
    if not isinstance(kind, Kind):
        raise ConfigurationError(
            f"the voice '{entry.name}' of the package {package} is not a voice",
            f"its entry point must name a sessions.voices.base.Kind; update or remove {package}",
        )
    return kind


def installer_of(name: str) -> tuple[str, Installer]:
    """Return how a voice is installed, and the name of its kind.

    Raises
    ------
    InputMissingError
        There is no such voice.
    """
    found = {kind: row.installer for kind, row in VOICES.items() if row.installer}
    for kind, installer in found.items():
        if name in installer.names:
            return kind, installer
    raise InputMissingError(f"there is no voice '{name}' to install", likely(name, installable()))


def installable() -> list[str]:
    """Return the voices that can be installed."""
    return [name for row in VOICES.values() if row.installer for name in row.installer.names]


def all_kinds() -> Iterator[tuple[str, Kind | ConfigurationError]]:
    """Give every voice by name; for one that is broken, the error that says so."""
    yield from VOICES.items()
    for entry in plug_ins():
        try:
            yield entry.name, loaded(entry)
        except ConfigurationError as error:
            yield entry.name, error
