"""One line from a name to files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import sessions
from sessions.errors import ConfigurationError, InputMissingError

if TYPE_CHECKING:
    from pathlib import Path


def test_one_line_makes_files(in_folder: Path) -> None:
    (in_folder / "rust.md").write_text("# Rust\n{naam}, je bent er. [pauze 2s..2m] Goed zo.\n")
    (in_folder / "sessions.toml").write_text('voice = "tone"\nformat = "wav"\n')
    made = sessions.make("rust.md", values={"naam": "Anna"}, minutes="0:45")
    assert not (in_folder / "output").exists()
    written = made.save("hier")
    assert written.audio.resolve() == in_folder / "hier" / "rust.wav"
    assert written.fresh
    assert not made.save("hier").fresh
    assert made.save("hier", force=True).fresh
    with made.episode() as episode:
        assert episode.timeline.length == 45 * 44_100
        assert "Anna, je bent er." in [cue.text for cue in episode.timeline.cues]
    excerpt = made.excerpt(5, 7.5)
    assert (len(excerpt), excerpt.channels, excerpt.frame_rate) == (2500, 2, 44_100)
    assert excerpt.max > 0


def test_what_is_wrong_is_told_before_anything_is_made(in_folder: Path) -> None:
    assert sessions.make("bodyscan", language="English").script.meta.language == "en"
    with pytest.raises(ConfigurationError, match="unknown language 'fr'"):
        sessions.make("bodyscan", language="fr")
    with pytest.raises(ConfigurationError, match="the script says no value 'naam'"):
        sessions.make("bodyscan", values={"naam": "Anna"})
    with pytest.raises(InputMissingError, match="bodyskan"):
        sessions.make("bodyskan")
    with pytest.raises(ConfigurationError, match="unknown setting 'minuts'") as caught:
        sessions.make("bodyscan", minuts=20)
    assert caught.value.remedy == "did you mean 'minutes'?"
    assert not [*in_folder.iterdir()]
