"""Who spoke the last time: a listener is told when `auto` means another voice than yesterday."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.errors import SessionsError
from sessions.storage.files import make_folder, write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sessions.script.model import Language


@dataclass(frozen=True, slots=True)
class Habit:
    """The voice of the last session that `auto` chose one for, by language, in a small file.

    One that cannot be read or written costs nothing but the notice.
    """

    path: Path

    def last(self) -> dict[str, str]:
        """Return the names of the voices by language."""
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        rows = found.items() if isinstance(found, dict) else ()
        return {key: name for key, name in rows if isinstance(name, str) and name.isprintable()}

    def follow(self, language: Language, name: str, notice: Callable[[str], None]) -> None:
        """Tell of a voice that is not the one of the last time, and remember it for the next."""
        last = self.last()
        before = last.get(language, "")
        if before == name:
            return
        if before:
            notice(
                f"speaking with {name}, the last time with {before}; "
                f"to keep to that: sessions voices use {before}"
            )
        with suppress(SessionsError):
            make_folder(self.path.parent)
            write_bytes(self.path, json.dumps(last | {language: name}).encode())
