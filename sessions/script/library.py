"""Find and read scripts: the catalogue that ships, and people's own files.

This is the one module that knows where the catalogue and the assets are, in a checkout and in an
installed wheel.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict

from sessions.errors import (
    InputMissingError,
    PermissionDeniedError,
    Problem,
    ScriptError,
    SessionsError,
    Source,
    StorageError,
)
from sessions.script import frontmatter
from sessions.script.expand import expand, write_out
from sessions.script.model import Include, Language
from sessions.script.page import FORBIDDEN, MAX_SCRIPT_BYTES, Findings, Misread, Page
from sessions.script.parser import parse, read_through
from sessions.script.quantities import shown
from sessions.script.values import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sessions.script.expand import Load
    from sessions.script.model import Script

PHASES: Final = (
    "acknowledge", "discharge", "regulate", "body", "mind", "prepare", "daily", "journey",
)  # fmt: skip
"""The order in which a nervous system lets go; the catalogue is shown in it."""

SUFFIXES: Final = (".md", ".markdown", ".txt")
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


def read_text(path: str | Path) -> str:
    """Return the text of a script file, at most 1 MiB of UTF-8.

    Raises
    ------
    InputMissingError
        There is no such file.
    ScriptError
        It is a folder, no text, not in UTF-8, or too large.
    PermissionDeniedError, StorageError
        The system does not let it be read.
    """
    data = _read_bytes(Path(path))
    if len(data) > MAX_SCRIPT_BYTES:
        message = f"the script is larger than {MAX_SCRIPT_BYTES >> 20} MiB"
        raise _unreadable(path, message, "split it into several scripts")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _unreadable(path, "the file is text in UTF-16", "save it as UTF-8")
    if b"\0" in data:
        raise _unreadable(path, "the file is not text", "give a script: Markdown, saved as UTF-8")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        # Each byte that is none of a character becomes one, so that places stay true.
        page = Page.of(str(path), data.decode(errors="surrogateescape"))
        before = data[: error.start].decode()
        start = len(Page.of("", before).text)
        message = f"byte {error.start} (0x{data[error.start]:02X}) is not UTF-8"
        problem = page.problem(start, start + 1, message, "save the file as UTF-8")
        raise ScriptError.of([problem]) from error


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_SCRIPT_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        message = f"there is no file '{_shown(path)}'"
        raise InputMissingError(message, "check the path; `sessions list` names scripts") from error
    except IsADirectoryError as error:
        raise _folder(path) from error
    except PermissionError as error:
        if path.is_dir():  # Windows says this of folders
            raise _folder(path) from error
        message = f"'{_shown(path)}' may not be read"
        raise PermissionDeniedError(message, "give yourself the right to read it") from error
    except ValueError as error:  # a NUL in the name
        message = f"'{_shown(path)}' cannot be the name of a file"
        raise InputMissingError(message, "check the path") from error
    except OSError as error:
        reason = error.strerror or "it failed"
        raise StorageError(f"'{_shown(path)}' cannot be read: {reason}", "try again") from error


def _folder(path: Path) -> ScriptError:
    return _unreadable(path, "this is a folder, not a script", "name a file in it")


def _unreadable(path: str | Path, message: str, remedy: str) -> ScriptError:
    return ScriptError.of([Problem(Source(str(path), 1, 1), message, remedy)])


def _shown(path: str | Path) -> str:
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", str(path))


def load(
    name_or_path: str | Path,
    *,
    language: Language | None = None,
    root: Path | None = None,
    values: Mapping[str, str] | None = None,
) -> Script:
    """Return the script of a catalogue name or of a file, expanded and filled in.

    `values` win over those of the front matter; the rest is as in `read`.

    Raises
    ------
    SessionsError
        As `read` and `expand` do.
    """
    return expanded(read(name_or_path, language=language, root=root), values or {}, root=root)


def read(
    name_or_path: str | Path, *, language: Language | None = None, root: Path | None = None
) -> Script:
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


class _Named(TypedDict):
    """What the parser takes."""

    text: str
    path: str
    language: Language | None


def _named(name_or_path: str | Path, language: Language | None, root: Path | None) -> _Named:
    """Return the text of a catalogue name or of a file, for the parser."""
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or _is_path(text):
        return {"text": read_text(text), "path": text, "language": language}
    path = find(text, entries(root), language=language).path
    return {"text": read_text(path), "path": _relative(path), "language": None}


@dataclass(frozen=True, slots=True)
class Draft:
    """A script as written and as expanded, without what cannot be read in it, and what that is."""

    written: Script
    expanded: Script
    problems: tuple[Problem, ...]


def drafted(
    name_or_path: str | Path, values: Mapping[str, str] | None = None, *, root: Path | None = None
) -> Draft:
    """Return the script of a catalogue name or of a file as far as it can be read and expanded.

    Raises
    ------
    SessionsError
        As `load` does, where nothing more can be read.
    """
    named = _named(name_or_path, None, root)
    written, unread = read_through(**named)
    front = frontmatter.lines(named["text"])
    known = all(problem.source.line > front for problem in unread)
    try:
        full, unfilled = write_out(written, values or {}, _includes(root), values_known=known)
    except ScriptError as error:
        raise ScriptError.of((*unread, *error.problems)) from error
    return Draft(written, full, (*unread, *unfilled))


def phases(script: Script, *, root: Path | None = None) -> tuple[tuple[Include, str], ...]:
    """Return what a script includes, with the phase of each, in order."""
    base = catalogue_root() if root is None else root
    includes = (part for part in script.parts if isinstance(part, Include))
    return tuple(
        (part, parse(read_text(path), path=shown_path).meta.phase)
        for part in includes
        for path, shown_path in [_included(part.name, script, base)]
    )


def expanded(
    script: Script, values: Mapping[str, str] | None = None, *, root: Path | None = None
) -> Script:
    """Return a script with its includes, values and repeats written out.

    What it includes lies beside it, or in the catalogue of its language, and nowhere else.
    """
    return expand(script, values or {}, _includes(root))


def _includes(root: Path | None) -> Load:
    """Return what finds included scripts."""

    def include(name: str, including: Script) -> Script:
        path, shown_path = _included(name, including, catalogue_root() if root is None else root)
        return parse(read_text(path), path=shown_path, fallback=including.meta.language)

    return include


def _included(name: str, including: Script, root: Path) -> tuple[Path, str]:
    """Return the file that an `[include]` names, and its path as people see it."""
    catalogue = root / including.meta.language
    beside = Path(including.path).parent
    for folder in (beside, catalogue):
        for suffix in ("", *SUFFIXES):
            path = _within(folder, name + suffix)
            if path is not None:
                return path, _relative(path) if folder is catalogue else path.as_posix()
    near = [path.stem for folder in (beside, catalogue) for path in folder.glob("*.md")]
    close = difflib.get_close_matches(name[:60], near, n=1)
    remedy = f"did you mean `[include {close[0]}]`?" if close else "name a script beside this one"
    raise Misread(f"there is no script '{shown(_shown(name))}' to include", remedy)


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


def _relative(path: Path) -> str:
    """Return a path of the catalogue as people see it, the same on every machine."""
    return "/".join(("scripts", *path.parts[-2:]))


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
        message = f"there is no script '{_shown(name)}'"
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
