"""Lengths as properties: what is asked is had or refused with a range, what is planned is heard."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import sessions
from sessions.errors import FitError
from sessions.library.scripts import loads
from sessions.plan import PACES, Edges, Lengths, Timeline, lines, plan
from sessions.script.pacing import paced
from sessions.units import SAMPLE_RATE_HZ, samples
from sessions.voices.base import ClipInfo
from tests.conftest import decoded_by_mpg123, few

PIECES = st.sampled_from((
    "Rust. ", "Voel je voeten, ", "[zacht: En nu. ]", "[herhaal 2] Ja. [pauze 0.3s..1s] [einde]",
    "[pauze 1s] ", "[pauze] ", "[pauze 0.5s..3s] ", "[pauze 0.1s..9s x7] ", "[pauze 1s..1.01s] ",
    "[adem in 1 uit 1.5 keer 2]", "[adem 1 1 1 1 tel mee]", "[bel] ", "[tot 0:20]",
    "[niveau bed +2 dB]", "[achtergrond geen]", "\n\n", "\n\n---\n\n", "\n\n# Kop\n",
))  # fmt: skip
FRONT = st.sampled_from(("", "---\ndeepen: 40 %\n---\n", "---\npace: slow\n---\n"))
SCRIPTS = st.tuples(FRONT, st.just("Dag. "), st.lists(PIECES, max_size=12).map("".join)).map(
    "".join
)
A_HUNDREDTH_SECONDS = 0.6
"""Of a minute: as exact as a remedy names lengths."""
EDGES = Edges(lead_in=0.5, fade_in=1.0, fade_out=1.0)


def planned(text: str, seconds: float | None) -> Timeline:
    script = paced(loads(text, path="nl/a.md"), 1.0)
    clips = {line: ClipInfo("", samples(0.4137), -20.0) for line in lines(script)}
    return plan(script, clips, PACES["calm"], EDGES, Lengths(seconds))


def tried(text: str, seconds: float | None) -> Timeline | FitError:
    try:
        return planned(text, seconds)
    except FitError as error:
        return error


def reachable(error: FitError) -> list[float]:
    """Return the minutes that a remedy names, none where it names none."""
    found = re.match(r"ask for --minutes (\S+) to (\S+),", error.remedy)
    return [float(minutes) for minutes in found.groups()] if found else []


@few(300)
@given(SCRIPTS, st.floats(1.0, 90.0))
@example("Dag. [pauze 1s..1.01s]", 60.0)
def test_a_length_that_is_asked_is_had_or_the_error_names_what_can_be_had(
    text: str, seconds: float
) -> None:
    natural = tried(text, None)
    if isinstance(natural, FitError):
        assert "the words before this still go on" in natural.message
        return
    asked = samples(seconds)
    timeline = tried(text, seconds)
    if isinstance(timeline, Timeline):
        assert timeline.length == asked
        assert timeline.words_stop == timeline.cues[-1].stop
        return
    assert not natural.shortest <= asked <= natural.longest
    room_seconds = (natural.longest - natural.shortest) / SAMPLE_RATE_HZ
    assert ("is always" if room_seconds == 0 else "is possible") in timeline.message
    ends = reachable(timeline)
    assert ends or room_seconds < A_HUNDREDTH_SECONDS
    for minutes in ends:
        assert planned(text, minutes * 60).length == samples(minutes * 60)


@pytest.mark.usefixtures("in_folder")
@few(8)
@given(SCRIPTS)
def test_what_is_planned_is_the_length_that_a_decoder_gives(text: str) -> None:
    script = sessions.loads(text, path="nl/a.md")
    with tempfile.TemporaryDirectory() as folder:
        chosen = sessions.resolve({
            "voice": "tone", "output": folder, "lead_in_seconds": 0.5, "fade_out_seconds": 1.0,
        }, script.meta)  # fmt: skip
        try:
            with sessions.planned(script, chosen) as plan:
                predicted = plan.timeline.length
        except sessions.ScriptError:  # the words before an `until`, or a number, last too long
            return
        with sessions.prepared(script, chosen) as episode:
            written = sessions.write(episode)
        assert written.report.outline.length_samples == predicted
        assert len(decoded_by_mpg123(Path(written.audio))) == predicted
        assert abs(written.report.outline.length_seconds * SAMPLE_RATE_HZ - predicted) < 1
