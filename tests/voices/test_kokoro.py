"""Kokoro: its model from four packages, the sounds it is given, and what becomes of odd lines."""

from __future__ import annotations

import errno
import hashlib
import importlib.util
import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sessions.cli import run
from sessions.errors import ConfigurationError, StorageError, UnavailableError
from sessions.script.model import Language, Manner, Style
from sessions.voices.base import Choice, Line, Search, Utterance
from sessions.voices.cache import clip_key
from sessions.voices.espeak.process import Worker, working
from sessions.voices.finish import finish
from sessions.voices.kokoro import lexicon as words_of
from sessions.voices.kokoro import model
from sessions.voices.kokoro.alphabet import ESPEAK, VOCABULARY
from sessions.voices.kokoro.lexicon import lexicon
from sessions.voices.kokoro.phonemes import Word, worded
from sessions.voices.kokoro.pieces import pieces_of, tokens_of
from sessions.voices.kokoro.times import starts_of
from sessions.voices.kokoro.voice import KIND, Kokoro, at_hand, speed, styles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DUTCH, ENGLISH = Style(Language.DUTCH), Style(Language.ENGLISH)
installed = pytest.mark.skipif(
    bool(model.missing()) and "CI" not in os.environ, reason="the extra 'natural' is not installed"
)


@pytest.fixture(scope="module")
def espeak() -> Iterator[Worker]:
    with working() as worker:
        yield worker


def said(text: str, worker: Worker, language: Language = Language.DUTCH) -> str:
    return " ".join(word.sounds + word.end for word in worded(text, language, worker.phonemes))


def spoken(text: str, style: Style = DUTCH) -> Utterance:
    with Kokoro(Language.DUTCH).open() as speaker:
        return speaker.speak(Line(text, style))


def seconds(utterance: Utterance) -> float:
    return len(utterance.samples) / utterance.rate_hz


def test_dutch_sounds_are_those_that_were_understood_best(espeak: Worker) -> None:
    assert "ˈʌyk" in said("Je buik.", espeak)


def test_punctuation_stays_with_its_word(espeak: Worker) -> None:
    heard = said("Adem in, en rust (even) uit... Ja? Goed – ja", espeak).split()
    ends = [word[-1] for word in heard if not word[-1].isalpha()]
    assert ends == [",", "…", "?", ","]
    assert len(heard) == 9


def test_a_number_is_one_word_of_the_line(espeak: Worker) -> None:
    words = worded("Om 7:30 uur, na 10 minuten.", Language.DUTCH, espeak.phonemes)
    assert [word.text for word in words] == ["Om", "7:30", "uur,", "na", "10", "minuten."]
    assert all(word.tokens for word in words)


@pytest.mark.parametrize("text", ["", "...", "?!", " – ", "( )", '"…"'])
def test_what_cannot_be_said_has_no_words(espeak: Worker, text: str) -> None:
    assert worded(text, Language.DUTCH, espeak.phonemes) == ()


def test_every_sound_of_both_languages_has_a_sign(espeak: Worker) -> None:
    texts = {
        Language.DUTCH: "Jij huilt, zo'n mooie blauwe deur, rug, vuur, geeuwen, wrijf, sjaal.",
        Language.ENGLISH: "They joyfully chose the house, my bird, a usual church, air, boys, no.",
    }
    for language, text in texts.items():
        for word in worded(text, language, espeak.phonemes):
            assert all(sign in VOCABULARY for sign in word.sounds + word.end)
            assert len(word.sounds) >= 1


def test_english_is_said_in_the_alphabet_of_the_model(espeak: Worker) -> None:
    heard = said("Boy, they may go now; my church, judge.", espeak, Language.ENGLISH)
    assert all(sign in heard for sign in "YAOWIʧʤ")


