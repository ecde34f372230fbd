"""Read the parts of a document that is a ZIP file, and no more of them than is reasonable."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from sessions.script.importing.extract import refused

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_BYTES: Final = 32 << 20
"""Of all parts that are read, unpacked; a book as Word writes it has 10 MiB."""

_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    EOFError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip
"""What `zipfile` raises of bytes that are damaged, encrypted or packed in some other way."""


def names(data: bytes) -> frozenset[str]:
    """Return the names of the parts; none where the directory cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except _DAMAGED:
        return frozenset()


def parts(data: bytes, needed: str, wanted: Iterable[str], path: str) -> dict[str, bytes]:
    """Return the part that is needed, and those of some others that are there.

    Raises
    ------
    ScriptError
        The archive is damaged, lacks what is needed, or has more in these parts than 32 MiB.
    """
    found, left = dict[str, bytes](), MAX_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            there = frozenset(archive.namelist())
            for name in (needed, *wanted):
                if name in there:
                    # What the directory says of its size may be a lie.
                    with archive.open(name) as part:
                        found[name] = part.read(left + 1)
                    left -= len(found[name])
                    if left < 0:
                        raise _too_large(path)
    except _DAMAGED as error:
        message = f"the document is damaged, or has a password: {error}"
        raise refused(path, message, "open it where it was made, and save it anew") from error
    if needed not in found:
        message = f"there is no text in the document: it has no part `{needed}`"
        raise refused(path, message, "open it where it was made, and save it anew")
    return found


def _too_large(path: str) -> Exception:
    message = f"the document unpacks to more than {MAX_BYTES >> 20} MiB"
    return refused(path, message, "divide it into several documents")
