"""The parent's side of espeak-ng's worker process: it is started, asked, and ended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sessions.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LINE_TIMEOUT_SECONDS = 30.0
"""Far beyond the longest line: at 500 times real time, 30 s of work is four hours of speech."""
MOST_PATH_BYTES = 130
"""Of the path to espeak-ng's data, from our voice files; its own limit is 160 with more behind."""
VOICE_FILES = Path(__file__).with_name("voices")


@dataclass(slots=True)
class Worker:
    """A process that speaks lines, or tells their sounds. Used by one thread at a time."""

    process: subprocess.Popen[bytes]
    overdue: bool = field(default=False)

    def ask(self, request: Mapping[str, Any], text: str) -> tuple[dict[str, Any], bytes]:
        """Return the header and the samples of an answer; one that hangs is ended after 30 s.

        Raises
        ------
        UnavailableError
            The worker is gone, took too long, or failed at `text`.
        """
        timer = threading.Timer(LINE_TIMEOUT_SECONDS, self._expire)
        timer.start()
        try:
            header, pcm = self._exchange(request)
        except (OSError, ValueError) as error:
            why = "took too long" if self.overdue else "ended unexpectedly"
            raise UnavailableError(
                f"espeak-ng {why} at {text[:60]!r}", "try again; if it stays, report the line"
            ) from error
        finally:
            timer.cancel()
        if "error" in header:
            raise UnavailableError(str(header["error"]), "reinstall espeakng-loader")
        return header, pcm

    def phonemes(self, pieces: Sequence[str], voice: str) -> tuple[str, ...]:
        """Return each piece of a text in the IPA, with its stresses, words apart by spaces.

        `voice` is a language of espeak-ng, such as `nl` or `en-us`. Punctuation is lost in it.
        """
        header, _ = self.ask({"pieces": pieces, "voice": voice}, " ".join(pieces))
        return tuple(header["phonemes"])

    def close(self) -> None:
        """End the process."""
        if self.process.stdin:
            with suppress(BrokenPipeError):  # of a worker that is gone already
                self.process.stdin.close()
        try:
            self.process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    def _exchange(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        stdin, stdout = self.process.stdin, self.process.stdout
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
        self.process.kill()


@contextmanager
def working() -> Iterator[Worker]:
    """Start a worker; it ends with the context, or with this process."""
    worker = Worker(start_worker())
    try:
        yield worker
    finally:
        worker.close()


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
