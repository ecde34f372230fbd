"""Which voice is the best at hand; decided once, for the whole session."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import sessions
from sessions.cli import run
from sessions.errors import ConfigurationError, ScriptError, TryAgainLaterError
from sessions.script.model import Language
from sessions.settings import voices_folder
from sessions.voices import VOICES
from sessions.voices.auto import ORDER, Place, best_voice
from sessions.voices.base import Kind, Search
from sessions.voices.google import voice as google
from sessions.voices.google.patience import Gate
from sessions.voices.google.voice import Google
from tests.voices.speech_service import closed_port
from tests.voices.test_google import QUICK
from tests.voices.tiny_piper import make_voice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sessions.voices.base import ClipInfo
    from tests.voices.speech_service import Service

pytestmark = pytest.mark.usefixtures("without_natural")

SCRIPT = "Adem in.\n\nAdem uit.\n\nLaat los.\n"


@pytest.fixture
def script(in_folder: Path, monkeypatch: pytest.MonkeyPatch) -> sessions.Script:
    monkeypatch.setenv("XDG_DATA_HOME", str(in_folder / "data"))
    monkeypatch.setenv("SESSIONS_CACHE_DIR", str(in_folder / "cache"))
    quick = replace(google.KIND, make=lambda _choice: Google("com", Gate(QUICK)))
    monkeypatch.setitem(VOICES, "google", quick)
    (in_folder / "rust.md").write_text("---\nlanguage: nl\n---\n" + SCRIPT, encoding="utf-8")
    return sessions.load(in_folder / "rust.md")


def voice_of(script: sessions.Script, told: list[str] | None = None, **choices: object) -> str:
    chosen = sessions.resolve({"voice": "auto", **choices}, script.meta)
    notice = (told if told is not None else []).append
    with sessions.planned(script, chosen, notice=notice) as plan:
        return plan.voice.name


def best(
    home: Path, told: list[str] | None = None, *, offline: bool = False, kept: bool = False
) -> str:
    search = Search(Language.DUTCH, home, offline, lambda _name: kept)
    return best_voice(search, (told if told is not None else []).append)


@pytest.mark.parametrize(
    ("piper", "offline", "kept", "answers", "voice"),
    [
        (True, False, True, True, "piper:nl_NL-tiny-medium"),
        (True, True, False, False, "piper:nl_NL-tiny-medium"),
        (False, False, True, False, "google"),
        (False, False, False, True, "google"),
        (False, False, False, False, "espeak"),
        (False, True, True, True, "espeak"),
    ],
)
@pytest.mark.usefixtures("service")
def test_the_best_voice_at_hand_is_used(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    piper: bool,  # noqa: FBT001
    offline: bool,  # noqa: FBT001
    kept: bool,  # noqa: FBT001
    answers: bool,  # noqa: FBT001
    voice: str,
) -> None:
    if not answers:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{closed_port()}")
    if piper:
        make_voice(tmp_path)
    told: list[str] = []
    assert best(tmp_path, told, offline=offline, kept=kept) == voice
    assert [("sessions voices install" in text) for text in told] == [True] * (voice == "espeak")


def test_an_installed_voice_of_another_language_is_not_used(tmp_path: Path) -> None:
    make_voice(tmp_path, "en_GB-tiny-medium", "en-gb-x-rp")
    assert best(tmp_path, offline=True) == "espeak"


def test_a_voice_of_a_better_place_needs_only_its_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Search] = []

    def at_hand(search: Search) -> str:
        asked.append(search)
        return "tone" if search.offline else ""

    there = replace(VOICES["tone"], at_hand=at_hand, suggest=lambda _language: "whistle for it")
    monkeypatch.setitem(VOICES, "tone", there)
    rest = ORDER[Language.DUTCH][-2:]
    monkeypatch.setitem(ORDER, Language.DUTCH, (Place("tone", "for a test"), *rest))
    assert best(tmp_path, offline=True) == "tone"
    told: list[str] = []
    monkeypatch.setitem(VOICES, "google", google_that_is_down())
    assert best(tmp_path, told) == "espeak"
    assert [search.language for search in asked] == [Language.DUTCH] * 2
    assert "whistle for it" in told[0]


def google_that_is_down() -> Kind:
    return replace(google.KIND, at_hand=lambda _search: "")


def test_an_installed_voice_speaks_the_session(script: sessions.Script) -> None:
    make_voice(voices_folder())
    assert voice_of(script) == "piper:nl_NL-tiny-medium"


def test_google_speaks_when_it_answers_and_later_from_what_is_kept(
    script: sessions.Script, service: Service
) -> None:
    told: list[str] = []
    assert voice_of(script, told) == "google"
    assert any("Google" in text for text in told)
    assert service.served.total() == 3
    service.up = False
    told.clear()
    assert voice_of(script, told) == "google"
    assert not told
    assert service.asked.total() == 3


@pytest.mark.usefixtures("service")
def test_a_service_that_is_down_means_espeak_for_the_whole_session_and_soon(
    script: sessions.Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{closed_port()}")
    started = time.monotonic()
    assert voice_of(script) == "espeak"
    assert time.monotonic() - started < 5


def test_a_service_that_stalls_is_given_two_seconds(service: Service) -> None:
    service.fault = "stall"
    started = time.monotonic()
    google.answers()
    assert time.monotonic() - started < 2.5


def test_a_service_that_fails_midway_and_was_named_ends_the_run_and_never_changes_the_voice(
    script: sessions.Script, service: Service
) -> None:
    right = fail_after_one(service)
    with pytest.raises(TryAgainLaterError, match="1 of 3 lines are spoken and kept"):
        voice_of(script, voice="google", jobs=1)
    service.fault_for = right  # type: ignore[assignment, method-assign]
    assert voice_of(script, voice="google") == "google"
    assert set(service.served.values()) == {1}


def test_under_auto_the_session_is_then_spoken_anew_in_the_next_voice_and_what_came_is_kept(
    script: sessions.Script, service: Service
) -> None:
    told: list[str] = []
    right = fail_after_one(service)
    assert voice_of(script, told, jobs=1) == "espeak"
    (why,) = [text for text in told if "spoken anew" in text]
    assert "1 of 3 lines are spoken and kept" in why
    service.fault_for = right  # type: ignore[assignment, method-assign]
    assert voice_of(script) == "google"
    assert set(service.served.values()) == {1}


def fail_after_one(service: Service) -> Callable[[str], str]:
    """Let a service fail from its second line on; return how it was before."""
    right = service.fault_for

    def second_fails(text: str) -> str:
        return right(text) or ("500" if service.served.total() else "")

    service.fault_for = second_fails  # type: ignore[method-assign]
    return right


def test_another_voice_than_the_last_time_is_told_with_how_to_keep_that(
    script: sessions.Script, service: Service
) -> None:
    first, again, later = list[str](), list[str](), list[str]()
    assert voice_of(script, first, offline=True) == "espeak"
    assert not any("voices use" in text for text in first)
    assert voice_of(script, again, offline=True) == "espeak"
    assert not any("voices use" in text for text in again)
    assert voice_of(script, later) == "google"
    assert "with espeak; to keep to that: sessions voices use espeak" in " ".join(later)
    assert service.served.total() == 3


def test_a_voice_that_does_not_speak_the_language_of_the_script_gives_way(
    script: sessions.Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = replace(VOICES["tone"], languages=(Language.ENGLISH,))
    monkeypatch.setitem(VOICES, "tone", english)
    told: list[str] = []
    assert voice_of(script, told, voice="tone", offline=True) == "espeak"
    assert "the voice 'tone' does not speak Dutch: spoken by 'espeak'" in told


def test_lines_in_another_language_have_a_voice_that_speaks_it(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SESSIONS_CACHE_DIR", str(in_folder / "cache"))
    dutch = replace(VOICES["tone"], languages=(Language.DUTCH,))
    monkeypatch.setitem(VOICES, "tone", dutch)
    monkeypatch.setitem(ORDER, Language.ENGLISH, (Place("espeak", "for a test"),))
    text = "---\nlanguage: nl\n---\nAdem in.\n\n[language en: Let go.] En rust.\n"
    (in_folder / "rust.md").write_text(text, encoding="utf-8")
    told: list[str] = []
    chosen = sessions.resolve({"voice": "tone", "offline": True})
    with sessions.planned(sessions.load("rust.md"), chosen, notice=told.append) as plan:
        by = {line.text: words_of(info) for line, info in plan.spoken.clips.items()}
    assert "1 line is in English, not spoken by 'tone' but by 'espeak'" in told
    espeak = sessions.resolve({"voice": "espeak", "offline": True})
    with sessions.planned(sessions.load("rust.md"), espeak) as plan:
        other = {line.text: words_of(info) for line, info in plan.spoken.clips.items()}
    assert by["Let go."] == other["Let go."]
    assert by["Adem in."] != other["Adem in."]


def words_of(info: ClipInfo) -> tuple[int, ...]:
    return (info.length_samples, *(word.start_samples for word in info.words))


def test_recordings_that_the_script_names_come_first(script: sessions.Script) -> None:
    named = replace(script, meta=replace(script.meta, chosen=(("voice", "recorded:stem"),)))
    with pytest.raises(ScriptError, match=r"there is no folder .*stem"):
        voice_of(named)


@pytest.fixture
def bilingual(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch, script: sessions.Script
) -> sessions.Script:
    """Give a Dutch script with an English line; the tone speaks Dutch alone."""
    monkeypatch.setitem(VOICES, "tone", replace(VOICES["tone"], languages=(Language.DUTCH,)))
    order = (Place("google", "for a test"), Place("espeak", "for a test"))
    monkeypatch.setitem(ORDER, Language.ENGLISH, order)
    assert script.path
    text = f"---\nlanguage: nl\n---\n{SCRIPT}"
    (in_folder / "twee.md").write_text(f"{text}\n[language en: Let go.]\n", encoding="utf-8")
    return sessions.load(in_folder / "twee.md")


def test_what_a_private_voice_cannot_say_is_sent_nowhere(
    bilingual: sessions.Script, service: Service
) -> None:
    told: list[str] = []
    assert voice_of(bilingual, told, voice="tone") == "tone"
    assert "1 line is in English, not spoken by 'tone' but by 'espeak'" in told
    assert service.asked.total() == 0


def test_a_line_of_a_named_voice_that_is_out_of_reach_ends_the_run_and_not_another_voice(
    in_folder: Path, script: sessions.Script, service: Service
) -> None:
    assert script.path
    text = "---\nlanguage: nl\n---\nAdem in.\n\n[voice google] Adem uit. [end]\n"
    (in_folder / "lijn.md").write_text(text, encoding="utf-8")
    service.fault_for = lambda _text: "500"  # type: ignore[assignment, method-assign]
    named = sessions.load(in_folder / "lijn.md")
    with pytest.raises(TryAgainLaterError):
        voice_of(named, voice="espeak", jobs=1)


def test_auto_goes_on_though_the_script_names_the_voice_that_it_chose(
    in_folder: Path, script: sessions.Script, service: Service
) -> None:
    assert script.path
    text = f"---\nlanguage: nl\nvoice: google\n---\n{SCRIPT}"
    (in_folder / "naam.md").write_text(text, encoding="utf-8")
    fail_after_one(service)
    assert voice_of(sessions.load(in_folder / "naam.md"), jobs=1) == "espeak"


def test_a_voice_that_fills_in_speaks_the_language(
    script: sessions.Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(VOICES, "tone", replace(VOICES["tone"], languages=(Language.ENGLISH,)))
    with pytest.raises(ConfigurationError, match="'tone' does not speak Dutch"):
        voice_of(script, voice="espeak", fill="tone")


def test_all_versions_of_a_batch_have_one_voice_though_it_fails_one_of_them(
    in_folder: Path, script: sessions.Script, service: Service
) -> None:
    assert script.path
    text = "---\nlanguage: nl\nvalues: {naam: iemand}\n---\nRust nu uit.\n\nDag {naam}, dag.\n"
    (in_folder / "groet.md").write_text(text, encoding="utf-8")
    (in_folder / "mensen.csv").write_text("naam\nAnna\nBart\nCor\n", encoding="utf-8")
    service.fault_for = lambda text: "500" if "Bart" in text else ""  # type: ignore[method-assign]
    asked = ["render", "groet.md", "--voice", "auto", "--rows", "mensen.csv", "--jobs", "1"]
    assert run(asked) == 3
    made = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))["voice"]["name"]
        for path in (in_folder / "output").glob("groet-*.json")
        if ".chapters" not in path.name
    }
    assert made == {"groet-anna": "google", "groet-cor": "google"}


def test_a_batch_has_the_voice_that_is_at_hand_for_its_first_version(
    in_folder: Path, script: sessions.Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert script.path
    monkeypatch.setitem(VOICES, "google", google_that_is_down())
    text = "---\nlanguage: nl\nvalues: {naam: iemand}\n---\nDag {naam}, dag.\n"
    (in_folder / "groet.md").write_text(text, encoding="utf-8")
    (in_folder / "mensen.csv").write_text("naam\nAnna\nBart\n", encoding="utf-8")
    asked = ["render", "groet.md", "--voice", "auto", "--rows", "mensen.csv", "--jobs", "1"]
    assert run(asked) == 0
    for name in ("anna", "bart"):
        report = (in_folder / "output" / f"groet-{name}.json").read_text(encoding="utf-8")
        assert json.loads(report)["voice"]["name"] == "espeak"
