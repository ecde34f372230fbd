"""What every voice promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from sessions.script.model import Language, Style
from sessions.storage.caches import Caches
from sessions.voices import VOICES
from sessions.voices.base import Choice, Line, Voice
from sessions.voices.cache import ClipCache, clip_key
from sessions.voices.cast import Cast
from sessions.voices.finish import finish
from sessions.voices.speak import Booth, speak_all
from sessions.voices.timing import timed
from tests.voices.tiny_piper import make_voice

if TYPE_CHECKING:
    from pathlib import Path

DUTCH = Style(Language.DUTCH)
ENGLISH = Style(Language.ENGLISH)
FEET = Line("Voel nu je voeten.", DUTCH)
BREATH = Line("Breathe out, and rest.", ENGLISH)


@pytest.fixture(
    params=[
        pytest.param(name, marks=pytest.mark.voices if name == "kokoro" else ())
        for name in sorted(VOICES.keys() - {"recorded"})
    ]
)
def voice(request: pytest.FixtureRequest, tmp_path: Path) -> Voice:
    if request.param == "google":
        request.getfixturevalue("service")
    if request.param == "piper":
        make_voice(tmp_path)
    return VOICES[request.param].make(Choice("", Language.DUTCH, tmp_path, tmp_path))


def spoken(voice: Voice, *lines: Line) -> list[bytes]:
    with voice.open() as speaker:
        return [speaker.speak(line).samples.tobytes() for line in lines]


def test_the_same_line_sounds_the_same_in_any_order(voice: Voice) -> None:
    first = spoken(voice, FEET, BREATH)
    second = spoken(voice, BREATH, FEET, BREATH)
    assert first[0] == second[1]
    assert first[1] == second[0] == second[2]


def test_two_speakers_at_once_do_not_disturb_each_other(voice: Voice) -> None:
    with voice.open() as one, voice.open() as other:
        a, b = one.speak(FEET), other.speak(BREATH)
        c, d = other.speak(FEET), one.speak(BREATH)
    assert np.array_equal(a.samples, c.samples)
    assert np.array_equal(b.samples, d.samples)


def test_the_same_line_sounds_the_same_on_any_number_of_jobs(voice: Voice, tmp_path: Path) -> None:
    lines = [FEET, BREATH, Line("Rust.", DUTCH)]
    caches = {jobs: ClipCache(Caches(tmp_path / str(jobs)).clips) for jobs in (1, 3)}
    for jobs, cache in caches.items():
        with Booth(Cast(voice), cache) as booth:
            speak_all(lines, booth, jobs, lambda _done, _of: None)
    for line in lines:
        one, three = (cache.get(clip_key(voice, line)) for cache in caches.values())
        assert one is not None
        assert three is not None
        assert np.array_equal(one.samples, three.samples)


def test_the_key_follows_text_language_and_pace(voice: Voice) -> None:
    slow = Style(Language.DUTCH, slow=True)
    lines = [FEET, BREATH, Line(FEET.text + "!", DUTCH), Line(FEET.text, slow)]
    assert len({clip_key(voice, line) for line in lines}) == len(lines)


def test_the_key_is_the_same_for_both_forms_of_an_accent(voice: Voice) -> None:
    composed, decomposed = Line("Één", DUTCH), Line("E\u0301e\u0301n", DUTCH)
    assert clip_key(voice, composed) == clip_key(voice, decomposed)


def test_slow_takes_longer(voice: Voice) -> None:
    with voice.open() as speaker:
        usual = speaker.speak(FEET)
        slow = speaker.speak(Line(FEET.text, Style(Language.DUTCH, slow=True)))
    assert len(slow.samples) > 1.1 * len(usual.samples)


def test_words_are_timed_in_order_within_the_clip(voice: Voice) -> None:
    with voice.open() as speaker:
        clip = finish(timed(speaker.speak(FEET), FEET.normalized))
    starts = [word.start_samples for word in clip.words]
    assert [word.text.strip(".") for word in clip.words] == FEET.text.strip(".").split()
    assert starts == sorted(starts)
    assert 0 <= starts[0] < starts[-1] < len(clip.samples)


def test_a_clip_begins_and_ends_with_sound_and_without_a_click(voice: Voice) -> None:
    with voice.open() as speaker:
        clip = finish(speaker.speak(BREATH))
    peak = np.abs(clip.samples).max()
    for edge in (clip.samples[:441], clip.samples[-441:]):
        assert np.abs(edge).max() > 0.003 * peak
    assert max(abs(clip.samples[0]), abs(clip.samples[-1])) < 0.002 * peak
