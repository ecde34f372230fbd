"""Hold what is done to a text while it is mended: its changes, and what is not taken over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sessions.script.phrases.marks import What
from sessions.script.phrases.names import VALUE
from sessions.script.phrases.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.script.importing.edits import Edits
    from sessions.script.model import Language
    from sessions.script.phrases.marks import Mark

DRESS: Final = "#*_~ \t"
"""What stands around words to set them off."""
HEADING: Final = re.compile(r"[ \t]*(?P<marks>#{1,6})[ \t]+(?P<title>.*?)[ \t#]*$")
A_COMMENT: Final = "a comment, not spoken"
UNDONE: Final = {
    What.PAUSE: "a pause of no length, left out",
    What.BELL: "a bell, left out",
    What.UNTIL: "a time, left out",
    What.MANNER: "how to say it, not done",
    What.SOUND: "a sound, not heard",
    What.DIRECTION: "a stage direction, not spoken",
    What.END: "the end, left out",
}
"""Why a mark that nothing of ours means is not taken over."""
_BEFORE_SPACE: Final = " .,;:!?…)\n"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, with where it begins."""

    start: int
    text: str

    @property
    def stop(self) -> int:
        """Where it ends, without its line feed."""
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it."""
        return not self.text.strip()


def lines_of(text: str, begin: int) -> Iterator[Line]:
    """Yield the lines of a text from an offset on."""
    offset = begin
    for row in text[begin:].split("\n"):
        yield Line(offset, row)
        offset += len(row) + 1


def is_blank(lines: list[Line], at: int) -> bool:
    """Tell whether nothing stands on a line, or there is none."""
    return not 0 <= at < len(lines) or lines[at].blank


@dataclass(slots=True)
class Job:
    """The changes of a text, and notes of what is not taken over: start, stop, what, remedy.

    In a `plain` text, lines in capitals or with a colon may be titles, and `#` may be a comment.
    `names` are those of who speaks in it; `kept` are words between brackets that were looked at,
    and whether they stay as they are. `fronted` is whether it begins with front matter, `ours`
    whether all of that is ours; `balanced` whether its styles and repeats end as often as they
    begin; `begun` whether any words have come so far.
    """

    edits: Edits
    language: Language
    plain: bool
    ours: bool = False
    fronted: bool = False
    balanced: bool = True
    begun: bool = False
    notes: list[tuple[int, int, str, str]] = field(default_factory=list)
    names: frozenset[str] = frozenset()
    kept: dict[str, bool] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text as it was."""
        return self.edits.text

    def free(self, line: Line) -> bool:
        """Tell whether nothing of a line is changed so far."""
        return self.edits.free(line.start, line.stop)

    def note(self, start: int, stop: int, what: str, remedy: str = "") -> None:
        """Note what becomes of the characters `start` to `stop`."""
        words = shown(self.text[start:stop].strip())
        self.notes.append((start, stop, f"{what}: '{words}'", remedy))

    def drop(self, start: int, stop: int, what: str, remedy: str = "") -> None:
        """Leave out the characters `start` to `stop`, with a note, and one of the spaces around."""
        begin = start
        spaced = self.text[start - 1 : start] == " " and self.text[stop : stop + 1] in _BEFORE_SPACE
        if spaced and self.edits.free(start - 1, start):
            begin -= 1
        if self.edits.replace(begin, stop) and self.text[start:stop].strip():
            self.note(start, stop, what, remedy)

    def fill(self, start: int, stop: int) -> None:
        """Write a value for a name that is to be filled in, with the comma or space before it."""
        name = VALUE[self.language]
        lead = re.search(r"(?:,?[ \t]|)$", self.text[max(0, start - 2) : start])
        before = lead[0] if lead else ""
        if self.edits.replace(start - len(before), stop, f"{{{name}?{before}{{{name}}}}}"):
            remedy = f"give it with `--set {name}=...`, or under `values:`"
            self.note(start, stop, "a name to be filled in", remedy)

    def do(self, start: int, stop: int, mark: Mark) -> None:
        """Write the directive of a mark for it, or leave it out where there is none."""
        if not mark.written:
            self.drop(start, stop, UNDONE[mark.what])
        elif mark.what is What.MANNER:
            remedy = f"write `[{mark.written}: words]` for some words"
            self.drop(start, stop, UNDONE[mark.what], remedy)
        elif self.edits.replace(start, stop, f"[{mark.written}]") and mark.guess:
            self.note(start, stop, mark.guess)
