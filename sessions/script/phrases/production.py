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
from sessions.script.phrases.marks import LONGEST, What, bare, understood

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
LONGEST_LINE: Final = 300
"""Characters of a line that is all for the maker."""


def _any(field: str) -> str:
    return "|".join(getattr(row, field) for row in MAKERS.values())


_CLOCK = r"(?:[0-9]{1,2}:)?[0-9]{1,3}:[0-5][0-9](?:[.,][0-9]{1,3})?"
_SPAN = rf"{_CLOCK}\s*(?:-+>?|–|—|→|to|tot)\s*{_CLOCK}"  # noqa: RUF001 - the dash that people type
_PREFIX = re.compile(r"[ \t>]*(?:(?:[-*+•]|[0-9]{1,3}[.)])[ \t]+)?(?:#{1,6}[ \t]+)?")
_DASHED = re.compile(
    r"[ \t>]*(?P<dash>[—–~]|-{1,3})[ \t]*(?P<inside>\S.{0,80}?)[ \t]*(?P=dash)[ \t]*"
)  # noqa: RUF001
_HEADER = re.compile(
    rf"[*_]{{0,3}}(?:(?:{_any('qualified')})\s+)?(?:(?P<sure>{_any('keys')})|(?:{_any('likely')}))"
    r"[*_]{0,3}\s*[:=]\s*[*_]{0,3}\s*(?P<value>[^\s*_].*)"
    r"|[*_]{0,3}copyright\s+(?:©|\(c\)|[0-9]{4}).*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(rf"(?<![\w'])(?:{_any('address')})(?![\w'])", re.IGNORECASE)
_ROLE = rf"(?:{_any('speakers')})(?:[ _-]?[0-9]{{1,2}})?"
_SPEAKER = re.compile(
    rf"(?:(?P<signs>[*_]{{0,3}})(?P<role>{_ROLE})(?P<aside>\s*\([^()]{{1,30}}\))?(?P<closed>[*_]{{0,3}})\s*:"
    rf"(?(closed)[*_]{{0,3}})|\[{_ROLE}\]:?)\s+(?=\S)",
    re.IGNORECASE,
)
_SHOUTED = re.compile(
    r"[*_]{0,3}(?P<name>[^\W\d_a-z][^\W\d_a-z. '-]{1,24}(?: [0-9]{1,2})?)[*_]{0,3}:[*_]{0,3}\s+(?=\S)"
)
_EXCLAIMED = re.compile(rf"(?:{_any('exclaimed')})", re.IGNORECASE)
_SLUG = re.compile(r"[a-z]+(?:[-_][a-z]+)*[-_]?(?:[0-9]+|[-_][a-z]+):\s+(?=[^\Wa-z\d_])")
"""`intro-one: Sit down.`, before words that begin a sentence."""
_STAMP = re.compile(
    rf"(?P<signs>[*_]{{1,3}})?(?:[\[(<]\s*@?\s*(?:{_SPAN}|{_CLOCK})\s*[\])>]|@\s?{_CLOCK}|{_SPAN}"
    rf"|(?P<plain>{_CLOCK}(?=\s*[-–—|]\s|\s+[^\Wa-z\d_](?!M\b))))(?(signs)(?P=signs)?)"  # noqa: RUF001
    r"[\s:|—–-]*(?=\S)"  # noqa: RUF001
)
_BETWEEN = re.compile(_SPAN)
_NOTE = re.compile(rf"[*_(\[]{{0,3}}(?:{_any('notes')})\s*:\s*\S.*", re.IGNORECASE)
_GAP = re.compile(rf"(?:{_any('gaps')})", re.IGNORECASE)
_GAP_ALONE = re.compile(
    rf"[*_]{{0,3}}(?:(?:TODO|FIXME|TBD|TBA|XXX+)\b.*|(?i:{_any('gaps_alone')})[.…]*|(?i:lorem ipsum).*)"
)
_FURNITURE = re.compile(
    rf"(?:{_any('furniture')})[.!:…»>]*|(?:©|\(c\)) ?[0-9]{{4}}.*|(?:https?://|www\.)\S+"
    r"|[0-9]{1,3} ?/ ?[0-9]{1,3}|[-–—] ?[0-9]{1,3} ?[-–—]",  # noqa: RUF001
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)|(?://|%%)\s?.*")
_INSIDE = re.compile(
    r"(?<!\\)(?:(?P<comment><!--.*?-->)"
    r"|\{\{(?P<gap>[^{}]{1,60})\}\}"
    r"|<\|?(?P<angle>[^<>|]{1,80})\|?>"
    r"|\[{1,2}(?P<square>[^\[\]]{1,200})\]{1,2}(?![(:])"
    r"|(?P<signs>\*{1,3}|_{1,3})(?=\S)(?P<dressed>[^*_]{1,100})(?P=signs)(?!\w)"
    r"|\((?P<round>[^()]{1,200})\)"
    r"|(?<!\S)(?P<dash>[—–~]|-{1,3})\s(?P<set_off>[^—–~\s-][^—–~]{0,60}?)\s(?P=dash)(?!\S))"  # noqa: RUF001
)
_YOURS = re.compile(r"(?:your|insert|jouw|uw|vul|naam|name|client)\b", re.IGNORECASE)
_FREE_BEFORE = re.compile(r"(?:^|[.!?…:;\"”’)\]>*_|-])[ \t*_>#-]*$")  # noqa: RUF001
_FREE_AFTER = re.compile(r"[ \t*_]*(?:$|[^\s*_,.;:!?a-z])")
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
        return Out(start, stop, "a header")
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
    mark = bare(body, language) if body[-1:] not in ".!?…," else None
    if mark is None or body.lower() in _ALSO_SAID and not body.isupper():
        return None
    if mark.what in {What.PAUSE, What.BELL}:
        return mark if body.isupper() or re.search(r"pau[sz]e|[^\W\d_]{4}", body.lower()) else None
    capitals = mark.what is What.END and body.isupper()
    return mark if capitals or re.match(r"(?:sfx|fx)\b", body.lower()) else None


def _key(line: str, start: int, language: Language) -> Out | None:
    """Return a speaker's name, or a time, before the words of a line."""
    stamp = _STAMP.match(line, start)
    if stamp:
        began = stamp.end("signs") if stamp["signs"] else start
        mark = (
            None if _BETWEEN.search(stamp[0]) else understood(stamp[0].strip(" *_:|—–-"), language)
        )  # noqa: RUF001
        closed = stamp["signs"] and stamp[0].rstrip(" :|—–-").endswith(stamp["signs"])  # noqa: RUF001
        timed = mark if mark and mark.written else None
        return Out(start if closed else began, stamp.end(), REASONS[What.UNTIL], timed)
    shouted = _SHOUTED.match(line, start)
    if shouted and not _EXCLAIMED.fullmatch(shouted["name"]):
        return Out(start, shouted.end(), "a speaker's name")
    named = _SPEAKER.match(line, start) or _SLUG.match(line, start)
    return Out(start, named.end(), "a speaker's name") if named else None


def _within(line: str, start: int, language: Language) -> Iterator[Out]:
    for match in _INSIDE.finditer(line, start):
        inside = match[match.lastgroup or 0]
        place = match.span()
        if match["comment"]:
            yield Out(*place, "a comment")
        elif match["gap"] or (match["angle"] and _YOURS.match(inside)):
            yield Out(*place, "a placeholder")
        elif (match["square"] or match["round"]) and _GAP.fullmatch(inside.strip()):
            yield Out(*place, "a placeholder")
        else:
            mark = _marked(match, inside, language)
            if mark:
                yield Out(*place, REASONS[mark.what], mark)
