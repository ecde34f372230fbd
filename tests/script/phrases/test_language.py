from __future__ import annotations

import pytest

from sessions.script.model import Language
from sessions.script.phrases.language import COMMON_WORDS, named, of_path, of_text

NL, EN = Language.DUTCH, Language.ENGLISH


@pytest.mark.parametrize(
    ("text", "language"),
    [("nl", NL), ("nl-BE", NL), ("Nederlands", NL), ("EN_gb", EN), ("english", EN), ("fr", None),
     ("", None)],
)  # fmt: skip
def test_a_language_has_many_names(text: str, language: Language | None) -> None:
    assert language == named(text)


@pytest.mark.parametrize(
    ("path", "language"),
    [("scripts/nl/a.md", NL), ("C:\\scripts\\en\\a.md", EN), ("en/x/nl/a.md", NL), ("nl", None),
     ("a.md", None), ("", None)],
)  # fmt: skip
def test_the_nearest_folder_tells_the_language(path: str, language: Language | None) -> None:
    assert language == of_path(path)


def test_common_words_tell_the_language() -> None:
    assert of_text("Je mag de ogen sluiten en voelen hoe het is.") == NL
    assert of_text("You may close your eyes and feel how it is.") == EN
    assert of_text("Mmm.") is None


def test_no_word_votes_twice() -> None:
    assert not COMMON_WORDS[NL] & COMMON_WORDS[EN]
