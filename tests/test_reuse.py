"""What is made once and used again: encoded segments, between renders and personal versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import sessions
from tests.made import rendered

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sessions.output import Written
    from sessions.storage.caches import Caches


PERSONAL = """---
title: Voor jou
values: {naam: ""}
---
# Begin
Ga rustig liggen, zoals het prettig is. [pauze 20s]
[vak 4s] {naam?Fijn dat je er bent, {naam}.} [einde] Voel hoe je ligt. [pauze 30s]
Adem in, en weer uit. [pauze 12s] Dat was het voor nu. [pauze 5s]
"""


@pytest.fixture
def personal(tmp_path: Path) -> Path:
    path = tmp_path / "nl" / "voor-jou.md"
    path.parent.mkdir()
    path.write_text(PERSONAL, encoding="utf-8")
    return path


def for_name(path: Path, folder: Path, name: str, text: str = PERSONAL) -> Written:
    path.write_text(text, encoding="utf-8")
    script = sessions.load(path, values={"naam": name})
    return rendered(script, folder, voice="tone")


def test_only_the_slot_of_a_personal_version_is_encoded_anew(
    personal: Path, tmp_path: Path, fresh_cache: Callable[[str], Caches]
) -> None:
    kept = fresh_cache("cache").segments
    first = for_name(personal, tmp_path / "a", "Anna")
    whole = kept.usage()
    other = for_name(personal, tmp_path / "b", "Bartholomeus")
    more = kept.usage()
    assert whole.entries >= 8
    assert 1 <= more.entries - whole.entries <= 2
    assert more.bytes - whole.bytes < whole.bytes / 4
    assert other.report.outline.length_samples == first.report.outline.length_samples
    warm = other.audio.read_bytes()
    fresh_cache("cold")
    assert for_name(personal, tmp_path / "c", "Bartholomeus").audio.read_bytes() == warm


def test_a_line_that_changes_leaves_what_is_before_it_encoded(
    personal: Path, tmp_path: Path, fresh_cache: Callable[[str], Caches]
) -> None:
    kept = fresh_cache("cache").segments
    # A session whose gain is not at the edge of its tenth of a dB: there all would be made anew.
    text = PERSONAL + "Breng je aandacht naar je voeten. [pauze 12s]\n" * 8 + "Dat was het."
    for_name(personal, tmp_path / "a", "Anna", text)
    whole = kept.usage()
    for_name(personal, tmp_path / "b", "Anna", text.removesuffix("het.") + "alles.")
    assert kept.usage().entries - whole.entries <= whole.entries / 2


def test_damaged_segments_are_made_again(
    personal: Path, tmp_path: Path, fresh_cache: Callable[[str], Caches]
) -> None:
    fresh_cache("cache")
    whole = for_name(personal, tmp_path / "a", "Anna").audio.read_bytes()
    for number, path in enumerate(sorted((tmp_path / "cache").glob("segments/*/*.segment"))):
        data = bytearray(path.read_bytes())
        data[number * 97 % len(data)] ^= 1 << number % 8
        path.write_bytes(data if number % 3 else data[: len(data) // 2])
    again = for_name(personal, tmp_path / "b", "Anna").audio.read_bytes()
    assert again == whole


def test_a_cache_that_cannot_be_written_costs_no_render(
    personal: Path, tmp_path: Path, fresh_cache: Callable[[str], Caches]
) -> None:
    fresh_cache("cache")
    (tmp_path / "cache" / "segments").write_text("no folder")
    assert for_name(personal, tmp_path / "a", "Anna").fresh


def test_a_bed_that_is_edited_is_not_mistaken_for_the_one_that_was(
    tmp_path: Path, fresh_cache: Callable[[str], Caches]
) -> None:
    """The same layers, first as one bed and then one after the other, at nearly the same gains."""

    def audio(folder: str, beds: str, later: str) -> bytes:
        words = f"Lie down. [pause 120s] Breathe in. [pause 120s] That. {later} So. [pause 1s]"
        text = f"---\nbackground: {beds}\n---\n{words}"
        script = sessions.loads(text, path=str(tmp_path / "edited.md"))
        return rendered(script, tmp_path / folder, voice="tone", bed_lu=-6.0).audio.read_bytes()

    one_by_one = ("brown", "[background white -20 dB]")
    fresh_cache("used")
    audio("a", "brown, white -20 dB", "")
    again = audio("b", *one_by_one)
    fresh_cache("fresh")
    assert again == audio("c", *one_by_one)


def names_of_what_is_kept(script: sessions.Script) -> tuple[str, str]:
    """Return the name of a session's segments and that of its files."""
    with sessions.planned(script, sessions.resolve({"voice": "tone"}, script.meta)) as session:
        return session.materials, session.fingerprint


def test_other_code_makes_other_segments_or_other_files_as_far_as_it_shapes_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script = sessions.loads(PERSONAL)
    before = names_of_what_is_kept(script)
    monkeypatch.setattr("sessions.render.files_digest", lambda: "other words in the captions")
    captions = names_of_what_is_kept(script)
    assert captions[0] == before[0]
    assert captions[1] != before[1]
    monkeypatch.setattr("sessions.render.sound_digest", lambda: "another limiter")
    assert names_of_what_is_kept(script)[0] != before[0]


@pytest.mark.parametrize("suffix", [".wav", ".chapters.json", ".json"])
def test_a_file_that_is_gone_is_made_again(in_folder: Path, suffix: str) -> None:
    (in_folder / "a.md").write_text("Dag. [pauze 2s]\n", encoding="utf-8")
    made = sessions.make("a.md", voice="tone", format="wav")
    first = made.save()
    (in_folder / "output" / f"a{suffix}").unlink()
    again = made.save()
    assert again.fresh
    assert all(path.is_file() for path in again.files)
    assert again.report == first.report
    assert not made.save().fresh
