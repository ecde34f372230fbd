"""How hibari's voice is made soft, or a whisper: from its own harmonics and noise. Pure.

The model gives a spectrum in parts, 601 bins of 20 Hz for every 12.5 ms: the level of the
harmonics (natural logarithm of a magnitude), that of the noise, that of a part with phases of its
own, and the pitch. What is changed is a level, so the voice stays who she is. Pitch is left alone:
that of a neural voice sounds of a machine as soon as it is moved.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.script.model import Manner

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sessions.units import Audio

BIN_HZ: Final = 20.0
VOICED_HZ: Final = 40.0
"""Below that, a pitch is none, and nothing of a frame is voiced."""
NOTHING: Final = -20.0
"""The logarithm of a magnitude that nobody hears."""


@dataclass(frozen=True, slots=True)
class Timbre:
    """How a manner sounds.

    Parameters
    ----------
    tilt_db
        What each octave above `tilt_from_hz` loses against the one below: less effort.
    breath
        The magnitude of the noise that is added, as a share of the harmonics' own, above
        `breath_from_hz`. A harmonic stands in one of some ten bins and noise in all, so that 0.3
        has the power of the harmonics.
    voiced
        Whether there are harmonics at all.
    """

    tilt_db: float = 0.0
    tilt_from_hz: float = 500.0
    breath: float = 0.0
    breath_from_hz: float = 1500.0
    voiced: bool = True


MANNERS: Mapping[Manner, Timbre] = {
    Manner.NORMAL: Timbre(),
    Manner.SOFT: Timbre(tilt_db=3.0, breath=0.1),
    Manner.WHISPER: Timbre(breath=0.3, breath_from_hz=350.0, voiced=False),
}
"""Chosen with DNSMOS and a recognizer: see bench/README.md."""


@dataclass(frozen=True, slots=True, eq=False)
class Spectrum:
    """What the model gives of a stretch: float32, shape (bins, frames), `pitch_hz` (frames,)."""

    harmonics: Audio
    harmonic_phases: Audio
    noise: Audio
    free: Audio
    free_phases: Audio
    pitch_hz: Audio

    @property
    def parts(self) -> tuple[Audio, ...]:
        """All of it, in the order in which the library takes it."""
        return (
            *(self.harmonics, self.harmonic_phases, self.noise),
            *(self.free, self.free_phases, self.pitch_hz),
        )


def timbred(found: Spectrum, timbre: Timbre) -> Spectrum:
    """Return the spectrum of a stretch in a timbre."""
    if timbre == Timbre():
        return found
    hz = BIN_HZ * np.maximum(np.arange(len(found.harmonics)), 0.5)[:, None]
    octaves = np.maximum(0.0, np.log2(hz / timbre.tilt_from_hz))
    tilt = -timbre.tilt_db * octaves * math.log(10.0) / 20.0
    harmonics, free = found.harmonics + tilt, found.free + tilt
    noise = np.exp(2.0 * found.noise.astype(np.float64))
    sung = (found.pitch_hz > VOICED_HZ)[None, :] & (hz >= timbre.breath_from_hz)
    noise += np.where(sung, timbre.breath**2 * np.exp(2.0 * harmonics), 0.0)
    if not timbre.voiced:
        noise += np.where(hz >= timbre.breath_from_hz, np.exp(2.0 * free), 0.0)
        noise *= hz >= timbre.breath_from_hz
        harmonics, free = np.full_like(harmonics, NOTHING), np.full_like(free, NOTHING)
    return Spectrum(
        harmonics.astype(np.float32),
        found.harmonic_phases,
        (0.5 * np.log(np.maximum(noise, math.exp(2.0 * NOTHING)))).astype(np.float32),
        free.astype(np.float32),
        found.free_phases,
        found.pitch_hz,
    )
