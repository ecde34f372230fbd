"""Import by kind of file: what is spoken of each, how long it is silent, and what is told."""

# ruff: noqa: RUF001 -- dashes and quotes as people have them

from __future__ import annotations

import io
import re
import sys
import time
from pathlib import Path
from typing import Final

import pytest

from sessions.cli import run as run_command
from sessions.library import texts
from sessions.script.parser import parse
from tests.script.practice.inputs2 import offices
from tests.script.practice.inputs2.made import (
    BOMBS,
    DEEP,
    MADE,
    ODT_EN,
    ODT_NL,
    REFUSED,
    WORD_EN,
    WORD_NL,
)
from tests.script.practice.inputs2.offices import docx, odt, packed, paragraph
from tests.script.practice.seen import (
    Seen,
    case,
    lines_in_order,
    read,
    silent,
    spoken,
    spoken_or_told,
    taken,
    told_at,
    words_of,
)
from tests.script.reading import without_places

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[2]
INPUTS: Final = HERE / "inputs2"
OURS: Final = sorted(ROOT.glob("scripts/??/*.md"))
OWN_MARKDOWN: Final = sorted(INPUTS.glob("own-*.md"))
TEXTS: Final = sorted(path for path in INPUTS.iterdir() if path.suffix not in {".py", ".pyc", ""})
CASES: Final = sorted((HERE / "inputs").iterdir())


def own(name: str) -> Seen:
    """Import a file of `inputs2/`."""
    return taken((INPUTS / name).read_bytes(), name)


def faults(seen: Seen) -> list[str]:
    """Return the errors that `check` finds in the script that an import wrote."""
    assert seen.code == 0, seen.stderr
    return [one.text for one in read(seen.text, "x.md").all_told if one.severity == "error"]


def front(seen: Seen) -> str:
    """Return the front matter of the script that an import wrote."""
    assert seen.code == 0, seen.stderr
    assert seen.text.startswith("---\n")
    return seen.text.split("\n---\n", 1)[0]


def untils(seen: Seen) -> list[float]:
    """Return the times, in seconds, that pauses end at."""
    return [float(one[7:-1]) for one in seen.heard if one.startswith("(until ")]


def notes(seen: Seen) -> int:
    return sum(one.severity == "note" for one in seen.all_told)


@pytest.mark.parametrize(
    ("name", "kept", "left_out"),
    [
        (
            "front-jekyll.md",
            ["title: .*Slapen als een roos", "author: Marijke"],
            ["layout", "date", "tags", "permalink"],
        ),
        (
            "front-hugo.md",
            ["title: The Quiet Harbour"],
            ["draft", "weight", "cover", "categories"],
        ),
        ("front-obsidian.md", ["language: nl"], ["aliases", "cssclasses", "created", "rating"]),
    ],
)
def test_known_keys_of_foreign_front_matter_are_kept_and_others_are_in_one_note(
    name: str, kept: list[str], left_out: list[str]
) -> None:
    seen = own(name)
    for pattern in kept:
        assert re.search(pattern, front(seen))
    for key in left_out:
        assert not re.search(rf"^{key}:", front(seen), re.MULTILINE)
        assert key in seen.stderr
    assert notes(seen) == 1
    assert faults(seen) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("front-jekyll.md", ["Ga maar liggen.", "Je hoeft niets meer."]),
        ("front-hugo.md", ["You walk along the water.", "The boats are still."]),
        ("front-obsidian.md", ["Laat de dag de dag.", "Morgen is er weer een."]),
        ("front-foreign-values.md", ["Kom maar liggen.", "Het bed draagt je."]),
        ("front-toml.md", ["Sit somewhere soft.", "Look at the light."]),
        ("front-twice.md", ["Voel de grond.", "Je staat stevig."]),
    ],
)
def test_no_word_of_foreign_front_matter_is_spoken(name: str, said: list[str]) -> None:
    seen = own(name)
    assert seen.said == said
    assert faults(seen) == []


