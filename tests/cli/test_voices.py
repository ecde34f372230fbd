"""`sessions voices` as a person uses it."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sessions.cli import run
from sessions.errors import ConfigurationError
from sessions.script.model import Language
from sessions.settings import voices_folder
from sessions.voices import VOICES, kind_of
from sessions.voices.base import Choice, Installer
from sessions.voices.espeak.voice import Espeak
from tests.voices.tiny_piper import make_voice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


PACKAGE = '''
"""A voice of somebody else: each word is a hum."""

from contextlib import contextmanager

import numpy as np

from sessions.voices.base import Kind, Utterance


class Hum:
    name = "hum"
    sends_to = ""

    def __init__(self, hz):
        self.hz = hz

    def identity(self, style):
        return {"engine": "hum 1", "hz": self.hz}

    @contextmanager
    def open(self):
        yield self

    def speak(self, line):
        count = 4000 * len(line.normalized.split())
        return Utterance(0.1 * np.sin(np.arange(count) * 6.283 * self.hz / 16000), 16000)


KIND = Kind(lambda choice: Hum(float(choice.detail or 200)), what="hums", licence="MIT")
NO_KIND = "not a voice"
'''
ENTRY_POINTS = """\
[sessions.voices]
hum = somebodys_hum:KIND
gone = no_such_module_at_all:KIND
odd = somebodys_hum:NO_KIND
espeak = somebodys_hum:KIND
angry = somebodys_anger:KIND
"""


@pytest.fixture
def plug_ins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install a package of somebody else: its module and its metadata, as pip lays them out."""
    site = tmp_path / "site"
    metadata = site / "somebodys_hum-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: somebodys-hum\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(ENTRY_POINTS)
    (site / "somebodys_hum.py").write_text(PACKAGE)
    (site / "somebodys_anger.py").write_text("assert False\n")
    monkeypatch.syspath_prepend(site)
    monkeypatch.delitem(sys.modules, "somebodys_hum", raising=False)


