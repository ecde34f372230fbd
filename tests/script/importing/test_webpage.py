from __future__ import annotations

import pytest

from sessions.errors import ScriptError
from sessions.script.importing.webpage import extract
from sessions.script.model import Language


def _text(body: str) -> str:
    return extract(f"<html><body>{body}".encode(), "a.html").text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Sit.\n  Rest.</p><p>Look.", "Sit. Rest.\n\nLook.\n"),
        ("<p>One<br>two<br/>three", "One  \ntwo  \nthree\n"),
        ("<h2>Feet</h2>Let <b>them</b> r<i>es</i>t.", "## Feet\n\nLet them rest.\n"),
        ("<ul><li>a<li>b</ul>c", "- a\n\n- b\n\nc\n"),
        ("<ol start=3><li>a</li><li value='7'>b</li><li>c</ol>", "3. a\n\n7. b\n\n8. c\n"),
        ("<ol><li><p>a</p><p>b</p></ol>", "1. a\n\nb\n"),
        ("a<hr>b", "a\n\n---\n\nb\n"),
        ("<pre>One\n  two\n\nthree</pre>", "One\ntwo\n\nthree\n"),
        ("5 &lt; 6 &amp; caf&eacute;&nbsp;&#8364;", "5 < 6 & café €\n"),
        ("a < b <3", "a < b <3\n"),
        ("<div><div>a</div>b</div>c", "a\n\nb\n\nc\n"),
        ("<p><b>a<p>b", "a\n\nb\n"),
    ],
)
def test_a_page_is_read_as_it_is_seen(body: str, text: str) -> None:
    assert _text(body) == text


def test_a_table_keeps_its_rows_and_says_which_is_its_heading() -> None:
    body = (
        "<table><thead><tr><th>Time<th>Words</thead><tr><td>0:10<td>Sit.<br>Rest."
        "<tr><td>0:20<td><p>Look.</p><p>Breathe.</p></table>After."
    )
    assert _text(body) == (
        "| Time | Words |\n| --- | --- |\n| 0:10 | Sit. Rest. |\n| 0:20 | Look. |\n"
        "| | Breathe. |\n\nAfter.\n"
    )


def test_a_table_in_a_cell_is_no_table_of_its_own() -> None:
    assert _text("<table><tr><td>a<table><tr><td>b</table></table>") == "| a |\n| b |\n"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var words = 1</script>", "<style>p { margin: 0 }</style>", "<nav>Home words</nav>",
        "<footer>words</footer>", "<p hidden>words</p>", "<p style='display: none'>words</p>",
        "<div aria-hidden=true><p>words</div>", "<!-- words -->", "<img src=a alt='words'>",
        "<button>words</button>", "<del>words</del>", "<template><p>words</template>",
    ],
)  # fmt: skip
def test_what_nobody_sees_is_noted_and_not_spoken(hidden: str) -> None:
    found = extract(f"<html><body><p>Sit.</p>{hidden}<p>Rest.</p>".encode(), "a.html")
    assert found.text == "Sit.\n\nRest.\n"
    (note,) = found.notes
    shown = found.original[note.start : note.stop]
    assert "words" in shown or "margin" in shown


def test_the_title_is_that_of_the_page_unless_it_has_a_headline() -> None:
    page = "<!doctype html><html lang=nl><head><title>Avond &amp; rust</title></head><body>"
    assert extract(f"{page}<p>Sit.".encode(), "a.html").title == "Avond & rust"
    found = extract(f"{page}<h1>Slaap</h1><p>Sit.".encode(), "a.html")
    assert (found.title, found.text) == ("", "# Slaap\n\nSit.\n")
    assert [note.message for note in found.notes] == [
        "the title of the page, not spoken: 'Avond & rust'"
    ]
    assert found.language is Language.DUTCH


def test_a_head_that_is_never_ended_ends_with_the_first_words() -> None:
    found = extract(b"<html><head><title>T</title><p>Sit.", "a.html")
    assert (found.title, found.text) == ("T", "Sit.\n")


def test_places_are_those_of_the_file() -> None:
    found = extract(b"<html>\n<p>A &amp;\n  <b>word</b>", "a.html")
    index = found.text.index("word")
    stretch = max(one for one, start in enumerate(found.indexes) if start <= index)
    assert found.origins[stretch] + index - found.indexes[stretch] == found.original.index("word")


def test_elements_that_are_nested_too_deep_are_refused() -> None:
    with pytest.raises(ScriptError, match="nested"):
        extract(b"<div>" * 1000, "a.html")


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<s>gone</s>", "struck words"),
        ("<span style='text-decoration: line-through'>gone</span>", "struck words"),
        (
            "<figure><img src=a><figcaption>gone</figcaption></figure>",
            "what stands under a picture",
        ),
        ("<table class='properties'><tr><td>gone</table>", "properties of the page"),
        ("<div class='a sharedaddy'>gone</div>", "what shares the page"),
        ("<span class=sr-only>gone</span>", "hidden words"),
        ("<sup><a href='#cmnt1'>gone</a></sup>", "the mark of a note"),
        ("<div><p><a href='#ftnt_ref1' id=ftnt1>gone</a></p></div>", "a note beside the text"),
        ("<p><a href='x.htm#_ftnref1'>gone</a></p>", "a note beside the text"),
    ],
)
def test_what_programs_mark_as_beside_the_text_is_noted(body: str, what: str) -> None:
    found = extract(f"<html><p>Sit.</p>{body}<p>Rest.".encode(), "a.html")
    assert found.text.split() == ["Sit.", "Rest."]
    assert [note.message for note in found.notes] == [f"{what}, not spoken: 'gone'"]


def test_a_note_beside_the_text_has_all_of_its_paragraph() -> None:
    text = _text("<p>Sit.</p><div><p><a href='#fnref1'>1</a> Is <b>this</b> so?</p></div><p>Rest.")
    assert text == "Sit.\n\nRest.\n"


def test_a_link_within_the_page_is_spoken() -> None:
    assert _text("<p><a href='#feet'>Sit</a> and <a href='a.html'>rest</a>.") == "Sit and rest.\n"


@pytest.mark.parametrize("name", ["title", "MsoTitle", "c3 title"])
def test_a_paragraph_that_is_a_title_is_a_heading(name: str) -> None:
    assert _text(f"<p class='{name}'>Feet</p><p>Sit.") == "# Feet\n\nSit.\n"
