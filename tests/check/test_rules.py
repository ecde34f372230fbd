# ruff: noqa: RUF001 -- letters of other alphabets are among what is warned of

from __future__ import annotations

import pytest

from sessions.check.examine import guessed
from sessions.check.reading import Reading
from sessions.check.rules import RULES, Warned, lint
from sessions.script.expand import expand
from sessions.script.model import Draft, Include
from sessions.script.parser import parse
from sessions.settings import resolve

FRONT = "---\ntaal: {language}\n{front}\n---\n"
CODES = [rule.code for rule in RULES]
LONG = " ".join(["woord"] * 26)


def warned(
    text: str, front: str = "title: x", phases: tuple[str, ...] = (), language: str = "nl"
) -> list[Warned]:
    script = parse(FRONT.format(front=front, language=language) + text, path="a.md")

    def load(name: str, _draft: Draft) -> Draft:
        return parse("Hallo.", path=f"{name}.md")

    includes = [part for part in script.parts if isinstance(part, Include)]
    whole = expand(script, {}, load)
    settings = resolve({}, script.meta)
    guess = guessed(whole, settings)
    phased = tuple(zip(includes, phases, strict=False))
    return lint(Reading(script, whole, phased, *guess, settings))


QUICK = "Ga nu snel door en kijk om je heen en doe dan ook nog een keer dat hier na. "
QUICKLY = "Go on fast now and look all around you and then do it one more time right here. "
BAD = {
    ("W01", "nl"): (f"{LONG}.", "title: x"),
    ("W01", "en"): (f"{LONG}.", "title: x"),
    ("W02", "nl"): ("Kijk. [pauze 21s]", "title: x"),
    ("W02", "en"): ("Look. [until 2:00]", "title: x"),
    ("W03", "nl"): ("Adem. [adem 4 6] [adem 4 7]", "title: x"),
    ("W03", "en"): ("Breathe. [breathe 4 6] [breathe 4 7]", "title: x"),
    ("W04", "nl"): ("Laat alles los.", "phase: discharge"),
    ("W04", "en"): ("Just relax.", "phase: acknowledge"),
    ("W05", "nl"): ("Dit geneest je rug.", "title: x"),
    ("W05", "en"): ("This is a treatment for your back.", "title: x"),
    ("W06", "nl"): ("Sluit je ogen maar.", "technique: walking"),
    ("W06", "en"): ("Close your eyes.", "title: A walk outside"),
    ("W07", "nl"): ("Slaap zacht. [bel]", "title: Slaapreis"),
    ("W07", "en"): ("Sleep well. [sound gong]", "title: Bedtime"),
    ("W08", "nl"): (QUICK * 30, "title: x"),
    ("W08", "en"): (QUICKLY * 30, "title: x"),
    ("W09", "nl"): ("Stilte. [pauze 20s]\n\n" * 20, "title: x"),
    ("W09", "en"): (QUICKLY.replace("fast ", "") * 30, "pace: plain"),
    ("W10", "nl"): ("Hallo {naam}.", "values: {naam: Bo, plek: ''}"),
    ("W10", "en"): ("Hello {name}.", "values: {name: Bo, place: ''}"),
    ("W12", "nl"): ("Dag. (puaze 5 seconden) En door. (pauze)", "title: x"),
    ("W12", "en"): ("Hello {name dear.", "title: x"),
    ("W13", "nl"): ("Dag. [niveau bed +8 dB]", "title: x"),
    ("W13", "en"): ("Hello.", "background: [brown +6 dB]"),
    ("W14", "nl"): ("[fluister: Slaap zacht.]", "achtergrond: [sea +9 dB]"),
    ("W14", "en"): ("[level voice -9 dB] [soft: Sleep well.]", "title: x"),
    ("W15", "nl"): ("Dat was het. [bel]", "uitfaden: 3s"),
    ("W15", "en"): ("That was it. [bell] [pause 2s]", "fade out: 3s"),
    ("W16", "nl"): ("Voel je knieÃ«n.", "title: x"),
    ("W16", "en"): ("â€œSit downâ€, she says.", "title: x"),
    ("W17", "nl"): ("Ga zitten. Дыши спокойно. Kijk op.", "title: x"),
    ("W17", "en"): ("Sit down. 静かに息をする。 Look up.", "title: x"),
    ("W18", "nl"): ("Setz dich hin und schau dich um. Lass deine Hände ruhen.", "title: x"),
    ("W18", "en"): ("Fermez les yeux et respirez lentement par le nez.", "title: x"),
    ("W20", "nl"): ("Houd nu je adem vast. [pauze 15s] En adem uit.", "title: x"),
    ("W20", "en"): ("Hold... [pause 13s] Breathe out.", "title: x"),
    ("W21", "nl"): ("Hallo.\n\n```\nSluit je ogen.\n```", "title: x"),
    ("W21", "en"): ("Sit down. <mood calm> Listen.", "title: x"),
    ("W19", "nl"): ("Duur: 20 minuten\n\nGa zitten.", "title: x"),
    ("W19", "en"): ("Sit down. (music fades in)", "title: x"),
    ("W11", "nl"): ("[vak 1s] Dit is langer dan een seconde. [einde]", "title: x"),
    ("W11", "en"): ("This takes longer than one second. [until 0:07]", "title: x"),
}
GOOD = {
    ("W01", "nl"): ("Hallo. " * 30, "title: x"),
    ("W01", "en"): ("Hello. " * 30, "title: x"),
    ("W02", "nl"): ("Nu een stilte. Voel maar. [pauze 4s..90s]", "title: x"),
    ("W02", "en"): ("I will be quiet now. Feel that. [pause 4s..90s]", "title: x"),
    ("W03", "nl"): ("Adem. [adem 4 6] [adem 4 6 keer 3]", "title: x"),
    ("W03", "en"): ("Breathe. [breathe 4 6] [breathe 4 6 times 3]", "title: x"),
    ("W04", "nl"): ("Laat alles los.", "phase: mind"),
    ("W04", "en"): ("Just relax.", "phase: body"),
    ("W05", "nl"): ("Dit vervangt geen zorg.", "title: x"),
    ("W05", "en"): ("This does not replace care.", "title: x"),
    ("W06", "nl"): ("Houd je ogen open.", "technique: walking"),
    ("W06", "en"): ("Close your eyes.", "title: A rest"),
    ("W07", "nl"): ("Goedemorgen. [bel]", "title: Ochtend"),
    ("W07", "en"): ("Good morning. [sound gong]", "title: Morning"),
    ("W08", "nl"): ("Ga nu snel door. [pauze 4s]\n\n" * 60, "title: x"),
    ("W08", "en"): ("Go on quickly now. [pause 4s]\n\n" * 60, "title: x"),
    ("W09", "nl"): ("Hallo daar, wat fijn. [pauze 6s]\n\n" * 20, "title: x"),
    ("W09", "en"): ("Hello there, how nice. [pause 6s]\n\n" * 20, "title: x"),
    ("W10", "nl"): ("Hallo {naam}{plek? in {plek}}.", "values: {naam: Bo, plek: ''}"),
    ("W10", "en"): ("Hello {name}{place? in {place}}.", "values: {name: Bo, place: ''}"),
    ("W12", "nl"): ("Dag (en rust maar). (pauze 5 seconden) \\{Zo\\}.", "title: x"),
    ("W12", "en"): ("Hello {name} (wait for me). \\[No\\].", "values: {name: Bo}"),
    ("W13", "nl"): ("Dag. [niveau stem -2 dB bed -4 dB]", "title: x"),
    ("W13", "en"): ("Hello.", "background: [brown, sea -6 dB]"),
    ("W14", "nl"): ("[fluister: Slaap zacht.]", "title: x"),
    ("W14", "en"): ("[level voice -3 dB bed -3 dB] [soft: Sleep well.]", "title: x"),
    ("W15", "nl"): ("Dat was het. [bel]", "title: x"),
    ("W15", "en"): ("That was it. [bell] [pause 6s]", "fade out: 3s"),
    ("W16", "nl"): ("Voel je knieën in “CAFÉ Â la carte”. [lang en: naïve] rust — zo…", "title: x"),
    ("W16", "en"): ("“Sit down”, she says to Zoë in a café.", "title: x"),
    ("W17", "nl"): ("𝗚𝗮 ⓩⓘⓣⓣⓔⓝ in Łódź. [zeg als: agápè | ἀγάπη] 5 µm, α en ½.", "title: x"),
    ("W17", "en"): ("Ｓｉｔ in Győr with π and 😊 → ♥.", "title: x"),
    ("W18", "nl"): ("Zeg: 'Om mani padme hum', en [lang en: look up and rest here].", "title: x"),
    ("W18", "en"): ("Say namasté to Jürgen Müller in Saint-Germain-des-Prés.", "title: x"),
    ("W20", "nl"): (
        "Houd je knieën vast. [pauze 15s] En laat los. [adem in 4 vast 7 uit 8]",
        "title: x",
    ),
    ("W20", "en"): ("Hold... two... three... [pause 8s] Breathe out.", "title: x"),
    ("W21", "nl"): ("<!-- later -->Hallo <b>jij</b>, [zie](https://a.be/b).", "title: x"),
    ("W21", "en"): ("1. Sit.\n2. Look at `x`.\n\n[a]: https://example.org", "title: x"),
    ("W19", "nl"): ("Onthoud: het duurt niet lang (een minuut).", "title: x"),
    ("W19", "en"): ("<!-- Duration: 20 min -->\n\nSit down.", "title: x"),
    ("W11", "nl"): ("[vak 9s] Dit is langer dan een seconde. [einde]", "title: x"),
    ("W11", "en"): ("This takes longer than one second. [until 0:17]", "title: x"),
}


