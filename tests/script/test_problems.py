from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sessions.errors import MAX_PROBLEMS, Problem, ScriptError, Source
from sessions.script.expand import expand
from sessions.script.model import Break, Speech
from sessions.script.page import Misread
from sessions.script.parser import parse
from sessions.script.scribe import MAX_PARTS
from tests.script.reading import parts, problems

if TYPE_CHECKING:
    from sessions.script.model import Draft


def test_a_misspelt_directive_is_pointed_at() -> None:
    (problem,) = problems("---\ntitle: x\n---\nAdem in [paus 4s] nu.")
    assert problem == Problem(
        Source("a.md", 4, 9), "unknown directive 'paus'", "did you mean `[pause 4s]`?",
        "Adem in [paus 4s] nu.", 9,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "says", "line", "column"),
    [
        ("Hallo [pauze 4s", "never closed", 1, 7),
        ("Hallo [pauze 4s [bel]", "never closed", 1, 7),
        ("Een\n\ntwee [", "never closed", 3, 6),
        ("Hallo <!-- x", "comment that is never closed", 1, 7),
        ("Hallo\x1b[31m]", "control character (U+001B)", 1, 6),
        ("Een\ntw\x00ee", "control character (U+0000)", 2, 3),
        ("Een\x0ctwee", "control character (U+000C)", 1, 4),
        ("Een\ud800", "control character (U+D800)", 1, 4),
        ("Een [pauze 0]", "longer than 0", 1, 5),
        ("Een [pauze\n4x]", "not a length", 1, 5),
        ("# Kop [hmm]\nEen", "unknown directive 'hmm'", 1, 7),
        ("", "nothing to speak", 1, 1),
        (" \n\t\n", "nothing to speak", 1, 1),
        ("# Kop\n\n[pauze 4s]\n---\n<!-- x -->", "nothing to speak", 1, 1),
        ("---\ntitle: x\n---\n", "nothing to speak", 1, 1),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, says: str, line: int, column: int) -> None:
    first = problems(text)[0]
    assert says in first.message
    assert (line, column) == (first.source.line, first.source.column)
    assert first.remedy
    assert first.text == text.split("\n")[line - 1]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("[vak nul] Een. [einde]\n[bel", [1, 2]),
        ("[vakk 5s] Een. [einde]\n[bel", [1, 2]),
        ("[herhaal nooit]\nEen.\n[einde]\n[bel", [1, 4]),
        ("[stem a b: Een.]\n[bel", [1, 2]),
        ("[zacht]\nEen.\n[einde vrolijk]\n[bel", [3, 4]),
        ("[vak nul] Een.\n[bel", [1, 2]),
        ("[herhaal 2]\n[vak nul] Een. [einde]\n[einde]\n[einde]", [2, 4]),
        ("[herhaal 3]\n[zcht: Ik ben veilig.]\n[einde]", [2]),
        ("[vak 5s]\n[stem a b: Een.]\n[einde]", [2]),
        ("[zacht] Een. [nacht] Twee.\n[einde]", [1]),
        ("[herhaal 2] Ja. [vend] Nee.\n[einde]", [1]),
        ("[nacht] Een. [einde]\n[vak 5s] Twee.", [1]),
        ("[herhaal 3\nEen.\n[einde]", [1]),
        ("[pauze 3\nEen.\n[einde]", [1, 3]),
    ],
)
def test_what_is_misread_makes_no_other_directive_wrong(text: str, lines: list[int]) -> None:
    assert [problem.source.line for problem in problems(text)] == lines


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("Een.\n[einde]", "leave it out, or write `[herhaal 3]` or `[zacht]` where it begins"),
        ("[vak 5s]\nEen.", "write `[einde]` where it ends"),
        ("[vak 5s]\n[taal en]\n[vak 5s]\nOne.\n[einde]\n[einde]\n[einde]",
         "end the first with `[einde]`"),
    ],
)  # fmt: skip
def test_a_remedy_is_in_the_language_of_the_script(text: str, remedy: str) -> None:
    (problem,) = problems("---\ntaal: nl\n---\n" + text)
    assert problem.remedy == remedy


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[zacht]\nEen.\n[einde herhaal]", "this does not end `[zacht]` of line 1"),
        ("[herhaal 3]\nEen.\n[/zacht]", "this does not end `[herhaal 3]` of line 1"),
        ("[vak 5s]\nEen.\n[end repeat]", "this does not end `[vak 5s]` of line 1"),
    ],
)
def test_an_end_that_names_something_else_is_an_error(text: str, message: str) -> None:
    (problem,) = problems(text)
    assert (problem.message, problem.source.line) == (message, 3)


@pytest.mark.parametrize(
    "end", ["[einde herhaal]", "[/herhaal]", "[/loop]", "[end  repeat]", "[end]"]
)
def test_an_end_may_name_what_it_ends_in_any_language(end: str) -> None:
    parse(f"[herhaal 3]\n[zacht]\nEen.\n[einde]\n{end}")


def test_a_problem_in_a_repeat_or_a_script_that_is_included_twice_is_told_once() -> None:
    script = parse("[herhaal 30]\nEen {naam}.\n[einde]\n[include x]\n[include x]", path="a.md")

    def load(name: str, _draft: Draft) -> Draft:
        return parse("Twee {plek}.", path=f"{name}.md")

    with pytest.raises(ScriptError) as caught:
        expand(script, {}, load)
    assert [one.source.path for one in caught.value.problems] == ["a.md", "x.md"]


