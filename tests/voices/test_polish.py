"""One polish for every voice, measured."""

from __future__ import annotations

import numpy as np
import pytest

import sessions
from sessions.metering.loudness import clip_loudness_lufs
from sessions.plan import lines
from sessions.script.model import MANNER_DB, Language, Manner, Style
from sessions.units import SAMPLE_RATE_HZ, Audio, decibels
from sessions.voices.base import Clip, Line, Utterance
from sessions.voices.espeak.voice import Espeak
from sessions.voices.finish import finish
from sessions.voices.polish import POLISHES, TARGET_LUFS, held, polished, settled

RATE = SAMPLE_RATE_HZ

NAMES = tuple(POLISHES)


@pytest.fixture(scope="module")
def chapter() -> list[Utterance]:
    spoken = list(dict.fromkeys(lines(sessions.load("bodyscan"))))[:20]
    with Espeak().open() as speaker:
        return [speaker.speak(line) for line in spoken]


def noise(seconds: float, seed: int = 1) -> Audio:
    sound = np.random.default_rng(seed).standard_normal(round(seconds * RATE))
    return (0.05 * sound).astype(np.float32)


def band_db(sound: Audio, low_hz: float, high_hz: float) -> float:
    spectrum = np.square(np.abs(np.fft.rfft(sound.astype(np.float64))))
    hz = np.fft.rfftfreq(len(sound), 1 / RATE)
    return float(10 * np.log10(spectrum[(hz >= low_hz) & (hz < high_hz)].sum() + 1e-12))


def crest_db(clip: Clip) -> float:
    return decibels(float(np.abs(clip.samples).max())) - clip.loudness_lufs


def test_every_setting_is_a_polish() -> None:
    assert list(POLISHES) == ["warm", "close", "plain"]


@pytest.mark.parametrize("name", NAMES)
def test_the_lines_of_a_chapter_sound_alike(name: str, chapter: list[Utterance]) -> None:
    clips = [finish(spoken, POLISHES[name]) for spoken in chapter]
    loudness = [clip.loudness_lufs for clip in clips]
    assert max(loudness) - min(loudness) <= 1.5
    assert np.mean(loudness) == pytest.approx(TARGET_LUFS, abs=0.5)
    assert max(map(crest_db, clips)) < POLISHES[name].crest_db + 0.8


@pytest.mark.parametrize("level", [0.01, 0.1, 1.0, 3.0])
def test_a_line_comes_to_its_level_however_loud_it_was(level: float) -> None:
    wave = level * np.sin(np.arange(2 * RATE) / 20).astype(np.float32)
    assert clip_loudness_lufs(polished(wave, POLISHES["plain"])[: 2 * RATE]) == pytest.approx(
        TARGET_LUFS, abs=0.3
    )


def test_what_is_nearly_nothing_is_not_made_speech() -> None:
    faint = polished((noise(1.0) * 1e-2).astype(np.float32), POLISHES["warm"])
    assert clip_loudness_lufs(faint) < TARGET_LUFS - 10
    with pytest.raises(ValueError, match="silent"):
        polished(np.zeros(RATE, np.float32), POLISHES["warm"])


@pytest.mark.parametrize("name", NAMES)
def test_a_manner_keeps_its_own_level(name: str, chapter: list[Utterance]) -> None:
    usual = finish(chapter[0], POLISHES[name]).loudness_lufs
    for manner in Manner:
        clip = finish(chapter[0], POLISHES[name], manner)
        assert clip.loudness_lufs - usual == pytest.approx(MANNER_DB[manner], abs=0.4)


@pytest.mark.parametrize("name", NAMES)
def test_rumble_goes(name: str) -> None:
    sound = noise(2.0) + 0.2 * np.sin(2 * np.pi * 25 / RATE * np.arange(2 * RATE))
    sound = sound.astype(np.float32)
    after = polished(sound, POLISHES[name])[: len(sound)]
    before_db = band_db(sound, 20, 30) - band_db(sound, 400, 2000)
    assert band_db(after, 20, 30) - band_db(after, 400, 2000) < before_db - 12


