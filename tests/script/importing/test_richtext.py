from __future__ import annotations

import pytest

from sessions.errors import ScriptError
from sessions.script.importing.richtext import extract

WORD = rb"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}
{\f1\fcharset204 Cyr;}}
{\stylesheet{\ql Normal;}{\s1\outlinelevel0 heading 1;}{\*\cs10 Default Paragraph Font;}}
{\*\listtable{\list{\listlevel{\leveltext\'02\'00.;}}}}{\info{\title Template}{\author A}}
{\header\pard\plain My practice\par}
\pard\plain\s1 Voeten\par
\pard\plain\f0 Ga zitten, na\'efef. 5 \u8364? en \uc1\u-10179?\u-8704?.\line Twee\tab drie.\par
\pard Zie{\v geheim}{\footnote\pard\plain below\par}{\*\annotation\pard nicer}
{\deleted gone} dit.\par
{\listtext\pard\plain\hich 2.\tab}\pard\ls1 twee\par
{\listtext\pard\plain\f3 \'b7\tab}\pard\ls2 bol\par
\trowd\cellx1\cellx2\pard\intbl Tijd\cell Tekst\cell\row
\trowd\cellx1\cellx2\pard\intbl 0:10\cell {\f1 \'e0}\cell\row\pard
{\field{\*\fldinst HYPERLINK "http://a"}{\fldrslt\ul link}}{\pict\wmetafile8 0100}.\par}"""

TEXTEDIT = b"""{\\rtf1\\ansi\\ansicpg1252\\cocoartf2709
\\cocoatextscaling0\\cocoaplatform0{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica;}
{\\colortbl;\\red255\\green255\\blue255;}
{\\*\\expandedcolortbl;;}
\\pard\\tx720\\pardirnatural\\partightenfactor0

\\f0\\fs24 \\cf0 Lie \\b down
\\b0 .\\
Rest \\{a\\} while.\\
\\
\\pard{\\listtext\t\\uc0\\u8226 \t}one\\
}"""


def test_a_file_of_word_has_its_headings_items_and_tables() -> None:
    found = extract(WORD, "a.rtf")
    assert found.text == (
        "# Voeten\n\nGa zitten, naïef. 5 € en 😀.  \nTwee drie.\n\nZie dit.\n\n"
        "2. twee\n\n- bol\n\n| Tijd | Tekst |\n| 0:10 | а |\n\nlink.\n"  # noqa: RUF001 - Cyrillic
    )
    assert found.plain
    assert sorted(note.message for note in found.notes) == [
        "a comment, not spoken: 'nicer'",
        "a footnote, not spoken: 'below'",
        "deleted words, not spoken: 'gone'",
        "hidden words, not spoken: 'geheim'",
        "the head of each page, not spoken: 'My practice'",
    ]


def test_a_file_of_textedit_ends_its_paragraphs_with_a_backslash() -> None:
    assert extract(TEXTEDIT, "a.rtf").text == "Lie down.\n\nRest {a} while.\n\n- one\n"


def test_the_code_page_of_the_file_tells_its_letters() -> None:
    assert extract(rb"{\rtf1\ansi\ansicpg1250 \'b3\'f3d\'9f.}", "a.rtf").text == "łódź.\n"


def test_binary_data_is_passed_over() -> None:
    assert extract(b"{\\rtf1 a{\\pict\\bin5 }}{\\x}b.}", "a.rtf").text == "ab.\n"


@pytest.mark.parametrize(
    "data",
    [b"{\\rtf1", b"{\\rtf1 }}}", b"{\\rtf1 \\", b"{\\rtf1 \\'e", b"{\\rtf1 \\u", b"{\\rtf1{"],
)
def test_a_file_that_is_cut_off_is_no_error(data: bytes) -> None:
    extract(data, "a.rtf")


def test_groups_that_are_nested_too_deep_are_refused() -> None:
    with pytest.raises(ScriptError, match="nested"):
        extract(b"{\\rtf1" + b"{" * 1000, "a.rtf")


def test_struck_words_are_noted_and_not_spoken() -> None:
    found = extract(b"{\\rtf1 Sit.{\\strike gone}\\strike  too\\strike0  Rest.}", "a.rtf")
    assert found.text == "Sit. Rest.\n"
    assert {note.message for note in found.notes} == {"deleted words, not spoken: 'gone too'"}
