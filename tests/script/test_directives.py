from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from sessions.errors import Source
from sessions.script.directives import DIRECTIVES, Opens, with_ends
from sessions.script.model import Breath, End, Language, OneShot, Pause, Until
from sessions.script.page import Misread
from sessions.script.phrases.wording import worded
from sessions.script.recognize import ended_by, line_form, read

_MATCH = re.compile(r'"match": "((?:[^"\\]|\\.)*)"')
HERE = Source("a.md", 1, 1)


@pytest.mark.parametrize(
    "text",
    ["pause 5s", "pause 5", "pause:5s", "PAUSE:5", "pauze 5 s", "pause = 5s", " Pause  5s ",
     "pause5s", "pause: 5 seconds", "pauze van 5 seconden", "pause for 5 seconds", "pause (5s)",
     "pause, 5s", 'break time="5s"', 'break time = "5000ms"', "pause dur=5s", "pause five seconds",
     "5s pause", "5-second pause", "5 second silence", "5 tellen stilte", "5 seconds of silence"],
)  # fmt: skip
def test_a_pause_is_understood_however_it_is_spelled(text: str) -> None:
    assert Pause(5.0, 5.0, HERE) == read(text, HERE)


def test_a_pause_with_two_lengths_is_elastic() -> None:
    part = read("pause 8s..30s", HERE)
    assert Pause(8.0, 30.0, HERE) == part
    assert isinstance(part, Pause)
    assert part.elastic


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("breathe in 4 hold 0 out 6 rest 0 times 10", (4, 0, 6, 0, 10)),
        ("adem in 4 vast 0 uit 6 rust 0 keer 10", (4, 0, 6, 0, 10)),
        ("breathe in 4 out 6 times 10", (4, 0, 6, 0, 10)),
        ("adem in 4 houd vast 7 uit 8 x5", (4, 7, 8, 0, 5)),
        ("breathe in 4 out 6 10x", (4, 0, 6, 0, 10)),
        ("breathe in 4 out 6 10 times", (4, 0, 6, 0, 10)),
        ("breathe in 4s, out 6s, hold 1.5s", (4, 1.5, 6, 0, 1)),
        ("adem: in 4 tellen, uit 6 tellen, keer 3", (4, 0, 6, 0, 3)),
        ("BREATHE out 6 in 4", (4, 0, 6, 0, 1)),
        ("breathe 4 7 8 times 5", (4, 7, 8, 0, 5)),
        ("breathe 4-7-8 5x", (4, 7, 8, 0, 5)),
        ("adem 4 6 keer 10", (4, 0, 6, 0, 10)),
        ("breathe 4 6 10 times", (4, 0, 6, 0, 10)),
        ("breathe 4 4 4 4 x 3, sounds only", (4, 4, 4, 4, 3)),
        ("breathe in for 4 counts, then out for 6, 5 rounds", (4, 0, 6, 0, 5)),
        ("ademhaling: in 4 tellen en dan uit 6 tellen", (4, 0, 6, 0, 1)),
        ("breathe in for a count of four and out for six, five times", (4, 0, 6, 0, 5)),
        ("adem in vier, uit zes, een keer", (4, 0, 6, 0, 1)),
    ],
)
def test_a_breath_has_its_phases_in_any_order(
    text: str, phases: tuple[float, float, float, float, int]
) -> None:
    assert Breath(*phases, HERE) == read(text, HERE)


@pytest.mark.parametrize(
    "text",
    ["breathe", "breathe in 4", "breathe in 0 out 6", "breathe in 4 out 31", "breathe in -4 out 6",
     "breathe in 4 out 6 times 0", "breathe in 4 out 6 times 1001", "breathe in 4 out 6 times 2.5",
     "breathe in 4 in 5 out 6", "breathe in out 6", "breathe in 4 out 6 hold -1", "adem diep in",
     "breathe in 4 out 6 times", "breathe 4 7 8 4 2 times 5", "breathe in 4 7 8", "breathe 4",
     "breathe in ٤ out 6",
     "breathe in 4 out 6 times " + "9" * 5000, "breathe in nan out inf"],
)  # fmt: skip
def test_a_breath_that_cannot_be_breathed_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(Misread) as caught:
        read(text, HERE)
    assert ("[adem in 4" if text.startswith("adem") else "[breathe in 4") in caught.value.remedy


@pytest.mark.parametrize(
    "text", ["until 3:00", "wait until 3 min", "pause until 3:00", "wacht tot 3:00", "Pauze tot 3m"]
)
def test_waiting_until_a_time_is_understood(text: str) -> None:
    assert Until(180.0, HERE) == read(text, HERE)


@pytest.mark.parametrize(
    ("text", "gain_db"), [("bell", 0.0), ("bel", 0.0), ("BELL -6 dB", -6.0), ("bel: -6", -6.0)]
)
def test_a_bell_has_a_level(text: str, gain_db: float) -> None:
    assert OneShot("bell", HERE, gain_db) == read(text, HERE)


def test_a_misspelt_directive_keeps_its_words_in_the_suggestion() -> None:
    with pytest.raises(Misread) as caught:
        read("paus 4s", HERE)
    assert caught.value.message == "unknown directive 'paus'"
    assert caught.value.remedy == "did you mean `[pause 4s]`?"


def test_a_misspelt_directive_with_useless_words_gets_an_example() -> None:
    with pytest.raises(Misread) as caught:
        read("pauzee lang", HERE)
    assert caught.value.remedy == "did you mean `[pauze 4s]`?"


