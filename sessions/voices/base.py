"""What a voice is, and what it makes.

To add a voice:

1. Write `sessions/voices/<name>.py`, or a folder of that name, with a class that has the members of
   `Voice`. Import a heavy engine inside `open`, and raise `UnavailableError` with the way to
   install it when it is missing. What it says of a line is `line.normalized`. A voice that has not
   every line has the members of `Partial` too.
2. `identity(style)` names everything that shapes the sound, engine version included: two equal
   identities and texts must mean the same samples, for ever. Never put a path or a time in it.
3. Describe it with a `Kind`, and add that to `VOICES` in `sessions/voices/__init__.py`: nothing
   else knows a voice by its name. With `at_hand`, and a place in `ORDER` of
   `sessions/voices/auto.py`, it may be what `auto` means; with an `Installer` it can be installed.
   A package of your own does not touch ours: it names its `Kind` as an entry point of
   `sessions.voices`, and is used by who asks for it by name, as to import every package would take
   its time.
4. `tests/voices/test_contract.py` tries it by itself. One that does not tell when a word begins
   has these times estimated (`timing.py`); one that needs a model gets a small one from a fixture.

While you tune it by ear: a clip is kept under its `identity`, so raise its number with each change
of your code, or no change will be heard.
"""

from __future__ import annotations

