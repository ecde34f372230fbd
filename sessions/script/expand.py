"""Expand a script: take in what it includes, fill its values, write out its repeats.

A pure stage: a function that gives included scripts is all it needs. How much there will be is
counted before anything is expanded, so no script can ask for more than the limits allow.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from sessions.errors import MAX_PROBLEMS, Problem, ScriptError
from sessions.script.model import (
    Breath,
    Chapter,
    Draft,
    End,
    Include,
    Manner,
    Repeat,
    Script,
    Speech,
    Style,
)
from sessions.script.page import Misread
from sessions.script.phrases.quantities import shown
from sessions.script.scribe import MAX_PARTS
from sessions.script.texts import has_words
from sessions.script.values import Unfilled, filled, referenced

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from sessions.errors import Source
    from sessions.script.model import Part, Plain

    Load = Callable[[str, Draft], Draft]
    """Gives the draft of a name in an `[include]` of a script; raises `Misread`."""

MAX_INCLUDE_DEPTH: Final = 8


def expand(draft: Draft, values: Mapping[str, str], load: Load) -> Script:
    """Return the script of a draft: its parts all plain, with values filled in.

    As `write_out` does, but for its errors.

    Raises
    ------
    ScriptError
        A limit is passed, a script includes itself or cannot be had, or a value is missing.
    """
    found, problems = write_out(draft, values, load)
    if problems:
        raise ScriptError.of(problems)
    return found


def write_out(
    draft: Draft, values: Mapping[str, str], load: Load, *, values_known: bool = True
) -> tuple[Script, list[Problem]]:
    """Return the script of a draft without what cannot be had for it, and what that is.

    Parameters
    ----------
    draft
        As parsed.
    values
        What was given from outside; they win over the front matter.
    load
        Gives included scripts.
    values_known
        Whether the front matter could be read; else no value is missed.

    Raises
    ------
    ScriptError
        There would be too much of it, or as much is wrong as one run reports.
    """
    job = _Job(draft, load, values_known=values_known)
    job.measure(draft, (identity(draft),))
    uses = frozenset().union(*map(referenced, (draft.meta.title, draft.meta.summary)))
    uses |= job.uses(draft)
    known = {**dict(draft.meta.values), **values}
    parts = job.parts(draft, known, None)
    title, summary = (
        job.text(draft, text, draft.place_of(key), known)
        for key, text in (("title", draft.meta.title), ("summary", draft.meta.summary))
    )
    pronounce = dict(draft.meta.pronounce)
    for one in job.drafts.values():
        pronounce = {**dict(one.meta.pronounce), **pronounce}
    meta = replace(
        draft.meta, title=title, summary=summary, values=tuple(known.items()),
        pronounce=tuple(pronounce.items()),
    )  # fmt: skip
    found = Script(
        draft.path, meta, tuple(parts), uses,
        text=draft.text, folder=draft.folder, included=tuple(dict(job.texts()).items()),
    )  # fmt: skip
    return found, job.problems


Identity: TypeAlias = tuple[str, str]


def identity(draft: Draft) -> Identity:
    """Return what tells drafts apart: where they really are, and the path that is shown."""
    return str(draft.folder), draft.path


@dataclass(slots=True)
class _Job:
    """One expansion: what was loaded and measured so far, and what was wrong.

    `refused` are the includes that are left out, by what they stand in and their name, with
    what is wrong and what helps, if that is told at each. `values_known` is False where some may
    have been lost with what could not be read.
    """

    main: Draft
    load: Load
    drafts: dict[tuple[Identity, str], Draft] = field(default_factory=dict)
    counts: dict[Identity, int] = field(default_factory=dict)
    heights: dict[Identity, int] = field(default_factory=dict)
    used: dict[Identity, frozenset[str]] = field(default_factory=dict)
    refused: dict[tuple[Identity, str], tuple[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    values_known: bool = True

    def settle(self) -> None:
        if self.problems:
            raise ScriptError.of(self.problems)

    def loaded(self, draft: Draft, part: Include) -> Draft | None:
        """Return an included script that was measured; None where it is left out."""
        key = (identity(draft), part.name)
        return None if key in self.refused else self.drafts[key]

    def measure(self, draft: Draft, trail: tuple[Identity, ...]) -> int:
        """Return how many parts a script will have; load and measure what it includes.

        A repeat or an include that gives nothing counts as one part, and each breath of several
        as one, so that the count bounds the work too.
        """
        outer: list[tuple[int, Repeat]] = []
        count = height = 0
        for part in draft.parts:
            if isinstance(part, Repeat):
                outer.append((count, part))
                count = 0
            elif isinstance(part, End) and outer:
                before, repeat = outer.pop()
                count = before + repeat.count * max(1, count)
                self.bound(count, repeat.source)
            elif isinstance(part, Include):
                child = self.child(draft, part, trail)
                count += max(1, self.counts.get(child, 0) if child else 0)
                height = max(height, 1 + (self.heights.get(child, 0) if child else 0))
            else:
                count += part.count if isinstance(part, Breath) else 1
            self.bound(count, part.source)
        own = identity(draft)
        self.counts[own], self.heights[own] = count, height
        return count

    def child(self, draft: Draft, part: Include, trail: tuple[Identity, ...]) -> Identity | None:
        """Load and measure an included draft, once; None where it cannot be had."""
        key = (identity(draft), part.name)
        if key in self.refused:
            self.refuse(key, part, *self.refused[key])
            return None
        if key not in self.drafts:
            try:
                self.drafts[key] = self.load(part.name, draft)
            except Misread as misread:
                self.refuse(key, part, misread.message, misread.remedy)
                return None
            except ScriptError as error:
                self.problems += error.problems
                self.refuse(key, part, "", "")
                return None
        found = self.drafts[key]
        own = identity(found)
        if own in trail:
            ring = " -> ".join(path for _, path in (*trail[trail.index(own) :], own))
            message = f"a script includes itself: {ring}"
            self.refuse(key, part, message, "leave one of them out")
            return None
        if own not in self.counts and len(trail) <= MAX_INCLUDE_DEPTH:
            self.measure(found, (*trail, own))
        if len(trail) + self.heights.get(own, 0) > MAX_INCLUDE_DEPTH:
            message = f"scripts include each other more than {MAX_INCLUDE_DEPTH} deep"
            self.refuse(key, part, message, "include fewer in a row")
            return None
        return own

    def refuse(self, key: tuple[Identity, str], part: Include, message: str, remedy: str) -> None:
        """Find what is wrong with an include, if it is not said yet, and leave it out."""
        self.refused[key] = message, remedy
        if message:
            self.find(part.source, message, remedy)
        elif len(self.problems) >= MAX_PROBLEMS:
            self.settle()

    def uses(self, draft: Draft) -> frozenset[str]:
        """Return the values that a script needs from outside; find those given to no use."""
        own = identity(draft)
        if own not in self.used:
            found: set[str] = set()
            for part in draft.parts:
                found.update(*map(referenced, fillable(part)))
                if isinstance(part, Include) and (child := self.loaded(draft, part)):
                    inner = self.uses(child)
                    given = [name for name, _ in part.values]
                    for name in given:
                        if name not in inner:
                            self.unused(part, name, inner)
                    found |= inner.difference(given)
            self.used[own] = frozenset(found)
        return self.used[own]

    def unused(self, part: Include, name: str, used: Collection[str]) -> None:
        message = f"'{shown(part.name)}' has no value '{shown(name)}' in its text"
        self.find(part.source, message, meant(name, used))

    def bound(self, count: int, source: Source) -> None:
        if count > MAX_PARTS:
            message = f"written out, the script has more than {MAX_PARTS} parts"
            self.find(source, message, "repeat, include or breathe less often")
            self.settle()

    def parts(self, draft: Draft, values: Mapping[str, str], style: Style | None) -> list[Plain]:
        """Return the plain parts of a draft that was measured."""
        stack: list[tuple[list[Plain], int]] = [([], 1)]
        for part in draft.parts:
            target = stack[-1][0]
            match part:
                case Repeat():
                    stack.append(([], part.count))
                case End() if len(stack) > 1:
                    body, count = stack.pop()
                    stack[-1][0].extend(body * count)
                case Include():
                    target += self.included(draft, part, values, style)
                case Speech() | Chapter():
                    target += self.filled(draft, part, values, style)
                case End():
                    pass  # of nothing: what it was to end could not be read
                case _:
                    target.append(part)
        while len(stack) > 1:
            body, count = stack.pop()
            stack[-1][0].extend(body * count)
        return stack[0][0]

    def included(
        self, draft: Draft, part: Include, values: Mapping[str, str], style: Style | None
    ) -> Sequence[Plain]:
        child = self.loaded(draft, part)
        if child is None:
            return ()
        given = {name: self.text(draft, text, part.source, values) for name, text in part.values}
        outer = {name: text for name, text in values.items() if text}
        inner = {**dict(child.meta.values), **outer, **given}
        return self.parts(child, inner, coloured(part.style, style) if part.style else style)

    def filled(
        self,
        draft: Draft,
        part: Speech | Chapter,
        values: Mapping[str, str],
        style: Style | None,
    ) -> Iterable[Plain]:
        """Return a line or title with its values; nothing where no letter is left of it."""
        if isinstance(part, Chapter):
            title = self.text(draft, part.title, part.source, values)
            return [replace(part, title=title)] if title else []
        text, spoken = (
            self.text(draft, words, part.source, values) for words in (part.text, part.spoken)
        )
        if not has_words(spoken or text):
            return []
        return [replace(part, text=text, spoken=spoken, style=coloured(part.style, style))]

    def text(self, draft: Draft, text: str, source: Source, values: Mapping[str, str]) -> str:
        """Return a text of a draft with its values; one that is missing is found where it is named.

        The text begins at `source`.
        """
        try:
            return filled(text, values)
        except Unfilled as unfilled:
            if self.values_known:
                place = draft.place_of_value(unfilled.name, source)
                self.find(place, unfilled.message, unfilled.remedy)
        return ""

    def find(self, source: Source, message: str, remedy: str) -> None:
        main = replace(self.main, included=self.texts())
        problem = main.problem(source, message, remedy)
        if problem not in self.problems:
            self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            self.settle()

    def texts(self) -> tuple[tuple[str, str], ...]:
        return tuple((one.path, one.text) for one in self.drafts.values())


def fillable(part: Part) -> Iterator[str]:
    """Yield the texts of a part in which values may stand."""
    match part:
        case Speech():
            yield from (part.text, part.spoken)
        case Chapter():
            yield part.title
        case Include():
            yield from (text for _, text in part.values)


def meant(name: str, used: Collection[str]) -> str:
    """Return what somebody may have meant who gave a value that no text has."""
    by_key = {key.casefold(): key for key in used}
    close = difflib.get_close_matches(name[:60].casefold(), by_key, n=1)
    if close:
        return f"did you mean `{by_key[close[0]]}`?"
    if used:
        return f"its values are: {', '.join(sorted(used))}"
    return f"leave it out, or write `{{{name}}}` where it is to be said"


def coloured(style: Style, outer: Style | None) -> Style:
    """Return a style under that of the `[include]` it comes through; what it says itself wins."""
    if outer is None:
        return style
    return replace(
        style,
        manner=outer.manner if style.manner is Manner.NORMAL else style.manner,
        slow=style.slow or outer.slow,
        voice=style.voice or outer.voice,
        named=style.named if style.voice else outer.named,
    )
