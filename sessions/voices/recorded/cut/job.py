"""Cut recordings into the lines of a script: refuse what cannot be, hear, and write."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sessions.errors import ConfigurationError, InputMissingError, OutputError, RecordingError
from sessions.storage.files import make_folder, write_bytes
from sessions.voices.recorded.cut.cutting import cutting
from sessions.voices.recorded.cut.ear import Ear
from sessions.voices.recorded.cut.findings import Wanted
from sessions.voices.recorded.cut.labels import label_names, labels
from sessions.voices.recorded.cut.reading import refuse_twice, taped
from sessions.voices.recorded.cut.refusing import enough, heard_in, none_missing, silence_of
from sessions.voices.recorded.cut.writing import (
    ELSEWHERE,
    not_other,
    put_in_place,
    workshop,
    write_cut,
)
from sessions.voices.recorded.lines import (
    LIST_NAME,
    list_text,
    numbered,
    plain,
    read_list,
    recordings,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sessions.hearing.timed import TimedListener
    from sessions.script.model import Language
    from sessions.voices.base import Line
    from sessions.voices.recorded.cut.findings import Cutting

    Told = Callable[[str, int, int], None]

MOST_LINES: Final = 600
"""Of a script with its repeats; where it is longer, each line is looked for once.

Time and memory grow with the lines by what is heard: of so many, read aloud, some 50 s and 50 MB.
"""


@dataclass(frozen=True)
class Job:
    """Recordings, in order, of a script whose lines go into a folder.

    `name` is what a person calls the script, `lines` are all that are spoken of it, in order.
    """

    recordings: tuple[Path, ...]
    folder: Path
    name: str
    title: str
    language: Language
    lines: tuple[Line, ...]
    force: bool = False

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The numbers of lines by their plain texts."""
        return numbered(self.folder, self.lines)

    def number(self, line: Line) -> int:
        """Return the number of a line."""
        return self.numbers[plain(line.normalized)]

    @cached_property
    def script(self) -> tuple[Wanted, ...]:
        """Every line in the order of the script, as often as it is spoken."""
        every = [Wanted(self.number(one), plain(one.normalized)) for one in self.lines]
        return tuple(every if len(every) <= MOST_LINES else dict.fromkeys(every))

    @cached_property
    def numbered_lines(self) -> frozenset[int]:
        """The numbers of all lines of the script."""
        return frozenset(one.number for one in self.script)

    @cached_property
    def there(self) -> Mapping[int, Path]:
        """The recordings of lines that are in the folder already."""
        return recordings(self.folder) if self.folder.is_dir() else {}

    @cached_property
    def wanted(self) -> frozenset[int]:
        """The numbers of the lines that may be written."""
        every = self.numbered_lines
        return frozenset(every if self.force else every - self.there.keys())

    def written(self, found: Cutting) -> list[int]:
        """Return the numbers of the lines that are written."""
        return [number for number in found.cuts if number in self.wanted]

    def replaced(self, found: Cutting) -> list[Path]:
        """Return the recordings of lines that those which are written take the place of."""
        return [self.there[number] for number in self.written(found) if number in self.there]

    def missing(self, found: Cutting) -> list[Wanted]:
        """Return the lines that have no file, neither before nor now."""
        return [one for one in found.unsaid if one.number not in self.there]

    def label_files(self, found: Cutting) -> dict[Path, bytes]:
        """Return the labels of each recording, and where they go.

        Others of the same name stay, but with `force`: these are numbered then.
        """
        files: dict[Path, bytes] = {}
        for tape, recording in enumerate(self.recordings):
            data = labels(found, tape).encode()
            path = next(
                path
                for path in label_names(self.folder, recording.stem)
                if path not in files and (self.force or not_other(path, data))
            )
            files[path] = data
        return files

    def refuse(self, line: int | None = None) -> None:
        """Refuse what can be known before anything is heard.

        Raises
        ------
        SessionsError
            A recording cannot be opened or is given twice, or there is nothing to write.
        """
        refuse_twice(self.recordings)
        every = self.numbered_lines
        if line is not None and line not in every:
            raise InputMissingError(
                f"there is no line {line:03} in {self.name}",
                "`sessions voices template` writes the list of lines with their numbers",
            )
        if len(every) > MOST_LINES:
            raise ConfigurationError(
                f"{self.name} has {len(every)} lines, and at most {MOST_LINES} can be cut at once",
                "part the script in two, and cut the recordings of each",
            )
        if line is None and not self.wanted:
            raise OutputError(
                f"all {len(every)} lines have a recording in {self.folder} already",
                "take away those that you said again, or write over all with --force",
            )

    def cut(self, listener: TimedListener, told: Told) -> Cutting:
        """Cut all recordings and write the lines, their list and the labels: all or nothing.

        Raises
        ------
        RecordingError
            Nothing is heard in them, or under half of the lines and much else.
        SessionsError
            A recording cannot be read, or the folder not be written.
        """
        new = not self.folder.exists()
        make_folder(self.folder, ELSEWHERE)
        try:
            found = self._heard(listener, told)
            self._refuse_other(found)
            with workshop(self.folder) as inside:
                self._write(found, inside, told)
        except BaseException:
            if new:
                with suppress(OSError):
                    self.folder.rmdir()
            raise
        return found

    def try_line(
        self, line: int, folder: Path, listener: TimedListener, told: Told
    ) -> tuple[Path, Cutting]:
        """Write one line as a WAV file into a folder, and touch nothing else.

        Raises
        ------
        RecordingError
            The line is not said.
        SessionsError
            As `cut` does.
        """
        found = self._heard(listener, told)
        if line not in found.cuts:
            tries = [one for one in found.besides if one.number == line]
            begun = "; it was begun and never said whole" if tries else ""
            heard = f"; what was heard is: {heard_in(found)}"
            raise RecordingError(
                f"line {line:03} was not found{begun}{heard if not tries else ''}",
                "say it again, whole, and give that recording too",
            )
        elsewhere = "work in another folder"
        make_folder(folder, elsewhere)
        place = found.cuts[line].place
        path = folder / f"line-{line:03}.wav"
        with workshop(folder) as inside:
            write_cut(self.recordings[place.tape], [(inside / path.name, place)], "WAV")
            put_in_place({path: inside / path.name}, [], inside)
        return path, found

    def _heard(self, listener: TimedListener, told: Told) -> Cutting:
        with ExitStack() as stack:
            tapes = [stack.enter_context(taped(path)) for path in self.recordings]
            ear = Ear.of(tapes, listener, self.language)
            silent = [tape for number, tape in enumerate(tapes) if number not in ear.sounding]
            if silent:
                raise silence_of(silent[0])
            return cutting(ear, self.script, told)

    def _refuse_other(self, found: Cutting) -> None:
        """Refuse recordings without a line that is asked for, or as it seems of another script."""
        lines, asked = self.written(found), len(self.wanted)
        if enough(len(lines), asked, found):
            return
        if not lines and (there := len(self.numbered_lines) - asked):
            raise none_missing(there, sorted(self.wanted), found)
        raise RecordingError(
            f"only {len(lines)} of the {asked} lines of {self.name} were found, so "
            f"nothing is written; what was heard is: {heard_in(found)}",
            f"see that it is a recording of this script, in this language ({self.language})",
        )

    def _write(self, found: Cutting, inside: Path, told: Told) -> None:
        """Write all files into a folder, then put them in place."""
        made: dict[Path, Path] = {}
        numbers = self.written(found)
        for tape, source in enumerate(self.recordings):
            told("write", tape, len(self.recordings))
            wanted = [
                (inside / f"{number:03}.flac", found.cuts[number].place)
                for number in numbers
                if found.cuts[number].place.tape == tape
            ]
            write_cut(source, wanted)
            made |= {self.folder / path.name: path for path, _ in wanted}
        for path, data in self.label_files(found).items():
            write_bytes(inside / path.name, data, ELSEWHERE)
            made[path] = inside / path.name
        listed = read_list(self.folder)
        if any(listed.get(text) != number for text, number in self.numbers.items()):
            text = list_text(self.folder, self.lines, self.title)
            write_bytes(inside / LIST_NAME, text.encode(), ELSEWHERE)
            made[self.folder / LIST_NAME] = inside / LIST_NAME
        put_in_place(made, self.replaced(found), inside)
