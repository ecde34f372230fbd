"""Personal versions from a table."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

import sessions
from sessions.batch.rows import RowsError, read_rows
from sessions.batch.versions import Version, render_version, silent
from sessions.cli import run
from sessions.sounds.recorded import RecordedBed
from sessions.verify.alike import Memory, stamp
from sessions.verify.measure import measure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sessions.output import Written
    from sessions.render import Notice
    from sessions.storage.caches import Caches

SCRIPT = """---
values: {naam: "", plek: hier}
---
Ga rustig liggen. [pauze 20s] [vak 4s] {naam?Dag {naam}.} Je bent {plek}. [einde]
Dat was het voor nu. [pauze 5s]
"""


@pytest.fixture
def script(in_folder: Path) -> Path:
    path = in_folder / "groet.md"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def render(*more: str) -> int:
    return run(["render", "groet.md", "--voice", "tone", "--rows", "mensen.csv", *more])


def table(folder: Path, text: str) -> None:
    (folder / "mensen.csv").write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("script")
def test_each_row_is_a_version_with_files_of_its_own(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table(in_folder, "\ufeffnaam;plek\n\nÇélia de Groot;thuis\nAn;daar\nBart;\n")
    assert render("--jobs", "1") == 0
    names = [f"output/groet-{name}.mp3" for name in ("celia-de-groot", "an", "bart")]
    assert capsys.readouterr().out.split() == names
    said = [(in_folder / name).with_suffix(".txt").read_text(encoding="utf-8") for name in names]
    assert "Dag Çélia de Groot." in said[0]
    assert "Je bent thuis." in said[0]
    assert "Dag An." in said[1]
    reports = [json.loads((in_folder / name).with_suffix(".json").read_text()) for name in names]
    assert len({report["length_samples"] for report in reports}) == 1
    for name, report in zip(names, reports, strict=True):
        whole = measure(in_folder / name)
        assert report["loudness_lufs"] == pytest.approx(whole.integrated_lufs, abs=0.02)
        assert report["true_peak_dbtp"] == pytest.approx(whole.true_peak_dbtp, abs=0.02)
        assert report["verified"]["passed"]


@pytest.mark.usefixtures("script")
def test_processes_change_no_byte_and_a_row_that_fails_stops_no_other(
    in_folder: Path,
    capsys: pytest.CaptureFixture[str],
    fresh_cache: Callable[[str], Caches],
) -> None:
    table(in_folder, f"naam,file\nAnna,a\n{'lang ' * 12},b\nBart,c\n")
    assert render("--jobs", "2", "--output", "two") == 3
    told = capsys.readouterr()
    assert told.out.split() == ["two/groet-a.mp3", "two/groet-c.mp3"]
    assert "mensen.csv:3: b" in told.err
    assert "this slot of 4 s" in told.err
    fresh_cache("cold")  # else the second run would copy what the first one made
    assert render("--jobs", "1", "--output", "one", "--json") == 3
    assert len(json.loads(capsys.readouterr().out)) == 2
    for name in ("groet-a.mp3", "groet-a.json", "groet-c.mp3", "groet-c.svg"):
        assert (in_folder / "one" / name).read_bytes() == (in_folder / "two" / name).read_bytes()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no rows"),
        ("naam\n", "has no rows"),
        ("naam,naam\na,b\n", "two with one"),
        ("naam,\na,b\n", "without a name"),
        ("naam,plek\nAnna\n", ":2:1: 1 value for 2 columns"),
        ('naam\n"Anna\nBob\n', ":2:1: not a row of CSV: unexpected end"),
        ("naam\nAnna\nänna\n", "writes the same files \\('anna'\\) as line 2"),
        ("naam,plek\n!!,thuis\n", "nothing to name its files by"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RowsError, match=message):
        read_rows(path)


@pytest.mark.usefixtures("script")
def test_bad_tables_end_with_the_right_code_and_write_nothing(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert render() == 66
    table(in_folder, "nam\nAnna\n")
    assert render() == 65
    assert "did you mean `naam`?" in capsys.readouterr().err
    (in_folder / "mensen.csv").write_bytes(b"naam\n\xff\xfe\n")
    assert render() == 65
    assert render("--stems") == 2
    assert not (in_folder / "output").exists()


def test_all_bad_rows_are_told_with_their_lines_and_nothing_is_begun(
    script: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table(script.parent, f"file,naam\na,Anna\nb,{'x' * 301}\nc\na,Bo\n!,Cas\nd,Dirk\n")
    assert render() == 65
    told = capsys.readouterr().err
    assert re.findall(r"error: (.*)\n *--> mensen.csv:([0-9]+):1\n", told) == [
        ("the value 'naam' has more than 300 characters", "3"),
        ("1 value for 2 columns", "4"),
        ("writes the same files ('a') as line 2", "5"),
        ("nothing to name its files by", "6"),
    ]
    assert not (script.parent / "output").exists()


def test_a_column_that_no_text_says_is_pointed_at(
    script: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table(script.parent, "\nnaam,plaats\nAnna,hier\n")
    assert render() == 65
    told = capsys.readouterr().err
    assert "--> mensen.csv:2:6\n" in told
    assert "its values are: naam, plek" in told
    assert not (script.parent / "output").exists()


def test_a_column_is_pointed_at_as_a_whole_word(
    script: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table(script.parent, "naam,eerste plek\n" + "Anna,hier\n" * 25)
    assert render() == 65
    told = capsys.readouterr().err
    assert told.count("error: ") == 1
    assert "--> mensen.csv:1:6\n" in told
    script.write_text("Dag {voornaam}.", encoding="utf-8")
    table(script.parent, "voornaam,naam\nAnna,Bo\n")
    assert render() == 65
    assert "--> mensen.csv:1:10\n" in capsys.readouterr().err


def test_a_version_is_heard_against_the_one_before_it(script: Path) -> None:
    memory = Memory()
    for name in ("Anna", "Bart"):
        text = sessions.load(script, values={"naam": name})
        folder = script.parent / name
        chosen = sessions.resolve({"output": folder, "voice": "tone"}, text.meta)
        with sessions.prepared(text, chosen) as episode:
            audio = sessions.write(episode, memory=memory).audio
        assert memory.last
        assert (memory.last.path, memory.last.stamp) == (audio, stamp(audio))


def test_files_are_named_by_the_first_letters_of_a_long_value(script: Path) -> None:
    table(script.parent, "naam\nMaria Johanna Wilhelmina van der Verdenstraat\n")
    assert [row.name for row in read_rows(script.parent / "mensen.csv").rows] == [
        "maria-johanna-wilhelmina-van-der-verdens"
    ]


def check(*more: str) -> int:
    return run(["check", "groet.md", "--rows", "mensen.csv", *more])


def test_check_tells_once_what_is_wrong_in_several_versions_and_the_most_that_a_slot_needs(
    script: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table(script.parent, f"naam\nAn\nb{'lang ' * 8}\nc{'lang ' * 12}\nd{'lang ' * 9}\n")
    assert check() == 0
    told = capsys.readouterr()
    assert told.out == "4 versions: 1 warning\n"
    assert told.err.count("warning[W11]") == 1
    assert "= in 3 of 4 versions: mensen.csv:3, 4, 5\n" in told.err
    assert check("--set", "plek=x") == 0
    capsys.readouterr()
    assert check("--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["code"], row["rows"]) == ("W11", [3, 4, 5])
    lasts = re.search(r"lasts ([0-9.]+) s", row["message"])
    table(script.parent, f"naam\nc{'lang ' * 12}\n")
    assert check("--json") == 0
    assert lasts
    assert lasts[0] in json.loads(capsys.readouterr().out)[0]["message"]


def test_the_longest_words_of_a_slot_are_told_also_where_it_comes_again(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "kind.md").write_text("[vak 1s] {a} [einde]", encoding="utf-8")
    text = '[herhaal 3]\n[include kind a="Dag lieve {naam}."]\n[einde]\n'
    text += '[include kind a="Dag lieve {naam}, daar ben je."]\n[include kind a="Ja {naam}."]'
    (in_folder / "groet.md").write_text(text, encoding="utf-8")
    table(in_folder, "naam\nAnna\nBart\n")
    assert check("--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["rows"] == [2, 3]
    assert run(["check", "groet.md", "--set", "naam=Bart", "--json"]) == 0
    (alone,) = json.loads(capsys.readouterr().out)
    assert alone["message"] == row["message"]
    (in_folder / "kind.md").write_text("[vak 2,3s] {a} [einde]", encoding="utf-8")
    assert check("--json") == 0
    assert json.loads(capsys.readouterr().out), "only the longest of them needs more"


def test_check_tells_what_is_wrong_with_the_table_or_some_rows(
    script: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script.write_text("Dag {naam}.", encoding="utf-8")
    table(script.parent, "naam,file\nAn,a\n,b\n,c\n")
    assert check() == 65
    told = capsys.readouterr().err
    assert told.count("error: ") == 1
    assert "= in 2 of 3 versions: mensen.csv:3, 4" in told
    table(script.parent, "naam,weer\nAn,mooi\n")
    assert check() == 65
    assert "--> mensen.csv:1:6" in capsys.readouterr().err
    table(script.parent, "naam\n")
    assert check("--json") == 65
    assert json.loads(capsys.readouterr().out)[0]["path"] == "mensen.csv"
    assert run(["check", "--rows", "mensen.csv"]) == 2


def test_a_value_of_set_that_no_text_says_is_refused(
    script: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table(script.parent, "naam\nAnna\n")
    assert render("--set", "nam=x") == 2
    assert "the script says no such value" in capsys.readouterr().err


@pytest.mark.usefixtures("script")
def test_a_process_that_ends_is_told_for_each_row_that_it_took_along(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table(in_folder, "naam\nAnna\nBart\nCarla\nDirk\n")
    monkeypatch.setattr("sessions.batch.versions.render_version", made_or_dead)
    assert render("--jobs", "2") == 3
    told = capsys.readouterr().err
    assert "mensen.csv:3: bart" in told
    assert "mensen.csv:5: dirk" in told
    assert "a process that renders has ended" in told
    assert (in_folder / "output" / "groet-anna.mp3").is_file()


def made_or_dead(version: Version, threads: int, notice: Notice = silent) -> Written:
    """Render the first row, and end the process of any other."""
    if multiprocessing.parent_process() is not None:
        os._exit(9)
    return render_version(version, threads, notice)


def test_check_finds_what_cannot_be_in_a_slot(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "groet.md").write_text("Dag. [vak 3s] [achtergrond sea] [einde]\n")
    assert run(["check", "groet.md"]) == 65
    told = capsys.readouterr().err
    assert "`[achtergrond]` cannot be in a slot" in told
    assert "groet.md:1:15" in told
    assert "`[einde]`" in told


def test_versions_over_a_recording_share_what_was_decoded_of_it(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = np.random.default_rng(1).normal(0, 0.05, (30 * 44_100, 2))
    soundfile.write(in_folder / "regen.wav", noise, 44_100)
    (in_folder / "groet.md").write_text("---\nachtergrond: [regen]\n---\n{naam} [pauze 9s]\n")
    table(in_folder, "naam\nAnna\nBart\nCarla\n")
    decoded: list[Path] = []
    of_file = RecordedBed.of_file

    def counted(path: Path) -> RecordedBed:
        decoded.append(path)
        return of_file(path)

    monkeypatch.setattr(RecordedBed, "of_file", counted)
    assert render("--jobs", "1") == 0
    assert len(decoded) == 1
    for name in ("anna", "bart", "carla"):
        heard = measure(in_folder / f"output/groet-{name}.mp3")
        # Hardly a word, so it is the bed that is heard, and where it fades.
        assert heard.integrated_lufs == pytest.approx(-20 - 12, abs=2)
        assert heard.silence_seconds == 0


def test_versions_come_in_the_order_of_their_rows(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "groet.md").write_text("{naam} is er. [pauze 2s]\n", encoding="utf-8")
    names = ["anna", "bart", "carla", "dirk", "eva", "finn", "gijs"]
    table(in_folder, "\n".join(["naam", *names]) + "\n")
    assert render("--jobs", "2", "--format", "wav") == 0
    assert capsys.readouterr().out.split() == [f"output/groet-{name}.wav" for name in names]
