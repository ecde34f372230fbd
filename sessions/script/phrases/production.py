"""Recognize what is written for the one who makes the recording, and not for the listener.

One recognizer for importers, which leave it out, and for warnings: headers, times, stage
directions, speakers' names, placeholders, furniture of pages; sections and columns of that kind.
All languages are looked at, for a Dutch script may have an English header.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

from sessions.script.phrases import counts
from sessions.script.phrases.alone import alone
from sessions.script.phrases.furniture import is_credit, is_length, is_remark, of_page
from sessions.script.phrases.headers import ADDRESS, is_header, is_note
from sessions.script.phrases.makers import MAKERS
from sessions.script.phrases.marks import CLOCK, LONGEST, PAUSE_NAMES, What, bare, understood
from sessions.script.phrases.numerals import UNITS
from sessions.script.phrases.speakers import PREFIX, speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sessions.script.model import Language
    from sessions.script.phrases.marks import Mark


_Reasons: TypeAlias = "tuple[tuple[Language, re.Pattern[str], str], ...]"
"""Why what has a name is for the maker, by the language of the name."""


@dataclass(frozen=True, slots=True)
class Out:
    """The characters `start` to `stop` of a line that are not for the listener, and why.

    `mark` is what they ask for, where a recording can have it. `remedy` says which directive is
    meant where it cannot stand in their place, as what repeats stands around words.
    """

    start: int
    stop: int
    reason: str
    mark: Mark | None = None
    remedy: str = ""


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
STUDIO_NOTE: Final = "a note for the studio"
SPEAKER: Final = "the name of a speaker"
REPETITION: Final = "a repetition"
LONGEST_LINE: Final = 300
"""Characters of a line that is all for the maker."""


def _any(field: str) -> str:
    return "|".join(getattr(row, field) for row in MAKERS.values())


_SPAN = rf"{CLOCK}\s*(?:-+>?|–|—|→|to|tot)\s*{CLOCK}"  # noqa: RUF001 - the dash that people type
_DASHED = re.compile(
    r"[ \t>]*(?P<dash>[—–~]|-{1,3})[ \t]*(?P<inside>\S.{0,80}?)[ \t]*(?P=dash)[ \t]*"  # noqa: RUF001 - as above
)
_STAMP = re.compile(
    rf"(?P<signs>[*_]{{1,3}})?(?:[\[(<]\s*@?\s*(?:{_SPAN}|{CLOCK})\s*[\])>]|@\s?{CLOCK}|{_SPAN}"
    rf"|{CLOCK}(?=\s*$|\s*[-–—|]\s|\s+[^\Wa-z\d_](?!M\b)))(?(signs)(?P<closed>(?P=signs))?)"  # noqa: RUF001
    r"[\s:|—–-]*(?=\S|$)"  # noqa: RUF001
)
_AFTER_STAMP = " \t:|—–-*_"  # noqa: RUF001
_BETWEEN = re.compile(_SPAN)
_GAP = re.compile(rf"(?:{_any('gaps')})", re.IGNORECASE)
_GAP_ALONE = re.compile(
    r"[*_]{0,3}(?:(?:TODO|FIXME|TBD|TBA|XXX+)(?:\s*[:(–—-].*|\W*)"  # noqa: RUF001 - as above
    rf"|(?i:{_any('gaps_alone')})[.…]*"
    r"|(?i:lorem ipsum).*)"
)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)|(?://(?!\S.*//$)|%%)\s?.*")
_FENCE = r"[/^@#|=+%$~-]"
_INSIDE = re.compile(
    r"(?<!\\)(?:(?P<comment><!--.{0,300}?-->)"
    r"|\{\{?(?P<gap>[^{}]{1,60})\}\}?"
    r"|[\[<](?P<tag>[^\W\d_]{1,12})[\]>](?P<tagged>[^\[\]<>]{0,20})[\[<]/(?P=tag)[\]>]"
    r"|<{1,3}\|?(?P<angle>[^<>|]{1,80})\|?>{1,3}"
    r"|[\[【]{1,2}(?P<square>[^\[\]【】]{1,200})[\]】]{1,2}(?![(:])"
    r"|(?P<signs>\*{1,3}|_{1,3})(?=\S)(?P<dressed>[^*_]{1,100})(?P=signs)(?!\w)"
    r"|\((?P<round>[^()]{1,200})\)"
    rf"|(?<!\S)(?P<fence>{_FENCE}{{1,3}})(?P<fenced>[^\W_][^\n/^@#|=+%$~]{{0,60}}?)(?P=fence)"
    r"(?![^\s.,;:!?])"
    r"|(?<!\S)[#@](?P<hashed>[^\W_]{1,20})(?!\w)"
    rf"|(?P<picture>[⏸⏳⌛🔔🛎]\ufe0f?(?:\s?[0-9]+\s?(?:{'|'.join(UNITS)})\b\.?)?)"
    rf"|(?<=\])(?P<again>\s*{counts.SIGNED})"
    r"|(?<!\S)(?P<dash>[—–~]|-{1,3})\s(?P<set_off>[^—–~\s-][^—–~]{0,60}?)\s(?P=dash)(?!\S)"  # noqa: RUF001
    r"|(?<!\S)(?<![0-9][ \t])(?P<left>[‖^~$¶§*_]{1,2}|\|\||(?<=[.!?…][ \t])\|)(?!\S|[ \t][0-9]))",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\s|:*_~-]{3,}|[ \t]*\|.+\|[ \t]*")
"""What only parts, or is a row of a table."""
_SIZED = re.compile(r"(?:very |heel |zeer )?(?:korte?|lange?|short|long|brief)", re.IGNORECASE)
_YOURS = re.compile(r"(?:your|insert|jouw|uw|vul|naam|name|client)\b", re.IGNORECASE)
_TITLED = re.compile(r"(?:[^\s.!?…,;:]+\s+){0,3}[^\s.!?…,;:]+")
"""A few words behind a span of time are what a part is called."""
_FREE_BEFORE = re.compile(r"(?:^|[.!?…:;][\"”’]?|[)\]>*_|-])[ \t*_>#-]*$")  # noqa: RUF001
_FREE_AFTER = re.compile(r"[ \t*_]*(?:$|[^\s*_,.;:!?a-z])")


def outs(line: str, language: Language, names: frozenset[str] = frozenset()) -> list[Out]:
    """Return what of a line, as written with its marks of Markdown, is not for the listener.

    They are in order, and none overlaps another. A mark is written in `language`. `names` are those
    of its `speakers`.
    """
    whole = _whole(line, language) if len(line) <= LONGEST_LINE else None
    if whole:
        return [whole]
    found = list[Out]()
    start = PREFIX.match(line).end()  # type: ignore[union-attr]  # it may match nothing
    key = _key(line, start, language, names)
    if key:
        found.append(key)
        start = key.stop
    places, remedy = counts.breath(line, language)
    held = [Out(*place, "the count of a breath", None, remedy) for place in places]
    others = (
        out
        for out in _within(line, start, language)
        if all(out.stop <= one.start or one.stop <= out.start for one in held)
    )
    return [*found, *sorted([*held, *others], key=lambda out: out.start)]


def _whole(line: str, language: Language) -> Out | None:
    """Return a line that is all for the maker, without the marks of a list or a heading."""
    start, stop = 0, len(line.rstrip())
    dashed = _DASHED.fullmatch(line)
    if dashed and of_page(line.strip()):
        return Out(dashed.start("dash"), stop, "of a page")
    mark = bare(dashed["inside"], language) if dashed else None
    if dashed and mark:
        return Out(dashed.start("dash"), stop, REASONS[mark.what], mark)
    start = PREFIX.match(line).end()  # type: ignore[union-attr]  # it may match nothing
    known = _known(line[start:stop], language)
    return Out(start, stop, *known) if known else None


def _known(body: str, language: Language) -> tuple[str, Mark | None, str] | None:
    """Return why a line is all for the maker, its mark, and the remedy; None where it is not."""
    if _COMMENT.fullmatch(body):
        return "a comment", None, ""
    count = counts.line_times(body)
    if count:
        return REPETITION, None, counts.repeating(count, language)
    mark = alone(body, language)
    reason = next((reason for known, reason in _LINES if known(body)), "")
    if reason and not (mark and mark.what in {What.PAUSE, What.BELL}):
        return reason, None, ""
    if mark:
        return REASONS[mark.what], mark, ""
    long = is_length(body) and not _bracketed(body, language)
    headed = is_header(body) or is_credit(body) or long
    return (HEADER, None, "") if headed else None


def _bracketed(body: str, language: Language) -> bool:
    """Tell whether a mark of ours is meant by a line between brackets."""
    words = body.strip("*_ ")
    return understood(words.strip("()[]"), language, square=words.startswith("[")) is not None


_LINES: Final[tuple[tuple[Callable[[str], object], str], ...]] = (
    (_GAP_ALONE.fullmatch, "a placeholder"),
    (of_page, "of a page"),
    (is_note, STUDIO_NOTE),
    (is_remark, STUDIO_NOTE),
)


def _key(line: str, start: int, language: Language, names: frozenset[str]) -> Out | None:
    """Return a speaker's name, or a time, before the words of a line."""
    stamp = _STAMP.match(line, start)
    if stamp:
        begin = stamp.end("signs") if stamp["signs"] and not stamp["closed"] else start
        spanned = _BETWEEN.search(stamp[0])
        if spanned and _TITLED.fullmatch(line[stamp.end() :].strip(" \t*_")):
            return Out(start, len(line.rstrip()), REASONS[What.UNTIL])
        mark = None if spanned else understood(stamp[0].rstrip(_AFTER_STAMP), language)
        return Out(begin, stamp.end(), REASONS[What.UNTIL], mark if mark and mark.written else None)
    named = speaker(line, start, names)
    return Out(_after_dash(line, start), named.end(), SPEAKER) if named else None


