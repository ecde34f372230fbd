"""How loud voice, bed and all else are, whatever a session is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sessions.library.scripts import loads
from sessions.mix.levels import PRESETS, Duck, Levels, levels_at
from sessions.plan import Edges, Kind
from sessions.script.model import MANNER_DB
from sessions.units import SAMPLE_RATE_HZ
from tests.heard import Rises, Voice, metered, plain, rises_of, swing_lu, voice_of
from tests.mix.made import mix_of, mixed, timeline_of, whole
from tests.sounds.made import bed_of

if TYPE_CHECKING:
    from sessions.mix.mixer import Mix
    from sessions.units import Audio

SECOND = SAMPLE_RATE_HZ
LINES = "Breng je aandacht naar je voeten. Voel hoe ze rusten. Er hoeft niets te lukken."
END = "[bell] [pause 9s] Adem mee. [breathe in 4 out 6] [pause 5s] Dat was het, voor nu."
FEW = f"# A\n{LINES} [pause 40s] {LINES} [pause 30s]\n\n# B\n{END}"
MANY = f"# A\n{LINES}" + f" [pause 16s] {LINES}" * 3 + f" [pause 9s]\n\n# B\n{END}"
BARE = "no bed"


def mix_at(loudness: str, text: str) -> Mix:
    """Return a mix at a preset, at a number of LUFS, over a bed of -30 LU, or without a bed."""
    if loudness == BARE:
        return mixed(text, bed=False)
    levels = Levels(bed_lu=-30.0) if loudness == "bed: -30" else levels_at(loudness)
    return mixed(text, levels=levels)


@dataclass(frozen=True, slots=True)
class Heard:
    """What is heard of a mix."""

    voice: Voice
    rises: Rises
    swing_lu: float
    whole_lufs: float


@cache
def heard(loudness: str, text: str) -> Heard:
    """Measure a mix, once for all who ask."""
    mix = mix_at(loudness, text)
    both = metered(whole(mix))
    return Heard(
        voice_in(mix),
        rises_of(both.momentary_lufs, mix.timeline),
        swing_lu(metered(mix.bed_part(0, mix.length)).momentary_lufs, mix.timeline),
        both.integrated_lufs,
    )


def voice_in(mix: Mix) -> Voice:
    """Measure the plain lines of a mix."""
    sounds = [whole(mix)[cue.start : cue.stop] for cue in plain(mix.timeline)]
    return voice_of(sounds, mix.timeline, mix.levels.descend_db)


EVERYWHERE = (
    "bedtime",
    "podcast",
    *(pytest.param(other, marks=pytest.mark.catalogue) for other in ("-24", "bed: -30", BARE)),
)
BOUNDS_LU = {"podcast": (-0.3, 2.3)}


@pytest.mark.parametrize("loudness", EVERYWHERE)
def test_the_voice_is_at_its_target_however_much_is_said(loudness: str) -> None:
    few, many = (heard(loudness, text).voice.lufs for text in (FEW, MANY))
    low_lu, high_lu = BOUNDS_LU.get(loudness, (-0.3, 0.3))
    target_lufs = mix_at(loudness, FEW).levels.target_lufs
    for lufs in (few, many):
        assert low_lu <= lufs - target_lufs <= high_lu
    if loudness not in BOUNDS_LU:
        assert few == pytest.approx(many, abs=0.1)


def test_a_podcast_s_voice_stands_higher_where_that_brings_the_whole_to_its_target() -> None:
    text = f"{LINES} {LINES} {LINES} {LINES} [pause 12s] Ja."
    enough, plain_mix = heard("podcast", text), mix_at("podcast", text)
    assert 0.1 < enough.voice.lufs - -16.0 <= 2.3
    assert enough.whole_lufs == pytest.approx(-16.0, abs=0.5)
    assert plain_mix.shape.missed_lufs is None
    asked = voice_in(mixed(text, levels=replace(levels_at("podcast"), louder_lu=0.0)))
    assert asked.lufs == pytest.approx(-16.0, abs=0.3)
    bare, lifted = (
        mixed(text, levels=replace(levels_at("podcast"), louder_lu=louder)).bed_part(0, SECOND * 40)
        for louder in (0.0, 1.5)
    )
    assert np.array_equal(bare, lifted)


def test_where_few_words_cannot_bring_the_whole_there_the_voice_stays_and_that_is_told() -> None:
    few, mix = heard("podcast", FEW), mix_at("podcast", FEW)
    assert few.voice.lufs == pytest.approx(-16.0, abs=0.3)
    assert few.whole_lufs < -17.0
    assert mix.shape.missed_lufs == pytest.approx(few.whole_lufs, abs=0.1)
    assert mix_at("bedtime", FEW).shape.missed_lufs is None


@pytest.mark.parametrize("loudness", EVERYWHERE)
def test_the_lines_of_a_chapter_are_alike_and_begin_nearly_as_loud_as_they_go_on(
    loudness: str,
) -> None:
    for text in (FEW, MANY):
        voice = heard(loudness, text).voice
        assert voice.spread_lu <= 1.5
        assert -1.0 < voice.start_lu <= 4.0


@pytest.mark.parametrize(
    ("loudness", "line_lu"), [("bedtime", 12.0), ("podcast", 16.0), ("-24", 16.0), ("bed: -30", 30)]
)
def test_a_line_rises_from_its_bed_at_the_most_and_all_else_by_12_lu(
    loudness: str, line_lu: float
) -> None:
    for text in (FEW, MANY):
        rises = heard(loudness, text).rises
        assert rises.others_lu <= 12.0
        louder_lu = mix_at(loudness, text).levels.louder_lu
        assert line_lu - 3.0 < rises.lines_lu <= line_lu + louder_lu


@pytest.mark.parametrize("loudness", EVERYWHERE[:-1])
def test_the_bed_swings_by_four_lu_between_pause_and_words(loudness: str) -> None:
    for text in (FEW, MANY):
        assert heard(loudness, text).swing_lu == pytest.approx(4.0, abs=0.5)


def test_making_room_in_the_band_of_speech_alone_moves_no_bed_without_words_and_no_bound() -> None:
    breaths = "[breathe in 4 out 6] [pause 9s]"
    full, gentle = (
        metered(mixed(breaths, levels=Levels(duck=duck)).bed_part(0, SECOND * 25))
        for duck in (Duck.FULL, Duck.GENTLE)
    )
    assert gentle.integrated_lufs == pytest.approx(full.integrated_lufs, abs=0.01)
    rises = [
        mixed(FEW, levels=replace(levels_at("podcast"), duck=duck)).shape.line_rises_lu
        for duck in Duck
    ]
    for other in rises[1:]:
        assert list(other.values()) == pytest.approx(list(rises[0].values()), abs=0.05)


def test_what_is_softer_makes_no_plain_line_louder() -> None:
    alone = voice_in(mixed(f"{LINES} [pause 9s] {LINES} [pause 9s]"))
    softer = f"[soft: {LINES}] [whisper: {LINES}] [pause 9s]"
    mix = mixed(f"{LINES} {softer} {LINES} {softer}\n\n[level voice -6 dB] {LINES} [pause 9s]")
    assert len(plain(mix.timeline)) == 6
    assert voice_in(mix).lufs == pytest.approx(alone.lufs, abs=0.1)
    deeper = mixed(f"---\ndeepen: 60 %\n---\n{LINES} [pause 9s] {LINES} [pause 9s]")
    assert min(cue.gain_db for cue in plain(deeper.timeline)) < -3.0
    assert voice_in(deeper).lufs == pytest.approx(alone.lufs, abs=0.1)
    falling = mixed(f"{LINES} [pause 9s] {LINES} [pause 9s]", levels=Levels(descend_db=9.0))
    assert voice_in(falling).lufs == pytest.approx(alone.lufs, abs=0.3)


@pytest.mark.parametrize("manner", ["soft", "whisper"])
def test_a_session_without_a_plain_line_is_as_much_softer_as_its_manner(manner: str) -> None:
    mix = mixed(f"[{manner}] {LINES} [pause 9s] {LINES} [end] [pause 9s]", bed=False)
    (of_all,) = {cue.line.style.manner for cue in mix.timeline.of_kind(Kind.SPEECH) if cue.line}
    sounds = [whole(mix)[cue.start : cue.stop] for cue in mix.timeline.of_kind(Kind.SPEECH)]
    assert metered(*sounds).integrated_lufs == pytest.approx(-20.0 + MANNER_DB[of_all], abs=0.3)


STRIKES = "[bell] [pause 12s] [breathe in 4 out 6] [pause 9s]"


@pytest.mark.parametrize("loudness", ["bedtime", "podcast", "-24"])
def test_what_is_no_word_is_as_loud_as_beside_a_voice_and_at_one_distance_under_it(
    loudness: str,
) -> None:
    # A bell that stands far over its bed would begin softly, which is another thing.
    levels = replace(levels_at(loudness), rise_lu=60.0)
    texts = (STRIKES, f"{STRIKES} {LINES}", f"{STRIKES} {LINES * 6}")
    lone, few, many = (mixed(text, levels=levels) for text in texts)
    wordless = replace(script := loads("[bell] [pause 30s]"), parts=script.parts[1:])
    bed = mix_of(timeline_of(wordless, {}), [(0, bed_of("pink"))], levels=levels)
    span = (7 * SECOND, 15 * SECOND)
    for mix in (bed, lone, many):
        assert np.array_equal(mix.bed_part(*span), few.bed_part(*span))
    assert strikes_lufs(lone) == pytest.approx(strikes_lufs(few), abs=0.1)
    for mix in (few, many):
        voice = metered(*lines_of_stem(mix)).integrated_lufs
        under_lu = [voice - lufs for lufs in strikes_lufs(mix)]
        assert under_lu == pytest.approx([5.3, 9.1, 6.5], abs=0.2)  # bell, in, out


def strikes_lufs(mix: Mix) -> list[float]:
    """Return how loud all but lines and bed are."""
    places = [cue.start for cue in mix.timeline.cues if cue.sound]
    sounds = [mix.cue_part(start, start + 3 * SECOND) for start in places]
    return [metered(sound).integrated_lufs for sound in sounds]


def lines_of_stem(mix: Mix) -> list[Audio]:
    """Return the plain lines of a mix, without what is under them."""
    return [mix.voice_part(cue.start, cue.stop) for cue in plain(mix.timeline)]


def test_the_voice_is_as_loud_whatever_is_in_a_slot_and_where_all_is() -> None:
    text = "[slot 12s] {} [end] Er hoeft niets te lukken. [pause 9s]"
    usual, soft, none = (
        mixed(text.format(inside), levels=PRESETS["podcast"])
        for inside in (LINES, f"[whisper: {LINES}]", "")
    )
    last = [lines_of_stem(mix)[-1] for mix in (usual, soft, none)]
    assert np.array_equal(last[0], last[1])
    assert np.array_equal(last[0], last[2])
    all_in_slots = mixed(f"[slot 12s] {LINES} [end] [pause 9s]")
    assert voice_in(all_in_slots).lufs == pytest.approx(-20.0, abs=0.3)


CHANGING = """
# A
Ja. [level bed +12 dB] [pause 20s] Nee.

