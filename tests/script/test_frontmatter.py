from __future__ import annotations

import time

import pytest

from sessions.errors import Problem, ScriptError, Source
from sessions.script.frontmatter import KEYS, OWN
from sessions.script.model import Language, Layer, Meta
from sessions.script.parser import parse
from sessions.settings import resolve


def meta(*lines: str) -> Meta:
    return parse("\n".join(["---", *lines, "---", "Hallo."]), path="a.md").meta


def problems(*lines: str) -> tuple[Problem, ...]:
    with pytest.raises(ScriptError) as caught:
        meta(*lines)
    return caught.value.problems


def test_every_key_of_the_table_is_read_in_both_languages() -> None:
    english = meta(
        "title: A", "summary: B", "author: C", "language: en", "technique: D", "category: E",
        "phase: F", "why: G", "voice: piper:x", "pace: calm", "minutes: 20", "fade in: 15s",
        "fade_out: 1m30s", "background: [none]", "values: {naam: ''}",
    )  # fmt: skip
    dutch = meta(
        "titel: A", "samenvatting: B", "auteur: C", "taal: Engels", "techniek: D", "categorie: E",
        "fase: F", "waarom: G", "stem: piper:x", "tempo: kalm", "minuten: 20 min", "Fade-In: 15",
        "fade out: 1:30", "achtergrond: geen", "waarden: {naam: ''}",
    )  # fmt: skip
    assert dutch == english
    assert english == Meta(
        title="A", language=Language.ENGLISH, summary="B", author="C", technique="D", category="E",
        phase="F", why="G", values=(("naam", ""),),
        chosen=(
            ("voice", "piper:x"), ("background", ()), ("minutes", 20.0), ("pace", "calm"),
            ("fade_in_seconds", 15.0), ("fade_out_seconds", 90.0),
        ),
    )  # fmt: skip


def test_the_table_fits_the_fields_of_meta() -> None:
    own = {key.field for key in OWN}
    assert own | {"chosen", "places"} == set(Meta.__dataclass_fields__)


def test_values_stay_text_where_yaml_would_make_something_of_them() -> None:
    found = meta("title: no", "summary: 1:30", "author: 2024-01-01", "why: 0x10")
    assert (
        found.title, found.summary, found.author, found.why,
    ) == ("no", "1:30", "2024-01-01", "0x10")  # fmt: skip


@pytest.mark.parametrize(
    "line",
    ["background: [rain -6 dB, drone]", "background: rain -6 dB, drone",
     "background: ['rain -6,0 dB', drone]", "achtergrond: rain -6 dB , drone"],
)  # fmt: skip
def test_a_bed_is_layers_with_levels_and_places(line: str) -> None:
    layers = meta(line).choice("background")
    assert layers is not None
    assert [(one.sound, one.gain_db) for one in layers] == [("rain", -6.0), ("drone", 0.0)]
    for layer in layers:
        assert layer.source is not None
        assert line[layer.source.column - 1 :].startswith(layer.sound)


def test_a_bed_as_a_block_list_knows_its_lines() -> None:
    layers = meta("background:", "  - rain -6 dB", "  - own/sea.wav").choice("background")
    assert layers == (
        Layer("rain", -6.0, Source("a.md", 3, 5)),
        Layer("own/sea.wav", 0.0, Source("a.md", 4, 5)),
    )


def test_an_empty_value_counts_as_not_given() -> None:
    assert meta("title:", "background:", "minutes:").chosen == ()


@pytest.mark.parametrize(
    ("line", "says", "column"),
    [
        ("titl: x", "unknown key 'titl'", 1),
        ("[a, b]", "not a list of `key: value`", 1),
        ("just text", "not a list of `key: value`", 1),
        ("title: *x", "alias", 8),
        ("title: &x y", "anchor", 8),
        ("title: !!python/object x", "tag", 8),
        ("<<: {title: x}", "merge key", 1),
        ("title: a: b", "not valid YAML", 9),
        ("title: 'a", "a `'` that is never closed", 8),
        ('title: "a', 'a `"` that is never closed', 8),
        ("background: [sea", "a `[` that is never closed", 13),
        ('values: {naam: ""', "a `{` that is never closed", 9),
        ("\ttitle: x", "a tab in front of", 1),
        ("fade in: 15m", "to 10 minutes", 10),
        ("tail: 90h", "to 24 hours", 7),
        ("minutes: 1:2:3:4", "not a length", 10),
        ("title: [a]", "a text is expected", 9),
        ("title: {a: b}", "a text is expected", 9),
        ("values: {a: {b: c}}", "nested too deep", 13),
        ("values: {a: b, a: c}", "a second time", 16),
        ("values: x", "names with their texts", 9),
        ("? [a]\n: b", "nested too deep", 3),
        ("language: fr", "unknown language", 11),
        ("pace: fast", "is none of `slow`, `calm`, `plain`", 7),
        ("minutes: -3", "cannot be negative", 10),
        ("minutes: 0", "from 3 s to 24 hours", 10),
        ("minutes: 1441", "from 3 s to 24 hours", 10),
        ("minutes: nan", "not a length", 10),
        ("fade in: -1", "cannot be negative", 10),
        ("background: [rain 99 dB]", "out of reach", 14),
        ("background: [-6 dB]", "not the name of a sound", 14),
        ("background: " + "rain, " * 16 + "sea", "at most 16 sounds", 13),
        ("background: none, rain", "beside other sounds", 13),
        ("background: {rain: x}", "a list of sounds", 14),
        ('title: "a\\x1bb"', "control character", 8),
        ('title: "\\ud83d"', "control character", 8),
        ("title: a\n--- b", "goes on after its end", 5),
    ],
)
def test_what_cannot_be_is_a_problem_at_its_place(line: str, says: str, column: int) -> None:
    first = problems(line)[0]
    assert says in first.message
    assert column == first.source.column or says == "not valid YAML"
    assert first.remedy
    assert first.text in line.split("\n") or says == "not valid YAML"


