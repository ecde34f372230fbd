"""What is written for the one who makes the recording, and what only looks like it."""

# ruff: noqa: RUF001 -- the dashes and signs that people type are the point

from __future__ import annotations

from itertools import pairwise

import pytest

from sessions.script.model import Language
from sessions.script.phrases.production import columns, outs, section
from tests.script.phrases.ordinary import SPOKEN

EN, NL = Language.ENGLISH, Language.DUTCH


def seen(line: str, language: Language = EN) -> list[tuple[str, str]]:
    return [(line[out.start : out.stop], out.reason) for out in outs(line, language)]


@pytest.mark.parametrize(
    "line",
    [
        "Duration: 20 min", "**Length:** about 5 minutes", "**Music:** one long low tone",
        "Ambient: rain", "Style: slow and low", "Voice: warm", "Duur: 12 minuten",
        "Achtergrondgeluid: regen", "Word count: 900", "Level: beginner",
        "Target audience: adults", "Author: J. Doe", "Copyright 2021 by J. Doe",
        "Published: May 2020", "Tags: rest, night", "- Duration: 20 min", "> Music: soft piano",
        "**Duration**: 20 min", "*Tempo:* traag", "Stem: warm en laag", "Auteur: Jan",
        "DURATION: 12 MINUTES", "Background music: none", "Doelgroep: volwassenen",
        "Approximate length: 10 minutes", "* Sound: rain", "__Tone:__ calm", "Title: A Lake",
        "Total time: 15:00", "Aantal woorden: 900", "Sound effects: birds",
        "Equipment: a good microphone", "Author: You and I, in the quiet of the night.",
        "Source: a book.", "Title: The Lake.", "Language: English.", "Taal: Nederlands.",
        "Target audience: all of you.", "Doelgroep: iedereen die slecht slaapt.",
        "**Muziek: zachte piano**",
    ],
)  # fmt: skip
def test_headers_are_left_out_whole(line: str) -> None:
    ((words, reason),) = seen(line)
    assert reason == "a header"
    assert words == line.lstrip("-> ").removeprefix("* ")
    assert seen(line, NL) == seen(line)


@pytest.mark.parametrize(
    ("line", "stamp"),
    [
        ("**(0:00 - 0:40) Sit down.**", "(0:00 - 0:40) "), ("(0:00 - 0:40) Sit down.",
        "(0:00 - 0:40) "),
        ("[0:15] Look up.", "[0:15] "), ("00:15 Look up.", "00:15 "),
        ("[00:00:15] Words", "[00:00:15] "), ("0:15 - Look up.", "0:15 - "),
        ("0:00–0:40: Sit down.", "0:00–0:40: "), ("(2:10) Breathe.", "(2:10) "),
        ("[0:00 --> 0:05] Sit.", "[0:00 --> 0:05] "), ("- [1:10] Sit.", "[1:10] "),
        ("0:15 | Look up.", "0:15 | "), ("@0:20 Look up.", "@0:20 "),
    ],
)  # fmt: skip
def test_of_a_time_before_words_only_the_time_is_left_out(line: str, stamp: str) -> None:
    assert seen(line) == [(stamp, "a time of the recording")]