# B
[level bed -12 dB] Ja.

# C
[level bed +12 dB] Ja. [pause 30s] Nee. [pause 5s]

# D
[level bed +12 dB] Ja. [pause 12s] Nee. [pause 5s]
"""


@pytest.mark.parametrize("duck", [Duck.FULL, Duck.NONE])
def test_a_bed_comes_up_by_6_db_a_second_at_the_most_whatever_its_chapters_ask_for(
    duck: Duck,
) -> None:
    """Where two changes are in one place, or one comes while another is under way, as well."""
    mix = mixed(CHANGING, levels=Levels(duck=duck), edges=Edges(lead_in=4.0, fade_in=3.0))
    begun, ended = mix.timeline.lead_in, mix.timeline.words_stop
    gains_db = 20 * np.log10(mix.shape.bed[0].at(np.arange(begun, ended, 441.0)))
    moved = gains_db[10:] - gains_db[:-10]  # in 100 ms
    assert moved.max() <= 0.6
    # Two chapters at one level are one room: between pause and words it moves by its duck alone.
    last = gains_db[(mix.timeline.chapters[-1].start - begun) // 441 :]
    assert np.ptp(last) == pytest.approx(4.0 if duck is Duck.FULL else 0.0, abs=0.01)
    if duck is Duck.NONE:
        assert moved.min() >= -0.7  # a duck goes down before a word, so that it is not late
        ends = np.array([min(mark.stop, ended) - 4.0 * SECOND for mark in mix.timeline.chapters])
        asked_db = 20 * np.log10(mix.shape.bed[0].at(ends[[0, 2, 3]])) - gains_db[0]
        assert asked_db == pytest.approx([12.0, 12.0, 12.0], abs=0.05)
