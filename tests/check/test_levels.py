"""Words that their bed covers, and sounds that the end cuts off: what `check` tells of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from sessions.check.examine import examined
from sessions.library.scripts import drafted

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.errors import Problem

RATE_HZ = 44_100


def told(folder: Path, text: str, *codes: str) -> list[tuple[str, Problem]]:
    """Return the warnings of a script that have some codes."""
    (folder / "a.md").write_text(text, encoding="utf-8")
    found = examined(drafted("a.md"), {}, {"voice": "tone"}).warned
    return [(one.rule.code, one.problem) for one in found if one.rule.code in codes]


def places(folder: Path, text: str) -> list[tuple[str, int]]:
    return [(code, one.source.line) for code, one in told(folder, text, "W13", "W14")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What is written, and where it is told: of the bed (W13), or of the words (W14).
        ("---\nbackground: [sea +12 dB]\n---\nSit down. [pause 4s] [whisper: Good night.]",
         ("W14", 4)),
        ("---\nachtergrond: [sea +12 dB]\ntaal: nl\n---\nGa zitten.\n\n[fluister: Slaap zacht.]",
         ("W14", 7)),
        ("---\nbackground: [sea +6 dB]\n---\nSit down.\n\n[whisper: Good night.]", ("W14", 6)),
        ("---\nbackground: [sea +6 dB]\n---\nSit down.\n\n[soft: Good night.]", ("W13", 2)),
        ("---\nbackground: [sea +9 dB]\n---\nSit down.\n\n[soft: Good night.]", ("W14", 6)),
        ("---\nbed: -4 LU\n---\nSit down.\n\n[whisper: Good night.]", ("W14", 6)),
        ("---\nbed: 0 LU\n---\nSit down.", ("W14", 4)),
        ("---\nbed: -8 LU\n---\nSit down.", ("W13", 2)),
        ("---\nbackground: [brown +6 dB, sea +6 dB]\n---\nSit down.\n\n[soft: Rest.]", ("W14", 6)),
        ("Sit down.\n\n[level voice -6 dB]\n\n[whisper: Good night.]", ("W14", 5)),
        ("Sit down.\n\n[level bed +6 dB]\n\n[whisper: Good night.]", ("W14", 5)),
        ("Sit down.\n\n[level bed +4 dB]\n\nGood night.", ("W13", 3)),
        ("Sit down.\n\n[background sea +12 dB]\n\nGood night.", ("W14", 5)),
        ("Sit down.\n\n[background sea +3 dB]\n\nGood night.", ("W13", 3)),
        ("Sit down.\n\n[background sea +12 dB]\n\n[pause 4s]", ("W13", 3)),
        ("---\nduck: none\nbed: -11 LU\n---\nSit down.\n\n[whisper: Good night.]", ("W14", 7)),
        ("---\nloudness: podcast\nbackground: [sea +9 dB]\n---\nHi.\n\n[whisper: Rest.]",
         ("W14", 7)),
        ("---\nloudness: podcast\nbackground: [sea +4 dB]\n---\nHi.\n\n[whisper: Rest.]",
         ("W13", 3)),
        ("---\ndeepen: 100 %\nbed: -10\n---\nSit down. [pause 9s]\n\n[soft: Good night.]",
         ("W14", 7)),
        ("---\nbackground: [sea +12 dB]\n---\n[whisper] [breathe in 3 out 3, count aloud] [end]",
         ("W14", 4)),
        ("[background sea +12 dB]\n\n[repeat 3]\nSit down.\n[end]", ("W14", 4)),
    ],
)  # fmt: skip
def test_a_bed_that_is_too_near_is_told_once_where_it_hurts(
    in_folder: Path, text: str, expected: tuple[str, int]
) -> None:
    assert places(in_folder, text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Sit down.\n\n[whisper: Good night.]",
        "Sit down.\n\n[soft: Good night.]",
        "---\nloudness: podcast\n---\nSit down.\n\n[whisper: Good night.]",
        "---\nduck: none\n---\nSit down.\n\n[whisper: Good night.]",
        "---\nduck: gentle\n---\nSit down.\n\n[soft: Good night.]",
        "---\ndeepen: 30 %\n---\nSit down. [pause 9s]\n\n[soft: Good night.]",
        "Sit down.\n\n[level voice -2 dB bed -2 dB]\n\n[whisper: Good night.]",
        "---\nbackground: none\n---\nSit down.\n\n[level voice -12 dB]\n\n[whisper: Good night.]",
        "[background none]\n\n[level voice -9 dB]\n\n[whisper: Good night.]",
        "---\nallow: [W13, W14]\nbackground: [sea +12 dB]\n---\n[whisper: Good night.]",
        "---\nbed: -16 LU\nbackground: [sea +3 dB]\n---\n[whisper: Good night.]",
        "[level bed -6 dB]\n\n[whisper: Good night.]",
    ],
)
def test_words_that_stand_over_their_bed_are_not_told(in_folder: Path, text: str) -> None:
    assert places(in_folder, text) == []


def test_a_heading_ends_what_a_level_covered(in_folder: Path) -> None:
    text = "[level voice -12 dB]\n\n{}[whisper: Good night.]\n"
    assert places(in_folder, text.format("")) == [("W14", 3)]
    assert places(in_folder, text.format("Hello.\n\n# Two\n\n")) == [("W14", 3)]
    assert places(in_folder, text.format("# Two\n\n")) == [("W13", 1)]


def test_each_bed_is_told_at_the_words_that_it_covers_most(in_folder: Path) -> None:
    text = (
        "---\nbackground: [sea +9 dB]\n---\nSit down.\n\n[soft: Rest.]\n\n[whisper: Sleep.]\n\n"
        "[whisper: On and on.]\n\n[background sea +12 dB]\n\nStay.\n\n[background sea]\n\nBye.\n"
    )
    found = told(in_folder, text, "W13", "W14")
    assert [(code, one.source.line) for code, one in found] == [("W14", 8), ("W14", 14)]
    first, second = (one.message for _, one in found)
    assert "line 2" in first
    assert "1 LU under these whispered words" in first
    assert "2 other lines" in first
    assert "line 12" in second
    assert "4 LU under these words" in second


def test_a_bed_that_is_louder_than_the_words_is_told_so(in_folder: Path) -> None:
    text = "---\nbackground: [sea +12 dB]\n---\nSit down. [pause 4s] [whisper: Good night.]"
    ((_, found),) = told(in_folder, text, "W14")
    assert "2 LU over these whispered words" in found.message
    assert found.source.column == 32
    assert "the bed of line 2 lies" in found.message


def test_a_bed_that_nobody_wrote_has_no_line(in_folder: Path) -> None:
    text = "[whisper: Good night.]\n" * 9 + "\n[pause 60s]\n\n[whisper: Good night.]\n"
    ((_, found),) = told(in_folder, f"---\ndeepen: 100 %\n---\n{text}", "W14")
    assert found.message.startswith("the bed lies ")


def test_a_move_is_told_from_where_the_bed_was(in_folder: Path) -> None:
    first = "# A\nHallo.\n\n[level bed +4 dB] Hier.\n\n[level bed -5 dB] Daar.\n\n"
    text = f"{first}# B\n[level bed +4 dB] Dag."
    found = [
        (code, one.source.line)
        for code, one in told(in_folder, text, "W13")
        if "moves" in one.message
    ]
    assert found == [("W13", 6)]


@pytest.mark.parametrize(
    "text", ["---\nbackground: none\nbed: 6 LU\n---\nHallo.", "[background none] Hallo."]
)
def test_a_bed_that_is_not_there_is_not_told(in_folder: Path, text: str) -> None:
    assert told(in_folder, text, "W13", "W14") == []


def test_what_a_settings_file_asks_for_counts(in_folder: Path) -> None:
    (in_folder / "a.md").write_text("Hallo.\n")
    files = {"loudness": "podcast", "bed_lu": -12.0}
    found = examined(drafted(in_folder / "a.md"), {}, files).warned
    (near,) = [one.problem.message for one in found if one.rule.code == "W13"]
    assert near == (
        "the bed lies 12 LU under the voice, and the whole is as loud as the voice from 16 LU "
        "under it on"
    )


def test_a_bed_of_an_included_script_counts(in_folder: Path) -> None:
    (in_folder / "deel.md").write_text("[whisper: Good night.]\n", encoding="utf-8")
    text = "---\nbackground: [sea +6 dB]\n---\nSit down.\n\n[include deel]\n"
    ((code, found),) = told(in_folder, text, "W13", "W14")
    assert code == "W14"
    assert found.source.path.endswith("deel.md")


def saved(folder: Path, name: str, heard_seconds: float, silent_seconds: float = 0.0) -> None:
    noise = np.random.default_rng(3).normal(0, 0.1, round(heard_seconds * RATE_HZ))
    sound = np.concatenate([noise, np.zeros(round(silent_seconds * RATE_HZ))])
    soundfile.write(folder / name, sound, RATE_HZ)


SHORT = "---\nfade out: 2s\n---\n"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (f"{SHORT}That was it. [pause 2s] [bell]", 4, "rings 2 of its 9 s"),
        ("---\nuitfaden: 2s\n---\nDat was het. [pauze 2s] [bel]", 4, "rings 2 of its 9 s"),
        (f"{SHORT}That was it. [bell] [pause 5s]", 4, "rings 7 of its 9 s"),
        ("---\nfade out: 0s\n---\nThat was it.\n\n[bell]\n", 6, "rings 0 of its 9 s"),
        ("---\nfade out: 8s\n---\nThat was it.\n\n[bell]\n", 6, "rings 8 of its 9 s"),
        (f"{SHORT}One. [bell] Two.", 4, "of its 9 s"),
        (f"{SHORT}One. [bell] [pause 3s] [bell] [pause 1s] [bell]", 4, "rings 2 of its 9 s"),
        (f"{SHORT}[repeat 3]\nOne.\n\n[bell]\n\n[end]", 7, "rings 2 of its 9 s"),
        (f"{SHORT}One.\n\n[sound gong]", 6, "rings 2 of its 30 s"),
        ("One.\n\n[sound gong]", 3, "rings 20 of its 30 s"),
        ("One.\n\n[klank gong]\n\n[bel]", 3, "of its 30 s"),
        (f"{SHORT}One.\n\n[sound staart]", 6, "rings 2 of its 5 s"),
        ("---\nfade out: 2s\nminutes: 1\n---\nOne. [pause 4s..5m] [bell]", 5, "rings 2 of its 9 s"),
        ("---\nfade out: 2s\nminutes: 1\n---\nOne. [bell] [pause 2s]\n\nA. [pause 1s..5m] [bell]",
         7, "rings 2 of its 9 s"),
        (f"{SHORT}One. [slot 6s] [bell] Two. [end]", 4, "rings 8 of its 9 s"),
    ],
)  # fmt: skip
def test_a_last_sound_that_the_end_cuts_off_is_told(
    in_folder: Path, text: str, line: int, words: str
) -> None:
    saved(in_folder, "gong.wav", 30.0)
    saved(in_folder, "staart.flac", 5.0, 10.0)
    ((_, found),) = told(in_folder, text, "W15")
    assert found.source.line == line
    assert words in found.message
    assert found.text[found.source.column - 1] == "["


def test_the_last_of_several_is_meant(in_folder: Path) -> None:
    text = f"{SHORT}One. [bell] [pause 3s] [bell] [pause 1s] [bell]"
    ((_, found),) = told(in_folder, text, "W15")
    assert found.source.column == text.splitlines()[3].rindex("[bell]") + 1


@pytest.mark.parametrize(
    "text",
    [
        "That was it. [pause 2s] [bell]",
        f"{SHORT}That was it. [bell] [pause 8s]",
        f"{SHORT}[bell] That was it. [pause 9s] So long.",
        "---\nfade out: 9s\n---\nThat was it. [bell]",
        "---\nfade out: 2s\ntail: 1m\n---\nThat was it. [bell]",
        "---\nuitfaden: 2s\nuitloop: 30s\n---\nDat was het. [bel]",
        "---\nfade out: 2s\ntotal: 5m\n---\nThat was it. [bell]",
        f"{SHORT}That was it.\n\n[sound tik]",
        f"{SHORT}That was it.\n\n[sound kort]\n\n[pause 1s]",
        "---\nfade out: 6s\n---\nThat was it.\n\n[sound staart]",
        f"{SHORT}That was it. [pause 2s]",
        "---\nfade out: 2s\nallow: [W15]\n---\nThat was it. [bell]",
        "---\nfade out: 2s\nminutes: 1\n---\nOne. [bell] [pause 4s..5m]",
        f"{SHORT}That was it. [bell] [until 0:30]",
    ],
)
def test_a_sound_that_rings_out_is_not_told(in_folder: Path, text: str) -> None:
    saved(in_folder, "tik.wav", 0.2)
    saved(in_folder, "kort.wav", 3.0)
    saved(in_folder, "staart.flac", 5.0, 10.0)
    assert not told(in_folder, text, "W15")


def test_a_recording_that_cannot_be_read_is_not_judged_here(in_folder: Path) -> None:
    (in_folder / "stuk.wav").write_bytes(b"no sound")
    assert not told(in_folder, f"{SHORT}That was it.\n\n[sound stuk]", "W15")
