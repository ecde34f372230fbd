"""The picture of a session: what is planned over time, and how loud it is, as SVG.

One file without references to anything else, for light and dark pages, with its text as text.
`terminal.py` draws the same in characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.plan import Kind
from sessions.publish.axis import HIGHEST_LUFS, LOWEST_LUFS, thinned, ticks
from sessions.publish.beds import bed_spans, named, outline
from sessions.publish.letters import BOLD, cut, width
from sessions.publish.looks import WORDS, look_of
from sessions.units import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sessions.plan import Cue, Mark, Timeline
    from sessions.publish.beds import BedSpan
    from sessions.script.model import Layer, Meta

WIDTH, LEFT, RIGHT = 960, 74, 934
"""In pixels: of the picture, and where time begins and ends in it."""
COLUMNS = RIGHT - LEFT
CURVE_PIXELS = 170
LIST_COLUMNS, MOST_LISTED = (4, 3, 2), 48
"""Chapters whose titles do not fit are numbered, and listed under the axis of time, in as many
columns as leave room for every title."""
NUMBER_PIXELS = 17
BED_PIXELS = 20

STYLE = """
text{font-family:system-ui,"Segoe UI","Noto Sans","DejaVu Sans",sans-serif;font-size:12px}
.l,.bt{fill:#232b45}.bt{font-size:11px}
.panel{fill:#fcfaf5;stroke:#e4dccb}.h{fill:#232b45;font-size:17px;font-weight:600}.s{fill:#5b6482}
.c{fill:#e4e8f4}.ct{fill:#232b45;font-size:12.5px;font-weight:600}.lead{fill:none;stroke:#9aa4c2}
.g{stroke:#e3dfd5}.m{text-anchor:middle}.e{text-anchor:end}
.speech{fill:#c98a1b}.pause{fill:#b3bcd6}.elastic{fill:none;stroke:#7684ae;stroke-dasharray:3 3}
.breath{fill:#7b66b8}.hold{fill:#b9add9}.bell{fill:#b5475f}.bed{fill:#cfd9d6}
.area{fill:#2c8a86;fill-opacity:.13;stroke:#2c8a86;stroke-width:1.1;stroke-linejoin:round}
.band{fill:#2c8a86;fill-opacity:.3}.line{fill:#2c8a86}
.level{fill:none;stroke:#5b6482;stroke-dasharray:5 4}
@media (prefers-color-scheme:dark){
.panel{fill:#151d33;stroke:#151d33}.h{fill:#f3efe6}.s{fill:#a9b2c8}
.c{fill:#263355}.ct{fill:#f3efe6}.lead{stroke:#5a6a96}.g{stroke:#2b3757}
.speech{fill:#e9c586}.pause{fill:#52608a}.elastic{stroke:#8fa3d1}
.breath{fill:#b3a1ea}.hold{fill:#5d5490}.bell{fill:#f08ba0}.bed{fill:#2f4a55}
.level{stroke:#a9b2c8}.area{fill:#7fc4c0;fill-opacity:.16;stroke:#7fc4c0}.band,.line{fill:#7fc4c0}.l,.bt{fill:#d9deea}}
"""

FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class VoiceAndBed:
    """How loud voice and bed are, in LUFS, as drawn into the curve; None where not known."""

    voice_lufs: float | None = None
    bed_lufs: float | None = None

    def known(self) -> Iterator[tuple[str, float]]:
        """Give the names and levels of those that are known."""
        for name, level in (("voice", self.voice_lufs), ("bed", self.bed_lufs)):
            if level is not None:
                yield name, level


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a position of the session stands in the picture."""

    length: int

    def x(self, position: int) -> float:
        """Return the place of a position in samples."""
        return LEFT + COLUMNS * position / max(1, self.length)


def svg(
    meta: Meta,
    timeline: Timeline,
    momentary_lufs: NDArray[np.float32] | None = None,
    *,
    bed: Sequence[Layer] = (),
    balance: VoiceAndBed = VoiceAndBed(),
    note: str = "",
) -> str:
    """Draw a session.

    Parameters
    ----------
    momentary_lufs
        Momentary loudness per 100 ms, as a meter gives it; without it there is no curve.
    bed
        The layers that sound from the beginning on; the timeline knows what follows them.
    balance
        Told under the title, and drawn as lines into the curve.
    note
        Put behind the length, under the title.

    Returns
    -------
    A whole SVG document; times stand in it on a linear axis from `LEFT` to `RIGHT`.
    """
    words = WORDS[meta.language]
    scale = Scale(timeline.length)
    rows: list[str] = []
    top = 80.0
    numbered = too_narrow(timeline, scale)
    if timeline.chapters:
        rows += chapter_row(timeline, scale, words, 72.0, numbered=numbered)
        top = 108.0
    rows += plan_rows(timeline, scale, words, top)
    top += 34.0
    spans = bed_spans(timeline, bed)
    if any(span.layers for span in spans):
        rows += bed_row(timeline, scale, spans, words, top)
        top += BED_PIXELS + 14
    if momentary_lufs is not None and len(momentary_lufs):
        rows += curve_rows(momentary_lufs, timeline.length, top)
        rows += level_rows(balance, words, top)
        top += CURVE_PIXELS
    rows += axis_row(timeline, scale, top)
    top += 36
    if numbered:
        listed, top = chapter_list(timeline, top + 14)
        rows += listed
    height = round(top + 6)
    told = [f"{words[name]} {shown(level)} LUFS" for name, level in balance.known()]
    under = " · ".join(filter(None, (note, in_order(spans), *told)))
    head = heading(meta, timeline, height, under)
    means = legend(timeline, words, curve=momentary_lufs is not None)
    return "\n".join([*head, *means, *rows, "</svg>", ""])


def heading(meta: Meta, timeline: Timeline, height: int, note: str) -> list[str]:
    """Return the beginning of the document: what it is, in words, and the panel."""
    words = WORDS[meta.language]
    summary = (
        f"{clock(timeline.length)}, {len(timeline.chapters)} {words['chapters']}, "
        f"{sum(1 for _ in timeline.of_kind(Kind.SPEECH))} {words['lines']}"
    )
    under = " · ".join(filter(None, (clock(timeline.length), note)))
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    access = f'role="img" aria-labelledby="t d" lang="{meta.language}"'
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {access}>',
        f'<title id="t">{escaped(meta.title)}</title>',
        f'<desc id="d">{escaped(". ".join(filter(None, (summary, meta.summary))))}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect x=".5" y=".5" width="{WIDTH - 1}" height="{height - 1}" rx="14" class="panel"/>',
        text(24, 34, cut(meta.title, 480.0, 17.0 * BOLD), "h"),
        text(24, 53, cut(under, RIGHT - 24, 12.0), "s"),
    ]


def legend(timeline: Timeline, words: Mapping[str, str], *, curve: bool) -> list[str]:
    """Return what the colours mean, right-aligned; only of what there is."""
    names = {look_of(cue) for cue in timeline.cues}
    shown = [name for name in ("speech", "pause", "elastic", "breath", "bell") if name in names] + [
        "loudness"
    ] * curve
    rows, x = [], float(RIGHT)
    for name in reversed(shown):
        x -= len(words[name]) * 12 * 0.56
        rows.append(text(x, 34, words[name], "s"))
        x -= 20
        look = "line" if name == "loudness" else name
        height, y = (3, 29) if name == "loudness" else (10, 25)
        rows.append(
            f'<rect x="{n(x)}" y="{y}" width="14" height="{height}" rx="1.5" class="{look}"/>'
        )
        x -= 16
    return rows


def chapter_row(
    timeline: Timeline, scale: Scale, words: Mapping[str, str], top: float, *, numbered: bool
) -> list[str]:
    """Return the chapters, each with its title or its number."""
    rows = [text(64, top + 16.5, words["chapter"], "s e")]
    for number, mark in enumerate(timeline.chapters, start=1):
        x, width = scale.x(mark.start), chapter_width(mark, scale)
        rows.append(
            f'<rect x="{n(x)}" y="{n(top)}" width="{n(width)}" height="24" '
            f'rx="{n(min(5.0, width / 3))}" class="c">'
            f"<title>{escaped(f'{clock(mark.start)} {mark.title}')}</title></rect>"
        )
        if not numbered:
            rows.append(text(x + 9, top + 16.5, mark.title, "ct"))
        elif width >= NUMBER_PIXELS:
            rows.append(text(x + width / 2, top + 16.5, str(number), "ct m"))
    return rows


def chapter_width(mark: Mark, scale: Scale) -> float:
    """Return the width of a chapter, a gap to the next left open."""
    return max(0.6, scale.x(mark.stop) - scale.x(mark.start) - 2)


def too_narrow(timeline: Timeline, scale: Scale) -> bool:
    """Whether some chapter's title does not fit into it."""
    return any(
        width(mark.title, 12.5 * BOLD) + 14 > chapter_width(mark, scale)
        for mark in timeline.chapters
    )


def chapter_list(timeline: Timeline, top: float) -> tuple[list[str], float]:
    """Return the chapters by number, time and title, in columns, and where they end."""
    marks = timeline.chapters[:MOST_LISTED]
    deep = len(marks)
    for most in LIST_COLUMNS:
        deep = -(-len(marks) // most)
        wide = COLUMNS / -(-len(marks) // deep)
        if all(width(mark.title, 12.0) <= title_pixels(mark, wide) for mark in marks):
            break
    rows = []
    for index, mark in enumerate(marks):
        x, y = LEFT + index // deep * wide, top + index % deep * 18
        rows.append(text(x + 16, y, str(index + 1), "s e"))
        rows.append(text(x + 24, y, cut(mark.title, title_pixels(mark, wide), 12.0), "l"))
        rows.append(text(x + wide - 14, y, clock(mark.start), "s e"))
    return rows, top + deep * 18


def title_pixels(mark: Mark, wide: float) -> float:
    """Return how much room a column of the list has for a title, between number and time."""
    return wide - 24 - 10 - 14 - width(clock(mark.start), 12.0)


def plan_rows(timeline: Timeline, scale: Scale, words: Mapping[str, str], top: float) -> list[str]:
    """Return the cues: a bar for a line, a lower one for a pause, a slope for a breath."""
    shapes: dict[str, list[str]] = {}
    for first, last in merged(timeline.cues, scale):
        look = look_of(first)
        x, width = scale.x(first.start), max(0.6, scale.x(last.stop) - scale.x(first.start))
        shapes.setdefault(look, []).append(shape(first.kind, x, width, top, elastic=first.elastic))
    order = ("pause", "elastic", "hold", "breath", "speech", "bell")
    paths = [f'<path d="{"".join(shapes[k])}" class="{k}"/>' for k in order if k in shapes]
    return [text(64, top + 15.5, words["plan"], "s e"), *paths]


def merged(cues: Iterable[Cue], scale: Scale) -> list[tuple[Cue, Cue]]:
    """Return cues as first and last of a run: cues of one look that stand in one pixel are one."""
    last: dict[str, int] = {}
    runs: list[tuple[Cue, Cue]] = []
    for cue in cues:
        look = look_of(cue)
        index = last.get(look)
        if index is not None and scale.x(cue.stop) - scale.x(runs[index][0].start) < 1.0:
            runs[index] = (runs[index][0], cue)
            continue
        last[look] = len(runs)
        runs.append((cue, cue))
    return runs


def shape(kind: Kind, x: float, width: float, top: float, *, elastic: bool) -> str:
    """Return a cue as a piece of a path."""
    if kind is Kind.ONE_SHOT:
        return f"M{n(x)} {n(top - 5)}l4 5-4 5-4-5z"
    if kind in {Kind.BREATH_IN, Kind.BREATH_OUT} and width >= 2:
        low, high = n(top + 21), n(top + 1)
        start, end = (low, high) if kind is Kind.BREATH_IN else (high, low)
        return f"M{n(x)} {low}V{start}L{n(x + width)} {end}V{low}z"
    if elastic:
        inner = max(0.4, width - 1)
        return f"M{n(x + 0.5)} {n(top + 0.5)}h{n(inner)}v21h-{n(inner)}z"
    y, height = (
        (top, 22) if kind in {Kind.SPEECH, Kind.BREATH_IN, Kind.BREATH_OUT} else (top + 7, 8)
    )
    room = 0.4 if width > 2 else 0.0
    return f"M{n(x + room)} {n(y)}h{n(width - 2 * room)}v{height}h-{n(width - 2 * room)}z"


def bed_row(
    timeline: Timeline,
    scale: Scale,
    spans: Iterable[BedSpan],
    words: Mapping[str, str],
    top: float,
) -> list[str]:
    """Return each bed over its own span, as it fades and as loud as asked for, and its name."""
    rows = [text(64, top + 14.5, words["bed"], "s e")]
    bottom = n(top + BED_PIXELS)
    for span in spans:
        if not span.layers:
            continue
        corners = [
            (n(scale.x(position)), n(top + BED_PIXELS * (1 - high)))
            for position, high in outline(timeline, span)
        ]
        upper = "L".join(" ".join(corner) for corner in corners)
        name = named(span.layers)
        rows.append(
            f'<path d="M{corners[0][0]} {bottom}L{upper}L{corners[-1][0]} {bottom}z" class="bed">'
            f"<title>{escaped(f'{clock(span.start)} {name}')}</title></path>"
        )
        x = max(scale.x(span.start), LEFT) + 9
        room = scale.x(span.stop) - x - 4
        if room >= width("abc…", 11.0):
            rows.append(text(x, top + BED_PIXELS - 4, cut(name, room, 11.0), "bt"))
    return rows


def in_order(spans: Sequence[BedSpan]) -> str:
    """Return the beds of a session in words, as they follow each other; empty if there is none."""
    names = [named(span.layers) for span in spans]
    told = [name for name, before in zip(names, ["", *names], strict=False) if name != before]
    return "" if told == ["none"] else " → ".join(told)


def curve_rows(momentary_lufs: NDArray[np.float32], length: int, top: float) -> list[str]:
    """Return the loudness axis, and the band between the quietest and loudest of each pixel."""
    span = HIGHEST_LUFS - LOWEST_LUFS
    low, high = (
        top + (HIGHEST_LUFS - side.clip(LOWEST_LUFS, HIGHEST_LUFS)) * CURVE_PIXELS / span
        for side in thinned(momentary_lufs, length, COLUMNS)
    )
    rows = [text(64, top + 4, "LUFS", "s e")]
    for level in range(HIGHEST_LUFS - 10, LOWEST_LUFS, -10):
        y = top + (HIGHEST_LUFS - level) * CURVE_PIXELS / span
        rows.append(f'<path d="M{LEFT} {n(y)}H{RIGHT}" class="g"/>')
        rows.append(text(64, y + 4, f"−{-level}", "s e"))  # noqa: RUF001 -- a minus sign
    upper = "L".join(f"{LEFT + i + 0.5:g} {n(float(y))}" for i, y in enumerate(high))
    lower = "L".join(f"{LEFT + i + 0.5:g} {n(float(low[i]))}" for i in range(len(low) - 1, -1, -1))
    bottom = n(top + CURVE_PIXELS)
    rows.append(f'<path d="M{LEFT} {bottom}L{upper}L{RIGHT} {bottom}z" class="area"/>')
    rows.append(f'<path d="M{upper}L{lower}z" class="band"/>')
    return rows


def level_rows(balance: VoiceAndBed, words: Mapping[str, str], top: float) -> list[str]:
    """Return how loud voice and bed are, as lines through the curve; what they are stands above."""
    rows = []
    for name, level in balance.known():
        y = top + (HIGHEST_LUFS - level) * CURVE_PIXELS / (HIGHEST_LUFS - LOWEST_LUFS)
        if top < y < top + CURVE_PIXELS:
            rows.append(
                f'<path d="M{LEFT} {n(y)}H{RIGHT}" class="level">'
                f"<title>{words[name]} {shown(level)} LUFS</title></path>"
            )
    return rows


def shown(level: float) -> str:
    """Return a level as it is written."""
    return f"{level:.1f}".replace("-", "−")  # noqa: RUF001 -- a minus sign


def axis_row(timeline: Timeline, scale: Scale, top: float) -> list[str]:
    """Return the axis of time."""
    rows = [f'<path d="M{LEFT} {n(top)}H{RIGHT}" class="g"/>']
    for position in ticks(timeline.length, 10):
        x = scale.x(position)
        rows.append(f'<path d="M{n(x)} {n(top)}v5" class="lead"/>')
        rows.append(text(x, top + 19, clock(position), "s m"))
    return rows


def text(x: float, y: float, words: str, look: str) -> str:
    """Return a text at a place."""
    return f'<text x="{n(x)}" y="{n(y)}" class="{look}">{escaped(words)}</text>'


def n(value: float) -> str:
    """Return a number as short as a tenth of a pixel asks for."""
    return f"{value:.1f}".removesuffix(".0")


def escaped(words: str) -> str:
    """Return a text as XML has it; characters that XML forbids are left out (XML 1.0, 2.2)."""
    legal = FORBIDDEN.sub("", words)
    return (
        legal.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )
