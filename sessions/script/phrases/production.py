"""Recognize what is written for the one who makes the recording, and not for the listener.

One recognizer for importers, which leave it out, and for warnings: headers, times, stage
directions, speakers' names, placeholders, furniture of pages; sections and columns of that kind.
All languages are looked at, for a Dutch script may have an English header.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.script.phrases.makers import MAKERS
from sessions.script.phrases.marks import CLOCK, LONGEST, What, bare, understood

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sessions.script.model import Language
    from sessions.script.phrases.marks import Mark


@dataclass(frozen=True, slots=True)
class Out:
    """The characters `start` to `stop` of a line that are not for the listener, and why.

    `mark` is what they ask for, where a recording can have it.
    """

    start: int
    stop: int
    reason: str
    mark: Mark | None = None


REASONS: Final = {
    What.PAUSE: "a pause",
    What.BELL: "a bell",
    What.UNTIL: "a time of the recording",
    What.MANNER: "a stage direction",
    What.DIRECTION: "a stage direction",
    What.SOUND: "a sound",
    What.END: "the end",
}
"""Why the marks of `sessions.script.phrases.marks` are not said."""
HEADER: Final = "a header"
LONGEST_LINE: Final = 300
"""Characters of a line that is all for the maker."""


def _any(field: str) -> str:
    return "|".join(getattr(row, field) for row in MAKERS.values())


_SPAN = rf"{CLOCK}\s*(?:-+>?|–|—|→|to|tot)\s*{CLOCK}"  # noqa: RUF001 - the dash that people type
_PREFIX = re.compile(r"[ \t>]*(?:(?:[-*+•]|[0-9]{1,3}[.)])[ \t]+)?(?:#{1,6}[ \t]+)?")
_DASHED = re.compile(
    r"[ \t>]*(?P<dash>[—–~]|-{1,3})[ \t]*(?P<inside>\S.{0,80}?)[ \t]*(?P=dash)[ \t]*"  # noqa: RUF001 - as above
)
_HEADER = re.compile(
    rf"[*_]{{0,3}}(?:(?:{_any('qualified')})\s+)?(?:(?P<sure>{_any('keys')})|(?:{_any('likely')}))"
    r"[*_]{0,3}\s*[:=]\s*[*_]{0,3}\s*(?P<value>[^\s*_].*)"
    r"|[*_]{0,3}copyright\s+(?:©|\(c\)|[0-9]{4}).*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(rf"(?<![\w'])(?:{_any('address')})(?![\w'])", re.IGNORECASE)
_ROLE = rf"(?:{_any('speakers')})(?:[ _-]?[0-9]{{1,2}})?"
_SPEAKER = re.compile(
    rf"(?:[*_]{{0,3}}{_ROLE}(?:\s*\([^()]{{1,30}}\))?[*_]{{0,3}}\s*:[*_]{{0,3}}"
    rf"|\[{_ROLE}\]:?)\s+(?=\S)",
    re.IGNORECASE,
)
_SHOUTED = re.compile(
    r"[*_]{0,3}(?P<name>[^\W\d_a-z](?:[^\W\d_a-z]|[. '-]){1,24}(?:[0-9]{1,2})?)"
    r"[*_]{0,3}:[*_]{0,3}\s+(?=\S)"
)
_EXCLAIMED = re.compile(rf"(?:{_any('exclaimed')})", re.IGNORECASE)
_SLUG = re.compile(r"[a-z]+(?:[-_][a-z]+)*[-_]?(?:[0-9]+|[-_][a-z]+):\s+(?=[^\Wa-z\d_])")
"""`intro-one: Sit down.`, before words that begin a sentence."""
_STAMP = re.compile(
    rf"(?P<signs>[*_]{{1,3}})?(?:[\[(<]\s*@?\s*(?:{_SPAN}|{CLOCK})\s*[\])>]|@\s?{CLOCK}|{_SPAN}"
    rf"|{CLOCK}(?=\s*$|\s*[-–—|]\s|\s+[^\Wa-z\d_](?!M\b)))(?(signs)(?P<closed>(?P=signs))?)"  # noqa: RUF001
    r"[\s:|—–-]*(?=\S|$)"  # noqa: RUF001
)
_AFTER_STAMP = " \t:|—–-*_"  # noqa: RUF001
_BETWEEN = re.compile(_SPAN)
_NOTE = re.compile(rf"[*_(\[]{{0,3}}(?:{_any('notes')})\s*:\s*\S.*", re.IGNORECASE)
_GAP = re.compile(rf"(?:{_any('gaps')})", re.IGNORECASE)
_GAP_ALONE = re.compile(
    rf"[*_]{{0,3}}(?:(?:TODO|FIXME|TBD|TBA|XXX+)\b.*|(?i:{_any('gaps_alone')})[.…]*"
    r"|(?i:lorem ipsum).*)"
)
_FURNITURE = re.compile(
    rf"(?:{_any('furniture')})[.!:…»>]*|(?:©|\(c\)) ?[0-9]{{4}}.*|(?:https?://|www\.)\S+"
    r"|[0-9]{1,3} ?/ ?[0-9]{1,3}|[-–—] ?[0-9]{1,3} ?[-–—]",  # noqa: RUF001
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)|(?://|%%)\s?.*")
_INSIDE = re.compile(
    r"(?<!\\)(?:(?P<comment><!--.{0,300}?-->)"
    r"|\{\{?(?P<gap>[^{}]{1,60})\}\}?"
    r"|<\|?(?P<angle>[^<>|]{1,80})\|?>"
    r"|\[{1,2}(?P<square>[^\[\]]{1,200})\]{1,2}(?![(:])"
    r"|(?P<signs>\*{1,3}|_{1,3})(?=\S)(?P<dressed>[^*_]{1,100})(?P=signs)(?!\w)"
    r"|\((?P<round>[^()]{1,200})\)"
    r"|(?<!\S)(?P<dash>[—–~]|-{1,3})\s(?P<set_off>[^—–~\s-][^—–~]{0,60}?)\s(?P=dash)(?!\S))"  # noqa: RUF001
)
_YOURS = re.compile(r"(?:your|insert|jouw|uw|vul|naam|name|client)\b", re.IGNORECASE)
_DOTTED = re.compile(r"^(?:\.{3,}|…)\s*|\s*(?:\.{3,}|…)$")
"""`...PAUSE...`"""
_TITLED = re.compile(r"(?:[^\s.!?…,;:]+\s+){0,3}[^\s.!?…,;:]+")
"""A few words behind a span of time are what a part is called."""
_FREE_BEFORE = re.compile(r"(?:^|[.!?…:;\"”’)\]>*_|-])[ \t*_>#-]*$")  # noqa: RUF001
_FREE_AFTER = re.compile(r"[ \t*_]*(?:$|[^\s*_,.;:!?a-z])")
_SENTENCE = re.compile(r"[.!?…,](?:\s|$)|[\[\](){}<>]")
"""What a line has that is no mark alone."""
_ALSO_SAID: Final = frozenset({"silence", "stilte"})
"""Alone on a line, or as a sentence, these may be words of a verse."""


def outs(line: str, language: Language) -> list[Out]:
    """Return what of a line, as written with its marks of Markdown, is not for the listener.

    They are in order, and none overlaps another. A mark is written in `language`.
    """
    whole = _whole(line, language) if len(line) <= LONGEST_LINE else None
    if whole:
        return [whole]
    found = list[Out]()
    start = _PREFIX.match(line).end()  # type: ignore[union-attr]  # it may match nothing
    key = _key(line, start, language)
    if key:
        found.append(key)
        start = key.stop
    found.extend(_within(line, start, language))
    return found


def _whole(line: str, language: Language) -> Out | None:
    """Return a line that is all for the maker, without the marks of a list or a heading."""
    start, stop = 0, len(line.rstrip())
    dashed = _DASHED.fullmatch(line)
    if dashed and _FURNITURE.fullmatch(line.strip()):
        return Out(dashed.start("dash"), stop, "of a page")
    mark = bare(dashed["inside"], language) if dashed else None
    if dashed and mark:
        return Out(dashed.start("dash"), stop, REASONS[mark.what], mark)
    start = _PREFIX.match(line).end()  # type: ignore[union-attr]  # it may match nothing
    body = line[start:stop]
    for pattern, reason in _LINES:
        if pattern.fullmatch(body):
            return Out(start, stop, reason)
    header = _HEADER.fullmatch(body)
    if header and _is_header(header, body):
        return Out(start, stop, HEADER)
    mark = _alone(body, language)
    return Out(start, stop, REASONS[mark.what], mark) if mark else None


_LINES: Final = (
    (_COMMENT, "a comment"),
    (_GAP_ALONE, "a placeholder"),
    (_FURNITURE, "of a page"),
    (_NOTE, "a note for the studio"),
)


def _is_header(header: re.Match[str], body: str) -> bool:
    """Tell a header from a sentence, or from what a speaker says."""
    value = header["value"] or ""
    if header["sure"] or not value:
        return True
    spoken = _SPEAKER.match(body) and value.rstrip("*_ ")[-1:] in ".!?"
    return not spoken and not _ADDRESS.search(value)


def _alone(body: str, language: Language) -> Mark | None:
    """Return the mark that a line without any signs is."""
    body = _DOTTED.sub("", body)
    mark = None if _SENTENCE.search(body) else bare(body, language)
    if mark is None or (body.lower() in _ALSO_SAID and not body.isupper()):
        return None
    if mark.what in {What.PAUSE, What.BELL}:
        return mark if body.isupper() or re.search(r"pau[sz]e|[^\W\d_]{4}", body.lower()) else None
    capitals = mark.what is What.END and body.isupper()
    return mark if capitals or re.match(r"(?:sfx|fx)\b", body.lower()) else None


def _key(line: str, start: int, language: Language) -> Out | None:
    """Return a speaker's name, or a time, before the words of a line."""
    stamp = _STAMP.match(line, start)
    if stamp:
        begin = stamp.end("signs") if stamp["signs"] and not stamp["closed"] else start
        spanned = _BETWEEN.search(stamp[0])
        if spanned and _TITLED.fullmatch(line[stamp.end() :].strip(" \t*_")):
            return Out(start, len(line.rstrip()), REASONS[What.UNTIL])
        mark = None if spanned else understood(stamp[0].rstrip(_AFTER_STAMP), language)
        return Out(begin, stamp.end(), REASONS[What.UNTIL], mark if mark and mark.written else None)
    shouted = _SHOUTED.match(line, start)
    if shouted and not _EXCLAIMED.fullmatch(shouted["name"]):
        return Out(start, shouted.end(), "a speaker's name")
    named = _SPEAKER.match(line, start) or _SLUG.match(line, start)
    return Out(start, named.end(), "a speaker's name") if named else None