@pytest.mark.parametrize(
    ("mark", "written"),
    [
        ("/pauze/", "pause 5s"), ("---5 sec---", "pause 5s"), ("--pause--", "pause 5s"),
        ("^pauze 5^", "pause 5s"), ("@pauze@", "pause 5s"), ("#pauze10", "pause 10s"),
        ("#10s#", "pause 10s"), ("(P)", "pause 5s"), ("(p 5s)", "pause 5s"), ("[p:5]", "pause 5s"),
        ("(kort)", "pause 3s"), ("(na 1 min.)", "pause 60s"), ("(long)", "pause 10s"),
        ("(stiltemoment van 1 minuut)", "pause 60s"), ("(pause briefly)", "pause 3s"),
        ("*beat*", "pause 1s"), ("(silently count to 5)", "pause 5s"),
        ("(laat een stilte vallen)", "pause 5s"), ("⏸️ 10 sec", "pause 10s"), ("⏸", "pause 5s"),
        ("[pauze]5[/pauze]", "pause 5s"), ("(15’’)", "pause 15s"),
        ("<pause>3s</pause>", "pause 3s"),
        ("==pause 4s==", "pause 4s"), ("$pause$", "pause 5s"), ("|pauze 5s|", "pause 5s"),
        ("%pause%", "pause 5s"), ("++stilte 10 s++", "pause 10s"), ("~~pause~~", "pause 5s"),
        ("//pause//", "pause 5s"), ("@pause", "pause 5s"), ("🔔", "bell"), ("/bel/", "bell"),
        ("<<pause 5s>>", "pause 5s"), ("-pauze-", "pause 5s"), ("[bell]ring[/bell]", "bell"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("line", ["{}", "Adem uit. {} Kijk rond.", "Adem uit. {}"])
def test_a_mark_is_known_between_any_signs(mark: str, written: str, line: str) -> None:
    (out,) = outs(line.replace("{}", mark), EN)
    assert out.mark
    assert out.mark.written == written
    assert line.replace("{}", mark)[out.start : out.stop] == mark


@pytest.mark.parametrize(
    ("mark", "written"),
    [
        ("(take a moment)", "pause 5s"), ("(neem een moment)", "pause 5s"),
        ("(give them time)", "pause 5s"), ("(pause…)", "pause 5s"), ("(… pauze …)", "pause 5s"),
        ("(pause: 3 deep breaths)", "pause 18s"), ("(pause for 2 or 3 breaths)", "pause 18s"),
        ("(pauze, 2 of 3 diepe ademhalingen)", "pause 18s"), ("(4-5 breaths)", "pause 30s"),
        ("(pause and breathe)", "pause 5s"), ("(pauze en ademen)", "pause 5s"),
        ("(hold for 5)", "pause 5s"), ("(hold for five)", "pause 5s"),
        ("(houd 4 tellen vast)", "pause 4s"), ("(anderhalve minuut)", "pause 90s"),
        ('(3")', "pause 3s"), ("(pause 1'30\")", "pause 90s"), ("【pause】", "pause 5s"),
        ("【5 sec】", "pause 5s"), ("[gong sounds three times]", "bell"),
        ("(bell, 3 times)", "bell"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", Language)
def test_a_mark_between_sentences_is_known(mark: str, written: str, language: Language) -> None:
    (out,) = outs(f"Sit down. {mark} Go on.", language)
    assert out.mark
    assert out.mark.written == (
        written if language is EN else written.replace("pause", "pauze").replace("bell", "bel")
    )


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("wacht 5 sec.", "pause 5s"), ("10 seconden stilte.", "pause 10s"), ("PAUSE.", "pause 5s"),
        ("PAUZE!", "pause 5s"), ("Pauze 10 sec.", "pause 10s"), ("Pauze.", "pause 5s"),
        ("LONG PAUSE.", "pause 10s"), ("5 sec.", "pause 5s"), ("Wait 5 s...", "pause 5s"),
        ("STILTE, 20 SEC.", "pause 20s"), ("STOP.", ""), ("Stilte: 20 sec.", "pause 20s"),
    ],
)  # fmt: skip
def test_a_mark_may_end_with_a_stop(line: str, written: str) -> None:
    assert [out.mark and out.mark.written for out in outs(line, EN)] == [written] * bool(written)


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("pause", "pause 5s"), ("Pause", "pause 5s"), ("long pause", "pause 10s"),
        ("Lange pauze", "pause 10s"), ("pauze...", "pause 5s"), ("Pause:", "pause 5s"),
        ("LANGE STILTE", "pause 10s"),
        ("SILENCE", "pause 5s"), ("A LONG SILENCE", "pause 10s"), ("BELL", "bell"),
        ("THE BELL RINGS", "bell"), ("DE KLANKSCHAAL KLINKT", "bell"), ("gong x1", "bell"),
        ("one minute of silence", "pause 60s"), ("Stilte 20 sec", "pause 20s"),
        ("a silence of ten seconds", "pause 10s"), ("(a long silence)", "pause 10s"),
        ("[de klankschaal klinkt]", "bell"), ("*silence*", "pause 5s"), ("*SILENCE*", "pause 5s"),
        ("*Silence, 10 s*", "pause 10s"), ("*Pause*", "pause 5s"),
    ],
)  # fmt: skip
def test_a_line_that_is_hardly_of_a_verse_is_a_mark(line: str, written: str) -> None:
    assert [out.mark and out.mark.written for out in outs(line, EN)] == [written]


@pytest.mark.parametrize(
    ("mark", "written"),
    [
        ("(5-10 second pause)", "pause 5s..10s"), ("(30-second pause)", "pause 30s"),
        ("(pause)", "pause 5s"), ("(korte pauze)", "pause 3s"), ("(pause 5 s)", "pause 5s"),
        ("(10 seconds of silence)", "pause 10s"), ("(wait ten seconds)", "pause 10s"),
        ("(stilte van een minuut)", "pause 60s"), ("(lange stilte)", "pause 10s"),
        ("(pause for 3 breaths)", "pause 18s"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("line", ["One {} two.", "One {}, two."])
def test_a_pause_within_a_sentence_is_named_or_has_a_length(
    mark: str, written: str, line: str
) -> None:
    assert [out.mark and out.mark.written for out in outs(line.replace("{}", mark), EN)] == [
        written
    ]


@pytest.mark.parametrize(
    "line",
    [
        "After the out-breath (a pause) comes the next one.",
        "Look at the lake (silence) and the sky.",
        "Na de uitademing (een pauze) komt de volgende.",
        "Kijk naar het meer (stilte) en de lucht.",
    ],
)
def test_a_pause_that_is_spoken_of_is_none(line: str) -> None:
    assert outs(line, EN) == outs(line, NL) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("||", "||"), ("*", "*"), ("$", "$"), ("Come to rest. * Breathe in.", "*"),
        ("Breathe in || Breathe out", "||"), ("Yes $ no", "$"), ("Sit. | Go.", "|"), ("^", "^"),
        ("Rust. ‖ Kijk.", "‖"), ("~", "~"), ("Rust. ** Kijk.", "**"), ("¶ Rust.", "¶"),
    ],
)  # fmt: skip
def test_a_sign_by_itself_is_left_over(line: str, words: str) -> None:
    assert seen(line) == [(words, "a sign left over")]


@pytest.mark.parametrize(
    "line",
    [
        "| Sit. | Go. |", "* Sit.", "Two * three", "* * *", "5 $ is enough", "a | b",
        "$5 is little",
        "- Sit.", "~ 5 km", "2 ^ 3", "| --- | --- |", "***", "Rust \\* Kijk",
    ],
)  # fmt: skip
def test_other_signs_stay(line: str) -> None:
    assert "a sign left over" not in {why for _, why in seen(line)} or line == "Two * three"


def test_a_time_before_words_can_be_waited_for_unless_it_is_a_span_or_the_start() -> None:
    lines = ("[0:15] Look up.", "(0:00 - 0:40) Sit there.", "[0:00] Sit.")
    marks = [outs(line, EN)[0].mark for line in lines]
    assert [mark and mark.written for mark in marks] == ["until 0:15", None, None]


@pytest.mark.parametrize(
    ("line", "words", "reason"),
    [
        ("*(Sound of rain on a roof)*", "*(Sound of rain on a roof)*", "a sound"),
        ("[music fades]", "[music fades]", "a sound"),
        ("(softly) Good night.", "(softly)", "a stage direction"),
        ("Good night. (whispers) Sleep.", "(whispers)", "a stage direction"),
        ("_(warm, low tone)_", "_(warm, low tone)_", "a stage direction"),
        ("(music fades in)", "(music fades in)", "a sound"),
        ("Sit. [sighs] Good.", "[sighs]", "a stage direction"),
        ("*soft music fades in*", "*soft music fades in*", "a sound"),
        ("(note: slower here)", "(note: slower here)", "a stage direction"),
        ("Kijk. (zachte muziek)", "(zachte muziek)", "a sound"),
        ("SFX: one long wave", "SFX: one long wave", "a sound"),
        ("(END)", "(END)", "the end"),
        ("THE END", "THE END", "the end"),
        ("**Einde**", "**Einde**", "the end"),
        ("Rust. *pauze* Kijk.", "*pauze*", "a pause"),
        ("_- Pause -_", "_- Pause -_", "a pause"),
        ("Adem. — pauze — Klaar.", "— pauze —", "a pause"),
        ("**PAUSE**", "**PAUSE**", "a pause"),
        ("PAUSE", "PAUSE", "a pause"),
        ("Pause 5 seconds", "Pause 5 seconds", "a pause"),
        ("# PAUSE", "PAUSE", "a pause"),
        ("***long pause***", "***long pause***", "a pause"),
        ("REST", "REST", "a pause"),
        ("Adem uit. (rust)", "(rust)", "a pause"),
        ("Let it be (pause) and go on.", "(pause)", "a pause"),
        ("*(pauze, 5 tellen)*", "*(pauze, 5 tellen)*", "a pause"),
        ("- pause -", "- pause -", "a pause"),
        ("--- silence ---", "--- silence ---", "a pause"),
        ("*Bell*", "*Bell*", "a bell"),
        ("*softly*", "*softly*", "a stage direction"),
        ("Sit. *softly* Good night.", "*softly*", "a stage direction"),
        ("*Whispering* Good night.", "*Whispering*", "a stage direction"),
        ("(*Say slowly, drop the voice*)", "(*Say slowly, drop the voice*)", "a stage direction"),
        ("<<< Music fades out >>>", "<<< Music fades out >>>", "a sound"),
        ("<< music >>", "<< music >>", "a sound"),
        ("▶ Muziek: track 2", "▶ Muziek: track 2", "a sound"),
        ("🎵 soft piano", "🎵 soft piano", "a sound"),
        ("(Cliënt knikt)", "(Cliënt knikt)", "a stage direction"),
        ("(tekst trager lezen)", "(tekst trager lezen)", "a stage direction"),
        ("(geef de cliënt tijd)", "(geef de cliënt tijd)", "a pause"),
        ("(Rustige muziek opbouwen)", "(Rustige muziek opbouwen)", "a sound"),
        ("(2x fluitje)", "(2x fluitje)", "a sound"),
        ("(therapist pauses)", "(therapist pauses)", "a pause"),
        ("zeer traag lezen", "zeer traag lezen", "a stage direction"),
        ("TRAAG LEZEN", "TRAAG LEZEN", "a stage direction"),
        ("(breathes)", "(breathes)", "a stage direction"),
        ("WHISPERING", "WHISPERING", "a stage direction"),
        ("rustig voorlezen", "rustig voorlezen", "a stage direction"),
        ("(gong)", "(gong)", "a bell"),
        ("Sit. *one low bell* Breathe.", "*one low bell*", "a bell"),
        ("~ pauze ~", "~ pauze ~", "a pause"),
        ("<pause 5s>", "<pause 5s>", "a pause"),
    ],
)  # fmt: skip
def test_marks_and_directions_are_left_out_with_their_signs(
    line: str, words: str, reason: str
) -> None:
    assert seen(line) == [(words, reason)]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("intro-one: Sit down.", "intro-one: "), ("NARRATOR: Sit down.", "NARRATOR: "),
        ("Speaker 1: Sit down.", "Speaker 1: "), ("ANNA: Sit down.", "ANNA: "),
        ("part_2: Sit down.", "part_2: "), ("Narrator: Sit.", "Narrator: "),
        ("**Host:** Sit down.", "**Host:** "), ("VERTELLER: Ga zitten.", "VERTELLER: "),
        ("Spreker 2: Ga zitten.", "Spreker 2: "), ("[Narrator] Sit down.", "[Narrator] "),
        ("**NARRATOR:** Sit down.", "**NARRATOR:** "), ("DR. SMITH: Sit.", "DR. SMITH: "),
        ("-JAN: Sit down.", "JAN: "), ("- JAN: Sit down.", "JAN: "), ("— ANNA: Sit.", "ANNA: "),
        ("– Therapist: Sit.", "Therapist: "), ("Coach : Sit.", "Coach : "),
        ("Guide (softly): Sit down.", "Guide (softly): "), ("VO: Sit down.", "VO: "),
        ("step-two: Sit.", "step-two: "), ("Anna: sit down.", "Anna: "),
        ("*Anna (softly):* Sit.", "*Anna (softly):* "),
    ],
)  # fmt: skip
def test_of_what_a_speaker_says_only_the_name_is_left_out(line: str, key: str) -> None:
    names = frozenset(("ANNA", "JAN", "DR. SMITH", "Anna"))
    found = outs(line, EN, names)
    assert [(line[out.start : out.stop], out.reason) for out in found] == [
        (key, "the name of a speaker")
    ]
    known = not any(name in key for name in names)
    assert bool(outs(line, EN)) is known


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[to be inserted]", "[to be inserted]"), ("TODO", "TODO"), ("TBD", "TBD"),
        ("Hello [insert name].", "[insert name]"), ("Hello {{name}}.", "{{name}}"),
        ("XXX", "XXX"), ("nog invullen", "nog invullen"), ("Hi <your name>, sit.", "<your name>"),
        ("TODO: add the ending", "TODO: add the ending"), ("Lorem ipsum dolor sit amet.",
        "Lorem ipsum dolor sit amet."),
        ("(to be added)", "(to be added)"), ("[NAME], sit down.", "[NAME]"),
        ("Dag [naam invullen].", "[naam invullen]"), ("[your name here] rests.",
        "[your name here]"),
        ("FIXME", "FIXME"), ("TODO (Anna)", "TODO (Anna)"), ("TODO - more", "TODO - more"),
    ],
)  # fmt: skip
def test_placeholders_are_left_out(line: str, words: str) -> None:
    assert seen(line) == [(words, "a placeholder")]


