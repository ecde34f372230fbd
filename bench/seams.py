"""Measure what the seams of the MP3 engine cost in coding error, over the catalogue.

Run it from the root of the project as `python -m bench.seams`; it takes about ten minutes on one
core. Each script is rendered through the engine and through one encoder (the plain path), both
are decoded and compared with the mix, frame by frame. `python -m bench.seams --lacking` counts the
seams that lack reservoir instead, in ten formats, which takes half an hour.
"""

from __future__ import annotations

import argparse
import io
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from unittest.mock import patch

import numpy as np
import soundfile

import sessions
from sessions.library.catalogue import entries
from sessions.mp3 import Mp3Format, Repeat, write_mp3, write_plain_mp3
from sessions.mp3.engine import encode_spliced
from sessions.mp3.format import frames_for
from sessions.mp3.plan import Fresh, steps_for
from sessions.mp3.splice import NoRoomError, Splicer
from sessions.output import repeats
from sessions.units import SAMPLES_PER_FRAME, SILENCE_DB

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from sessions.mp3 import Read
    from sessions.mp3.plan import Step
    from sessions.mp3.splice import Piece
    from sessions.render import Episode

VOICES = ("espeak", "tone")
RATES_KBPS = (64, 96, 128, 192, 320)
NEAR_FRAMES = 2
AFTER_FRAMES = 20
BLOCK_FRAMES = 256
DECODER_LATE_SAMPLES = 1105
"""Sample n of the input comes out of frame (n + 1105) // 1152."""


@dataclass(frozen=True, slots=True)
class Errors:
    """Power per frame: coding error of both paths, and the difference between them."""

    seams: tuple[int, ...]
    spliced: NDArray[np.float64]
    plain: NDArray[np.float64]
    difference: NDArray[np.float64]
    bytes_over_cbr: float

    def at(self, first: int, last: int) -> NDArray[np.bool_]:
        """Return which frames are from `first` to `last` frames after a seam."""
        chosen = np.zeros(len(self.plain), bool)
        for seam in self.seams:
            chosen[max(0, seam + first) : seam + last] = True
        return chosen

    def rise_db(self, chosen: NDArray[np.bool_]) -> float:
        """Return how much more coding error there is than in the plain path."""
        return decibel(self.spliced[chosen].sum() / self.plain[chosen].sum())


def decibel(ratio: float) -> float:
    """Return a ratio of powers in dB."""
    return float(10 * np.log10(ratio)) if ratio > 0 else SILENCE_DB


def seams(steps: Sequence[Step], length: int) -> tuple[int, ...]:
    """Return the frames at which another encoder's frames begin, as planned."""
    found = []
    stops = [*(step.start for step in steps[1:]), frames_for(length)]
    for step, stop in zip(steps, stops, strict=True):
        if isinstance(step, Fresh):
            found.append(step.start)
        else:
            for part in step.ring.parts(step.start, step.frame):
                if part.start >= stop:
                    break
                found.append(part.start)
    return tuple(found[1:])


