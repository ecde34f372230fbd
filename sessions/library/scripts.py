"""From a name or a file to a script: read, with all that it includes, and written out."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypedDict

from sessions.errors import Problem, ScriptError
from sessions.library.catalogue import catalogue_root, entries, find
from sessions.library.texts import SUFFIXES, read_text
from sessions.library.texts import shown as shown_path
from sessions.script import frontmatter
from sessions.script.expand import expand, identity, write_out
from sessions.script.model import Include, Language
from sessions.script.page import Misread
from sessions.script.parser import parse, read_through
from sessions.script.phrases.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sessions.script.expand import Identity
    from sessions.script.model import Draft, Script


def load(
    name_or_path: str | Path,
    *,
    language: Language | None = None,
    root: Path | None = None,
    values: Mapping[str, str] | None = None,
) -> Script:
    """Return the script of a catalogue name or of a file, written out and filled in.

    `values` win over those of the front matter; the rest is as in `read`.

    Raises
    ------
    SessionsError
        As `read` and `expand` do.
    """
    draft = read(name_or_path, language=language, root=root)
    return expand(draft, values or {}, Shelf.at(root).included)


def loads(
    text: str,
    *,
    path: str = "script.md",
    language: Language | None = None,
    values: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Script:
    """Return the script of a text, written out and filled in.

    Parameters
    ----------
    path
        Names it in errors, and names the files that are written.
    language
        What it is written in; None lets it tell itself.
    values
        They win over those of the front matter.
    folder
        Where what it names is looked for first; None for the working folder.

    Raises
    ------
    SessionsError
        As `parse` and `expand` do.
    """
    draft = parse(text, path=path, language=language, folder=folder or Path())
    return expand(draft, values or {}, Shelf.at(None).included)


def read(
    name_or_path: str | Path, *, language: Language | None = None, root: Path | None = None
) -> Draft:
    """Return the script of a catalogue name or of a file, as it is written.

    Parameters
    ----------
    name_or_path
        An existing file, or anything that looks like one (a separator, a suffix), else a name.
    language
        For a name: asks for the script of the same technique in that language. For a file: what
        it is written in.
    root
        The catalogue; None for the one that ships.

    Raises
    ------
    SessionsError
        As `read_text` and `parse` do; `InputMissingError` for an unknown name, too.
    """
    return parse(**_named(name_or_path, language, root))


@dataclass(frozen=True, slots=True)
class Shelf:
    """Finds what scripts include, beside them or in the catalogue of their language at `root`.

    Each is read and parsed once, however many versions are made of it, so that one which is saved
    meanwhile makes no difference to them.
    """

    root: Path
    _held: dict[tuple[Identity, str], Draft] = field(default_factory=dict, repr=False)

    @classmethod
    def at(cls, root: Path | None) -> Shelf:
        """Return an empty shelf over a catalogue; None for the one that ships."""
        return cls(catalogue_root() if root is None else root)

    def included(self, name: str, including: Draft) -> Draft:
        """Return what an `[include]` in a draft names.

        Raises
        ------
        Misread
            There is no such script.
        SessionsError
            As `read_text` and `parse` do.
        """
        key = (identity(including), name)
        if key not in self._held:
            path, told = _included(name, including, self.root)
            self._held[key] = parse(
                read_text(path), path=told, fallback=including.meta.language, folder=path.parent
            )
        return self._held[key]


class _Named(TypedDict):
    """What the parser takes."""

    text: str
    path: str
    language: Language | None
    folder: Path


def _named(name_or_path: str | Path, language: Language | None, root: Path | None) -> _Named:
    """Return the text of a catalogue name or of a file, for the parser."""
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or _is_path(text):
        folder = Path(text).parent
        told = shown_path(text)  # a name that is no text could stand in no file that is made
        return {"text": read_text(text), "path": told, "language": language, "folder": folder}
    path = find(text, entries(root), language=language).path
    told = _in_catalogue(path)
    return {"text": read_text(path), "path": told, "language": None, "folder": path.parent}


@dataclass(frozen=True, slots=True)
class Drafted:
    """A script as it is written, without what cannot be read in it, and what that is.

    `values_known` is False where some values may be among that.
    """

    draft: Draft
    unread: tuple[Problem, ...]
    shelf: Shelf
    values_known: bool

    def written_out(self, values: Mapping[str, str]) -> tuple[Script, tuple[Problem, ...]]:
        """Return the script as far as it can be written out, and all that is wrong with it.

        Raises
        ------
        ScriptError
            As much is wrong as one run reports, or there would be too much of it.
        """
        known = self.values_known
        try:
            script, problems = write_out(
                self.draft, values, self.shelf.included, values_known=known
            )
        except ScriptError as error:
            raise ScriptError.of((*self.unread, *error.problems)) from error
        return script, (*self.unread, *problems)

    @property
    def phases(self) -> tuple[tuple[Include, str], ...]:
        """What the script includes, with the phase of each, in order; all of it can be had."""
        includes = (part for part in self.draft.parts if isinstance(part, Include))
        load = self.shelf.included
        return tuple((part, load(part.name, self.draft).meta.phase) for part in includes)


def drafted(name_or_path: str | Path, *, root: Path | None = None) -> Drafted:
    """Return the script of a catalogue name or of a file as far as it can be read.

    Raises
    ------
    SessionsError
        As `read` does, where nothing more can be read.
    """
    named = _named(name_or_path, None, root)
    draft, unread = read_through(**named)
    front = frontmatter.lines(named["text"])
    known = all(problem.source.line > front for problem in unread)
    return Drafted(draft, tuple(unread), Shelf.at(root), known)


def _included(name: str, including: Draft, root: Path) -> tuple[Path, str]:
    """Return the file that an `[include]` names, and its path as people see it."""
    catalogue = root / including.meta.language
    beside = including.folder
    for folder in (beside, catalogue):
        for suffix in ("", *SUFFIXES):
            path = _within(folder, name + suffix)
            if path is not None and folder is catalogue:
                return path, _in_catalogue(path)
            if path is not None:
                told = PurePosixPath(including.path.replace("\\", "/")).parent / (name + suffix)
                return path, told.as_posix()
    near = [path.stem for folder in (beside, catalogue) for path in folder.glob("*.md")]
    close = difflib.get_close_matches(name[:60], near, n=1)
    remedy = f"did you mean `[include {close[0]}]`?" if close else "name a script beside this one"
    raise Misread(f"there is no script '{shown(shown_path(name))}' to include", remedy)


def _within(folder: Path, name: str) -> Path | None:
    """Return a script below a folder; a name cannot lead out of it, not even through a link."""
    try:
        path = folder / name
        inside = path.resolve().is_relative_to(folder.resolve())
        usable = inside and path.suffix.lower() in SUFFIXES and path.is_file()
    except (OSError, ValueError):
        return None
    return path if usable else None


def _is_path(text: str) -> bool:
    if "/" in text or "\\" in text or text.lower().endswith(SUFFIXES):
        return True
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def _in_catalogue(path: Path) -> str:
    """Return a path of the catalogue as people see it, the same on every machine."""
    return "/".join(("scripts", *path.parts[-2:]))
