"""The table of choices: one reader for each, whoever asks it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from sessions.errors import ConfigurationError, ScriptError
from sessions.mix.levels import PRESETS, Duck, Levels
from sessions.mp3.format import BITRATES_KBPS, LOWEST_BITRATE_KBPS
from sessions.output import AUDIO_WRITERS
from sessions.plan import PACES, Edges
from sessions.render import lengths_of, levels_of
from sessions.script.parser import parse
from sessions.script.phrases.choices import CHOICES, Settings
from sessions.script.phrases.readers import NameOr, OneOf
from sessions.settings import resolve
from sessions.voices.polish import POLISHES

KEYED = [choice for choice in CHOICES.values() if choice.keys]
TIMES = ("minutes", "fade_in_seconds", "fade_out_seconds", "tail_seconds", "total_seconds")
WRITTEN = (
    "90", "90m", "1:30:00", "1:30", "1.5h", "1,5 h", "2 hours", "7 uur", "0,5h", "2u", "7h30m",
    "20", "20,5", "2.75 min", "2m45s", "45s", "800", "90s", "1h 30m", "half", "-3", "\u22123",
    "nan", "1e9", "30h", "none", "geen", "", " 15s ", "+20", "anderhalf",
)  # fmt: skip


def in_script(key: str, text: str) -> Any:
    """Return what a script chooses, or None where that is refused."""
    try:
        draft = parse(f"---\n{key}: {text!r}\n---\nRust.", path="a.md")
    except ScriptError:
        return None
    return draft.meta.choice(next(choice.setting for choice in KEYED if key in choice.keys))


def by_setting(name: str, value: Any) -> Any:
    """Return what a flag or a settings file chooses, or None where that is refused."""
    try:
        return getattr(resolve({name: value}), name)
    except ConfigurationError:
        return None


@pytest.mark.parametrize("name", TIMES)
@pytest.mark.parametrize("text", [text for text in WRITTEN if text])
def test_a_time_is_read_alike_whoever_asks(name: str, text: str) -> None:
    english, dutch = (in_script(key, text) for key in CHOICES[name].keys)
    assert english == dutch == by_setting(name, text)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("tail_seconds", "90m", 5400),
        ("tail_seconds", "1:30:00", 5400),
        ("tail_seconds", "1.5h", 5400),
        ("tail_seconds", "2 hours", 7200),
        ("tail_seconds", "7 uur", 25_200),
        ("tail_seconds", "0,5h", 1800),
        ("tail_seconds", "90", 90),
        ("tail_seconds", 90, 90),
        ("minutes", "2u", 120),
        ("minutes", "90m", 90),
        ("minutes", "1:30:00", 90),
        ("minutes", "800", 800),
        ("minutes", "20,5", 20.5),
        ("minutes", 7, 7),
        ("fade_out_seconds", "geen", 0),
        ("lead_in_seconds", "1m30s", 90),
    ],
)
def test_times_mean_what_people_mean(name: str, text: Any, value: float) -> None:
    assert by_setting(name, text) == pytest.approx(value)


@pytest.mark.parametrize("name", TIMES)
@pytest.mark.parametrize("value", [True, [], "later", float("nan"), -1, 10**9])
def test_what_is_no_time_is_refused(name: str, value: Any) -> None:
    assert by_setting(name, value) is None


@pytest.mark.parametrize("choice", KEYED, ids=lambda choice: choice.setting)
def test_every_key_is_read_as_its_flag_and_its_setting_are(choice: Any) -> None:
    names = choice.reader.names if isinstance(choice.reader, OneOf | NameOr) else ()
    words = [*getattr(choice.reader, "words", ()), *(name.upper() for name in names)]
    read = 0
    for text in [*words, *WRITTEN, "-12 LU", "6 dB", "50%", "0.3", "sea -3 dB, brown", "-18", "99"]:
        if text:
            found = [in_script(key, text) for key in choice.keys]
            if choice.setting == "background":  # only a script has places
                found = [one and [(part.sound, part.gain_db) for part in one] for one in found]
                asked = by_setting(choice.setting, text)
                asked = asked and [(part.sound, part.gain_db) for part in asked]
            else:
                asked = by_setting(choice.setting, text)
            assert found == [asked, asked], text
            read += asked is not None
    assert read


@pytest.mark.parametrize("choice", CHOICES.values(), ids=lambda choice: choice.setting)
def test_what_is_written_is_read_back(choice: Any) -> None:
    value = choice.default
    if value is not None and choice.setting != "pronounce":
        text = choice.reader.written(value)
        typed = value if isinstance(value, bool) else text
        assert value == choice.reader.read(typed)


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("descend: 60 dB", "6 dB"),
        ("duck: sometimes", "full"),
        ("duck: zachd", "did you mean `zacht`?"),
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
    ("setting", "names"),
    [
        ("polish", POLISHES),
        ("pace", PACES),
        ("duck", Duck),
        ("loudness", PRESETS),
        ("format", AUDIO_WRITERS),
        ("bitrate_kbps", [f"{r}" for r in BITRATES_KBPS if r >= LOWEST_BITRATE_KBPS]),
    ],
)
def test_the_names_of_the_table_are_those_of_the_room_that_owns_them(
    setting: str, names: Any
) -> None:
    reader = CHOICES[setting].reader
    assert isinstance(reader, OneOf | NameOr)
    assert list(reader.names) == [str(name) for name in names]


def test_the_defaults_of_the_rooms_are_those_of_the_table() -> None:
    assert levels_of(Settings()) == PRESETS["bedtime"] == Levels()
    assert [getattr(Settings(), f"{one.name}_seconds") for one in fields(Edges)] == [
        getattr(Edges(), one.name) for one in fields(Edges)
    ]
    assert lengths_of(Settings()).most == 12 * 3600


USED_ELSEWHERE = {
    "voice", "fill", "polish", "background", "minutes", "pace", "loudness", "settle_percent",
    "lead_in_seconds", "fade_in_seconds", "fade_out_seconds", "tail_seconds", "total_seconds",
    "bitrate_kbps", "format", "output", "jobs", "offline", "cache_gib", "max_hours", "pronounce",
    "piper_url",
}  # fmt: skip
"""Choices that are no level of the mix."""


def test_a_choice_is_a_level_of_the_mix_or_is_used_elsewhere() -> None:
    """A new one that has no field in `Levels` would be read, and never heard."""
    levels = {level.name for level in fields(Levels)}
    assert CHOICES.keys() - levels == USED_ELSEWHERE


def test_every_level_that_is_chosen_reaches_the_mix() -> None:
    chosen = {
        "loudness": "podcast", "bed_lu": -12.0, "duck": "gentle", "descend_db": 6.0,
        "settle_percent": 50.0, "rise_lu": 9.0, "width": 0.5, "sway": 0.25, "mono": True,
    }  # fmt: skip
    levels = levels_of(resolve(chosen))
    assert (levels.target_lufs, levels.bed_lu, levels.duck) == (-16.0, -12.0, Duck.GENTLE)
    assert (levels.descend_db, levels.settle, levels.rise_lu) == (6.0, 0.5, 9.0)
    assert (levels.width, levels.sway, levels.mono) == (0.5, 0.25, True)
