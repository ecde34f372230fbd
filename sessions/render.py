"""From a script to files: the only module that knows every stage.

`prepared` gives an `Episode`: the plan and the mix, with nothing written. `write` makes the files.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from sessions import __version__
from sessions.errors import ScriptError
from sessions.files import atomic, make_folder, write_bytes
from sessions.publish.captions import transcript, vtt
from sessions.publish.chapters import chapters_json
from sessions.publish.report import report_json
from sessions.publish.tags import id3, text_tags
from sessions.script.estimate import spoken_seconds
from sessions.script.library import assets_root, expanded
from sessions.script.model import BedChange, Language, Layer, OneShot, Style
from sessions.script.pacing import paced
from sessions.settings import HARD_LIMIT_HOURS, Settings, as_plain, cache_folder
from sessions.sounds import ONE_SHOTS
from sessions.sounds.soundscape import check_layers, soundscape
from sessions.timeline import PACES, Edges, Timeline, lines, plan
from sessions.units import samples
from sessions.voices import voice_named
from sessions.voices.base import ClipInfo
from sessions.voices.cache import ClipCache
from sessions.voices.speak import Booth, Spoken, speak_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sessions.loudness import Loudness
    from sessions.mix.measured import MeasuredMix
    from sessions.mix.mixer import Mix
    from sessions.mp3.plan import Repeat
    from sessions.script.model import Script
    from sessions.units import Audio
    from sessions.voices.base import Line, Voice

    Progress = Callable[[str, int, int], None]
    """Told of a stage, how much of it is done, and how much there is."""

NAME_BYTES = 200
"""Of a file name, suffix not counted; file systems allow 255."""
DEFAULT_BED = (Layer("brown"),)
BLOCK_SAMPLES = 1 << 16


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody of progress."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A script with its settings, its spoken lines and its timeline: nothing mixed yet."""

    script: Script
    settings: Settings
    voice: Voice
    spoken: Spoken
    timeline: Timeline
    bed: tuple[Layer, ...]
    asset_folders: tuple[Path, ...]

    @property
    def fingerprint(self) -> str:
        """Hash of all that shapes the files: equal fingerprints mean equal bytes."""
        document = {
            "code": code_digest(),
            "script": self.script.sha256,
            "title": self.script.meta.title,
            "values": self.script.meta.values,
            "settings": as_plain(self.settings),
            "clips": [cue.clip.key for cue in self.timeline.cues if cue.clip],
            "bed": [[layer.sound, layer.gain_db, self._asset_hash(layer)] for layer in self.bed],
        }
        return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()

    def _asset_hash(self, layer: Layer) -> str:
        from sessions.sounds.recorded import find  # noqa: PLC0415

        path = find(layer.sound, self.asset_folders)
        if path is None:
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Episode:
    """A session that can be heard: any window of it, or the whole as files."""

    plan: Plan
    mix: Mix

    @property
    def timeline(self) -> Timeline:
        """The plan of the session."""
        return self.plan.timeline

    def read(self, start: int, stop: int) -> Audio:
        """Return samples [start, stop), shape (stop - start, 2)."""
        return self.mix.read(start, stop)

    def excerpt(self, start_s: float, stop_s: float) -> Any:
        """Return a window, in seconds, as a pydub `AudioSegment` (stereo, 16 bits)."""
        from pydub import AudioSegment  # noqa: PLC0415

        from sessions.units import SAMPLE_RATE_HZ  # noqa: PLC0415
        from sessions.voices.base import pcm16  # noqa: PLC0415

        window = self.read(samples(start_s), min(samples(stop_s), self.timeline.length))
        return AudioSegment(
            data=pcm16(window).tobytes(), sample_width=2, frame_rate=SAMPLE_RATE_HZ, channels=2
        )


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a session, the audio first; `fresh` is False where they were there already."""

    audio: Path
    files: tuple[Path, ...]
    report: dict[str, Any]
    fresh: bool


@contextmanager
def planned(script: Script, settings: Settings, progress: Progress = silent) -> Iterator[Plan]:
    """Speak a script's lines, as far as they are not in the cache, and lay them out.

    Raises
    ------
    SessionsError
        As the voice, the script or the settings give reason for.
    """
    with _planned(script, settings, progress) as (plan_, _):
        yield plan_


@contextmanager
def prepared(script: Script, settings: Settings, progress: Progress = silent) -> Iterator[Episode]:
    """Plan a session and make its mix ready; nothing is written but the clip cache."""
    from sessions.mix.mixer import Levels, Mix  # noqa: PLC0415 -- planning needs no mixer

    with _planned(script, settings, progress) as (plan_, booth):
        check_struck(plan_.script)
        bed = soundscape(plan_.bed, plan_.asset_folders)
        levels = Levels(speech_lufs=settings.loudness_lufs)
        yield Episode(
            plan_, Mix(plan_.timeline, bed, lambda line: booth.sound(line).samples, levels)
        )


@contextmanager
def _planned(
    script: Script, settings: Settings, progress: Progress
) -> Iterator[tuple[Plan, Booth]]:
    voice = voice_named(settings.voice)
    script = spoken_script(script, settings, voice.name)
    clips = ClipCache(cache_folder())
    folders = asset_folders(script)
    bed = DEFAULT_BED if settings.background is None else settings.background
    check_layers(script, (*bed, *changed_layers(script), *recordings(script)), folders)
    with Booth(voice, clips) as booth:
        spoken = speak_all(
            lines(script), booth, settings.threads, lambda done, of: progress("speak", done, of)
        )
        timeline = laid_out(script, settings, spoken.clips)
        yield Plan(script, settings, voice, spoken, timeline, bed, folders), booth
        clips.prune(round(settings.cache_gib * 2**30), {clip.key for clip in spoken.clips.values()})


def spoken_script(script: Script, settings: Settings, voice: str) -> Script:
    """Return a script as the voice gets it: expanded, at its speed, with words as they are said."""
    rows = {Language(key): words for key, words in settings.pronounce.items()}
    lists = {
        key: {word: said for word, said in words.items() if isinstance(said, str)}
        | dict(words.get(voice, {}) if isinstance(words.get(voice), dict) else {})
        for key, words in rows.items()
    }
    return paced(expanded(script), PACES[settings.pace].rate, lists)


def laid_out(script: Script, settings: Settings, clips: Mapping[Line, ClipInfo]) -> Timeline:
    """Return the plan of a script as the voice gets it."""
    return plan(
        script,
        clips,
        PACES[settings.pace],
        Edges(settings.lead_in_seconds, settings.fade_in_seconds, settings.fade_out_seconds),
        None if settings.minutes is None else settings.minutes * 60,
        settings.max_hours * 3600,
    )


def estimated(script: Script, settings: Settings, *, fitted: bool = True) -> Timeline:
    """Return about the plan that a script would have, from its letters: nothing is spoken.

    Unless it is `fitted`, it has its shortest length, whatever was asked for.
    """
    settings = settings if fitted else replace(settings, minutes=None, max_hours=HARD_LIMIT_HOURS)
    ready = spoken_script(script, settings, settings.voice)
    guesses = {
        line: ClipInfo("", samples(spoken_seconds(line.text, line.style)), settings.loudness_lufs)
        for line in lines(ready)
    }
    return laid_out(ready, settings, guesses)


def changed_layers(script: Script) -> tuple[Layer, ...]:
    """Return the layers of all beds that a script changes to."""
    changes = (part for part in script.parts if isinstance(part, BedChange))
    return tuple(layer for change in changes for layer in change.layers)


def recordings(script: Script) -> tuple[Layer, ...]:
    """Return the one-shots of a script that are not computed, as layers."""
    shots = [part for part in script.parts if isinstance(part, OneShot)]
    named = [shot for shot in shots if shot.sound not in ONE_SHOTS]
    return tuple(Layer(shot.sound, shot.gain_db, shot.source) for shot in named)


def check_struck(script: Script) -> None:
    """See that the mixer can strike every one-shot of a script, or raise a `ScriptError`."""
    remedy = f"what can be struck: {', '.join(ONE_SHOTS)}"
    problems = [
        script.problem(shot.source, f"the recording '{shot.sound}' cannot be struck", remedy)
        for shot in recordings(script)
        if shot.source
    ]
    if problems:
        raise ScriptError.of(problems)


def asset_folders(script: Script) -> tuple[Path, ...]:
    """Return where a script's recordings may be: beside it, in the working folder, shipped."""
    return (Path(script.path).parent, Path("audio_assets"), assets_root())


