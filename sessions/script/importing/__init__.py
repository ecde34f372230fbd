"""Take over scripts from elsewhere: plain text as people paste it, and SSML. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sessions.script.importing import plain, ssml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sessions.script.importing.intake import Imported
    from sessions.script.model import Language

READERS: Final[Mapping[str, Callable[[str, str, Language | None], Imported]]] = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": plain.read,
    ".ssml": ssml.read,
    ".xml": ssml.read,
}
"""By suffix: each makes a script of a text, its path, and its language where that is known."""
