"""What seams cost in real sessions; `bench/seams.py` measures the whole catalogue so."""

from __future__ import annotations

from dataclasses import replace

import pytest

import sessions
from bench.seams import AFTER_FRAMES, NEAR_FRAMES, measured
from sessions.mp3 import Mp3Format
from sessions.output import repeats

PART_SAMPLES = 110 * 44_100
BOUND_DB = 0.8
"""An encoder that did not settle is 1.4 dB worse and more; nobody hears the first."""


@pytest.mark.players
@pytest.mark.parametrize(
    ("name", "voice", "fmt"),
    [
        ("veilige-plek", "espeak", Mp3Format(64, 1)),
        ("affirmations", "tone", Mp3Format()),
    ],
)
def test_seams_of_a_session_are_coded_as_well_as_the_plain_path(
    name: str, voice: str, fmt: Mp3Format
) -> None:
    script = sessions.load(name)
    settings = sessions.resolve({"voice": voice, "mono": fmt.channels == 1}, script.meta)
    with sessions.prepared(script, settings) as episode:
        known = [
            replace(repeat, stop=min(repeat.stop, PART_SAMPLES))
            for repeat in repeats(episode.mix)
            if repeat.start < PART_SAMPLES
        ]
        errors = measured(episode.read, PART_SAMPLES, known, fmt)
    assert len(errors.seams) >= 10
    near, after = (errors.at(-NEAR_FRAMES, stop) for stop in (NEAR_FRAMES, AFTER_FRAMES))
    assert errors.rise_db(near) < BOUND_DB
    assert errors.rise_db(after) < BOUND_DB
    # No seam is a step: what it changes is well under what coding changes anyway.
    assert errors.difference[after].sum() < 0.9 * errors.plain[after].sum()
    assert abs(errors.bytes_over_cbr) < 0.005
