"""When to ask Google's voice again, how long to wait for it, and when to leave it alone."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field


class PassingError(Exception):
    """A request that failed and may well succeed in a while.

    `unreachable` says that nothing came back, `blocked` that the service turned us away;
    `wait_seconds` is what it asked us to wait, or None.
    """

    def __init__(
        self,
        why: str,
        *,
        wait_seconds: float | None = None,
        blocked: bool = False,
        unreachable: bool = False,
    ) -> None:
        super().__init__(why)
        self.wait_seconds = wait_seconds
        self.blocked = blocked
        self.unreachable = unreachable


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for the service, and when to leave it alone.

    `silent_seconds` is how long nothing may come, of a connection or of a reply; `reply_seconds`
    bounds a whole reply, however slowly it drips. `blocked` replies in a row end the run, and so
    do `unreachable_seconds` in which nothing came at all. A `Retry-After` of more than
    `longest_wait_seconds` ends it at once: a person can wait better than a program.
    """

    silent_seconds: float = 10.0
    reply_seconds: float = 30.0
    tries: int = 5
    first_wait_seconds: float = 0.5
    jitter_seconds: float = 1.0
    longest_wait_seconds: float = 60.0
    blocked: int = 4
    unreachable_seconds: float = 15.0


@dataclass(slots=True)
class Gate:
    """What all speakers of a voice share: two requests at once, and when to stop asking."""

    patience: Patience = Patience()
    places: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(2))
    lock: threading.Lock = field(default_factory=threading.Lock)
    blocked: int = 0
    unreachable_since: float | None = None
    closed: str = ""

    def passed(self) -> None:
        """Note that the service answered well."""
        with self.lock:
            self.blocked, self.unreachable_since = 0, None

    def failed(self, error: PassingError, started: float) -> bool:
        """Note a failure of a request begun at `started`; return whether to go on asking."""
        with self.lock:
            self.blocked = self.blocked + 1 if error.blocked else 0
            if not error.unreachable:
                self.unreachable_since = None
            elif self.unreachable_since is None:
                self.unreachable_since = started
            if self.blocked >= self.patience.blocked or self._too_long(error):
                self.closed = str(error)
            return not self.closed

    def _too_long(self, error: PassingError) -> bool:
        since = self.unreachable_since
        gone = since is not None and time.monotonic() - since >= self.patience.unreachable_seconds
        return gone or (error.wait_seconds or 0.0) > self.patience.longest_wait_seconds