def test_a_word_of_the_table_is_said_as_it_has_it(
    espeak: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = said("Mijn Stoel, ja.", espeak)
    rows = "# a comment\nstoel\t/stˈiːl/\twhy\nja\tnee\twhy\n"
    monkeypatch.setattr(words_of, "table", lambda _language: rows)
    lexicon.cache_clear()
    try:
        after = said("Mijn Stoel, ja.", espeak)
        assert after.split()[1] == "stˈiːl,"
        assert after.split()[2] == said("nee.", espeak)
    finally:
        lexicon.cache_clear()
    assert before.split()[0] == after.split()[0]
    assert before.split()[1:] != after.split()[1:]


def test_every_row_of_the_table_can_be_said(espeak: Worker) -> None:
    rows = lexicon(Language.DUTCH)
    assert rows
    for word, how in rows.items():
        assert word == word.casefold()
        assert len(worded(word, Language.DUTCH, espeak.phonemes)) == 1
        if how.startswith("/"):
            assert how.endswith("/")
            assert how != f"/{espeak.phonemes([word], ESPEAK[Language.DUTCH])[0]}/", word


def line_of(*ends: str) -> list[Word]:
    return [Word(f"w{place}", "ˈaːdəm", end) for place, end in enumerate(ends)]


def test_a_long_line_is_parted_where_it_is_heard_least() -> None:
    sentence = ["", "", "", ",", "", "", "."]
    pieces = pieces_of(line_of(*sentence, *sentence), 70)
    assert [len(piece) for piece in pieces] == [7, 7]
    pieces = pieces_of(line_of(*sentence), 40)
    assert [len(piece) for piece in pieces] == [4, 3]
    pieces = pieces_of(line_of(*[""] * 9), 20)
    assert [len(piece) for piece in pieces] == [3, 3, 3]
    assert all(len(tokens_of(piece)) <= 20 for piece in pieces)


def test_a_word_that_is_too_long_is_cut_off() -> None:
    (piece,) = pieces_of([Word("x", "a" * 900, ".")], 120)
    assert len(tokens_of(piece)) <= 120


def test_words_are_placed_by_pauses_and_shares() -> None:
    rate_hz = 24_000
    tone = np.sin(np.arange(rate_hz) * 0.1).astype(np.float32)
    sound = np.concatenate([tone, np.zeros(12_000, np.float32), tone])
    words = [
        Word("a", "aaaa"),
        Word("b", "aaaaaaaa", ","),
        Word("c", "a" * 6),
        Word("d", "a" * 6, "."),
    ]
    a, b, c, d = starts_of(words, sound, rate_hz)
    assert a == 0
    assert b / rate_hz == pytest.approx(1 / 3, abs=0.03)
    assert c / rate_hz == pytest.approx(1.5, abs=0.03)
    assert d / rate_hz == pytest.approx(2.0, abs=0.03)


def test_the_timbre_has_a_row_for_every_number_of_tokens() -> None:
    for language in Language:
        assert styles(language).shape == (510, 256)
        assert np.isfinite(styles(language)).all()


def test_the_pace_keeps_within_what_is_understood() -> None:
    assert speed(DUTCH) > speed(Style(Language.DUTCH, slow=True)) >= 0.6
    assert speed(Style(Language.DUTCH, slow=True, rate=0.5)) == 0.6
    assert speed(Style(Language.DUTCH, rate=2.0)) == 1.2


def test_a_session_of_another_language_has_another_key() -> None:
    line = Line("Rust.", DUTCH)
    assert clip_key(Kokoro(Language.DUTCH), line) != clip_key(Kokoro(Language.ENGLISH), line)


def test_a_detail_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="has no"):
        KIND.make(Choice("heart", Language.DUTCH, tmp_path, tmp_path))


@pytest.mark.parametrize("package", ["onnxruntime", model.PARTS[2]])
def test_what_is_not_installed_is_told_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, package: str
) -> None:
    usual = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == package else usual(name)
    )
    assert package.replace("_", "-") in model.missing()
    assert not at_hand(Search(Language.DUTCH, tmp_path, offline=True, kept=lambda _name: False))
    with pytest.raises(UnavailableError) as caught, Kokoro(Language.DUTCH).open():
        pass
    assert "guided-sessions[natural]" in caught.value.remedy
    assert caught.value.exit_code == 69


@installed
@pytest.mark.parametrize("harm", ["missing", "cut", "changed"])
def test_a_part_that_is_harmed_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, harm: str
) -> None:
    usual, path = model.part_of, tmp_path / model.PART_FILE
    data = usual(model.PARTS[1]).read_bytes()
    if harm == "cut":
        path.write_bytes(data[:-1])
    if harm == "changed":
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    monkeypatch.setattr(
        model, "part_of", lambda package: path if package == model.PARTS[1] else usual(package)
    )
    with pytest.raises(UnavailableError, match=r"missing|cut short or changed") as caught:
        model.join(io.BytesIO())
    assert "pip install --force-reinstall" in caught.value.remedy


@installed
def test_the_model_is_what_its_publisher_made() -> None:
    file = io.BytesIO()
    model.join(file)
    assert hashlib.sha256(file.getvalue()).hexdigest() == model.SHA256


@installed
def test_a_disk_without_room_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(model, "join", full)
    model._session.cache_clear()
    with pytest.raises(StorageError, match="no room to write") as caught:
        model.session()
    assert "free some" in caught.value.remedy