def _after_dash(line: str, start: int) -> int:
    """Return where a name begins behind the dash of a caption."""
    return start + len(line[start:]) - len(line[start:].lstrip("-–— "))  # noqa: RUF001 - as above


def _within(line: str, start: int, language: Language) -> Iterator[Out]:
    """Yield what stands between signs, from `start` on."""
    while match := _INSIDE.search(line, start):
        out = None if match["left"] and _RULE.fullmatch(line) else _out(match, language)
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
        return _repeated(match, inside, language)
    if (match["angle"] and _YOURS.match(inside)) or (bracketed and _GAP.fullmatch(inside.strip())):
        return Out(*match.span(), "a placeholder")
    if match["left"]:
        return Out(*match.span(), "a sign left over")
    mark = None if match["again"] else _marked(match, inside, language)
    repeated = None
    if match["again"] or (bracketed and (mark is None or mark.what is What.DIRECTION)):
        repeated = _repeated(match, inside, language)
    return repeated or (Out(*match.span(), REASONS[mark.what], mark) if mark else None)


def _repeated(match: re.Match[str], inside: str, language: Language) -> Out | None:
    """Return what asks for so many times of the words before it."""
    count = counts.times(inside)
    remedy = counts.repeating(count, language)
    return Out(*match.span(), REPETITION, None, remedy) if count else None