@pytest.mark.parametrize("text", ["", "   ", "xyzzy", "…", "x" * 100_000, "]["])
def test_anything_else_is_unknown_and_told_to_be_said_or_deleted(text: str) -> None:
    with pytest.raises(Misread) as caught:
        read(text, HERE)
    assert caught.value.remedy.startswith("delete it, or write `\\[` if it is to be said")
    assert len(caught.value.message) < 100


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("box breathing 4", "`[breathe in 4 out 6 times 10]`"),
        ("inhale 4", "`[breathe in 4 out 6 times 10]`"), ("herhal 3", "`[herhaal 3]`"),
        ("zcht: Ja.", "`[zacht: Ja.]`"), ("stemm espeak: hoi", "`[stem espeak: hoi]`"),
        ("tal en: hi", "`[taal en: hi]`"), ("zeg al: a | b", "`[zeg als: a | b]`"),
        ("zcht", "`[zacht]`"),
    ],
)  # fmt: skip
def test_what_an_unknown_directive_is_about_is_guessed(text: str, meant: str) -> None:
    with pytest.raises(Misread) as caught:
        read(text, HERE)
    assert caught.value.remedy == f"did you mean {meant}?"


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("pauze vijf bananen", "write `[pauze 4s]`"),
        ("pause vijf bananen", "write `[pause 4s]`"),
        ("5 bananen pauze", "write `[pauze 4s]`"),
        ("include", "write the name of a script: `[include loslaten]`"),
        ("zeg als: x", "write `[zeg als: achttien graden | 18 °C]`"),
        ("niveau 3", "write `[niveau stem -2 dB bed +3 dB]`"),
        ("lange stilte", "write `[pauze 10s]`"),
        ("2s", "write `[pauze 2s]`"),
        ("NAME", "write `{naam?, {naam}}`"),
        ("0:20", "write `[tot 0:20]`"),
        ("bell rings", "write `[bell]`"),
        ("gong klinkt", "write `[bel]`"),
        ("pause for effect", "write `[pause 3s]`"),
        ("wait a few minutes", "write `[pause 180s]`"),
        ("whispers", "write `[fluister: WORDS]`"),
        ("soft music fades in", "delete it; a bed stands under all of it"),
        ("warm, low tone", "delete it: no voice can do that"),
        ("hmm", "delete it, or write `\\[` if it is to be said"),
    ],
)
def test_a_remedy_is_in_the_language_of_the_directive_or_the_script(text: str, remedy: str) -> None:
    with pytest.raises(Misread) as caught:
        read(text, HERE, Language.DUTCH)
    assert caught.value.remedy.startswith(remedy)


@pytest.mark.parametrize("zero", ["pause 0", "pauze 0s", "pause 0..0", "pause 0..5"])
def test_a_pause_is_longer_than_zero(zero: str) -> None:
    with pytest.raises(Misread, match="longer than 0"):
        read(zero, HERE)


@pytest.mark.parametrize("language", list(Language))
def test_every_row_has_names_and_an_example_that_works(language: Language) -> None:
    for row in DIRECTIVES:
        example = row.examples[language]
        assert example.startswith("[" + row.names[language][0])
        read(example[1:-1], HERE)
        assert row.usage.startswith("[")


@pytest.mark.parametrize("language", list(Language))
def test_what_is_opened_is_ended_by_any_of_its_names(language: Language) -> None:
    for row in DIRECTIVES:
        assert row.opens == (row.usage != "[end]" and "[end]" in row.usage)
        for name in row.names[language] if row.opens else ():
            assert End(HERE) == read(f"/{name}", HERE)
            assert ended_by(f"/{name}", row.examples[language][1:-1])


def test_what_opens_gives_its_names_to_the_end() -> None:
    names = {Language.ENGLISH: ("hum", "drone"), Language.DUTCH: ("neurie",)}
    rows = with_ends((*DIRECTIVES, replace(DIRECTIVES[0], names=names, opened=Opens.PARTS)))
    (end,) = (row for row in rows if row.name == "end")
    assert {"/hum", "/drone"} <= set(end.names[Language.ENGLISH])
    assert "/neurie" in end.names[Language.DUTCH]


def test_words_can_stand_in_what_says_so() -> None:
    for row in DIRECTIVES:
        form = row.examples[Language.ENGLISH][1:-1] + ": some words"
        lined = line_form(form, 0, len(form)) is not None
        assert (
            lined == (row.opened in {Opens.WORDS, Opens.NAMED_WORDS}) == (": WORDS]" in row.usage)
        )


def test_remedies_have_the_dutch_name_of_every_directive() -> None:
    for row in DIRECTIVES:
        dutch = row.names[Language.DUTCH][0]
        assert worded(f"write `[{row.name}]`", Language.DUTCH) == f"write `[{dutch}]`"


def test_the_grammar_for_editors_knows_every_name() -> None:
    path = Path(__file__).parents[2] / "editors" / "guided-sessions.tmLanguage.json"
    grammar = path.read_text(encoding="utf-8")
    patterns = [re.compile(json.loads(f'"{match}"')) for match in _MATCH.findall(grammar)]
    for row in DIRECTIVES:
        for name in (name for names in row.names.values() for name in names):
            assert any(pattern.fullmatch(f"[{name} 4]") for pattern in patterns), name
