"""A script of six lines, and what is asked of one recording of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.voices.said_in_tones import Said

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = (
    "Ga rustig liggen, en laat het bed je dragen.",
    "Adem rustig in.",
    "Laat je schouders zakken.",
    "Voel de warmte van je handen.",
    "Er hoeft nu even niets.",
    "Slaap zacht.",
)
SAID = [Said(text, 2.0) for text in TEXTS]
RATE = 44_100
CUT = ["voices", "cut", "opname.wav", "--script", "slaap.md", "--voice", "recorded:stem"]


def inside(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "config" not in path.parts
    }
