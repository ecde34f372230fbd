"""How often something is asked for, in a way that is no directive."""

# ruff: noqa: RUF001 -- the signs that people type are the point

from __future__ import annotations

import pytest

from sessions.script.model import Language
from sessions.script.phrases.production import outs
from tests.script.phrases.ordinary import SPOKEN

EN, NL = Language.ENGLISH, Language.DUTCH
TWICE = "write `[repeat 2]` above what is repeated and `[end]` below it"
THRICE = "write `[repeat 3]` above what is repeated and `[end]` below it"


def seen(line: str, language: Language = EN) -> list[tuple[str, str, str]]:
    return [
        (line[out.start : out.stop], out.reason, out.remedy)
        for out in outs(line, language)
        if out.remedy
    ]


@pytest.mark.parametrize(
    "mark",
    [
        "(herhaal 3 keer)", "(x3)", "(3x)", "(repeat three times)", "(3 times)", "[repeat 3x]",
        "[x 3]", "(× 3)", "(repeat x3)", "(herhaal dit drie keer)", "[3 keer herhalen]",
        "[SUGGESTIONS - repeat each 3x]", "(say this 3 times)", "(drie maal)", "{3x}",
        "(repeat the last line 3 times)", "[AFFIRMATIONS, each 3x]",
    ],
)  # fmt: skip
@pytest.mark.parametrize("line", ["Let it go {}.", "{}", "I am calm. {} And on.", "- Yes. {}"])
def test_a_repetition_is_told_with_the_directive_for_it(mark: str, line: str) -> None:
    line = line.replace("{}", mark)
    assert seen(line) == [(mark, "a repetition", THRICE)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Repeat x2.", "Repeat x2."), ("x2", "x2"), ("2x", "2x"), ("Herhaal 2x", "Herhaal 2x"),
        ("REPEAT 2X", "REPEAT 2X"), ("[bell]x2", "x2"), ("[breathe 4 7 8] x 2", " x 2"),
        ("[bel] 2x", " 2x"), ("* herhaal x2", "herhaal x2"), ("(twice)", "(twice)"),
        ("(tweemaal)", "(tweemaal)"), ("Sit. [pause 5s] ×2 Go.", " ×2"),
    ],
)  # fmt: skip
def test_a_number_of_times_needs_no_brackets(line: str, words: str) -> None:
    assert seen(line) == [(words, "a repetition", TWICE)]


def test_in_dutch_the_directives_are_dutch() -> None:
    (out,) = outs("(herhaal 3 keer)", NL)
    assert out.remedy == "write `[herhaal 3]` above what is repeated and `[einde]` below it"


@pytest.mark.parametrize(
    ("line", "breath"),
    [
        ("Inhale (4), hold (7), exhale (8).", "in 4 hold 7 out 8"),
        ("Adem in (4) en adem uit (6).", "in 4 out 6"),
        ("Breathe in (4). Breathe out (8).", "in 4 out 8"),
        ("Inademen [4] – vasthouden [4] – uitademen [4]", "in 4 hold 4 out 4"),
        ("In (5), out (5)", "in 5 out 5"),
        ("Inhale (4) hold (4) exhale (4) hold (4)", "in 4 hold 4 out 4 rest 4"),
        ("ADEM IN (3), HOUD VAST (2), ADEM UIT (5)", "in 3 hold 2 out 5"),
        ("- Inhale slowly (4) and exhale slowly (6)", "in 4 out 6"),
        ("Inhale (4s), exhale (6s).", "in 4 out 6"),
        ("Inhale (4 counts), exhale (6 counts).", "in 4 out 6"),
    ],
)  # fmt: skip
def test_counts_of_a_breath_are_told_with_the_breath(line: str, breath: str) -> None:
    found = seen(line)
    assert {(reason, remedy) for _, reason, remedy in found} == {
        ("the count of a breath", f"write `[breathe {breath}]` for the whole breath")
    }
    assert len(found) == len(breath.split()) // 2


@pytest.mark.parametrize(
    "line",
    [
        "Breathe in (four counts) and out (six counts).", "Repeat after me.", "Repeat this twice.",
        "Do this three times.", "Herhaal dit drie keer.", "Say it (once or twice) aloud.",
        "Once more, and 2 times 3 is 6.", "Two (2) hands, two (2) feet.", "3x3 is nine.",
        "[repeat 3]", "[herhaal 3 keer]", "X4 is a car.", "A box is 4 x 4.", "He lived 3 times.",
        "[breathe in 4 out 6 times 5]", "You have done this many times (or never).", "(1)",
    ],
)  # fmt: skip
def test_other_numbers_are_heard(line: str) -> None:
    told = {out.reason for language in Language for out in outs(line, language)}
    assert told.isdisjoint({"a repetition", "the count of a breath"}) or line.startswith("[")


@pytest.mark.parametrize("language", Language)
def test_ordinary_sentences_count_nothing(language: Language) -> None:
    assert not [line for line in SPOKEN[language] if seen(line)]
