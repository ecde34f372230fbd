"""Mend what people write into our own script language: marks are done, what is for others goes.

The marks that `sessions.script.phrases.marks` understands become directives; what
`sessions.script.phrases.production` knows to be for the maker is left out. Whatever is not taken
over as words is noted, with its place.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sessions.errors import Source
from sessions.script import directives, frontmatter, recognize, values
from sessions.script.blocks import is_definition
from sessions.script.importing.edits import Edits
from sessions.script.model import Break, Breath, End, LevelChange, OneShot, Pause, Repeat, Until
from sessions.script.page import Misread
from sessions.script.phrases import production
from sessions.script.phrases.breathing import HOLD_REMEDY, PHASES, TIMES, is_hold
from sessions.script.phrases.marks import What, bare, understood
from sessions.script.phrases.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.script.model import Language
    from sessions.script.phrases.marks import Mark

LONGEST_TITLE: Final = 60
MOST_COLON_WORDS: Final = 3
LEAST_SENTENCE_WORDS: Final = 4
"""Words between square brackets that end with a stop, and are as many, are meant to be said."""
_NOWHERE: Final = Source("", 1, 1)
_TOKEN: Final = re.compile(
    r"\\.|`[^`\n]*`"
    r"|\[\[(?P<double>(?:[^\[\]\n]|\n(?!\s*\n)){1,300})\]\]"
    r"|(?P<picture>!?)\[(?P<square>(?:[^\[\]\n]|\n(?!\s*\n)){0,300})\]"
    r"(?P<link>\((?:<[^<>\n]*>|[^\s()]*)(?:\s+\"[^\"\n]*\")?\)|\[[^\[\]\n]{0,100}\])?"
    r"|\((?P<round>(?:[^()\[\]\n]|\n(?!\s*\n)){1,300})\)"
    r"|<\|(?P<bars>[^<>|\n]{1,100})\|>|(?P<hashes><#[^<>#\n]{1,100}#>)"
    r"|<(?P<tag>[a-z][^<>\n]{0,200})>"
    r"|\{\{?(?P<braces>[^{}\n]{1,100})\}\}?",
    re.IGNORECASE,
)
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE: Final = re.compile(r"^[ \t>]*(`{3,}|~{3,})", re.MULTILINE)
_HASHES: Final = re.compile(r"[ \t]*#+(?P<words>.*)")
_HEADING: Final = re.compile(r"[ \t]*(?P<marks>#{1,6})[ \t]+(?P<title>.*?)[ \t#]*$")
_RULE: Final = re.compile(r"[ \t]*(?:[-*_=~][ \t]*){3,}$")
_MERGE: Final = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |$)")
_LISTED: Final = re.compile(r"[ \t]*(?:[-*+•>]|[0-9]{1,3}[.)])[ \t]")
_DRESS: Final = "#*_~ \t"
_SAYING: Final = frozenset(
    [
        "say",
        "repeat",
        "think",
        "remember",
        "listen",
        "notice",
        "imagine",
        "ask",
        "tell",
        "whisper",
        "breathe",
        "breath",
        "inhale",
        "exhale",
        "hold",
        "zeg",
        "herhaal",
        "denk",
        "onthoud",
        "luister",
        "vraag",
        "vertel",
        "fluister",
        "adem",
        "ademen",
        "inademen",
        "uitademen",
        "houd",
        "hou",
        "vast",
    ]
)
"""Words of a line that is no title, though it is in capitals or ends with a colon."""
_NO_TITLE: Final = _SAYING | PHASES.keys() - {TIMES}
_PLAIN_PARTS: Final = (Pause, Until, Breath, OneShot, LevelChange)
"""What a directive may be in a text from elsewhere; the rest may name what is not here."""
_CELL: Final = re.compile(r"[^|\n]+")
_ROW: Final = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_PARTING: Final = re.compile(r"[ \t]*\|?[ \t:|-]*-[ \t:|-]*\|?[ \t]*$")
_TOML: Final = re.compile(r"\+\+\+[ \t]*\n(?:.*\n)*?\+\+\+(?=[ \t]*(?:\n|$))")
_PAIR: Final = re.compile(r"[\w.-]+(?P<equals>\s*=\s*)")
_KEY: Final = re.compile(r"(?:[\w][\w .-]{0,40}:(?:[ \t]+(?P<value>.*\S))?|[ \t]+\S|-|#)")
A_HOLD: Final = "a breath to hold, not done"
A_TITLE: Final = "taken as a title, not spoken"
A_COMMENT: Final = "a comment, not spoken"


@dataclass(slots=True)
class Mended:
    """The changes of a text, and notes of what is not taken over: start, stop, what, remedy."""

    edits: Edits
    language: Language
    plain: bool
    balanced: bool = True
    begun: bool = False
    notes: list[tuple[int, int, str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text as it was."""
        return self.edits.text

    def note(self, start: int, stop: int, what: str, remedy: str = "") -> None:
        """Note what becomes of the characters `start` to `stop`."""
        words = shown(self.text[start:stop].strip())
        self.notes.append((start, stop, f"{what}: '{words}'", remedy))

    def drop(self, start: int, stop: int, what: str, remedy: str = "") -> None:
        """Leave out the characters `start` to `stop`, with a note."""
        if self.edits.replace(start, stop) and self.text[start:stop].strip():
            self.note(start, stop, what, remedy)

    def do(self, start: int, stop: int, mark: Mark) -> None:
        """Write the directive of a mark for it, or leave it out where there is none."""
        if not mark.written:
            self.drop(start, stop, UNDONE[mark.what])
        elif mark.what is What.MANNER:
            name = mark.written
            self.drop(start, stop, UNDONE[mark.what], f"write `[{name}: words]` for some words")
        elif self.edits.replace(start, stop, f"[{mark.written}]") and mark.guess:
            self.note(start, stop, mark.guess)


