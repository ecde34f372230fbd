"""What a console shows of characters that it has not: something that can be read, and no error.

It is set up once, at the door, for all that any command says. Letters lose their accents, signs
have a table, and what is left is shown by its number, as Python writes it. Data are not text to be
read: there every such character is escaped as JSON has it, and nothing is lost.
"""

from __future__ import annotations

import codecs
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

READABLE: Final = "sessions-readable"
ESCAPED: Final = "sessions-escaped"
PLAIN: Final = "sessions-ascii"
"""ASCII by a name of its own: a stream of ASCII click takes for one that is set up wrongly, and
writes UTF-8 to it."""
_MARKS: Final[Mapping[str, str]] = {
    "-": "─━–—−‐‑",  # noqa: RUF001 -- they are to be told apart from what stands for them
    "'": "‘’‚‛‹›′´",  # noqa: RUF001
    '"': "“”„‟«»″",
    ".": "░┄·", "#": "█", ":": "▒", "|": "▏", "o": "◆", "*": "•", "...": "…",
    "->": "→", "<-": "←", "^": "↑", "v": "↓✓✔", "x": "×✗✘", "/": "÷",  # noqa: RUF001
    "+/-": "±", ">=": "≥", "<=": "≤", "!=": "≠", "~": "≈", "deg": "°", "(c)": "©", "(r)": "®",
    "EUR": "€", "GBP": "£", "par.": "§", "1/2": "½", "1/4": "¼", "3/4": "¾", "1/3": "⅓",
    "2/3": "⅔", "!": "¡", "?": "¿\N{REPLACEMENT CHARACTER}", "(music)": "♪♫",
}  # fmt: skip
SIGNS: Final[Mapping[str, str]] = {mark: shown for shown, marks in _MARKS.items() for mark in marks}
"""What stands for a sign; most are as wide as it is."""


def set_up(arguments: Sequence[str]) -> None:
    """Let stdout and stderr take any text, as well as they can show it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            ascii_only = codecs.lookup(stream.encoding).name == "ascii"
            data = stream is sys.stdout and "--json" in arguments
            stream.reconfigure(
                encoding=PLAIN if ascii_only else None, errors=ESCAPED if data else READABLE
            )


def as_seen(text: str) -> str:
    """Return a text as stderr will show it, so that what is under it can be laid out."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    return text if text.isascii() else text.encode(encoding, READABLE).decode(encoding)


def encodable(words: str, encoding: str | None) -> bool:
    """Whether an encoding has all characters of a text."""
    try:
        words.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def readable(error: UnicodeError) -> tuple[str, int]:
    """Return what a person can read instead of what cannot be encoded."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_sign, error.object[error.start : error.end])), error.end


def escaped(error: UnicodeError) -> tuple[str, int]:
    """Return, instead of what cannot be encoded, what means the same in JSON."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    pairs = zip(units[::2], units[1::2], strict=True)
    return "".join(f"\\u{high:02x}{low:02x}" for high, low in pairs), error.end


def _sign(mark: str) -> str:
    from sessions.letters import in_ascii  # noqa: PLC0415 -- most consoles have all letters

    if mark in SIGNS:
        return SIGNS[mark]
    spelled = in_ascii(mark)
    return spelled if spelled.isascii() else mark.encode("ascii", "backslashreplace").decode()


def _plain_ascii(name: str) -> codecs.CodecInfo | None:
    if name.replace("_", "-") != PLAIN:
        return None
    found = codecs.lookup("ascii")
    return codecs.CodecInfo(
        found.encode,
        found.decode,
        found.streamreader,
        found.streamwriter,
        found.incrementalencoder,
        found.incrementaldecoder,
        name=PLAIN,
    )


codecs.register(_plain_ascii)
codecs.register_error(READABLE, readable)
codecs.register_error(ESCAPED, escaped)
