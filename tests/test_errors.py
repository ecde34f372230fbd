"""The tree of errors, as its module draws it."""

from __future__ import annotations

import pickle
import pkgutil
import re
from importlib import import_module
from typing import TYPE_CHECKING

import sessions
from sessions import errors
from sessions.script.model import Language, Style
from sessions.voices.base import Line
from sessions.voices.speak import UnspokenError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.errors import SessionsError


def drawn() -> dict[str, tuple[str, int]]:
    """Return the name of every error in the drawing, with that of its parent and its exit code."""
    found: dict[str, tuple[str, int]] = {}
    above: dict[int, str] = {}
    drawing = re.compile(r"^ {4}([│├└─ ]*)(\w+) +(\d+) {2}\S", re.MULTILINE)
    for row in drawing.finditer(errors.__doc__ or ""):
        depth = len(row[1]) // 4
        above[depth] = row[2]
        found[row[2]] = (above.get(depth - 1, "Exception"), int(row[3]))
    return found


def below(kind: type[SessionsError]) -> Iterator[type[SessionsError]]:
    yield kind
    for child in kind.__subclasses__():
        if child.__module__.startswith("sessions."):
            yield from below(child)


def test_the_tree_names_every_error_with_its_exit_code() -> None:
    for module in pkgutil.walk_packages(sessions.__path__, "sessions."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    assert drawn() == {
        kind.__name__: (kind.__mro__[1].__name__, kind.exit_code)
        for kind in below(errors.SessionsError)
    }


def test_a_line_without_a_sound_comes_whole_from_another_process() -> None:
    error = UnspokenError("no sound", "write it", Line("Rust.", Style(Language.DUTCH)))
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 -- our own bytes
    assert (again.line, str(again)) == (error.line, "no sound (write it)")