def test_values_that_mean_nothing_here_are_told_and_left_out() -> None:
    seen = own("front-foreign-values.md")
    assert seen.title == "Zachte avond"
    for line, value in [(3, "Ruth"), (4, "Oceaangolven"), (5, "heel erg"), (6, "ongeveer")]:
        assert value not in front(seen)
        told_at(seen, line)


@pytest.mark.parametrize("name", ["front-toml.md", "front-twice.md", "28-silent-bed.md"])
def test_front_matter_that_cannot_be_kept_is_told(name: str) -> None:
    assert any(2 <= line <= 5 for line in own(name).told)


@pytest.mark.parametrize("path", [*OURS, *OWN_MARKDOWN], ids=lambda path: path.stem)
def test_our_own_scripts_come_back_with_the_same_parts_meta_and_lengths(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    seen = taken(text, path.name)
    assert seen.code == 0, seen.stderr
    assert notes(seen) == 0
    meta, parts = without_places(parse(text, path=path.name))
    its_meta, its_parts = without_places(parse(seen.text, path="x.md"))
    assert parts == its_parts
    if "title" in text or "titel" in text:
        assert meta == its_meta
    before = read(text, path.name)
    assert before.sounds == seen.sounds
    assert faults(seen) == []


def test_our_own_small_script_comes_back() -> None:
    seen = own("16-our-own-script.md")
    assert seen.title == "Een kwartier"
    assert seen.heard == [
        "# Begin", "Ga zitten.", "(4..20)", "[breathe in 4 out 6 times 3]", "(2)", "Rust maar.",
    ]  # fmt: skip
    assert re.search(r"sea -6", front(seen))
    assert notes(seen) == 0


@pytest.mark.parametrize("begin", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_marks_of_order_and_line_ends_of_other_systems_change_nothing(begin: str, end: str) -> None:
    text = (INPUTS / "16-our-own-script.md").read_text(encoding="utf-8")
    seen = taken(begin + text.replace("\n", end), "a.md")
    assert seen.heard == own("16-our-own-script.md").heard
    assert seen.title == "Een kwartier"


def test_a_markdown_page_is_read_as_markdown() -> None:
    seen = own("15-markdown-page.md")
    silent(seen, "layout tags night editor https example org rain begins")
    assert "\\" not in "".join(seen.said)
    assert "*" not in "".join(seen.titles)
    spoken(seen, "Read the first part before you start.", "Then sit down.", "Look around you.")
    spoken(seen, "Lift your hand.")
    spoken_or_told(seen, 18, "Close your eyes.")
    for key in ("layout", "tags"):
        assert key in seen.stderr
    assert faults(seen) == []


def test_a_dutch_word_file_comes_in() -> None:
    seen = taken(WORD_NL, "zee.docx")
    assert seen.titles[-2:] == ["Aankomen", "Blijven"]
    assert seen.said == [
        "Begin maar.", "Voel je knieën.", "Adem uit.", "En blijf.", "kijk rond", "luister",
        "Links is het stil.", "Rechts ook.", "Boven is lucht.", "Onder is grond.", "Slaap zacht.",
    ]  # fmt: skip
    assert seen.between("Adem uit.", "En blijf.") == 6
    assert seen.between("kijk rond", "luister") > 0
    assert seen.title == "Naar de zee"
    silent(seen, "Concept versie Klopt bron elders")


def test_an_english_word_file_comes_in() -> None:
    seen = taken(WORD_EN, "lake.docx")
    assert [one.rstrip() for one in seen.said] == [
        "You hear rain.", "It’s far away.", "Stay.", "Lift your hand.", "Put it down.",
        "See the shore.", "Good night.",
    ]  # fmt: skip
    assert seen.between("Stay.", "Lift") == 10
    silent(seen, "Deleted words invisible softly Klopt bron versie")
    assert "The lake" in [seen.title, *seen.titles]


def test_what_stands_beside_the_text_of_a_word_file_is_told() -> None:
    told = "\n".join(taken(WORD_EN, "lake.docx").told.values())
    for words in ("Klopt dit wel?", "Zie bron elders."):
        assert words in told


def test_a_dutch_file_of_libreoffice_comes_in() -> None:
    seen = taken(ODT_NL, "avond.odt")
    assert seen.said == [
        "Ga maar zitten.", "Voel je knieën.", "kijk rond", "luister", "Links is het stil.",
        "Rechts ook.", "Dat was het.",
    ]  # fmt: skip
    assert {"Aankomen", "Tot slot"} <= {seen.title, *seen.titles}
    assert seen.between("knieën", "kijk") == 6
    assert "Nakijken graag" in "\n".join(seen.told.values())


def test_an_english_file_of_libreoffice_comes_in() -> None:
    seen = taken(ODT_EN, "sit.odt")
    assert seen.said == ["Sit down.", "Look around.", "Rest here."]
    assert seen.between("Look around.", "Rest here.") == 10
    silent(seen, "Deleted footnote")


def test_an_rtf_file_of_wordpad_comes_in() -> None:
    seen = own("wordpad-nl.rtf")
    assert "Ogen dicht" in [*seen.said, *seen.titles, seen.title]
    spoken(seen, "Voel je knieën, je bent café noch kroeg.", "kijk rond", "luister")
    spoken(seen, "Adem uit", "en blijf hier.", "En nog een regel.", "Dat is genoeg, zegt iemand.")
    silent(seen, "Calibri Symbol Riched20 Jan Jansen Oude titel pard par 0100090000034c0000 B7 b7")
    assert seen.between("nog een regel", "kijk rond") == 6
    assert not re.search(r"[\\{}]", "".join(seen.said).replace("{iemand}", ""))


def test_an_rtf_file_of_textedit_comes_in() -> None:
    seen = own("textedit-en.rtf")
    spoken(seen, "It’s quiet here.", "“Stay,” says the lake.", "Good night.", "The shore is soft")
    spoken(seen, "Left is calm.", "Right is calm.")
    silent(seen, "Helvetica HYPERLINK https example tx566 pause seconds 10")
    assert seen.between("lake", "shore") == 10


@pytest.mark.parametrize("name", MADE)
def test_an_office_file_becomes_a_script_without_errors(name: str) -> None:
    assert faults(taken(MADE[name], name)) == []


def test_a_dutch_page_comes_in() -> None:
    seen = own("page-nl.html")
    spoken(seen, "Ga maar rustig zitten.", "Voel je knieën & je voeten.")
    assert "Drie dingen" in " ".join([*seen.said, *seen.titles])
    spoken(seen, "kijk om je heen", "luister", "adem uit", "Links is het stil.", "Dat was het.")
    silent(seen, "color font Verdana var teller geheim alert boe redactie nakijken JavaScript")
    silent(seen, "amp euml ul li br pauze 8 seconden")
    assert seen.between("Rechts", "Dat was het") >= 8
    assert "Tot slot" in seen.titles
    lines_in_order(seen, "kijk om je heen", "luister", "adem uit")


def test_an_english_page_comes_in() -> None:
    seen = own("page-en.html")
    spoken(seen, "You stand beside a lake.", "It’s early, and nobody is up.", "Breathe out")
    spoken(seen, "and stay.", "Lift your hand.", "Put it down.")
    silent(seen, "jpg nbsp span style film hellip onclick font weight")
    assert seen.between("Breathe out", "stay") == 4
    for words in ("photograph", "Share", "Hidden words"):
        assert not words_of(words) & seen.words() or words in seen.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("23c-page.html", ["Ga zitten."]),
        ("clipboard-google.html", ["Laat je schouders zakken.", "Adem uit.", "Blijf nog even."]),
    ],
)
def test_a_piece_of_html_is_read_as_what_it_is(name: str, said: list[str]) -> None:
    assert own(name).said == said


