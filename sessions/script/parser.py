"""Make a `Draft` of a text: front matter, blocks, sentences and directives, each with its place.

A fault of the script is a problem with a place and a remedy; up to 20 of them leave together in
one `ScriptError`, and nothing else is ever raised. Time grows linearly with the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from sessions.errors import MAX_PROBLEMS, ScriptError
from sessions.script import directives, frontmatter, recognize
from sessions.script.blocks import Heading, Paragraph, Rule, blocks, labels
from sessions.script.inline import Bracket, LineEnd, spans
from sessions.script.model import (
    Boundary,
    Break,
    Breath,
    Draft,
    End,
    Include,
    Language,
    Meta,
    OneShot,
    Part,
    Repeat,
    Slot,
    SlotEnd,
    Speech,
    Style,
)
from sessions.script.page import FORBIDDEN, Findings, Page, check_size, readable
from sessions.script.phrases import language
from sessions.script.phrases.quantities import shown
from sessions.script.phrases.wording import worded
from sessions.script.scribe import Scribe
from sessions.script.texts import INVISIBLE, Text
from sessions.script.unspoken import mask
from sessions.script.values import shown_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sessions.errors import Problem, Source
    from sessions.script.account import Left
    from sessions.script.blocks import Block
    from sessions.script.inline import Span

HERE: Final = Path()

MAX_NESTED: Final = 4
"""Repeats inside of repeats."""
_UNSEEN: Final = dict.fromkeys(INVISIBLE)


def parse(
    text: str,
    *,
    path: str = "script.md",
    language: Language | None = None,
    fallback: Language | None = None,
    folder: Path = HERE,
) -> Draft:
    """Return the script that a text holds.

    Parameters
    ----------
    text
        Markdown with directives, with front matter or without it.
    path
        Where it came from: shown in errors; its name is the title of a script without one.
    language
        What the text is written in, where that is known; else the front matter tells, then a
        folder `nl` or `en` in the path, then the words.
    fallback
        The language where all of these are silent; None for Dutch.
    folder
        Where it really is, and what it names beside it.

    Raises
    ------
    ScriptError
        With every problem that was found, up to 20.
    """
    script, problems = read_through(
        text, path=path, language=language, fallback=fallback, folder=folder
    )
    if problems:
        raise ScriptError.of(problems)
    return script


def read_through(
    text: str,
    *,
    path: str = "script.md",
    language: Language | None = None,
    fallback: Language | None = None,
    folder: Path = HERE,
    title: str = "",
    fallback_title: str = "",
    most: int = MAX_PROBLEMS,
) -> tuple[Draft, list[Problem]]:
    """Return the script of a text without what cannot be read in it, and what that is.

    The parameters are those of `parse`. `title` is that of a script whose front matter has none,
    `fallback_title` of one that has no heading either, in place of its name. It gives up after
    `most` problems.

    Raises
    ------
    ScriptError
        As much is wrong as one run reports, or no more of it can be read.
    """
    page = Page.of(path, text)
    findings = Findings(page, most=most)
    check_size(findings)
    clean = readable(findings)
    fields, begin = frontmatter.read(clean, findings)
    masked = mask(clean, begin, findings)
    spoken_in = language or fields.pop("language", None) or _language(path, masked, fallback)
    scribe = Scribe(findings, Style(spoken_in))
    maker = _Maker(scribe, labels(masked), spoken_in, fields.get("title", title))
    found = tuple(blocks(masked, findings))
    headline = _headline(found)
    for block in found:
        maker.take(block, headline=block is headline)
    maker.close()
    scribe.require(
        (Speech, Breath, OneShot, Include), "write at least one line of text, a breath or a bell"
    )
    fields["language"] = spoken_in
    fields["title"] = maker.title or fallback_title or title_of(path)
    named = tuple(
        (name, page.source(start, stop))
        for name, start, stop in shown_in(clean[:begin] + masked[begin:])
    )
    left = tuple(
        (page.source(one.start, one.stop), *telling(clean, one)) for one in findings.account.left()
    )
    draft = Draft(
        *(path, Meta(**fields), tuple(scribe.parts)),
        text=text,
        folder=folder,
        named=named,
        left=left,
    )
    return draft, findings.problems


def telling(text: str, left: Left) -> tuple[str, str]:
    """Return what is told of words of a text that are left out, and what helps."""
    words = shown(text[left.start : left.stop])
    lines = text.count("\n", left.start, left.stop)
    many = f" and {lines} more line{'s' * (lines != 1)}" if lines else ""
    return f"'{words}'{many}: not spoken, for it is {left.why}", left.remedy


@dataclass(frozen=True, slots=True)
class _Opened:
    """A bracket that an `[end]` must close; `before` is the style that then returns.

    `of` is the part that it made; a style makes none. One that was `misread` may have none to end.
    """

    bracket: Bracket
    before: Style
    of: Repeat | Slot | None = None
    misread: bool = False


def _language(path: str, masked: str, fallback: Language | None) -> Language:
    told = language.of_path(path) or language.of_text(masked.strip())
    return told or fallback or language.DEFAULT


def title_of(path: str) -> str:
    """Return a file's name without its suffix, as a title."""
    return _line(FORBIDDEN.sub(" ", PurePosixPath(path.replace("\\", "/")).stem)) or "session"


