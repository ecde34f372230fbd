from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sessions.errors import MAX_PROBLEMS, Problem, ScriptError, Source
from sessions.script.model import (
    BedChange,
    Break,
    Breath,
    Chapter,
    Include,
    Language,
    Layer,
    Manner,
    OneShot,
    Part,
    Pause,
    Speech,
    Style,
    Until,
)
from sessions.script.parser import MAX_PARTS, parse
from sessions.script.values import OPEN

HERE = Source("a.md", 1, 1)


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
         "\ufeff", "\u2028", "- ", "1. ", "[zacht]", "[soft: ", "[end]", "[repeat 2]", "{naam}",
         "{naam?", "}", "[say as: b | c]", "[include x]", "[tot 1:00]", "[lang en: "]
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
        if isinstance(part, Pause | OneShot | Breath | Include | Until):
            assert line[part.source.column - 1] == "["
        if isinstance(part, Speech):
            assert any(mark.isalnum() or mark == OPEN for mark in part.text)
            assert part.text == " ".join(part.text.split())
            first = line[part.source.column - 1]
            assert first in {part.text[0], "&", "{", "["}


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.text(alphabet="abcDEF éÉ日 ,", min_size=1, max_size=30).filter(lambda s: s.strip(" ,"))
    )
)
def test_plain_lines_are_said_word_for_word(lines: list[str]) -> None:
    text = "\n\n".join(["Begin.", *lines])
    assert " ".join(said(text)).split() == text.split()


def styles(text: str) -> list[tuple[str, Style]]:
    return [(part.text, part.style) for part in parts(text) if isinstance(part, Speech)]


def test_styles_hold_from_their_name_to_their_end_and_inside_of_each_other() -> None:
    plain = Style(Language.DUTCH)
    soft = replace(plain, manner=Manner.SOFT)
    assert styles("Een. [zacht] Twee.\n\n[traag: drie] vier [einde] vijf [lang en: six] zes.") == [
        ("Een.", plain), ("Twee.", soft), ("drie", replace(soft, slow=True)), ("vier", soft),
        ("vijf", plain), ("six", replace(plain, language=Language.ENGLISH)), ("zes.", plain),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("[whisper: ja]", Style(Language.DUTCH, Manner.WHISPER)),
        ("[fluister ja]", Style(Language.DUTCH, Manner.WHISPER)),
        ("[soft] ja [/soft]", Style(Language.DUTCH, Manner.SOFT)),
        ("[stem piper:nathalie: ja]", Style(Language.DUTCH, voice="piper:nathalie")),
        ("[voice: tone] ja [end voice]", Style(Language.DUTCH, voice="tone")),
        ("[taal: en] ja [einde]", Style(Language.ENGLISH)),
    ],
)
def test_a_style_has_a_form_for_words_and_one_for_pages(text: str, style: Style) -> None:
    assert [("ja", style)] == styles(f"---\ntaal: nl\n---\n{text}")


def test_a_sentence_keeps_its_pause_before_words_in_a_style() -> None:
    assert outline("Een. [zacht: Twee.] Drie.") == [
        "Een.", "<sentence>", "Twee.", "<sentence>", "Drie.", "<paragraph>",
    ]  # fmt: skip


def test_words_said_otherwise_stay_in_their_sentence() -> None:
    (speech, _) = parts("Het is [zeg als: achttien graden | 18. C] in de *kamer*.")
    assert isinstance(speech, Speech)
    assert speech.text == "Het is 18. C in de kamer."
    assert speech.spoken == "Het is achttien graden in de kamer."


def test_a_pause_without_a_length_is_that_after_a_sentence() -> None:
    assert outline("Een [pauze] twee. [pauze 2s] Drie.")[:3] == ["Een", "<sentence>", "twee."]


def test_the_other_directives_become_parts() -> None:
    found = parts(
        "---\ntaal: nl\n---\nA. [tot 1:30] [klank mijn gong -3 dB] [achtergrond zee -6 dB, drone]"
        " [achtergrond geen] [pauze 8..30 x2] [adem 4 6 keer 2 tel mee] "
        "[zacht][include x n=1][einde]"
    )[1:-1]
    there = found[2].source
    assert [replace(part, source=HERE) for part in found] == [
        Until(90.0, HERE), OneShot("mijn gong", HERE, -3.0),
        BedChange((Layer("zee", -6.0, there), Layer("drone", 0.0, there)), HERE),
        BedChange((), HERE), Pause(8.0, 30.0, HERE, 2.0),
        Breath(4, 0, 6, 0, 2, HERE, Style(Language.DUTCH)),
        Include("x", (("n", "1"),), HERE, Style(Language.DUTCH, Manner.SOFT)),
    ]  # fmt: skip


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
