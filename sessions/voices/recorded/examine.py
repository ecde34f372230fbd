"""A folder of recordings, examined: each file is measured, heard, and judged among the others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from statistics import median
from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.errors import InputMissingError, RecordingError, SessionsError
from sessions.hearing.compare import compared
from sessions.hearing.listener import RATE_HZ
from sessions.hearing.words import words_of
from sessions.storage.recordings import recording
from sessions.units import gain
from sessions.voices.recorded.judge import (
    LEAST_HEARD_WORDS,
    LEAST_OTHERS,
    LEAST_UNDERSTOOD,
    Take,
    judged,
)
from sessions.voices.recorded.lines import takes
from sessions.voices.recorded.measure import Tops, measured_take, tops_of
from sessions.voices.recorded.sound import LIMITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sessions.hearing.compare import Comparison
    from sessions.hearing.listener import Listener
    from sessions.script.model import Language, Manner
    from sessions.units import Audio
    from sessions.voices.recorded.judge import Finding
    from sessions.voices.recorded.lines import Takes

SILENT_DB: Final = -60.0
"""Words that are softer are the noise of a recorder."""
OPPOSITE_DB: Final = 20.0
"""What loses so much when its channels are mixed has one turned over in the other: those that have
nothing to do with each other lose 3 dB."""
SURE_PERCENT: Final = 75.0
"""So many words of another line are that line."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line that is to be recorded; without a manner where only a script would tell."""

    text: str
    language: Language
    manner: Manner | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """A recording that was looked at: what it is, or why it cannot be read, and what is wrong."""

    number: int
    path: Path
    take: Take | None = None
    heard: str = ""
    error: SessionsError | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def worse(self) -> float:
        """How bad it is: what cannot be read is the worst."""
        return 3.0 if self.error else max((one.worse for one in self.findings), default=0.0)


@dataclass(frozen=True, slots=True)
class Examined:
    """All recordings of a folder, the worst first, and which of them are lacking or too many.

    `missing` are the numbers of lines without a recording; `twice` those with several, `unlisted`
    recordings whose number no line has, `unnumbered` those without a number.
    """

    looked: tuple[Looked, ...]
    missing: tuple[int, ...]
    twice: Mapping[int, tuple[Path, ...]]
    unlisted: tuple[Path, ...]
    unnumbered: tuple[Path, ...]

    @property
    def fine(self) -> bool:
        """Whether there is nothing to do."""
        return not (
            self.missing
            or self.twice
            or self.unlisted
            or self.unnumbered
            or any(one.worse for one in self.looked)
        )


def examined(
    folder: Path,
    wanted: Mapping[int, Wanted],
    others: Mapping[int, Wanted],
    listener: Listener | None = None,
    told: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
) -> Examined:
    """Look at all recordings of a folder; one that cannot be read hides no other.

    Parameters
    ----------
    wanted
        The lines that are to be there, by their number; none where nobody knows.
    others
        Lines that may be there, too.
    listener
        Writes down what it hears of each; None where nobody listens.
    told
        How far it is.

    Raises
    ------
    SessionsError
        As `some_takes` does.
    """
    found = some_takes(folder)
    known = {**others, **wanted}
    files = [(number, path) for number, paths in found.by_number.items() for path in paths]
    looked = list(_all_looked(files, known, listener, told))
    looked = [_judged(one, looked) for one in looked]
    return Examined(
        tuple(sorted(looked, key=lambda one: (-one.worse, one.number))),
        tuple(number for number in sorted(wanted) if number not in found.by_number),
        {number: paths for number, paths in found.by_number.items() if len(paths) > 1},
        tuple(path for number, path in files if known and number not in known),
        found.unnumbered,
    )


def some_takes(folder: Path) -> Takes:
    """Return the recordings of a folder, one at least.

    Raises
    ------
    InputMissingError
        There is no recording in the folder.
    SessionsError
        The folder cannot be read.
    """
    found = takes(folder)
    if not found.by_number and not found.unnumbered:
        raise InputMissingError(
            f"there is no recording in {folder}",
            "record each line of its lines.txt into a file that begins with its number, such as "
            "001.wav or 001.m4a",
        )
    return found