def test_the_list_says_what_each_sends_where_and_how_to_get_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["voices"]) == 0
    shown = capsys.readouterr().out
    assert run(["voices", "list", "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert set(VOICES) <= set(rows)
    assert "Google" in rows["google"]["sends"]
    assert rows["espeak"]["sends"] == ""
    assert "install nl_BE-nathalie-medium" in rows["piper"]["get"]
    assert "nl_NL-pim-medium" in rows["piper"]["installable"]
    for row in rows.values():
        assert row["licence"]
        assert row["what"] in shown


def test_the_list_says_what_is_synthetic_what_it_speaks_and_how_large_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["voices", "list", "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert {name for name, row in rows.items() if not row["synthetic"]} == {"recorded"}
    hibari = rows["hibari"]
    assert (hibari["languages"], hibari["accent"]) == (["en"], "American")
    assert "MB" in hibari["size"]
    assert hibari["origin"] == "trainedAlgorithmicMedia"
    assert hibari["auto"]["en"]["place"] == 2
    assert rows["kokoro"]["auto"].keys() == {"nl"}
    assert run(["voices", "list"]) == 0
    shown = capsys.readouterr().out
    assert "accent: American" in shown
    assert "synthetic: no" in shown
    assert "auto in nl: choice 3: natural, on this machine" in shown


def test_a_voice_is_kept_to_in_the_settings_which_else_stay_as_they_are(
    in_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(in_folder / "config"))
    settings = in_folder / "sessions.toml"
    settings.write_text('# mine\nminutes = "20m"  # for the bus\n', encoding="utf-8")
    assert run(["voices", "use", "tone"]) == 0
    text = '# mine\nminutes = "20m"  # for the bus\nvoice = "tone"\n'
    assert settings.read_text(encoding="utf-8") == text
    assert run(["voices", "use", "espeak"]) == 0
    assert settings.read_text(encoding="utf-8") == text.replace("tone", "espeak")
    assert run(["voices", "use", "auto", "--everywhere"]) == 0
    own = in_folder / "config" / "guided-sessions" / "sessions.toml"
    assert own.read_text(encoding="utf-8") == 'voice = "auto"\n'
    assert capsys.readouterr().out.split() == ["sessions.toml", "sessions.toml", str(own)]


def test_a_settings_file_that_is_a_link_or_of_another_system_stays_so(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "mine.toml").write_bytes(b"minutes = 20\r\n[pronounce.nl]\r\nGGZ = 'gee'\r\n")
    (in_folder / "sessions.toml").symlink_to("mine.toml")
    assert run(["voices", "use", "tone"]) == 0
    assert (in_folder / "sessions.toml").is_symlink()
    found = (in_folder / "mine.toml").read_bytes()
    assert found.startswith(b"minutes = 20\r\n")
    assert tomllib.loads(found.decode())["voice"] == "tone"
    (in_folder / "sessions.toml").unlink()
    (in_folder / "sessions.toml").mkdir()
    assert run(["voices", "use", "tone"]) == 73
    assert "is a folder" in capsys.readouterr().err
    (in_folder / "stem").mkdir()
    assert run(["voices", "use", "recorded:stem", "--everywhere"]) == 2
    assert "is for that folder" in capsys.readouterr().err


def test_a_voice_that_is_there_for_one_language_is_kept_to(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(in_folder / "data"))
    assert run(["voices", "use", "piper"]) == 66
    make_voice(voices_folder(), "en_GB-tiny-medium", "en-gb-x-rp")
    assert run(["voices", "use", "piper"]) == 0


@pytest.mark.parametrize(
    ("name", "text", "code", "words"),
    [
        ("hibary", "", 78, "did you mean 'hibari'?"),
        ("piper:nathalie", "", 66, "did you mean 'nl_BE-nathalie-medium'?"),
        ("tone", "minutes = [", 78, "sessions.toml"),
    ],
)
def test_a_voice_that_is_none_is_not_kept_to_and_nothing_is_written(
    name: str,
    text: str,
    code: int,
    words: str,
    in_folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = in_folder / "sessions.toml"
    settings.write_text(text, encoding="utf-8")
    assert run(["voices", "use", name]) == code
    assert words in capsys.readouterr().err
    assert settings.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("espeak:nl", 78, "write 'espeak' alone"),
        ("tone:x", 78, "has no 'x'"),
        ("google:uk", 78, "did you mean 'co.uk'?"),
        ("piper:nathalie", 66, "did you mean 'nl_BE-nathalie-medium'?"),
        ("recorded:", 78, "recorded:FOLDER"),
        ("recorded:nowhere", 66, "voices template"),
    ],
)
def test_a_name_that_is_none_says_which_is(
    name: str, code: int, words: str, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "rust.md").write_text("Rust.\n", encoding="utf-8")
    assert run(["render", "rust.md", "--offline", "--voice", name]) == code
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("name", ["gogle", "espeak:nl", "recorded:nowhere"])
def test_a_wrong_voice_of_a_line_is_shown_where_it_is_written(
    name: str, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "rust.md").write_text(f"Dag.\n\n[voice {name}] Rust. [end]\n", encoding="utf-8")
    assert run(["render", "rust.md", "--voice", "tone"]) == 65
    told = capsys.readouterr().err
    assert "--> rust.md:3:" in told
    assert f"3 | [voice {name}] Rust. [end]" in told


def test_missing_recordings_are_listed_line_by_line(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "rust.md").write_text("Rust.\n\nAdem.\n", encoding="utf-8")
    assert run(["voices", "template", "rust.md", "--voice", "recorded:stem"]) == 0
    assert run(["render", "rust.md", "--voice", "recorded:stem"]) == 66
    assert "error: 2 lines have no recording in recorded:stem\n    001  Rust.\n    002  Adem." in (
        capsys.readouterr().err
    )


def test_the_template_has_the_lines_that_a_render_asks_for(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "---\nvalues: {naam: Anna}\npronounce: {relax: rielex}\n---\nDag {naam}, relax.\n\n✨\n"
    (in_folder / "dag.md").write_text(text, encoding="utf-8")
    asked = ["dag.md", "--voice", "recorded:stem", "--set", "naam=Bo"]
    assert run(["voices", "template", *asked]) == 0
    capsys.readouterr()
    assert run(["render", *asked]) == 66
    (missing,) = [row.strip() for row in capsys.readouterr().err.splitlines() if "  001" in row]
    assert missing == "001  Dag Bo, rielex."
    assert missing in (in_folder / "stem" / "lines.txt").read_text(encoding="utf-8")


def test_the_template_can_be_read_aloud(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["voices", "template", "bodyscan", "--voice", "recorded:stem"]) == 0
    assert capsys.readouterr().out.split() == ["stem/lines.txt", "stem/lines.html"]
    page = (in_folder / "stem" / "lines.html").read_text(encoding="utf-8")
    assert '<html lang="nl">' in page
    text = (in_folder / "stem" / "lines.txt").read_text(encoding="utf-8")
    assert "\n001  " in text
    assert run(["voices", "template", "bodyscan", "--voice", "espeak"]) == 2


@pytest.mark.usefixtures("plug_ins")
def test_a_third_party_adds_a_voice_that_speaks_a_session(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "rust.md").write_text("Rust nu maar uit.\n", encoding="utf-8")
    assert run(["voices", "list"]) == 0
    assert "hum       hums" in capsys.readouterr().out
    assert run(["render", "rust.md", "--voice", "hum:300", "--format", "wav"]) == 0
    assert run(["voices", "try", "hum"]) == 0
    made = re.findall(r"^output/[\w.-]+", capsys.readouterr().out, re.MULTILINE)
    assert made == ["output/rust.wav", "output/voice-hum.wav"]


@pytest.mark.usefixtures("plug_ins")
def test_a_broken_voice_of_a_third_party_is_told_and_takes_no_name_of_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    choice = Choice("", Language.DUTCH, tmp_path, tmp_path)
    assert isinstance(kind_of("espeak").make(choice), Espeak)
    with pytest.raises(ConfigurationError, match="somebodys-hum cannot be loaded"):
        kind_of("gone").make(choice)
    with pytest.raises(ConfigurationError, match="cannot be loaded: AssertionError"):
        kind_of("angry").make(choice)
    with pytest.raises(ConfigurationError, match="is not a voice"):
        kind_of("odd").make(choice)
    with pytest.raises(ConfigurationError) as caught:
        kind_of("nobody").make(choice)
    assert "hum" in caught.value.remedy
    assert run(["voices", "list"]) == 0
    assert "update or remove somebodys-hum" in capsys.readouterr().out


def test_a_voice_is_installed_by_what_its_row_says(
    in_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(in_folder / "data"))

    def install(name: str, home: Path, address: str, told: Callable[[int, int], None]) -> Path:
        told(1, 1)
        home.mkdir(parents=True)
        (home / name).write_text(address)
        return home / name

    row = replace(
        VOICES["tone"],
        installer=Installer(("fluit",), "piper_url", install, "pip install a-whistle"),
        details=lambda home: tuple(path.name for path in home.glob("*")),
        missing=lambda: "no whistle",
    )
    monkeypatch.setitem(VOICES, "tone", row)
    assert run(["voices", "list"]) == 0
    assert "can be installed: fluit" in capsys.readouterr().out
    assert run(["voices", "install", "fluit"]) == 0
    shown = capsys.readouterr()
    assert shown.out.strip().endswith("voices/fluit")
    assert "use it with --voice tone:fluit" in shown.err
    assert "pip install a-whistle" in shown.err
    assert run(["voices", "list"]) == 0
    assert "choices: fluit" in capsys.readouterr().out
    assert run(["voices", "install", "fluitt"]) == 66
    assert "did you mean 'fluit'?" in capsys.readouterr().err
