"""Write a session as files: the audio, and all that goes with it.

Each file is whole or not there. The report comes last, and says of what inputs the others are.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sessions.errors import SessionsError, StorageError
from sessions.publish.captions import transcript, vtt
from sessions.publish.chapters import chapters_json
from sessions.publish.labels import labels
from sessions.publish.picture import VoiceAndBed, svg
from sessions.publish.report import AudioFile, Outcome, Outline, Report, Verified, inputs_of
from sessions.publish.report_reading import read_report
from sessions.publish.tags import id3, text_tags
from sessions.render import silent
from sessions.script.model import Style
from sessions.settings import as_plain
from sessions.storage.digests import file_sha256
from sessions.storage.files import atomic, flush, make_folder, write_bytes

if TYPE_CHECKING:
    from sessions.mix.mixer import Mix
    from sessions.mp3.encoder import Read
    from sessions.mp3.plan import Repeat
    from sessions.render import Episode, Progress, Session
    from sessions.script.phrases.choices import Settings
    from sessions.units import Audio
    from sessions.verify.alike import Memory
    from sessions.verify.measure import Measurements

NAME_BYTES = 200
"""Of a file name, suffix not counted; file systems allow 255."""
BLOCK_SAMPLES = 1 << 16
ELSEWHERE = "choose another folder with --output"


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a session, the audio first; `fresh` is False where they were there already."""

    audio: Path
    files: tuple[Path, ...]
    report: Report = field(repr=False)
    fresh: bool


def write(
    episode: Episode,
    progress: Progress = silent,
    *,
    force: bool = False,
    variant: str = "",
    memory: Memory | None = None,
) -> Written:
    """Write the audio of a session and its side files, each whole or not at all.

    Files that were made of the same inputs are left as they are, unless `force` is set. `variant`
    is added to their names, and tells personal versions of a script apart. With a
    `memory`, what sounds as in the file written before is not measured again.
    """
    session = episode.session
    reserve(session.settings)
    names = Names.of(session, variant)
    fingerprint = session.fingerprint
    if not force:
        report = up_to_date(names, fingerprint)
        if report is not None:
            return Written(names.audio, names.all, report, fresh=False)
    names.report.unlink(missing_ok=True)  # from here on the files are of no known inputs
    planned = described(episode)
    with atomic(names.audio, ELSEWHERE) as file:
        AUDIO_WRITERS[session.settings.format](episode, file, progress)
        audio, found, verified = finished(file, names.audio, episode, planned, memory)
    if memory is not None:
        memory.moved(names.audio)
    texts = side_texts(session, found)
    for suffix, text in texts.items():
        write_bytes(names.side(suffix), text.encode(), ELSEWHERE)
    report = replace(
        planned,
        fingerprint=fingerprint,
        audio=audio,
        files={names.side(end).name: sha256(text.encode()) for end, text in texts.items()},
        loudness_lufs=round(found.integrated_lufs, 2),
        range_lu=round(found.range_lu, 2),
        true_peak_dbtp=round(found.true_peak_dbtp, 2),
        voice_lufs=rounded(found.voice_lufs),
        bed_lufs=rounded(found.bed_lufs),
        bed_swing_lu=rounded(found.bed_swing_lu),
        verified=verified,
    )
    write_bytes(names.report, report.to_json().encode(), ELSEWHERE)
    return Written(names.audio, names.all, report, fresh=True)


def reserve(settings: Settings) -> None:
    """See that the folder of the outputs can be written, before time goes into what goes there.

    Raises
    ------
    SessionsError
        As `make_folder` says.
    """
    make_folder(settings.output, ELSEWHERE)


def described(episode: Episode) -> Report:
    """Return what the report says of a session before it is made."""
    session, levels = episode.session, episode.mix.levels
    meta, voice = session.script.meta, session.voice
    return Report(
        title=meta.title,
        language=meta.language,
        inputs=inputs_of(session.script),
        voice={
            "name": voice.name,
            "source_type": session.cast.origin,
            **voice.identity(Style(meta.language)),
        },
        target_lufs=levels.target_lufs,
        settings=as_plain(session.settings),
        outline=Outline.of(
            *(session.timeline, session.bed, levels.descend_db, episode.mix.shape.line_rises_lu),
            *(meta.language, session.script.path),
        ),
    )


