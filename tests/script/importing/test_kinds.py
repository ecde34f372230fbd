"""What is told of every kind: how it is known, what is refused, and that no word is lost."""

from __future__ import annotations

import contextlib
import json
import re
import time
from html import escape
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.errors import ScriptError
from sessions.script.importing import KINDS, extracted
from tests.script.importing.made import docx, odt, para, zipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from sessions.script.importing import Extract

FILES = {
    "Word": docx(para("Sit.")),
    "OpenDocument": odt("<text:p>Sit.</text:p>"),
    "Rich Text": b"{\\rtf1 Sit.}",
    "WebVTT": b"WEBVTT\n\n00:00.000 --> 00:02.000\nSit.",
    "SubRip": b"\xef\xbb\xbf1\r\n00:00:00,000 --> 00:00:02,000\r\nSit.\r\n",
    "SSML": b'<?xml version="1.0"?>\n<!-- evening -->\n<speak>Sit.</speak>',
    "HTML": b"\n<!DOCTYPE html>\n<p>Sit.",
    "JSON": b'{"parts": [{"text": "Sit."}]}',
    "Speech Markdown": b'Sit (down)[rate:"slow"].',
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("path", ["-", "a.txt", "a.md", "a.html", "a.doc"])
def test_a_kind_is_known_by_what_it_holds_whatever_its_suffix(name: str, path: str) -> None:
    assert [kind.name for kind in KINDS if kind.begins(FILES[name])][0] == name  # noqa: RUF015
    assert extracted(FILES[name], path).text.replace("[slow]", "").startswith("Sit")


@pytest.mark.parametrize(
    "text",
    [
        "[pause 2s] Sit.", "{naam}, sit.", "Sit. [2s]",
        "(Sit)[pause 2s]", "PK is a name", "ID3 is none", "BZh", "# Feet",
        "---\ntitle: A\n---\nSit.",
        "WEBVTTs are captions", "1\n2\n3", "<b>Sit</b>", "%PDF is a kind", "RIFF", "speak <speak>",
        '["Sit," she says] and rest.', '{"Sit"} down',
    ],
)  # fmt: skip
def test_a_text_that_only_looks_a_little_like_another_kind_is_a_text(text: str) -> None:
    found = extracted(text.encode(), "a.md")
    assert (found.text, found.original) == (text, text)


@pytest.mark.parametrize(
    "piece",
    [
        "<meta charset='utf-8'><p>Sit.</p>",
        "<!--StartFragment--><span>Sit.</span><!--EndFragment-->",
        '<b style="font-weight:normal" id="docs-internal-guid-7b"><p>Sit.</p></b>',
        "<p>Sit.</p>",
        '<div class="x">\n<p>Sit.</p>\n</div>\n',
        '<span lang="nl">Sit.</span>',
        "<ul><li>Sit.</li></ul>",
        "<h2>Sit.</h2>",
    ],
)
def test_a_piece_of_a_page_is_read_as_one(piece: str) -> None:
    assert re.fullmatch(r"(## |- )?Sit\.\n", extracted(piece.encode(), "-").text)


def test_a_text_with_a_few_tags_is_no_page() -> None:
    text = '<div align="center">\n\n# Feet\n\nSit.\n\n</div>\n\nRest.\n'
    assert extracted(text.encode(), "a.md").text == text


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("a.zip", "this is a packed archive (ZIP)"), ("a.azw3", "this is a Kindle book (AZW3)"),
        ("a.ODS", "this is a table of a spreadsheet (ODS)"), ("a.pdf", "this is a PDF"),
    ],
)  # fmt: skip
def test_the_usual_name_of_a_kind_is_told(path: str, message: str) -> None:
    with pytest.raises(ScriptError, match=re.escape(message)):
        extracted(b"", path)