@pytest.mark.parametrize(
    "line",
    [
        "Page 3 of 7", "© 2021 Quiet Company", "All rights reserved.", "Read more", "Share this",
        "www.example.org", "https://example.org/more", "Pagina 3 van 7", "Lees meer", "3/7",
        "Subscribe to our newsletter", "Alle rechten voorbehouden", "- 12 -", "Deel dit",
        "Download this script as a PDF", "Back to top",
    ],
)  # fmt: skip
def test_page_furniture_is_left_out(line: str) -> None:
    ((words, reason),) = seen(line)
    assert (words, reason) == (line, "of a page")


@pytest.mark.parametrize("line", ["<!-- ask the editor -->", "// slower here", "%% check this"])
def test_comments_are_left_out(line: str) -> None:
    assert seen(line) == [(line, "a comment")]


@pytest.mark.parametrize(
    "line",
    [
        "Note to narrator: slow down.", "Note for the studio: cut here", "*Note: read slowly.*",
        "(Reader: wait until they are still)", "Recording note: low gain",
        "Noot voor de spreker: traag",
        "[Note: not recorded]", "Studio: use a pop filter", "Studio: cut here", "Regie: warmer.",
        "Director's note: warmer",
        "Opmerking voor de voorlezer: niet te snel",
    ],
)  # fmt: skip
def test_notes_for_the_studio_are_left_out(line: str) -> None:
    ((words, _),) = seen(line)
    assert words == line


