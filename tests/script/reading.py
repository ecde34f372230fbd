"""What tests of reading share: a text as its parts, its lines, its outline, its problems."""

from __future__ import annotations

import pytest

from sessions.errors import Problem, ScriptError
from sessions.script.model import Break, Breath, Chapter, OneShot, Part, Pause, Speech
from sessions.script.parser import parse


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
