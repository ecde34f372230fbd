"""Try what must hold of all readers (`fuzz.oracle`) on a corpus that is changed at random.

    python -m fuzz.readers -runs=20000 -seed=1

The same seed tries the same inputs. Each kind of finding is shown once, as the least input that was
found to have it, and the command ends with 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Final

from fuzz.oracle import KINDS, one

HERE: Final = Path(__file__).parent
PRACTICE: Final = HERE.parent / "tests" / "script" / "practice"
PIECES: Final = (
    "\n",
    "\n\n",
    " ",
    "  \n",
    "\t",
    "\\",
    "\\\n",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "<",
    ">",
    "*",
    "**",
    "_",
    "`",
    "```",
    "~~~",
    "#",
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "3. ",
    "---",
    "===",
    "+++",
    "...",
    "…",
    ". ",
    "! ",
    "? ",
    ", ",
    ": ",
    "; ",
    "<!--",
    "-->",
    "[end]",
    "[einde]",
    "[soft]",
    "[zacht: ",
    "[pause 4s]",
    "[2s]",
    "[0:15]",
    "0:15 ",
    "(pause 5 seconds)",
    "*pauze*",
    "LONG PAUSE\n",
    "bell rings\n",
    "[bel]",
    "[repeat 2]",
    "[slot a 5s]",
    "{naam}",
    "{a?, ",
    "[^1]",
    "[^1]: ",
    "[a]: /b 'c'",
    "](",
    "](http://a.b 'c')",
    "![",
    "<b>",
    "</p>",
    "<br/>",
    "&amp;",
    "&#65;",
    "\xad",
    "\u200b",
    "\ufeff",
    "é",
    "ⓐ",
    "½",
    "Ã«",
    "\x01",
    "�",
    "<speak>",
    "WEBVTT\n\n",
    "00:01.000 --> 00:02.000\n",
    "Duration: 20 min\n",
    "Anna: ",
    "title: ",
    "values:\n  naam: Bo\n",
    "{{insert}}",
    "5... 4... 3...",
    "hold",
    "houd vast",
    "in",
    "uit",
    "<<<<<<< a\n",
    "=======\n",
    ">>>>>>> b\n",
    "[say as: a \\",
    " b]",
    "voice: ",
    "\\par ",
    "\\'e9",
    "{\\b ",
    "<w:p><w:r><w:t>",
    "</w:t></w:r></w:p>",
    "<text:p>",
    "</text:p>",
    '"text": "',
    '", ',
    "(voice)[soft]",
    "Recording notes\n",
    "TODO ",
    "~",
    "\udc80",
)
"""What is put into texts: marks of every kind of file, whole and half."""


def corpus() -> list[str]:
    """Return small texts, each with the first byte that chooses its reader."""
    chosen = {suffix: kind.decode() for kind, suffix in KINDS.items()}
    found = [path.read_bytes().decode(errors="surrogateescape") for path in _files(HERE / "corpus")]
    for folder in ("inputs", "inputs2"):
        for path in _files(PRACTICE / folder):
            text = path.read_bytes().decode(errors="surrogateescape")
            if path.suffix in chosen and len(text) < 1500:
                found.append(chosen[path.suffix] + text)
                found.extend(["m" + text] if path.suffix in {".md", ".txt"} else [])
    return found


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix != ".py" and path.is_file())


def changed(text: str, others: list[str], chance: random.Random) -> str:
    """Return a text with some changes: pieces taken out, moved, put in; words of its own."""
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        start = chance.randint(0, len(text))
        stop = min(len(text), start + chance.choice((0, 1, 2, 5, 20, 80)))
        match chance.randrange(7):
            case 0:
                text = text[:start] + text[stop:]
            case 1:
                text = text[:stop] + text[start:stop] * chance.choice((1, 2, 9)) + text[stop:]
            case 2:
                other = chance.choice(others)
                begin = chance.randint(0, len(other))
                text = (
                    text[:start] + other[begin : begin + chance.choice((5, 40, 200))] + text[stop:]
                )
            case 3:
                word = "".join(chance.choice("aeioubdfgklmnprtvz") for _ in range(7))
                text = f"{text[:start]}{chance.choice(('', ' '))}{word} {text[start:]}"
            case _:
                text = (
                    text[:start]
                    + chance.choice(PIECES)
                    + text[stop if chance.random() < 0.3 else start :]
                )
    return text[:2500]


def finding(text: str) -> str:
    """Return what kind of finding an input is, '' if it is none."""
    try:
        one(text.encode(errors="surrogateescape"))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
        frames = traceback.extract_tb(error.__traceback__)
        return f"{type(error).__name__} in {frames[-1].name}, {frames[-1].lineno}"
    return ""


def least(text: str, kind: str) -> str:
    """Return a text as small as can be made of one with a finding, by leaving out pieces of it."""
    size = len(text) // 2
    while size:
        start = 1
        while start < len(text):
            less = text[:start] + text[start + size :]
            text, start = (less, start) if finding(less) == kind else (text, start + size)
        size //= 2
    return text


def main() -> int:
    """Try as many inputs as are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-runs", type=int, default=10_000)
    parser.add_argument("-seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)  # noqa: S311 - nothing is secret
    seeds = corpus()
    counts, kinds = Counter[str](), Counter[str]()
    start = time.monotonic()
    for run in range(asked.runs):
        text = seeds[run] if run < len(seeds) else changed(chance.choice(seeds), seeds, chance)
        if run >= len(seeds) and chance.random() < 0.1:
            text = chance.choice("m" + b"".join(KINDS).decode()) + text[1:]
        kinds[KINDS.get(text[:1].encode(errors="surrogateescape"), "script")] += 1
        kind = finding(text)
        if kind and not counts[kind]:
            print(f"{kind}: {least(text, kind)!r}", flush=True)
        counts[kind] += 1
    print(f"{asked.runs} runs in {time.monotonic() - start:.0f} s: {dict(kinds.most_common())}")
    del counts[""]
    print(f"findings: {dict(counts)}")
    return 1 if counts else 0


if __name__ == "__main__":
    sys.exit(main())
