"""Your own voice: a folder of recordings, one per line."""

from __future__ import annotations

import hashlib
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sessions.errors import (
    MAX_PROBLEMS,
    ConfigurationError,
    InputMissingError,
    RecordingError,
)
from sessions.metering.meter import refuse_silent
from sessions.storage.digests import file_sha256
from sessions.units import SAMPLE_RATE_HZ
from sessions.voices.base import Kind, Origin, Utterance
from sessions.voices.recorded.clean import cleaned
from sessions.voices.recorded.lines import (
    LIST_NAME,
    list_text,
    numbered,
    plain,
    read_list,
    recordings,
    takes,
)
from sessions.voices.recorded.noise import noise_of, room_of
from sessions.voices.recorded.page import PAGE_NAME, page
from sessions.voices.recorded.sound import (
    AFTER_SECONDS,
    BEFORE_SECONDS,
    decoded,
    measured,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sessions.script.model import Style
    from sessions.voices.base import Choice, Line, Sheet
    from sessions.voices.recorded.noise import Noise

MOST_MEASURED: Final = 24
"""Recordings tell what a room is like; more would tell the same, and take their time."""
_MEASURING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Recorded:
    """The recordings of a folder, and the numbers of lines, both by the text of the line.

    `samples` are recordings that tell what their room is like, by their hashes, and in the order
    of these: so names and numbers of files change no sound.
    """

    files: Mapping[str, Path]
    digest: str
    numbers: Mapping[str, int] = field(default_factory=dict)
    samples: tuple[tuple[str, Path], ...] = ()
    name: str = "recorded"
    sends_to: str = ""

    def identity(self, style: Style) -> dict[str, str | int | float]:  # noqa: ARG002 -- as recorded
        """Return the hash of all that is in the folder, and the version of what is done to it."""
        return {"engine": "recorded 4", "recordings": self.digest}

    @contextmanager
    def open(self) -> Iterator[Reader]:
        """Nothing has to start."""
        yield Reader(self)

    def covers(self, line: Line) -> bool:
        """Return whether a line was recorded."""
        return plain(line.normalized) in self.files

    @property
    def sample(self) -> str:
        """The text of a recording."""
        return next(iter(self.files), "")

    def lacking(self, name: str, lines: Iterable[Line]) -> InputMissingError | None:
        """Return the error that names the lines without a recording, or None where all have one.

        Each is named with the number that its recording is to have, as far as it has one.
        """
        texts = dict.fromkeys(line.normalized for line in lines if not self.covers(line))
        if not texts:
            return None
        numbers = [self.numbers.get(plain(text)) for text in texts]
        listed = [
            f"{'---' if number is None else f'{number:03}'}  {text[:80]}"
            for number, text in zip(numbers, texts, strict=True)
        ]
        more = [f"and {len(listed) - MAX_PROBLEMS} more"] if len(listed) > MAX_PROBLEMS else []
        how_many = "1 line has" if len(listed) == 1 else f"{len(listed)} lines have"
        template = f"`sessions voices template NAME --voice {name}`"
        return InputMissingError(
            f"{how_many} no recording in {name}",
            f"{template} gives numbers to the lines without one; then record them"
            if None in numbers
            else "record each into a file that begins with its number, such as "
            f"{min(filter(None, numbers)):03}.wav; or let another voice speak them, as with "
            "--fill espeak",
            (*listed[:MAX_PROBLEMS], *more),
        )


@dataclass(frozen=True, slots=True)
class Reader:
    """Gives the recordings of a folder."""

    voice: Recorded

    def speak(self, line: Line) -> Utterance:
        """Return the recording of a line, trimmed to its words, and without its noise besides.

        Raises
        ------
        RecordingError
            Nothing is heard in it.
        SessionsError
            As `recording` does.
        """
        path = self.voice.files.get(plain(line.normalized))
        if path is None:
            raise InputMissingError(f"there is no recording of {line.text[:60]!r}")
        sound = decoded(path)
        refuse_silent(measured(sound), str(path))
        with _MEASURING:  # or threads that begin together would measure the folder once each
            room = room_in(self.voice.samples)
        clean = cleaned(sound, room)
        start, stop = words_of(clean)
        return Utterance(
            sound[start:stop],
            SAMPLE_RATE_HZ,
            edge_seconds=BEFORE_SECONDS,
            tail_seconds=AFTER_SECONDS,
            cleaned=clean[start:stop],
        )


@lru_cache(maxsize=4)
def room_in(files: tuple[tuple[str, Path], ...]) -> Noise | None:
    """Return the noise that recordings share, each given with its hash.

    One that is damaged or silent is told when it is to be heard. What this machine alone cannot
    read is an error, or the same files would sound otherwise on another.
    """
    noises: list[Noise] = []
    for _, path in files:
        with suppress(RecordingError):
            sound = decoded(path)
            refuse_silent(measured(sound), str(path))
            noises.append(noise_of(sound))
    return room_of(noises)


def make(choice: Choice) -> Recorded:
    """Return the recordings of a folder, named from the script's own folder."""
    folder = (choice.folder / choice.detail).resolve()
    if not choice.detail:
        raise ConfigurationError("'recorded' needs a folder", "write recorded:FOLDER")
    if choice.by_script and not folder.is_relative_to(choice.folder.resolve()):
        raise ConfigurationError(
            f"'recorded:{choice.detail}' lies outside of the script's folder",
            "a script may only name recordings beside it; use --voice to name others",
        )
    if not folder.is_dir():
        raise InputMissingError(
            f"there is no folder {folder}",
            "make it, and the list of lines to read aloud, with `sessions voices template`",
        )
    by_number = recordings(folder)
    numbers = read_list(folder)
    files = {text: by_number[number] for text, number in numbers.items() if number in by_number}
    digest = hashlib.sha256()
    hashes: dict[str, Path] = {}
    for text, path in sorted(files.items()):
        sha256 = file_sha256(path)
        hashes[sha256] = path
        digest.update(hashlib.sha256(text.encode()).digest())
        digest.update(bytes.fromhex(sha256))
    some = tuple(sorted(hashes.items()))[:: -(-len(hashes) // MOST_MEASURED) or 1]
    return Recorded(files, digest.hexdigest(), numbers, some)


def template(folder: Path, sheet: Sheet) -> dict[str, str]:
    """Return the list of lines to read aloud, and the page to read them from."""
    lines = [row.line for row in sheet.lines]
    return {
        LIST_NAME: list_text(folder, lines, sheet.title),
        PAGE_NAME: page(sheet, numbered(folder, lines), takes(folder).by_number),
    }


KIND = Kind(
    make,
    what="your own recordings, one per line, as recorded:FOLDER",
    licence="yours",
    origin=Origin.RECORDED,
    get="sessions voices template NAME --voice recorded:FOLDER makes a page to read aloud from",
    template=template,
    by_script=True,
)
