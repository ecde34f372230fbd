"""Lines cut out of recordings, as files: with the samples of the recording, all or none."""

from __future__ import annotations

import io
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.errors import InputMissingError, RecordingError
from sessions.storage.files import TEMPORARY_PREFIX, opened, write_error
from sessions.storage.recordings import IN_PROCESS, recording
from sessions.voices.recorded.cut.reading import LIMITS, undamaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sessions.units import Audio
    from sessions.voices.recorded.cut.places import Place

ELSEWHERE: Final = "choose another folder with --voice recorded:FOLDER"
_SUBTYPES: Final[Mapping[str, str]] = {
    "PCM_16": "PCM_16",
    "PCM_S8": "PCM_16",
    "PCM_U8": "PCM_16",
}
"""How exact a file is to be, by how exact its recording is; 24 bits for all that has more."""
_FULL_SCALE: Final = float(1 << 31)


def write_cut(source: Path, wanted: Sequence[tuple[Path, Place]], kind: str = "FLAC") -> None:
    """Write stretches of a recording, read once in blocks, with its rate, channels and samples.

    Each is held until its last sample was read, and written then, so that no file stays open.

    Parameters
    ----------
    wanted
        Each file to write, and the place that it is to hold.
    kind
        As soundfile calls it.

    Raises
    ------
    RecordingError
        The recording cannot be read, or files of this kind cannot be as it is.
    OSError
        A file cannot be written.
    """
    subtype = subtype_of(source)
    held: dict[Path, list[Audio]] = {path: [] for path, _ in wanted}
    with recording(source, str(source), LIMITS) as found:

        def written(path: Path) -> None:
            if blocks := held.pop(path):
                sound = np.concatenate(blocks)
                path.write_bytes(encoded(sound, found.rate_hz, subtype, kind, source))

        begun = 0
        for block in undamaged(found.blocks):
            stop = begun + len(block)
            for path, place in wanted:
                first = max(begun, round(place.start_seconds * found.rate_hz))
                ends = round(place.stop_seconds * found.rate_hz)
                if first < min(stop, ends):
                    held[path].append(block[first - begun : ends - begun].copy())
                if begun < ends <= stop:
                    written(path)
            begun = stop
        for path in tuple(held):  # they end where the recording does, but for its last sample
            written(path)


def encoded(sound: Audio, rate_hz: int, subtype: str, kind: str, source: Path) -> bytes:
    """Return a line of a recording as a file."""
    import soundfile  # noqa: PLC0415

    file = io.BytesIO()
    try:
        soundfile.write(file, whole_numbers(sound), rate_hz, subtype, format=kind)
    except soundfile.LibsndfileError as error:
        raise RecordingError(
            f"{source} cannot be written as {kind}: {error.error_string}",
            "save it anew with one channel, or two",
        ) from error
    return file.getvalue()


def subtype_of(source: Path) -> str:
    """Return how exact files of a recording are."""
    import soundfile  # noqa: PLC0415

    if source.suffix.lower() not in IN_PROCESS:
        return "PCM_16"  # as ffmpeg gives it
    try:
        return _SUBTYPES.get(soundfile.info(str(source)).subtype, "PCM_24")
    except soundfile.LibsndfileError:
        return "PCM_24"


def whole_numbers(block: Audio) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    """Return samples as 32-bit integers, of which the upper bits are those of the recording."""
    scaled = np.rint(np.asarray(block, np.float64) * _FULL_SCALE)
    return np.clip(scaled, -_FULL_SCALE, _FULL_SCALE - 1).astype(np.int32)


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """Give a folder within a folder for what is not whole yet; it is gone afterwards."""
    try:
        with tempfile.TemporaryDirectory(prefix=TEMPORARY_PREFIX, dir=folder) as inside:
            yield Path(inside)
    except OSError as error:
        raise write_error(folder, error, ELSEWHERE) from error


def not_other(path: Path, data: bytes) -> bool:
    """Return whether some data may go into a file: there is none, or it holds just that."""
    try:
        with opened(path) as file:
            return file.read(len(data) + 1) == data
    except InputMissingError:
        return not path.exists()


def put_in_place(made: Mapping[Path, Path], instead: Sequence[Path], aside: Path) -> None:
    """Put files where they belong, all of them or none.

    Parameters
    ----------
    made
        Where each file belongs, and where it was made.
    instead
        Files whose place is taken, besides those of these names.
    aside
        A folder on the same disk for what has to go.
    """
    moved: list[tuple[Path, Path]] = []
    placed: list[Path] = []
    gone = dict.fromkeys([*instead, *(path for path in made if path.exists())])
    try:
        for number, path in enumerate(gone):
            kept = aside / f"before-{number}"
            moved.append((path, kept))
            path.replace(kept)
        for path, file in made.items():
            placed.append(path)
            file.replace(path)
    except BaseException as error:
        for path in placed:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        for path, kept in moved:
            with suppress(OSError):
                if kept.exists():
                    kept.replace(path)
        if isinstance(error, OSError):
            raise write_error(aside.parent, error, ELSEWHERE) from error
        raise