def write(episode: Episode, progress: Progress = silent, *, force: bool = False) -> Written:
    """Write the audio of a session and its side files, each whole or not at all.

    Files that were made of the same inputs are left as they are, unless `force` is set.
    """
    plan_ = episode.plan
    folder = plan_.settings.output
    make_folder(folder)
    base = folder / file_stem(plan_.script.path)
    audio = base.with_name(f"{base.name}.{plan_.settings.format}")
    fingerprint = plan_.fingerprint
    texts = side_texts(plan_)
    sides = [base.with_name(base.name + suffix) for suffix in texts]
    report_path = base.with_name(f"{base.name}.json")
    files = (audio, *sides, report_path)
    if not force:
        report = up_to_date(report_path, fingerprint, files)
        if report is not None:
            return Written(audio, files, report, fresh=False)
    with atomic(audio) as file:
        loudness = AUDIO_WRITERS[plan_.settings.format](episode, file, progress)
        digest, size = hashed(file)
    for path, text in zip(sides, texts.values(), strict=True):
        write_bytes(path, text.encode())
    document = report_json(
        plan_.script,
        plan_.timeline,
        voice={"name": plan_.voice.name, **plan_.voice.identity(Style(plan_.script.meta.language))},
        settings=as_plain(plan_.settings),
        bed=plan_.bed,
        loudness=loudness,
        audio={"file": audio.name, "bytes": size, "sha256": digest},
        fingerprint=fingerprint,
    )
    write_bytes(report_path, document.encode())
    return Written(audio, files, json.loads(document), fresh=True)


