"""Warn of style: what is no error, and still may not do a listener good. Pure.

To add a warning: write a function from a `Reading` to places with words, and give it a row in
`RULES` and a line in docs/script-format.md. The grounds are those of the catalogue: rest cannot be
forced; predictability is what makes safe.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.check.balance import FARTHEST_LU, unbalanced
from sessions.check.letters import damaged, other_alphabets
from sessions.check.marks import spoken_marks
from sessions.check.tongues import other_tongues
from sessions.library.catalogue import PHASES
from sessions.mix.levels import MOST_MOVE_DB
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
    from collections.abc import Callable, Iterable, Iterator

    from sessions.check.reading import Finding, Reading
    from sessions.errors import Problem

MOST_WORDS: Final = 25
LONG_SILENCE_SECONDS: Final = 20.0
ANNOUNCED_WITHIN: Final = 6
"""Lines before a long silence in which it may be announced, and lines from which one holds on."""
WORDS_PER_MINUTE: Final = 115.0
RATE_STRETCH_SECONDS: Final = 60.0
SILENCE_SHARE: Final = (0.10, 0.90)
SHORTEST_JUDGED_SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table."""

    code: str
    name: str
    explanation: str
    find: Callable[[Reading], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning with its rule and its place."""

    rule: Rule
    problem: Problem


def lint(reading: Reading) -> list[Warned]:
    """Return the warnings of a script, by place, but for those that it allows."""
    found = [
        Warned(
            rule,
            reading.script.problem(
                source,
                words,
                "; ".join((*remedy, f"`sessions check --explain {rule.code}` says more")),
            ),
        )
        for rule in RULES
        if rule.code not in reading.draft.meta.allow
        for source, words, *remedy in rule.find(reading)
    ]
    return sorted(found, key=lambda one: (one.problem.source, one.rule.code))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text)  # noqa: RUF001 - a typographic apostrophe


def _long_sentences(reading: Reading) -> Iterator[Finding]:
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


def _unannounced(reading: Reading) -> Iterator[Finding]:
    before: list[str] = []
    announcing = ANNOUNCING[reading.draft.meta.language]
    for part in reading.draft.parts:
        if isinstance(part, Speech):
            before.append(part.text)
        elif isinstance(part, Include):
            before.append("stilte silence")  # what it ends with is its own affair
        elif isinstance(part, Pause | Until):
            most = part.at_most if isinstance(part, Pause) else math.inf
            near = before[-ANNOUNCED_WITHIN:]
            if most > LONG_SILENCE_SECONDS and not any(map(announcing.search, near)):
                how_long = "until a set time" if math.isinf(most) else f"of up to {most:g} s"
                yield part.source, f"a silence {how_long} that nothing announces"


def _varying_breath(reading: Reading) -> Iterator[Finding]:
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


def _order(reading: Reading) -> Iterator[Finding]:
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


def _claims(reading: Reading) -> Iterator[Finding]:
    for line in reading.lines:
        match = CLAIMS[line.style.language].search(line.text)
        if match:
            yield line.source, f"'{match[0]}' sounds like a medical claim"


CLOSED_EYES: Final = re.compile(
    r"\b(?:sluit (?:rustig |zacht )?(?:je|de) ogen|(?:je|de) ogen (?:mogen )?(?:dicht|sluiten)"
    r"|doe je ogen dicht|close your eyes|(?:your )?eyes (?:can |may )?close|eyes closed)\b",
    re.IGNORECASE,
)


def _closed_eyes(reading: Reading) -> Iterator[Finding]:
    if reading.about("walk", "wandel"):
        for line in reading.lines:
            if CLOSED_EYES.search(line.text):
                yield line.source, "closed eyes on a walk"


SLEEP: Final = ("slaap", "slapen", "sleep", "bedtime", "nacht", "night", "landing", "landen")


def _bell_at_night(reading: Reading) -> Iterator[Finding]:
    if reading.about(*SLEEP):
        for part in reading.draft.parts:
            if isinstance(part, OneShot):
                yield part.source, "a sudden sound in a session to fall asleep to"


def _fast(reading: Reading) -> Iterator[Finding]:
    """Find chapters in which words come too fast, pauses counted in."""
    for one in reading.stretches:
        if one.seconds >= RATE_STRETCH_SECONDS and one.source.path == reading.draft.path:
            rate = len(_words(one.text)) / one.seconds * 60
            if rate > WORDS_PER_MINUTE:
                yield one.source, f"{rate:.0f} words a minute from here on, pauses counted in"


def _silence(reading: Reading) -> Iterator[Finding]:
    total = sum(one.seconds for one in reading.stretches)
    if total >= SHORTEST_JUDGED_SECONDS:
        share = sum(one.silent for one in reading.stretches) / total
        if not SILENCE_SHARE[0] <= share <= SILENCE_SHARE[1]:
            source = reading.stretches[0].source
            yield source, f"{share:.0%} of the session is silence"


def _crowded(reading: Reading) -> Iterator[Finding]:
    for one in reading.crowded:
        yield one.source, f"by estimate, {one.message}"


_VALUES_KEY = re.compile(r"^(?:values|waarden)[ \t]*:", re.MULTILINE | re.IGNORECASE)
_NAME = re.compile(NAME)


def _unused(reading: Reading) -> Iterator[Finding]:
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


RULES: Final = (
    Rule(
        "W01",
        "long sentence",
        f"A sentence of more than {MOST_WORDS} words is hard to follow with the eyes closed: "
        "whoever drifts off halfway has lost it. About 12 words is pleasant. Cut it in two.",
        _long_sentences,
    ),
    Rule(
        "W02",
        "unannounced silence",
        f"A silence of more than {LONG_SILENCE_SECONDS:g} s that nothing announces makes a "
        "listener wonder whether the session has stopped, and wondering is waking up. Say in "
        f"one of the {ANNOUNCED_WITHIN} lines before it that it will be quiet for a "
        "while, or give time.",
        _unannounced,
    ),
    Rule(
        "W03",
        "varying breath",
        "A breath cycle that changes has to be watched; one that stays the same can be leant "
        "on. Use the same figures throughout, or allow this where the change is the exercise.",
        _varying_breath,
    ),
    Rule(
        "W04",
        "relaxing before discharging",
        f"The order is: {', '.join(ORDER)}. Letting go before what "
        "is pent up is out often backfires. In a journey, include scripts in the order of "
        "their `phase`.",
        _order,
    ),
    Rule(
        "W05",
        "medical claim",
        "A session promises no healing and makes no diagnosis; it does not replace care, and "
        "in many countries such a promise is against the law. Say what is done, not what it "
        "cures.",
        _claims,
    ),
    Rule(
        "W06",
        "closed eyes on a walk",
        "Whoever listens while walking needs their eyes.",
        _closed_eyes,
    ),
    Rule(
        "W07",
        "bell at night",
        "A bell has a sharp beginning and wakes whoever has just fallen asleep. Leave it out, "
        "or let the voice say it.",
        _bell_at_night,
    ),
    Rule(
        "W08",
        "fast speech",
        f"More than {WORDS_PER_MINUTE:g} words a minute over a minute and longer, pauses "
        "counted in, is the rate of a newsreader. Add pauses, or take a slower pace. Estimated "
        "from the text, at the pace and length that the script has.",
        _fast,
    ),
    Rule(
        "W09",
        "share of silence",
        f"With less than {SILENCE_SHARE[0]:.0%} of silence there is no room to feel anything; "
        f"with more than {SILENCE_SHARE[1]:.0%} the voice comes as a surprise. Estimated from the "
        "text, at the pace and length that the script has, for sessions from two minutes on.",
        _silence,
    ),
    Rule(
        "W10",
        "unused value",
        "A value that is named under `values:` and used nowhere is most often a slip of the "
        "pen in one of the two places.",
        _unused,
    ),
    Rule(
        "W11",
        "too little time",
        "By an estimate from the text, the words last longer than the time they have: in a slot, "
        "before an `[until]`, or with the `minutes` that the front matter asks for. Rendering "
        "tells exactly, for it depends on the voice. Give more time, or say less.",
        _crowded,
    ),
    Rule(
        "W12",
        "spoken as it stands",
        "What looks like a pause in round brackets but cannot be read as one, and a brace or "
        "square bracket without its other half, is said by the voice. Write pauses as "
        "`[pause 5s]` and values as `{name}`; where the mark is meant, put a `\\` before it.",
        spoken_marks,
    ),
    Rule(
        "W13",
        "bed out of balance",
        "The voice leads: a bed lies 12 LU under it at `bedtime`, 16 at `podcast` or a number, and "
        f"moves by {MOST_MOVE_DB:g} dB at the most. Nearer, words are hard to hear; farther than "
        f"{FARTHEST_LU:g} LU they come out of nothing; and what comes and goes is listened to. "
        "Two beds at their usual level are 3 dB more than one. What a script asks for is done.",
        unbalanced,
    ),
    Rule(
        "W14",
        "text read wrongly",
        "`KnieÃ«n` was `Knieën`: text in UTF-8 that a program took for something older, most often "
        "on its way through a spreadsheet or an e-mail. A voice says it sign by sign. Where it can "
        "be told what was there, the help says so; else copy the text anew from where it is right.",
        damaged,
    ),
    Rule(
        "W15",
        "other alphabet",
        "Voices say Dutch and English, in Latin letters; others are skipped, or spelled by their "
        "names. A letter that only looks Latin comes from copying, too. Write how it sounds, as in "
        "`[say as: Ἀγάπη | agápè]`, or leave it out.",
        other_alphabets,
    ),
    Rule(
        "W16",
        "other language",
        "A voice reads text in another language by the rules of Dutch or English, and nobody "
        "understands it. Names, quotations of a few words and mantras are no matter. The language "
        "is guessed, from sentences of five words on; where the text is meant, allow this.",
        other_tongues,
    ),
)
"""Every style warning there is."""
