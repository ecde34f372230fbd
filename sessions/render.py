"""From a script to a session that can be heard: the only module that knows every stage.

`planned` gives the plan, `prepared` an `Episode`: the plan and the mix, with nothing written.
`sessions.output` makes the files.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from sessions.errors import ScriptError, SessionsError, TryAgainLaterError, refuse_all
from sessions.plan import PACES, Edges, Lengths, Timeline, check, lines, lines_in, plan
from sessions.script.estimate import spoken_seconds
from sessions.script.model import Layer, Speech
from sessions.script.pacing import paced
from sessions.script.phrases.choices import CHOICES, MAX_HOURS, Settings
from sessions.script.pronouncing import Pronunciation, pronounced
from sessions.script.texts import has_words
from sessions.settings import as_plain, caches_of, voices_folder
from sessions.sounds import ONE_SHOTS
from sessions.sounds.named import asset_folders, changed_beds, check_sounds, struck
from sessions.sounds.soundscape import one_shot, soundscape
from sessions.storage.digests import file_sha256, files_digest, library_versions, sound_digest
from sessions.units import samples
from sessions.voices.base import ClipInfo, Line
from sessions.voices.cache import ClipCache
from sessions.voices.cast import Wanted, cast_for, kind_name
from sessions.voices.habit import Habit
from sessions.voices.speak import Booth, Spoken, UnspokenError, speak_all, unheard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from sessions.errors import Source
    from sessions.mix.levels import Levels
    from sessions.mix.mixer import Mix
    from sessions.script.model import Plain, Script, Style
    from sessions.sounds.base import Bed
    from sessions.sounds.soundscape import Soundscape
    from sessions.storage.caches import Caches
    from sessions.units import Audio
    from sessions.voices.base import Voice
    from sessions.voices.cast import Cast

    Progress = Callable[[str, int, int], None]
    """Told of a stage, how much of it is done, and how much there is."""
    Notice = Callable[[str], None]
    """Told what a person should know before it happens."""

DEFAULT_BED = (Layer("brown"),)


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody of progress."""


@dataclass(frozen=True)
class Session:
    """A script with its settings, its spoken lines and its timeline: nothing mixed yet."""

    script: Script
    settings: Settings
    cast: Cast
    spoken: Spoken
    timeline: Timeline
    bed: tuple[Layer, ...]
    asset_folders: tuple[Path, ...]
    caches: Caches = field(repr=False)

    @property
    def voice(self) -> Voice:
        """Who speaks, but for the lines that another voice was asked for, or is needed for."""
        return self.cast.voice

    @property
    def fingerprint(self) -> str:
        """Hash of all that shapes the files: equal fingerprints mean equal bytes."""
        document = {
            "code": files_digest(),
            "language": self.script.meta.language,
            "libraries": library_versions(),
            "script": self.script.sha256,
            "title": self.script.meta.title,
            "values": self.script.meta.values,
            "settings": as_plain(self.settings),
            "clips": [cue.clip.key for cue in self.timeline.cues if cue.clip],
            "sounds": self._sounds,
        }
        return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()

    @cached_property
    def materials(self) -> str:
        """Hash of what sessions are made with, whatever is in them: code, libraries, sounds."""
        document = [sound_digest(), library_versions(), self._sounds]
        return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()

    @cached_property
    def _sounds(self) -> list[list[list[Any]]]:
        """Every sound that a recording may be behind: bed after bed, and the one-shots."""
        beds = (self.bed, *(mark.layers for mark in self.timeline.beds))
        return [
            [[layer.sound, layer.gain_db, self._asset_hash(layer)] for layer in layers]
            for layers in (*beds, struck(self.script))
        ]

    def _asset_hash(self, layer: Layer) -> str:
        from sessions.sounds.recorded import find  # noqa: PLC0415

        path = find(layer.sound, self.asset_folders)
        if path is None:
            return ""
        return file_sha256(path)


@dataclass(frozen=True, slots=True)
class Episode:
    """A session that can be heard: any window of it, or the whole as files."""

    session: Session
    mix: Mix

    @property
    def timeline(self) -> Timeline:
        """The plan of the session."""
        return self.session.timeline

    def read(self, start: int, stop: int) -> Audio:
        """Return samples [start, stop), shape (stop - start, 2)."""
        return self.mix.read(start, stop)

    def segment_key(self, start: int, stop: int) -> str:
        """Return a name of all that decides samples [start, stop): equal names, equal samples."""
        return f"{self.session.materials} {self.mix.recipe(start, stop)}"

    def excerpt(self, start_s: float, stop_s: float) -> Any:
        """Return a window, in seconds, as a pydub `AudioSegment` (stereo, 16 bits)."""
        from sessions.pcm import clip_pcm  # noqa: PLC0415
        from sessions.storage.recordings import audio_segment  # noqa: PLC0415
        from sessions.units import SAMPLE_RATE_HZ  # noqa: PLC0415

        window = self.read(samples(start_s), min(samples(stop_s), self.timeline.length))
        return audio_segment()(
            data=clip_pcm(window).tobytes(), sample_width=2, frame_rate=SAMPLE_RATE_HZ, channels=2
        )


