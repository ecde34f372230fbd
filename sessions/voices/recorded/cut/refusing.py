"""Why recordings are not cut: nothing is heard in them, or something else. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sessions.errors import RecordingError

if TYPE_CHECKING:
    from sessions.voices.recorded.cut.findings import Cutting
    from sessions.voices.recorded.cut.reading import Tape

LOUD: Final = 0.003
"""What is softer at its loudest (RMS, -50 dBFS) may be called silence."""
QUOTED_LETTERS: Final = 240


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


def heard_in(found: Cutting) -> str:
    """Return the beginning of what was heard, in quotes."""
    said = [(one.tape, one.start_seconds, one.heard) for one in found.besides if one.heard]
    said += [(one.place.tape, one.place.start_seconds, one.heard) for one in found.cuts.values()]
    text = " ".join(heard for _, _, heard in sorted(said))
    short = (
        text if len(text) <= QUOTED_LETTERS else text[:QUOTED_LETTERS].rpartition(" ")[0] + "..."
    )
    return f'"{short}"' if short else "no words"
