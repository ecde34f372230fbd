from __future__ import annotations

import os
import re
import shlex
import subprocess
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
import soundfile

import sessions
from sessions.cli import COMMANDS, LazyGroup, cli, run
from sessions.cli.progress import say
from sessions.errors import SessionsError
from sessions.plan import PACES
from sessions.script.directives import DIRECTIVES
from sessions.script.frontmatter import KEYS
from sessions.script.model import Language
from sessions.script.parser import parse
from sessions.script.phrases.breathing import PHASES
from sessions.script.phrases.choices import CHOICES
from sessions.script.phrases.readers import Amount, OneOf
from sessions.sounds import BEDS
from sessions.voices import VOICES
from sessions.voices.auto import ORDER
from sessions.voices.recorded.lines import read_list
from tests.voices.spoilt import hiss, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sessions.script.phrases.choices import Choice
    from sessions.storage.caches import Caches

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", *sorted(
    page.relative_to(ROOT).as_posix() for page in (ROOT / "docs").glob("*.md")
))  # fmt: skip
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([\w-]+\.(?:md|csv|txt))`[^`\n]*:$")
LINK = re.compile(r"\]\(([^)\s]+)\)")
INLINE = re.compile(r"`(sessions(?: [^`\n]+)?)`")
VARYING = re.compile(r"-?[0-9][0-9.,:]*|\b(?:espeak|tone)\b")


@dataclass(frozen=True, slots=True)
class Block:
    kind: str
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Call:
    arguments: tuple[str, ...]
    shown: tuple[str, ...]
    exit_code: int


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str) -> Iterator[Block]:
    text = text_of(page)
    for fence in FENCE.finditer(text):
        before = text[: fence.start()].rstrip().rsplit("\n", 1)[-1]
        named = NAMED.search(before)
        yield Block(fence[1], fence[2], named[1] if named else "")


def calls(console: str) -> Iterator[Call]:
    """Give the commands of a console block, what is shown of each, and its exit code."""
    found: list[tuple[str, list[str]]] = []
    for line in console.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            assert found, f"output without a command: {line}"
            found[-1][1].append(line)
    for (command, shown), (after, code) in zip(found, [*found[1:], ("", [])], strict=True):
        if command != "echo $?":
            words = shlex.split(command)
            assert words[0] == "sessions", command
            yield Call(tuple(words[1:]), tuple(shown), int(code[0]) if after == "echo $?" else 0)


