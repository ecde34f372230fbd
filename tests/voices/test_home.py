"""Recordings made at the kitchen table: hiss, hum, rumble, clicks and uneven levels.

The words are those of a natural voice, so that it is known what is clean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
import soundfile
import soxr
from pystoi import stoi

from sessions.metering.loudness import clip_loudness_lufs
from sessions.script.model import Language, Style
from sessions.units import SAMPLE_RATE_HZ, gain
from sessions.voices.base import Choice, Line
from sessions.voices.finish import finish
from sessions.voices.hibari.voice import Hibari
from sessions.voices.polish import POLISHES
from sessions.voices.recorded.clean import cleaned
from sessions.voices.recorded.lines import list_text
from sessions.voices.recorded.noise import in_room, noise_of, powers_of, room_of
from sessions.voices.recorded.sound import words_of
from sessions.voices.recorded.voice import Recorded, make

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from sessions.units import Audio
    from sessions.voices.base import Utterance

TEXTS = (
    "Let your shoulders grow heavy, and let the breath come and go by itself.",
    "Nothing is asked of you now. Rest.",
    "There is nothing to solve tonight.",
    "Half of the breath is letting go.",
)
LINES = tuple(Line(text, Style(Language.ENGLISH)) for text in TEXTS)
PAD = round(0.8 * SAMPLE_RATE_HZ)
LEVEL_DB = -25.0
HUM = ((1, 1.0), (2, 0.6), (3, 0.8), (5, 0.5), (7, 0.3), (9, 0.2), (11, 0.1))
MAINS_HZ = 50.03


class Home(NamedTuple):
    """What a room and a phone add: levels of hiss, hum and rumble in dBFS."""

    white_db: float = -200.0
    pink_db: float = -200.0
    hum_db: float = -200.0
    rumble_db: float = -200.0


HOMES = {
    "hiss": Home(white_db=-50.0),
    "loud": Home(white_db=-42.0),
    "street": Home(pink_db=-48.0),
    "hum": Home(white_db=-58.0, hum_db=-45.0),
    "rumble": Home(white_db=-54.0, rumble_db=-35.0),
}


def level_db(sound: NDArray[np.floating[Any]]) -> float:
    return float(10.0 * np.log10(np.mean(np.square(sound, dtype=np.float64)) + 1e-20))


def at(sound: NDArray[np.floating[Any]], wanted_db: float) -> Audio:
    return np.asarray(sound * gain(wanted_db - level_db(sound)), np.float32)


def added(home: Home, length: int, seed: int) -> Audio:
    """What is heard of a home besides the words."""
    white = np.random.default_rng(seed).standard_normal(length).astype(np.float32)
    hz = np.fft.rfftfreq(length, 1 / SAMPLE_RATE_HZ)
    spectrum = np.fft.rfft(white)
    pink = np.fft.irfft(spectrum / np.sqrt(np.maximum(hz, 20.0)), length)
    low = np.fft.irfft(np.where((hz > 10.0) & (hz < 35.0), spectrum, 0.0), length)
    time = np.arange(length) / SAMPLE_RATE_HZ
    hum = np.sum([much * np.sin(2 * np.pi * MAINS_HZ * n * time + n) for n, much in HUM], axis=0)
    parts = zip((white, pink, hum, low), home, strict=True)
    return np.asarray(sum(at(sound, wanted_db) for sound, wanted_db in parts), np.float32)


@pytest.fixture(scope="module")
def spoken() -> list[Audio]:
    """The words alone, at 44.1 kHz."""
    with Hibari().open() as speaker:
        said = [speaker.speak(line) for line in LINES]
    return [at(soxr.resample(one.samples, one.rate_hz, SAMPLE_RATE_HZ), LEVEL_DB) for one in said]


@pytest.fixture(scope="module", params=HOMES)
def takes(request: pytest.FixtureRequest, spoken: list[Audio]) -> list[tuple[Audio, Audio, Audio]]:
    """Of each line: as it is meant, as it was recorded, and cleaned."""
    meant = [np.pad(sound, PAD) for sound in spoken]
    recorded = [
        sound + added(HOMES[request.param], len(sound), seed) for seed, sound in enumerate(meant)
    ]
    room = room_of([noise_of(sound) for sound in recorded])
    return [
        (sound, taken, cleaned(taken, room)) for sound, taken in zip(meant, recorded, strict=True)
    ]


def quiet_under_loud_db(sound: Audio) -> float:
    """How far the quietest 4 % of 20 ms lie under the loudest tenth."""
    frame = SAMPLE_RATE_HZ // 50
    whole = sound[: len(sound) // frame * frame].reshape(-1, frame)
    levels = np.sort(10.0 * np.log10(np.square(whole, dtype=np.float64).mean(axis=1) + 1e-15))
    loud, quiet = max(1, len(levels) // 10), max(1, round(0.04 * len(levels)))
    return float(levels[-loud:].mean() - levels[:quiet].mean())


def tinkling(sound: Audio) -> float:
    """How far powers of bins stand out of their mean where nobody speaks: of noise, 2.

    It is the kurtosis by which musical noise is told (Uemura and others, IWAENC 2008).
    """
    powers = powers_of(sound[2000 : PAD - 4000])[6:-6, 10:]
    return float(np.square(powers / powers.mean(axis=0)).mean())


def test_noise_goes_and_the_voice_stays_itself(takes: list[tuple[Audio, Audio, Audio]]) -> None:
    for meant, taken, clean in takes:
        words = slice(PAD, len(meant) - PAD)
        assert quiet_under_loud_db(clean[words]) >= 45.0
        assert stoi(meant[words], clean[words], SAMPLE_RATE_HZ) >= 0.96
        assert level_db((clean - meant)[words]) < level_db((taken - meant)[words]) - 2.0
        assert abs(level_db(clean[words]) - level_db(meant[words])) < 0.3


def test_what_is_left_is_unheard_and_does_not_tinkle(
    takes: list[tuple[Audio, Audio, Audio]],
) -> None:
    for meant, taken, clean in takes:
        left_db = level_db(clean[2000 : PAD - 4000])
        assert left_db < level_db(meant[PAD:-PAD]) - 60.0
        assert tinkling(clean) < 1.7 * max(2.0, tinkling(taken))


def test_a_clean_recording_stays_as_it_is(spoken: list[Audio]) -> None:
    for seed, sound in enumerate(spoken):
        padded = np.pad(sound, PAD)
        for home in (Home(), Home(pink_db=LEVEL_DB - 48.0)):
            taken = padded + added(home, len(padded), seed)
            assert cleaned(taken, room_of([noise_of(taken)])) is taken


def test_a_hum_goes_where_the_voice_has_its_pitch() -> None:
    time = np.arange(4 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    voice = np.where((time > 1) & (time < 3), 0.05 * np.sin(2 * np.pi * 200.1 * time), 0.0)
    taken = voice + added(Home(white_db=-60.0, hum_db=-40.0), len(time), 1)
    clean = cleaned(taken.astype(np.float32), None)
    inside = slice(round(1.2 * SAMPLE_RATE_HZ), round(2.8 * SAMPLE_RATE_HZ))
    assert level_db(clean[inside]) == pytest.approx(level_db(voice[inside]), abs=0.4)
    assert level_db((clean - voice)[inside]) < level_db(voice[inside]) - 20.0


def click(seconds: float = 0.006) -> Audio:
    """Lips, or a key of the phone."""
    count = round(seconds * SAMPLE_RATE_HZ)
    noise = np.random.default_rng(9).standard_normal(count)
    return (0.5 * noise * np.exp(-5.0 * np.arange(count) / count)).astype(np.float32)


@pytest.mark.parametrize(
    ("seconds", "apart"), [(0.004, 0.1), (0.02, 0.3), (0.05, 0.1), (0.05, 0.6)]
)
def test_a_line_begins_at_its_words_and_not_at_a_click(
    spoken: list[Audio], seconds: float, apart: float
) -> None:
    for sound in spoken[1:]:
        taken = np.pad(sound, PAD) + added(HOMES["hiss"], len(sound) + 2 * PAD, 2)
        begin = PAD - round(apart * SAMPLE_RATE_HZ) - round(seconds * SAMPLE_RATE_HZ)
        after = len(sound) + PAD + round((apart + 0.3) * SAMPLE_RATE_HZ)
        for place in (begin, min(after, len(taken) - 5000)):
            noise = click(seconds)
            taken[place : place + len(noise)] += noise[: len(taken) - place]
        start, stop = words_of(cleaned(taken, None))
        first, last = loud_part(sound)
        assert 0.0 < (PAD + first - start) / SAMPLE_RATE_HZ < 0.1
        assert 0.0 < (stop - PAD - last) / SAMPLE_RATE_HZ < 0.5


def test_the_last_letter_of_a_word_stays() -> None:
    """After *rest* there is nothing for a tenth of a second, and then a soft t."""
    time = np.arange(3 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    sound = np.where((time > 1) & (time < 1.5), 0.1 * np.sin(2 * np.pi * 150 * time), 0.0)
    at_t = round(1.61 * SAMPLE_RATE_HZ)
    sound[at_t : at_t + 900] += 0.02 * np.random.default_rng(1).standard_normal(900)
    _, stop = words_of(sound.astype(np.float32))
    assert stop > at_t + 900


def test_a_breath_before_the_words_is_cut(spoken: list[Audio]) -> None:
    breath = at(added(Home(pink_db=-30.0), SAMPLE_RATE_HZ // 2, 3), LEVEL_DB - 32.0)
    gap = np.zeros(SAMPLE_RATE_HZ // 5, np.float32)
    for sound in spoken:
        taken = np.concatenate([gap, breath, gap, sound, gap])
        start, _ = words_of(taken)
        assert start > len(gap) + len(breath)


def loud_part(sound: Audio) -> tuple[int, int]:
    """Where a sound begins and ends, within 30 dB of its peak."""
    loud = np.flatnonzero(np.abs(sound) > 0.03 * np.abs(sound).max())
    return int(loud[0]), int(loud[-1])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, spoken: list[Audio]) -> Path:
    """A folder of one room: levels from -37 to -19 dBFS, a click before each line."""
    own = tmp_path_factory.mktemp("own")
    (own / "lines.txt").write_text(list_text(own, LINES, "Home"), encoding="utf-8")
    for number, sound in enumerate(spoken, start=1):
        taken = np.pad(at(sound, LEVEL_DB + (-12.0, 6.0, 0.0)[number % 3]), PAD)
        taken += added(Home(white_db=-50.0, hum_db=-52.0), len(taken), number)
        taken[PAD - 14_000 : PAD - 14_000 + len(click())] += click()
        soundfile.write(own / f"{number:03}.flac", taken, SAMPLE_RATE_HZ)
    return own


def voice(folder: Path) -> Recorded:
    return make(Choice(str(folder), Language.ENGLISH, folder, folder))


@pytest.fixture(scope="module")
def heard(folder: Path) -> list[Utterance]:
    """Each line of the folder, as the voice gives it."""
    with voice(folder).open() as speaker:
        return [speaker.speak(line) for line in LINES]


def test_lines_of_a_folder_are_alike_whatever_their_levels(
    heard: list[Utterance], spoken: list[Audio]
) -> None:
    found = [finish(one, POLISHES["warm"]) for one in heard]
    loudness = [clip_loudness_lufs(one.samples) for one in found]
    assert max(loudness) - min(loudness) < 1.0
    for one, sound in zip(found, spoken, strict=True):
        assert quiet_under_loud_db(one.samples) >= 38.0
        start, stop = loud_part(one.samples)
        assert start / SAMPLE_RATE_HZ < 0.1
        first, last = loud_part(sound)
        assert stop - start == pytest.approx(last - first, abs=0.14 * SAMPLE_RATE_HZ)
        # The room comes and goes slowly, or is under the words by 60 dB.
        edge = one.samples[: SAMPLE_RATE_HZ // 100], one.samples[-SAMPLE_RATE_HZ // 10 :]
        assert max(map(level_db, edge)) < level_db(one.samples) - 60.0


def test_plain_leaves_the_noise_and_begins_at_the_words(heard: list[Utterance]) -> None:
    for one in heard:
        clean, plain = (finish(one, POLISHES[name]).samples for name in ("warm", "plain"))
        quiet, noisy = (
            quiet_under_loud_db(sound[slice(*loud_part(sound))]) for sound in (clean, plain)
        )
        assert noisy < 38.0
        assert quiet > noisy + 3.0
        assert loud_part(plain)[0] / SAMPLE_RATE_HZ < 0.1


def test_the_same_samples_whatever_was_spoken_before(folder: Path, heard: list[Utterance]) -> None:
    with voice(folder).open() as speaker:
        alone = speaker.speak(LINES[2])
    assert np.array_equal(alone.samples, heard[2].samples)
    assert alone.cleaned is not None
    assert heard[2].cleaned is not None
    assert np.array_equal(alone.cleaned, heard[2].cleaned)


def test_a_recording_without_a_pause_is_cleaned_by_what_the_folder_knows(
    folder: Path, tmp_path: Path, spoken: list[Audio]
) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    sound, _ = soundfile.read(tmp_path / "003.flac", dtype="float32")
    soundfile.write(tmp_path / "003.flac", sound[PAD : len(sound) - PAD], SAMPLE_RATE_HZ)
    with voice(tmp_path).open() as speaker:
        one = finish(speaker.speak(LINES[2]), POLISHES["warm"])
    assert quiet_under_loud_db(one.samples) >= 33.0
    start, stop = loud_part(one.samples)
    first, last = loud_part(spoken[2])
    assert stop - start == pytest.approx(last - first, abs=0.14 * SAMPLE_RATE_HZ)


def test_a_click_is_no_word_by_which_noise_is_judged(spoken: list[Audio]) -> None:
    taken = np.pad(spoken[1], PAD) + added(Home(white_db=-52.0), len(spoken[1]) + 2 * PAD, 4)
    without = noise_of(taken).under_db
    taken[PAD // 2 : PAD // 2 + len(click(0.01))] += 1.8 * click(0.01)
    assert noise_of(taken).under_db == pytest.approx(without, abs=1.5)


@pytest.mark.parametrize(
    "low", [Home(rumble_db=-38.0), Home(pink_db=-90.0)], ids=["rumble", "offset"]
)
def test_what_is_below_a_voice_is_no_word(spoken: list[Audio], low: Home) -> None:
    taken = np.pad(spoken[1], PAD) + added(low, len(spoken[1]) + 2 * PAD, 5)
    taken += 0.003 if low.rumble_db < -100 else 0.0
    start, stop = words_of(cleaned(taken, None))
    first, last = loud_part(spoken[1])
    assert 0.0 < (PAD + first - start) / SAMPLE_RATE_HZ < 0.12
    assert 0.0 < (stop - PAD - last) / SAMPLE_RATE_HZ < 0.5


def test_one_line_of_the_mains_goes_from_a_recording_that_is_clean_besides(
    spoken: list[Audio],
) -> None:
    meant = np.pad(spoken[1], PAD)
    time = np.arange(len(meant)) / SAMPLE_RATE_HZ
    taken = meant + added(Home(white_db=-76.0), len(meant), 6)
    taken += at(np.sin(2 * np.pi * 100.04 * time), -45.0)
    clean = cleaned(taken, None)
    assert level_db((clean - meant)[2000 : PAD - 4000]) < -70.0


def test_of_a_line_without_a_pause_the_room_tells_the_noise(spoken: list[Audio]) -> None:
    low = Home(white_db=-62.0)
    rooms = [np.pad(one, PAD) + added(low, len(one) + 2 * PAD, 7) for one in spoken]
    room = room_of([noise_of(one) for one in rooms])
    assert room is not None
    first, _ = loud_part(spoken[1])
    own = noise_of(rooms[1][PAD + first : PAD + first + SAMPLE_RATE_HZ // 2])
    off_db = [abs(10 * np.log10(one.power / room.power)) for one in (own, in_room(own, room))]
    assert off_db[1] < off_db[0] / 3


@pytest.mark.parametrize("count", [1, 15, 300, 1408, 3000])
def test_however_short_it_is_nothing_is_lost(count: int) -> None:
    sound = np.full(count, 0.1, np.float32)
    room = noise_of(np.pad(sound, PAD) + added(HOMES["hiss"], count + 2 * PAD, 8))
    assert len(cleaned(sound, room)) == count
