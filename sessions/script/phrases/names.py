"""Know what people write where a listener's name is to be filled in: `[NAME]`, `{jouw naam}`."""

from __future__ import annotations

import re
from typing import Final

from sessions.script.model import Language

VALUE: Final = {Language.ENGLISH: "name", Language.DUTCH: "naam"}
"""What the value of a name is called."""
_NAME: Final = re.compile(
    r"\W*(?:(?:insert|your|the|client's|listener's|first|jouw|je|uw|de|vul|in)\s+)*"
    r"(?:first\s?|voor)?(?:name|naam)(?:\s+(?:here|hier|in))?\W*",
    re.IGNORECASE,
)
_LONGEST: Final = 40


def is_name(words: str) -> bool:
    """Tell whether words between brackets stand for a name, with the brackets or without."""
    return len(words) <= _LONGEST and _NAME.fullmatch(words) is not None
