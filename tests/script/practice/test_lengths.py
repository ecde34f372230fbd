"""One reader of lengths, of whatever words, for scripts, importers and flags (issue 13, item 2)."""

# ruff: noqa: RUF001 -- dashes and letters as people write them

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sessions.cli import run
from sessions.script.model import Until
from tests.script.practice.seen import (
    Seen,
    imported_well,
    only,
    read,
    silent,
    taken,
    taken_case,
    told_at,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

suffix = pytest.mark.parametrize("suffix", ["txt", "md"])


# Lengths


def test_lengths_in_words_of_the_case() -> None:
    seen = taken_case("20-lengths-in-words.txt")
    imported_well(seen)
    assert seen.between("One", "Two") == 60
    assert seen.between("Two", "Three") == 10
    assert seen.between("Three", "Four") == 90
    assert seen.between("Four", "Five") == seen.between("Five", "Six") > 0
    assert seen.between("Six", "Seven") == 30
    told_at(seen, 1, words="3 breaths")
    told_at(seen, 1, words="three breaths")
    told_at(seen, 1, words="a few minutes")


@pytest.mark.parametrize(
    ("mark", "seconds"),
    [
        ("(pause for one minute)", 60),
        ("[een minuut stilte]", 60),
        ("(pauze van een halve minuut)", 30),
        ("[half a minute pause]", 30),
        ("(stilte: anderhalve minuut)", 90),
        ("[pause a minute and a half]", 90),
        ("(stilte van een kwartier)", 900),
        ("[silence for a quarter of an hour]", 900),
        ("(pauze van een half uur)", 1800),
        ("[pause: ten seconds]", 10),
        ("(twintig seconden stilte)", 20),
        ("(wait twenty-five seconds)", 25),
        ("[pauze vijfenveertig seconden]", 45),
        ("(pause 1 min 15 sec)", 75),
        ("[pauze van 1 minuut en 15 seconden]", 75),
        ("(pause for two and a half minutes)", 150),
        ("[pauze twee en een halve minuut]", 150),
        ("(pauze 2,5 minuut)", 150),
        ("[pause 90 sec.]", 90),
        ("(PAUSE: 1:30)", 90),
        ("[pauze 1'30\"]", 90),
        ('(pause 20")', 20),
        ("[silence – 15 seconds]", 15),
        ("(pause — 15s)", 15),
        ("[pauze - 15]", 15),
        ("(pause -15 seconds)", 15),
        ("[pause –15s]", 15),
        ("(30-second pause)", 30),
        ("[a thirty-second silence]", 30),
        ("(pause for about 20 seconds)", 20),
        ("[nu ongeveer 20 seconden stilte]", 20),
    ],
)  # fmt: skip
@suffix
def test_lengths_are_read_as_people_write_them(suffix: str, mark: str, seconds: float) -> None:
    seen = taken(f"Ga zitten. {mark} Kijk om je heen.\n", f"scan.{suffix}")
    only(seen, "Ga zitten.", "Kijk om je heen.")
    assert seen.between("Ga zitten", "Kijk") == seconds, seen.told


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("one minute", 60),
        ("een halve minuut", 30),
        ("anderhalve minuut", 90),
        ("een kwartier", 900),
        ("a quarter of an hour", 900),
        ("ten seconds", 10),
        ("1 min 15 sec", 75),
        ("half a minute", 30),
        ("een half uur", 1800),
        ("twintig seconden", 20),
        ("a minute and a half", 90),
        ("1 minute and 30 seconds", 90),
    ],
)  # fmt: skip
def test_a_script_reads_the_same_lengths_as_an_import(words: str, seconds: float) -> None:
    for text in (f"Ga zitten. [pauze {words}] Kijk.\n", f"Ga zitten. [pause for {words}] Kijk.\n"):
        seen = read(text)
        assert seen.code == 0, seen.told
        assert seen.between("Ga zitten", "Kijk") == seconds


@pytest.mark.parametrize(
    ("words", "plainly"),
    [
        ("een kwartier", "15m"),
        ("a quarter of an hour", "15m"),
        ("anderhalf uur", "90m"),
        ("one hour", "60m"),
        ("een half uur", "30m"),
        ("twintig minuten", "20m"),
        ("two and a half minutes", "2m30s"),
        ("1 min 15 sec", "75s"),
        ("1 uur en 10 minuten", "70m"),
        ("ten minutes", "10m"),
    ],
)
def test_keys_and_flags_read_the_same_lengths(
    words: str, plainly: str, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_words, in_figures = (
        read(f"---\nuitloop: {length}\n---\nGa zitten.\n") for length in (words, plainly)
    )
    assert in_words.code == in_figures.code == 0, in_words.told
    assert in_words.script is not None
    assert in_figures.script is not None
    assert in_words.script.meta.chosen == in_figures.script.meta.chosen
    (in_folder / "s.md").write_text("Ga zitten.\n", encoding="utf-8")
    shown = []
    for length in (words, plainly):
        assert run(["show", "s.md", "--estimate", "--tail", length]) == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]


