"""What goes wrong, and how it is told: place, what, remedy, exit code, nothing left behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from sessions.cli import run

if TYPE_CHECKING:
    from pathlib import Path

BOMB = (
    "---\na: &a [x, x, x, x, x, x, x, x, x]\n"
    + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8)
    )
    + "---\nRust.\n"
)
GOOD = "Ga liggen. [pauze 3s] Adem uit.\n"


@pytest.fixture
def folder(tone_folder: Path) -> Path:
    (tone_folder / "config").mkdir()
    (tone_folder / "goed.md").write_text(GOOD)
    return tone_folder


SCRIPTS = {
    "empty": (b"", 65, "nothing to speak"),
    "only pauses": (b"[pause 5s]\n\n[pause 3s]\n", 65, "nothing to speak"),
    "binary": (bytes(range(256)) * 8, 65, "not text"),
    "not utf-8": ("Eén".encode("latin-1"), 65, "UTF-8"),
    "front matter is a list": (b"---\n- a\n- b\n---\nRust.\n", 65, "front matter"),
    "yaml bomb": (BOMB.encode(), 65, "anchor or alias"),
    "unknown key": (
        b"---\ntitel: x\nbackgruond: brown\n---\nRust.\n",
        65,
        "unknown key 'backgruond'",
    ),
    "unclosed front matter": (b"---\ntitle: x\nRust.\n", 65, "never closed"),
    "unknown directive": (b"Rust. [paus 4s]\n", 65, "unknown directive 'paus'"),
    "unclosed directive": (b"Rust. [pauze 4s\n", 65, "["),
    "negative pause": (b"Rust. [pauze -4s]\n", 65, "-4s"),
    "zero pause": (b"Rust. [pauze 0s]\n", 65, "longer than 0"),
    "huge pause": (b"Rust. [pauze 99999999999s]\n", 65, "60 min"),
    "no number": (b"Rust. [pauze lang]\n", 65, "lang"),
    "unknown sound": (b"---\nbackground: [browm]\n---\nRust.\n", 65, "unknown sound 'browm'"),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_bad_script_is_a_clear_error(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, code, words = SCRIPTS[name]
    (folder / "bad.md").write_bytes(data)
    assert run(["render", "bad.md"]) == code
    error = capsys.readouterr().err
    assert words in error
    assert error.startswith("error: ")
    assert "  = help: " in error
    assert "Traceback" not in error
    assert "bad.md" in error
    assert not list(folder.glob("output/*"))


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["render", "missing.md"], 66, "there is no file"),
        (["render", "bodyscam"], 66, "did you mean `bodyscan`?"),
        (["render", "config/"], 65, "folder"),
        (["render"], 2, "Missing argument"),
        (["render", "goed.md", "--minutes", "0.1"], 65, "all but its words takes 0:29"),
        (["render", "bodyscan", "--minutes", "2"], 65, "with its words it takes about"),
        (["render", "bodyscan", "--minutes", "300"], 65, "is possible"),
        (
            ["render", "goed.md", "--minutes", "soon"],
            2,
            "--minutes = 'soon': 'soon' is not a length of time",
        ),
        (
            ["render", "goed.md", "--voice", "nobody"],
            78,
            "choose one of: auto, hibari, piper, google",
        ),
        (["render", "goed.md", "--background", "browm"], 65, "did you mean 'brown'?"),
        (["render", "goed.md", "--background", "brown 99 dB"], 2, "--background"),
        (["render", "goed.md", "--bitrate", "100"], 2, "'100'"),
        (["render", "goed.md", "--loudness", "loud"], 2, "`bedtime`, `podcast`"),
        (["render", "goed.md", "--output", "goed.md/x"], 73, "choose another folder with --output"),
        (["show", "goed.md", "--jobs", "many"], 2, "--jobs = 'many': 'many' is not a number"),
    ],
)
def test_a_bad_request_is_a_clear_error(
    arguments: list[str], code: int, words: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == code
    error = capsys.readouterr().err
    assert words in error
    assert "Traceback" not in error
    assert not list(folder.glob("output/*"))


def started(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start the real command in its own process group, and wait until it writes."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sessions", *arguments],
        cwd=folder,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 30
    while not list(folder.glob("output/.sessions-*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.2)
    return process


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_leaves_nothing_and_exits_130(folder: Path, number: signal.Signals) -> None:
    (folder / "lang.md").write_text("Rust. [pauze 50m]\n\nSlaap. [pauze 50m]\n" * 6)
    process = started(folder, "render", "lang.md", "--voice", "espeak")
    os.killpg(process.pid, number)
    _, error = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"Traceback" not in error
    assert b"interrupted" in error
    assert os.listdir(folder / "output") == []
    with pytest.raises(ProcessLookupError):  # no worker of the group is left either
        os.killpg(process.pid, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_FSIZE stands in for a full disk")
def test_a_full_disk_is_74_and_leaves_nothing(folder: Path) -> None:
    limited = (
        "import resource, signal, sys\n"
        "from sessions.cli import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "main(['render', 'goed.md'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 74
    assert b"no room to write" in done.stderr
    assert os.listdir(folder / "output") == []


def test_many_problems_are_told_at_once_and_at_most_twenty(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.md").write_text("Rust. [paus 4s]\n\n" * 30)
    assert run(["check", "bad.md"]) == 65
    assert capsys.readouterr().err.count("error: unknown directive") == 20


EVERYTHING = """---
titel: Avond {wie}
stem: espaek
---
Welkom {naam}. [klank white]
[vak nul] Dag. [einde]
[include losllaten]
[achtergrond regn]
[stem onbekend: Hallo daar.]
[vak 5s]
# Kop
[einde]
[herhaal 3]
Klaar.
"""
WRONG = [
    ("2:14", "the value 'wie' has no text"),
    ("3:7", "unknown voice 'espaek'"),
    ("5:8", "the value 'naam' has no text"),
    ("5:16", "unknown sound 'white'"),
    ("6:1", "a slot has one length, longer than 0"),
    ("7:1", "there is no script 'losllaten' to include"),
    ("8:1", "unknown sound 'regn'"),
    ("9:1", "unknown voice 'onbekend'"),
    ("11:1", "a heading cannot be in a slot"),
    ("13:1", "this is never ended"),
]


def test_all_that_is_wrong_is_told_at_once_whoever_finds_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.md").write_text(EVERYTHING, encoding="utf-8")
    assert run(["check", "bad.md"]) == 65
    told = capsys.readouterr().err
    found = re.findall(r"error: (.*)\n *--> bad.md:([0-9:]+)\n", told)
    assert [(place, message) for message, place in found] == WRONG
    assert told.count("= help: ") == told.count("^\n") == len(WRONG)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\nstem: espaek\n---\nRust.", "2:7"),
        ("Dag.\n[stem espaek]\nRust.\n[einde]", "2:1"),
        ("Dag.\n[stem espaek]\n[include kind]\n[einde]", "2:1"),
        ("Dag. [stem espaek: [adem in 3 uit 3 tel mee]]", "1:6"),
    ],
)
@pytest.mark.parametrize("command", ["check", "show", "render"])
def test_a_voice_that_there_is_not_is_pointed_at(
    folder: Path, command: str, text: str, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.md").write_text(text, encoding="utf-8")
    (folder / "kind.md").write_text("Ik hou van espaek.", encoding="utf-8")
    assert run([command, "bad.md"]) == 65
    told = capsys.readouterr().err
    assert f"--> bad.md:{place}\n" in told
    assert "unknown voice 'espaek'" in told
    assert "did you mean 'espeak'?" in told
    assert "^^^^^^" in told


def test_a_line_without_a_sound_is_pointed_at(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "dag.md").write_text("Hallo daar.\n\n\ua78c\n", encoding="utf-8")
    assert run(["render", "dag.md", "--voice", "espeak"]) == 65
    told = capsys.readouterr().err
    assert "the voice 'espeak' has no sound for" in told
    assert "--> dag.md:3:1\n" in told
    assert not list(folder.glob("output/*.mp3"))


def test_a_voice_by_flag_makes_up_for_the_one_that_a_script_names(folder: Path) -> None:
    (folder / "dag.md").write_text("---\nstem: espaek\n---\nRust.", encoding="utf-8")
    assert run(["show", "dag.md", "--voice", "tone"]) == 0


@pytest.mark.parametrize(
    ("minutes", "says"), [("1", "takes about"), ("2.9", "is possible"), ("400", "always")]
)
def test_a_length_that_a_script_asks_for_is_pointed_at(
    folder: Path, minutes: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pause = "[pauze 90s..120s]" if says != "always" else "[pauze 90s]"
    text = f"---\nminuten: {minutes}\nstem: tone\n---\nStil. {pause}"
    (folder / "dag.md").write_text(text, encoding="utf-8")
    assert run(["render", "dag.md"]) == 65
    told = capsys.readouterr().err
    assert says in told
    assert "--> dag.md:2:10\n" in told
    assert "`minutes:`" in told
    assert "--minutes" not in told


@pytest.mark.parametrize(
    ("front", "says"),
    [
        ("totaal: 10s", "cannot be 0:10 long in all"),
        ("uitloop: 13h", "would be at least 13:0"),
        ("totaal: 13h", "would be at least 13:00:00 long"),
    ],
)
def test_a_whole_length_that_a_script_asks_for_is_pointed_at(
    folder: Path, front: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "dag.md").write_text(f"---\nstem: tone\n{front}\n---\nStil.", encoding="utf-8")
    assert run(["render", "dag.md"]) == 65
    told = capsys.readouterr().err
    assert says in told
    assert f"--> dag.md:3:{front.index(':') + 3}\n" in told
    assert "--t" not in told


def test_what_cannot_be_read_makes_no_value_seem_to_be_missing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "dag.md").write_text("---\nvalues: {naam: Bo, 1x: y}\n---\nDag {naam}.")
    assert run(["check", "dag.md"]) == 65
    told = capsys.readouterr().err
    assert told.count("error: ") == 1
    assert "'1x' cannot be the name of a value" in told


def test_what_was_misread_is_told_beside_a_limit_that_is_passed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "[paus 2s]\n[herhaal 1000]\n[herhaal 1000]\nx\n[einde]\n[einde]"
    (folder / "dag.md").write_text(text, encoding="utf-8")
    assert run(["check", "dag.md"]) == 65
    told = capsys.readouterr().err
    assert "unknown directive 'paus'" in told
    assert "more than 20000 parts" in told


def test_a_sound_that_is_missing_in_a_repeat_is_told_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "[herhaal 30]\n[klank gnog] a {naam} [stem espaek: b]\n[einde]"
    (folder / "dag.md").write_text(text, encoding="utf-8")
    assert run(["check", "dag.md"]) == 65
    assert capsys.readouterr().err.count("error: ") == 3


def test_control_characters_never_reach_the_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.md").write_bytes(b"Rust \x1b[31m [paus\x07 4s]\n")
    assert run(["check", "bad.md"]) == 65
    error = capsys.readouterr().err
    assert "\x1b" not in error
    assert "\x07" not in error


@pytest.mark.parametrize("command", ["check", "show", "render"])
def test_a_bed_is_no_sound_that_is_struck(
    in_folder: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "dag.md").write_text("Dag. [klank white] Rust.", encoding="utf-8")
    assert run([command, "dag.md"]) == 65
    told = capsys.readouterr().err
    assert "unknown sound 'white'" in told
    assert "dag.md:1:" in told
    assert "choose one of: bell" in told


@pytest.mark.parametrize(
    ("line", "arguments", "told"),
    [
        (
            "pace = 3",
            ["show", "goed.md", "--pace", "slow"],
            "sessions.toml: pace = 3: '3' is none of",
        ),
        (
            "voice = 3",
            ["render", "goed.md", "--voice", "tone"],
            "sessions.toml: voice = 3: it must be",
        ),
        (f"jobs = {10**400}", ["show", "goed.md"], "it must be a whole number from 0 to 256"),
        ('output = "a\\u0000b"', ["render", "goed.md"], "a control character"),
        ("minutes = 90m", ["show", "goed.md"], "stand in quotes"),
        ('tail = "2h"', ["show", "goed.md"], "did you mean 'tail_seconds'?"),
    ],
)
def test_a_fault_of_a_settings_file_is_told_as_one_whatever_flags_are_given(
    folder: Path, line: str, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "sessions.toml").write_text(f"{line}\n", encoding="utf-8")
    assert run(arguments) == 78
    error = capsys.readouterr().err
    assert told in error
    assert "sessions.toml" in error
    assert "--pace" not in error


@pytest.mark.usefixtures("folder")
def test_an_output_that_cannot_be_is_refused_before_a_line_is_spoken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sessions.render.speak_all", lambda *_: pytest.fail("spoken"))
    assert run(["render", "goed.md", "--output", "goed.md/x"]) == 73