@contextmanager
def planned(
    script: Script,
    settings: Settings,
    progress: Progress = silent,
    notice: Notice = unheard,
    caches: Caches | None = None,
) -> Iterator[Session]:
    """Speak a script's lines, as far as they are not in the cache, and lay them out.

    `caches` are what is kept between renders; None for those of the settings.

    Raises
    ------
    SessionsError
        As the voice, the script or the settings give reason for.
    """
    check_sounds(script, bed_of(settings))
    with _planned(script, settings, progress, notice, caches) as (session, _):
        yield session


@contextmanager
def prepared(
    script: Script,
    settings: Settings,
    progress: Progress = silent,
    notice: Notice = unheard,
    caches: Caches | None = None,
) -> Iterator[Episode]:
    """Plan a session and make its mix ready; nothing is written but what is kept between renders.

    Its parameters and errors are those of `planned`.
    """
    from sessions.mix.mixer import Mix  # noqa: PLC0415 -- planning needs no mixer

    caches = caches or caches_of(settings)
    check_sounds(script, bed_of(settings))  # recordings are read before a line is spoken
    folders = asset_folders(script)
    beds: dict[tuple[Layer, ...], Soundscape | None] = {}
    shots: dict[str, Audio] = {}

    def lay(layers: tuple[Layer, ...]) -> None:
        beds[layers] = soundscape(script, layers, folders, caches.beds)

    def strike(layer: Layer) -> None:
        shots[layer.sound] = one_shot(script, layer, folders)

    named = {layer.sound: layer for layer in reversed(struck(script))}
    refuse_all(
        *(partial(lay, bed) for bed in dict.fromkeys((bed_of(settings), *changed_beds(script)))),
        *(partial(strike, layer) for layer in named.values()),
    )
    with _planned(script, settings, progress, notice, caches) as (session, booth):
        marks = [(0, session.bed), *((mark.start, mark.layers) for mark in session.timeline.beds)]
        yield Episode(
            session,
            Mix(
                session.timeline,
                [(start, beds[layers]) for start, layers in marks],
                lambda line: booth.sound(line).samples,
                levels_of(settings),
                lambda name: shots[name] if name in shots else ONE_SHOTS[name](),
                coded_power(settings),
            ),
        )


def bed_of(settings: Settings) -> tuple[Layer, ...]:
    """Return the bed that a session begins with."""
    return DEFAULT_BED if settings.background is None else settings.background


def levels_of(settings: Settings) -> Levels:
    """Return what the mix is to sound like: what was chosen, over what its loudness implies.

    A level that has the name of a setting is that setting.
    """
    from sessions.mix.levels import Duck, levels_at  # noqa: PLC0415

    levels = levels_at(settings.loudness)
    named = {level.name for level in fields(levels)} & CHOICES.keys()
    chosen = {name: getattr(settings, name) for name in named}
    chosen = {name: value for name, value in chosen.items() if value is not None}
    return replace(
        levels,
        **chosen
        | {
            "duck": levels.duck if settings.duck is None else Duck(settings.duck),
            "settle": settings.settle_percent / 100,
        },
    )


def coded_power(settings: Settings) -> Callable[[Bed], float]:
    """Return what encoding does to the power of a bed: only white noise feels much of it."""
    from sessions.mp3.encoder import power_ratio  # noqa: PLC0415 -- planning needs no encoder
    from sessions.mp3.format import Mp3Format  # noqa: PLC0415

    if settings.format != "mp3":
        return lambda _: 1.0
    fmt = Mp3Format(settings.bitrate_kbps, 1 if settings.mono else 2)
    return lambda bed: power_ratio(bed, fmt)