def rounded(level: float | None) -> float | None:
    """Return a level as a report has it."""
    return None if level is None else round(level, 2)


def finished(
    file: BinaryIO, name: Path, episode: Episode, planned: Report, memory: Memory | None
) -> tuple[AudioFile, Measurements, Verified]:
    """Return size and hash of what was written, what it measures, and whether that is right.

    Meanwhile the file goes to the disk: a night has half a gigabyte. Its `name` is for errors.

    Raises
    ------
    StorageError
        What was written cannot be read back.
    """
    file.flush()
    path = Path(file.name)
    with ThreadPoolExecutor(2, "finish") as pool:
        flushed, digest = pool.submit(flush, file), pool.submit(file_sha256, path)
        try:
            found, verified = measured(path, episode, planned, memory)
        except (OSError, SessionsError) as error:
            flushed.result()  # where the disk failed, that is why
            message = f"what was written for {name} cannot be read back: {error}"
            raise StorageError(message, "check the disk and try again") from error
        flushed.result()
        return AudioFile(name.name, path.stat().st_size, digest.result()), found, verified


def measured(
    audio: Path, episode: Episode, planned: Report, memory: Memory | None
) -> tuple[Measurements, Verified]:
    """Measure a file, and hold it against the profile that it was made for."""
    from sessions.verify.measure import measure  # noqa: PLC0415 -- only a render needs it
    from sessions.verify.planned import Planned  # noqa: PLC0415
    from sessions.verify.profiles import implied, judge  # noqa: PLC0415

    plan = Planned.of(planned)
    found = measure(audio, plan, episode.session.settings.threads, repeats(episode.mix), memory)
    profile = implied(plan)
    lines = judge(found, profile)
    passed = all(line.outcome is not Outcome.FAIL for line in lines)
    return found, Verified(profile.name, passed, lines)


@dataclass(frozen=True, slots=True)
class Names:
    """The paths of a session's files: all have its name, each its suffix."""

    folder: Path
    stem: str
    format: str

    @classmethod
    def of(cls, session: Session, variant: str = "") -> Names:
        """Return the paths for a session, or for a variant of it."""
        stem = file_stem(session.script.path) + (f"-{variant}" if variant else "")
        return cls(session.settings.output, stem, session.settings.format)

    @property
    def audio(self) -> Path:
        """The audio itself."""
        return self.side(f".{self.format}")

    @property
    def report(self) -> Path:
        """The report, written last."""
        return self.side(".json")

    @property
    def all(self) -> tuple[Path, ...]:
        """Every file of the session."""
        return (self.audio, *(self.side(suffix) for suffix in SIDES), self.report)

    def side(self, suffix: str) -> Path:
        """Return the path with a suffix."""
        return self.folder / (self.stem + suffix)


SIDES = (".vtt", ".txt", ".chapters.json", ".svg")


def write_stems(episode: Episode) -> Path:
    """Write voice, bed and cues as WAV files of 32-bit floats, and labels, into a folder.

    Their sum is the mix before its limiter. Audacity reads the labels.
    """
    import soundfile  # noqa: PLC0415

    from sessions.units import SAMPLE_RATE_HZ  # noqa: PLC0415

    session = episode.session
    folder = stems_folder(session)
    make_folder(folder, ELSEWHERE)
    length = episode.timeline.length
    container = wav_container(length * 2 * 4)
    with ExitStack() as stack:
        files = {
            name: stack.enter_context(
                soundfile.SoundFile(
                    stack.enter_context(atomic(folder / f"{name}.wav", ELSEWHERE)),
                    *("w", SAMPLE_RATE_HZ, 2, "FLOAT", None, container),
                )
            )
            for name in ("voice", "bed", "cues")
        }
        for start in range(0, length, BLOCK_SAMPLES):
            parts = episode.mix.stems(start, min(start + BLOCK_SAMPLES, length))
            for name, part in parts.items():
                files[name].write(part)
    write_bytes(folder / "labels.txt", labels(session.timeline).encode(), ELSEWHERE)
    return folder


def stems_folder(session: Session) -> Path:
    """Return where the stems of a session are, if it has them."""
    return session.settings.output / f"{file_stem(session.script.path)}.stems"


