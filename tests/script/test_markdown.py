from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.script.model import Chapter
from sessions.script.parser import parse
from tests.conftest import few
from tests.script.reading import outline, said


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Dit is *heel* **rustig**, ~~druk~~ `stil`.", "Dit is heel rustig, druk stil."),
        ("__Ja__ en _nee_, snake_case en 5 * 3.", "Ja en nee, snake_case en 5 * 3."),
        ("**vet**gedrukt", "vetgedrukt"),
        ('Zie [de site](https://a.b/c_(d) "titel").', "Zie de site."),
        ("Zie ![een meer](meer.png) hier.", "Zie een meer hier."),
        ("Kom![pauze 1s]", "Kom!"),
        ("Zie [dit][1] en [dat][].\n\n[1]: https://a.b\n[dat]: <c.d> 'x'", "Zie dit en dat."),
        ("Rust[^1] is goed.\n\n[^1]: Een noot.", "Rust is goed."),
        ("Zie <https://a.b>.", "Zie https://a.b."),
        ("Een<br>twee <b>drie</b>vier", "Een twee drievier"),
        ("Jij&nbsp;&amp; ik &#233;n &lt;zij&gt; & wij", "Jij & ik én <zij> & wij"),
        (r"Een \[haak\] en \*ster\* en \# hek", "Een [haak] en *ster* en # hek"),
        ("`[pauze 4s]` is een pauze", "[pauze 4s] is een pauze"),
        ("Een <!-- nee --> twee", "Een twee"),
        ("Een\n<!-- nee\n\nook niet -->\ntwee", "Een twee"),
        ("a < b en c > d", "a < b en c > d"),
        ("> Geciteerd\n> verder", "Geciteerd verder"),
        ("zacht\u00adjes \u202eom\u202c", "zachtjes om"),
        ("Regel een\\\nregel twee", "Regel een regel twee"),
    ],
)
def test_markdown_is_spoken_by_its_text(text: str, spoken: str) -> None:
    assert spoken == " ".join(said(text))


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("- een\n- twee\n  verder\n\t* drie", ["een", "twee verder", "drie"]),
        ("1. een\n2. twee\n10) drie", ["een", "twee", "drie"]),
        ("- [ ] een\n- [x] twee", ["een", "twee"]),
        ("Het was in\n1985. Dat weet ik", ["Het was in 1985.", "Dat weet ik"]),
        ("| kop | kop twee |\n|---|:-:|\n| a | b |", ["kop", "kop twee", "a", "b"]),
        ("Een\n\n```\ncode [x\n<!-- \n```\n\ntwee", ["Een", "twee"]),
        ("Hallo 🙂\n\n🙂 🙂\n\n***\n\n…", ["Hallo 🙂"]),
    ],
)
def test_blocks_are_spoken_one_by_one(text: str, spoken: list[str]) -> None:
    assert spoken == said(text)


def test_a_line_of_text_above_a_rule_is_still_spoken() -> None:
    assert outline("Adem in.\n---\nAdem uit.") == [
        "Adem in.", "<paragraph>", "<section>", "Adem uit.", "<paragraph>",
    ]  # fmt: skip


def test_underlined_titles_are_chapters() -> None:
    assert outline("Hallo.\n\nVoeten\n---\nVoel ze.")[2:4] == ["<chapter>", "# Voeten"]


def test_a_chapter_title_is_plain_text_and_its_directives_still_count() -> None:
    found = outline("Hallo.\n\n## De *voeten* [bel] ##")
    assert found[2:] == ["<chapter>", "# De voeten", "[oneshot]"]


@pytest.mark.parametrize(
    ("text", "title", "chapters"),
    [
        ("# Rust\n\nHallo.", "Rust", []),
        ("# Rust\n## Een\nHallo.\n## Twee\nDag.", "Rust", ["Een", "Twee"]),
        ("# Een\nHallo.\n# Twee\nDag.", "Een", ["Een", "Twee"]),
        ("Hallo.\n# Een\nDag.", "Een", ["Een"]),
        ("## Een\nHallo.", "avond", ["Een"]),
        ("---\ntitle: Rust\n---\n# Een\nHallo.", "Rust", ["Een"]),
        ("---\ntitle: Rust\n---\n# Rust\n## Een\nHallo.", "Rust", ["Een"]),
        ("Hallo.", "avond", []),
        ("Rust\n====\nHallo.", "Rust", []),
    ],
)
def test_the_title_is_found_and_is_no_chapter_of_its_own(
    text: str, title: str, chapters: list[str]
) -> None:
    script = parse(text, path="x/avond.md")
    assert title == script.meta.title
    assert chapters == [part.title for part in script.parts if isinstance(part, Chapter)]


def test_a_directive_before_a_round_bracket_is_no_link() -> None:
    assert outline("Een [pauze 4s](zacht) [hm](b)")[:3] == ["Een", "[pause]", "(zacht) hm"]
    assert said("Zie [Bell](https://a.b).") == ["Zie Bell."]


@few(100)
@given(
    st.lists(
        st.text(alphabet="abcDEF éÉ日 ,", min_size=1, max_size=30).filter(lambda s: s.strip(" ,"))
    )
)
def test_plain_lines_are_said_word_for_word(lines: list[str]) -> None:
    text = "\n\n".join(["Begin.", *lines])
    assert " ".join(said(text)).split() == text.split()