def by_frame(audio: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the power of each whole frame."""
    count = len(audio) // SAMPLES_PER_FRAME
    power: NDArray[np.float64] = (
        np.square(audio[: count * SAMPLES_PER_FRAME]).reshape(count, -1).sum(axis=1)
    )
    return power


def _blocks(file: BinaryIO, length: int) -> Iterator[NDArray[np.float64]]:
    """Give the decoded samples from the start of frame 1 on."""
    file.seek(0)
    with soundfile.SoundFile(file) as sound:
        assert sound.frames == length  # noqa: S101 - a figure of another file would mean nothing
        sound.seek(SAMPLES_PER_FRAME - DECODER_LATE_SAMPLES)
        yield from sound.blocks(BLOCK_FRAMES * SAMPLES_PER_FRAME, always_2d=True)


def measured(read: Read, length: int, known: Sequence[Repeat], fmt: Mp3Format) -> Errors:
    """Encode by both paths, decode, and compare."""
    spliced, plain = io.BytesIO(), io.BytesIO()
    write_mp3(spliced, read, length, fmt, repeats=known)
    write_plain_mp3(plain, read, length, fmt)
    at, rows = SAMPLES_PER_FRAME - DECODER_LATE_SAMPLES, []
    for one, other in zip(_blocks(spliced, length), _blocks(plain, length), strict=True):
        source = read(at, at + len(one)).astype(np.float64)
        if fmt.channels == 1:
            source = source.mean(axis=1, keepdims=True)
        rows.append([by_frame(one - source), by_frame(other - source), by_frame(one - other)])
        at += len(one)
    # Frame 0 begins before the first sample.
    first, second, third = (np.concatenate(([0.0], *part)) for part in zip(*rows, strict=True))
    cbr = length / fmt.sample_rate_hz * fmt.bitrate_kbps * 125
    over = len(spliced.getvalue()) / cbr - 1
    return Errors(seams(steps_for(length, known), length), first, second, third, over)


def row(name: str, errors: Errors) -> str:
    """Return one line of the table."""
    near = errors.at(-NEAR_FRAMES, NEAR_FRAMES)
    after = errors.at(-NEAR_FRAMES, AFTER_FRAMES)
    ratio = decibel(errors.difference[after].sum() / errors.plain[after].sum())
    return (
        f"| {name} | {len(errors.seams)} | {errors.rise_db(near):+.2f} | "
        f"{errors.rise_db(after):+.2f} | {ratio:+.1f} | {100 * errors.bytes_over_cbr:+.3f} |"
    )


@contextmanager
def lacks() -> Iterator[list[int]]:
    """Give a list that takes the seams at which the reservoir lacks something, as they are met."""
    found: list[int] = []
    add = Splicer.add

    def watched(splicer: Splicer, piece: Piece) -> bytes:
        try:
            return add(splicer, piece)
        except NoRoomError as lack:
            found.append(lack.seam)
            raise

    with patch.object(Splicer, "add", watched):
        yield found


def episodes(names: Sequence[str], *, mono: bool = False) -> Iterator[tuple[str, Episode]]:
    """Give each session in each voice, with its name."""
    for name in names:
        for voice in VOICES:
            script = sessions.load(name)
            settings = sessions.resolve({"voice": voice, "mono": mono}, script.meta)
            with sessions.prepared(script, settings) as one:
                yield f"{name}, {voice}", one


def lacking(names: Sequence[str]) -> None:
    """Print how many seams lack reservoir, by format."""
    print("| format | seams | lack reservoir |\n| --- | ---: | ---: |")
    counts: Counter[Mp3Format] = Counter()
    lacked: Counter[Mp3Format] = Counter()
    for channels in (1, 2):
        for _, one in episodes(names, mono=channels == 1):
            known, length = repeats(one.mix), one.timeline.length
            for fmt in (Mp3Format(rate, channels) for rate in RATES_KBPS):
                with lacks() as found:
                    for _ in encode_spliced(one.read, length, fmt, repeats=known):
                        pass
                counts[fmt] += len(seams(steps_for(length, known), length))
                lacked[fmt] += len(found)
    for fmt, count in counts.items():
        shape = "mono" if fmt.channels == 1 else "stereo"
        print(f"| {fmt.bitrate_kbps} kbit/s, {shape} | {count} | {lacked[fmt]} |")


def main() -> None:
    """Print a row for each script of the catalogue, or for those that are named, and each voice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="scripts of the catalogue (default: all)")
    parser.add_argument("--lacking", action="store_true", help="count seams that lack reservoir")
    asked = parser.parse_args()
    names = asked.names or [entry.name for entry in entries()]
    if asked.lacking:
        lacking(names)
        return
    print("| script, voice | seams | 2 frames, dB | 20 frames, dB | difference, dB | size, % |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, one in episodes(names):
        errors = measured(one.read, one.timeline.length, repeats(one.mix), Mp3Format())
        print(row(name, errors), flush=True)


if __name__ == "__main__":
    main()
