from __future__ import annotations

import pytest

from sessions.errors import ScriptError
from sessions.script.importing.word import extract
from tests.script.importing.made import docx, listed, para, zipped


def _run(text: str, form: str = "") -> str:
    return f'<w:r><w:rPr>{form}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _styled(text: str, style: str) -> str:
    return para(text, f'<w:pStyle w:val="{style}"/>')


def test_headings_are_known_in_every_language_of_word() -> None:
    body = _styled("Voeten", "Kop1") + para("Rust.") + _styled("Knieën", "Eigen")
    assert extract(docx(body), "a.docx").text == "# Voeten\n\nRust.\n\n# Knieën\n"
    level = para("Handen", '<w:outlineLvl w:val="1"/>')
    assert extract(docx(level), "a.docx").text == "## Handen\n"


def test_the_title_is_the_title_and_a_table_of_contents_is_noted() -> None:
    body = _styled("Avond", "Titel") + _styled("Voeten 3", "Inhopg1") + para("Rust.")
    found = extract(docx(body), "a.docx")
    assert (found.title, found.text) == ("Avond", "Rust.\n")
    assert [note.message for note in found.notes] == ["a table of contents, not spoken: 'Voeten 3'"]


def test_items_have_the_numbers_that_word_shows() -> None:
    body = (
        listed("a", 1) + listed("b", 1, 1) + listed("c", 1) + listed("d", 2)
        + listed("e", 3) + listed("f", 3) + listed("g", 4)
    )  # fmt: skip
    assert extract(docx(body), "a.docx").text.split("\n\n") == [
        "1. a", "1. b", "2. c", "- d", "- Stap 3: e", "- Stap 4: f", "1. g\n",
    ]  # fmt: skip


def test_runs_tabs_and_line_breaks_are_one_paragraph() -> None:
    body = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>'
        '<w:r><w:t xml:space="preserve">Let your </w:t></w:r><w:proofErr w:type="spellStart"/>'
        f"{_run('fe', '<w:b/>')}{_run('et')}<w:r><w:tab/><w:t>rest.</w:t><w:br/>"
        "<w:t>Co</w:t><w:noBreakHyphen/><w:t>op.</w:t></w:r></w:p>"
    )
    assert extract(docx(body), "a.docx").text == "Let your feet rest.  \nCo-op.\n"


def test_what_is_not_spoken_stands_in_notes_with_all_its_words() -> None:
    styled = '<w:rStyle w:val="Geheim"/>'
    body = (
        f"<w:p>{_run('Sit.')}{_run('se', '<w:vanish/>')}{_run('cret', styled)}"
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>'
        '<w:del w:author="A"><w:r><w:delText>gone</w:delText></w:r></w:del>'
        f"<w:ins w:author='A'>{_run(' Rest.')}</w:ins>"
        f"{_run(' Look.', '<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>')}</w:p>"
    )
    found = extract(
        docx(
            body,
            footnotes=f'<w:footnote w:id="2">{para("below")}</w:footnote>',
            comments=f'<w:comment w:id="0" w:author="K">{para("nicer")}</w:comment>',
            header1=para("My practice"),
        ),
        "a.docx",
    )
    assert found.text == "Sit. Rest. Look.\n"
    assert sorted(note.message for note in found.notes) == [
        "a comment, not spoken: 'nicer'",
        "a footnote, not spoken: 'below'",
        "deleted words, not spoken: 'gone'",
        "hidden words, not spoken: 'secret'",
        "the head of each page, not spoken: 'My practice'",
    ]
    assert all(0 <= note.start < note.stop <= len(found.text) for note in found.notes)


def test_a_table_keeps_its_rows_and_says_which_is_its_heading() -> None:
    def row(*cells: str, form: str = "") -> str:
        inside = "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells)
        return f"<w:tr>{form}{inside}</w:tr>"

    heading = "<w:trPr><w:tblHeader/></w:trPr>"
    rows = row(para("Time"), para("Words"), form=heading) + row(para("0:10"), para("Sit.") * 2)
    assert extract(docx(f"<w:tbl>{rows}</w:tbl>{para('End.')}"), "a.docx").text == (
        "| Time | Words |\n| --- | --- |\n| 0:10 | Sit. |\n| | Sit. |\n\nEnd.\n"
    )


def test_a_text_box_is_said_once_and_a_picture_is_noted() -> None:
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        "<wp:docPr id='1' name='Picture 1' descr='a sea'/><wps:txbx><w:txbxContent>"
        f"{para('Boxed.')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:textbox><w:txbxContent>{para('Boxed.')}</w:txbxContent></v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    found = extract(docx(body), "a.docx")
    assert found.text == "Boxed.\n"
    assert [note.message for note in found.notes] == [
        "what stands for a picture, not spoken: 'a sea'"
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 damaged", "damaged"),
        (b"Sit.", "damaged"),
        (zipped({"word/styles.xml": "<a/>"}), "no text"),
        (
            zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "document type",
        ),
        (zipped({"word/document.xml": "<a>" * 1000}), "nested"),
        (zipped({"word/document.xml": "<a"}), "well-formed"),
        (zipped({"word/document.xml": " " * (33 << 20)}), "32 MiB"),
        (docx(para("rest " * 300_000)), "1 MiB"),
    ],
)
def test_bombs_and_damage_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(ScriptError, match=message):
        extract(data, "a.docx")


@pytest.mark.parametrize("mark", ["<w:strike/>", '<w:dstrike w:val="true"/>'])
def test_struck_words_are_noted_and_not_spoken(mark: str) -> None:
    struck = f"<w:r><w:rPr>{mark}</w:rPr><w:t>gone</w:t></w:r>"
    off = '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t xml:space="preserve"> Rest.</w:t></w:r>'
    found = extract(docx(f"<w:p><w:r><w:t>Sit.</w:t></w:r>{struck}{off}</w:p>"), "a.docx")
    assert found.text == "Sit. Rest.\n"
    assert [note.message for note in found.notes] == ["struck words, not spoken: 'gone'"]


def test_what_is_to_be_filled_in_is_noted_and_not_spoken() -> None:
    control = "<w:sdt><w:sdtPr>{0}</w:sdtPr><w:sdtContent>{1}</w:sdtContent></w:sdt>"
    body = control.format("<w:showingPlcHdr/>", para("Tap here.")) + control.format(
        "", para("Sit.")
    )
    found = extract(docx(body), "a.docx")
    assert found.text == "Sit.\n"
    assert [note.message for note in found.notes] == [
        "what is to be filled in, not spoken: 'Tap here.'"
    ]
