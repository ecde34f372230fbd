"""Keep encoded segments between renders, so that what did not change is not encoded again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.errors import SessionsError

if TYPE_CHECKING:
    from sessions.storage.kept import Kept


@dataclass(frozen=True, slots=True)
class SegmentFiles:
    """A `SegmentStore` in files. Where nothing can be written, nothing is kept."""

    kept: Kept

    def get(self, key: str) -> bytes | None:
        """Return what was put under a key, unharmed, or None."""
        data = self.kept.get(key)
        return None if data is None else bytes(data)

    def put(self, key: str, data: bytes) -> None:
        """Keep some bytes under a key."""
        with suppress(SessionsError):
            self.kept.put(key, data)

    def tend(self) -> None:
        """Remove the least recently used until the rest fits, now and then."""
        with suppress(SessionsError):
            self.kept.tend()
