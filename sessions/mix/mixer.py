"""The mixer: any window of the session, whatever was asked before.

Everything sounds at a place that the timeline knows, through a gain that is a function of the
place. Nothing has a memory, so the size of a block never changes a sample, a window can be
previewed at once, and memory does not grow with the length.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np

from sessions.loudness import STEP_SAMPLES, integrated_of_powers, step_powers
from sessions.mix.envelope import (
    DUCK_AFTER_SECONDS,
    DUCK_BEFORE_SECONDS,
    Curve,
    ducking,
    fade_points,
)
from sessions.mix.limiter import REACH_SAMPLES, limit
from sessions.sounds import BREATHS, ONE_SHOTS
from sessions.sounds.base import BED_LUFS
from sessions.timeline import Kind
from sessions.units import GRID_SAMPLES, SAMPLES_PER_FRAME, SILENCE_DB, Audio, gain, samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from sessions.loudness import Peaks
    from sessions.sounds.base import Bed
    from sessions.timeline import Timeline
    from sessions.voices.base import Line

BED_BLOCK_SAMPLES = 100 * STEP_SAMPLES
CLIPS_HELD = 24
"""Clips kept in memory: enough for every thread's neighbourhood, few enough to stay flat."""
SOUNDS_HELD = 8


@dataclass(frozen=True, slots=True)
class Levels:
    """How loud everything is. Speech is the measure of all the rest.

    `bed_lu` is the bed's level under silence, relative to speech; under speech it goes down by
    `duck_db` more. `cue_lufs` is the speech level for which breaths and bells were made.
    """

    speech_lufs: float = -20.0
    bed_lu: float = -9.0
    duck_db: float = 4.0
    ceiling_dbtp: float = -2.0
    cue_lufs: float = -20.0


@dataclass(frozen=True, slots=True)
class Item:
    """A sound at a place: samples [start, stop), from `fetch`, times `gain`."""

    start: int
    stop: int
    gain: float
    fetch: Callable[[], Audio]