def codes(text: str, front: str, language: str) -> set[str]:
    return {one.rule.code for one in warned(text, front, language=language)}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_warning_is_given_where_it_is_due_and_not_elsewhere(code: str, language: str) -> None:
    assert code in codes(*BAD[code, language], language)
    assert code not in codes(*GOOD[code, language], language)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_warning_can_be_allowed(code: str, language: str) -> None:
    text, front = BAD[code, language]
    assert code not in codes(text, f"{front}\nallow: [{code}]", language)


def test_a_silence_until_a_set_time_has_no_length_of_its_own() -> None:
    (one,) = warned("Kijk. [tot 2:00]")
    assert one.problem.message == "a silence until a set time that nothing announces"


def test_all_that_has_too_little_time_is_told_at_its_place() -> None:
    found = warned("[vak 1s] Dit is te lang. [einde]\n[vak 1,2s] En dat is het ook. [einde]")
    assert [(one.rule.code, one.problem.source.line) for one in found] == [("W11", 5), ("W11", 6)]
    assert "in this slot of 1.2 s lasts 1." in found[1].problem.message
    (found_one,) = warned("Dit is zo voorbij.", "minuten: 9")
    assert (found_one.problem.source.line, found_one.problem.length) == (3, 1)
    assert found_one.problem.message.startswith("by estimate, 'a' cannot be 9:00 long")


