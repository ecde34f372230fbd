"""The scripts that ship, rendered and judged by real decoders.

`make test` renders one of each language, one of them with breaths, near its shortest length;
`make catalogue` renders every one, with each voice and preset.
"""

from __future__ import annotations

import json
import math
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest

import sessions
from sessions.library.catalogue import entries
from sessions.metering.meter import Meter
from sessions.mix.levels import PRESETS
from sessions.plan import Kind
from sessions.units import SAMPLE_RATE_HZ, samples
from tests.conftest import run_tool
from tests.heard import given_back, plain, rises_of, swing_lu, voice_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sessions.output import Written
    from sessions.units import Audio

ENTRIES = entries()
VOICES = {"nl": ("espeak", "tone"), "en": ("espeak", "tone", "hibari")}


@pytest.mark.parametrize(
    ("name", "voice", "loudness", "shortened"),
    [
        pytest.param("affirmations", "espeak", "bedtime", True, marks=pytest.mark.catalogue),
        ("buikademhaling", "tone", "podcast", True),
    ],
)
def test_a_script_of_the_catalogue_is_its_plan_at_its_loudness_and_does_not_startle(
    name: str, voice: str, loudness: str, *, shortened: bool, tmp_path: Path
) -> None:
    minutes = nearly_shortest(name, voice) if shortened else None
    is_what_it_promises(name, voice, loudness, tmp_path, minutes)


@pytest.mark.catalogue
@pytest.mark.parametrize("loudness", sorted(PRESETS))
@pytest.mark.parametrize(
    ("name", "voice"),
    [(entry.name, voice) for entry in ENTRIES for voice in VOICES[entry.language]],
)
def test_a_whole_script_of_the_catalogue_is_its_plan_at_its_loudness_and_does_not_startle(
    name: str, voice: str, loudness: str, tmp_path: Path
) -> None:
    is_what_it_promises(name, voice, loudness, tmp_path)


def nearly_shortest(name: str, voice: str) -> float | None:
    """Return the first tenth of a minute that a script can have; None if it has one length."""
    script = sessions.load(name)
    with sessions.planned(script, sessions.resolve({"voice": voice}, script.meta)) as plan:
        shortest, longest = plan.timeline.shortest, plan.timeline.longest
    minutes = math.ceil(shortest / samples(6)) / 10
    return minutes if shortest < samples(60 * minutes) <= longest else None


def is_what_it_promises(
    name: str, voice: str, loudness: str, folder: Path, minutes: float | None = None
) -> None:
    """Render a script of the catalogue, once, and ask all that a listener may rely on."""
    script = sessions.load(name)
    chosen = {"voice": voice, "loudness": loudness, "minutes": minutes, "jobs": 1, "output": folder}
    with sessions.prepared(script, sessions.resolve(chosen, script.meta)) as episode:
        written = sessions.write(episode)
        timeline, levels = episode.timeline, episode.mix.levels
        bed = Meter(2, true_peak=False)
        for start in range(0, timeline.length, 1 << 20):
            bed.add(episode.mix.bed_part(start, min(start + (1 << 20), timeline.length)))
    if minutes is not None:
        assert written.report.outline.length_samples == samples(60 * minutes)
    is_a_sound_file_with_its_chapters(written, script)
    assert length_by_mpg123(written.audio) == written.report.outline.length_samples
    heard = heard_by_ffmpeg(written.audio, [(cue.start, cue.stop) for cue in plain(timeline)])
    assert heard.true_peak_dbtp <= -1.0
    assert heard.audible.length == written.report.outline.length_samples
    assert heard.audible.first < SAMPLE_RATE_HZ
    assert heard.audible.length - heard.audible.last < SAMPLE_RATE_HZ
    assert heard.audible.longest_silence < SAMPLE_RATE_HZ // 20  # not even 50 ms
    spoken = voice_of(heard.lines, timeline, levels.descend_db)
    louder_lu = spoken.lufs - levels.target_lufs
    assert -0.3 <= louder_lu <= levels.louder_lu + 0.3
    if levels.louder_lu:
        assert heard.integrated_lufs == pytest.approx(levels.target_lufs, abs=1.0)
    assert others_lufs(given_back(heard.lines, timeline, levels.descend_db)) == pytest.approx(
        [spoken.lufs] * 2, abs=0.1
    )
    assert written.report.voice_lufs == pytest.approx(spoken.lufs, abs=0.1)
    assert written.report.loudness_lufs == pytest.approx(heard.integrated_lufs, abs=0.1)
    assert spoken.spread_lu <= 1.5
    assert spoken.start_lu <= 4.0
    # the sea has waves of its own, which come and go under words and away from them
    told = written.report
    waves_lu = 0.9 if told.outline.background and told.outline.background[0].sound == "sea" else 0.3
    assert swing_lu(bed.finish().momentary_lufs, timeline) == pytest.approx(4.0, abs=waves_lu)
    rises = rises_of(heard.momentary_lufs, timeline)
    assert rises.others_lu <= 12.0
    assert rises.lines_lu <= max(12.0, louder_lu - levels.bed_lu)


