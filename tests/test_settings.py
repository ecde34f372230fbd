"""Settings: who wins, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sessions.errors import ConfigurationError
from sessions.render import levels_of
from sessions.script.model import Language, Meta
from sessions.settings import read_file, read_files, resolve

if TYPE_CHECKING:
    from pathlib import Path


def test_flags_win_over_front_matter_over_files_over_defaults() -> None:
    meta = Meta("t", Language.DUTCH, chosen=(("pace", "slow"), ("minutes", 12.0)))
    files = {"pace": "plain", "minutes": 5, "voice": "tone"}
    settings = resolve({"minutes": "30", "pace": None}, meta, files)
    assert (settings.minutes, settings.pace, settings.voice) == (30.0, "slow", "tone")
    assert settings.bitrate_kbps == 128


@pytest.mark.parametrize(("asked", "lufs"), [("podcast", -16), ("bedtime", -20), ("-18.5", -18.5)])
def test_loudness_has_names_and_numbers(asked: str, lufs: float) -> None:
    assert levels_of(resolve({"loudness": asked})).target_lufs == lufs


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("descend_db", "6 dB", 6.0),
        ("settle_percent", "50%", 50.0),
        ("bed_lu", "-12 LU", -12.0),
        ("bed_lu", "\N{MINUS SIGN}12", -12.0),
        ("rise_lu", "8,5 LU", 8.5),
        ("width", " 0,5 ", 0.5),
        ("sway", 0.3, 0.3),
        ("loudness", "-18 LUFS", "-18"),
        ("loudness", "Podcast", "podcast"),
    ],
)
def test_levels_are_read_as_in_the_front_matter(name: str, text: Any, value: object) -> None:
    assert getattr(resolve({name: text}), name) == value


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("7h30m", 27_000), ("20m", 1200), ("45s", 45), ("90", 90), ("1:30", 90), ("8:00:00", 28_800)],
)
def test_times_are_read_as_people_write_them(text: str, seconds: float) -> None:
    assert resolve({"tail_seconds": text}).tail_seconds == seconds


@pytest.mark.parametrize(
    ("text", "minutes"), [("20", 20), ("20,5", 20.5), ("5m30s", 5.5), ("1:30", 1.5), (7, 7)]
)
def test_minutes_are_read_as_people_write_them(text: str | int, minutes: float) -> None:
    assert resolve({"minutes": text}).minutes == minutes


def test_a_bed_may_be_a_list_of_texts() -> None:
    bed = resolve({"background": ["sea", "brown -3 dB"]}).background
    assert bed is not None
    assert [(layer.sound, layer.gain_db) for layer in bed] == [("sea", 0.0), ("brown", -3.0)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("minutes", "abc"),
        ("minutes", "-3"),
        ("minutes", "nan"),
        ("minutes", "1e9"),
        ("tail_seconds", "later"),
        ("tail_seconds", "30h"),
        ("background", 3),
        ("output", 5),
        ("loudness", "loud"),
        ("loudness", "3"),
        ("bed_lu", "6 dB"),
        ("rise_lu", "5"),
        ("settle_percent", True),
        ("jobs", "1.5"),
        ("jobs", -1),
        ("pace", "fast"),
        ("bitrate_kbps", 100),
        ("mono", "yes"),
    ],
)
def test_a_value_out_of_bounds_is_named(name: str, value: Any) -> None:
    with pytest.raises(ConfigurationError, match=f"^{name} = ") as caught:
        resolve({name: value})
    assert caught.value.exit_code == 78


def test_a_file_s_mistake_is_told_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "sessions.toml"
    path.write_text('vioce = "tone"\n')
    with pytest.raises(
        ConfigurationError, match=r"sessions\.toml: unknown setting 'vioce'"
    ) as caught:
        read_file(path)
    assert caught.value.remedy == "did you mean 'voice'?"
    path.write_text("voice = \n")
    with pytest.raises(ConfigurationError, match=r"sessions\.toml"):
        read_file(path)


def test_the_working_folder_s_file_wins_over_the_user_s(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = in_folder / "config" / "guided-sessions"
    user.mkdir(parents=True)
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_args, **_options: user)
    (user / "sessions.toml").write_text('pace = "slow"\nbitrate_kbps = 192\n')
    (in_folder / "sessions.toml").write_text('pace = "plain"\n')
    assert read_files() == {"pace": "plain", "bitrate_kbps": 192}