UNDONE: Final = {
    What.PAUSE: "a pause of no length, left out",
    What.BELL: "a bell, left out",
    What.UNTIL: "the beginning, left out",
    What.MANNER: "how to say it, not done",
    What.SOUND: "a sound, not heard",
    What.DIRECTION: "a stage direction, not spoken",
    What.END: "the end, left out",
}


def mended(text: str, language: Language, *, plain: bool) -> Mended:
    """Return the changes that make a text one of ours.

    In a `plain` text, lines in capitals or with a colon may be titles, and `#` may be a comment.
    """
    job = Mended(Edits(text), language, plain)
    begin = _front(job)
    for match in _COMMENT.finditer(text, begin):
        job.note(*match.span(), A_COMMENT)
        job.edits.replace(*match.span())
    lines = [*_lines(text, begin)]
    fenced = _fenced(lines)
    free = [one for one, code in zip(lines, fenced, strict=True) if not code]
    tokens = _unfenced(
        job.text, begin, [one for one, code in zip(lines, fenced, strict=True) if code]
    )
    job.balanced = _balanced(tokens)
    _comments(job, free)
    _sections(job, free)
    _tables(job, free)
    for line in free:
        if _MERGE.match(line.text):
            job.drop(line.start, line.stop, "a mark of a merge, not spoken")
    for at, line in enumerate(free):
        _line(job, free, at, line)
    definitions = Edits(text)
    for line in free:
        if is_definition(line.text):
            definitions.replace(line.start, line.stop)
    for token in tokens:
        if definitions.free(*token.span()) and job.edits.free(*token.span()):
            _token(job, token)
    return job


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, with where it begins; `blank` if there is nothing on it."""

    start: int
    text: str

    @property
    def stop(self) -> int:
        """Where it ends, without its line feed."""
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it."""
        return not self.text.strip()


def _lines(text: str, begin: int) -> Iterator[Line]:
    offset = begin
    for row in text[begin:].split("\n"):
        yield Line(offset, row)
        offset += len(row) + 1


def _fenced(lines: list[Line]) -> list[bool]:
    """Return which lines are a block of code; a mark without another is none."""
    found = [False] * len(lines)
    opened: tuple[int, str] | None = None
    for at, line in enumerate(lines):
        match = _FENCE.match(line.text)
        if match and opened is None:
            opened = at, match[1]
        elif match and opened and match[1].startswith(opened[1]):
            found[opened[0] : at + 1] = [True] * (at + 1 - opened[0])
            opened = None
    return found


def _front(job: Mended) -> int:
    """Return where the words begin; what only looks like front matter is a line above them."""
    if job.text.startswith("+++"):
        return _toml(job)
    opening, close = frontmatter.edges(job.text)
    if opening is None:
        return 0
    if close is not None:
        block = job.text[opening.end() : close.start()]
        if frontmatter.readable(block):
            return close.end()
        rows = [*_lines(job.text[: close.start()], opening.end())]
        if all(one.blank or _KEY.match(one.text) for one in rows):
            _quote(job, rows)
            return close.end()
    job.edits.replace(0, opening.end())
    return opening.end()


def _toml(job: Mended) -> int:
    """Write front matter of another kind, `key = value` between two `+++`, as ours."""
    match = _TOML.match(job.text)
    if match is None:
        return 0
    job.edits.replace(0, 3, "---")
    job.edits.replace(match.end() - 3, match.end(), "---")
    for row in _lines(job.text[: match.end() - 4], 4):
        key = _PAIR.match(row.text)
        if key:
            job.edits.replace(row.start + key.start("equals"), row.start + key.end(), ": ")
        elif not row.blank:
            job.drop(row.start, row.stop, "a row of its front matter, left out")
    return match.end()


