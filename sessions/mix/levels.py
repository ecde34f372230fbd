"""How loud everything is: decisions, with no arithmetic.

Speech is the measure of all the rest. The whole session is then brought to its target by one
static gain, so `bed_lu` and the others are differences, in LU or dB.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

BED_CHANGE_SECONDS = 8.0
"""How long one bed goes over into another: long enough that nobody notices when."""
LEVEL_CHANGE_SECONDS = 4.0
"""How long a bed takes to become as loud as a chapter asks for."""


class Duck(StrEnum):
    """How the bed makes room for speech."""

    FULL = "full"
    GENTLE = "gentle"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Levels:
    """What a mix is to sound like.

    Parameters
    ----------
    target_lufs
        Integrated loudness of the whole (BS.1770-5).
    bed_lu
        The bed in silence, relative to speech.
    duck, duck_db
        How, and how far, the bed goes down under speech: all of it (`full`), or only the band in
        which speech is understood (`gentle`).
    lift_db
        How far the bed comes up in long silences.
    speech_over_lu
        How far speech may stand over the target. A session of few words has a low integrated
        loudness; to reach the target its words would have to shout. Beyond this the bed comes up
        instead, and goes down as much further under speech.
    speech_over_bed_lu
        How far a spoken line may stand over the bed under it. Beyond this the bed goes down less
        under that line, and where that is not enough it comes up everywhere.
    descend_db
        How far voice and bed go down, evenly, from the first word to the last.
    settle
        Share of the treble that the bed gives up, evenly, until the last word: 0 to 1.
    rise_lu
        How far momentary loudness may rise over the loudest of the three seconds before.
    ceiling_dbtp
        True peak of the mix; coding adds a little to it.
    width
        Of the bed: 0 in the middle, 1 as it is, up to 2.
    sway
        How far the voice moves slowly from side to side: 0 to 1.
    mono
        Whether both channels are to be the same; nothing is then lost when they become one.
    """

    target_lufs: float = -20.0
    bed_lu: float = -9.0
    duck: Duck = Duck.FULL
    duck_db: float = 4.0
    lift_db: float = 1.0
    speech_over_lu: float = 6.0
    speech_over_bed_lu: float = 14.0
    descend_db: float = 0.0
    settle: float = 0.0
    rise_lu: float = 12.0
    ceiling_dbtp: float = -2.0
    width: float = 1.0
    sway: float = 0.0
    mono: bool = False


PRESETS: Mapping[str, Levels] = {
    # A sleeper hears the bed as the room he is in: no line must stand out of it by more than 14 LU,
    # nor the bed go dead between the lines.
    "bedtime": Levels(),
    # By day, on a train, words have to carry: more room for them. Yet they must not be louder than
    # those of other podcasts by more than the ear forgives.
    "podcast": Levels(
        target_lufs=-16.0, duck_db=5.0, speech_over_lu=1.5, speech_over_bed_lu=math.inf
    ),
}
