"""Tell voice and bed apart in a finished file, by where the plan has words and where it has none.

Powers come per step of 10 ms; where a step was not measured it is not a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sessions.metering.loudness import (
    ABSOLUTE_GATE_LUFS,
    MOMENTARY_HOPS,
    RELATIVE_GATE_LU,
    SHORT_TERM_HOPS,
    STEPS_PER_HOP,
    integrated_of_powers,
    short_term_of_powers,
    sliding_mean,
    to_lufs,
    to_power,
)
from sessions.mix.envelope import DUCK_AFTER_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from sessions.verify.planned import Planned

    Powers = NDArray[np.float64]

STEPS_PER_SECOND = 100
QUIET_SHARE = 0.10
LOUD_SHARE = 0.99
UNDER_SECONDS = (0.03, 0.13)
"""After a line, when its last sound is over and the bed has not begun to come up."""
BETWEEN_SECONDS = (DUCK_AFTER_SECONDS + 0.1, DUCK_AFTER_SECONDS + 1.1)
"""After a line, when the bed is up; near enough for waves in it to be the same on both sides."""
LEAST_ENDS = 5
"""Of fewer lines the noise of a bed is more than what it moves."""


@dataclass(frozen=True, slots=True)
class Balance:
    """How loud voice and bed are, in LUFS; None is what cannot be told.

    `voice` is the integrated loudness of the plain lines, laid end to end, with what was taken from
    them on the way down given back; without a plan it is an estimate, the mean of the 400 ms that
    lie within 10 LU of the loudest hundredth. `bed` is the mean in pauses, likewise; without a plan
    the quietest tenth, over 3 s. `bed_under` is that of the bed at the ends of lines, where nobody
    speaks any more and it has not come up yet; `swing_lu` is how far it then comes up.
    """

    voice_lufs: float | None = None
    bed_lufs: float | None = None
    bed_under_lufs: float | None = None
    swing_lu: float | None = None


def balance_of(steps: NDArray[np.float32], plan: Planned | None) -> Balance:
    """Return the balance of a file from its power per step, and what was planned for it."""
    powers = steps.astype(np.float64)
    if plan is None:
        return _estimated(powers)
    if plan.has_bed is False:
        return Balance(_voice_lufs(powers, plan, 0.0))
    under, between = _around(powers, plan)
    return Balance(
        _voice_lufs(powers, plan, under),
        _mean_lufs(
            _part(powers, start, stop) * _given_back(lowered_db)
            for start, stop, lowered_db in plan.pauses
        ),
        to_lufs(under) if under else None,
        to_lufs(between) - to_lufs(under) if under and between else None,
    )


def _estimated(powers: Powers) -> Balance:
    hops = _hops(powers[~np.isnan(powers)])
    windows = sliding_mean(hops, MOMENTARY_HOPS)
    heard = windows[windows > to_power(ABSOLUTE_GATE_LUFS)]
    voice = bed = None
    if len(heard):
        loud = np.quantile(heard, LOUD_SHARE) * 10.0 ** (RELATIVE_GATE_LU / 10.0)
        voice = to_lufs(float(heard[heard >= loud].mean()))
    if len(hops) >= SHORT_TERM_HOPS:
        bed = float(np.quantile(short_term_of_powers(hops), QUIET_SHARE))
    return Balance(voice, bed)


def _voice_lufs(powers: Powers, plan: Planned, under: float) -> float | None:
    """Return the loudness of the voice; what is given back to it is not given to its bed."""
    lines = []
    for start, stop, lowered_db in plan.voice:
        line = _part(powers, start, stop)
        bed = np.minimum(line, under)
        lines.append((line - bed) * _given_back(lowered_db) + bed)
    known = [line for line in lines if len(line) and not np.isnan(line).any()]
    return integrated_of_powers(_hops(np.concatenate(known))) if known else None


def _given_back(lowered_db: float) -> float:
    return float(10.0 ** (lowered_db / 10.0))


def _mean_lufs(parts: Iterable[Powers]) -> float | None:
    found = np.concatenate([np.zeros(0), *parts])
    found = found[~np.isnan(found)]
    return to_lufs(float(found.mean())) if len(found) else None


def _around(powers: Powers, plan: Planned) -> tuple[float, float]:
    """Return the mean power just after lines, and some time after them; 0 where few can tell."""
    pairs = [
        tuple(
            float(_part(powers, end + first, end + last).mean())
            for first, last in (UNDER_SECONDS, BETWEEN_SECONDS)
        )
        for end in plan.ends
        if len(_part(powers, end, end + BETWEEN_SECONDS[1])) > STEPS_PER_SECOND * BETWEEN_SECONDS[0]
    ]
    known = np.array([pair for pair in pairs if not np.isnan(pair).any()])
    if len(known) < LEAST_ENDS:
        return 0.0, 0.0
    under, between = known.mean(axis=0).tolist()
    return under, between


def _part(powers: Powers, start_seconds: float, stop_seconds: float) -> Powers:
    """Return the whole steps within a time; of a report that was changed it may lie anywhere."""
    first, last = (
        min(max(0.0, time * STEPS_PER_SECOND), float(len(powers)))
        for time in (start_seconds, stop_seconds)
    )
    return powers[int(np.ceil(first - 1e-6)) : int(last + 1e-6)]


def _hops(powers: Powers) -> Powers:
    whole = powers[: len(powers) // STEPS_PER_HOP * STEPS_PER_HOP]
    return np.asarray(whole.reshape(-1, STEPS_PER_HOP).mean(axis=1))
