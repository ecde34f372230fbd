"""Guided relaxation audio from plain Markdown.

    >>> import sessions
    >>> script = sessions.load("bodyscan")
    >>> with sessions.prepared(script, sessions.resolve({"minutes": 20}, script.meta)) as episode:
    ...     sessions.write(episode)

Names are imported when they are first used, so that `import sessions` is instant.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sessions.version import __version__

if TYPE_CHECKING:
    from sessions.errors import ScriptError, SessionsError
    from sessions.library.scripts import load, loads
    from sessions.output import write
    from sessions.plan import Timeline
    from sessions.render import Episode, Session, planned, prepared
    from sessions.script.model import Script
    from sessions.settings import Settings, resolve

__all__ = [
    "Episode",
    "Script",
    "ScriptError",
    "Session",
    "SessionsError",
    "Settings",
    "Timeline",
    "__version__",
    "load",
    "loads",
    "planned",
    "prepared",
    "resolve",
    "write",
]

_HOMES = {
    "Episode": "render",
    "Script": "script.model",
    "ScriptError": "errors",
    "Session": "render",
    "SessionsError": "errors",
    "Settings": "settings",
    "Timeline": "plan",
    "load": "library.scripts",
    "loads": "library.scripts",
    "planned": "render",
    "prepared": "render",
    "resolve": "settings",
    "write": "output",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its module."""
    try:
        module = import_module(f"sessions.{_HOMES[name]}")
    except KeyError:
        raise AttributeError(f"module 'sessions' has no attribute '{name}'") from None
    return getattr(module, name)
