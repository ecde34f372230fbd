"""How well one long recording is cut into lines: 70 lines in 20 minutes, as somebody reads at home.

    python -m bench.cut [--language en] [--voice hibari] [--minutes 20] [--seed 7] [--kept DIR]

A natural voice reads the body scan with 10 slips, 5 lines said twice, 3 left out, coughs and a
phone that rings (`tests/voices/one_take.py`); `sessions voices cut` cuts it, in a process of its
own. Told are the lines that are wrong or missing, how far the edges of the words are from the
truth, whether each file holds the samples of the recording, and what it took. `--kept` keeps what
was spoken, for Dutch takes as long to speak as to say.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile

import sessions
from sessions.plan import lines
from sessions.script.model import Language
from sessions.settings import voices_folder
from sessions.voices.cast import voice_of
from sessions.voices.recorded.lines import read_list
from tests.voices.one_take import RATE_HZ, Studio, one_take

if TYPE_CHECKING:
    from tests.voices.one_take import OneTake

    Samples = np.ndarray[tuple[int, ...], np.dtype[np.int16]]

VOICES = {"en": "hibari", "nl": "kokoro"}
SCRIPTS = {"en": "body-scan", "nl": "bodyscan"}
MORE = {"en": (), "nl": ("Slaap zacht, en tot een andere keer.", "Welterusten.")}
EDGE_SECONDS = 0.08
PROBE = """
import sys
from pathlib import Path
from sessions.cli import run
code = run(sys.argv[1:])
rows = Path("/proc/self/status").read_text().splitlines()
print([row for row in rows if row.startswith("VmHWM")][0].split()[1])
sys.exit(code)
"""
"""What a process counts as its own at the end would have that of the one that started it."""
LINES = 70


def script_of(language: Language) -> tuple[str, list[str]]:
    """Return a script of 70 lines, and these."""
    spoken = lines(sessions.load(SCRIPTS[language]))
    texts = [*dict.fromkeys(line.text for line in spoken), *MORE[language]][:LINES]
    rows = "\n\n".join(texts)
    return f"---\ntitle: One take\nlanguage: {language}\n---\n\n{rows}\n", texts


def judged(folder: Path, take: OneTake, texts: list[str]) -> tuple[list[str], list[float]]:
    """Return what is wrong, and how far each edge of the words is from the truth, in seconds."""
    numbers = read_list(folder)
    rows = [row.split("\t") for row in (folder / "cut take.txt").read_text("utf-8").splitlines()]
    said = {int(text[:3]): (float(a), float(b)) for a, b, text in rows if text[:3].isdigit()}
    whole, _ = soundfile.read(folder.parent / "take.wav", dtype="int16")
    wrong, edges = [], []
    last = take.last()
    for text in texts:
        number, path = numbers[text], folder / f"{numbers[text]:03}.flac"
        if text in take.left_out or not path.exists():
            if path.exists() == (text in take.left_out):
                wrong.append(f"{number:03} {'was not said' if path.exists() else 'is missing'}")
            continue
        truth, (start, stop) = last[text], said[number]
        edges += [start - truth.start_seconds, stop - truth.stop_seconds]
        if max(map(abs, edges[-2:])) > EDGE_SECONDS:
            wrong.append(f"{number:03} is at {start:.2f}, not {truth.start_seconds:.2f}")
        samples, rate_hz = soundfile.read(path, dtype="int16")
        first = found_at(samples, whole, round((start - 0.5) * RATE_HZ))
        holds = first is not None and first <= truth.start_seconds * RATE_HZ + 1
        if rate_hz != RATE_HZ or first is None or not holds:
            wrong.append(f"{number:03} has not the samples of the recording")
        elif first + len(samples) < truth.stop_seconds * RATE_HZ - 1:
            wrong.append(f"{number:03} ends too early")
    return wrong, edges


def found_at(part: Samples, whole: Samples, around: int) -> int | None:
    """Return where samples stand in a recording, within a second; None where they do not."""
    begin = max(0, around)
    near = whole[begin : begin + RATE_HZ + len(part)]
    for place in np.flatnonzero(near[: RATE_HZ + 1] == part[0]):
        if np.array_equal(near[place : place + len(part)], part):
            return begin + int(place)
    return None


def main() -> None:
    """Print the figures of one recording."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", type=Language, default=Language.ENGLISH)
    parser.add_argument("--voice")
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=7, help="other lines slip, and are left out")
    parser.add_argument("--kept", type=Path)
    asked = parser.parse_args()
    voice = asked.voice or VOICES[asked.language]
    text, texts = script_of(asked.language)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with voice_of(voice, asked.language, voices_folder()).open() as speaker:
            studio = Studio(speaker, asked.language, asked.kept)
            take = one_take(studio, texts, seconds=60 * asked.minutes, seed=asked.seed)
        soundfile.write(folder / "take.wav", take.samples, RATE_HZ)
        (folder / "script.md").write_text(text, encoding="utf-8")
        command = [sys.executable, "-c", PROBE, "voices", "cut", "take.wav"]
        command += ["--script", "script.md", "--voice", "recorded:mine"]
        paths = os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")])
        begun = time.perf_counter()
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False,
            env=os.environ | {"PYTHONPATH": paths, "SESSIONS_CACHE_DIR": str(folder / "cache")},
        )  # fmt: skip
        taken = time.perf_counter() - begun
        if done.returncode:
            sys.exit(done.stderr)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        wrong, edges = judged(folder / "mine", take, texts)
    *told, memory = done.stdout.splitlines()
    print(*told, sep="\n")
    seconds = len(take.samples) / RATE_HZ
    print(f"{voice}, {seconds:.0f} s, load {os.getloadavg()[0]:.1f}: {len(wrong)} wrong {wrong}")
    print(
        f"edges: {1e3 * np.median(np.abs(edges)):.0f} ms, at most {1e3 * max(map(abs, edges)):.0f}"
    )
    cpu = used.ru_utime + used.ru_stime
    print(f"{taken:.0f} s ({taken / seconds:.2f} of it), CPU {cpu:.0f} s, {int(memory) >> 10} MB")


if __name__ == "__main__":
    main()
