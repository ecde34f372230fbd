"""Say what went wrong, where, and what to do about it.

The tree, with the exit code of each (after BSD's sysexits.h)::

    SessionsError                       70  our bug, when nothing below fits
    ├── ScriptError                     65  the script cannot be rendered; holds up to 20 problems
    │   ├── FitError                    65  the asked length is out of the script's reach
    │   └── RowsError                   65  a table of values cannot be used
    ├── RecordingError                  65  a recording is damaged, silent, too long or no audio
    ├── UnspokenError                   65  a voice makes no sound of a line
    ├── UndecodableError                65  a file to verify is no audio
    ├── Mp3Error                        65  bytes are not the MP3 stream they were taken for
    ├── InputMissingError               66  a file, script or asset that is not there
    ├── UnavailableError                69  a voice, service or tool that is not there
    ├── OutputError                     73  the output cannot be created
    ├── StorageError                    74  reading or writing failed, the disk is full
    ├── TryAgainLaterError              75  a passing fault, most often of the network
    ├── PermissionDeniedError           77  the system forbids it
    ├── ConfigurationError              78  a settings file or a setting is wrong
    └── WorkerDiedError                 70  a process that renders has ended

Exit code 2 (usage) belongs to click, 3 (part of a batch failed) and 130 (interrupted) to the
command line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MAX_PROBLEMS = 20
"""Problems that one run reports; more would hide the first ones."""


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a script: `line` and `column` count characters from 1.

    `length` is how many characters of that line are meant, `lines` how many lines with that one;
    places are told apart without these.
    """

    path: str
    line: int
    column: int
    length: int = field(default=1, compare=False, repr=False)
    lines: int = field(default=1, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a script.

    `text` is the whole source line, `length` the number of its characters that are meant, from
    `source.column` on.
    """

    source: Source
    message: str
    remedy: str = ""
    text: str = ""
    length: int = 1


class SessionsError(Exception):
    """The root of all errors that this package raises on purpose.

    Parameters
    ----------
    message
        Place and what, as one sentence without a full stop.
    remedy
        What the person can do about it; may be empty.
    """

    exit_code = 70

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} ({self.remedy})" if self.remedy else self.message


class ScriptError(SessionsError):
    """A script that cannot be rendered, with every problem that was found in it."""

    exit_code = 65

    def __init__(self, message: str, remedy: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message, remedy)
        self.args = (message, remedy, problems)
        self.problems = problems

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> Self:
        """Make the error of some problems, each once, by their places, at most 20 of them."""
        found = sorted(dict.fromkeys(problems), key=lambda problem: problem.source)
        first = found[0]
        return cls(f"{first.source}: {first.message}", first.remedy, tuple(found[:MAX_PROBLEMS]))


def refuse_all(*looks: Callable[[], object]) -> None:
    """Look at a script in several ways, each of which may refuse it, and refuse it for all of them.

    Raises
    ------
    ScriptError
        The only error that there is, or one with the problems of all; one without a place is
        raised at once.
    """
    errors: list[ScriptError] = []
    for look in looks:
        try:
            look()
        except ScriptError as error:
            if not error.problems:
                raise
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise ScriptError.of(problem for error in errors for problem in error.problems)


class FitError(ScriptError):
    """A length that elastic pauses cannot reach."""


class RecordingError(SessionsError):
    """A recording that cannot be used; where a script names it, it is shown as an error of that."""

    exit_code = 65


class InputMissingError(SessionsError):
    """A file, script or asset that is not there; `listed` names what is missing, one by one."""

    exit_code = 66

    def __init__(self, message: str, remedy: str = "", listed: tuple[str, ...] = ()) -> None:
        super().__init__(message, remedy)
        self.args = (message, remedy, listed)
        self.listed = listed


class UnavailableError(SessionsError):
    """A voice, service or tool that is not available on this machine."""

    exit_code = 69


class OutputError(SessionsError):
    """An output that cannot be created."""

    exit_code = 73


class StorageError(SessionsError):
    """Reading or writing that failed midway, or a full disk."""

    exit_code = 74


class TryAgainLaterError(SessionsError):
    """A passing fault; the same call may work later."""

    exit_code = 75


class PermissionDeniedError(SessionsError):
    """Something that the system forbids."""

    exit_code = 77


class ConfigurationError(SessionsError):
    """A settings file or a setting that is wrong; of a `setting` its name, and `why`."""

    exit_code = 78

    def __init__(self, message: str, remedy: str = "", setting: str = "", why: str = "") -> None:
        super().__init__(message, remedy)
        self.args = (message, remedy, setting, why)
        self.setting = setting
        self.why = why


class WorkerDiedError(SessionsError):
    """A process that renders has ended: memory ran out, or somebody ended it."""
