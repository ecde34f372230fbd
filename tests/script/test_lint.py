from __future__ import annotations

import pytest

from sessions.script.expand import expand
from sessions.script.frontmatter import CODES
from sessions.script.lint import RULES, Reading, Warned, lint
from sessions.script.model import Include, Script
from sessions.script.parser import parse

FRONT = "---\ntaal: nl\n{front}\n---\n"
LONG = " ".join(["woord"] * 26)


def warned(text: str, front: str = "title: x", phases: tuple[str, ...] = ()) -> list[Warned]:
    script = parse(FRONT.format(front=front) + text, path="a.md")

    def load(name: str, _script: Script) -> Script:
        return parse("Hallo.", path=f"{name}.md")

    includes = [part for part in script.parts if isinstance(part, Include)]
    reading = Reading(script, expand(script, {}, load), tuple(zip(includes, phases, strict=False)))
    return lint(reading)


BAD = {
    "W01": (f"{LONG}.", "title: x"),
    "W02": ("Kijk. [pauze 21s]", "title: x"),
    "W03": ("Adem. [adem 4 6] [adem 4 7]", "title: x"),
    "W04": ("Laat alles los.", "phase: discharge"),
    "W05": ("Dit geneest je rug.", "title: x"),
    "W06": ("Sluit je ogen maar.", "technique: walking"),
    "W07": ("Slaap zacht. [bel]", "title: Slaapreis"),
    "W08": (
        "Ga nu snel door en kijk om je heen en doe dan ook nog een keer dat hier na. " * 30,
        "title: x",
    ),
    "W09": ("Stilte. [pauze 20s]\n\n" * 20, "title: x"),
    "W10": ("Hallo {naam}.", "values: {naam: Bo, plek: ''}"),
}
GOOD = {
    "W01": ("Hallo. " * 30, "title: x"),
    "W02": ("Nu een stilte. Voel maar. [pauze 4s..90s]", "title: x"),
    "W03": ("Adem. [adem 4 6] [adem 4 6 keer 3]", "title: x"),
    "W04": ("Laat alles los.", "phase: mind"),
    "W05": ("Dit vervangt geen zorg.", "title: x"),
    "W06": ("Houd je ogen open.", "technique: walking"),
    "W07": ("Goedemorgen. [bel]", "title: Ochtend"),
    "W08": ("Ga nu snel door. [pauze 4s]\n\n" * 60, "title: x"),
    "W09": ("Hallo daar, wat fijn. [pauze 6s]\n\n" * 20, "title: x"),
    "W10": ("Hallo {naam}{plek? in {plek}}.", "values: {naam: Bo, plek: ''}"),
}


@pytest.mark.parametrize("code", CODES)
def test_every_warning_is_given_where_it_is_due_and_not_elsewhere(code: str) -> None:
    assert code in {one.rule.code for one in warned(*BAD[code])}
    assert code not in {one.rule.code for one in warned(*GOOD[code])}


@pytest.mark.parametrize("code", CODES)
def test_every_warning_can_be_allowed(code: str) -> None:
    text, front = BAD[code]
    assert code not in {one.rule.code for one in warned(text, f"{front}\nallow: [{code}]")}


def test_every_warning_has_a_place_that_is_there() -> None:
    for text, front in BAD.values():
        for one in warned(text, front):
            assert one.problem.text[one.problem.source.column - 1 :]
            assert one.problem.remedy == f"`sessions check --explain {one.rule.code}` says more"


def test_a_journey_keeps_the_order_of_the_phases() -> None:
    text = "[include x]\n\n[include y]\n\n[include z]"
    (one,) = warned(text, phases=("acknowledge", "body", "discharge"))
    assert one.rule.code == "W04"
    assert one.problem.source.line == 9
    assert "comes after 'body'" in one.problem.message
    assert not warned(text, phases=("acknowledge", "discharge", "mind"))


def test_a_value_that_an_include_says_is_used() -> None:
    front = "---\ntitle: Een plek\nvalues: {naam: Bo, plek: ''}\n---\n"
    script = parse(f"{front}Dag.\n\n[include x]", path="a.md")
    whole = expand(script, {}, lambda _name, _script: parse("Hallo {naam}.", path="x.md"))
    (found,) = (one.problem for one in lint(Reading(script, whole)) if one.rule.code == "W10")
    assert found.message == "the value 'plek' is never used"
    assert (found.source.line, found.source.column) == (3, 20)


def test_the_table_has_every_code_once_and_in_order() -> None:
    assert tuple(rule.code for rule in RULES) == CODES
