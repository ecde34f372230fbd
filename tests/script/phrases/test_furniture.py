"""What stands around a script on a page, and what only looks like it."""

# ruff: noqa: RUF001 -- the dashes and signs that people type are the point

from __future__ import annotations

import pytest

from sessions.script.model import Language
from sessions.script.phrases.production import outs

EN = Language.ENGLISH


def reasons(line: str) -> set[str]:
    return {out.reason for language in Language for out in outs(line, language)}


def whole(line: str) -> bool:
    """Tell whether all of a line is known, in either language of a script."""
    return all(
        [line[out.start : out.stop] for out in outs(line, language)] == [line.lstrip("> ")]
        for language in Language
    )


@pytest.mark.parametrize(
    "line",
    [
        "2 reacties", "14 comments", "3 likes", "Deel dit: Facebook Twitter", "1 reactie",
        "Share: Facebook | Twitter | Pinterest", "Facebook · Instagram · YouTube",
        "like and subscribe", "Please like & subscribe!", "Like, share and subscribe",
        "Vergeet niet te liken en te abonneren!", "Don't forget to subscribe", "5 min read",
        "Deze website gebruikt cookies om je ervaring te verbeteren.", "Accept all cookies",
        "This site uses cookies.", "Cookiebeleid", "Cookie settings", "Alle cookies accepteren",
        "We use cookies to give you the best experience.", "#meditatie #rust",
        "#yoga #mindfulness #calm", "#bodyscan", "+32 470 12 34 56", "Tel. 03 123 45 67",
        "0800-123456", "Phone: (555) 123-4567", "www.delinde.be", "info@delinde.be",
        "E-mail: info@delinde.be", "www.delinde.be | info@delinde.be", "delinde.be",
        "Tel: +31 6 12345678 – info@delinde.nl", "https://delinde.be/script", "Web: delinde.be",
        "© Praktijk De Linde", "© 2019", "© Anna Peeters, 2020. All rights reserved.",
        "Privacy policy", "Privacybeleid", "Print", "Afdrukken", "Volgende", "Vorige artikel",
    ],
)  # fmt: skip
def test_a_page_around_the_words_is_known(line: str) -> None:
    assert reasons(line) == {"of a page"}
    assert whole(line)


@pytest.mark.parametrize(
    "line",
    [
        "by Dr. Anna Peeters, Ph.D.", "By Anna Peeters", "door Els Vermeulen", "By J. K. Doe",
        "Door Els · 12 maart 2022", "by Anna | May 3, 2020", "Written by Anna Peeters",
        "Opgemaakt door: Els V.", "Geschreven door Jan van de Velde", "Narrated by: Tom",
        "Tekst: Els Vermeulen", "Script: Anna Peeters", "door drs. Els de Wit", "*By Anna Peeters*",
        "Vertaald door Els V.", "Adapted by Anna Peeters, MSc", "— by Anna Peeters",
    ],
)  # fmt: skip
def test_a_line_of_who_made_it_is_a_header(line: str) -> None:
    assert reasons(line) == {"a header"}


@pytest.mark.parametrize(
    "line",
    [
        "Nodig: matje, deken", "Benodigd: een stoel", "Materials: a mat", "Materiaal: kussen",
        "References: Jacobson (1938)", "Bronnen: Kabat-Zinn", "Source: a book of 1990",
        "Foto: Unsplash", "Photo by Jo on Unsplash", "Image: Pixabay", "Photo credit: A. Doe",
        "Leestijd: 4 min", "Afbeelding: eigen werk", "Literatuur: Jacobson", "Props: a blanket",
        "Adapted from: Jacobson", "Gebaseerd op: een boek", "Wat heb je nodig: een matje",
        "(ongeveer 10 minuten)", "(15 min)", "Duur ca. 15 min", "_(ongeveer 10 minuten)_",
        "Duration approx. 20 minutes", "[20 min]", "Duur 10-15 min", "10 minuten",
        "(+/- 12 minuten)", "± 10 min", "About 20 minutes", "Time: 5 min", "(ca. 45 sec)",
        "*15 minutes*", "## (10 minuten)",
    ],
)  # fmt: skip
def test_more_headers_are_known(line: str) -> None:
    assert reasons(line) == {"a header"}


@pytest.mark.parametrize(
    "line",
    [
        "How to use this script: Read slowly and clearly.", "> Hoe gebruik je dit script?",
        "How to use this script?", "Hoe gebruik je deze tekst: lees rustig.",
        "Tip: spreek elke zin 2x in met een warme stem.", "Tip: record in a quiet room.",
        "NB: hier eventueel muziek uit.", "N.B. muziek zachter zetten", "Tip: use a microphone.",
        "Let op: lees dit langzaam voor.", "Opmerking: neem dit apart op.", "NB fade the music out",
        "Note: read this part to the client.", "Tip voor de opname: rustig blijven",
        "Belangrijk: spreek dit traag uit.", "Instructions: read slowly.",
        "Aanwijzing: pauzeer na elke zin.", "Tips: gebruik een goede microfoon",
    ],
)  # fmt: skip
def test_notes_in_one_line_are_for_the_studio(line: str) -> None:
    assert reasons(line) == {"a note for the studio"}


@pytest.mark.parametrize(
    "line",
    [
        "Notice the smell of fresh cookies.", "We bake cookies.", "10 9 8 7 6 5 4 3 2 1",
        "5 4 3 2 1", "0 1 2 3 4 5 6 7 8", "By the lake", "Door de ogen van een kind",
        "By Candlelight", "BY THE RIVER", "Door het bos loop je verder", "Door Els leerde hij rust",
        "Share this moment with yourself.", "Deel dit moment met jezelf.", "Like a feather",
        "Tip your head to the left.", "Tip: speak softly to yourself.", "NB: je mag stoppen.",
        "Let op: de grond draagt je.", "Note: your breath is here.", "Nodig is er niets.",
        "You need nothing: only this.", "Foto's trekken voorbij.", "2 handen",
        "Instructions from the body: rest.", "How do you use your breath?",
        "Hoe gebruik je je adem?", "Voel de aarde.be stil", "Contact: feel the floor.",
        "The next ten minutes are yours.", "10 minuten voor jezelf", "Take about 20 minutes.",
        "Duur is niet belangrijk", "Time 5 minutes later", "Volgende adem", "Print it in your mind",
        "Tien minuten.", "# Ten minutes", "Image: a lake, and you are there.",
        "Script of your life: write it.", "Source of all life", "Text: hear it within you.",
        "Instructions: you need none.", "Visualisatie de berg (15 min)", "# De zee (10 minuten)",
        "Loop elke dag (30 minuten) buiten.", "Walk (about 20 minutes) and rest.",
    ],
)  # fmt: skip
def test_sentences_that_look_like_it_are_heard(line: str) -> None:
    assert reasons(line) == set()
