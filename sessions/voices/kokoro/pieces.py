"""What the model speaks at once, where a line is longer than that, and how pieces are joined."""

from __future__ import annotations

from itertools import accumulate, takewhile
from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.voices.finish import edges, faded
from sessions.voices.kokoro.alphabet import VOCABULARY
from sessions.voices.kokoro.model import MOST_TOKENS, RATE_HZ
from sessions.voices.kokoro.phonemes import CLAUSE_ENDS, SENTENCE_ENDS, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sessions.units import Audio

    Piece = tuple[Word, ...]

GAPS_SECONDS: Final = ((SENTENCE_ENDS, 0.35), (CLAUSE_ENDS, 0.2))
"""The silence after a piece that ends with one of these signs; another ends between words."""
WORD_GAP_SECONDS: Final = 0.05
EDGE_SECONDS: Final = 0.004
SPACE: Final = VOCABULARY[" "]


def tokens_of(piece: Sequence[Word]) -> list[int]:
    """Return what the model gets of a piece: its words with spaces between them."""
    tokens: list[int] = []
    for word in piece:
        tokens += [SPACE, *word.tokens] if tokens else word.tokens
    return tokens


def pieces_of(words: Sequence[Word], most_tokens: int = MOST_TOKENS) -> list[Piece]:
    """Return a line in pieces of at most so many tokens, parted where it is heard least.

    That is at the end of a sentence, of a clause, or between two words; a single word that is too
    long is cut off, as nobody speaks it.
    """
    pieces: list[Piece] = []
    rest = [Word(word.text, word.sounds[: most_tokens - 1], word.end) for word in words]
    while (count := _fitting(rest, most_tokens)) < len(rest):
        for ends in (SENTENCE_ENDS, CLAUSE_ENDS):
            found = [place for place in range(1, count + 1) if rest[place - 1].end in ends]
            if found:
                count = found[-1]
                break
        pieces.append(tuple(rest[:count]))
        rest = rest[count:]
    return [*pieces, tuple(rest)] if rest else pieces


def _fitting(words: Sequence[Word], most_tokens: int) -> int:
    """Return how many words from the first on fit: each, but for the first, has a space before."""
    ends = accumulate(len(word.tokens) + 1 for word in words)
    return sum(1 for _ in takewhile(lambda end: end - 1 <= most_tokens, ends))


def gap_after(piece: Piece) -> Audio:
    """Return the silence between a piece and the next."""
    end = piece[-1].end
    seconds = next((gap for ends, gap in GAPS_SECONDS if end in ends), WORD_GAP_SECONDS)
    return np.zeros(round(seconds * RATE_HZ), np.float32)


def trimmed(sound: Audio) -> Audio:
    """Return a piece without the silence that the model puts around it.

    Raises
    ------
    ValueError
        There is nothing to hear in it.
    """
    start, stop = edges(sound, EDGE_SECONDS, EDGE_SECONDS)
    return faded(sound[start:stop], EDGE_SECONDS, EDGE_SECONDS)
