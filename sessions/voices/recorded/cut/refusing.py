"""Why recordings are not cut: nothing is heard in them, or something else. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sessions.errors import RecordingError
from sessions.voices.recorded.cut.labels import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sessions.voices.recorded.cut.findings import Cutting
    from sessions.voices.recorded.cut.reading import Tape

LEAST_SHARE: Final = 0.5
"""Of the lines that are asked for: where fewer are found, it may be another script."""
OWN_SHARE: Final = 0.8
"""Of the letters that are heard: where so many are of lines, it is this script, whatever is left
out."""
LOUD: Final = 0.003
"""What is softer at its loudest (RMS, -50 dBFS) may be called silence."""


def silence_of(tape: Tape) -> RecordingError:
    """Return the error of a recording in which nothing stands out."""
    if float(tape.levels.max()) < LOUD:
        return RecordingError(
            f"nothing is heard in {tape.path}", "record it again, nearer to the microphone"
        )
    return RecordingError(
        f"nothing in {tape.path} stands out from a sound that goes on all the time",
        "record words alone, with pauses, in a quiet room and without music",
    )


def none_missing(there: int, missing: Sequence[int], found: Cutting) -> RecordingError:
    """Return the error of recordings in which no line is said that has no file yet."""
    have = "line has a file and stays" if there == 1 else "lines have files and stay"
    numbers = ", ".join(f"{number:03}" for number in missing)
    other = "" if found.cuts else f"; what was heard is: {heard_in(found)}"
    return RecordingError(
        f"{there} {have}; of the {len(missing)} missing ({numbers}) none was heard whole{other}",
        "record what is missing, or write over those that are there with --force",
    )


def enough(lines: int, asked: int, found: Cutting) -> bool:
    """Return whether recordings seem to be of a script of which some lines were found.

    Few are enough where little else is heard: the first sitting of several.
    """
    return bool(lines) and (lines >= LEAST_SHARE * asked or _of_lines(found) >= OWN_SHARE)


def _of_lines(found: Cutting) -> float:
    """Return how much of what was heard, by its letters, is of lines that were heard well."""
    sure = sum(len(one.heard) for one in found.cuts.values() if not one.doubtful)
    tried = sum(len(one.heard) for one in found.besides if one.number)
    every = sum(len(one.heard) for one in found.cuts.values())
    every += sum(len(one.heard) for one in found.besides)
    return (sure + tried) / every if sure else 0.0


def heard_in(found: Cutting) -> str:
    """Return the beginning of what was heard, in quotes."""
    said = [(one.tape, one.start_seconds, one.heard) for one in found.besides if one.heard]
    said += [(one.place.tape, one.place.start_seconds, one.heard) for one in found.cuts.values()]
    text = short(" ".join(heard for _, _, heard in sorted(said)))
    return f'"{text}"' if text else "no words"
