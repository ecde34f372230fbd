"""What `check` finds before a script is spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sessions.check.examine import examined
from sessions.errors import ScriptError
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
    with pytest.raises(ScriptError) as caught:
        examined(drafted("a.md"), {}, {"voice": "tone"})
    found = [(one.source.line, one.message) for one in caught.value.problems]
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
    with pytest.raises(ScriptError, match="all but its words takes 50:26") as caught:
        examined(drafted("a.md"), {}, {"voice": "tone"})
    (problem,) = caught.value.problems
    assert (problem.source.line, problem.source.column) == (2, 10)
