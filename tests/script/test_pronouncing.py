from __future__ import annotations

from sessions.library.scripts import loads
from sessions.script.model import Language, Speech
from sessions.script.pronouncing import Pronunciation, pronounced


def test_words_are_said_as_the_list_says_and_shown_as_they_are() -> None:
    tables = {"nl": {"yin": "jing", "ok": "oké"}, "en": {"yin": "yeen"}}
    text = "Ok, GGZ en ggzer: yin. [zeg als: de GGZ | zij] [lang en: yin]"
    script = loads(f"---\ntaal: nl\npronounce: {{GGZ: gee gee zet, yin: jin}}\n---\n{text}")
    words = Pronunciation(tables, script.meta.pronounce)
    result = pronounced(script, lambda text, style: words.said(text, style.language, "tone"))
    assert [(part.text, part.spoken) for part in result.parts if isinstance(part, Speech)] == [
        ("Ok, GGZ en ggzer: yin.", "oké, gee gee zet en ggzer: jin."),
        ("zij", "de gee gee zet"),
        ("yin", "jin"),
    ]


def test_a_whole_name_wins_over_a_kind_and_that_over_all_voices() -> None:
    tables = {
        "nl": {
            "zen": "a", "yin": "a", "chi": "a", "tao": "a",
            "piper": {"yin": "b", "chi": "b", "tao": "b"},
            "piper:nl_NL-pim-medium": {"chi": "c", "tao": "c"},
        }
    }  # fmt: skip
    words = Pronunciation(tables, (("tao", "d"),))
    text = "zen yin chi tao"
    assert words.said(text, Language.DUTCH, "piper:nl_NL-pim-medium") == "a b c d"
    assert words.said(text, Language.DUTCH, "piper:nl_BE-rdh-medium") == "a b b d"
    assert words.said(text, Language.DUTCH, "espeak") == "a a a d"
    assert words.said(text, Language.ENGLISH, "piper") == "zen yin chi d"
