"""Marks of other tools: an error with the mended mark in a script, done or noted on import."""

# ruff: noqa: RUF001 -- dashes as people have them

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from sessions.cli import run
from tests.script.practice.seen import STYLE, read, taken, told_at

if TYPE_CHECKING:
    from collections.abc import Callable

INPUTS: Final = Path(__file__).parent / "inputs2"
PAUSE: Final = re.compile(r"\[(?:pause|pauze) ([\d.,]+) ?(ms|s|m|min)\]")
UNTIL: Final = re.compile(r"\[(?:until|tot) (?:(\d+):)?(\d+):(\d\d)\]")
SECONDS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0}


@dataclass(frozen=True, slots=True)
class Problem:
    """What `check` tells of one place."""

    severity: str
    line: int
    column: int
    message: str
    help: str

    @property
    def pauses(self) -> list[float]:
        """The lengths, in seconds, of the pauses that the help would have written."""
        found = PAUSE.findall(self.help)
        return [round(float(n.replace(",", ".")) * SECONDS[unit], 3) for n, unit in found]

    @property
    def untils(self) -> list[int]:
        """The times, in seconds, that the help would have written."""
        times = UNTIL.findall(self.help)
        return [int(h or 0) * 3600 + int(m) * 60 + int(s) for h, m, s in times]


LENGTHS: Final = {
    "[2s]": 2, "[300ms]": 0.3, "[1.5s]": 1.5, "[0,5 s]": 0.5, "[10 sec]": 10, "[3 seconds]": 3,
    "[4 seconden]": 4, "[1 min]": 60, "[500 ms]": 0.5, "[ 2s ]": 2, "[5sec]": 5, "[20s]": 20,
    "[[pause 2s]]": 2, "[[pauze 4s]]": 4, "[[slnc 2000]]": 2,
}  # fmt: skip
"""Marks in square brackets that give a length, in seconds: these are errors."""
SPELLED: Final = {
    "[pause=3s]": 3, "[wait=2]": 2, "[PAUSE-5]": 5, "[pause_3s]": 3, "[silence_2s]": 2,
    '[break:"2s"]': 2, "[pauze – 4s]": 4, "[pauze: 4 sec.]": 4, "[Pause... 6s]": 6,
    "[STILTE = 8s]": 8, "[pause/3s]": 3,
}  # fmt: skip
"""Marks that are ours but for their spelling: done, or told with the mended mark."""
SIGNS: Final = {
    "<|pause 0.5s|>": 0.5, "<pause 3s>": 3, "<#0.5#>": 0.5, "<silence 4s/>": 4,
    "{{pause 2s}}": 2, "{pause 2s}": 2, '<pause time="3s"/>': 3, "<wait 2s>": 2,
}  # fmt: skip
"""Marks in other signs that give a length: told, with what to write."""
TIMES: Final = {
    "[0:20]": 20, "[1:10]": 70, "[00:45]": 45, "[00:01:30]": 90, "[1:02:03]": 3723, "[12:00]": 720,
}  # fmt: skip
VAGUE: Final = (
    "[long pause]", "[short pause]", "[lange pauze]", "[korte stilte]", "[brief pause]",
    "[lange stilte]", "[medium pause]",
)  # fmt: skip
"""Pauses of no length: the help has one that is written with a length."""
MOODS: Final = (
    "[warm, low tone]", "[sighs]", "[exhales slowly]", "[laughs softly]", "[zucht]", "[whispers]",
    "[kalm en warm]", "[calm]", "[tender voice]", "[SFX: rain]", "[music fades out]",
    "[muziek zachter]", "[fade out]", "[gentle, slower]", '[mark:"here"]', "[breathes in]",
    "[adempauze hier]", "[Narrator]", "[fluisterend]", "[inhale deeply]",
)  # fmt: skip
"""What other tools do with a voice or a sound, in square brackets."""
SILENT: Final = (
    "<breath/>", '<audio src="a.mp3"/>', '#[voice:"Kendra"]', '!["https://example.org/rain.mp3"]',
    "<laugh>", "<|sigh|>", "<emotion value='calm'>", '<mark name="b"/>',
)  # fmt: skip
"""Marks of other signs that hold no length."""
SQUARE: Final = (*LENGTHS, *TIMES, *VAGUE, *MOODS)
OTHER: Final = (*SIGNS, *SILENT)


@pytest.fixture
def problems(in_folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str], list[Problem]]:
    """Return what `check` tells of a text, style left aside."""

    def found(text: str) -> list[Problem]:
        (in_folder / "s.md").write_text(text, encoding="utf-8")
        run(["check", "s.md", "--json"])
        rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
        return [
            Problem(
                row["severity"], row["line"], row["column"], row["message"], row.get("remedy", "")
            )
            for row in rows
            if row.get("code") not in STYLE
        ]

    return found


