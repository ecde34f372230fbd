"""Consoles that have not all letters: no command ends in a traceback, and all can be read."""

# ruff: noqa: RUF001 -- signs that are like those of ASCII are what is tried here

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from sessions.cli import run

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """---
title: "Łódź — „rust” ½ … ▒ Ж 🙂"
values: {naam: "Çélia"}
---

# Één — twee… ’t

Dag {naam}, ga zitten. [pauze 6s]

“Rust maar…” [pauze 4s..30s] 🙂 Tot straks, Żółta łąka.
"""
WRONG = "Dag — lieve Łucja… [paus 4s] en “dag”.\n\nNog — één [bel\n"
WARNED = "Dit geneest “łąka” — 🙂 én {naam.\n"
IMPORTED = "Ga zitten — „nu”… [0:15]\n[♪ muziek — Łódź ▒]\n<b>Dag</b> 🙂\n"
ENCODINGS = ["cp1252", "ascii", "latin-1", "cp437", "cp850", "cp1250", "shift_jis"]
COMMANDS = {
    "list": ["list"],
    "list as data": ["list", "--json"],
    "show": ["show", "łódź.md"],
    "show a guess": ["show", "łódź.md", "--estimate"],
    "show a picture": ["show", "łódź.md", "--picture"],
    "show data": ["show", "łódź.md", "--json"],
    "check errors": ["check", "fout.md"],
    "check errors as data": ["check", "fout.md", "--json"],
    "check warnings": ["check", "let-op.md"],
    "check rows": ["check", "łódź.md", "--rows", "łódź.csv"],
    "explain": ["check", "--explain", "W01"],
    "render": ["render", "łódź.md", "--format", "wav"],
    "render data": ["render", "łódź.md", "--format", "wav", "--json"],
    "render what is wrong": ["render", "fout.md"],
    "render what is not there": ["render", "Ж🙂—.md"],
    "render with a wrong flag": ["render", "łódź.md", "--wat—🙂"],
    "verify": ["verify", "łódź.wav", "--profile", "bedtime"],
    "verify as data": ["verify", "łódź.wav", "--json"],
    "verify what is no audio": ["verify", "łódź.md"],
    "voices": ["voices"],
    "cache": ["cache"],
    "new": ["new", "nieuw-Ж—🙂"],
    "new from a text": ["new", "geplakt", "--from", "łódź.txt"],
    "help": ["--help"],
    "no such command": ["shów—🙂"],
}


@pytest.fixture
def folder(tone_folder: Path) -> Path:
    for name, text in {
        "łódź.md": SCRIPT, "fout.md": WRONG, "let-op.md": WARNED, "łódź.txt": IMPORTED,
        "łódź.csv": "naam\nŁucja — 🙂 …\nЖ,te veel\n",
    }.items():  # fmt: skip
        (tone_folder / name).write_text(text, encoding="utf-8")
    noise = np.random.default_rng(1).normal(0, 0.02, (44_100, 2))
    soundfile.write(tone_folder / "łódź.wav", noise, 44_100)
    return tone_folder


def said(
    monkeypatch: pytest.MonkeyPatch, encoding: str, arguments: list[str], errors: str = "strict"
) -> tuple[int, str, str]:
    """Run a command on a console, and return its exit code and what it shows."""
    raw = io.BytesIO(), io.BytesIO()
    with monkeypatch.context() as patch:
        streams = [io.TextIOWrapper(one, encoding=encoding, errors=errors) for one in raw]
        patch.setattr(sys, "stdout", streams[0])
        patch.setattr(sys, "stderr", streams[1])
        code = run(arguments)
        for stream in streams:
            stream.flush()
    out, err = (one.getvalue().decode(encoding) for one in raw)
    return code, out.replace(os.linesep, "\n"), err.replace(os.linesep, "\n")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_ends_as_on_any_console(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, encoding: str
) -> None:
    code, out, err = said(monkeypatch, "utf-8", COMMANDS[command])
    for made in (*folder.glob("nieuw*"), *folder.glob("geplakt*")):
        made.unlink()
    found, shown, told = said(monkeypatch, encoding, COMMANDS[command])
    assert found == code != 70
    assert "Traceback" not in told
    assert len(shown.splitlines()) == len(out.splitlines())
    assert len(told.splitlines()) == len(err.splitlines())
    if "--json" in COMMANDS[command]:
        assert [*map(plain, [json.loads(shown)])] == [*map(plain, [json.loads(out)])]


