from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.script.sentences import MASK, MAX_CHARACTERS, split


def texts(text: str) -> list[str]:
    return [text[one.start : one.stop] for one in split(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Ga liggen.", "Adem in!", "Voel je dat?", "Goed"],
        ["Dat zei dr. Jansen gisteren.", "En drs. De Wit ook."],
        ["Neem bijv. een deken, o.a. van wol.", "Of niet."],
        ["Take it slow, e.g. with Mr. Smith.", "Rest."],
        ["J.R.R. Tolkien schreef.", "Ja."],
        ["So do I.", "Then rest."],
        ["Tel 2.5 keer, of 1.000.", "Klaar."],
        ["Adem in... en uit.", "Rust."],
        ["Adem in…", "Voel de grond."],
        ['"Ik ben veilig." zei ze.', "Stil."],
        ["Zeg: 'Ik ben veilig.'", "En wacht."],
        ["(Dit mag.)", "Ga door."],
        ["Thee, koffie, enz.", "Daarna rust."],
        ["Thee enz. is fijn.", "Ja."],
        ["1. Ga liggen.", "Wacht."],
        ["adem in.", "adem uit."],
        ["Echt?!", "Ja!!"],
        ["Say no.", "Then rest."],
        ["Om 10 p.m. slaap je.", "Mooi."],
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_would_pause(parts: list[str]) -> None:
    assert parts == texts(" ".join(parts))


def test_only_a_sentence_with_an_end_is_complete() -> None:
    assert [one.complete for one in split("Ik ben er. Ik ben")] == [True, False]


@pytest.mark.parametrize("mark", [";", ":", ","])
def test_a_long_sentence_is_cut_at_its_best_mark(mark: str) -> None:
    text = "woord " * 30 + f"einde{mark} " + "woord " * 30 + "klaar."
    assert texts(text)[0].endswith(f"einde{mark}")
    assert split(text)[0].complete


def test_a_long_sentence_without_marks_is_cut_at_a_space_without_a_pause() -> None:
    pieces = split("woord " * 120)
    assert all(len(piece) <= MAX_CHARACTERS for piece in texts("woord " * 120))
    assert not pieces[0].complete
    assert set(" ".join(texts("woord " * 120)).split()) == {"woord"}


@given(st.text(alphabet="aB1 .!?…;,:\"')\n", max_size=900))
def test_no_letter_is_lost_or_doubled(text: str) -> None:
    assert "".join(text.split()) == "".join("".join(texts(text)).split())
    assert all(0 < one.stop - one.start <= MAX_CHARACTERS for one in split(text))


def test_what_must_not_be_cut_is_not_cut() -> None:
    text = "woord" + MASK * 400 + "eind"
    cuts = [text[one.start : one.stop] for one in split(text)]
    assert cuts == ["woord", MASK * 400, "eind"]
