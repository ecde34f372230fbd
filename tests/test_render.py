"""The whole way, judged by real decoders."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile

import sessions
from sessions.cli import run
from sessions.errors import StorageError
from sessions.metering.meter import Meter
from sessions.output import file_stem, write_stems
from sessions.plan import Kind
from sessions.units import SAMPLE_RATE_HZ, samples
from sessions.verify.measure import measure
from tests.conftest import decoded_by_ffmpeg, decoded_by_mpg123, run_tool
from tests.made import rendered

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sessions.storage.caches import Caches


STEMS = ("voice", "bed", "cues")
SHORT = """---
title: Kort
language: nl
background: [brown]
---
# Begin
Ga liggen. [pause 3s] Adem rustig uit.

# Midden
[bel] [pauze 4s..20s]
Je mag hier zijn. [adem in 4 uit 6 keer 2]
"""


@pytest.fixture
def short(tmp_path: Path) -> sessions.Script:
    path = tmp_path / "kort.md"
    path.write_text(SHORT, encoding="utf-8")
    return sessions.load(path)


@pytest.mark.parametrize("decode", [decoded_by_ffmpeg, decoded_by_mpg123])
def test_words_are_heard_where_the_plan_says(
    short: sessions.Script, tmp_path: Path, decode: Any
) -> None:
    written = rendered(short, tmp_path, voice="tone", background="none", rise_lu=30)
    sound = np.abs(decode(written.audio)[:, 0])
    spoken = [cue for cue in written.report.outline.cues if cue.kind == "speech"]
    assert len(spoken) == 3
    for cue in spoken:
        around = sound[cue.start_samples - 2000 : cue.start_samples + 4000]
        # A tone's edge takes 3 ms; a bell may ring underneath.
        onset = np.flatnonzero(around > max(0.02, 1.5 * around[:1000].max()))[0] - 2000
        assert abs(onset) < 0.005 * SAMPLE_RATE_HZ


def test_the_same_inputs_give_the_same_bytes(
    short: sessions.Script,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fresh_cache: Callable[[str], Caches],
) -> None:
    def hashes(folder: str, **choices: Any) -> list[str]:
        written = rendered(short, tmp_path / folder, voice="espeak", **choices)
        assert written.fresh
        return [hashlib.sha256(path.read_bytes()).hexdigest() for path in written.files]

    warm = hashes("a", jobs=1)
    assert hashes("b", jobs=2) == warm
    monkeypatch.setenv("SESSIONS_CACHE_DIR", str(tmp_path / "cold"))
    monkeypatch.chdir(tmp_path)
    assert hashes("c", jobs=2) == warm
    fresh_cache("blocks")
    monkeypatch.setattr("sessions.mp3.encoder.BLOCK_SAMPLES", 9 * 1152)
    assert hashes("d") == warm


def test_nothing_is_done_twice_until_something_changes(
    short: sessions.Script, tmp_path: Path
) -> None:
    first = rendered(short, tmp_path / "out", voice="tone")
    again = rendered(short, tmp_path / "out", voice="tone")
    assert (first.fresh, again.fresh) == (True, False)
    assert again.report == first.report
    assert rendered(short, tmp_path / "out", voice="tone", loudness=-18).fresh
    first.audio.write_bytes(b"damaged")
    assert rendered(short, tmp_path / "out", voice="tone", loudness=-18).fresh


def test_a_file_that_the_disk_does_not_take_leaves_the_old_one(
    short: sessions.Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = rendered(short, tmp_path).audio.read_bytes()

    def failing(_descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("os.fsync", failing)
    with pytest.raises(StorageError, match="input/output error"):
        rendered(short, tmp_path, bitrate_kbps=96)
    assert (tmp_path / "kort.mp3").read_bytes() == old
    assert not list(tmp_path.glob(".sessions-*"))


@pytest.mark.parametrize("kind", ["wav", "flac"])
def test_other_formats_hold_the_same_sound(
    short: sessions.Script, tmp_path: Path, kind: str
) -> None:
    written = rendered(short, tmp_path, voice="tone", format=kind)
    sound, rate_hz = soundfile.read(written.audio, dtype="float32")
    assert rate_hz == SAMPLE_RATE_HZ
    chosen = sessions.resolve({"voice": "tone", "format": kind}, short.meta)
    with sessions.prepared(short, chosen) as episode:
        mix = episode.read(0, episode.timeline.length)
    assert sound.shape == mix.shape
    assert np.abs(sound - mix).max() < 2**-23
    tags = json.loads(
        run_tool("ffprobe", "-v", "error", "-show_format", "-of", "json", written.audio).stdout
    )
    assert {key.lower(): value for key, value in tags["format"]["tags"].items()}["title"] == "Kort"


def test_mono_loses_nothing(short: sessions.Script, tmp_path: Path) -> None:
    stereo = rendered(short, tmp_path / "s", voice="tone", format="wav")
    mono = rendered(short, tmp_path / "m", voice="tone", format="wav", mono=True)
    assert soundfile.info(mono.audio).channels == 1
    one, _ = soundfile.read(mono.audio, dtype="float32")
    both = np.stack([one, one], axis=1)
    meter = Meter(2)
    meter.add(both)
    heard = meter.finish()
    assert heard.integrated_lufs == pytest.approx(mono.report.loudness_lufs, abs=0.02)
    assert heard.integrated_lufs == pytest.approx(stereo.report.loudness_lufs, abs=0.3)
    pause = next(cue for cue in stereo.report.outline.cues if cue.kind == "pause")
    span = slice(pause.start_samples + 30_000, pause.stop_samples - 30_000)
    wide, _ = soundfile.read(stereo.audio, dtype="float32")
    levels = [10 * np.log10(np.mean(sound[span] ** 2)) for sound in (wide, both)]
    assert levels[0] == pytest.approx(levels[1], abs=1.5)
    mp3 = rendered(short, tmp_path / "m3", voice="tone", mono=True)
    assert len(decoded_by_ffmpeg(mp3.audio, channels=1)) == len(one)


def test_the_mp3_is_as_loud_as_the_mix(short: sessions.Script, tmp_path: Path) -> None:
    for bitrate in (64, 128, 320):
        written = rendered(short, tmp_path / str(bitrate), voice="tone", bitrate_kbps=bitrate)
        done = run_tool("ffmpeg", "-i", written.audio, "-af", "ebur128", "-f", "null", "-")
        heard = float(done.stderr.decode().rsplit("I:", 1)[1].split("LUFS")[0])
        assert heard == pytest.approx(written.report.loudness_lufs, abs=0.15)


def test_an_excerpt_is_a_pydub_segment_of_that_window(short: sessions.Script) -> None:
    with sessions.prepared(short, sessions.resolve({"voice": "tone"}, short.meta)) as episode:
        segment = episode.excerpt(4.0, 6.5)
        window = episode.read(samples(4.0), samples(6.5))
    assert len(segment) == 2500
    assert (segment.channels, segment.frame_rate) == (2, SAMPLE_RATE_HZ)
    left = np.array(segment.get_array_of_samples()).reshape(-1, 2)[:, 0] / 32767
    assert np.abs(left - window[:, 0]).max() < 1e-4


def test_the_report_tells_inputs_and_places(short: sessions.Script, tmp_path: Path) -> None:
    written = rendered(short, tmp_path, voice="tone")
    report = written.report.plain
    assert report["inputs"]["script_sha256"] == hashlib.sha256(SHORT.encode()).hexdigest()
    assert report["audio"]["sha256"] == hashlib.sha256(written.audio.read_bytes()).hexdigest()
    assert report["voice"]["name"] == "tone"
    kinds = [cue["kind"] for cue in report["cues"]]
    assert kinds[:3] == ["speech", "pause", "speech"]
    assert kinds.count("breath-in") == 2
    assert [chapter["title"] for chapter in report["chapters"]] == ["Begin", "Midden"]
    assert report["background"] == [{"sound": "brown", "gain_db": 0.0}]
    assert report["background_changes"] == []
    assert str(tmp_path) not in json.dumps(report)


def test_the_report_tells_each_change_of_the_bed_as_show_does_and_its_silence_is_excused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "stil.md"
    path.write_text(
        "Zin. [pauze 9s]\n[background none]\nZin. [pauze 30s]\n[background pink -3 dB]\n"
        "Zin. [pauze 9s]\n",
        encoding="utf-8",
    )
    report = rendered(sessions.load(path), tmp_path / "out", voice="tone").report.plain
    off, on = report["background_changes"]
    assert (off["background"], on["background"]) == ([], [{"sound": "pink", "gain_db": -3.0}])
    assert on["start_seconds"] == on["start_samples"] / SAMPLE_RATE_HZ
    (line,) = [line for line in report["verified"]["lines"] if line["name"] == "digital silence"]
    assert (line["outcome"], line["value"]) == ("pass", 0.0)
    monkeypatch.chdir(tmp_path)
    assert run(["show", "stil.md", "--voice", "tone", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["background_changes"] == [off, on]


PEAK_MEMORY = """
import resource, sys, sessions
script = sessions.loads(sys.argv[1], path="long.md")
chosen = sessions.resolve({"voice": "tone", "output": sys.argv[2], "mono": True})
with sessions.prepared(script, chosen) as episode:
    sessions.write(episode)
    print(episode.timeline.length, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.catalogue
@pytest.mark.skipif(os.name == "nt", reason="resource")
def test_memory_does_not_grow_with_the_length(tmp_path: Path) -> None:
    def text(minutes: int) -> str:
        return "\n\n".join(f"Dit is zin {n % 30}. [pause 9s]" for n in range(minutes * 60 // 10))

    def peak_mib(minutes: int) -> float:
        folder = str(tmp_path / str(minutes))
        command = [sys.executable, "-c", PEAK_MEMORY, text(minutes), folder]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        length, peak_kib = map(int, done.stdout.split())
        assert length > 0.95 * minutes * 60 * SAMPLE_RATE_HZ
        return peak_kib / 1024

    script = sessions.loads(text(5), path="long.md")
    with sessions.planned(script, sessions.resolve({"voice": "tone"})):
        pass  # all sentences are spoken, so that no process that is measured has to
    mapped_mib = 10 * 60 * 16_000 / 2**20  # of the MP3, which the check of the file maps
    assert peak_mib(12) - peak_mib(2) < mapped_mib + 15  # the samples would be 100 MiB


@pytest.mark.parametrize(
    ("path", "stem"),
    [
        ("a/bodyscan.md", "bodyscan"),
        ("Mijn: script?.md", "Mijn- script"),
        ("...", "session"),
        ("é" * 200 + ".md", "é" * 100),
    ],
)
def test_output_names_are_safe(path: str, stem: str) -> None:
    assert file_stem(path) == stem


def test_stems_add_up_to_the_mix_and_labels_stand_at_the_cues(
    short: sessions.Script, tmp_path: Path
) -> None:
    chosen = sessions.resolve({"voice": "tone", "output": tmp_path / "out"}, short.meta)
    with sessions.prepared(short, chosen) as episode:
        folder = write_stems(episode)
        length = episode.timeline.length
        whole = episode.mix.unlimited(0, length)
        first = next(episode.timeline.of_kind(Kind.SPEECH))
    assert sorted(os.listdir(folder)) == ["bed.wav", "cues.wav", "labels.txt", "voice.wav"]
    stems = [soundfile.read(folder / f"{name}.wav", dtype="float32")[0] for name in STEMS]
    assert all(len(stem) == length and stem.any() for stem in stems)
    assert np.abs(sum(stems) - whole).max() < 1e-6
    rows = [line.split("\t") for line in (folder / "labels.txt").read_text().splitlines()]
    spoken = next(row for row in rows if row[2] == first.text)
    assert float(spoken[0]) == pytest.approx(first.start / SAMPLE_RATE_HZ, abs=1e-5)
    assert float(spoken[1]) == pytest.approx(first.stop / SAMPLE_RATE_HZ, abs=1e-5)
    assert [row[2] for row in rows if row[2].startswith("# ")] == ["# Begin", "# Midden"]


def test_a_tail_goes_on_after_the_words_and_fades_at_its_end(
    short: sessions.Script, tmp_path: Path
) -> None:
    plain = rendered(short, tmp_path / "a", voice="tone")
    tailed = rendered(short, tmp_path / "b", voice="tone", tail_seconds="4m")
    length = plain.report.outline.length_samples + 240 * SAMPLE_RATE_HZ
    assert tailed.report.outline.length_samples == length
    assert tailed.report.outline.chapters[-1].stop_samples == length
    whole = measure(tailed.audio)
    assert tailed.report.loudness_lufs == pytest.approx(whole.integrated_lufs, abs=0.02)
    assert tailed.report.true_peak_dbtp == pytest.approx(whole.true_peak_dbtp, abs=0.02)
    told = {line.name: line.value for line in tailed.report.verified.lines}
    rises = [told["largest rise"], told["largest rise of a line"]]
    assert max(filter(None, rises)) == pytest.approx(whole.rise_lu, abs=0.1)
    assert told["last 0.4 s"] == pytest.approx(whole.closing_lufs, abs=0.1)
    assert told["length"] == pytest.approx(whole.length_seconds, abs=0.1)
    sound = decoded_by_ffmpeg(tailed.audio)
    assert len(sound) == length == len(decoded_by_mpg123(tailed.audio))
    second = SAMPLE_RATE_HZ
    levels = [
        10 * np.log10(np.mean(sound[at * second : (at + 1) * second] ** 2))
        for at in (80, 140, 200, length // second - 2)
    ]
    assert np.ptp(levels[:3]) < 1.5
    assert levels[3] < levels[2] - 20
    total = sessions.resolve({"voice": "tone", "total_seconds": "3m"}, short.meta)
    with sessions.planned(short, total) as plan:
        assert plan.timeline.length == 180 * second
