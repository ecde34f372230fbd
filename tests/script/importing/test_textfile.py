from __future__ import annotations

import codecs

import pytest

from sessions.errors import ScriptError
from sessions.script.importing.textfile import extract


@pytest.mark.parametrize(
    "data",
    [
        "Eén.\nTwee.".encode(),
        codecs.BOM_UTF8 + "Eén.\r\nTwee.".encode(),
        codecs.BOM_UTF16_LE + "Eén.\rTwee.".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Eén.\nTwee.".encode("utf-16-be"),
    ],
)
def test_unicode_is_read_whatever_its_form(data: bytes) -> None:
    found = extract(data, "a.txt")
    assert (found.text, found.original, found.notes) == ("Eén.\nTwee.", "Eén.\nTwee.", ())


def test_other_bytes_are_a_guess_that_is_told_at_its_place() -> None:
    found = extract("Rust.\nE\u00e9n \u2018keer\u2019.".encode("cp1252"), "a.txt")
    assert found.text == "Rust.\nE\u00e9n \u2018keer\u2019."
    (note,) = found.notes
    assert (found.text[note.start : note.stop], note.message) == (
        "é", "the file is not in UTF-8; read as Windows-1252",
    )  # fmt: skip


@pytest.mark.parametrize(("path", "plain"), [("a.txt", True), ("-", True), ("a.MD", False)])
def test_only_plain_text_may_have_titles_without_a_mark(path: str, plain: bool) -> None:  # noqa: FBT001
    assert extract(b"FEET", path).plain is plain


@pytest.mark.parametrize(
    ("data", "message"), [(b"a\0b", "NUL"), (b"a" * (1 << 20) + b"b", "1 MiB")]
)
def test_what_is_no_text_or_too_much_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ScriptError, match=message):
        extract(data, "a.txt")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("---\ntitle: A\n---\nSit.", False), ("# Feet\n\nSit.", False),
        ("Sit.\n\n## Feet\n\nA.", False),
        ("Sit.", True), ("# my lines\n# for the reader\n\nSit.", True), ("# slowly\n\nSit.", True),
        ("---\nSit.\n---\nRest.", True), ("Sit.\n#rest\n", True), ("Sit.\n# Feet\nRest.", True),
    ],
)  # fmt: skip
def test_markdown_is_known_by_what_it_holds(text: str, plain: bool) -> None:  # noqa: FBT001
    assert extract(text.encode(), "a.txt").plain is plain
    assert extract(text.encode(), "a.md").plain is False