@pytest.mark.parametrize(
    ("name", "said", "times"),
    [
        ("23a-captions.srt", ["Ga zitten.", "Kijk om je heen."], [1, 8]),
        (
            "film-nl.srt",
            ["Welkom bij deze oefening.", "Ga zitten zoals je wilt.", "Dat was het."],
            [10, 20, 3723],
        ),
        (
            "talk-en.srt",
            ["Sit down, and look around.", "There is time.", "7 breaths are enough."],
            [12, 30, 60],
        ),
        (
            "lines-en.vtt",
            ["Let your feet rest.", "Hear the room & the street.", "That is all."],
            [15, 40, 70],
        ),
        ("lines-nl.vtt", ["Sluit je ogen als je wilt.", "En kom langzaam terug."], [9, 50]),
        ("whisper.json", ["Sit down.", "Look around you.", "There is time."], [10, 25, 61]),
        ("times-en.txt",
         ["Sit down.", "Look up, and find the light.", "Let your eyes rest.", "That is all."],
         [0, 30, 65, 120]),
        (
            "times-nl.txt",
            ["Ga zitten.", "Voel je voeten.", "Adem uit.", "Om 7:30 sta je weer op."],
            [0, 25, 70, 120],
        ),
        (
            "times-brackets-en.txt",
            ["Sit down.", "Listen to the rain.", "Come back."],
            [20, 50, 90],
        ),
    ],
)  # fmt: skip
def test_times_become_pauses_that_end_then(name: str, said: list[str], times: list[float]) -> None:
    seen = own(name)
    assert seen.code == 0, seen.stderr
    assert [re.sub("^- ", "", one) for one in seen.said] == said
    for words, when in list(zip(said, times, strict=True))[1:]:
        at = next(n for n, one in enumerate(seen.heard) if words in one)
        assert f"(until {when})" in seen.heard[:at] or (name.startswith("times") and seen.told)
    assert untils(seen) == sorted(untils(seen))
    assert faults(seen) == []


