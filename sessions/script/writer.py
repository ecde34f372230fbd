"""Write a script as Markdown, so that reading it again gives the same script. Pure.

The result is meant for people: one sentence a line, marks escaped only where they would mean
something, directives in the language of the script. `parse(write(script))` has the meta data and
parts of `script`, places aside.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from sessions.script import sentences
from sessions.script.blocks import BULLETS
from sessions.script.counting import is_count
from sessions.script.model import (
    BedChange,
    Boundary,
    Break,
    Breath,
    Chapter,
    End,
    Include,
    Layer,
    LevelChange,
    Manner,
    OneShot,
    Pause,
    Repeat,
    Slot,
    SlotEnd,
    Speech,
    Style,
    Until,
)
from sessions.script.phrases import beds
from sessions.script.phrases.choices import CHOICES
from sessions.script.phrases.quantities import digits
from sessions.script.phrases.wording import spelled
from sessions.script.recognize import ASIDE
from sessions.script.scribe import ellipses_at_end
from sessions.script.texts import Other, Text
from sessions.script.values import CLOSE, IF, NAME, OPEN, masked, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sessions.script.model import Draft, Meta, Part

_SPECIAL = re.compile(rf"({OPEN}{NAME})|[\\`*_~\[\]<&{{}}]")
_LINE_START = re.compile(r"(?:[#>|+=-]|[0-9]{1,9}(?=[.)]))")
_SAID_SPECIAL = re.compile(r"[\\`\[\]<{}|]")
_PARAGRAPHS: Final = {Boundary.PARAGRAPH, Boundary.CLAUSE}
_ENDED: Final = {*_PARAGRAPHS, Boundary.SECTION}
_OPENED = re.compile(r"(?<!\\)\((?=[^()]*$)")
"""A bracket that the next line may close: both together could be a pause."""
_STOPS = re.compile(r"[.!?…]+$")
_SIMPLE: Final = ("author", "technique", "category", "phase", "why")


def write(script: Draft) -> str:
    """Return a draft as Markdown."""
    base = Style(script.meta.language)
    blocks = [_front_matter(script.meta)]
    for run in _runs(script.parts):
        blocks += _block(run, base)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _chosen(meta: Meta) -> dict[str, str]:
    """Return the rows of what a script chooses."""
    rows = {}
    for setting, value in meta.chosen:
        choice = CHOICES[setting]
        rows[choice.keys[0]] = _quoted(choice.reader.written(value))
    layers = meta.choice("background")
    if layers:
        rows["background"] = f"[{', '.join(map(_quoted, map(beds.written, layers)))}]"
    return rows


def _front_matter(meta: Meta) -> str:
    rows = {"title": plain(meta.title), "language": str(meta.language)}
    if meta.summary:
        rows["summary"] = plain(meta.summary)
    rows |= {name: str(getattr(meta, name)) for name in _SIMPLE if getattr(meta, name)}
    if meta.deepen:
        rows["deepen"] = digits(round(meta.deepen * 100, 12))
    lines = [f"{key}: {_quoted(text)}" for key, text in rows.items()]
    lines += [f"{key}: {text}" for key, text in _chosen(meta).items()]
    for key, pairs in (("values", meta.values), ("pronounce", meta.pronounce)):
        if pairs:
            rows_of = (f"{_quoted(name)}: {_quoted(text)}" for name, text in pairs)
            lines.append(f"{key}: {{{', '.join(rows_of)}}}")
    if meta.allow:
        lines.append(f"allow: [{', '.join(meta.allow)}]")
    return "\n".join(["---", *lines, "---"])


def _quoted(text: str) -> str:
    """Return a text as YAML reads it; quotes only where it could be read otherwise."""
    simple = re.fullmatch(r"[^\W\d_][\w .()-]*", text) and text == text.strip()
    return text if simple else json.dumps(text, ensure_ascii=False)


def _runs(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Yield the parts of one paragraph, heading or rule after another."""
    run: list[Part] = []
    for part in parts:
        if isinstance(part, Break) and part.boundary in {Boundary.CHAPTER, Boundary.SECTION}:
            if run:
                yield run
            run = []
        run.append(part)
        if isinstance(part, Break) and part.boundary in _ENDED:
            yield run
            run = []
    if run:
        yield run


