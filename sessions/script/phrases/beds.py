"""Read what people write for a bed: `sea -6.5 dB, brown`, or `none`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.script.model import Layer
from sessions.script.page import Misread
from sessions.script.phrases.quantities import DASHES, digits, level, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sessions.errors import Source

MAX_LAYERS: Final = 16
"""More cannot be told apart, and each one costs memory and time."""
NOTHING: Final = frozenset({"none", "geen", "off", "uit", "no", "nee"})

_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9])")
_LAYER = re.compile(
    r"(.*?[^\s\d.,+-].*?)(?:\s+([+-]\s*[\d.,]+(?:\s*db)?|[\d.,]+\s*db))?", re.IGNORECASE
)
_LEVEL_ALONE = re.compile(r"\W*[\d.,]+\s*db", re.IGNORECASE)


def parted(text: str) -> list[str]:
    """Return the sounds of a bed as they are written; a comma in a number parts nothing."""
    return _COMMA.split(text)


def layer(text: str, source: Source | None = None, example: str = "sea -6.5 dB, brown") -> Layer:
    """Return one sound with its level.

    Raises
    ------
    Misread
        There is no name, or the level is out of bounds.
    """
    words = " ".join(text.split())
    match = _LAYER.fullmatch(words.translate(DASHES))
    if match is None or _LEVEL_ALONE.fullmatch(words):
        raise Misread(f"'{shown(words)}' is not the name of a sound", f"write `{example}`")
    gain_db = level(match[2], example="sea -6 dB") if match[2] else 0.0
    return Layer(match[1], gain_db, source)


def together(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """Return the layers of a bed; `none` alone is a bed without any.

    Raises
    ------
    Misread
        There are too many, or `none` stands beside others.
    """
    if len(layers) > MAX_LAYERS:
        raise Misread(f"a bed has at most {MAX_LAYERS} sounds", "leave some out")
    nothing = [layer for layer in layers if layer.sound.lower() in NOTHING]
    if nothing and len(layers) > 1:
        raise Misread(f"'{nothing[0].sound}' beside other sounds", "name the sounds, or `none`")
    return () if nothing else tuple(layers)


def bed(text: str, source: Source) -> tuple[Layer, ...]:
    """Return the layers of a bed that is written in one line."""
    return together([layer(words, source) for words in parted(text)])


def written(layer: Layer) -> str:
    """Return a sound with its level, as it is read; one without a figure in it needs none."""
    plain = not layer.gain_db and not re.search(r"[0-9]", layer.sound)
    sign = "+" if layer.gain_db >= 0 else ""
    return layer.sound if plain else f"{layer.sound} {sign}{digits(layer.gain_db)} dB"
