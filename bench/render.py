"""Render the 20-minute body scan, clips cached, by ourselves and by our peers. See README.md.

Run it with `make bench`, or from the project's folder: `python -m bench.render --repeats 5`.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench import by_ffmpeg
from bench.material import SCRIPT, SETTINGS, load
from bench.measure import Contestant, RunError, machine, rounds, run, table, tool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.material import Material

ROOT = Path(__file__).resolve().parent.parent
LENGTH_TOLERANCE_SECONDS = 0.1
"""ffprobe counts whole MP3 frames, delay and padding among them: up to three frames, 0.08 s."""
LOUDNESS_TOLERANCE_LU = 1.0


def main() -> int:
    """Set up, run the rounds, check what they made, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3, help="rounds (default 3)")
    repeats = parser.parse_args().repeats
    with tempfile.TemporaryDirectory(prefix="sessions-bench-") as name:
        folder = Path(name)
        # Nothing of the person's own settings or clips may enter.
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SESSIONS_CACHE_DIR": str(folder / "cache"),
            "XDG_CONFIG_HOME": str(folder),
        }
        try:
            mix = set_up(folder, environment)
            rivals = contestants(mix, folder)
            costs = rounds(rivals, repeats, environment, folder)
            heard = checked(rivals, mix)
        except RunError as error:
            print(f"no figures: {error}", file=sys.stderr)
            return 1
    print(f"{machine()}\n\n{table(costs)}\n\n{heard}")
    return 0


def set_up(folder: Path, environment: dict[str, str]) -> Material:
    """Fill the clip cache and write the peers' material; none of it is measured."""
    inputs = folder / "inputs"
    inputs.mkdir()
    maker = (sys.executable, "-m", "bench.material", str(inputs))
    run(Contestant("setting up", maker, inputs / "mix.json"), environment, folder)
    wav = Contestant("a WAV", render(inputs, "--format", "wav"), inputs / f"{SCRIPT}.wav")
    run(wav, environment, folder)
    return load(inputs)


def contestants(mix: Material, folder: Path) -> tuple[Contestant, ...]:
    """Return the contestants, ourselves first; each writes into a folder of its own."""
    inputs = folder / "inputs"
    ours, again, pydub, ffmpeg, even, lame = outputs = tuple(
        folder / name / f"{SCRIPT}.mp3"
        for name in ("ours", "again", "pydub", "ffmpeg", "ffmpeg-even", "lame")
    )
    for output in outputs:
        output.parent.mkdir()
    segments = folder / "cache" / "segments"
    by_pydub = (sys.executable, "-m", "bench.by_pydub", str(inputs), str(pydub))
    alike = by_ffmpeg.command(mix, inputs, even, effort=mix.lame_quality)
    return (
        Contestant("sessions render", render(ours.parent), ours, segments),
        Contestant("sessions render, nothing changed but --force", render(again.parent), again),
        Contestant("pydub", by_pydub, pydub),
        Contestant("ffmpeg", by_ffmpeg.command(mix, inputs, ffmpeg), ffmpeg),
        Contestant(f"ffmpeg, LAME at our effort ({mix.lame_quality})", alike, even),
        Contestant("lame, of the finished WAV", by_lame(inputs, mix, lame), lame),
    )


def render(folder: Path, *more: str) -> tuple[str, ...]:
    """Return our command, which writes into a folder."""
    return (
        *(sys.executable, "-m", "sessions", "render", SCRIPT),
        *("--voice", str(SETTINGS["voice"]), "--minutes", str(SETTINGS["minutes"])),
        *("--bitrate", str(SETTINGS["bitrate_kbps"]), "--output", str(folder)),
        *("--force", "--offline", "--quiet", *more),
    )


def by_lame(inputs: Path, mix: Material, output: Path) -> tuple[str, ...]:
    """Return the command that encodes the finished session, with lame's own choices."""
    rate = ("-b", str(mix.bitrate_kbps), "--cbr")
    return ("lame", "--quiet", *rate, str(inputs / f"{SCRIPT}.wav"), str(output))


def checked(made: Sequence[Contestant], mix: Material) -> str:
    """Return the lengths and loudnesses of what was made; all must be alike.

    Raises
    ------
    RunError
        A file has another length or loudness, so the figures would compare unlike things.
    """
    planned = mix.length_samples / mix.rate_hz
    first = loudness_lufs(made[0].output)
    lines = []
    for contestant in made:
        length, loudness = seconds(contestant.output), loudness_lufs(contestant.output)
        lines.append(f"{contestant.name}: {length:.3f} s, {loudness:.1f} LUFS")
        if abs(length - planned) > LENGTH_TOLERANCE_SECONDS:
            raise RunError(f"{lines[-1]}, where {planned:.3f} s was planned")
        if abs(loudness - first) > LOUDNESS_TOLERANCE_LU:
            raise RunError(f"{lines[-1]}, where the first has {first:.1f} LUFS")
    return "What they made: " + "; ".join(lines) + "."


def seconds(path: Path) -> float:
    """Return the length of an audio file as ffprobe tells it."""
    asked = ("-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0")
    return float(tool("ffprobe", *asked, str(path)).stdout)


def loudness_lufs(path: Path) -> float:
    """Return the integrated loudness of an audio file as ffmpeg measures it (EBU R 128)."""
    measured = ("-i", str(path), "-map", "0:a", "-af", "ebur128", "-f", "null", "-")
    said = tool("ffmpeg", "-nostdin", "-hide_banner", *measured).stderr
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[-1])


if __name__ == "__main__":
    sys.exit(main())
