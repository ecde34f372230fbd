"""All that is kept between renders, below one folder: made once, and handed down."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.storage.kept import Kept, Usage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GIB: Final = 2**30
CLIP_FORMAT: Final = 15
"""Raise it when clips are finished or stored differently: older ones are then ignored."""
SEGMENT_FORMAT: Final = 1
"""Raise it when what is kept of a segment changes."""
BED_FORMAT: Final = 1
"""Raise it when a bed is kept in another form; its key names the code that made it."""
HEARING_FORMAT: Final = 1
"""Raise it when something is heard otherwise, or kept in another form."""
HEARING_BYTES: Final = 16 * 2**20
"""Words with their times: some hundred hours of them."""
BEDS_BYTES: Final = 256 * 2**20
"""Some beds of this version, and of those before it; besides what the others may have."""


@dataclass(frozen=True, slots=True)
class Caches:
    """What is kept of each kind, in at most about `limit_bytes`."""

    folder: Path
    limit_bytes: int = 5 * GIB

    @property
    def voices(self) -> Path:
        """The file that says who spoke the last time."""
        return self.folder / "voices.json"

    @property
    def listener(self) -> Path:
        """The weights of the recognizer, which is made of two packages when it is first asked."""
        return self.folder / "listener"

    @property
    def clips(self) -> Kept:
        """Spoken lines; a line may have cost a request to a service, so they are on the disk."""
        return Kept(self.folder, "clip", CLIP_FORMAT, self.limit_bytes // 2)

    @property
    def segments(self) -> Kept:
        """Encoded segments; one that a power cut damages is encoded again."""
        limit = self.limit_bytes // 2
        return Kept(self.folder, "segment", SEGMENT_FORMAT, limit, durable=False)

    @property
    def beds(self) -> Kept:
        """Computed beds."""
        return Kept(self.folder, "bed", BED_FORMAT, BEDS_BYTES, durable=False)

    @property
    def hearings(self) -> Kept:
        """What was heard in long recordings, half a minute each."""
        return Kept(self.folder, "hearing", HEARING_FORMAT, HEARING_BYTES, durable=False)

    @property
    def kinds(self) -> Mapping[str, Kept]:
        """All of them, by what people call them."""
        return {
            "clips": self.clips,
            "segments": self.segments,
            "beds": self.beds,
            "hearings": self.hearings,
        }

    def usage(self) -> dict[str, Usage]:
        """Return how much is kept of each kind."""
        return {name: kept.usage() for name, kept in self.kinds.items()}

    def clear(self) -> dict[str, Usage]:
        """Remove all of it; return how much there was of each kind."""
        shutil.rmtree(self.listener, ignore_errors=True)
        return {name: kept.clear() for name, kept in self.kinds.items()}
