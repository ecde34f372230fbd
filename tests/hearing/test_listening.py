"""Finished files, heard back over their bed by the real listener; `make listen`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import sessions
from sessions.cli import run
from sessions.hearing.listener import whisper
from sessions.script.model import Language
from sessions.settings import caches_of
from sessions.verify.heard import sounds
from sessions.verify.planned import report_beside

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.listen

GARBLED = "[say as: bok garble flim dorpy snoz kleen wub | The evening is quiet and it is dark]."
ENGLISH = f"""---
language: en
voice: espeak
background: brown
---
# One
Let your shoulders become heavy. Feel the warmth of the blanket on your hands.
You do not have to do anything now.

# Two
{GARBLED}
Let your thoughts come and go. The night is long and the world is at rest.
"""
DUTCH = """---
language: nl
voice: espeak
background: brown
---
Er is niets dat je hoeft te doen. De nacht is lang en de wereld is stil.
Laat je gedachten komen en gaan. Voel de warmte van je handen.
"""


def verified(folder: Path, text: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    (folder / "mine.md").write_text(text, encoding="utf-8")
    assert run(["render", "mine.md", "--quiet"]) == 0
    capsys.readouterr()
    code = run(["verify", "output/mine.mp3", "--listen", "--json"])
    (found,) = json.loads(capsys.readouterr().out)
    return code, found


@pytest.mark.parametrize("text", [ENGLISH, DUTCH])
def test_a_session_is_understood_over_its_bed(
    in_folder: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    whole = text.replace(GARBLED, "")
    code, found = verified(in_folder, whole, capsys)
    (share,) = found["heard"]["understood_percent"].values()
    (bound,) = [line["low"] for line in found["lines"] if line["id"].startswith("understood-")]
    assert code == 0
    assert bound < share <= 100.0


def test_a_garbled_line_is_listed_and_what_helps_can_be_pasted(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, found = verified(in_folder, ENGLISH, capsys)
    garbled, *others = sorted(
        found["heard"]["lines"], key=lambda line: line["understood"] / line["words"]
    )
    number = ENGLISH.splitlines().index(GARBLED) + 1
    assert (garbled["script"], garbled["line"]) == ("mine.md", number)
    assert garbled["understood"] <= 1
    assert min(line["understood"] / line["words"] for line in others) >= 0.4
    assert garbled["remedy"].startswith("[say as: bok garble flim")
    for line in (one for one in found["heard"]["lines"] if one["remedy"]):
        row = line["remedy"]
        text = f"---\nlanguage: en\n{row}\n---\n{line['text']}\n"
        if row.startswith("["):
            text = f"---\nlanguage: en\n---\n{row}\n"
        assert sessions.loads(text).parts


def test_what_is_heard_depends_on_nothing_but_the_sound(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verified(in_folder, ENGLISH, capsys)
    path = in_folder / "output" / "mine.mp3"
    report = report_beside(path)
    assert report is not None
    cues = [cue for cue in report.outline.cues if cue.kind == "speech"]
    pieces = list(sounds(path, cues))[:3]
    folder = caches_of(sessions.Settings()).listener
    heard = [
        [whisper(folder, threads).hear(piece, Language.ENGLISH) for piece in order][::step]
        for threads, order, step in ((1, pieces, 1), (2, pieces[::-1], -1))
    ]
    assert heard[0] == heard[1]
    assert all(heard[0])


def test_nothing_is_heard_in_no_sound() -> None:
    listener = whisper(caches_of(sessions.Settings()).listener)
    assert not listener.hear(np.zeros(0, np.float32), Language.DUTCH)
