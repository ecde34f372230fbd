"""What the fuzzers of `fuzz/` have found, and must not find again."""

from __future__ import annotations

import pytest

from fuzz.oracle import one


@pytest.mark.parametrize(
    "found",
    [
        "M{e?[2s]}",  # a directive between two halves of a reference
        "me[include=y]b",  # a directive's own row was taken for a line of verse
        "M---\ntitle:\nvalues: {}\n---\nS[slot6][nd]",  # as above
        "M<<<<<<<\nL\n>>>>>>> o",  # the name behind the mark of a merge
    ],
)
def test_what_was_found_reads_back_and_loses_no_word(found: str) -> None:
    one(found.encode())