def _marked(match: re.Match[str], inside: str, language: Language) -> Mark | None:
    """Return the mark that stands between some signs; None where it is part of a sentence."""
    if match["tagged"] is not None:
        return understood(f"{match['tag']} {inside}", language)
    if match["picture"]:
        return understood(inside, language)
    if match["fenced"] or match["hashed"]:
        mark = bare(inside, language)
        return mark if mark and mark.what in {What.PAUSE, What.BELL} else None
    line, start = match.string, match.start()
    bracketed = inside if match["square"] or match["round"] or match["angle"] else ""
    if not bracketed and inside[:1] in "([" and inside[-1:] in ")]":
        bracketed = inside[1:-1]
    free = _FREE_AFTER.match(line, match.end()) and _FREE_BEFORE.search(
        line[max(0, start - _NEAR) : start]
    )
    if bracketed:
        mark = understood(bracketed, language, square=bool(match["square"]))
        sized = free and not mark and _SIZED.fullmatch(bracketed)
        mark = understood(f"{bracketed} pause", language) if sized else mark
    else:
        mark = _dressed(match, language) if match["signs"] else bare(inside, language)
    if mark is None or match["square"]:
        return mark
    if bracketed and not free:
        return mark if _timed(mark, bracketed, language) else None
    addressed = not bracketed and mark.what is What.DIRECTION and ADDRESS.search(inside)
    return mark if free and not addressed else None


