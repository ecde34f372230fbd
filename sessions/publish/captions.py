"""Captions (WebVTT) and the transcript, from the plan."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.plan import Cue, Kind
from sessions.units import milliseconds, samples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.plan import Timeline
    from sessions.script.model import Meta

VTT_LINE_CHARACTERS = 65
LINES_AT_ONCE = 2
PARAGRAPH_SECONDS = 1.8
"""A silence of this length begins a new paragraph of the transcript."""


@dataclass(frozen=True, slots=True)
class Caption:
    """Lines to show during samples [start, stop)."""

    start: int
    stop: int
    lines: tuple[str, ...]


def captions(timeline: Timeline, width: int = VTT_LINE_CHARACTERS) -> Iterator[Caption]:
    """Return captions of at most two lines; a long sentence is shown in parts, as it is spoken."""
    for cue in timeline.of_kind(Kind.SPEECH):
        lines = textwrap.wrap(cue.text, width, break_on_hyphens=False)
        total = sum(map(len, lines))
        done = 0
        for first in range(0, len(lines), LINES_AT_ONCE):
            shown = tuple(lines[first : first + LINES_AT_ONCE])
            start = moment(cue, done / total)
            done += sum(map(len, shown))
            yield Caption(start, moment(cue, done / total), shown)


def moment(cue: Cue, share: float) -> int:
    """Return the sample at which a share of a line, from 0 to 1, has been spoken."""
    return cue.start + round(cue.length * share)


def vtt(meta: Meta, timeline: Timeline) -> str:
    """Return the session's captions as WebVTT (W3C, 2019)."""
    blocks = [f"WEBVTT\nLanguage: {meta.language}"]
    for caption in captions(timeline):
        text = "\n".join(escaped(line) for line in caption.lines)
        blocks.append(f"{stamp(caption.start)} --> {stamp(caption.stop)}\n{text}")
    return "\n\n".join(blocks) + "\n"


def stamp(position: int) -> str:
    """Return a position as `hh:mm:ss.mmm`."""
    total = milliseconds(position)
    return (
        f"{total // 3_600_000:02}:{total // 60_000 % 60:02}:"
        f"{total // 1000 % 60:02}.{total % 1000:03}"
    )


def escaped(text: str) -> str:
    """Return text that WebVTT shows as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def transcript(meta: Meta, timeline: Timeline) -> str:
    """Return all that is said, with the chapters as headings, as plain text."""
    paragraphs = [meta.title, *([meta.summary] if meta.summary else [])]
    marks = list(timeline.chapters)
    sentences: list[str] = []
    spoken_until = 0
    for cue in timeline.of_kind(Kind.SPEECH):
        headings = []
        while marks and marks[0].start <= cue.start:
            headings.append(f"# {marks.pop(0).title}")
        if sentences and (headings or cue.start - spoken_until >= samples(PARAGRAPH_SECONDS)):
            paragraphs.append(" ".join(sentences))
            sentences = []
        paragraphs += headings
        sentences.append(cue.text)
        spoken_until = cue.stop
    paragraphs += [" ".join(sentences), *(f"# {mark.title}" for mark in marks)]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"
