"""Neural voices through the unmodified library, and their installation from a loopback server."""

from __future__ import annotations

import hashlib
import http.server
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sessions.errors import (
    ConfigurationError,
    InputMissingError,
    StorageError,
    TryAgainLaterError,
    UnavailableError,
)
from sessions.script.model import Language, Manner, Style
from sessions.voices.base import Choice, Line
from sessions.voices.cache import clip_key
from sessions.voices.piper.files import FILES, File, Files
from sessions.voices.piper.install import install
from sessions.voices.piper.voice import Piper, installed, installed_for, make
from tests.voices.tiny_piper import make_voice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "nl_NL-tiny-medium"
DUTCH = Style(Language.DUTCH)
LINE = Line("Je mag hier zijn.", DUTCH)


def length(voice: Piper, style: Style) -> int:
    with voice.open() as speaker:
        return len(speaker.speak(Line(LINE.text, style)).samples)


def test_pace_follows_the_style(tmp_path: Path) -> None:
    voice = Piper("piper:x", make_voice(tmp_path))
    usual = length(voice, DUTCH)
    assert length(voice, Style(Language.DUTCH, slow=True)) == pytest.approx(
        usual * 1.4 / 1.15, rel=1e-3
    )
    assert length(voice, Style(Language.DUTCH, Manner.WHISPER)) > 1.08 * usual


def test_sentences_keep_their_own_levels(tmp_path: Path) -> None:
    with Piper("piper:x", make_voice(tmp_path)).open() as speaker:
        sound = speaker.speak(Line("Rust nu uit. Slaap zacht.", DUTCH)).samples
    assert 0.19 < np.abs(sound).max() < 0.3  # the library's own levelling would give 1.0
    gap = np.convolve(np.abs(sound) < 1e-6, np.ones(6000), "valid")
    assert gap.max() == 6000


def test_another_language_is_spoken_by_the_same_voice(tmp_path: Path) -> None:
    voice = Piper("piper:x", make_voice(tmp_path))
    english = Line("The weather through the day", Style(Language.ENGLISH))
    dutch = Line(english.text, DUTCH)
    with voice.open() as speaker:
        assert len(speaker.speak(english).samples) != len(speaker.speak(dutch).samples)
    assert clip_key(voice, english) != clip_key(voice, dutch)


def test_the_key_follows_the_voice_and_not_its_place(tmp_path: Path) -> None:
    one = Piper("piper:x", make_voice(tmp_path / "a"))
    same = Piper("piper:x", make_voice(tmp_path / "b"))
    assert clip_key(one, LINE) == clip_key(same, LINE)
    other = make_voice(tmp_path / "c", espeak_voice="en-us")
    assert clip_key(Piper("piper:x", other), LINE) != clip_key(one, LINE)


def test_a_damaged_voice_is_a_clear_error(tmp_path: Path) -> None:
    model = make_voice(tmp_path)
    model.write_bytes(model.read_bytes()[:200])
    with (
        Piper("piper:x", model).open() as speaker,
        pytest.raises(UnavailableError, match="damaged"),
    ):
        speaker.speak(LINE)


def test_an_installed_voice_is_found_by_name_language_or_file(tmp_path: Path) -> None:
    home = tmp_path / "voices"
    model = make_voice(home, NAME)
    make_voice(home, "en_GB-tiny-medium", "en-gb-x-rp")

    def choice(detail: str, *, by_script: bool = False) -> Choice:
        return Choice(detail, Language.DUTCH, tmp_path, home, by_script)

    assert make(choice(NAME)).model == model
    assert make(choice("")).name == f"piper:{NAME}"
    assert make(choice(f"voices/{NAME}.onnx")).model == model
    assert installed(home) == ("en_GB-tiny-medium", NAME)
    assert installed_for(home, Language.ENGLISH) == "en_GB-tiny-medium"
    with pytest.raises(InputMissingError, match="not installed") as caught:
        make(choice("nl_BE-nathalie-medium"))
    assert "sessions voices install nl_BE-nathalie-medium" in caught.value.remedy
    with pytest.raises(ConfigurationError):
        make(choice("../x"))
    with pytest.raises(ConfigurationError):
        make(choice("x.onnx", by_script=True))


