"""When words begin, by an estimate; espeak-ng knows, and so judges it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import sessions
from sessions.script.model import Language, Speech, Style
from sessions.voices.base import Line, Utterance
from sessions.voices.espeak.voice import Espeak
from sessions.voices.timing import timed

RATE_HZ = 16_000


@pytest.mark.parametrize("script", ["bodyscan", "body-scan"])
def test_words_are_near_to_where_a_voice_that_knows_has_them(script: str) -> None:
    loaded = sessions.load(script)
    spoken = [part for part in loaded.parts if isinstance(part, Speech)]
    texts = [text for text in dict.fromkeys(part.text for part in spoken) if text.count(" ") > 2]
    errors = list[float]()
    with Espeak().open() as speaker:
        for text in texts[:40]:
            known = speaker.speak(Line(text, Style(loaded.meta.language)))
            found = timed(replace(known, words=()), text)
            starts = [word.start_samples for word in found.words]
            assert starts == sorted(starts)
            if len(known.words) == len(found.words):
                pairs = zip(found.words, known.words, strict=True)
                errors += [(a.start_samples - b.start_samples) / known.rate_hz for a, b in pairs]
    assert len(errors) > 200
    assert np.median(np.abs(errors)) < 0.07
    assert np.percentile(np.abs(errors), 90) < 0.2


def test_a_silence_where_a_sign_asks_for_one_parts_the_words() -> None:
    tone = 0.3 * np.sin(np.arange(RATE_HZ) / 5).astype(np.float32)
    quiet = np.zeros(RATE_HZ, np.float32)
    text = "Laat alles los, en rust."
    found = timed(Utterance(np.concatenate([quiet, tone, quiet, tone]), RATE_HZ), text)
    by = {word.text: word.start_samples / RATE_HZ for word in found.words}
    assert by["Laat"] == pytest.approx(1.0, abs=0.02)
    assert by["en"] == pytest.approx(3.0, abs=0.02)
    assert by["los,"] < 2.0


@pytest.mark.parametrize(("text", "level"), [("Rust.", 0.0), ("...", 0.3)])
def test_where_nothing_sounds_or_no_word_stands_there_are_no_times(text: str, level: float) -> None:
    sound = np.full(RATE_HZ, level, np.float32)
    assert timed(Utterance(sound, RATE_HZ), text).words == ()


def test_a_voice_that_knows_is_believed() -> None:
    with Espeak().open() as speaker:
        known = speaker.speak(Line("Adem in.", Style(Language.DUTCH)))
    assert timed(known, "Adem in.") is known


def test_a_sign_that_a_voice_runs_over_takes_no_silence_from_far_behind_it() -> None:
    tone = 0.3 * np.sin(np.arange(RATE_HZ) / 5).astype(np.float32)
    sound = np.concatenate([*[tone] * 5, np.zeros(RATE_HZ // 2, np.float32), tone])
    found = timed(Utterance(sound, RATE_HZ), "Een, twee drie vier vijf zes. Zeven")
    by = {word.text: word.start_samples / RATE_HZ for word in found.words}
    assert by["twee"] < 1.5
    assert by["Zeven"] == pytest.approx(5.5, abs=0.02)
