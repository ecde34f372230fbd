"""Tables as people have them: who saved them, with what between the cells, and whose names."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.batch.rows import RowsError, read_rows
from sessions.cli import run
from tests.conftest import few

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SCRIPT = '---\nvalues: {name: "", place: here}\n---\nSit down. {name?{name}.} You are {place}.\n'
ANNA = {"name": "Anna", "place": "thuis"}


def read(folder: Path, text: str | bytes) -> list[tuple[int, str, Mapping[str, str]]]:
    path = folder / "t.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(row.line, row.name, row.values) for row in read_rows(path).rows]


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\nname;place\r\nAnna;thuis\r\n",
        "sep=,\nname,place\nAnna,thuis\n",
        "SEP=;\nname;place\nAnna;thuis",
        "Sep=;\rname;place\rAnna;thuis\r",
        "\ufeffsep=;\r\nname;place\r\nAnna;thuis\r\n",
        "sep=\t\nname\tplace\nAnna\tthuis\n",
        "sep=|\nname|place\nAnna|thuis\n",
        '"sep=;"\nname;place\nAnna;thuis\n',
        '"sep=,"\r\nname,place\r\nAnna,thuis\r\n',
        "sep=; \nname;place\nAnna;thuis\n",
        " sep = ;\nname;place\nAnna;thuis\n",
        "sep=;;\nname;place\nAnna;thuis\n",  # saved again by a program that took it for a row
        "sep=:\nname:place\nAnna:thuis\n",
    ],
)
def test_a_first_line_that_names_the_separator_is_no_row(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == [(3, "anna", ANNA)]


def test_what_the_first_line_says_wins_over_what_there_is_more_of(tmp_path: Path) -> None:
    (row,) = read(tmp_path, 'sep=;\n"name";place\n"a, b, c";"d, e"\n')
    assert row[2] == {"name": "a, b, c", "place": "d, e"}


def test_places_count_the_line_that_names_the_separator(tmp_path: Path) -> None:
    with pytest.raises(RowsError, match=r"t\.csv:4:1: 1 value for 2 columns"):
        read(tmp_path, "sep=;\nname;place\nAnna;thuis\nBo\n")
    with pytest.raises(RowsError, match=r"t\.csv:2:5: 'first\? name'|t\.csv:2:6"):
        read(tmp_path, "sep=;\nname;first? name\nAnna;thuis\n")


@pytest.mark.parametrize("text", ["sep=;\n", "sep=;\nname;place\n", "sep=;"])
def test_a_table_of_a_separator_alone_has_no_rows(tmp_path: Path, text: str) -> None:
    with pytest.raises(RowsError, match="has no rows"):
        read(tmp_path, text)


def test_a_line_like_it_further_down_is_a_row(tmp_path: Path) -> None:
    assert [row[1] for row in read(tmp_path, "name\nsep=x\n")] == ["sep-x"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("name;place\nAnna;thuis\n", ANNA),
        ('"name";"place"\n"Anna";"thuis"\n', ANNA),
        ('name;"place"\nAnna;thuis\n', ANNA),
        ("\n\nname;place\nAnna;thuis\n", ANNA),
        ("\r\n \r\nname;place\r\nAnna;thuis\r\n", ANNA),
        ("name\tplace\nAnna\tthuis\n", ANNA),
        ("name;place\rAnna;thuis\r", ANNA),
        ('name,place\n"x; y; z",thuis\n', {"name": "x; y; z", "place": "thuis"}),
        ('name;place\n"x, y, z";"a, b"\n', {"name": "x, y, z", "place": "a, b"}),
        ("name;place\nDe Vries, Anna, jr.;thuis\n", {"name": "De Vries, Anna, jr.",
                                                      "place": "thuis"}),
        ('name\n"Anna, Bo; Cas"\n', {"name": "Anna, Bo; Cas"}),
        ('name;place\n"An ""Bo"" na";"in; uit"\n', {"name": 'An "Bo" na', "place": "in; uit"}),
    ],
)  # fmt: skip
def test_what_stands_between_cells_is_judged_by_the_first_row_with_words(
    tmp_path: Path, text: str, values: Mapping[str, str]
) -> None:
    assert [row[2] for row in read(tmp_path, text)] == [values]


@pytest.mark.parametrize(
    ("head", "bad"),
    [
        ('"name";"place, or room"', "place, or room"),
        ('"place, room, or hall";"name"', "place, room, or hall"),
        ('name;"a, b, c, d"', "a, b, c, d"),
        ('"a;b;c",name', "a;b;c"),
        ('"a;b;c",name,place', "a;b;c"),
        ('"say ""a, b"", or c";name', 'say "a, b", or c'),
        ('"a\tb\tc";name', "a\tb\tc"),
        ('name;"two, \nthree, four"', "two, \nthree, four"),
        ('"x,y"\tname', "x,y"),
        ('""",,,";name', '",,,'),
    ],
)
def test_a_separator_in_quotes_separates_nothing(tmp_path: Path, head: str, bad: str) -> None:
    cells = "\t".join("ab") if "\tname" in head else ",".join("abc") if '",name' in head else "a;b"
    if head.endswith(",name"):
        cells = "a,b"
    with pytest.raises(RowsError) as caught:
        read(tmp_path, f"{head}\n{cells}\n")
    (problem,) = caught.value.problems
    shown = "".join(mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in bad)
    assert problem.message in {
        f"'{one}' cannot be the name of a value" for one in (bad, shown, " ".join(bad.split()))
    }


