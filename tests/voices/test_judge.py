"""What is told of recordings: nothing of clean ones, and of spoilt ones what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pytest
import soundfile
import soxr

import sessions
from sessions.plan import lines
from sessions.script.model import Language, Manner
from sessions.voices.recorded.examine import Wanted, examined
from sessions.voices.recorded.judge import RULES, Take, judged
from sessions.voices.recorded.measure import measured_take, tops_of
from tests.conftest import run_tool
from tests.voices.spoilt import GOOD, SPOILT, clipped, full, hiss, hum, music, room, soft, spoken

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.units import Audio
    from sessions.voices.recorded.judge import Finding

Said: TypeAlias = "tuple[str, Audio, int]"


def said(voice: str, language: Language, script: str, count: int) -> list[Said]:
    texts = list(dict.fromkeys(line.text for line in lines(sessions.load(script))))[:count]
    sounds = spoken(voice, language, texts)
    return [(text, *sound) for text, sound in zip(texts, sounds, strict=True)]


@pytest.fixture(scope="module")
def english() -> list[Said]:
    return said("hibari", Language.ENGLISH, "body-scan", 12)


@pytest.fixture(scope="module")
def dutch() -> list[Said]:
    return said("espeak", Language.DUTCH, "bodyscan", 20)


def findings(sound: Audio, rate_hz: int, text: str = "") -> dict[str, Finding]:
    stored = np.asarray(np.round(sound * 32767) / 32767, np.float32)
    found = measured_take(stored, rate_hz, tops_of(stored, rate_hz))
    return {one.rule: one for one in judged(Take(found, text))}


@pytest.mark.parametrize("name", GOOD)
def test_nothing_is_told_of_clean_lines(name: str, english: list[Said], dutch: list[Said]) -> None:
    told = {
        text: found
        for text, sound, rate_hz in (*english, *dutch)
        if (found := findings(GOOD[name](sound, rate_hz), rate_hz, text))
    }
    assert not told


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_wrong_is_told(name: str, english: list[Said], dutch: list[Said]) -> None:
    rule, spoil = SPOILT[name]
    some = [*english[:6], *dutch[:3]]
    told = [findings(spoil(sound, rate_hz), rate_hz, text) for text, sound, rate_hz in some]
    assert sum(rule in one for one in told) >= len(told) - (rule == "fast") * 2
    assert all(set(one) <= {rule} for one in told)


def test_each_rule_says_what_to_do() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.remedy and (rule.low is not None or rule.high is not None) for rule in RULES)


def test_noise_is_told_as_it_is(english: list[Said]) -> None:
    text, sound, rate_hz = english[1]
    words_db = measured_take(sound, rate_hz, tops_of(sound, rate_hz)).words_db
    found = findings(SPOILT["hiss at -50 dBFS"][1](sound, rate_hz), rate_hz, text)["hiss"]
    assert found.value == pytest.approx(words_db + 50.0, abs=1.5)
    assert found.message == f"hiss, {found.value:.0f} dB under your words"
    assert "cleaning" in found.remedy


@pytest.mark.parametrize("hz", [50.0, 60.0])
def test_a_hum_is_named_by_its_frequency(hz: float, english: list[Said]) -> None:
    text, sound, rate_hz = english[1]
    found = findings(hum(sound, rate_hz, hz, -55.0), rate_hz, text)
    assert found["hum"].message.startswith(f"a hum of {hz:.0f} Hz, ")


@pytest.mark.parametrize(("t60_seconds", "low", "high"), [(0.8, 0.55, 1.0), (1.5, 0.9, 1.9)])
def test_an_echo_is_told_with_its_time(
    t60_seconds: float, low: float, high: float, english: list[Said]
) -> None:
    text, sound, rate_hz = english[2]
    found = findings(room(sound, rate_hz, t60_seconds), rate_hz, text)
    assert low < found["echo"].value < high


def test_a_silence_is_told_with_its_place(english: list[Said]) -> None:
    text, sound, rate_hz = english[3]
    quiet = np.zeros(3 * rate_hz, np.float32)
    at = len(sound) - rate_hz // 2  # after all words
    assert "gap" not in findings(np.concatenate([sound[:at], quiet]), rate_hz, text)
    twice = np.concatenate([sound[:at], quiet, sound])
    found = findings(twice, rate_hz)["gap"]
    begins = float(found.message.rpartition(" at ")[2].removesuffix(" s"))
    assert begins < at / rate_hz < begins + 1.5
    assert begins + found.value > (at + len(quiet)) / rate_hz + 0.5


@pytest.mark.parametrize("click", [0.3, 1.0])
def test_a_loud_click_is_not_taken_for_words(click: float, english: list[Said]) -> None:
    text, sound, rate_hz = english[1]
    faint = hiss(soft(sound, rate_hz), rate_hz, -70.0)
    at = rate_hz // 4
    clicked = faint.copy()
    clicked[at : at + rate_hz // 200] = click
    without, measured = (
        measured_take(one, rate_hz, tops_of(one, rate_hz)) for one in (faint, clicked)
    )
    assert measured.words_db == pytest.approx(without.words_db, abs=1.0)
    assert findings(clicked, rate_hz, text).keys() == {"soft", "hiss"}


def test_a_click_at_an_edge_is_no_word_that_is_cut_off(english: list[Said]) -> None:
    text, sound, rate_hz = english[1]
    clicked = sound.copy()
    click = 0.3 * (-1.0) ** np.arange(rate_hz // 200)
    clicked[: len(click)] += click
    clicked[-len(click) - rate_hz // 100 : -rate_hz // 100] += click
    assert not findings(clicked, rate_hz, text)


@pytest.mark.parametrize("suffix", ["mp3", "m4a", "opus"])
def test_clipping_is_heard_through_lossy_formats_too(
    suffix: str, tmp_path: Path, english: list[Said]
) -> None:
    text, sound, rate_hz = english[4]
    for number, spoil in enumerate((clipped, full), start=1):
        wave = soxr.resample(sound, rate_hz, 48_000)
        soundfile.write(tmp_path / "a.wav", spoil(wave, 48_000), 48_000)
        made = tmp_path / f"{number:03}.{suffix}"
        run_tool("ffmpeg", "-v", "error", "-i", tmp_path / "a.wav", "-b:a", "96k", made)
    found = examined(tmp_path, {n: Wanted(text, Language.ENGLISH) for n in (1, 2)}, {})
    told = {one.number: [finding.rule for finding in one.findings] for one in found.looked}
    assert told[1] in (["clipped"], ["full"])
    assert told[2] == []


def test_music_is_told_to_be_none_of_it_quiet() -> None:
    chords = music(6.0, 24_000)
    times = np.arange(len(chords)) / 24_000
    plucked = np.exp(-(times % 0.6) / 0.4) * np.sin(2 * np.pi * 220.0 * times)
    for sound in (chords, np.asarray(0.3 * plucked, np.float32)):
        found = findings(sound, 24_000)
        assert found["hiss"].message.startswith("noise or music all through it")
        assert found.keys() == {"hiss"}


def test_lines_much_louder_or_softer_than_the_others_are_told(
    tmp_path: Path, english: list[Said]
) -> None:
    gains = (1.0, 1.0, 1.1, 0.9, 0.2, 3.8)
    for number, (factor, (_, sound, rate_hz)) in enumerate(zip(gains, english, strict=False), 1):
        soundfile.write(tmp_path / f"{number}.wav", factor * sound, rate_hz)
    manners = {n: Wanted("", Language.ENGLISH, Manner.NORMAL) for n in range(1, 7)}
    told = {
        one.number: one.findings[0].message
        for one in examined(tmp_path, manners, {}).looked
        if one.findings
    }
    assert set(told) == {5, 6}
    assert "softer than your other lines" in told[5]
    assert "louder than your other lines" in told[6]
    manners[5] = Wanted("", Language.ENGLISH, Manner.WHISPER)
    assert [one.number for one in examined(tmp_path, manners, {}).looked if one.findings] == [6]
    untold = {n: Wanted("", Language.ENGLISH) for n in range(1, 7)}
    assert [one.number for one in examined(tmp_path, untold, {}).looked if one.findings] == [6]


class Parrot:
    """A listener that hears what it was told, one after another."""

    def __init__(self, *heard: str, language: Language = Language.ENGLISH) -> None:
        self.heard = iter(heard)
        self.language = language

    def hear(self, audio: Audio, language: Language) -> str:
        assert len(audio) > 16_000
        assert language is self.language
        return next(self.heard)


def test_dutch_that_a_recognizer_only_misspells_is_not_told(
    tmp_path: Path, dutch: list[Said]
) -> None:
    texts = ("Liggen ze liever een beetje anders, dan mag dat.", "Adem rustig uit en weer in.")
    heard = ("Ligen ze lieveren beter anders dan macht het", "De kat krabt de krullen")
    for number, (_, sound, rate_hz) in enumerate(dutch[:2], start=1):
        soundfile.write(tmp_path / f"{number}.wav", sound, rate_hz)
    wanted = {n: Wanted(text, Language.DUTCH) for n, text in enumerate(texts, start=1)}
    looked = examined(tmp_path, wanted, {}, Parrot(*heard, language=Language.DUTCH)).looked
    assert [one.number for one in looked if "words" in {row.rule for row in one.findings}] == [2]


def test_what_is_heard_otherwise_is_told_and_whose_words_they_are(
    tmp_path: Path, english: list[Said]
) -> None:
    texts = ("Let your shoulders sink down.", "The night is long and quiet.", "Breathe out now.")
    for number, (_, sound, rate_hz) in enumerate(english[:3], start=1):
        soundfile.write(tmp_path / f"{number}.wav", sound, rate_hz)
    wanted = {n: Wanted(text, Language.ENGLISH) for n, text in enumerate(texts, start=1)}
    heard = ("let your shoulders sink down", "Breathe out now", "Breed doubt snow")
    told = {
        one.number: next((row.message for row in one.findings if row.rule == "words"), "")
        for one in examined(tmp_path, wanted, {}, Parrot(*heard)).looked
    }
    assert told == {
        1: "",
        2: "a recognizer hears the words of line 003",
        3: "a recognizer hears 'Breed doubt snow' for 'Breathe out now'",
    }
