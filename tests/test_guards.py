"""What must stay true of the code itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import sessions

PACKAGE = Path(sessions.__file__).parent

LAYERS = (
    ("errors", "units"),
    ("truepeak",),
    ("loudness", "limiter"),
    ("meter",),
    ("files",),
    ("kept",),
    ("script",),
    ("settings",),
    ("pace",),
    ("voices", "sounds"),
    ("counting", "reach"),
    ("layout",),
    ("slots",),
    ("timeline",),
    ("mix",),
    ("mp3",),
    ("publish",),
    ("verify",),
    ("render",),
    ("output",),
    ("cli",),
)
"""A module may import from layers above its own in this list, and from its own family."""
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


def family(module: str) -> str:
    """Return the first part of a module's name below the package."""
    return ([*module.split("."), ""])[1]


def imports_of(path: Path) -> set[str]:
    """Return the families that a module imports from, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "sessions":
            found |= {alias.name for alias in node.names if alias.name in LEVEL}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sessions."):
            found.add(family(node.module or ""))
    return found


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_imports_point_one_way(path: Path) -> None:
    relative = path.relative_to(PACKAGE).with_suffix("")
    own = relative.parts[0]
    if own in {"__init__", "__main__"}:
        return
    for other in imports_of(path) - {own}:
        assert LEVEL[other] < LEVEL[own], f"{own} must not import {other}"


def test_public_names_are_sorted_and_there() -> None:
    assert sorted(sessions.__all__) == sessions.__all__
    for name in sessions.__all__:
        assert getattr(sessions, name) is not None
    with pytest.raises(AttributeError):
        _ = sessions.nothing


@pytest.mark.parametrize(
    ("statement", "heavy"),
    [
        ("import sessions", {"numpy", "scipy", "click", "rich"}),
        ("import sessions.cli.render, sessions.cli.show", {"numpy", "scipy", "rich", "yaml"}),
        ("import sessions.script.library", {"numpy", "scipy", "yaml"}),
        ("import sessions.render", {"scipy", "soundfile", "lameenc", "mutagen"}),
    ],
)
def test_starting_is_light(statement: str, heavy: set[str]) -> None:
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not heavy & set(done.stdout.split())