@pytest.mark.parametrize("text", ["\n---\ntitel: x\n---\nHallo.", " ---\nstem: tone\n---\nHallo."])
def test_front_matter_that_would_be_spoken_is_found(text: str) -> None:
    with pytest.raises(ScriptError, match="does not begin with the first character") as caught:
        parse(text)
    assert caught.value.problems[0].length == 3
    assert parse("\n---\nHallo: dag.\n---\nNog iets.").meta.chosen == ()


@pytest.mark.parametrize("key", [key.names[0] for key in KEYS])
@pytest.mark.parametrize(
    "value", ["-99999", "99999", "90h", "x y", "", "0", "1e9", "[a]", "{a: b}"]
)
def test_no_value_is_refused_later_than_where_it_stands(key: str, value: str) -> None:
    try:
        found = meta(f"{key}: {value}")
    except ScriptError:
        return
    resolve({}, found)


def test_a_merge_key_below_a_name_is_refused() -> None:
    assert "merge key" in problems("values:", "  <<: {a: b}")[0].message


def test_a_key_in_two_languages_is_there_twice() -> None:
    (problem,) = problems("title: a", "titel: b")
    assert (problem.source.line, problem.source.column) == (3, 1)
    assert "second time" in problem.message


def test_an_unknown_key_suggests_one() -> None:
    assert problems("sumary: x")[0].remedy == "did you mean `summary`?"
    assert "title, summary" in problems("zzz: x")[0].remedy


def test_all_problems_are_told_at_once() -> None:
    assert [one.source.line for one in problems("a: b", "pace: x", "minutes: y")] == [2, 3, 4]


def test_front_matter_that_is_never_closed_is_a_problem() -> None:
    with pytest.raises(ScriptError, match="never closed"):
        parse("---\ntitle: x\n\nHallo.", path="a.md")


def test_a_rule_below_an_empty_line_is_no_front_matter() -> None:
    assert parse("\n---\nHallo.", path="stil.md").meta.title == "stil"


def test_front_matter_has_a_size_limit() -> None:
    assert "64 KiB" in problems("title: " + "é" * 33_000)[0].message


@pytest.mark.parametrize(
    "bomb",
    [
        "\n".join(["a: &a [x, x]", *(f"{b}: &{b} [*{a}, *{a}]" for a, b in ("ab", "bc", "cd"))]),
        "a: " + "[" * 60_000,
        "a: " + "{a: " * 15_000,
        "- " * 30_000,
        "? " * 30_000,
        "a: " + "\n".join(" " * depth + "- x" for depth in range(300)),
    ],
    ids=["aliases", "lists", "mappings", "blocks", "keys", "stairs"],
)
def test_a_yaml_bomb_is_refused_quickly(bomb: str) -> None:
    started = time.process_time()
    assert problems(bomb)
    assert time.process_time() - started < 2.0


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("deepen: 101 %", "from 0 to 100 %"),
        ("deepen: -1", "from 0 to 100 %"),
        ("pronounce: x", "words and how they are said"),
        ("pronounce: {x: ''}", "1 to 300 characters"),
        ("allow: [W9]", "not the code of a warning"),
        ("values: {naam: " + "x" * 301 + "}", "more than 300 characters"),
        ("title: '{naam? x'", "never closed"),
    ],
)
def test_what_the_larger_language_cannot_read_is_refused(line: str, says: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse(f"---\n{line}\n---\nHallo.", path="a.md")
    assert says in caught.value.problems[0].message
    assert caught.value.problems[0].source.line == 2


def test_the_larger_language_is_read() -> None:
    text = "---\nverdiepen: 30 %\nuitspraak: {GGZ: gee gee zet}\ntoestaan: w07\n---\nHallo."
    meta = parse(text, path="a.md").meta
    assert (meta.deepen, meta.pronounce, meta.allow) == (0.3, (("GGZ", "gee gee zet"),), ("W07",))
