from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile

from sessions.cli.verify import PROFILE_NAMES
from sessions.publish.report import Outcome
from sessions.publish.report_reading import read_report
from sessions.verify.measure import Measurements, measure
from sessions.verify.planned import Planned, report_beside
from sessions.verify.profiles import PROFILES, Profile, bounded, implied, judge
from sessions.verify.tags import Chapter

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def good(tmp_path: Path) -> Measurements:
    """Measurements that suit the night."""
    path = tmp_path / "a.wav"
    soundfile.write(path, np.zeros((44_100, 2)), 44_100)
    return dataclasses.replace(
        measure(path),
        integrated_lufs=-24.0,
        voice_lufs=-20.4,
        bed_lufs=-32.4,
        bed_under_lufs=-36.4,
        bed_swing_lu=4.0,
        line_rise_lu=11.0,
        line_may_rise_lu=12.0,
        speech_share=0.3,
        length_seconds=60.0,
        length_samples=60 * 44_100,
        true_peak_dbtp=-3.0,
        rise_lu=8.0,
        opening_lufs=-80.0,
        closing_lufs=-80.0,
        has_bed=True,
    )


def planned(report: dict[str, Any]) -> Planned:
    """Return what a report with so much in it tells."""
    found = read_report(json.dumps(report))
    assert found is not None
    return Planned.of(found)


def failing(found: Measurements, profile: str, **changes: Any) -> set[str]:
    verdicts = judge(dataclasses.replace(found, **changes), PROFILES[profile])
    return {verdict.name for verdict in verdicts if verdict.outcome is Outcome.FAIL}


def test_each_line_fails_for_its_own_reason_and_no_other(good: Measurements) -> None:
    assert failing(good, "bedtime") == set()
    changes: dict[str, dict[str, Any]] = {
        "voice": {"voice_lufs": -21.2},
        "bed under the voice": {"bed_lufs": -30.0},
        "swing of the bed": {"bed_swing_lu": 6.1},
        "largest rise of a line": {"line_rise_lu": 12.1},
        "true peak": {"true_peak_dbtp": -0.9},
        "largest rise": {"rise_lu": 12.1},
        "digital silence": {"silence_seconds": 0.5},
        "first 0.4 s": {"opening_lufs": -40.0},
        "last 0.4 s": {"closing_lufs": -40.0},
        "clipped samples": {"clipped_samples": 3},
        "decodes without a fault": {"faults": ("cut short",)},
        "chapters in order": {"chapters": (Chapter("a", 50, 90),)},
    }
    for name, change in changes.items():
        assert failing(good, "bedtime", **change) == {name}


def test_what_is_shown_as_the_bound_passes(good: Measurements) -> None:
    assert failing(good, "bedtime", voice_lufs=-21.04, true_peak_dbtp=-0.96) == set()


def test_what_does_not_bear_on_a_file_is_not_judged(good: Measurements) -> None:
    none = {"has_bed": False, "bed_lufs": -110.0, "line_rise_lu": 30.0, "silence_seconds": 30.0}
    assert failing(good, "bedtime", **none) == set()
    assert failing(good, "bedtime", bed_lufs=None, bed_swing_lu=None) == set()
    apple = dataclasses.replace(good, integrated_lufs=-16.0, bed_lufs=-36.4, title="t", artist="a")
    assert failing(apple, "podcast-apple") == set()
    assert failing(apple, "podcast-apple", bitrate_kbps=48.0) == {"MP3 bit rate"}
    assert failing(apple, "podcast-apple", bitrate_kbps=48.0, channels=1) == set()
    assert failing(good, "insight-timer") == {"is an MP3"}


def test_a_failing_line_says_what_to_do_and_a_passing_one_does_not(good: Measurements) -> None:
    verdicts = [verdict for profile in PROFILES.values() for verdict in judge(good, profile)]
    assert {Outcome.PASS, Outcome.FAIL} <= {verdict.outcome for verdict in verdicts}
    for verdict in verdicts:
        assert bool(verdict.remedy) == (verdict.outcome is Outcome.FAIL)


