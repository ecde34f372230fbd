"""The files of Piper's voices: which there are, how large, and what stands beside what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class File:
    """A file of the repository: size and MD5, which is the hash that its publisher lists."""

    size: int
    md5: str


@dataclass(frozen=True, slots=True)
class Files:
    """The two files of a voice."""

    model: File
    config: File


FILES: Mapping[str, Files] = {
    "nl_BE-nathalie-medium": Files(
        File(63_201_294, "ab0c38b5f66764b59ad9e3e98b1c2172"),
        File(4_879, "13c6e6c9511447e1906c25748a93f0bd"),
    ),
    "nl_BE-rdh-medium": Files(
        File(63_104_526, "33d3469d745677ec4d7e96eb4145b09e"),
        File(4_159, "4a7629a2d00a62e72b8692f7a19135f1"),
    ),
    "nl_NL-alex-medium": Files(
        File(63_531_476, "34c3e80cedc491e5d943091cd1b45192"),
        File(4_965, "ec40f2446d93f305ca20a729f6de6827"),
    ),
    "nl_NL-pim-medium": Files(
        File(63_516_050, "190b3e6463a931d3c583d2fa7cd0e4a0"),
        File(5_037, "c4d22097fefa2afe275b9bb6ff4db865"),
    ),
    "nl_NL-ronnie-medium": Files(
        File(62_950_044, "f74c8e7779cb05f935367d661de5b380"),
        File(5_040, "6bd4d32724d8c68926ce7b5012370e61"),
    ),
    "en_GB-cori-medium": Files(
        File(63_531_379, "f143307611eccea9d976235d0895f57c"),
        File(4_966, "12b1dc45d8919f3475cf296d5f16a4c6"),
    ),
    "en_GB-alba-medium": Files(
        File(63_201_294, "c07f313752bb3aba8061041666251654"),
        File(4_888, "dbb6f2ede31082710665221417906e13"),
    ),
    "en_US-kristin-medium": Files(
        File(63_531_379, "5fed42d2296baca042e2bf74785db725"),
        File(4_968, "70bc97d350c796c64ea5e4d08241afac"),
    ),
    "en_US-lessac-medium": Files(
        File(63_201_294, "2fc642b535197b6305c7c8f92dc8b24f"),
        File(4_885, "c1f2b7bddefe113f3255ff9ef234cfd3"),
    ),
}
"""The voices that can be installed, with the checksums of the repository's voices.json."""


def config_of(model: Path) -> Path:
    """Return where Piper expects a voice's configuration."""
    return model.with_name(f"{model.name}.json")
