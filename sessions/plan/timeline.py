"""The plan as values: where every sound begins and ends, in whole samples, before any is mixed.

Chapters, captions, transcript, tags, ducking and the length of the file all come from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sessions.errors import Source
    from sessions.script.model import Layer
    from sessions.voices.base import ClipInfo, Line


class Kind(StrEnum):
    """What a cue is."""

    SPEECH = "speech"
    PAUSE = "pause"
    BREATH_IN = "breath-in"
    HOLD = "hold"
    BREATH_OUT = "breath-out"
    REST = "rest"
    ONE_SHOT = "sound"


PHASES = (Kind.BREATH_IN, Kind.HOLD, Kind.BREATH_OUT, Kind.REST)
BREATH_SOUNDS: Mapping[Kind, str] = {Kind.BREATH_IN: "breath-in", Kind.BREATH_OUT: "breath-out"}
"""What is heard of a breath, as `sessions.sounds.BREATHS` names it."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Something at a place: samples [start, stop) of the session.

    A speech cue has its `line` and `clip`; a breath or one-shot its `sound`. `gain_db` is what it
    is over its usual level. A `plain` line is as loud as the voice is, but for what `deepen` takes:
    neither soft, nor whispered, nor at a level of its own. What is `in_slot` may be other words, or
    none, in another session of the same kind.
    """

    start: int
    stop: int
    kind: Kind
    source: Source
    text: str = ""
    line: Line | None = None
    clip: ClipInfo | None = None
    sound: str = ""
    gain_db: float = 0.0
    plain: bool = False
    elastic: bool = False
    in_slot: bool = False

    @property
    def length(self) -> int:
        """Length in samples."""
        return self.stop - self.start


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter: samples [start, stop) of the session."""

    start: int
    stop: int
    title: str


@dataclass(frozen=True, slots=True)
class BedMark:
    """Another bed, from the sample `start` on."""

    start: int
    layers: tuple[Layer, ...]


@dataclass(frozen=True, slots=True)
class LevelMark:
    """From sample `start` on, the bed is `bed_db` louder than usual."""

    start: int
    bed_db: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole plan. `cues` are in order and do not overlap; all positions are samples.

    Before `lead_in` and after `words_stop` only the bed sounds. `shortest` and `longest` are the
    lengths that the elastic pauses allow, `longest` without a tail. `beds` are the changes of the
    bed on the way, the one that it begins with not among them; `levels` are its changes of level.
    """

    length: int
    cues: tuple[Cue, ...]
    chapters: tuple[Mark, ...]
    lead_in: int
    words_stop: int
    fade_in: int
    fade_out: int
    shortest: int
    longest: int
    beds: tuple[BedMark, ...] = ()
    levels: tuple[LevelMark, ...] = ()

    def of_kind(self, *kinds: Kind) -> Iterator[Cue]:
        """Return the cues of some kinds, in order."""
        return (cue for cue in self.cues if cue.kind in kinds)


@dataclass(frozen=True, slots=True)
class Edges:
    """What surrounds the words, in seconds: bed alone before them, after them, and fading."""

    lead_in: float = 6.0
    fade_in: float = 15.0
    fade_out: float = 20.0
