"""`sessions voices check` as a coach uses it."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile

from sessions.cli import run
from sessions.cli.progress import say
from sessions.hearing.weights import at_hand
from sessions.script.model import Language
from tests.voices.spoilt import hiss, spoken

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.units import Audio

TEXTS = (
    "Ga maar liggen, en laat je schouders zakken.",
    "Adem rustig in, en langzaam weer uit.",
    "De nacht is lang, en er hoeft niets meer.",
)
RATE = 22_050


@pytest.fixture(scope="module")
def sounds() -> list[Audio]:
    made = spoken("espeak", Language.DUTCH, TEXTS)
    assert {rate_hz for _, rate_hz in made} == {RATE}
    return [sound for sound, _ in made]


@pytest.fixture
def folder(in_folder: Path, sounds: list[Audio], capsys: pytest.CaptureFixture[str]) -> Path:
    """Three lines of a script, all recorded, and nothing wrong with them."""
    say.cache_clear()
    text = "---\nlanguage: nl\n---\n" + "\n\n".join(TEXTS) + "\n"
    (in_folder / "rust.md").write_text(text, encoding="utf-8")
    assert run(["voices", "template", "rust.md", "--voice", "recorded:stem"]) == 0
    for number, sound in enumerate(sounds, start=1):
        soundfile.write(in_folder / "stem" / f"{number:03}.wav", sound, RATE)
    capsys.readouterr()
    return in_folder / "stem"


def found(code: int, capsys: pytest.CaptureFixture[str], *more: str) -> Any:
    """Run the command, which must end so, and return what it says as JSON."""
    assert run(["voices", "check", "stem", "--json", *more]) == code
    return json.loads(capsys.readouterr().out)


def told(code: int, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert run(["voices", "check", *(more or ("stem",))]) == code
    both = capsys.readouterr()
    return both.out + both.err


@pytest.mark.usefixtures("folder")
def test_a_folder_that_is_fine_says_so_and_what_is_next(capsys: pytest.CaptureFixture[str]) -> None:
    text = told(0, capsys)
    assert "3 recordings: all fine\n  = next: sessions render NAME --voice recorded:stem" in text
    assert "nobody hears the words: pip install 'guided-sessions[listen]'" in text
    assert "pip install" not in told(0, capsys, "recorded:stem", "--no-listen")
    document = found(0, capsys, "--script", "rust.md")
    assert document["fine"]
    assert not document["listened"]
    assert [row["text"] for row in document["recordings"]] == [*TEXTS]


def test_what_to_do_is_told_line_by_line_worst_first(
    folder: Path, sounds: list[Audio], capsys: pytest.CaptureFixture[str]
) -> None:
    soundfile.write(folder / "001.wav", hiss(sounds[0], RATE, -50.0), RATE)
    soundfile.write(folder / "002.wav", hiss(sounds[1], RATE, -40.0), RATE)
    soundfile.write(folder / "003.wav", sounds[2][: len(sounds[2]) // 2 - 2000], RATE)
    text = told(1, capsys)
    lines = [line for line in text.splitlines() if line.startswith("line ")]
    assert [line[:8] for line in lines] == ["line 003", "line 002", "line 001"]
    assert lines[0] == "line 003 (003.wav): it ends inside a word"
    assert lines[1].startswith("line 002 (002.wav): hiss, ")
    assert text.count("record in a quieter room") == 1
    assert "something to do about 3 (hiss 2, ends 1)" in text
    rows = found(1, capsys)["recordings"]
    assert [row["line"] for row in rows] == [3, 2, 1]
    (finding,) = rows[1]["findings"]
    assert finding["rule"] == "hiss"
    assert finding["value"] < finding["low"]


def test_files_are_held_against_the_list(
    folder: Path, sounds: list[Audio], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "002.wav").rename(folder / "1 again.wav")
    soundfile.write(folder / "009.wav", sounds[0], RATE)
    soundfile.write(folder / "intro.wav", sounds[0], RATE)
    text = told(1, capsys)
    assert "line 001: 2 recordings: 001.wav, 1 again.wav\n" in text
    assert "009.wav: no line has this number\n" in text
    assert "intro.wav: its name does not begin with a number\n" in text
    assert f"1 line is not recorded yet:\n    002  {TEXTS[1]}\n" in text
    assert "those that are there are fine" in text
    document = found(1, capsys)
    assert [row["line"] for row in document["missing"]] == [2]
    assert document["twice"] == [{"line": 1, "files": ["001.wav", "1 again.wav"]}]
    assert (document["unlisted"], document["unnumbered"]) == (["009.wav"], ["intro.wav"])


def test_the_lines_of_a_script_may_be_meant(
    folder: Path, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "kort.md").write_text(f"{TEXTS[0]}\n\nDag {{naam}}.\n", encoding="utf-8")
    (folder / "002.wav").unlink()
    asked = ["stem", "--script", "kort.md", "--set", "naam=Bo"]
    text = told(0, capsys, *asked)
    assert "1 line of the script has no number yet, such as 'Dag Bo.'" in text
    assert "all fine" in text
    assert "says no such value" in told(2, capsys, *asked, "--set", "nam=Bo")
    assert "--script" in told(2, capsys, "stem", "--set", "naam=Bo")
    (in_folder / "ander.md").write_text("Heel iets anders.\n", encoding="utf-8")
    text = told(66, capsys, "stem", "--script", "ander.md")
    assert "no line of ander.md has a number in stem" in text
    assert "template ander.md --voice recorded:stem" in text


def test_lines_that_the_script_has_not_any_more_are_not_missed(
    folder: Path, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "rust.md").write_text(f"{TEXTS[0]}\n", encoding="utf-8")
    assert run(["voices", "template", "rust.md", "--voice", "recorded:stem"]) == 0
    (folder / "002.wav").unlink()
    capsys.readouterr()
    assert "2 recordings: all fine" in told(0, capsys)


def test_one_bad_file_hides_no_other(
    folder: Path, sounds: list[Audio], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "001.wav").write_bytes(b"#EXTM3U\nfile:///etc/passwd\n")
    soundfile.write(folder / "002.wav", np.zeros(3 * RATE), RATE)
    soundfile.write(folder / "003.wav", hiss(sounds[2], RATE, -50.0), RATE)
    text = told(3, capsys)
    assert "line 001 (001.wav): 001.wav cannot be decoded" in text
    assert "line 002 (002.wav): nothing is heard in 002.wav\n" in text
    assert "line 003 (003.wav): hiss" in text
    assert text.count("= help") == 3
    (folder / "003.wav").unlink()
    assert "nothing is heard" in told(65, capsys)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are UTF-8")
def test_a_file_name_that_is_no_utf8_is_told_and_hides_no_other(
    folder: Path, sounds: list[Audio], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "001.wav").rename(folder / os.fsdecode(b"001 caf\xe9.wav"))
    soundfile.write(folder / "003.wav", hiss(sounds[2], RATE, -50.0), RATE)
    text = told(3, capsys)
    assert "the name of 001 caf\N{REPLACEMENT CHARACTER}.wav is not written in UTF-8\n" in text
    assert "line 003 (003.wav): hiss" in text
    assert run(["voices", "template", "rust.md", "--voice", "recorded:stem"]) == 0
    assert r"001 caf\xe9.wav" in (folder / "lines.html").read_text(encoding="utf-8")


def test_channels_that_are_opposite_are_told_as_that(
    folder: Path, sounds: list[Audio], capsys: pytest.CaptureFixture[str]
) -> None:
    for number, factor in enumerate((-1.0, -0.9, 0.0), start=1):
        both = np.stack([sounds[0], factor * sounds[0]], axis=1)
        soundfile.write(folder / f"{number:03}.wav", both, RATE)
    text = told(3, capsys)
    assert "line 001 (001.wav): the channels of 001.wav are opposite" in text
    assert "line 002 (002.wav): the channels of 002.wav are opposite" in text
    assert "line 003" not in text
    assert "Invert" in text


def test_odd_formats_are_told_with_what_to_do(
    folder: Path,
    sounds: list[Audio],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    soundfile.write(folder / "001.wav", sounds[0][::3], 8_000)
    soundfile.write(folder / "002.wav", np.repeat(sounds[1][:, np.newaxis], 6, axis=1), RATE)
    (folder / "003.wav").unlink()
    (folder / "003.m4a").write_bytes(b"x")
    soundfile.write(folder / "004.flac", np.zeros(8_000 * 3_600, np.float32), 8_000)
    monkeypatch.setenv("PATH", "")
    text = told(3, capsys)
    assert "line 001 (001.wav): as dull as a telephone: it has 8 kHz\n" in text
    assert "line 002 (002.wav): it has 6 channels" in text
    assert "003.m4a needs ffmpeg, which is not installed\n  = help: install ffmpeg" in text
    assert "004.flac is longer than 10 minutes\n  = help: record one line per file" in text


def test_without_recordings_or_a_folder_or_a_list_it_is_told_what_to_do(
    folder: Path, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = told(66, capsys, "nowhere")
    assert "there is no folder nowhere" in text
    assert "sessions voices template NAME --voice recorded:nowhere" in text
    (in_folder / "empty").mkdir()
    assert "there is no recording in empty" in told(66, capsys, "empty")
    assert "there is no recording in empty" in told(66, capsys, "empty", "--script", "rust.md")
    (in_folder / "take.wav").write_bytes(b"")
    text = told(66, capsys, "take.wav")
    assert "'take.wav' is a file, not a folder\n" in text
    assert "sessions voices cut take.wav --script NAME --voice recorded:FOLDER" in text
    (folder / "lines.txt").unlink()
    text = told(0, capsys)
    assert "there is no lines.txt with lines in stem" in text
    assert "all fine" in text


@pytest.mark.listen
def test_words_that_are_heard_otherwise_are_told(
    in_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions.hearing.weights.at_hand", at_hand)
    texts = (
        "Let your shoulders become heavy and warm.",
        "The night is long, and the world is at rest.",
        "Feel the weight of the blanket on your hands.",
    )
    stem = in_folder / "stem"
    stem.mkdir()
    rows = [f"{number:03}  {text}" for number, text in enumerate(texts, start=1)]
    (stem / "lines.txt").write_text("\n".join(rows), encoding="utf-8")
    said = (texts[0], texts[2], "Feel the water of a basket in my garden tonight.")
    for number, (sound, rate_hz) in enumerate(spoken("hibari", Language.ENGLISH, said), start=1):
        soundfile.write(stem / f"{number:03}.wav", sound, rate_hz)
    document = found(1, capsys)
    assert document["listened"]
    messages = {
        row["line"]: [finding["message"] for finding in row["findings"]]
        for row in document["recordings"]
    }
    assert messages[1] == []
    assert messages[2] == ["a recognizer hears the words of line 003"]
    assert "for" in messages[3][0]
    assert found(0, capsys, "--no-listen")["fine"]
