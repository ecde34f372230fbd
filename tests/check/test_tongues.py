"""Text in languages that no voice speaks, and all that only looks so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sessions.check.reading import Reading
from sessions.check.tongues import other_tongues
from sessions.script.expand import expand
from sessions.script.parser import parse
from tests.check.tongues import FOREIGN, HOME

if TYPE_CHECKING:
    from sessions.script.model import Draft

ROOT = Path(__file__).parents[2]
AROUND = {
    "nl": ("Ga lekker zitten en sluit je ogen.", "Laat je schouders maar zakken."),
    "en": ("Sit down and close your eyes.", "Let your shoulders drop."),
}
NAMES = [(name, count) for name in FOREIGN for count in (3, 10)]
LINES = [(language, text) for language, texts in HOME.items() for text in texts]


def read(draft: Draft) -> Reading:
    return Reading(draft, expand(draft, {}, lambda _name, _draft: draft))


def told(text: str, language: str = "nl") -> list[tuple[int, str]]:
    draft = parse(f"---\ntaal: {language}\n---\n{text}\n", path="a.md")
    found = other_tongues(read(draft))
    return [(one[0].line, one[1]) for one in found]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("name", "count"), NAMES)
def test_some_sentences_in_another_language_are_told_once_and_where(
    name: str, count: int, language: str
) -> None:
    first, last = AROUND[language]
    text = "\n\n".join([first, *FOREIGN[name][:count], last])
    ((line, message),) = told(text, language)
    assert line == 6
    assert message.startswith(f"{count} sentences from here on seem to be in ")
    assert message.split(";")[0].endswith(name)


@pytest.mark.parametrize("name", FOREIGN)
def test_whole_scripts_in_another_language_are_told(name: str) -> None:
    ((line, message),) = told(" ".join(FOREIGN[name]))
    assert (line, name in message) == (4, True)


@pytest.mark.parametrize("name", FOREIGN)
def test_single_sentences_of_six_words_and_more_are_told_nearly_always(name: str) -> None:
    long = [text for text in FOREIGN[name] if len(text.split()) >= 6]
    found = [text for text in long if told("\n\n".join((AROUND["nl"][0], text, AROUND["nl"][1])))]
    assert len(found) >= len(long) - 1


@pytest.mark.parametrize(("language", "text"), LINES)
def test_names_mantras_and_quotations_are_not_told(language: str, text: str) -> None:
    first, last = AROUND[language]
    assert not told(text, language)
    assert not told(f"{first} {text} {last}", language)
    assert not told("\n\n".join([text] * 4), language)


@pytest.mark.parametrize("language", HOME)
def test_nor_are_they_all_together(language: str) -> None:
    first, last = AROUND[language]
    assert not told("\n\n".join(f"{first} {text} {last}" for text in HOME[language]), language)


def test_the_other_language_of_the_two_is_at_home() -> None:
    assert not told("[lang en: Sit quietly near some cool water.] Stil bij water zijn.")
    assert not told(" ".join(HOME["en"][-10:]), "nl")


def test_what_is_said_counts_and_not_what_is_shown() -> None:
    german, dutch = "Setz dich hin und schau dich um, ganz ruhig", "Ga zitten en kijk"
    assert not told(f"[zeg als: {dutch} | {german}]")
    assert told(f"[zeg als: {german} | {dutch}]")


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("Sett deg ned og se deg rundt. Du trenger ikke å gjøre noe.", "Norwegian"),
        ("Seu i mira al teu voltant. No has de fer res.", "Catalan"),
        ("Sadni si a rozhliadni sa okolo seba. Nemusíš nič robiť.", "Slovak"),
        ("Sjedni i pogledaj oko sebe. Ne moraš ništa raditi.", "Croatian"),
        ("Hãy ngồi xuống và nhìn xung quanh. Bạn không cần làm gì cả.", "Vietnamese"),
        ("Atsisėsk ir apsidairyk aplink. Tau nieko nereikia daryti.", "Lithuanian"),
        ("Istu maha ja vaata ringi. Sa ei pea midagi tegema.", "Estonian"),
        ("Pater noster, qui es in caelis, sanctificetur nomen tuum.", "Latin"),
        ("Schließ die Augen und atme tief ein.", "German"),
        ("Fermez les yeux et respirez profondément.", "French"),
        ("“Cierra los ojos y respira profundamente, muy despacio.”", "Spanish"),
        ("Chiudi gli occhi e respira profondamente.", "Italian"),
        ("Zamknij oczy i oddychaj głęboko.", "Polish"),
    ],
)
def test_a_line_or_two_are_enough(text: str, tongue: str) -> None:
    ((_, message),) = told(text)
    assert message.split(";")[0].endswith(tongue)


def test_two_languages_are_told_apart() -> None:
    text = "\n\n".join((*FOREIGN["German"][:4], AROUND["nl"][0], *FOREIGN["French"][:4]))
    assert [(line, message.split(";")[0].split()[-1]) for line, message in told(text)] == [
        (4, "German"), (14, "French"),
    ]  # fmt: skip
    text = "\n\n".join((*FOREIGN["Polish"][:4], *FOREIGN["Spanish"][:4]))
    assert [line for line, _ in told(text)] == [4, 12]


def prose() -> list[tuple[str, str]]:
    """Return paragraphs of the pages, in English, and the catalogue, in both languages."""
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("bench/*.md")]
    plain = [
        re.sub(r"```.*?```|`[^`]*`|[\[\]{}<>|#*_\\]", " ", page.read_text("utf-8"), flags=re.DOTALL)
        for page in pages
    ]
    return [("en", re.sub(r"\n\s*(?:[-=]{3,}|\d+\.)", "\n", text)) for text in plain]


def test_no_line_of_our_own_is_told_and_the_catalogue_needs_no_detector(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for language, text in prose():
        assert not told(text.replace("---", " "), language)
    monkeypatch.delattr("sessions.check.tongues._detector")
    for path in ROOT.glob("scripts/*/*.md"):
        draft = parse(path.read_text("utf-8"), path=str(path))
        assert not list(other_tongues(read(draft)))
