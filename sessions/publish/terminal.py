"""The picture of a session in characters, for a terminal; `picture.py` draws it as SVG."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.publish.axis import HIGHEST_LUFS, LOWEST_LUFS, thinned, ticks
from sessions.publish.beds import bed_spans, height, named
from sessions.publish.looks import WORDS, look_of
from sessions.units import clock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sessions.plan import Cue, Timeline
    from sessions.script.model import Layer, Meta

MARGIN = 5
"""Columns before the picture, for the axis of loudness."""
LEAST_WIDTH = 40
CURVE_ROWS = 6
TITLE_ROWS = 3
STYLES = {
    "speech": "yellow",
    "pause": "bright_black",
    "elastic": "blue",
    "breath": "magenta",
    "bell": "red",
    "bed": "green",
    "curve": "cyan",
    "title": "bold",
}
"""By what is drawn: the style of rich that it is drawn in."""
RANK = ("speech", "bell", "breath", "elastic", "pause")
"""What a column shows of several things that fall into it: the first of these."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a picture; `steps` and `bed` are eighths of a cell, from empty to full."""

    steps: str
    bed: str
    speech: str
    pause: str
    elastic: str
    breath: str
    bell: str
    mark: str


UNICODE = Glyphs(" ▁▂▃▄▅▆▇█", " ▁▂▃▄▅▆▇█", "█", "─", "┄", "~", "◆", "▏")
ASCII = Glyphs("  ..::###", " ..--====", "#", "-", ".", "~", "o", "|")


def terminal(
    meta: Meta,
    timeline: Timeline,
    momentary_lufs: NDArray[np.float32] | None = None,
    width: int = 80,
    *,
    bed: Sequence[Layer] = (),
    styled: bool = False,
    ascii_only: bool = False,
) -> list[str]:
    """Draw a session in lines of at most `width` columns.

    Parameters
    ----------
    momentary_lufs
        Momentary loudness per 100 ms; without it there is no curve.
    bed
        The layers that sound from the beginning on; the timeline knows what follows them.
    styled
        Whether to mark styles as rich's markup has them; a text in brackets is then escaped.
    ascii_only
        Whether the terminal shows nothing but ASCII.
    """
    glyphs = ASCII if ascii_only else UNICODE
    columns = max(LEAST_WIDTH, width) - MARGIN - 1
    draw = Styled(styled=styled)
    rows = [draw("title", readable(meta.title, ascii_only=ascii_only))]
    rows += chapter_rows(timeline, columns, glyphs, draw, ascii_only=ascii_only)
    if momentary_lufs is not None and len(momentary_lufs):
        rows += curve_rows(momentary_lufs, timeline.length, columns, glyphs, draw)
    words = WORDS[meta.language]
    rows += [" " * MARGIN + plan_row(timeline, columns, glyphs, draw)]
    beds = bed_row(timeline, bed, columns, glyphs, draw)
    rows += [f"{words['bed']:>{MARGIN - 1}} {beds}"] * bool(beds.strip())
    rows += axis_rows(timeline, columns)
    return [*rows, *legend_rows(timeline, words, columns, glyphs, draw)]


@dataclass(frozen=True, slots=True)
class Styled:
    """Puts text in a style, or leaves it plain."""

    styled: bool

    def __call__(self, name: str, words: str) -> str:
        """Return words in the style of something."""
        if not self.styled:
            return words
        return f"[{STYLES[name]}]{words.replace('[', chr(92) + '[')}[/]" if words.strip() else words


def readable(words: str, *, ascii_only: bool) -> str:
    """Return a text without what steers a terminal, and in ASCII where nothing else is shown."""
    if ascii_only:
        words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return "".join(mark for mark in words if unicodedata.category(mark)[0] != "C")


