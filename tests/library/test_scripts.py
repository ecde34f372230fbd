from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sessions.errors import InputMissingError, PermissionDeniedError, ScriptError, StorageError
from sessions.library import catalogue, texts
from sessions.library import scripts as library
from sessions.script.model import Language

SCRIPT = (
    "---\ntitle: {title}\nphase: {phase}\ntechnique: {technique}\nsummary: s\n---\n# A\nHallo.\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, title, phase, technique in (
        ("nl/bodyscan", "Bodyscan", "body", "body-scan"),
        ("nl/erkenning", "Gezien", "acknowledge", "being-seen"),
        ("nl/slaapreis", "Reis", "journey", "sleep-journey"),
        ("en/body-scan", "Body scan", "body", "body-scan"),
    ):
        file = tmp_path / f"{path}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(SCRIPT.format(title=title, phase=phase, technique=technique), "utf-8")
    return tmp_path


def test_the_catalogue_and_the_assets_stand_beside_or_in_the_package() -> None:
    package = Path(library.__file__).parents[1]
    assert catalogue.catalogue_root() in {package / "scripts", package.parent / "scripts"}
    assert catalogue.assets_root() in {package / "audio_assets", package.parent / "audio_assets"}


def test_entries_come_by_language_and_phase(root: Path) -> None:
    found = catalogue.entries(root)
    assert [entry.name for entry in found] == ["erkenning", "bodyscan", "slaapreis", "body-scan"]
    assert found[1] == catalogue.Entry(
        "bodyscan", Language.DUTCH, "Bodyscan", "s", "", "body", "body-scan",
        root / "nl" / "bodyscan.md",
    )  # fmt: skip


def test_a_broken_script_does_not_hide_the_others(root: Path) -> None:
    (root / "nl" / "stuk.md").write_bytes(b"---\ntitle: \xff\n")
    (root / "nl" / "krom.md").write_text("---\ntitle: [a\n---\n", "utf-8")
    (root / "nl" / "map.md").mkdir()
    names = [entry.name for entry in catalogue.entries(root)]
    assert set(names) == {
        "erkenning", "bodyscan", "slaapreis", "body-scan", "stuk", "krom", "map",
    }  # fmt: skip


def test_no_catalogue_is_an_empty_one(tmp_path: Path) -> None:
    assert catalogue.entries(tmp_path) == ()


def test_a_name_loads_and_shows_a_path_that_is_the_same_everywhere(root: Path) -> None:
    script = library.load("Bodyscan", root=root)
    assert script.path == "scripts/nl/bodyscan.md"
    assert script.meta.language == Language.DUTCH


@pytest.mark.parametrize(
    ("name", "language", "title"),
    [
        ("bodyscan", Language.ENGLISH, "Body scan"),
        ("bodyscan", Language.DUTCH, "Bodyscan"),
        ("body-scan", Language.DUTCH, "Bodyscan"),
    ],
)
def test_a_language_asks_for_the_script_of_the_same_technique(
    root: Path, name: str, language: Language, title: str
) -> None:
    script = library.load(name, language=language, root=root)
    assert title == script.meta.title
    assert language == script.meta.language


def test_a_script_without_a_translation_says_so(root: Path) -> None:
    with pytest.raises(InputMissingError, match="in the language 'en'"):
        library.load("erkenning", language=Language.ENGLISH, root=root)


def test_an_unknown_name_suggests_one(root: Path) -> None:
    with pytest.raises(InputMissingError) as caught:
        library.load("bodyscn", root=root)
    assert "did you mean `bodyscan`?" in caught.value.remedy
    assert "sessions list" in caught.value.remedy


@pytest.mark.parametrize("name", ["weg.md", "weg/bodyscan", "weg\\bodyscan", "bodyscan.MD"])
def test_what_looks_like_a_path_is_never_a_name(root: Path, name: str) -> None:
    with pytest.raises(InputMissingError, match="no file"):
        library.load(name, root=root)


def test_a_file_is_loaded_in_the_language_that_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "mijn.md"
    file.write_text("Hallo.\n", "utf-8")
    assert library.load(file, language=Language.ENGLISH).meta.language == Language.ENGLISH
    assert library.load(str(file)).path == str(file)


@pytest.mark.parametrize(
    ("data", "says", "line", "column"),
    [
        (b"een\r\ntw\xc3\xa9\xff", "byte 9 (0xFF) is not UTF-8", 2, 4),
        (b"\xe9\n", "byte 0 (0xE9)", 1, 1),
        ("hallo".encode("utf-16"), "UTF-16", 1, 1),
        (b"ID3\x04\x00\x00", "not text", 1, 1),
        (b"a" * ((1 << 20) + 1), "larger than 1 MiB", 1, 1),
    ],
)
def test_a_file_that_is_no_script_says_why(
    tmp_path: Path, data: bytes, says: str, line: int, column: int
) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(data)
    with pytest.raises(ScriptError) as caught:
        texts.read_text(file)
    (problem,) = caught.value.problems
    assert says in problem.message
    assert (line, column) == (problem.source.line, problem.source.column)
    assert problem.remedy


def test_a_folder_is_no_script(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="folder"):
        texts.read_text(tmp_path)


@pytest.mark.parametrize("name", ["a\0b", "geen/map/a.md"])
def test_a_missing_file_is_missing(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputMissingError):
        texts.read_text(f"{tmp_path}/{name}")


def test_what_the_system_says_becomes_an_error_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(error: OSError) -> None:
        def opened(*_args: object, **_kwargs: object) -> None:
            raise error

        monkeypatch.setattr(Path, "open", opened)

    fail(PermissionError(13, "Permission denied"))
    with pytest.raises(PermissionDeniedError):
        texts.read_text(tmp_path / "a.md")
    fail(OSError(5, "Input/output error"))
    with pytest.raises(StorageError, match="input/output error"):
        texts.read_text(tmp_path / "a.md")


def test_the_whole_catalogue_can_be_parsed() -> None:
    for entry in catalogue.entries():
        assert library.load(entry.name).meta.technique == entry.technique


def test_importing_the_script_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, sessions.library.scripts, sessions.cli.problems\n"
        "print([m for m in ('numpy', 'scipy', 'yaml', 'rich', 'soundfile') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
