"""The picture, taken apart again."""

from __future__ import annotations

import dataclasses
import io
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from rich.console import Console

from sessions.pace import PACES
from sessions.publish.axis import thinned, ticks
from sessions.publish.picture import COLUMNS, LEFT, RIGHT, svg
from sessions.publish.terminal import terminal
from sessions.script.model import Layer
from sessions.script.parser import parse
from sessions.timeline import Kind, Timeline, lines, plan
from sessions.units import SAMPLE_RATE_HZ, samples
from sessions.voices.base import ClipInfo

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sessions.script.model import Script

SVG = "{http://www.w3.org/2000/svg}"
SHORT = """---
title: Rust & <adem>
language: nl
---
# Aankomen
Ga liggen. [pauze 5s..20s] [bel] Goed zo.
# Adem
[adem in 4 uit 6 keer 3]
"""
NIGHT = "".join(f"# Deel {i} met een lange naam\nZin. [pauze 4s]\n" for i in range(12)) + (
    "Slaap. [pauze 3600s]\n" * 8
)


def laid_out(text: str) -> tuple[Script, Timeline]:
    script = parse(text, path="x.md")
    clips = {line: ClipInfo("", samples(len(line.text) / 15), -20.0) for line in lines(script)}
    return script, plan(script, clips, PACES["calm"])


def curve(timeline: Timeline) -> NDArray[np.float32]:
    count = timeline.length // (SAMPLE_RATE_HZ // 10) - 3
    return np.random.default_rng(1).uniform(-50, -15, count).astype(np.float32)


def bars(root: ET.Element, look: str) -> list[tuple[float, float]]:
    """Return where the bars of a style begin, and how wide they are."""
    path = root.find(f"{SVG}path[@class='{look}']")
    assert path is not None
    found = re.findall(r"M([\d.]+) [\d.]+h([\d.]+)", path.attrib["d"])
    return [(float(x), float(width)) for x, width in found]


def texts(root: ET.Element, look: str) -> list[tuple[float, float, str]]:
    found = [node for node in root.iter(f"{SVG}text") if node.attrib["class"] == look]
    return [(float(t.attrib["x"]), float(t.attrib["y"]), t.text or "") for t in found]


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 -- what we wrote ourselves


def place(position: int, timeline: Timeline) -> float:
    return LEFT + (RIGHT - LEFT) * position / timeline.length


def test_cues_stand_where_the_timeline_has_them() -> None:
    script, timeline = laid_out(SHORT)
    root = parsed(svg(script.meta, timeline, curve(timeline)))
    spoken = list(timeline.of_kind(Kind.SPEECH))
    drawn = bars(root, "speech")
    assert len(drawn) == len(spoken)
    for (x, width), cue in zip(drawn, spoken, strict=True):
        assert x == pytest.approx(place(cue.start, timeline), abs=0.6)
        assert x + width == pytest.approx(place(cue.stop, timeline), abs=0.6)
    (elastic,) = bars(root, "elastic")
    (pause,) = [cue for cue in timeline.cues if cue.elastic]
    assert elastic[0] == pytest.approx(place(pause.start, timeline), abs=0.7)
    breaths = root.find(f"{SVG}path[@class='breath']")
    assert breaths is not None
    assert breaths.attrib["d"].count("M") == 6
    (bell,) = timeline.of_kind(Kind.ONE_SHOT)
    bells = root.find(f"{SVG}path[@class='bell']")
    assert bells is not None
    assert float(bells.attrib["d"][1:].split()[0]) == pytest.approx(
        place(bell.start, timeline), abs=0.1
    )


def test_it_is_told_to_those_who_do_not_see_it_and_needs_nothing_else() -> None:
    script, timeline = laid_out(SHORT)
    text = svg(script.meta, timeline, None, bed=(Layer("brown", -3.0),), note="a<b")
    root = parsed(text)
    assert root.attrib["role"] == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert title.text == "Rust & <adem>"
    assert "2 delen" in (description.text or "")
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {description.attrib['id']}"
    assert not re.search(r"href|url\(|@import|<script|https?://(?!www\.w3\.org/2000/svg)", text)
    assert "prefers-color-scheme:dark" in text
    assert "a<b" in next(t for _, _, t in texts(root, "s"))


