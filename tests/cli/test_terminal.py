"""What a person sees on a terminal, where bars of progress come and go."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no pty")

SCRIPT = "---\ntitle: Een avond\n---\n# Eerst\nGa liggen. [pauze 9s]\n# Dan\nKlaar. [pauze 9s]\n"


@pytest.fixture
def folder(tone_folder: Path) -> Path:
    (tone_folder / "eigen.md").write_text(SCRIPT)
    return tone_folder


def on_a_terminal(*arguments: str) -> list[str]:
    """Run a command on a terminal, and return its lines as they stand in the end."""
    import pty

    screen, terminal = pty.openpty()
    command = [sys.executable, "-m", "sessions", *arguments]
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "80", "PYTHONUTF8": "1"}
    with subprocess.Popen(command, stdout=terminal, stderr=terminal, env=environment) as process:
        os.close(terminal)
        parts = []
        while part := read(screen):
            parts.append(part)
    os.close(screen)
    assert process.returncode == 0
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", b"".join(parts).decode())
    # what follows a return is written over what stood before it
    return [line.rpartition("\r")[2] for line in text.split("\r\n")]


def read(screen: int) -> bytes:
    """Return what is shown next; a terminal that nobody holds any more is an error on Linux."""
    try:
        return os.read(screen, 1 << 16)
    except OSError:
        return b""


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("how", [(), ("--picture",)])
def test_what_is_shown_begins_on_a_line_of_its_own_after_the_progress(how: tuple[str, ...]) -> None:
    rows = on_a_terminal("show", "eigen.md", *how)
    assert not [row for row in rows if "Een avond" in row and row != "Een avond"]
    bars = [index for index, row in enumerate(rows) if "━" in row]
    assert bars
    assert max(bars) < max(i for i, row in enumerate(rows) if row == "Een avond")


@pytest.mark.usefixtures("folder")
def test_a_terminal_that_has_all_characters_gets_the_picture_in_them() -> None:
    rows = on_a_terminal("show", "eigen.md", "--picture")
    assert any(re.search("█+─+", row) for row in rows)
    assert any(row.startswith(" -10 ") for row in rows)
    assert any(re.match(" bed brown [▁-▆]*▆▆", row) for row in rows)