@pytest.mark.parametrize(
    "text", ["Sit down. {} Look up.\n", "Ga zitten.\n\n{} Kijk op, en om je heen.\n"]
)
@pytest.mark.parametrize("mark", SQUARE)
def test_a_mark_in_square_brackets_is_one_error_at_its_place(
    problems: Callable[[str], list[Problem]], mark: str, text: str
) -> None:
    (problem,) = problems(text.format(mark))
    line = 1 if text.startswith("Sit") else 3
    assert problem.severity == "error"
    assert (problem.line, problem.column) == (line, text.splitlines()[line - 1].index("{") + 1)
    assert problem.help


@pytest.mark.parametrize("mark", OTHER)
def test_a_mark_in_other_signs_is_told_at_its_place(
    problems: Callable[[str], list[Problem]], mark: str
) -> None:
    found = problems(f"Sit down.\n\nLook up. {mark} Listen.\n")
    (place,) = {(one.line, one.column) for one in found}
    assert place in {(3, 10), (3, 11)}


@pytest.mark.parametrize("mark", [*LENGTHS, *SIGNS])
@pytest.mark.parametrize("text", ["Sit down. {} Look up at the sky.\n", "Ga zitten. {} Kijk op.\n"])
def test_the_help_of_a_length_is_the_mended_mark(
    problems: Callable[[str], list[Problem]], mark: str, text: str
) -> None:
    (problem,) = problems(text.format(mark))
    assert problem.pauses == [{**LENGTHS, **SIGNS}[mark]]


@pytest.mark.parametrize("mark", SPELLED)
def test_a_mark_of_ours_that_is_spelled_otherwise_is_done_or_mended(
    problems: Callable[[str], list[Problem]], mark: str
) -> None:
    text = f"Sit down. {mark} Look up.\n"
    found = problems(text)
    if found:
        assert [one.pauses for one in found] == [[SPELLED[mark]]]
    else:
        assert read(text).between("Sit", "Look") == SPELLED[mark]


@pytest.mark.parametrize("mark", TIMES)
def test_the_help_of_a_time_is_the_mended_mark(
    problems: Callable[[str], list[Problem]], mark: str
) -> None:
    (problem,) = problems(f"Sit down. {mark} Look up.\n")
    assert problem.untils == [TIMES[mark]]


@pytest.mark.parametrize("mark", VAGUE)
def test_the_help_of_a_vague_pause_has_a_length(
    problems: Callable[[str], list[Problem]], mark: str
) -> None:
    (problem,) = problems(f"Sit down. {mark} Look up.\n")
    (seconds,) = problem.pauses
    assert 0.3 <= seconds <= 30


def test_a_long_pause_is_longer_than_a_short_one(
    problems: Callable[[str], list[Problem]],
) -> None:
    long, short = problems("Sit. [long pause] Look. [short pause] Good.\n")
    assert long.pauses == [10]
    assert short.pauses < long.pauses


@pytest.mark.parametrize("mark", [*SQUARE, *SPELLED, *OTHER])
def test_the_help_is_never_the_list_of_all_directives(
    problems: Callable[[str], list[Problem]], mark: str
) -> None:
    for text in ("Sit down. {} Look up at the sky.\n", "Ga zitten. {} Kijk omhoog.\n"):
        for problem in problems(text.format(mark)):
            assert problem.help.count("`[") <= 3
            assert not re.search(r"achttien|eighteen|`\[(herhaal|repeat) 3\]`", problem.help)


@pytest.mark.parametrize("mark", [*LENGTHS, *TIMES])
def test_the_mended_mark_makes_the_script_right(
    problems: Callable[[str], list[Problem]], mark: str
) -> None:
    (problem,) = problems(f"Sit down. {mark} Look up.\n")
    (mended, *_) = re.findall(r"`(\[[^`]+\])`", problem.help)
    assert problems(f"Sit down. {mended} Look up.\n") == []


def test_the_help_is_in_the_language_of_the_script(
    problems: Callable[[str], list[Problem]],
) -> None:
    (dutch,) = problems("---\ntaal: nl\n---\nGa zitten. [2s] Kijk op.\n")
    (english,) = problems("---\nlanguage: en\n---\nSit down. [2s] Look up.\n")
    assert "[pauze 2s]" in dutch.help
    assert "[pause 2s]" in english.help


def test_many_marks_of_a_kind_are_each_told_once(
    problems: Callable[[str], list[Problem]],
) -> None:
    text = "".join(f"Rust. [{n}s] Kijk.\n\n" for n in range(1, 16))
    found = problems(text)
    assert [(one.line, one.column) for one in found] == [(2 * n + 1, 7) for n in range(15)]
    assert [one.pauses for one in found] == [[n] for n in range(1, 16)]
    assert not any(one.help.count("`[") > 2 for one in found)


def test_marks_beside_each_other_are_told_each(
    problems: Callable[[str], list[Problem]],
) -> None:
    found = problems("Een. [2s][300ms] Twee. [0:40]\n")
    assert [(one.line, one.column) for one in found] == [(1, 6), (1, 10), (1, 24)]


