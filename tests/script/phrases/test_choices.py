"""How a script wants to sound."""

from __future__ import annotations

import pytest

from sessions.errors import ScriptError
from sessions.script.model import LevelChange
from sessions.script.parser import parse
from sessions.settings import CHECKS, resolve

FRONT = """---
loudness: podcast
bed: -12 LU
duck: gentle
descend: 6 dB
settle: 50 %
width: 0,5
sway: 0.25
tail: 7h30m
---
Rust.
"""


def test_the_front_matter_makes_settings() -> None:
    settings = resolve({}, parse(FRONT).meta)
    assert (settings.loudness, settings.duck, settings.bed_lu) == ("podcast", "gentle", -12.0)
    assert (settings.descend_db, settings.settle_percent) == (6.0, 50.0)
    assert (settings.width, settings.sway, settings.tail_seconds) == (0.5, 0.25, 27_000.0)


def test_dutch_names_are_the_same() -> None:
    text = "---\nluidheid: -18\nbedniveau: -10\nwijken: zacht\ndalen: 3\nuitloop: 20m\n---\nRust.\n"
    settings = resolve({}, parse(text).meta)
    assert (settings.loudness, settings.bed_lu, settings.duck) == ("-18", -10.0, "gentle")
    assert (settings.descend_db, settings.tail_seconds) == (3.0, 1200.0)


def test_every_key_is_a_setting() -> None:
    assert {name for name, _ in parse(FRONT).meta.sound} < set(CHECKS)


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("descend: 60 dB", "descend: 6 dB"),
        ("duck: sometimes", "duck: gentle"),
        ("loudness: loud", "podcast"),
        ("tail: long", "7h30m"),
        ("bed: low", ""),
    ],
)
def test_what_cannot_be_is_told_with_its_place(line: str, remedy: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse(f"---\n{line}\n---\nRust.\n")
    (problem,) = caught.value.problems
    assert problem.source.line == 2
    assert remedy in problem.remedy


@pytest.mark.parametrize(
    ("text", "voice_db", "bed_db"),
    [
        ("[level voice -2 dB bed +3 dB]", -2.0, 3.0),
        ("[niveau stem -2 bed +3]", -2.0, 3.0),
        ("[level bed +3 dB]", 0.0, 3.0),
        ("[LEVEL bed -1,5 dB, voice +1 dB]", 1.0, -1.5),
    ],
)
def test_a_level_is_read(text: str, voice_db: float, bed_db: float) -> None:
    changes = [part for part in parse(f"{text}\nRust.").parts if isinstance(part, LevelChange)]
    assert [(change.voice_db, change.bed_db) for change in changes] == [(voice_db, bed_db)]


@pytest.mark.parametrize(
    "text", ["[level]", "[level -3 dB]", "[level voice loud]", "[level bed +90 dB]"]
)
def test_a_level_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(ScriptError):
        parse(f"{text}\nRust.")