def test_control_characters_cannot_break_the_file() -> None:
    script, timeline = laid_out(SHORT)
    meta = dataclasses.replace(script.meta, title="a\x00\x1b[31m\ud800\ufffe]]>b")
    root = parsed(svg(meta, timeline))
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == "a[31m]]>b"


def test_titles_that_do_not_fit_are_numbered_and_listed_without_overlap() -> None:
    script, timeline = laid_out(NIGHT)
    text = svg(script.meta, timeline, curve(timeline))
    root = parsed(text)
    listed = texts(root, "l")
    assert len(listed) == 12
    assert len({(x, y) for x, y, _ in listed}) == 12
    for x, y, words in listed:
        beside = [other for other, row, _ in listed if row == y and other > x]
        assert x + len(words) * 12 * 0.63 < min(beside, default=RIGHT) - 16
    assert len(text) < 60_000


def test_titles_that_fit_stand_in_their_chapters() -> None:
    script, timeline = laid_out(SHORT)
    root = parsed(svg(script.meta, timeline))
    found = texts(root, "ct")
    assert [words for _, _, words in found] == ["Aankomen", "Adem"]
    for (x, _, _), mark in zip(found, timeline.chapters, strict=True):
        assert place(mark.start, timeline) < x < place(mark.stop, timeline)


def test_a_session_full_of_cues_stays_small() -> None:
    many = "".join(f"# Deel {i}\n" + "Kort. [pauze 1s..9s] [bel]\n" * 40 for i in range(30))
    script, timeline = laid_out(many)
    assert len(timeline.cues) > 3000
    assert len(svg(script.meta, timeline, curve(timeline))) < 120_000
    twenty = laid_out("# Deel\n" + "Zin om te horen. [pauze 6s]\n" * 160)
    assert len(svg(twenty[0].meta, twenty[1], curve(twenty[1]))) < 60_000


def test_thinning_keeps_the_quietest_and_the_loudest() -> None:
    levels = np.full(8 * 36_000, -30.0, np.float32)
    levels[100_000], levels[200_000] = -3.0, -70.0
    low, high = thinned(levels, 8 * 3600 * SAMPLE_RATE_HZ, COLUMNS)
    assert (low.min(), high.max()) == (-70.0, -3.0)
    assert int(high.argmax()) == 100_000 * COLUMNS // (8 * 36_000)


@pytest.mark.parametrize("minutes", [0.2, 1, 5, 20, 45, 90, 480, 720])
def test_ticks_are_round_times_and_neither_few_nor_many(minutes: float) -> None:
    length = samples(minutes * 60)
    found = ticks(length, 10)
    assert 3 <= len(found) <= 11
    assert found[0] == 0
    assert found[-1] <= length


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_terminal_shows_the_plan_within_its_width(width: int, *, ascii_only: bool) -> None:
    script, timeline = laid_out(SHORT)
    rows = terminal(script.meta, timeline, curve(timeline), width, ascii_only=ascii_only)
    assert max(map(len, rows)) <= width
    assert all(row.isascii() for row in rows) or not ascii_only
    plan_row = next(row for row in rows if "~" in row)
    first = next(timeline.of_kind(Kind.SPEECH))
    block = "#" if ascii_only else "█"
    assert plan_row.index(block) == 5 + first.start * (width - 6) // timeline.length
    assert any("Aankomen" in row for row in rows)
    assert rows[0] == "Rust & <adem>"


def test_titles_in_brackets_are_no_styles() -> None:
    script, timeline = laid_out(SHORT)
    meta = dataclasses.replace(script.meta, title="[red]Stil[/red]\x1b[0m")
    rows = terminal(meta, timeline, styled=True)
    console = Console(file=io.StringIO(), width=200)
    console.print("\n".join(rows), emoji=False)
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().startswith("[red]Stil[/red][0m\n")
