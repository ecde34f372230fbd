"""Know the control words of Rich Text that stand for letters, or for words not in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CHARSETS: Final[Mapping[int, str]] = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""The encoding of a font's letters by its `\\fcharset`."""
LETTERS: Final[Mapping[str, str]] = {
    "tab": " ", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ",  # noqa: RUF001
    "qmspace": " ", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",  # noqa: RUF001
    "rdblquote": "”", "nestcell": " ", "nestrow": " ",
}  # fmt: skip
SIGNS: Final[Mapping[str, str]] = {
    "~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}", "\t": " ",
}  # fmt: skip
UNSPOKEN: Final[Mapping[str, str]] = {
    "footnote": "a footnote", "annotation": "a comment", "ftnsep": "",
    "header": "the head of each page", "headerl": "the head of each page",
    "headerr": "the head of each page", "headerf": "the head of the first page",
    "footer": "the foot of each page", "footerl": "the foot of each page",
    "footerr": "the foot of each page", "footerf": "the foot of the first page",
}  # fmt: skip
"""Groups of words that nobody reads on, with what a note calls them."""
UNTOLD: Final = _words(
    "fonttbl colortbl info pict fldinst listtable listoverridetable object objdata themedata "
    "colorschememapping latentstyles datastore rsidtbl xmlnstbl generator filetbl revtbl "
    "atnid atnauthor atntime atndate atnref atnparent atnicn bkmkstart bkmkend tc xe "
    "nonshppict shprslt template pgptbl mmathPr wgrffmtfilter pnseclvl private passwordhash sp "
    "do leveltext levelnumbers factoidname userprops ftnsepc aftnsep"
)
"""Groups without words of the document."""
