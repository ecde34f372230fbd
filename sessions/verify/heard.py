"""Hear the lines of a finished file, over their bed, and hold them against what was written.

Where the lines are, the report beside the file tells. A part of the errors is the listener's own:
Whisper base mishears people too, more of them in Dutch. So shares are judged, and words only told.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.errors import InputMissingError
from sessions.hearing.compare import compared
from sessions.hearing.listener import RATE_HZ
from sessions.hearing.words import words_of
from sessions.publish.report import Outcome, Verdict
from sessions.script.model import Language, Manner
from sessions.script.phrases.breathing import COUNTED
from sessions.verify.decode import UndecodableError, described
from sessions.verify.remedy import remedy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sessions.hearing.compare import Comparison
    from sessions.hearing.listener import Listener
    from sessions.publish.report import CueAt, Report
    from sessions.units import Audio

LEAST_UNDERSTOOD: Final[Mapping[Language, float]] = {Language.ENGLISH: 75.0, Language.DUTCH: 40.0}
"""Percent of the words, under which a file fails. The poorest voice, espeak's, stays over it:
what is under it is garbled, or in another language than it says. Figures: docs/publishing.md."""
BEFORE_SECONDS: Final = 0.15
AFTER_SECONDS: Final = 0.3
"""What is heard around a line, as far as no other line is there: words are not to be cut."""
OWN_ERRORS: Final = "some of the errors are probably the listener's own"


@dataclass(frozen=True, slots=True)
class HeardLine:
    """A line and what was heard of it.

    `line` is that of the script, or of an included one, `script`; 0 if it is not known. `said` is
    what the voice was given, where that is not the text. What is not `judged` does not count, for
    the reason in `why`.
    """

    start_seconds: float
    stop_seconds: float
    line: int
    language: str
    text: str
    heard: str
    comparison: Comparison
    said: str = ""
    why: str = ""
    script: str = ""

    @property
    def judged(self) -> bool:
        """Whether it counts."""
        return not self.why

    @property
    def otherwise(self) -> bool:
        """Whether it was understood otherwise than it was written."""
        return bool(self.comparison.mishearings)

    @property
    def remedy(self) -> str:
        """What to paste; empty where nothing went wrong."""
        return remedy(self.text, self.language, self.comparison, self.said)


@dataclass(frozen=True, slots=True)
class Heard:
    """All lines of a file, and the script that they come from."""

    script: str
    lines: tuple[HeardLine, ...]

    @property
    def loops(self) -> int:
        """In how many lines the listener went round in a circle."""
        return sum(line.comparison.looped for line in self.lines)

    def word_error_percent(self, language: Language) -> float | None:
        """Return the word error rate of the lines that count; None where there are none."""
        judged = self._judged(language)
        words = sum(one.comparison.words for one in judged)
        return 100.0 * sum(one.comparison.errors for one in judged) / words if words else None

    def understood_percent(self, language: Language) -> float | None:
        """Return the share of the words that were understood; None where there are none."""
        judged = self._judged(language)
        words = sum(one.comparison.words for one in judged)
        return 100.0 * sum(one.comparison.understood for one in judged) / words if words else None

    def _judged(self, language: Language) -> Sequence[HeardLine]:
        return [one for one in self.lines if one.judged and one.language == language]


def hear_file(
    path: Path,
    report: Report | None,
    listener: Listener,
    told: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
) -> Heard:
    """Hear every line of a file; `told` is how far it is.

    Raises
    ------
    InputMissingError
        No report of it is known, or one without lines.
    UndecodableError
        The file cannot be read.
    """
    cues = [] if report is None else list(spoken_in(report))
    if report is None or not cues:
        raise InputMissingError(
            f"what is said in {path} is not known: there is no report of it with lines beside it",
            f"keep {path.with_suffix('.json').name} of its render in the same folder, or render "
            "it again",
        )
    lines: list[HeardLine] = []
    for number, (cue, audio) in enumerate(zip(cues, sounds(path, cues), strict=True)):
        told("listen", number, len(cues))
        language = Language(cue.language or report.language)
        heard = "" if counts(cue.text, language) else listener.hear(audio, language)
        lines.append(line_of(cue, language, heard))
    told("listen", len(cues), len(cues))
    return Heard(report.inputs.script, tuple(lines))


def spoken_in(report: Report) -> Iterator[CueAt]:
    """Give the lines of a report, in languages that are known: it may have been changed by hand."""
    for cue in report.outline.cues:
        known = (cue.language or report.language) in set(Language)
        if cue.kind == "speech" and cue.text and known:
            yield cue


def sounds(path: Path, cues: Sequence[CueAt]) -> Iterator[Audio]:
    """Give the sound of each line over its bed: mono float32 at 16 kHz, with what is around it."""
    import soundfile  # noqa: PLC0415
    import soxr  # noqa: PLC0415

    described(path, str(path))
    earliest = [0.0, *(cue.stop_seconds for cue in cues)]
    latest = [*(cue.start_seconds for cue in cues[1:]), math.inf]
    with soundfile.SoundFile(path) as file:
        for cue, after, before in zip(cues, earliest, latest, strict=False):
            start = max(cue.start_seconds - BEFORE_SECONDS, min(after, cue.start_seconds))
            stop = min(cue.stop_seconds + AFTER_SECONDS, max(before, cue.stop_seconds))
            length = file.frames / file.samplerate  # a report that was changed may say anything
            start, stop = min(start, length), min(stop, length)
            first = round(start * file.samplerate)
            try:
                file.seek(first)
                found = file.read(
                    max(0, round(stop * file.samplerate) - first), dtype="float32", always_2d=True
                )
            except soundfile.LibsndfileError as error:
                raise UndecodableError(
                    f"{path} cannot be read at {start:.0f} s: {error.error_string}",
                    "verify it without --listen to see what is wrong with it",
                ) from error
            mono = np.ascontiguousarray(found.mean(axis=1))
            yield np.asarray(soxr.resample(mono, file.samplerate, RATE_HZ), np.float32)


def line_of(cue: CueAt, language: Language, heard: str) -> HeardLine:
    """Return a line with what was heard of it, and whether that counts."""
    comparison = compared(cue.text, heard, language, cue.said)
    why = ""
    if counts(cue.text, language):
        comparison, why = compared("", "", language), "a count, not heard"
    elif cue.manner == Manner.WHISPER:
        why = "a whisper, not judged"
    elif comparison.words == 0:
        why = "no words"
    elif comparison.words == 1:
        why = "one word, which the listener guesses at: not judged"
    return HeardLine(
        *(cue.start_seconds, cue.stop_seconds, cue.line, language, cue.text, heard),
        comparison,
        *(cue.said, why, cue.script),
    )


def counts(text: str, language: Language) -> bool:
    """Return whether a line is a word of a breath that is counted aloud."""
    words = words_of(text, language)
    names = set(COUNTED[language].values())
    return len(words) == 1 and (text in names or words[0].plain.isdigit())


def verdicts(heard: Heard, least_percent: float | None = None) -> tuple[Verdict, ...]:
    """Judge a file by the share of its words that were understood, per language.

    `least_percent` takes the place of both usual bounds.
    """
    found = []
    for language, usual in LEAST_UNDERSTOOD.items():
        share = heard.understood_percent(language)
        if share is None:
            continue
        value = round(share, 1)
        low = usual if least_percent is None else least_percent
        outcome = Outcome.PASS if value >= low else Outcome.FAIL
        rate = heard.word_error_percent(language)
        note = f"WER {rate:.1f} %; {OWN_ERRORS}"
        if loops := sum(one.comparison.looped for one in heard.lines if one.language == language):
            note += f"; it went round in a circle in {loops} of the lines"
        found.append(
            Verdict(
                f"understood-{language}",
                f"words understood, {language}",
                outcome,
                value,
                "%",
                low,
                note=note,
                remedy=REMEDY if outcome is Outcome.FAIL else "",
            )
        )
    return tuple(found)


REMEDY: Final = (
    "see the lines below; choose another voice, lower the bed (--bed), or set another bound with "
    "--understood"
)
