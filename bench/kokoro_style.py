"""Make the timbres of the voice `kokoro`: blends of what its publisher ships.

    npm pack kokoro-js@1.2.1 && tar xf kokoro-js-1.2.1.tgz
    python -m bench.kokoro_style package/voices

Each `.bin` there is float32, 510 rows of 256: a row for each number of tokens.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sessions.script.model import Language
from sessions.voices.kokoro.voice import STYLES

if TYPE_CHECKING:
    from collections.abc import Mapping

BLENDS: Mapping[Language, Mapping[str, float]] = {
    Language.DUTCH: {"ff_siwis": 0.3, "ef_dora": 0.7},
    Language.ENGLISH: {"af_heart": 1.0},
}
TARGET = Path(__file__).resolve().parents[1] / "sessions" / "voices" / "kokoro"


def main(voices: Path) -> None:
    """Write a file for each language, float16: half the size, and as close as a sample's noise."""
    for language, blend in BLENDS.items():
        rows = sum(
            share * np.fromfile(voices / f"{name}.bin", "<f4").reshape(510, 256)
            for name, share in blend.items()
        )
        np.save(TARGET / STYLES[language], np.asarray(rows, "<f2"), allow_pickle=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