import difflib
import importlib.metadata
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from sessions.errors import ConfigurationError
from sessions.script.model import Language
from sessions.voices.sayable import sayable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sessions.errors import SessionsError
    from sessions.script.model import Style
    from sessions.units import Audio

    Template = Callable[[Path, "Sheet"], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the voice gets it. Equal lines are spoken once."""

    text: str
    style: Style

    @property
    def normalized(self) -> str:
        """What a voice says of it: no emoji, and NFC, so that the same letters have one clip."""
        return sayable(self.text)


@dataclass(frozen=True, slots=True)
class ToRead:
    """A line that a person reads aloud, and what the script has around it.

    `pause_seconds` is the pause that is written after it, at least and at most; None where none
    is. `chapter` is the title of the chapter that it stands in.
    """

    line: Line
    pause_seconds: tuple[float, float] | None = None
    chapter: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a person reads aloud: all lines of a script in their order, those that recur too."""

    title: str
    language: Language
    lines: tuple[ToRead, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word in a clip, `start_samples` from the clip's beginning."""

    text: str
    start_samples: int


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """What an engine gave: mono float32 `samples` at `rate_hz`; word times at that rate.

    `edge_seconds` is the length of the fades at both ends: long enough to hide a step, and short
    enough that the onset stays within 5 ms of its cue, unless room tone comes before it. Where room
    tone follows, `tail_seconds` is the length of the fade at the end. `cleaned` is a recording
    without its noise, as long as `samples`; None where there is none.
    """

    samples: Audio
    rate_hz: int
    words: tuple[Word, ...] = ()
    edge_seconds: float = 0.004
    tail_seconds: float = 0.0
    cleaned: Audio | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A spoken line, ready to be placed.

    `samples` is mono float32 at 44 100 Hz, shape (samples,), trimmed to where the voice sounds.
    `powers` is the K-weighted mean square per 100 ms (BS.1770-5), from which the loudness of a
    mix is composed before it is mixed; `loudness_lufs` is that of the clip alone.
    """

    samples: Audio
    loudness_lufs: float
    powers: tuple[float, ...] = ()
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class ClipInfo:
    """What the plan needs to know of a clip; its samples stay in the cache under `key`."""

    key: str
    length_samples: int
    loudness_lufs: float
    powers: tuple[float, ...] = ()
    words: tuple[Word, ...] = ()


class Speaker(Protocol):
    """An opened voice. Used by one thread at a time."""

    def speak(self, line: Line) -> Utterance:
        """Speak one line.

        Raises
        ------
        UnavailableError
            The engine failed or is gone.
        TryAgainLaterError
            A service is busy or out of reach for now.
        """
        ...


class Voice(Protocol):
    """A way to speak. Cheap to make; the engine starts with `open`."""

    @property
    def name(self) -> str:
        """What a person calls it."""
        ...

    @property
    def sends_to(self) -> str:
        """Who gets the text over the network; empty where it works offline and sends nothing."""
        ...

    def identity(self, style: Style) -> Mapping[str, str | int | float]:
        """Return all that shapes the sound of a line in this style, as plain values."""
        ...

    def open(self) -> AbstractContextManager[Speaker]:
        """Start the engine; leaving the context ends it. One per thread."""
        ...


@runtime_checkable
class Partial(Protocol):
    """What a voice has besides when it cannot speak every line, such as one of recordings."""

    @property
    def sample(self) -> str:
        """A text that it can speak; empty where there is none."""
        ...

    def covers(self, line: Line) -> bool:
        """Return whether it can speak a line."""
        ...

    def lacking(self, name: str, lines: Iterable[Line]) -> SessionsError | None:
        """Return the error that names the lines that it cannot speak; None where it can all.

        `name` is what the person called the voice.
        """
        ...


def covers(voice: Voice, line: Line) -> bool:
    """Return whether a voice can speak a line, as most can any."""
    return not isinstance(voice, Partial) or voice.covers(line)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a voice is made of: what the person asked for, and where.

    `detail` is what stands after the colon in `google:co.uk` or `piper:nl_NL-alex-medium`;
    `folder` is where a path in it starts from; `home` is where installed voices are kept.
    `by_script` says that a script named it, which may not reach outside of its folder.
    """

    detail: str
    language: Language
    folder: Path
    home: Path
    by_script: bool = False


@cache
def version_of(distribution: str) -> str:
    """Return the version of what is installed, for an identity; `none` where it is not there."""
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return "none"


def likely(name: str, names: Sequence[str]) -> str:
    """Return the remedy for a name that is none: the one that was meant, or all there are."""
    held = [known for known in names if name and name.lower() in known.lower()]
    close = held or difflib.get_close_matches(name, names, 1)
    return f"did you mean '{close[0]}'?" if close else f"choose one of: {', '.join(names)}"


def refuse_detail(choice: Choice, name: str) -> None:
    """Refuse what stands after the colon in `espeak:nl` where a voice has nothing to choose.

    Raises
    ------
    ConfigurationError
        Something stands there.
    """
    if choice.detail:
        raise ConfigurationError(
            f"the voice '{name}' has no '{choice.detail}' to choose",
            f"write '{name}' alone; its language is that of the script, or of [lang nl]",
        )


@dataclass(frozen=True, slots=True)
class Search:
    """What `auto` looks for a voice for.

    `kept` tells of a voice, by its name, whether all that it has to say was spoken before and is
    there; `home` is where installed voices are kept. `without` are kinds that have failed.
    """

    language: Language
    home: Path
    offline: bool
    kept: Callable[[str], bool]
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Installer:
    """How voices of a kind are installed.

    Parameters
    ----------
    names
        The voices that can be, as they are asked for.
    address_setting
        The setting that says where from.
    install
        Given a name, the folder of installed voices, the address, and who is told of bytes (done,
        of all), makes the voice's files and returns the first.
    engine
        How to get the program that speaks with them.
    """

    names: tuple[str, ...]
    address_setting: str
    install: Callable[[str, Path, str, Callable[[int, int], None]], Path]
    engine: str


def nothing_installed(_home: Path) -> tuple[str, ...]:
    """Return no details: the voice is one voice."""
    return ()


def never_at_hand(_search: Search) -> str:
    """Return no name: the voice is only used by who asks for it."""
    return ""


def nothing_to_suggest(_language: Language) -> str:
    """Return no way to get a voice."""
    return ""


class Origin(StrEnum):
    """Where speech comes from: a term of the IPTC's vocabulary of digital source types.

    The terms are those of http://cv.iptc.org/newscodes/digitalsourcetype/.
    """

    RECORDED = ""
    NEURAL = "trainedAlgorithmicMedia"
    COMPUTED = "algorithmicMedia"
    PARTLY_NEURAL = "compositeWithTrainedAlgorithmicMedia"
    PARTLY_COMPUTED = "compositeSynthetic"

    @classmethod
    def of_all(cls, origins: Iterable[Origin]) -> Origin:
        """Return that of a whole of which the parts are of these: what people are to be told."""
        found = set(origins)
        if cls.NEURAL in found:
            return cls.PARTLY_NEURAL if cls.RECORDED in found else cls.NEURAL
        if cls.COMPUTED in found:
            return cls.PARTLY_COMPUTED if cls.RECORDED in found else cls.COMPUTED
        return cls.RECORDED


@dataclass(frozen=True, slots=True)
class Kind:
    """A family of voices: how to make one, and what people should know before they choose it.

    Parameters
    ----------
    make
        Makes the voice; raises `ConfigurationError` where the detail makes no sense.
    what, licence
        One line each, as `sessions voices list` shows them.
    sends
        What leaves the machine and where it goes; empty where nothing does.
    get
        How to get it where it is not there; empty where it always is.
    missing
        Why it cannot be used on this machine; empty where it can.
    details
        The details that can be asked for, given the folder of installed voices.
    origin
        Whether its speech is synthetic, as files are marked.
    languages
        Those that it speaks; a line in another one has another voice.
    accent
        How it sounds where its speech is not that of a native speaker.
    size
        What it takes on the disk.
    robotic
        Whether it sounds like a machine, so that `auto` says how to get a better one.
    at_hand
        The name of the voice that can speak, as things are; empty where none can.
    suggest
        What a person can do to have a voice of this kind for a language; empty where nothing.
    installer
        How to install voices of this kind; None where there is nothing to install.
    template
        Makes what to read the lines from, given the folder of recordings and what is to be read:
        texts by the names of their files. None for a voice that nobody has to record.
    by_script
        A script that names such a voice means it, even where `auto` was asked for.
    """

    make: Callable[[Choice], Voice]
    what: str
    licence: str
    sends: str = ""
    get: str = ""
    missing: Callable[[], str] = str
    details: Callable[[Path], tuple[str, ...]] = field(default=nothing_installed)
    origin: Origin = Origin.NEURAL
    languages: tuple[Language, ...] = tuple(Language)
    accent: str = ""
    size: str = ""
    robotic: bool = False
    at_hand: Callable[[Search], str] = field(default=never_at_hand)
    suggest: Callable[[Language], str] = field(default=nothing_to_suggest)
    installer: Installer | None = None
    template: Template | None = None
    by_script: bool = False