class Handler(http.server.BaseHTTPRequestHandler):
    server: Repository

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Range", "")))
        data = self.server.contents.get(self.path)
        if data is None:
            self.send_error(404)
            return
        start = int(self.headers.get("Range", "bytes=0-")[6:-1])
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        self.wfile.write(data[start : self.server.cut_at or None])
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Keep still."""


class Repository(http.server.ThreadingHTTPServer):
    cut_at = 0

    def __init__(self, contents: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.contents = contents
        self.asked: list[tuple[str, str]] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def serving(contents: dict[str, bytes]) -> Iterator[Repository]:
    with Repository(contents) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def published(tmp_path: Path) -> tuple[dict[str, bytes], dict[str, Files]]:
    model = make_voice(tmp_path / "there", NAME)
    data, config = model.read_bytes(), model.with_name(f"{NAME}.onnx.json").read_bytes()
    folder = f"/nl/nl_NL/tiny/medium/{NAME}"

    def listed(content: bytes) -> File:
        return File(len(content), hashlib.md5(content, usedforsecurity=False).hexdigest())

    contents = {f"{folder}.onnx": data, f"{folder}.onnx.json": config}
    return contents, {NAME: Files(listed(data), listed(config))}


def test_a_voice_is_installed_and_speaks(
    tmp_path: Path, published: tuple[dict[str, bytes], dict[str, Files]]
) -> None:
    contents, files = published
    told: list[tuple[int, int]] = []
    with serving(contents) as server:
        model = install(NAME, tmp_path / "v", server.url, lambda *at: told.append(at), files)
        assert install(NAME, tmp_path / "v", server.url, lambda *_: None, files) == model
        assert len(server.asked) == 2
    assert told[-1] == (files[NAME].model.size, files[NAME].model.size)
    assert installed(tmp_path / "v") == (NAME,)
    assert length(Piper("piper:x", model), DUTCH) > 10_000


def test_a_download_that_broke_off_goes_on(
    tmp_path: Path, published: tuple[dict[str, bytes], dict[str, Files]]
) -> None:
    contents, files = published
    with serving(contents) as server:
        install(NAME, tmp_path / "w", server.url, lambda *_: None, files)
        (tmp_path / "w" / f"{NAME}.onnx").unlink()
        server.cut_at = 600
        with pytest.raises(TryAgainLaterError, match=r"broke off|early end"):
            install(NAME, tmp_path / "w", server.url, lambda *_: None, files)
        assert installed(tmp_path / "w") == ()
        server.cut_at = 0
        model = install(NAME, tmp_path / "w", server.url, lambda *_: None, files)
        assert server.asked[-1][1] == "bytes=600-"
    assert model.read_bytes() == contents[f"/nl/nl_NL/tiny/medium/{NAME}.onnx"]


def test_a_file_with_another_checksum_is_refused_and_removed(
    tmp_path: Path, published: tuple[dict[str, bytes], dict[str, Files]]
) -> None:
    contents, files = published
    path = f"/nl/nl_NL/tiny/medium/{NAME}.onnx"
    contents[path] = contents[path][:-1] + b"?"
    with serving(contents) as server, pytest.raises(StorageError, match="published"):
        install(NAME, tmp_path / "v", server.url, lambda *_: None, files)
    assert [p.name for p in (tmp_path / "v").iterdir() if not p.name.endswith(".lock")] == [
        f"{NAME}.onnx.json"
    ]


def test_an_unknown_voice_and_a_missing_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputMissingError, match="no voice"):
        install("nl_NL-nobody-high", tmp_path, "https://nowhere.invalid", lambda *_: None)
    with serving({}) as server, pytest.raises(TryAgainLaterError, match="404"):
        install("nl_BE-nathalie-medium", tmp_path, server.url, lambda *_: None)


def test_every_voice_that_can_be_installed_is_dutch_or_english() -> None:
    assert {name[:3] for name in FILES} == {"nl_", "en_"}
    assert all(files.model.size > 60e6 and len(files.model.md5) == 32 for files in FILES.values())
