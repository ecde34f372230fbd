"""Mend what people write into our own script language: marks are done, what is for others goes.

The marks that `sessions.script.phrases.marks` understands become directives; what
`sessions.script.phrases.production` knows to be for the maker is left out. Whatever is not taken
over as words is noted, with its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.errors import Source
from sessions.script import directives, recognize, values
from sessions.script.blocks import is_definition, labels
from sessions.script.importing.edits import Edits
from sessions.script.importing.job import A_COMMENT, DRESS, HEADING, Job, Line, lines_of
from sessions.script.importing.matter import take_front
from sessions.script.importing.structure import (
    leave_comments,
    leave_sections,
    take_tables,
    take_title,
)
from sessions.script.model import Break, End, Repeat, Slot
from sessions.script.page import Misread
from sessions.script.phrases import production
from sessions.script.phrases.breathing import HOLD_REMEDY, LONGEST_HOLD_SECONDS, held_seconds
from sessions.script.phrases.marks import What, bare, understood
from sessions.script.phrases.names import is_name
from sessions.script.phrases.quantities import digits
from sessions.script.phrases.speakers import speakers
from sessions.script.unspoken import Kind, Silent, silent

if TYPE_CHECKING:
    from sessions.script.model import Language
    from sessions.script.phrases.marks import Mark

LEAST_SENTENCE_WORDS: Final = 4
"""Words between square brackets that end with a stop, and are as many, are meant to be said."""
_NOWHERE: Final = Source("", 1, 1)
_TOKEN: Final = re.compile(
    r"\\.|`[^`\n]*`"
    r"|\[\[(?P<double>(?:[^\[\]\n]|\n(?!\s*\n)){1,300})\]\]"
    r"|(?P<picture>!?)\[(?P<square>(?:[^\[\]\n]|\n(?!\s*\n)){0,300})\]"
    r"(?P<link>\((?:<[^<>\n]*>|[^\s()]*)(?:\s+\"[^\"\n]*\")?\))?"
    r"|\((?P<round>(?:[^()\[\]\n]|\n(?!\s*\n)){1,300})\)"
    r"|<\|(?P<bars>[^<>|\n]{1,100})\|>|(?P<hashes><#[^<>#\n]{1,100}#>)"
    r"|<(?P<tag>[a-z][^<>\n]{0,200})>"
    r"|\{\{?(?P<braces>[^{}\n]{1,100})\}\}?",
    re.IGNORECASE,
)
_RULE: Final = re.compile(r"[ \t]*(?:[-*_=~][ \t]*){3,}$")
_LABEL: Final = re.compile(r"\[([^\[\]\n]{0,100})\]")
_ALONE: Final = re.compile(r"\s*\[([^\[\]]*)\]\s*")
_CALLED: Final = frozenset(("adempauze", "breathing space"))
"""What chapters are called, though it is a pause."""
A_HOLD: Final = "a breath to hold, not done"


def mended(text: str, language: Language, *, plain: bool, whole: bool = True) -> Job:
    """Return the changes that make a text one of ours.

    In a `plain` text, lines in capitals or with a colon may be titles, and `#` may be a comment.
    `whole` is whether a text with front matter of ours may have what only ours have.
    """
    job = Job(Edits(text), language, plain)
    begin = take_front(job)
    job.ours = job.ours and whole
    kept = Edits(text)  # what stays as it is: code, and where links lead
    for one in silent(text, begin):
        _silent(job, one, kept)
    lines = [line for line in lines_of(text, begin) if kept.free(line.start, line.stop)]
    for line in lines:
        if is_definition(line.text):
            kept.replace(line.start, line.stop)
    tokens = [one for one in _TOKEN.finditer(text, begin) if kept.free(*one.span())]
    job.balanced = _balanced(tokens)
    job.names = speakers([line.text for line in lines])
    leave_comments(job, lines)
    leave_sections(job, lines)
    take_tables(job, lines)
    for at, line in enumerate(lines):
        if kept.free(line.start, line.stop):
            _line(job, lines, at, line)
    known = labels(text)
    for token in tokens:
        if job.edits.free(*token.span()):
            _token(job, token, known)
    return job


def _silent(job: Job, one: Silent, kept: Edits) -> None:
    """Leave out a comment or what a merge left; where it is only opened, no more than its mark."""
    if one.kind is Kind.CODE:
        kept.replace(one.start, one.stop)
    elif one.kind is Kind.MERGE:
        job.drop(one.start, one.stop, "a mark of a merge, not spoken")
    elif one.opened:
        job.drop(one.start, one.stop, "a comment that is never closed, its words spoken")
    else:
        job.drop(one.start, one.stop, A_COMMENT)


def _line(job: Job, lines: list[Line], at: int, line: Line) -> None:
    """Mend one line: a mark or a title that it is, and what in it is for the maker."""
    if line.blank or not job.edits.free(line.start, line.stop) or _RULE.fullmatch(line.text):
        return
    heading = HEADING.fullmatch(line.text)
    mark = _mark_of(heading["title"], job.language) if heading else None
    first, job.begun = not job.begun, job.begun or not mark
    if mark:
        job.do(line.start, line.stop, mark)
        return
    alone = _ALONE.fullmatch(line.text)
    if alone and _kept(job, alone[1]):
        return
    for out in production.outs(line.text, job.language, job.names):
        start, stop = line.start + out.start, line.start + out.stop
        inner = line.text[out.start + 1 : out.stop - 1]
        if line.text[out.start] == "[" and _kept(job, inner):
            continue
        if out.mark:
            job.do(start, stop, out.mark)
        elif is_name(line.text[out.start : out.stop]):
            job.fill(start, stop)
        else:
            job.drop(start, stop, f"{out.reason}, not spoken", out.remedy)
    if not heading and job.edits.free(line.start, line.stop):
        take_title(job, lines, at, first=first)


def _mark_of(title: str, language: Language) -> Mark | None:
    """Return the mark that a heading is, however it is dressed; it is no title."""
    inner = title.strip(DRESS)
    bracketed = inner[:1] in "([{<" and inner[-1:] in ")]}>"
    if inner[-1:] in ".!?" and not inner.endswith("..."):
        return None
    if bracketed:
        return understood(inner, language)
    return None if inner.lower() in _CALLED else bare(inner, language)


def _balanced(tokens: list[re.Match[str]]) -> bool:
    """Tell whether as many styles and repeats begin as end, so that they are meant as ours."""
    contents = [one["square"] or "" for one in tokens]
    opened = sum(map(_opens, contents))
    return opened == sum(_meaning(content) is directives.END for content in contents)


def _meaning(content: str) -> directives.Directive | None:
    match = directives.NAME.match(content)
    return directives.BY_NAME[" ".join(match[1].lower().split())][0] if match else None


def _opens(content: str) -> bool:
    meaning = _meaning(content)
    return bool(meaning and meaning.opens and not recognize.line_form(content, 0, len(content)))


def _bracket(job: Job, token: re.Match[str], labels: frozenset[str]) -> None:
    """Mend what stands between square brackets, unless it is a link."""
    start, close = token.start(), token.start() + len(token["square"]) + 2
    if token["picture"]:
        job.drop(*token.span(), "a picture, not spoken")
    elif token["link"] and re.search(r"[/.#:]", token["link"]):
        return
    elif not _is_reference(job.text, close, token["square"], labels):
        _square(job, start, close, token["square"])


def _token(job: Job, token: re.Match[str], labels: frozenset[str]) -> None:
    start, stop = token.span()
    if token["square"] is not None:
        _bracket(job, token, labels)
        return
    if token["round"] and "\n" not in token["round"] and not held_seconds(token["round"]):
        return  # as `production.outs` has judged it, by what stands around it
    inner = next((words for words in token.groupdict().values() if words), None)
    mark = understood(inner, job.language) if inner else None
    if mark:
        job.do(start, stop, mark)
    elif inner and held_seconds(inner):
        _hold(job, start, stop, held_seconds(inner))
    elif job.ours:
        return
    elif token["braces"] and values.REFERENCE.match(job.text, start):
        if is_name(token[0]):
            job.fill(start, stop)
        elif production.is_gap(inner or ""):
            job.drop(start, stop, "a placeholder, not spoken", "write `{name?, {name}}` for it")
        else:
            job.edits.replace(start, start + 1, "\\{")
    elif token["double"]:
        job.drop(start, stop, "words in double brackets, not spoken")


def _is_reference(text: str, close: int, words: str, labels: frozenset[str]) -> bool:
    """Tell whether words between brackets are those of a link, or its label, in a text."""
    second = _LABEL.match(text, close)
    names = (words, second[1] if second else "")
    return any(" ".join(name.lower().split()) in labels for name in names if name)


def _hold(job: Job, start: int, stop: int, seconds: float) -> None:
    """Make a pause of a hold; not of one that is too long."""
    if seconds > LONGEST_HOLD_SECONDS:
        job.drop(start, stop, A_HOLD, HOLD_REMEDY[job.language])
    elif job.edits.replace(start, stop, f"[pause {digits(seconds)}s]"):
        job.note(start, stop, f"a pause of {seconds:g} s, for as long as is held")


def _square(job: Job, start: int, stop: int, words: str) -> None:
    """Do what stands between square brackets, or say it if it is a sentence."""
    if not words.strip() or words.strip().lower() == "x" or words[0] == "^":
        return
    if _kept(job, words):
        return
    mark = understood(words, job.language, square=True)
    if mark:
        job.do(start, stop, mark)
    elif is_name(words):
        job.fill(start, stop)
    elif held_seconds(words):
        _hold(job, start, stop, held_seconds(words))
    elif words.strip()[-1] in ".!?" and len(words.split()) >= LEAST_SENTENCE_WORDS:
        job.edits.replace(start, start + 1)
        job.edits.replace(stop - 1, stop)
        job.note(start, stop, "words in square brackets, spoken")
    else:
        above = job.text.rfind("\n", 0, start) + 1
        key = job.text[stop : stop + 2] == ": " and not job.text[above:start].strip()
        what = "the name of a speaker, not spoken" if key else "a stage direction, not spoken"
        job.drop(start, stop + key, what, "write what should be heard, if anything")


def _kept(job: Job, words: str) -> bool:
    """Tell whether words between brackets are a directive of ours, that can stay as it is."""
    if words not in job.kept:
        job.kept[words] = _stays(job, words)
    return job.kept[words]


def _stays(job: Job, words: str) -> bool:
    if recognize.line_form(words, 0, len(words)) or recognize.says(words):
        return ":" in words or job.ours
    mark = understood(words, job.language)
    if mark and mark.what is What.SOUND and not job.ours:
        return False  # `[music off]` is of the maker of a recording
    try:
        meaning = recognize.read(words, _NOWHERE)
    except Misread:
        return False
    if isinstance(meaning, directives.Opening | Repeat | Slot | End):
        return job.balanced
    return job.ours or not isinstance(meaning, Break)
