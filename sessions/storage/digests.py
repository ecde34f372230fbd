"""By what bytes are made: the package's own code, the libraries that shape sound, and files.

What is kept is named by the code that it depends on and no other, so that a word in the help of a
command does not throw away every bed and every encoded segment.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PACKAGE = Path(__file__).resolve().parents[1]
SOUND = frozenset({"metering", "mix", "mp3", "pcm.py", "sounds", "units.py"})
"""What computes samples and encodes them: all that a bed or a segment depends on, but its clips.

Clips come from outside, each named by its key and by what it measures. A test holds that these
rooms reach no other module that computes with arrays.
"""
DOORS = frozenset({"batch", "check", "cli"})
"""What asks for files, and shapes none of them; a room that is new counts until it stands here."""

LIBRARIES = ("lameenc", "mutagen", "numpy", "scipy", "soundfile", "soxr")
"""Whose other versions may make other bytes."""


@cache
def sound_digest(package: Path = PACKAGE) -> str:
    """Return the hash of the code that makes samples: other code may make others."""
    return _digest(package, lambda room: room in SOUND)


@cache
def files_digest(package: Path = PACKAGE) -> str:
    """Return the hash of the code that shapes the files of a session, from its text on."""
    return _digest(package, lambda room: room not in DOORS)


def _digest(package: Path, counts: Callable[[str], bool]) -> str:
    """Return the hash of the modules, with their names, in the rooms of a package that count."""
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package)
        if counts(name.parts[0]):
            digest.update(f"{name.as_posix()} {file_sha256(path)}\n".encode())
    return digest.hexdigest()


@cache
def library_versions() -> dict[str, str]:
    """Return the versions of the libraries that shape the files."""
    return {name: importlib.metadata.version(name) for name in LIBRARIES}


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
