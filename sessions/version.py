"""The version of this package, where nothing else stands: whoever needs it needs only this."""

from __future__ import annotations

__version__ = "0.1.0"
