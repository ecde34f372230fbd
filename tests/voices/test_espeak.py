"""The offline voice in its process."""

from __future__ import annotations

import os
import signal
import time

import numpy as np
import pytest

from sessions.errors import UnavailableError
from sessions.script.model import Language, Style
from sessions.voices import espeak
from sessions.voices.base import Line
from sessions.voices.espeak import Espeak

LINE = Line("Je schouders mogen zakken.", Style(Language.DUTCH))


def test_treble_is_softened() -> None:
    noise = np.random.default_rng(1).standard_normal(22_050 * 2).astype(np.float32)
    spectrum = np.abs(np.fft.rfft(espeak.softened(noise, 22_050))) ** 2
    hz = np.fft.rfftfreq(len(noise), 1 / 22_050)
    low = spectrum[(hz > 200) & (hz < 600)].mean()
    high = spectrum[(hz > 5_000) & (hz < 6_000)].mean()
    assert 10 * np.log10(high / low) < -5


def test_speech_is_calm() -> None:
    text = "Misschien lig je al in bed, en sta je vanbinnen nog aan. Dat is goed te begrijpen."
    with Espeak().open() as speaker:
        utterance = speaker.speak(Line(text, Style(Language.DUTCH)))
    words_a_minute = len(text.split()) / (len(utterance.samples) / utterance.rate_hz) * 60
    assert 85 < words_a_minute < 150


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_worker_that_dies_is_an_error_and_not_a_hang() -> None:
    with Espeak().open() as speaker:
        speaker.speak(LINE)
        os.kill(speaker.worker.pid, signal.SIGKILL)
        started = time.monotonic()
        with pytest.raises(UnavailableError, match="ended unexpectedly") as caught:
            speaker.speak(LINE)
    assert caught.value.exit_code == 69
    assert time.monotonic() - started < 5


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_worker_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "LINE_TIMEOUT_SECONDS", 0.3)
    with Espeak().open() as speaker:
        os.kill(speaker.worker.pid, signal.SIGSTOP)
        with pytest.raises(UnavailableError, match="took too long"):
            speaker.speak(LINE)


def test_leaving_the_context_ends_the_worker() -> None:
    with Espeak().open() as speaker:
        worker = speaker.worker
        speaker.speak(LINE)
    assert worker.poll() is not None


def test_a_missing_wheel_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "espeakng_loader", None)
    with pytest.raises(UnavailableError) as caught, Espeak().open():
        pass
    assert "pip install espeakng-loader" in caught.value.remedy
