"""The page to read lines from: what stands in it, and what a browser makes of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

import sessions
from sessions.plan import to_read
from sessions.script.model import Language
from sessions.voices.base import Sheet
from sessions.voices.recorded.lines import numbered
from sessions.voices.recorded.page import SAID, page
from tests.chromium import FLAGS, PAGE, needs_chromium, posted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SCRIPT = """---
title: Rust & <b>ruimte</b>
language: nl
---
# Landen
Ga liggen. [pauze 5s]

[zacht] Laat je adem "gaan". [einde] [pauze 1.5s..20s]

# Slapen
[fluister] Slaap maar. [einde]

[langzaam] Adem uit. [einde] Ga liggen.

[taal en] All is well. [einde]
"""


class Rows(HTMLParser):
    """The lines of a page: what stands in each paragraph, by its class."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self.attributes: list[tuple[str, str | None]] = []
        self._into = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs
        given = dict(attrs)
        if tag == "li":
            self.found.append({"id": given.get("id") or "", "li": given.get("class") or ""})
        self._into = (given.get("class") or "") if tag == "p" and self.found else ""
        if self._into and given.get("lang"):
            self.found[-1]["lang"] = given["lang"] or ""

    def handle_endtag(self, tag: str) -> None:
        self._into = "" if tag == "p" else self._into

    def handle_data(self, data: str) -> None:
        if self._into:
            self.found[-1][self._into] = self.found[-1].get(self._into, "") + data


def page_of(folder: Path, text: str, recorded: Mapping[int, list[Path]] | None = None) -> str:
    script = sessions.loads(text)
    sheet = Sheet(script.meta.title, script.meta.language, tuple(to_read(script)))
    return page(sheet, numbered(folder, [row.line for row in sheet.lines]), recorded or {})


def test_each_line_has_its_number_its_manner_and_the_silence_after_it(tmp_path: Path) -> None:
    rows = Rows(page_of(tmp_path, SCRIPT)).found
    assert [(row["number"], row["text"]) for row in rows] == [
        ("001", "Ga liggen."),
        ("002", 'Laat je adem "gaan".'),
        ("003", "Slaap maar."),
        ("004", "Adem uit."),
        ("005", "All is well."),
    ]
    assert [row.get("manner", "") for row in rows] == ["", "zacht", "fluisterend", "langzaam", ""]
    assert rows[0]["hints"] == "daarna blijft het 5 s stil"
    assert rows[1]["hints"] == "daarna blijft het 1,5 tot 20 s stil"
    assert [row.get("chapter") for row in rows[:3]] == ["Landen", None, "Slapen"]
    assert [row.get("lang") for row in rows] == [None, None, None, None, "en"]


@pytest.mark.parametrize("language", Language)
def test_the_words_of_the_page_are_in_the_language_of_the_script(
    tmp_path: Path, language: Language
) -> None:
    text = page_of(tmp_path, f"---\nlanguage: {language}\n---\nOm. [pause 3s]\n")
    assert f'<html lang="{language}">' in text
    other = next(one for one in Language if one != language)
    for name in ("all", "one", "back", "next", "turning"):
        assert SAID[language][name] in text
        assert f">{SAID[other][name]}<" not in text
    assert SAID[Language.DUTCH].keys() == SAID[Language.ENGLISH].keys()


def test_lines_that_are_recorded_already_are_marked(tmp_path: Path) -> None:
    rows = Rows(page_of(tmp_path, SCRIPT, {2: [tmp_path / "002 <take>.wav"]})).found
    assert [row["li"] for row in rows] == ["", "done", "", "", ""]
    assert rows[1]["recorded"] == "✓ opgenomen: 002 <take>.wav"


@pytest.mark.skipif(os.name == "nt", reason="names of files are not bytes there")
def test_a_file_name_that_is_no_utf8_stands_on_the_page_in_escapes(tmp_path: Path) -> None:
    text = page_of(tmp_path, SCRIPT, {1: [tmp_path / os.fsdecode(b"001 caf\xe9 \xc3\xa9.wav")]})
    assert Rows(text.encode().decode()).found[0]["recorded"] == r"✓ opgenomen: 001 caf\xe9 é.wav"


