"""The mixer: any window of the session, whatever was asked before.

Everything sounds at a place that the timeline knows, through a gain that is a function of the
place. Nothing has a memory, so the size of a block never changes a sample, a window can be
previewed at once, and memory does not grow with the length.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from sessions.metering.loudness import HOP_SAMPLES, block_powers, integrated_of_powers
from sessions.mix.bedding import bedding
from sessions.mix.envelope import DUCK_AFTER_SECONDS, DUCK_BEFORE_SECONDS, SILENT, swaying
from sessions.mix.forecast import Sound
from sessions.mix.limiter import REACH_SAMPLES, limit
from sessions.mix.shape import SPEECH_LUFS, Shape, shaped
from sessions.plan import BREATH_SOUNDS, Kind
from sessions.script.model import MANNER_DB
from sessions.sounds import BREATHS
from sessions.sounds.soundscape import Widened
from sessions.units import GRID_SAMPLES, SAMPLES_PER_FRAME, SILENCE_DB, Audio, gain, samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from sessions.mix.levels import Levels
    from sessions.plan import Cue, Timeline
    from sessions.sounds.base import Bed
    from sessions.voices.base import ClipInfo, Line

CLIPS_HELD = 24
"""Clips kept in memory: enough for every thread's neighbourhood, few enough to stay flat."""
SOUNDS_HELD = 8


@dataclass(frozen=True, slots=True)
class Item:
    """A sound at a place: samples [start, stop), from `fetch`, times `gain`; `key` names it."""

    start: int
    stop: int
    gain: float
    key: str
    fetch: Callable[[], Audio]


@dataclass(frozen=True, slots=True)
class Rest:
    """Samples [start, stop) in which only the bed sounds, each of its strands at one gain.

    Sample n of the mix is then sample n modulo `period_samples` of the bed at those gains.
    """

    start: int
    stop: int
    gains: tuple[float, ...]
    period_samples: int


