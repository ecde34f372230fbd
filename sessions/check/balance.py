"""Find beds that lie too near to the voice or too far from it, or that move too much. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from sessions.mix.levels import MOST_MOVE_DB, levels_at
from sessions.script.model import BedChange, LevelChange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.check.reading import Finding, Reading
    from sessions.script.model import Layer

TOLERANCE_LU: Final = 1.0
FARTHEST_LU: Final = 20.0
"""Farther away a bed is hardly there, and a word rises out of nothing."""


def unbalanced(reading: Reading) -> Iterator[Finding]:
    """Find where a bed is out of balance with the voice."""
    meta = reading.draft.meta
    levels = levels_at(meta.choice("loudness") or "bedtime")
    asked_lu = meta.choice("bed_lu")
    under_lu = -(levels.bed_lu if asked_lu is None else asked_lu)
    layers = meta.choice("background")

    def told(over_db: float) -> Iterator[str]:
        found_lu = under_lu - over_db
        if found_lu < -levels.bed_lu - TOLERANCE_LU:
            yield (
                f"the bed lies {found_lu:.0f} LU under the voice, and words are clear from "
                f"{-levels.bed_lu:.0f} LU on"
            )
        if found_lu > FARTHEST_LU + TOLERANCE_LU:
            yield (
                f"the bed lies {found_lu:.0f} LU under the voice: it is hardly there, and words "
                "come out of nothing"
            )

    above_db = sum_db(layers)
    for words in told(above_db):
        yield reading.draft.place_of("background" if asked_lu is None else "bed_lu"), words
    for part in reading.draft.parts:
        if isinstance(part, BedChange):
            above_db = sum_db(part.layers)
            found = told(above_db)
        elif isinstance(part, LevelChange):
            if abs(part.bed_db) > MOST_MOVE_DB:
                words = f"the bed moves by {abs(part.bed_db):g} dB, more than {MOST_MOVE_DB:g} dB"
                yield part.source, words
            found = told(above_db + part.bed_db - part.voice_db)
        else:
            continue
        yield from ((part.source, words) for words in found)


def sum_db(layers: tuple[Layer, ...] | None) -> float:
    """Return how far layers are above one bed at its usual level; no bed is as one that is."""
    powers = [10.0 ** (layer.gain_db / 10.0) for layer in layers or ()]
    return 10.0 * math.log10(sum(powers)) if powers else 0.0