@pytest.mark.parametrize(
    ("mark", "column"),
    [
        ("(pauze 5 seconnden)", 6), ("(puaze 5 s)", 6), ("(pauze)", 6), ("(korte stilte)", 6),
        ("(pauze 5 s Dag", 6), ("{naam", 6), ("}", 6), ("]", 6), ("(wacht 5 beurten)", 6),
    ],
)  # fmt: skip
def test_what_is_spoken_as_it_stands_is_pointed_at(mark: str, column: int) -> None:
    (one,) = warned(f"Dag. {mark} dan.")
    assert one.rule.code == "W12"
    assert one.problem.source.column == column
    assert one.problem.text[column - 1] == mark[0]
    assert one.problem.length >= len(mark)


def test_how_fast_and_how_silent_it_is_depends_on_the_pace() -> None:
    text = "Voel hoe je rug de mat raakt, en hoe de mat je rug weer draagt.\n\n" * 30
    assert [codes(text, f"tempo: {pace}", "nl") for pace in ("gewoon", "traag")] == [{"W08"}, set()]
    text = QUICK * 30
    assert [codes(text, f"tempo: {pace}", "nl") for pace in ("gewoon", "traag")] == [
        {"W08", "W09"}, {"W08"},
    ]  # fmt: skip


def test_the_length_that_a_script_asks_for_counts_where_it_can_be_reached() -> None:
    text = "Nu is het stil. [pauze 4s..60m]\n\n" * 40
    found = [codes(text, front, "nl") for front in ("titel: x", "minuten: 600", "minuten: 1")]
    assert found == [set(), {"W09"}, {"W11"}]


def test_every_warning_has_a_place_that_is_there() -> None:
    for (_, language), (text, front) in BAD.items():
        for one in warned(text, front, language=language):
            assert one.problem.text[one.problem.source.column - 1 :]
            assert one.problem.remedy.endswith(
                f"`sessions check --explain {one.rule.code}` says more"
            )


def test_a_journey_keeps_the_order_of_the_phases() -> None:
    text = "[include x]\n\n[include y]\n\n[include z]"
    (one,) = warned(text, phases=("acknowledge", "body", "discharge"))
    assert one.rule.code == "W04"
    assert one.problem.source.line == 9
    assert "comes after 'body'" in one.problem.message
    assert not warned(text, phases=("acknowledge", "discharge", "mind"))


def test_a_value_that_an_include_says_is_used() -> None:
    front = "---\ntitle: Een plek\nvalues: {naam: Bo, plek: ''}\n---\n"
    script = parse(f"{front}Dag.\n\n[include x]", path="a.md")
    whole = expand(script, {}, lambda _name, _script: parse("Hallo {naam}.", path="x.md"))
    (found,) = (one.problem for one in lint(Reading(script, whole)) if one.rule.code == "W10")
    assert found.message == "the value 'plek' is never used"
    assert (found.source.line, found.source.column) == (3, 20)


def test_the_table_has_every_code_once_and_in_order() -> None:
    assert [rule.code for rule in RULES] == [f"W{n:02}" for n in range(1, len(RULES) + 1)]
