"""Show that reading a text takes time in proportion to its length, whatever it is made of.

    python -m bench.script [--seconds 3] [SHAPE ...]

For each shape and each way that a text goes: seconds of CPU time for 256 KiB and for 1 MiB of it,
their ratio (4 is linear), and the most memory that 1 MiB needs. `read` reads a script and lints it;
`taken` takes it over as plain text or as Markdown. A shape that is refused must be refused in
linear time too: its row ends with a star. With names of shapes, only these; the command ends with 1
if any row is over `--seconds`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from sessions.check.reading import Reading
from sessions.check.rules import lint
from sessions.errors import ScriptError
from sessions.script.expand import write_out
from sessions.script.importing import taking
from sessions.script.page import Misread
from sessions.script.parser import read_through

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from sessions.script.model import Draft

KIB: Final = 1024
FULL: Final = 1 << 20

PIECES: Final = {
    "prose": "Adem in. En adem weer uit, zoals het prettig is.\n\n",
    "long sentences": "Adem in en adem weer uit, en blijf liggen zoals het nu gaat, en laat " * 4
    + "alles zijn zoals het is, met de adem die komt en gaat en weer komt.\n\n",
    "one paragraph": "Adem in, adem uit en blijf liggen ",
    "wrapped": "Adem in en adem uit, en blijf nog even liggen zoals je ligt, want het is\n",
    "round marks": "Let go (pause 5 seconds) of your hands and (pauze 10 sec) rest. ",
    "starred marks": "Laat los *pauze* en rust. ",
    "short marks": "Laat los [2s] en rust [300ms] uit. ",
    "times in lines": "Laat los [0:15] en rust ",
    "times": "[0:15] Let go.\n",
    "marks alone": "(pause 5 seconds)\n*pauze*\n[2s]\n[0:15]\nLong pause\n\nBreathe.\n\n",
    "speakers": "Anna: Let go.\nNarrator: rest now.\n",
    "headers": "Duration: 20 min\n",
    "verse": "I let it go\nAs soft as snow\nAnd rest below\n\n",
    "countdown": "5... 4... 3... 2... 1... ",
    "counted lines": "3.\n2.\n1.\n",
    "dots in words": "a... b... ",
    "points": "a.. ",
    "ellipses": "...",
    "dots apart": "... ",
    "values": "Dag {naam}{plek?, in {plek}}. " * 20 + "\n\n",
    "open brackets": "[",
    "closed brackets": "]",
    "bracket pairs": "[]",
    "double brackets": "[[",
    "round": "(",
    "round closed": ")",
    "round pairs": "(a)",
    "angles": "<",
    "tags": "<a ",
    "bars": "<|",
    "stars": "*",
    "stars and words": "*a _b ",
    "lines under": "_",
    "backquotes": "`",
    "rising backquotes": "`a ``b ",
    "braces": "{",
    "open braces": "{naam? ",
    "backslashes": "\\",
    "hashes": "#",
    "hash lines": "# a\n",
    "items": "- ",
    "item lines": "- a\n",
    "numbers": "1. ",
    "number lines": "1. a\n",
    "pipes": "|",
    "cells": "| a ",
    "rows": "| a | b |\n",
    "underlined": "= = =",
    "rules": "---\n",
    "pluses": "+++\n",
    "blank lines": "\n",
    "spaces": " \u200b\t",
    "one word": "a",
    "one number": "1",
    "links": "[a](",
    "pictures": "![a](b) ",
    "link labels": "[a][b] ",
    "definitions": "[a]: /b\n",
    "footnotes": "[^a]: b\n",
    "half marks": "(pauze 5 beurten ",
    "nested styles": "[zacht: ",
    "said otherwise": "[zeg als: a | b] ",
    "ends": "[einde] ",
    "comments": "<!-- a ",
    "closed comments": "<!-- a -->",
    "colon lines": "a:\n",
    "capital lines": "REST NOW\n",
    "capital paragraphs": "REST NOW\n\n",
    "quotes": "> ",
    "dashes": "- - ",
    "dashed": "--",
    "merge marks": "<<<<<<<\n=======\n>>>>>>>\n",
    "placeholders": "{{a}} [insert name] ",
    "tongues": "Der Himmel ist heute blau und die Sonne scheint.\n\n",
    "mojibake": "KnieÃ«n ",
    "social letters": "ⓡⓔⓢⓣ ",
    "unknown marks": "(zzz) [zzz] <zzz> *zzz* ",
    "addresses": "https://a.example/b ",
}


def _repeated(piece: str, size: int) -> str:
    """Return a text of at most so many bytes of one piece over and over."""
    return piece * (size // len(piece.encode()))


def _rising(*, falling: bool) -> str:
    marks = ["`" * length + "\n" for length in range(3, 1430)]
    return "".join(reversed(marks) if falling else marks)


SHAPES: Final[dict[str, Callable[[int], str]]] = {
    **{name: partial(_repeated, piece) for name, piece in PIECES.items()},
    "rising fences": lambda size: _rising(falling=False)[: size - 1],
    "falling fences": lambda size: _rising(falling=True)[:size],
    "front matter": lambda size: "---\n" + "a: b\n" * (size // 5 - 2) + "---\n",
    "open front matter": lambda size: "---\n" + "a: b\n" * (size // 5 - 1),
    "open TOML": lambda size: "+++\n" + "a = b\n" * (size // 6 - 1),
    "lines and rules": lambda size: "Sit down\n---\n" * (size // 13),
    "braces in front": lambda size: "---\ntitle: " + "[" * (size - 20) + "\n---\n",
}


def nothing(_name: str, _draft: Draft) -> Draft:
    """Include nothing."""
    raise Misread("no script", "none")


def read(text: str) -> None:
    """Read a text as a script, and lint it."""
    draft, _ = read_through(text, path="nl/a.md")
    script, _ = write_out(draft, {}, nothing)
    lint(Reading(draft, script))


WAYS: Final[dict[str, Callable[[str], object]]] = {
    "read": read,
    "taken .txt": lambda text: taking.read(text.encode(), "nl/a.txt").notes,
    "taken .md": lambda text: taking.read(text.encode(), "nl/a.md").notes,
}


def _measure(sender: Connection, way: str, text: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, refused = time.process_time(), ""
    try:
        WAYS[way](text)
    except ScriptError:
        refused = "*"
    spent = time.process_time() - start
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / KIB
    sender.send((spent, memory, refused))


def measured(way: str, text: str, most_seconds: float) -> tuple[float, float, str] | None:
    """Return seconds, MB, and a star if it was refused; None where it takes too long.

    In a process of its own, because memory is that of a process.
    """
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_measure, args=(sender, way, text))
    process.start()
    found = receiver.recv() if receiver.poll(most_seconds) else None
    process.kill()
    process.join()
    return found


def main() -> int:
    """Print a row per shape and way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("shapes", nargs="*")
    asked = parser.parse_args()
    over = 0
    print(f"{'shape':>20} {'way':>11} {'256 KiB, s':>11} {'1 MiB, s':>9} {'ratio':>6} {'MB':>5}")
    for name in asked.shapes or SHAPES:
        for way in WAYS:
            small, large = (
                measured(way, SHAPES[name](size), 20 * asked.seconds) for size in (FULL // 4, FULL)
            )
            times = f"{small[0]:>11.2f}" if small else f"{'?':>11}"
            if small and large:
                times += f" {large[0]:>9.2f} {large[0] / small[0]:>6.1f} {large[1]:>5.0f}{large[2]}"
            late = large is None or large[0] > asked.seconds
            over += late
            print(f"{name:>20} {way:>11} {times}{'  OVER' * late}", flush=True)
    return over > 0


if __name__ == "__main__":
    sys.exit(main())