def test_hisses_come_down_and_vowels_stay() -> None:
    vowel = sum(np.sin(2 * np.pi * 140 * k / RATE * np.arange(RATE)) / k for k in range(1, 20))
    spectrum = np.fft.rfft(noise(0.3))
    spectrum[np.fft.rfftfreq(round(0.3 * RATE), 1 / RATE) < 5500] = 0
    hiss = 2.5 * np.fft.irfft(spectrum, round(0.3 * RATE))
    sound = np.concatenate([0.1 * vowel, hiss, 0.1 * vowel]).astype(np.float32)

    def ratio(name: str) -> float:
        after = polished(sound, POLISHES[name])
        middle = after[RATE + 2000 : RATE + len(hiss) - 2000]
        return band_db(middle, 5500, 12_000) - band_db(after[10_000:40_000], 100, 1000)

    assert ratio("close") < ratio("plain") - 4
    assert ratio("warm") < ratio("plain") - 4


def test_warm_has_less_treble_and_a_room_and_close_has_none(chapter: list[Utterance]) -> None:
    clips = {name: finish(chapter[0], POLISHES[name]).samples for name in NAMES}
    tilt = {name: band_db(s, 5000, 10_000) - band_db(s, 300, 1500) for name, s in clips.items()}
    assert tilt["warm"] < tilt["close"] - 0.8
    assert len(clips["plain"]) == pytest.approx(len(clips["close"]), abs=600)
    assert len(clips["warm"]) > len(clips["plain"]) + 600


def test_peaks_are_held_by_a_gain_that_does_not_jump() -> None:
    sound = noise(1.0).astype(np.float64)
    sound[20_000] = 2.0
    after = held(sound, 0.3)
    assert np.abs(after).max() <= 0.3 + 1e-9
    moves = np.abs(np.diff(after[np.abs(sound) > 1e-4] / sound[np.abs(sound) > 1e-4]))
    assert moves.max() < 0.03
    assert np.array_equal(after[:10_000], sound[:10_000])


def test_onsets_stay_within_five_milliseconds() -> None:
    sound = np.zeros(RATE, np.float32)
    start = 20_000
    sound[start : start + 15_000] = 0.2 * np.sin(2 * np.pi * 300 / RATE * np.arange(15_000))
    for name in NAMES:
        clip = finish(Utterance(sound, RATE), POLISHES[name])
        loud = np.flatnonzero(np.abs(clip.samples) > 0.15 * np.abs(clip.samples).max())
        assert loud[0] < 0.005 * RATE + 0.004 * RATE


def test_the_same_line_is_polished_to_the_same_bits(chapter: list[Utterance]) -> None:
    for name in NAMES:
        one, other = (finish(chapter[3], POLISHES[name]) for _ in range(2))
        assert one.samples.tobytes() == other.samples.tobytes()


def test_the_polish_is_part_of_the_key() -> None:
    from sessions.voices.cache import clip_key

    line = Line("Rust.", Style(Language.DUTCH))
    assert len({clip_key(Espeak(), line, name) for name in NAMES}) == 3


@pytest.mark.parametrize(("louder_db", "taken_db"), [(0.0, 0.0), (6.0, 4.0), (20.0, 5.0)])
def test_a_line_that_begins_louder_than_it_goes_on_is_taken_down_there_and_nowhere_else(
    louder_db: float, taken_db: float
) -> None:
    noise = np.random.default_rng(1).standard_normal(3 * SAMPLE_RATE_HZ) * 0.01
    noise[: SAMPLE_RATE_HZ // 2] *= 10 ** (louder_db / 20)
    curve_db = 20 * np.log10(settled(noise))
    assert -5.01 <= curve_db.min() <= -taken_db + 0.7
    assert np.all(curve_db[SAMPLE_RATE_HZ:] == 0.0)
    assert np.all(np.diff(curve_db) >= -1e-9)  # it only comes up: nothing pumps
