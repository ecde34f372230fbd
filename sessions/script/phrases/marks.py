"""Recognize what people write as a mark: `(pause 10 sec)`, `LONG PAUSE`, `bell rings`, `0:20`.

One recognizer for importers, which do it, for errors, whose help is the mended mark, and for
warnings. What holds any word that no mark is made of is to be said, and so is what mixes the words
of two languages: `rest` waits in English, and in Dutch `de rest` is what remains.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final, TypeAlias

from sessions.script.model import Language
from sessions.script.phrases.called import MIXED, PLAIN, WORDS, telling
from sessions.script.phrases.numerals import NUMBER_WORDS, UNITS, in_digits
from sessions.script.phrases.pauses import (
    ARTICLES,
    JOINING,
    STRENGTH_SECONDS,
    lasting,
    lengths,
    number_of,
    without,
)
from sessions.script.phrases.quantities import (
    DASHES,
    MAX_PAUSE_SECONDS,
    MAX_SESSION_SECONDS,
    digits,
    duration,
)
from sessions.script.phrases.wording import DUTCH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sessions.script.phrases.called import Words


class What(Enum):
    """What a mark asks for."""

    PAUSE = auto()
    BELL = auto()
    UNTIL = auto()
    MANNER = auto()
    SOUND = auto()
    DIRECTION = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """What people wrote, and the directive that means it.

    `written` is that directive without its brackets, in the language of the script; '' where
    nothing of ours means it. `guess` is what had to be guessed, as part of a note; '' where
    nothing was.
    """

    what: What
    written: str
    guess: str = ""


PAUSE_NAMES: Final[Mapping[Language, tuple[str, ...]]] = {
    Language.ENGLISH: ("pause", "silence", "wait", "break", "rest", "quiet", "beat"),
    Language.DUTCH: ("pauze", "stilte", "wacht", "rust", "pauzeer", "stil"),
}
"""What a pause is called where its length follows, the usual name first."""
BELL_NAMES: Final[Mapping[Language, tuple[str, ...]]] = {
    Language.ENGLISH: ("bell", "chime", "singing bowl", "gong", "bowl", "bells", "chimes"),
    Language.DUTCH: ("bel", "klankschaal", "gong", "belletje"),
}
"""What a bell is called, the usual name first."""
MOST_UNNAMED_SECONDS: Final = 90.0
"""A longer length that no word calls a pause is how long something takes: `(15 min)`."""
MOST_SQUARE_SECONDS: Final = 300.0
"""As above, between square brackets, where most of what stands is a mark."""
MOST_BELLS: Final = 12
"""A higher number beside a bell is one to call, or a time."""
LONGEST: Final = 200
"""Characters of a mark; what is longer is prose."""
CLOCK: Final = r"(?:[0-9]{1,2}:)?[0-9]{1,3}:[0-5][0-9](?:[.,][0-9]{1,3})?"
"""A pattern for a time such as `0:20` or `00:01:10,000`."""

_UNTIL = re.compile(
    rf"(?:(?:(?:pause|wait|pauze|wacht) )?(?:until|tot)|at|om|op|@)? ?(?P<clock>{CLOCK})\.?"
)
_CLOCKS = re.compile(rf"({CLOCK})\s*(?:-+>?|→|\.\.+|…|to|tot|until)\s*({CLOCK})")
_EDGES = " \t…♪♫▶►#^@$%+=|/<>[](){}【】*_~\"'`“”‘’„«».:;,!-"  # noqa: RUF001 - the quotes that people type
_SIGNS = re.compile(r"[\"'“”‘’|<>(){}\[\]/;!?=_*~@](?!n\b)|[:,](?![0-9])|(?<![0-9]):")  # noqa: RUF001 - as above
_JOINTS = re.compile(r"(?<=[^\W\d_])[-_](?=[0-9])")
"""`pause-5`"""
_TOKEN = re.compile(r"[0-9]+(?:[.,:][0-9]+)*|[^\W\d_]+(?:[-'][^\W\d_]+)*|\.\.+|…|[^\s.]")
_TIMES = re.compile(
    r"\bx ?([0-9]{1,3})\b|\b([0-9]{1,3}) ?(?:x|times|keer|maal)\b|\b(?:twice|tweemaal)\b"
)
_PICTURES: Final = str.maketrans(
    {"⏸": " pause ", "⏳": " pause ", "⌛": " pause ", "🔔": " bell ", "🛎": " bell ",
     "🎵": " music ", "🎶": " music ", "\ufe0f": ""}
)  # fmt: skip
_SHORTER: Final = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"(?<![\"'’”″0-9.,])([0-9]+) ?['’′](?=[0-9]|[^\w'’′\"]*$)", r"\1 min "),  # noqa: RUF001
        (r"(?<![\"'’”″0-9.,])([0-9]+(?:[.,][0-9]+)?) ?(?:[\"”″]|['’′]{2})(?!\w)", r"\1 s"),  # noqa: RUF001
        (rf"^(\W*)p(?=\W*$|[0-9]|[:=] ?[0-9]| [0-9.,]+ ?(?:{'|'.join(UNITS)})\b)", r"\1pause "),
        (r"^(\W*)(?:na|after) (?=[0-9])", r"\1"),
    )
)
"""What is written shorter than in words: `15"`, `2'30`, `p 5s`; and a length that is waited for."""
_TOOLS = re.compile(r"^\W*<#\s*([0-9.]+)\s*#>$|^\W*slnc\s+([0-9]+)\W*$", re.IGNORECASE)
"""Pauses of other tools that say so by no word, in seconds and in milliseconds."""
_EXTRA = re.compile(r"\b(?:extra|very|heel) (?=long\b)")
_NUMBER = rf"[0-9]{{1,2}}|{'|'.join(sorted(NUMBER_WORDS.keys() - ARTICLES))}"
_HOLD = re.compile(
    rf"hold (?:it )?for ({_NUMBER})|(?:hou|houd) (?:het |je adem )?({_NUMBER}) (?:tellen )?vast"
)
_SOUND_KEY = re.compile(
    r"(?:sfx|fx|sound (?:effects?|fx)|(?:background )?(?:music|sound)|ambien\w+|geluidseffect"
    r"|(?:achtergrond)?(?:muziek|geluid)) ?[:=-] ?\S"
)
_OF_SOUND = re.compile(r"(?:\w+ )?(?<!the )(?<!het )(?:sounds? of|geluid(?:en)? van) \S")
_SAID = re.compile(r"(?:an?|the|een|de|het|your|my|our|je|jouw|mijn|ons|onze)\b", re.IGNORECASE)
"""How words of a sentence begin, in which a pause or a bell is only spoken of."""
_NOTE = re.compile(
    r"(?:[\w']+ )?(?:note|nb|opmerking|noot)\b[^:]{0,40}:"
    r"|(?:narrator|reader|speaker|studio|editor|verteller|voorlezer|spreker) ?:"
)
_Found: TypeAlias = "tuple[What, str, str]"
"""What it is, the directive in English, and what was guessed."""


def understood(words: str, language: Language, *, square: bool = False) -> Mark | None:
    """Return the mark that some words are; None where they are to be said.

    Parameters
    ----------
    words
        What stands between brackets, emphasis marks or dashes, or on a line alone, without these.
    language
        That of the script, in which the directive is written. The words may be of another.
    square
        Whether they stand between square brackets, where a longer length may be a pause.
    """
    if len(words) > LONGEST:
        return None
    words = _TOOLS.sub(
        lambda match: f"pause {match[1] or match[2]}{'s' if match[1] else 'ms'}", words
    )
    plain = " ".join(words.lower().translate(DASHES).translate(_PICTURES).split())
    for pattern, shorter in _SHORTER:
        plain = pattern.sub(shorter, plain)
    return _understood(plain.strip(_EDGES), language, square)


@lru_cache(maxsize=1024)  # a script says its pauses in the same words over and over
def _understood(plain: str, language: Language, square: bool) -> Mark | None:  # noqa: FBT001
    tokens = _split(plain)
    if _TELLING.isdisjoint(tokens) and not any(token[0].isdecimal() for token in tokens):
        return None
    tongues: list[Language | None] = sorted(Language, key=lambda one: one is not language)
    if not PLAIN.isdisjoint(tokens):
        tongues.append(MIXED)
    found = (reader(plain, tokens, one) for reader in _READERS[square] for one in tongues)
    first = next(filter(None, found), None)
    if first is None:
        return None
    what, written, guess = first
    name, _, length = written.partition(" ")
    if language is Language.DUTCH:
        name = DUTCH.get(name, name)
    return Mark(what, f"{name} {length}".strip(), guess)


def bare(words: str, language: Language) -> Mark | None:
    """Return the mark that words between no brackets are; None where they may be meant as words.

    `Rest` and `Softly` are said as often as they are done; `REST`, `rest 5 s` and `Pause` are not.
    """
    mark = understood(words, language)
    if mark is None or mark.what is What.MANNER or _HOLD.match(words.lower().strip(_EDGES)):
        return None
    sure = words.isupper() or any(sign.isdecimal() for sign in words)
    exact = mark.what is What.PAUSE and not mark.guess
    if not sure and not exact and _SAID.match(words):
        return None
    named = not PLAIN.isdisjoint(_split(words.lower()))
    return mark if sure or named or mark.what not in {What.PAUSE, What.BELL} else None


def _split(plain: str) -> list[str]:
    return _TOKEN.findall(_SIGNS.sub(" ", plain))


def _clock_seconds(clock: str) -> float:
    return duration(clock, what="a time", example="0:20", most_seconds=1e6)


def _until(plain: str, _tokens: Sequence[str], _language: Language | None) -> _Found | None:
    match = _UNTIL.fullmatch(plain)
    if match is None:
        return None
    if not 0 < _clock_seconds(match["clock"]) <= MAX_SESSION_SECONDS:
        return What.UNTIL, "", ""
    whole, _, part = match["clock"].replace(",", ".").partition(".")
    clock = re.sub(r"^(?:0+:)?0*(?=[0-9]+:)", "", whole)
    part = part.rstrip("0")
    return What.UNTIL, f"until {clock}{'.' if part else ''}{part}", ""


def _end(plain: str, tokens: Sequence[str], language: Language | None) -> _Found | None:
    known = WORDS[language]
    rest = tokens[1:] if tokens[:1] == ["the"] else tokens
    if not rest or rest[0] not in known.ends:
        return None
    more = re.match(rf"(?:the )?{rest[0]} ?[-:]", plain)
    whole = more or (known.ended | known.fillers).issuperset(rest[1:])
    return (What.END, "", "") if whole else None


def _bell(_plain: str, tokens: Sequence[str], language: Language | None) -> _Found | None:
    known = WORDS[language]
    others = [token for token in tokens if token not in known.bells]
    if len(others) == len(tokens):
        return None
    beside = known.struck | known.fillers | {"x", "-"}
    count = max((number_of(token) for token in others), default=0) or 1
    if count > MOST_BELLS or any(token not in beside and not number_of(token) for token in others):
        return None
    if not {"twice", "tweemaal"}.isdisjoint(others):
        count = 2
    guess = f"one bell for {count}" if count > 1 else ""
    return What.BELL, "bell", guess or ("a bell, for the sound" if "sfx" in tokens else "")


def _clocks(plain: str, _tokens: Sequence[str], language: Language | None) -> _Found | None:
    """Read the span between two times as its length."""
    match = _CLOCKS.search(plain)
    if match is None:
        return None
    seconds = round(_clock_seconds(match[2]) - _clock_seconds(match[1]), 3)
    others = _split(without(match))
    if not _BESIDE[language].issuperset(others) or not 0 < seconds <= MAX_PAUSE_SECONDS:
        return None
    if seconds > MOST_UNNAMED_SECONDS and WORDS[language].pauses.isdisjoint(others):
        return What.UNTIL, "", ""
    return What.PAUSE, f"pause {digits(seconds)}s", ""


def _counted_to(_plain: str, tokens: Sequence[str], language: Language | None) -> _Found | None:
    """Read `count silently to 5` as the seconds that it takes."""
    known = WORDS[language]
    numbers = [number for number in map(number_of, tokens) if number]
    words = {token for token in tokens if not number_of(token)}
    counted = not words.isdisjoint({"count", "counting", "tel", "tellen"})
    if not counted or len(numbers) != 1 or words.isdisjoint(known.inwardly):
        return None
    if not known.counting.issuperset(words):
        return None
    return What.PAUSE, f"pause {numbers[0]}s", "1 s for each number"


def _held(plain: str, _tokens: Sequence[str], _language: Language | None) -> _Found | None:
    """Read `hold for 5` as the seconds that it takes."""
    match = _HOLD.fullmatch(in_digits(plain))
    number = number_of(match[1] or match[2]) if match else 0
    return (What.PAUSE, f"pause {number}s", "1 s for each number") if number else None


def _pause(
    plain: str, _tokens: Sequence[str], language: Language | None, *, most_seconds: float
) -> _Found | None:
    """Read a pause; where no word calls it one, of at most so many seconds."""
    if _CLOCKS.search(plain):
        return None
    text = " ".join(_split(in_digits(_EXTRA.sub("x-", _JOINTS.sub(" ", plain)))))
    repeated = _TIMES.search(text)
    count = max(1, int(repeated[1] or repeated[2] or 2)) if repeated else 1
    text = without(repeated) if repeated else text
    letters = (token for token in text.split() if not token[0].isdecimal())
    if not _OF_LENGTHS[language].issuperset(letters):
        return None
    known, words = WORDS[language], set(text.split())
    named = not known.pauses.isdisjoint(words) or all(
        not words.isdisjoint(those) for those in (known.given, known.people, known.asked)
    )
    exact = known.rough.isdisjoint(words)
    beside = _BESIDE[language] | (known.asked | known.along if named else frozenset())
    for length, others, alone in lengths(text, language):
        short = alone and exact and length[1] * count <= most_seconds
        if (named or short) and beside.issuperset(others):
            return What.PAUSE, *lasting(length, count)
    return None


def _beside(known: Words) -> frozenset[str]:
    names = known.pauses | known.fillers | known.people
    return names | known.sizes.keys() | known.vague.keys() | {"-"}


_BESIDE: Final = {language: _beside(known) for language, known in WORDS.items()}
"""What may stand beside the length of a pause."""
_OF_LENGTHS: Final = {
    language: frozenset().union(
        *(
            _BESIDE[language],
            UNITS,
            JOINING,
            STRENGTH_SECONDS,
            known.measures,
            known.few,
            known.asked,
            known.along,
        ),
        *(word.split() for word in NUMBER_WORDS),
        ("strength", "of", "or", "more"),
    )
    for language, known in WORDS.items()
}
"""All words that may be in a pause: what has another is soon known to be none."""


def _manner(_plain: str, tokens: Sequence[str], language: Language | None) -> _Found | None:
    known = WORDS[language]
    named = {**known.manners, **(known.weak if not known.voices.isdisjoint(tokens) else {})}
    manners = list(dict.fromkeys(named[token] for token in tokens if token in named))
    if not manners or not (named.keys() | known.voices | known.links).issuperset(tokens):
        return None
    first, *others = manners
    return What.MANNER, first, f"without '{', '.join(others)}'" if others else ""


def _sound(plain: str, tokens: Sequence[str], language: Language | None) -> _Found | None:
    known = WORDS[language]
    words = {token for token in tokens if not number_of(token)} - known.links - {",", "-"}
    described = _OF_SOUND.match(plain) and known.hedges.isdisjoint(words) and "," not in plain
    if described or _SOUND_KEY.match(plain):
        return What.SOUND, "", ""
    sounds = words & known.natural and words & known.sounding and len(words) > 1
    dressed = known.dressing | known.manners.keys() | known.weak.keys()
    all_known = known.music | known.natural | known.sounding | dressed
    whole = all_known.issuperset(words) and (words & known.music or sounds)
    return (What.SOUND, "", "") if whole else None


def _direction(plain: str, tokens: Sequence[str], language: Language | None) -> _Found | None:
    known = WORDS[language]
    words = {token for token in tokens if not number_of(token)} - known.links - {",", "-"}
    adjectives = known.dressing | known.manners.keys() | known.weak.keys()
    delivered = words & known.deliveries or (words & known.voices and words & adjectives)
    whole = (adjectives | known.deliveries | known.voices | known.people).issuperset(words)
    return (What.DIRECTION, "", "") if _NOTE.match(plain) or (delivered and whole) else None


_TELLING: Final = frozenset[str](
    (
        "note",
        "nb",
        "opmerking",
        "noot",
        "studio",
        "editor",
        "geluidseffect",
        "half",
        "halve",
        "anderhalve",
    )
).union(NUMBER_WORDS.keys() - ARTICLES, STRENGTH_SECONDS, *map(telling, WORDS.values()))
"""Words of which a mark has one at the least; most brackets in prose have none."""
_READERS: Final = {
    square: (
        *(
            _until,
            _end,
            _bell,
            _clocks,
            _counted_to,
            _held,
            partial(_pause, most_seconds=most_seconds),
        ),
        *(_manner, _sound, _direction),
    )
    for square, most_seconds in ((False, MOST_UNNAMED_SECONDS), (True, MOST_SQUARE_SECONDS))
}
"""In this order, for a bell may have a sound, and a pause may be soft."""