class Mix:
    """The session as samples.

    Parameters
    ----------
    timeline
        Where everything is.
    beds
        What sounds all the time: each bed (None is silence) from its place on, the first from 0.
    sound_of
        Gives the samples of a line's clip, mono; asked again when they have left memory.
    levels
        What it is to sound like.
    one_shot_of
        Gives the samples of a one-shot by its name, stereo.
    coded_power
        What the power of a bed is multiplied by when it is encoded; nothing sounds other for it,
        but the session's loudness is that of the file.
    """

    def __init__(
        self,
        timeline: Timeline,
        beds: Sequence[tuple[int, Bed | None]],
        sound_of: Callable[[Line], Audio],
        levels: Levels,
        one_shot_of: Callable[[str], Audio],
        coded_power: Callable[[Bed], float],
    ) -> None:
        self.timeline = timeline
        self.levels = levels
        self._clip = lru_cache(CLIPS_HELD)(sound_of)
        self._sound = lru_cache(SOUNDS_HELD)(partial(made, one_shot_of, levels.mono))
        width = 0.0 if levels.mono else levels.width
        self._bedding = bedding(
            [(start, of_width(bed, width)) for start, bed in beds],
            timeline.length,
            levels,
            coded_power,
        )

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
        wide = np.zeros((stop - start, 2), np.float32)
        if first < last:
            inside = wide[first - start : last - start]
            inside += self.bed_part(first, last)
            inside += self.cue_part(first, last)
            inside += self.voice_part(first, last)
        return wide

    def bed_part(self, start: int, stop: int) -> Audio:
        """Return the bed alone, with its fades and ducking."""
        if self._bedding is None:
            return np.zeros((stop - start, 2), np.float32)
        gains = tuple(curve.read(start, stop) for curve in self.shape.bed)
        return self._bedding.read(start, stop, gains)

    def voice_part(self, start: int, stop: int) -> Audio:
        """Return the voice alone."""
        part = self._items_part(self._voice, start, stop)
        if self.levels.sway and not self.levels.mono:
            part *= swaying(start, stop, self.levels.sway)
        return part

    def cue_part(self, start: int, stop: int) -> Audio:
        """Return breaths and one-shots alone."""
        return self._items_part(self._cues, start, stop)

    def stems(self, start: int, stop: int) -> dict[str, Audio]:
        """Return samples [start, stop) of voice, bed and cues; their sum is the mix unlimited."""
        return {
            "voice": self.voice_part(start, stop),
            "bed": self.bed_part(start, stop),
            "cues": self.cue_part(start, stop),
        }

    def recipe(self, start: int, stop: int) -> str:
        """Return a hash of all that decides samples [start, stop) but the sounds of beds.

        Beds are told by their number: who keeps what a recipe makes adds which beds there are.
        Places count from `start`, and of a bed its phase: what is alike elsewhere has one recipe.
        """
        first, last = max(0, start - REACH_SAMPLES), min(stop + REACH_SAMPLES, self.length)
        parts: list[Any] = [start - first, stop - start, last - first, self.levels]
        for items in (self._voice, self._cues):
            found = list(items.between(first, last))
            parts += [(item.key, item.start - first, item.gain) for item in found]
            if found:
                parts.append(self.shape.voice.recipe(first, last))
            if found and items is self._voice:
                parts.append(first if self.levels.sway else 0)
        strands = self._bedding.strands if self._bedding is not None else ()
        for number, (strand, curve) in enumerate(zip(strands, self.shape.bed, strict=True)):
            gains = curve.recipe(first, last)
            if gains != SILENT:
                phase = first % strand.bed.period_samples
                parts += [number, strand.version.value, phase, gains]
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    def slots(self) -> list[tuple[int, int]]:
        """Return where the sound depends on what is in slots: samples [start, stop) each."""
        before = samples(DUCK_BEFORE_SECONDS) + REACH_SAMPLES + GRID_SAMPLES
        after = samples(DUCK_AFTER_SECONDS) + REACH_SAMPLES + GRID_SAMPLES
        spans: list[tuple[int, int]] = []
        for cue in self.timeline.cues:
            if cue.in_slot and spans and cue.start - before <= spans[-1][1]:
                spans[-1] = (spans[-1][0], cue.stop + after)
            elif cue.in_slot:
                spans.append((max(0, cue.start - before), cue.stop + after))
        return spans

    @cached_property
    def rests(self) -> tuple[Rest, ...]:
        """Where only the bed sounds, at one level: there the mix is periodic."""
        margin = REACH_SAMPLES + GRID_SAMPLES
        items = sorted([*self._voice, *self._cues], key=lambda item: item.start)
        quiet = between([(item.start - margin, item.stop + margin) for item in items], self.length)
        spans: list[tuple[int, int, tuple[float, ...]]] = [(a, b, ()) for a, b in quiet]
        curves = self.shape.bed if self._bedding is not None else ()
        for curve in curves:
            spans = list(common(spans, list(curve.constant_spans(self.length))))
        return tuple(
            Rest(start, stop, gains, self._period_of(gains)) for start, stop, gains in spans
        )

    def _period_of(self, gains: tuple[float, ...]) -> int:
        strands = self._bedding.strands if self._bedding is not None else ()
        heard = [strand.bed.period_samples for strand, on in zip(strands, gains, strict=True) if on]
        return math.lcm(SAMPLES_PER_FRAME, *heard)  # silence repeats with every MP3 frame

    @cached_property
    def shape(self) -> Shape:
        """All gains of the session, settled at first use."""
        sounds = [*self._voice_powers(), *self._cue_powers()]
        return shaped(self.timeline, self.levels, self._bedding, sounds)

    def _items_part(self, items: Items, start: int, stop: int) -> Audio:
        part = np.zeros((stop - start, 2), np.float32)
        touched = False
        for item in items.between(start, stop):
            first, last = max(item.start, start), min(item.stop, stop)
            sound = item.fetch()[first - item.start : last - item.start]
            sound = sound * np.float32(item.gain)
            part[first - start : last - start] += sound if sound.ndim > 1 else sound[:, np.newaxis]
            touched = True
        if touched:
            part *= self.shape.voice.read(start, stop)
        return part

    @cached_property
    def voice_gain(self) -> float:
        """The gain that brings all clips to the level from which levels count."""
        return voice_gain(self.timeline)

    @cached_property
    def _voice(self) -> Items:
        return Items(
            Item(
                cue.start,
                cue.stop,
                self.voice_gain * gain(cue.gain_db),
                recording(cue.clip) if cue.clip else "",
                partial(self._clip, cue.line),
            )
            for cue in self.timeline.of_kind(Kind.SPEECH)
            if cue.line is not None
        )

    @cached_property
    def _cues(self) -> Items:
        return Items(
            Item(
                cue.start,
                cue.start + len(self._sound(cue.kind, cue.sound, cue.length)),
                gain(cue.gain_db),
                f"{cue.kind} {cue.sound} {cue.length}",
                partial(self._sound, cue.kind, cue.sound, cue.length),
            )
            for cue in self._sounding_cues()
        )

    def _sounding_cues(self) -> Iterator[Cue]:
        return self.timeline.of_kind(*BREATH_SOUNDS, Kind.ONE_SHOT)

    def _voice_powers(self) -> Iterator[Sound]:
        factor = 2.0 * self.voice_gain**2  # a clip stands in both channels
        for cue in self.timeline.of_kind(Kind.SPEECH):
            if cue.clip is not None:
                level = factor * gain(cue.gain_db) ** 2
                line_lufs = cue.clip.loudness_lufs + 10.0 * math.log10(level)
                yield Sound(cue.start, level * np.array(cue.clip.powers), cue.in_slot, line_lufs)

    def _cue_powers(self) -> Iterator[Sound]:
        powers_of = lru_cache(SOUNDS_HELD)(
            lambda kind, name, length: stereo_powers(self._sound(kind, name, length))
        )
        for cue in self._sounding_cues():
            powers = gain(cue.gain_db) ** 2 * powers_of(cue.kind, cue.sound, cue.length)
            yield Sound(cue.start, powers, cue.in_slot)


