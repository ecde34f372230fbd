"""How fast a recording dies away after its sounds: short in a furnished room, long in a bare one.

No sound fades faster than its room lets it. So the fastest falls of the level within a recording
bound the time of the room from above, however slowly its words end by themselves: the free decays
of speech of Ratnam et al. (2003, JASA 114, 2877-2892), in the manner of ISO 3382-1, 5.3: it begins
5 dB under where a sound stood, and 20 dB are made 60. What falls on its way only is the room's.
Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BEGIN_DB: Final = 5.0
FALL_DB: Final = 20.0
LOUD_DB: Final = 12.0
"""A sound is one to look at from so far under the words on: the softer one drowns in the tails of
others."""
CLEAR_DB: Final = 10.0
"""What is nearer to the noise than this falls no further, whatever the room."""
REACH_SECONDS: Final = 1.2
FASTEST: Final = 3
"""The median of so many falls is told: one may be a cut, or a breath of the noise gate."""


def fading_seconds(
    levels_db: NDArray[np.float64], words_db: float, noise_db: float, hop_seconds: float
) -> float | None:
    """Return what the fastest sounds take to fall by 60 dB; None where too little falls free.

    Parameters
    ----------
    levels_db
        The level of 20 ms at each hop; shape (hops,).
    words_db, noise_db
        Of the words, and of the quiet parts.
    """
    reach = round(REACH_SECONDS / hop_seconds)
    falls: list[float] = []
    for at in np.flatnonzero(levels_db > words_db - LOUD_DB):
        top = levels_db[at]
        after = levels_db[at + 1 : at + 1 + reach]
        if top - BEGIN_DB - FALL_DB < noise_db + CLEAR_DB or not len(after):
            continue
        if after[0] >= top:  # it rises yet
            continue
        began = _first_under(levels_db, int(at), top - BEGIN_DB, reach)
        ended = _first_under(levels_db, int(at), top - BEGIN_DB - FALL_DB, reach)
        if began is not None and ended is not None:
            falls.append((ended - began) * hop_seconds * 60.0 / FALL_DB)
    if not falls:
        return None
    return float(np.median(np.sort(falls)[:FASTEST]))


def _first_under(
    levels_db: NDArray[np.float64], start: int, level_db: float, reach: int
) -> float | None:
    """Return where the level first goes under another one, between two hops; None for nowhere."""
    ahead = levels_db[start : start + reach]
    under = np.flatnonzero(ahead < level_db)
    if not len(under) or under[0] == 0:
        return None
    last = int(under[0])
    high, low = ahead[last - 1], ahead[last]
    return start + last - 1 + float((high - level_db) / (high - low))
