"""Take over a text from elsewhere as a script of ours, and tell all that is not taken over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from sessions.errors import Problem, ScriptError
from sessions.script import frontmatter
from sessions.script.importing import extracted
from sessions.script.importing.edits import Places
from sessions.script.importing.mending import mended
from sessions.script.model import Breath, Language, OneShot, Speech
from sessions.script.page import FORBIDDEN, Page
from sessions.script.parser import read_through
from sessions.script.phrases import language
from sessions.script.scribe import MAX_PARTS
from sessions.script.writer import write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sessions.errors import Source
    from sessions.script.importing.extract import Extract
    from sessions.script.model import Draft

MOST_FAULTS: Final = 5_000
"""Places that cannot be read and become notes; a text with more of them is no text to say."""
_SAMPLE: Final = re.compile(
    r"(?<=: )'.*'$|^'.*'(?=(?: and [0-9]+ more lines?)?: not spoken)|'[^']*'$"
)
"""The words of the text that a note quotes."""
MOST_SAMPLES: Final = 30
"""Words that a note of many quotes; its lines are all named."""


@dataclass(frozen=True, slots=True)
class NoteGroup:
    """What was not taken over, or was guessed, of one kind: each of the `problems` is a place."""

    problems: tuple[Problem, ...]

    @property
    def count(self) -> int:
        """How often it happened."""
        return len(self.problems)

    @property
    def message(self) -> str:
        """What is told, once for all of its kind, with the words of each."""
        message = self.problems[0].message
        found = (_SAMPLE.search(one.message) for one in self.problems)
        quoted = dict.fromkeys(match[0] for match in found if match)
        samples = ", ".join([*quoted][:MOST_SAMPLES]) + ", …" * (len(quoted) > MOST_SAMPLES)
        return _SAMPLE.sub(lambda _: samples, message, count=1)

    @property
    def remedy(self) -> str:
        """What helps."""
        return self.problems[0].remedy

    @property
    def lines(self) -> tuple[int, ...]:
        """All lines where it happened, each once."""
        places = (one.source for one in self.problems)
        return tuple(sorted({one.line + more for one in places for more in range(one.lines)}))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where what is read of a text stood: in the `page` of the original.

    It was taken out of that (`out`), and then mended (`edits`) to become the text of `made`.
    """

    page: Page
    out: Places
    edits: Places
    made: Page

    def problem(self, start: int, stop: int, message: str, remedy: str) -> Problem:
        """Return a note of the original's characters `start` to `stop`."""
        last = max(0, len(self.page.text) - 1)
        return self.page.problem(min(start, last), stop, message, remedy)

    def taken(self, start: int, stop: int, message: str, remedy: str) -> Problem:
        """Return a note of the characters `start` to `stop` of what was taken out of it."""
        return self.problem(*self.out.span(start, stop), message, remedy)

    def read(self, source: Source, message: str, remedy: str) -> Problem:
        """Return a note of a place in the text that was made."""
        start = self.made.starts[source.line - 1] + source.column - 1
        last = self.made.starts[source.line + source.lines - 2]
        stop = start + source.length if source.lines == 1 else last + 1
        return self.taken(*self.edits.span(start, stop), message, remedy)

    def moved(self, problem: Problem) -> Problem:
        """Return a problem of the text that was made as one of the original."""
        return self.read(problem.source, problem.message, problem.remedy)


@dataclass(frozen=True, slots=True)
class Imported:
    """A script that was taken over, as a draft and as a text, and what was not taken over.

    The `problems` have their places in the original. `origin` is None where nothing was changed.
    """

    script: Draft
    text: str
    problems: tuple[Problem, ...] = ()
    origin: Origin | None = field(default=None, repr=False)

    @property
    def notes(self) -> tuple[NoteGroup, ...]:
        """What was not taken over, by its kinds, in the order of the text."""
        groups: dict[tuple[str, str], list[Problem]] = {}
        for one in sorted(dict.fromkeys(self.problems), key=lambda problem: problem.source):
            groups.setdefault((_SAMPLE.sub("", one.message), one.remedy), []).append(one)
        return tuple(NoteGroup(tuple(group)) for group in groups.values())

    def told(self, notes: Iterable[tuple[Source, str, str]]) -> Imported:
        """Return this with more notes, each at a place of a part or key of the script."""
        found = (
            self.origin.read(*note) if self.origin else self.script.problem(*note) for note in notes
        )
        return replace(self, problems=(*self.problems, *found))


