"""Samples as 16-bit integers and back: two full scales, each with its reason.

A *clip* is kept at full scale 32767: 1 and -1 are both whole numbers, so what was rounded once
comes back as it was, with either sign. A *codec* reads at full scale 32768, as decoders have it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sessions.units import Audio

CLIP_FULL_SCALE = 32_767.0
CODEC_FULL_SCALE = 32_768


def clip_pcm(samples: Audio) -> NDArray[np.int16]:
    """Return samples in [-1, 1] as a clip is kept: rounded half to even, clipped at full scale."""
    return np.asarray(np.rint(np.clip(samples, -1.0, 1.0) * CLIP_FULL_SCALE), np.int16)


def of_clip_pcm(pcm: NDArray[np.int16]) -> Audio:
    """Return the samples of what `clip_pcm` gave."""
    return pcm.astype(np.float32) / np.float32(CLIP_FULL_SCALE)


def codec_pcm(samples: Audio, scale: float = 1.0) -> NDArray[np.int16]:
    """Return samples as a codec is to get them: rounded half to even, clipped at full scale.

    Parameters
    ----------
    scale
        What the codec itself multiplies by, which is undone; what is then over full scale is
        clipped.
    """
    whole = np.rint(samples * np.float32(CODEC_FULL_SCALE / scale))
    return np.asarray(np.clip(whole, -CODEC_FULL_SCALE, CODEC_FULL_SCALE - 1), "<i2")
