"""One fault of a file has one exit code and the same words, whatever the file was for."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile

from sessions.cli import run

if TYPE_CHECKING:
    from collections.abc import Callable

DOORS = {
    "script": ("rust.md", ["check", "rust.md"]),
    "table": ("people.csv", ["check", "dag.md", "--rows", "people.csv"]),
    "voice": ("stem/1.wav", ["render", "kort.md", "--voice", "recorded:stem"]),
    "list of a voice": ("stem/lines.txt", ["render", "kort.md", "--voice", "recorded:stem"]),
    "bed": ("rain.wav", ["render", "kort.md", "--background", "rain"]),
    "phone's bed": ("rain.m4a", ["render", "kort.md", "--background", "rain.m4a"]),
    "one-shot": ("gong.wav", ["render", "slag.md"]),
    "verify": ("rain.wav", ["verify", "rain.wav"]),
}
"""Of each door: the file that is in trouble, and the command that reads it."""


@pytest.fixture
def folder(in_folder: Path) -> Path:
    (in_folder / "sessions.toml").write_text('voice = "tone"\n')
    for name, text in {
        "rust.md": "Rust.",
        "kort.md": "Rust.",
        "dag.md": "Dag {naam}.",
        "slag.md": "Rust. [klank gong]",
        "people.csv": "naam\nBo\n",
        "stem/lines.txt": "001  Rust.\n",
    }.items():
        (in_folder / name).parent.mkdir(exist_ok=True)
        (in_folder / name).write_text(text)
    noise = 0.1 * np.random.default_rng(1).standard_normal(3 * 44_100)
    for name in ("stem/1.wav", "rain.wav", "gong.wav"):
        soundfile.write(in_folder / name, noise, 44_100)
    (in_folder / "rain.m4a").write_bytes(b"")
    return in_folder


def failing(path: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system say an error of a file, as it would where it is opened."""
    right: Callable[..., Any] = Path.open

    def opened(self: Path, *args: Any, **options: Any) -> Any:
        if self.resolve() == path.resolve():
            raise OSError(number, os.strerror(number))
        return right(self, *args, **options)

    monkeypatch.setattr(Path, "open", opened)


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        (errno.EACCES, 77, "may not be read"),
        (errno.EIO, 74, "failed: input/output error"),
        (errno.ENOENT, 66, "there is no file"),
    ],
)
@pytest.mark.parametrize("door", DOORS)
def test_a_fault_has_one_exit_code_at_every_door(
    door: str,
    number: int,
    code: int,
    words: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name, command = DOORS[door]
    failing(folder / name, number, monkeypatch)
    assert run(command) == code
    told = capsys.readouterr().err
    assert words in told
    assert Path(name).name in told
    assert "= help: " in told


@pytest.mark.parametrize(
    ("door", "command", "code", "words"),
    [
        ("script", ["check", "{}"], 66, "there is no file '{}'"),
        ("table", ["check", "dag.md", "--rows", "{}"], 66, "there is no file '{}'"),
        ("verify", ["verify", "{}"], 66, "there is no file '{}'"),
        ("voice", ["render", "kort.md", "--voice", "recorded:{}"], 66, "there is no folder"),
        ("bed", ["render", "kort.md", "--background", "{}"], 65, "unknown sound '{}'"),
    ],
)
@pytest.mark.parametrize("name", ["nergens.md", "nergens/x.md"])
def test_a_file_that_is_not_there_is_told(
    door: str,
    name: str,
    command: list[str],
    code: int,
    words: str,
    folder: Path,  # noqa: ARG001
    capsys: pytest.CaptureFixture[str],
) -> None:
    if door == "bed":
        name = name.replace("/", "-")
    assert run([part.format(name) for part in command]) == code
    assert words.format(name) in capsys.readouterr().err


@pytest.mark.parametrize("name", ["nul\0.md", "lang" * 100 + ".md"])
@pytest.mark.parametrize("command", [["check"], ["check", "dag.md", "--rows"], ["verify"]])
def test_a_name_that_no_file_can_have_is_told(
    name: str,
    command: list[str],
    folder: Path,  # noqa: ARG001
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run([*command, name]) == 66
    told = capsys.readouterr().err
    assert "cannot be the name of a file" in told
    assert "\0" not in told


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["check", "stem/"], 65),
        (["check", "dag.md", "--rows", "stem"], 66),
        (["verify", "stem"], 66),
    ],
)
def test_a_folder_is_no_file(
    command: list[str],
    code: int,
    folder: Path,  # noqa: ARG001
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(command) == code
    told = capsys.readouterr().err
    assert "is a folder, not a" in told
    assert "name a file in it" in told


@pytest.mark.parametrize("door", ["voice", "bed", "one-shot"])
def test_a_folder_in_the_place_of_a_recording_is_none(door: str, folder: Path) -> None:
    name, command = DOORS[door]
    (folder / name).unlink()
    (folder / "rain.m4a").unlink()
    (folder / name).mkdir()
    assert run(command) == (66 if door == "voice" else 65)
