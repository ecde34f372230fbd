from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sessions.errors import ScriptError
from sessions.library import scripts as library
from sessions.script.expand import MAX_INCLUDE_DEPTH, expand
from sessions.script.model import (
    Break,
    Chapter,
    Draft,
    End,
    Include,
    Manner,
    Pause,
    Repeat,
    Script,
    Speech,
)
from sessions.script.page import Misread
from sessions.script.parser import parse
from sessions.script.scribe import MAX_PARTS

if TYPE_CHECKING:
    from pathlib import Path


def expanded(text: str, values: dict[str, str] | None = None, **others: str) -> Script:
    def load(name: str, _draft: Draft) -> Draft:
        if name not in others:
            raise Misread(f"no {name}", "look")
        return parse(others[name], path=f"{name}.md")

    return expand(parse(text, path="a.md"), values or {}, load)


def said(script: Script) -> list[str]:
    return [part.text for part in script.parts if isinstance(part, Speech)]


def fault(text: str, **others: str) -> tuple[str, str]:
    with pytest.raises(ScriptError) as caught:
        expanded(text, None, **others)
    problem = caught.value.problems[0]
    return str(problem.source), problem.message


def test_repeats_are_written_out_also_inside_of_each_other() -> None:
    script = expanded("[repeat 2]\nEen.\n[herhaal 3x] Twee. [pauze 4s] [einde]\n[end]\nDrie.")
    assert said(script) == ["Een.", "Twee.", "Twee.", "Twee."] * 2 + ["Drie."]
    assert sum(isinstance(part, Pause) for part in script.parts) == 6


def test_a_value_is_data_and_never_a_directive() -> None:
    script = expanded("# Voor {naam}\n## Dag {naam}\nDag {naam}!", {"naam": "[pauze 9s] {x}"})
    assert said(script) == ["Dag [pauze 9s] {x}!"]
    assert script.meta.title == "Voor [pauze 9s] {x}"
    assert [p.title for p in script.parts if isinstance(p, Chapter)] == ["Dag [pauze 9s] {x}"]


def test_a_missing_value_is_found_at_its_braces() -> None:
    place, message = fault("Een.\nDag lieve {naam}.")
    assert (place, message) == ("a.md:2:11", "the value 'naam' has no text")


def test_a_line_of_nothing_but_an_empty_value_is_left_out() -> None:
    assert said(expanded("---\nvalues: {naam: ''}\n---\nDag. {naam?{naam}}")) == ["Dag."]


def test_an_include_has_its_own_values_and_the_style_around_it() -> None:
    script = expanded(
        "---\nvalues: {naam: Bo, plek: thuis}\n---\n"
        "[zacht]\n[include x naam=Anna van Dam]\n[einde]",
        x="---\nvalues: {naam: jij, plek: hier, tijd: nu}\n---\n"
        "{naam} {plek} {tijd}. [fluister: St]",
    )
    assert said(script) == ["Anna van Dam thuis nu.", "St"]
    manners = [part.style.manner for part in script.parts if isinstance(part, Speech)]
    assert manners == [Manner.SOFT, Manner.WHISPER]


def test_a_script_knows_the_values_that_it_takes_from_outside() -> None:
    script = expanded(
        "# Dag {a?}\n## Kop {b}\n[zeg als: {c} | x]{d?, ja} [include x f={e}]",
        dict.fromkeys("abceh", "x"),
        x="{f} [include y g=1]",
        y="{g} {h}. \\{i\\}",
    )
    assert script.uses == set("abcdeh")


def test_a_value_for_an_include_that_does_not_say_it_is_an_error_at_its_place() -> None:
    place, message = fault("Dag.\n\n[include x nam=Anna]", x="Hallo{naam?, {naam}}.")
    assert (place, message) == ("a.md:3:1", "'x' has no value 'nam' in its text")


def test_nothing_is_left_to_write_out() -> None:
    script = expanded("[herhaal 2]\nEen.\n[include x]\n[einde]", x="[herhaal 2] Twee. [einde]")
    assert said(script) == ["Een.", "Twee.", "Twee."] * 2
    assert not any(isinstance(part, Repeat | End | Include) for part in script.parts)