def _all_looked(
    files: Sequence[tuple[int, Path]],
    known: Mapping[int, Wanted],
    listener: Listener | None,
    told: Callable[[str, int, int], None],
) -> Iterator[Looked]:
    for done, (number, path) in enumerate(files, start=1):
        yield _looked(number, path, known, listener)
        told("check", done, len(files))


def _looked(
    number: int, path: Path, known: Mapping[int, Wanted], listener: Listener | None
) -> Looked:
    try:
        sound, rate_hz, take = _read(path)
    except SessionsError as error:
        return Looked(number, path, error=error)
    line = known.get(number)
    if line is None:
        return Looked(number, path, take)
    take = replace(take, text=line.text, language=line.language, manner=line.manner)
    if listener is None:
        return Looked(number, path, take)
    heard = _heard(sound, rate_hz, line.language, listener)
    against = compared(line.text, heard, line.language)
    like = _like(number, heard, against, known)
    take = replace(take, heard=against, likeness=_likeness(line, heard), like=like)
    return Looked(number, path, take, heard)


def _read(path: Path) -> tuple[Audio, int, Take]:
    """Read and measure a recording; its samples are returned as mono, with their rate."""
    with recording(path, path.name, LIMITS) as found:
        blocks = list(found.blocks)
    if not blocks or not sum(map(len, blocks)):
        raise RecordingError(f"{path.name} holds no sound", "record it again")
    channels = np.concatenate(blocks)
    tops = [tops_of(channel, found.rate_hz) for channel in np.ascontiguousarray(channels.T)]
    worst = Tops(max(one.flat_percent for one in tops), max(one.near_percent for one in tops))
    sound = channels.mean(axis=1, dtype=np.float32)
    if np.square(sound).mean() < np.square(channels).mean() * gain(-OPPOSITE_DB) ** 2:
        raise RecordingError(
            f"the channels of {path.name} are opposite: nothing is left where they are mixed",
            "record in mono; or turn one of them over (in Audacity split the track, and choose "
            "Effect > Special > Invert for one of both)",
        )
    measured = measured_take(sound, found.rate_hz, worst, channels=channels.shape[1])
    if measured.words_db < SILENT_DB:
        raise RecordingError(
            f"nothing is heard in {path.name}",
            "see that the right microphone is chosen, and record it again",
        )
    return sound, found.rate_hz, Take(measured)


def _heard(sound: Audio, rate_hz: int, language: Language, listener: Listener) -> str:
    import soxr  # noqa: PLC0415 -- only recordings need it

    return listener.hear(np.asarray(soxr.resample(sound, rate_hz, RATE_HZ), np.float32), language)


def _likeness(line: Wanted, heard: str) -> float:
    """Return how much of the letters of a line was heard, in order (Ratcliff and Obershelp)."""
    said, got = (
        "".join(word.plain for word in words_of(text, line.language)) for text in (line.text, heard)
    )
    return SequenceMatcher(None, said, got, autojunk=False).ratio()


def _like(number: int, heard: str, against: Comparison, known: Mapping[int, Wanted]) -> int:
    """Return the number of the line that was heard in place of another; 0 for none."""
    own = known[number]
    if _percent(against) >= LEAST_UNDERSTOOD[own.language]:
        return 0
    shares = {
        other: _percent(compared(line.text, heard, line.language))
        for other, line in known.items()
        if other != number and len(line.text.split()) >= LEAST_HEARD_WORDS
    }
    best = max(shares, key=lambda other: shares[other], default=0)
    return best if shares.get(best, 0.0) >= SURE_PERCENT else 0


def _percent(comparison: Comparison) -> float:
    return 100.0 * comparison.understood / comparison.words if comparison.words else 100.0


def _judged(one: Looked, looked: Sequence[Looked]) -> Looked:
    if one.take is None:
        return one
    levels = list(_levels(looked, one))
    usual = median(levels) if len(levels) >= LEAST_OTHERS else None
    take = replace(one.take, usual_db=usual)
    return replace(one, take=take, findings=judged(take))


def _levels(looked: Sequence[Looked], one: Looked) -> Iterator[float]:
    """Give the levels of the words of the others that are read in the same manner."""
    for other in looked:
        if other.path == one.path or other.take is None or one.take is None:
            continue
        if other.take.manner is one.take.manner:
            yield other.take.measured.words_db
