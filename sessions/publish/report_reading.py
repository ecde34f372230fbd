"""Read a report as far as it can be trusted: it may be of another version, cut, or changed by hand.

What is not there, or not of its kind, has the default; what is not known is passed over.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sessions.publish.report import (
    AudioFile,
    BedFrom,
    BedLayer,
    ChapterAt,
    CueAt,
    Inputs,
    Outcome,
    Outline,
    Report,
    Verdict,
    Verified,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def read_report(text: str) -> Report | None:
    """Return the report that a text holds; None where it holds none."""
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    given = _Given(found)
    audio, inputs = given.table("audio"), given.table("inputs")
    return Report(
        generator=given.text("generator"),
        fingerprint=given.text("fingerprint"),
        audio=AudioFile(audio.text("file"), audio.whole("bytes"), audio.text("sha256")),
        files=given.table("files").values,
        loudness_lufs=given.number("loudness_lufs", math.nan),
        range_lu=given.number("range_lu", math.nan),
        true_peak_dbtp=given.number("true_peak_dbtp", math.nan),
        voice_lufs=given.maybe("voice_lufs"),
        bed_lufs=given.maybe("bed_lufs"),
        bed_swing_lu=given.maybe("bed_swing_lu"),
        verified=_verified(given.table("verified")),
        title=given.text("title"),
        language=given.text("language"),
        inputs=Inputs(inputs.text("script"), inputs.text("script_sha256")),
        voice=given.table("voice").values,
        target_lufs=given.maybe("target_lufs"),
        settings=given.table("settings").values,
        outline=_outline(given),
    )


def as_number(value: object) -> float | None:
    """Return a number as it is written, so that 0 stays 0; None for what no float can hold.

    Nor is what is not finite a number.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return value if math.isfinite(value) else None
    except OverflowError:
        return None


@dataclass(frozen=True, slots=True)
class _Given:
    """A table of a report, of which nothing is known to be as it should."""

    values: Mapping[str, Any]

    def text(self, name: str) -> str:
        found = self.values.get(name)
        return found if isinstance(found, str) else ""

    def maybe(self, name: str) -> float | None:
        return as_number(self.values.get(name))

    def number(self, name: str, default: float = 0.0) -> float:
        found = self.maybe(name)
        return default if found is None else found

    def whole(self, name: str) -> int:
        found = self.number(name)
        return int(found) if math.isfinite(found) else 0

    def table(self, name: str) -> _Given:
        found = self.values.get(name)
        return _Given(found if isinstance(found, dict) else {})

    def tables(self, name: str) -> Iterator[_Given]:
        found = self.values.get(name)
        for one in found if isinstance(found, list) else ():
            if isinstance(one, dict):
                yield _Given(one)

    def has(self, *names: str) -> bool:
        """Tell whether there are numbers by some names."""
        return all(self.maybe(name) is not None for name in names)

    def place(self) -> tuple[int, int, float, float]:
        start, stop = self.number("start_seconds"), self.number("stop_seconds")
        return self.whole("start_samples"), self.whole("stop_samples"), start, stop


def _verified(given: _Given) -> Verified:
    lines = tuple(
        Verdict(
            id=line.text("id"),
            name=line.text("name"),
            outcome=Outcome(line.text("outcome")),
            value=line.maybe("value"),
            unit=line.text("unit"),
            low=line.maybe("low"),
            high=line.maybe("high"),
            note=line.text("note"),
            remedy=line.text("remedy"),
        )
        for line in given.tables("lines")
        if line.text("outcome") in set(Outcome)
    )
    return Verified(given.text("profile"), given.values.get("passed") is True, lines)


def _outline(given: _Given) -> Outline:
    bed = isinstance(given.values.get("background"), list)
    return Outline(
        background=_layers(given) if bed else None,
        background_changes=tuple(
            BedFrom(change.whole("start_samples"), change.number("start_seconds"), _layers(change))
            for change in given.tables("background_changes")
            if change.has("start_seconds") and isinstance(change.values.get("background"), list)
        ),
        sample_rate_hz=given.whole("sample_rate_hz"),
        length_samples=given.whole("length_samples"),
        length_seconds=given.number("length_seconds"),
        shortest_seconds=given.number("shortest_seconds"),
        longest_seconds=given.number("longest_seconds"),
        chapters=tuple(
            ChapterAt(chapter.text("title"), *chapter.place())
            for chapter in given.tables("chapters")
            if chapter.has("start_seconds", "stop_seconds")
        ),
        cues=tuple(
            CueAt(
                *(cue.text("kind"), *cue.place(), cue.text("text"), cue.text("sound")),
                *(cue.values.get("elastic") is True, cue.values.get("plain") is True),
                cue.number("lowered_db"),
                cue.number("rise_lu"),
                cue.whole("line"),
                *(cue.text("said"), cue.text("language"), cue.text("manner"), cue.text("script")),
            )
            for cue in given.tables("cues")
            if cue.text("kind")
            and cue.has("start_seconds", "stop_seconds")
            and 0 <= cue.number("start_seconds") <= cue.number("stop_seconds")
        ),
    )


def _layers(given: _Given) -> tuple[BedLayer, ...]:
    return tuple(
        BedLayer(layer.text("sound"), layer.number("gain_db"))
        for layer in given.tables("background")
    )
