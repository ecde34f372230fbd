"""The report of a render: what went in, what came out, and where everything is.

It is written as JSON beside the audio, and read by whoever wants to know of a file what its samples
do not say. Nothing in it depends on the day or the machine.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from sessions.plan import Kind
from sessions.script.model import Manner
from sessions.units import SAMPLE_RATE_HZ, seconds
from sessions.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sessions.plan import Cue, Mark, Timeline
    from sessions.script.model import Layer, Script


class Outcome(StrEnum):
    """What became of a rule; `NONE` where it has no bound, or has nothing to bear on."""

    PASS = "pass"  # noqa: S105 -- a word, no secret
    FAIL = "fail"
    NONE = "-"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of a file, by the rule's `id`; `value` is rounded as it is shown."""

    id: str
    name: str
    outcome: Outcome
    value: float | None = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    note: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a profile says of a file, line by line."""

    profile: str = ""
    passed: bool = False
    lines: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class AudioFile:
    """The audio: its name, its size, and its SHA-256."""

    file: str = ""
    bytes: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The script that it was made of: the name of its file, and the hash of its text."""

    script: str = ""
    script_sha256: str = ""


@dataclass(frozen=True, slots=True)
class BedLayer:
    """A sound of a bed, `gain_db` above its usual level."""

    sound: str
    gain_db: float = 0.0


@dataclass(frozen=True, slots=True)
class BedFrom:
    """The bed from a place on; no layers, no bed."""

    start_samples: int
    start_seconds: float
    background: tuple[BedLayer, ...]


@dataclass(frozen=True, slots=True)
class ChapterAt:
    """A chapter and where it is."""

    title: str
    start_samples: int
    stop_samples: int
    start_seconds: float
    stop_seconds: float


@dataclass(frozen=True, slots=True)
class CueAt:
    """A cue and where it is; `line` is that of the script, or of the one included, `script`.

    `lowered_db` is how much softer it is for being later: what `descend` has taken, and `deepen`
    from a line that is as loud as the voice, a `plain` one. A line may rise by `rise_lu`. `said` is
    what the voice was given, where that is not the text; `language` and `manner` where a line has
    others than the session.
    """

    kind: str
    start_samples: int
    stop_samples: int
    start_seconds: float
    stop_seconds: float
    text: str = ""
    sound: str = ""
    elastic: bool = False
    plain: bool = False
    lowered_db: float = 0.0
    rise_lu: float = 0.0
    line: int = 0
    said: str = ""
    language: str = ""
    manner: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The plan of a session as a report tells it, positions in samples and in seconds.

    `background` is None where a report does not say whether there is a bed.
    """

    background: tuple[BedLayer, ...] | None = None
    background_changes: tuple[BedFrom, ...] = ()
    sample_rate_hz: int = SAMPLE_RATE_HZ
    length_samples: int = 0
    length_seconds: float = 0.0
    shortest_seconds: float = 0.0
    longest_seconds: float = 0.0
    chapters: tuple[ChapterAt, ...] = ()
    cues: tuple[CueAt, ...] = ()

    @classmethod
    def of(
        cls,
        timeline: Timeline,
        bed: Sequence[Layer],
        descend_db: float = 0.0,
        rises_lu: Mapping[int, float] | None = None,
        language: str = "",
        script: str = "",
    ) -> Outline:
        """Return the plan of a timeline, in a language; `script` is the path of its own script.

        It begins with a bed, and goes down so far in all; `rises_lu` is how far lines may rise, by
        their first sample.
        """
        rises = rises_lu or {}
        return cls(
            background=layers_of(bed),
            background_changes=tuple(
                BedFrom(mark.start, seconds(mark.start), layers_of(mark.layers))
                for mark in timeline.beds
            ),
            length_samples=timeline.length,
            length_seconds=seconds(timeline.length),
            shortest_seconds=seconds(timeline.shortest),
            longest_seconds=seconds(timeline.longest),
            chapters=tuple(ChapterAt(mark.title, *place(mark)) for mark in timeline.chapters),
            cues=tuple(
                CueAt(
                    *(cue.kind, *place(cue), cue.text, cue.sound, cue.elastic, cue.plain),
                    lowered_db(cue, timeline, descend_db),
                    round(rises.get(cue.start, 0.0), 1) if cue.kind is Kind.SPEECH else 0.0,
                    cue.source.line,
                    *spoken(cue, language),
                    included(cue, script),
                )
                for cue in timeline.cues
            ),
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of a render.

    One that was read from a file has the defaults for what is not in it, or not as it should be:
    empty, 0, not a number, or None.

    Parameters
    ----------
    fingerprint
        Hash of all that shapes the files: equal fingerprints mean equal bytes.
    files
        The other files by their names, with the SHA-256 of each.
    loudness_lufs, range_lu, true_peak_dbtp
        What the finished audio measures.
    voice_lufs, bed_lufs, bed_swing_lu
        Of it the plain lines, with what they are lower on the way down given back; the bed in
        pauses; and how far that comes up after words. None where there are none, or too few.
    voice
        Its name, and all that shapes its sound.
    target_lufs
        The loudness of the voice that was asked for.
    settings
        What was chosen, by the names of the settings.
    """

    generator: str = f"guided-sessions {__version__}"
    fingerprint: str = ""
    audio: AudioFile = AudioFile()
    files: Mapping[str, str] = field(default_factory=dict)
    loudness_lufs: float = math.nan
    range_lu: float = math.nan
    true_peak_dbtp: float = math.nan
    voice_lufs: float | None = None
    bed_lufs: float | None = None
    bed_swing_lu: float | None = None
    verified: Verified = Verified()
    title: str = ""
    language: str = ""
    inputs: Inputs = Inputs()
    voice: Mapping[str, Any] = field(default_factory=dict)
    target_lufs: float | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    outline: Outline = Outline()

    @property
    def plain(self) -> dict[str, Any]:
        """The report as plain values, the outline's beside its own."""
        own: dict[str, Any] = as_plain(self)
        outline: dict[str, Any] = own.pop("outline")
        return own | outline

    def to_json(self) -> str:
        """Return the text of the report's file."""
        return json.dumps(self.plain, ensure_ascii=False, indent=1) + "\n"