def _block(run: Sequence[Part], base: Style) -> Iterator[str]:
    """Yield the lines of a run: a heading and what stands in it, then a paragraph."""
    first, last = run[0], run[-1]
    if isinstance(first, Break) and first.boundary is Boundary.SECTION:
        yield "---"
        return
    ended = isinstance(last, Break) and last.boundary in _PARAGRAPHS
    rest = [part for part in run if not (isinstance(part, Break) and part.boundary in
            {Boundary.CHAPTER, *_PARAGRAPHS})]  # fmt: skip
    titles = [part for part in rest if isinstance(part, Chapter)]
    rest = [part for part in rest if not isinstance(part, Chapter)]
    sounding = any(isinstance(part, Speech | Breath | OneShot) for part in rest)
    if sounding and not ended:  # only a heading has sounds and no end of a paragraph
        title = _escaped(titles[0].title) if titles else ""
        yield " ".join(["##" if titles else "######", title, _line(rest, base).replace("\n", " ")])
        return
    yield from (f"## {_escaped(title.title)}" for title in titles)
    if rest:
        yield _line(rest, base)


def _line(parts: Sequence[Part], base: Style) -> str:
    """Return the parts of a paragraph; what a sentence's end says of itself is not written."""
    text = ""
    before: Part | None = None
    joins = False
    for index, part in enumerate(parts):
        after = parts[index + 1] if index + 1 < len(parts) else None
        last = before
        if isinstance(before, Break) and before.boundary is Boundary.ELLIPSIS and index > 1:
            counted = parts[index - 2]  # a number would else stay with the words behind it
            last = counted if isinstance(counted, Speech) and is_count(counted.text) else before
        apart = isinstance(part, Speech) and isinstance(last, Speech)
        match part:
            case Speech():
                words = _speech(part, base, apart=apart)
            case Break(boundary=Boundary.ELLIPSIS | Boundary.COUNT):
                words = " ".join(["..."] * (round(part.stretch) - _ellipses_of(before)))
            case Break():
                implied = _implied(before, after, base, joins=joins)
                words = "" if implied else spelled("[pause]", base.language)
            case _:
                words = _directive(part, base)
        joins = not apart
        if words:
            new_line = bool(text) and not isinstance(part, Pause | Until | Break)
            text += "\n" if new_line else " " if text else ""
            text += _at_line_start(words)
        before = part
    return text


def _at_line_start(word: str) -> str:
    """Return words with a first mark escaped that would make a list or heading of their line."""
    if word[0] in BULLETS:
        return f"&#{ord(word[0])};{word[1:]}"  # they cannot be escaped as marks of ASCII are
    match = _LINE_START.match(word)
    if match is None:
        return word
    end = match.end()
    return f"{word[:end]}\\{word[end:]}" if word[0].isdigit() else f"\\{word}"


def _implied(before: Part | None, after: Part | None, base: Style, *, joins: bool) -> bool:
    """Tell whether the end of a sentence is heard without being written.

    `joins` tells that the line before can run on into the next one, for all that is around it.
    """
    if not isinstance(before, Speech) or isinstance(after, Pause | Until | Break | None):
        return False
    words = _whole(before)
    styled = _forms(before.style, base) or (isinstance(after, Speech) and _forms(after.style, base))
    if isinstance(after, Speech) and joins and not styled:
        words = f"{words} {_whole(after)}"
    first = sentences.split(words)[0]
    return first.complete and first.stop == len(before.text)


def _ellipses_of(before: Part | None) -> int:
    """Return how long the pause is that the dots at the end of a line are."""
    return ellipses_at_end(before.text) if isinstance(before, Speech) else 0


def _whole(speech: Speech) -> str:
    if not speech.spoken:
        return masked(speech.text)
    return Text(speech.text, (0,), (0,), (Other(0, len(speech.text), speech.spoken),)).whole()


def _speech(part: Speech, base: Style, *, apart: bool) -> str:
    """Return a line in the style it has; `apart` keeps it from joining what is before it."""
    words = _escaped(part.text)
    if part.spoken:
        ending = _common_end(part)
        sides = (text.removesuffix(ending) for text in (part.spoken, part.text))
        words = f"[{spelled('say as', base.language)}: {' | '.join(map(_inside, sides))}]{ending}"
    forms = _forms(part.style, base)
    if apart and not forms:
        forms = [f"{spelled('lang', base.language)} {base.language}"]
    for form in forms:
        words = f"[{form}: {words}]"
    return words


