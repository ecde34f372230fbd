"""The clip cache: whole or nothing, once for all."""

from __future__ import annotations

import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sessions.storage.caches import CLIP_FORMAT, Caches
from sessions.storage.files import TEMPORARY_PREFIX
from sessions.voices.base import Clip, ClipInfo, Word
from sessions.voices.cache import ClipCache

if TYPE_CHECKING:
    from pathlib import Path

KEY = "ab" + "0" * 62
OTHER_KEY = "ab" + "1" * 62


def clip(seed: int = 1) -> Clip:
    rng = np.random.default_rng(seed)
    rounded = rng.integers(-3000, 3000, 5000) / 32767.0
    return Clip(rounded.astype(np.float32), -21.5, (0.1, 0.2), (Word("rust", 12),))


def test_what_was_stored_comes_back_to_the_bit(tmp_path: Path) -> None:
    cache = ClipCache(Caches(tmp_path).clips)
    info, made = cache.get_or_make(KEY, clip)
    assert (info, made) == (ClipInfo(KEY, 5000, -21.5, (0.1, 0.2), (Word("rust", 12),)), True)
    back = cache.get(KEY)
    assert back is not None
    assert np.array_equal(back.samples, clip().samples)
    assert (back.loudness_lufs, back.powers, back.words) == (-21.5, (0.1, 0.2), (Word("rust", 12),))
    assert cache.get_or_make(KEY, clip) == (info, False)


def damaged(whole: bytes, other: bytes, turn: int, rng: random.Random) -> bytes:
    """Return an entry that is not as it was: flipped, cut, zeroed, swapped, or that of another."""
    broken = bytearray(whole)
    place, second = rng.randrange(len(whole)), rng.randrange(len(whole))
    match turn % 5:
        case 0:
            broken[place] ^= 1 << rng.randrange(8)
        case 1:
            del broken[place:]
        case 2:
            broken[place : place + 64] = bytes(min(64, len(whole) - place))
        case 3:
            broken[place], broken[second] = broken[second], broken[place]
        case _:
            broken = bytearray(other)
    return bytes(broken) if broken != whole else damaged(whole, other, turn, rng)


def test_every_kind_of_damage_is_noticed_and_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", lambda _file: None)  # no power cut to fear
    cache = ClipCache(Caches(tmp_path).clips)
    right, _ = cache.get_or_make(KEY, clip)
    path, other = (tmp_path / "clips" / "ab" / f"{key}.clip" for key in (KEY, OTHER_KEY))
    cache.get_or_make(OTHER_KEY, lambda: clip(2))
    whole, rng = path.read_bytes(), random.Random(7)  # noqa: S311 -- a repeatable one is wanted
    again = clip()
    for turn in range(1000):
        path.write_bytes(damaged(whole, other.read_bytes(), turn, rng))
        assert cache.get(KEY) is None
        assert cache.get_or_make(KEY, lambda: again) == (right, True)
        assert path.read_bytes() == whole


def test_an_entry_of_an_older_format_is_a_miss(tmp_path: Path) -> None:
    older = replace(Caches(tmp_path).clips, format=CLIP_FORMAT - 1)
    cache = ClipCache(Caches(tmp_path).clips)
    ClipCache(older).get_or_make(KEY, clip)
    assert cache.info(KEY) is None
    assert cache.get_or_make(KEY, clip)[1]


def test_what_a_killed_process_was_writing_goes_when_it_is_old(tmp_path: Path) -> None:
    cache = ClipCache(Caches(tmp_path).clips)
    cache.get_or_make(KEY, clip)
    old, new = (tmp_path / "clips" / "ab" / f"{TEMPORARY_PREFIX}{name}.tmp" for name in "on")
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    cache.kept.prune(10**9)
    assert (old.exists(), new.exists(), cache.kept.usage().entries) == (False, True, 1)


def test_an_entry_under_another_key_is_a_miss(tmp_path: Path) -> None:
    cache = ClipCache(Caches(tmp_path).clips)
    cache.get_or_make(KEY, clip)
    (path,) = tmp_path.glob("clips/*/*.clip")
    other = "ab" + "1" * 62
    path.with_name(f"{other}.clip").write_bytes(path.read_bytes())
    assert cache.info(other) is None


def test_an_interrupted_making_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Clip:
        raise KeyboardInterrupt

    cache = ClipCache(Caches(tmp_path).clips)
    with pytest.raises(KeyboardInterrupt):
        cache.get_or_make(KEY, broken)
    assert cache.kept.usage().entries == 0
    assert cache.get_or_make(KEY, clip)[1]


def test_many_threads_make_a_clip_once(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> Clip:
        made.append(1)
        time.sleep(0.02)
        return clip()

    cache = ClipCache(Caches(tmp_path).clips)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: cache.get_or_make(KEY, make), range(16)))
    assert made == [1]


def test_pruning_takes_the_longest_unused_and_none_in_use(tmp_path: Path) -> None:
    cache = ClipCache(Caches(tmp_path).clips)
    keys = [f"{number:02x}" + "0" * 62 for number in range(4)]
    for number, key in enumerate(keys):
        cache.get_or_make(key, clip)
        path = next(tmp_path.glob(f"clips/*/{key}.clip"))
        age = 100_000 - number * 10_000 if number < 3 else 0
        os.utime(path, (time.time() - age, time.time() - age))
    size = cache.kept.usage().bytes // 4
    cache.kept.prune(2 * size, keep={keys[0]})
    assert [cache.info(key) is not None for key in keys] == [True, False, False, True]


def test_clear_says_what_there_was(tmp_path: Path) -> None:
    cache = ClipCache(Caches(tmp_path).clips)
    cache.get_or_make(KEY, clip)
    assert cache.kept.clear().entries == 1
    assert cache.kept.usage().entries == 0
