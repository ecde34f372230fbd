from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.cli.problems import MAX_LINE_CELLS, cells, render
from sessions.errors import InputMissingError, Problem, ScriptError, Source


def shown(text: str, column: int, length: int = 1, line: int = 14) -> list[str]:
    source = Source("a.md", line, column)
    return render(ScriptError.of([Problem(source, "m", "r", text, length)])).split("\n")


def test_an_error_looks_as_designed() -> None:
    problem = Problem(
        Source("scripts/nl/bodyscan.md", 14, 9), "unknown directive 'paus'",
        "did you mean `[pause 4s]`?", "Adem in [paus 4s]", 9,
    )  # fmt: skip
    assert render(ScriptError.of([problem])) == (
        "error: unknown directive 'paus'\n"
        "  --> scripts/nl/bodyscan.md:14:9\n"
        "   |\n"
        "14 | Adem in [paus 4s]\n"
        "   |         ^^^^^^^^^\n"
        "   = help: did you mean `[pause 4s]`?"
    )


def test_several_problems_stand_apart() -> None:
    one, two = (Problem(Source("a.md", line, 1), "m", "r", "x") for line in (1, 2))
    assert render(ScriptError.of([two, one])).count("\n\nerror: m\n --> a.md:2:1") == 1


def test_an_error_without_a_line_has_only_words_and_remedy() -> None:
    assert render(InputMissingError("no file 'x'", "look again")) == (
        "error: no file 'x'\n  = help: look again"
    )
    assert render(InputMissingError("no file 'x'")) == "error: no file 'x'"
    assert shown("", 1) == ["error: m", "  --> a.md:14:1", "   = help: r"]


@pytest.mark.parametrize(
    ("text", "column", "length", "carets"),
    [
        ("日本 [x]", 4, 3, "     ^^^"),
        ("[日本]", 1, 4, "^^^^^^"),
        ("e\u0301e\u0301 [x]", 6, 3, "   ^^^"),
        ("\t[x]", 2, 3, "    ^^^"),
        ("a\u200b[x]", 3, 3, "  ^^^"),
        ("ab", 3, 1, "  ^"),
        ("ab", 1, 99, "^^"),
    ],
)
def test_carets_stand_under_the_fault(text: str, column: int, length: int, carets: str) -> None:
    assert shown(text, column, length)[4] == f"   | {carets}"


def test_what_steers_a_terminal_is_never_shown() -> None:
    source = Source("a\x1b]0;x\x07.md", 1, 1)
    text = render(ScriptError.of([Problem(source, "m\x1b[2J", "r\r\u202e", "\x1b[31m\x9b\u202e")]))
    assert all(mark == "\n" or unicodedata.category(mark)[0] != "C" for mark in text)
    assert "\x1b" not in render(InputMissingError("\x1b[2J", "\x1b"))


def test_a_long_line_is_cut_around_the_fault() -> None:
    rows = shown("woord " * 50 + "[hmm]" + " woord" * 50, 301, 5)
    line, carets = rows[3].removeprefix("14 | "), rows[4].removeprefix("   | ")
    assert line[0] == line[-1] == "…"
    assert cells(line) <= MAX_LINE_CELLS + 1
    start = carets.index("^")
    assert line[start : start + carets.count("^")] == "[hmm]"


@given(st.text(max_size=300), st.integers(1, 301), st.integers(1, 400))
def test_any_line_is_shown_within_bounds_with_a_caret(text: str, column: int, length: int) -> None:
    line = text.replace("\n", " ")
    rows = shown(line, min(column, len(line) + 1), length)
    if line.strip():
        assert "^" in rows[4]
        assert all(cells(row) <= MAX_LINE_CELLS + 7 for row in rows)
