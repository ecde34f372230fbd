"""The house as its code has it: which modules there are, and which of them import which."""

from __future__ import annotations

import ast
import re
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

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
            elif isinstance(node, ast.ImportFrom):
                home = module_meant(node, name, is_package=path.name == "__init__.py")
                whole = {f"{home}.{alias.name}" for alias in node.names}
                wanted |= {one if one in modules else home for one in whole}
        graph[name] = wanted & modules.keys()
    return graph


def module_meant(node: ast.ImportFrom, name: str, *, is_package: bool) -> str:
    """Return the full name of what a module imports from, by dots or without."""
    if not node.level:
        return node.module or ""
    parts = name.split(".")
    above = parts[: len(parts) - node.level + is_package]
    return ".".join([*above, *filter(None, [node.module])])


def cycle_in(graph: dict[str, set[str]]) -> list[str]:
    """Return a circle of modules that import each other, or nothing."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [*error.args[1]]
    return []


@cache
def imports() -> dict[str, set[str]]:
    """Return which modules of the package import which."""
    return imports_in(PACKAGE)


def room(module: str) -> str:
    """Return the folder or file below the package that a module is in."""
    return ([*module.split("."), "__init__"])[1]
