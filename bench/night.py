"""Render a night by ourselves, 8 hours and 12, and by ffmpeg. See README.md.

    python -m bench.night

ffmpeg mixes the first twenty minutes as in `bench.render` and loops the bed to the end; it runs
once, because it takes ten minutes.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from bench import by_ffmpeg
from bench.material import SCRIPT
from bench.measure import Contestant, RunError, machine, rounds, table
from bench.render import ROOT, render, seconds, set_up

HOURS = (8, 12)
ROUNDS = 9


def main() -> int:
    """Set up, run, check the lengths, print the tables."""
    with tempfile.TemporaryDirectory(prefix="sessions-bench-") as name:
        folder = Path(name)
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SESSIONS_CACHE_DIR": str(folder / "cache"),
            "XDG_CONFIG_HOME": str(folder),
        }
        try:
            mix = set_up(folder, environment)
            outputs = [folder / f"{hours}h" / f"{SCRIPT}.mp3" for hours in HOURS]
            other = folder / "ffmpeg" / f"{SCRIPT}.mp3"
            for output in (*outputs, other):
                output.parent.mkdir()
            ours = [
                Contestant(
                    f"sessions render --total {hours}h",
                    render(output.parent, "--total", f"{hours}h"),
                    output,
                    folder / "cache" / "segments",
                )
                for hours, output in zip(HOURS, outputs, strict=True)
            ]
            costs = rounds(ours, ROUNDS, environment, folder)
            for hours, output in zip(HOURS, outputs, strict=True):
                check(output, hours * 3600)
            length = HOURS[0] * 3600 * mix.rate_hz
            inputs = folder / "inputs"
            command = by_ffmpeg.command(mix, inputs, other, length_samples=length)
            rival = Contestant(f"ffmpeg, {HOURS[0]} h", command, other)
            theirs = rounds([rival], 1, environment, folder)
        except RunError as error:
            print(f"no figures: {error}", file=sys.stderr)
            return 1
    print(f"{machine()}\n\n{table(costs)}\n\n{table(theirs)}")
    return 0


def check(output: Path, length_seconds: float) -> None:
    """See that a file has its length, and make room for the next.

    Raises
    ------
    RunError
        It is longer or shorter by more than a second.
    """
    found = seconds(output)
    if abs(found - length_seconds) > 1:
        raise RunError(f"{output} is {found} s long, not {length_seconds}")
    output.unlink()


if __name__ == "__main__":
    sys.exit(main())
