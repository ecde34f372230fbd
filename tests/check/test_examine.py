"""What `check` finds before a script is spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sessions.check.examine import examined
from sessions.library.scripts import drafted

if TYPE_CHECKING:
    from pathlib import Path

WRONG = """---
titel: x
minuten: 20
toestaan: [W01, W99]
achtergrond: [sea, browm]
---
Dag {naam}. [pauze 50m]
[vak 3s] Hallo. [tot 9:00] [einde]
[stem espaek: Dag.]
"""


def test_all_that_is_wrong_is_found_at_once_at_its_place(in_folder: Path) -> None:
    (in_folder / "a.md").write_text(WRONG, encoding="utf-8")
    wrong = examined(drafted("a.md"), {}, {"voice": "tone"}).wrong
    found = [(one.source.line, one.message) for one in wrong]
    assert found == [
        (3, "'x' cannot be 20:00 long: all but its words takes 50:29"),
        (4, "there is no warning 'W99'"),
        (5, "unknown sound 'browm'"),
        (7, "the value 'naam' has no text"),
        (8, "`[tot]` cannot be in a slot"),
        (9, "unknown voice 'espaek'"),
    ]


def test_a_length_that_the_text_makes_impossible_is_an_error(in_folder: Path) -> None:
    (in_folder / "a.md").write_text("---\nminuten: 20\n---\nDag. [pauze 50m]\n", encoding="utf-8")
    (problem,) = examined(drafted("a.md"), {}, {"voice": "tone"}).wrong
    assert "all but its words takes 50:26" in problem.message
    assert (problem.source.line, problem.source.column) == (2, 10)


def test_warnings_are_told_beside_errors(in_folder: Path) -> None:
    (in_folder / "a.md").write_text("Een [pauze 4x] twee. (korte pauze)\n\n```\nniets\n```\n")
    found = examined(drafted("a.md"), {}, {"voice": "tone"})
    assert [one.source.line for one in found.wrong] == [1]
    assert {"W12", "W21"} <= {one.rule.code for one in found.warned}
