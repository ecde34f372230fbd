"""A mix as tests need it: any script, spoken by the voice of tones over pink noise."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sessions.library.scripts import loads
from sessions.metering.meter import Loudness, Meter
from sessions.mix.levels import Levels
from sessions.mix.mixer import Mix
from sessions.plan import PACES, Edges, lines, plan
from sessions.sounds import ONE_SHOTS
from sessions.sounds.base import PeriodicBed
from sessions.sounds.noise import pink
from sessions.sounds.soundscape import Soundscape
from sessions.voices.base import ClipInfo, Line
from sessions.voices.finish import finish
from sessions.voices.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sessions.plan import Timeline
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
BED = PeriodicBed(pink())


@cache
def spoken(line: Line) -> Clip:
    """Return a line as a finished clip."""
    return finish(VOICE.speak(line))


def mixed(
    text: str = TEXT,
    *,
    bed: bool = True,
    bed_db: float = 0.0,
    edges: Edges = EDGES,
    levels: Levels = LEVELS,
) -> Mix:
    """Return the mix of a script, its bed at a gain."""
    script = loads(text, path="test.md")
    clips = {line: spoken(line) for line in lines(script)}
    infos = {
        line: ClipInfo(line.text, len(clip.samples), clip.loudness_lufs, clip.powers)
        for line, clip in clips.items()
    }
    timeline = plan(script, infos, PACES["calm"], edges)

    def sound_of(line: Line) -> Audio:
        return clips[line].samples

    beds = [(0, Soundscape(((BED, bed_db),)) if bed else None)]
    return mix_of(timeline, beds, sound_of, levels)


def mix_of(
    timeline: Timeline,
    beds: Sequence[tuple[int, Bed | None]],
    sound_of: Callable[[Line], Audio] = lambda line: spoken(line).samples,
    levels: Levels = LEVELS,
    one_shot_of: Callable[[str], Audio] = lambda name: ONE_SHOTS[name](),
) -> Mix:
    """Return a mix that no codec changes; its one-shots are the computed ones, its voice tones."""
    return Mix(timeline, beds, sound_of, levels, one_shot_of, lambda _: 1.0)


def measured(mix: Mix) -> Loudness:
    """Return what a meter says of a whole mix."""
    meter = Meter(2)
    for start in range(0, mix.length, 1 << 16):
        meter.add(mix.read(start, min(start + (1 << 16), mix.length)))
    return meter.finish()
