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

from sessions.storage.files import opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePath

PACKAGE = Path(__file__).resolve().parents[1]
SOUND = frozenset(
    {"metering", "mix", "mp3", "pcm.py", "sounds", "storage/recordings.py", "units.py"}
)
"""What computes samples and encodes them: all that a bed or a segment depends on, but its clips.

Clips come from outside, each named by its key and by what it measures. A test holds that these
rooms reach no other module that computes with arrays.
"""
DOORS = frozenset(
    {"__main__.py", "batch", "check", "cli", "hearing", "made.py", "voices/recorded/cut"}
)
"""What asks for files, and shapes none of them; a room that is new counts until it stands here."""

LIBRARIES = ("lameenc", "mutagen", "numpy", "scipy", "soundfile", "soxr")
"""Whose other versions may make other bytes."""


@cache
def sound_digest(package: Path = PACKAGE) -> str:
    """Return the hash of the code that makes samples: other code may make others."""
    return _digest(package, lambda module: stands_in(module, SOUND))


@cache
def files_digest(package: Path = PACKAGE) -> str:
    """Return the hash of the code that shapes the files of a session, from its text on."""
    return _digest(package, lambda module: not stands_in(module, DOORS))


def stands_in(module: PurePath, rooms: frozenset[str]) -> bool:
    """Return whether a module, by its path in the package, is one of some rooms, or in one."""
    return any(one.as_posix() in rooms for one in (module, *module.parents))


def _digest(package: Path, counts: Callable[[PurePath], bool]) -> str:
    """Return the hash of the modules of a package that count, with their names."""
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        module = path.relative_to(package)
        if counts(module):
            digest.update(f"{module.as_posix()} {file_sha256(path)}\n".encode())
    return digest.hexdigest()


@cache
def library_versions() -> dict[str, str]:
    """Return the versions of the libraries that shape the files."""
    return {name: importlib.metadata.version(name) for name in LIBRARIES}


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises
    ------
    SessionsError
        It cannot be read.
    """
    with opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
