"""ID3v2.3 as bytes, to be written in front of the audio.

Version 2.3 and not 2.4, because more players read it; chapters after the 'ID3v2 Chapter Frame
Addendum' 1.0. Nothing in it depends on the day or the machine.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from sessions.publish.captions import transcript
from sessions.publish.chapters import MOST_CHAPTERS, short_title
from sessions.publish.disclosure import FIELD, disclosed
from sessions.script.model import Language
from sessions.units import milliseconds
from sessions.voices.base import Origin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sessions.plan import Timeline
    from sessions.script.model import Meta

UTF16 = 1
"""Text encoding 1 of ID3v2.3, 4: the only one in which every language can be written."""
NO_OFFSET = 0xFFFFFFFF
ALBUM = "Guided Sessions"
ISO_639_2 = {Language.DUTCH: "dut", Language.ENGLISH: "eng"}


def id3(
    meta: Meta, timeline: Timeline, origin: Origin = Origin.RECORDED, voices: Sequence[str] = ()
) -> bytes:
    """Return the whole tag: title, artist, language, length, transcript and chapters.

    Of speech that is synthetic it says so, with the names of the `voices`.
    """
    from mutagen import id3 as frames  # noqa: PLC0415 -- only a render needs it

    language = ISO_639_2[meta.language]
    tag = frames.ID3()
    tag.add(frames.TIT2(UTF16, text=meta.title))
    tag.add(frames.TPE1(UTF16, text=meta.author or ALBUM))
    tag.add(frames.TALB(UTF16, text=ALBUM))
    tag.add(frames.TCON(UTF16, text="Meditation"))
    tag.add(frames.TLAN(UTF16, text=language))
    tag.add(frames.TLEN(UTF16, text=str(milliseconds(timeline.length))))
    comment = commented(meta, origin, voices)
    if comment:
        tag.add(frames.COMM(UTF16, lang=language, desc="", text=comment))
    if origin:
        tag.add(frames.TXXX(UTF16, desc=FIELD, text=origin))
    tag.add(frames.USLT(UTF16, lang=language, desc="", text=transcript(meta, timeline)))
    marks = timeline.chapters[:MOST_CHAPTERS]
    for number, mark in enumerate(marks):
        tag.add(
            frames.CHAP(
                element_id=f"chp{number}",
                start_time=milliseconds(mark.start),
                end_time=milliseconds(mark.stop),
                start_offset=NO_OFFSET,
                end_offset=NO_OFFSET,
                sub_frames=[frames.TIT2(UTF16, text=short_title(mark.title))],
            )
        )
    if marks:
        tag.add(
            frames.CTOC(
                element_id="toc",
                flags=frames.CTOCFlags.TOP_LEVEL | frames.CTOCFlags.ORDERED,
                child_element_ids=[f"chp{number}" for number in range(len(marks))],
                sub_frames=[frames.TIT2(UTF16, text=meta.title)],
            )
        )
    tag.update_to_v23()
    out = io.BytesIO()
    tag.save(out, v2_version=3, padding=lambda _: 0)
    return out.getvalue()


def commented(meta: Meta, origin: Origin, voices: Sequence[str]) -> str:
    """Return what a session is about, and that its voice is synthetic if it is."""
    said = disclosed(meta.language, origin, voices)
    stop = "" if not meta.summary or meta.summary[-1] in ".!?…" else "."
    return " ".join(filter(None, (meta.summary + (stop if said else ""), said)))


def text_tags(
    meta: Meta, origin: Origin = Origin.RECORDED, voices: Sequence[str] = ()
) -> dict[str, str]:
    """Return what FLAC and WAV have for the same things, by libsndfile's names; none is empty."""
    fields = {
        "title": meta.title,
        "artist": meta.author or ALBUM,
        "album": ALBUM,
        "genre": "Meditation",
        "comment": commented(meta, origin, voices),
    }
    return {name: text for name, text in fields.items() if text}