def test_the_case_of_marks_of_other_tools(problems: Callable[[str], list[Problem]]) -> None:
    text = (INPUTS / "22a-marks-of-other-tools.md").read_text(encoding="utf-8")
    found = {one.column: one for one in problems(text)}
    for mark, pauses in [
        ("[2s]", [2]), ("[300ms]", [0.3]), ("[long pause]", [10]), ("<|pause 0.5s|>", [0.5]),
        ("[[pause 2s]]", [2]),
    ]:  # fmt: skip
        assert found[text.index(mark) + 1].pauses == pauses
    assert len(found[text.index("[short pause]") + 1].pauses) == 1
    assert found[text.index("[0:20]") + 1].untils == [20]
    assert text.index("[warm") + 1 in found
    assert len(found) == 8


def test_the_case_of_unknown_tags() -> None:
    seen = read("Sit down. <pause 3s> Listen. <silence/> Good.\n")
    told_at(seen, 1)
    assert len([one for one in seen.all_told if 1 in one.lines]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Sit down. [pause 2s] Look up. [bell] Good. [until 0:20] Done.",
        "Ga zitten. [10 tellen stilte] Kijk op. [klankschaal] Goed zo.",
        'Sit down. <break time="500ms"/> Look up. (pause 5 seconds) Good.',
        r"Say \[2s\] aloud, if you like, and then rest.",
        "It is <b>good</b> to be here, at 7:30 in the morning.",
        "Je hebt 2s nodig, of 300 ms, wie telt dat nu.",
    ],
)
def test_what_is_right_is_not_told(text: str, problems: Callable[[str], list[Problem]]) -> None:
    assert problems(text) == []


@pytest.mark.parametrize("suffix", ["txt", "md"])
@pytest.mark.parametrize("mark", [*SQUARE, *SPELLED, *OTHER])
def test_on_import_a_mark_is_done_or_noted_and_never_spoken(mark: str, suffix: str) -> None:
    seen = taken(f"The evening is here.\n\n{mark}\n\nYou can let it be.\n", f"a.{suffix}")
    assert seen.said == ["The evening is here.", "You can let it be."]
    usual = taken("The evening is here.\n\nYou can let it be.\n").heard
    assert 3 in seen.told_lines or seen.heard != usual or re.search(r"\[\w+", seen.text)
    assert not [one.text for one in read(seen.text).all_told if one.severity == "error"]


@pytest.mark.parametrize("suffix", ["txt", "md"])
@pytest.mark.parametrize("mark", [*SQUARE, *SPELLED, *OTHER])
def test_on_import_a_mark_within_a_line_is_never_spoken(mark: str, suffix: str) -> None:
    seen = taken(f"Ga maar zitten. {mark} Kijk om je heen.\n\nDat is alles.\n", f"a.{suffix}")
    assert seen.said == ["Ga maar zitten.", "Kijk om je heen.", "Dat is alles."]


@pytest.mark.parametrize("suffix", ["txt", "md"])
@pytest.mark.parametrize("mark", [*LENGTHS, *SIGNS])
def test_on_import_a_length_becomes_that_pause_or_is_noted(mark: str, suffix: str) -> None:
    seen = taken(f"The evening is here. {mark} You can let it be.\n", f"a.{suffix}")
    seconds = {**LENGTHS, **SIGNS}[mark]
    assert seen.between("evening", "let it be") == pytest.approx(seconds) or 1 in seen.told_lines


@pytest.mark.parametrize("mark", ["[2s]", "[300ms]", "[[pause 2s]]", "<|pause 0.5s|>", "[10 sec]"])
def test_on_import_the_plainest_lengths_are_done(mark: str) -> None:
    seen = taken(f"The evening is here. {mark} You can let it be.\n")
    seconds = {**LENGTHS, **SIGNS}[mark]
    assert seen.between("evening", "let it be") == pytest.approx(seconds)
    assert seen.told == {}


@pytest.mark.parametrize("mark", ["<break 2s>", '<break time="2s"/>'])
def test_the_break_of_other_tools_is_done_where_it_stands(mark: str) -> None:
    for seen in (
        read(f"The evening is here. {mark} You can let it be.\n"),
        taken(f"The evening is here. {mark} You can let it be.\n"),
    ):
        assert seen.between("evening", "let it be") == 2
        assert seen.told == {}


@pytest.mark.parametrize("mark", TIMES)
def test_on_import_a_time_becomes_a_pause_until_then_or_is_noted(mark: str) -> None:
    seen = taken(f"The evening is here.\n\n{mark} You can let it be.\n")
    assert f"(until {TIMES[mark]})" in seen.heard or 3 in seen.told_lines
    assert seen.said == ["The evening is here.", "You can let it be."]


def test_the_case_of_marks_of_other_tools_comes_in() -> None:
    name = "22a-marks-of-other-tools.md"
    seen = taken((INPUTS / name).read_bytes(), name)
    assert seen.said == [
        "One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven.", "Eight.", "Nine.",
    ]  # fmt: skip
    told_at(seen, 1)
    assert not [one.text for one in read(seen.text).all_told if one.severity == "error"]