def is_a_sound_file_with_its_chapters(written: Written, script: sessions.Script) -> None:
    report = run_tool("mp3val", written.audio).stdout.decode()
    assert "WARNING" not in report
    assert "ERROR" not in report
    probe = run_tool(
        *("ffprobe", "-v", "warning", "-show_chapters", "-show_format", "-of", "json"),
        written.audio,
    )
    assert probe.stderr == b""
    found = json.loads(probe.stdout)
    starts = sorted(float(chapter["start_time"]) for chapter in found["chapters"])
    assert starts == pytest.approx(
        [chapter.start_seconds for chapter in written.report.outline.chapters], abs=0.001
    )
    assert found["format"]["tags"]["title"] == script.meta.title
    seconds = written.report.outline.length_samples / SAMPLE_RATE_HZ
    assert float(found["format"]["duration"]) == pytest.approx(seconds, abs=0.06)


def length_by_mpg123(path: Path) -> int:
    """Return how many stereo samples mpg123 gives of a file; a warning of it is a failure."""
    command = ["mpg123", "-q", "-s", "-e", "s16", str(path)]
    length = sum(len(data) for data in stream(command, path.with_suffix(".mpg123")))
    assert path.with_suffix(".mpg123").read_bytes() == b""
    return length // 4


def stream(command: list[str], told_in: Path) -> Iterator[bytes]:
    """Give what a program that must succeed writes, by the mebibyte; what it tells goes to a file.

    Whole, twenty minutes of samples are half a gigabyte.
    """
    with (
        told_in.open("wb") as told,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told) as program,
    ):
        assert program.stdout is not None
        while data := program.stdout.read(1 << 20):
            yield data
    assert program.returncode == 0


@dataclass(slots=True)
class Audible:
    """Where a stream of samples is more than digital silence; places are samples."""

    length: int = 0
    first: int = -1
    last: int = -1
    longest_silence: int = 0
    """Between the first and the last."""

    def add(self, sound: Audio) -> None:
        places = self.length + np.flatnonzero(np.maximum(*np.abs(sound.T)) >= 2.0**-16)
        self.length += len(sound)
        if len(places):
            self.first = int(places[0]) if self.first < 0 else self.first
            steps = np.diff(places, prepend=places[0] if self.last < 0 else self.last)
            self.longest_silence = max(self.longest_silence, int(steps.max()))
            self.last = int(places[-1])


def test_silence_is_found_where_it_is_whatever_the_blocks() -> None:
    sound = np.full((1000, 2), 0.1, np.float32)
    sound[:7] = sound[300:441] = sound[990:] = 0.0
    sound[310, 1] = 2.0**-15
    for size in (64, 300, 1000):
        found = Audible()
        for start in range(0, 1000, size):
            found.add(sound[start : start + size])
        assert found == Audible(1000, 7, 989, 441 - 310)


@dataclass(slots=True)
class Cut:
    """The parts of a stream of samples that are at some places."""

    spans: Sequence[tuple[int, int]]
    parts: list[list[Audio]]
    place: int = 0

    def add(self, sound: Audio) -> None:
        for (start, stop), parts in zip(self.spans, self.parts, strict=True):
            if start < self.place + len(sound) and stop > self.place:
                parts.append(sound[max(0, start - self.place) : stop - self.place])
        self.place += len(sound)


