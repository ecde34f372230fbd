"""Find links: where the address or the label behind the words of one ends. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.script.directives import known

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST_LABEL: Final = 1000
"""As CommonMark has it (section 4.7); it also keeps nested brackets from costing squared time."""
TITLE: Final = re.compile(r"""\s("[^"]*"|'[^']*')\s*\)$""")
"""What a link may have besides its address; nobody says it."""
_TARGET = re.compile(
    r"\((?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_REFERENCE = re.compile(r"\[([^\[\]]*)\]")
_ADDRESS = re.compile(r"[/.#:]")


def target(text: str, position: int, close: int, labels: Collection[str]) -> int | None:
    """Return where the link ends whose words stand between two brackets, None if it is none.

    Parameters
    ----------
    position, close
        Where the brackets are.
    labels
        What links by reference may refer to, in lower case.
    """
    match = _TARGET.match(text, close + 1)
    if match is None:
        return _reference(text, position, close, labels)
    directive = known(text[position + 1 : min(close, position + LONGEST_LABEL)])
    return None if directive and not _ADDRESS.search(match[0]) else match.end()


def _reference(text: str, position: int, close: int, labels: Collection[str]) -> int | None:
    """Return where a link by reference ends (`[text][label]`, `[label]`), None if it is none."""
    if not labels or close - position > LONGEST_LABEL:
        return None
    content = text[position + 1 : close]
    second = _REFERENCE.match(text, close + 1)
    if second and _label(second[1] or content) in labels:
        return second.end()
    plain = _label(content)
    is_link = plain in labels and not plain.startswith("^") and not known(content)
    return close + 1 if is_link else None


def _label(text: str) -> str:
    return " ".join(text.lower().split())
