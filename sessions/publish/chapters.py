"""Chapters as JSON (Podcasting 2.0, 'JSON Chapters' 1.2.0)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sessions.units import milliseconds

if TYPE_CHECKING:
    from sessions.plan import Timeline
    from sessions.script.model import Meta

TITLE_CHARACTERS = 45
"""Longer titles are cut by players at different places; we cut them at a word."""
MOST_CHAPTERS = 255
"""ID3v2 Chapter Frame Addendum 1.0, 3.2: the count of a table of contents is one byte."""


def short_title(title: str) -> str:
    """Return a title of at most 45 characters."""
    if len(title) <= TITLE_CHARACTERS:
        return title
    cut = title[: TITLE_CHARACTERS - 1]
    return (cut[: cut.rfind(" ")] if " " in cut else cut).rstrip(" ,;:-") + "…"


def chapters_json(meta: Meta, timeline: Timeline) -> str:
    """Return the chapters of a session as a JSON document."""
    document = {
        "version": "1.2.0",
        "title": meta.title,
        "chapters": [
            {
                "startTime": milliseconds(mark.start) / 1000,
                "endTime": milliseconds(mark.stop) / 1000,
                "title": short_title(mark.title),
            }
            for mark in timeline.chapters
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
