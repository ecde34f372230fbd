"""What is where in a recording, as labels for Audacity: start, stop and text, a line each. Pure."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

from sessions.hearing.words import without_loops, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sessions.voices.recorded.cut.findings import Besides, Cut, Cutting

MOST_WORDS: Final = 40


def label_names(folder: Path, stem: str) -> Iterator[Path]:
    """Give the files that labels of a recording may go into: `cut take.txt`, `cut take 2.txt`."""
    yield folder / f"cut {stem}.txt"
    yield from (folder / f"cut {stem} {number}.txt" for number in count(2))


def labels(found: Cutting, tape: int) -> str:
    """Return the labels of a recording: what is kept by its number, what is not with a dash."""
    rows = [
        (one.place.words_start_seconds, one.place.words_stop_seconds, cut_label(one))
        for one in found.cuts.values()
        if one.place.tape == tape
    ]
    rows += [
        (one.start_seconds, one.stop_seconds, f"- {besides_label(one)}")
        for one in found.besides
        if one.tape == tape
    ]
    return "".join(f"{start:.3f}\t{stop:.3f}\t{text}\n" for start, stop, text in sorted(rows))


def cut_label(one: Cut) -> str:
    """Return what is said of a line that is kept; of a doubtful one what was heard, too."""
    text = f"{one.number:03} {flat(one.text)}"
    return f"{text} (heard: {short(one.heard)})" if one.doubtful else text


def besides_label(one: Besides) -> str:
    """Return what is said of what is not kept."""
    heard = f'"{short(one.heard)}"' if one.heard else "a sound"
    return f"a try of {one.number:03}: {heard}" if one.number else heard


def flat(text: str) -> str:
    """Return a text in one row."""
    return " ".join(text.split())


def short(heard: str) -> str:
    """Return what was heard in one row: loops of a listener once, and no more than some words."""
    words, looped = without_loops(words_of(heard, "nl"))  # alike is alike in every language
    text = " ".join(one.written for one in words) if looped else flat(heard)
    cut = text.split()[:MOST_WORDS]
    more = looped or len(cut) < len(text.split())
    return " ".join([*cut, "..."] if more else cut)