def wav_container(data_bytes: int) -> str:
    """Return the container for that much data: plain WAV ends at 4 GiB (EBU Tech 3306)."""
    return "WAV" if data_bytes < 2**32 - 2**16 else "RF64"


def side_texts(session: Session, found: Measurements) -> dict[str, str]:
    """Return the side files' texts by suffix."""
    meta, timeline = session.script.meta, session.timeline
    return {
        ".vtt": vtt(meta, timeline),
        ".txt": transcript(meta, timeline),
        ".chapters.json": chapters_json(meta, timeline),
        ".svg": svg(
            *(meta, timeline, found.momentary_lufs),
            bed=session.bed,
            balance=VoiceAndBed(found.voice_lufs, found.bed_lufs),
        ),
    }


def up_to_date(names: Names, fingerprint: str) -> Report | None:
    """Return the report of files made of the same inputs, or None where some are not."""
    try:
        report = read_report(names.report.read_text(encoding="utf-8"))
        if report is None or report.fingerprint != fingerprint:
            return None
        known = {report.audio.file: report.audio.sha256, **report.files}
        same = all(known.get(path.name) == file_sha256(path) for path in names.all[:-1])
    except (OSError, ValueError, SessionsError):
        return None
    return report if same else None


def sha256(data: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def file_stem(path: str) -> str:
    """Return a safe file name, without suffix, for the outputs of a script."""
    stem = unicodedata.normalize("NFC", Path(path).stem)
    stem = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', "-", stem).strip(" .-") or "session"
    return stem.encode()[:NAME_BYTES].decode(errors="ignore")


def write_mp3_file(episode: Episode, file: BinaryIO, progress: Progress) -> None:
    """Write the session as MP3, tag in front."""
    from sessions.mp3 import Mp3Format, Reuse, write_mp3  # noqa: PLC0415
    from sessions.mp3.store import SegmentFiles  # noqa: PLC0415

    session = episode.session
    settings = session.settings
    store = SegmentFiles(session.caches.segments)
    write_mp3(
        file,
        watched(episode, progress),
        session.timeline.length,
        Mp3Format(settings.bitrate_kbps, 1 if settings.mono else 2),
        tag=id3(session.script.meta, session.timeline, session.cast.origin, session.cast.synthetic),
        jobs=settings.threads,
        repeats=repeats(episode.mix),
        reuse=Reuse(store, episode.segment_key, episode.mix.slots()),
    )
    store.tend()


def write_pcm_file(episode: Episode, file: BinaryIO, progress: Progress) -> None:
    """Write the session as WAV or FLAC, 24 bits."""
    import soundfile  # noqa: PLC0415

    from sessions.units import SAMPLE_RATE_HZ  # noqa: PLC0415

    session = episode.session
    settings = session.settings
    channels = 1 if settings.mono else 2
    length = session.timeline.length
    read = watched(episode, progress)
    wav = settings.format == "wav"
    container = wav_container(length * channels * 3) if wav else settings.format.upper()
    with soundfile.SoundFile(
        file, "w", SAMPLE_RATE_HZ, channels, subtype="PCM_24", format=container
    ) as out:
        for name, text in text_tags(
            session.script.meta, session.cast.origin, session.cast.synthetic
        ).items():
            setattr(out, name, text)
        for start in range(0, length, BLOCK_SAMPLES):
            block = read(start, min(start + BLOCK_SAMPLES, length))
            out.write(block.mean(axis=1) if settings.mono else block)


def watched(episode: Episode, progress: Progress) -> Read:
    """Return the session's `read`, which tells how far it has come."""

    def read(start: int, stop: int) -> Audio:
        progress("mix", stop, episode.timeline.length)
        return episode.read(start, stop)

    return read


def repeats(mix: Mix) -> list[Repeat]:
    """Return where the encoder may copy: where only the bed sounds."""
    from sessions.mp3.plan import Repeat  # noqa: PLC0415

    return [
        Repeat(rest.start, rest.stop, rest.period_samples, 0, f"bed {rest.gains}")
        for rest in mix.rests
    ]


AUDIO_WRITERS = {"mp3": write_mp3_file, "wav": write_pcm_file, "flac": write_pcm_file}
