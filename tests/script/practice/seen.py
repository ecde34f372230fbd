"""What a person gets of a text: what is heard of it, in order, and what is told about it.

Only the doors are used: the command `sessions`, and the parser for what the script holds. So the
tests beside it say what is right, and nothing of how it is done.
"""

from __future__ import annotations

import io
import json
import re
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import pytest

from sessions.cli import run
from sessions.errors import ScriptError
from sessions.script.expand import write_out
from sessions.script.model import (
    Chapter,
    OneShot,
    Pause,
    Speech,
    Until,
)
from sessions.script.pacing import paced
from sessions.script.page import Misread
from sessions.script.parser import read_through
from tests.script.practice.sounding import CALM, SILENCE, Sound, sounds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sessions.script.model import Draft, Script

INPUTS: Final = Path(__file__).parent / "inputs"
STYLE: Final = frozenset(f"W{n:02}" for n in range(1, 19)) - {"W12"}
"""Warnings of what is heard: they account for no word that is not."""


@dataclass(frozen=True, slots=True)
class Told:
    """An error, a warning or a note; `lines` are all that it names, none where it has no place."""

    severity: str
    text: str
    lines: tuple[int, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a text.

    `code` is the exit code. `script` is what is spoken, written out, at the calm pace; None where
    there is none. `text` is the script's: what was read, or what an import wrote, else empty.
    `stderr` is all that was printed there.
    """

    code: int
    script: Script | None
    text: str
    stderr: str
    all_told: tuple[Told, ...] = field(repr=False)

    @property
    def sounds(self) -> tuple[Sound, ...]:
        """What is heard, in order."""
        return tuple(sounds_of(self.script)) if self.script else ()

    @property
    def heard(self) -> list[str]:
        """What is heard: `Words.`, `(6)`, `(4..20)`, `(until 20)`, `[bell]`, `# Title`."""
        return [one.heard for one in self.sounds]

    @property
    def said(self) -> list[str]:
        """The lines that are spoken, in order, as captions show them."""
        return [part.text for part in self._parts() if isinstance(part, Speech)]

    @property
    def voiced(self) -> list[str]:
        """The lines that are spoken, as a voice is given them by the script."""
        return [part.spoken or part.text for part in self._parts() if isinstance(part, Speech)]

    @property
    def title(self) -> str:
        return self.script.meta.title if self.script else ""

    @property
    def titles(self) -> list[str]:
        """The titles of the chapters."""
        return [part.title for part in self._parts() if isinstance(part, Chapter)]

    @property
    def bells(self) -> int:
        return sum(isinstance(part, OneShot) for part in self._parts())

    @property
    def pauses(self) -> list[str]:
        """All silences, implied ones too, as in `heard`."""
        return [one for one in self.heard if SILENCE.match(one)]

    @property
    def told(self) -> dict[int, str]:
        """All that is told of each line of the source, joined; at 0 what has no place."""
        found: dict[int, list[str]] = {}
        for one in self.all_told:
            for line in one.lines or (0,):
                found.setdefault(line, []).append(one.text)
        return {line: "\n".join(texts) for line, texts in sorted(found.items())}

    @property
    def told_lines(self) -> set[int]:
        """The lines of which something is told but style: what may account for lost words."""
        return {line for one in self.all_told if one.code not in STYLE for line in one.lines}

    def severities(self, line: int) -> set[str]:
        return {one.severity for one in self.all_told if line in one.lines}

    def words(self) -> set[str]:
        """Return the words that are spoken, in small letters."""
        return words_of(*self.said, *self.voiced)

    def title_words(self) -> set[str]:
        """Return the words of all titles, in small letters."""
        return words_of(self.title, *self.titles)

    def between(self, first: str, then: str) -> float:
        """Return the least silence, in seconds, between a line with `first` and one with `then`."""
        start, stop = self._at(first), self._at(then, after=first)
        return sum(
            one.least_seconds for one in self.sounds[start + 1 : stop] if SILENCE.match(one.heard)
        )

    def lasts(self, first: str, then: str) -> float:
        """Return about how long it is from the begin of one line to that of another, in seconds."""
        start, stop = self._at(first), self._at(then, after=first)
        return sum(one.least_seconds for one in self.sounds[start:stop])

    def after(self, words: str) -> str:
        """Return what is heard next after the line with these words; nothing at the end."""
        place = self._at(words) + 1
        return self.heard[place] if place < len(self.heard) else ""

    def _at(self, words: str, after: str = "") -> int:
        begin = self._at(after) + 1 if after else 0
        for place, one in enumerate(self.heard[begin:], begin):
            if words in one and not one.startswith("# "):
                return place
        raise AssertionError(f"{words!r} is not heard in {self.heard}")

    def _parts(self) -> tuple[Any, ...]:
        return self.script.parts if self.script else ()


def taken(source: str | bytes, name: str = "scan.txt", *flags: str) -> Seen:
    """Import a text by `sessions new x --from NAME`; the name `-` gives it on standard input."""
    data = source if isinstance(source, bytes) else source.encode()
    with _folder() as folder:
        if name != "-":
            (folder / name).write_bytes(data)
        code, _, stderr = _run(["new", "x", "--from", name, *flags], data if name == "-" else b"")
        made = folder / "x.md"
        text = made.read_text(encoding="utf-8") if made.exists() else ""
    return Seen(code, _script(text, "x.md") if text else None, text, stderr, _printed(stderr))


def read(text: str, name: str = "s.md") -> Seen:
    """Check and read a script."""
    with _folder() as folder:
        (folder / name).write_text(text, encoding="utf-8", newline="")
        code, stdout, stderr = _run(["check", name, "--json"], b"")
    return Seen(code, _script(text, name), text, stderr, _as_data(stdout))


DOORS: Final[Mapping[str, Callable[[str], Seen]]] = {
    "script": read,
    "plain text": lambda text: taken(text, "scan.txt"),
    "markdown": lambda text: taken(text, "scan.md"),
}
"""The ways in of a text that may be Markdown."""
each_door = pytest.mark.parametrize("door", DOORS)
"""Let a test see a text by each of them."""


def case(name: str) -> str:
    """Return a file of `inputs/` by its name."""
    return (INPUTS / name).read_bytes().decode()


def taken_case(name: str) -> Seen:
    """Import a file of `inputs/`."""
    return taken((INPUTS / name).read_bytes(), name)


def read_case(name: str) -> Seen:
    """Check and read a file of `inputs/`."""
    return read(case(name), name)


def words_of(*texts: str) -> set[str]:
    """Return the words of texts, in small letters; an apostrophe is part of its word."""
    found = re.findall(r"\w+(?:['\u2019]\w+)*", " ".join(texts).replace("_", " "))
    return {word.casefold().replace("\u2019", "'") for word in found}


def spoken(seen: Seen, *texts: str) -> None:
    """Assert that all words of each text are spoken."""
    for text in texts:
        assert not words_of(text) - seen.words(), (text, seen.heard, seen.told)


def silent(seen: Seen, *texts: str) -> None:
    """Assert that no word of these texts is spoken."""
    for text in texts:
        assert not words_of(text) & seen.words(), (text, seen.heard)


def told_at(seen: Seen, *lines: int, words: str = "") -> None:
    """Assert that something but style is told of each of these lines, with these words in it."""
    for line in lines:
        assert line in seen.told_lines, (line, seen.told, seen.heard)
        assert words.casefold() in seen.told[line].casefold(), (words, seen.told[line])


def told_among(seen: Seen, first: int, last: int) -> None:
    """Assert that something but style is told of one of these lines, both counted in."""
    assert seen.told_lines & {*range(first, last + 1)}, (first, last, seen.told, seen.heard)


def spoken_or_told(seen: Seen, line: int, text: str) -> None:
    """Assert that words of a line are spoken, or that something is told of it."""
    assert words_of(text) <= seen.words() or line in seen.told_lines, (text, seen.heard, seen.told)


def accounted(seen: Seen, line: int, text: str) -> None:
    """Assert that the words of a line are spoken or in a title, or that something is told of it."""
    lost = words_of(text) - seen.words() - seen.title_words()
    assert not lost or line in seen.told_lines, (lost, line, seen.heard, seen.told)


def imported_well(seen: Seen) -> None:
    """Assert that an import is done, and that `check` finds no error in what it made."""
    assert seen.code == 0, seen.stderr
    errors = [one.text for one in read(seen.text).all_told if one.severity == "error"]
    assert not errors, (errors, seen.text)


def only(seen: Seen, *lines: str) -> None:
    """Assert that an import is done, that no more than these lines is said, and no title made."""
    imported_well(seen)
    assert seen.said == [*lines], (seen.heard, seen.told)
    assert not seen.titles, seen.titles


def written(seen: Seen) -> list[float]:
    """Return the least lengths of the pauses that were written, in seconds."""
    assert seen.script is not None, seen.stderr
    return [part.seconds for part in seen.script.parts if isinstance(part, Pause)]


def unpaused(seen: Seen) -> None:
    """Assert that there is no pause but those that the text has of itself."""
    assert seen.script is not None, seen.stderr
    assert not [part for part in seen.script.parts if isinstance(part, Pause | Until)], seen.heard


def lines_in_order(seen: Seen, *texts: str) -> None:
    """Assert that these are lines of their own, in this order, with a silence between them."""
    places = [next((n for n, one in enumerate(seen.heard) if text in one), -1) for text in texts]
    assert -1 not in places, (texts, seen.heard)
    for first, then in pairwise(places):
        between = seen.heard[first + 1 : then]
        assert any(map(SILENCE.match, between)), (texts, seen.heard)


def _script(text: str, name: str) -> Script | None:
    """Return what can be spoken of a text, errors left aside."""
    try:
        draft, _ = read_through(text, path=name)
        script, _ = write_out(draft, {}, _load, values_known=False)
    except ScriptError:
        return None
    return paced(script, CALM.rate)


def _load(name: str, _draft: Draft) -> Draft:
    raise Misread(f"no '{name}' here", "leave it out")


def _as_data(stdout: str) -> tuple[Told, ...]:
    rows: Iterable[dict[str, Any]] = json.loads(stdout) if stdout.strip() else ()
    return tuple(
        Told(
            row["severity"],
            f"{row['message']}\n{row.get('remedy', '')}",
            (*((row["line"],) if "line" in row else ()), *row.get("lines", ())),
            row.get("code", ""),
        )
        for row in rows
    )


HEAD: Final = re.compile(r"(error|note|warning)(?:\[(\w+)\])?: ")
PLACE: Final = re.compile(r"^ *--> .*?:(\d+):\d+$", re.MULTILINE)
LINES: Final = re.compile(r"^ *= lines? (\d.*)$", re.MULTILINE)


def _printed(stderr: str) -> tuple[Told, ...]:
    """Return what a command told on stderr: blocks parted by blank lines, each with its places."""
    found: list[Told] = []
    for block in stderr.split("\n\n"):
        if head := HEAD.match(block.lstrip("\n")):
            lines = [int(number) for number in PLACE.findall(block)]
            lines += [n for more in LINES.findall(block) for n in named(more)]
            found.append(Told(head[1], block, tuple(dict.fromkeys(lines)), head[2] or ""))
    return tuple(found)


@contextmanager
def _folder() -> Iterator[Path]:
    """Work in an empty folder, with no settings of the person's own."""
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.chdir(name)
        patch.setenv("XDG_CONFIG_HOME", str(Path(name) / "config"))
        yield Path(name)


def _run(arguments: Sequence[str], stdin: bytes) -> tuple[int, str, str]:
    """Run the command in this process; return its exit code, stdout and stderr."""
    stdout, stderr = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with redirect_stdout(stdout), redirect_stderr(stderr):
            code = run(arguments)
    assert "Traceback" not in stderr.getvalue(), stderr.getvalue()
    return code, stdout.getvalue(), stderr.getvalue()


def named(lines: str) -> list[int]:
    """Return the lines that words such as `3, 5 to 7` name."""
    pairs = (re.findall(r"\d+", part) for part in lines.split(","))
    return [n for pair in pairs for n in range(int(pair[0]), int(pair[-1]) + 1)]
