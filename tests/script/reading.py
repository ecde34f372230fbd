"""What tests of reading share: a text as its parts, lines, outline, problems; as if placeless."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from sessions.errors import Problem, ScriptError, Source
from sessions.script.model import (
    BedChange,
    Break,
    Breath,
    Chapter,
    Draft,
    Layer,
    Meta,
    OneShot,
    Part,
    Pause,
    Speech,
)
from sessions.script.parser import parse

NOWHERE: Final = Source("", 1, 1)


def parts(text: str) -> tuple[Part, ...]:
    return parse(text, path="a.md").parts


def said(text: str) -> list[str]:
    return [part.text for part in parts(text) if isinstance(part, Speech)]


def outline(text: str) -> list[str]:
    """Return a word per part: what is said, else the kind of the part."""
    words = []
    for part in parts(text):
        match part:
            case Speech():
                words.append(part.text)
            case Break():
                words.append(f"<{part.boundary}>")
            case Chapter():
                words.append(f"# {part.title}")
            case Pause() | Breath() | OneShot():
                words.append(f"[{type(part).__name__.lower()}]")
    return words


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ScriptError) as caught:
        parse(text, path="a.md")
    return caught.value.problems


def without_places(draft: Draft) -> tuple[Meta, tuple[Part, ...]]:
    """Return the meta data and parts of a draft with every place made the same, to compare."""
    meta = draft.meta
    chosen = dict(meta.chosen)
    if chosen.get("background"):
        chosen["background"] = nowhere(chosen["background"])
        meta = replace(meta, chosen=tuple(chosen.items()))
    moved = (replace(part, source=NOWHERE) for part in draft.parts)
    return meta, tuple(
        replace(part, layers=nowhere(part.layers)) if isinstance(part, BedChange) else part
        for part in moved
    )


def nowhere(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    return tuple(replace(layer, source=NOWHERE) for layer in layers)
