"""What must stay true of the code itself."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import sessions

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path(sessions.__file__).parent
ROOFS = {"__init__", "__main__"}
"""Modules of the package itself, which hand on what others make."""


def layers() -> list[list[str]]:
    """Return the rooms of the house, the highest first, as docs/architecture.md states it."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    stated = page.partition("Imports point one way")[2].partition("\n\n")[2]
    block = re.match(r"(?: {4}.*\n)+", stated)
    assert block is not None
    return [[name.strip() for name in layer.split(",")] for layer in block[0].split("->")]


def modules_of(package: Path) -> dict[str, Path]:
    """Return the modules of a package by their full names; a folder is its `__init__`."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports_in(package: Path) -> dict[str, set[str]]:
    """Return which modules of a package each imports: late and for typing as well."""
    modules = modules_of(package)
    graph: dict[str, set[str]] = {}
    for name, path in modules.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        wanted = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                wanted |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                whole = {f"{node.module}.{alias.name}" for alias in node.names}
                wanted |= {one if one in modules else node.module for one in whole}
        graph[name] = wanted & modules.keys()
    return graph


def cycle_in(graph: dict[str, set[str]]) -> list[str]:
    """Return a circle of modules that import each other, or nothing."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [*error.args[1]]
    return []


GRAPH = imports_in(PACKAGE)


def room(module: str) -> str:
    """Return the folder or file below the package that a module is in."""
    return ([*module.split("."), "__init__"])[1]


def test_modules_import_each_other_in_no_circle() -> None:
    assert len(GRAPH) > 100
    assert not cycle_in(GRAPH)


@pytest.mark.parametrize(
    "back",
    [
        "import house.cellar\n",
        "from house import cellar\n",
        "from house.cellar import door\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house.cellar import door\n",
        "def late():\n    from house.cellar import door\n    return door\n",
    ],
)
def test_the_guard_sees_a_circle(tmp_path: Path, back: str) -> None:
    house = tmp_path / "house"
    (house / "attic").mkdir(parents=True)
    (house / "__init__.py").write_text("")
    (house / "attic" / "__init__.py").write_text("")
    (house / "attic" / "trunk.py").write_text(back)
    (house / "cellar.py").write_text("import house.attic.trunk\ndoor = 1\n")
    assert set(cycle_in(imports_in(house))) == {"house.cellar", "house.attic.trunk"}
    (house / "attic" / "trunk.py").write_text("import os\n")
    assert not cycle_in(imports_in(house))


def test_imports_point_one_way() -> None:
    """What stands further left in the page may import what stands further right."""
    floors = {name: floor for floor, names in enumerate(layers()) for name in names}
    rooms = {room(module) for module in GRAPH} - ROOFS
    assert rooms == floors.keys()
    upward = [
        f"{module} imports {other}"
        for module, others in GRAPH.items()
        if (own := room(module)) not in ROOFS
        for other in others
        if room(other) != own and (room(other) in ROOFS or floors[room(other)] <= floors[own])
    ]
    assert not upward


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
        ("import sessions.library.scripts", {"numpy", "scipy", "yaml"}),
        ("import sessions.publish.beds", {"numpy"}),
        ("import sessions.render", {"scipy", "soundfile", "lameenc", "mutagen"}),
    ],
)
def test_starting_is_light(statement: str, heavy: set[str]) -> None:
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not heavy & set(done.stdout.split())
