"""What people write as a mark, and what only looks like one."""

# ruff: noqa: RUF001 -- the dashes and signs that people type are the point

from __future__ import annotations

import time

import pytest

from sessions.script.model import Language
from sessions.script.phrases.marks import BELL_NAMES, PAUSE_NAMES, What, bare, understood

EN, NL = Language.ENGLISH, Language.DUTCH


def seen(words: str, language: Language = EN) -> tuple[str, str] | None:
    mark = understood(words, language)
    return (mark.what.name, mark.written) if mark else None


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("2s", "2s"), ("300ms", "300ms"), ("10 sec", "10s"), ("20 seconds", "20s"),
        ("4 tellen", "4s"), ("0.5s", "0.5s"), ("SILENCE: 6", "6s"), ("PAUSE=5", "5s"),
        ("pause_5s", "5s"), ("pause-5", "5s"), ("wait 5", "5s"), ('break time="1.5s"', "1.5s"),
        ("|pause 0.5s|", "0.5s"), ('pause:"5s"', "5s"), ("pause 10-15 seconds", "10s..15s"),
        ("Pause for one minute", "60s"), ("pause ten seconds", "10s"),
        ("pause for 1 minute and 30 seconds", "90s"), ("wait 1 min 15 sec", "75s"),
        ("stilte van een halve minuut", "30s"), ("anderhalve minuut stilte", "90s"),
        ("- 5 s -", "5s"), ("5-second pause", "5s"), ("about 8 seconds of silence", "8s"),
        ("REST 20 SECONDS", "20s"), ("beat, 2s", "2s"), ("quiet for 30 sec.", "30s"),
        ("2:10 - 2:50: silence", "40s"), ("2:10–2:50", "40s"), ("0:59:50 — 1:00:10", "20s"),
        ("silence 12:00 to 12:30", "30s"), ("pause (5 sec)", "5s"), ("pause 1:30", "90s"),
        ("<pause 3s>", "3s"), ("PAUSE — 5 SEC.", "5s"), ("silence for 10 seconds here", "10s"),
        ("pauze van ongeveer vijf tellen", "5s"), ("wacht 10 seconden", "10s"),
        ("p 5s", "5s"), ("p:5", "5s"), ("P5", "5s"), ("p=3", "3s"), ("[p: 2.5s]", "2.5s"),
        ("15’’", "15s"), ('10"', "10s"), ("(15”)", "15s"), ("[20'']", "20s"), ("pauze 5”", "5s"),
        ("1'", "60s"), ("0'30\"", "30s"), ("⏸️ 10 sec", "10s"), ("⏸ 5s", "5s"), ("⏳ 20s", "20s"),
        ("na 1 min.", "60s"), ("after 30 seconds", "30s"), ("^pauze 5^", "5s"), ("#pauze10", "10s"),
        ("stiltemoment van 1 minuut", "60s"), ("#10s#", "10s"), ("@pauze 4@", "4s"),
        ("leave 20 seconds of silence", "20s"), ("laat 10 sec stilte vallen", "10s"),
        ("therapist pauses 10 seconds", "10s"), ("$pause 3s$", "3s"), ("%5 sec%", "5s"),
        ("pause 5s to 10s", "5s..10s"), ("5", None), ("p. 12", None), ("p 12", None),
        ("0:00 - 0:00", None),
    ],
)  # fmt: skip
def test_a_pause_has_the_length_that_is_written(words: str, length: str | None) -> None:
    assert seen(words) == (length and ("PAUSE", f"pause {length}"))
    assert seen(words, NL) == (length and ("PAUSE", f"pauze {length}"))
    mark = understood(words, EN)
    assert mark is None or not mark.guess


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("pause", 5), ("Pauses", 5), ("- Pause -", 5), ("silence/", 5), ("STILTE", 5),
        ("rust", 5), ("pause here", 5), ("a moment of silence", 5), ("long pause", 10),
        ("LONG PAUSE", 10), ("short pause", 3), ("korte pauze", 3), ("lange stilte", 10),
        ("brief silence", 3), ("extra long pause", 20), ("x-long pause", 20), ("medium pause", 5),
        ("small pause", 3), ("pause for effect", 3), ("pause for 3 breaths", 18),
        ("Pause for three breaths", 18), ("3 breaths", 18), ("drie ademhalingen stilte", 18),
        ("pauze, 3 ademhalingen", 18), ("a few minutes of silence", 180),
        ("Let them rest for a few minutes", 180), ("wait a moment", 5), ("een poosje stilte", 20),
        ("pause for a while", 20), ("several seconds", 5), ("enkele tellen", 5),
        ("een paar minuten rust", 180), ("PAUSE 5s x2", 10), ("pause 5 seconds, twice", 10),
        ('break strength="strong"', 2), ('break strength="x-weak"', 0.25),
        ("p", 5), ("P", 5), ("P.", 5), ("⏸️", 5), ("pause briefly", 3), ("pauzeer eventjes", 3),
        ("laat een stilte vallen", 5), ("let a silence fall", 5), ("leave a pause", 5),
        ("therapist pauses", 5), ("therapeut pauzeert", 5), ("las een pauze in", 5),
        ("stiltemomentje", 5), ("denkpauze", 5), ("insert pause", 5), ("neem een korte pauze", 3),
        ("give the client time", 5), ("geef de cliënt tijd", 5), ("allow them some time", 5),
        ("laat ze even de tijd", 5), ("geef hem wat tijd", 5),
        ("silently count to 5", 5), ("count silently to ten", 10), ("tel in stilte tot 5", 5),
        ("tel zelf stil tot tien", 10), ("count to 8 in your head", 8),
        ("tel in gedachten tot 4", 4),
        ("pause for 2 hours", 3600), ("a couple of seconds", 5), ("beat", 1), ("two beats", 2),
    ],
)  # fmt: skip
def test_what_is_guessed_of_a_length_is_told(words: str, length: float) -> None:
    mark = understood(words, EN)
    assert mark is not None
    written = f"{1000 * length:g}ms" if length < 0.5 else f"{length:g}s"
    assert (mark.what, mark.written) == (What.PAUSE, f"pause {written}")
    assert mark.guess


