"""What the gains promise a listener: a bed under every line, and nothing that startles."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from sessions.metering.loudness import HOP_SAMPLES
from sessions.mix.forecast import Sound, beginnings
from sessions.mix.levels import PRESETS, Duck, Levels
from sessions.mix.mixer import recording
from sessions.mix.shape import softened
from sessions.plan import Edges, Kind
from sessions.units import SAMPLE_RATE_HZ
from sessions.voices.base import ClipInfo
from tests.heard import rises_of
from tests.mix.made import measured, mixed

SECOND = SAMPLE_RATE_HZ
WORDS = ["Breng je aandacht naar je voeten.", "Voel hoe ze rusten."]


@pytest.mark.parametrize(
    ("lines", "edges", "levels"),
    [
        (["[bell]", *WORDS, "[pause 60s]", *WORDS], Edges(fade_in=120.0), Levels()),
        ([*WORDS, "[pause 30s] [bell +12 dB] [pause 20s]", *WORDS], Edges(), Levels()),
        ([*WORDS, "[pause 20s]", *WORDS], Edges(fade_in=0.0), Levels(bed_lu=-30.0)),
        ([*WORDS, "[pause 20s]", *WORDS], Edges(), Levels(rise_lu=6.0)),
    ],
)
def test_nothing_startles_in_odd_sessions_either(
    lines: list[str], edges: Edges, levels: Levels
) -> None:
    mix = mixed("\n\n".join(lines), edges=edges, levels=levels)
    rises = rises_of(measured(mix).momentary_lufs, mix.timeline)
    assert rises.others_lu <= levels.rise_lu
    assert rises.lines_lu <= max(levels.rise_lu, -levels.bed_lu)


def test_a_soft_start_is_soft_from_before_its_first_sample() -> None:
    gains = np.ones(20)
    gains[10] = 0.1
    curve = softened(gains).at(np.arange(20 * 4410.0))
    assert curve[9 * 4410 - 64] == 1.0
    assert curve[10 * 4410 + 64 : 11 * 4410 - 64].max() < 0.11
    assert curve[12 * 4410 + 64] == 1.0


def test_a_word_more_leaves_the_gains_of_all_others_as_they_were() -> None:
    one = mixed(" [pause 8s] ".join(WORDS * 8) + " [pause 8s]")
    other = mixed(" [pause 8s] ".join(WORDS * 8) + " [pause 8s] Ja, zo is het.")
    span = np.arange(60.0) * 44_100 + 15 * 44_100
    assert np.array_equal(one.shape.voice.at(span), other.shape.voice.at(span))
    assert np.array_equal(one.shape.bed[0].at(span), other.shape.bed[0].at(span))


SLOTTED = """
Ga rustig liggen. [slot 3s] {name} [end] Voel hoe je adem gaat. [pause 40s]

[slot 4s]{name}[end] [pause 2s] Breng je aandacht naar je voeten. [pause 20s] [slot 2s] {name} [end]

[pause 14s] Dat was het. [pause 1.5s] [slot 2s]{name}[end] [pause 1.5s] Tot ziens. [pause 8s]
"""


@pytest.mark.parametrize("levels", [Levels(), PRESETS["podcast"], Levels(duck=Duck.GENTLE)])
def test_what_is_in_a_slot_changes_no_sample_outside_of_it(levels: Levels) -> None:
    anna, long, none = (
        mixed(SLOTTED.replace("{name}", name), bed_db=-6.0, levels=levels)
        for name in ("Dag Anna.", "Dag lieve Bartholomeus, dag.", "")
    )
    other = np.ones(anna.length, bool)
    for start, stop in anna.slots():
        other[start:stop] = False
    assert other.mean() > 0.75
    whole = anna.read(0, anna.length)
    for mix in (long, none):
        assert mix.length == anna.length
        sound = mix.read(0, mix.length)
        assert np.array_equal(sound[other], whole[other])
        assert not np.array_equal(sound, whole)


def test_equal_recipes_are_equal_samples_and_hardly_any_equal_samples_have_two() -> None:
    anna, long, none = (
        mixed(SLOTTED.replace("{name}", name))
        for name in ("Dag Anna.", "Dag lieve Bartholomeus, dag.", "")
    )
    size, same, missed = 40 * 1152, 0, 0
    for start in range(0, anna.length - size, size):
        sounds, recipes = zip(
            *((mix.read(start, start + size), mix.recipe(start, start + size))
              for mix in (anna, long, none)),
            strict=True,
        )  # fmt: skip
        for one, other in ((0, 1), (0, 2), (1, 2)):
            alike = np.array_equal(sounds[one], sounds[other])
            found = recipes[one] == recipes[other]
            assert alike or not found
            same, missed = same + found, missed + (alike and not found)
    assert same > 100
    assert missed < 0.05 * same


def nudged(name: str) -> Levels:
    """Return the usual levels with one that is other by next to nothing."""
    value = getattr(Levels(), name)
    if isinstance(value, Duck):
        return Levels(duck=Duck.GENTLE)
    other: dict[str, Any] = {name: not value if isinstance(value, bool) else value + 1e-4}
    return replace(Levels(), **other)


@pytest.mark.parametrize(
    "levels",
    [
        Levels(ceiling_dbtp=-9.0), Levels(width=0.5), Levels(duck_db=9.0), Levels(sway=0.5),
        Levels(descend_db=6.0), Levels(settle=0.5), Levels(duck=Duck.GENTLE),
        Levels(target_lufs=-30), *(nudged(level.name) for level in fields(Levels)),
    ],
)  # fmt: skip
def test_levels_are_in_the_recipe(levels: Levels) -> None:
    """However little they change, and whether they are gains or not."""
    text = SLOTTED.replace("{name}", "Anna")
    usual, other = mixed(text), mixed(text, levels=levels)
    spoken = next(usual.timeline.of_kind(Kind.SPEECH))
    start = spoken.start // 1152 * 1152
    assert usual.recipe(start, start + 46_080) != other.recipe(start, start + 46_080)


def test_a_pause_of_the_bed_has_one_recipe_wherever_its_phase_is_the_same() -> None:
    mix = mixed(f"{WORDS[0]} [pause 200s] {WORDS[1]}")
    rest = max(mix.rests, key=lambda one: one.stop - one.start)
    start = -(-rest.start // 1152) * 1152 + 11_520
    first = mix.recipe(start, start + 11_520)
    assert mix.recipe(start + rest.period_samples, start + rest.period_samples + 11_520) == first
    assert mix.recipe(start + 1152, start + 12_672) != first


def test_the_recipe_names_what_was_recorded_and_not_the_line_alone() -> None:
    again = ClipInfo("key", 4410, -26.0, (0.1, 0.2))
    assert recording(again) == recording(replace(again))
    others = [
        replace(again, key="other"),
        replace(again, length_samples=4411),
        replace(again, powers=(0.1, 0.3)),
    ]
    assert len({recording(clip) for clip in (again, *others)}) == 4


def test_the_first_100_ms_of_a_sound_lie_in_two_hops_unless_it_begins_with_one() -> None:
    sounds = [Sound(start, np.ones(3)) for start in (2 * HOP_SAMPLES, 5 * HOP_SAMPLES + 1)]
    found = beginnings([*sounds, Sound(9 * HOP_SAMPLES + 7, np.ones(1))], 10)
    assert np.flatnonzero(found).tolist() == [2, 5, 6, 9]
    assert len(found) == 10
