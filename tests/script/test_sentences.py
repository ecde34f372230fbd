# ruff: noqa: RUF001 -- typographic quotes are meant

from __future__ import annotations

import time

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
        ["Adem in...", "en uit...", "Rust."],
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


@pytest.mark.parametrize(
    "parts",
    [
        # dates
        ["Op 3. maart begint het."],
        ["Het begint op 3 maart.", "Daarna rust je."],
        ["Op 5. May begint het.", "Kom je?"],
        ["We begin on 5. May in the evening.", "Rest."],
        ["Op 12. December 2026 en op 1. jan. 2027."],
        ["Op za. 3 maart om 8 u. begint het.", "Tot dan."],
        ["Sinds 3 jan. om 8 uur.", "En op 4 feb. 2027."],
        ["Van 3. t/m 5. maart rust je.", "Ja."],
        ["We meet on 3. and 4. April.", "Yes."],
        ["Count to 5.", "May you be well."],
        ["Tel tot 3.", "Adem uit."],
        ["Count to 3.", "March on the spot."],
        # times and measures
        ["Om 8 u. gaan we liggen."],
        ["Tot 8 u.", "Daarna rust je."],
        ["Wacht 5 sec. en adem uit.", "Nog 10 sec.", "Klaar."],
        ["Na 2 km. lopen sta je stil."],
        ["At 8 a.m. tomorrow we rest.", "Sleep until 8 a.m.", "Then rise."],
        # initials, and letters that are none
        ["J. R. R. Tolkien schreef het.", "Lees maar."],
        ["Dank aan A. de Vries en J. Jansen.", "Rust."],
        ["John F. Kennedy said so.", "Rest."],
        ["Zoals dr. A. Smit zei.", "Adem."],
        ["Neem vitamine D.", "Adem uit."],
        ["Take vitamin C.", "Breathe out."],
        ["Vitamin D. is good for you.", "Rest."],
        ["Dit is plan B.", "Kijk maar."],
        ["Ga van A naar B.", "Adem daar uit."],
        ["Buiten is het 20 C.", "Binnen is het warm."],
        ["Het is tijd voor U.", "Kijk om je heen."],
        ["U. Jansen belde.", "Ja."],
        ["We live in the U.S.", "Then we rest."],
        ["The U.S. Army rests.", "Good."],
        # small words with an apostrophe
        ["Rust...", "'s Avonds ook."],
        ["Rust…", "’s Morgens ook."],
        ["Stil.", "'t Is goed."],
        ["Rust...", "'t is goed."],
        ["Wacht…", "'t Is stil."],
        ["Hij zoekt z'n plek.", "Dat is 't.", "Kom."],
        # what stands for words
        ["Zie p. 12 en nr. 3, of fig. 4.", "Lees verder."],
        ["See p. 12, no. 3 and vol. 2.", "Read on."],
        ["Je longen zijn vol.", "Adem uit."],
        ["Max. 10 minuten.", "Niet meer."],
        ["Thee, koffie, etc.", "Rust daarna."],
        ["Thee, etc. is fine.", "Yes."],
        ["In St. John rust je met Mr. Smith.", "Ja."],
        ["She lives on Baker St.", "Then she rests."],
        ["M.b.v. een deken, m.n. van wol, d.m.v. warmte.", "Ja."],
        ["Rev. King spoke with Capt. Jones near Mt. Hood.", "Listen."],
        # quotes and brackets behind the stop, and more than one stop
        ["Hij zei: „Rust maar.“", "Adem in."],
        ["«Rust maar.»", "Adem in."],
        ["(Zie p. 12.)", "Lees."],
        ["[Rust.]", "Adem."],
        ['"Wat?!"', "Hij keek op."],
        ['"Kom je?" vroeg zij.', "Ja."],
        ["Echt waar?!", "Ja hoor!..", "Goed."],
        # numbers, versions and addresses
        ["Het is 2.5 of 3,14.", "Klaar."],
        ["Dit is versie 1.2.3.", "De vorige was v1.2."],
        ["Ga naar www.rust.nl/adem?x=1.", "Kijk daar."],
        ["Mail naar a.b@rust.nl.", "Wacht."],
        ["5.", "4.", "3.", "2.", "1.", "Rust."],
        ["10.", "9.", "8."],
        ["1. 2 keer ademen.", "Klaar."],
        ["a. Ga liggen.", "b. Wacht."],
    ],
)  # fmt: skip
def test_a_point_that_ends_no_sentence_is_told_from_one_that_does(parts: list[str]) -> None:
    assert parts == texts(" ".join(parts))


def test_the_case_of_sentence_ends() -> None:
    assert texts(
        "Op 3. maart begint het. Om 8 u. gaan we liggen. Het is tijd voor U. Kijk om je heen. "
        "Neem vitamine D. Adem uit. Rust... 's Avonds ook."
    ) == [
        "Op 3. maart begint het.", "Om 8 u. gaan we liggen.", "Het is tijd voor U.",
        "Kijk om je heen.", "Neem vitamine D.", "Adem uit.", "Rust...", "'s Avonds ook.",
    ]  # fmt: skip


PIECES = st.sampled_from(
    ["U.", "D.", "3.", "maart", "May", "8", "u.", "'s", "Avonds", "...", "A.", "de", "p.", "12",
     "St.", "za.", "jan.", "Rust", "vitamine", "enz.", '?!"', "(", "a.m.", "I.", "x", ".", "’t"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60))
def test_no_word_is_lost_however_points_stand(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert text.split() == " ".join(texts(text)).split()


@pytest.mark.parametrize(
    "shape", ["J. ", "3. ", "U. ", "... 's ", "a.b.c. ", ".", "x", "jan. 3 ", "._"]
)
def test_the_time_to_split_grows_with_the_length_alone(shape: str) -> None:
    def seconds(count: int) -> float:
        text = (shape * count)[:count] + "x"
        best = []
        for _ in range(3):
            start = time.perf_counter()
            split(text)
            best.append(time.perf_counter() - start)
        return min(best)

    assert seconds(160_000) < 10 * seconds(40_000) + 0.02


def test_only_a_sentence_with_an_end_is_complete() -> None:
    assert [one.complete for one in split("Ik ben er. Ik ben")] == [True, False]


@pytest.mark.parametrize("mark", [";", ":", ","])
def test_a_long_sentence_is_cut_at_its_best_mark(mark: str) -> None:
    text = "woord " * 30 + f"einde{mark} " + "woord " * 30 + "klaar."
    assert texts(text)[0].endswith(f"einde{mark}")
    assert split(text)[0].complete


def test_a_long_sentence_without_marks_is_cut_at_a_space_with_a_breath() -> None:
    pieces = split("woord " * 120)
    assert all(len(piece) <= MAX_CHARACTERS for piece in texts("woord " * 120))
    assert pieces[0].complete
    assert set(" ".join(texts("woord " * 120)).split()) == {"woord"}


@given(st.text(alphabet="aB1 .!?…;,:\"')\n", max_size=900))
def test_no_letter_is_lost_or_doubled(text: str) -> None:
    assert "".join(text.split()) == "".join("".join(texts(text)).split())
    assert all(0 < one.stop - one.start <= MAX_CHARACTERS for one in split(text))


def test_what_must_not_be_cut_is_not_cut() -> None:
    text = "woord" + MASK * 400 + "eind"
    cuts = [text[one.start : one.stop] for one in split(text)]
    assert cuts == ["woord", MASK * 400, "eind"]