def _within(line: str, start: int, language: Language) -> Iterator[Out]:
    """Yield what stands between signs, from `start` on."""
    while match := _INSIDE.search(line, start):
        out = _out(match, language)
        if out:
            yield out
        nested = out is None and (match["square"] or match["angle"])
        start = match.start() + 1 if nested else match.end()


def _out(match: re.Match[str], language: Language) -> Out | None:
    inside = match[match.lastgroup or 0]
    if match["comment"]:
        return Out(*match.span(), "a comment")
    bracketed = match["square"] or match["round"]
    if match["gap"]:
        mark = understood(inside, language)
        if mark or match[0].startswith("{{"):
            reason = REASONS[mark.what] if mark else "a placeholder"
            return Out(*match.span(), reason, mark)
        return None
    if (match["angle"] and _YOURS.match(inside)) or (bracketed and _GAP.fullmatch(inside.strip())):
        return Out(*match.span(), "a placeholder")
    mark = _marked(match, inside, language)
    return Out(*match.span(), REASONS[mark.what], mark) if mark else None


def _marked(match: re.Match[str], inside: str, language: Language) -> Mark | None:
    """Return the mark that stands between some signs; None where it is part of a sentence."""
    line, start = match.string, match.start()
    bracketed = inside if match["square"] or match["round"] or match["angle"] else ""
    if not bracketed and inside[:1] in "([" and inside[-1:] in ")]":
        bracketed = inside[1:-1]
    mark = understood(bracketed, language) if bracketed else bare(inside, language)
    if mark is None or match["square"]:
        return mark
    free = _FREE_AFTER.match(line, match.end()) and _FREE_BEFORE.search(
        line[max(0, start - _NEAR) : start]
    )
    if bracketed and mark.what in {What.PAUSE, What.BELL} and bare(bracketed, language):
        return mark if free or not _COUNTED.match(bracketed) else None
    addressed = not bracketed and mark.what is What.DIRECTION and _ADDRESS.search(inside)
    return mark if free and not addressed else None


