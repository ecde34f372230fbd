"""The voice that is always there: espeak-ng from a wheel, offline, the same samples every time.

Settings were chosen by measurement for calm: a voice file of our own per language, a slow rate, a
low and narrow pitch, a gap between words, a part of the buzz made into breath, and less treble.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sessions.errors import UnavailableError
from sessions.script.model import Manner
from sessions.voices.base import Kind, Origin, Utterance, Word, refuse_detail, version_of
from sessions.voices.espeak.breath import breathy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sessions.script.model import Style
    from sessions.units import Audio
    from sessions.voices.base import Choice, Line

LINE_TIMEOUT_SECONDS = 30.0
"""Far beyond the longest line: at 500 times real time, 30 s of work is four hours of speech."""
MOST_PATH_BYTES = 130
"""Of the path to espeak-ng's data, from our voice files; its own limit is 160 with more behind."""
VOICE_FILES = Path(__file__).with_name("voices")

CALM = {"rate": 118, "pitch": 34, "range": 32, "word_gap": 2, "volume": 85}
SLOW_RATE = 98


@dataclass(frozen=True, slots=True)
class Timbre:
    """How a manner sounds: a factor of the rate, the share of breath, and less treble.

    `breath` is the part of the power that is breath instead of buzz, above `breath_from_hz`; above
    `treble_hz` a first-order roll-off takes the edge off what is left of the buzz.
    """

    rate: float
    breath: float
    breath_from_hz: float
    treble_hz: float


MANNERS: Mapping[Manner, Timbre] = {
    Manner.NORMAL: Timbre(1.0, 0.10, 0.0, 2800.0),
    Manner.SOFT: Timbre(0.92, 0.22, 0.0, 1800.0),
    Manner.WHISPER: Timbre(0.86, 1.0, 350.0, 3500.0),
}


@dataclass(frozen=True, slots=True)
class Espeak:
    """espeak-ng, each opened speaker in a worker process of its own."""

    name: str = "espeak"
    sends_to: str = ""

    def identity(self, style: Style) -> dict[str, str | int | float]:
        """Return engine version, parameters and filter: all that shapes the sound."""
        return {
            "engine": f"espeakng-loader {version_of('espeakng-loader')}",
            "voice_file": hashlib.sha256(voice_file(style).read_bytes()).hexdigest(),
            "timbre": repr(MANNERS[style.manner]),
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
            name = voice_file(line.style).name
            header, pcm = self._ask({"text": text, "voice_file": name, **parameters(line.style)})
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
        rate_hz, timbre = header["rate_hz"], MANNERS[line.style.manner]
        sound = breathy(sound, rate_hz, timbre.breath, timbre.breath_from_hz)
        return Utterance(softened(sound, rate_hz, timbre.treble_hz), rate_hz, words)

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
    return {**CALM, "rate": round(rate * style.rate * MANNERS[style.manner].rate)}


def voice_file(style: Style) -> Path:
    """Return the file of the voice that speaks a style's language."""
    return VOICE_FILES / style.language


def near(path: Path, folder: Path) -> str:
    """Return a path from a folder, or the whole of it where that is shorter or the only one."""
    whole = str(path)
    try:
        place = min(os.path.relpath(path, folder), whole, key=len)
    except ValueError:  # another drive
        place = whole
    if len(os.fsencode(place)) > MOST_PATH_BYTES:
        raise UnavailableError(
            f"espeak-ng cannot open {whole}: its path is too long",
            "install guided-sessions into a folder with a shorter path",
        )
    return place


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
    program = Path(__file__).with_name("worker.py")
    return subprocess.Popen(
        [
            *(sys.executable, "-I", str(program), str(library)),
            *(str(VOICE_FILES), near(data.parent, VOICE_FILES)),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def softened(sound: Audio, rate_hz: int, corner_hz: float) -> Audio:
    """Return the sound through a first-order low-pass."""
    from scipy.signal import butter, sosfilt  # noqa: PLC0415 -- 0.7 s that a warm cache saves

    sections = butter(1, corner_hz, fs=rate_hz, output="sos")
    filtered: Audio = sosfilt(sections, sound).astype(np.float32)
    return filtered


def make(choice: Choice) -> Espeak:
    """Return the voice; there is but one."""
    refuse_detail(choice, "espeak")
    return Espeak()


KIND = Kind(
    make,
    what="always there, private, and audibly a machine",
    licence="GPL-3.0-or-later (espeak-ng)",
    origin=Origin.COMPUTED,
    size="20 MB",
    robotic=True,
    at_hand=lambda _search: "espeak",
)