@contextmanager
def _planned(
    script: Script,
    settings: Settings,
    progress: Progress,
    notice: Notice,
    caches: Caches | None,
) -> Iterator[tuple[Session, Booth]]:
    caches = caches or caches_of(settings)
    clips = ClipCache(caches.clips)
    bed = bed_of(settings)
    check(script, lengths_of(settings), edges_of(settings))
    first = spoken_script(script, settings)
    wanted = wanted_of(settings)
    while True:
        cast = cast_for(first, wanted, list(lines(first)), clips, notice)
        ready = spoken_script(script, settings, cast)
        with Booth(
            cast, clips, polish=settings.polish, offline=settings.offline, notice=notice
        ) as booth:
            try:
                spoken = speak_all(
                    *(lines(ready), booth, settings.threads),
                    lambda done, of: progress("speak", done, of),
                )
            except UnspokenError as error:
                raise unspoken_in(ready, error) from error
            except TryAgainLaterError as error:
                if booth.failed not in cast.by_auto:
                    raise
                notice(f"{error.message}; what it was to say is spoken anew, in another voice")
                wanted = replace(wanted, without=wanted.without | {kind_name(booth.failed)})
                continue
            with suppress(SessionsError):  # a full cache is no reason to fail what is done
                caches.clips.tend({clip.key for clip in spoken.clips.values()})
            timeline = laid_out(ready, settings, spoken.clips)
            if cast.asked in cast.by_auto:
                Habit(caches.voices).follow(script.meta.language, cast.asked, notice)
            folders = asset_folders(ready)
            yield Session(ready, settings, cast, spoken, timeline, bed, folders, caches), booth
            return


def voice_for(script: Script, settings: Settings, notice: Notice = unheard) -> str:
    """Return the name of the voice that a session would have; what `auto` means is decided here."""
    cache = ClipCache(caches_of(settings).clips)
    spoken = spoken_script(script, settings)
    return cast_for(spoken, wanted_of(settings), list(lines(spoken)), cache, notice).asked


def wanted_of(settings: Settings) -> Wanted:
    """Return who is to speak."""
    return Wanted(settings.voice, settings.fill, settings.polish, settings.offline, voices_folder())


def unspoken_in(script: Script, error: UnspokenError) -> SessionsError:
    """Return the error of lines without a sound, each with the first place that asks for it."""
    places: dict[Line, Source] = {}
    for part in script.parts:
        for line in lines_in(part):
            places.setdefault(line, part.source)
    problems = [
        script.problem(places[one.line], one.message, one.remedy)
        for one in (error, *error.others)
        if one.line in places
    ]
    return ScriptError.of(problems) if problems else error


def spoken_script(script: Script, settings: Settings, cast: Cast | None = None) -> Script:
    """Return a script as the voices get it: at its speed, with words as they are said.

    Text without a word in it, such as a row of stars between two paragraphs, is not in it.

    Parameters
    ----------
    cast
        Who speaks; None as long as only the voice that was asked for is known.
    """
    words = Pronunciation(settings.pronounce, script.meta.pronounce)

    def said(text: str, style: Style) -> str:
        name = style.voice or (settings.voice if cast is None else cast.asked)
        if cast is None:
            return words.said(text, style.language, name)
        voice = cast.others[style.voice] if style.voice else cast.voice
        spoken = words.said(text, style.language, name, voice.name)
        if cast.of(Line(spoken, style)) is voice:
            return spoken
        return words.said(text, style.language, settings.fill, cast.of(Line(spoken, style)).name)

    ready = pronounced(paced(script, PACES[settings.pace].rate), said)
    return replace(ready, parts=tuple(filter(heard, ready.parts)))


def heard(part: Plain) -> bool:
    """Return whether a part is more than text without a word."""
    return not isinstance(part, Speech) or has_words(part.spoken or part.text)


def lengths_of(settings: Settings) -> Lengths:
    """Return which length is asked for."""
    return Lengths(
        None if settings.minutes is None else settings.minutes * 60,
        settings.tail_seconds,
        settings.total_seconds,
        settings.max_hours * 3600,
    )


def edges_of(settings: Settings) -> Edges:
    """Return what surrounds the words."""
    return Edges(settings.lead_in_seconds, settings.fade_in_seconds, settings.fade_out_seconds)


def laid_out(script: Script, settings: Settings, clips: Mapping[Line, ClipInfo]) -> Timeline:
    """Return the plan of a script as the voice gets it."""
    return plan(
        script,
        clips,
        PACES[settings.pace],
        edges_of(settings),
        lengths_of(settings),
    )


def estimated(script: Script, settings: Settings, *, fitted: bool = True) -> Timeline:
    """Return about the plan that a script would have, from its letters: nothing is spoken.

    Unless it is `fitted`, it has its shortest length, whatever was asked for.
    """
    settings = settings if fitted else replace(settings, minutes=None, max_hours=MAX_HOURS)
    check(script, lengths_of(settings), edges_of(settings))
    ready = spoken_script(script, settings)
    guesses = {
        line: ClipInfo("", samples(spoken_seconds(line.text, line.style)), -20.0)
        for line in lines(ready)
    }
    return laid_out(ready, settings, guesses)