def test_what_captions_say_of_sounds_is_told() -> None:
    told_at(own("film-nl.srt"), 12)
    told_at(own("lines-nl.vtt"), 9)


def test_times_of_the_case_become_pauses_or_one_note() -> None:
    seen = taken(case("21b-clock-times.txt"), "21b-clock-times.txt")
    if untils(seen):
        assert [time for time in untils(seen) if time] == [20, 45, 70]
    else:
        assert {1, 3, 5, 7} <= seen.told_lines
        assert notes(seen) <= 2
    assert seen.said == ["Sit down.", "Look up.", "Look down."]
    assert "(5)" not in seen.heard


def test_a_clock_in_a_sentence_is_spoken() -> None:
    seen = own("times-in-sentences.txt")
    assert untils(seen) == []
    spoken(seen, "Het is 22:15 en de straat is stil.", "Om 7:30 gaat de wekker", "Psalm 23:1")


@pytest.mark.parametrize(
    ("name", "said", "silences"),
    [
        ("23b-parts.json", ["Sit down.", "Look around."], [4]),
        ("typed.json", ["Je bent er.", "Hang je jas op.", "Ga zitten."], [5, 12.5]),
        (
            "pause-after.json",
            ["Look at your hands.", "They have done enough.", "Let them be."],
            [3, 7.5],
        ),
        ("milliseconds.json", ["Breathe out.", "And rest.", "Good."], [2.5, 4]),
        ("zinnen.json", ["Ga zitten.", "Voel je voeten.", "Dat is genoeg."], []),
        (
            "sections.json",
            ["Voel je voeten.", "Warm of koud.", "Voel je handen.", "Laat ze maar."],
            [6],
        ),
    ],
)
def test_json_of_segments_is_read_with_its_pauses(
    name: str, said: list[str], silences: list[float]
) -> None:
    seen = own(name)
    assert seen.code == 0, seen.stderr
    assert seen.said == said
    for first, then, seconds in zip(said, said[1:], silences, strict=False):
        assert seen.between(first, then) == seconds
    assert faults(seen) == []


