"""Read the letters of a text file, in whatever encoding it is, and plain text and Markdown."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from sessions.script import frontmatter
from sessions.script.importing.extract import MAX_TEXT, Extract, Note, refused
from sessions.script.page import FORBIDDEN

if TYPE_CHECKING:
    from sessions.errors import ScriptError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([a-z0-9_.:-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN = 1024
"""Bytes, as HTML has it."""
_NEWLINE = re.compile(r"\r\n?")
_LOST: Final = "\ufffd"
MAX_ORIGINAL: Final = 4 << 20
"""Characters of a file with its marks; pages that a browser saves have a megabyte of them."""
MARKDOWN: Final = frozenset((".md", ".markdown"))
_HEADED = re.compile(r"(?:\A|\n[ \t]*\n)\ufeff?#{1,6}[ \t]+(?![a-z])\S[^\n]*\n[ \t]*(?:\n|\Z)")
"""A heading between blank lines, in whatever file; comments begin small, or stand together."""


def extract(data: bytes, path: str) -> Extract:
    """Return a text file as it is: plain text has no structure but what the words tell.

    Raises
    ------
    ScriptError
        It is too long, or holds no text.
    """
    text, notes = decoded(data, path)
    if len(text) > MAX_TEXT:
        raise too_long(path, MAX_TEXT)
    marked = PurePath(path).suffix.lower() in MARKDOWN or _is_markdown(text)
    return Extract(text, text, notes=notes, plain=not marked)


def _is_markdown(text: str) -> bool:
    """Tell whether a text is Markdown, whatever its name: it has front matter or headings."""
    opening, close = frontmatter.edges(text)
    fronted = opening and close and frontmatter.readable(text[opening.end() : close.start()])
    return bool(fronted) or _HEADED.search(text) is not None


def too_long(path: str, most: int) -> ScriptError:
    """Return the error of a file with more than so many characters."""
    message = f"the file is larger than {most >> 20} MiB"
    return refused(path, message, "divide it into several files")


def decoded(data: bytes, path: str, *, declares: bool = False) -> tuple[str, tuple[Note, ...]]:
    """Return the characters of a file, every line ending with a line feed; notes tell a guess.

    Parameters
    ----------
    data
        UTF-8, UTF-16 with its mark, or the usual 8 bits of Windows in Western Europe.
    path
        For errors.
    declares
        Whether such a file may name its encoding near its beginning, as HTML and XML do.

    Raises
    ------
    ScriptError
        It is too long, or has NUL characters, which no text has.
    """
    text, guess = _characters(data, declares=declares)
    if "\0" in text:
        message = "this is no text: there are NUL characters in it"
        raise refused(path, message, "save it as text in UTF-8, or as .docx, .odt or .html")
    if len(text) > MAX_ORIGINAL:
        raise too_long(path, MAX_ORIGINAL)
    clean = FORBIDDEN.sub(lambda match: " " * len(match[0]), _NEWLINE.sub("\n", text))
    if not guess:
        return clean, ()
    odd = re.search(r"[^\x00-\x7f]", clean)
    place = odd.start() if odd else 0
    remedy = "look at the letters with accents; saved as UTF-8 they are certain"
    return clean, (Note(place, place + 1, f"the file is not in UTF-8; read as {guess}", remedy),)


def _characters(data: bytes, *, declares: bool) -> tuple[str, str]:
    """Return the characters, and what the encoding was guessed to be."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            return text, f"{encoding.upper()}, with damage" if _LOST in text else ""
    try:
        return data.decode(), ""
    except UnicodeDecodeError:
        pass
    match = _DECLARED.search(data, 0, _DECLARED_WITHIN) if declares else None
    if match:
        try:
            return data.decode(match[1].decode()), ""
        except (LookupError, UnicodeError):
            pass
    return data.decode("cp1252", errors="replace"), "Windows-1252"
