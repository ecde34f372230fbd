"""What must be spoken of a script: its lines, and the words of breaths that are counted aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sessions.errors import ScriptError
from sessions.script.model import Breath, Chapter, OneShot, Pause, Speech
from sessions.script.phrases.breathing import COUNTED
from sessions.units import samples, seconds
from sessions.voices.base import Line, ToRead

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sessions.script.model import Plain, Script
    from sessions.voices.base import ClipInfo


def counted_words(part: Breath) -> Iterator[tuple[Line, int]]:
    """Yield the words of one cycle in order, each with the samples up to the next one.

    The first second of a phase says which it is, the others are numbers; a part of a second at
    the end goes to the last of them.
    """
    if part.counting is None:
        return
    names = COUNTED[part.counting.language]
    for name, length in part.phases:
        words = [names[name], *map(str, range(2, int(length) + 1))] if length > 0 else []
        starts = [*map(samples, range(len(words))), samples(length)]
        for index, word in enumerate(words):
            yield Line(word, part.counting), starts[index + 1] - starts[index]


def refuse_crowded(script: Script, clips: Mapping[Line, ClipInfo]) -> None:
    """See that every word of a breath that is counted aloud fits its place.

    Raises
    ------
    ScriptError
        A clip is longer than the time up to the next word or phase.
    """
    problems = {}
    for part in script.parts:
        if isinstance(part, Breath):
            for line, room in counted_words(part):
                spoken = clips[line].length_samples
                if spoken > room:
                    message = f"'{line.text}' takes {seconds(spoken):.2f} s to say"
                    remedy = f"there are {seconds(room):g} s: breathe slower, or do not count"
                    problem = script.problem(part.source, message, remedy)
                    problems[part.source, line.text] = problem
    if problems:
        raise ScriptError.of(problems.values())


def lines(script: Script) -> Iterator[Line]:
    """Return every line that has to be spoken, in order, repeats included."""
    for part in script.parts:
        yield from lines_in(part)


def to_read(script: Script) -> Iterator[ToRead]:
    """Return every line that a person has to read, with its chapter and the pause after it."""
    chapter = ""
    for place, part in enumerate(script.parts):
        if isinstance(part, Chapter):
            chapter = part.title
        spoken = list(lines_in(part))
        yield from (ToRead(line, None, chapter) for line in spoken[:-1])
        yield from (ToRead(line, _pause_after(script, place), chapter) for line in spoken[-1:])


def _pause_after(script: Script, place: int) -> tuple[float, float] | None:
    """Return the pause that is written after a part, before anything sounds again."""
    for part in script.parts[place + 1 :]:
        if isinstance(part, Pause):
            return part.seconds, part.at_most
        if isinstance(part, Speech | Breath | OneShot):
            break
    return None


def lines_in(part: Plain) -> Iterator[Line]:
    """Return what has to be spoken of a part: a line, the words of a breath, or nothing."""
    if isinstance(part, Speech):
        yield line_of(part)
    elif isinstance(part, Breath):
        yield from (line for line, _ in counted_words(part))


def line_of(part: Speech) -> Line:
    """Return what the voice gets of a part."""
    return Line(part.spoken or part.text, part.style)
