"""The mix: everything at its place, whatever the window."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.library.scripts import loads
from sessions.metering.loudness import integrated_of_powers, momentary_of_powers
from sessions.metering.meter import Meter
from sessions.mix.levels import PRESETS, Duck, Levels
from sessions.plan import Edges, Kind, lines
from sessions.sounds import BEDS
from sessions.sounds.base import PERIOD_SAMPLES
from sessions.units import SAMPLE_RATE_HZ, decibels
from sessions.voices.espeak.voice import Espeak
from sessions.voices.finish import finish
from tests.conftest import few
from tests.heard import metered, plain, rises_of, voice_of
from tests.mix.made import LEVELS, TEXT, measured, mix_of, mixed, spoken, timeline_of, whole
from tests.sounds.made import bed_of

if TYPE_CHECKING:
    from sessions.mix.mixer import Mix, Rest
    from sessions.plan import Timeline
    from sessions.units import Audio
    from sessions.voices.base import Clip, Line

SECOND = SAMPLE_RATE_HZ


def level_db(sound: Audio) -> float:
    return float(10 * np.log10(np.mean(sound.astype(np.float64) ** 2) + 1e-12))


@few(60)
@given(st.data())
def test_any_window_is_the_same_as_the_whole_to_the_bit(data: st.DataObject) -> None:
    mix = mixed()
    start = data.draw(st.integers(0, mix.length - 1))
    stop = data.draw(st.integers(start + 1, min(mix.length, start + 70_000)))
    assert np.array_equal(mix.read(start, stop), whole(mix)[start:stop])


def test_every_line_begins_and_ends_where_the_plan_says() -> None:
    voice = mixed(bed=False, levels=Levels(rise_lu=60.0)).voice_part(0, mixed().length)
    level = np.abs(voice[:, 0])
    for cue in mixed().timeline.of_kind(Kind.SPEECH):
        heard = cue.start + np.flatnonzero(level[cue.start : cue.stop] > 0.01 * level.max())
        assert heard[0] - cue.start < 0.005 * SECOND
        assert cue.stop - heard[-1] < 0.005 * SECOND
    for cue in mixed().timeline.of_kind(Kind.PAUSE):
        assert not level[cue.start : cue.stop].any()


def test_breaths_sound_in_their_phase() -> None:
    cues = mixed(bed=False).cue_part(0, mixed().length)
    for cue in mixed().timeline.of_kind(Kind.BREATH_IN, Kind.BREATH_OUT):
        assert level_db(cues[cue.start : cue.stop]) > -50


def test_a_recording_that_bears_the_name_of_a_breath_is_heard_as_it_is() -> None:
    tone = np.full((SECOND, 2), 0.1, np.float32)
    timeline = timeline_of(loads("[sound breath-in] [pause 5s]"), {}, Edges())
    mix = mix_of(timeline, [(0, None)], levels=Levels(rise_lu=60.0), one_shot_of=lambda _: tone)
    start = timeline.lead_in
    heard = mix.cue_part(start, start + SECOND)
    assert heard[0, 0] > 0
    assert np.ptp(heard) == 0


@pytest.mark.parametrize(
    "levels",
    [
        *PRESETS.values(),
        Levels(target_lufs=-25.0, duck=Duck.GENTLE, duck_db=8.0),
        Levels(duck=Duck.NONE, descend_db=6.0, settle=0.8),
        Levels(duck=Duck.GENTLE, settle=1.0, width=0.3, sway=0.5),
        Levels(width=0.0),
        Levels(mono=True),
    ],
)
def test_the_voice_reaches_its_target_under_the_ceiling_and_nothing_startles(
    levels: Levels,
) -> None:
    mix = mixed(TEXT + "Laat maar gaan, zo goed als het gaat. " * 6, levels=levels)
    sounds = [mix.voice_part(cue.start, cue.stop) for cue in plain(mix.timeline)]
    voice, heard = voice_of(sounds, mix.timeline, levels.descend_db), measured(mix)
    assert -0.3 <= voice.lufs - levels.target_lufs <= levels.louder_lu + 0.3
    assert heard.true_peak_dbtp <= levels.ceiling_dbtp + 0.05
    rises = rises_of(heard.momentary_lufs, mix.timeline)
    assert rises.others_lu <= levels.rise_lu
    may_rise = max(mix.shape.line_rises_lu.values())
    assert rises.lines_lu <= may_rise
    if not levels.settle:  # where a bed loses its treble, lines stand further over it
        assert may_rise <= max(levels.rise_lu, levels.louder_lu - levels.bed_lu)


def test_a_tighter_bound_is_kept_too() -> None:
    loose, tight = (
        rises_of(measured(mix).momentary_lufs, mix.timeline)
        for mix in (mixed(levels=Levels(rise_lu=bound)) for bound in (40.0, 8.0))
    )
    assert tight.others_lu <= 8.0
    assert tight.lines_lu <= 12.0
    assert loose.others_lu > 9.0


def test_the_forecast_is_what_is_heard() -> None:
    heard = measured(mixed()).momentary_lufs
    told = momentary_of_powers(mixed().shape.powers)[: len(heard)]
    loud = heard > -50
    assert np.abs(heard[loud] - told[loud]).mean() < 0.5
    whole_lufs = measured(mixed()).integrated_lufs
    assert integrated_of_powers(mixed().shape.powers) == pytest.approx(whole_lufs, abs=0.05)


def spoken_and_free(mix: Mix) -> tuple[slice, slice]:
    """Return a line well inside the session, and the middle of the longest pause."""
    speech = list(mix.timeline.of_kind(Kind.SPEECH))[2]
    pause = max(mix.timeline.of_kind(Kind.PAUSE), key=lambda cue: cue.length)
    return slice(speech.start, speech.stop), slice(pause.start + 2 * SECOND, pause.stop - SECOND)


@pytest.mark.parametrize(("duck", "depth_db"), [(Duck.FULL, 4.0), (Duck.NONE, 0.0)])
def test_the_bed_is_lower_under_speech(duck: Duck, depth_db: float) -> None:
    mix = mixed(levels=Levels(duck=duck))
    bed = bed_of("pink")
    levels = [
        level_db(mix.bed_part(span.start, span.stop)) - level_db(bed.read(span.start, span.stop))
        for span in spoken_and_free(mix)
    ]
    assert levels[1] - levels[0] == pytest.approx(depth_db, abs=0.01)


def test_gentle_ducking_makes_room_in_the_speech_band_only() -> None:
    mix = mixed(levels=Levels(duck=Duck.GENTLE, duck_db=9.0))
    changes = []
    for low, high in ((60, 90), (700, 1400), (9000, 14000)):
        drop = []
        for span in spoken_and_free(mix):
            sound = mix.bed_part(span.start, span.stop)
            raw = bed_of("pink").read(span.start, span.stop)
            drop.append(band_db(sound, low, high) - band_db(raw, low, high))
        changes.append(drop[0] - drop[1])
    assert changes[0] == pytest.approx(0.0, abs=1.0)
    assert changes[1] == pytest.approx(-9.0, abs=1.0)
    assert changes[2] == pytest.approx(0.0, abs=1.0)


def band_db(sound: Audio, low_hz: float, high_hz: float) -> float:
    power = np.abs(np.fft.rfft(sound[:, 0].astype(np.float64))) ** 2
    hz = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE_HZ)
    return float(10 * np.log10(power[(hz > low_hz) & (hz < high_hz)].mean()))


def test_descent_lowers_voice_and_bed_alike() -> None:
    flat, falling = mixed(), mixed(levels=Levels(descend_db=6.0))
    first, *_, last = flat.timeline.of_kind(Kind.SPEECH)
    for part in ("voice_part", "bed_part"):
        change = [
            level_db(getattr(falling, part)(cue.start, cue.stop))
            - level_db(getattr(flat, part)(cue.start, cue.stop))
            for cue in (first, last)
        ]
        assert change[0] - change[1] == pytest.approx(6.0, abs=1.2)


def test_a_settled_bed_has_lost_its_treble_at_the_end() -> None:
    mix = mixed(levels=Levels(settle=1.0, duck=Duck.NONE))
    end = mix.timeline.words_stop

    def treble(start: int) -> float:
        part = mix.bed_part(start, start + 3 * SECOND)
        return band_db(part, 3000, 5000) - band_db(part, 80, 160)

    assert treble(mix.timeline.lead_in) - treble(end) > 12


def test_the_first_words_after_a_long_silence_begin_softly() -> None:
    text = "Een twee drie vier vijf zes. [pause 20s] Een twee drie vier vijf zes. [pause 3s]"
    mix = mixed(text, levels=Levels(rise_lu=40.0))
    later = list(mix.timeline.of_kind(Kind.SPEECH))[1]
    gains = np.broadcast_to(mix.shape.voice.read(later.start, later.stop), (later.length, 1))
    assert decibels(float(gains[100, 0] / gains[-1, 0])) == pytest.approx(-1.5, abs=0.1)


def test_the_bed_is_the_same_in_a_silence_of_any_length() -> None:
    mix = mixed("Een. [pause 50s] Twee. [pause 20s] Drie.")
    pauses = mix.timeline.of_kind(Kind.PAUSE)
    long, short = mix.shape.bed[0].at(np.array([(cue.start + cue.stop) / 2 for cue in pauses]))
    assert long == short


def test_a_bed_without_width_is_the_same_on_both_sides_and_as_loud() -> None:
    narrow = mixed(levels=Levels(width=0.0))
    left, right = narrow.bed_part(20 * SECOND, 30 * SECOND).T
    assert np.array_equal(left, right)
    levels = [metered(mix.bed_part(20 * SECOND, 30 * SECOND)) for mix in (narrow, mixed())]
    assert levels[0].integrated_lufs == pytest.approx(levels[1].integrated_lufs, abs=0.3)


def test_a_swaying_voice_moves_slowly_and_stays_as_loud() -> None:
    still, moving = mixed(bed=False), mixed(bed=False, levels=Levels(sway=0.6))
    for cue in still.timeline.of_kind(Kind.SPEECH):
        powers = [
            np.mean(mix.voice_part(cue.start, cue.stop) ** 2, axis=0) for mix in (still, moving)
        ]
        assert 10 * np.log10(powers[1].sum() / powers[0].sum()) == pytest.approx(0.0, abs=0.3)
        assert powers[0][0] == powers[0][1]
    assert powers[1][0] != pytest.approx(powers[1][1], rel=0.1)


def test_the_sum_of_the_stems_is_the_mix_before_the_limiter() -> None:
    for levels in (LEVELS, Levels(duck=Duck.GENTLE, settle=0.5, sway=0.3)):
        mix = mixed(levels=levels)
        start, stop = 5 * SECOND, 20 * SECOND
        total = sum(mix.stems(start, stop).values())
        assert np.abs(total - mix.unlimited(start, stop)).max() < 1e-6


@pytest.mark.parametrize("levels", [LEVELS, Levels(duck=Duck.GENTLE), Levels(descend_db=6.0)])
def test_where_the_mix_rests_it_is_the_bed_s_period(levels: Levels) -> None:
    text = "Een. [pause 70s] Twee. [pause 80s] Drie."
    mix = mixed(text, levels=levels)
    rests = list(mix.rests)
    assert len(rests) >= (1 if levels.descend_db else 2)
    by_gains: dict[tuple[float, ...], Rest] = {}
    for rest in rests:
        same = by_gains.setdefault(rest.gains, rest)
        period = rest.period_samples
        start = same.start + -(-(rest.start - same.start) // period) * period
        count = min(rest.stop - start, same.stop - same.start)
        if count > 0:
            there, here = mix.read(start, start + count), mix.read(same.start, same.start + count)
            assert np.array_equal(there, here)


def test_the_session_fades_in_and_out_and_is_never_dead_between() -> None:
    sound, tenth = whole(mixed()), SECOND // 10
    tenths = sound[: len(sound) // tenth * tenth].reshape(-1, tenth, 2)
    blocks = np.sqrt(np.mean(tenths**2, axis=(1, 2)))
    assert blocks[0] < 1e-3
    assert blocks[-1] < 1e-3
    assert sound[0].max() == 0.0
    assert blocks[10:-10].min() > 1e-4
    assert (np.diff(blocks[:30]) > -0.2 * blocks[:29]).all()


def test_what_lies_outside_of_the_session_is_silence() -> None:
    mix = mixed()
    assert not mix.unlimited(-5000, 0).any()
    wide = mix.unlimited(-100, 100)
    assert np.array_equal(wide[100:], mix.unlimited(0, 100))


def test_the_ceiling_holds() -> None:
    mix = mixed(levels=Levels(target_lufs=-6.0))
    meter = Meter(2)
    meter.add(mix.read(0, mix.length))
    assert -2.6 < meter.finish().true_peak_dbtp <= -1.95


def test_clips_are_asked_for_when_needed_and_not_all_kept() -> None:
    asked: list[Line] = []
    script = loads("\n\n".join(f"Dit is zin nummer {'la ' * n}." for n in range(30)), path="t.md")
    clips = {line: spoken(line) for line in lines(script)}

    def sound_of(line: Line) -> Audio:
        asked.append(line)
        return clips[line].samples

    mix = mix_of(timeline_of(script, clips), [(0, None)], sound_of)
    assert not asked
    mix.read(0, 10 * SECOND)
    assert 0 < len(asked) < 8
    for start in range(0, mix.length, 5 * SECOND):
        mix.read(start, min(start + 5 * SECOND, mix.length))
    assert len(asked) == 30


def test_a_chapter_has_its_own_levels_until_the_next_heading() -> None:
    text = (
        "# A\nEen twee drie. [pause 20s]\n\n# B\n[level voice -4 dB bed +3 dB]\n"
        "Een twee drie. [pause 20s]\n\n# C\nEen twee drie. [pause 20s] Vier."
    )
    mix = mixed(text, levels=Levels(duck=Duck.NONE, rise_lu=40.0))
    first, second, third, _ = mix.timeline.of_kind(Kind.SPEECH)
    voice = [level_db(mix.voice_part(cue.start, cue.stop)) for cue in (first, second, third)]
    assert voice[1] - voice[0] == pytest.approx(-4.0, abs=0.3)
    assert voice[2] - voice[0] == pytest.approx(0.0, abs=0.3)
    places = np.array([float(cue.stop + 10 * SECOND) for cue in (first, second, third)])
    bed = 20 * np.log10(mix.shape.bed[0].at(places))
    assert bed[1] - bed[0] == pytest.approx(3.0, abs=0.01)
    assert bed[2] - bed[0] == pytest.approx(0.0, abs=0.01)


def test_another_bed_fades_in_over_eight_seconds_at_equal_power() -> None:
    script = loads("Een. [pause 40s] Twee.", path="t.md")
    clips = {line: spoken(line) for line in lines(script)}
    timeline = timeline_of(script, clips, Edges())
    change = 25 * SECOND
    beds = [(0, bed_of("pink")), (change, bed_of("brown"))]
    mix = mix_of(timeline, beds, lambda line: clips[line].samples, LEVELS)
    first, second = mix.shape.bed
    at = np.array([change - SECOND, change + 4 * SECOND, change + 9 * SECOND], float)
    level = first.at(at[:1])[0]
    assert first.at(at) / level == pytest.approx([1.0, 0.5**0.5, 0.0], abs=0.01)
    assert second.at(at) / level == pytest.approx([0.0, 0.5**0.5, 1.0], abs=0.01)
    assert [rest.period_samples for rest in mix.rests if any(rest.gains)] == [PERIOD_SAMPLES] * 2


@cache
def read_aloud(text: str) -> tuple[Timeline, dict[Line, Clip]]:
    """Return the plan of a text that espeak speaks, and its lines as it speaks them."""
    script = loads(text)
    with Espeak().open() as speaker:
        clips = {line: finish(speaker.speak(line)) for line in lines(script)}
    return timeline_of(script, clips, Edges()), clips


@pytest.mark.catalogue
@pytest.mark.parametrize("preset", sorted(PRESETS))
@pytest.mark.parametrize("bed", sorted(BEDS))
def test_the_voice_is_understood_over_the_bed(preset: str, bed: str) -> None:
    from pystoi import stoi

    text = "Adem rustig in. Je schouders mogen zakken. Er hoeft niets te lukken. " * 3
    timeline, clips = read_aloud(text)
    mix = mix_of(timeline, [(0, bed_of(bed))], lambda line: clips[line].samples, PRESETS[preset])
    start, stop = timeline.cues[2].start, timeline.words_stop
    voice = mix.voice_part(start, stop)[:, 0]
    both = mix.read(start, stop).mean(axis=1)
    assert stoi(voice, both, SAMPLE_RATE_HZ) >= 0.9
