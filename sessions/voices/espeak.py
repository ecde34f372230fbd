"""The voice that is always there: espeak-ng from a wheel, offline, the same samples every time.

Settings were chosen by measurement for calm: a slow rate, a low and narrow pitch, a gap between
words, and less treble, where its buzz lives.
"""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sessions.errors import UnavailableError
from sessions.script.model import Language, Manner
from sessions.voices.base import Kind, Utterance, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.script.model import Style
    from sessions.units import Audio
    from sessions.voices.base import Line

LINE_TIMEOUT_SECONDS = 30.0
"""Far beyond the longest line: at 500 times real time, 30 s of work is four hours of speech."""
TREBLE_CORNER_HZ = 2800.0
"""Above this, a first-order roll-off takes the edge off the synthetic buzz."""

LANGUAGES = {Language.DUTCH: "nl", Language.ENGLISH: "en-gb"}
CALM = {"rate": 118, "pitch": 34, "range": 32, "word_gap": 2, "volume": 85}
SLOW_RATE = 98
MANNERS = {Manner.NORMAL: 1.0, Manner.SOFT: 0.9, Manner.WHISPER: 0.85}
"""Rate factor of each manner; their timbre belongs to the polish of a later chain."""


@dataclass(frozen=True, slots=True)
class Espeak:
    """espeak-ng, each opened speaker in a worker process of its own."""

    name: str = "espeak"
    sends_to: str = ""

    def identity(self, style: Style) -> dict[str, str | int | float]:
        """Return engine version, parameters and filter: all that shapes the sound."""
        return {
            "engine": f"espeakng-loader {importlib.metadata.version('espeakng-loader')}",
            "treble_hz": TREBLE_CORNER_HZ,
            **parameters(style),
        }

    @contextmanager
    def open(self) -> Iterator[EspeakSpeaker]:
        """Start a worker; it ends with the context, or with this process."""
        speaker = EspeakSpeaker(start_worker())
        try:
            yield speaker
        finally:
            speaker.close()


@dataclass(slots=True)
class EspeakSpeaker:
    """The parent's side of one worker."""

    worker: subprocess.Popen[bytes]
    overdue: bool = field(default=False)

    def speak(self, line: Line) -> Utterance:
        """Speak one line; a worker that hangs is ended after 30 s."""
        text = line.normalized
        timer = threading.Timer(LINE_TIMEOUT_SECONDS, self._expire)
        timer.start()
        try:
            header, pcm = self._ask({"text": text, **parameters(line.style)})
        except (OSError, ValueError) as error:
            why = "took too long" if self.overdue else "ended unexpectedly"
            raise UnavailableError(
                f"espeak-ng {why} at {text[:60]!r}", "try again; if it stays, report the line"
            ) from error
        finally:
            timer.cancel()
        if "error" in header:
            raise UnavailableError(str(header["error"]), "reinstall espeakng-loader")
        words = tuple(Word(text[at : at + n], sample) for at, n, sample in header["words"])
        sound = np.frombuffer(pcm, np.int16).astype(np.float32) / 32768.0
        return Utterance(softened(sound, header["rate_hz"]), header["rate_hz"], words)

    def close(self) -> None:
        """End the worker."""
        if self.worker.stdin:
            with suppress(BrokenPipeError):  # of a worker that is gone already
                self.worker.stdin.close()
        try:
            self.worker.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self.worker.kill()
            self.worker.wait()
        if self.worker.stdout:
            self.worker.stdout.close()

    def _ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        stdin, stdout = self.worker.stdin, self.worker.stdout
        if stdin is None or stdout is None:
            raise ValueError("the worker has no pipes")
        stdin.write(json.dumps(request).encode() + b"\n")
        stdin.flush()
        header: dict[str, Any] = json.loads(stdout.readline())
        size = 2 * int(header.get("samples", 0))
        pcm = stdout.read(size)
        if len(pcm) != size:
            raise ValueError("the answer was cut short")
        return header, pcm

    def _expire(self) -> None:
        self.overdue = True
        self.worker.kill()


def parameters(style: Style) -> dict[str, str | int | float]:
    """Return espeak's parameters for a style."""
    rate = SLOW_RATE if style.slow else CALM["rate"]
    return {
        **CALM,
        "language": LANGUAGES[style.language],
        "rate": round(rate * style.rate * MANNERS[style.manner]),
    }


def start_worker() -> subprocess.Popen[bytes]:
    """Start a worker process on the library of the espeakng-loader wheel."""
    try:
        import espeakng_loader  # noqa: PLC0415 -- 20 MB that only this voice needs

        library = Path(espeakng_loader.get_library_path())
        data = Path(espeakng_loader.get_data_path())
    except (ImportError, RuntimeError) as error:
        raise UnavailableError(
            "espeak-ng is not installed", "pip install espeakng-loader"
        ) from error
    program = Path(__file__).with_name("espeak_worker.py")
    return subprocess.Popen(
        [sys.executable, "-I", str(program), str(library), str(data.parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def softened(sound: Audio, rate_hz: int) -> Audio:
    """Return the sound through a first-order low-pass at `TREBLE_CORNER_HZ`."""
    from scipy.signal import butter, sosfilt  # noqa: PLC0415 -- 0.7 s that a warm cache saves

    sections = butter(1, TREBLE_CORNER_HZ, fs=rate_hz, output="sos")
    filtered: Audio = sosfilt(sections, sound).astype(np.float32)
    return filtered


KIND = Kind(
    lambda _choice: Espeak(),
    what="always there, private, and audibly a machine",
    licence="GPL-3.0-or-later (espeak-ng)",
)