def _quote(job: Mended, rows: list[Line]) -> None:
    """Put the values of keys in quotes where they are no YAML, as in `title: Rest: a story`."""
    for row in rows:
        match = _KEY.match(row.text)
        if match and match["value"] and not frontmatter.readable(row.text):
            start = row.start + match.start("value")
            job.edits.replace(start, row.stop, json.dumps(match["value"], ensure_ascii=False))


def _comments(job: Mended, lines: list[Line]) -> None:
    """Leave out runs of lines with `#`, as in lists of lines; one alone is a title."""
    if not job.plain:
        return
    run: list[Line] = []
    for line in [*lines, Line(len(job.text), "")]:
        hashes = _HASHES.fullmatch(line.text)
        if hashes:
            run.append(line)
            continue
        small = run and run[0].text.lstrip("# \t")[:1].islower()
        if len(run) > 1 or small:
            for one in run:
                job.drop(one.start, one.stop, A_COMMENT)
        run = []


def _sections(job: Mended, lines: list[Line]) -> None:
    """Leave out what stands below a heading of what is not for the listener."""
    level, why = 0, ""
    for at, line in enumerate(lines):
        heading = _HEADING.fullmatch(line.text)
        title = heading["title"] if heading else _alone(lines, at)
        if title:
            depth = len(heading["marks"]) if heading else 7
            if why and depth <= level:
                why = ""
            if not why:
                why = production.section(title.strip(_DRESS + ":"), job.language)
                level = depth
        if why and not line.blank:
            job.drop(line.start, line.stop, f"{why}, not spoken")


def _alone(lines: list[Line], at: int) -> str:
    """Return the words of a line between blank lines that could be a heading, else ''."""
    row = lines[at].text.strip()
    if not 0 < len(row) <= LONGEST_TITLE or not _blank(lines, at - 1):
        return ""
    dressed = row[0] in "*_" or row.endswith(":") or row.isupper()
    return row if dressed else ""


def _blank(lines: list[Line], at: int) -> bool:
    return not 0 <= at < len(lines) or lines[at].blank


def _tables(job: Mended, lines: list[Line]) -> None:
    """Leave out the heading row of a table, and its columns that are for the maker."""
    why: list[str] = []
    for at, line in enumerate(lines):
        if not _ROW.fullmatch(line.text):
            why = []
            continue
        cells = [*_CELL.finditer(line.text)]
        heads = at + 1 < len(lines) and _PARTING.fullmatch(lines[at + 1].text)
        if not why and (at == 0 or not _ROW.fullmatch(lines[at - 1].text)):
            names = [cell[0].strip(_DRESS) for cell in cells]
            why = production.columns(names, job.language)
            if why or heads:
                job.drop(line.start, line.stop, "the heads of a table, not spoken")
                continue
        for cell, reason in zip(cells, why, strict=False):
            if reason and not _PARTING.fullmatch(cell[0]):
                start, stop = (line.start + place for place in cell.span())
                job.drop(start, stop, f"{reason}, not spoken")


def _line(job: Mended, lines: list[Line], at: int, line: Line) -> None:
    """Mend one line: a mark or a title that it is, and what in it is for the maker."""
    if line.blank or not job.edits.free(line.start, line.stop) or _RULE.fullmatch(line.text):
        return
    heading = _HEADING.fullmatch(line.text)
    mark = _mark_of(heading["title"], job.language) if heading else None
    first, job.begun = not job.begun, job.begun or not mark
    if mark:
        job.do(line.start, line.stop, mark)
        return
    for out in production.outs(line.text, job.language):
        start, stop = line.start + out.start, line.start + out.stop
        inner = line.text[out.start + 1 : out.stop - 1]
        if line.text[out.start] == "[" and _kept(inner, balanced=job.balanced):
            continue
        if out.mark:
            job.do(start, stop, out.mark)
        else:
            job.drop(start, stop, f"{out.reason}, not spoken")
    if not heading and job.edits.free(line.start, line.stop):
        _title(job, lines, at, first=first)


def _mark_of(title: str, language: Language) -> Mark | None:
    """Return the mark that a heading is, however it is dressed; it is no title."""
    inner = title.strip(_DRESS)
    bracketed = inner[:1] in "([{<" and inner[-1:] in ")]}>"
    if inner[-1:] in ".!?" and not inner.endswith("..."):
        return None
    return understood(inner, language) if bracketed else bare(inner, language)