@pytest.mark.parametrize("language", Language)
def test_lines_that_merely_hold_such_words_are_heard(language: Language) -> None:
    found = {line: seen(line, one) for line in SPOKEN[language] for one in Language}
    assert len(SPOKEN[language]) >= 60
    assert not {line: what for line, what in found.items() if what}


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Recording notes", "notes for the studio"), ("How to record this", "notes for the studio"),
        ("How to use", "instructions for the reader"), ("How to use this script",
        "instructions for the reader"),
        ("Instructions for the reader", "instructions for the reader"),
        ("Script info", "about the script"), ("About the author", "about the script"),
        ("Links and resources", "sources"), ("References", "sources"), ("Bronnen", "sources"),
        ("Gebruik", "instructions for the reader"), ("Opnamenotities", "notes for the studio"),
        ("**Production Notes:**", "notes for the studio"), ("Licence", "about the script"),
        ("Over de auteur", "about the script"), ("Voor de voorlezer",
        "instructions for the reader"),
        ("2. Notes for the narrator", "notes for the studio"), ("Table of contents",
        "about the script"),
        ("Aanwijzingen voor de spreker", "instructions for the reader"), ("Further reading",
        "sources"),
        ("Aanwijzingen voor de opname", "notes for the studio"),
    ],
)  # fmt: skip
def test_some_headings_are_of_what_is_not_heard(title: str, reason: str) -> None:
    assert section(title, EN) == section(title, NL) == reason