def test_the_profile_is_what_the_render_was_made_for() -> None:
    assert implied(None).name == "podcast-apple"
    assert implied(planned({"settings": {"loudness": "podcast"}})).name == "podcast-apple"
    assert implied(planned({"target_lufs": -16.0})).name == "bedtime"
    own = implied(planned({"target_lufs": -23.0}))
    assert own.name == "bedtime"
    assert bounds_of(own, "voice") == (-24.0, -22.0)
    assert bounds_of(own, "loudness") == (None, None)
    assert implied(planned({})) == PROFILES["bedtime"]


PODCAST = {"settings": {"loudness": "podcast"}}


def bounds_of(profile: Profile, rule_id: str) -> tuple[object, object]:
    return next((rule.low, rule.high) for rule in profile.rules if rule.id == rule_id)


def test_a_podcast_of_ours_has_its_voice_judged_and_that_of_others_is_told() -> None:
    assert bounds_of(implied(None), "voice") == (None, None)
    assert bounds_of(implied(planned(PODCAST)), "voice") == (-17.0, -13.0)


def test_the_voice_of_a_few_words_is_not_judged(good: Measurements) -> None:
    few = dataclasses.replace(good, voice_lufs=-22.0, length_seconds=30.0, length_samples=1)
    assert failing(few, "bedtime", speech_share=0.34) == {"voice"}
    assert failing(few, "bedtime", speech_share=0.33) == set()


def test_what_helps_a_podcast_depends_on_what_is_wrong(good: Measurements) -> None:
    def told(**changes: Any) -> str:
        found = dataclasses.replace(good, **changes)
        rows = judge(found, PROFILES["podcast-apple"])
        return next(row.remedy for row in rows if row.id == "loudness")

    assert "more plain words help" in told(integrated_lufs=-18.0, speech_share=0.1)
    for other in ({"integrated_lufs": -14.0}, {"integrated_lufs": -20.0, "speech_share": None}):
        assert "raise or lower the file" in told(**other)


def test_a_bed_may_be_as_near_as_was_asked_for() -> None:
    near = implied(planned({"settings": {"bed_lu": -6.0}}))
    far = implied(planned({"settings": {"bed_lu": -25.0, "loudness": "podcast"}}))
    assert [bounds_of(one, "bed") for one in (near, far)] == [(4.0, None), (14.0, None)]


def test_a_rule_is_found_whatever_it_is_called() -> None:
    for profile in PROFILES.values():
        ids = [rule.id for rule in profile.rules]
        assert len(set(ids)) == len(ids)
    reworded = dataclasses.replace(
        PROFILES["bedtime"],
        rules=tuple(dataclasses.replace(rule, name="x") for rule in PROFILES["bedtime"].rules),
    )
    bound = bounded(reworded, "rise", None, 8.0)
    assert [rule.high for rule in bound.rules if rule.id == "rise"] == [8.0]
    with pytest.raises(LookupError):
        bounded(reworded, "largest rise", None, 8.0)


def test_every_profile_tells_its_source_and_can_be_named() -> None:
    assert tuple(PROFILES) == PROFILE_NAMES
    assert all(profile.source for profile in PROFILES.values())


def test_a_report_counts_only_for_the_file_that_it_describes(tmp_path: Path) -> None:
    audio = tmp_path / "a.mp3"
    audio.write_bytes(b"12345")
    beside = tmp_path / "a.json"
    for report, taken in (
        ({"audio": {"file": "a.mp3", "bytes": 5}}, True),
        ({"audio": {"file": "a.mp3", "bytes": 6}}, False),
        ({"audio": {"file": "b.mp3", "bytes": 5}}, False),
        ([1], False),
        ({"audio": 3}, False),
    ):
        beside.write_text(json.dumps(report))
        assert (report_beside(audio) is not None) == taken
    beside.write_text("{")
    assert report_beside(audio) is None


