"""A recording of real speech, heard by the real listener, and cut; `make listen`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import soundfile

import sessions
from sessions.cli import run
from sessions.plan import lines
from sessions.script.model import Language
from sessions.settings import voices_folder
from sessions.voices.cast import voice_of
from sessions.voices.recorded.lines import read_list
from tests.voices.one_take import RATE_HZ, Studio, one_take

if TYPE_CHECKING:
    from pathlib import Path

    from tests.voices.one_take import OneTake

pytestmark = pytest.mark.listen

EDGE_SECONDS = 0.08


def recorded(folder: Path, voice: str, language: Language, name: str, first: int) -> OneTake:
    """Write a script of the first lines of another, and record it, with all that happens."""
    texts = list(dict.fromkeys(line.text for line in lines(sessions.load(name))))[:first]
    rows = "\n\n".join(texts)
    (folder / "mine.md").write_text(f"---\nlanguage: {language}\n---\n{rows}\n", encoding="utf-8")
    with voice_of(voice, language, voices_folder()).open() as speaker:
        studio = Studio(speaker, language)
        few = first // 4
        take = one_take(studio, texts, slips=few, repeats=2, left_out=1, coughs=2)
    soundfile.write(folder / "take.wav", take.samples, RATE_HZ)
    return take


def assert_right(folder: Path, take: OneTake) -> None:
    """See that each line is where it was said for the last time, and its file holds all of it."""
    numbers = read_list(folder / "me")
    rows = (folder / "me" / "cut take.txt").read_text(encoding="utf-8").splitlines()
    said = {row.split("\t")[2][:3]: row.split("\t")[:2] for row in rows}
    for text, truth in take.last().items():
        start, stop = map(float, said[f"{numbers[text]:03}"])
        assert start == pytest.approx(truth.start_seconds, abs=EDGE_SECONDS), text
        assert stop == pytest.approx(truth.stop_seconds, abs=EDGE_SECONDS), text
        length = soundfile.info(folder / "me" / f"{numbers[text]:03}.flac").duration
        assert stop - start + 0.1 < length < stop - start + 0.7, text
    files = {path.stem for path in (folder / "me").glob("*.flac")}
    assert files == {f"{number:03}" for text, number in numbers.items() if text in take.last()}


@pytest.mark.parametrize(
    ("voice", "language", "name", "first"),
    [
        ("hibari", Language.ENGLISH, "body-scan", 12),
        ("kokoro", Language.DUTCH, "bodyscan", 6),
    ],
)
def test_a_recording_with_slips_is_cut_into_its_lines(
    in_folder: Path,
    capsys: pytest.CaptureFixture[str],
    voice: str,
    language: Language,
    name: str,
    first: int,
) -> None:
    take = recorded(in_folder, voice, language, name, first)
    command = ["voices", "cut", "take.wav", "--script", "mine.md", "--voice", "recorded:me"]
    assert run(command) == 0
    told = capsys.readouterr().out
    assert f"{len(take.left_out)} not said" in told
    assert all(text in told for text in take.left_out)
    assert_right(in_folder, take)
    (in_folder / "other.md").write_text(
        f"---\nlanguage: {language}\n---\n"
        + "\n\n".join(line.text for line in lines(sessions.load(OTHERS[language])))
        + "\n",
        encoding="utf-8",
    )
    assert run([*command[:4], "other.md", "--voice", "recorded:another"]) == 65
    assert "lines of other.md were found" in capsys.readouterr().err
    assert not (in_folder / "another").exists()


OTHERS = {Language.ENGLISH: "affirmations", Language.DUTCH: "affirmaties"}
