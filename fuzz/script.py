"""Fuzz the script language with coverage: parse, write, read back, expand, import.

    pip install atheris
    python -m fuzz.script -max_total_time=180 fuzz/corpus

Any exception but a `ScriptError`, and any script that does not read back as it was written, is a
finding. The corpus begins with one small file per corner of the language; what the fuzzer adds to
it need not be kept.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["sessions.script"]):
    from sessions.check.reading import Reading
    from sessions.check.rules import lint
    from sessions.errors import ScriptError
    from sessions.script.expand import expand, write_out
    from sessions.script.importing import READERS
    from sessions.script.model import Script
    from sessions.script.pacing import paced
    from sessions.script.page import Misread
    from sessions.script.parser import parse, read_through
    from sessions.script.writer import write
    from tests.script.reading import without_places


def nothing(_name: str, _script: Script) -> Script:
    """Include nothing."""
    raise Misread("no script", "none")


def one(data: bytes) -> None:
    """Try one input: its first byte chooses what reads the rest."""
    text = data[1:].decode(errors="surrogateescape")
    try:
        if data[:1] in {b"t", b"x"}:
            suffix = ".txt" if data[:1] == b"t" else ".ssml"
            script = READERS[suffix](text, f"nl/a{suffix}", None).script
        else:
            draft, _ = read_through(text, path="nl/a.md")
            write_out(draft, {}, nothing)
            script = parse(text, path="nl/a.md")
    except ScriptError as error:
        for problem in error.problems:
            assert problem.source.line >= 1  # noqa: S101 - a fuzzer's finding is an assertion
        return
    again = parse(write(script), path="nl/a.md")
    assert without_places(again) == without_places(script)  # noqa: S101 - as above
    try:
        expanded = expand(script, {"naam": "Bo"}, nothing)
    except ScriptError:
        return
    paced(expanded, 0.94)
    lint(Reading(script, expanded))


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