class Mix:
    """The session as samples.

    Parameters
    ----------
    timeline
        Where everything is.
    bed
        What sounds all the time, or None.
    sound_of
        Gives the samples of a line's clip, mono; asked again when they have left memory.
    levels
        How loud.
    """

    def __init__(
        self,
        timeline: Timeline,
        bed: Bed | None,
        sound_of: Callable[[Line], Audio],
        levels: Levels = Levels(),
    ) -> None:
        self.timeline = timeline
        self.bed = bed
        self.levels = levels
        self._clip = lru_cache(CLIPS_HELD)(sound_of)
        self._sound = lru_cache(SOUNDS_HELD)(made)
        self._voice_gain = voice_gain(timeline, levels)
        self._bed_gain = np.float32(gain(levels.speech_lufs + levels.bed_lu - BED_LUFS))
        self._fade_in = Curve.through(fade_points(0, timeline.fade_in, rising=True))
        end = timeline.length
        self._fade_out = Curve.through(fade_points(end - timeline.fade_out, end, rising=False))

    @property
    def length(self) -> int:
        """Length in samples."""
        return self.timeline.length

    def read(self, start: int, stop: int) -> Audio:
        """Return samples [start, stop) of the session, shape (stop - start, 2), limited."""
        wide = self.unlimited(start - REACH_SAMPLES, stop + REACH_SAMPLES)
        return limit(wide, start, self.levels.ceiling_dbtp)

    def unlimited(self, start: int, stop: int) -> Audio:
        """Return samples [start, stop) before the limiter; silence outside of the session."""
        first, last = max(start, 0), min(stop, self.length)
        inside = self.bed_part(first, last)
        inside += self.cue_part(first, last)
        inside += self.voice_part(first, last)
        if (first, last) == (start, stop):
            return inside
        wide = np.zeros((stop - start, 2), np.float32)
        wide[first - start : last - start] = inside
        return wide

    def undisturbed(self) -> list[tuple[int, int]]:
        """Return the samples [start, stop) in which only the bed sounds, at its one level.

        There the mix is periodic: sample n of it is sample n modulo the bed's period.
        """
        before, after = samples(DUCK_BEFORE_SECONDS), samples(DUCK_AFTER_SECONDS)
        busy = [(0, self.timeline.fade_in), (self.length - self.timeline.fade_out, self.length)]
        busy += [(item.start - before, item.stop + after) for item in self._voice]
        busy += [(item.start, item.stop) for item in self._cues]
        margin = REACH_SAMPLES + GRID_SAMPLES
        free, position = [], 0
        for start, stop in sorted(busy):
            if start - margin > position:
                free.append((position, start - margin))
            position = max(position, stop + margin)
        return free

    @property
    def period_samples(self) -> int:
        """The period of the undisturbed bed; silence repeats with every MP3 frame."""
        return SAMPLES_PER_FRAME if self.bed is None else self.bed.period_samples

    def bed_step_powers(self, peaks: Peaks) -> NDArray[np.float64]:
        """Return the step powers of one period of the undisturbed bed; look at its peaks too."""
        if self.bed is None:
            return np.zeros(1)
        lead = 10 * STEP_SAMPLES
        powers = []
        for start in range(0, self.period_samples, BED_BLOCK_SAMPLES):
            stop = min(start + BED_BLOCK_SAMPLES, self.period_samples)
            before = self.period_samples + start - lead
            window = self.bed.read(before, self.period_samples + stop) * self._bed_gain
            peaks.add(window)
            powers.append(step_powers(window, lead))
        return np.concatenate(powers)

    def bed_part(self, start: int, stop: int) -> Audio:
        """Return the bed alone, with its fades and ducking."""
        if self.bed is None:
            return np.zeros((stop - start, 2), np.float32)
        part = self.bed.read(start, stop) * self._bed_gain
        for curve in (self._fade_in, self._ducking, self._fade_out):
            part *= curve.read(start, stop)
        return part

    def voice_part(self, start: int, stop: int) -> Audio:
        """Return the voice alone."""
        return self._items_part(self._voice, start, stop)

    def cue_part(self, start: int, stop: int) -> Audio:
        """Return breaths and one-shots alone."""
        return self._items_part(self._cues, start, stop)

    def _items_part(self, items: Items, start: int, stop: int) -> Audio:
        part = np.zeros((stop - start, 2), np.float32)
        for item in items.between(start, stop):
            first, last = max(item.start, start), min(item.stop, stop)
            sound = item.fetch()[first - item.start : last - item.start]
            sound = sound * np.float32(item.gain)
            part[first - start : last - start] += sound if sound.ndim > 1 else sound[:, np.newaxis]
        part *= self._fade_out.read(start, stop)
        return part

    @cached_property
    def _ducking(self) -> Curve:
        speech = [(cue.start, cue.stop) for cue in self.timeline.of_kind(Kind.SPEECH)]
        return ducking(speech, self.levels.duck_db)

    @cached_property
    def _voice(self) -> Items:
        return Items(
            Item(cue.start, cue.stop, self._voice_gain, partial(self._clip, cue.line))
            for cue in self.timeline.of_kind(Kind.SPEECH)
            if cue.line is not None
        )

    @cached_property
    def _cues(self) -> Items:
        level = self.levels.speech_lufs - self.levels.cue_lufs
        return Items(
            Item(
                cue.start,
                cue.start + len(self._sound(cue.sound, cue.length)),
                gain(level + cue.gain_db),
                partial(self._sound, cue.sound, cue.length),
            )
            for cue in self.timeline.of_kind(Kind.BREATH_IN, Kind.BREATH_OUT, Kind.ONE_SHOT)
        )


class Items:
    """Items in order of their start, and which of them a window touches."""

    def __init__(self, items: Iterator[Item]) -> None:
        self._items = sorted(items, key=lambda item: item.start)
        self._starts = np.array([item.start for item in self._items], np.int64)
        longest = max((item.stop - item.start for item in self._items), default=0)
        self._longest = longest

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items)

    def between(self, start: int, stop: int) -> Iterator[Item]:
        """Return the items that sound in [start, stop), in order."""
        first = int(np.searchsorted(self._starts, start - self._longest))
        last = int(np.searchsorted(self._starts, stop))
        return (item for item in self._items[first:last] if item.stop > start)


def made(name: str, length: int) -> Audio:
    """Return a breath of a length, or a one-shot, which has its own."""
    return BREATHS[name](length) if name in BREATHS else ONE_SHOTS[name]()


def voice_gain(timeline: Timeline, levels: Levels) -> float:
    """Return the one static gain that brings the voice to its level.

    The voice's loudness is that of all its clips in a row, gated as BS.1770-5 says.
    """
    clips = [cue.clip for cue in timeline.of_kind(Kind.SPEECH) if cue.clip is not None]
    powers = np.array([power for clip in clips for power in clip.powers])
    spoken_lufs = integrated_of_powers(2.0 * powers)  # a clip stands in both channels
    return gain(levels.speech_lufs - spoken_lufs) if spoken_lufs > SILENCE_DB else 1.0
