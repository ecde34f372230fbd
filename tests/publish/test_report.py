"""The report is written and read in one place."""

from __future__ import annotations

import dataclasses
import json
import math
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sessions
from sessions.output import described
from sessions.publish.report import Outline, Report
from sessions.publish.report_reading import read_report
from sessions.script.model import Language
from sessions.verify.planned import Planned
from tests.conftest import few
from tests.made import rendered as rendered_by

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.output import Written

TEXT = """---
title: "Dag <b>"
background: [brown, pink -3 dB]
---
# Een
Goedemorgen. [pause 3s..9s] [breathe in 2 hold 1 out 3] [pause 6s]
[background none] # geen kop
[bell] [pause 4s]
# Twee
Tot straks. [background sea] [pause 5s]
"""


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Written, Planned]:
    """Return what a render wrote, and what was planned for it."""
    folder = tmp_path_factory.mktemp("report")
    script = sessions.loads(TEXT, path="dag.md")
    chosen = {"voice": "tone", "rise_lu": 11.0, "output": folder, "format": "wav"}
    with sessions.prepared(script, sessions.resolve(chosen, script.meta)) as episode:
        planned = Planned.of(described(episode))
        return sessions.write(episode), planned


def test_what_is_written_is_read_back(rendered: tuple[Written, Planned]) -> None:
    written, _ = rendered
    text = written.files[-1].read_text(encoding="utf-8")
    again = read_report(text)
    assert again == written.report
    assert again.to_json() == written.report.to_json() == text
    assert written.report.verified.lines
    assert written.report.audio.bytes == written.audio.stat().st_size
    assert [chapter.title for chapter in written.report.outline.chapters] == ["Een", "Twee"]


def test_a_plan_is_the_same_before_the_render_and_from_its_report(
    rendered: tuple[Written, Planned],
) -> None:
    written, planned = rendered
    again = read_report(written.report.to_json())
    assert again is not None
    assert Planned.of(again) == planned
    assert len(planned.voice) == len(planned.lines) == 3
    assert planned.has_bed
    assert planned.without_bed
    assert planned.pauses
    assert planned.rise_lu == 11.0


def test_the_keys_of_the_outline_stand_beside_the_others(
    rendered: tuple[Written, Planned],
) -> None:
    plain = rendered[0].report.plain
    own = {one.name for one in dataclasses.fields(Report)} - {"outline"}
    assert set(plain) == own | {one.name for one in dataclasses.fields(Outline)}
    (bell,) = [cue for cue in plain["cues"] if cue["kind"] == "sound"]
    assert bell["sound"] == "bell"
    assert "text" not in bell
    assert "elastic" not in bell


@pytest.mark.parametrize("text", ["", "[1]", "3", "null", "{", "[" * 100_000])
def test_what_is_no_report_is_none(text: str) -> None:
    assert read_report(text) is None


def test_what_is_missing_has_its_default() -> None:
    empty = read_report("{}")
    assert empty is not None
    assert empty.target_lufs is None
    assert empty.outline.background is None
    assert math.isnan(empty.loudness_lufs)
    assert (empty.title, empty.files, empty.outline.cues) == ("", {}, ())


@pytest.mark.parametrize(
    "key", ["target_lufs", "loudness_lufs", "length_seconds", "length_samples"]
)
def test_a_number_that_no_float_can_hold_counts_as_missing(key: str) -> None:
    assert read_report(json.dumps({key: 10**400})) == read_report(json.dumps({key: "x"}))


def test_a_bound_that_no_float_can_hold_is_not_known() -> None:
    report = read_report(json.dumps({"settings": {"rise_lu": 10**400}}))
    assert report is not None
    assert Planned.of(report).rise_lu is None


ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.text(max_size=3)
    | st.integers(-9, 9)
    | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            [
                *("kind", "start_seconds", "stop_seconds", "sound", "background", "id"),
                *("plain", "lowered_db", "rise_lu"),
            ]
        ),
        inner, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


KEYS = sorted(
    {one.name for one in dataclasses.fields(Outline)}
    | {"verified", "audio", "settings", "voice", "files", "target_lufs"}
)


@few(200)
@given(st.sampled_from(KEYS), ODD)
def test_whatever_stands_in_a_report_it_can_be_read_and_used(
    rendered: tuple[Written, Planned], key: str, value: Any
) -> None:
    changed = rendered[0].report.plain | {key: value, "not of ours": value}
    report = read_report(json.dumps(changed))
    assert report is not None
    Planned.of(report)
    report.to_json()


def test_a_line_tells_how_it_is_spoken_where_that_is_not_as_usual(tmp_path: Path) -> None:
    text = "[whisper: Slaap zacht.] [lang en: Let go.] [zeg als: achttien graden | 18 °C]. Rust nu."
    written = rendered_by(sessions.loads(text, language=Language.DUTCH), tmp_path, voice="tone")
    report = read_report(written.files[-1].read_text(encoding="utf-8"))
    assert report is not None
    lines = [cue for cue in report.outline.cues if cue.kind == "speech"]
    assert [(cue.text, cue.manner, cue.language, cue.said) for cue in lines] == [
        ("Slaap zacht.", "whisper", "", ""),
        ("Let go.", "", "en", ""),
        ("18 °C.", "", "", "achttien graden."),
        ("Rust nu.", "", "", ""),
    ]
