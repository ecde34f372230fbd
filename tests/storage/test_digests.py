"""What is kept is thrown away by the code that it depends on, and by no other."""

from __future__ import annotations

import ast
import shutil
from typing import TYPE_CHECKING

import pytest

from sessions.storage.digests import DOORS, PACKAGE, SOUND, files_digest, sound_digest, stands_in
from tests.house import imports, modules_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMPUTING = {"lameenc", "numpy", "scipy", "soundfile", "soxr"}
"""What a module imports that computes samples."""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    copy = tmp_path / "sessions"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def digests(package: Path) -> tuple[str, str]:
    """Return the hashes of a package as the next process finds them."""
    sound_digest.cache_clear()
    files_digest.cache_clear()
    return sound_digest(package), files_digest(package)


@pytest.mark.parametrize(
    ("module", "shapes"),
    [
        *((f"{room}/new.py", "sound and files") for room in sorted(SOUND) if "." not in room),
        *((room, "sound and files") for room in sorted(SOUND) if "." in room),
        *((f"{room}/new.py", "nothing") for room in sorted(DOORS) if "." not in room),
        *((room, "nothing") for room in sorted(DOORS) if "." in room),
        ("cli/show.py", "nothing"),
        ("publish/tags.py", "files"),
        ("plan/slots.py", "files"),
        ("output.py", "files"),
        ("version.py", "files"),
        ("studio/pages.py", "files"),
    ],
)
def test_code_counts_for_what_it_shapes(package: Path, module: str, shapes: str) -> None:
    before = digests(package)
    path = package / module
    path.parent.mkdir(exist_ok=True)
    with path.open("a") as file:
        file.write("# another word\n")
    sound, files = (one != other for one, other in zip(before, digests(package), strict=True))
    assert (sound, files) == ("sound" in shapes, "files" in shapes)


def test_code_that_moves_is_other_code(package: Path) -> None:
    before = digests(package)
    (package / "mix" / "levels.py").rename(package / "mix" / "loud.py")
    assert not {*before} & {*digests(package)}


def test_the_code_is_that_of_this_package(package: Path) -> None:
    """And where it is installed makes no difference."""
    assert digests(PACKAGE) == digests(package)
    assert all((PACKAGE / room).exists() for room in SOUND | DOORS)


def imported_when_run(path: Path) -> Iterator[str]:
    """Yield the packages that a module imports, sooner or later, but not those for typing."""
    todo: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            todo += node.orelse
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
        todo += ast.iter_child_nodes(node)


def test_what_makes_sound_needs_nothing_else_that_computes_samples() -> None:
    modules = modules_of(PACKAGE)

    def is_sound(module: str) -> bool:
        return stands_in(modules[module].relative_to(PACKAGE), SOUND)

    reached = {module for module in modules if is_sound(module)}
    todo = list(reached)
    while todo:
        new = imports()[todo.pop()] - reached
        reached |= new
        todo += new
    others = {module for module in reached if not is_sound(module)}
    assert "sessions.plan.timeline" in others
    computing = {one for one in others if COMPUTING & {*imported_when_run(modules[one])}}
    assert not computing
