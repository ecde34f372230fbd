"""Read the text of a script, whoever wrote it, or say why it is none."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from sessions.errors import Problem, ScriptError, Source
from sessions.script.page import FORBIDDEN, MAX_SCRIPT_BYTES, Page
from sessions.storage.files import opened

MAX_DOCUMENT_BYTES: Final = 32 << 20
"""Of a file to take over: one from Word may hold pictures."""
SUFFIXES: Final = (".md", ".markdown", ".txt")


def read_text(path: str | Path) -> str:
    """Return the text of a script file, at most 1 MiB of UTF-8.

    Raises
    ------
    ScriptError
        It is a folder, no text, not in UTF-8, or too large.
    SessionsError
        As `opened` does.
    """
    place = Path(path)
    if os.path.isdir(path):  # noqa: PTH112 -- a `Path` raises where the name is too long
        raise _unreadable(path, "this is a folder, not a script", "name a file in it")
    with opened(place, "check the path; `sessions list` names scripts") as file:
        data = file.read(MAX_SCRIPT_BYTES + 1)
    if len(data) > MAX_SCRIPT_BYTES:
        message = f"the script is larger than {MAX_SCRIPT_BYTES >> 20} MiB"
        raise _unreadable(path, message, "split it into several scripts")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _unreadable(path, "the file is text in UTF-16", "save it as UTF-8")
    if b"\0" in data:
        raise _unreadable(path, "the file is not text", "give a script: Markdown, saved as UTF-8")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        # Each byte that is none of a character becomes one, so that places stay true.
        page = Page.of(str(path), data.decode(errors="surrogateescape"))
        before = data[: error.start].decode()
        start = len(Page.of("", before).text)
        message = f"byte {error.start} (0x{data[error.start]:02X}) is not UTF-8"
        problem = page.problem(start, start + 1, message, "save the file as UTF-8")
        raise ScriptError.of([problem]) from error


def read_document(path: str | Path) -> bytes:
    """Return what a file of any kind holds that a script can be made of.

    Raises
    ------
    ScriptError
        It is a folder, or too large.
    SessionsError
        As `opened` does.
    """
    if os.path.isdir(path):  # noqa: PTH112 -- as above
        raise _unreadable(path, "this is a folder, not a text", "name a file in it")
    with opened(Path(path), "check the path") as file:
        data: bytes = file.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        message = f"the file is larger than {MAX_DOCUMENT_BYTES >> 20} MiB"
        raise _unreadable(path, message, "take the pictures out of it, or split it")
    return data


def _unreadable(path: str | Path, message: str, remedy: str) -> ScriptError:
    return ScriptError.of([Problem(Source(str(path), 1, 1), message, remedy)])


def shown(path: str | Path) -> str:
    """Return a path as a message quotes it, without what steers a terminal."""
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", str(path))
