"""Settings: who wins, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sessions.errors import ConfigurationError
from sessions.script.model import Language, Meta
from sessions.settings import read_file, read_files, resolve

if TYPE_CHECKING:
    from pathlib import Path


def test_flags_win_over_front_matter_over_files_over_defaults() -> None:
    meta = Meta("t", Language.DUTCH, pace="slow", minutes=12.0)
    files = {"pace": "plain", "minutes": 5, "voice": "tone"}
    settings = resolve({"minutes": "30", "pace": None}, meta, files)
    assert (settings.minutes, settings.pace, settings.voice) == (30.0, "slow", "tone")
    assert settings.bitrate_kbps == 128


@pytest.mark.parametrize(("asked", "lufs"), [("podcast", -16), ("bedtime", -20), ("-18.5", -18.5)])
def test_loudness_has_names_and_numbers(asked: str, lufs: float) -> None:
    assert resolve({"loudness": asked}).loudness_lufs == lufs


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("minutes", "abc"),
        ("minutes", "-3"),
        ("minutes", "nan"),
        ("minutes", "1e9"),
        ("loudness", "loud"),
        ("loudness", "3"),
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
