"""How loud everything is: decisions, with no arithmetic.

The voice is the measure of all the rest. One static gain brings it to its target, whatever else
there is in a session, and how much; the bed and all other sounds stand at places below it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

BED_CHANGE_SECONDS = 8.0
"""How long one bed goes over into another: long enough that nobody notices when."""
LEVEL_CHANGE_SECONDS = 4.0
"""How long a bed takes, at the least, to become as loud as a chapter asks for."""
LEVEL_UP_DB = 1.5
"""How far it comes up in a second then; a duck that ends meanwhile comes up by four."""
MOST_MOVE_DB = 6.0
"""How far a bed may move between pause and words, and be heard as the same room; also how far it
may come up in a second. Engineers of spoken programmes duck by 3 to 6 dB."""


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
        Loudness of the voice: of plain lines as they are at the beginning (BS.1770-5, the lines
        laid end to end).
    louder_lu
        How far the voice may stand over its target, breaths and bells with it, for the whole
        session to come within 1 LU of it; the bed stays.
    bed_lu
        The bed in pauses, relative to the voice.
    duck, duck_db
        How, and how far, the bed goes down under speech: all of it (`full`), or only the band in
        which speech is understood (`gentle`).
    descend_db
        How far voice and bed go down, evenly, from the first word to the last.
    settle
        Share of the treble that the bed gives up, evenly, until the last word: 0 to 1.
    rise_lu
        How far momentary loudness may rise over the loudest of the three seconds before. A line may
        rise by as much as it stands over its bed, where that is more.
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
    louder_lu: float = 0.0
    bed_lu: float = -12.0
    duck: Duck = Duck.FULL
    duck_db: float = 4.0
    descend_db: float = 0.0
    settle: float = 0.0
    rise_lu: float = 12.0
    ceiling_dbtp: float = -2.0
    width: float = 1.0
    sway: float = 0.0
    mono: bool = False


WHOLE_TOLERANCE_LU = 1.0
"""What a publisher allows the loudness of a whole file to be off by (Apple; nobody else says)."""
OUT_OF_THE_GATE_LU = -16.0
"""A bed so far under the voice falls out of the relative gate of BS.1770 (-10 LU), with room for
lines that are softer: the loudness of the whole is then that of the voice."""
PRESETS: Mapping[str, Levels] = {
    # A sleeper hears the bed as the room he is in. Closer, and words have to be loud over it.
    "bedtime": Levels(),
    "podcast": Levels(target_lufs=-16.0, louder_lu=2.0, bed_lu=OUT_OF_THE_GATE_LU),
}


def levels_at(loudness: str) -> Levels:
    """Return the levels of a preset, or of a voice at a number of LUFS."""
    preset = PRESETS.get(loudness)
    return preset or Levels(target_lufs=float(loudness), bed_lu=OUT_OF_THE_GATE_LU)
