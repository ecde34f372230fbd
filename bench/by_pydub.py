"""The session by pydub alone, as its users write it: load, loop, overlay, fade, export."""

from __future__ import annotations

import sys
from pathlib import Path

from pydub import AudioSegment

from bench.material import load


def main(folder: Path, output: Path) -> None:
    """Mix the material in `folder` and write it as MP3."""
    mix = load(folder)
    length = mix.milliseconds(mix.length_samples)
    bed = AudioSegment.from_wav(folder / mix.bed).apply_gain(mix.bed_gain_db)
    session = (bed * (length // len(bed) + 1))[:length]
    session = session.fade_in(mix.milliseconds(mix.fade_in_samples))
    for placed in mix.clips:
        session = session.overlay(
            AudioSegment.from_wav(folder / placed.file).apply_gain(mix.voice_gain_db),
            position=mix.milliseconds(placed.start_samples),
            gain_during_overlay=-mix.duck_db,
        )
    session = session.fade_out(mix.milliseconds(mix.fade_out_samples))
    session.export(output, format="mp3", bitrate=f"{mix.bitrate_kbps}k")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
