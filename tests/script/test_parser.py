from __future__ import annotations

import hashlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sessions.errors import MAX_PROBLEMS, Problem, ScriptError, Source
from sessions.script.model import (
    Break,
    Breath,
    Chapter,
    Language,
    OneShot,
    Part,
    Pause,
    Speech,
)
from sessions.script.parser import MAX_PARTS, parse


def parts(text: str) -> tuple[Part, ...]:
    return parse(text, path="a.md").parts


def said(text: str) -> list[str]:
    return [part.text for part in parts(text) if isinstance(part, Speech)]


def outline(text: str) -> list[str]:
    """Return a word per part: what is said, else the kind of the part."""
    words = []
    for part in parts(text):
        match part:
            case Speech():
                words.append(part.text)
            case Break():
                words.append(f"<{part.boundary}>")
            case Chapter():
                words.append(f"# {part.title}")
            case Pause() | Breath() | OneShot():
                words.append(f"[{type(part).__name__.lower()}]")
    return words


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ScriptError) as caught:
        parse(text, path="a.md")
    return caught.value.problems


def test_a_session_becomes_its_parts_in_order() -> None:
    text = """\
# Aankomen
Ga liggen. Het mag. [pauze 4s]
[adem in 4 uit 6 keer 10]

# Voeten
Voel je voeten. [pauze 8s..30s] Goed zo.

---

[bel]
"""
    assert outline(text) == [
        "<chapter>", "# Aankomen",
        "Ga liggen.", "<sentence>", "Het mag.", "[pause]", "[breath]", "<paragraph>",
        "<chapter>", "# Voeten",
        "Voel je voeten.", "[pause]", "Goed zo.", "<paragraph>",
        "<section>",
        "[oneshot]", "<paragraph>",
    ]  # fmt: skip


def test_a_bell_after_a_sentence_keeps_the_pause_of_that_sentence() -> None:
    assert outline("Klaar. [bel] Nu dan")[:4] == ["Klaar.", "<sentence>", "[oneshot]", "Nu dan"]


def test_a_directive_inside_a_sentence_makes_no_sentence_end() -> None:
    assert outline("Ik ben [pauze 2s] veilig.") == ["Ik ben", "[pause]", "veilig.", "<paragraph>"]


def test_lines_of_a_paragraph_run_on_and_keep_their_places() -> None:
    found = [
        part for part in parts("Een twee\ndrie. Vier\nvijf.\n  Zes.") if isinstance(part, Speech)
    ]
    assert [part.text for part in found] == ["Een twee drie.", "Vier vijf.", "Zes."]
    assert [(p.source.line, p.source.column) for p in found] == [(1, 1), (2, 7), (4, 3)]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_newlines_and_a_byte_order_mark_change_no_place(newline: str, mark: str) -> None:
    text = mark + newline.join(["---", "title: x", "---", "# A", "", "Hallo."])
    script = parse(text, path="a.md")
    assert [str(part.source) for part in script.parts] == [
        "a.md:4:1", "a.md:4:1", "a.md:6:1", "a.md:6:6",
    ]  # fmt: skip


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
        ("Een\n~~~\nnooit dicht", ["Een"]),
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


def test_the_language_comes_from_the_argument_then_the_script_then_the_folder() -> None:
    english = "---\nlanguage: en\n---\nHet is de rust van het huis."
    given = parse(english, path="nl/a.md", language=Language.DUTCH)
    assert Language.DUTCH == given.meta.language  # noqa: SIM300 - expected on the left
    assert parse(english, path="nl/a.md").meta.language == Language.ENGLISH
    assert parse(english[19:], path="en/a.md").meta.language == Language.ENGLISH
    assert parse("Let the day go and rest.", path="a.md").meta.language == Language.ENGLISH
    assert parse("Mmm.", path="a.md").meta.language == Language.DUTCH
    speech = parse(english, path="nl/a.md").parts[0]
    assert isinstance(speech, Speech)
    assert speech.style.language == Language.ENGLISH


def test_the_hash_is_of_the_text_as_given() -> None:
    text = "\ufeffHallo é.\r\n"
    assert parse(text, path="a.md").sha256 == hashlib.sha256(text.encode()).hexdigest()


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


def test_a_directive_before_a_round_bracket_is_no_link() -> None:
    assert outline("Een [pauze 4s](zacht) [hm](b)")[:3] == ["Een", "[pause]", "(zacht) hm"]
    assert said("Zie [Bell](https://a.b).") == ["Zie Bell."]


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


MARKDOWN = st.lists(
    st.sampled_from(
        [*"[]()*_~`<>!&;#-=|\\\"'.:?/ \n\t\r1", "pause 4s", "[bell]", "a", "Bé", "<!--", "-->",
         "---\n", "```\n", "&amp;", "[a](b)", "\n\n", "title: x", "日", "🙂", "\u0301", "\x00",
         "\ufeff", "\u2028", "- ", "1. "]
    ),
    max_size=80,
).map("".join)  # fmt: skip


def check_problems(found: tuple[Problem, ...], lines: list[str]) -> None:
    assert 1 <= len(found) <= MAX_PROBLEMS
    for problem in found:
        assert problem.text == lines[problem.source.line - 1]
        assert 1 <= problem.source.column <= len(problem.text) + 1
        assert problem.remedy


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=200), MARKDOWN))
@example("---\n---")
@example("[]" * 30)
@example("![a](b)![")
def test_any_text_gives_a_script_or_a_script_error_with_true_places(text: str) -> None:
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    try:
        script = parse(text, path="a.md")
    except ScriptError as error:
        check_problems(error.problems, lines)
        return
    sources = [part.source for part in script.parts]
    assert sources == sorted(sources)
    for part in script.parts:
        line = lines[part.source.line - 1]
        assert 1 <= part.source.column <= len(line)
        if isinstance(part, Pause | OneShot | Breath):
            assert line[part.source.column - 1] == "["
        if isinstance(part, Speech):
            assert any(mark.isalnum() for mark in part.text)
            assert part.text == " ".join(part.text.split())
            assert part.text.isprintable() or not part.text.isascii()
            first = line[part.source.column - 1]
            assert first in {part.text[0], "&"}


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.text(alphabet="abcDEF éÉ日 ,", min_size=1, max_size=30).filter(lambda s: s.strip(" ,"))
    )
)
def test_plain_lines_are_said_word_for_word(lines: list[str]) -> None:
    text = "\n\n".join(["Begin.", *lines])
    assert " ".join(said(text)).split() == text.split()
