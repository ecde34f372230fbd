"""A mix as tests need it: any script, spoken by the voice of tones over pink noise."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sessions.library.scripts import loads
from sessions.metering.meter import Loudness, Meter
from sessions.mix.levels import Levels
from sessions.mix.mixer import Mix
from sessions.plan import PACES, Edges, lines, plan
from sessions.script.pacing import paced
from sessions.sounds import ONE_SHOTS
from sessions.sounds.soundscape import Soundscape
from sessions.voices.base import ClipInfo, Line
from sessions.voices.finish import finish
from sessions.voices.tone import Tone
from tests.sounds.made import bed_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sessions.plan import Timeline
    from sessions.script.model import Script
    from sessions.sounds.base import Bed
    from sessions.units import Audio
    from sessions.voices.base import Clip

TEXT = """
Breng je aandacht naar je voeten. [pause 3s] Voel hoe ze rusten. [pause 12s]

[bell] [pause 5s]
Adem mee. [breathe in 4 out 6 times 2] [pause 2s] Dat was het. [pause 4s]
"""
VOICE = Tone()
LEVELS = Levels()
EDGES = Edges(fade_in=3.0)


@cache
def spoken(line: Line) -> Clip:
    """Return a line as a finished clip."""
    return finish(VOICE.speak(line), manner=line.style.manner)


def timeline_of(script: Script, clips: Mapping[Line, Clip], edges: Edges = EDGES) -> Timeline:
    """Return the plan of a script, its lines spoken as these clips."""
    infos = {
        line: ClipInfo(line.text, len(clip.samples), clip.loudness_lufs, clip.powers)
        for line, clip in clips.items()
    }
    return plan(script, infos, PACES["calm"], edges)


@lru_cache(16)
def mixed(
    text: str = TEXT,
    *,
    bed: bool = True,
    bed_db: float = 0.0,
    edges: Edges = EDGES,
    levels: Levels = LEVELS,
) -> Mix:
    """Return the mix of a script, its bed at a gain; what was asked for lately is kept."""
    script = paced(loads(text, path="test.md"), 1.0)
    clips = {line: spoken(line) for line in lines(script)}

    def sound_of(line: Line) -> Audio:
        return clips[line].samples

    layers = Soundscape(((bed_of("pink"), bed_db),)) if bed else None
    return mix_of(timeline_of(script, clips, edges), [(0, layers)], sound_of, levels)


def mix_of(
    timeline: Timeline,
    beds: Sequence[tuple[int, Bed | None]],
    sound_of: Callable[[Line], Audio] = lambda line: spoken(line).samples,
    levels: Levels = LEVELS,
    one_shot_of: Callable[[str], Audio] = lambda name: ONE_SHOTS[name](),
) -> Mix:
    """Return a mix that no codec changes; its one-shots are the computed ones, its voice tones."""
    return Mix(timeline, beds, sound_of, levels, one_shot_of, lambda _: 1.0)


@lru_cache(2)
def whole(mix: Mix) -> Audio:
    """Return all samples of a mix, which no test may change."""
    sound = mix.read(0, mix.length)
    sound.setflags(write=False)
    return sound


def measured(mix: Mix) -> Loudness:
    """Return what a meter says of a whole mix."""
    meter = Meter(2)
    for start in range(0, mix.length, 1 << 16):
        meter.add(mix.read(start, min(start + (1 << 16), mix.length)))
    return meter.finish()
