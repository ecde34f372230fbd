"""What is wrong with a recording of a line, by rules that are data. Pure.

To add a rule, add a row to `RULES`: a figure, its bounds and why they are there, what to say, and
what helps. A bound is set where clean speech never is: `bench/own_voice.py` says how often they
tell of clean lines, and of spoilt ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.script.model import Language, Manner
from sessions.units import SILENCE_DB
from sessions.voices.recorded.measure import to_db

if TYPE_CHECKING:
    from collections.abc import Callable

    from sessions.hearing.compare import Comparison
    from sessions.voices.recorded.measure import Measured

    Bound = float | Callable[["Take"], float] | None

NOISE_UNDER_WORDS_DB: Final = 32.0
"""A bed of 12 LU under the voice hides what is 20 dB softer than itself; what is nearer is heard to
come and go with each line. ACX asks of audiobooks some 37 (-60 dB under -23 dB RMS at least)."""
LEAST_QUIET_DB: Final = 15.0
"""Between words speech falls further, whatever else sounds softly."""
HUM_UNDER_WORDS_DB: Final = 40.0
"""A tone is heard where noise of the same power is not (its critical band holds less of it)."""
HUM_SHARE: Final = 0.25
"""Of the noise: the comb of a noise that is no hum comes out at a tenth of it."""
FLAT_PERCENT: Final = 0.05
NEAR_TOP_PERCENT: Final = 0.7
"""Clean speech, brought to full scale, has 0.01 and 0.32 at the most; clipped by 8 dB at least 0.25
and, after MP3, AAC or Opus, 1.0."""
FADING_SECONDS: Final = 0.5
"""Living rooms have 0.3 to 0.5 s (EBU Tech 3276 asks 0.2 to 0.4 of listening rooms), bare kitchens,
bathrooms and stairs more: a voice that is meant for one ear cannot stand in them."""
LEAST_CLEAR_DB: Final = 30.0
"""With more noise than this, nothing falls far enough to tell the room."""
SOFTEST_WORDS_DB: Final = -45.0
"""Lines are raised by 24 dB at the most, to -26 LUFS; a phone's converter rests at some -80 dB."""
FASTEST_SYLLABLES: Final = 4.2
"""A second: 180 words a minute of 1.4 syllables. Guided sessions are read at 90 to 120, talk among
people at 150 and more."""
LEAST_PACED_WORDS: Final = 5
"""In fewer, one long vowel decides."""
LONGEST_GAP_SECONDS: Final = 2.0
"""Pauses between sentences are the script's: within one there are only breaths and commas."""
EDGE_UNDER_WORDS_DB: Final = 20.0
EDGE_OVER_NOISE_DB: Final = 10.0
"""A line that begins or ends so near to its words begins or ends in one."""
APART_DB: Final = 10.0
"""From the middle of the others: levels are matched, but noise and nearness come along."""
LEAST_OTHERS: Final = 3
LOWEST_RATE_HZ: Final = 22_050
"""What telephones carry (8 or 16 kHz) is dull to hear; 22 kHz has all of a voice but its air."""
MOST_CHANNELS: Final = 2
LEAST_UNDERSTOOD: Final[dict[Language, float]] = {Language.ENGLISH: 75.0, Language.DUTCH: 40.0}
"""Percent of the words, as `verify --listen` has it: the recognizer mishears people, too."""
LIKE: Final[dict[Language, float]] = {Language.ENGLISH: 0.9, Language.DUTCH: 0.6}
"""Of the letters, in order: what is as like as this was misspelled by the recognizer. It writes
nearly all Dutch lines of synthetic voices so; a line and half of it, or another, are less alike."""
LEAST_HEARD_WORDS: Final = 3
_VOWELS: Final = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Take:
    """A recording and what is known of it.

    `text` is what its line says, empty where no list tells; `manner` is None where nobody knows how
    it is to be read, as lists of lines do not say. `usual_db` is the level of the words in the
    middle of the others that are read in the same manner; None where they are few.
    `heard` is what a recognizer made of it, None where none listened; `likeness` how much of the
    letters is the same, 1 for all; `like` the number of a line whose words it heard instead, 0 for
    none.
    """

    measured: Measured
    text: str = ""
    language: Language = Language.DUTCH
    manner: Manner | None = None
    usual_db: float | None = None
    heard: Comparison | None = None
    likeness: float = 1.0
    like: int = 0

    @property
    def syllables(self) -> int:
        """How many syllables the line has: groups of vowels, and one of a number's digit."""
        digits = sum(map(str.isdigit, self.text))
        return len(_VOWELS.findall(self.text)) + digits


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that may be wrong.

    Parameters
    ----------
    value
        Gives the figure, or None where it cannot be told.
    low, high
        The bounds, both allowed; some depend on the take.
    told
        Says what is wrong, given the take and the figure.
    remedy
        What to do about it.
    scale
        How far over its bound is twice as bad.
    anew
        Whether nothing but another recording helps.
    """

    id: str
    value: Callable[[Take], float | None]
    unit: str
    told: Callable[[Take, float], str]
    remedy: str
    low: Bound = None
    high: Bound = None
    scale: float = 10.0
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with a recording. What is `worse` stands first."""

    rule: str
    value: float
    unit: str
    low: float | None
    high: float | None
    message: str
    remedy: str
    worse: float


