"""Words are said as the voice that says them needs it, from `sessions.toml` to the voice itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

import sessions
from sessions.cli import run
from sessions.settings import read_files, voices_folder
from tests.voices.tiny_piper import make_voice

if TYPE_CHECKING:
    from pathlib import Path

    from tests.voices.speech_service import Service

PIPER = "piper:nl_NL-tiny-medium"


@pytest.fixture
def folder(in_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(in_folder / "data"))
    monkeypatch.setenv("SESSIONS_CACHE_DIR", str(in_folder / "cache"))
    return in_folder


def spoken(folder: Path, script: str, tables: str, **asked: str) -> list[str]:
    """Return what the voices of a session were given to say, in order."""
    (folder / "sessions.toml").write_text(tables, encoding="utf-8")
    (folder / "dag.md").write_text(f"---\nlanguage: nl\n---\n{script}\n", encoding="utf-8")
    loaded = sessions.load(folder / "dag.md")
    with sessions.planned(loaded, sessions.resolve(asked, loaded.meta, read_files())) as session:
        return [line.text for line in session.spoken.clips]


@pytest.mark.parametrize("name", ["piper", PIPER, "auto"])
@pytest.mark.parametrize("table", ["piper", '"piper:nl_NL-tiny-medium"'])
def test_an_installed_voice_gets_the_words_of_its_kind_and_of_its_name(
    folder: Path, name: str, table: str
) -> None:
    make_voice(voices_folder())
    tables = f'[pronounce.nl]\nadem = "aadem"\n[pronounce.nl.{table}]\nrelax = "rielex"\n'
    assert spoken(folder, "Adem, relax.", tables, voice=name) == ["aadem, rielex."]
    assert spoken(folder, "Adem, relax.", tables, voice="tone") == ["aadem, relax."]


def test_an_accent_of_the_service_is_sent_the_words_of_its_kind(
    folder: Path, service: Service
) -> None:
    tables = '[pronounce.nl.google]\nrelax = "rielex"\n[pronounce.nl."google:nl"]\nrelax = "nee"\n'
    assert spoken(folder, "Nu relax.", tables, voice="google:co.uk") == ["Nu rielex."]
    assert [*service.asked] == ["Nu rielex."]
    assert service.hosts == {"translate.google.co.uk:443"}


def test_each_line_has_the_words_of_the_voice_that_speaks_it(folder: Path) -> None:
    make_voice(voices_folder())
    tables = (
        '[pronounce.nl.tone]\nrelax = "toon"\n[pronounce.nl.piper]\nrelax = "rielex"\n'
        '[pronounce.nl.espeak]\nrelax = "nooit"\n'
    )
    script = "Eerst relax.\n\n[voice piper] Nu relax. [end]\n\nDan relax."
    assert spoken(folder, script, tables, voice="tone") == [
        "Eerst toon.", "Nu rielex.", "Dan toon.",
    ]  # fmt: skip


def recorded(folder: Path, *lines: str) -> None:
    (folder / "stem").mkdir()
    rows = [f"{number:03}  {text}\n" for number, text in enumerate(lines, start=1)]
    (folder / "stem" / "lines.txt").write_text("".join(rows), encoding="utf-8")
    tone = 0.2 * np.sin(np.arange(44_100) / 20)
    for number in range(1, 1 + len(lines)):
        soundfile.write(folder / "stem" / f"{number}.wav", tone, 44_100)


@pytest.mark.parametrize("fill", ["tone", "piper"])
def test_who_fills_in_has_words_of_its_own(folder: Path, fill: str) -> None:
    make_voice(voices_folder())
    recorded(folder, "Eerst rielex.")
    tables = (
        f'[pronounce.nl.recorded]\nrelax = "rielex"\n[pronounce.nl.{fill}]\nrelax = "vulling"\n'
    )
    script = "Eerst relax.\n\nDan relax."
    asked = {"voice": "recorded:stem", "fill": fill}
    assert spoken(folder, script, tables, **asked) == ["Eerst rielex.", "Dan vulling."]


def test_recordings_have_the_words_of_their_folder_in_the_list_and_in_the_session(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = '[pronounce.nl."recorded:stem"]\nrelax = "rielex"\n'
    recorded(folder, "Eerst rielex.")
    assert spoken(folder, "Eerst relax.", tables, voice="recorded:stem") == ["Eerst rielex."]
    assert run(["voices", "template", "dag.md", "--voice", "recorded:stem"]) == 0
    capsys.readouterr()
    assert "001  Eerst rielex." in (folder / "stem" / "lines.txt").read_text(encoding="utf-8")
