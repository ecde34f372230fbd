from __future__ import annotations

import pytest

from sessions.errors import ScriptError
from sessions.script.importing.opendocument import extract
from tests.script.importing.made import odt, zipped

LISTS = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" '
    'style:num-suffix="." style:num-format="1"/><text:list-level-style-bullet text:level="2" '
    'text:bullet-char="•"/></text:list-style>'
)


def _item(text: str, inside: str = "") -> str:
    return f"<text:list-item><text:p>{text}</text:p>{inside}</text:list-item>"


def test_headings_spaces_tabs_and_line_breaks() -> None:
    body = (
        '<text:h text:style-name="Heading_20_2" text:outline-level="2">Feet</text:h><text:p>Let'
        '<text:s text:c="3"/><text:span text:style-name="T9">them</text:span><text:tab/>rest.'
        "<text:line-break/>Twice.</text:p>"
    )
    assert extract(odt(body), "a.odt").text == "## Feet\n\nLet them rest.  \nTwice.\n"


def test_lists_count_and_go_on_counting() -> None:
    inner = f"<text:list>{_item('b')}</text:list>"
    body = (
        f'<text:list text:style-name="L1">{_item("a", inner)}{_item("c")}</text:list>'
        '<text:list text:style-name="L1" text:continue-numbering="true">'
        f'{_item("d")}</text:list><text:list text:style-name="L1">{_item("e")}</text:list>'
    )
    assert extract(odt(body, LISTS), "a.odt").text == "1. a\n\n- b\n\n2. c\n\n3. d\n\n1. e\n"


def test_what_is_not_spoken_stands_in_notes() -> None:
    styles = (
        '<style:style style:name="P1" style:parent-style-name="Title"/><style:style '
        'style:name="T1"><style:text-properties text:display="none"/></style:style>'
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info>"
        "<dc:creator>A</dc:creator></office:change-info><text:p>gone</text:p></text:deletion>"
        '</text:changed-region></text:tracked-changes><text:p text:style-name="P1">Evening</text:p>'
        '<text:p>Sit.<text:note text:note-class="footnote"><text:note-citation>1'
        "</text:note-citation><text:note-body><text:p>below</text:p></text:note-body></text:note><office:annotation>"
        "<dc:creator>K</dc:creator><text:p>nicer</text:p></office:annotation>"
        '<text:span text:style-name="T1">secret</text:span><draw:frame><draw:image/>'
        "<svg:desc>a sea</svg:desc></draw:frame></text:p>"
    )
    head = "<style:header><text:p>My practice</text:p></style:header>"
    found = extract(odt(body, styles, f"<style:master-page>{head}</style:master-page>"), "a.odt")
    assert (found.title, found.text) == ("Evening", "Sit.\n")
    assert sorted(note.message for note in found.notes) == [
        "a comment, not spoken: 'nicer'",
        "a note, not spoken: 'below'",
        "deleted words, not spoken: 'gone'",
        "hidden words, not spoken: 'secret'",
        "the head and foot of each page, not spoken: 'My practice'",
        "what stands for a picture, not spoken: 'a sea'",
    ]


def test_a_table_keeps_its_rows() -> None:
    def row(*cells: str) -> str:
        inside = "".join(
            f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in cells
        )
        return f"<table:table-row>{inside}</table:table-row>"

    body = (
        f"<table:table><table:table-header-rows>{row('Time', 'Words')}</table:table-header-rows>"
        f"{row('0:10', 'Sit.')}</table:table>"
    )
    assert extract(odt(body), "a.odt").text == "| Time | Words |\n| --- | --- |\n| 0:10 | Sit. |\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [("<!DOCTYPE a><a/>", "document type"), ("<a>" * 1000, "nested"), (" " * (33 << 20), "32 MiB")],
)
def test_bombs_are_refused(content: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message):
        extract(zipped({"content.xml": content}), "a.odt")


def test_struck_words_are_noted_and_not_spoken() -> None:
    line = '<style:text-properties style:text-line-through-style="{0}"/></style:style>'
    made = '<style:style style:name="{0}" style:family="text">'
    styles = made.format("T1") + line.format("solid") + made.format("T2") + line.format("none")
    words = '<text:span text:style-name="T1">gone</text:span>'
    kept = '<text:span text:style-name="T2"> Rest.</text:span>'
    found = extract(odt(f"<text:p>Sit.{words}{kept}</text:p>", styles), "a.odt")
    assert found.text == "Sit. Rest.\n"
    assert [note.message for note in found.notes] == ["struck words, not spoken: 'gone'"]