def test_nothing_of_a_script_becomes_part_of_the_page(tmp_path: Path) -> None:
    evil = '</p><script>alert(1)</script><img src=x onerror="alert(2)">'
    text = page_of(tmp_path, f"---\ntitle: '{evil}'\nlanguage: nl\n---\n# A{evil}\nDag.\n")
    assert "<script>alert" not in text
    assert "<img" not in text
    assert text.count("<script>") == 1
    names = {name for name, _ in Rows(text).attributes}
    assert not {name for name in names if name.startswith("on") or name in {"src", "href"}}
    policy = re.search(r'Security-Policy" content="([^"]+)"', text)
    assert policy
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy[1]


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_and_marks_stand_out_by_day_and_in_the_dark(tmp_path: Path, scheme: int) -> None:
    roots = re.findall(r":root \{(.*?)\}", page_of(tmp_path, SCRIPT), re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#\w{6})", roots[scheme]))
    for front, back, least in (
        ("ink", "paper", 7), ("soft", "paper", 7), ("done", "paper", 7), ("ink", "key", 7),
        ("soft", "key", 4.5), ("focus", "paper", 3),
    ):  # fmt: skip
        high, low = sorted((luminance(colours[front]), luminance(colours[back])), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= least, (front, back)


HARNESS = """
const frame = document.createElement('iframe');
frame.style = 'width: 600px; height: 700px';
frame.src = '/lines.html#3';
document.body.append(frame);
await new Promise(done => { frame.onload = done; });
const page = frame.contentDocument, view = frame.contentWindow;
const shown = () => {
  const seen = [...page.querySelectorAll('li')].filter(row => row.getClientRects().length);
  return {
    rows: seen.map(row => row.id),
    text: seen[0].querySelector('.text').innerText,
    status: page.querySelector('[role=status]').textContent,
    place: page.getElementById('place').textContent,
    hash: view.location.hash,
    wide: page.documentElement.scrollWidth,
    size: parseFloat(view.getComputedStyle(seen[0].querySelector('.text')).fontSize),
  };
};
const seen = {opened: shown()};
const press = (key, more = {}) => (page.activeElement || page.body).dispatchEvent(
  new view.KeyboardEvent('keydown', {key, bubbles: true, cancelable: true, ...more}));
for (const key of ['Home', ' ', 'ArrowRight', 'PageDown', 'ArrowLeft', 'End', 'ArrowRight']) {
  press(key);
  seen[key + (seen[key] ? '2' : '')] = shown();
}
press(' ', {shiftKey: true}); seen.shifted = shown();
press('ArrowLeft', {ctrlKey: true}); seen.controlled = shown();
const click = (x, on) => on.dispatchEvent(
  new view.MouseEvent('click', {clientX: x, bubbles: true, detail: 1}));
press('Home');
click(400, page.querySelector('main')); seen.tapped = shown();
click(50, page.querySelector('main')); seen.tappedLeft = shown();
page.getElementById('next').focus();
page.getElementById('next').click(); seen.button = shown();
press(' '); seen.spaceOnButton = shown();
seen.focus = page.activeElement.id;
page.getElementById('whole').click(); seen.whole = shown();
page.getElementById('whole').click(); seen.back = shown();
frame.src = '/lines.html';
await new Promise(done => { frame.onload = done; });
seen.fresh = [...frame.contentDocument.querySelectorAll('li')].filter(
  row => row.getClientRects().length).map(row => row.id);
await post(JSON.stringify(seen));
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What Chromium shows of the page after keys, taps and buttons, at the width of a phone."""
    folder = tmp_path_factory.mktemp("page")
    files = {
        "/": ("text/html", (PAGE % HARNESS).replace("<script", "<body><script").encode()),
        "/lines.html": ("text/html", page_of(folder, SCRIPT, {1: [folder / "1.wav"]}).encode()),
    }
    (answer,) = posted(files, 1, folder / "profile", 60)
    return json.loads(answer)


@needs_chromium
def test_the_page_shows_one_line_at_a_time_and_keys_turn_it(seen: Any) -> None:
    steps = {
        "opened": 3, "Home": 1, " ": 2, "ArrowRight": 3, "PageDown": 4, "ArrowLeft": 3, "End": 5,
        "ArrowRight2": 5, "shifted": 4, "controlled": 4, "tapped": 2, "tappedLeft": 1, "button": 2,
        "spaceOnButton": 2, "back": 2,
    }  # fmt: skip
    assert {step: seen[step]["rows"] for step in steps} == {
        step: [f"line-{number:03}"] for step, number in steps.items()
    }
    assert len(seen["whole"]["rows"]) == 5
    assert seen[" "]["hash"] == "#002"
    assert seen[" "]["place"] == "2 van 5"
    assert seen["focus"] == "next"


@needs_chromium
def test_it_opens_at_the_first_line_that_is_not_recorded(seen: Any) -> None:
    assert seen["fresh"] == ["line-002"]


@needs_chromium
def test_a_turned_page_is_told_to_a_screen_reader_and_fits_a_phone(seen: Any) -> None:
    assert not seen["opened"]["status"]
    for step in (" ", "PageDown", "button"):
        assert seen[step]["text"] in seen[step]["status"]
        assert seen[step]["rows"][0].removeprefix("line-") in seen[step]["status"]
    assert max(seen[step]["wide"] for step in ("opened", "whole")) <= 600
    assert seen["opened"]["size"] >= 30


@needs_chromium
def test_all_lines_are_printed_several_to_a_page(tmp_path: Path) -> None:
    lines = "\n\n".join(f"Dit is regel {number}, en die is zo kort." for number in range(60))
    (tmp_path / "lines.html").write_text(page_of(tmp_path, lines), encoding="utf-8")
    command = ["chromium", *FLAGS, f"--user-data-dir={tmp_path / 'profile'}"]
    made = tmp_path / "lines.pdf"
    subprocess.run(
        [*command, f"--print-to-pdf={made}", (tmp_path / "lines.html").as_uri()],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", made.read_bytes()))
    assert 3 <= pages <= 60 / 8
