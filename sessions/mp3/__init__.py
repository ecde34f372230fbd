"""Samples in, MP3 bytes out: exact in length, and encoded only where they are unique."""

from __future__ import annotations

from sessions.mp3.encoder import Read
from sessions.mp3.engine import Reuse, SegmentKey, SegmentStore
from sessions.mp3.format import Mp3Error, Mp3Format
from sessions.mp3.info import Info, read_info
from sessions.mp3.plan import Repeat
from sessions.mp3.writer import write_mp3, write_plain_mp3

__all__ = [
    "Info",
    "Mp3Error",
    "Mp3Format",
    "Read",
    "Repeat",
    "Reuse",
    "SegmentKey",
    "SegmentStore",
    "read_info",
    "write_mp3",
    "write_plain_mp3",
]
