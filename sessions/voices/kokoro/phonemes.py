"""From a line of text to what the model speaks: words with their sounds and punctuation."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from sessions.voices.kokoro.alphabet import ESPEAK, VOCABULARY, plain_ipa, sounds
from sessions.voices.kokoro.lexicon import sounds_of, spelling_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sessions.script.model import Language

    Ask = Callable[[Sequence[str], str], Sequence[str]]

SENTENCE_ENDS: Final = frozenset(".!?…")
CLAUSE_ENDS: Final = frozenset(",;:")
_AROUND: Final = "\"'“”‘’«»‹›„()[]{}<>"
_ENDED: Final = re.compile(r"^(.*?)([.,;:!?…–—-]*)$", re.DOTALL)
_ENDS: Final = (
    ("...", "…"),
    ("…", "…"),
    ("?", "?"),
    ("!", "!"),
    (".", "."),
    (";", ";"),
    (":", ":"),
)
"""What is heard of the punctuation after a word, the first that is in it; else a comma."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line, as it was written, with its sounds and the punctuation that follows it."""

    text: str
    sounds: str
    end: str = ""

    @property
    def tokens(self) -> tuple[int, ...]:
        """Return the numbers of its signs in the model's vocabulary."""
        return tuple(VOCABULARY[sign] for sign in self.sounds + self.end)


@dataclass(frozen=True, slots=True)
class _Core:
    """A word whose sounds are not known yet: as written, without what is around it, as read."""

    text: str
    bare: str
    read: str
    end: str


def worded(text: str, language: Language, ask: Ask) -> tuple[Word, ...]:
    """Return the words of a line that can be heard.

    espeak-ng is asked for a clause at a time, because words sound otherwise beside each other than
    alone: *een* is hardly heard before a noun. Where it makes more or fewer words of them, as of
    numbers, it is asked for each word alone.

    Parameters
    ----------
    text, language
        What is said.
    ask
        Given texts and a voice of espeak-ng, returns the sounds of each in the IPA.
    """
    clauses = _clauses(text, language)
    if not clauses:
        return ()
    voice = ESPEAK[language]
    said = ask([" ".join(core.read for core in clause) for clause in clauses], voice)
    together = [plain_ipa(ipa).split() for ipa in said]
    pairs = list(zip(clauses, together, strict=True))
    odd = [core for clause, ipa in pairs if len(clause) != len(ipa) for core in clause]
    alone = iter(ask([core.read for core in odd], voice) if odd else ())
    words: list[Word] = []
    for clause, heard in pairs:
        as_one = len(clause) == len(heard)
        ipa = heard if as_one else [plain_ipa(next(alone)) for _ in clause]
        words += map(partial(_word, language), clause, ipa)
    return tuple(word for word in words if word.sounds)


def _clauses(text: str, language: Language) -> list[list[_Core]]:
    """Return the words of each clause; signs that stand alone only end the word before them."""
    clauses: list[list[_Core]] = [[]]
    for written in text.split():
        core = _core(written, language)
        if core.bare:
            clauses[-1].append(core)
        elif clauses[-1]:
            clauses[-1][-1] = replace(clauses[-1][-1], end=core.end)
        if core.end and clauses[-1]:
            clauses.append([])
    return [clause for clause in clauses if clause]


def _core(written: str, language: Language) -> _Core:
    match = _ENDED.match(written.strip(_AROUND))
    bare, ends = match.groups() if match else (written, "")
    bare = bare.strip(_AROUND + "–—-")
    end = next((ours for theirs, ours in _ENDS if theirs in ends), "," if ends else "")
    return _Core(written, bare, spelling_of(bare, language), end)


def _word(language: Language, core: _Core, ipa: str) -> Word:
    ipa = sounds_of(core.bare, language) or ipa
    return Word(core.text, sounds(ipa, language).strip(), core.end)