def plain(found: object) -> object:
    """Return data without what a second run may have otherwise."""
    return json.loads(json.dumps(found).replace("rendered", "up to date"))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("errors", ["strict", "replace", "backslashreplace", "ignore"])
def test_a_plan_is_shown_on_every_console(
    folder: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, errors: str
) -> None:
    (folder / "plan.md").write_text("Ga zitten. [pauze 6s]\n\nTot zo. [pauze 4s..9s]\n")
    code, out, _ = said(monkeypatch, encoding, ["show", "plan.md"], errors)
    assert code == 0
    fixed, elastic = (line.rsplit(" ", 1)[1] for line in out.splitlines() if "[pause" in line)
    assert len(fixed) == 3
    assert len(elastic) == 2
    assert fixed[0] != elastic[0]
    assert {*fixed, *elastic} <= {*"█▒#:"}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Łucja — „rust”…", 'Lucja - "rust"...'), ("Één één", "Een een"), ("½ ¼", "1/2 1/4"),
        ("’t is ‘zo’", "'t is 'zo'"), ("a → b ← c", "a -> b <- c"), ("• een", "* een"),
        ("Weiß Æ Ø", "Weiss Ae O"), ("3 × 4", "3 x 4"), ("20\u00a0°C", "20 degC"), ("2²", "22"),
        ("Ж", "\\u0416"), ("🙂", "\\U0001f642"), ("e\u0301", "e"), ("€ 5", "EUR 5"),
        ("✓ ✗ ◆", "v x o"), ("±3 ≥ ≤ ≈", "+/-3 >= <= ~"), ("«ja» ‹nee›", '"ja" \'nee\''),
        ("№ ™ ©", "No TM (c)"), ("10−4", "10-4"), ("ﬁjn", "fijn"),
    ],
)  # fmt: skip
def test_what_ascii_has_not_is_shown_by_what_it_has(
    folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, seen: str
) -> None:
    (folder / "plan.md").write_text(f'---\ntitle: "{text}"\n---\nDag.\n', encoding="utf-8")
    _, out, _ = said(monkeypatch, "ascii", ["show", "plan.md", "--estimate"])
    assert out.splitlines()[0] == seen


def test_what_a_console_has_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Één — “rust”… é ½ € ł"
    (folder / "plan.md").write_text(f'---\ntitle: "{text}"\n---\nDag.\n', encoding="utf-8")
    _, out, _ = said(monkeypatch, "cp1252", ["show", "plan.md", "--estimate"])
    assert out.splitlines()[0] == "Één — “rust”… é ½ € l"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
@pytest.mark.parametrize("before", ["", "Ж — ", "🙂… ", "Łódź ½ ", "日本 ", "x" * 150 + "… "])
def test_carets_stand_under_the_fault(
    folder: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, before: str
) -> None:
    from sessions.cli.problems import cells

    (folder / "fout.md").write_text(f"Dag {before}[paus 4s].\n", encoding="utf-8")
    code, _, err = said(monkeypatch, encoding, ["check", "fout.md"])
    assert code == 65
    line, carets = err[err.index("error: ") :].splitlines()[3:5]
    start = cells(line[: line.index("[paus")])
    assert carets.index("^") == start
    assert carets.count("^") == len("[paus 4s]")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_a_script_whose_name_is_no_text_is_rendered(
    folder: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    name = os.fsdecode(b"d\xffg.md")
    (folder / name).write_text("Dag.", encoding="utf-8")
    code, out, _ = said(monkeypatch, encoding, ["render", name, "--format", "wav"])
    assert code == 0
    assert out.startswith("output")
    assert out.endswith("g.wav\n")
    (folder / name).write_text("Dag. [paus 4s]", encoding="utf-8")
    code, _, err = said(monkeypatch, encoding, ["check", name])
    assert code == 65
    assert "g.md:1:6" in err


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp1252:strict", "ascii:strict", "utf-8"])
@pytest.mark.parametrize("arguments", [["show", "łódź.md"], ["check", "fout.md"]])
def test_the_program_itself_does_so(folder: Path, encoding: str, arguments: list[str]) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "sessions", *arguments],
        cwd=folder, env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == (0 if arguments[0] == "show" else 65)
    shown = (done.stdout + done.stderr).decode(encoding.partition(":")[0])
    assert "Traceback" not in shown
    assert ("█" in shown) == (encoding == "utf-8" and arguments[0] == "show")