def test_names_in_json_are_used_or_told() -> None:
    seen = own("typed.json")
    assert seen.title == "Thuiskomen" or "Thuiskomen" in seen.stderr
    assert "Wavenet" in seen.stderr
    seen = own("sections.json")
    for title in ("Voeten", "Handen"):
        assert title in seen.titles or title in seen.stderr


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "left-pad", "version": "1.3.0", "dependencies": {}}',
        "[1, 2, 3]",
        "{}",
        "null",
        '{"text": ',
        '{"parts": "none"}',
        '{"a": 1' + "0" * 5000 + "}",
    ],
)
def test_json_that_holds_no_segments_is_refused(text: str) -> None:
    seen = taken(text, "a.json")
    assert seen.code == 65
    assert "json" in seen.stderr.replace("a.json", "").casefold()
    assert "= help: " in seen.stderr


def test_rates_are_multipliers() -> None:
    seen = own("35-rates.ssml")
    assert seen.said == ["Sit down slowly.", "Look up.", "Good."]
    assert re.search(r"\[(slow|traag)[:\]]\s*Sit down slowly\.", seen.text)
    assert not re.search(r"\[(slow|traag)[:\]]\s*(Look up|Good)\.", seen.text)
    assert seen.between("Sit down", "Look up") == pytest.approx(0.7)
    silent(seen, "SFX low bell")
    told_at(seen, 2)
    for one in seen.all_told:
        assert not re.search(r"rate|1\.0", one.text.splitlines()[0])


def test_rates_in_percent_and_by_name() -> None:
    seen = own("rates-percent.ssml")
    assert seen.said == [
        "Slow is fine.", "As it is.", "Slower by a little.", "In the middle.", "Once more.",
        "Very slow now.",
    ]  # fmt: skip
    for words in ("Slow is fine", "Slower by a little", "Very slow now"):
        assert re.search(rf"\[(slow|traag)[:\]]\s*{words}", seen.text)
    for words in ("As it is", "In the middle", "Once more"):
        assert not re.search(rf"\[(slow|traag)[:\]]\s*{words}", seen.text)
    assert not {5, 6} & seen.told_lines


def test_a_fast_rate_is_told_and_its_words_are_spoken() -> None:
    seen = own("rates-fast.ssml")
    assert seen.said == ["Dit gaat vlug.", "Dit gaat traag.", "Dit blijft zo."]
    told_at(seen, 2)
    assert 4 not in seen.told_lines
    assert re.search(r"\[(slow|traag)[:\]]\s*Dit gaat traag", seen.text)


def test_sounds_in_ssml_are_not_spoken() -> None:
    seen = own("sounds.ssml")
    assert seen.said == ["Welcome to the shore.", "Look at the water.", "Stay a while."]
    told_at(seen, 3, 5, 7)
    assert seen.between("Welcome", "Look") == pytest.approx(1.2)


@pytest.mark.parametrize(
    ("name", "said", "silences"),
    [
        (
            "elevenlabs-en.txt",
            (
                "Welcome back. Let your shoulders drop. You are safe here. There is nothing to do. "
                "Sleep well."
            ),
            [("Welcome", "shoulders", 1.5), ("shoulders", "safe", 4)],
        ),
        (
            "elevenlabs-nl.txt",
            "Welkom. Ga liggen. Laat los. Voel het bed. Het mag. Slaap maar.",
            [("Welkom", "liggen", 2), ("Laat los", "Voel", 0.8)],
        ),
        (
            "speech-markdown-en.txt",
            (
                "Sit down. Look around. Breathe out and stay. Good. Rest now. There is no hurry at "
                "all. Almost there, just a little longer. This is really all."
            ),
            [("Sit", "Look", 2), ("stay", "Good", 0.5), ("Rest now", "There is", 3)],
        ),
        (
            "speech-markdown-nl.txt",
            (
                "Ga zitten. Kijk rond. Fluister dit maar tegen jezelf. Goed zo. Het is stil. "
                "Welterusten en tot morgen."
            ),
            [("zitten", "Kijk", 3), ("jezelf", "Goed", 1.5), ("Het is", "stil", 2)],
        ),
    ],
)
def test_marks_of_speech_tools_are_silent_and_their_breaks_keep_their_length(
    name: str, said: str, silences: list[tuple[str, str, float]]
) -> None:
    seen = own(name)
    assert re.sub(r" (?=[,.])", "", " ".join(seen.said)) == said
    for first, then, seconds in silences:
        assert seen.between(first, then) == pytest.approx(seconds)
    assert faults(seen) == []


