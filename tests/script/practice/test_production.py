"""Production data: left out with a note on import, warned of in a script, never mistaken."""

# ruff: noqa: RUF001 -- dashes and quotes as people have them

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.script.practice.seen import (
    Seen,
    case,
    read,
    silent,
    spoken,
    spoken_or_told,
    taken,
    told_at,
    words_of,
)

INPUTS: Final = Path(__file__).parent / "inputs2"


@dataclass(frozen=True, slots=True)
class Case:
    """A text: the lines and words of it that are for its makers, and the lines for listeners."""

    text: str
    lines: tuple[int, ...]
    words: str
    said: tuple[str, ...]


HEADERS: Final = {
    "english": Case(
        "Duration: 20 min\nMusic: slow piano, 60 bpm\nVoice: female, low\n\n"
        "Sit down. Look around you.\n",
        (1, 2, 3),
        "duration 20 min music slow piano 60 bpm female low",
        ("Sit down.", "Look around you."),
    ),
    "dutch": Case(
        "Duur: 12 minuten\nMuziek: zachte golven\nStem: warm en laag\nDoelgroep: beginners\n\n"
        "Ga zitten. Kijk om je heen.\n",
        (1, 2, 3, 4),
        "duur 12 minuten muziek golven warm laag doelgroep beginners",
        ("Ga zitten.", "Kijk om je heen."),
    ),
    "bold": Case(
        "**Length:** about 8 minutes\n\n**Background music:** soft rain\n\n**Tone:** warm\n\n"
        "Let your hands rest.\n",
        (1, 3, 5),
        "length about 8 minutes background music soft rain tone warm",
        ("Let your hands rest.",),
    ),
    "bold dutch": Case(
        "**Tijdsduur**: 15 min\n**Achtergrondmuziek**: regen\n\nLaat je handen rusten.\n",
        (1, 2),
        "tijdsduur 15 min achtergrondmuziek regen",
        ("Laat je handen rusten.",),
    ),
    "listed": Case(
        "- Duration: 10 minutes\n- Music: none\n- Voice: male\n\nYou have time.\n",
        (1, 2, 3),
        "duration 10 minutes music none male",
        ("You have time.",),
    ),
    "capitals": Case(
        "DURATION: 25 MINUTES\nBACKGROUND: OCEAN WAVES\n\nThe day is done.\n",
        (1, 2),
        "duration 25 minutes background ocean waves",
        ("The day is done.",),
    ),
}
DIRECTIONS: Final = {
    "music": Case(
        "(Soft music fades in)\n\nSit down.\n\n(music fades out)\n",
        (1, 5),
        "soft music fades in out",
        ("Sit down.",),
    ),
    "music in dutch": Case(
        "*(Zachte muziek start)*\n\nGa zitten.\n\n*(muziek sterft weg)*\n",
        (1, 5),
        "zachte muziek start sterft weg",
        ("Ga zitten.",),
    ),
    "sounds": Case(
        "(Sound of waves)\nYou stand at the sea.\n(SFX: gulls)\n",
        (1, 3),
        "sound waves sfx gulls",
        ("You stand at the sea.",),
    ),
    "sounds in dutch": Case(
        "(Geluid van golven)\nJe staat aan zee.\n(geluidseffect: meeuwen)\n",
        (1, 3),
        "geluid golven geluidseffect meeuwen",
        ("Je staat aan zee.",),
    ),
    "voice": Case(
        "(in a soft, slow voice)\nYou may rest.\n\n(spreek langzaam)\nEn nu is het stil.\n",
        (1, 4),
        "soft slow voice spreek langzaam",
        ("You may rest.", "En nu is het stil."),
    ),
    "spans": Case(
        "**(0:00 – 1:00) Opening**\nSit down.\n\n**(1:00 – 4:00) Body**\nFeel your feet.\n",
        (1, 4),
        "0 00 1 4 opening",
        ("Sit down.", "Feel your feet."),
    ),
}
STUDIO: Final = {
    "note to a speaker": Case(
        "Note to narrator: leave five seconds after each line.\n\nLook around.\n",
        (1,),
        "note narrator leave five seconds after each line",
        ("Look around.",),
    ),
    "note to a speaker in dutch": Case(
        "Noot voor de inspreker: laat na elke zin vijf tellen stilte.\n\nKijk rond.\n",
        (1,),
        "noot inspreker laat elke zin vijf tellen stilte",
        ("Kijk rond.",),
    ),
    "note to a producer": Case(
        "[Producer note: duck the bed here]\n\nLet go.\n",
        (1,),
        "producer note duck bed here",
        ("Let go.",),
    ),
    "note of a voice": Case(
        "*Voice-over note: whisper this part.*\n\nYou are home.\n",
        (1,),
        "over note whisper this part",
        ("You are home.",),
    ),
    "to the editor": Case(
        "(Opmerking voor de studio: hier de bas zachter)\n\nJe bent thuis.\n",
        (1,),
        "opmerking studio bas zachter",
        ("Je bent thuis.",),
    ),
}
SECTIONS: Final = {
    "recording notes at the end": Case(
        "# Rest\nSit down.\n\n# Recording notes\nRead this slowly.\nKeep near the microphone.\n",
        (4,),
        "recording notes read slowly keep near microphone",
        ("Sit down.",),
    ),
    "how to use at the beginning": Case(
        "# How to use this script\nPlay it before you sleep.\n\n- not while driving\n\n"
        "# Script\nLie down.\n",
        (1,),
        "how use play before sleep driving",
        ("Lie down.",),
    ),
    "notes for the studio": Case(
        "## Opnamenotities\nLees het rustig voor.\n\n## Begin\nGa liggen.\n",
        (1,),
        "opnamenotities lees rustig voor",
        ("Ga liggen.",),
    ),
    "use": Case(
        "# Avond\nGa liggen.\n\n## Gebruiksaanwijzing\nLuister niet in de auto.\n",
        (4,),
        "gebruiksaanwijzing luister auto",
        ("Ga liggen.",),
    ),
    "a level below is of the section": Case(
        "# Production notes\nOne take.\n\n## Music\nLow drone.\n\n# Welcome\nSit down.\n",
        (1,),
        "production notes one take drone",
        ("Sit down.",),
    ),
}
LEFT: Final = {
    "to be inserted": Case(
        "Sit down.\n\n(closing words to be inserted)\n\nGood night.\n",
        (3,),
        "closing words inserted",
        ("Sit down.", "Good night."),
    ),
    "still to write": Case(
        "Ga zitten.\n\n(nog in te vullen)\n\nSlaap zacht.\n",
        (3,),
        "nog vullen",
        ("Ga zitten.", "Slaap zacht."),
    ),
    "todo": Case(
        "Look up.\n\nTODO: write the part about the sea\n\nLook down.\n",
        (3,),
        "todo write part about sea",
        ("Look up.", "Look down."),
    ),
    "tbd": Case(
        "Look up.\n\n[TBD]\n\nLook down.\n",
        (3,),
        "tbd",
        ("Look up.", "Look down."),
    ),
    "a name to fill in": Case(
        "Welkom.\n\n[NAAM INVULLEN]\n\nFijn dat je er bent.\n",
        (3,),
        "naam invullen",
        ("Welkom.", "Fijn dat je er bent."),
    ),
    "a sound to come": Case(
        "Listen.\n\n[Insert sound of rain here]\n\nStay a while.\n",
        (3,),
        "insert sound rain here",
        ("Listen.", "Stay a while."),
    ),
}
TABLES: Final = {
    "english": Case(
        "| Time | Voice | Sound |\n| --- | --- | --- |\n"
        "| 0:00 | Sit down. | (rain begins) |\n| 0:40 | Look around. | rain, softer |\n",
        (1, 3, 4),
        "time voice sound 0 00 40 rain begins softer",
        ("Sit down.", "Look around."),
    ),
    "dutch": Case(
        "| Tijd | Tekst | Geluid |\n|---|---|---|\n"
        "| 0:00 | Ga zitten. | golven |\n| 1:30 | Kijk rond. | golven zachter |\n",
        (1, 3, 4),
        "tijd tekst geluid 0 00 1 30 golven zachter",
        ("Ga zitten.", "Kijk rond."),
    ),
    "in another order": Case(
        "| Music | Script | Duration |\n| :-- | --- | --: |\n"
        "| piano | Let go. | 20 sec |\n| piano out | Good night. | 5 sec |\n",
        (1, 3, 4),
        "music script duration piano out 20 sec 5",
        ("Let go.", "Good night."),
    ),
    "with minutes": Case(
        "| Min. | Uitgesproken tekst | Muziek/effecten |\n|---|---|---|\n"
        "| 0-1 | Voel je voeten. | drone |\n| 1-2 | Voel je handen. | stilte |\n",
        (1, 3, 4),
        "min uitgesproken tekst muziek effecten drone stilte",
        ("Voel je voeten.", "Voel je handen."),
    ),
}
KEYS: Final = {
    "narrator": Case(
        "NARRATOR: Sit down.\n\nNARRATOR: Look around you.\n",
        (1, 3),
        "narrator",
        ("Sit down.", "Look around you."),
    ),
    "verteller": Case(
        "Verteller: Ga zitten.\n\nVerteller: Kijk om je heen.\n",
        (1, 3),
        "verteller",
        ("Ga zitten.", "Kijk om je heen."),
    ),
    "bold": Case(
        "**Voice-over:** Let go.\n\n**Voice-over:** Stay a while.\n",
        (1, 3),
        "over",
        ("Let go.", "Stay a while."),
    ),
    "numbered": Case(
        "deel-1: Voel je voeten.\n\ndeel-2: Voel je handen.\n\ndeel-3: Voel je rug.\n",
        (1, 3, 5),
        "deel 1 2 3",
        ("Voel je voeten.", "Voel je handen.", "Voel je rug."),
    ),
}
ALL: Final = {
    f"{kind}: {name}": one
    for kind, cases in {
        "header": HEADERS, "direction": DIRECTIONS, "studio": STUDIO, "section": SECTIONS,
        "left": LEFT, "table": TABLES, "key": KEYS,
    }.items()
    for name, one in cases.items()
}  # fmt: skip
MARKDOWN_ONLY: Final = ("section", "table")
"""What is known by marks of Markdown, which a plain text has not."""
PAUSES: Final = (
    "*pauze*", "*pause*", "_stilte_", "**PAUSE**", "_- Pause -_", "— pauze —", "- silence -",
    "*(pauze)*", "~ pause ~", "*stilte*", "(Pause)", "– STILTE –", "**_pauze_**",
)  # fmt: skip
ORDINARY: Final = {
    "english": (
        "Remember: you are safe.", "Music can wait.", "Time is on your side.",
        "Duration does not matter here.", "Note the sound of the rain.",
        "Voice by voice, it stills.",
        "Breathe in: the sea comes.", "How to use this hour is up to you.",
        "One thing: you can stop at any time.", "The bell in the village is far away.",
        "Recording devices have no place here.", "Background noise may stay.",
        "The title of this evening is yours.", "Hear the music fade in your mind.",
        "Nothing is to be done today.", "Sound and silence: both are welcome.",
        "Length of breath does not matter.", "Ask yourself: what do I hear?",
        "There is room (and time) for you.", "Speak to yourself as to a friend.",
    ),
    "dutch": (
        "Rust: meer is het niet.", "Muziek mag er zijn.", "De duur maakt niet uit.",
        "Let op: je hoeft niets.", "Stem en adem worden zachter.",
        "Het geluid van de regen blijft.",
        "Een ding: je mag altijd stoppen.", "Tijd is er genoeg.", "Zeg tegen jezelf: ik ben er.",
        "Adem in: de zee komt.", "Hoe je dit uur gebruikt, is aan jou.",
        "Er is ruimte (en tijd) voor jou.", "De bel van de school is ver weg.",
        "Niets hoeft ingevuld te worden.", "De achtergrond mag ruisen.",
        "Onthoud: je bent veilig.", "De stilte start vanzelf.",
        "Kijk, luister en voel: het is goed.",
        "De verteller zwijgt nu even.", "Deel dit moment met jezelf.",
    ),
}  # fmt: skip
SENTENCES: Final = [line for lines in ORDINARY.values() for line in lines]


