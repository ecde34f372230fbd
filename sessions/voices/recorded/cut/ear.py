"""What a listener hears in recordings: all at first, then again, alone, what it may have missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.voices.recorded.cut.letters import sounds
from sessions.voices.recorded.cut.quiet import islands
from sessions.voices.recorded.cut.windows import alone, put_back, short_enough, windows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sessions.hearing.timed import TimedListener
    from sessions.script.model import Language
    from sessions.voices.recorded.cut.quiet import Island
    from sessions.voices.recorded.cut.reading import Tape
    from sessions.voices.recorded.cut.windows import Heard, Window

SPARSE_SHARE: Final = 0.5
"""Of the usual letters a second: where fewer were heard, some may have been missed."""
BESIDE_SHARE: Final = 0.8
"""As above, beside a stretch of which some were missed."""
SPARSE_SECONDS: Final = 0.5
"""What is shorter holds no line."""
USUAL_LETTERS: Final = 11.0
"""A second, where too little was heard to tell."""


@dataclass(frozen=True, slots=True)
class Ear:
    """Recordings, where they sound, and who listens."""

    tapes: Sequence[Tape]
    found: tuple[Island, ...]
    listener: TimedListener
    language: Language

    @classmethod
    def of(cls, tapes: Sequence[Tape], listener: TimedListener, language: Language) -> Ear:
        """Find where recordings sound."""
        found = [
            short_enough(islands(tape.levels, number), tape.levels)
            for number, tape in enumerate(tapes)
        ]
        return cls(tapes, tuple(one for each in found for one in each), listener, language)

    @property
    def ends_seconds(self) -> list[float]:
        """Where each recording ends."""
        return [tape.seconds for tape in self.tapes]

    @property
    def sounding(self) -> set[int]:
        """The numbers of the recordings in which something is heard."""
        return {one.tape for one in self.found}

    def heard(self, told: Callable[[int, int], None]) -> tuple[Heard, ...]:
        """Return every word of all recordings, in order; `told` is how far it is."""
        every = list(windows(self.found, self.ends_seconds))
        words: list[Heard] = []
        for number, window in enumerate(every):
            told(number, len(every))
            words += self._in(window)
        told(len(every), len(every))
        return self._with_missed(words)

    def alone(self, first: int, last: int) -> tuple[Heard, ...]:
        """Return the words of a few stretches [first, last), heard without those around them."""
        window = alone(self.found, first, last, self.ends_seconds)
        return self._in(window) if window else ()

    def _in(self, window: Window) -> tuple[Heard, ...]:
        tape = self.tapes[window.tape]
        pieces = [tape.sound(one.start_seconds, one.stop_seconds) for one in window.pieces]
        words = self.listener.hear_words(np.concatenate(pieces), self.language)
        return tuple(
            one for one in put_back(words, window, self.found) if sounds(one.text, self.language)
        )

    def _with_missed(self, words: Sequence[Heard]) -> tuple[Heard, ...]:
        """Return words with what is heard besides where there were few for so long a sound."""
        kept: list[list[Heard]] = [[] for _ in self.found]
        for one in words:
            kept[one.island].append(one)
        usual = usual_letters(self.found, words, self.language)

        def better(index: int, share: float) -> bool:
            """Hear a stretch alone where it has few words; return whether there are more."""
            island, had = self.found[index], letters_in(kept[index], self.language)
            if island.seconds < SPARSE_SECONDS or had >= share * usual * island.seconds:
                return False
            again = list(self.alone(index, index + 1))
            more = letters_in(again, self.language) > had
            kept[index] = again if more else kept[index]
            return more

        for index in range(len(self.found)):
            if better(index, SPARSE_SHARE):  # its words may stand in the one beside it
                for beside in {index - 1, index + 1} & {*range(len(self.found))}:
                    better(beside, BESIDE_SHARE)
        return tuple(one for each in kept for one in each)


def letters_in(words: Sequence[Heard], language: str) -> int:
    """Return how many letters some words have."""
    return sum(len(sounds(one.text, language)) for one in words)


def usual_letters(found: Sequence[Island], words: Sequence[Heard], language: str) -> float:
    """Return how many letters are said in a second, as the middle of all stretches with words."""
    counts: dict[int, int] = {}
    for one in words:
        counts[one.island] = counts.get(one.island, 0) + len(sounds(one.text, language))
    rates = [count / found[island].seconds for island, count in counts.items() if count > 3]
    return float(np.median(rates)) if len(rates) > 4 else USUAL_LETTERS
