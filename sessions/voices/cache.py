"""The clip cache: what was once spoken is not spoken again.

The key is a hash of all that shapes a clip. A lock per group of keys makes many processes that want
the same clip speak it once. How entries are kept stands in `sessions.storage.kept`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sessions.pcm import clip_pcm, of_clip_pcm
from sessions.storage.caches import CLIP_FORMAT
from sessions.voices.base import Clip, ClipInfo, Word
from sessions.voices.polish import POLISHES

if TYPE_CHECKING:
    from collections.abc import Callable

    from sessions.storage.kept import Kept
    from sessions.voices.base import Line, Voice


def clip_key(voice: Voice, line: Line, polish: str = "plain") -> str:
    """Return the address of a line's clip: never of a path or a time, always of the sound."""
    identity = {
        "format": CLIP_FORMAT,
        "voice": voice.name,
        "text": line.normalized,
        "manner": line.style.manner,
        "polish": repr(POLISHES[polish]),
        **{f"voice.{name}": value for name, value in voice.identity(line.style).items()},
    }
    text = json.dumps(identity, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ClipCache:
    """Clips, kept as bytes. Safe with many threads and processes."""

    kept: Kept

    def get(self, key: str) -> Clip | None:
        """Return a clip, or None where there is no sound entry."""
        data = self.kept.get(key)
        return None if data is None else decode(data)

    def info(self, key: str) -> ClipInfo | None:
        """Return what the plan needs of a clip, or None where there is no sound entry."""
        data = self.kept.get(key)
        if data is None:
            return None
        header, pcm = split(data)
        return ClipInfo(key, len(pcm) // 2, *measures(header))

    def get_or_make(self, key: str, make: Callable[[], Clip]) -> tuple[ClipInfo, bool]:
        """Return a clip's information, making and storing the clip where it is missing.

        The flag says whether it was made. Of many processes that ask at once, one makes it.
        """
        found = self.info(key)
        if found is not None:
            return found, False
        with self.kept.lock(key):
            found = self.info(key)
            if found is not None:
                return found, False
            clip = make()
            self.kept.put(key, encode(clip))
        return ClipInfo(key, len(clip.samples), clip.loudness_lufs, clip.powers, clip.words), True


def encode(clip: Clip) -> bytes:
    """Return an entry: a header line, and 16-bit samples."""
    header = {
        "loudness_lufs": clip.loudness_lufs,
        "powers": clip.powers,
        "words": [[word.text, word.start_samples] for word in clip.words],
    }
    return json.dumps(header).encode() + b"\n" + clip_pcm(clip.samples).tobytes()


def split(data: memoryview) -> tuple[dict[str, Any], memoryview]:
    """Return the header and the samples of an entry."""
    whole = bytes(data)
    end = whole.index(b"\n")
    header: dict[str, Any] = json.loads(whole[:end])
    return header, data[end + 1 :]


def measures(header: dict[str, Any]) -> tuple[float, tuple[float, ...], tuple[Word, ...]]:
    """Return loudness, powers and words of a header."""
    words = tuple(Word(text, start) for text, start in header["words"])
    return float(header["loudness_lufs"]), tuple(header["powers"]), words


def decode(data: memoryview) -> Clip:
    """Return the clip of an entry."""
    header, pcm = split(data)
    loudness, powers, words = measures(header)
    return Clip(of_clip_pcm(np.frombuffer(pcm, "<i2")), loudness, powers, words)