def case_of(name: str) -> str:
    """Return a file of `inputs2/`."""
    return (INPUTS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*ALL])
def test_production_data_is_left_out_with_a_note(name: str) -> None:
    one = ALL[name]
    suffix = "md" if name.startswith(MARKDOWN_ONLY) else "txt"
    seen = taken(one.text, f"scan.{suffix}")
    assert seen.code == 0, seen.stderr
    silent(seen, " ".join(words_of(one.words) - words_of(*one.said)))
    assert tuple(seen.said) == one.said
    told_at(seen, *(line for line in one.lines if not _title(seen, one, line)))
    assert not [one.text for one in read(seen.text).all_told if one.severity == "error"]


def _title(seen: Seen, one: Case, line: int) -> bool:
    """Say whether a line became a title, as words between times may."""
    words = words_of(one.text.splitlines()[line - 1])
    return {word for word in words if word.isalpha()} <= seen.title_words()


@pytest.mark.parametrize("name", [*ALL])
def test_production_data_comes_out_of_markdown_as_well(name: str) -> None:
    one = ALL[name]
    seen = taken(one.text, "scan.md")
    assert tuple(seen.said) == one.said


@pytest.mark.parametrize(
    "name", [name for name, one in ALL.items() if "[" not in one.text]
)  # fmt: skip
def test_production_data_in_a_script_is_warned_of_at_its_line(name: str) -> None:
    one = ALL[name]
    seen = read(one.text)
    told_at(seen, *(one.lines[:1] if name.startswith("table") else one.lines))
    assert seen.code == 0
    assert {one.severity for one in seen.all_told} == {"warning"}


