"""The plan: positions, implied and written pauses, stretching."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sessions
from sessions.errors import FitError, ScriptError
from sessions.library.scripts import loads
from sessions.plan import PACES, Edges, Kind, Lengths, Timeline, check, lines, plan
from sessions.plan.timeline import PHASES
from sessions.script.pacing import paced
from sessions.sounds import BREATHS
from sessions.units import SAMPLE_RATE_HZ, samples
from sessions.voices.base import ClipInfo

if TYPE_CHECKING:
    from pathlib import Path

EDGES = Edges(lead_in=4.0, fade_in=15.0, fade_out=20.0)
SECOND = SAMPLE_RATE_HZ
HOUR = 3600.0


def planned(text: str, minutes: float | None = None, clip_seconds: float = 1.0) -> Timeline:
    script = loads(text, path="test.md")
    lengths = Lengths(None if minutes is None else minutes * 60)
    check(script, lengths, EDGES)
    clips = {line: ClipInfo(line.text, samples(clip_seconds), -20.0) for line in lines(script)}
    return plan(script, clips, PACES["calm"], EDGES, lengths)


def kinds(timeline: Timeline) -> list[tuple[Kind, float]]:
    return [(cue.kind, cue.length / SECOND) for cue in timeline.cues]


def test_sentence_and_paragraph_get_the_pace_s_pauses() -> None:
    timeline = planned("One. Two.\n\nThree.")
    assert kinds(timeline) == [
        (Kind.SPEECH, 1.0),
        (Kind.PAUSE, 0.9),
        (Kind.SPEECH, 1.0),
        (Kind.PAUSE, 2.0),
        (Kind.SPEECH, 1.0),
    ]


def test_written_pause_replaces_the_implied_one() -> None:
    assert kinds(planned("One. [pause 7s]\n\nTwo.")) == [
        (Kind.SPEECH, 1.0),
        (Kind.PAUSE, 7.0),
        (Kind.SPEECH, 1.0),
    ]


def test_written_pauses_in_a_row_add() -> None:
    timeline = planned("One. [pause 7s]\n\n[pause 3s] Two.")
    assert sum(cue.length for cue in timeline.of_kind(Kind.PAUSE)) == 10 * SECOND


def test_pauses_before_the_first_and_after_the_last_word_count() -> None:
    timeline = planned("[pause 5s] One. [pause 6s]")
    first = next(timeline.of_kind(Kind.SPEECH))
    assert first.start == (4 + 5) * SECOND
    assert timeline.length == (4 + 5 + 1 + 6 + 20) * SECOND


def test_a_heading_makes_the_longest_implied_pause_and_a_chapter_at_the_words() -> None:
    timeline = planned("# A\nOne.\n\n# B\nTwo.")
    assert [cue.length / SECOND for cue in timeline.of_kind(Kind.PAUSE)] == [3.5]
    second = list(timeline.of_kind(Kind.SPEECH))[1]
    assert [(mark.title, mark.start) for mark in timeline.chapters] == [
        ("A", 0),
        ("B", second.start),
    ]
    assert timeline.chapters[-1].stop == timeline.length
    assert timeline.chapters[0].stop == timeline.chapters[1].start


def test_breath_cycles_are_exact_and_alike() -> None:
    timeline = planned("Breathe. [breathe in 4 hold 1 out 6 rest 0.5 times 3]")
    cues = list(timeline.of_kind(Kind.BREATH_IN, Kind.HOLD, Kind.BREATH_OUT, Kind.REST))
    assert [cue.length for cue in cues] == [samples(s) for s in (4, 1, 6, 0.5)] * 3
    assert all(a.stop == b.start for a, b in itertools.pairwise(cues))


def test_of_a_breath_its_two_moves_are_heard_and_what_is_held_is_silent() -> None:
    timeline = planned("Breathe. [breathe in 4 hold 1 out 6 rest 0.5]")
    heard = [(cue.kind, cue.sound) for cue in timeline.cues if cue.kind in PHASES]
    sounds = ["breath-in", "", "breath-out", ""]
    assert heard == list(zip(PHASES, sounds, strict=True))
    assert {sound for sound in sounds if sound} == BREATHS.keys()


def test_words_wait_after_a_bell_that_no_pause_follows() -> None:
    timeline = planned("[bell]\nOne.")
    bell, pause, _ = timeline.cues
    assert (bell.kind, bell.length) == (Kind.ONE_SHOT, 0)
    assert pause.length == 3 * SECOND


def test_a_pause_after_a_bell_counts_from_its_strike() -> None:
    timeline = planned("[bell] [pause 1s]\nOne.")
    assert next(timeline.of_kind(Kind.SPEECH)).start == (4 + 1) * SECOND


def test_cues_follow_each_other_without_gap_or_overlap() -> None:
    timeline = planned(
        "# A\nOne. Two. [bell] [pause 4s..90s]\n\n- a\n- b\n\n---\n\nEnd.", minutes=1
    )
    position = timeline.lead_in
    for cue in timeline.cues:
        assert cue.start == position
        position = cue.stop
    assert position == timeline.length - timeline.fade_out


def test_elastic_pauses_grow_in_proportion_to_their_room() -> None:
    text = "One. [pause 5s..15s] Two. [pause 5s..35s] Three. [pause 5s] Four."
    shortest = planned(text)
    longer = planned(text, minutes=(shortest.length / SECOND + 20) / 60)
    grown = [
        (b.length - a.length) / SECOND
        for a, b in zip(shortest.of_kind(Kind.PAUSE), longer.of_kind(Kind.PAUSE), strict=True)
    ]
    assert grown == [5.0, 15.0, 0.0]


@pytest.mark.parametrize("minutes", [0.58, 30])
def test_an_unreachable_length_names_the_reachable_ones(minutes: float) -> None:
    with pytest.raises(FitError, match=r"from 0:36 to 1:01 is possible") as caught:
        planned("One. [pause 10s..35s] Two.", minutes=minutes)
    assert caught.value.remedy.startswith("ask for --minutes 0.6 to 1.01")
    assert caught.value.exit_code == 65


def test_a_script_without_elastic_pauses_says_so() -> None:
    with pytest.raises(FitError, match="no elastic pauses and is always 0:37"):
        planned("One. [pause 11s] Two.", minutes=2)


@given(
    rooms=st.lists(st.tuples(st.integers(1, 50), st.integers(0, 300)), min_size=1, max_size=12),
    share=st.floats(0, 1),
)
def test_any_reachable_length_is_reached_to_the_sample(
    rooms: list[tuple[int, int]], share: float
) -> None:
    text = " ".join(f"Word. [pause {least}s..{least + room}s]" for least, room in rooms)
    natural = planned(text)
    minutes = (natural.shortest + share * (natural.longest - natural.shortest)) / SECOND / 60
    timeline = planned(text, minutes=minutes)
    assert timeline.length == samples(minutes * 60)
    for cue, (least, room) in zip(timeline.of_kind(Kind.PAUSE), rooms, strict=True):
        assert least * SECOND <= cue.length <= (least + room) * SECOND


def test_until_ends_at_its_time_and_only_what_follows_stretches() -> None:
    text = "One. [pause 5s..35s] Two. [until 1:00] Three. [pause 5s..35s] Four."
    shortest, longest = planned(text), planned(text, minutes=(60 + 1 + 25 + 1 + 20) / 60)
    for timeline in (shortest, longest):
        three = list(timeline.of_kind(Kind.SPEECH))[2]
        assert three.start == 60 * SECOND
    assert [cue.length / SECOND for cue in longest.of_kind(Kind.PAUSE)] == [5.0, 49.0, 25.0]
    assert shortest.longest - shortest.shortest == 30 * SECOND


def test_until_a_time_that_has_passed_is_an_error_at_its_place() -> None:
    with pytest.raises(FitError) as caught:
        planned("One. [pause 30s] Two.\n\n[until 0:20] Three.")
    (problem,) = caught.value.problems
    assert str(problem.source) == "test.md:3:1"
    assert "they end at 0:36" in problem.remedy


def test_a_bed_changes_where_it_is_written() -> None:
    timeline = planned("One. [background sea -6 dB] Two. [pause 3s]\n\n[background none]")
    two = list(timeline.of_kind(Kind.SPEECH))[1]
    assert [(mark.start, len(mark.layers)) for mark in timeline.beds] == [
        (two.start - samples(0.9), 1),
        (two.stop + 3 * SECOND, 0),
    ]


def test_a_breath_that_is_counted_says_each_number_at_its_second() -> None:
    timeline = planned("[breathe in 3 out 4.5 times 2 count aloud]", clip_seconds=0.4)
    spoken = list(timeline.of_kind(Kind.SPEECH))
    assert [cue.text for cue in spoken] == ["in", "2", "3", "out", "2", "3", "4"] * 2
    starts = [(cue.start - timeline.lead_in) / SECOND for cue in spoken[:8]]
    assert starts == [0, 1, 2, 3, 4, 5, 6, 7.5]
    assert timeline.length == (4 + 15 + 20) * SECOND


def test_a_number_that_does_not_fit_its_second_is_an_error() -> None:
    with pytest.raises(ScriptError, match=r"'in' takes 1\.20 s to say") as caught:
        planned("One. [breathe in 2 out 2 count aloud]", clip_seconds=1.2)
    assert [problem.source.column for problem in caught.value.problems] == [6, 6, 6]


def test_a_line_is_plain_that_is_neither_soft_nor_whispered_nor_at_a_level_of_its_own() -> None:
    timeline = planned(
        "One. [soft: Two.] [whisper: Three.] [slow: Four.] [slot 9s] Five. [soft: Six.] [end]\n\n"
        "[level voice -2 dB] Seven. [level bed +2 dB] Eight. [level voice +2 dB] Nine.\n\n# B\nTen."
        "\n\n[breathe in 2 out 2 count aloud] [whisper][breathe in 2 out 2 count aloud][end]"
    )
    spoken = list(timeline.of_kind(Kind.SPEECH))
    assert [cue.text for cue in spoken if cue.plain and cue.text.istitle()] == [
        *("One.", "Four.", "Five.", "Eight.", "Ten.")
    ]
    assert [cue.plain for cue in spoken[10:]] == [True] * 4 + [False] * 4
    assert not any(cue.plain for cue in timeline.cues if cue.kind is not Kind.SPEECH)


def test_a_line_that_deepen_softens_is_plain_and_less_loud() -> None:
    script = paced(loads("---\ndeepen: 50 %\n---\nOne. Two. Three.", path="test.md"), 1.0)
    clips = {line: ClipInfo(line.text, SECOND, -20.0) for line in lines(script)}
    spoken = list(plan(script, clips, PACES["calm"], EDGES, Lengths()).of_kind(Kind.SPEECH))
    assert all(cue.plain for cue in spoken)
    assert spoken[2].gain_db < spoken[1].gain_db < spoken[0].gain_db == 0.0


def test_a_weight_counts_double() -> None:
    text = "One. [pause 5s..35s] Two. [pause 5s..35s x2] Three."
    timeline = planned(text, minutes=(4 + 3 + 10 + 30 + 20) / 60)
    assert [cue.length / SECOND for cue in timeline.of_kind(Kind.PAUSE)] == [15.0, 25.0]


@pytest.mark.parametrize(
    ("text", "lengths", "what"),
    [
        ("One. " + "[pause 50m] " * 20, Lengths(most=12 * HOUR), "at least 16:40:00 long"),
        ("One. " + "[breathe in 30 out 30 times 1000] " * 2, Lengths(most=12 * HOUR), "33:20:00"),
        ("One. [pause 5m]", Lengths(tail=12 * HOUR, most=12 * HOUR), "at least 12:05:00 long"),
        ("One. [pause 1s..59m]", Lengths(13 * HOUR, most=12 * HOUR), "at least 13:00:00 long"),
        ("One.", Lengths(total=13 * HOUR, most=12 * HOUR), "at least 13:00:00 long"),
        ("One. [pause 5m..6m]", Lengths(4 * 60), "all but its words takes 5:00"),
        ("One. [pause 5m]", Lengths(total=4 * 60), "all but its words takes 5:00"),
    ],
)
def test_what_is_written_too_long_is_refused_from_the_text_alone(
    text: str, lengths: Lengths, what: str
) -> None:
    with pytest.raises(FitError, match=what):
        check(loads(text, path="test.md"), lengths, Edges(0.0, 0.0, 0.0))


def test_an_until_counts_from_the_beginning_of_the_session() -> None:
    exact = (600 + EDGES.fade_out) / 60
    timeline = planned("One. [until 10:00]", minutes=exact)
    assert timeline.length == (600 + 20) * SECOND
    with pytest.raises(FitError, match="all but its words takes 10:20"):
        planned("One. [until 10:00]", minutes=exact - 0.1)


def test_a_session_has_a_longest_length_with_its_words_counted_in() -> None:
    with pytest.raises(FitError, match=r"would be at least 24:00:01 long; the limit is 24:00:00"):
        planned("One. " + "[pause 60m] " * 23 + "[pause 59m36s]")


SLOT = "One. [slot 3s] {} [end] Two. [pause 5s..9s] Three."


@pytest.mark.parametrize("inside", ["", "Anna.", "Anna. Bea.", "[pause 1s..9s] Anna."])
def test_a_slot_is_as_long_as_it_says_whatever_is_in_it(inside: str) -> None:
    timeline = planned(SLOT.format(inside), minutes=0.6)
    slot = [cue for cue in timeline.cues if cue.in_slot]
    assert slot[-1].stop - slot[0].start == 3 * SECOND
    assert slot[0].start == samples(4 + 1.9)
    two = next(cue for cue in timeline.of_kind(Kind.SPEECH) if cue.text == "Two.")
    assert two.start == slot[-1].stop
    assert timeline.length == 36 * SECOND
    assert not any(cue.in_slot for cue in timeline.cues if cue not in slot)


def test_words_that_are_longer_than_their_slot_are_an_error_at_its_place() -> None:
    with pytest.raises(FitError, match=r"this slot of 1\.5 s lasts 1\.90 s") as caught:
        planned("One. [slot 1.5s] Two. [pause 0.9s] [end] Three.")
    (problem,) = caught.value.problems
    assert (problem.source.line, problem.source.column) == (1, 6)
    assert "[slot 2.4s]" in problem.remedy  # a script without a language is Dutch


def test_slots_do_not_nest_and_have_one_length() -> None:
    with pytest.raises(ScriptError, match="a slot cannot be in a slot"):
        planned("[slot 2s] One. [slot 1s] Two. [end] [end]")
    with pytest.raises(ScriptError, match="never ended"):
        planned("[slot 2s] One.")
    with pytest.raises(ScriptError, match="one length"):
        planned("[slot 2s..4s] One. [end]")


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("[until 1:00]", r"`\[until\]`"),
        ("[background sea]", r"`\[background\]`"),
        ("[level bed +3 dB]", r"`\[level\]`"),
    ],
)
def test_what_moves_more_than_its_slot_cannot_be_in_one(inside: str, what: str) -> None:
    with pytest.raises(ScriptError, match=f"{what} cannot be in a slot"):
        planned(f"One. [slot 9s] Two. {inside} [end] Three.")


def test_a_slot_that_is_included_into_a_slot_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in.md").write_text("[slot 2s] Hello. [end]\n", encoding="utf-8")
    outer = tmp_path / "out.md"
    outer.write_text("[slot 12s] Hi. [include in] [end] There.\n", encoding="utf-8")
    script = sessions.load(outer)
    with (
        pytest.raises(ScriptError, match="a slot cannot be in a slot"),
        sessions.planned(script, sessions.resolve({"voice": "tone"}, script.meta)),
    ):
        pass
