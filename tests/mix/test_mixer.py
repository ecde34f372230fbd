"""The mix: everything at its place, whatever the window."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.loudness import Meter, clip_loudness_lufs
from sessions.mix.mixer import Levels, Mix
from sessions.script.parser import parse
from sessions.sounds.base import PeriodicBed
from sessions.sounds.noise import pink
from sessions.timeline import PACES, Edges, Kind, lines, plan
from sessions.units import SAMPLE_RATE_HZ, Audio
from sessions.voices.base import ClipInfo, Line
from sessions.voices.finish import finish
from sessions.voices.tone import Tone

SECOND = SAMPLE_RATE_HZ
TEXT = """
Breng je aandacht naar je voeten. [pause 3s] Voel hoe ze rusten. [pause 12s]

[bell] [pause 5s]
Adem mee. [breathe in 4 out 6 times 2] [pause 2s] Dat was het. [pause 4s]
"""
VOICE = Tone()
LEVELS = Levels()
BED = PeriodicBed(pink())


def mixed(text: str = TEXT, *, bed: bool = True, levels: Levels = LEVELS) -> Mix:
    script = parse(text, path="test.md")
    clips = {line: finish(VOICE.speak(line)) for line in lines(script)}
    infos = {
        line: ClipInfo(line.text, len(clip.samples), clip.loudness_lufs, clip.powers)
        for line, clip in clips.items()
    }
    timeline = plan(script, infos, PACES["calm"], Edges(fade_in=3.0))

    def sound_of(line: Line) -> Audio:
        return clips[line].samples

    return Mix(timeline, BED if bed else None, sound_of, levels)


MIX = mixed()
WHOLE = MIX.read(0, MIX.length)


def level_db(sound: Audio) -> float:
    return float(10 * np.log10(np.mean(sound.astype(np.float64) ** 2) + 1e-12))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_window_is_the_same_as_the_whole_to_the_bit(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, MIX.length - 1))
    stop = data.draw(st.integers(start + 1, min(MIX.length, start + 200_000)))
    assert np.array_equal(MIX.read(start, stop), WHOLE[start:stop])


def test_every_line_begins_and_ends_where_the_plan_says() -> None:
    voice = mixed(bed=False).voice_part(0, MIX.length)
    level = np.abs(voice[:, 0])
    for cue in MIX.timeline.of_kind(Kind.SPEECH):
        heard = cue.start + np.flatnonzero(level[cue.start : cue.stop] > 0.01 * level.max())
        assert heard[0] - cue.start < 0.005 * SECOND
        assert cue.stop - heard[-1] < 0.005 * SECOND
    for cue in MIX.timeline.of_kind(Kind.PAUSE):
        assert not level[cue.start : cue.stop].any()


def test_breaths_sound_in_their_phase() -> None:
    cues = mixed(bed=False).cue_part(0, MIX.length)
    for cue in MIX.timeline.of_kind(Kind.BREATH_IN, Kind.BREATH_OUT):
        assert level_db(cues[cue.start : cue.stop]) > -50


def test_the_voice_is_at_its_level() -> None:
    for target in (-20.0, -16.0):
        mix = mixed(bed=False, levels=Levels(speech_lufs=target))
        parts = [mix.voice_part(cue.start, cue.stop) for cue in mix.timeline.of_kind(Kind.SPEECH)]
        spoken = np.concatenate(parts)
        assert clip_loudness_lufs(spoken[:, 0]) + 3.01 == pytest.approx(target, abs=0.2)


def test_the_bed_is_at_its_level_and_lower_under_speech() -> None:
    levels = Levels()
    alone = MIX.bed_part(0, MIX.length)
    pause = max(MIX.timeline.of_kind(Kind.PAUSE), key=lambda cue: cue.length)
    meter = Meter(2)
    meter.add(alone[pause.start + SECOND : pause.stop - SECOND])
    undisturbed = meter.finish().integrated_lufs
    assert undisturbed == pytest.approx(levels.speech_lufs + levels.bed_lu, abs=0.5)
    speech = list(MIX.timeline.of_kind(Kind.SPEECH))[2]
    raw = BED.read(speech.start, speech.stop)
    under = level_db(alone[speech.start : speech.stop]) - level_db(raw)
    free = level_db(alone[pause.start + SECOND : pause.stop - SECOND]) - level_db(
        BED.read(pause.start + SECOND, pause.stop - SECOND)
    )
    assert free - under == pytest.approx(levels.duck_db, abs=0.01)


def test_the_session_fades_in_and_out_and_is_never_dead_between() -> None:
    tenth = SECOND // 10
    tenths = WHOLE[: len(WHOLE) // tenth * tenth].reshape(-1, tenth, 2)
    blocks = np.sqrt(np.mean(tenths**2, axis=(1, 2)))
    assert blocks[0] < 1e-4
    assert blocks[-1] < 1e-3
    assert WHOLE[0].max() == 0.0
    assert blocks[10:-10].min() > 1e-4
    assert (np.diff(blocks[:30]) > -0.2 * blocks[:29]).all()


def test_what_lies_outside_of_the_session_is_silence() -> None:
    assert not MIX.unlimited(-5000, 0).any()
    wide = MIX.unlimited(-100, 100)
    assert np.array_equal(wide[100:], MIX.unlimited(0, 100))


def test_the_ceiling_holds() -> None:
    mix = mixed(levels=Levels(speech_lufs=-6.0, ceiling_dbtp=-2.0))
    meter = Meter(2)
    meter.add(mix.read(0, mix.length))
    assert -2.6 < meter.finish().true_peak_dbtp <= -1.95


def test_clips_are_asked_for_when_needed_and_not_all_kept() -> None:
    asked: list[Line] = []
    script = parse("\n\n".join(f"Dit is zin nummer {'la ' * n}." for n in range(60)), path="t.md")
    clips = {line: finish(VOICE.speak(line)) for line in lines(script)}
    infos = {line: ClipInfo("", len(clip.samples), -20.0) for line, clip in clips.items()}

    def sound_of(line: Line) -> Audio:
        asked.append(line)
        return clips[line].samples

    mix = Mix(plan(script, infos, PACES["calm"], Edges()), None, sound_of)
    assert not asked
    mix.read(0, 10 * SECOND)
    assert 0 < len(asked) < 8
    for start in range(0, mix.length, 5 * SECOND):
        mix.read(start, min(start + 5 * SECOND, mix.length))
    assert len(asked) == 60
