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
        "M[}\nwords]e",  # a note was of the first line alone of what it is about
        'M---\n "\nvalues: aa\n---\nD',  # a row that cannot be read took all others with it
        "M---\ntitel:\t\nsamenvatting: W\n---\nD",  # as above, by the row below
        'M+++\nauthor="\ntitle=ll\n+++\nS',  # as above, in the other kind of front matter
        "meight.\n. four...f",  # a stop alone ended the counting
        "x.\nOut. two...h",  # so did a line end before the words that begin it
        "M[say as\\ []|e]",  # a space that is escaped stood at the end of what is said
        "m[stem\n : e]",  # the indent of a second line was the name of a voice
        "M---\ntitle:\tr\nbackground: lm\n---\na",  # a tab that no quotes were put around
        "M-[s]--\n[\nr\n---\no",  # what was left of a line began front matter
        "M---\ntitle: \ntitle: \n aam\ne:\n---\nV",  # a second value, below its key, was untold
        "M<<<<<<<\nL\n>>>>>>> o",  # the name behind the mark of a merge
    ],
)
def test_what_was_found_reads_back_and_loses_no_word(found: str) -> None:
    one(found.encode())