def test_tags_of_elevenlabs_are_done_or_told() -> None:
    seen = own("elevenlabs-en.txt")
    for line, done in [(1, r"\[(soft|zacht)"), (3, "exhale"), (5, r"\[whisper"), (7, "sigh")]:
        assert line in seen.told_lines or re.search(done, seen.text)
    told_at(seen, 9)


def test_breaks_beside_each_other_add_up() -> None:
    seen = taken(case("22b-break-tags.txt"), "22b-break-tags.txt")
    assert (seen.between("One", "Two"), seen.between("Two", "Three")) == (1.5, 4)


@pytest.mark.parametrize(
    "name",
    [
        "16-our-own-script.md", "15-markdown-page.md", "own-all-nl.md", "front-jekyll.md",
        "page-nl.html", "page-en.html", "23c-page.html", "clipboard-google.html", "film-nl.srt",
        "23a-captions.srt", "lines-en.vtt", "lines-nl.vtt", "23b-parts.json", "whisper.json",
        "zinnen.json", "35-rates.ssml", "rates-percent.ssml", "sounds.ssml", "wordpad-nl.rtf",
        "textedit-en.rtf", "elevenlabs-en.txt", "speech-markdown-nl.txt", "times-nl.txt",
        "many-arrows.txt",
    ],
)  # fmt: skip
def test_standard_input_is_known_by_what_it_holds(name: str) -> None:
    data = (INPUTS / name).read_bytes()
    piped, saved = taken(data, "-"), taken(data, name)
    assert piped.code == saved.code == 0, piped.stderr
    assert piped.heard == saved.heard
    assert piped.told_lines == saved.told_lines
    assert faults(piped) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ga zitten.\n\nAdem uit.\n",
        "Ga zitten.\r\n\r\nAdem uit.\r\n",
        "\ufeffGa zitten.\n\nAdem uit.",
    ],
)
def test_a_pasted_text_is_plain(text: str) -> None:
    seen = taken(text, "-")
    assert seen.said == ["Ga zitten.", "Adem uit."]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ""), (b" \n\n", ""), (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ""), (b"\xff\xfb\x90\x44" + bytes(400), ""),
        (bytes(range(256)) * 4, ""), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ""),
    ],
)  # fmt: skip
def test_standard_input_that_holds_no_text_is_refused(data: bytes, words: str) -> None:
    seen = taken(data, "-")
    assert seen.code == 65
    assert seen.text == ""
    assert words in seen.stderr.casefold()
    assert "= help: " in seen.stderr