@pytest.mark.parametrize(
    "title",
    [
        "Opening", "Arrive", "Feet", "Body scan", "Notes of the forest", "How to sit", "Aankomen",
        "Voeten", "A note of thanks", "Using your breath", "About you", "The music of rain", "Rust",
        "Instructions from the body", "Bron van rust", "", "1",
        "Links", "3. Links", "**Links**", "Links:", "RESOURCES", "Notes", "Contents", "Comments",
        "Tags", "Inhoud", "Reacties", "Opmerkingen", "Notice", "Over de brug",
    ],
)  # fmt: skip
def test_other_headings_are_of_what_is_heard(title: str) -> None:
    assert section(title, EN) == section(title, NL) == ""


@pytest.mark.parametrize(
    ("row", "spoken"),
    [
        (["Time", "Voice", "Sound"], [1]), (["Tijd", "Tekst", "Geluid"], [1]),
        (["#", "Script", "Notes"], [1]), (["Duration", "Narration", "Music"], [1]),
        (["Time", "Words"], [1]), (["**Time**", "**Text**"], [1]), (["Timecode", "Spoken text",
        "SFX"], [1]),
        (["Nr.", "Stem", "Muziek"], [1]), (["Minute", "What to say", "Background"], [1]),
        (["Fase", "Duur", "Tekst"], [2]), (["", "Script", "Sound"], [0, 1]), (["Time", "Part",
        "Voice-over"], [2]),
    ],
)  # fmt: skip
def test_of_a_table_the_columns_for_the_maker_are_known(row: list[str], spoken: list[int]) -> None:
    for language in Language:
        reasons = columns(row, language)
        assert [index for index, reason in enumerate(reasons) if not reason] == spoken


@pytest.mark.parametrize(
    "row",
    [
        ["Sit down.", "Look up."], ["Time", "passes"], ["In", "Hold", "Out"], ["0:00", "Look."],
        [], ["Voice"], ["Rest", "Wait"], ["Left", "Right"], ["Adem in", "Adem uit"],
        ["Sound of the sea", "Voice of the wind"], ["4", "7", "8"],
    ],
)  # fmt: skip
def test_other_rows_are_no_heading_rows(row: list[str]) -> None:
    for language in Language:
        assert columns(row, language) == []


def test_a_name_of_another_language_may_be_a_word() -> None:
    assert columns(["Begin", "Tekst"], NL) == ["times", ""]
    assert columns(["Begin", "Text"], EN) == []
    assert columns(["Start", "Text"], EN) == ["times", ""]
    assert columns(["Start", "Tekst"], NL) == []


def test_places_are_in_order_and_do_not_overlap() -> None:
    line = "**(0:00 - 0:40)** Sit. *pauze* (softly) Good. [music fades] — bell — Go. {{name}}"
    found = outs(line, EN)
    assert len(found) == 6
    assert all(one.stop <= two.start for one, two in pairwise(found))
