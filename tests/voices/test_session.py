"""Whole sessions by a service that breaks, from script to finished file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile

from sessions.cli import run
from sessions.script.model import Language, Style
from sessions.storage.caches import Caches
from sessions.units import SAMPLE_RATE_HZ
from sessions.voices import VOICES
from sessions.voices.base import Line
from sessions.voices.cache import ClipCache, clip_key
from sessions.voices.google import voice as google
from sessions.voices.google.patience import Gate
from sessions.voices.google.voice import Google
from tests.voices.speech_service import pitch_hz, seconds
from tests.voices.test_google import QUICK, heard_hz

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.units import Audio
    from tests.voices.speech_service import Service

LINES = 40
FRAME_SAMPLES = 882
"""20 ms, the shortest gap that is looked for."""
LEAST_LEVEL = 0.003
"""RMS of a line in the finished file, the first ones made softer and all: well over silence."""
LEAST_SHARE = 0.4
"""Of a line's level, what each 20 ms of it must have."""


@pytest.fixture
def folder(in_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with a cache of its own, and a Google voice of little patience."""
    monkeypatch.setenv("SESSIONS_CACHE_DIR", str(in_folder / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(in_folder / "data"))
    patience = replace(QUICK, silent_seconds=0.25, reply_seconds=0.25)
    quick = replace(google.KIND, make=lambda _choice: Google("com", Gate(patience)))
    monkeypatch.setitem(VOICES, "google", quick)
    return in_folder


def rendered(folder: Path, count: int) -> tuple[list[dict[str, Any]], Audio]:
    """Render a session of so many lines, again and again until it is done: its cues and sound."""
    lines = "\n\n".join(f"zin {number}" for number in range(count))
    head = "---\nbackground: none\nfade in: 0\n---\n"
    (folder / "lang.md").write_text(head + lines, encoding="utf-8")
    asked = ["render", "lang.md", "--voice", "google", "--polish", "plain", "--pace", "plain"]
    codes = [run(asked)]
    while codes[-1] != 0:
        assert codes[-1] == 75
        assert len(codes) < 40
        codes.append(run(asked))
    report = json.loads((folder / "output" / "lang.json").read_text(encoding="utf-8"))
    sound, rate_hz = soundfile.read(folder / "output" / "lang.mp3", dtype="float32")
    assert rate_hz == SAMPLE_RATE_HZ
    assert len(sound) == report["length_samples"]
    return [cue for cue in report["cues"] if cue["kind"] == "speech"], sound[:, 0]


def wrong_lines(cues: list[dict[str, Any]], sound: Audio) -> list[str]:
    """Return the lines that are not heard all through, at their own pitch and length."""
    wrong = []
    for cue in cues:
        said = sound[cue["start_samples"] : cue["stop_samples"]]
        frames = said[: len(said) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
        levels = np.sqrt(np.square(frames[1:-1]).mean(axis=1))
        off_hz = heard_hz(said, SAMPLE_RATE_HZ) - pitch_hz(cue["text"])
        off_seconds = len(said) / SAMPLE_RATE_HZ - seconds(cue["text"])
        gap = levels.min() < max(LEAST_LEVEL, LEAST_SHARE * float(np.median(levels)))
        if gap or abs(off_hz) > 9 or abs(off_seconds) > 0.15:
            wrong.append(cue["text"])
    return wrong


def test_a_session_of_a_service_that_breaks_sounds_all_through(
    folder: Path, service: Service
) -> None:
    service.broken_share = 0.3
    cues, sound = rendered(folder, LINES)
    assert [cue["text"] for cue in cues] == [f"zin {number}" for number in range(LINES)]
    assert wrong_lines(cues, sound) == []
    assert service.asked.total() > 1.2 * LINES


def test_a_gap_in_a_line_is_found() -> None:
    """The measure of the test above: it must see what it is there to see."""
    time_s = np.arange(round(seconds("zin 1") * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    right = (0.1 * np.sin(2 * np.pi * pitch_hz("zin 1") * time_s)).astype(np.float32)
    cue = {"text": "zin 1", "start_samples": 0, "stop_samples": len(right)}
    gap = right.copy()
    gap[5000:7000] = 0.0
    other = {**cue, "text": "zin 2"}
    assert wrong_lines([cue], right) == []
    assert wrong_lines([cue], gap) == ["zin 1"]
    assert wrong_lines([other], right) == ["zin 2"]


def started(folder: Path) -> subprocess.Popen[bytes]:
    """Start a process that has to speak all lines of a script, and plans it."""
    command = [sys.executable, "-m", "sessions", "show", "samen.md", "--voice", "google", "--json"]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE)


@pytest.fixture
def texts(folder: Path) -> list[str]:
    found = [f"Samen {number}." for number in range(12)]
    head = "---\nlanguage: nl\n---\n"
    (folder / "samen.md").write_text(head + "\n\n".join(found), encoding="utf-8")
    return found


def test_processes_that_begin_cold_make_one_request_per_clip(
    folder: Path, service: Service, texts: list[str]
) -> None:
    processes = [started(folder) for _ in range(5)]
    plans = {process.communicate(timeout=120)[0] for process in processes}
    assert [process.returncode for process in processes] == [0] * 5
    assert len(plans) == 1
    assert dict(service.asked) == dict.fromkeys(texts, 1)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_run_that_waits_for_the_service_ends_at_once_when_interrupted(
    folder: Path, service: Service, texts: list[str]
) -> None:
    service.fault = "429 for half a minute"
    process = started(folder)
    while service.asked.total() < 2 < len(texts) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    begun = time.monotonic()
    process.communicate(timeout=25)
    assert process.returncode == 130
    assert time.monotonic() - begun < 8


def test_what_was_spoken_before_a_run_was_killed_is_not_fetched_again(
    folder: Path, service: Service, texts: list[str]
) -> None:
    right = service.fault_for
    pending = threading.Event()

    def slowly(text: str) -> str:
        pending.wait(0.03)
        return right(text)

    service.fault_for = slowly  # type: ignore[method-assign]
    cache = ClipCache(Caches(folder / "cache").clips)
    keys = {text: clip_key(Google(), Line(text, Style(Language.DUTCH)), "warm") for text in texts}

    def kept() -> dict[str, int]:
        return {text: service.asked[text] for text, key in keys.items() if cache.info(key)}

    before: list[dict[str, int]] = []
    for least in (2, 7):
        process = started(folder)
        deadline = time.monotonic() + 60
        while service.served.total() < least and time.monotonic() < deadline:
            time.sleep(0.002)
        process.kill()
        process.communicate()
        before.append(kept())
    last = started(folder)
    last.communicate(timeout=60)
    assert last.returncode == 0
    assert 0 < len(before[-1]) < len(texts)
    assert len(kept()) == len(texts)
    for earlier in before:
        assert {text: service.asked[text] for text in earlier} == earlier