def read(
    data: bytes,
    path: str,
    spoken_in: Language | None = None,
    *,
    name: str = "",
    whole: bool = True,
) -> Imported:
    """Return the script of a file of any kind, as `extracted` and `take` do."""
    return take(extracted(data, path), path, spoken_in, name=name, whole=whole)


def take(
    extract: Extract,
    path: str,
    spoken_in: Language | None = None,
    *,
    name: str = "",
    whole: bool = True,
) -> Imported:
    """Return the script of a text.

    Parameters
    ----------
    extract
        The words of a file.
    path
        Where it came from, as it is shown in notes.
    spoken_in
        The language where it is known.
    name
        The title of a text without one, in the form of a file's name; else that of the `path`.
    whole
        Whether a script of ours, in which nothing is to be mended, may stay as it is.

    Raises
    ------
    ScriptError
        Nothing in it can be spoken, or there is too much.
    """
    text = FORBIDDEN.sub(lambda match: " " * len(match[0]), extract.text)
    if text.count("\n") > MOST_LINES:
        place = Page.of(path, text).problem(0, 1, f"there are more than {MOST_LINES} lines", SPLIT)
        raise ScriptError.of([place])
    told = spoken_in or extract.language or language.of_path(path) or language.of_text(text)
    job = mended(text, told or language.DEFAULT, plain=extract.plain, whole=whole)
    own = _own(extract, path, spoken_in) if whole and job.ours and job.edits.none else None
    if own is not None:
        return Imported(own, extract.text)
    made, edits = job.edits.applied()
    if not job.fronted and frontmatter.edges(made)[0]:
        made, edits = job.edits.applied("\n")  # it is a line above words, and begins nothing
    out = Places(extract.indexes, extract.origins)
    origin = Origin(Page.of(path, extract.original), out, edits, Page.of(path, made))
    try:
        draft, problems = read_through(
            made,
            path=path,
            language=told,
            title=extract.title,
            fallback_title=_title(name or PurePath(path).stem),
            most=MOST_FAULTS,
        )
    except ScriptError as error:
        raise ScriptError.of(map(origin.moved, error.problems)) from error
    if not any(isinstance(part, Speech | Breath | OneShot) for part in draft.parts):
        nothing = origin.problem(0, 1, "there is nothing to speak", NOTHING)
        raise ScriptError.of([nothing])
    notes = [(note.start, note.stop, note.message, note.remedy) for note in extract.notes]
    found = (
        *(origin.problem(*note) for note in notes),
        *(origin.taken(*note) for note in job.notes),
        *map(origin.moved, problems),
        *(origin.read(*one) for one in draft.left),
    )
    known = {**{name: "" for name, _ in draft.named}, **dict(draft.meta.values)}
    draft = replace(draft, meta=replace(draft.meta, values=tuple(known.items())))
    return Imported(draft, write(draft), found, origin)


MOST_LINES: Final = 3 * MAX_PARTS
"""More cannot become a script of so many parts, but for those that are blank or wrapped."""
SPLIT: Final = "split it into several texts"
NOTHING: Final = "give a text with at least one line to speak"


def _own(extract: Extract, path: str, spoken_in: Language | None) -> Draft | None:
    """Return the script that a text is already, if nothing is wrong in it."""
    try:
        draft, problems = read_through(extract.text, path=path, language=spoken_in)
    except ScriptError:
        return None
    return None if problems or extract.notes else draft


def _title(name: str) -> str:
    """Return a title made of a file's name."""
    return name.replace("-", " ").replace("_", " ").strip()
