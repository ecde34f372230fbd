"""The commands as a person uses them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sessions.cli import run

SCRIPT = "# Eerst\nGa liggen. [pauze 3s..30s] Adem uit.\n\n# Dan\n[bel] Klaar. [pauze 4s]\n"


@pytest.fixture
def folder(tone_folder: Path) -> Path:
    (tone_folder / "eigen.md").write_text(SCRIPT)
    return tone_folder


def test_python_dash_m_is_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sessions", "--version"], check=True, capture_output=True
    )
    assert done.stdout.decode().startswith("sessions, version ")


def test_a_mistyped_command_is_answered_with_a_guess(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rendr", "bodyscan"]) == 2
    assert "Did you mean 'render'?" in capsys.readouterr().err


def test_list_shows_both_languages_and_filters(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list"]) == 0
    everything = capsys.readouterr().out
    assert "bodyscan" in everything
    assert "body-scan" in everything
    assert run(["list", "--language", "en", "--category", "body-scan", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["name"], row["language"], row["technique"]) == ("body-scan", "en", "body-scan")


def test_show_writes_nothing_and_tells_the_plan(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(folder.iterdir())
    assert run(["show", "eigen.md", "--minutes", "0.9"]) == 0
    text = capsys.readouterr().out
    assert sorted(folder.iterdir()) == before
    assert "0:54 (" in text
    assert "# Dan" in text
    assert "elastic" in text
    assert run(["show", "eigen.md", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["length_samples"] == document["cues"][-1]["stop_samples"] + 20 * 44_100
    assert document["voice"] == "tone"


@pytest.mark.usefixtures("folder")
def test_the_picture_has_the_loudness_that_the_file_will_have(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["show", "eigen.md", "--picture", "--background", "brown"]) == 0
    rows = capsys.readouterr().out.splitlines()
    curve = [row[5:].ljust(74) for row in rows if re.match(r" -\d\d ", row)]
    assert len(curve) == 6
    assert run(["render", "eigen.md", "--background", "brown", "--json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)
    high = [
        max((6 - row for row in range(6) if curve[row][at] != " "), default=0) for at in range(74)
    ]
    speech = next(cue for cue in report["cues"] if cue["kind"] == "speech")
    at = int(speech["start_samples"] * 74 / report["length_samples"])
    assert high[at + 1] >= 5
    assert high[-1] < high[-12] < 6
    assert any(row.startswith(" bed brown ") for row in rows)


def test_show_foretells_that_a_podcast_has_too_few_words_and_what_would_help(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "stil.md").write_text("---\nloudness: podcast\n---\nDag. [pauze 50s] Dag.\n")
    assert run(["show", "stil.md"]) == 0
    (told,) = [row for row in capsys.readouterr().out.splitlines() if "softer than" in row]
    assert re.fullmatch(
        r"all of it will be (-\d\d\.\d) LUFS, softer than a podcast's \(\d+% is speech\): few "
        r"words, .* make the whole soft: shorter pauses and more plain words help",
        told,
    )
    assert run(["render", "stil.md", "--json"]) == 0
    out, err = capsys.readouterr()
    (report,) = json.loads(out)
    assert float(told.split()[5]) == pytest.approx(report["loudness_lufs"], abs=0.3)
    assert "warning: loudness: " in err
    assert report["voice_lufs"] == pytest.approx(-16.5, abs=1)
    (folder / "vol.md").write_text("---\nloudness: podcast\n---\n" + "Dag, jij daar. " * 9)
    for how in (["vol.md"], ["stil.md", "--loudness", "bedtime"]):
        assert run(["show", *how]) == 0
        assert "softer than" not in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_an_estimate_is_drawn_without_a_curve(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "eigen.md", "--estimate", "--picture"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0] == "Eerst"
    assert not [row for row in rows if re.match(r" -\d\d ", row)]


@pytest.mark.usefixtures("folder")
def test_a_bed_at_its_usual_level_goes_by_its_name_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["show", "eigen.md", "--background", "brown, sea -3 dB", "--estimate"]) == 0
    assert "background brown, sea -3 dB\n" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_language_asks_for_the_translation(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "buikademhaling", "--language", "en", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Ten Breaths from the Belly"


@pytest.mark.usefixtures("folder")
def test_render_writes_all_files_and_names_the_audio(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", "eigen.md"]) == 0
    out, err = capsys.readouterr()
    assert out.strip() == str(Path("output/eigen.mp3"))
    assert "rendered: 0:41" in err
    suffixes = [".chapters.json", ".json", ".mp3", ".svg", ".txt", ".vtt"]
    assert sorted(os.listdir("output")) == [f"eigen{suffix}" for suffix in suffixes]
    assert run(["render", "eigen.md"]) == 0
    assert "up to date" in capsys.readouterr().err
    assert run(["render", "eigen.md", "--force", "--json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)
    assert report["audio"]["bytes"] == Path("output/eigen.mp3").stat().st_size


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("flag", "wrong", "right"),
    [
        ("--bed", "many", "-12 LU"),
        ("--descend", "30 dB", "6 dB"),
        ("--settle", "120%", "50%"),
        ("--rise", "2 LU", "10 LU"),
        ("--tail", "soon", "10s"),
        ("--background", "none, sea", "none"),
        ("--minutes", "long", "1"),
    ],
)
def test_a_wrong_value_is_told_with_the_flag_as_it_was_written(
    flag: str, wrong: str, right: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["render", "eigen.md", flag, wrong, "--quiet"]) == 2
    assert re.search(rf"(?m)^Error: {flag}[: ]", capsys.readouterr().err)
    assert run(["render", "eigen.md", flag, right, "--quiet"]) == 0


@pytest.mark.usefixtures("folder")
def test_the_bound_on_rises_has_a_flag(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", "eigen.md", "--rise", "9", "--json", "--quiet"]) == 0
    (report,) = json.loads(capsys.readouterr().out)
    assert report["settings"]["rise_lu"] == 9.0
    (rise,) = [line for line in report["verified"]["lines"] if line["name"] == "largest rise"]
    assert rise["high"] == 9.0


def test_stems_that_a_render_leaves_behind_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stems = Path("output/eigen.stems")
    assert run(["render", "eigen.md", "--stems"]) == 0
    assert str(stems) not in capsys.readouterr().err
    before = (stems / "labels.txt").read_bytes()
    (folder / "eigen.md").write_text(SCRIPT.replace("Klaar", "Goed zo"))
    assert run(["render", "eigen.md"]) == 0
    assert f"note: {stems} is of an earlier render; --stems" in capsys.readouterr().err
    assert (stems / "labels.txt").read_bytes() == before
    assert run(["render", "eigen.md", "--stems"]) == 0
    assert str(stems) not in capsys.readouterr().err
    assert b"Goed zo" in (stems / "labels.txt").read_bytes()


@pytest.mark.usefixtures("folder")
def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", "eigen.md", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_batch_goes_on_after_a_failure_and_exits_3(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "fout.md").write_text("Adem [paus 4s] in.\n")
    assert run(["render", "fout.md", "missing.md", "eigen.md", "--output", "out"]) == 3
    out, err = capsys.readouterr()
    assert out.strip() == str(Path("out/eigen.mp3"))
    assert "unknown directive 'paus'" in err
    assert "missing.md" in err


def test_two_scripts_of_one_name_do_not_overwrite_each_other(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "b").mkdir()
    (folder / "b" / "eigen.md").write_text(SCRIPT)
    assert run(["render", "eigen.md", "b/eigen.md"]) == 2
    assert "eigen" in capsys.readouterr().err
    assert not (folder / "output").exists()


def test_check_finds_problems_with_their_places(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "fout.md").write_text("Rust.\nAdem in [paus 4s].\n")
    assert run(["check", "fout.md"]) == 65
    assert "--> fout.md:2:" in capsys.readouterr().err
    assert run(["check", "fout.md", "eigen.md", "--json"]) == 65
    row, warning = json.loads(capsys.readouterr().out)
    assert (row["severity"], row["line"]) == ("error", 2)
    assert row["remedy"] == "did you mean `[pause 4s]`?"
    assert (warning["severity"], warning["code"], warning["line"]) == ("warning", "W02", 2)
    assert run(["check", "eigen.md"]) == 0
    out, err = capsys.readouterr()
    assert out == "1 script: 1 warning\n"
    assert "warning[W02]: a silence of up to 30 s" in err
    assert run(["check"]) == 0
    assert "8 scripts: no problems found" in capsys.readouterr().out


def test_cache_tells_and_clears(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SESSIONS_CACHE_DIR", str(folder / "cache"))
    assert run(["show", "eigen.md"]) == 0
    capsys.readouterr()
    assert run(["cache", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["clips"] == 3
    assert run(["cache", "clear"]) == 0
    assert capsys.readouterr().out.startswith("3 clips")
    assert run(["cache"]) == 0
    assert capsys.readouterr().out.startswith("0 clips")


@pytest.mark.usefixtures("folder")
def test_progress_is_for_terminals_only() -> None:
    command = [sys.executable, "-m", "sessions", "render", "eigen.md"]
    done = subprocess.run(command, check=True, capture_output=True)
    assert b"\x1b" not in done.stdout + done.stderr
    assert b"mixing" not in done.stderr


@pytest.mark.usefixtures("folder")
def test_shell_completion_offers_names() -> None:
    environment = {
        **os.environ,
        "_SESSIONS_COMPLETE": "bash_complete",
        "COMP_WORDS": "sessions render body",
        "COMP_CWORD": "2",
    }
    command = [sys.executable, "-c", "from sessions.cli import main; main()"]
    done = subprocess.run(command, check=True, capture_output=True, env=environment)
    assert {"plain,bodyscan", "plain,body-scan"} <= set(done.stdout.decode().split())


def test_a_warning_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--explain", "w07"]) == 0
    assert capsys.readouterr().out.startswith("W07: bell at night\n\nA bell")
    assert run(["check", "--explain", "W99"]) == 2
    assert "W01  long sentence" in capsys.readouterr().err


def test_values_are_set_from_the_command_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "dag.md").write_text("Dag {naam}.\n")
    assert run(["show", "dag.md", "--set", "naam=Anna van Dam"]) == 0
    assert "Dag Anna van Dam." in capsys.readouterr().out
    assert run(["render", "dag.md"]) == 65
    assert "--set naam=..." in capsys.readouterr().err
    for wrong in ("naam", "n m=x", "naam=\x1b"):
        assert run(["check", "dag.md", "--set", wrong]) == 2
    assert run(["check", "dag.md", "--set", "naam=Anna"]) == 0


@pytest.mark.parametrize("command", ["show", "check", "render"])
def test_a_value_that_no_text_says_is_refused_with_a_guess(
    folder: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "dag.md").write_text("Dag{naam?, {naam}}. [include deel plek=hier]\n")
    (folder / "deel.md").write_text("Je bent {plek}{wie?, {wie}}.\n")
    assert run([command, "dag.md", "--set", "nam=Anna"]) == 2
    assert "--set nam: the script says no such value: did you mean `naam`?" in (
        capsys.readouterr().err
    )
    assert run([command, "dag.md", "--set", "plek=daar"]) == 2  # the include says which it is
    assert not (folder / "output").exists()
    assert run([command, "dag.md", "--set", "naam=Anna", "--set", "wie=Bo"]) == 0


@pytest.mark.usefixtures("folder")
def test_of_several_scripts_one_must_say_the_value(capsys: pytest.CaptureFixture[str]) -> None:
    Path("dag.md").write_text("Dag{naam?, {naam}}.\n")
    assert run(["check", "dag.md", "eigen.md", "--set", "naam=Anna"]) == 0
    assert run(["check", "dag.md", "eigen.md", "--set", "plek=hier"]) == 2
    assert "the scripts say no such value: its values are: naam" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["nl", "en"])
def test_new_writes_a_script_that_renders_without_a_warning(
    folder: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", "mijn-avond", "--language", language]) == 0
    assert capsys.readouterr().out == "mijn-avond.md\n"
    assert run(["check", "mijn-avond.md"]) == 0
    assert "no problems found" in capsys.readouterr().out
    before = (folder / "mijn-avond.md").read_bytes()
    assert run(["new", "mijn-avond"]) == 73
    assert (folder / "mijn-avond.md").read_bytes() == before


def test_new_takes_over_a_text_and_lists_what_it_could_not(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "oud.txt").write_text("Welkom. (pauze 5 seconden)\n[zachte muziek]\nSlaap zacht.\n")
    assert run(["new", "nieuw", "--from", "oud.txt"]) == 0
    out, err = capsys.readouterr()
    assert out == "nieuw.md\n"
    assert "--> oud.txt:2:1" in err
    assert "[pauze 5s]" in (folder / "nieuw.md").read_text()
    assert run(["new", "anders", "--from", "er-niet.txt"]) == 66
    assert not (folder / "anders.md").exists()


@pytest.mark.catalogue
def test_an_estimate_speaks_nothing_and_comes_near(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as empty:
        empty.setenv("SESSIONS_CACHE_DIR", str(folder / "cache"))
        assert run(["show", "bodyscan", "--voice", "espeak", "--estimate", "--json"]) == 0
    guess = json.loads(capsys.readouterr().out)
    assert guess["estimate"] is True
    assert not (folder / "cache").exists()
    assert run(["show", "bodyscan", "--voice", "espeak", "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert plan["estimated_shortest_seconds"] == guess["shortest_seconds"]
    assert abs(guess["shortest_seconds"] / plan["shortest_seconds"] - 1) < 0.03
    assert run(["show", "bodyscan", "--voice", "espeak"]) == 0
    text = capsys.readouterr().out
    assert "[pause 4.0 s] ██\n" in text
    assert "elastic] ▒▒▒▒" in text
    assert re.search(r"at least \([+-][012]\.\d%\)", text)
