"""Guided relaxation audio from plain Markdown.

    >>> import sessions
    >>> sessions.make("bodyscan", minutes=20).save("output/")

or, stage by stage:

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
    from sessions.made import make
    from sessions.output import Written, write
    from sessions.plan import Timeline
    from sessions.render import Episode, Session, planned, prepared
    from sessions.script.model import Script
    from sessions.script.phrases.choices import Settings
    from sessions.settings import resolve

_HOMES = {
    "Episode": "render",
    "Script": "script.model",
    "ScriptError": "errors",
    "Session": "render",
    "SessionsError": "errors",
    "Settings": "script.phrases.choices",
    "Timeline": "plan",
    "Written": "output",
    "__version__": "version",
    "load": "library.scripts",
    "loads": "library.scripts",
    "make": "made",
    "planned": "render",
    "prepared": "render",
    "resolve": "settings",
    "write": "output",
}
"""The public names, and the modules they are in."""

__all__ = [
    "Episode", "Script", "ScriptError", "Session", "SessionsError", "Settings", "Timeline",
    "Written", "__version__", "load", "loads", "make", "planned", "prepared", "resolve", "write",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name from its module."""
    try:
        module = import_module(f"sessions.{_HOMES[name]}")
    except KeyError:
        raise AttributeError(f"module 'sessions' has no attribute '{name}'") from None
    return getattr(module, name)


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
