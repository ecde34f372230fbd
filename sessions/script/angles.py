"""Tell what stands in angles in a script: an address, a pause, a look, or a mark of another tool.

Pure: what becomes of it is for who asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.script.page import Misread
from sessions.script.phrases.marks import understood
from sessions.script.phrases.quantities import shown
from sessions.script.recognize import help_for

if TYPE_CHECKING:
    from sessions.script.model import Language

TAG_WHY: Final = "a tag that asks for nothing here"
TAG_REMEDY: Final = "delete it, or write a `\\` before it if it is to be said"

_AUTOLINK = re.compile(r"<((?:[a-z][a-z0-9+.-]{1,31}:|[^\s<>@:]{1,64}@)[^\s<>]*)>", re.IGNORECASE)
_TAG = re.compile(r"</?([a-z][a-z0-9-]*)(?:[\s/:=,][^<>]*)?>|<[!?][^<>]*>", re.IGNORECASE)
_NAMED_MARK = re.compile(r"<mark\s+name\b", re.IGNORECASE)
"""That of SSML; the other one is a look."""
_BARS = re.compile(r"<([|#])[^<>|#\n]{1,100}\1>")
_PARTING: Final = frozenset(
    ("br", "hr", "p", "div", "li", "ul", "ol", "td", "th", "tr", "h1", "h2", "h3", "h4", "h5", "h6")
)
_LOOKS: Final = _PARTING.union(
    ("a", "abbr", "article", "aside", "b", "big", "blockquote", "body", "caption", "center"),
    ("cite", "code", "dd", "del", "details", "dfn", "dl", "dt", "em", "figcaption", "figure"),
    ("font", "footer", "head", "header", "html", "i", "img", "ins", "kbd", "main", "mark", "nav"),
    ("pre", "q", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "summary"),
    ("sup", "table", "tbody", "tfoot", "thead", "time", "tt", "u", "var"),
)
"""What HTML calls a look; what else stands in angles may have been meant to do something."""


@dataclass(frozen=True, slots=True)
class Angle:
    """What stands in angles, up to the offset `stop`.

    Parameters
    ----------
    says
        The words of it that are said; all else is then of no account.
    asks
        The directive that it is.
    parts
        Whether a line ends there.
    fault
        What is wrong with it.
    lost
        Whether it may have been meant to do what is not done.
    """

    stop: int
    says: str = ""
    asks: str = ""
    parts: bool = False
    fault: Misread | None = None
    lost: bool = False


def angle(text: str, position: int, language: Language) -> Angle:
    """Return what the `<` at a position begins."""
    link = _AUTOLINK.match(text, position)
    if link:
        return Angle(link.end(), says=link[1])
    bars = _BARS.match(text, position)
    tag = bars or _TAG.match(text, position)
    if tag is None:
        return Angle(position + 1, says="<")
    name = "" if bars else (tag[1] or "").lower()
    if name == "break" and tag[0][1] != "/":  # the pause of SSML, as people paste it
        return Angle(tag.end(), asks=tag[0][1:-1].rstrip("/ "))
    looks = (name in _LOOKS and not _NAMED_MARK.match(tag[0])) or name == "break"
    mark = None if looks else understood(tag[0], language)
    if mark and mark.written:
        message = f"'{shown(tag[0])}' is a mark of another tool, and does nothing here"
        return Angle(tag.end(), fault=Misread(message, help_for(mark)))
    return Angle(tag.end(), parts=name in _PARTING, lost=not looks)