@pytest.mark.parametrize("suffix", ["md", "txt"])
@pytest.mark.parametrize("language", ORDINARY)
def test_lines_that_look_a_bit_like_it_stay_spoken_and_untold(language: str, suffix: str) -> None:
    lines = ORDINARY[language]
    text = "\n\n".join(lines) + "\n"
    seen = taken(text, f"scan.{suffix}")
    assert seen.code == 0, seen.stderr
    for line in lines:
        spoken(seen, line)
    assert " ".join(seen.said) == " ".join(lines)
    assert seen.told_lines == set()
    assert "<!--" not in seen.text


@pytest.mark.parametrize("line", SENTENCES)
@pytest.mark.parametrize("text", ["{line}\n\n{other}\n", "{other}\n\n{line}\n", "# A\n{line}\n"])
def test_a_line_that_looks_a_bit_like_it_is_not_warned_of(line: str, text: str) -> None:
    other = "You can sit here." if line in ORDINARY["english"] else "Je mag hier zitten."
    seen = read(text.format(line=line, other=other))
    assert seen.code == 0
    assert seen.told_lines == set()
    assert line in " ".join(seen.said)


def test_the_case_of_production_notes() -> None:
    text = case_of("18-production-notes.md")
    seen = read(text, "18-production-notes.md")
    told_at(seen, 1, 2, 4, 5, 8)
    assert seen.code == 0
    imported = taken(text, "18-production-notes.md")
    assert imported.said == ["Sit down and listen."]
    silent(imported, "length minutes music tone opening sound rain roof record speak microphone")
    assert {1, 2, 5, 8} <= imported.told_lines


