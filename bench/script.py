"""Show that reading a script takes time in proportion to its length, whatever it is made of.

    python -m bench.script

For each shape: seconds for 256 KiB and for 1 MiB of it, and their ratio; 4 is linear. The best of
three; problems are problems found, so a shape that is refused must be refused in linear time too.
"""

from __future__ import annotations

import time

from sessions.errors import ScriptError
from sessions.script.importing.taking import read
from sessions.script.parser import parse
from sessions.script.writer import write

SHAPES = {
    "prose": "Adem in. En adem weer uit, zoals het prettig is.\n\n",
    "one paragraph": "Adem in, adem uit en blijf liggen ",
    "values": "Dag {naam}{plek?, in {plek}}. " * 20 + "\n\n",
    "open brackets": "[",
    "open braces": "{naam? ",
    "round brackets": "(pauze 5 beurten ",
    "nested styles": "[zacht: ",
    "said otherwise": "[zeg als: a | b] ",
    "stars": "*a _b ",
    "backquotes": "`a ``b ",
    "ends": "[einde] ",
    "comments": "<!-- a ",
    "points": "a.. ",
    "spaces": " \u200b\t",
}
KIB = 1024


def seconds(text: str, *, suffix: str = ".md") -> float:
    """Return the best time of three to read a text, and to write it if it is a script."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        try:
            if suffix == ".md":
                write(parse(text, path="nl/a.md"))
            else:
                read(text.encode(), f"nl/a{suffix}")
        except ScriptError:
            pass
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print a row per shape."""
    print(f"{'shape':>22} {'256 KiB':>9} {'1 MiB':>9} {'ratio':>6}")
    for suffix in (".md", ".txt"):
        for name, piece in SHAPES.items():
            sizes = (256 * KIB, KIB * KIB)
            texts = [(piece * (size // len(piece) + 1))[: size * 7 // 8] for size in sizes]
            times = [seconds(text, suffix=suffix) for text in texts]
            row = f"{name + ' ' + suffix:>22} {times[0]:>8.3f}s {times[1]:>8.3f}s"
            print(f"{row} {times[1] / times[0]:>6.1f}")


if __name__ == "__main__":
    main()
