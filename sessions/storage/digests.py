"""By what bytes are made: the package's own code, the libraries that shape sound, and files."""

from __future__ import annotations

import hashlib
import importlib.metadata
from functools import cache
from pathlib import Path

from sessions.storage.files import opened
from sessions.version import __version__

LIBRARIES = ("lameenc", "mutagen", "numpy", "scipy", "soundfile", "soxr")
"""Whose other versions may make other bytes."""


@cache
def code_digest() -> str:
    """Return the hash of this package's code: other code may make other bytes."""
    digest = hashlib.sha256(__version__.encode())
    for path in sorted(Path(__file__).resolve().parents[1].rglob("*.py")):
        digest.update(path.read_bytes())
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