def _common_end(part: Speech) -> str:
    """Return the stops that end a line both as it is said and as it is shown."""
    shown, spoken = (_STOPS.search(text) for text in (part.text, part.spoken))
    if not (shown and spoken and shown[0] == spoken[0]):
        return ""
    before = part.text[shown.start() - 1 : shown.start()], part.spoken[: spoken.start()][-1:]
    return shown[0] if all(one.strip() for one in before) else ""


def _forms(style: Style, base: Style) -> list[str]:
    """Return the names that make one style of another."""
    forms = []
    if style.manner is not Manner.NORMAL:
        forms.append(spelled(str(style.manner), base.language))
    if style.slow:
        forms.append(spelled("slow", base.language))
    if style.language is not base.language:
        forms.append(f"{spelled('lang', base.language)} {style.language}")
    if style.voice:
        forms.append(f"{spelled('voice', base.language)} {style.voice}")
    return forms


def _directive(part: Part, base: Style) -> str:  # noqa: C901, PLR0911 - one case per kind of part
    """Return the directive of a part, in the words of the script's language."""
    match part:
        case Pause():
            span = digits(part.seconds) + "s"
            span += f"..{digits(part.at_most)}s" if part.elastic else ""
            span += "" if part.weight == 1 else f" x{digits(part.weight)}"
            return spelled(f"[pause {span}]", base.language)
        case Until():
            return spelled(f"[until {_clock(part.seconds)}]", base.language)
        case Breath():
            phases = " ".join(f"{name} {digits(length)}" for name, length in part.phases if length)
            counting = " count aloud" if part.counting else ""
            words = spelled(f"[breathe {phases} times {part.count}{counting}]", base.language)
            return _wrapped(words, part.counting, base)
        case OneShot():
            named = beds.written(Layer(part.sound, part.gain_db))
            if part.sound == "bell":
                return spelled(f"[{named}]", base.language)
            return f"[{spelled('sound', base.language)} {named}]"
        case BedChange():
            layers = ", ".join(map(beds.written, part.layers)) or "none"
            return f"[{spelled('background', base.language)} {layers}]"
        case LevelChange():
            levels = f"voice {part.voice_db:+g} dB bed {part.bed_db:+g} dB"
            return spelled(f"[level {levels}]", base.language)
        case Repeat():
            return spelled(f"[repeat {part.count}]", base.language)
        case Slot():
            return spelled(f"[slot {digits(part.seconds)}s]", base.language)
        case End() | SlotEnd():
            return spelled("[end]", base.language)
        case Include():
            pairs = "".join(f' {name}="{plain(text)}"' for name, text in part.values)
            return _wrapped(f"[include {part.name}{pairs}]", part.style, base)
        case _:
            raise TypeError(f"no directive for {part!r}")


def _wrapped(directive: str, style: Style | None, base: Style) -> str:
    for form in _forms(style, base) if style else []:
        directive = f"[{form}: {directive}]"
    return directive


def _escaped(text: str) -> str:
    """Return text that Markdown shows as it is, with its references in braces."""
    escaped = _SPECIAL.sub(lambda match: match[1] or f"\\{match[0]}", text)
    escaped = re.sub(r"(^|\s)(#+)(?=\s|$)", r"\1\\\2", escaped)
    escaped = _OPENED.sub(r"\\(", ASIDE.sub(r"\\\g<0>", escaped))
    return escaped.replace(OPEN, "{").replace(IF, "?").replace(CLOSE, "}")


def _inside(text: str) -> str:
    """Return text for inside of a `[say as: ...]`, with its references in braces."""
    escaped = _SAID_SPECIAL.sub(r"\\\g<0>", text)
    return escaped.replace(OPEN, "{").replace(IF, "?").replace(CLOSE, "}")


def _clock(seconds: float) -> str:
    """Return a time from the start, as on a clock where it is whole."""
    if seconds != int(seconds):
        return f"{digits(seconds)}s"
    hours, minutes, rest = int(seconds) // 3600, int(seconds) // 60 % 60, int(seconds) % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