def _title(job: Mended, lines: list[Line], at: int, *, first: bool) -> None:
    """Make a heading of a line in capitals, or of a few words with a colon at its end."""
    line = lines[at]
    words = line.text.strip().strip(_DRESS).strip()
    listed = _LISTED.match(line.text)
    uneven = any(words.count(one) != words.count(other) for one, other in ("[]", "()", "<>"))
    if listed or uneven or not 0 < len(words) <= LONGEST_TITLE or not re.search(r"[^\W\d_]", words):
        return
    if first and at + 1 < len(lines) and _is_header(job, lines[at + 1]):
        title = words.capitalize() if words.isupper() else words
        job.edits.replace(line.start, line.stop, f"# {title}\n")
        return
    if not job.plain:
        return
    if not (_blank(lines, at - 1) or _blank(lines, at + 1)):
        return
    known = {word.lower() for word in re.findall(r"[^\W\d_]+", words)}
    below = next((place for place in range(at + 1, len(lines)) if not lines[place].blank), None)
    if below is None or not known.isdisjoint(_NO_TITLE):
        return
    following = lines[below].text.strip()
    title = ""
    if words.endswith(":"):
        title = words[:-1].strip() if len(words.split()) <= MOST_COLON_WORDS else ""
    elif words.isupper() and len(words) > 2 and words[-1] not in ".!?,;…":
        title = words.capitalize() if first or not following.isupper() else ""
    if title and job.edits.replace(line.start, line.stop, f"\n{'#' if first else '##'} {title}\n"):
        job.note(line.start, line.stop, A_TITLE)


def _is_header(job: Mended, line: Line) -> bool:
    outs = production.outs(line.text, job.language)
    return any(out.reason == production.HEADER for out in outs)


def _unfenced(text: str, begin: int, fenced: list[Line]) -> list[re.Match[str]]:
    """Return what stands between brackets of some kind, but not in code."""
    code = Edits(text)
    for line in fenced:
        code.replace(line.start, line.stop)
    return [one for one in _TOKEN.finditer(text, begin) if code.free(*one.span())]


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


def _token(job: Mended, token: re.Match[str]) -> None:
    start, stop = token.span()
    if token["square"] is not None:
        if token["picture"]:
            job.drop(start, stop, "a picture, not spoken")
        elif not token["link"] or not re.search(r"[/.#:\[]", token["link"]):
            close = start + len(token["square"]) + 2
            _square(job, start, close, token["square"])
        return
    inner = next((words for words in token.groupdict().values() if words), None)
    mark = understood(inner, job.language) if inner else None
    if mark:
        job.do(start, stop, mark)
    elif inner and is_hold(inner):
        job.drop(start, stop, A_HOLD, HOLD_REMEDY[job.language])
    elif token["braces"] and values.REFERENCE.match(job.text, start):
        if production.is_gap(inner or ""):
            job.drop(start, stop, "a placeholder, not spoken", "write `{name?, {name}}` for it")
        else:
            job.edits.replace(start, start + 1, "\\{")
    elif token["double"]:
        job.drop(start, stop, "words in double brackets, not spoken")


def _square(job: Mended, start: int, stop: int, words: str) -> None:
    """Do what stands between square brackets, or say it if it is a sentence."""
    if not words.strip() or words.strip().lower() == "x" or words[0] == "^":
        return
    if _kept(words, balanced=job.balanced):
        return
    mark = understood(words, job.language)
    if mark:
        job.do(start, stop, mark)
    elif is_hold(words):
        job.drop(start, stop, A_HOLD, HOLD_REMEDY[job.language])
    elif words.strip()[-1] in ".!?" and len(words.split()) >= LEAST_SENTENCE_WORDS:
        job.edits.replace(start, start + 1)
        job.edits.replace(stop - 1, stop)
        job.note(start, stop, "words in square brackets, spoken")
    else:
        key = (
            job.text[stop : stop + 2] == ": " and job.text[:start].rpartition("\n")[2].strip() == ""
        )
        what = "a speaker's name, not spoken" if key else "a stage direction, not spoken"
        job.drop(start, stop + key, what, "write what should be heard, if anything")


def _kept(words: str, *, balanced: bool) -> bool:
    """Tell whether words are a directive of ours, that can be done wherever it comes from."""
    if recognize.line_form(words, 0, len(words)) or recognize.says(words):
        row = _meaning(words)
        return row is not None and row.name != "voice" and ":" in words
    try:
        meaning = recognize.read(words, _NOWHERE)
    except Misread:
        return False
    if isinstance(meaning, OneShot):
        return meaning.sound == "bell"
    if isinstance(meaning, directives.Opening | Repeat | End):
        return balanced and not (isinstance(meaning, directives.Opening) and meaning.voice)
    return isinstance(meaning, _PLAIN_PARTS) and not isinstance(meaning, Break)