def test_an_included_script_that_cannot_be_read_is_read_once() -> None:
    script = parse("[include x]\n\n" * 50 + "[include y]\n\n[include y]", path="a.md")
    loads = []

    def load(name: str, _draft: Draft) -> Draft:
        loads.append(name)
        if name == "y":
            raise Misread("there is no script 'y'", "write another")
        return parse("Een [paus 2s].", path=f"{name}.md")

    with pytest.raises(ScriptError) as caught:
        expand(script, {}, load)
    assert loads == ["x", "y"]
    places = [(one.source.path, one.source.line) for one in caught.value.problems]
    assert places == [("a.md", 101), ("a.md", 103), ("x.md", 1)]


def test_twenty_problems_are_told_and_no_more() -> None:
    found = problems("[hmm 1]\n" * 500)
    assert len(found) == MAX_PROBLEMS
    assert [one.source.line for one in found] == list(range(1, MAX_PROBLEMS + 1))


def test_a_script_of_more_than_a_mebibyte_is_refused() -> None:
    (problem,) = problems("é" * (1 << 19) + "a")
    assert "larger than 1 MiB" in problem.message


def test_a_script_of_too_many_parts_is_refused_at_the_part_too_many() -> None:
    (problem,) = problems("[bel]\n" * (MAX_PARTS + 5))
    assert f"more than {MAX_PARTS} parts" in problem.message
    assert problem.source.line == MAX_PARTS + 1


@pytest.mark.parametrize(
    ("text", "says", "column"),
    [
        ("Een. [zacht] Twee.", "this is never ended", 6),
        ("Een. [herhaal 3] Twee.", "this is never ended", 6),
        ("Een. [einde]", "nothing to end", 6),
        ("Een [repeat 1001] [end]", "from 1 to 1000", 5),
        ("Een [repeat 0] [end]", "from 1 to 1000", 5),
        ("Een [repeat some] [end]", "not a number of times", 5),
        ("[repeat 2]" * 5 + "Een." + "[end]" * 5, "more than 4 deep", 41),
        ("Een {naam? twee", "never closed", 5),
        ("Een {naam? <b }> twee", "never closed", 5),
        ("Een {naam? [pauze 2s]}", "inside of words that may go", 12),
        ("Een [zeg als: twee]", "what is shown", 5),
        (f"Een [zeg als: {'x' * 1001} | twee]", "at most 1000", 5),
        ("Een [tot 10]", "has no unit", 5),
        ("Een [tot 25:00:00]", "24 hours", 5),
        ("Een [pauze 8s x2]", "only an elastic pause", 5),
        ("Een [pauze 8s..9s x101]", "from 0.1 to 100", 5),
        ("Een [taal fr] twee [einde]", "unknown language 'fr'", 5),
        ("Een [klank]", "which sound", 5),
        ("Een [achtergrond]", "which background", 5),
        ("Een [include]", "which script", 5),
    ],
)
def test_what_is_wrong_in_the_larger_language_is_said(text: str, says: str, column: int) -> None:
    first = problems(text)[0]
    assert says in first.message
    assert column == first.source.column
    assert first.remedy


@pytest.mark.parametrize("start", ["\ufeff", "Een\u2028twee.\n", "Een.\r\n\r", "\t日本 e\u0301.\n"])
def test_what_is_found_later_shows_the_same_line_as_what_is_found_at_once(start: str) -> None:
    text = start + "Dag {naam}."
    (at_once,) = problems(text + " [hm]")
    with pytest.raises(ScriptError) as caught:
        expand(parse(text, path="a.md"), {}, lambda _name, script: script)
    (later,) = caught.value.problems
    assert later.source.line == at_once.source.line
    assert later.text + " [hm]" == at_once.text
    assert later.text[later.source.column - 1 :][: later.length] == "{naam}"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Rust. [pauze 4s] Dag.", ["Rust.", "[pauze 4s]", "Dag."]),
        ("Rust (pauze 4s)", ["Rust", "(pauze 4s)"]),
        ("Rust <break time='4s'/>", ["Rust", "<break time='4s'/>"]),
        ("Dit is **heel** fijn. Ja.", ["Dit is **heel** fijn.", "Ja."]),
        ("Het is [zeg als: a | b]", ["Het is [zeg als: a | b]"]),
        ("Adem [pauze\n4s]", ["Adem", "[pauze"]),
        ("Een zin\nvan twee regels.", ["Een zin"]),
        ('[include x naam="\\]"]', ['[include x naam="\\]"]']),
    ],
)
def test_a_part_knows_how_much_of_its_line_is_its_own(text: str, meant: list[str]) -> None:
    draft = parse(text, path="a.md")
    found = []
    for part in draft.parts:
        if not isinstance(part, Break):
            problem = draft.problem(part.source, "m", "r")
            found.append(problem.text[problem.source.column - 1 :][: problem.length])
    assert found == meant


def test_of_words_in_a_voice_all_are_meant() -> None:
    (line, _) = parts("[stem espaek: Dag.]")
    assert isinstance(line, Speech)
    assert line.style.named is not None
    assert line.style.named.length == len("[stem espaek: Dag.]")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("Dag jij,\nen {naam} ook.", 2, 4),
        ("Zo \\{naam} en {naam}.", 1, 15),
        ("Een {x?, {naam}} en {naam?, {naam}}.", 1, 10),
        ("[zeg als: a | {naam}]", 1, 15),
        ("---\ntitel: >\n  Dag\n  {naam}\n---\nJa.", 4, 3),
        ("Ja.\n\n# Kop {naam}", 3, 7),
    ],
)
def test_a_value_that_is_missing_is_pointed_at_where_it_is_named(
    text: str, line: int, column: int
) -> None:
    with pytest.raises(ScriptError) as caught:
        expand(parse(text, path="a.md"), {"x": "X"}, lambda _name, script: script)
    (problem,) = caught.value.problems
    assert (problem.source.line, problem.source.column) == (line, column)
    assert problem.length == len("{naam}")