def judged(take: Take) -> tuple[Finding, ...]:
    """Return what is wrong with a recording, the worst of it first."""
    found = [finding for rule in RULES if (finding := _held_against(rule, take)) is not None]
    return tuple(sorted(found, key=lambda finding: -finding.worse))


def _held_against(rule: Rule, take: Take) -> Finding | None:
    value = rule.value(take)
    if value is None:
        return None
    low, high = (one(take) if callable(one) else one for one in (rule.low, rule.high))
    under = 0.0 if low is None else low - value
    over = 0.0 if high is None else value - high
    if max(under, over) <= 0.0:
        return None
    worse = rule.anew + min(1.0, max(under, over) / rule.scale)
    told = rule.told(take, value)
    return Finding(rule.id, value, rule.unit, low, high, told, rule.remedy, worse)


def _full(take: Take) -> float | None:
    """Return how much is near full scale; None where it is told already that tops are flat."""
    tops = take.measured.tops
    return None if tops.flat_percent > FLAT_PERCENT else tops.near_percent


def _noise_db(take: Take) -> float:
    """Return the level of the quiet parts, hum and all."""
    hum = take.measured.hum
    return max(take.measured.noise_db, to_db(hum.power) if hum else SILENCE_DB)


def _hiss(take: Take) -> float:
    return take.measured.words_db - take.measured.noise_db


def _never_quiet(take: Take) -> bool:
    """Tell whether it is music, or so much noise, that no word and no hum can be told from it."""
    return _hiss(take) < LEAST_QUIET_DB


def _told_of_hiss(take: Take, value: float) -> str:
    if _never_quiet(take):
        return f"noise or music all through it, {value:.0f} dB under the loudest of it"
    return f"hiss, {value:.0f} dB under your words"


def _hum(take: Take) -> float | None:
    hum = take.measured.hum
    if (
        hum is None
        or _never_quiet(take)
        or to_db(hum.power) < take.measured.noise_db + to_db(HUM_SHARE)
    ):
        return None
    return take.measured.words_db - to_db(hum.power)


def _told_of_hum(take: Take, value: float) -> str:
    hz = take.measured.hum.mains_hz if take.measured.hum else 0
    return f"a hum of {hz:.0f} Hz, {value:.0f} dB under your words"


def _fading(take: Take) -> float | None:
    clear = take.measured.words_db - _noise_db(take) >= LEAST_CLEAR_DB
    return take.measured.fading_seconds if clear else None


def _edge(take: Take, level_db: float) -> float | None:
    """Return how far an edge is under the words; None where no more is heard of it than noise."""
    sounds = level_db > _noise_db(take) + EDGE_OVER_NOISE_DB and not _never_quiet(take)
    return take.measured.words_db - level_db if sounds else None


def _pace(take: Take) -> float | None:
    cut = (_edge(take, level) for level in (take.measured.begins_db, take.measured.ends_db))
    if (
        take.like
        or len(take.text.split()) < LEAST_PACED_WORDS
        or any(under is not None and under < EDGE_UNDER_WORDS_DB for under in cut)
    ):
        return None
    spoken = take.measured.words_seconds - sum(length for _, length in take.measured.gaps)
    return take.syllables / max(spoken, 0.1)


def _told_of_pace(take: Take, value: float) -> str:
    a_minute = 60 * len(take.text.split()) / max(take.measured.words_seconds, 0.1)
    return f"fast, {a_minute:.0f} words a minute ({value:.1f} syllables a second)"


def _gap(take: Take) -> float | None:
    return max((length for _, length in take.measured.gaps), default=None)


def _told_of_gap(take: Take, value: float) -> str:
    start = next(start for start, length in take.measured.gaps if length == value)
    return f"a silence of {value:.1f} s within it, at {start:.1f} s"


def _apart(take: Take) -> float | None:
    if take.usual_db is None or take.measured.words_db < SOFTEST_WORDS_DB:
        return None
    apart = take.measured.words_db - take.usual_db
    meant = apart < 0 and take.manner is None  # it may be one that is soft or whispered
    return None if meant else apart


