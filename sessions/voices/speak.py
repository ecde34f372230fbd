"""Speak all lines of a session: each distinct line once, from the cache where it is there."""

from __future__ import annotations

import threading
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.errors import (
    RecordingError,
    SessionsError,
    TryAgainLaterError,
    UnavailableError,
)
from sessions.voices.base import Partial
from sessions.voices.cache import clip_key
from sessions.voices.crew import each
from sessions.voices.finish import finish
from sessions.voices.polish import POLISHES
from sessions.voices.timing import timed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Self

    from sessions.voices.base import Clip, ClipInfo, Line, Speaker, Voice
    from sessions.voices.cache import ClipCache
    from sessions.voices.cast import Cast


@dataclass(frozen=True, slots=True)
class Spoken:
    """The clips of some lines. `made` of them were spoken now, the others were in the cache."""

    clips: Mapping[Line, ClipInfo]
    made: int


def unheard(_text: str) -> None:
    """Tell nobody."""


class UnspokenError(SessionsError):
    """A `line` that a voice makes no sound of; who knows the script can tell its place.

    `others` are such lines, too.
    """

    exit_code = 65

    def __init__(
        self, message: str, remedy: str, line: Line, others: tuple[UnspokenError, ...] = ()
    ) -> None:
        super().__init__(message, remedy)
        self.args = (message, remedy, line, others)
        self.line = line
        self.others = others


class Booth:
    """The voices of a session; each is opened once per thread when a line of it is missing.

    `polish` is the name of what is done to every line. `failed` is the name of the first voice that
    was out of reach.
    `offline` forbids every voice that needs the network; what it once spoke is still there.
    `notice` is told once, before it happens, that text will leave the machine.
    """

    def __init__(
        self,
        cast: Cast,
        cache: ClipCache,
        *,
        polish: str = "plain",
        offline: bool = False,
        notice: Callable[[str], None] = unheard,
    ) -> None:
        self.cast = cast
        self.cache = cache
        self._polish = polish
        self._offline = offline
        self._notice = notice
        self._told: set[str] = set()
        self.failed = ""
        self._local = threading.local()
        self._opened = ExitStack()
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def clip(self, line: Line) -> tuple[ClipInfo, bool]:
        """Return what the plan needs of a line's clip, and whether it was spoken now."""
        return self.cache.get_or_make(self._key(line), lambda: self._speak(line))

    def tried(self, line: Line) -> tuple[ClipInfo, bool] | RecordingError:
        """Return what `clip` does, or why a recording cannot be used."""
        try:
            return self.clip(line)
        except RecordingError as error:
            return error

    def sound(self, line: Line) -> Clip:
        """Return a line's clip with its samples; one that left the cache is spoken again."""
        clip = self.cache.get(self._key(line))
        return clip if clip is not None else self._speak(line)

    def kept(self, line: Line) -> bool:
        """Return whether a line's clip is in the cache."""
        return self.cache.info(self._key(line)) is not None

    def _key(self, line: Line) -> str:
        return clip_key(self.cast.of(line), line, self._polish)

    def _speak(self, line: Line) -> Clip:
        voice = self.cast.of(line)
        try:
            spoken = self._speaker(voice).speak(line)
            timed_words = timed(spoken, line.normalized)
            return finish(timed_words, POLISHES[self._polish], line.style.manner)
        except TryAgainLaterError:
            self.failed = self.failed or self.cast.name_of(line)
            raise
        except ValueError as error:
            message = f"the voice '{voice.name}' has no sound for {line.text[:60]!r}"
            remedy = "write it in words that can be spoken"
            raise UnspokenError(message, remedy, line) from error

    def _speaker(self, voice: Voice) -> Speaker:
        # By identity: two folders of recordings are two voices of one name.
        speakers: dict[int, Speaker] = self._local.__dict__.setdefault("speakers", {})
        if id(voice) not in speakers:
            with self._lock:
                if voice.sends_to:
                    self._allow_network(voice)
                speakers[id(voice)] = self._opened.enter_context(voice.open())
        return speakers[id(voice)]

    def _allow_network(self, voice: Voice) -> None:
        if self._offline:
            raise UnavailableError(
                f"the voice '{voice.name}' needs the network, which --offline forbids",
                "leave --offline out, or choose another voice; see `sessions voices list`",
            )
        if voice.sends_to in self._told:
            return
        self._told.add(voice.sends_to)
        self._notice(
            f"the text is sent to {voice.sends_to}, line by line, to be spoken by the voice "
            f"'{voice.name}'; --offline forbids that"
        )


def speak_all(
    lines: Iterable[Line],
    booth: Booth,
    jobs: int,
    on_line: Callable[[int, int], None],
) -> Spoken:
    """Return the clips of all lines, spoken by `jobs` threads.

    What people have recorded comes first: where that cannot be used, no line is spoken.
    `on_line(done, total)` is told of progress, from the calling thread.

    Raises
    ------
    UnspokenError
        Recordings cannot be used, or a voice makes no sound of a line.
    SessionsError
        As voices do.
    """
    distinct = list(dict.fromkeys(lines))
    recorded = [line for line in distinct if isinstance(booth.cast.of(line), Partial)]
    of_voices = [line for line in distinct if not isinstance(booth.cast.of(line), Partial)]
    clips: dict[Line, ClipInfo] = {}
    made = 0
    try:
        for some in (recorded, of_voices):
            unusable: list[UnspokenError] = []
            with closing(each(booth.tried, some, jobs, "voice")) as spoken:
                for line, result in zip(some, spoken, strict=True):
                    if isinstance(result, RecordingError):
                        unusable.append(UnspokenError(result.message, result.remedy, line))
                        continue
                    clips[line], new = result
                    made += new
                    on_line(len(clips), len(distinct))
            if unusable:
                raise joined(unusable)
    except TryAgainLaterError as error:
        kept = sum(booth.kept(line) for line in distinct)
        raise TryAgainLaterError(
            f"{error.message}; {kept} of {len(distinct)} lines are spoken and kept",
            "the same command, later, goes on from there; or choose a voice that works "
            "offline, such as --voice espeak",
        ) from error
    return Spoken(clips, made)


def joined(errors: Sequence[UnspokenError]) -> UnspokenError:
    """Return the first of some errors, with the others."""
    first, *others = errors
    return UnspokenError(first.message, first.remedy, first.line, tuple(others))
