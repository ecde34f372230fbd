"""Hibari: natural English, in every manner, and only ever the model that was published."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sessions.errors import UnavailableError
from sessions.script.model import Language, Manner, Style
from sessions.units import SAMPLE_RATE_HZ
from sessions.voices.base import Line
from sessions.voices.finish import finish
from sessions.voices.hibari import voice as hibari
from sessions.voices.hibari.voice import Hibari

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sessions.units import Audio
    from sessions.voices.base import Clip

LINES = (
    "Let your shoulders grow heavy, and let the breath come and go by itself.",
    "If a thought comes, that is all right; let it pass like a cloud.",
    "There is nothing to solve tonight.",
)


def clip(text: str, **style: object) -> Clip:
    with Hibari().open() as speaker:
        return finish(speaker.speak(Line(text, Style(Language.ENGLISH, **style))))  # type: ignore[arg-type]


@pytest.fixture
def unloaded() -> Iterator[None]:
    hibari._engine.cache_clear()
    yield
    hibari._engine.cache_clear()


def test_it_speaks_at_a_pace_to_follow_lying_down() -> None:
    spoken = [clip(line) for line in LINES]
    minutes = sum(len(one.samples) for one in spoken) / SAMPLE_RATE_HZ / 60
    assert 105 <= sum(len(line.split()) for line in LINES) / minutes <= 125
    slow = [clip(line, slow=True) for line in LINES]
    assert sum(len(one.samples) for one in slow) > 1.12 * sum(len(one.samples) for one in spoken)


def voicing(sound: Audio) -> float:
    """Return how much a sound is like itself a pitch period later, 1 for all of it."""
    frames = sound[: len(sound) // 1764 * 1764].reshape(-1, 1764)
    loud = frames[np.square(frames).mean(axis=1) > np.square(sound).mean()]
    best = []
    for frame in loud:
        own = np.correlate(frame, frame, "full")[len(frame) - 1 :]
        best.append(own[110:500].max() / own[0])  # 400 down to 88 Hz
    return float(np.median(best))


def treble_db(sound: Audio) -> float:
    """Return how much weaker a sound is above 2 kHz than in all."""
    power = np.square(np.abs(np.fft.rfft(sound)))
    high = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE_HZ) > 2000
    return float(10 * np.log10(power[high].sum() / power.sum()))


def test_a_whisper_has_no_voice_in_it_and_soft_has_less_effort() -> None:
    plain, soft, whisper = (clip(LINES[0], manner=manner).samples for manner in Manner)
    assert voicing(plain) > 0.8
    assert voicing(soft) > 0.6
    assert voicing(whisper) < 0.5
    assert treble_db(soft) < treble_db(plain) - 3


@pytest.mark.parametrize(
    "text",
    [
        "Rest.",
        "Hmm",
        " ".join(LINES * 4),
        "let it all go " * 40,
        "At 7:30, 3.5 km from here, it is 18 °C.",
        "Adem rustig in en uit.",
        "Good night. Sleep well, Dr. Brown.",
    ],
)
def test_whatever_can_be_said_is_heard(text: str) -> None:
    assert 0.3 < len(clip(text).samples) / SAMPLE_RATE_HZ < 0.25 * len(text) + 1


@pytest.mark.parametrize("text", ["?!", "…", "♪"])
def test_what_cannot_be_said_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="silent"):
        clip(text)


def test_another_process_makes_the_same_samples() -> None:
    with Hibari().open() as speaker:
        here = speaker.speak(Line(LINES[0], Style(Language.ENGLISH))).samples
    program = (
        "import hashlib; from sessions.script.model import *\n"
        "from sessions.voices.base import Line; from sessions.voices.hibari.voice import Hibari\n"
        "with Hibari().open() as one:\n"
        f"    sound = one.speak(Line({LINES[0]!r}, Style(Language.ENGLISH))).samples\n"
        "print(hashlib.sha256(sound.tobytes()).hexdigest())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert ran.stdout.strip() == hashlib.sha256(here.tobytes()).hexdigest()


@pytest.mark.usefixtures("unloaded")
@pytest.mark.parametrize("file", ["hibari.onnx", "vocab.json", "lexicon_us_gold.json.gz"])
def test_only_the_models_that_were_published_speak(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = tmp_path / "assets"
    shutil.copytree(hibari.folder_of_models(), models)
    monkeypatch.setattr(hibari, "folder_of_models", lambda: models)
    data = bytearray((models / file).read_bytes())
    data[len(data) // 2] ^= 1
    (models / file).write_bytes(data)
    with (
        pytest.raises(UnavailableError, match="not as it was published") as caught,
        Hibari().open(),
    ):
        pass
    assert "--force-reinstall 'guided-sessions[natural]'" in caught.value.remedy
    (models / file).unlink()
    with pytest.raises(UnavailableError, match="not as it was pub"), Hibari().open():
        pass
    shutil.rmtree(models)
    with pytest.raises(UnavailableError, match="cannot be read"), Hibari().open():
        pass


@pytest.mark.usefixtures("unloaded")
@pytest.mark.parametrize(
    ("found", "version", "why"),
    [(None, "none", "is not installed"), (object(), "0.3.0", "0.3.0 is installed, not 0.2.1")],
)
def test_a_package_that_is_not_there_or_another_is_told(
    found: object, version: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: found)
    monkeypatch.setattr(hibari, "version_of", lambda _name: version)
    with pytest.raises(UnavailableError, match=why) as caught, Hibari().open():
        pass
    assert caught.value.remedy == "pip install 'guided-sessions[natural]'"


def test_nothing_of_it_is_imported_before_it_speaks() -> None:
    program = (
        "import sys; from sessions.cli import run; run(['voices', 'list'])\n"
        "sys.exit(bool({'hibari', 'onnxruntime', 'piper'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL)
