"""Your own recordings as a voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
import soxr

import sessions
from sessions.errors import (
    ConfigurationError,
    InputMissingError,
    RecordingError,
    ScriptError,
    UnavailableError,
)
from sessions.plan import lines
from sessions.script.model import Language, Style
from sessions.units import SAMPLE_RATE_HZ
from sessions.voices.base import Choice, Line
from sessions.voices.cache import clip_key
from sessions.voices.finish import finish
from sessions.voices.recorded.clean import cleaned
from sessions.voices.recorded.lines import list_text
from sessions.voices.recorded.sound import decoded, words_of
from sessions.voices.recorded.voice import Recorded, make
from tests.conftest import run_tool

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sessions.units import Audio

RATE = 48_000
TEXTS = ("Ga liggen.", "Adem uit.", "Slaap zacht.")
SCRIPT = "\n\n".join(TEXTS) + "\n"


def recording(hz: float = 220.0, level: float = 0.1, room: float = 0.0005) -> Audio:
    """A word of one second in a room, after one second of the room alone, and before another."""
    sound = room * np.random.default_rng(3).standard_normal(3 * RATE)
    sound[RATE : 2 * RATE] += level * np.sin(2 * np.pi * hz / RATE * np.arange(RATE))
    return sound.astype(np.float32)


def line(text: str) -> Line:
    return Line(text, Style(Language.DUTCH))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "stem"
    own.mkdir()
    (own / "lines.txt").write_text(list_text(own, map(line, TEXTS), "Slaap"), encoding="utf-8")
    for number, hz in enumerate((220.0, 330.0, 440.0), start=1):
        soundfile.write(own / f"{number:03} opname.wav", recording(hz), RATE)
    (tmp_path / "slaap.md").write_text(SCRIPT, encoding="utf-8")
    return own


def voice(folder: Path) -> Recorded:
    return make(Choice(str(folder), Language.DUTCH, folder, folder))


def test_each_line_is_heard_from_its_own_file(folder: Path) -> None:
    with voice(folder).open() as speaker:
        for text, hz in zip(TEXTS, (220.0, 330.0, 440.0), strict=True):
            clip = finish(speaker.speak(line(text)))
            spectrum = np.abs(np.fft.rfft(clip.samples))
            heard = np.fft.rfftfreq(len(clip.samples), 1 / 44_100)[spectrum.argmax()]
            assert heard == pytest.approx(hz, abs=3)


@pytest.mark.parametrize("room", [0.0001, 0.001, 0.01])
def test_silence_is_trimmed_and_a_little_of_the_room_stays(room: float) -> None:
    sound = soxr.resample(recording(room=room), RATE, SAMPLE_RATE_HZ)
    start, stop = words_of(cleaned(sound, None))
    assert 0.02 < 1 - start / SAMPLE_RATE_HZ < 0.1
    assert 0.1 < stop / SAMPLE_RATE_HZ - 2 < 0.3


def test_edges_do_not_click(folder: Path) -> None:
    soundfile.write(folder / "001 opname.wav", recording(room=0.01), RATE)
    with voice(folder).open() as speaker:
        clip = finish(speaker.speak(line(TEXTS[0])))
    assert max(abs(clip.samples[0]), abs(clip.samples[-1])) < 1e-3
    assert np.abs(clip.samples[2000:]).max() > 0.05


@pytest.mark.parametrize("suffix", ["wav", "flac", "mp3", "ogg", "m4a", "webm"])
def test_every_format_is_read(tmp_path: Path, suffix: str) -> None:
    source, path = tmp_path / "in.wav", tmp_path / f"001.{suffix}"
    soundfile.write(source, recording(), RATE)
    if suffix != "wav":
        run_tool("ffmpeg", "-v", "error", "-i", source, path)
    else:
        path = source
    sound = decoded(path)
    assert len(sound) / SAMPLE_RATE_HZ == pytest.approx(3.0, abs=0.1)
    middle = sound[int(1.2 * SAMPLE_RATE_HZ) : int(1.8 * SAMPLE_RATE_HZ)]
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(0.1 / np.sqrt(2), rel=0.1)


def test_phone_formats_say_that_they_need_ffmpeg(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "001.m4a").write_bytes(b"x")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnavailableError, match="ffmpeg"):
        decoded(tmp_path / "001.m4a")


@pytest.mark.parametrize("name", ["001.wav", "001.m4a", "001.mp3"])
def test_a_file_that_is_no_audio_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"#EXTM3U\nfile:///etc/passwd\n")
    with pytest.raises(RecordingError, match=name):
        decoded(tmp_path / name)


def test_missing_lines_are_named_and_filled_only_when_asked(folder: Path, in_folder: Path) -> None:
    (folder / "002 opname.wav").unlink()
    script = sessions.load(in_folder / "slaap.md")
    asked = {"voice": f"recorded:{folder}"}
    with (
        pytest.raises(InputMissingError, match="1 line has no recording") as caught,
        sessions.planned(script, sessions.resolve(asked, script.meta)),
    ):
        pass
    assert caught.value.listed == ("002  Adem uit.",)
    assert "002.wav" in caught.value.remedy
    filled = sessions.resolve({**asked, "fill": "tone"}, script.meta)
    told: list[str] = []
    with sessions.planned(script, filled, notice=told.append) as plan:
        assert plan.voice.name == "recorded"
        assert told == ["1 line is not recorded, and spoken by 'tone'"]
        tone = sessions.resolve({"voice": "tone"}, script.meta)
        with sessions.planned(script, tone) as other:
            keys = [{cue.text: cue.clip.key for cue in p.timeline.cues if cue.clip}
                    for p in (plan, other)]  # fmt: skip
    assert [text for text in TEXTS if keys[0][text] == keys[1][text]] == ["Adem uit."]


def test_at_most_twenty_missing_lines_are_named(folder: Path) -> None:
    error = voice(folder).lacking("stem", [line(f"Zin {n}") for n in range(30)])
    assert error is not None
    assert len([text for text in error.listed if "Zin" in text]) == 20
    assert error.listed[-1] == "and 10 more"
    assert "template NAME --voice stem" in error.remedy


def test_a_script_names_recordings_beside_it_and_no_others(folder: Path) -> None:
    path = folder.parent / "eigen.md"
    path.write_text("---\nvoice: recorded:stem\n---\n" + SCRIPT, encoding="utf-8")
    script = sessions.load(path)
    with sessions.planned(script, sessions.resolve({}, script.meta)) as plan:
        assert plan.voice.name == "recorded"
    path.write_text("---\nvoice: recorded:../stem\n---\n" + SCRIPT, encoding="utf-8")
    script = sessions.load(path)
    with (
        pytest.raises(ScriptError, match=r"eigen.md:2:8: .* lies outside"),
        sessions.planned(script, sessions.resolve({}, script.meta)),
    ):
        pass


def test_numbers_never_move_when_the_script_changes(folder: Path) -> None:
    text = list_text(folder, map(line, ("Nieuw begin.", *TEXTS)), "Slaap")
    assert "001  Ga liggen." in text
    assert "004  Nieuw begin." in text


def test_lines_of_another_script_keep_their_numbers_below(folder: Path) -> None:
    text = list_text(folder, map(line, ("Nieuw begin.", TEXTS[1])), "Slaap")
    mine, _, others = text.partition("# Not in this script")
    assert "002  Adem uit.\n004  Nieuw begin." in mine
    assert "001  Ga liggen.\n003  Slaap zacht." in others
    assert "Nieuw" not in others


@pytest.mark.parametrize("sound", [np.zeros(RATE), np.full(RATE, np.nan), np.full(RATE, np.inf)])
def test_a_recording_in_which_nothing_is_heard_is_named(folder: Path, sound: Audio) -> None:
    soundfile.write(folder / "001 opname.wav", sound, RATE, subtype="FLOAT")
    with (
        voice(folder).open() as speaker,
        pytest.raises(RecordingError, match="001 opname") as caught,
    ):
        speaker.speak(line(TEXTS[0]))
    assert caught.value.exit_code == 65
    assert caught.value.remedy


def test_a_folder_of_that_name_is_no_recording(folder: Path) -> None:
    (folder / "001 opname.wav").unlink()
    (folder / "001.wav").mkdir()
    assert not voice(folder).covers(line(TEXTS[0]))


def test_a_recording_that_is_gone_is_an_error_and_no_crash(folder: Path) -> None:
    with voice(folder).open() as speaker, pytest.raises(InputMissingError, match="Nooit"):
        speaker.speak(line("Nooit gezegd."))


@pytest.mark.parametrize(
    "change",
    [
        lambda sound: np.stack([sound, 0.5 * sound], axis=1),  # stereo
        lambda sound: np.clip(40 * sound, -1, 1),  # clipped
        lambda sound: 0.1 * sound,  # too soft
    ],
)
def test_bad_recordings_come_to_the_level_of_the_others(
    folder: Path, change: Callable[[Audio], Audio]
) -> None:
    soundfile.write(folder / "001 opname.wav", change(recording(room=0.0)), RATE)
    soundfile.write(folder / "002 opname.wav", recording(room=0.0)[::6], RATE // 6)
    with voice(folder).open() as speaker:
        clips = [finish(speaker.speak(line(text))) for text in TEXTS]
    loudness = [clip.loudness_lufs for clip in clips]
    assert max(loudness) - min(loudness) <= 1.5


def test_two_people_may_speak_in_one_session(folder: Path, in_folder: Path) -> None:
    other = in_folder / "ander"
    other.mkdir()
    (other / "lines.txt").write_text("001  Dag.\n", encoding="utf-8")
    soundfile.write(other / "1.wav", recording(550.0), RATE)
    text = f"{SCRIPT}\n[voice recorded:ander] Dag. [end]\n"
    (in_folder / "twee.md").write_text(text, encoding="utf-8")
    script = sessions.load(in_folder / "twee.md")
    asked = sessions.resolve({"voice": f"recorded:{folder}", "jobs": 1}, script.meta)
    with sessions.planned(script, asked) as plan:
        assert [cue.text for cue in plan.timeline.cues if cue.clip] == [*TEXTS, "Dag."]


def test_two_recordings_of_one_line_are_an_error(folder: Path) -> None:
    soundfile.write(folder / "1.flac", recording(), RATE)
    with pytest.raises(ConfigurationError, match="two recordings of line 001"):
        voice(folder)


def test_another_recording_makes_another_clip(folder: Path) -> None:
    before = clip_key(voice(folder), line(TEXTS[0]))
    soundfile.write(folder / "001 opname.wav", recording(250.0), RATE)
    assert clip_key(voice(folder), line(TEXTS[0])) != before


def test_the_template_lists_every_line_once(script_lines: list[Line], tmp_path: Path) -> None:
    text = list_text(tmp_path, script_lines, "Bodyscan")
    rows = [row for row in text.splitlines() if row and not row.startswith("#")]
    assert len(rows) == len(set(script_lines))
    assert rows[0].startswith("001  ")


@pytest.fixture
def script_lines() -> list[Line]:
    return list(lines(sessions.load("bodyscan")))


def test_a_script_means_the_folder_where_it_is_and_not_the_one_that_is_shown(
    folder: Path, in_folder: Path
) -> None:
    (in_folder / "elders" / "stem").mkdir(parents=True)
    text = f"---\nvoice: recorded:stem\n---\n{SCRIPT}"
    script = sessions.loads(text, path="elders/slaap.md", folder=folder.parent)
    with sessions.planned(script, sessions.resolve({}, script.meta)) as session:
        assert session.voice.name == "recorded"