def test_speech_and_pauses_are_added_up_and_nonsense_is_left_out() -> None:
    def cue(kind: object, start: object, stop: object) -> dict[str, object]:
        return {"kind": kind, "start_seconds": start, "stop_seconds": stop}

    cues = [
        cue("speech", 1, 3), cue("pause", 3, 8), cue("pause", 8, 10), cue("speech", 10, 11),
        cue("speech", 5, 2), cue(3, 1, 2), cue("speech", "x", 9), "what",
    ]  # fmt: skip
    plan = planned({"cues": cues, "target_lufs": -18, "background": []})
    assert (plan.speech_seconds, plan.longest_pause_seconds) == (3, 7)
    assert (plan.asked_lufs, plan.has_bed) == (-18, False)
    assert plan.pauses == ((4.5, 9.7, 0),)
    assert planned({"cues": 3, "settings": [], "background": "x"}).has_bed is None


def test_every_profile_tells_rises_and_silence_and_only_the_night_s_judges_them(
    good: Measurements,
) -> None:
    found = dataclasses.replace(good, rise_lu=20.0, silence_seconds=2.0, silence_at_seconds=31.0)
    for profile in PROFILES.values():
        told = {verdict.name: verdict for verdict in judge(found, profile)}
        rise, silence = told["largest rise"], told["digital silence"]
        assert (rise.value, silence.value, silence.note) == (20.0, 2.0, "at 0:31")
        judged = Outcome.FAIL if profile.name == "bedtime" else Outcome.NONE
        assert (rise.outcome, silence.outcome) == (judged, judged)


def test_a_line_without_a_figure_has_no_note(good: Measurements) -> None:
    found = dataclasses.replace(good, channels=1, has_bed=False, silence_seconds=30.0)
    verdicts = [verdict for profile in PROFILES.values() for verdict in judge(found, profile)]
    without = [verdict for verdict in verdicts if verdict.value is None]
    assert without
    assert not any(verdict.note for verdict in without)


def test_silence_is_excused_exactly_where_no_bed_was_planned(tmp_path: Path) -> None:
    sound = np.random.default_rng(1).normal(size=(20 * 44_100, 2)) * 0.05
    sound[3 * 44_100 : 9 * 44_100] = 0.0
    path = tmp_path / "a.wav"
    soundfile.write(path, sound, 44_100)
    bed: list[Any] = [{"sound": "brown", "gain_db": 0.0}]

    def silence(first: list[Any], *changes: tuple[float, list[Any]]) -> float:
        report = {
            "background": first,
            "background_changes": [
                {"start_seconds": start, "background": layers} for start, layers in changes
            ],
        }
        return measure(path, planned(report)).silence_seconds

    assert silence(bed) == pytest.approx(6.0, abs=0.001)
    assert silence(bed, (3.0, []), (9.0, bed)) == 0.0
    assert silence(bed, (4.0, []), (9.0, bed)) == pytest.approx(1.0, abs=0.001)
    assert silence(bed, (2.0, []), (7.0, bed)) == pytest.approx(1.75, abs=0.001)
    assert silence([], (9.0, bed)) == 0.0
    assert silence(bed, (1.0, [])) == 0.0
    # a session without any bed is measured as it is, and not judged
    assert silence([]) == pytest.approx(6.0, abs=0.001)
    assert planned({"background": []}).has_bed is False
    later = {"background": [], "background_changes": [{"start_seconds": 9, "background": bed}, 3]}
    assert planned(later).has_bed is True


def test_a_session_is_held_to_the_bound_it_was_made_with() -> None:
    line = {"kind": "speech", "start_seconds": 1, "stop_seconds": 2}

    def bounds(report: dict[str, object], **more: float) -> tuple[object, float]:
        plan = planned(report | {"cues": [line | more]})
        return bounds_of(implied(plan), "rise")[1], plan.lines[0][2]

    assert bounds({}) == (12.0, 12.0)
    assert bounds({"settings": {"rise_lu": 8.0}}) == (8.0, 8.0)
    assert bounds({"settings": {"rise_lu": "loud"}}) == (12.0, 12.0)
    assert bounds({"settings": {"rise_lu": 8.0}}, rise_lu=20.0) == (8.0, 20.0)