@installed
def test_it_is_at_hand_for_dutch_alone(tmp_path: Path) -> None:
    for language, name in ((Language.DUTCH, "kokoro"), (Language.ENGLISH, "")):
        search = Search(language, tmp_path, offline=True, kept=lambda _name: False)
        assert at_hand(search) == name


PROBE = """
import hashlib
from sessions.script.model import Language, Style
from sessions.voices.base import Line
from sessions.voices.kokoro.voice import Kokoro
with Kokoro(Language.DUTCH).open() as speaker:
    sound = speaker.speak(Line("Rust nu maar uit.", Style(Language.DUTCH))).samples
print(hashlib.sha256(sound.tobytes()).hexdigest())
"""


@installed
@pytest.mark.voices
def test_two_processes_speak_the_same_bytes() -> None:
    other = subprocess.run(
        [sys.executable, "-c", PROBE], check=True, capture_output=True, text=True
    ).stdout.strip()
    ours = spoken("Rust nu maar uit.").samples
    assert other == hashlib.sha256(ours.tobytes()).hexdigest()


@installed
@pytest.mark.parametrize(
    "text",
    [
        "Rust.",
        *(
            pytest.param(text, marks=pytest.mark.voices)
            for text in ("Eén", "10", "100 000", "Om 7:30 uur, 3,5 °C.", "日本語")
        ),
    ],
)
def test_odd_lines_are_spoken(text: str) -> None:
    utterance = spoken(text)
    clip = finish(utterance)
    assert 0.2 < len(clip.samples) / 44_100 < 10
    assert [word.text for word in utterance.words] == text.replace(" °C.", " °C.").split()


@installed
@pytest.mark.voices
def test_a_line_of_600_characters_is_spoken_whole() -> None:
    text = "Laat je schouders maar zakken, en voel hoe zwaar ze zijn. " * 10 + "Dat is goed zo ja."
    utterance = spoken(text[:600])
    assert 30 < seconds(utterance) < 60
    assert len(utterance.words) == len(text[:600].split())
    loud = np.square(utterance.samples[: len(utterance.samples) // 2400 * 2400])
    silent = loud.reshape(-1, 2400).mean(axis=1) < 1e-7
    longest = max(map(len, "".join("s" if quiet else " " for quiet in silent).split()), default=0)
    assert longest <= 6  # nowhere is it silent for longer than 0.6 s


@installed
def test_only_punctuation_is_no_sound() -> None:
    utterance = spoken("...")
    assert len(utterance.samples) == 0
    with pytest.raises(ValueError, match="silent"):
        finish(utterance)


@installed
@pytest.mark.voices
def test_the_other_language_is_said_by_its_own_rules() -> None:
    here = spoken("Breathe out, my friend.", ENGLISH)
    there = spoken("Breathe out, my friend.", DUTCH)
    assert here.samples.tobytes() != there.samples.tobytes()


@installed
@pytest.mark.voices
def test_a_whisper_has_no_pitch_and_a_soft_line_is_slower() -> None:
    text = "Blijf maar liggen."
    usual, soft, whisper = (
        spoken(text, Style(Language.DUTCH, manner))
        for manner in (Manner.NORMAL, Manner.SOFT, Manner.WHISPER)
    )
    assert periodicity(whisper) < 0.5 * periodicity(usual)
    assert 1.02 * seconds(usual) < seconds(soft) < seconds(whisper)


def periodicity(utterance: Utterance) -> float:
    """Return the mean peak of the autocorrelation between 80 and 350 Hz, of the louder frames."""
    count = 1200
    frames = utterance.samples[: len(utterance.samples) // count * count].reshape(-1, count)
    frames = frames[np.square(frames).mean(axis=1) > np.square(utterance.samples).mean()]
    spectrum = np.abs(np.fft.rfft(frames * np.hanning(count), 2 * count)) ** 2
    lags = np.fft.irfft(spectrum)
    return float((lags[:, 24_000 // 350 : 24_000 // 80].max(axis=1) / lags[:, 0]).mean())


def test_nothing_of_the_extra_is_imported_until_it_speaks() -> None:
    code = (
        "import sessions.voices, sys\n"
        "from sessions.voices.kokoro.voice import missing\n"
        "missing()\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"onnxruntime", *model.PARTS}


def test_without_the_extra_a_render_says_how_to_get_it(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "rust.md").write_text("Dit is nog nooit door kokoro gezegd.\n", encoding="utf-8")
    usual = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name, *rest: None if name in model.PARTS else usual(name, *rest),
    )
    assert run(["render", "rust.md", "--voice", "kokoro"]) == 69
    assert "guided-sessions[natural]" in capsys.readouterr().err