def _understood(take: Take) -> float | None:
    if take.heard is None or take.heard.words < LEAST_HEARD_WORDS or take.manner is Manner.WHISPER:
        return None
    if take.likeness >= LIKE[take.language]:
        return None
    return 100.0 * take.heard.understood / take.heard.words


def _told_of_words(take: Take, _: float) -> str:
    if take.like:
        return f"a recognizer hears the words of line {take.like:03}"
    wrong = take.heard.mishearings if take.heard else ()
    pairs = (
        (" ".join(word.written for word in part) or "nothing" for part in (one.heard, one.written))
        for one in wrong
    )
    return "a recognizer hears " + "; ".join(f"'{heard}' for '{said}'" for heard, said in pairs)


RULES: Final = (
    Rule(
        *("words", _understood, "%", _told_of_words),
        "play it, and see that it is this line and every word of it is clear; some errors are the "
        "recognizer's own",
        low=lambda take: LEAST_UNDERSTOOD[take.language], scale=75.0, anew=True,
    ),
    Rule(
        *("clipped", lambda take: take.measured.tops.flat_percent, "%"),
        lambda _take, _value: "too loud for the recorder: the tops of your words are cut off",
        "record it again, further from the microphone or with its level turned down",
        high=FLAT_PERCENT, scale=5.0, anew=True,
    ),
    Rule(
        *("full", _full, "%"),
        lambda _take, _value: "too loud for the recorder: your words stand at full scale",
        "record it again, further from the microphone or with its level turned down",
        high=NEAR_TOP_PERCENT, scale=5.0, anew=True,
    ),
    Rule(
        *("begins", lambda take: _edge(take, take.measured.begins_db), "dB"),
        lambda _take, _value: "it begins inside a word",
        "record it again, and wait a second between pressing the button and speaking",
        low=EDGE_UNDER_WORDS_DB, anew=True,
    ),
    Rule(
        *("ends", lambda take: _edge(take, take.measured.ends_db), "dB"),
        lambda _take, _value: "it ends inside a word",
        "record it again, and wait a second after the last word before you stop",
        low=EDGE_UNDER_WORDS_DB, anew=True,
    ),
    Rule(
        *("echo", _fading, "s"),
        lambda _take, value: f"echo: it takes {value:.1f} s to die away",
        "record among soft things (a bed, curtains, a wardrobe of clothes), nearer to the "
        "microphone; no cleaning takes an echo away",
        high=FADING_SECONDS, scale=0.5, anew=True,
    ),
    Rule(
        *("hiss", _hiss, "dB", _told_of_hiss),
        "record in a quieter room or nearer to the microphone; cleaning takes away most of it",
        low=NOISE_UNDER_WORDS_DB, scale=20.0,
    ),
    Rule(
        *("hum", _hum, "dB", _told_of_hum),
        "it comes of the mains: unplug the charger, and move away from fridge, lamp and cables; "
        "cleaning takes away most of it",
        low=HUM_UNDER_WORDS_DB, scale=20.0,
    ),
    Rule(
        *("soft", lambda take: take.measured.words_db, "dB"),
        lambda _take, value: f"very soft ({value:.0f} dB of full scale): raising it raises the "
        "noise of the recorder",
        "go nearer to the microphone, or turn up its level",
        low=SOFTEST_WORDS_DB, anew=True,
    ),
    Rule(
        *("fast", _pace, "syllables/s", _told_of_pace),
        "read it again, slower than feels natural: sessions are read at 90 to 120 words a minute",
        high=FASTEST_SYLLABLES, scale=3.0,
    ),
    Rule(
        *("gap", _gap, "s", _told_of_gap),
        "cut it shorter, or read the line again in one go; pauses between lines are the script's",
        high=LONGEST_GAP_SECONDS, scale=10.0,
    ),
    Rule(
        *("apart", _apart, "dB"),
        lambda _take, value: f"{abs(value):.0f} dB {'louder' if value > 0 else 'softer'} than your "
        "other lines",
        "read it again at the same distance from the microphone; levels are matched, but it will "
        "sound nearer or further away",
        low=-APART_DB, high=APART_DB,
    ),
    Rule(
        *("rate", lambda take: float(take.measured.rate_hz), "Hz"),
        lambda _take, value: f"as dull as a telephone: it has {value / 1000:g} kHz",
        "set the recorder to 44.1 or 48 kHz, and to its best quality",
        low=float(LOWEST_RATE_HZ), scale=15_000.0,
    ),
    Rule(
        *("channels", lambda take: float(take.measured.channels), ""),
        lambda _take, value: f"it has {value:.0f} channels, which are mixed into one",
        "set the recorder to mono, or to stereo",
        high=float(MOST_CHANNELS),
    ),
)  # fmt: skip
"""In the order in which they are told where they are as bad."""
