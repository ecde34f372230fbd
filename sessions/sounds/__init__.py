"""Sounds: beds that go on for ever, and one-shots that are struck once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sessions.sounds import bells, breath, nature, noise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sessions.units import Audio

BEDS: Mapping[str, Callable[[], Audio]] = {
    "white": noise.white,
    "pink": noise.pink,
    "brown": noise.brown,
    "sea": nature.sea,
}
"""Each makes one period of a bed: see `sessions.sounds.base`."""

ONE_SHOTS: Mapping[str, Callable[[], Audio]] = {"bell": bells.bell}
"""Each makes the whole sound, stereo."""

BREATHS: Mapping[str, Callable[[int], Audio]] = {
    "breath-in": breath.breath_in,
    "breath-out": breath.breath_out,
}
"""Each makes a breath of a number of samples, stereo."""
