"""Read captions, SubRip (.srt) and WebVTT: the words of each cue, at the time when it begins.

A line of our own and not pysubs2: that tells no places, gives the words of a `NOTE` to the cue
before it, and takes a last line of digits, as in a countdown, for the number of the next cue.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.script.importing.clock import Clock
from sessions.script.importing.extract import Extract, Sheet, failed
from sessions.script.importing.textfile import decoded
from sessions.script.phrases import language
from sessions.script.phrases.marks import understood
from sessions.script.phrases.quantities import shown
from sessions.script.texts import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
ARROW = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}([ \t][^\n]*)?", re.ASCII)
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*+")
_TAG = re.compile(
    r"</?(?:[bisuvc]|em|strong|font|lang|ruby|rt|span|br)(?:[\s./][^<>\n]{0,200})?>"
    r"|<[0-9:.]{5,15}>"
    r"|\{(?:\\(?:an?[0-9]{1,2}|[biusq][0-9]|fs[0-9]{1,3}|[0-9]?[ac]&H[0-9a-f]{1,8}&?"
    r"|(?:pos|move|fade?)\([0-9,. -]{1,60}\))){1,20}\}",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>\n]*)>", re.IGNORECASE)
_SETTING = re.compile(r"^(?:Kind|Language|X-TIMESTAMP-MAP)[:=].*$", re.MULTILINE)
"""In the head of WebVTT."""
_ROLLING = re.compile(r"<\d\d:\d\d[:.][0-9:.]+><c>|align:start position:0%")
"""What captions have that are made by a machine as words are said, and repeat the line before."""
_TURN = re.compile(r"(?:[-–—]|>{2,3})[ \t]*(?=\S)")  # noqa: RUF001 - a dash
"""What stands before a line where another begins to speak."""
_NAMED = re.compile(
    r"(?P<key>[A-Z\u00c0-\u00de][^\W\d_]*(?:[ .'-]{1,2}[^\W\d_]+){0,4}(?: ?[0-9]{1,2})?)"
    r":[ \t]+(?=\S)"
)
"""Who speaks, as Zoom, Descript and subtitlers write it."""
_ENDED_OPEN = re.compile(r"(?:\.{2,3}|…)$")
_GOES_ON = re.compile(r"(?:\.{2,3}|…)[ \t]*(?=\w)")
"""Before words that go on from a cue that ended so; there is one silence, not two."""
_MACHINE_MADE = re.compile(r"(?=\S*[0-9])[\w./-]+")
"""An identifier of a cue that no person wrote."""
_SOUND = re.compile(
    r"[♪♫♬]++[^♪♫♬]++[♪♫♬]++|[♪♫♬]++[^♪♫♬\n]*+"
    r"|\A\s*(?:<[^<>\n]{1,80}>\s*){0,4}(?:\[(?P<square>[^\[\]]{1,200})\]|\((?P<round>[^()]{1,200})\))"
    r"\s*(?:</[^<>\n]{1,80}>\s*){0,4}\Z"
)
"""A song between notes, or after one; a cue in brackets says what is heard."""


@dataclass(frozen=True, slots=True)
class _Cue:
    start: float
    stop: float
    lines: tuple[tuple[str, int], ...]


def extract(data: bytes, path: str) -> Extract:
    """Return the words of captions, with `[until ...]` where a cue does not go on from the last.

    Raises
    ------
    ScriptError
        There is no cue in it.
    """
    text, notes = decoded(data, path)
    sheet = Sheet(path, text, notes=[*notes])
    clock, rolling = Clock(sheet), bool(_ROLLING.search(text))
    last, found = "", False
    cues = [*_cues(sheet, text)]
    speakers = _speakers(cues)
    for cue in cues:
        found = True
        lines = [*_voiced(sheet, cue.lines)]
        if not lines:
            continue
        clock.begin(cue.start, lines[0][1])
        for number, (line, offset) in enumerate(lines):
            if rolling and number == 0 and _bare(line) == last:
                sheet.note(offset, offset + len(line), "words that roll on from the cue before")
                continue
            turn = _TURN.match(line)
            if number and turn:
                sheet.line()
            said = turn.end() if turn else 0
            said = _after_speaker(sheet, line, said, offset, speakers)
            goes_on = _GOES_ON.match(line, said) if _ENDED_OPEN.search(last) else None
            said = goes_on.end() if goes_on else said
            _say(sheet, line[said:], offset + said)
            sheet.words(" ")
        last = _bare(lines[-1][0])
        clock.end(cue.stop)
    if not found:
        remedy = "write `00:00:08,000 --> 00:00:10,000` above the words of each"
        raise failed(path, text, 0, "there is no caption with its times in this file", remedy)
    return sheet.extract()


def _speakers(cues: list[_Cue]) -> frozenset[str]:
    """Return the names that stand before a colon twice, or in capitals: a title does neither."""
    lines = (line.lstrip(" -–—>") for cue in cues for line, _ in cue.lines)  # noqa: RUF001 - a dash
    keys = Counter(match["key"] for match in map(_NAMED.match, lines) if match)
    return frozenset(key for key, count in keys.items() if count > 1 or key.isupper())


def _after_speaker(
    sheet: Sheet, line: str, start: int, offset: int, speakers: frozenset[str]
) -> int:
    """Return where the words of a line begin behind the name of who says them, which is noted."""
    named = _NAMED.match(line, start)
    if named is None or named["key"] not in speakers:
        return start
    message = f"who speaks, not spoken: '{shown(named['key'])}'"
    sheet.note(offset + start, offset + named.end(), message)
    return named.end()


def _voiced(sheet: Sheet, lines: tuple[tuple[str, int], ...]) -> Iterator[tuple[str, int]]:
    """Yield the lines of a cue that somebody says; songs and sounds are noted."""

    def silenced(sound: re.Match[str]) -> str:
        aside = sound["square"] or sound["round"]
        mark = understood(aside, sheet.language or language.DEFAULT) if aside else None
        if mark and mark.written:
            return sound[0]
        if has_words(sound[0]):
            start, stop = (lines[0][1] + place for place in sound.span())
            sheet.note(start, stop, f"a sound, not heard: '{shown(sound[0].strip())}'")
        return re.sub(r"[^\n]", " ", sound[0])

    cue = _SOUND.sub(silenced, "\n".join(line for line, _ in lines))
    for line, (_, offset) in zip(cue.split("\n"), lines, strict=False):
        if line.strip():
            yield line, offset


def _cues(sheet: Sheet, text: str) -> Iterator[_Cue]:
    """Yield the cues; all else that has words is noted."""
    for block in _BLOCK.finditer(text):
        offset = block.start()
        lines = list[tuple[str, int]]()
        for line in block[0].split("\n"):
            lines.append((line, offset))
            offset += len(line) + 1
        first = lines[0][0].lstrip("\ufeff").split(maxsplit=1)[:1]
        if first and first[0] in {"WEBVTT", "NOTE", "STYLE", "REGION"}:
            _beside(sheet, first[0], block)
            continue
        timed = [index for index, (line, _) in enumerate(lines) if ARROW.fullmatch(line)]
        if not timed:
            _stray(sheet, lines)
            continue
        named = lines[: timed[0]]
        if named and not _MACHINE_MADE.fullmatch(named[-1][0].strip()):
            _stray(sheet, named)
        for index, upto in zip(timed, [*timed[1:], len(lines)], strict=True):
            # Without a blank line between them, the number of the next cue stands above its time.
            numbered = upto < len(lines) and lines[upto - 1][0].strip().isdigit()
            match = ARROW.fullmatch(lines[index][0])
            if match:
                words = lines[index + 1 : upto - numbered]
                yield _Cue(_seconds(match, 1), _seconds(match, 5), tuple(words))


def _seconds(match: re.Match[str], group: int) -> float:
    hours, minutes, seconds, rest = match.group(group, group + 1, group + 2, group + 3)
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{rest or 0}")


def _beside(sheet: Sheet, kind: str, block: re.Match[str]) -> None:
    """Note what a block says that is no caption; of the header only what is more than its mark."""
    words = block[0].split(maxsplit=1)[1:]
    if kind == "WEBVTT":
        told = re.search(r"^Language:\s*(\S+)", block[0], re.MULTILINE)
        sheet.language = language.named(told[1]) if told else None
        words = _SETTING.sub("", block[0]).split(maxsplit=1)[1:]
    if kind in {"NOTE", "WEBVTT"} and words and has_words(words[0]):
        message = f"a note among the captions, not spoken: '{shown(words[0])}'"
        sheet.note(block.start(), block.end(), message)


def _stray(sheet: Sheet, lines: list[tuple[str, int]]) -> None:
    """Note lines without a time; a number alone is that of a cue."""
    for line, offset in lines:
        if has_words(line) and not line.strip().isdigit():
            message = f"a line without a time, not spoken: '{shown(line)}'"
            sheet.note(offset, offset + len(line), message, "write its times above it")


def _say(sheet: Sheet, line: str, offset: int) -> None:
    """Say a line without its tags; who speaks is noted."""
    for speaker in _SPEAKER.finditer(line):
        place = offset + speaker.start()
        message = f"who speaks, not spoken: '{shown(speaker[1])}'"
        sheet.note(place, offset + speaker.end(), message)
    position = 0
    for tag in _TAG.finditer(line):
        _entities(sheet, line[position : tag.start()], offset + position)
        position = tag.end()
    _entities(sheet, line[position:], offset + position)


ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)


def _entities(sheet: Sheet, text: str, offset: int) -> None:
    position = 0
    for entity in ENTITY.finditer(text):
        sheet.words(text[position : entity.start()], offset + position)
        sheet.words(html.unescape(entity[0]), offset + entity.start())
        position = entity.end()
    sheet.words(text[position:], offset + position)


def _bare(line: str) -> str:
    return " ".join(_TAG.sub("", line).split())
