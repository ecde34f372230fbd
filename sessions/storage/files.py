"""Read files, write them whole or not at all, and say plainly why one cannot be.

An output is old, new or absent, but never half: it is written to a temporary file in the same
folder, flushed to the disk, and put in place in one step.
"""

from __future__ import annotations

import errno
import os
import secrets
import tempfile
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from sessions.errors import (
    InputMissingError,
    OutputError,
    PermissionDeniedError,
    SessionsError,
    StorageError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

TEMPORARY_PREFIX = ".sessions-"
FORBIDDEN = {errno.EACCES, errno.EPERM}
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_PLACE = {
    errno.ENOENT,
    errno.ENOTDIR,
    errno.EEXIST,
    errno.EISDIR,
    errno.EROFS,
    errno.ENAMETOOLONG,
}
NOT_THERE = {errno.ENOENT, errno.ENOTDIR}
NO_NAME = {errno.ENAMETOOLONG, errno.EINVAL, errno.ELOOP}
"""What is said of a name too long, of one that the system forbids, and of a link to itself."""


ELSEWHERE = "choose another folder"
"""How to choose another place, where nobody says it better."""
CHECK_PATH = "check the path"


def read_error(path: Path, error: OSError | ValueError, missing: str = CHECK_PATH) -> SessionsError:
    """Return the error to raise for a file that cannot be read.

    `missing` says what to do about one that is not there. A `ValueError` is what Python says of a
    name that no file can have.
    """
    if isinstance(error, ValueError) or error.errno in NO_NAME:
        return InputMissingError(f"'{path}' cannot be the name of a file", missing)
    if error.errno in NOT_THERE:
        return InputMissingError(f"there is no file '{path}'", missing)
    forbidden = error.errno in FORBIDDEN
    if error.errno == errno.EISDIR or (forbidden and os.name == "nt" and path.is_dir()):
        return InputMissingError(f"'{path}' is a folder, not a file", "name a file in it")
    if forbidden:
        return PermissionDeniedError(f"'{path}' may not be read", "change its rights")
    reason = (error.strerror or str(error)).lower()
    return StorageError(f"reading '{path}' failed: {reason}", "check the disk and try again")


@contextmanager
def opened(path: Path, missing: str = CHECK_PATH) -> Iterator[BufferedReader]:
    """Open a file to read; what the system has against it becomes the error that fits.

    Raises
    ------
    SessionsError
        As `read_error` says.
    """
    try:
        file = path.open("rb")
    except (OSError, ValueError) as error:
        raise read_error(path, error, missing) from error
    with file:
        try:
            yield file
        except OSError as error:
            raise read_error(path, error, missing) from error


def write_error(
    path: Path, error: OSError | ValueError, elsewhere: str = ELSEWHERE
) -> SessionsError:
    """Return the error to raise for a failed write; `elsewhere` says how to choose its place.

    A `ValueError` is what Python says of a name that no file can have.
    """
    if not isinstance(error, OSError):
        return OutputError(f"cannot create '{path}': no file can have that name", elsewhere)
    reason = (error.strerror or str(error)).lower()
    if error.errno in FORBIDDEN:
        return PermissionDeniedError(f"may not write {path}", f"{elsewhere}, or change its rights")
    if error.errno in NO_ROOM:
        return StorageError(f"no room to write {path}: {reason}", "free some disk space")
    if error.errno in NO_PLACE:
        return OutputError(f"cannot create {path}: {reason}", elsewhere)
    return StorageError(f"writing {path} failed: {reason}", "check the disk and try again")


@contextmanager
def atomic(path: Path, elsewhere: str = ELSEWHERE, *, durable: bool = True) -> Iterator[BinaryIO]:
    """Open a file for writing that takes the place of `path` when the context ends well.

    It can be read and sought too. When the context ends with an exception, nothing is left behind.
    If it is `durable`, it is on the disk then.

    Raises
    ------
    SessionsError
        As `write_error` says.
    """
    temporary = path.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(6)}.tmp")
    try:
        with temporary.open("xb+") as file:
            yield file
            if durable:
                flush(file)
        temporary.replace(path)
        if durable:
            sync_folder(path.parent)
    except OSError as error:
        raise write_error(path, error, elsewhere) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def flush(file: BinaryIO) -> None:
    """Have all that was written on the disk; what is there already costs nothing more."""
    file.flush()
    os.fsync(file.fileno())


def write_bytes(path: Path, data: bytes, elsewhere: str = ELSEWHERE) -> None:
    """Write a whole small file; see `atomic`."""
    with atomic(path, elsewhere) as file:
        file.write(data)


def make_folder(path: Path, elsewhere: str = ELSEWHERE) -> None:
    """Make a folder and its parents, where they are missing, and see that it can be written."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise write_error(path, error, elsewhere) from error
    see_writable(path, elsewhere)


def see_writable(path: Path, elsewhere: str = ELSEWHERE) -> None:
    """See that a folder is there and can be written, before anything is done that takes long."""
    try:
        with tempfile.TemporaryFile(dir=path, prefix=TEMPORARY_PREFIX):
            pass
    except (OSError, ValueError) as error:
        raise write_error(path, error, elsewhere) from error


def sync_folder(path: Path) -> None:
    """Flush a folder's entry to the disk, where the system can: Windows and some networks cannot.

    The file is in place by now; only a power cut could still lose it.
    """
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
