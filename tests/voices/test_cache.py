"""The clip cache: whole or nothing, once for all."""

from __future__ import annotations

import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from sessions.voices.base import Clip, ClipInfo, Word
from sessions.voices.cache import ClipCache

KEY = "ab" + "0" * 62


def clip(seed: int = 1) -> Clip:
    rng = np.random.default_rng(seed)
    rounded = rng.integers(-3000, 3000, 5000) / 32767.0
    return Clip(rounded.astype(np.float32), -21.5, (0.1, 0.2), (Word("rust", 12),))


def test_what_was_stored_comes_back_to_the_bit(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    info, made = cache.get_or_make(KEY, clip)
    assert (info, made) == (ClipInfo(KEY, 5000, -21.5, (0.1, 0.2), (Word("rust", 12),)), True)
    back = cache.get(KEY)
    assert back is not None
    assert np.array_equal(back.samples, clip().samples)
    assert (back.loudness_lufs, back.powers, back.words) == (-21.5, (0.1, 0.2), (Word("rust", 12),))
    assert cache.get_or_make(KEY, clip) == (info, False)


def test_every_kind_of_damage_is_a_miss(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    cache.get_or_make(KEY, clip)
    (path,) = tmp_path.glob("clips/*/*.clip")
    whole = path.read_bytes()
    rng = random.Random(7)  # noqa: S311 -- a repeatable one is wanted
    for turn in range(1000):
        broken = bytearray(whole)
        place = rng.randrange(len(whole))
        match turn % 4:
            case 0:
                broken[place] ^= 1 << rng.randrange(8)
            case 1:
                del broken[place:]
            case 2:
                broken[place : place + 64] = bytes(min(64, len(whole) - place))
            case _:
                other = rng.randrange(len(whole))
                broken[place], broken[other] = broken[other], broken[place]
        if broken == whole:
            continue
        path.write_bytes(broken)
        assert cache.info(KEY) is None
        assert cache.get(KEY) is None
    assert cache.get_or_make(KEY, clip)[1]
    assert path.read_bytes() == whole


def test_an_entry_under_another_key_is_a_miss(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    cache.get_or_make(KEY, clip)
    (path,) = tmp_path.glob("clips/*/*.clip")
    other = "ab" + "1" * 62
    path.with_name(f"{other}.clip").write_bytes(path.read_bytes())
    assert cache.info(other) is None


def test_an_interrupted_making_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Clip:
        raise KeyboardInterrupt

    cache = ClipCache(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        cache.get_or_make(KEY, broken)
    assert cache.usage().clips == 0
    assert cache.get_or_make(KEY, clip)[1]


def make_all(folder: str, log: str) -> None:
    cache = ClipCache(Path(folder))
    for number in range(20):
        key = f"{number:02x}" + "0" * 62

        def make(number: int = number) -> Clip:
            time.sleep(0.005)
            with Path(log).open("a") as file:
                file.write(f"{number}\n")
            return clip(number)

        cache.get_or_make(key, make)


def test_many_processes_make_each_clip_once(tmp_path: Path) -> None:
    log = tmp_path / "log"
    context = get_context("spawn")
    workers = [
        context.Process(target=make_all, args=(str(tmp_path / "cache"), str(log))) for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sorted(map(int, log.read_text().split())) == list(range(20))


def test_many_threads_make_a_clip_once(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> Clip:
        made.append(1)
        time.sleep(0.02)
        return clip()

    cache = ClipCache(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: cache.get_or_make(KEY, make), range(16)))
    assert made == [1]


def test_pruning_takes_the_longest_unused_and_none_in_use(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    keys = [f"{number:02x}" + "0" * 62 for number in range(4)]
    for number, key in enumerate(keys):
        cache.get_or_make(key, clip)
        path = next(tmp_path.glob(f"clips/*/{key}.clip"))
        age = 100_000 - number * 10_000 if number < 3 else 0
        os.utime(path, (time.time() - age, time.time() - age))
    size = cache.usage().bytes // 4
    cache.prune(2 * size, keep={keys[0]})
    assert [cache.info(key) is not None for key in keys] == [True, False, False, True]


def test_clear_says_what_there_was(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    cache.get_or_make(KEY, clip)
    assert cache.clear().clips == 1
    assert cache.usage().clips == 0
