"""Renders as tests of many rooms need them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sessions

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.output import Written


def rendered(script: sessions.Script, output: Path, **choices: Any) -> Written:
    """Write a script's files to a folder."""
    chosen = sessions.resolve({"output": output, **choices}, script.meta)
    with sessions.prepared(script, chosen) as episode:
        return sessions.write(episode)
