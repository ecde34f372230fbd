"""How wide a text is, without its font: what a viewer has is not known when a picture is made."""

from __future__ import annotations

import unicodedata

NARROW, SLIM, COMMON, CAPITAL, WIDE = 0.35, 0.42, 0.64, 0.78, 1.0
"""Widths as shares of the type size: those of DejaVu Sans, the widest of common fonts."""
SHARES = {
    mark: share
    for share, marks in (
        (NARROW, "ijlI'|"),
        (SLIM, " .,:;frtJ()[]-/!`"),
        (WIDE, "mwMW@%&…—"),
    )
    for mark in marks
}
BOLD = 1.12
"""What a semibold type adds."""


def width(words: str, size: float) -> float:
    """Return the width in pixels that a text has at most in a type of some size."""
    return size * sum(map(share, words))


def share(mark: str) -> float:
    """Return the width of a character as a share of the type size."""
    if mark in SHARES:
        return SHARES[mark]
    if unicodedata.category(mark) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(mark) in "WF":
        return WIDE
    return CAPITAL if mark.isupper() else COMMON


def cut(words: str, pixels: float, size: float) -> str:
    """Return as much of a text as surely fits."""
    if width(words, size) <= pixels:
        return words
    kept = words
    while len(kept) > 1 and width(kept + "…", size) > pixels:
        kept = kept[:-1]
    return kept.rstrip() + "…"
