"""The lines of a file, as a listener hears them; here one that needs no model."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from sessions.errors import InputMissingError
from sessions.publish.report import CueAt, Inputs, Outcome, Outline, Report
from sessions.verify.heard import Heard, hear_file, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sessions.script.model import Language
    from sessions.units import Audio

RATE_HZ = 44_100


@dataclass
class Told:
    """A listener that hears what it was told to hear, and keeps what it was given."""

    answers: Iterator[str]
    given: list[tuple[Audio, str]] = field(default_factory=list)

    def hear(self, audio: Audio, language: Language) -> str:
        self.given.append((audio, str(language)))
        return next(self.answers)


def cue(start: float, stop: float, text: str, **more: str) -> CueAt:
    first, last = round(start * RATE_HZ), round(stop * RATE_HZ)
    return CueAt("speech", first, last, start, stop, text, line=7, **more)  # type: ignore[arg-type]


def heard(tmp_path: Path, *lines: tuple[CueAt, str]) -> tuple[Heard, Told]:
    """Hear a file with a tone of its own height in each line."""
    time = np.arange(20 * RATE_HZ) / RATE_HZ
    sound = np.zeros_like(time)
    for number, (one, _) in enumerate(lines, start=1):
        within = (time >= one.start_seconds) & (time < one.stop_seconds)
        sound[within] = 0.5 * np.sin(2 * np.pi * 400 * number * time[within])
    path = tmp_path / "file.wav"
    soundfile.write(path, np.column_stack([sound, sound]), RATE_HZ)
    outline = Outline(cues=tuple(one for one, _ in lines))
    report = Report(language="nl", inputs=Inputs("eigen.md"), outline=outline)
    listener = Told(iter(answer for _, answer in lines))
    return hear_file(path, report, listener), listener


def pitch_hz(audio: Audio) -> float:
    spectrum = np.abs(np.fft.rfft(audio))
    return float(np.argmax(spectrum) * 16_000 / len(audio))


def test_each_line_is_heard_by_itself_with_a_little_around_it(tmp_path: Path) -> None:
    lines = [(cue(2, 4, "Een twee"), ""), (cue(4.1, 6, "Een twee"), ""), (cue(10, 12, "Af en"), "")]
    _, listener = heard(tmp_path, *lines)
    lengths = [len(audio) / 16_000 for audio, _ in listener.given]
    assert lengths == pytest.approx([0.15 + 2 + 0.1, 0.1 + 1.9 + 0.3, 2.45], abs=0.002)
    assert [pitch_hz(audio) for audio, _ in listener.given] == pytest.approx(
        [400, 800, 1200], abs=2
    )
    assert all(audio.dtype == np.float32 for audio, _ in listener.given)


def test_lines_are_heard_in_their_own_language(tmp_path: Path) -> None:
    other = cue(5, 7, "Let it go", language="en")
    found, listener = heard(tmp_path, (cue(1, 3, "Laat los"), "laat los"), (other, "let it go"))
    assert [language for _, language in listener.given] == ["nl", "en"]
    assert [one.id for one in verdicts(found)] == ["understood-en", "understood-nl"]
    assert [one.value for one in verdicts(found)] == [100.0, 100.0]


def test_a_share_of_words_is_judged_and_each_line_told(tmp_path: Path) -> None:
    found, _ = heard(
        tmp_path,
        (cue(1, 3, "Voel je buik nu"), "voel je boek nu"),
        (cue(5, 7, "Laat alles los nu"), "laat alles los nu"),
    )
    (verdict,) = verdicts(found)
    assert (verdict.value, verdict.outcome) == (87.5, Outcome.PASS)
    assert "the listener's own" in verdict.note
    (verdict,) = verdicts(found, 90.0)
    assert (verdict.low, verdict.outcome) == (90.0, Outcome.FAIL)
    assert verdict.remedy
    assert [line.otherwise for line in found.lines] == [True, False]
    assert found.lines[0].remedy == 'pronounce: {buik: ", buik,"}'


def test_whispers_and_single_words_are_told_and_do_not_count(tmp_path: Path) -> None:
    found, _ = heard(
        tmp_path,
        (cue(1, 3, "Slaap nu maar zacht", manner="whisper"), "sla maar wat"),
        (cue(5, 7, "Slaap"), "schaap"),
        (cue(9, 11, "Laat los"), "laat los"),
    )
    assert [line.judged for line in found.lines] == [False, False, True]
    assert [line.otherwise for line in found.lines] == [True, True, False]
    assert [one.value for one in verdicts(found)] == [100.0]


def test_breaths_that_are_counted_are_not_heard(tmp_path: Path) -> None:
    found, listener = heard(tmp_path, (cue(1, 2, "in"), "x"), (cue(3, 4, "2"), "x"))
    assert not listener.given
    assert not any(line.judged or line.otherwise for line in found.lines)
    assert verdicts(found) == ()


def test_without_lines_there_is_nothing_to_compare(tmp_path: Path) -> None:
    lines = Outline(cues=(cue(1, 2, "Iets anders"),))
    for report in (None, Report(language="nl"), Report(language="xx", outline=lines)):
        with pytest.raises(InputMissingError, match=r"file\.json"):
            hear_file(tmp_path / "file.wav", report, Told(iter(())))


def test_lines_that_are_not_in_the_file_are_heard_as_nothing(tmp_path: Path) -> None:
    found, listener = heard(
        tmp_path, (cue(19.5, 1e6, "Laat nu los"), ""), (cue(1e9, 1e12, "Laat nu los"), "")
    )
    assert [len(audio) for audio, _ in listener.given] == pytest.approx([10_400, 0], abs=20)
    assert [one.value for one in verdicts(found)] == [0.0]