def test_the_case_of_a_header_that_is_not_opened() -> None:
    text = case_of("17-header-not-opened.txt")
    imported = taken(text, "17-header-not-opened.txt")
    assert imported.said == ["You stand beside a lake."]
    assert "A Lake at Night" in {imported.title, *imported.titles} or 1 in imported.told_lines
    assert {2, 3, 4} <= imported.told_lines
    seen = read(text, "17-header-not-opened.txt")
    for line, words in [(2, "duration"), (3, "ambient"), (4, "style")]:
        assert words not in seen.words() or line in seen.told_lines


def test_the_case_of_comments_with_a_hash() -> None:
    text = case("39-hash-comments.txt")
    seen = taken(text, "39-hash-comments.txt")
    assert seen.said == ["I am here.", "I have time."]
    assert seen.titles == []
    assert sum(one.severity == "note" for one in seen.all_told) == 1
    assert {1, 2, 4} <= seen.told_lines


@pytest.mark.parametrize(
    ("text", "said", "lines"),
    [
        (
            "# mijn zinnen voor de avond\n# versie 3\n\nIk ben hier.\n\nIk heb tijd.\n",
            ["Ik ben hier.", "Ik heb tijd."],
            {1, 2},
        ),
        (
            "#!sleep\n# voice: soft, female\n#\n# one per line\nI am safe.\nI can rest.\n",
            ["I am safe.", "I can rest."],
            {2, 4},
        ),
        ("I am safe.\n# pause here?\nI can rest.\n", ["I am safe.", "I can rest."], {2}),
    ],
)
def test_comments_with_a_hash_in_a_plain_text_are_silent_and_noted_once(
    text: str, said: list[str], lines: set[int]
) -> None:
    seen = taken(text, "zinnen.txt")
    assert seen.said == said
    assert lines <= seen.told_lines
    assert sum(one.severity == "note" for one in seen.all_told) == 1
    assert seen.titles == []


