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

from sessions.library.scripts import loads
from sessions.plan import PACES, Kind, Timeline, lines, plan
from sessions.publish.axis import thinned, ticks
from sessions.publish.letters import cut, width
from sessions.publish.picture import BED_PIXELS, COLUMNS, LEFT, RIGHT, VoiceAndBed, svg
from sessions.publish.terminal import terminal
from sessions.script.model import Layer
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
    script = loads(text, path="x.md")
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
    for (x, wide), cue in zip(drawn, spoken, strict=True):
        assert x == pytest.approx(place(cue.start, timeline), abs=0.6)
        assert x + wide == pytest.approx(place(cue.stop, timeline), abs=0.6)
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


def test_the_levels_of_voice_and_bed_are_told_and_drawn_where_the_axis_has_them() -> None:
    script, timeline = laid_out(SHORT)
    momentary = curve(timeline)
    levels = VoiceAndBed(voice_lufs=-20.04, bed_lufs=-32.0)
    root = parsed(svg(script.meta, timeline, momentary, balance=levels))
    under = next(words for _, _, words in texts(root, "s") if "LUFS" in words and words != "LUFS")
    assert "−20.0 LUFS" in under  # noqa: RUF001 -- minus signs
    assert "−32.0 LUFS" in under  # noqa: RUF001
    grid = [y - 4 for _, y, words in texts(root, "s e") if re.fullmatch("−[2-4]0", words)]  # noqa: RUF001
    pixels = (grid[1] - grid[0]) / 10
    drawn = [
        float(match[1])
        for node in root.iter(f"{SVG}path")
        if node.attrib["class"] == "level"
        for match in [re.match(r"M\d+ ([\d.]+)H", node.attrib["d"])]
        if match
    ]
    assert drawn == pytest.approx([grid[0], grid[0] + 12 * pixels], abs=0.3)
    for nothing in (VoiceAndBed(), VoiceAndBed(-90.0, 3.0)):
        assert 'class="level"' not in svg(script.meta, timeline, momentary, balance=nothing)


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
        assert x + width(words, 12) < min(beside, default=RIGHT) - 16
    assert len(text) < 60_000


@pytest.mark.parametrize("count", [5, 6, 9, 13])
def test_the_list_of_titles_takes_the_whole_width_and_cuts_none_that_has_room(count: int) -> None:
    names = [f"Deel {number} met een lange naam" for number in range(count)]
    text = "".join(f"# {name}\nZin. [pauze 4s]\n" for name in names)
    script, timeline = laid_out(text)
    listed = texts(parsed(svg(script.meta, timeline)), "l")
    assert [words for _, _, words in listed] == names
    columns = sorted({x for x, _, _ in listed})
    assert RIGHT - columns[-1] == pytest.approx(COLUMNS / len(columns) - 24, abs=0.2)


def test_a_text_is_as_wide_as_its_letters() -> None:
    assert width("illi", 10) < width("abcd", 10) < width("WMWM", 10)
    assert cut("Stil en wit", 200, 12) == "Stil en wit"
    assert cut("Stil en wit", 50, 12) == "Stil e…"
    assert width("Stil e…", 12) <= 50


BEDS = """---
title: Bedden
language: en
---
# One
Lie down. [pause 100s]
[background sea -3 dB]
Listen. [pause 100s]
[background none]
Nothing. [pause 100s]
[background pink] [level bed +6 dB]
Louder. [pause 100s]
[level bed -18 dB]
Softer. [pause 100s]
"""


def drawn_beds(root: ET.Element) -> list[tuple[str, list[tuple[float, float]]]]:
    """Return the names of the beds that are drawn, and the corners of each."""
    found = []
    for path in root.findall(f"{SVG}path[@class='bed']"):
        corners = re.findall(r"[ML]([\d.]+) ([\d.]+)", path.attrib["d"])
        title = path.find(f"{SVG}title")
        assert title is not None
        name = (title.text or "").partition(" ")[2]
        found.append((name, [(float(x), float(y)) for x, y in corners]))
    return found


def test_every_bed_is_drawn_over_its_own_span_and_none_where_there_is_none() -> None:
    script, timeline = laid_out(BEDS)
    root = parsed(svg(script.meta, timeline, bed=(Layer("brown"),)))
    starts = [0, *(mark.start for mark in timeline.beds)]
    brown, sea, pink = drawn_beds(root)
    assert [brown[0], sea[0], pink[0]] == ["brown", "sea -3 dB", "pink"]
    fade = samples(8.0)
    for (_, corners), start, stop in (
        (brown, starts[0], starts[1] + fade),
        (sea, starts[1], starts[2] + fade),
        (pink, starts[3], timeline.length),
    ):
        assert corners[0][0] == pytest.approx(place(start, timeline), abs=0.1)
        assert corners[-1][0] == pytest.approx(place(stop, timeline), abs=0.1)
    shown = texts(root, "bt")
    assert [words for _, _, words in shown] == ["brown", "sea -3 dB", "pink"]
    assert shown[2][0] == pytest.approx(place(starts[3], timeline) + 9, abs=0.1)
    assert "brown → sea -3 dB → none → pink" in next(t for _, _, t in texts(root, "s"))


def test_a_bed_is_as_high_as_its_level() -> None:
    script, timeline = laid_out(BEDS)
    _, _, (_, corners) = drawn_beds(parsed(svg(script.meta, timeline, bed=(Layer("brown"),))))
    bottom = corners[0][1]
    louder, softer = (
        bottom - dict(corners)[min((x for x, _ in corners), key=lambda x: abs(x - settled))]
        for mark in timeline.levels
        for settled in (place(mark.start + samples(8.0), timeline),)
    )
    assert 0.15 * BED_PIXELS <= softer < 0.5 * BED_PIXELS < 0.8 * BED_PIXELS < louder


def test_a_bed_that_comes_later_has_its_row_and_no_bed_at_all_has_none() -> None:
    script, timeline = laid_out("Zin. [pauze 60s]\n[background brown]\nZin. [pauze 60s]\n")
    ((name, corners),) = drawn_beds(parsed(svg(script.meta, timeline)))
    assert name == "brown"
    assert corners[0][0] == pytest.approx(place(timeline.beds[0].start, timeline), abs=0.1)
    script, timeline = laid_out(SHORT)
    root = parsed(svg(script.meta, timeline))
    assert not drawn_beds(root)
    assert "bed" not in [words for _, _, words in texts(root, "s e")]


@pytest.mark.parametrize("ascii_only", [False, True])
def test_the_terminal_shows_every_bed_where_it_sounds(*, ascii_only: bool) -> None:
    script, timeline = laid_out(BEDS)
    columns = 120 - 6
    rows = terminal(script.meta, timeline, None, 120, bed=(Layer("brown"),), ascii_only=ascii_only)
    row = next(row for row in rows if row.startswith(" bed "))[5:].ljust(columns)
    sea, none, pink = (mark.start * columns // timeline.length for mark in timeline.beds)
    assert row.startswith("brown ")
    assert row[sea:].startswith("sea -3 dB ")
    assert row[none:pink].strip() == ""
    assert row[pink:].startswith("pink ")
    assert " " not in row[sea + 10 : none]
    assert len(set(row[pink + 5 :].strip())) > 2


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
