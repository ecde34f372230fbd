"""A folder of recordings with the noise of a home, heard back from the finished file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
import soxr

from sessions.cli import run
from sessions.script.model import Language, Style
from sessions.units import SAMPLE_RATE_HZ
from sessions.voices.base import Line
from sessions.voices.hibari.voice import Hibari
from sessions.voices.recorded.lines import list_text
from tests.voices.test_home import PAD, Home, added, at, click

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.units import Audio

pytestmark = pytest.mark.listen

TEXTS = (
    "Let your shoulders grow heavy, and let the breath come and go by itself.",
    "If a thought comes, that is all right; let it pass like a cloud.",
    "Soften the jaw, the tongue, the small muscles around your eyes.",
    "There is nothing to solve tonight.",
    "Half of the breath is letting go.",
    "The bed carries all of your weight, and you can leave it there.",
)
SCRIPT = "---\nlanguage: en\nbackground: brown\n---\n" + "\n\n[pause 3s]\n\n".join(TEXTS) + "\n"
HOME = Home(white_db=-50.0, hum_db=-50.0, rumble_db=-40.0)


def render(folder: Path, spoken: list[Audio], home: Home | None) -> None:
    """Make a session of recordings that were made in a home, and let it be heard."""
    name = "clean" if home is None else "home"
    own = folder / name
    own.mkdir()
    lines = [Line(text, Style(Language.ENGLISH)) for text in TEXTS]
    (own / "lines.txt").write_text(list_text(own, lines, name), encoding="utf-8")
    for number, sound in enumerate(spoken, start=1):
        taken = np.pad(at(sound, -25.0 - (0.0, 6.0, 12.0)[number % 3]), PAD)
        if home is not None:
            taken += added(home, len(taken), number)
            taken[PAD - 12_000 : PAD - 12_000 + len(click())] += click()
        soundfile.write(own / f"{number:03}.flac", taken, SAMPLE_RATE_HZ)
    (folder / f"{name}.md").write_text(SCRIPT, encoding="utf-8")
    assert run(["render", f"{name}.md", "--voice", f"recorded:{own}", "--quiet"]) == 0
    assert run(["verify", f"output/{name}.mp3", "--listen", "--json"]) == 0


def test_no_more_words_are_misheard_than_of_clean_recordings(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Hibari().open() as speaker:
        said = [speaker.speak(Line(text, Style(Language.ENGLISH))) for text in TEXTS]
    spoken = [soxr.resample(one.samples, one.rate_hz, SAMPLE_RATE_HZ) for one in said]
    rates = []
    for home in (None, HOME):
        render(in_folder, spoken, home)
        (found,) = json.loads(capsys.readouterr().out)
        rates.append(found["heard"]["word_error_percent"]["en"])
    clean, of_home = rates
    assert of_home <= clean <= 3.0
