"""What tests share: a cache of their own, and real decoders."""

from __future__ import annotations

import os
import socket
import subprocess
from typing import TYPE_CHECKING, Any

import hypothesis
import numpy as np
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.units import Audio


# The same examples in every run: a change breaks a test, chance does not. To look further, set
# HYPOTHESIS_PROFILE=explore. Without deadlines, because a busy machine is no fault of the code.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.register_profile("explore", derandomize=False, deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One clip cache for the whole run: never the person's own, shared by all workers."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = shared / "clip-cache"
    os.environ["SESSIONS_CACHE_DIR"] = str(folder)
    return folder


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            assert address[0] in {"127.0.0.1", "::1", "localhost"}, f"network: {address}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, with no settings of the person's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def run_tool(*command: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run a program that must succeed."""
    return subprocess.run([str(part) for part in command], check=True, capture_output=True)


def decoded_by_ffmpeg(path: Path, channels: int = 2) -> Audio:
    """Return a file's samples as ffmpeg gives them; a warning of it is a failure."""
    done = run_tool("ffmpeg", "-v", "warning", "-i", path, "-map", "0:a", "-f", "f32le", "-")
    assert done.stderr == b""
    return np.frombuffer(done.stdout, np.float32).reshape(-1, channels)


def decoded_by_mpg123(path: Path) -> Audio:
    """Return a file's samples as mpg123 gives them; a warning of it is a failure."""
    done = run_tool("mpg123", "-q", "-s", "-e", "s16", path)
    assert done.stderr == b""
    return np.frombuffer(done.stdout, np.int16).reshape(-1, 2).astype(np.float32) / 32768.0