@pytest.mark.parametrize(
    ("data", "path", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a.pdf", "a PDF"),
        (b"%PDF-1.7", "-", "a PDF"),
        (b"anything", "a.pdf", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "a.doc", "Word before 2007"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "a.ppt", "a presentation"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "a.docx", "password"),
        (zipped({"Index/Document.iwa": "", "preview.jpg": ""}), "a.pages", "Pages"),
        (zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": ""}), "a", "EPUB"),
        (zipped({"ppt/presentation.xml": ""}), "a.pptx", "a presentation"),
        (zipped({"xl/workbook.xml": ""}), "a.xlsx", "a spreadsheet"),
        (zipped({"a.txt": "Sit."}), "a.zip", "packed"),
        (b"\0" * 60 + b"BOOKMOBI", "a.mobi", "Kindle"),
        (b'{"url": "https://docs.google.com/x"}', "a.gdoc", "a link"),
        (b"\x89PNG\r\n\x1a\n\0", "a.png", "a picture"),
        (b"\xff\xd8\xff\xe0\0", "a", "a picture"),
        (b"\0\0\0\x18ftypheic", "a", "a picture"),
        (b"ID3\x04\0\0", "a.mp3", "a recording"),
        (b"\xff\xfb\x90\x64\0", "a", "a recording"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "a.wav", "a recording"),
        (b"\0\0\0\x20ftypM4A \0", "a.m4a", "a recording"),
        (b"\0\0\0\x20ftypisom\0", "a.mp4", "a video"),
        (b"\x1f\x8b\x08\0", "a.txt.gz", "packed"),
        (b"7z\xbc\xaf\x27\x1c\0", "a.7z", "packed"),
        (b"Rar!\x1a\x07\x01\0", "a.rar", "packed"),
        (b"\\documentclass{article}\n", "a", "LaTeX"),
        (b"[Script Info]\n", "a.ass", "captions"),
        (b"a\0b", "a.txt", "NUL"),
        (b"a,b", "a.csv", "a spreadsheet"),
    ],
)
def test_other_kinds_are_refused_by_name_with_what_to_do(
    data: bytes, path: str, words: str
) -> None:
    with pytest.raises(ScriptError) as caught:
        extracted(data, path)
    (problem,) = caught.value.problems
    assert words in problem.message
    assert problem.remedy
    assert (caught.value.exit_code, problem.source.path) == (65, path)


def _caption(words: list[str]) -> bytes:
    lines = "\n".join(words)
    return f"1\n00:00:00,000 --> 00:00:02,000\n{lines}\n".encode()


def _xml(words: list[str]) -> list[str]:
    return [escape(word) for word in words]


WRAPPED: dict[str, Callable[[list[str]], bytes]] = {
    "a.txt": lambda words: " ".join(words).encode(),
    "a.html": lambda words: f"<html><p>{'<br>'.join(_xml(words))}".encode(),
    "a.htm": lambda words: "".join(
        f"<table><td><ul><li>{one}</table>" for one in _xml(words)
    ).encode(),
    "a.ssml": lambda words: f"<speak>{'<break/>'.join(_xml(words))}</speak>".encode(),
    "a.srt": _caption,
    "a.vtt": lambda words: b"WEBVTT\n\n" + _caption(words),
    "a.smd": lambda words: "\n".join(f'({word})[rate:"slow"]' for word in words).encode(),
    "a.json": lambda words: json.dumps([{"text": word, "x": word} for word in words]).encode(),
    "a.jsonl": lambda words: "\n".join(json.dumps({"line": word}) for word in words).encode(),
    "a.rtf": lambda words: ("{\\rtf1 " + "\\par ".join(map(_escaped, words)) + "}").encode(),
    "a.docx": lambda words: docx("".join(map(para, _xml(words)))),
    "a.odt": lambda words: odt("".join(f"<text:h>{word}</text:h>" for word in _xml(words))),
}


def _escaped(word: str) -> str:
    units = word.encode("utf-16-le")
    codes = (int.from_bytes(units[i : i + 2], "little") for i in range(0, len(units), 2))
    return "".join(f"\\u{code}?" for code in codes)


_LETTERS = st.characters(
    categories=["Lu", "Ll", "Lo", "Nd", "Pd", "Po", "Sm", "So"], exclude_characters="<&\\{"
)
_WORDS = st.lists(st.text(_LETTERS, min_size=1, max_size=8), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(_WORDS, st.sampled_from(sorted(WRAPPED)))
def test_no_word_is_lost_in_any_kind(words: list[str], path: str) -> None:
    words = ["begin", *words, "end"]
    _account(extracted(WRAPPED[path](words), path), words)


def _account(found: Extract, words: list[str]) -> None:
    noted = " ".join(found.original[note.start : note.stop] + note.message for note in found.notes)
    told = f"{found.text} {found.title} {noted}"
    for word in words:
        for part in re.findall(r"[^\W_]+", word):
            assert part in told


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([suffix for kind in KINDS for suffix in kind.suffixes[:1]]),
    st.lists(
        st.sampled_from(
            ["<", ">", "{", "}", "[", "]", "(", ")", '"', ":", ",", "\\", "\n", "a", "1", " ",
             "-->", "é", "\0",
             "<p>", "</p>", "<table>", "<td>", "<!--", "{\\rtf1 ", "\\par ", "\\'41", "00:01.000",
             "WEBVTT\n", "<speak>", "</speak>", "<break/>", '"text":', "#[", "++", "!", "&amp;",
             "<ol>", "<li>", "\\cell ", "\\intbl ", "{\\v ", "<sub alias='b'>", "</sub>",
             "[whisper]"]
        ),
        max_size=40,
    ),
)  # fmt: skip
def test_nothing_but_a_script_error_is_ever_raised(suffix: str, marks: list[str]) -> None:
    try:
        found = extracted("".join(marks).encode(), f"a{suffix}")
    except ScriptError:
        return
    assert len(found.indexes) == len(found.origins)
    assert list(found.indexes) == sorted(found.indexes)
    assert all(0 <= note.start < note.stop for note in found.notes)
    assert all(0 <= origin <= len(found.original) for origin in found.origins)


@pytest.mark.parametrize(
    ("path", "head", "mark"),
    [
        *(("a.html", "<html>", mark) for mark in
          ("<", "<!--", "<a ", '<a "', "<b\"'\"", "&", "<td>", "</p>", "x")),
        *(("a.json", "", mark) for mark in ("[", "{", '"', '["a",', '{"text":"a","x":[')),
        *(("a.rtf", "{\\rtf1 ", mark) for mark in ("{", "\\", "\\'41", "\\b ", "}")),
        *(("a.srt", "", mark) for mark in ("<", "{\\", "00:01 --> 00:02\n", "\n\na")),
        *(("a.smd", "", mark) for mark in ("(", "(a)[", '!["', "+a", '#[rate:"')),
        *(("a.ssml", "<speak>", mark) for mark in ("<p>", "\n", "x")),
    ],
)  # fmt: skip
def test_time_grows_with_the_file_and_not_with_its_square(path: str, head: str, mark: str) -> None:
    def seconds(size: int) -> float:
        data = (head + mark * (size // len(mark))).encode()
        begin = time.process_time()
        with contextlib.suppress(ScriptError):
            extracted(data, path)
        return time.process_time() - begin

    seconds(1000)
    assert seconds(100_000) < 2
