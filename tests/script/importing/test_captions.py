from __future__ import annotations

import pytest

from sessions.errors import ScriptError
from sessions.script.importing.captions import extract
from sessions.script.model import Language


def _text(*cues: str) -> str:
    return extract("\n\n".join(cues).encode(), "a.srt").text


def _cue(start: str, stop: str, words: str) -> str:
    return f"1\n00:00:{start} --> 00:00:{stop}\n{words}"


def test_a_cue_begins_at_its_time_the_first_one_too() -> None:
    text = _text(_cue("01,000", "03,000", "Sit."), _cue("08,250", "10,000", "Look\naround."))
    assert text == "[until 0:01] Sit.\n\n[until 0:08.25] Look around.\n"


def test_a_cue_at_the_beginning_waits_for_nothing() -> None:
    assert _text(_cue("00,000", "03,000", "Sit.")) == "Sit.\n"


@pytest.mark.parametrize("start", ["02,000", "03,000", "03,080"])
def test_cues_that_overlap_or_join_run_on(start: str) -> None:
    assert _text(_cue("00,000", "03,000", "Sit"), _cue(start, "05,000", "down.")) == "Sit down.\n"


def test_times_above_an_hour_are_as_on_a_clock() -> None:
    assert extract(b"1:02:03.5 --> 1:02:04.5\nSit.", "a.srt").text == "[until 1:02:03.5] Sit.\n"


def test_tags_numbers_and_settings_are_not_spoken() -> None:
    cue = "7\n00:00:00,000 --> 00:00:02,000 X1:10 position:50%\n{\\an8}<i>Rest</i> &amp; <b>be</b>."
    assert _text(cue) == "Rest & be.\n"


def test_words_that_only_look_like_tags_are_kept() -> None:
    assert _text(_cue("00,000", "02,000", "{\\i1}a {\\sit} <rest>")) == "a {\\sit} <rest>\n"


def test_a_last_line_of_digits_is_said() -> None:
    text = _text(_cue("00,000", "01,000", "Count:\n3"), _cue("05,000", "06,000", "2"))
    assert text == "Count: 3\n\n[until 0:05] 2\n"


def test_cues_without_a_blank_line_between_them_are_told_apart() -> None:
    text = _text("1\n00:00:00,000 --> 00:00:01,000\nSit.\n2\n00:00:04,000 --> 00:00:05,000\nRest.")
    assert text == "Sit.\n\n[until 0:04] Rest.\n"


WEBVTT = """WEBVTT - Evening
Language: nl

STYLE
::cue { color: red }

NOTE made by Anna

intro
00:00.000 --> 00:02.000 align:start
<v Anna>Ga <c.geel>zitten</c>.</v>

05:00.000 --> 05:02.000
<00:05:00.500>Klaar.
"""


def test_webvtt_has_its_language_and_its_words_beside_the_cues_are_noted() -> None:
    found = extract(WEBVTT.encode(), "a.vtt")
    assert found.text == "Ga zitten.\n\n[until 5:00] Klaar.\n"
    assert found.language is Language.DUTCH
    noted = [found.original[note.start : note.stop] for note in found.notes]
    assert [words.split("\n")[0] for words in noted] == [
        "WEBVTT - Evening", "NOTE made by Anna", "intro", "<v Anna>",
    ]  # fmt: skip


def test_captions_that_roll_say_each_line_once() -> None:
    head = (
        "WEBVTT\n\n00:00.000 --> 00:02.000 align:start position:0%\nsit<00:00:01.000><c> down</c>"
    )
    text = f"{head}\n\n00:02.000 --> 00:04.000 align:start position:0%\nsit down\nand rest\n"
    found = extract(text.encode(), "a.vtt")
    assert found.text == "sit down and rest\n"
    assert [note.message for note in found.notes] == ["words that roll on from the cue before"]


def test_places_are_those_of_the_file() -> None:
    found = extract(_cue("01,000", "03,000", "<i>Sit.</i>").encode(), "a.srt")
    index = found.text.index("Sit")
    stretch = max(one for one, start in enumerate(found.indexes) if start <= index)
    origin = found.origins[stretch] + index - found.indexes[stretch]
    assert found.original[origin:].startswith("Sit.</i>")


def test_captions_without_a_cue_are_an_error() -> None:
    with pytest.raises(ScriptError, match="no caption"):
        extract(b"WEBVTT\n\nNOTE nothing", "a.vtt")


@pytest.mark.parametrize(
    "sound",
    [
        "♪ (piano) ♪",
        "♪ la la",
        "[zachte\nmuziek]",
        "(applaus)",
        "<i>[wind]</i>",
        "♪ la\nla ♪ ♪ ♪",
        "♪♪ la ♪♪",
    ],
)
def test_sounds_and_songs_are_noted_and_no_time_is_waited_for(sound: str) -> None:
    cues = _cue("00,000", "01,000", "Sit."), _cue("03,000", "04,000", sound)
    found = extract("\n\n".join([*cues, _cue("09,000", "10,000", "Rest.")]).encode(), "a.srt")
    assert found.text == "Sit.\n\n[until 0:09] Rest.\n"
    assert [note.message[:20] for note in found.notes] == ["a sound, not heard: "]


def test_notes_without_words_leave_nothing() -> None:
    found = extract(
        _cue("00,000", "01,000", "♪♪\n♪ ♪").encode() + b"\n\n1:00 --> 1:02\nSit.", "a.srt"
    )
    assert (found.text, found.notes) == ("[until 1:00] Sit.\n", ())


def test_pauses_that_captions_write_are_kept() -> None:
    assert _text(_cue("00,000", "02,000", "[pause 2s]"), _cue("02,000", "03,000", "(wait)")) == (
        "[pause 2s] (wait)\n"
    )


@pytest.mark.parametrize("turn", ["- ", "-", "– ", ">> ", ">>> "])  # noqa: RUF001 - a dash
def test_what_stands_before_a_turn_is_not_spoken(turn: str) -> None:
    cue = _cue("00,000", "02,000", f"{turn}Sit down.\n{turn}And rest.")
    assert _text(cue) == "Sit down.  \nAnd rest.\n"


@pytest.mark.parametrize("names", [("Anna de Boer", "Anna de Boer"), ("NARRATOR", "VOICE 2")])
def test_names_of_speakers_are_noted_and_not_spoken(names: tuple[str, str]) -> None:
    cues = (
        _cue("00,000", "02,000", f"- {names[0]}: Sit."),
        _cue("02,000", "04,000", f"{names[1]}: Rest."),
    )
    found = extract("\n\n".join(cues).encode(), "a.srt")
    assert found.text == "Sit. Rest.\n"
    assert [note.message for note in found.notes] == [
        f"who speaks, not spoken: '{name}'" for name in names
    ]


def test_a_colon_in_a_sentence_is_no_speaker() -> None:
    assert _text(_cue("00,000", "02,000", "Remember: breathe.")) == "Remember: breathe.\n"


@pytest.mark.parametrize("dots", ["...", "…"])
def test_words_that_go_on_from_a_cue_wait_once(dots: str) -> None:
    cues = _cue("00,000", "02,000", f"Rest{dots}"), _cue("02,100", "04,000", f"{dots}a while.")
    assert _text(*cues) == f"Rest{dots} a while.\n"


def test_what_machines_write_beside_the_cues_is_untold() -> None:
    text = (
        "WEBVTT\nKind: captions\nLanguage: en\n\n5e4f2b1a-8f0c/12-0\n00:00.000 --> 00:02.000\nSit."
    )
    found = extract(text.encode(), "a.vtt")
    assert (found.text, found.notes) == ("Sit.\n", ())