def is_gap(words: str) -> bool:
    """Tell whether words between braces stand for what is yet to be filled in."""
    return _GAP.fullmatch(words.strip()) is not None


def section(title: str, language: Language) -> str:  # noqa: ARG001 - as of the others
    """Return why all below a heading is not for the listener; '' where it is."""
    plain = _NUMBERED.sub("", title.strip(" \t#*_:")).strip(" \t*_:.").lower()
    if len(plain) > LONGEST:
        return ""
    return next((reason for pattern, reason in _SECTIONS if pattern.fullmatch(plain)), "")


def columns(row: Sequence[str], language: Language) -> list[str]:  # noqa: ARG001 - as above
    """Return of each column below a row why it is not spoken, '' where it is; [] of no heading row.

    A heading row names a column that is spoken and one that is not.
    """
    names = [cell.strip(" \t*_:|").lower()[:LONGEST] for cell in row]
    reasons = [
        next((reason for pattern, reason in _COLUMNS if pattern.fullmatch(name)), "")
        for name in names
    ]
    voiced = any(
        _VOICED.fullmatch(name) and not why for name, why in zip(names, reasons, strict=True)
    )
    return reasons if voiced and any(reasons) else []


def _reasons(field: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(pattern), reason)
        for row in MAKERS.values()
        for reason, pattern in getattr(row, field).items()
    )


_NUMBERED = re.compile(r"^(?:[0-9]{1,3}|[ivx]{1,4}|[a-z])[.)]\s+", re.IGNORECASE)
_SECTIONS: Final = _reasons("sections")
_COLUMNS: Final = _reasons("columns")
_VOICED = re.compile(_any("voiced"))
_NEAR: Final = 20
"""Characters before a mark in which the end of a sentence is looked for."""
_COUNTED = re.compile(r"(?:an?|een|the|de|[0-9]+)\b", re.IGNORECASE)
"""How what is part of a sentence begins: `(a bell)`, `(4 tellen)`."""