def output_of(call: Call, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command as it is shown, and return what it says, the output before the errors."""
    say.cache_clear()  # what a process says once
    exit_code = run(list(call.arguments))
    told = capsys.readouterr()
    assert call.exit_code == exit_code, (call.arguments, told.err)
    return told.out + told.err


def same_but_for_numbers(line: str) -> str:
    return VARYING.sub("#", " ".join(line.split()))


def assert_shown(shown: tuple[str, ...], output: str) -> None:
    lines = iter([same_but_for_numbers(line) for line in output.splitlines() if line.strip()])
    for line in shown:
        wanted = same_but_for_numbers(line)
        if not wanted or wanted == "...":
            continue
        start = wanted.removesuffix("...")
        assert any(
            given.startswith(start) if start != wanted else given == wanted for given in lines
        ), f"the page shows {line!r}, but there is:\n{output}"


def record(folder: Path) -> None:
    """Read aloud what a page has made a list of: at first with a fan on, and without the end."""
    numbers = read_list(folder) if folder.is_dir() else {}
    again = any(folder.glob("*.wav"))
    for text, number in list(numbers.items())[: None if again else -1]:
        ((sound, rate_hz),) = spoken("espeak", Language.ENGLISH, [text])
        fan = hiss(sound, rate_hz, -50.0) if number == 3 and not again else sound
        soundfile.write(folder / f"{number:03}.wav", fan, rate_hz)


@pytest.mark.parametrize("page", PAGES)
def test_every_example_script_parses(page: str) -> None:
    for block in blocks(page):
        if block.kind == "markdown":
            assert parse(block.text, path=block.name or "example.md").parts


@pytest.mark.parametrize(
    "page", [page for page in PAGES if any(block.kind == "console" for block in blocks(page))]
)
def test_every_command_that_is_shown_does_what_the_page_says(
    page: str,
    in_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fresh_cache: Callable[[str], Caches],
) -> None:
    fresh_cache("cache")
    monkeypatch.setenv("HOME", str(in_folder))
    (in_folder / "sessions.toml").write_text('voice = "tone"\n', encoding="utf-8")
    for block in blocks(page):
        if block.name:
            (in_folder / block.name).write_text(block.text, encoding="utf-8")
        if block.kind == "console":
            record(in_folder / "my-voice")
            for call in calls(block.text):
                assert_shown(call.shown, output_of(call, capsys))


@pytest.mark.parametrize(
    "page", [page for page in PAGES if any(block.kind == "python" for block in blocks(page))]
)
def test_every_example_in_python_runs(
    page: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fresh_cache: Callable[[str], Caches],
) -> None:
    fresh_cache("cache")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sessions.toml").write_text('voice = "tone"\n', encoding="utf-8")
    monkeypatch.setattr(sessions, "resolve", partial(resolved_with_tone, sessions.resolve))
    for block in blocks(page):
        if block.name:
            (tmp_path / block.name).write_text(block.text, encoding="utf-8")
        if block.kind == "python":
            exec(compile(block.text, page, "exec"), {})  # noqa: S102 -- our own page


def resolved_with_tone(
    resolve: Callable[..., sessions.Settings], flags: dict[str, Any], *layers: Any
) -> sessions.Settings:
    return resolve({"voice": "tone", **flags}, *layers)


def mentioned(page: str) -> Iterator[list[str]]:
    """Give the words of every command that a page names outside of consoles."""
    text = text_of(page)
    yield from (shlex.split(match[1])[1:] for match in INLINE.finditer(FENCE.sub("", text)))
    for block in blocks(page):
        lines = block.text.splitlines() if block.kind in {"", "sh"} else []
        yield from (shlex.split(line)[1:] for line in lines if line.startswith("sessions "))


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_is_mentioned_would_be_understood(page: str) -> None:
    for words in mentioned(page):
        if words and not words[0].startswith("-"):
            name, *arguments = words
            command = command_named(name)
            missing = [] if arguments or name not in {"render", "verify"} else ["NAME"]
            command.make_context(name, [*arguments, *missing])


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file_and_a_heading(page: str) -> None:
    text = FENCE.sub("", text_of(page))
    for target in LINK.findall(re.sub(r"`[^`\n]*`", "", text)):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / page).parent / path if path else ROOT / page
        assert file.exists(), f"{page}: {target}"
        if anchor:
            assert anchor in anchors(file.read_text(encoding="utf-8")), f"{page}: {target}"


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def command_named(name: str) -> click.Command:
    assert isinstance(cli, LazyGroup)
    command = cli.get_command(click.Context(cli), name)
    assert command is not None, name
    return command


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_that_it_understands(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = command_named(name)
    assert run([name, "--help"]) == 0
    assert command.get_short_help_str()
    examples = capsys.readouterr().out.partition("Examples:")[2].partition("\n\n")[0]
    lines = [line.strip() for line in examples.splitlines() if line.strip()]
    assert lines
    for line in lines:
        program, given, *arguments = shlex.split(line)
        assert ("sessions", name) == (program, given)
        command.make_context(name, arguments)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_stands_in_the_docs(name: str) -> None:
    manual = text_of("docs/settings.md")
    assert f"`sessions {name}" in manual
    for option in command_named(name).params:
        if isinstance(option, click.Option):
            where = f"docs/settings.md, among the options: {option.opts}"
            assert any(f"`{word}" in manual for word in option.opts), where


def test_the_manual_has_every_directive_in_both_languages() -> None:
    manual = text_of("docs/script-format.md")
    for row in DIRECTIVES:
        for language, example in row.examples.items():
            assert example in manual
            assert f"[{row.names[language][0]}" in manual
    assert not [word for word in PHASES if f"`{word}`" not in manual and word != "×"]  # noqa: RUF001


def test_the_manual_has_every_key_of_the_front_matter() -> None:
    manual = text_of("docs/script-format.md")
    for key in KEYS:
        assert "| {} |".format(" | ".join(f"`{name}`" for name in key.names)) in manual


def test_the_manual_has_the_pauses_of_every_pace() -> None:
    manual = text_of("docs/script-format.md")
    for name, pace in PACES.items():
        row = next(line for line in manual.splitlines() if line.startswith(f"| `{name}`"))
        seconds = [float(figure) for figure in re.findall(r"([\d.]+) s\b", row)]
        given = [pace.sentence, pace.ellipsis, pace.paragraph, pace.chapter, pace.section]
        assert given == seconds
        names = CHOICES["pace"].reader
        assert isinstance(names, OneOf)
        assert all(f"`{word}`" in row for word, meant in names.words.items() if meant == name)


def documented(choice: Choice) -> str:
    """Return the row of a choice in the table of settings."""
    default = choice.told or (
        f"`{choice.reader.written(choice.default)}`"
        if isinstance(choice.default, bool | int | float)
        else f'`"{choice.reader.written(choice.default)}"`'
    )
    cells = (
        f"`{choice.setting}`",
        f"`{choice.flag}`" if choice.flag else "",
        " ".join(f"`{key}`" for key in choice.keys[:1]),
        default,
        choice.reader.may_be,
        choice.help,
    )
    return f"| {' | '.join(cells)} |".replace("|  |", "| |").replace("|  |", "| |")


def test_the_table_of_settings_is_the_table_of_choices() -> None:
    """Where it is not, the rows to paste into docs/settings.md are shown."""
    page = text_of("docs/settings.md").splitlines()
    start = next(n for n, line in enumerate(page) if line.startswith("| setting |")) + 2
    rows = page[start : start + len(CHOICES) + 1]
    assert [*map(documented, CHOICES.values()), ""] == rows


def test_the_manual_says_the_bounds_of_every_key() -> None:
    manual = text_of("docs/script-format.md")
    for choice in CHOICES.values():
        if choice.keys and isinstance(choice.reader, Amount | OneOf):
            rows = [row for row in manual.splitlines() if row.startswith(f"| `{choice.keys[0]}`")]
            assert rows, f"docs/script-format.md, Front matter: a row for `{choice.keys[0]}`"
            row = rows[0]
            reader = choice.reader
            names = reader.words if isinstance(reader, OneOf) else ()
            assert all(f"`{name}`" in row for name in names), row
            if isinstance(reader, Amount) and choice.setting != "width":
                assert reader.may_be in row


def test_every_exit_code_stands_in_the_docs() -> None:
    manual = text_of("docs/settings.md")
    classes = [SessionsError]
    for error in classes:
        classes += error.__subclasses__()
    assert len(classes) > 8
    for code in {0, 2, 3, 130, *(error.exit_code for error in classes)}:
        assert re.search(rf"^\| {code} \|", manual, re.MULTILINE), code


def test_every_voice_and_bed_stands_in_the_docs() -> None:
    for page, names in (("docs/voices.md", ("auto", *VOICES)), ("docs/sounds.md", BEDS)):
        missing = [name for name in names if f"| `{name}` |" not in text_of(page)]
        assert not missing, f"{page} wants a row for each of these: {missing}"


def test_pages_are_plain_to_read_in_an_editor() -> None:
    for page in PAGES:
        for line in FENCE.sub("", text_of(page)).splitlines():
            prose = not line.startswith("|") and "](" not in line
            assert len(line) <= 112 or not prose, f"{page}: {line}"


@pytest.mark.parametrize(
    ("locale", "name"),
    [
        ({"LANG": "nl_BE.UTF-8"}, "bodyscan"),
        ({"LANG": "en_GB.UTF-8"}, "body-scan"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "nl_NL"}, "bodyscan"),
        ({"LANG": "nl_NL", "LC_MESSAGES": "en_US"}, "body-scan"),
        ({"LANG": "C"}, "body-scan"),
        ({}, "body-scan"),
    ],
)
def test_the_first_session_is_in_the_language_of_the_machine(
    locale: dict[str, str], name: str
) -> None:
    kept = {key: text for key, text in os.environ.items() if key not in {"LANG", "LC_ALL"}}
    kept.pop("LC_MESSAGES", None)
    told = subprocess.run(
        ["make", "--dry-run", "--silent", "session", "USE=", "OFFLINE=1"],
        cwd=ROOT, env=kept | locale, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert f"sessions render {name} --offline" in told
    assert sessions.load(name).meta.title


def test_the_order_of_auto_is_as_the_page_says() -> None:
    table = text_of("docs/voices.md").partition("## auto")[2].partition("\n\nIt is")[0]
    rows = [row.split("|")[1:3] for row in table.splitlines() if row.startswith("| ")][1:]
    for column, language in enumerate((Language.ENGLISH, Language.DUTCH)):
        told = [row[column].strip() for row in rows if row[column].strip(" -")]
        assert told == [place.kind for place in ORDER[language]]
