"""Run programs as whole processes, side by side, and tell what each cost.

Every benchmark here uses this: it names `Contestant`s, runs them in `rounds`, and prints a `table`.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MEGABYTE = 1e6
RSS_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes per unit of `ru_maxrss`: getrusage(2) counts KiB on Linux, bytes on macOS."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A command that makes `output`; `name` stands in the table.

    `without` is a folder that is removed first, such as what an earlier run has kept.
    """

    name: str
    command: tuple[str, ...]
    output: Path
    without: Path | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took, the processes that it started included.

    `peak_mb` is the largest resident set of any one of these processes, in 10**6 bytes.
    """

    wall_seconds: float
    cpu_seconds: float
    peak_mb: float


class RunError(Exception):
    """A contestant failed, or did not make what was asked."""


def run(contestant: Contestant, environment: Mapping[str, str], folder: Path) -> Cost:
    """Run a contestant to its end, in `folder`, its messages in a log there.

    The caller must be a small process: Linux hands a parent's peak memory on to its children.
    """
    if contestant.without is not None:
        shutil.rmtree(contestant.without, ignore_errors=True)
    log = folder / f"{contestant.output.parent.name}.log"
    with log.open("wb") as messages:
        begun = time.perf_counter()
        process = subprocess.Popen(
            contestant.command,
            stdin=subprocess.DEVNULL,
            stdout=messages,
            stderr=messages,
            cwd=folder,
            env=dict(environment),
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RunError(f"{contestant.name}: exit {process.returncode}\n{log.read_text()[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * RSS_UNIT / MEGABYTE)


def rounds(
    contestants: Sequence[Contestant],
    repeats: int,
    environment: Mapping[str, str],
    folder: Path,
) -> dict[str, list[Cost]]:
    """Run all contestants in turn, `repeats` times over, so that a busy minute hits them alike."""
    costs: dict[str, list[Cost]] = {contestant.name: [] for contestant in contestants}
    for turn in range(1, repeats + 1):
        for contestant in contestants:
            contestant.output.unlink(missing_ok=True)
            cost = run(contestant, environment, folder)
            costs[contestant.name].append(cost)
            told = f"round {turn}/{repeats}: {contestant.name}, {cost.wall_seconds:.1f} s"
            print(told, file=sys.stderr, flush=True)
    return costs


def table(costs: Mapping[str, Sequence[Cost]]) -> str:
    """Return a Markdown table of medians.

    A ratio is the median of the rounds' own ratios to the first contestant: what slows a whole
    round down leaves it alone. It may differ a little from the ratio of the medians beside it.
    """
    first = next(iter(costs.values()))
    rows = [
        "| | wall, s | lowest-highest | x first | CPU, s | x first | memory, MB | x first |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, runs in costs.items():
        walls = [cost.wall_seconds for cost in runs]
        pairs = list(zip(runs, first, strict=True))
        cells = (
            name,
            f"{median(walls):.1f}",
            f"{min(walls):.1f}-{max(walls):.1f}",
            f"{median(own.wall_seconds / base.wall_seconds for own, base in pairs):.2f}",
            f"{median(own.cpu_seconds for own in runs):.1f}",
            f"{median(own.cpu_seconds / base.cpu_seconds for own, base in pairs):.2f}",
            f"{median(own.peak_mb for own in runs):.0f}",
            f"{median(own.peak_mb / base.peak_mb for own, base in pairs):.2f}",
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def machine() -> str:
    """Return what the figures were taken on, and how busy it was, as one line."""
    ffmpeg = tool("ffmpeg", "-version").stdout.split()[2]
    _, _, busy = os.getloadavg()
    return (
        f"{processor()}, {os.cpu_count()} cores; {platform.system()}; "
        f"Python {platform.python_version()}; ffmpeg {ffmpeg}; "
        f"mean load over the last quarter of an hour {busy:.1f}"
    )


def processor() -> str:
    """Return the processor's name."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    names = [line for line in text.splitlines() if line.startswith("model name")]
    return names[0].partition(":")[2].strip() if names else platform.machine()


def tool(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a program that answers, and return what it said."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RunError(f"{command[0]}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return done