def _timed(mark: Mark, words: str, language: Language) -> bool:
    """Tell whether words in brackets within a sentence can only be a pause."""
    if mark.what is not What.PAUSE:
        return False
    if not mark.guess or _SIZED.match(words) or any(sign.isdecimal() for sign in words):
        return _PAUSE.search(words) is not None
    return bare(words, language) is not None and _PLAIN_PAUSE.search(words) is not None


def _dressed(match: re.Match[str], language: Language) -> Mark | None:
    """Return the mark that is emphasized; `*Silence*` may be a line of a verse."""
    inside = match["dressed"]
    mark = bare(inside, language) or _manner(match, language)
    if mark is None or mark.what is not What.PAUSE or not mark.guess:
        return mark
    written = inside.islower() or inside.isupper() or any(sign.isdecimal() for sign in inside)
    return mark if written or _PLAIN_PAUSE.search(inside) else None


def _manner(match: re.Match[str], language: Language) -> Mark | None:
    """Return how words are said, in emphasis; `*Softly*` alone on a line may be a verse."""
    inside, behind = match["dressed"], match.string[match.end() :].strip("*_ \t")
    mark = understood(inside, language) if inside[-1:] not in ".!?," else None
    return mark if mark and mark.what is What.MANNER and (behind or inside.islower()) else None


def is_gap(words: str) -> bool:
    """Tell whether words between braces stand for what is yet to be filled in."""
    return _GAP.fullmatch(words.strip()) is not None


def section(title: str, language: Language) -> str:
    """Return why all below a heading is not for the listener; '' where it is."""
    plain = _NUMBERED.sub("", title.strip(" \t#*_:")).strip(" \t*_:.").lower()
    return _reason(_SECTIONS, plain, language)


def columns(row: Sequence[str], language: Language) -> list[str]:
    """Return of each column below a row why it is not spoken, '' where it is; [] of no heading row.

    A heading row names a column that is spoken and one that is not.
    """
    names = [cell.strip(" \t*_:|").lower() for cell in row]
    reasons = [_reason(_COLUMNS, name, language) for name in names]
    voiced = any(
        _VOICED.fullmatch(name) and not why for name, why in zip(names, reasons, strict=True)
    )
    return reasons if voiced and any(reasons) else []


def _reason(reasons: _Reasons, name: str, language: Language) -> str:
    """Return why what has a name is for the maker; a name of another language may be a word."""
    if len(name) > LONGEST:
        return ""
    said = _HOMONYMS[language].fullmatch(name)
    return next(
        (
            reason
            for one, pattern, reason in reasons
            if (one is language or not said) and pattern.fullmatch(name)
        ),
        "",
    )


def _reasons(field: str) -> _Reasons:
    return tuple(
        (language, re.compile(pattern), reason)
        for language, row in MAKERS.items()
        for reason, pattern in getattr(row, field).items()
    )


_NUMBERED = re.compile(r"^(?:[0-9]{1,3}|[ivx]{1,4}|[a-z])[.)]\s+", re.IGNORECASE)
_SECTIONS: Final = _reasons("sections")
_COLUMNS: Final = _reasons("columns")
_VOICED = re.compile(_any("voiced"))
_HOMONYMS: Final = {language: re.compile(row.homonyms) for language, row in MAKERS.items()}
_NEAR: Final = 20
"""Characters before a mark in which the end of a sentence is looked for."""
_PLAIN_PAUSE = re.compile(r"pau[sz]", re.IGNORECASE)
_PAUSE = re.compile(rf"\b(?:{'|'.join(chain.from_iterable(PAUSE_NAMES.values()))})", re.IGNORECASE)
"""What must be said beside a length within a sentence: `Breathe in (4 s) and out` has no pause."""
