"""The offline voice in its process."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sessions.cli import run
from sessions.errors import UnavailableError
from sessions.script.model import Language, Manner, Style
from sessions.voices.base import Line, Utterance
from sessions.voices.espeak import process
from sessions.voices.espeak import voice as espeak
from sessions.voices.espeak.voice import Espeak
from sessions.voices.finish import finish
from sessions.voices.polish import POLISHES

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

LINE = Line("Je schouders mogen zakken.", Style(Language.DUTCH))


def test_treble_is_softened() -> None:
    noise = np.random.default_rng(1).standard_normal(22_050 * 2).astype(np.float32)
    spectrum = np.abs(np.fft.rfft(espeak.softened(noise, 22_050, 2800.0))) ** 2
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
        os.kill(speaker.worker.process.pid, signal.SIGKILL)
        started = time.monotonic()
        with pytest.raises(UnavailableError, match="ended unexpectedly") as caught:
            speaker.speak(LINE)
    assert caught.value.exit_code == 69
    assert time.monotonic() - started < 5


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_worker_that_dies_while_it_speaks_is_an_error_too() -> None:
    long = Line("Adem in, adem uit. " * 3000, Style(Language.DUTCH))
    with Espeak().open() as speaker:
        threading.Timer(0.2, speaker.worker.process.kill).start()
        with pytest.raises(UnavailableError, match="ended unexpectedly"):
            speaker.speak(long)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_session_whose_worker_dies_ends_with_69(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "rust.md").write_text("Dit is nog nooit gezegd, en nu ook niet.\n", "utf-8")
    usual = process.start_worker

    def dying() -> subprocess.Popen[bytes]:
        worker = usual()
        worker.kill()
        return worker

    monkeypatch.setattr(process, "start_worker", dying)
    assert run(["render", "rust.md", "--voice", "espeak"]) == 69
    assert "espeak-ng ended unexpectedly" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_worker_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "LINE_TIMEOUT_SECONDS", 0.3)
    with Espeak().open() as speaker:
        os.kill(speaker.worker.process.pid, signal.SIGSTOP)
        with pytest.raises(UnavailableError, match="took too long"):
            speaker.speak(LINE)


def test_leaving_the_context_ends_the_worker() -> None:
    with Espeak().open() as speaker:
        worker = speaker.worker.process
        speaker.speak(LINE)
    assert worker.poll() is not None


def test_a_missing_wheel_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "espeakng_loader", None)
    with pytest.raises(UnavailableError) as caught, Espeak().open():
        pass
    assert "pip install espeakng-loader" in caught.value.remedy


TEXT = "Breng je aandacht naar je voeten, en voel hoe zwaar ze op het matras liggen."
STYLES = {
    "normal": Style(Language.DUTCH),
    "soft": Style(Language.DUTCH, Manner.SOFT),
    "whisper": Style(Language.DUTCH, Manner.WHISPER),
    "slow": Style(Language.DUTCH, slow=True),
}


@pytest.fixture(scope="module")
def spoken() -> dict[str, Utterance]:
    with Espeak().open() as speaker:
        return {name: speaker.speak(Line(TEXT, style)) for name, style in STYLES.items()}


def centroid_hz(utterance: Utterance) -> float:
    power = np.square(np.abs(np.fft.rfft(utterance.samples)))
    hz = np.fft.rfftfreq(len(utterance.samples), 1 / utterance.rate_hz)
    return float((power * hz).sum() / power.sum())


def harmonics_to_noise_db(utterance: Utterance) -> float:
    """The median over 40 ms frames, by autocorrelation (P. Boersma, 1993)."""
    rate_hz, count = utterance.rate_hz, round(0.04 * utterance.rate_hz)
    frames = utterance.samples[: len(utterance.samples) // count * count].reshape(-1, count)
    loud = np.square(frames).mean(axis=1)
    frames = frames[loud > 0.1 * loud.mean()] * np.hanning(count)
    lags = np.fft.irfft(np.square(np.abs(np.fft.rfft(frames, 2 * count))))[:, :count]
    window = np.fft.irfft(np.square(np.abs(np.fft.rfft(np.hanning(count), 2 * count))))[:count]
    periodic = lags / np.maximum(window, 1e-9) / (lags[:, :1] / window[0])
    best = periodic[:, rate_hz // 300 : rate_hz // 60].max(axis=1).clip(0.001, 0.999)
    return float(np.median(10 * np.log10(best / (1 - best))))


def test_manners_and_slow_are_really_different(spoken: dict[str, Utterance]) -> None:
    harmonics = {name: harmonics_to_noise_db(heard) for name, heard in spoken.items()}
    assert harmonics["normal"] > harmonics["soft"] + 2
    assert harmonics["soft"] > harmonics["whisper"] + 2
    assert harmonics["whisper"] < 1
    centroids = {name: centroid_hz(heard) for name, heard in spoken.items()}
    assert centroids["soft"] < 0.95 * centroids["normal"]
    assert centroids["whisper"] > 1.2 * centroids["normal"]
    assert centroids["whisper"] < 1900  # espeak's own whisper has 1977, and is harsh
    lengths = {name: len(heard.samples) for name, heard in spoken.items()}
    assert lengths["soft"] > 1.05 * lengths["normal"]
    assert lengths["whisper"] > 1.1 * lengths["normal"]
    assert lengths["slow"] > 1.12 * lengths["normal"]
    levels = {
        name: finish(heard, POLISHES["warm"], STYLES[name].manner).loudness_lufs
        for name, heard in spoken.items()
    }
    assert levels["soft"] < levels["normal"] - 1.5
    assert levels["whisper"] < levels["soft"] - 2
    assert levels["slow"] == pytest.approx(levels["normal"], abs=1.0)


@pytest.mark.parametrize("name", ["normal", "soft"])
def test_a_breathy_voice_is_understood(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from pystoi import stoi

    line = Line(TEXT, STYLES[name])
    timbre = espeak.MANNERS[line.style.manner]
    with Espeak().open() as speaker:
        breathy = speaker.speak(line)
        plain = {line.style.manner: replace(timbre, breath=0.0)}
        monkeypatch.setattr(espeak, "MANNERS", plain)
        without = speaker.speak(line)
    assert harmonics_to_noise_db(breathy) < harmonics_to_noise_db(without) - 3
    assert stoi(without.samples, breathy.samples, breathy.rate_hz) >= 0.9


def test_the_voice_is_our_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = espeak.voice_file(LINE.style).read_text(encoding="utf-8")
    with Espeak().open() as speaker:
        ours = speaker.speak(LINE)
    (tmp_path / "nl").write_text(text.replace("pitch 76 104", "pitch 150 200"), "utf-8")
    monkeypatch.setattr(process, "VOICE_FILES", tmp_path)
    with Espeak().open() as speaker:
        higher = speaker.speak(LINE)
        (tmp_path / "nl").unlink()
        with pytest.raises(UnavailableError, match="cannot read the voice"):
            speaker.speak(LINE)
    assert ours.samples.tobytes() != higher.samples.tobytes()


def test_a_path_that_espeak_would_cut_off_is_an_error(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 100) / ("b" * 100) / "nl"
    with pytest.raises(UnavailableError, match="too long"):
        process.near(deep, tmp_path)
