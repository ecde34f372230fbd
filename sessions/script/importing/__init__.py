"""Take over texts from elsewhere: each kind of file becomes an `Extract`. Pure.

To add a kind:

1. Write a module with a function `extract(data, path) -> Extract`, which calls a `Sheet` as it
   meets words and structure, in time that grows linearly, and raises `ScriptError`.
2. Give it a row in `KINDS`, with how it is recognized where no suffix tells it.
3. Give it a paragraph in docs/script-format.md, and strike it from `refusals` if it is there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from sessions.script.importing import (
    archive,
    captions,
    opendocument,
    refusals,
    richtext,
    segments,
    speechmarkdown,
    ssml,
    textfile,
    transcript,
    webpage,
    word,
)
from sessions.script.importing.extract import MAX_TEXT, Extract, Note, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["KINDS", "Extract", "Kind", "Note", "Sheet", "extracted"]

_LOOKED_AT: Final = 4096
"""Bytes at the beginning of a text in which its kind is looked for."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its suffixes, how it begins where that is certain, and its reader."""

    name: str
    suffixes: tuple[str, ...]
    begins: Callable[[bytes], bool]
    extract: Callable[[bytes, str], Extract]


def _pattern(pattern: str) -> Callable[[bytes], bool]:
    """Return what tells whether a file begins in some way, behind blanks and a byte order mark."""
    compiled = re.compile(pattern, re.IGNORECASE)

    def begins(data: bytes) -> bool:
        return compiled.match(_head(data)) is not None

    return begins


def _head(data: bytes) -> str:
    head = data[:_LOOKED_AT]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="ignore").lstrip()
    return head.decode(errors="replace").removeprefix("\ufeff").lstrip()


def _is_word(data: bytes) -> bool:
    return data.startswith(b"PK") and any(map(word.DOCUMENT.fullmatch, archive.names(data)))


def _is_open_document(data: bytes) -> bool:
    return data.startswith(b"PK") and opendocument.MIMETYPE in _mimetype(data)


def _mimetype(data: bytes) -> str:
    """Return what kind of document an archive says that it is; that stands first, unpacked."""
    match = re.match(rb"PK\x03\x04.{22}\x08\x00.{2}mimetype([\x20-\x7e]{1,100})", data, re.DOTALL)
    return match[1].decode("ascii") if match else ""


def _is_json(data: bytes) -> bool:
    """Tell whether a file begins as JSON does and no script, with a name or words, and so ends."""
    return _JSON.match(_head(data)) is not None and data.rstrip()[-1:] in {b"]", b"}"}


_STRING: Final = r'"(?:[^"\\\n]|\\.){0,2000}"'
_JSON = re.compile(rf'\{{\s*{_STRING}\s*:|\[\s*(?:\{{\s*"|{_STRING}\s*[,\]]|\[\s*[\[{{"])')
_PROLOGUE: Final = r"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*"


_PIECE = re.compile(
    r"<!--StartFragment-->|<meta\s+charset\b|<meta\s+http-equiv\b|<b\s+(?:style|id)=", re.IGNORECASE
)
"""How a clipboard begins its piece of a page."""
_WHOLE_PAGE = _pattern(rf"(?s:{_PROLOGUE})<(?:!doctype\s+html|html|head|body)[\s>]")
_ELEMENT = re.compile(
    r"<(?:p|div|span|h[1-6]|[uo]l|table|section|article|main|blockquote|figure)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"</[a-z][a-z0-9]*\s*>", re.IGNORECASE)


def _is_page(data: bytes) -> bool:
    """Tell whether a file begins as a page, or is a piece of one: most lines have its tags."""
    if _WHOLE_PAGE(data):
        return True
    head = _head(data)
    if _PIECE.match(head):
        return True
    lines = [line for line in head.splitlines() if line.strip()]
    closed = sum(_CLOSED.search(line) is not None for line in lines)
    return _ELEMENT.match(head) is not None and closed * 2 > len(lines)


def _is_speech_markdown(data: bytes) -> bool:
    return speechmarkdown.begins(data[:MAX_TEXT].decode(errors="replace"))


def _is_labels(data: bytes) -> bool:
    return transcript.is_labels(_head(data))


def _is_transcript(data: bytes) -> bool:
    return transcript.is_transcript(_head(data))


def _never(_data: bytes) -> bool:
    return False


KINDS: Final = (
    Kind("Word", (".docx", ".docm", ".dotx"), _is_word, word.extract),
    Kind("OpenDocument", (".odt", ".ott"), _is_open_document, opendocument.extract),
    Kind("Rich Text", (".rtf",), _pattern(r"\{\\rtf"), richtext.extract),
    Kind("WebVTT", (".vtt",), _pattern(r"WEBVTT(?:\s|$)"), captions.extract),
    Kind(
        "SubRip", (".srt",),
        _pattern(r"(?:[0-9]{1,6}[ \t]*\r?\n)?[0-9]{1,3}:[0-9]{2}:[0-9]{2}[,.][0-9]{1,3}[ \t]*-->"),
        captions.extract,
    ),
    Kind("SSML", (".ssml", ".xml"), _pattern(rf"(?s:{_PROLOGUE})<speak[\s>]"), ssml.extract),
    Kind(
        "HTML", (".html", ".htm", ".xhtml"),
        _is_page, webpage.extract,
    ),
    Kind("JSON", (".json", ".jsonl", ".ndjson"), _is_json, segments.extract),
    Kind("Speech Markdown", (".smd",), _is_speech_markdown, speechmarkdown.extract),
    Kind("labels of Audacity", (), _is_labels, transcript.extract_labels),
    Kind("a transcript", (), _is_transcript, transcript.extract),
    Kind("Markdown", (".md", ".markdown"), _never, textfile.extract),
    Kind("plain text", (".txt", ".text"), _never, textfile.extract),
)  # fmt: skip
"""Every kind that is read; the first that a file begins as is what it is."""

_BY_SUFFIX: Final = {suffix: kind for kind in KINDS for suffix in kind.suffixes}
_PACKED: Final = frozenset((".docx", ".docm", ".dotx", ".odt", ".ott"))


def extracted(data: bytes, path: str) -> Extract:
    """Return the words of a file, in our script language.

    Its kind is what it holds, where that is certain, else what its suffix says, else plain text.

    Parameters
    ----------
    data
        All of the file.
    path
        Its name, for the kind and for errors.

    Raises
    ------
    ScriptError
        It is of a kind that is not read, is damaged, is too long, or is made to cost time.
    """
    suffix = PurePath(path).suffix.lower()
    by_suffix = refusals.SUFFIXES.get(suffix.removeprefix("."), "")
    if by_suffix == "link":  # which is JSON
        raise refusals.refusal(path, by_suffix)
    kind = next((kind for kind in KINDS if kind.begins(data)), None)
    if kind:
        return kind.extract(data, path)
    binary = refusals.of_bytes(data)
    if binary == "doc" and by_suffix:  # all of Office before 2007 begins alike
        binary = by_suffix
    if not binary and data.startswith(b"PK\x03\x04") and suffix not in _PACKED:
        binary = refusals.of_archive(archive.names(data), _mimetype(data))
    if binary or by_suffix:
        raise refusals.refusal(path, binary or by_suffix)
    if re.match(r"(?:%[^\n]*\n\s*)*\\document(?:class|style)\b", _head(data)):
        raise refusals.refusal(path, "latex")
    return _BY_SUFFIX.get(suffix, KINDS[-1]).extract(data, path)