NAMES = {
    "Łucja": "lucja", "Jörn": "jorn", "Æbele": "aebele", "Weiß": "weiss", "STRAẞE": "strasse",
    "Øystein": "oystein", "Bjørn": "bjorn", "Đorđe": "dorde", "Þóra": "thora", "Guðrún": "gudrun",
    "Œuvre": "oeuvre", "cœur": "coeur", "I\u015f\u0131l": "isil", "İpek": "ipek", "IĞDIR": "igdir",
    "Małgorzata Śliwińska": "malgorzata-sliwinska", "Żółć": "zolc", "Ådne": "adne",
    "Håkon Sæther": "hakon-saether", "Čeněk Ďuriš": "cenek-duris", "Ħal": "hal", "Ŧana": "tana",
    "Eŋŋa": "engnga", "Əli": "eli", "Nguyễn Đức": "nguyen-duc", "Ĳsbrand": "ijsbrand",
    "ĳs": "ijs", "ﬁore": "fiore", "ǆep": "dzep", "Ǽgir": "aegir", "Ǿrn": "orn", "Ṩara": "sara",
    "Ɓala": "bala", "Ɗan": "dan", "Mɛwɔ": "mewo", "\u017fam": "sam", "Zoë-Ünal": "zoe-unal",
    "Çélia": "celia", "Añón": "anon", "Jos\u0065\u0301": "jose", "\uff21\uff4e\uff4e\uff41": "anna",
    "Łódź 2": "lodz-2", "anna": "anna",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_files_have_the_letters_of_a_name_in_ascii(tmp_path: Path, name: str) -> None:
    for text in {name, unicodedata.normalize("NFD", name)}:
        assert [row[1] for row in read(tmp_path, f"name\n{text}\n")] == [NAMES[name]]


LATIN = [
    chr(code)
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if chr(code).isalpha() and unicodedata.name(chr(code), "").startswith("LATIN")
    if not re.search("CLICK|TONE|GLOTTAL|TWO|LOOP", unicodedata.name(chr(code)))
]
"""All but those of old books, and of how tongues sound."""


@pytest.mark.parametrize("letter", LATIN)
def test_every_latin_letter_of_europe_leaves_something_in_the_name(
    tmp_path: Path, letter: str
) -> None:
    (row,) = read(tmp_path, f"name\n{letter}x\n")
    assert row[1].endswith("x")
    assert len(row[1]) > 1
    assert row[1].isascii()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Weiß", "Weiss"), ("Łucja", "Lucja"), ("Bjørn", "Bjorn"), ("Æbele", "Aebele"),
     ("I\u015f\u0131l", "Isil"), ("Анна 1", "Иван 1"), ("Þóra", "Thora"), ("Đorđe", "Dorde"),
     ("Jörn", "Jørn"), ("İpek", "ipek")],
)  # fmt: skip
def test_two_names_that_make_one_are_told(tmp_path: Path, one: str, other: str) -> None:
    with pytest.raises(RowsError, match=r"writes the same files .* as line 2"):
        read(tmp_path, f"name\n{one}\n{other}\n")


@pytest.mark.parametrize("name", ["Анна", "李华", "محمد", "Αθηνά", "さくら", "דוד", "🙂", "''"])
def test_a_name_without_latin_letters_asks_for_a_column_of_files(tmp_path: Path, name: str) -> None:
    with pytest.raises(RowsError, match="nothing to name its files by"):
        read(tmp_path, f"name\n{name}\n")
    (row,) = read(tmp_path, f"name,file\n{name},een\n")
    assert row[1] == "een"


@few(100)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8), max_size=6))
def test_no_two_rows_write_the_same_files_untold(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    try:
        rows = read(folder, "\n".join(["name", *quoted]))
    except RowsError:
        return
    found = [row[1] for row in rows]
    assert len(set(found)) == len(found)
    assert all(name.isascii() for name in found)


def test_the_tables_of_people_are_rendered(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "hello.md").write_text(SCRIPT, encoding="utf-8")
    (in_folder / "p.csv").write_text("name,place\nŁucja,home\nJörn,home\nÆbele,home\n", "utf-8")
    flags = ["--rows", "p.csv", "--voice", "tone", "--format", "wav", "--jobs", "1"]
    assert run(["render", "hello.md", *flags]) == 0
    names = [f"output/hello-{name}.wav" for name in ("lucja", "jorn", "aebele")]
    assert capsys.readouterr().out.split() == names
    (in_folder / "p.csv").write_bytes(b"sep=;\r\nname;place\r\nAnna;thuis\r\n")
    assert run(["check", "hello.md", "--rows", "p.csv"]) == 0
    assert capsys.readouterr().out.startswith("1 version: ")
