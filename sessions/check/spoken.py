"""Find words that are silent though nobody said so, and breaths that are held too long. Pure."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from sessions.plan.pace import PACES
from sessions.script.counting import is_count
from sessions.script.estimate import spoken_seconds
from sessions.script.model import Break, Breath, Language, Pause, Speech
from sessions.script.phrases.breathing import HOLD_REMEDY, LONGEST_HOLD_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sessions.check.reading import Finding, Reading
    from sessions.plan.pace import Pace
    from sessions.script.model import Plain

MOST_COUNTS: Final = 40
HOLDING: Final[Mapping[Language, re.Pattern[str]]] = {
    Language.ENGLISH: re.compile(
        r"\b(?:hold|holding|keep)\s+(?:your|the|that|this)\s+breath\b"
        r"|\bhold(?:ing)?(?:\s+(?:it|in|there|now|on|that))*[\W_]*$"
        r"|\bhold\s+(?:it\s+)?for\s+(?:(?:a|the)\s+count\s+of\s+)?[\w-]+"
        r"(?:\s+(?:counts?|seconds?|beats?))?[\W_]*$",
        re.IGNORECASE,
    ),
    Language.DUTCH: re.compile(
        r"\b(?:hou|houd|houdt|vasthouden)\b.*\badem(?:\s+(?:even|nu|maar))*\s+(?:vast|in)\b"
        r"|\badem\s+(?:vast|in)\s*houden\b"
        r"|(?:^|[,;:.!?…])\s*(?:(?:en|nu|dan)\s+)*(?:(?:hou|houd)\b"
        r"(?:\s+(?:hem|het|dit|dat|even|nu|maar|zo))*(?:\s+vast)?|vast(?:houden)?)[\W_]*$",
        re.IGNORECASE,
    ),
}
"""By which words a breath is held; 'hold your knees' is another matter."""


def unspoken(reading: Reading) -> Iterator[Finding]:
    """Find words that stand in the script and are neither spoken nor done."""
    for source, words, remedy in reading.draft.left:
        yield (source, words, remedy) if remedy else (source, words)


def held(reading: Reading) -> Iterator[Finding]:
    """Find where a breath is held for longer than is good, whatever makes it so long.

    Numbers that are counted meanwhile belong to it. Of an elastic pause its longest counts.
    """
    pace = PACES[reading.settings.pace]
    heard = [*_followed(reading.script.parts, pace)]
    for at, (part, silence) in enumerate(heard):
        if isinstance(part, Breath):
            seconds, language = part.hold, reading.draft.meta.language
        elif HOLDING[part.style.language].search(part.text):
            counts = takewhile(_counts, heard[at + 1 : at + 1 + MOST_COUNTS])
            counted = sum(spoken_seconds(one.text, one.style) + after for one, after in counts
                          if isinstance(one, Speech))  # fmt: skip
            seconds, language = silence + counted, part.style.language
        else:
            continue
        if seconds > LONGEST_HOLD_SECONDS + 0.05 and part.source.path == reading.draft.path:
            said = f"the breath is held for {seconds:.0f} s, more than {LONGEST_HOLD_SECONDS:g} s"
            yield part.source, said, HOLD_REMEDY[language]


def _counts(heard: tuple[Speech | Breath, float]) -> bool:
    return isinstance(heard[0], Speech) and is_count(heard[0].text)


def _followed(parts: Iterable[Plain], pace: Pace) -> Iterator[tuple[Speech | Breath, float]]:
    """Yield what is spoken or breathed, each with the seconds of silence behind it at the most."""
    before: Speech | Breath | None = None
    written = 0.0
    breaks: list[Break] = []
    for part in parts:
        match part:
            case Break():
                breaks.append(part)
            case Pause():
                written += part.at_most
            case Speech() | Breath():
                if before:
                    yield before, written or pace.between(breaks)
                before, written, breaks = part, 0.0, []
    if before:
        yield before, written
