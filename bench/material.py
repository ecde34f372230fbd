"""Write what the peers mix: the session's clips, one period of its bed, and where all of it goes.

Run as a program, with a folder, it also fills the clip cache. It is a process of its own so that
the benchmark stays small (see `measure.run`).
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sessions.render import Episode

MANIFEST = "mix.json"
SCRIPT = "bodyscan"
SETTINGS = {"minutes": 20, "voice": "espeak", "bitrate_kbps": 128}


@dataclass(frozen=True, slots=True)
class Placed:
    """A clip's file, mono, and the sample where it starts."""

    file: str
    start_samples: int


@dataclass(frozen=True, slots=True)
class Material:
    """A session as its parts, levels and places: what any mixer needs to make the same mix.

    `bed` holds one period of the bed; the voice's gain is for all clips, the bed's is under
    silence and `duck_db` less under speech. Fades are at the very start and end. `lame_quality` is
    LAME's effort in our own encoder, 0 (slow) to 9 (fast).
    """

    rate_hz: int
    length_samples: int
    bitrate_kbps: int
    lame_quality: int
    bed: str
    bed_gain_db: float
    voice_gain_db: float
    duck_db: float
    fade_in_samples: int
    fade_out_samples: int
    clips: tuple[Placed, ...]

    def milliseconds(self, samples: int) -> int:
        """Return a position as pydub counts it."""
        return round(samples * 1000 / self.rate_hz)


def load(folder: Path) -> Material:
    """Read what `main` wrote."""
    fields = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    clips = tuple(Placed(**clip) for clip in fields.pop("clips"))
    return Material(**fields, clips=clips)


def material(episode: Episode, folder: Path) -> Material:
    """Write a session's sounds as 16-bit WAV files into `folder` and return how they belong."""
    import soundfile  # noqa: PLC0415 -- contestants that only `load` stay light

    from sessions.mp3.encoder import QUALITY  # noqa: PLC0415
    from sessions.plan import Kind  # noqa: PLC0415
    from sessions.sounds.soundscape import soundscape  # noqa: PLC0415
    from sessions.units import SAMPLE_RATE_HZ, decibels  # noqa: PLC0415
    from sessions.voices.cache import ClipCache  # noqa: PLC0415

    session, shape = episode.session, episode.mix.shape
    timeline, settings = session.timeline, session.settings
    bed = soundscape(session.script, session.bed, session.asset_folders, session.caches.beds)
    if bed is None or any(cue.sound for cue in timeline.cues):
        raise SystemExit(f"'{SCRIPT}' is more than a voice over a bed, and the peers mix only that")
    soundfile.write(folder / "bed.wav", bed.read(0, bed.period_samples), SAMPLE_RATE_HZ)
    cache = ClipCache(session.caches.clips)
    clips = []
    for number, cue in enumerate(timeline.of_kind(Kind.SPEECH)):
        clip = cache.get(cue.clip.key) if cue.clip else None
        if clip is None:
            raise SystemExit(f"no clip of {cue.text!r} in the cache")
        clips.append(Placed(f"{number:03}.wav", cue.start))
        soundfile.write(folder / clips[-1].file, clip.samples, SAMPLE_RATE_HZ)
    return Material(
        rate_hz=SAMPLE_RATE_HZ,
        length_samples=timeline.length,
        bitrate_kbps=settings.bitrate_kbps,
        lame_quality=QUALITY,
        bed="bed.wav",
        bed_gain_db=decibels(float(shape.bed[0].gains.max())),
        voice_gain_db=decibels(episode.mix.voice_gain * float(shape.voice.gains.max())),
        duck_db=episode.mix.levels.duck_db,
        fade_in_samples=timeline.fade_in,
        fade_out_samples=timeline.fade_out,
        clips=tuple(clips),
    )


def main(folder: Path) -> None:
    """Speak the session into the cache and write the peers' material."""
    import sessions  # noqa: PLC0415

    script = sessions.load(SCRIPT)
    with sessions.prepared(script, sessions.resolve(SETTINGS, script.meta)) as episode:
        made = material(episode, folder)
    (folder / MANIFEST).write_text(json.dumps(asdict(made), indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