@pytest.mark.parametrize("name", REFUSED)
def test_another_kind_is_refused_by_name_with_what_to_do(name: str) -> None:
    data, kind = REFUSED[name]
    seen = taken(data, name)
    assert seen.code == 65
    assert seen.text == ""
    assert re.search(rf"\b({kind})\b", seen.stderr.replace(name, "").casefold())
    assert re.search(r"= help: \S", seen.stderr)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("leeg.docx", b""),
        ("half.docx", WORD_NL[:700]),
        ("geen.docx", packed({"a.txt": "Dag."})),
        ("stuk.docx", packed({"[Content_Types].xml": "<", "word/document.xml": "<w:document"})),
        ("leeg.odt", b""),
        ("stuk.odt", packed({"mimetype": offices.ODT, "content.xml": "<office"})),
        ("geen.odt", packed({"mimetype": offices.ODT})),
        ("leeg.rtf", b""),
        ("geen.rtf", b"%PDF-1.7\n"),
        ("niets.rtf", b"{\\rtf1\\ansi }"),
        ("leeg.html", b"<html><body></body></html>"),
        ("leeg.srt", b""),
        ("leeg.vtt", b"WEBVTT\n"),
        ("stuk.ssml", b"<speak>Dag"),
    ],
)
def test_a_damaged_or_empty_file_is_refused(name: str, data: bytes) -> None:
    seen = taken(data, name)
    assert (seen.code, seen.text) == (65, "")
    assert "= help: " in seen.stderr


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_at_once(name: str) -> None:
    data = BOMBS[name]()
    begin = time.monotonic()
    seen = taken(data, name)
    assert time.monotonic() - begin < 5
    assert (seen.code, seen.text) == (65, "")
    assert "= help: " in seen.stderr
    assert "root:" not in seen.stderr


def test_tags_of_html_nested_deep_are_read_or_refused() -> None:
    seen = taken(b"<div>" * DEEP + b"Dag, lieve mens." + b"</div>" * DEEP, "deep.html")
    assert seen.code == 65 or seen.said == ["Dag, lieve mens."]


@pytest.mark.parametrize(
    ("name", "data", "language"),
    [
        ("a.docx", docx(paragraph("Sit down and look around you. There is time.")), "en"),
        ("b.docx", docx(paragraph("Ga maar zitten en kijk om je heen.")), "nl"),
        ("c.odt", odt("<text:p>Let the chair hold you, for a while.</text:p>"), "en"),
        ("d.txt", b"The house is quiet, and so are you.\n", "en"),
        ("e.txt", b"Het huis is stil, en jij bent het ook.\n", "nl"),
        ("f.html", b'<html lang="en"><body><p>Rest.</p></body></html>', "en"),
        ("g.html", b'<html lang="nl-BE"><body><p>Rust.</p></body></html>', "nl"),
        ("h.srt", b"1\n00:00:10,000 --> 00:00:12,000\nListen to the rain on the roof.\n", "en"),
        ("i.json", b'["There is nothing that you have to do now."]', "en"),
        ("j.ssml", b'<speak xml:lang="en-GB">Rest.</speak>', "en"),
        ("k.md", b"# Evening\n\nYou can let go of the day now.\n", "en"),
        ("l.rtf", b"{\\rtf1\\ansi The street is far away from here.\\par}", "en"),
        ("m.vtt", b"WEBVTT\n\n00:10.000 --> 00:12.000\nAlles wat je hoort mag er zijn.\n", "nl"),
    ],
)
def test_the_language_is_recognized(name: str, data: bytes, language: str) -> None:
    seen = taken(data, name)
    assert seen.script is not None, seen.stderr
    assert seen.script.meta.language.value == language


def test_the_language_that_is_asked_for_wins() -> None:
    seen = taken("Rust maar uit, de dag is om.", "a.txt", "--language", "en")
    assert seen.script is not None
    assert seen.script.meta.language.value == "en"


@pytest.mark.parametrize(
    ("name", "lines"),
    [("many-marks.txt", range(1, 48, 2)), ("many-arrows.txt", range(2, 49, 2))],
)
def test_notes_are_grouped_by_kind_with_every_line_named(name: str, lines: range) -> None:
    seen = own(name)
    assert notes(seen) <= 2
    assert set(lines) <= seen.told_lines
    assert "24" in seen.stderr


@pytest.mark.parametrize("name", ["many-marks.txt", "many-arrows.txt", "comment-in-text.txt"])
def test_notes_stand_at_the_top_of_the_new_script_as_a_comment(name: str) -> None:
    seen = own(name)
    assert seen.told_lines
    begin, end = seen.text.index("<!--"), seen.text.index("-->")
    comment = seen.text[begin:end]
    named = {int(number) for number in re.findall(r"\d+", comment)}
    assert seen.told_lines <= named
    before = re.sub(r"\A---\n.*?\n---\n", "", seen.text[:begin], flags=re.DOTALL)
    assert not before.strip()
    again = read(seen.text, "x.md")
    assert again.heard == seen.heard
    assert [one.text for one in again.all_told if one.severity == "error"] == []


