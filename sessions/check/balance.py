"""Find beds that lie too near to the voice or too far from it, or that cover what is said. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sessions.errors import Source
from sessions.mix.levels import MOST_MOVE_DB, OUT_OF_THE_GATE_LU, Duck, levels_at
from sessions.script.model import (
    MANNER_DB,
    BedChange,
    Breath,
    Chapter,
    LevelChange,
    Manner,
    Speech,
)
from sessions.script.pacing import paced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sessions.check.reading import Finding, Reading
    from sessions.mix.levels import Levels
    from sessions.script.model import Layer, Plain, Style

TOLERANCE_LU: Final = 1.0
FARTHEST_LU: Final = 20.0
"""Farther away a bed is hardly there, and a word rises out of nothing."""
LEAST_UNDER_WORDS_LU: Final = 6.0
"""How far a bed that has made room lies under a line, at the least, for the line to be followed."""
ROUNDING_LU: Final = 0.05
OUT_LU: Final = -OUT_OF_THE_GATE_LU
SPOKEN: Final[Mapping[Manner, str]] = {
    Manner.NORMAL: "these words",
    Manner.SOFT: "these soft words",
    Manner.WHISPER: "these whispered words",
}


@dataclass(slots=True)
class Stand:
    """How far a bed lies under the voice in a pause, where that was asked for, and what is said.

    `lines` are what is spoken over it: where, how, and how far it then lies under that.
    """

    source: Source
    under_lu: float
    lines: list[tuple[Source, Manner, float]] = field(default_factory=list)

    @property
    def covered(self) -> list[tuple[Source, Manner, float]]:
        """The lines that are lost in it, each once."""
        return list(
            dict.fromkeys(
                line for line in self.lines if line[2] < LEAST_UNDER_WORDS_LU - ROUNDING_LU
            )
        )


def unbalanced(reading: Reading) -> Iterator[Finding]:
    """Find where a bed is out of balance with the voice, but where its words tell it."""
    least_lu = -levels_of(reading).bed_lu
    before_db = 0.0
    for part in reading.draft.parts:
        if isinstance(part, Chapter):
            before_db = 0.0
        if isinstance(part, LevelChange):
            move_db, before_db = abs(part.bed_db - before_db), part.bed_db
            if move_db > MOST_MOVE_DB:
                words = f"the bed moves by {move_db:g} dB, more than {MOST_MOVE_DB:g} dB"
                yield part.source, words
    told: set[Source] = set()
    for stand in stands(reading):
        source, under_lu = stand.source, stand.under_lu
        if source in told or source.path != reading.draft.path or not math.isfinite(under_lu):
            continue
        if under_lu < least_lu - TOLERANCE_LU and not stand.covered:
            told.add(source)
            where = f"{abs(under_lu):.0f} LU {'over' if under_lu <= -0.5 else 'under'} the voice"
            bound = "words are clear" if least_lu < OUT_LU else "the whole is as loud as the voice"
            yield source, f"the bed lies {where}, and {bound} from {least_lu:.0f} LU under it on"
        if under_lu > FARTHEST_LU + TOLERANCE_LU:
            told.add(source)
            lost = "it is hardly there, and words come out of nothing"
            yield source, f"the bed lies {under_lu:.0f} LU under the voice: {lost}"


def covered_words(reading: Reading) -> Iterator[Finding]:
    """Find the words that are lost in their bed: of each bed, those that are it most."""
    told: set[Source] = set()
    for stand in stands(reading):
        if stand.covered and stand.source not in told:
            told.add(stand.source)
            source, manner, under_lu = min(stand.covered, key=lambda line: line[2])
            where = f"{abs(under_lu):.0f} LU {'over' if under_lu <= -0.5 else 'under'}"
            others = len({line[0] for line in stand.covered} - {source})
            more = f", and too near to {others} other line{'s' * (others != 1)}" if others else ""
            written = stand.source != Source(reading.draft.path, 1, 1)
            bed = f"the bed of line {stand.source.line}" if written else "the bed"
            least = f"{LEAST_UNDER_WORDS_LU:g} LU under them is the least"
            yield source, f"{bed} lies {where} {SPOKEN[manner]}{more}: {least}"


def levels_of(reading: Reading) -> Levels:
    """Return the levels that are asked for, but for the bed."""
    return levels_at(reading.settings.loudness)


def stands(reading: Reading) -> list[Stand]:
    """Return how the bed stands to the voice all along a script, with what is said over it."""
    settings, levels = reading.settings, levels_of(reading)
    asked_lu = settings.bed_lu
    bed_lu = levels.bed_lu if asked_lu is None else asked_lu
    duck = Duck(settings.duck or levels.duck)
    room_db = levels.duck_db if duck is Duck.FULL else 0.0  # a gentle one takes little away
    place = reading.draft.place_of("background" if asked_lu is None else "bed_lu")
    bed_db, voice_over_db, moved = sum_db(settings.background), 0.0, False
    found = [Stand(place, -bed_lu - bed_db)]
    for part in paced(reading.script, 1.0).parts:
        if isinstance(part, BedChange):
            bed_db, place = sum_db(part.layers), part.source
        elif isinstance(part, LevelChange):
            voice_over_db, moved = part.voice_db - part.bed_db, True
        elif isinstance(part, Chapter) and moved:
            voice_over_db, moved = 0.0, False
        else:
            spoken = style_of(part)
            if spoken is not None:
                style, gain_db = spoken
                over_lu = found[-1].under_lu + room_db + MANNER_DB[style.manner] + gain_db
                found[-1].lines.append((part.source, style.manner, round(over_lu, 2)))
            continue
        source = part.source if isinstance(part, LevelChange) else place
        found.append(Stand(source, -bed_lu - bed_db + voice_over_db))
    return found


def style_of(part: Plain) -> tuple[Style, float] | None:
    """Return how a part is spoken, and its level in dB; None where it is not."""
    if isinstance(part, Speech):
        return part.style, part.gain_db
    if isinstance(part, Breath) and part.counting:
        return part.counting, 0.0
    return None


def sum_db(layers: tuple[Layer, ...] | None) -> float:
    """Return how far layers are above one bed at its usual level; None are that one, () no bed."""
    if layers is None:
        return 0.0
    powers = [10.0 ** (layer.gain_db / 10.0) for layer in layers]
    return 10.0 * math.log10(sum(powers)) if powers else -math.inf