def test_the_case_of_speaker_keys() -> None:
    text = case_of("40-speaker-keys.txt")
    for seen in (taken(text, "40-speaker-keys.txt"), read(text, "40-speaker-keys.txt")):
        told_at(seen, 1, 3)
        spoken(seen, "Sit down.", "Look around.")


@pytest.mark.parametrize("mark", PAUSES)
@pytest.mark.parametrize(
    ("text", "line", "usual_seconds"),
    [("Rust.\n\n{}\n\nKijk.\n", 3, 2.0), ("Rust. {} Kijk.\n", 1, 0.9)],
)
def test_a_word_for_a_pause_in_stars_or_dashes_is_a_pause_or_told(
    mark: str, text: str, line: int, usual_seconds: float
) -> None:
    imported, checked = taken(text.format(mark)), read(text.format(mark))
    assert imported.said == ["Rust.", "Kijk."]
    for seen in (imported, checked):
        if line not in seen.told_lines:
            assert seen.said == ["Rust.", "Kijk."]
            assert seen.between("Rust", "Kijk") >= usual_seconds


def test_the_case_of_words_for_pauses() -> None:
    seen = read(case("19-pause-words.md"))
    assert seen.words() & {"pauze", "pause"} == set() or seen.told_lines >= {1, 3, 5, 7}


def test_a_table_of_words_alone_keeps_its_rows() -> None:
    text = "| Links | Rechts |\n|---|---|\n| Voel je hand. | Voel je voet. |\n"
    seen = taken(text, "scan.md")
    assert seen.said[-2:] == ["Voel je hand.", "Voel je voet."]
    spoken_or_told(seen, 1, "Links Rechts")


def test_many_directions_are_told_in_one_note_with_every_line() -> None:
    text = "".join(f"(sound of wave {n})\nStay here.\n" for n in range(1, 31))
    seen = taken(text)
    assert seen.said == ["Stay here."] * 30
    assert set(range(1, 60, 2)) <= seen.told_lines
    assert sum(one.severity == "note" for one in seen.all_told) == 1
