"""Hear the lines of a finished file, over their bed, and say which were understood otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import soundfile
import soxr

from sessions.errors import InputMissingError
from sessions.hearing.model import NAME, RATE_HZ, listener
from sessions.hearing.words import compared
from sessions.publish.report import Outcome, Verdict
from sessions.script.model import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from sessions.hearing.words import Compared, Difference
    from sessions.publish.report import CueAt, Report
    from sessions.units import Audio

AROUND_SECONDS: Final = 0.3
"""Of the bed before and after a line, which a recognizer needs to settle."""
LEAST_UNDERSTOOD: Final[Mapping[Language, float]] = {Language.ENGLISH: 0.90, Language.DUTCH: 0.55}
"""The share of words below which something is wrong with a file, and not with its listener.

That one knows English well and Dutch by half: of our plainest voice, espeak, it understands nine
words of ten in English and half of them in Dutch.
"""


HELP: Final = "listen to the lines below; what is said wrongly is mended by what stands there"


@dataclass(frozen=True, slots=True)
class HeardLine:
    """A line of a file, and what was understood of it; a whispered one does not count."""

    start_seconds: float
    line: int
    language: Language
    said: str
    heard: str
    counts: bool
    compared: Compared

    @property
    def differs(self) -> bool:
        """Whether something was understood otherwise."""
        return bool(self.compared.differences)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood of a file."""

    lines: tuple[HeardLine, ...]

    @property
    def counted(self) -> tuple[HeardLine, ...]:
        """The lines that tell of the voice: no whispers, and none in which the listener loops."""
        return tuple(one for one in self.lines if one.counts and not one.compared.loop)

    @property
    def words(self) -> int:
        """How many words count."""
        return sum(one.compared.words for one in self.counted)

    @property
    def understood(self) -> float | None:
        """The share of words that were understood; None where none count."""
        wrong = sum(one.compared.wrong for one in self.counted)
        return 1.0 - wrong / self.words if self.words else None

    @property
    def loops(self) -> int:
        """In how many lines the listener went on by itself."""
        return sum(one.counts and one.compared.loop for one in self.lines)

    @property
    def least(self) -> float:
        """The share that must be understood: by the words of each language."""
        shares = (one.compared.words * LEAST_UNDERSTOOD[one.language] for one in self.counted)
        return sum(shares) / self.words if self.words else 0.0

    def verdict(self, least: float | None) -> Verdict:
        """Return what is said of the file; `least` is the share that was asked for, if any."""
        bound = round(100.0 * (self.least if least is None else least), 1)
        value = None if self.understood is None else round(100.0 * self.understood, 1)
        loops = f", which went on by itself in {self.loops}" if self.loops else ""
        return Verdict(
            "understood",
            "words understood",
            *(Outcome.NONE if value is None else Outcome.of(passes=value >= bound), value, "%"),
            low=bound,
            note=f"{self.words} words, heard by {NAME}{loops}",
            remedy="" if value is None or value >= bound else HELP,
        )


def heard(path: Path, report: Report | None, told: Callable[[str, int, int], None]) -> Heard:
    """Return what is understood of the lines of a file.

    Parameters
    ----------
    path
        The audio.
    report
        The report beside it, which says what its lines are.
    told
        Told how many lines were heard, and of how many.

    Raises
    ------
    InputMissingError
        There is no report: nobody knows what is to be heard.
    UnavailableError
        The listener is not there.
    """
    spoken = [cue for cue in report.outline.cues if cue.kind == "speech"] if report else []
    if report is None or not spoken:
        raise InputMissingError(
            f"there is no report of a render beside {path}, which says what is to be heard",
            "keep the .json file beside the audio that it was written with",
        )
    listens = listener()
    session = Language(report.language) if report.language in [*Language] else Language.ENGLISH
    lines: list[HeardLine] = []
    for done, (cue, sound) in enumerate(sounds(path, spoken), 1):
        language = Language(cue.language) if cue.language in [*Language] else session
        understood = listens.hear(sound, language)
        lines.append(
            HeardLine(
                *(cue.start_seconds, cue.line, language, cue.text, understood),
                counts=not cue.whispered,
                compared=compared(cue.text, understood, language),
            )
        )
        told("listen", done, len(spoken))
    return Heard(tuple(lines))


def sounds(path: Path, cues: list[CueAt]) -> Iterator[tuple[CueAt, Audio]]:
    """Yield each line with its sound, mono at 16 kHz, shape (samples,)."""
    with soundfile.SoundFile(path) as file:
        rate = file.samplerate
        for cue in cues:
            first = max(0, round((cue.start_seconds - AROUND_SECONDS) * rate))
            last = min(len(file), round((cue.stop_seconds + AROUND_SECONDS) * rate))
            file.seek(min(first, len(file)))
            sound = file.read(max(0, last - first), dtype="float32", always_2d=True)
            yield cue, soxr.resample(np.asarray(sound.mean(axis=1)), rate, RATE_HZ)


def remedy(difference: Difference) -> str:
    """Return what to try for words that were understood otherwise, as it stands in a script."""
    word = difference.said
    if not word:
        return ""
    if " " in word:
        return f"[say as: HOW IT SOUNDS | {word}]"
    return f"pronounce: {{{word}: HOW IT SOUNDS}}"
