"""Letters that are damaged, and letters that no voice says."""

# ruff: noqa: RUF001 -- letters that look like others are what this is about

from __future__ import annotations

import pytest

from sessions.check.letters import damaged, other_alphabets
from sessions.check.reading import Reading
from sessions.script.expand import expand
from sessions.script.parser import parse


def reading(text: str) -> Reading:
    draft = parse(f"---\ntaal: nl\n---\n{text}\n", path="a.md")
    return Reading(draft, expand(draft, {}, lambda _name, _draft: draft))


@pytest.mark.parametrize(
    ("text", "alphabet", "word", "column"),
    [
        ("Ga zitten. Дыши спокойно.", "Cyrillic", "Дыши", 12),
        ("Ga zitten. Ἀγάπη is liefde.", "Greek", "Ἀγάπη", 12),
        ("تنفس بهدوء", "Arabic", "تنفس", 1),
        ("שלום. Rust.", "Hebrew", "שלום", 1),
        ("Zeg 静かに en rust.", "Chinese", "静かに", 5),
        ("Zeg ゆっくり en rust.", "Japanese", "ゆっくり", 5),
        ("Zeg カフェ en rust.", "Japanese", "カフェ", 5),
        ("Zeg 천천히 en rust.", "Korean", "천천히", 5),
        ("Zeg शान्ति en rust.", "Devanagari", "श", 5),
        ("Zeg สงบ en rust.", "Thai", "สงบ", 5),
        ("Rust in თბილისი maar.", "Georgian", "თბილისი", 9),
        ("Rust in Երևան maar.", "Armenian", "Երևան", 9),
        ("Аdem in.", "Cyrillic", "Аdem", 1),  # its first letter only looks like an A
        ("Rυst maar.", "Greek", "Rυst", 1),
        ("Zeg 🙏 Ом 🙏 zacht.", "Cyrillic", "Ом", 7),
    ],
)
def test_letters_that_no_voice_says_are_told_where_they_begin(
    text: str, alphabet: str, word: str, column: int
) -> None:
    ((source, message, *_),) = other_alphabets(reading(text))
    assert (source.line, source.column) == (4, column)
    assert message.startswith(f"{alphabet} letters in '{word}")


@pytest.mark.parametrize(
    "text",
    [
        "Knieën, café, Łódź, Győr, São Paulo, Åse, ĳs, þ, ð, ß, İstanbul, Việt Nam.",
        "𝗦𝗶𝘁 ⓡⓔⓢⓣ Ｂｒｅａｔｈｅ 🅡🅔🅢🅣 ᴀᴅᴇᴍ ﬁjn.",
        "π, α en β: α-golven van 10 µm bij 5 Ω.",
        "😊 → ♥ ½ m² ™ € ℃ № … — “ja” ‘nee’.",
        "[zeg als: spasiba | спасибо] voor alles.",
        "Ḥaṭha, āsana, prāṇāyāma, ṛṣi, Śiva.",
    ],
)
def test_latin_letters_of_any_kind_and_signs_are_not_told(text: str) -> None:
    assert not list(other_alphabets(reading(text)))


def test_lines_that_follow_one_another_are_told_once() -> None:
    text = "Дыши. Отдохни. Смотри.\n\nRust.\n\nДыши."
    found = [(one[0].line, one[1]) for one in other_alphabets(reading(text))]
    assert [line for line, _ in found] == [4, 8]
    assert "'Дыши', and in 2 more from here on; neither voice says them" in found[0][1]


def test_damaged_words_are_told_line_by_line_with_what_they_were() -> None:
    text = "â€œGa zittenâ€ zeg je. KnieÃ«n los.\n\nRust.\n\nIn het cafÃ©. # Titel"
    found = list(damaged(reading(text)))
    assert [(one[0].line, one[0].column, one[0].length) for one in found] == [(4, 1, 5), (8, 8, 6)]
    assert found[0][1] == "'â€œGa', and 2 more: text that was read wrongly"
    assert found[0][2:] == ("write '“Ga ... zitten” ... Knieën'",)
    assert found[1][1:] == ("'cafÃ©.': text that was read wrongly", "write 'café.'")


def test_a_title_counts_too_and_what_is_lost_cannot_be_written() -> None:
    (title,) = damaged(reading("# KnieÃ«n\n\nRust."))
    assert (title[0].line, title[2:]) == (4, ("write 'Knieën'",))
    (lost,) = damaged(reading("Voel je knie\ufffdn."))
    assert lost[2:] == ("write what was there, or save the text anew as UTF-8",)
