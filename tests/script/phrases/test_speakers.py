"""Who speaks, and what only stands before a colon."""

from __future__ import annotations

import pytest

from sessions.script.phrases.speakers import speakers


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ANNA: Sit down.\nBEN: I sit.\nANNA: Good.\nBEN: Yes.", {"ANNA", "BEN"}),
        ("Anna: Sit down.\n\nBen: I sit.\n\nAnna: Good.", {"Anna"}),
        ("**Anna:** Zit.\nJa.\n**Anna:** Goed.", {"Anna"}),
        ('- Jan: Zit.\n- Jan: "Goed."', {"Jan"}),
        ("DR. SMITH: Sit.\nDR. SMITH: Good.", {"DR. SMITH"}),
        ("Anna Smith (softly): Sit.\nAnna Smith: Good.", {"Anna Smith"}),
        ("T: How are you?\nC: Well.\nT: Good.\nC: Yes.", {"T", "C"}),
    ],
)
def test_a_name_that_comes_back_is_of_a_speaker(text: str, names: set[str]) -> None:
    assert speakers(text.split("\n")) == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ANNA: Sit down.\nBEN: I sit.",
        "ZACHT: je kaken.\nZACHT: je ogen.",
        "STAP 1: Ga zitten.\nSTAP 2: Kijk rond.",
        "Remember: All is well.\nRemember: You are safe.",
        "Onthoud: Alles is goed.\nOnthoud: Je bent veilig.",
        "Adem in: Vier tellen.\nAdem in: Nog eens.",
        "Inhale: Four.\nInhale: Four.",
        "Stap twee: Kijk.\nStap twee: Kijk.",
        "Feet: Relax them.\nNow feel your feet.\nFeet: Let them go.",
        "Music: Soft piano.\nMusic: Rain.",
        "So I said: Sit.\nSo I said: Sit.",
        "He says, Anna: Sit.\nHe says, Anna: Sit.",
        "\n".join(f"{name}: Sit.\n{name}: Go." for name in ("Ada", "Bob", "Cas", "Dot", "Eve")),
    ],
)
def test_other_words_before_a_colon_are_none(text: str) -> None:
    assert speakers(text.split("\n")) == frozenset()