@pytest.mark.parametrize(
    "words",
    [
        "a few minutes", "3 breaths", "three breaths", "een paar minuten", "drie ademhalingen",
        "enkele seconden", "several seconds", "a couple of minutes", "een tijdje", "a while",
        "a few moments", "5 breaths",
    ],
)  # fmt: skip
@pytest.mark.parametrize("mark", ["(pause for {})", "[pauze: {}]", "(stilte, {})"])
def test_a_vague_length_is_a_guess_that_is_told(mark: str, words: str) -> None:
    seen = taken(f"Welkom.\n\nGa zitten. {mark.format(words)} Kijk om je heen.\n")
    only(seen, "Welkom.", "Ga zitten.", "Kijk om je heen.")
    told_at(seen, 3)
    assert seen.between("Ga zitten", "Kijk") > 0


@pytest.mark.parametrize(
    ("figure", "word"),
    [("3 breaths", "three breaths"), ("5 ademhalingen", "vijf ademhalingen")],
)
def test_a_vague_length_is_the_same_in_figures_and_words(figure: str, word: str) -> None:
    seen = taken(f"Eerst. (pauze van {figure}) Dan. (pauze van {word}) Klaar.\n")
    assert seen.between("Eerst", "Dan") == seen.between("Dan", "Klaar") > 0


# Times of the clock


def test_a_span_of_the_clock_in_the_case() -> None:
    seen = taken_case("21a-clock-span.txt")
    only(seen, "Be still.", "And back.")
    assert seen.between("Be still", "And back") == 40


@pytest.mark.parametrize(
    ("mark", "seconds"),
    [
        ("[2:10 – 2:50: stilte]", 40),
        ("[0:30-1:15 silence]", 45),
        ("(1:00 - 1:20 pauze)", 20),
        ("[silence 3:05-3:20]", 15),
        ("(stilte van 4:00 tot 4:30)", 30),
        ("[pause 9:50 — 10:10]", 20),
        ("(00:02:10 - 00:02:50: pause)", 40),
        ("[59:50 - 1:00:10: silence]", 20),
        ("[2:10 to 2:22: silence]", 12),
        ("(rust 0:45 – 0:55)", 10),
    ],
)  # fmt: skip
def test_a_span_of_the_clock_lasts_its_difference(mark: str, seconds: float) -> None:
    seen = taken(f"Ga zitten. {mark} Kijk om je heen.\n")
    only(seen, "Ga zitten.", "Kijk om je heen.")
    assert seen.between("Ga zitten", "Kijk") == seconds


def untils(seen: Seen) -> Sequence[float]:
    assert seen.script is not None
    return [part.seconds for part in seen.script.parts if isinstance(part, Until)]


def test_times_of_the_clock_in_the_case() -> None:
    seen = taken_case("21b-clock-times.txt")
    only(seen, "Sit down.", "Look up.", "Look down.")
    if untils(seen) != [20, 45, 70]:
        told_at(seen, 1, 3, 5, 7, words="[until 0:20]")
    assert written(seen) == [] or max(written(seen)) != 5
    silent(seen, "END silence wake")


# A bracket over two lines, and tags of breaks


def test_a_bracket_over_two_lines_in_the_case() -> None:
    seen = taken_case("38-bracket-over-two-lines.txt")
    only(seen, "Let go.", "And back.")
    assert seen.between("Let go", "And back") == 12


@pytest.mark.parametrize(
    ("mark", "seconds"),
    [
        ("(Pauze van\n12 seconden)", 12),
        ("[pause for\n30 seconds]", 30),
        ("(pauze\nvan een\nminuut)", 60),
        ("[SILENCE:\n6]", 6),
        ("(30 seconds of\nsilence)", 30),
        ("*(pause for\n12 seconds)*", 12),
    ],
)  # fmt: skip
@suffix
def test_a_bracket_over_lines_is_one_mark(suffix: str, mark: str, seconds: float) -> None:
    seen = taken(f"Ga zitten. {mark} Kijk om je heen.\n", f"scan.{suffix}")
    only(seen, "Ga zitten.", "Kijk om je heen.")
    assert seen.between("Ga zitten", "Kijk") == seconds


def test_break_tags_in_the_case() -> None:
    seen = taken_case("22b-break-tags.txt")
    only(seen, "One.", "Two.", "Three.")
    assert seen.between("One", "Two") == 1.5
    assert seen.between("Two", "Three") == 4