def _headline(found: Sequence[Block]) -> Heading | None:
    """Return the heading that may be the title of the whole script, and so no chapter.

    That is an only heading of level 1, before all text.
    """
    first = next((block for block in found if not isinstance(block, Rule)), None)
    if not isinstance(first, Heading) or first.level != 1:
        return None
    tops = sum(isinstance(block, Heading) and block.level == 1 for block in found)
    return first if tops == 1 else None


@dataclass(slots=True)
class _Maker:
    """What is written so far, and what every block needs to become parts.

    `title` is that of the front matter; where it has none, that of the first heading of level 1.
    """

    scribe: Scribe
    labels: frozenset[str]
    language: Language
    title: str
    opened: list[_Opened] = field(default_factory=list)
    guesses: int = 0

    @property
    def findings(self) -> Findings:
        return self.scribe.findings

    @property
    def style(self) -> Style:
        return self.scribe.style

    def take(self, block: Block, *, headline: bool) -> None:
        match block:
            case Heading():
                self.heading(block, headline=headline)
            case Paragraph():
                self.paragraph(block)
            case Rule():
                source = self.findings.page.source(block.offset)
                self.scribe.add(Break(Boundary.SECTION, source), block.offset)

    def heading(self, heading: Heading, *, headline: bool) -> None:
        """Begin a chapter, unless the heading is the script's headline and says its title."""
        found = self.spans(heading)
        self.findings.account.know(heading.offset, heading.offset + len(heading.text))
        title = _line(" ".join(span.text for span in found if isinstance(span, Text)))
        if heading.level == 1:
            self.title = self.title or title
        if title and not (headline and title.casefold() == self.title.casefold()):
            self.scribe.chapter(title, heading.offset)
        for span in found:
            if isinstance(span, Bracket):
                self.directive(span)

    def spans(self, block: Heading | Paragraph) -> list[Span]:
        """Return the text, brackets and ends of lines of a block."""
        return spans(block.text, block.offset, self.labels, self.findings, self.language)

    def paragraph(self, paragraph: Paragraph) -> None:
        self.scribe.begin_paragraph()
        for span in self.spans(paragraph):
            match span:
                case Text():
                    self.scribe.say(span)
                case LineEnd():
                    self.scribe.end_line(span.offset)
                case _:
                    self.directive(span)
        self.scribe.end_paragraph(paragraph.offset + len(paragraph.text.rstrip()) - 1)

    def directive(self, bracket: Bracket) -> None:
        """Add the part of a directive, or speak on in the style that it asks for."""
        source = self.findings.page.source(bracket.start, bracket.end)
        meaning = self.read(bracket, source)
        match meaning:
            case None | directives.Said():
                return
            case directives.Opening():
                self.opened.append(_Opened(bracket, self.style))
                self.scribe.style = meaning.of(self.style)
                return
            case End():
                meaning = self.ended(bracket, source)
            case Repeat() | Slot():
                meaning = self.open(meaning, bracket)
            case Include():
                meaning = replace(meaning, style=self.style)
            case Breath() if meaning.counting:
                meaning = replace(meaning, counting=self.style)
        if meaning is not None:
            self.scribe.add(meaning, bracket.start)

    def read(self, bracket: Bracket, source: Source) -> directives.Meaning | None:
        """Return what a bracket asks for; None where that cannot be read.

        What it was to open then opens nothing that can be ended, and what it was to end is ended:
        else another bracket would be a fault, too. What a misspelt name means is guessed; for each
        guess one bracket may have no other half.
        """
        if bracket.unclosed:
            self.guesses += recognize.opens(bracket.content)
            return None
        try:
            return recognize.read(bracket.content, source, self.language)
        except recognize.Misdirected as misread:
            self.findings.add(bracket.start, bracket.stop, misread.message, misread.remedy)
            opens = misread.meant is not None and misread.meant.opens
            ends = misread.meant is directives.END and bool(self.opened)
            if opens:
                self.opened.append(_Opened(bracket, self.style, misread=True))
            self.guesses += misread.guessed and (opens or ends)
            return End(source) if ends else None

    def guessed(self) -> bool:
        """Tell, once for each guess, whether it may be wrong what a bracket opens or ends."""
        if not self.guesses:
            return False
        self.guesses -= 1
        return True

    def fault(self, bracket: Bracket, message: str, remedy: str) -> None:
        """Find a fault of a bracket; its remedy is said in the script's language."""
        told = worded(remedy, self.language)
        self.findings.add(bracket.start, bracket.stop, message, told)

    def open(self, part: Repeat | Slot, bracket: Bracket) -> Part | None:
        """Open what has an end; None where it cannot be in what is open."""
        around = [opened.of for opened in self.opened if opened.of]
        misread = True
        if isinstance(part, Slot) and any(isinstance(one, Slot) for one in around):
            self.fault(bracket, "a slot cannot be in a slot", "end the first with `[end]`")
        elif sum(isinstance(one, Repeat) for one in (*around, part)) > MAX_NESTED:
            message = f"repeats are nested more than {MAX_NESTED} deep"
            self.fault(bracket, message, "write some of it out")
        else:
            misread = False
        self.opened.append(_Opened(bracket, self.style, None if misread else part, misread))
        return None if misread else part

    def ended(self, bracket: Bracket, source: Source) -> Part | None:
        """Close what was opened last; return the end of the part that it made, if any."""
        if not self.opened:
            if self.guessed():
                return None
            remedy = "leave it out, or write `[repeat 3]` or `[soft]` where it begins"
            self.fault(bracket, "there is nothing to end here", remedy)
            return None
        last = self.opened.pop()
        if not recognize.ended_by(bracket.content, last.bracket.content):
            line = self.findings.page.source(last.bracket.start).line
            message = f"this does not end `[{shown(last.bracket.content)}]` of line {line}"
            self.fault(bracket, message, "end that first, with `[end]`")
        self.scribe.style = last.before
        return SlotEnd(source) if isinstance(last.of, Slot) else last.of and End(source)

    def close(self) -> None:
        """Find what is opened and never ended, and leave it out."""
        for opened in self.opened:
            if not opened.misread:
                kept = (part for part in self.scribe.parts if part is not opened.of)
                self.scribe.parts = [*kept]
            if not (opened.misread or self.guessed()):
                self.fault(opened.bracket, "this is never ended", "write `[end]` where it ends")


def _line(words: str) -> str:
    """Return words on one line, without characters that nobody sees."""
    return " ".join(words.translate(_UNSEEN).split())
