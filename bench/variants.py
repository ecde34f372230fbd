"""Render a hundred personal versions of a 20-minute session with three slots. See README.md.

python -m bench.variants
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from bench.measure import Contestant, RunError, machine, rounds, table
from bench.render import ROOT

VERSIONS = 100
ROUNDS = 2
SLOT = "[slot 4s] {name?You are here, {name}.} [end]"
NAMES = (
    "Anna",
    "Bart",
    "Carolina",
    "Dirk",
    "Eva",
    "Frederica",
    "Gus",
    "Hannah",
    "Ian",
    "Josephine",
)


def script() -> str:
    """Return the English body scan with three slots, at the start, the middle and the end."""
    text = (ROOT / "scripts" / "en" / "body-scan.md").read_text(encoding="utf-8")
    front, body = text.removeprefix("---\n").split("---\n", 1)
    chapters = body.split("\n# ")
    for place in (1, len(chapters) // 2, len(chapters) - 1):
        title, _, rest = chapters[place].partition("\n")
        chapters[place] = f"{title}\n\n{SLOT}\n{rest}"
    body = "\n# ".join(chapters)
    return f'---\n{front}values: {{name: ""}}\n---\n{body}'


def main() -> int:
    """Set up, run, print the table and the share of one version."""
    with tempfile.TemporaryDirectory(prefix="sessions-bench-") as name:
        folder = Path(name)
        (folder / "en").mkdir()
        (folder / "en" / "mine.md").write_text(script(), encoding="utf-8")
        rows = [f"{NAMES[n % 10]} {chr(65 + n // 10)}" for n in range(VERSIONS)]
        (folder / "all.csv").write_text("\n".join(["name", *rows, ""]), encoding="utf-8")
        (folder / "one.csv").write_text("name\nZoe\n", encoding="utf-8")
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SESSIONS_CACHE_DIR": str(folder / "cache"),
            "XDG_CONFIG_HOME": str(folder),
        }
        try:
            one, many = (versions(folder, table_) for table_ in ("one", "all"))
            rounds([one, many], 1, environment, folder)  # speaks; not measured
            costs = rounds([one, many], ROUNDS, environment, folder)
        except RunError as error:
            print(f"no figures: {error}", file=sys.stderr)
            return 1
    whole, batch = (min(cost.wall_seconds for cost in runs) for runs in costs.values())
    share = batch / VERSIONS / whole
    print(f"{machine()}\n\n{table(costs)}\n\nA version takes {share:.1%} of a first render.")
    return 0


def versions(folder: Path, rows: str) -> Contestant:
    """Return the render of a table's rows, with clips that are kept and no segments."""
    output = folder / rows
    output.mkdir()
    command = (
        *(sys.executable, "-m", "sessions", "render", str(folder / "en" / "mine.md")),
        *("--rows", str(folder / f"{rows}.csv"), "--minutes", "20", "--voice", "espeak"),
        *("--offline", "--quiet", "--force", "--output", str(output)),
    )
    last = output / ("mine-zoe.mp3" if rows == "one" else "mine-anna-a.mp3")
    return Contestant(
        f"{rows}: sessions render --rows", command, last, folder / "cache" / "segments"
    )


if __name__ == "__main__":
    sys.exit(main())
