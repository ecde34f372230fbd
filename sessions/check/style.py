"""Find in what is written what may not do a listener good: long sentences, claims, haste. Pure."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from sessions.library.catalogue import PHASES
from sessions.script.estimate import waits
from sessions.script.model import (
    Breath,
    Include,
    Language,
    OneShot,
    Pause,
    Speech,
    Until,
)
from sessions.script.page import Page
from sessions.script.values import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.check.reading import Finding, Reading

MOST_WORDS: Final = 25
LONG_SILENCE_SECONDS: Final = 20.0
UNTIL_THEN: Final = "until a set time"
ANNOUNCED_WITHIN: Final = 6
"""Lines before a long silence in which it may be announced, and lines from which one holds on."""
WORDS_PER_MINUTE: Final = 115.0
RATE_STRETCH_SECONDS: Final = 60.0
SILENCE_SHARE: Final = (0.10, 0.90)
SHORTEST_JUDGED_SECONDS: Final = 120.0


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text)  # noqa: RUF001 - a typographic apostrophe


def long_sentences(reading: Reading) -> Iterator[Finding]:
    """Find sentences that are too long to follow with the eyes closed."""
    for line in reading.lines:
        count = len(_words(line.text))
        if count > MOST_WORDS:
            yield line.source, f"a sentence of {count} words"


ANNOUNCING: Final = {
    Language.DUTCH: re.compile(
        r"\b(?:stil|stilte|stiltes|rust|tijd|moment|minuut|minuten|minuutje|seconden|tellen|even"
        r"|poosje|ruimte|blijf|zwijg|zo meteen|straks|adem|steeds)\b", re.IGNORECASE
    ),
    Language.ENGLISH: re.compile(
        r"\b(?:quiet|silent|silence|silences|pause|pauses|rest|time|moment|moments|minute|minutes"
        r"|seconds|while|room|stay|in a bit|soon|breath|each time|stillness|still)\b", re.IGNORECASE
    ),
}  # fmt: skip
"""Words by which a silence, or that there will be some, is announced."""


def unannounced(reading: Reading) -> Iterator[Finding]:
    """Find long silences that nothing announces."""
    before: list[str] = []
    announcing = ANNOUNCING[reading.draft.meta.language]
    waiting = waits(reading.draft.parts, reading.settings.lead_in_seconds)
    for index, part in enumerate(reading.draft.parts):
        if isinstance(part, Speech):
            before.append(part.text)
        elif isinstance(part, Include):
            before.append("stilte silence")  # what it ends with is its own affair
        elif isinstance(part, Pause | Until):
            most = part.at_most if isinstance(part, Pause) else waiting[index]
            near = before[-ANNOUNCED_WITHIN:]
            if most > LONG_SILENCE_SECONDS and not any(map(announcing.search, near)):
                how_long = f"of up to {most:g} s" if isinstance(part, Pause) else UNTIL_THEN
                yield part.source, f"a silence {how_long} that nothing announces"


def varying_breath(reading: Reading) -> Iterator[Finding]:
    """Find breaths that differ from the first."""
    first: Breath | None = None
    for part in reading.draft.parts:
        if isinstance(part, Breath):
            first = first or part
            if part.phases != first.phases:
                line = first.source.line
                yield part.source, f"a breath that differs from the one in line {line}"


ORDER: Final = PHASES[:5]
"""Of letting go; to get ready, the day and whole journeys have no place in it."""
LETTING_GO: Final = re.compile(
    r"\b(?:laat (?:alles|het allemaal) (?:maar )?(?:los|gaan)|ontspan je|ontspan nu|relax\b"
    r"|let (?:everything|it all) go|let go of everything)", re.IGNORECASE
)  # fmt: skip


def order(reading: Reading) -> Iterator[Finding]:
    """Find what lets go before what is pent up is out."""
    if reading.draft.meta.phase in ORDER[:2]:
        for line in reading.lines:
            match = LETTING_GO.search(line.text)
            if match:
                yield line.source, f"'{match[0]}' before what is pent up is out"
    latest = 0
    for part, phase in reading.phases:
        if phase in ORDER:
            place = ORDER.index(phase)
            if place < latest and place <= 1:
                yield part.source, f"'{phase}' comes after '{ORDER[latest]}'"
            latest = max(latest, place)


CLAIMS: Final = {
    Language.DUTCH: re.compile(
        r"\b(?:genees\w*|geneest|genezing|geneest je|behandelt?|behandeling van|diagnose\w*"
        r"|verhelpt|lost je \w+ op|klachtenvrij|pijnvrij|gegarandeerd|bewezen effect"
        r"|vervangt (?:je|een) (?:arts|therapie|behandeling)"
        r"|je (?:hebt|lijdt aan) (?:een )?(?:burn-?out|depressie|adhd"
        r"|angststoornis|trauma))\b", re.IGNORECASE
    ),
    Language.ENGLISH: re.compile(
        r"\b(?:heals?|healing|cures?|cured|treats? (?:your|the)|treatment for|diagnos\w+"
        r"|guaranteed?|clinically proven|pain-?free"
        r"|replaces? (?:your|a) (?:doctor|therapy|treatment)"
        r"|you (?:have|suffer from) (?:a )?(?:burn-?out|depression|adhd"
        r"|anxiety disorder|trauma))\b",
        re.IGNORECASE,
    ),
}  # fmt: skip


def claims(reading: Reading) -> Iterator[Finding]:
    """Find promises of healing, and diagnoses."""
    for line in reading.lines:
        match = CLAIMS[line.style.language].search(line.text)
        if match:
            yield line.source, f"'{match[0]}' sounds like a medical claim"


CLOSED_EYES: Final = re.compile(
    r"\b(?:sluit (?:rustig |zacht )?(?:je|de) ogen|(?:je|de) ogen (?:mogen )?(?:dicht|sluiten)"
    r"|doe je ogen dicht|close your eyes|(?:your )?eyes (?:can |may )?close|eyes closed)\b",
    re.IGNORECASE,
)


def closed_eyes(reading: Reading) -> Iterator[Finding]:
    """Find closed eyes on a walk."""
    if reading.about("walk", "wandel"):
        for line in reading.lines:
            if CLOSED_EYES.search(line.text):
                yield line.source, "closed eyes on a walk"


SLEEP: Final = ("slaap", "slapen", "sleep", "bedtime", "nacht", "night", "landing", "landen")


def bell_at_night(reading: Reading) -> Iterator[Finding]:
    """Find sudden sounds in a session to fall asleep to."""
    if reading.about(*SLEEP):
        for part in reading.draft.parts:
            if isinstance(part, OneShot):
                yield part.source, "a sudden sound in a session to fall asleep to"


def fast(reading: Reading) -> Iterator[Finding]:
    """Find chapters in which words come too fast, pauses counted in."""
    for one in reading.stretches:
        if one.seconds >= RATE_STRETCH_SECONDS and one.source.path == reading.draft.path:
            rate = len(_words(one.text)) / one.seconds * 60
            if rate > WORDS_PER_MINUTE:
                yield one.source, f"{rate:.0f} words a minute from here on, pauses counted in"


def silence(reading: Reading) -> Iterator[Finding]:
    """Find too little silence, or too much."""
    total = sum(one.seconds for one in reading.stretches)
    if total >= SHORTEST_JUDGED_SECONDS:
        share = sum(one.silent for one in reading.stretches) / total
        if not SILENCE_SHARE[0] <= share <= SILENCE_SHARE[1]:
            source = reading.stretches[0].source
            yield source, f"{share:.0%} of the session is silence"


def crowded(reading: Reading) -> Iterator[Finding]:
    """Find what has too little time, by estimate."""
    for one in reading.crowded:
        yield one.source, f"by estimate, {one.message}"


RING_TOLERANCE_SECONDS: Final = 0.5
"""What nobody misses of a sound that dies away."""


def cut_off(reading: Reading) -> Iterator[Finding]:
    """Find sounds that the end cuts off: of each the last, of which it is heard."""
    last = {strike.sound: strike for strike in reading.strikes}
    for strike in last.values():
        missing = strike.rings_seconds - strike.left_seconds
        if missing >= RING_TOLERANCE_SECONDS:
            sound = "the bell" if strike.sound == "bell" else f"'{strike.sound}'"
            rings = f"{strike.left_seconds:.0f} of its {strike.rings_seconds:.0f} s"
            more = f"it needs {math.ceil(missing)} s more after it"
            yield strike.source, f"{sound} rings {rings}, then the session ends: {more}"


_VALUES_KEY = re.compile(r"^(?:values|waarden)[ \t]*:", re.MULTILINE | re.IGNORECASE)
_NAME = re.compile(NAME)


def unused(reading: Reading) -> Iterator[Finding]:
    """Find values that are never used."""
    draft = reading.draft
    unused = [name for name, _ in draft.meta.values if name not in reading.script.uses]
    if not unused:
        return
    page = Page.of(draft.path, draft.text)
    places = _first_places(page.text)
    for name in unused:
        start = places.get(name, 0)
        yield page.source(start, start + len(name)), f"the value '{name}' is never used"


def _first_places(text: str) -> dict[str, int]:
    """Return where each word that may be a name stands first, from the key of the values on."""
    key = _VALUES_KEY.search(text)
    found: dict[str, int] = {}
    for word in _NAME.finditer(text, key.end() if key else 0):
        found.setdefault(word[0], word.start())
    return found
