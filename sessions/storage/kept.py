"""Keep what took time to make: content-addressed entries, each one file, whole or no entry.

An entry is written in one step and carries the hash of its own bytes; one that is damaged, cut, of
another key or of an older format is no entry. The least recently used go first, never one in use.
Safe with many threads and processes.
"""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from sessions.storage.files import TEMPORARY_PREFIX, atomic, make_folder, write_error

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

MAGIC = b"sessions kept\n"
DIGEST_BYTES = 32
ELSEWHERE = "set SESSIONS_CACHE_DIR to another folder"
LOCK_SECONDS = 45.0
"""More than a voice takes for a line, with all its tries."""
PRUNE_SECONDS = 600.0
IN_USE_SECONDS = 3600.0
"""An entry touched this lately may belong to a render that is under way."""


@dataclass(frozen=True, slots=True)
class Usage:
    """How much is kept."""

    entries: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Entries of one kind in files below `folder`.

    Parameters
    ----------
    format
        A number that is raised when entries of this kind change: older ones are then ignored.
    limit_bytes
        How much may be kept.
    durable
        Whether an entry is on the disk when `put` returns. Where it is not, a power cut may cost
        it; it is noticed by its hash.
    """

    folder: Path
    kind: str
    format: int
    limit_bytes: int
    durable: bool = True

    def get(self, key: str) -> memoryview | None:
        """Return what was put under a key, or None where there is no sound entry."""
        path = self.path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        head = self._head(key)
        start = len(head) + DIGEST_BYTES
        body = memoryview(data)[start:]
        if not data.startswith(head) or hashlib.sha256(body).digest() != data[len(head) : start]:
            return None
        with suppress(OSError):
            os.utime(path)
        return body

    def put(self, key: str, data: bytes) -> None:
        """Keep some bytes under a key."""
        path = self.path(key)
        if not path.parent.is_dir():
            make_folder(path.parent, ELSEWHERE)
        with atomic(path, ELSEWHERE, durable=self.durable) as file:
            file.writelines((self._head(key), hashlib.sha256(data).digest(), data))

    @contextmanager
    def lock(self, key: str) -> Iterator[None]:
        """Hold a lock on a group of keys among processes, but not for far too long.

        Its holder may have been stopped. Writing is atomic anyway: without the lock an entry is at
        worst made twice.
        """
        folder = self.folder / "locks"
        if not folder.is_dir():
            make_folder(folder, ELSEWHERE)
        lock = FileLock(folder / f"{self.kind}-{key[:2]}.lock", timeout=LOCK_SECONDS)
        try:
            lock.acquire()
        except Timeout:
            yield
            return
        except OSError as error:
            raise write_error(folder, error, ELSEWHERE) from error
        try:
            yield
        finally:
            lock.release()

    def usage(self) -> Usage:
        """Return the number of entries and their size."""
        sizes = [status.st_size for _, status in self._entries()]
        return Usage(len(sizes), sum(sizes))

    def clear(self) -> Usage:
        """Remove every entry; return what there was."""
        before = self.usage()
        for path, _ in self._entries():
            remove(path)
        self._drop_leftovers()
        return before

    def tend(self, keep: Collection[str] = ()) -> None:
        """Prune, unless that was done a short while ago: to look at all entries takes time."""
        marker = self.folder / f"{self.kind}s" / ".pruned"
        try:
            fresh = marker.stat().st_mtime > time.time() - PRUNE_SECONDS
        except OSError:
            fresh = False
        if fresh or not marker.parent.is_dir():
            return
        self.prune(self.limit_bytes, keep)
        with suppress(OSError):
            marker.touch()

    def prune(self, limit_bytes: int, keep: Collection[str] = ()) -> None:
        """Remove the least recently used entries until the rest fits; never one in use."""
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

    def path(self, key: str) -> Path:
        """Return where an entry is, or would be."""
        return self.folder / f"{self.kind}s" / key[:2] / f"{key}.{self.kind}"

    def _head(self, key: str) -> bytes:
        return MAGIC + f"{self.kind} {self.format} {key}\n".encode()

    def _entries(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in sorted((self.folder / f"{self.kind}s").glob(f"*/*.{self.kind}")):
            with suppress(FileNotFoundError):
                yield path, path.stat()

    def _drop_leftovers(self) -> None:
        """Remove what a process that was killed was writing, long enough ago to be sure."""
        for path in (self.folder / f"{self.kind}s").glob(f"*/{TEMPORARY_PREFIX}*"):
            with suppress(OSError):
                if path.stat().st_mtime < time.time() - IN_USE_SECONDS:
                    path.unlink()


def remove(path: Path) -> None:
    """Remove an entry; another process may have been first."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise write_error(path, error, ELSEWHERE) from error