OPTIONAL = (
    "text",
    "sound",
    "elastic",
    "plain",
    "lowered_db",
    "rise_lu",
    "said",
    "language",
    "manner",
    "script",
)
"""What a cue has or has not."""


def inputs_of(script: Script) -> Inputs:
    """Return what a session is made of; the folder is nobody's affair."""
    return Inputs(PurePath(script.path).name, script.sha256)


def layers_of(layers: Sequence[Layer]) -> tuple[BedLayer, ...]:
    """Return the layers of a bed, wherever they were named."""
    return tuple(BedLayer(layer.sound, layer.gain_db) for layer in layers)


def place(span: Cue | Mark) -> tuple[int, int, float, float]:
    """Return where something is, in samples and in seconds."""
    return span.start, span.stop, seconds(span.start), seconds(span.stop)


def lowered_db(cue: Cue, timeline: Timeline, descend_db: float) -> float:
    """Return what `descend`, and of a plain line `deepen`, has taken in the middle of a cue."""
    way = max(1, timeline.words_stop - timeline.lead_in)
    gone = (cue.start + cue.length / 2 - timeline.lead_in) / way
    down_db = descend_db * min(max(0.0, gone), 1.0)
    if cue.plain:
        down_db -= cue.gain_db
    return round(down_db, 2) + 0.0


def spoken(cue: Cue, language: str) -> tuple[str, str, str]:
    """Return what is said of a line, its language and manner; empty what is as usual."""
    if cue.line is None:
        return "", "", ""
    style = cue.line.style
    return (
        "" if cue.line.text == cue.text else cue.line.text,
        "" if style.language == language else style.language,
        "" if style.manner is Manner.NORMAL else style.manner,
    )


def included(cue: Cue, script: str) -> str:
    """Return the name of the file that a cue stands in; empty where it is the session's own."""
    path = cue.source.path
    return "" if path == script else PurePath(path).name


def as_plain(value: Any) -> Any:
    """Return a value of a report as JSON has it; of a cue, only what it has."""
    if isinstance(value, CueAt):
        optional = {name: getattr(value, name) for name in OPTIONAL}
        lacking = {name for name, given in optional.items() if not given}
        return {name: one for name, one in _fields(value).items() if name not in lacking}
    if is_dataclass(value):
        return _fields(value)
    if isinstance(value, tuple):
        return [as_plain(one) for one in value]
    return dict(value) if isinstance(value, dict) else value


def _fields(value: Any) -> dict[str, Any]:
    return {one.name: as_plain(getattr(value, one.name)) for one in fields(value)}
