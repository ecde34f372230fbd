"""The clip cache: what was once spoken is not spoken again.

Content-addressed: the key is a hash of all that shapes a clip. An entry is one file, written in
one step, that carries the hash of its own bytes; an entry that is damaged, cut, of another key or
of an older format is no entry. A lock per group of keys makes many processes that want the same
clip speak it once.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from filelock import FileLock, Timeout

from sessions.files import TEMPORARY_PREFIX, make_folder, write_bytes, write_error
from sessions.voices.base import Clip, ClipInfo, Word, pcm16

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from sessions.voices.base import Line, Voice

FORMAT = 8
"""Raise it when clips are finished or stored differently: older entries are then ignored."""
MAGIC = b"sessions clip\n"
DIGEST_BYTES = 32
ELSEWHERE = "set SESSIONS_CACHE_DIR to another folder"
LOCK_SECONDS = 45.0
"""More than a voice takes for a line, with all its tries."""
IN_USE_SECONDS = 3600.0
"""An entry touched this lately may belong to a render that is under way."""


def clip_key(voice: Voice, line: Line, polish: str = "plain") -> str:
    """Return the address of a line's clip: never of a path or a time, always of the sound."""
    identity = {
        "format": FORMAT,
        "voice": voice.name,
        "text": line.normalized,
        "manner": line.style.manner,
        "polish": polish,
        **{f"voice.{name}": value for name, value in voice.identity(line.style).items()},
    }
    text = json.dumps(identity, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Usage:
    """How much a cache holds."""

    folder: Path
    clips: int
    bytes: int


@dataclass(frozen=True, slots=True)
class ClipCache:
    """Clips in files below `folder`. Safe with many threads and processes."""

    folder: Path

    def get(self, key: str) -> Clip | None:
        """Return a clip, or None where there is no sound entry."""
        data = self._read(key)
        return None if data is None else decode(data)

    def info(self, key: str) -> ClipInfo | None:
        """Return what the plan needs of a clip, or None where there is no sound entry."""
        data = self._read(key)
        if data is None:
            return None
        header, pcm = split(data)
        return ClipInfo(key, len(pcm) // 2, *measures(header))

    def get_or_make(self, key: str, make: Callable[[], Clip]) -> tuple[ClipInfo, bool]:
        """Return a clip's information, making and storing the clip where it is missing.

        The flag says whether it was made. Of many processes that ask at once, one makes it.
        """
        found = self.info(key)
        if found is not None:
            return found, False
        locks = self.folder / "locks"
        for folder in (self._path(key).parent, locks):
            if not folder.is_dir():
                make_folder(folder, ELSEWHERE)
        with shared_lock(locks / f"{key[:2]}.lock"):
            found = self.info(key)
            if found is not None:
                return found, False
            clip = make()
            write_bytes(self._path(key), encode(key, clip), ELSEWHERE)
        return ClipInfo(key, len(clip.samples), clip.loudness_lufs, clip.powers, clip.words), True

    def usage(self) -> Usage:
        """Return the number of clips and their size."""
        sizes = [status.st_size for _, status in self._entries()]
        return Usage(self.folder, len(sizes), sum(sizes))

    def clear(self) -> Usage:
        """Remove every clip; return what there was."""
        before = self.usage()
        for path, _ in self._entries():
            remove(path)
        self._drop_leftovers()
        return before

    def prune(self, limit_bytes: int, keep: Collection[str] = ()) -> None:
        """Remove the least recently used clips until the rest fits; never one in use."""
        self._drop_leftovers()
        entries = sorted(self._entries(), key=lambda entry: entry[1].st_mtime)
        total = sum(status.st_size for _, status in entries)
        newest = time.time() - IN_USE_SECONDS
        for path, status in entries:
            if total <= limit_bytes or status.st_mtime > newest:
                return
            if path.stem not in keep:
                remove(path)
                total -= status.st_size

    def _path(self, key: str) -> Path:
        return self.folder / "clips" / key[:2] / f"{key}.clip"

    def _entries(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in sorted((self.folder / "clips").glob("*/*.clip")):
            with suppress(FileNotFoundError):
                yield path, path.stat()

    def _drop_leftovers(self) -> None:
        """Remove what a process that was killed was writing, long enough ago to be sure."""
        for path in (self.folder / "clips").glob(f"*/{TEMPORARY_PREFIX}*"):
            with suppress(OSError):
                if path.stat().st_mtime < time.time() - IN_USE_SECONDS:
                    path.unlink()

    def _read(self, key: str) -> bytes | None:
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if not sound(key, data):
            return None
        with suppress(OSError):
            os.utime(path)
        return data


@contextmanager
def shared_lock(path: Path) -> Iterator[None]:
    """Hold a lock among processes, but do without one that is held for far too long.

    Its holder may have been stopped. Writing is atomic anyway: without the lock a clip is at worst
    made twice.
    """
    lock = FileLock(path, timeout=LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        yield
        return
    except OSError as error:
        raise write_error(path, error, ELSEWHERE) from error
    try:
        yield
    finally:
        lock.release()


def remove(path: Path) -> None:
    """Remove an entry; another process may have been first."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise write_error(path, error, ELSEWHERE) from error


def encode(key: str, clip: Clip) -> bytes:
    """Return an entry: magic, hash of the rest, header line, 16-bit samples."""
    header = {
        "format": FORMAT,
        "key": key,
        "loudness_lufs": clip.loudness_lufs,
        "powers": clip.powers,
        "words": [[word.text, word.start_samples] for word in clip.words],
    }
    body = json.dumps(header).encode() + b"\n" + pcm16(clip.samples).tobytes()
    return MAGIC + hashlib.sha256(body).digest() + body


def sound(key: str, data: bytes) -> bool:
    """Return whether an entry is whole, of this format, and of this key."""
    start = len(MAGIC) + DIGEST_BYTES
    if not data.startswith(MAGIC):
        return False
    if hashlib.sha256(memoryview(data)[start:]).digest() != data[len(MAGIC) : start]:
        return False
    header, _ = split(data)
    return header.get("format") == FORMAT and header.get("key") == key


def split(data: bytes) -> tuple[dict[str, Any], memoryview]:
    """Return the header and the samples of an entry whose hash was checked."""
    start = len(MAGIC) + DIGEST_BYTES
    end = data.index(b"\n", start)
    header: dict[str, Any] = json.loads(data[start:end])
    return header, memoryview(data)[end + 1 :]


def measures(header: dict[str, Any]) -> tuple[float, tuple[float, ...], tuple[Word, ...]]:
    """Return loudness, powers and words of a header."""
    words = tuple(Word(text, start) for text, start in header["words"])
    return float(header["loudness_lufs"]), tuple(header["powers"]), words


def decode(data: bytes) -> Clip:
    """Return the clip of an entry whose hash was checked."""
    header, pcm = split(data)
    loudness, powers, words = measures(header)
    return Clip(np.frombuffer(pcm, "<i2").astype(np.float32) / 32767.0, loudness, powers, words)
