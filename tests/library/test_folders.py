"""What a script names is looked for where the script is, not where its shown path leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

import sessions
from sessions.plan import lines
from sessions.script.model import Layer, Speech
from sessions.sounds.named import asset_folders
from sessions.sounds.soundscape import one_shot
from sessions.voices.recorded.lines import list_text

if TYPE_CHECKING:
    from pathlib import Path

RATE_HZ = 48_000
JOURNEY = "---\ntitle: Reis\nlanguage: nl\n---\nDag. [include kind] [klank klok]\n"
CHILD = "---\ntitle: Kind\nlanguage: nl\n---\nDit is {who}. [include kleinkind]\n"


def shelved(root: Path, who: str, bell_seconds: float) -> None:
    """Put a journey on a shelf, with all that it names, and let its words say whose it is."""
    folder = root / "nl"
    folder.mkdir(parents=True)
    (folder / "reis.md").write_text(JOURNEY, encoding="utf-8")
    (folder / "kind.md").write_text(CHILD.replace("{who}", who), encoding="utf-8")
    (folder / "kleinkind.md").write_text(f"Ook {who}.\n", encoding="utf-8")
    bell = 0.1 * np.sin(np.arange(round(bell_seconds * RATE_HZ)) / 20)
    soundfile.write(folder / "klok.wav", bell, RATE_HZ)


@pytest.fixture
def catalogue(in_folder: Path) -> Path:
    """A catalogue, while the working folder holds other files at the paths that are shown."""
    shelved(in_folder / "elsewhere", "de catalogus", 1.0)
    shelved(in_folder / "scripts", "de werkmap", 3.0)
    return in_folder / "elsewhere"


def spoken(script: sessions.Script) -> list[str]:
    return [part.text for part in script.parts if isinstance(part, Speech)]


def test_a_script_of_the_catalogue_includes_the_catalogue_s_own(catalogue: Path) -> None:
    script = sessions.load("reis", root=catalogue)
    assert script.path == "scripts/nl/reis.md"
    assert spoken(script) == ["Dag.", "Dit is de catalogus.", "Ook de catalogus."]


@pytest.mark.usefixtures("catalogue")
def test_a_file_includes_what_is_beside_it() -> None:
    script = sessions.load("scripts/nl/reis.md")
    assert script.path == "scripts/nl/reis.md"
    assert spoken(script) == ["Dag.", "Dit is de werkmap.", "Ook de werkmap."]


def test_two_scripts_that_are_shown_alike_are_two(catalogue: Path) -> None:
    own, theirs = catalogue.parent / "scripts" / "nl", catalogue / "nl"
    (own / "kind.md").unlink()
    (own / "reis.md").write_text("Van mij. [include kind]\n", encoding="utf-8")
    (theirs / "kind.md").write_text("[include reis]\n", encoding="utf-8")
    (theirs / "reis.md").write_text("Van de catalogus.\n", encoding="utf-8")
    script = sessions.load("scripts/nl/reis.md", root=catalogue)
    assert spoken(script) == ["Van mij.", "Van de catalogus."]


def test_a_recording_of_the_catalogue_is_the_catalogue_s_own(catalogue: Path) -> None:
    script = sessions.load("reis", root=catalogue)
    bell = one_shot(script, Layer("klok"), asset_folders(script))
    assert len(bell) == pytest.approx(44_100, abs=441)


def test_a_recorded_voice_of_the_catalogue_is_the_catalogue_s_own(catalogue: Path) -> None:
    text = "---\nvoice: recorded:stem\nlanguage: nl\n---\nSlaap zacht.\n"
    for root, hz in ((catalogue, 220.0), (catalogue.parent / "scripts", 440.0)):
        (root / "nl" / "slaap.md").write_text(text, encoding="utf-8")
        own = root / "nl" / "stem"
        own.mkdir()
        script = sessions.load("slaap", root=root)
        (own / "lines.txt").write_text(list_text(own, lines(script), "Slaap"), encoding="utf-8")
        word = 0.0005 * np.random.default_rng(3).standard_normal(3 * RATE_HZ)
        word[RATE_HZ : 2 * RATE_HZ] += 0.1 * np.sin(2 * np.pi * hz / RATE_HZ * np.arange(RATE_HZ))
        soundfile.write(own / "001.wav", word, RATE_HZ)
    script = sessions.load("slaap", root=catalogue)
    with sessions.prepared(script, sessions.resolve({}, script.meta)) as episode:
        cue = next(cue for cue in episode.timeline.cues if cue.clip)
        spectrum = np.abs(np.fft.rfft(episode.mix.voice_part(cue.start, cue.stop)[:, 0]))
        heard_hz = np.fft.rfftfreq(cue.length, 1 / 44_100)[spectrum.argmax()]
    assert heard_hz == pytest.approx(220.0, abs=5)