@pytest.mark.parametrize(
    ("words", "length", "guess"),
    [
        ("een kwartier rust", "900s", "a pause of 15 minutes"),
        ("silence, a quarter of an hour", "900s", "a pause of 15 minutes"),
        ("pause 10 min", "600s", "a pause of 10 minutes"),
        ("5 minuten stilte", "300s", "a pause of 5 minutes"),
        ("pause 2:30", "150s", "a pause of 2 minutes and 30 seconds"),
        ("pause 3-5 min", "180s..300s", "a pause of 5 minutes"),
        ("pause 2 min", "120s", ""),
    ],
)  # fmt: skip
def test_a_long_pause_is_told(words: str, length: str, guess: str) -> None:
    mark = understood(words, EN)
    assert mark
    assert (mark.written, mark.guess) == (f"pause {length}", guess)


@pytest.mark.parametrize(
    "words",
    [
        "ongeveer 10 minuten", "15 min", "10 minuten", "30 minutes", "about 45 seconds",
        "ca. 30 sec", "approx. 1 minute", "an hour", "een kwartier", "two hours",
        "+/- 12 min", "2 minuten", "roughly 20 s", "10-15 min", "a few minutes",
    ],
)  # fmt: skip
def test_a_long_length_without_a_pause_word_is_none(words: str) -> None:
    assert understood(words, EN) is None
    assert understood(words, NL) is None


@pytest.mark.parametrize(
    ("words", "anywhere", "square"),
    [
        ("1 minute", True, True), ("60 s", True, True), ("90 s", True, True),
        ("anderhalve minuut", True, True),
        ("2 min", False, True), ("5 min", False, True), ("6 min", False, False),
        ("ongeveer 2 min", False, False), ("10 seconden", True, True),
        ("een halve minuut", True, True), ("10 minutes of silence", True, True),
    ],
)  # fmt: skip
def test_between_square_brackets_a_length_may_be_longer(
    words: str, *, anywhere: bool, square: bool
) -> None:
    assert (understood(words, EN) is not None) is anywhere
    assert (understood(words, EN, square=True) is not None) is square