@pytest.mark.parametrize("name", ["many-marks.txt", "many-arrows.txt"])
def test_nothing_of_a_note_is_spoken(name: str) -> None:
    seen = own(name)
    assert len(seen.said) == 24
    assert len(set(seen.said)) == 1


def test_a_comment_that_is_left_open_swallows_no_word_untold() -> None:
    seen = own("comment-in-text.txt")
    spoken(seen, "Een eerste zin.", "Een tweede zin.")
    spoken_or_told(seen, 2, "oud staat hier")
    told_at(seen, 3)


def test_an_import_that_loses_nothing_has_no_comment() -> None:
    assert "<!--" not in taken("Ga zitten.\n\nAdem uit.\n").text


def test_notes_are_in_the_order_of_lines_and_each_has_its_place() -> None:
    seen = taken("Ga zitten.\n[SFX: gong in de verte]\n\nAdem uit.\n(zachte muziek)\n")
    assert {2, 5} <= seen.told_lines
    assert re.search(r"--> scan\.txt:2:1\n", seen.stderr)


@pytest.mark.parametrize("name", ["zee.docx", "avond.odt"])
def test_a_file_that_is_there_is_never_overwritten(in_folder: Path, name: str) -> None:
    (in_folder / name).write_bytes(MADE[name])
    (in_folder / "x.md").write_bytes(b"Mijn eigen werk.\n")
    before = sorted(in_folder.rglob("*"))
    assert run_command(["new", "x", "--from", name]) == 73
    assert (in_folder / "x.md").read_bytes() == b"Mijn eigen werk.\n"
    assert sorted(in_folder.rglob("*")) == before


def test_standard_input_overwrites_nothing(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (in_folder / "x.md").write_bytes(b"Mijn eigen werk.\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Dag.\n"), encoding="utf-8"))
    assert run_command(["new", "x", "--from", "-"]) == 73
    assert (in_folder / "x.md").read_bytes() == b"Mijn eigen werk.\n"


def test_whoever_pastes_is_told_how_to_end(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pasted = io.TextIOWrapper(io.BytesIO(b"Dag.\n\nEen (zucht).\n"), encoding="utf-8")
    monkeypatch.setattr(pasted, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", pasted)
    assert run_command(["new", "mijn-avond", "--from", "-"]) == 0
    assert "press Enter and Ctrl" in capsys.readouterr().err
    assert "title: mijn avond" in (in_folder / "mijn-avond.md").read_text(encoding="utf-8")


def test_more_than_a_file_may_be_is_refused_from_standard_input(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(texts, "MAX_DOCUMENT_BYTES", 1 << 20)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a" * (1 << 20) + b"b")))
    assert run_command(["new", "x", "--from", "-"]) == 74
    assert "standard input is larger than 1 MiB" in capsys.readouterr().err
    assert [*in_folder.iterdir()] == []


@pytest.mark.parametrize("name", ["oefening.pdf", "alles.zip", "oud.doc", "deep.json", "half.docx"])
def test_a_failed_import_leaves_nothing_behind(in_folder: Path, name: str) -> None:
    made = {"deep.json": b"[" * 9_000, "half.docx": WORD_NL[:700]}
    (in_folder / name).write_bytes(made[name] if name in made else REFUSED[name][0])
    before = sorted(in_folder.rglob("*"))
    assert run_command(["new", "x", "--from", name]) == 65
    assert sorted(in_folder.rglob("*")) == before


@pytest.mark.parametrize("path", [*TEXTS, *CASES], ids=lambda path: path.name)
def test_no_import_gives_a_script_with_an_error(path: Path) -> None:
    assert faults(taken(path.read_bytes(), path.name)) == []
