from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.errors import ScriptError
from sessions.library.catalogue import entries
from sessions.library.scripts import read
from sessions.script.parser import parse
from sessions.script.writer import write
from tests.conftest import few
from tests.script.reading import without_places

WORDS = st.sampled_from((
    *"()*_~`>&!#|=\"'.:?,;/+ -1", "\n", "a", "Bé ", "Ja. ", "dr. ", "etc. ", "日", "…", "3. ",
    "\n- ",
    "een lange zin, " * 12, "\\{", "{na_m_}", "[pauze 4s] ", "[pauze 4s..9s x2] ", "[pauze] ",
    "[tot 1:30]", "[tot 90,5s]", "[adem 4 7 8 keer 5 tel mee]", "[bel -6 dB]", "[klank gong 3 dB]",
    "[klank gong 2]", "[achtergrond zee -6,5 dB, drone]", "[achtergrond geen]", "[fluister ja]",
    "(pauze 4s)", "(wacht 2", "s stilte) ", "\\(pauze 4s)", "[include x naam=Anna {b}]",
    "[zeg als: een \\| {b} | twee. Drie]", "[zeg als: \\[x | y]",
))  # fmt: skip
AROUND = st.sampled_from((
    ("[zacht: ", "]"), ("[taal en: ", "]"), ("[stem piper:a: ", "]"), ("[traag: ", "]"),
    ("[herhaal 3]", "[einde]"), ("[vak 2,5s]", "[einde]"),
    ("[zacht]", "[einde]"), ("[taal nl]", "[end]"), ("{naam? x", "}"),
    ("\n\n## Kop ", "\n"), ("\n\n# Kop [bel] ", "\n\n"), ("\n\n---\n\n", "\n\n"), ("\n\n", "\n\n"),
    ("(pauze ", " 5s)"), ("**", "**"), ("`", "`"), ("\n\n> ", "\n\n"), ("[", "](https://a.b)"),
))  # fmt: skip
FRONT = st.sampled_from(("", "---\ntitle: '{naam} [x]'\nvalues: {b: 'c: d'}\nfade in: 1m\n---\n"))
BODY = st.recursive(
    st.lists(WORDS, max_size=6).map("".join),
    lambda inner: st.lists(
        st.tuples(AROUND, inner).map(lambda pair: pair[0][0] + pair[1] + pair[0][1]), max_size=4
    ).map("".join),
    max_leaves=12,
)
SCRIPTS = st.tuples(FRONT, st.just("A"), BODY).map("".join)


def assert_written(text: str) -> None:
    try:
        script = parse(text, path="nl/a.md")
    except ScriptError:
        return
    written = write(script)
    assert without_places(parse(written, path="nl/a.md")) == without_places(script), written


@few(300)
@given(SCRIPTS)
@example("Hallo.. . (pauze 5 s")
@example("Zie a.u.b. [taal nl: en] zo. [zacht: 1. Een] :x")
@example("# T [bel]\n\n## A [adem 4 6]\n---\nJa \\{naam\\} {naam}")
def test_a_script_that_is_written_reads_back_as_the_same(text: str) -> None:
    assert_written(text)


@few(100)
@given(st.text(max_size=120))
def test_any_text_that_is_a_script_is_written_as_the_same(text: str) -> None:
    assert_written(text)


@pytest.mark.parametrize("path", [entry.path for entry in entries()], ids=lambda path: path.stem)
def test_the_catalogue_is_written_as_the_same(path: object) -> None:
    script = read(str(path))
    again = parse(write(script), path=script.path)
    assert without_places(again) == without_places(script)


def test_what_is_written_is_pleasant_to_read() -> None:
    text = """\
---
title: Rust
language: nl
deepen: "30"
background: [rain -6 dB, drone]
values: {naam: "", plek: "thuis, of hier"}
allow: [W07]
---

## Voeten

Voel je voeten, {naam}. [pauze 8s..30s x2]
[zacht: En nu je knieën.]

[herhaal 3]
1\\. Ik ben \\*veilig\\*. [pauze 4s]
[einde]

---

[tot 10:00]
[adem in 4 uit 6 keer 10]
"""
    assert write(parse(text, path="a.md")) == text
