"""What tests share: a cache of their own, and real decoders."""

from __future__ import annotations

import os
import socket
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from sessions.storage.caches import Caches
    from sessions.units import Audio


# The same examples in every run: a change breaks a test, chance does not. To look further, set
# HYPOTHESIS_PROFILE=explore.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.register_profile("explore", derandomize=False, deadline=None, max_examples=2000)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "steady")
hypothesis.settings.load_profile(PROFILE)


def few(examples: int) -> hypothesis.settings:
    """Return settings of a slow property: so many examples, but all of them when exploring."""
    return (
        hypothesis.settings() if PROFILE != "steady" else hypothesis.settings(max_examples=examples)
    )


ROOT = Path(__file__).resolve().parents[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest tests, so that no worker ends with them while the others wait."""
    items.sort(key=lambda item: item.path.name != "test_catalogue.py")


@pytest.fixture(scope="session", autouse=True)
def same_code() -> None:
    """Let programs that tests start import what the tests import, wherever they are started."""
    paths = (str(ROOT), os.environ.get("PYTHONPATH"))
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One clip cache for the whole run: never the person's own, shared by all workers."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = shared / "clip-cache"
    os.environ["SESSIONS_CACHE_DIR"] = str(folder)
    return folder


@pytest.fixture
def fresh_cache(
    cache_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Caches]:
    """Begin with a new cache, which has a name: only the computed beds are in it already."""

    def begin(name: str) -> Caches:
        from sessions.sounds.store import computed
        from sessions.storage.caches import Caches

        computed("brown", Caches(cache_folder).beds)
        for path in cache_folder.glob("beds/*/*.bed"):
            link = tmp_path / name / path.relative_to(cache_folder)
            link.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # another worker renewed it just now
                link.hardlink_to(path)
        monkeypatch.setenv("SESSIONS_CACHE_DIR", str(tmp_path / name))
        return Caches(tmp_path / name)

    return begin


@pytest.fixture
def without_natural(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the extra `natural` not be there, whatever is installed."""
    from dataclasses import replace

    from sessions.voices import VOICES
    from sessions.voices.base import never_at_hand

    kind = VOICES["kokoro"]
    absent = replace(
        kind, missing=lambda: "it is hidden", at_hand=never_at_hand, suggest=lambda _language: ""
    )
    monkeypatch.setitem(VOICES, "kokoro", absent)


@pytest.fixture(autouse=True)
def espeak_is_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `auto` choose no neural voice: tests that are not about one need not wait for it."""
    from dataclasses import replace

    from sessions.voices import VOICES
    from sessions.voices.base import never_at_hand, nothing_to_suggest

    for name in ("hibari", "kokoro"):
        hidden = replace(VOICES[name], at_hand=never_at_hand, suggest=nothing_to_suggest)
        monkeypatch.setitem(VOICES, name, hidden)


@pytest.fixture(autouse=True)
def nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `voices try` hear nothing back, whether or not the extra `listen` is installed."""
    monkeypatch.setattr("sessions.hearing.weights.at_hand", lambda: False)


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
