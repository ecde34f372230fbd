"""Encode samples with LAME in process: float32 in, MPEG-1 Layer III frames out.

The plain path is one encoder from the first sample to the last. The engine (`writer.py`) encodes
spans instead and is judged by this one.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeAlias

import lameenc
import numpy as np

from sessions.metering.loudness import weighted
from sessions.pcm import codec_pcm
from sessions.units import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, Audio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.mp3.format import Mp3Format
    from sessions.mp3.plan import Run

Read: TypeAlias = Callable[[int, int], Audio]
"""Give samples [start, stop) as float32 of shape (stop - start, 2) in [-1, 1].

A pure function of position: any window, in any order, from several threads.
"""

QUALITY = 5
"""LAME's effort, from 2 (slow) to 7 (fast), chosen by measurement.

Speech over a pink bed at 128 kbit/s, noise over masking threshold (Schroeder spreading, mean over
Bark bands), for mix and bed alone: 3 gives -11.6 and -9.1 dB at 108x real time, 5 -11.0 and
-9.1 dB at 144x, 7 -9.8 and -5.7 dB at 216x: LAME shapes no noise there. 5 is as good as 3 where
only the bed sounds, which is where people listen for hours, and a third faster.
"""
BLOCK_SAMPLES = 64 * SAMPLES_PER_FRAME
"""Samples that are read and encoded at a time; it bounds memory and changes no byte."""
_PROBE_SAMPLES = 4 * SAMPLE_RATE_HZ
_RATIOS_HELD = 16

LAME_SCALES = {192: 0.97, 224: 0.98, 256: 1.0, 320: 1.0}
LOW_RATE_SCALE = 0.95
"""LAME's CBR presets make everything softer, to leave room for coding errors (its
`abr_switch_map`, column 'scale'); measured through lameenc. Our mix has that room already, so
it is undone: a file is as loud as its mix."""


def lame_input(audio: Audio, fmt: Mp3Format) -> bytes:
    """Return samples as LAME is to get them: interleaved 16-bit integers, its scale undone.

    Mono is the mean of both channels.
    """
    if fmt.channels == 1:
        audio = audio.mean(axis=1, dtype=np.float32, keepdims=True)
    return codec_pcm(audio, LAME_SCALES.get(fmt.bitrate_kbps, LOW_RATE_SCALE)).tobytes()


def new_encoder(fmt: Mp3Format) -> lameenc.Encoder:
    """Return a LAME encoder that is silent on stdout and ready for samples."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(fmt.bitrate_kbps)
    encoder.set_channels(fmt.channels)
    encoder.set_in_sample_rate(fmt.sample_rate_hz)
    encoder.set_out_sample_rate(fmt.sample_rate_hz)
    encoder.set_quality(QUALITY)
    return encoder


def encode_plain(
    read: Read, length_samples: int, fmt: Mp3Format, *, block_samples: int = BLOCK_SAMPLES
) -> Iterator[bytes]:
    """Give the frames of samples [0, length_samples) from one encoder, as they come.

    Parameters
    ----------
    read
        Where the samples come from.
    length_samples
        At least 1.
    fmt
        The shape of the stream.
    block_samples
        Samples read at a time.
    """
    encoder = new_encoder(fmt)
    for start in range(0, length_samples, block_samples):
        stop = min(start + block_samples, length_samples)
        yield bytes(encoder.encode(lame_input(read(start, stop), fmt)))
    yield bytes(encoder.flush())


def encode_run(read: Read, run: Run, fmt: Mp3Format) -> bytes:
    """Return what one encoder makes of the spans of a run, to the end of its flush."""
    encoder = new_encoder(fmt)
    data = []
    for begin, end in run.spans:
        for start in range(begin, end, BLOCK_SAMPLES):
            audio = read(start, min(start + BLOCK_SAMPLES, end))
            data.append(bytes(encoder.encode(lame_input(audio, fmt))))
    if run.zeros:
        data.append(bytes(encoder.encode(bytes(2 * fmt.channels * run.zeros))))
    return b"".join(data) + bytes(encoder.flush())


class Steady(Protocol):
    """A sound that goes on; those that are equal sound the same."""

    def __hash__(self) -> int:
        """Return a hash."""
        ...

    def read(self, start: int, stop: int) -> Audio:
        """Return samples [start, stop), shape (stop - start, 2)."""
        ...


@lru_cache(_RATIOS_HELD)
def power_ratio(sound: Steady, fmt: Mp3Format) -> float:
    """Return by what encoding multiplies the K-weighted power of a steady sound, as measured.

    LAME leaves out what is above its low-pass, and the coarser it has to quantize, the more noise
    it adds; so white noise loses 0.8 dB at 128 kbit/s and 2.4 dB at 64, brown noise nothing.
    """
    import soundfile  # noqa: PLC0415 -- only a mix needs it

    audio = sound.read(0, _PROBE_SAMPLES)
    data = b"".join(encode_plain(lambda start, stop: audio[start:stop], len(audio), fmt))
    coded, _ = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    if fmt.channels == 1:
        audio = audio.mean(axis=1, keepdims=True)
    powers = [np.square(weighted(one[:_PROBE_SAMPLES])).mean() for one in (audio, coded)]
    return float(powers[1] / powers[0]) if powers[0] else 1.0
