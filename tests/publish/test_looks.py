"""One table says how things look; both pictures draw by it, and neither by the other."""

from __future__ import annotations

from sessions.plan import Kind
from sessions.publish.looks import LOOKS, WORDS
from sessions.publish.picture import STYLE
from sessions.publish.terminal import RANK, STYLES
from sessions.script.model import Language
from tests.house import imports


def test_every_kind_of_cue_has_a_look_that_both_pictures_know() -> None:
    assert LOOKS.keys() == {*Kind}
    for name in {*LOOKS.values(), "elastic"}:
        assert f".{name}{{" in STYLE
    for name in {*LOOKS.values(), "elastic"} - {"hold"}:
        assert name in RANK
        assert name in STYLES
        assert all(words[name] for words in WORDS.values())


def test_the_pictures_have_the_same_words_in_each_language() -> None:
    assert WORDS.keys() == {*Language}
    assert len({frozenset(words) for words in WORDS.values()}) == 1


def test_neither_picture_is_drawn_by_the_other() -> None:
    pictures = {"sessions.publish.picture", "sessions.publish.terminal"}
    assert not any(imports()[picture] & pictures for picture in pictures)
