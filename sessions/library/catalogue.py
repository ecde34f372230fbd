"""The catalogue that ships: where it is, what it holds, and which script has a name.

This is the one module that knows where the catalogue and the assets are, in a checkout and in an
installed wheel.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sessions.errors import InputMissingError, SessionsError
from sessions.library.texts import read_text, shown
from sessions.script import frontmatter
from sessions.script.model import Language
from sessions.script.page import FORBIDDEN, Findings, Page
from sessions.script.values import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

PHASES: Final = (
    "acknowledge", "discharge", "regulate", "body", "mind", "prepare", "daily", "journey",
)  # fmt: skip
"""The order in which a nervous system lets go; the catalogue is shown in it."""


_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Entry:
    """A script of the catalogue, by what its front matter says."""

    name: str
    language: Language
    title: str
    summary: str
    category: str
    phase: str
    technique: str
    path: Path


def catalogue_root() -> Path:
    """Return the folder of the scripts that ship: `nl` and `en` are in it."""
    return _shipped("scripts")


def assets_root() -> Path:
    """Return the folder of the sounds that ship."""
    return _shipped("audio_assets")


def _shipped(name: str) -> Path:
    """Return a folder inside the package if a wheel put it there, else beside the package."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def find(name: str, known: Sequence[Entry], *, language: Language | None = None) -> Entry:
    """Return the entry with a name, or its counterpart in a language.

    Raises
    ------
    InputMissingError
        No entry has the name, or its technique has no script in the language.
    """
    named = [entry for entry in known if entry.name.lower() == name.strip().lower()]
    if not named:
        close = difflib.get_close_matches(name.lower()[:60], [entry.name for entry in known], n=1)
        hint = f"did you mean `{close[0]}`? " if close else ""
        message = f"there is no script '{shown(name)}'"
        raise InputMissingError(message, f"{hint}`sessions list` shows all names")
    if language is None:
        return named[0]
    wanted = [entry for entry in named if entry.language == language]
    techniques = {entry.technique for entry in named if entry.technique}
    wanted += [e for e in known if e.language == language and e.technique in techniques]
    if not wanted:
        message = f"there is no script like '{named[0].name}' in the language '{language}'"
        raise InputMissingError(message, "`sessions list` shows what there is in each language")
    return wanted[0]


def entries(root: Path | None = None) -> tuple[Entry, ...]:
    """Return what the catalogue holds, by language and then in the order of the phases.

    Only front matters are read and checked; a script that cannot be read has its name for a
    title, so that it does not hide the others.
    """
    base = catalogue_root() if root is None else root
    found = [
        _entry(path, language)
        for language in Language
        for path in (base / language).glob("*.md")
        if not path.name.startswith(".")
    ]
    return tuple(sorted(found, key=_order))


def _order(entry: Entry) -> tuple[int, int, str]:
    place = PHASES.index(entry.phase) if entry.phase in PHASES else len(PHASES)
    return list(Language).index(entry.language), place, entry.name


def _entry(path: Path, language: Language) -> Entry:
    fields: dict[str, str] = {}
    try:
        text = FORBIDDEN.sub(" ", Page.of(str(path), read_text(path)).text)
        fields = frontmatter.read(text, Findings(Page.of(str(path), text)))[0]
    except SessionsError:
        fields = {}
    return Entry(
        path.stem,
        language,
        plain(fields.get("title", "")) or path.stem,
        plain(fields.get("summary", "")),
        fields.get("category", ""),
        fields.get("phase", ""),
        fields.get("technique", ""),
        path,
    )
