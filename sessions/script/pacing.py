"""Give every line its speed and its pronunciation, and let a session deepen. Pure.

How far a session is, at a line, is estimated from the text: the voice's speed must be known before
it has spoken. Speeds are rounded to few steps, so that lines keep their clips.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sessions.script.estimate import seconds_of
from sessions.script.model import Break, Breath, Pause, Speech

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sessions.script.model import Language, Part, Script, Style

RATE_STEP: Final = 0.02
"""A change of speed that nobody hears as one."""
VOICE_SHARE: Final = 1 / 3
"""Of the growth of the pauses: at `deepen: 30 %` the voice ends a tenth slower. A voice that
slows as much as its pauses grow sounds drugged."""
SOFTER_DB: Final = 10.0
"""How much softer the voice ends at a growth of 100 %: 3 dB at 30 %."""


def paced(
    script: Script, rate: float, pronounce: Mapping[Language, Mapping[str, str]] | None = None
) -> Script:
    """Return an expanded script as the voice gets it.

    Parameters
    ----------
    rate
        The speed that the pace gives, as a factor.
    pronounce
        For each language, words and how they are said; the script's own list wins.
    """
    own = dict(script.meta.pronounce)
    lists = {
        language: _Pronounced({**words, **own}) for language, words in (pronounce or {}).items()
    }
    usual = _Pronounced(own)
    parts: list[Part]
    spans = seconds_of(script.parts)
    total = sum(spans) or 1.0
    done, parts = 0.0, []
    for part, length in zip(script.parts, spans, strict=True):
        depth = script.meta.deepen * min(1.0, done / total)
        done += length
        if isinstance(part, Speech):
            spoken = lists.get(part.style.language, usual).said(part.spoken or part.text)
            spoken = "" if spoken == part.text else spoken
            softer = round(-SOFTER_DB * depth, 1) or 0.0
            style = _at_rate(part.style, rate, depth)
            parts.append(replace(part, spoken=spoken, gain_db=softer, style=style))
        elif isinstance(part, Breath) and part.counting:
            parts.append(replace(part, counting=_at_rate(part.counting, rate, depth)))
        elif depth:
            parts.append(_deeper(part, depth))
        else:
            parts.append(part)
    return replace(script, parts=tuple(parts))


def _deeper(part: Part, depth: float) -> Part:
    """Return an implied pause that has grown, or an elastic one whose least has; no exact one."""
    if isinstance(part, Break):
        return replace(part, stretch=part.stretch * (1 + depth))
    if isinstance(part, Pause) and part.elastic:
        return replace(part, seconds=min(part.at_most, part.seconds * (1 + depth)))
    return part


def _at_rate(style: Style, rate: float, depth: float) -> Style:
    slowed = rate * (1 - VOICE_SHARE * depth)
    return replace(style, rate=round(round(slowed / RATE_STEP) * RATE_STEP, 2))


class _Pronounced:
    """Words and how they are said: whole words, the longest first, in capitals or not."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = {word.lower(): said for word, said in words.items()}
        either = "|".join(re.escape(word) for word in sorted(self._words, key=len, reverse=True))
        self._finder = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE) if words else None

    def said(self, text: str) -> str:
        """Return a text as it is said."""
        if self._finder is None:
            return text
        return self._finder.sub(lambda match: self._words.get(match[0].lower(), match[0]), text)
