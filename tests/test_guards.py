"""What must stay true of the code itself."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import sessions
from tests.house import ROOFS, cycle_in, imports, imports_in, layers, room

if TYPE_CHECKING:
    from pathlib import Path


def test_modules_import_each_other_in_no_circle() -> None:
    assert len(imports()) > 100
    assert not cycle_in(imports())


@pytest.mark.parametrize(
    "back",
    [
        "import house.cellar\n",
        "from house import cellar\n",
        "from house.cellar import door\n",
        "from .. import cellar\n",
        "from ..cellar import door\n",
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
    rooms = {room(module) for module in imports()} - ROOFS
    assert rooms == floors.keys()
    upward = [
        f"{module} imports {other}"
        for module, others in imports().items()
        if (own := room(module)) not in ROOFS
        for other in others
        if room(other) != own and (room(other) in ROOFS or floors[room(other)] <= floors[own])
    ]
    assert not upward


def test_public_names_are_sorted_and_there() -> None:
    assert dir(sessions) == sorted(sessions.__all__)
    assert sorted(sessions.__all__) == sessions.__all__ == sorted(sessions._HOMES)
    for name in sessions.__all__:
        assert getattr(sessions, name) is not None
    with pytest.raises(AttributeError):
        _ = sessions.nothing


@pytest.mark.parametrize(
    ("statement", "heavy"),
    [
        ("import sessions", {"numpy", "scipy", "click", "rich"}),
        ("from sessions.cli import run; run(['--help'])", {"sessions.script.model", "logging"}),
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