def test_a_guess_says_what_was_guessed() -> None:
    guesses = [getattr(understood(words, EN), "guess", None) for words in (
        "pause", "long pause", "3 breaths", "a few minutes rest", "gong x3",
    )]  # fmt: skip
    assert guesses == [
        "a length of 5 s, for none is given",
        "a length of 10 s for 'long'",
        "6 s for each of '3 breaths'",
        "a length of 180 s for 'few minutes'",
        "one bell for 3",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "bell", "BELL", "bells", "gong", "chime", "chimes", "bowl", "singing bowl", "tingsha",
        "bell rings", "ring the bell", "one low bell", "SFX: one low bell", "sound of a bell",
        "🔔", "🔔 bell", "*gong*", "#gong#",
        "klankschaal", "bel", "belletje", "bel klinkt", "gong x3", "three bells", "a soft chime",
        "Tibetan singing bowl", "geluid van een klankschaal", "strike the gong", "[bell]",
        "bell sound", "twee keer de gong", "closing bell", "zachte bel",
    ],
)  # fmt: skip
def test_bells_are_known_by_all_that_people_call_them(words: str) -> None:
    assert seen(words) == ("BELL", "bell")
    assert seen(words, NL) == ("BELL", "bel")


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("0:20", "0:20"), ("[00:01:10]", "1:10"), ("@0:20", "0:20"), ("at 1:10", "1:10"),
        ("00:45", "0:45"), ("1:02:03", "1:02:03"), ("om 2:00", "2:00"), ("0:07.5", "0:07.5"),
        ("@ 3:00", "3:00"), ("until 0:30", "0:30"), ("00:00:15,000", "0:15"),
        ("tot 12:00", "12:00"),
    ],
)  # fmt: skip
def test_a_time_alone_is_waited_for(words: str, written: str) -> None:
    assert seen(words) == ("UNTIL", f"until {written}")
    assert seen(words, NL) == ("UNTIL", f"tot {written}")


@pytest.mark.parametrize(
    "words",
    [
        "END", "THE END", "end of session", "END - silence until they wake", "einde",
        "einde van de sessie", "End of the meditation", "EINDE", "fin", "End of script.",
        "EIND – stilte", "end of recording",
    ],
)  # fmt: skip
def test_an_end_is_no_pause(words: str) -> None:
    assert seen(words) == ("END", "")


@pytest.mark.parametrize(
    ("words", "english", "dutch"),
    [
        ("softly", "soft", "zacht"), ("soft", "soft", "zacht"), ("gentle voice", "soft", "zacht"),
        ("whisper", "whisper", "fluister"), ("whispering", "whisper", "fluister"),
        ("whispered", "whisper", "fluister"), ("in a whisper", "whisper", "fluister"),
        ("slowly", "slow", "traag"), ("slower", "slow", "traag"),
        ("zeer traag lezen", "slow", "traag"),
        ("TRAAG LEZEN", "slow", "traag"), ("langzaam spreken", "slow", "traag"),
        ("zacht", "soft", "zacht"),
        ("fluisterend", "whisper", "fluister"), ("langzaam", "slow", "traag"),
        ("trager", "slow", "traag"), ("zachte stem", "soft", "zacht"),
        ("very softly", "soft", "zacht"), ("soft and slow", "soft", "zacht"),
    ],
)  # fmt: skip
def test_manners_have_a_directive(words: str, english: str, dutch: str) -> None:
    assert seen(words) == ("MANNER", english)
    assert seen(words, NL) == ("MANNER", dutch)


@pytest.mark.parametrize(
    "words",
    [
        "music", "rain begins", "soft music fades in", "SFX: thunder, far away",
        "sound of rain on a roof", "Sound of rain", "muziek", "geluid van regen", "music fades",
        "Music: one low tone", "background music", "waves fade out", "muziek zwelt aan",
        "ambient drone", "birds chirping", "fade out", "regen begint", "zachte muziek",
        "Rustige muziek opbouwen", "2x fluitje", "<<< Music fades out >>>", "▶ Muziek: track 2",
        "🎵 soft piano", "muziek uit", "muziek langzaam wegdraaien", "fluitje", "music builds up",
        "muziek harder", "duck the music", "whistle x2", "♪ music ♪", "triangel",
        "achtergrondmuziek start", "Sound effect: door",
    ],
)  # fmt: skip
def test_sounds_are_no_words(words: str) -> None:
    assert seen(words) == ("SOUND", "")


