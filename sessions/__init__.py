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

if TYPE_CHECKING:
    from sessions.errors import ScriptError, SessionsError
    from sessions.output import write
    from sessions.render import Episode, planned, prepared
    from sessions.script.library import load
    from sessions.script.model import Script
    from sessions.script.parser import parse
    from sessions.settings import Settings, resolve
    from sessions.timeline import Timeline

__version__ = "0.1.0"

__all__ = [
    "Episode",
    "Script",
    "ScriptError",
    "SessionsError",
    "Settings",
    "Timeline",
    "__version__",
    "load",
    "parse",
    "planned",
    "prepared",
    "resolve",
    "write",
]

_HOMES = {
    "Episode": "render",
    "Script": "script.model",
    "ScriptError": "errors",
    "SessionsError": "errors",
    "Settings": "settings",
    "Timeline": "timeline",
    "load": "script.library",
    "parse": "script.parser",
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
