from __future__ import annotations

import pytest

from sessions.script.importing import extracted

LABELS = (
    "0.000000\t3.500000\tSit.\n12,5\t12,5\tRest.\n\\\t0.0\t80.5\n40.0\t41.0\t\n50.0\t51.0\tLook.\n"
)
TURNS = {
    "Otter": "Anna de Vries  0:03  \nSit.\n\nUnknown Speaker  1:10  \nRest.\n",
    "Rev": "Anna (00:00:03):\nSit.\n\nSpeaker 2 (00:01:10):\nRest.\n".replace("):", ")"),
    "Teams": "0:03 Anna\nSit.\n1:10 Anna\nRest.\n",
    "Descript": "[00:00:03] Anna:\nSit.\n\n[00:01:10] Anna:\nRest.\n",
}


def test_labels_of_audacity_begin_at_their_times() -> None:
    text = extracted(LABELS.encode(), "a.txt").text
    assert text == "Sit.\n\n[until 0:12.5] Rest.\n\n[until 0:40]\n\n[until 0:50] Look.\n"


@pytest.mark.parametrize("name", TURNS)
def test_who_speaks_in_a_transcript_is_noted_and_the_words_have_their_times(name: str) -> None:
    found = extracted(TURNS[name].encode(), "a.txt")
    assert found.text.split("\n\n") == ["[until 0:03] Sit.", "[until 1:10] Rest.\n"]
    assert len(found.notes) == 2
    assert all(note.message.startswith("who speaks, not spoken: '") for note in found.notes)


@pytest.mark.parametrize(
    "text",
    [
        "Sit at 7:30\nRest at 8:15",
        "0:03\nSit.\n0:20\nRest.",
        "Sit.\nAnna 0:03\nAnna 0:20",
        "0.5 1.5 Sit.",
    ],
)
def test_a_text_with_times_is_no_transcript(text: str) -> None:
    assert extracted(text.encode(), "a.txt").text == text