@pytest.mark.parametrize(
    "words",
    [
        "warm, low tone", "speaks gently", "smiling", "sighs", "narrator", "cue", "repeat x3",
        "Note: slow down here", "opmerking: niet voorlezen", "optional", "calm voice",
        "with a warm voice", "speak slowly", "read slowly", "herhaal 3x", "warme, lage stem",
        "glimlachend", "zucht", "optioneel", "note to reader: breathe yourself", "laughs softly",
        "*Say slowly, drop the voice*", "breathes", "Cliënt knikt", "tekst trager lezen",
        "client nods", "therapist smiles", "rustig voorlezen", "cliënt ademt uit",
        "de cliënt zucht", "participants laughing", "read aloud",
        "volgende zin zachter uitspreken", "ademt", "coughs",
        "voice drops", "spreekt langzaam", "deep breath sound",
    ],
)  # fmt: skip
def test_directions_are_no_words(words: str) -> None:
    found = understood(words, EN)
    assert found is not None
    assert found.what in {What.DIRECTION, What.SOUND}


@pytest.mark.parametrize(
    "words",
    [
        "a chair will do, rest your arms", "no need to wait for anything", "een bel, een fiets",
        "bel 555, dag en nacht", "Let your hands rest on your knees", "Let your hands rest",
        "rest your eyes", "wait for me", "en rust maar", "the rest of the day", "de rest",
        "the sound of a car, perhaps", "a bird, a car", "warm and soft", "the end of the day",
        "all of it", "if you like", "breathe in", "adem uit", "four", "a", "", "  ", "—", "!?",
        "your own name", "music lovers may skip this", "see below", "not now", "10:30 is tea time",
        "bel een vriend", "ring me", "break free", "give it a rest, my friend", "silence is gold",
        "hold for 4 counts", "page 10", "2s complement", "call 0:20 back", "you",
        "5 minutes later you arrive", "soft as a feather", "slowly turn your head",
        "count to 5", "tel tot vijf", "the client is safe", "p. 5", "give yourself time",
        "geef jezelf tijd", "breathes with you", "say yes", "zin in morgen", "after this moment",
        "na een tijdje", "time", "tijd", "take your time", "lezen", "vallen", "leave it",
        "drop it", "een woord", "3' 4", "P is for peace",
    ],
)  # fmt: skip
def test_words_to_be_said_are_no_mark(words: str) -> None:
    assert understood(words, EN) is None
    assert understood(words, NL) is None


@pytest.mark.parametrize(
    "words", ["pause", "pauze", "PAUSE", "REST", "wait 5s", "stilte", "gong", "beat"]
)
def test_between_no_brackets_what_can_only_be_a_mark_is_one(words: str) -> None:
    assert bare(words, EN)


@pytest.mark.parametrize("words", ["rest", "rust", "Wait", "stil", "quiet", "softly", "Slow"])
def test_between_no_brackets_what_is_said_as_well_is_none(words: str) -> None:
    assert bare(words, EN) is None


def test_the_usual_name_is_first() -> None:
    assert [names[0] for names in (PAUSE_NAMES[EN], PAUSE_NAMES[NL])] == ["pause", "pauze"]
    assert [names[0] for names in (BELL_NAMES[EN], BELL_NAMES[NL])] == ["bell", "bel"]
    for table in (PAUSE_NAMES, BELL_NAMES):
        for names in table.values():
            assert all(name == name.lower() and understood(name, EN) for name in names)


@pytest.mark.parametrize(
    "words", ["pause " * 200_000, "1" * 10**6, "a and " * 10**5, "0:20-" * 10**5]
)
def test_what_is_far_too_long_is_none_at_once(words: str) -> None:
    start = time.perf_counter()
    assert understood(words, EN) is None
    assert time.perf_counter() - start < 0.5
