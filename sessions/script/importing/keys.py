"""Know the keys of JSON that tools for speech, transcripts and chats use, and what each is for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.script.importing.jsontext import Fields, Items, Value, Words

if TYPE_CHECKING:
    from sessions.script.importing.jsontext import Node


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TEXTS: Final = _words(
    "text speech line content sentence say utterance narration script transcript caption body "
    "message input paragraph spoken phrase affirmation instruction tekst zin regel"
)
"""Keys, in small letters and without signs, whose strings are spoken."""
LISTS: Final = _words(
    "texts lines sentences paragraphs parts segments steps items phrases affirmations chunks "
    "sections instructions teksten zinnen regels delen stappen"
)
"""Keys of lists whose strings are spoken, too."""
TITLES: Final = _words("title titel heading chapter section name naam kop hoofdstuk")
NAMES: Final = _words("name naam")
"""Titles of what has parts; beside a text they name who says it."""
LANGUAGES: Final = _words("language lang locale taal")
KINDS: Final = _words("type kind soort")
PAUSES: Final = _words(
    "pause pauseafter silence silenceafter wait delay delayafter break breakafter gap rest pauze "
    "pauzena stilte wacht"
)
PAUSES_BEFORE: Final = _words("pausebefore silencebefore delaybefore breakbefore pauzevoor")
LENGTHS: Final = _words("duration duur length lengte value seconds ms milliseconds secs sec")
"""How long it is, of what has no text and is said to be a pause, or has nothing else."""
STARTS: Final = _words("start begin starttime startat time at timestamp from tijd offset")
STOPS: Final = _words("end stop endtime to eind")
BELLS: Final = _words("bell gong chime bel")
PEOPLE: Final = _words("speakers voices participants sprekers stemmen")
"""Keys of those who speak, of whom nothing is spoken."""
SPEECH_MARKS: Final = _words("sentence word viseme ssml")
"""Kinds of the lines that Amazon Polly writes of what it said, with `time` in milliseconds."""
SINGLE: Final = _words("word punctuatedword")
"""Keys of the words of a transcript, one by one."""

_UNIT = re.compile(r"(?<=.)(?:(milliseconds?|millis|ms)|(seconds?|secs?|s)|(minutes?|mins?))$")

_LEAVES: Final = (Words, Value)
_PURPOSES: Final = (
    ("texts", TEXTS, (Words, Value, Items, Fields)),
    ("titles", TITLES, (Words,)),
    ("after", PAUSES, _LEAVES),
    ("before", PAUSES_BEFORE, _LEAVES),
    ("starts", STARTS, _LEAVES),
    ("stops", STOPS, _LEAVES),
    ("lengths", LENGTHS, _LEAVES),
)
"""What values of certain types are for, by their keys; a time's may have its unit at the end."""


def bare(key: str) -> str:
    """Return a key in small letters, without signs: `pause_after` and `pauseAfter` are one."""
    return re.sub(r"[^a-z0-9]", "", key.lower())


def unitless(key: str) -> tuple[str, float | None]:
    """Return a key without the unit at its end, and the seconds of that."""
    match = _UNIT.search(key)
    if match is None or key in LENGTHS:
        return key, {"ms": 0.001, "milliseconds": 0.001}.get(key)
    unit = 0.001 if match[1] else 1.0 if match[2] else 60.0
    return key[: match.start()], unit


def purpose(key: str, node: Node) -> str:
    """Return the name of the field of `_Object` that a value belongs to."""
    name = bare(key)
    for purpose, keys, types in _PURPOSES:
        given = unitless(name)[0] if types is _LEAVES else name
        if (name in keys or given in keys) and isinstance(node, types):
            return purpose
    return "others" if isinstance(node, Words) else "parts"
