"""Read how loud voice and bed are to be from here on: `[level voice -2 dB bed +3 dB]`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sessions.script.model import LevelChange
from sessions.script.page import Misread
from sessions.script.phrases.quantities import level

if TYPE_CHECKING:
    from sessions.errors import Source

_PART = re.compile(r"(voice|stem|bed)\s+(.+?)(?=\s+(?:voice|stem|bed)\b|$)", re.IGNORECASE)
_EXAMPLE = "[level voice -2 dB bed +3 dB]"


def level_change(words: str, source: Source) -> LevelChange:
    """Return what `[level ...]` asks for.

    Raises
    ------
    Misread
        It names neither voice nor bed, or one of them twice, or a level is out of bounds.
    """
    found = _PART.findall(words)
    if not found or _PART.sub("", words).strip(" ,"):
        raise Misread("say how loud the voice or the bed is to be", f"write `{_EXAMPLE}`")
    levels = {("bed" if name.lower() == "bed" else "voice"): text for name, text in found}
    if len(levels) < len(found):
        raise Misread("the voice and the bed have one level each", f"write `{_EXAMPLE}`")
    read = {name: level(text.strip(" ,"), example=_EXAMPLE) for name, text in levels.items()}
    return LevelChange(read.get("voice", 0.0), read.get("bed", 0.0), source)
