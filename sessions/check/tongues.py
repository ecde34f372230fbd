"""Find sentences in a language that neither voice speaks. Pure, but for the detector's own file.

Which language a line is in is told by py3langid, from its letters. A few words prove nothing: so a
line with common words of Dutch or English is at home, mantras count in no language, and lines that
follow one another are judged together, by the likeliest way through them (Viterbi), in which it
costs something to leave home.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final, TypeAlias

from sessions.check.everyday import AT_HOME, OF_ALL, SHARED
from sessions.script.letters import plain_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from py3langid.langid import LanguageIdentifier

    from sessions.check.reading import Finding, Reading
    from sessions.script.model import Speech
    from sessions.units import Audio

Run: TypeAlias = "list[tuple[Speech, tuple[str, ...]]]"
"""Lines, and the words by which their language is told."""
HOME: Final = ("nl", "en")
TONGUES: Final = {
    "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "es": "Spanish",
    "et": "Estonian", "eu": "Basque", "fi": "Finnish", "fr": "French", "ga": "Irish",
    "gl": "Galician", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "is": "Icelandic",
    "it": "Italian", "la": "Latin", "lt": "Lithuanian", "lv": "Latvian", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "sk": "Slovak", "sl": "Slovenian",
    "sq": "Albanian", "sv": "Swedish", "tr": "Turkish", "vi": "Vietnamese",
}  # fmt: skip
"""Languages in Latin letters, as the detector names them. Those that hardly differ from Dutch or
English on a line (Afrikaans, Frisian, Low German, Scots) are left out."""
COST: Final = 32.0
"""What it takes to leave home, in natural logarithms of how much likelier the other language is.

Whole sentences of the tests have 21 to 154; of the catalogue none is over 0."""
LEAST_WORDS: Final = 5
LEAST_LISTED: Final = 3
"""From so many names on, one or two words each, a list is no sentence: muscles, places, herbs."""
HOME_SHARE: Final = 1 / 12
SHARED_SHARE: Final = 0.6
MOST_LINES: Final = 500
"""How many lines are looked at, so that a whole book in German is told of in no time."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")  # noqa: RUF001 - an apostrophe of print
_QUOTED: Final = re.compile(r"(?<!\w)[\"“„«‘'](?:[^\W_]+[,.]? ){0,4}[^\W_]+[.!?,]?[\"”“»’'](?!\w)")  # noqa: RUF001


def other_tongues(reading: Reading) -> Iterator[Finding]:
    """Find where a script speaks neither Dutch nor English."""
    for run in _runs(reading):
        if _distinct(run) >= LEAST_WORDS:
            way = zip(_way([words for _, words in run]), run, strict=True)
            for tongue, group in groupby(way, lambda found: found[0]):
                found = [line for _, line in group]
                if tongue and _distinct(found) >= LEAST_WORDS:
                    yield found[0][0].source, _told(tongue, len(found))


def _distinct(run: Run) -> int:
    return len({word.lower() for _, words in run for word in words})


def _told(tongue: str, count: int) -> str:
    more = " and more" if count >= MOST_LINES else ""
    what = "this sentence seems" if count == 1 else f"{count} sentences{more} from here on seem"
    return f"{what} to be in {TONGUES[tongue]}; only Dutch and English are spoken"


def _runs(reading: Reading) -> Iterator[Run]:
    """Give lines that follow one another without one at home between, and their words."""
    left = MOST_LINES
    for away, group in groupby(_worded(reading), lambda found: found[1] is not None):
        if away:
            run = [(line, words) for line, words in islice(group, left) if words]
            left -= len(run)
            yield run
        if left <= 0:
            return


def _worded(reading: Reading) -> Iterator[tuple[Speech, tuple[str, ...] | None]]:
    return ((line, _words(line)) for line in reading.lines)


def _words(line: Speech) -> tuple[str, ...] | None:
    """Return the words by which the language of a line is told; None where it is at home."""
    text = _QUOTED.sub(" ", plain_letters(line.spoken or line.text))
    items = text.split(",")
    if len(items) >= LEAST_LISTED and all(len(item.split()) <= 2 for item in items):
        return ()
    words = _WORD.findall(text)
    lower = [word.lower() for word in words]
    home = sum(word in AT_HOME for word in lower)
    shared = home + sum(word in SHARED for word in lower)
    if home > len(words) * HOME_SHARE or shared > len(words) * SHARED_SHARE:
        return None
    return tuple(word for word in words if not _of_all(word.lower()))


def _of_all(word: str) -> bool:
    return word in OF_ALL or word.endswith("asana")


def _way(texts: Sequence[tuple[str, ...]]) -> list[str]:
    """Return the language of each line on the likeliest way through them; '' is at home."""
    import numpy as np  # noqa: PLC0415 -- only where something is not at home

    tongues = [*TONGUES]
    best = np.full(len(tongues) + 1, -np.inf)  # the last is at home
    best[-1] = 0.0
    came: list[Audio] = []
    seen: set[tuple[str, ...]] = set()
    for words in texts:
        new = words and words not in seen  # what is said again proves nothing more
        seen.add(words)
        margins = np.array([*_margins(" ".join(words)), 0.0]) if new else np.zeros(len(best))
        leaving = best.max() - COST
        source = np.where(best >= leaving, np.arange(len(best)), best.argmax())
        reached = np.maximum(best, leaving)
        source[-1], reached[-1] = best.argmax(), best.max()
        best = reached + margins
        came.append(source)
    at = int(best.argmax())
    way: list[str] = []
    for source in reversed(came):
        way.append("" if at == len(tongues) else tongues[at])
        at = int(source[at])
    return way[::-1]


def _margins(text: str) -> list[float]:
    """Return by how much a text is likelier to be in each language than at home."""
    scores = dict(_detector().rank(text))
    home = max(scores[name] for name in HOME)
    return [scores[name] - home for name in TONGUES]


@cache
def _detector() -> LanguageIdentifier:
    """Return the detector, which takes half a second to read."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    detector = LanguageIdentifier.from_model_file(MODEL_FILE)
    detector.set_languages([*TONGUES, *HOME])
    return detector
