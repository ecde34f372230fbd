"""Captions, transcript, chapters and tags."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mutagen.id3 import ID3

from sessions.library.scripts import loads
from sessions.plan import PACES, Edges, Kind, Timeline, lines, plan
from sessions.publish.captions import VTT_LINE_CHARACTERS, captions, transcript, vtt
from sessions.publish.chapters import chapters_json, short_title
from sessions.publish.tags import id3
from sessions.units import samples
from sessions.voices.base import ClipInfo

if TYPE_CHECKING:
    from sessions.script.model import Script

LONG = "Dit is een lange zin die " + "nog even door blijft gaan " * 9 + "en dan ophoudt."
TEXT = f"""---
title: Rust & <stilte>
summary: Een proef.
author: Anna
---
# Aankomen
Ga liggen. Adem < uit.

{LONG}

# Een hoofdstuk met een titel die veel langer is dan spelers tonen
Klaar. [pause 3s]
"""


def planned(text: str = TEXT) -> tuple[Script, Timeline]:
    script = loads(text, path="test.md")
    clips = {line: ClipInfo("", samples(len(line.text) / 15), -20.0) for line in lines(script)}
    return script, plan(script, clips, PACES["calm"], Edges())


def test_captions_are_short_lines_in_time_with_the_words() -> None:
    script, timeline = planned()
    shown = list(captions(timeline))
    assert all(len(c.lines) <= 2 and max(map(len, c.lines)) <= VTT_LINE_CHARACTERS for c in shown)
    assert all(a.stop <= b.start for a, b in pairwise(shown))
    spoken = list(timeline.of_kind(Kind.SPEECH))
    assert (shown[0].start, shown[0].stop) == (spoken[0].start, spoken[0].stop)
    assert " ".join(" ".join(c.lines) for c in shown) == " ".join(cue.text for cue in spoken)
    text = vtt(script.meta, timeline)
    assert text.startswith("WEBVTT\n")
    assert "Adem &lt; uit." in text
    assert len(
        re.findall(r"^\d\d:\d\d:\d\d\.\d{3} --> \d\d:\d\d:\d\d\.\d{3}$", text, re.MULTILINE)
    ) == len(shown)


def test_the_transcript_has_chapters_and_every_word() -> None:
    script, timeline = planned()
    text = transcript(script.meta, timeline)
    assert text.startswith(
        "Rust & <stilte>\n\nEen proef.\n\n# Aankomen\n\nGa liggen. Adem < uit.\n\n"
    )
    assert text.endswith("tonen\n\nKlaar.\n")


def test_chapters_json_is_version_1_2_and_covers_the_session() -> None:
    script, timeline = planned()
    document = json.loads(chapters_json(script.meta, timeline))
    assert document["version"] == "1.2.0"
    first, second = document["chapters"]
    assert first["startTime"] == 0.0
    assert first["endTime"] == second["startTime"]
    assert abs(second["endTime"] - timeline.length / 44_100) < 0.001


def test_long_titles_are_cut_at_a_word() -> None:
    title = "Een hoofdstuk met een titel die veel langer is dan spelers tonen"
    assert short_title(title) == "Een hoofdstuk met een titel die veel langer…"
    assert len(short_title("x" * 90)) == 45


def test_the_tag_is_version_2_3_and_whole() -> None:
    script, timeline = planned()
    tag = ID3(io.BytesIO(id3(script.meta, timeline) + bytes(1000)), translate=False)
    assert tag.version == (2, 3, 0)
    assert str(tag["TIT2"]) == "Rust & <stilte>"
    assert str(tag["TPE1"]) == "Anna"
    assert str(tag["TLAN"]) == "dut"
    assert int(str(tag["TLEN"])) == round(timeline.length / 44.1)
    assert tag.getall("USLT")[0].text == transcript(script.meta, timeline)
    chapters = tag.getall("CHAP")
    assert [c.start_time for c in chapters] == [round(m.start / 44.1) for m in timeline.chapters]
    (toc,) = tag.getall("CTOC")
    assert toc.child_element_ids == ["chp0", "chp1"]


def test_more_chapters_than_a_tag_holds_are_cut_and_not_wrapped() -> None:
    script, timeline = planned("\n\n".join(f"## H {n}\nWoord {n}." for n in range(300)))
    tag = ID3(io.BytesIO(id3(script.meta, timeline) + bytes(1000)), translate=False)
    assert len(tag.getall("CHAP")) == 255


def test_a_script_without_chapters_has_none() -> None:
    script, timeline = planned("Alleen dit.")
    assert json.loads(chapters_json(script.meta, timeline))["chapters"] == []
    tag = ID3(io.BytesIO(id3(script.meta, timeline) + bytes(1000)), translate=False)
    assert not tag.getall("CTOC")
