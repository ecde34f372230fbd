"""Read the tags and chapters of a finished file: ID3 (MP3, WAV), or Vorbis comments (FLAC, Ogg)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_TIME = re.compile(r"(\d+):(\d\d):(\d\d(?:\.\d+)?)")
_SLACK_SECONDS = 0.05
"""Times of chapters are whole milliseconds, and players round the length as they like."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a file, in seconds; `stop_seconds` is None where the file does not say."""

    title: str
    start_seconds: float
    stop_seconds: float | None


@dataclass(frozen=True, slots=True)
class Tags:
    """What a file says of itself; empty where it says nothing. `fault` is why it cannot be read."""

    title: str = ""
    artist: str = ""
    language: str = ""
    chapters: tuple[Chapter, ...] = ()
    fault: str = ""


def read_tags(path: Path, *, mpeg: bool) -> Tags:
    """Return the tags of a file; a damaged tag is told, not raised."""
    import mutagen  # noqa: PLC0415

    with path.open("rb") as file:
        if file.read(4) == b"RF64":  # mutagen knows only its smaller brother
            return _strings(path)
    try:
        found = mutagen.File(path)
        tags = None if found is None else found.tags
        if tags is None:
            return Tags() if mpeg else _strings(path)
        return Tags(
            title=_text(tags, ("TIT2", "title")),
            artist=_text(tags, ("TPE1", "artist")),
            language=_text(tags, ("TLAN", "language")),
            chapters=tuple(_id3_chapters(tags) or _vorbis_chapters(tags)),
        )
    except (mutagen.MutagenError, ValueError, LookupError) as error:
        return Tags(fault=f"the tag cannot be read: {' '.join(str(error).split())}")


def _strings(path: Path) -> Tags:
    """Return what libsndfile finds, such as the text chunks of a WAV; its files did open."""
    import soundfile  # noqa: PLC0415

    with soundfile.SoundFile(path) as file:
        return Tags(title=file.title, artist=file.artist)


def _text(tags: Any, keys: tuple[str, ...]) -> str:
    for key in keys:
        if key in tags:
            value = tags[key]
            return str(value[0] if isinstance(value, list) else value).strip()
    return ""


def _id3_chapters(tags: Any) -> list[Chapter]:
    """Return the chapters of an ID3 tag in the order of its table of contents, else of the tag."""
    if not hasattr(tags, "getall"):
        return []
    frames = {frame.element_id: frame for frame in tags.getall("CHAP")}
    order = [name for toc in tags.getall("CTOC") for name in toc.child_element_ids]
    listed = [name for name in order if name in frames] or list(frames)
    return [
        Chapter(
            _text(frames[name].sub_frames, ("TIT2",)),
            frames[name].start_time / 1000,
            frames[name].end_time / 1000,
        )
        for name in dict.fromkeys(listed)
    ]


def _vorbis_chapters(tags: Any) -> list[Chapter]:
    """Return chapters as `CHAPTER001=00:01:00.000` and `CHAPTER001NAME` tell them."""
    found = []
    for number in range(1000):
        key = f"chapter{number:03}"
        time = _TIME.fullmatch(_text(tags, (key,)))
        if time:
            start = int(time[1]) * 3600 + int(time[2]) * 60 + float(time[3])
            found.append(Chapter(_text(tags, (f"{key}name",)), start, None))
    return found


def chapter_faults(chapters: tuple[Chapter, ...], length_seconds: float) -> tuple[str, ...]:
    """Return what is wrong with the chapters of a file of some length."""
    faults = []
    before = -1.0
    for number, chapter in enumerate(chapters, start=1):
        stop = chapter.start_seconds if chapter.stop_seconds is None else chapter.stop_seconds
        if not chapter.title:
            faults.append(f"chapter {number} has no title")
        if chapter.start_seconds <= before:
            faults.append(f"chapter {number} does not begin after the one before it")
        if not chapter.start_seconds <= stop <= length_seconds + _SLACK_SECONDS:
            faults.append(f"chapter {number} is not within the length of the file")
        before = chapter.start_seconds
    return tuple(faults)
