"""No reader loses a word: texts made of what is awkward, in every kind of file (issue 13, item 1).

Each piece takes words that no other piece has. A word may be spoken or be in a title; else one of
the lines of its piece must be told.
"""

# ruff: noqa: RUF001 -- dashes as people write them

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import few
from tests.script.practice.seen import (
    DOORS,
    INPUTS,
    Seen,
    case,
    imported_well,
    read,
    taken,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_POOL: Final = (
    "boom water lucht zand berg meer tuin lamp tafel deken kussen raam vloer muur wolk regen "
    "schelp veer steen gras blad tak vogel vis licht donker zacht warm koel stil rustig langzaam "
    "schouder knie enkel voet hand vinger nek rug buik borst kaak oog oor neus mond huid "
    "river valley meadow forest garden candle blanket pillow window floor cloud shell feather "
    "stone grass leaf branch bird light gentle slowly quietly shoulder ankle finger belly chest "
    "jaw skin heart evening morning shore island harbour lantern orchard pebble willow"
)
WORDS: Final = tuple(_POOL.split())
MARKDOWN: Final = (
    "{} {}.", "{} {}", "{}... {} {}", "{} ... {}", "{}… {}.", "# {} {}", "### **{} {}**",
    "{} {}\n---", "**{} {}.**\n---", "{} {}?\n===", "“{} {}.”\n---", "{} {}.\n{} {}.\n---",
    "```\n{} {}.\n```", "~~~ {}\n{} {}\n~~~", "    {} {}", "[{}]: {} {}.", "[{}]: {}",
    "[{} {}](https://example.org/a) {}", "![{} {}](a.png) {}", "{}[^1] {}.\n\n[^1]: {} {}.",
    "- {} {}\n- {}\n- {}", "1. {} {}\n2. {}\n3. {}", "1... {} {}\n2... {} {}", "3. {}", "3.\n{}",
    "| {} | {} |\n| --- | --- |\n| {} {} | {} |", "{} | {}", "> {} {}.\n> {}", "<b>{}</b> {}.",
    "<{} {}> {}", "<mood>{} {}</mood> {}", "<{}/> {}", "{} <br/> {}", "<!-- x --> {} {}",
    "({} {})", "({} rest {}) {}", "(wait {} {})", "({} bell {} {})", "[{} {}]", "[{}] {}",
    "{} {}:", "{}: {} {}", "*{} {}*", "_{}_ {}", "`{} {}`", "~~{}~~ {}", "\\[{} {}\\]",
    "{} {}\\\n{}", "{} {}  \n{}", "{} {}\n{}\n{}", "* * *\n{}", "(pause 5s) {}", "{} (pause) {}",
    "[pause 5s]\n{} {}", "(pauze {} {})", "{} – {} – {}", "*{}* pauze *{}*", "{}, {}; {}",
    "&nbsp;{} {}", "{} & {} < {}", "{}_{}_{}", "{}^{}", "$ {} {}", "@{} {}", "//{} {}", "% {} {}",
    "<<<<<<< {}\n{}\n=======\n{}\n>>>>>>> x", "{}\n: {} {}", "{} {{{}}} {}", "::: {}\n{} {}\n:::",
    "- [ ] {} {}\n- [x] {}", "<details><summary>{}</summary>\n\n{} {}\n</details>",
    "[[{} {}]] {}", "[pause: {} {}]", "Duration: {} {}", "Note: {} {}", "[{}|{}]", "[^{}] {}",
    "({}", "[{} {}\n{}]",
)  # fmt: skip
HTML: Final = (
    "<p>{} {}.</p>", "<h1>{} {}</h1>", "<h3>{}</h3>", "<ul><li>{}</li><li>{} {}</li></ul>",
    "<ol><li>{} {}<li>{}</ol>", "<div>{} <b>{}</b> {}</div>", "<span>{}</span>", "{} {}",
    "<p>{}<p>{}", "<pre>{} {}</pre>", "<code>{}</code>", "<button>{}</button>",
    "<a href='x'>{}</a>", "<calm-tone>{} {}</calm-tone>", "{}<br>{}", "{}<hr>{}",
    "<nav>{} {}</nav>", "<header>{}</header>",
    "<figure><img src='a.png'><figcaption>{} {}</figcaption></figure>", "<footer>{} {}</footer>",
    "<details><summary>{}</summary>{} {}</details>", "<!-- x --><p>{}</p>", "<p>{} [{} {}]</p>",
    "<table><tr><th>{}</th><th>{}</th></tr><tr><td>{}</td><td>{} {}</td></tr></table>",
    "<blockquote>{} {}</blockquote>", "<dl><dt>{}</dt><dd>{} {}</dd></dl>", "<em>{}</em> {}",
    "<p>({} {})</p>", "<p>{} &lt;{}&gt; {}</p>", "<noscript>{} {}</noscript>",
    "<aside>{} {}</aside>", "<select><option>{}</option></select>",
    "<label>{}</label><textarea>{}</textarea>", "<p>{}:</p>", "<svg><text>{}</text></svg>",
    "<video>{} {}</video>", "<template><p>{}</p></template>", "<p hidden>{} {}</p>",
    "<p style='display:none'>{}</p>", "<p>*{}*</p>", "<p># {}</p>", "<s>{}</s>",
)  # fmt: skip
CUES: Final = (
    "{} {}.", "{} {}\n{}", "<i>{}</i> {}", "{{\\an8}}{} {}", "- {}\n- {} {}", "[{} {}]",
    "({} {})", "♪ {} {} ♪", "ANNA: {} {}", "{}... {}", ">> {} {}", "<font color='red'>{}</font>",
    "# {}", "*{}*", "{} --> {}", "12\n{}", "{}\n12", "`{}`", "<c.soft>{}</c> {}", "[{}]: {}",
    "1. {}\n2. {}",
)  # fmt: skip
JSON: Final = (
    '{{"text": "{} {}."}}', '{{"text": "{}", "pause": 4}}', '{{"text": "{}", "speaker": "{}"}}',
    '{{"start": 1.0, "end": 2.5, "text": " {} {}"}}', '{{"type": "speech", "content": "{} {}"}}',
    '{{"text": "{}", "note": "{} {}"}}', '"{} {}."', '{{"title": "{} {}", "text": "{}"}}',
    '{{"text": "[{} {}]"}}', '{{"text": "# {}"}}', '{{"text": "{}\\n{} {}"}}',
    '{{"words": ["{}", "{}"]}}', '{{"text": {{"nl": "{}", "en": "{} {}"}}}}',
    '{{"text": "({} {}) {}"}}', '["{}", "{} {}"]', '{{"text": "```\\n{}\\n```"}}',
    '{{"label": "{}"}}', '{{"text": "{}", "alternatives": ["{} {}"]}}',
)  # fmt: skip
SSML: Final = (
    "<p>{} {}</p>", "<s>{}</s>", "<emphasis>{}</emphasis> {}",
    "<prosody rate='0.9'>{} {}</prosody>", "<audio src='a.mp3'>{} {}</audio>",
    "<voice name='x'>{} {}</voice>", "{} <break time='2s'/> {}", "<phoneme ph='x'>{}</phoneme>",
    "<mark name='a'/>{}", "<say-as interpret-as='date'>{}</say-as>", "[SFX: {} {}]",
    "<tone>{} {}</tone>", "<w role='x'>{}</w>", "{} {}", "<lang xml:lang='nl'>{}</lang>",
    "<audio src='a.mp3'><desc>{} {}</desc>{}</audio>", "<metadata>{} {}</metadata>", "({} {})",
    "{}... {}", "<sub alias='{} {}'>{}</sub>", "<p><s>{}</s>{}</p>",
    "<prosody volume='silent'>{}</prosody>", "# {}", "```{}```", "<lexicon uri='a'/>{}",
    "[{}]: {}", "<p>{} {}:</p>", "<par><media><speak>{}</speak></media></par>",
)  # fmt: skip


def stamp(seconds: int, point: str) -> str:
    """Return a time of day as captions write it."""
    return f"00:{seconds // 60:02}:{seconds % 60:02}{point}000"


def captions(pieces: Sequence[str], point: str, head: str) -> str:
    """Return pieces as captions of two seconds, five seconds from each other."""
    cues = (
        f"{n}\n{stamp(5 * n, point)} --> {stamp(5 * n + 2, point)}\n{piece}"
        for n, piece in enumerate(pieces, 1)
    )
    return head + "\n\n".join(cues) + "\n"


def inside(head: str, foot: str, between: str = "\n") -> Callable[[Sequence[str]], str]:
    """Return what makes a file of pieces, between a head and a foot."""
    return lambda pieces: f"{head}{between.join(pieces)}{foot}\n"


KINDS: Final[Mapping[str, tuple[Sequence[str], Callable[[Sequence[str]], str]]]] = {
    "script": (MARKDOWN, inside("", "", "\n\n")),
    "scan.txt": (MARKDOWN, inside("", "", "\n\n")),
    "scan.md": (MARKDOWN, inside("", "", "\n\n")),
    "scan.html": (HTML, inside("<html><body>\n", "\n</body></html>")),
    "scan.srt": (CUES, lambda pieces: captions(pieces, ",", "")),
    "scan.vtt": (CUES, lambda pieces: captions(pieces, ".", "WEBVTT\n\n")),
    "scan.json": (JSON, inside('{"segments": [\n', "\n]}", ",\n")),
    "scan.ssml": (SSML, inside('<speak version="1.1" xml:lang="en-US">\n', "\n</speak>")),
}
"""Every kind of file: what is awkward in it, and how pieces become one."""
FIRST: Final[Mapping[str, str]] = {
    "scan.html": "<p>Ga zitten.</p>",
    "scan.json": '{"text": "Ga zitten."}',
    "scan.ssml": "<p>Ga zitten.</p>",
}
"""A first piece that is plain, so that there is something to speak."""


def blanks(template: str) -> int:
    """Return how many words a template takes."""
    return sum(name is not None for _, name, _, _ in Formatter().parse(template))


@st.composite
def pieces_of(draw: st.DrawFn, templates: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Draw some pieces, in capitals or not, each with its words, which no other piece has."""
    words = iter(draw(st.permutations(WORDS)))
    found = []
    for template in draw(st.lists(st.sampled_from(templates), min_size=1, max_size=6)):
        own = [next(words) for _ in range(blanks(template))]
        shout = draw(st.integers(0, 7)) == 0 and "<" not in template and '"' not in template
        shown = [word.upper() if shout else word for word in own]
        found.append((template.format(*shown), own))
    return found


def lost(seen: Seen, text: str, pieces: Sequence[tuple[str, list[str]]]) -> list[tuple[str, str]]:
    """Return the words that are neither spoken nor titles, nor in a piece that is told."""
    kept = seen.words() | seen.title_words()
    found = []
    begin = 0
    for piece, words in pieces:
        begin = text.index(piece, begin)
        first = text.count("\n", 0, begin) + 1
        begin += len(piece)
        if not seen.told_lines & {*range(first, first + piece.count("\n") + 1)}:
            found += [(word, piece) for word in words if word not in kept]
    return found


@pytest.mark.parametrize("kind", KINDS)
@few(40)
@given(data=st.data())
def test_no_word_is_lost(kind: str, data: st.DataObject) -> None:
    templates, made_of = KINDS[kind]
    pieces = data.draw(pieces_of(templates))
    text = made_of([FIRST.get(kind, "Ga zitten."), *(piece for piece, _ in pieces)])
    if kind == "script":
        seen = read(text)
    else:
        seen = taken(text, kind)
        if (
            kind == "scan.json" and seen.code
        ):  # of segments is read; what has another shape, refused
            assert seen.stderr.startswith("error: ")
            return
        imported_well(seen)
    assert not lost(seen, text, pieces), (text, seen.heard, seen.told)


@pytest.mark.parametrize("template", MARKDOWN)
@pytest.mark.parametrize("kind", ["script", "scan.txt", "scan.md"])
def test_no_word_of_a_single_awkward_piece_is_lost(kind: str, template: str) -> None:
    own = [*WORDS[: blanks(template)]]
    piece = template.format(*own)
    text = f"Ga zitten.\n\n{piece}\n\nKlaar.\n"
    seen = read(text) if kind == "script" else taken(text, kind)
    assert not lost(seen, text, [(piece, own)]), (text, seen.heard, seen.told)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize("name", sorted(path.name for path in INPUTS.iterdir()))
def test_line_ends_of_other_machines_change_nothing(name: str, end: str) -> None:
    text = case(name)
    for reader in DOORS.values():
        there, here = reader(text.replace("\n", end)), reader(text)
        assert (there.code, there.heard) == (here.code, here.heard)
        assert there.told.keys() == here.told.keys()
