"""Speak all lines of a session: each distinct line once, from the cache where it is there."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.errors import ScriptError
from sessions.voices.cache import clip_key
from sessions.voices.finish import finish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Self

    from sessions.voices.base import Clip, ClipInfo, Line, Speaker, Voice
    from sessions.voices.cache import ClipCache


@dataclass(frozen=True, slots=True)
class Spoken:
    """The clips of some lines. `made` of them were spoken now, the others were in the cache."""

    clips: Mapping[Line, ClipInfo]
    made: int


class Booth:
    """A voice, opened once per thread when a line is missing from the cache."""

    def __init__(self, voice: Voice, cache: ClipCache) -> None:
        self.voice = voice
        self.cache = cache
        self._local = threading.local()
        self._opened = ExitStack()
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def clip(self, line: Line) -> tuple[ClipInfo, bool]:
        """Return what the plan needs of a line's clip, and whether it was spoken now."""
        return self.cache.get_or_make(clip_key(self.voice, line), lambda: self._speak(line))

    def sound(self, line: Line) -> Clip:
        """Return a line's clip with its samples; one that left the cache is spoken again."""
        clip = self.cache.get(clip_key(self.voice, line))
        return clip if clip is not None else self._speak(line)

    def _speak(self, line: Line) -> Clip:
        try:
            return finish(self._speaker().speak(line))
        except ValueError as error:
            raise ScriptError(
                f"the voice '{self.voice.name}' has no sound for {line.text[:60]!r}",
                "write it in words that can be spoken",
            ) from error

    def _speaker(self) -> Speaker:
        speaker: Speaker | None = getattr(self._local, "speaker", None)
        if speaker is None:
            with self._lock:
                speaker = self._opened.enter_context(self.voice.open())
            self._local.speaker = speaker
        return speaker


def speak_all(
    lines: Iterable[Line],
    booth: Booth,
    jobs: int,
    on_line: Callable[[int, int], None],
) -> Spoken:
    """Return the clips of all lines, spoken by `jobs` threads.

    `on_line(done, total)` is told of progress, from the calling thread.
    """
    distinct = list(dict.fromkeys(lines))
    clips: dict[Line, ClipInfo] = {}
    made = 0
    with ThreadPoolExecutor(max(1, jobs), thread_name_prefix="voice") as pool:
        try:
            for done, (line, (clip, new)) in enumerate(
                zip(distinct, pool.map(booth.clip, distinct), strict=True), start=1
            ):
                clips[line] = clip
                made += new
                on_line(done, len(distinct))
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return Spoken(clips, made)