def side_texts(plan_: Plan) -> dict[str, str]:
    """Return the side files' texts by suffix."""
    meta, timeline = plan_.script.meta, plan_.timeline
    return {
        ".vtt": vtt(meta, timeline),
        ".txt": transcript(meta, timeline),
        ".chapters.json": chapters_json(meta, timeline),
    }


@cache
def code_digest() -> str:
    """Return the hash of this package's code: other code may make other bytes."""
    digest = hashlib.sha256(__version__.encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def up_to_date(
    report_path: Path, fingerprint: str, files: tuple[Path, ...]
) -> dict[str, Any] | None:
    """Return the report of files made of the same inputs, or None where some are not."""
    try:
        report: dict[str, Any] = json.loads(report_path.read_text(encoding="utf-8"))
        same = report["fingerprint"] == fingerprint
        whole = files[0].stat().st_size == report["audio"]["bytes"]
        return report if same and whole and all(path.is_file() for path in files) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def hashed(file: BinaryIO) -> tuple[str, int]:
    """Return the SHA-256 and the size of an open file."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while data := file.read(1 << 20):
        digest.update(data)
        size += len(data)
    return digest.hexdigest(), size


def file_stem(path: str) -> str:
    """Return a safe file name, without suffix, for the outputs of a script."""
    stem = unicodedata.normalize("NFC", Path(path).stem)
    stem = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', "-", stem).strip(" .-") or "session"
    return stem.encode()[:NAME_BYTES].decode(errors="ignore")


def write_mp3_file(episode: Episode, file: BinaryIO, progress: Progress) -> Loudness:
    """Write the session as MP3, tag in front, and measure it on the way."""
    from sessions.mp3.format import Mp3Format  # noqa: PLC0415
    from sessions.mp3.writer import write_mp3  # noqa: PLC0415

    plan_ = episode.plan
    settings = plan_.settings
    source = measured(episode, progress)
    write_mp3(
        file,
        source.read,
        plan_.timeline.length,
        Mp3Format(settings.bitrate_kbps, 1 if settings.mono else 2),
        tag=id3(plan_.script.meta, plan_.timeline),
        jobs=settings.threads,
        repeats=repeats(episode.mix),
    )
    return source.finish()


def write_pcm_file(episode: Episode, file: BinaryIO, progress: Progress) -> Loudness:
    """Write the session as WAV or FLAC, 24 bits, and measure it on the way."""
    import soundfile  # noqa: PLC0415

    from sessions.units import SAMPLE_RATE_HZ  # noqa: PLC0415

    plan_ = episode.plan
    settings = plan_.settings
    channels = 1 if settings.mono else 2
    source = measured(episode, progress)
    length = plan_.timeline.length
    container = settings.format.upper()
    if container == "WAV" and length * channels * 3 >= 2**32 - 2**16:
        container = "RF64"
    with soundfile.SoundFile(
        file, "w", SAMPLE_RATE_HZ, channels, subtype="PCM_24", format=container
    ) as out:
        for name, text in text_tags(plan_.script.meta).items():
            setattr(out, name, text)
        for start in range(0, length, BLOCK_SAMPLES):
            block = source.read(start, min(start + BLOCK_SAMPLES, length))
            out.write(block.mean(axis=1) if settings.mono else block)
    return source.finish()


def measured(episode: Episode, progress: Progress) -> MeasuredMix:
    """Return a mix that is measured while it is read."""
    from sessions.mix.measured import MeasuredMix  # noqa: PLC0415

    return MeasuredMix(episode.mix, lambda done, total: progress("mix", done, total))


def repeats(mix: Mix) -> list[Repeat]:
    """Return where the encoder may copy: where only the bed sounds."""
    from sessions.mp3.plan import Repeat  # noqa: PLC0415

    return [Repeat(start, stop, mix.period_samples, 0, "bed") for start, stop in mix.undisturbed()]


AUDIO_WRITERS = {"mp3": write_mp3_file, "wav": write_pcm_file, "flac": write_pcm_file}
