"""Name the kinds of file that are not read, and say what to do with each."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from sessions.script.importing.extract import refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sessions.errors import ScriptError

_AS_DOCX: Final = "save it as .docx, .odt or plain text, and take that"
_COPY: Final = "copy its text into a text file"
_WHAT: Final[Mapping[str, tuple[str, str]]] = {
    "pdf": ("a PDF", f"{_COPY}, or save the document it was made of as .docx"),
    "doc": ("a document of Word before 2007, or one with a password", _AS_DOCX),
    "pages": ("a document of Pages", "export it as Word (.docx) or plain text, and take that"),
    "epub": ("an EPUB book", f"open it, and {_COPY}"),
    "mobi": ("a Kindle book", f"open it, and {_COPY}"),
    "slides": ("a presentation", f"{_COPY}, or save its outline as .rtf"),
    "sheet": ("a table of a spreadsheet", "copy the column with the words into a text file"),
    "link": ("only a link to a document in Google Drive", "download it there as .docx or .txt"),
    "image": ("a picture", "type out the text that it shows, or let a program recognize it"),
    "audio": ("a recording", "a script is a text; docs/voices.md tells how recordings are used"),
    "video": ("a video", "take its captions as .srt or .vtt"),
    "packed": ("a packed archive", "unpack it, and take the text that is in it"),
    "captions": ("a file of captions in a format that is not read", "save them as .srt or .vtt"),
    "latex": ("LaTeX", f"{_COPY}, without its commands"),
    "data": ("a database or settings file", _COPY),
    "program": ("a program, or bytes that only a program reads", _COPY),
}
"""What each is called, and its remedy."""
SUFFIXES: Final[Mapping[str, str]] = {
    suffix: kind
    for kind, suffixes in {
        "pdf": "pdf",
        "doc": "doc dot wps wpd",
        "pages": "pages",
        "epub": "epub",
        "mobi": "mobi azw azw3 kfx",
        "slides": "ppt pptx pps ppsx odp key",
        "sheet": "xls xlsx xlsm ods csv tsv numbers",
        "link": "gdoc gsheet gslides",
        "image": "png jpg jpeg gif webp heic heif tif tiff bmp svg psd",
        "audio": "mp3 wav m4a m4b aac flac ogg oga opus wma aif aiff amr caf",
        "video": "mp4 m4v mov avi mkv webm wmv mpg mpeg",
        "packed": "zip gz tgz bz2 xz 7z rar tar zst",
        "captions": "ass ssa sub sbv ttml dfxp smi lrc scc stl",
        "latex": "tex latex",
        "data": "sqlite db plist yaml yml toml ini",
        "program": "exe dll so bin dmg iso apk",
    }.items()
    for suffix in suffixes.split()
}
"""The kind of each suffix."""
_BEGINNINGS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"),
    (b"II*\x00", "image"), (b"MM\x00*", "image"), (b"8BPS", "image"),
    (b"ID3", "audio"), (b"fLaC", "audio"), (b"OggS", "audio"), (b"#!AMR", "audio"),
    (b"\xff\xfb", "audio"), (b"\xff\xf3", "audio"), (b"\xff\xf2", "audio"), (b"\xff\xf1", "audio"),
    (b"\xff\xf9", "audio"), (b"\x30\x26\xb2\x75", "audio"), (b"caff", "audio"),
    (b"\x1a\x45\xdf\xa3", "video"), (b"\x00\x00\x01\xba", "video"),
    (b"\x1f\x8b", "packed"), (b"7z\xbc\xaf\x27\x1c", "packed"), (b"Rar!", "packed"),
    (b"BZh", "packed"), (b"\xfd7zXZ", "packed"), (b"\x28\xb5\x2f\xfd", "packed"),
    (b"SQLite format 3", "data"), (b"bplist00", "data"),
    (b"\x7fELF", "program"), (b"MZ\x90", "program"), (b"\xca\xfe\xba\xbe", "program"),
)  # fmt: skip
_INNER: Final[tuple[tuple[int, bytes, str], ...]] = (
    (60, b"BOOKMOBI", "mobi"),
    (8, b"WAVE", "audio"), (8, b"AIFF", "audio"), (8, b"AIFC", "audio"),
    (8, b"WEBP", "image"), (8, b"AVI ", "video"),
    (4, b"ftypM4A", "audio"), (4, b"ftypM4B", "audio"),
    (4, b"ftyphei", "image"), (4, b"ftypmif", "image"), (4, b"ftypavif", "image"),
    (4, b"ftyp", "video"), (4, b"moov", "video"),
    (257, b"ustar", "packed"),
)  # fmt: skip
"""What stands further on, and where."""
_BINARY_ONLY: Final = frozenset((b"BZh", b"ID3", b"caff", b"MZ\x90", b"Rar!", b"GIF8", b"OggS"))
"""Beginnings that a text could have, too; such a file has other bytes soon after."""
_ZIPPED: Final[tuple[tuple[str, str], ...]] = (
    ("ppt/", "slides"), ("xl/", "sheet"), ("META-INF/container.xml", "epub"),
    ("Index/Document.iwa", "pages"), ("Index/Slide", "slides"), ("Index.zip", "pages"),
    ("index.xml", "pages"),
)  # fmt: skip
"""Parts of packed documents that tell their kind, by what their names begin with."""
_MIMETYPES: Final = {"presentation": "slides", "spreadsheet": "sheet", "epub+zip": "epub"}


def refusal(path: str, kind: str) -> ScriptError:
    """Return the error of a file of a kind that is not read, which its suffix names, too."""
    what, remedy = _WHAT[kind]
    suffix = PurePath(path).suffix.removeprefix(".")
    usual = suffix.upper() if SUFFIXES.get(suffix.lower()) == kind else ""
    named = f" ({usual})" if usual and usual.lower() not in what.lower() else ""
    return refused(path, f"this is {what}{named}", remedy)


def of_bytes(data: bytes) -> str:
    """Return the kind of a file that is no text, by how its bytes begin; '' if none is known."""
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning) and (beginning not in _BINARY_ONLY or _is_binary(data)):
            return kind
    for place, mark, kind in _INNER:
        if data[place : place + len(mark)] == mark and _is_binary(data):
            return kind
    return ""


def of_archive(names: frozenset[str], mimetype: str) -> str:
    """Return the kind of a packed document that is not read."""
    for words, kind in _MIMETYPES.items():
        if words in mimetype:
            return kind
    for beginning, kind in _ZIPPED:
        if any(name.startswith(beginning) for name in names):
            return kind
    return "packed"


def _is_binary(data: bytes) -> bool:
    try:
        data[:4096].decode()
    except UnicodeDecodeError as error:
        return error.start < len(data[:4096]) - 3 or b"\0" in data[:4096]
    return b"\0" in data[:4096]