class Items:
    """Items in order of their start, and which of them a window touches."""

    def __init__(self, items: Iterator[Item]) -> None:
        self._items = sorted(items, key=lambda item: item.start)
        self._starts = np.array([item.start for item in self._items], np.int64)
        self._longest = max((item.stop - item.start for item in self._items), default=0)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items)

    def between(self, start: int, stop: int) -> Iterator[Item]:
        """Return the items that sound in [start, stop), in order."""
        first = int(np.searchsorted(self._starts, start - self._longest))
        last = int(np.searchsorted(self._starts, stop))
        return (item for item in self._items[first:last] if item.stop > start)


def made(
    one_shot_of: Callable[[str], Audio],
    mono: bool,  # noqa: FBT001 -- bound by name of the setting
    kind: Kind,
    name: str,
    length: int,
) -> Audio:
    """Return a breath of a length, or a one-shot, which has its own; if `mono`, in the middle."""
    sound = BREATHS[name](length) if kind in BREATH_SOUNDS else one_shot_of(name)
    return np.repeat(sound.mean(axis=1, keepdims=True), 2, axis=1) if mono else sound


def of_width(bed: Bed | None, width: float) -> Bed | None:
    """Return a bed of a width; one that is not there, or has it already, as it is."""
    return bed if bed is None or width == 1.0 else Widened.of(bed, width)


def stereo_powers(sound: Audio) -> NDArray[np.float64]:
    """Return the K-weighted power per hop of a sound, summed over its channels."""
    return np.asarray(block_powers(sound[:, 0]) + block_powers(sound[:, 1]))


def voice_gain(timeline: Timeline) -> float:
    """Return the one static gain that brings the voice to `SPEECH_LUFS`.

    The voice's loudness is that of the clips of its plain lines, laid end to end, gated as
    BS.1770-5 says; where there are none, of all, with what their manner took from them given back.
    In tenths of a dB, and without what is in slots: it may be other words, or none.
    """
    cues = [cue for cue in timeline.of_kind(Kind.SPEECH) if cue.clip is not None]
    fixed = [cue for cue in cues if not cue.in_slot] or cues
    plain = [cue for cue in fixed if cue.plain] or fixed
    spoken_lufs = integrated_of_powers(2.0 * end_to_end(plain)) if plain else SILENCE_DB
    return gain(round(SPEECH_LUFS - spoken_lufs, 1)) if spoken_lufs > SILENCE_DB else 1.0


def end_to_end(cues: Iterable[Cue]) -> NDArray[np.float64]:
    """Return the power per hop of the clips of lines that follow each other without a gap."""
    places, energies = [0], [0.0]
    for cue in cues:
        if cue.clip is not None and cue.line is not None:
            start, length = places[-1], cue.clip.length_samples
            own = np.cumsum(cue.clip.powers) / gain(MANNER_DB[cue.line.style.manner]) ** 2
            energies += (energies[-1] + own * HOP_SAMPLES).tolist()
            places += [start + min(length, (hop + 1) * HOP_SAMPLES) for hop in range(len(own))]
    grid = np.arange(0, places[-1] + 1, HOP_SAMPLES)
    return np.asarray(np.diff(np.interp(grid, places, energies)) / HOP_SAMPLES)


def between(busy: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Return what of [0, length) no span covers; spans are in order of their start."""
    free, position = [], 0
    for start, stop in busy:
        if start > position:
            free.append((position, start))
        position = max(position, stop)
    if position < length:
        free.append((position, length))
    return free


def common(
    spans: list[tuple[int, int, tuple[float, ...]]], others: list[tuple[int, int, float]]
) -> Iterator[tuple[int, int, tuple[float, ...]]]:
    """Return the overlaps of two lists of spans in order, with what both carry."""
    place = 0
    for start, stop, gains in spans:
        while place and others[place - 1][1] > start:
            place -= 1
        while place < len(others) and others[place][0] < stop:
            low, high, level = others[place]
            if max(low, start) < min(high, stop):
                yield max(low, start), min(high, stop), (*gains, level)
            place += 1


def recording(clip: ClipInfo) -> str:
    """Return a name of what was recorded: a service may say the same line otherwise tomorrow."""
    return repr((clip.key, clip.length_samples, clip.loudness_lufs, hash(clip.powers)))