def column(position: int, length: int, columns: int) -> int:
    """Return the column in which a position falls."""
    return min(columns - 1, position * columns // max(1, length))


def chapter_rows(
    timeline: Timeline, columns: int, glyphs: Glyphs, draw: Styled, *, ascii_only: bool
) -> list[str]:
    """Return titles above where their chapters begin, in rows that none overlap in.

    A title without room in any row is left out, its mark is not.
    """
    rows = [[" "] * columns for _ in range(TITLE_ROWS)]
    free = [0] * TITLE_ROWS
    for mark in timeline.chapters:
        at = column(mark.start, timeline.length, columns)
        title = glyphs.mark + readable(mark.title, ascii_only=ascii_only)
        row = next((row for row in reversed(range(TITLE_ROWS)) if free[row] <= at), None)
        if row is None or at + len(title) > columns:
            continue
        rows[row][at : at + len(title)] = title
        free[row] = at + len(title) + 1
    return [
        " " * MARGIN + draw("title", "".join(row).rstrip())
        for row in rows
        if any(map(str.strip, row))
    ]


def curve_rows(
    momentary_lufs: NDArray[np.float32], length: int, columns: int, glyphs: Glyphs, draw: Styled
) -> list[str]:
    """Return the loudest moment of each column as a bar."""
    _, high = thinned(momentary_lufs, length, columns)
    span = HIGHEST_LUFS - LOWEST_LUFS
    eighths = ((high - LOWEST_LUFS) / span * CURVE_ROWS * 8).round().clip(0, CURVE_ROWS * 8)
    rows = []
    for row in reversed(range(CURVE_ROWS)):
        bar = "".join(glyphs.steps[int(level)] for level in (eighths - row * 8).clip(0, 8))
        top = round(LOWEST_LUFS + span * (row + 1) / CURVE_ROWS)
        rows.append(f"{top:>{MARGIN - 1}} {draw('curve', bar)}")
    return rows


def look(cue: Cue) -> str:
    """Return how a cue is drawn: in columns what is held is part of the breath."""
    name = look_of(cue)
    return "breath" if name == "hold" else name


def plan_row(timeline: Timeline, columns: int, glyphs: Glyphs, draw: Styled) -> str:
    """Return what happens in each column."""
    shown = [""] * columns
    for cue in timeline.cues:
        name = look(cue)
        first = column(cue.start, timeline.length, columns)
        last = column(max(cue.start, cue.stop - 1), timeline.length, columns)
        for at in range(first, last + 1):
            if not shown[at] or RANK.index(name) < RANK.index(shown[at]):
                shown[at] = name
    pieces: list[str] = []
    start = 0
    for at in range(1, columns + 1):
        if at == columns or shown[at] != shown[start]:
            name = shown[start]
            pieces.append(
                draw(name, getattr(glyphs, name) * (at - start)) if name else " " * (at - start)
            )
            start = at
    return "".join(pieces).rstrip()


def bed_row(
    timeline: Timeline, bed: Sequence[Layer], columns: int, glyphs: Glyphs, draw: Styled
) -> str:
    """Return each bed over its own columns, as loud as asked for, with its name where it fits."""
    ascii_only = glyphs is ASCII
    pieces: list[str] = []
    for span in bed_spans(timeline, bed):
        first = column(span.start, timeline.length, columns)
        last = columns if span.stop == timeline.length else 0
        last = last or column(span.stop, timeline.length, columns)
        if not span.layers:
            pieces.append(" " * (last - first))
            continue
        middles = ((at + 0.5) * timeline.length / columns for at in range(first, last))
        steps = (round(8 * height(timeline, span, int(middle))) for middle in middles)
        shown = "".join(glyphs.bed[step] for step in steps)
        name = f"{readable(named(span.layers), ascii_only=ascii_only)} "
        name = name if len(name) < len(shown) else ""
        pieces += [name, draw("bed", shown[len(name) :])]
    return "".join(pieces).rstrip()


def axis_rows(timeline: Timeline, columns: int) -> list[str]:
    """Return the times under the picture."""
    row = [" "] * (columns + MARGIN + 1)
    for position in ticks(timeline.length, columns // 10):
        label = clock(position)
        at = MARGIN + column(position, timeline.length, columns)
        at = min(at, len(row) - len(label))
        if all(cell == " " for cell in row[max(0, at - 1) : at + len(label)]):
            row[at : at + len(label)] = label
    return ["".join(row).rstrip()]


def legend_rows(
    timeline: Timeline, words: Mapping[str, str], columns: int, glyphs: Glyphs, draw: Styled
) -> list[str]:
    """Return what the characters mean, of those that there are."""
    there = {look(cue) for cue in timeline.cues}
    rows: list[str] = []
    room = 0
    for name in (name for name in RANK if name in there):
        entry, wide = f"{draw(name, getattr(glyphs, name))} {words[name]}", len(words[name]) + 4
        if wide > room:
            rows.append(" " * MARGIN + entry)
            room = columns - wide
        else:
            rows[-1] += f"  {entry}"
            room -= wide
    return rows
