"""Your own voice: a folder of recordings, one per line.

`lines.txt` in the folder says which line has which number; a recording is found by the number
that its file name begins with. Numbers never move: a changed script adds new ones at the end.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sessions.errors import MAX_PROBLEMS, ConfigurationError, InputMissingError, RecordingError
from sessions.metering.meter import Meter, refuse_silent
from sessions.storage.digests import file_sha256
from sessions.storage.files import opened, read_error
from sessions.storage.recordings import SUFFIXES, Limits, recording
from sessions.units import SAMPLE_RATE_HZ, gain
from sessions.voices.base import Kind, Origin, Utterance
from sessions.voices.sayable import sayable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sessions.metering.meter import Loudness
    from sessions.script.model import Style
    from sessions.units import Audio
    from sessions.voices.base import Choice, Line

LIST_NAME = "lines.txt"
LIMITS = Limits(600.0, "record one line per file")
"""Of one line; more is not a line but a session."""
STEP_SECONDS = 0.01
FLOOR_SHARE = 0.1
"""The tenth part of a recording that is quietest is taken for its room."""
OVER_FLOOR_DB = 8.0
UNDER_PEAK_DB = -45.0
BEFORE_SECONDS, AFTER_SECONDS = 0.04, 0.15
"""Room tone that stays around the words: a voice that ends in nothing sounds cut off."""

_NUMBERED = re.compile(r"0*(\d+)(?!\d)")
_ROW = re.compile(r"0*(\d+)\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class Recorded:
    """The recordings of a folder, and the numbers of lines, both by the text of the line."""

    files: Mapping[str, Path]
    digest: str
    numbers: Mapping[str, int] = field(default_factory=dict)
    name: str = "recorded"
    sends_to: str = ""

    def identity(self, style: Style) -> dict[str, str | int | float]:  # noqa: ARG002 -- as recorded
        """Return the hash of all that is in the folder, and the version of what is done to it."""
        return {"engine": "recorded 2", "recordings": self.digest}

    @contextmanager
    def open(self) -> Iterator[Recorded]:
        """Nothing has to start."""
        yield self

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

    def speak(self, line: Line) -> Utterance:
        """Return the recording of a line, trimmed to its words with a little room around them.

        Raises
        ------
        RecordingError
            Nothing is heard in it.
        SessionsError
            As `recording` does.
        """
        path = self.files.get(plain(line.normalized))
        if path is None:
            raise InputMissingError(f"there is no recording of {line.text[:60]!r}")
        sound, rate_hz = decoded(path)
        refuse_silent(measured(sound, rate_hz), str(path))
        start, stop = words_of(sound, rate_hz)
        return Utterance(sound[start:stop], rate_hz, edge_seconds=BEFORE_SECONDS / 2)


def plain(text: str) -> str:
    """Return a text with single spaces and without emoji, as the list of lines is compared."""
    return " ".join(sayable(text).split())


def decoded(path: Path) -> tuple[Audio, int]:
    """Return a recording as mono samples, and their rate in hertz.

    Raises
    ------
    RecordingError
        There is nothing in it.
    SessionsError
        As `recording` does.
    """
    with recording(path, str(path), LIMITS) as found:
        blocks = [block.mean(axis=1, dtype=np.float32) for block in found.blocks]
    if not blocks:
        raise RecordingError(f"{path} holds no sound", "record it again")
    return np.concatenate(blocks), found.rate_hz


def measured(sound: Audio, rate_hz: int) -> Loudness:
    """Return how loud a recording is where it is heard, which is on both channels."""
    import soxr  # noqa: PLC0415 -- only recordings need it

    meter = Meter(2, true_peak=False)
    heard = soxr.resample(sound, rate_hz, SAMPLE_RATE_HZ)
    meter.add(np.repeat(heard[:, np.newaxis], 2, axis=1))
    return meter.finish()


def words_of(sound: Audio, rate_hz: int) -> tuple[int, int]:
    """Return the samples [start, stop) of a recording, not a silent one, that hold its words.

    Words are what is over the room's own level, or near enough to the peak; a recording with a
    loud room is not all words.
    """
    step = max(1, round(STEP_SECONDS * rate_hz))
    whole = np.pad(sound.astype(np.float64), (0, -len(sound) % step))
    levels = np.sqrt(np.square(whole.reshape(-1, step)).mean(axis=1))
    floor = float(np.quantile(levels, FLOOR_SHARE))
    loudest = float(levels.max())
    threshold = max(floor * gain(OVER_FLOOR_DB), loudest * gain(UNDER_PEAK_DB))
    heard = np.flatnonzero(levels > min(threshold, loudest / 2))
    start = int(heard[0]) * step - round(BEFORE_SECONDS * rate_hz)
    stop = (int(heard[-1]) + 1) * step + round(AFTER_SECONDS * rate_hz)
    return max(0, start), min(len(sound), stop)


def read_list(folder: Path) -> dict[str, int]:
    """Return the numbers of lines by their text, as `lines.txt` has them; none without it."""
    path = folder / LIST_NAME
    if not path.exists():
        return {}
    with opened(path) as file:
        data = file.read()
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} is not UTF-8", "save it as UTF-8") from error
    rows = (_ROW.fullmatch(row.strip()) for row in text.splitlines())
    numbers: dict[str, int] = {}
    for row in filter(None, rows):
        numbers.setdefault(plain(row[2]), int(row[1]))
    return numbers


def list_text(folder: Path, lines: Iterable[Line], title: str) -> str:
    """Return the list of lines to read aloud; those that have a number keep it.

    Lines of the list that are not among them keep theirs too, below: other scripts may have them.
    """
    numbers = read_list(folder)
    wanted = dict.fromkeys(plain(line.normalized) for line in lines)
    for text in wanted:
        numbers.setdefault(text, max(numbers.values(), default=0) + 1)
    in_order = sorted(numbers.items(), key=lambda item: item[1])
    rows = [f"{number:03}  {text}" for text, number in in_order if text in wanted]
    others = [f"{number:03}  {text}" for text, number in in_order if text not in wanted]
    if others:
        rows += ["", "# Not in this script, or not any more:", "", *others]
    head = (
        f"# {title}: the lines to read aloud.",
        "# Save the recording of each line in this folder under its number: 001.wav, 002.m4a, ...",
        f"# Formats: {', '.join(sorted(suffix[1:] for suffix in SUFFIXES))}. Leave a second of",
        "# silence before and after the words; it is trimmed.",
    )
    return "\n".join([*head, "", *rows, ""])


def recordings(folder: Path) -> dict[int, Path]:
    """Return the recordings of a folder by their number."""
    found: dict[int, Path] = {}
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise read_error(folder, error) from error
    for path in inside:
        match = _NUMBERED.match(path.stem)
        if match is None or path.suffix.lower() not in SUFFIXES or not path.is_file():
            continue
        number = int(match[1])
        if number in found:
            raise ConfigurationError(
                f"two recordings of line {number:03}: {found[number].name} and {path.name}",
                f"keep one of them in {folder}",
            )
        found[number] = path
    return found


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
    for text, path in sorted(files.items()):
        digest.update(hashlib.sha256(text.encode()).digest())
        digest.update(bytes.fromhex(file_sha256(path)))
    return Recorded(files, digest.hexdigest(), numbers)


KIND = Kind(
    make,
    what="your own recordings, one per line, as recorded:FOLDER",
    licence="yours",
    origin=Origin.RECORDED,
    get="sessions voices template NAME --voice recorded:FOLDER lists the lines to read aloud",
    template=lambda folder, lines, title: (LIST_NAME, list_text(folder, lines, title)),
    by_script=True,
)