def test_parts_keep_the_place_of_their_own_file_and_errors_show_its_line() -> None:
    script = expanded("Een.\n\n[include x]", x="\n\nTwee.")
    source = [part.source for part in script.parts if isinstance(part, Speech)][1]
    assert str(source) == "x.md:3:1"
    assert script.problem(source, "m", "r").text == "Twee."
    assert script.sha256 != expanded("Een.\n\n[include x]", x="\n\nTwee!").sha256


def test_a_script_that_includes_itself_is_found() -> None:
    place, message = fault("Nul. [include x]", x="Een. [include y]", y="Twee.\n\n[include x]")
    assert place == "y.md:3:1"
    assert message == "a script includes itself: x.md -> y.md -> x.md"


def test_includes_are_at_most_eight_deep() -> None:
    chain = {f"s{n}": f"Hoi. [include s{n + 1}]" for n in range(1, MAX_INCLUDE_DEPTH)}
    last = f"s{MAX_INCLUDE_DEPTH}"
    assert len(said(expanded("Hoi. [include s1]", None, **chain, **{last: "Hoi."}))) == 9
    _, message = fault("Hoi. [include s1]", **chain, **{last: "Hoi. [include z]"}, z="Hoi.")
    assert "more than 8 deep" in message
    _, message = fault(
        "[include s2]\n\n[include s1]", **chain, **{last: "Hoi. [include z]"}, z="Ja"
    )
    assert "more than 8 deep" in message


@pytest.mark.parametrize(
    "text",
    [
        f"[repeat 1000]\n{'[bell]' * 21}\n[end]",
        "[repeat 1000][repeat 1000][repeat 1000][repeat 1000] Een. [end][end][end][end]",
        "[repeat 1000][repeat 1000][repeat 1000][repeat 1000] [end][end][end][end] Een.",
        "[repeat 1000][repeat 50] [include leeg] [end][end]",
        "[repeat 21][breathe in 0.01 out 0.01 times 1000][end]",
    ],
)
def test_parts_are_counted_before_anything_is_written_out(text: str) -> None:
    _, message = fault(text, leeg="[zacht] [einde] [bel]")
    assert f"more than {MAX_PARTS} parts" in message


def test_many_includes_of_includes_are_counted_once_each() -> None:
    chain = {f"s{n}": "Hoi.\n\n" + f"[include s{n + 1}]\n\n" * 100 for n in range(1, 8)}
    _, message = fault("[include s1]", **chain, s8="Hoi.")
    assert f"more than {MAX_PARTS} parts" in message


def test_includes_come_from_beside_or_the_catalogue_and_nowhere_else(tmp_path: Path) -> None:
    root = tmp_path / "catalogue"
    for name in (
        "eigen/a.md",
        "eigen/delen/b.md",
        "catalogue/nl/c.md",
        "catalogue/en/d.md",
        "e.md",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"Ik ben {name[-4]}.", "utf-8")
    (tmp_path / "eigen/f.md").symlink_to(tmp_path / "e.md")
    main = tmp_path / "eigen" / "main.md"

    def include(name: str) -> list[str]:
        main.write_text(f"---\ntaal: nl\n---\n[include {name}]", "utf-8")
        return said(library.load(main, root=root))

    assert [include(name)[0][-2] for name in ("a", "a.md", "delen/b", "c")] == ["a", "a", "b", "c"]
    for outside in (
        "d",
        "../e",
        "../catalogue/nl/c.md",
        str(tmp_path / "e.md"),
        "f",
        "delen",
        "aa",
    ):
        with pytest.raises(ScriptError, match="there is no script"):
            include(outside)
    with pytest.raises(ScriptError) as caught:
        include("cc")
    assert caught.value.remedy == "did you mean `[include c]`?"


def test_a_slot_is_written_out_with_what_repeats_it() -> None:
    text = "[repeat 3] [slot 2s] {naam?{naam}.} [end] [end] Twee."
    parts = expanded(text, {"naam": "Anna"}).parts
    kinds = [type(part).__name__ for part in parts if not isinstance(part, Break)]
    assert kinds == ["Slot", "Speech", "SlotEnd"] * 3 + ["Speech"]