@dataclass(frozen=True, slots=True)
class Heard:
    """What ffmpeg and our meter hear of a file, and its sound where it has lines."""

    audible: Audible
    integrated_lufs: float
    true_peak_dbtp: float
    momentary_lufs: NDArray[np.float32]
    lines: list[Audio]


def heard_by_ffmpeg(path: Path, lines: Sequence[tuple[int, int]]) -> Heard:
    """Decode and measure a file, by one run of ffmpeg without a warning."""
    graph = "[0:a]asplit[a][b];[a]ebur128=peak=true[c]"
    command = ["ffmpeg", "-nostats", "-v", "level+info", "-i", str(path)]
    command += ["-filter_complex", graph, "-map", "[b]", "-f", "f32le", "-"]
    command += ["-map", "[c]", "-f", "null", "-"]
    meter, audible, cut = Meter(2, true_peak=False), Audible(), Cut(lines, [[] for _ in lines])
    for data in stream(command, path.with_suffix(".ffmpeg")):
        sound = np.frombuffer(data, np.float32).reshape(-1, 2)
        for one in (meter, audible, cut):
            one.add(sound)
    told = path.with_suffix(".ffmpeg").read_text(encoding="utf-8", errors="replace")
    for severity in ("[warning]", "[error]", "[fatal]"):
        assert severity not in told
    figures = told.rsplit("Integrated loudness:", 1)[1]
    return Heard(
        audible,
        told_lufs(figures),
        float(figures.rsplit("Peak:", 1)[1].split("dBFS")[0]),
        meter.finish().momentary_lufs,
        [np.concatenate(parts) for parts in cut.parts],
    )


def told_lufs(figures: str) -> float:
    """Return the integrated loudness in what ffmpeg's ebur128 tells at its end."""
    return float(figures.rsplit("I:", 1)[1].split("LUFS", maxsplit=1)[0])


def others_lufs(lines: list[Audio]) -> list[float]:
    """Return the loudness of lines laid end to end, as ffmpeg and pyloudnorm have it."""
    import pyloudnorm

    joined = np.concatenate(lines)
    command = ["ffmpeg", "-nostats", "-f", "f32le", "-ar", "44100", "-ac", "2", "-i", "-"]
    command += ["-af", "ebur128", "-f", "null", "-"]
    done = subprocess.run(command, input=joined.tobytes(), check=True, capture_output=True)
    meter = pyloudnorm.Meter(SAMPLE_RATE_HZ, filter_class="DeMan")
    return [told_lufs(done.stderr.decode()), float(meter.integrated_loudness(joined))]


def test_the_breathing_session_has_ten_cycles_of_exactly_ten_seconds() -> None:
    for name in ("buikademhaling", "belly-breathing"):
        script = sessions.load(name)
        with sessions.planned(script, sessions.resolve({"voice": "tone"}, script.meta)) as plan:
            cues = list(plan.timeline.of_kind(Kind.BREATH_IN, Kind.BREATH_OUT))
        assert [cue.length for cue in cues] == [176_400, 264_600] * 10
        assert cues[-1].stop - cues[0].start == 4_410_000


@pytest.mark.catalogue
@pytest.mark.parametrize(
    ("name", "voice", "minutes"),
    [
        *(("bodyscan", "espeak", minutes) for minutes in (10, 20, 45)),
        *(("body-scan", "tone", minutes) for minutes in (10, 20, 45)),
        *(("veilige-plek", "espeak", minutes) for minutes in (10, 25)),
        *(("safe-place", "espeak", minutes) for minutes in (10, 25)),
    ],
)
def test_the_catalogue_fits_the_lengths_that_it_promises(
    name: str, voice: str, minutes: float
) -> None:
    script = sessions.load(name)
    chosen = sessions.resolve({"voice": voice, "minutes": minutes}, script.meta)
    with sessions.planned(script, chosen) as plan:
        assert plan.timeline.length == samples(60 * minutes)
